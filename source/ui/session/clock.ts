// The clock that turns real time into cycles, forwards and backwards.

import {cycleOf, seek} from '../hooks/use-session.js';
import {advanceBy} from './advance.js';
import {syncGuide} from './guide-progress.js';
import {publish, publishInterval, toleranceMilliseconds} from './pictures.js';
import type {Store} from './store.js';

/** Real milliseconds between two stretches of simulated time. */
const tickMilliseconds = 50;

/** `reset` forgets the real time that has passed. */
export type Clock = {readonly stop: () => void; readonly reset: () => void};

export const startClock = (store: Store): Clock => {
	let last = performance.now();
	let owed = 0;
	const timer = setInterval(() => {
		const now = performance.now();
		const elapsed = Math.min(250, now - last);
		last = now;
		if (!store.isPlaying) {
			owed = 0;
			return;
		}
		owed += (elapsed * store.speed) / 1000;
		const cycles = Math.floor(owed);
		owed -= cycles;
		if (cycles > 0 && store.isReversed) playBack(store, cycles);
		else if (cycles > 0) store.isBehind = !advanceBy(store, cycles);
		if (
			now - store.publishedAt >= publishInterval(store) - toleranceMilliseconds ||
			!store.isPlaying
		)
			publish(store);
	}, tickMilliseconds);
	return {
		stop: () => clearInterval(timer),
		reset() {
			last = performance.now();
			owed = 0;
		},
	};
};

/** Backwards as far as one picture; at the start it stops. */
const playBack = (store: Store, cycles: number): void => {
	seek(store.session, Math.max(0, Math.floor(cycleOf(store.session) - cycles)));
	syncGuide(store);
	if (cycleOf(store.session) > 0) return;
	store.isPlaying = false;
	store.isReversed = false;
};
