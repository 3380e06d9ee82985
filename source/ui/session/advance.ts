// Forward in time, as far as the guide lets it and not longer than the keys can wait.

import {cycleOf, seek} from '../hooks/use-session.js';
import {runToLook, syncGuide} from './guide-progress.js';
import type {Store} from './store.js';

/** Real time that a stretch may take: keys must never wait longer for their answer. */
const stretchMilliseconds = 12;

/** Cycles run between two looks at the clock, at most. */
const pieceCycles = 20_000;

/** Runs for so many cycles, as far as the guide lets it, but not longer than the keys can wait. False: not all of it. */
export const advanceBy = (store: Store, cycles: number): boolean => {
	const {session} = store;
	const deadline = performance.now() + stretchMilliseconds;
	const target = Math.floor(cycleOf(session) + cycles);
	while (cycleOf(session) < target && store.isPlaying) {
		runToLook(store, Math.min(target, cycleOf(session) + pieceCycles));
		if (session.ending) {
			if (session.ending.kind !== 'needs-input') store.isPlaying = false;
			return true;
		}
		if (performance.now() > deadline) return cycleOf(session) >= target;
	}
	return true;
};

/** Far runs are cut where a user would think that the program hangs. What has been reached before is gone to at once. */
export const moveForward = (store: Store, cycles: number): boolean => {
	const {session} = store;
	const target = Math.floor(cycleOf(session) + cycles);
	if (target <= session.horizon) {
		seek(session, target);
		return true;
	}
	seek(session, session.horizon);
	syncGuide(store);
	store.isStopped = false;
	const deadline = performance.now() + 1000;
	while (cycleOf(session) < target && performance.now() < deadline && !session.ending) {
		runToLook(store, Math.min(target, cycleOf(session) + pieceCycles));
		if (store.isStopped) break;
	}
	return true;
};
