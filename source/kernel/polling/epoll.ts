// epoll_ctl(2) and epoll_wait(2) on an interest list.

import {
	epollEdgeTriggered,
	epollExclusive,
	type EpollItem,
	epollOneShot,
	type EpollSet,
	howBits,
	reportableEvents,
} from './epoll-set.js';
import {pollError, pollHangUp} from '../files/file-operations.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {type OpenFile, pollPointsOf, pulsesOf, readiness, unwatch} from '../files/open-file.js';
import {list, pulse} from './poll-point.js';
import type {WaitQueue} from '../process/wait-queue.js';

/** Nesting of epoll instances, as EP_MAX_NESTS. */
const deepest = 4;

export type EpollInterest = {
	readonly events: number;
	readonly dataLow: number;
	readonly dataHigh: number;
};

/** Errors and hang-ups are reported whether asked for or not. */
const always = (interest: EpollInterest): EpollInterest => ({
	...interest,
	events: interest.events | pollError | pollHangUp,
});

/** Has the changes that matter to an item put it on the list; it begins there if it is ready now. */
const watch = (kernel: Kernel, item: EpollItem): void => {
	for (const point of pollPointsOf(kernel, item.file, item.events)) point.watchers.push(item);
	if (item.listed === 0 && isReady(kernel, item)) list(item);
};

const isReady = (kernel: Kernel, item: EpollItem): boolean =>
	(readiness(kernel, item.file) & item.events & ~howBits) !== 0;

/** Items whose file has been closed for good disappear by themselves. */
const prune = (kernel: Kernel, set: EpollSet): void => {
	if (set.items.every(({file}) => file.references > 0)) return;
	for (const item of set.items) if (item.file.references === 0) unwatch(kernel, item);
	set.items = set.items.filter(({file}) => file.references > 0);
};

const findItem = (set: EpollSet, file: OpenFile, descriptor: number): EpollItem | undefined =>
	set.items.find(item => item.file === file && item.descriptor === descriptor);

/** EPOLL_CTL_ADD. */
export const addInterest = (
	kernel: Kernel,
	set: EpollSet,
	file: OpenFile,
	descriptor: number,
	interest: EpollInterest,
): Errno | undefined => {
	prune(kernel, set);
	if (findItem(set, file, descriptor)) return 'EEXIST';
	if (
		file.thing.kind === 'epoll' &&
		(reaches(file.thing.set, set) || depthOf(file.thing.set) >= deepest)
	) {
		return 'ELOOP';
	}
	const item = {file, descriptor, ...always(interest), pulsesSeen: -1, listed: 0, order: set.order};
	set.items.push(item);
	watch(kernel, item);
	pulse(kernel, set.point);
	return undefined;
};

/** EPOLL_CTL_MOD. */
export const changeInterest = (
	kernel: Kernel,
	set: EpollSet,
	file: OpenFile,
	descriptor: number,
	interest: EpollInterest,
): Errno | undefined => {
	prune(kernel, set);
	const item = findItem(set, file, descriptor);
	if (!item) return 'ENOENT';
	if (((item.events | interest.events) & epollExclusive) !== 0) return 'EINVAL';
	unwatch(kernel, item);
	Object.assign(item, always(interest), {pulsesSeen: -1});
	watch(kernel, item);
	pulse(kernel, set.point);
	return undefined;
};

/** EPOLL_CTL_DEL. */
export const removeInterest = (
	kernel: Kernel,
	set: EpollSet,
	file: OpenFile,
	descriptor: number,
): Errno | undefined => {
	prune(kernel, set);
	const item = findItem(set, file, descriptor);
	if (!item) return 'ENOENT';
	unwatch(kernel, item);
	set.items = set.items.filter(other => other !== item);
	return undefined;
};

const reaches = (from: EpollSet, target: EpollSet): boolean =>
	from === target ||
	from.items.some(({file}) => file.thing.kind === 'epoll' && reaches(file.thing.set, target));

const depthOf = (set: EpollSet): number =>
	1 +
	Math.max(
		0,
		...set.items.map(({file}) => (file.thing.kind === 'epoll' ? depthOf(file.thing.set) : 0)),
	);

export type EpollReport = {
	readonly events: number;
	readonly dataLow: number;
	readonly dataHigh: number;
};

/**
 * At most `limit` of the ready items, in the order in which they became ready, as ep_send_events() of fs/eventpoll. Those
 * reported by level go to the end of the list, so that all have their turn; the others leave it until the next change.
 */
export const takeReports = (kernel: Kernel, set: EpollSet, limit: number): EpollReport[] => {
	prune(kernel, set);
	const reports: EpollReport[] = [];
	for (const item of inOrder(kernel, set)) {
		if (reports.length >= limit) break;
		item.listed = 0;
		const pulses = pulsesOf(kernel, item);
		const events = reportableEvents(item, readiness(kernel, item.file), pulses);
		if (events === 0) continue;
		item.pulsesSeen = pulses;
		if ((item.events & epollOneShot) !== 0) item.events &= howBits;
		else if ((item.events & epollEdgeTriggered) === 0) list(item);
		reports.push({events, dataLow: item.dataLow, dataHigh: item.dataHigh});
	}
	return reports;
};

/** The listed items, and behind them what is ready without an announcement, as an epoll instance in another. */
const inOrder = (kernel: Kernel, set: EpollSet): readonly EpollItem[] => {
	for (const item of set.items) if (item.listed === 0 && isReady(kernel, item)) list(item);
	return set.items.filter(({listed}) => listed > 0).sort((one, other) => one.listed - other.listed);
};

/** Where epoll_wait(2) sleeps. */
export const epollQueues = (kernel: Kernel, set: EpollSet): readonly WaitQueue[] => [
	set.point.queue,
	...set.items.flatMap(({file, events}) =>
		pollPointsOf(kernel, file, events).map(point => point.queue),
	),
];
