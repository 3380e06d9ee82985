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
};

export const createPollPoint = (channel: string, announces: number): PollPoint => ({
	queue: createWaitQueue('poll', channel),
	announces,
	pulses: 0,
});

/** The object's readiness may have changed: everybody who polls it looks again. */
export const pulse = (kernel: Kernel, point: PollPoint): void => {
	point.pulses++;
	if (kernel.asyncFiles.size > 0) kernel.pulsed.push(point.queue);
	wakeAll(kernel, point.queue);
};
