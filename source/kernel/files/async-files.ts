// Signal-driven I/O: O_ASYNC of open(2) and fcntl(2), as fasync_helper() and kill_fasync() of Linux. Whatever wakes who
// polls a file sends SIGIO to the file's owner. It is sent when the call, timer or input that caused it is through, for
// the objects themselves know nothing of open files.

import type {Kernel} from '../kernel.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {signalOwner} from '../signals/signal-owner.js';
import {kernelSignal} from '../signals/signals.js';
import {type OpenFile, pollPointsOf, readiness} from './open-file.js';
import {openFlags} from './open-flags.js';

/** Any event: all poll points of a file. */
const anything = -1;

/** POLL_IN, POLL_OUT, POLL_HUP as si_code. */
const codeOf = (events: number): number => ((events & 0x10) !== 0 ? 6 : (events & 1) !== 0 ? 1 : 2);

/** O_ASYNC has been set or cleared. */
export const noteAsync = (kernel: Kernel, file: OpenFile): void => {
	if ((file.flags & openFlags.async) === 0) kernel.asyncFiles.delete(file.id);
	else kernel.asyncFiles.set(file.id, file);
};

/** Tells the owners of the files that something has happened to since the last time. */
export const sendAsyncSignals = (kernel: Kernel): void => {
	if (kernel.pulsed.length === 0) return;
	const pulsed = new Set(kernel.pulsed.splice(0));
	for (const file of [...kernel.asyncFiles.values()]) {
		if (!pollPointsOf(kernel, file, anything).some(({queue}) => pulsed.has(queue))) continue;
		const events = readiness(kernel, file);
		const details = {code: codeOf(events), address: 0};
		const signal = file.signal === 0 ? signalNumbers.SIGIO : file.signal;
		signalOwner(kernel, file.owner, kernelSignal(signal, details));
	}
	kernel.pulsed.length = 0;
};
