// What the calls that wait for several files share: their deadline, their signal mask, and how the wait ends.

import {readInt32} from '../../vm/memory.js';
import type {Errno} from '../errno.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import type {SignalSet} from '../signals/signal-state.js';
import {setTemporaryMask} from '../signals/signals.js';
import type {Thread} from '../process/thread.js';
import {deadlineOf, readTimespec} from '../time/time.js';
import type {WaitQueue} from '../process/wait-queue.js';

/** Nothing is ready: end with `value` at the deadline, else sleep. A signal ends the wait for good. */
export const waitOn = (
	kernel: Kernel,
	call: CallInProgress,
	queues: readonly WaitQueue[],
): Outcome => {
	const {deadline} = call;
	if (deadline !== undefined && kernel.now >= deadline) return done(0);
	if (call.isInterrupted) return failed('EINTR');
	return deadline === undefined
		? {kind: 'blocked', on: queues}
		: {kind: 'blocked', on: queues, until: deadline};
};

/** Sets call.deadline from milliseconds; negative waits for ever. */
export const setDeadline = (kernel: Kernel, call: CallInProgress, milliseconds: number): void => {
	if (call.tries === 0 && milliseconds >= 0)
		call.deadline = kernel.now + cyclesFor(kernel, milliseconds * 1e6);
};

/** Sets call.deadline from a struct timespec, if there is one. */
export const setDeadlineFrom = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	address: number,
): Errno | undefined => {
	if (call.tries > 0 || address === 0) return undefined;
	const time = readTimespec(thread.context, address);
	if (isError(time)) return time;
	call.deadline = deadlineOf(kernel, time);
	return undefined;
};

const signalSetSize = 8;

/** The signal mask of ppoll(2) and its like, for the time of the call. */
export const applyMask = (
	thread: Thread,
	call: CallInProgress,
	address: number,
	size: number,
): Errno | undefined => {
	if (call.tries > 0 || address === 0) return undefined;
	if (size !== signalSetSize) return 'EINVAL';
	const low = readInt32(thread.context.space, address);
	const high = readInt32(thread.context.space, address + 4);
	if (low === undefined || high === undefined) return 'EFAULT';
	const mask: SignalSet = {low, high};
	setTemporaryMask(thread, mask);
	return undefined;
};
