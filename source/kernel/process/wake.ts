// Sleeping and waking. A blocked thread stands in the queues of everything it waits for; whoever changes one of
// those things wakes it, and its system call is made again.

import {changeState} from './accounting.js';
import {recordEvent} from '../trace/events.js';
import type {Kernel} from '../kernel.js';
import {enqueue} from './scheduler.js';
import type {Thread} from './thread.js';
import {addTimer} from '../time/timers.js';
import type {WaitQueue} from './wait-queue.js';

/** Puts the running thread to sleep in the queues, until cycle `until` at the latest. The caller frees the CPU. */
export const sleepOn = (
	kernel: Kernel,
	thread: Thread,
	queues: readonly WaitQueue[],
	until = Infinity,
): void => {
	const [first] = queues;
	thread.waitName = first?.name ?? 'sleep';
	thread.waitChannel = first?.channel ?? '';
	changeState(kernel, thread, 'blocked');
	thread.waits = queues;
	for (const queue of queues) {
		if (!queue.waiters.includes(thread.tid)) queue.waiters.push(thread.tid);
	}
	thread.wakeAt = until;
	if (until !== Infinity) addTimer(kernel, until, {kind: 'wake', tid: thread.tid});
	recordEvent(kernel, thread.tid, {
		kind: 'blocked',
		queue: thread.waitName,
		channel: thread.waitChannel,
	});
};

/** Takes a thread out of all queues it sleeps in. */
export const leaveQueues = (thread: Thread): void => {
	for (const queue of thread.waits) {
		const index = queue.waiters.indexOf(thread.tid);
		if (index !== -1) queue.waiters.splice(index, 1);
	}
	thread.waits = [];
	thread.wakeAt = Infinity;
};

/** Makes a blocked or stopped thread ready. Does nothing for others. */
export const wakeThread = (kernel: Kernel, tid: number, by = kernel.actor): void => {
	const thread = kernel.threads.get(tid);
	if (!thread || (thread.state !== 'blocked' && thread.state !== 'stopped')) return;
	const {waitName, waitChannel} = thread;
	const wasBlocked = thread.state === 'blocked';
	leaveQueues(thread);
	changeState(kernel, thread, 'ready');
	thread.wokenBy = by;
	thread.waitName = '';
	thread.waitChannel = '';
	enqueue(kernel, thread, 'woken');
	if (wasBlocked)
		recordEvent(kernel, tid, {kind: 'woken', queue: waitName, channel: waitChannel, by});
};

/** Wakes every thread of the queue, in order. */
export const wakeAll = (kernel: Kernel, queue: WaitQueue): void => {
	for (const tid of [...queue.waiters]) wakeThread(kernel, tid);
};

/** Wakes the thread that has waited longest. Says whether there was one. */
export const wakeOne = (kernel: Kernel, queue: WaitQueue): boolean => {
	const [tid] = queue.waiters;
	if (tid === undefined) return false;
	wakeThread(kernel, tid);
	return true;
};
