// Signals about an open file, for who owns it: a process or a process group, F_SETOWN of fcntl(2).

import type {Kernel} from '../kernel.js';
import type {PendingSignal} from './signal-state.js';
import {sendSignal} from './signals.js';

/** `owner` is a pid, or minus a process group; 0 is nobody. */
export const signalOwner = (kernel: Kernel, owner: number, pending: PendingSignal): void => {
	if (owner === 0) return;
	for (const process of kernel.processes.values()) {
		if (owner > 0 ? process.pid === owner : process.group === -owner)
			sendSignal(kernel, process, pending);
	}
};
