// How a system call ends. A blocked call is made again, with the same arguments and the same CallInProgress, when one of
// its queues wakes the thread, when `until` has come, or when a signal is to be delivered.

import type {Errno} from './errno.js';
import type {WaitQueue} from './process/wait-queue.js';

export type Outcome =
	| {readonly kind: 'done'; readonly value: number}
	| {readonly kind: 'failed'; readonly errno: Errno}
	| {
			readonly kind: 'blocked';
			readonly on: readonly WaitQueue[];
			/** The cycle at which the call is made again at the latest. */
			readonly until?: number;
	  }
	/** The call has put another machine state in place (exec, sigreturn, exit): there is nothing to return to. */
	| {readonly kind: 'replaced'};

/** What a system call in progress remembers while it is blocked. Plain data. */
export type CallInProgress = {
	readonly number: number;
	/** Six arguments, as signed 64-bit values (exact up to 2^53); `| 0` gives an int. */
	readonly args: readonly number[];
	/** Cycle at which the call was made first. */
	readonly since: number;
	/** How often the handler has run; 0 the first time. */
	tries: number;
	/** Bytes transferred so far by a read or write that blocked half-way. */
	count: number;
	/** Its arguments as the event log has them, while events are recorded: exec leaves nothing to read them from. */
	logged?: readonly string[];
	/** Deadline in cycles, computed at the first try. */
	deadline?: number;
	/** Anything else a call must remember: a ticket, an object that was chosen. Plain data. */
	memo?: unknown;
	/** A signal has interrupted the wait: the handler may finish with what it has, else the call fails with EINTR or restarts. */
	isInterrupted: boolean;
};

export const done = (value: number): Outcome => ({kind: 'done', value});
export const failed = (errno: Errno): Outcome => ({kind: 'failed', errno});
export const blockedOn = (queue: WaitQueue, until?: number): Outcome =>
	until === undefined ? {kind: 'blocked', on: [queue]} : {kind: 'blocked', on: [queue], until};
export const replaced: Outcome = {kind: 'replaced'};
