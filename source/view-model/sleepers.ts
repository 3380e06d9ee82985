// Who sleeps at wait queues.

import type {Kernel} from '../kernel/kernel.js';
import {threadName} from './accounts.js';
import {type LazyNames, lazyNames} from './lazy-names.js';

/** The threads by name, in wake order, and their processes. */
export const sleepers = (
	kernel: Kernel,
	...queues: ReadonlyArray<{readonly waiters: readonly number[]}>
): {readonly blocked: LazyNames; readonly pids: ReadonlySet<number>} => {
	const tids = queues.flatMap(({waiters}) => waiters);
	return {
		blocked: lazyNames(tids, tid => threadName(kernel, tid)),
		pids: new Set(tids.map(tid => kernel.threads.get(tid)?.pid ?? 0)),
	};
};
