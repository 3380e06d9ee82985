// Forward in time, as far as the guide lets it and not longer than the keys can wait.

import {cycleOf, runFor, seek} from '../hooks/use-session.js';
import {guideCycles, syncGuide, watchGuide} from './guide-progress.js';
import type {Store} from './store.js';

/** Real time that a stretch may take: keys must never wait longer for their answer. */
const stretchMilliseconds = 12;

/** Cycles run between two looks at the clock. */
const pieceCycles = 20_000;

/** Runs for so many cycles, as far as the guide lets it, but not longer than the keys can wait. False: not all of it. */
export const advanceBy = (store: Store, cycles: number): boolean => {
	const deadline = performance.now() + stretchMilliseconds;
	let left = cycles;
	while (left > 0 && store.isPlaying) {
		const piece = Math.min(left, pieceOf(store));
		runFor(store.session, piece);
		left -= piece;
		watchGuide(store);
		if (store.session.ending) {
			if (store.session.ending.kind !== 'needs-input') store.isPlaying = false;
			return true;
		}
		if (performance.now() > deadline) return left <= 0;
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
	const deadline = performance.now() + 1000;
	while (cycleOf(session) < target && performance.now() < deadline && !session.ending) {
		runFor(session, Math.min(target - cycleOf(session), pieceOf(store)));
		watchGuide(store);
		if (store.isStopped) break;
	}
	return true;
};

/** Cycles run at once: often enough to look at the clock, and at the guide's next condition. */
const pieceOf = (store: Store): number =>
	store.watcher ? Math.min(pieceCycles, guideCycles(store)) : pieceCycles;
