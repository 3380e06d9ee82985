// epoll_ctl(2) and epoll_wait(2) on an interest list.

import {
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
import {type OpenFile, pollPointsOf, pulsesOf, readiness} from '../files/open-file.js';
import {pulse} from './poll-point.js';
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

/** Items whose file has been closed for good disappear by themselves. */
const prune = (set: EpollSet): void => {
	if (set.items.some(({file}) => file.references === 0)) {
		set.items = set.items.filter(({file}) => file.references > 0);
	}
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
	prune(set);
	if (findItem(set, file, descriptor)) return 'EEXIST';
	if (
		file.thing.kind === 'epoll' &&
		(reaches(file.thing.set, set) || depthOf(file.thing.set) >= deepest)
	) {
		return 'ELOOP';
	}
	set.items.push({file, descriptor, ...always(interest), pulsesSeen: -1});
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
	prune(set);
	const item = findItem(set, file, descriptor);
	if (!item) return 'ENOENT';
	if (((item.events | interest.events) & epollExclusive) !== 0) return 'EINVAL';
	Object.assign(item, always(interest), {pulsesSeen: -1});
	pulse(kernel, set.point);
	return undefined;
};

/** EPOLL_CTL_DEL. */
export const removeInterest = (
	set: EpollSet,
	file: OpenFile,
	descriptor: number,
): Errno | undefined => {
	prune(set);
	const item = findItem(set, file, descriptor);
	if (!item) return 'ENOENT';
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

/** At most `limit` of the ready items; reported ones go to the end, so that all have their turn. */
export const takeReports = (kernel: Kernel, set: EpollSet, limit: number): EpollReport[] => {
	prune(set);
	const reports: EpollReport[] = [];
	const reported: EpollItem[] = [];
	for (const item of set.items) {
		if (reports.length >= limit) break;
		const pulses = pulsesOf(kernel, item);
		const events = reportableEvents(item, readiness(kernel, item.file), pulses);
		if (events === 0) continue;
		item.pulsesSeen = pulses;
		if ((item.events & epollOneShot) !== 0) item.events &= howBits;
		reports.push({events, dataLow: item.dataLow, dataHigh: item.dataHigh});
		reported.push(item);
	}
	if (reported.length > 0) {
		set.items = [...set.items.filter(item => !reported.includes(item)), ...reported];
	}
	return reports;
};

/** Where epoll_wait(2) sleeps. */
export const epollQueues = (kernel: Kernel, set: EpollSet): readonly WaitQueue[] => [
	set.point.queue,
	...set.items.flatMap(({file, events}) =>
		pollPointsOf(kernel, file, events).map(point => point.queue),
	),
];
