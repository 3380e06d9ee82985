// A thread: what the scheduler runs, what blocks, what is accounted. A process has at least one.

import type {Context} from '../../vm/context.js';
import type {CallInProgress} from '../outcome.js';
import type {ThreadSignals} from '../signals/signal-state.js';
import type {WaitQueue} from './wait-queue.js';

/**
 * `running` on a CPU, `ready` in the run queue, `blocked` in the queues of `waits`, `stopped` by a signal, `dead` when it
 * has ended (its accounting stays readable).
 */
export type ThreadState = 'running' | 'ready' | 'blocked' | 'stopped' | 'dead';

export type Thread = {
	readonly tid: number;
	readonly pid: number;
	/** Kernel threads, such as `[kio]`, have no program. */
	readonly context: Context;
	name: string;
	state: ThreadState;
	/** The CPU it runs on, or ran on last; -1 before its first slice. */
	cpu: number;
	/** The queues it sleeps in while blocked; empty for a pure sleep. */
	waits: readonly WaitQueue[];
	/** Name and channel of the wait, as shown; '' when not blocked. */
	waitName: string;
	waitChannel: string;
	/** Cycle at which a blocked thread wakes by itself, or Infinity. */
	wakeAt: number;
	/** The system call it is in, if any. */
	call: CallInProgress | undefined;
	/** Why it was woken, for the trace: the tid of the waker, or one of `actors` (trace/events.ts). */
	wokenBy: number;
	readonly signals: ThreadSignals;
	/** set_tid_address(2): where 0 is stored at its end, 0 for nowhere. */
	clearTid: number;
	/** set_robust_list(2): address of the list of robust mutexes that it holds, 0 for none. */
	robustList: number;
	readonly accounting: ThreadAccounting;
	/** Ids of the CPUs it may run on, sched_setaffinity(2); undefined for all. */
	affinity: readonly number[] | undefined;
	/** -20..19, nice(2). */
	nice: number;
	/** The scheduler's own numbers: level of the feedback queue, cycles left of the slice. */
	level: number;
	sliceLeft: number;
	/** sched_yield(2) was called: the slice ends without counting as used up. */
	hasYielded: boolean;
	readonly isKernelThread: boolean;
	exitStatus: ExitStatus | undefined;
};

export type ExitStatus = {readonly status: number} | {readonly signal: number};

/** All in cycles. A thread's lifetime is cpu + ready + blocked + stopped; cpu and busy stand in its context. */
export type ThreadAccounting = {
	readonly createdAt: number;
	endedAt: number | undefined;
	/** Since when the present state lasts. */
	since: number;
	ready: number;
	blocked: number;
	stopped: number;
	/** Blocked cycles by name of the wait queue. */
	readonly blockedOn: Map<string, number>;
	voluntarySwitches: number;
	involuntarySwitches: number;
	syscalls: number;
	/** Bytes moved by read- and write-like calls. */
	bytesRead: number;
	bytesWritten: number;
	/** Slices begun. */
	slices: number;
};
