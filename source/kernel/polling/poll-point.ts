// Where threads wait for an object to become ready: poll(2), select(2) and epoll(7). It is apart from the queues of
// blocked readers and writers, of which one at a time is woken while everybody who polls hears of every change.

import type {Kernel} from '../kernel.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

export type PollPoint = {
	readonly queue: WaitQueue;
	/** The events that a change here can bring, POLLIN or POLLOUT; hang-ups and errors are announced at all points. */
	readonly announces: number;
	/** Changes so far: an edge-triggered epoll item reports once per change. */
	pulses: number;
	/** Items of epoll instances that are to be reported in the order of the changes, epoll_wait(2). */
	watchers: ReadyMark[];
};

/** Where an epoll item stands on its instance's list of what may be ready. */
export type ReadyMark = {
	/** Its place: the smaller, the earlier; 0 if it isn't on the list. */
	listed: number;
	/** The last place given, of all items of the instance. */
	readonly order: {last: number};
};

/** Puts it at the end of the list. */
export const list = (mark: ReadyMark): void => {
	mark.listed = ++mark.order.last;
};

export const createPollPoint = (channel: string, announces: number): PollPoint => ({
	queue: createWaitQueue('poll', channel),
	announces,
	pulses: 0,
	watchers: [],
});

/** The object's readiness may have changed: everybody who polls it looks again. */
export const pulse = (kernel: Kernel, point: PollPoint): void => {
	point.pulses++;
	for (const watcher of point.watchers) if (watcher.listed === 0) list(watcher);
	if (kernel.asyncFiles.size > 0) kernel.pulsed.push(point.queue);
	wakeAll(kernel, point.queue);
};
