// Everything that will happen at a known cycle: a sleeper's wake-up, an alarm, a packet's arrival, a disk block.
// A binary heap ordered by cycle and sequence number; what a timer does is data, carried out by timer-actions.ts.

import {type Kernel, nextSequence} from '../kernel.js';

export type TimerAction =
	/** A blocked thread's deadline. Ignored if the thread's wakeAt is no longer this cycle. */
	| {readonly kind: 'wake'; readonly tid: number}
	/** SIGALRM of a process. Ignored if its alarmAt is no longer this cycle. */
	| {readonly kind: 'alarm'; readonly pid: number}
	/** A timer of timer_create(2) is looked at. Ignored if its checkAt is no longer this cycle. */
	| {readonly kind: 'posix'; readonly pid: number; readonly timer: number}
	/** A timerfd expires (open file id). */
	| {readonly kind: 'timerfd'; readonly file: number}
	/** A packet arrives (id). */
	| {readonly kind: 'packet'; readonly packet: number}
	/** The timer of a TCP connection (socket id). */
	| {readonly kind: 'tcp'; readonly socket: number};

export type Timer = {readonly at: number; readonly sequence: number; readonly action: TimerAction};

const isBefore = (a: Timer, b: Timer): boolean =>
	a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/** Schedules an action. A timer is never removed: its action checks whether it still applies. */
export const addTimer = (kernel: Kernel, at: number, action: TimerAction): void => {
	const heap = kernel.timers;
	const timer: Timer = {at, sequence: nextSequence(kernel), action};
	let index = heap.length;
	heap.push(timer);
	while (index > 0) {
		const parent = (index - 1) >> 1;
		if (!isBefore(timer, heap[parent]!)) break;
		heap[index] = heap[parent]!;
		index = parent;
	}
	heap[index] = timer;
};

/** The cycle of the earliest timer, or Infinity. */
export const nextTimerAt = (kernel: Kernel): number => kernel.timers[0]?.at ?? Infinity;

/** Takes the earliest timer out. The heap must not be empty. */
export const takeTimer = (kernel: Kernel): Timer => {
	const heap = kernel.timers;
	const first = heap[0]!;
	const last = heap.pop()!;
	if (heap.length === 0) return first;
	let index = 0;
	for (;;) {
		let child = 2 * index + 1;
		if (child >= heap.length) break;
		if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++;
		if (!isBefore(heap[child]!, last)) break;
		heap[index] = heap[child]!;
		index = child;
	}
	heap[index] = last;
	return first;
};
