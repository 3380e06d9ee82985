// The interest list of an epoll instance, epoll(7). What is ready is asked of the files themselves (epoll.ts), so that no
// ready list can be stale; the items only remember their order in it. An edge-triggered one also remembers how many
// changes it has reported.

import {
	anonymousStatus,
	type FileOperations,
	noOperations,
	readable,
} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import type {OpenFile} from '../files/open-file.js';
import {createPollPoint, type PollPoint, type ReadyMark} from './poll-point.js';

export type EpollItem = ReadyMark & {
	readonly file: OpenFile;
	readonly descriptor: number;
	/** EPOLLIN … with EPOLLET and EPOLLONESHOT. 0 after a one-shot has fired. */
	events: number;
	/** The user's data, as two words. */
	dataLow: number;
	dataHigh: number;
	/** Pulses of the file's poll points when it was last reported; -1 before. */
	pulsesSeen: number;
};

export type EpollSet = {
	readonly id: number;
	items: EpollItem[];
	readonly order: ReadyMark['order'];
	/** epoll_wait(2) sleeps here, and hears of changes of the list. */
	readonly point: PollPoint;
};

/** An open epoll instance. */
export type EpollFile = {readonly kind: 'epoll'; readonly set: EpollSet};

export const createEpollFile = (kernel: Kernel): EpollFile => {
	const id = nextObjectId(kernel);
	const point = createPollPoint(`epoll:${id}`, readable);
	return {
		kind: 'epoll',
		set: {
			id,
			items: [],
			order: {last: 0},
			point: {...point, queue: {...point.queue, name: 'epoll'}},
		},
	};
};

export const epollOneShot = 1 << 30;
/** EPOLLEXCLUSIVE can be given to EPOLL_CTL_ADD only. */
export const epollExclusive = 1 << 28;
export const epollEdgeTriggered = 1 << 31;
/** EPOLLET, EPOLLONESHOT, EPOLLWAKEUP, EPOLLEXCLUSIVE: how to report, not what. */
export const howBits = epollEdgeTriggered | epollOneShot | (1 << 29) | epollExclusive;

/** What an item reports of its file's readiness: nothing when a one-shot has fired, or no edge has come since. */
export const reportableEvents = (item: EpollItem, ready: number, pulses: number): number => {
	const wanted = item.events & ~howBits;
	if ((item.events & epollEdgeTriggered) !== 0 && pulses === item.pulsesSeen) return 0;
	return ready & wanted;
};

/** The operations that need no look at other files. */
export const epollStatic: Omit<FileOperations<EpollFile>, 'readiness' | 'pollPoints'> = {
	...noOperations,
	seekSize: () => 'still',
	status: (_kernel, {set}) => anonymousStatus(set.id, 0o600),
	channel: ({set}) => `epoll:${set.id}`,
};
