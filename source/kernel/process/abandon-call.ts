// A thread ends while it is inside a system call: what the call had begun is taken back.

import {abandonFifoOpen, isFifoOpen} from '../pipes/fifo.js';
import type {Kernel} from '../kernel.js';
import type {Thread} from './thread.js';

/** To be called before the thread's call is forgotten. */
export const abandonCall = (kernel: Kernel, thread: Thread): void => {
	const memo = thread.call?.memo;
	if (isFifoOpen(memo)) abandonFifoOpen(kernel, memo);
};
