// epoll_ctl(2) and epoll_wait(2) on an interest list.

import type {EpollItem, EpollSet} from './epoll-set.js';
import {pollError, pollHangUp} from './file-operations.js';
import type {Errno} from './errno.js';
import type {Kernel} from './kernel.js';
import {type OpenFile, pollPointsOf, readiness} from './open-file.js';
import {pulse} from './poll-point.js';
import type {WaitQueue} from './wait-queue.js';

export const epollOneShot = 1 << 30;
export const epollEdgeTriggered = 1 << 31;
const privateBits = epollOneShot | epollEdgeTriggered | (1 << 29) | (1 << 28);
/** Nesting of epoll instances, as EP_MAX_NESTS. */
const deepest = 4;

export type EpollInterest = {readonly events: number; readonly dataLow: number; readonly dataHigh: number};

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
	if (file.thing.kind === 'epoll' && (reaches(file.thing.set, set) || depthOf(file.thing.set) >= deepest)) {
		return 'ELOOP';
	}
	set.items.push({file, descriptor, ...interest, pulsesSeen: -1});
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
	Object.assign(item, interest, {pulsesSeen: -1});
	pulse(kernel, set.point);
	return undefined;
};

/** EPOLL_CTL_DEL. */
export const removeInterest = (set: EpollSet, file: OpenFile, descriptor: number): Errno | undefined => {
	prune(set);
	const item = findItem(set, file, descriptor);
	if (!item) return 'ENOENT';
	set.items = set.items.filter(other => other !== item);
	return undefined;
};

const reaches = (from: EpollSet, target: EpollSet): boolean =>
	from === target || from.items.some(({file}) => file.thing.kind === 'epoll' && reaches(file.thing.set, target));

const depthOf = (set: EpollSet): number =>
	1 + Math.max(0, ...set.items.map(({file}) => (file.thing.kind === 'epoll' ? depthOf(file.thing.set) : 0)));

export type EpollReport = {readonly events: number; readonly dataLow: number; readonly dataHigh: number};

const pulsesOf = (kernel: Kernel, {file, events}: EpollItem): number =>
	pollPointsOf(kernel, file, events).reduce((sum, point) => sum + point.pulses, 0);

/** At most `limit` of the ready items; reported ones go to the end, so that all have their turn. */
export const takeReports = (kernel: Kernel, set: EpollSet, limit: number): EpollReport[] => {
	prune(set);
	const reports: EpollReport[] = [];
	const reported: EpollItem[] = [];
	for (const item of set.items) {
		if (reports.length >= limit) break;
		if ((item.events & ~privateBits) === 0) continue;
		const events = readiness(kernel, item.file) & ((item.events & ~privateBits) | pollError | pollHangUp);
		if (events === 0) continue;
		if ((item.events & epollEdgeTriggered) !== 0) {
			const pulses = pulsesOf(kernel, item);
			if (pulses === item.pulsesSeen) continue;
			item.pulsesSeen = pulses;
		}
		if ((item.events & epollOneShot) !== 0) item.events &= privateBits;
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
	...set.items.flatMap(({file, events}) => pollPointsOf(kernel, file, events).map(point => point.queue)),
];
