// Where the cycles of a thread go. Every change of state passes through `changeState`, so that at any time
// cpu + ready + blocked + stopped is exactly the thread's age.

import type {Kernel} from '../kernel.js';
import type {Thread, ThreadAccounting, ThreadState} from './thread.js';

export const createAccounting = (now: number): ThreadAccounting => ({
	createdAt: now,
	endedAt: undefined,
	since: now,
	ready: 0,
	blocked: 0,
	stopped: 0,
	blockedOn: new Map(),
	voluntarySwitches: 0,
	involuntarySwitches: 0,
	syscalls: 0,
	bytesRead: 0,
	bytesWritten: 0,
	slices: 0,
});

/**
 * Closes the interval of the present state and begins one of the new state. The CPUs' clocks may differ by less
 * than a lock step; a thread's own time never goes back.
 */
export const changeState = (kernel: Kernel, thread: Thread, state: ThreadState): void => {
	const {accounting} = thread;
	const now = Math.max(kernel.now, accounting.since);
	const elapsed = now - accounting.since;
	switch (thread.state) {
		case 'ready': {
			accounting.ready += elapsed;
			break;
		}

		case 'blocked': {
			accounting.blocked += elapsed;
			accounting.blockedOn.set(
				thread.waitName,
				(accounting.blockedOn.get(thread.waitName) ?? 0) + elapsed,
			);
			break;
		}

		case 'stopped': {
			accounting.stopped += elapsed;
			break;
		}

		// While running, the context counts; dead threads have no time.
		case 'running':
		case 'dead':
	}
	accounting.since = now;
	if (!thread.isKernelThread) {
		kernel.census.threads[thread.state]--;
		kernel.census.threads[state]++;
	}
	thread.state = state;
	if (state !== 'dead') return;
	accounting.endedAt = now;
	kernel.census.taskChanges++;
};

/** The accounts of a thread up to the present, in cycles. They add up to its age. */
export type Account = {
	readonly cpu: number;
	readonly busy: number;
	readonly ready: number;
	readonly blocked: number;
	readonly stopped: number;
	readonly blockedOn: ReadonlyMap<string, number>;
};

/** Reads the accounts without changing them. */
export const accountOf = (kernel: Kernel, thread: Thread): Account => {
	const {accounting, context, state} = thread;
	const elapsed = Math.max(kernel.now, accounting.since) - accounting.since;
	const blockedOn = new Map(accounting.blockedOn);
	if (state === 'blocked')
		blockedOn.set(thread.waitName, (blockedOn.get(thread.waitName) ?? 0) + elapsed);
	return {
		cpu: context.cpuCycles,
		busy: context.busyCycles,
		ready: accounting.ready + (state === 'ready' ? elapsed : 0),
		blocked: accounting.blocked + (state === 'blocked' ? elapsed : 0),
		stopped: accounting.stopped + (state === 'stopped' ? elapsed : 0),
		blockedOn,
	};
};
