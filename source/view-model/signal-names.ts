// Signals as users name them. Numbers and names are the kernel's, signal(7).

import {lastSignal, signalName, signalNumbers} from '../kernel/signals/signal-numbers.js';

export {signalName};

/** The number of `SIGTERM`, `term` or `15`; undefined for none. */
export const signalNumber = (text: string): number | undefined => {
	if (/^\d+$/.test(text)) {
		const number = Number(text);
		return number >= 1 && number <= lastSignal ? number : undefined;
	}
	const name = `SIG${text.toUpperCase().replace(/^SIG/, '')}`;
	return (signalNumbers as Readonly<Record<string, number>>)[name];
};

/** What the list of signals to send shows: the usual ones first. */
export const commonSignals: readonly number[] = [15, 9, 2, 1, 10, 12, 19, 18, 14, 13, 17, 3, 6];
