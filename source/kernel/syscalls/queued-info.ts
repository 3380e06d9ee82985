// The siginfo_t that a program hands over with a signal: sigqueue(3), pidfd_send_signal(2).

import {readInt32, readInt64} from '../../vm/memory.js';
import type {PendingSignal} from '../signals/signal-state.js';
import {userSignal} from '../signals/signals.js';
import type {Thread} from '../process/thread.js';

/** A signal with the code and the value at `address`. */
export const readQueuedInfo = (
	thread: Thread,
	signal: number,
	address: number,
): PendingSignal | 'EFAULT' => {
	const code = readInt32(thread.context.space, address + 8);
	const value = readInt64(thread.context.space, address + 24);
	if (code === undefined || value === undefined) return 'EFAULT';
	return {...userSignal(signal, thread.pid), code, value};
};
