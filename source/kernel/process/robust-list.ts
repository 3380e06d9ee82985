// The list of robust mutexes that a thread holds, get_robust_list(2). At the thread's end the lock words of all of them are
// marked as left by a dead owner, and one waiter of each is woken.

import {readInt32, readInt64, writeInt32} from '../../vm/memory.js';
import {futexKey, wakeFutex} from '../ipc/futex.js';
import type {Kernel} from '../kernel.js';
import type {Thread} from './thread.js';

const ownerMask = 0x3fff_ffff;
const ownerDied = 0x4000_0000;
const waiters = 0x8000_0000 | 0;

/** Mutexes looked at, so that a list bent into a ring ends. */
const listLimit = 2048;

/** For a thread that is about to end; its memory must still be there. */
export const leaveRobustMutexes = (kernel: Kernel, thread: Thread): void => {
	const head = thread.robustList;
	if (head === 0) return;
	thread.robustList = 0;
	const {space} = thread.context;
	const offset = readInt64(space, head + 8) ?? 0;
	const pending = readInt64(space, head + 16) ?? 0;
	let entry = readInt64(space, head);
	for (let count = 0; entry !== undefined && entry !== head && count < listLimit; count++) {
		// The next one is read first: who is woken may take the mutex into a list of its own.
		const next = readInt64(space, entry);
		if (entry !== pending) leave(kernel, thread, entry + offset);
		entry = next;
	}
	if (pending !== 0) leave(kernel, thread, pending + offset);
};

const leave = (kernel: Kernel, thread: Thread, address: number): void => {
	const word = readInt32(thread.context.space, address);
	if (word === undefined || (word & ownerMask) !== thread.tid) return;
	if (!writeInt32(thread.context, address, (word & waiters) | ownerDied)) return;
	const key = futexKey(kernel, thread, address, false);
	if ((word & waiters) !== 0 && key !== undefined) wakeFutex(kernel, key, 1, -1);
};
