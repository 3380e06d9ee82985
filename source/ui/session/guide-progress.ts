// How far the guide is. It follows when time goes back, and playback stops where it says so: at the same cycle in every
// run, however fast it is played and whenever pictures are taken.

import {cycleOf, markOf, runUntil, searchFrom} from '../hooks/use-session.js';
import type {Said} from './scenario.js';
import type {Store} from './store.js';

/** The guide's next condition is looked at at every multiple of so many cycles: often enough to meet states that pass. */
const guideInterval = 40;

export const beginGuide = (store: Store): void => {
	store.guide = [];
	store.guideMarks = [{cycle: -1, steps: [], progress: store.watcher?.save(), pauses: false}];
};

/** Runs to the cycle, but no further than to where the guide looks next; and lets it look there. */
export const runToLook = (store: Store, cycle: number): void => {
	const {session, watcher} = store;
	const before = markOf(session);
	const next = watcher ? lookAfter(before.cycle) : Infinity;
	runUntil(session, Math.min(cycle, next));
	if (!watcher || (cycleOf(session) < next && !session.ending)) return;
	const progress = watcher.save();
	let said = watcher.look(session);
	if (said?.isStore) {
		watcher.restore(progress);
		const cycle = Math.max(lookAfter(before.cycle) - guideInterval, newestStep(store));
		// What has just been passed has not been seen: the store is the newest place.
		const horizon = cycleOf(session) > before.horizon ? cycle : before.horizon;
		searchFrom(session, {...before, cycle, horizon}, () => {
			said = watcher.look(session);
			return said !== undefined;
		});
	}
	if (said) note(store, said);
};

/** The cycle of the newest step that is shown: none is shown at a moment before that. */
const newestStep = ({guideMarks, guide}: Store): number =>
	guideMarks.findLast(({steps}) => steps === guide)?.cycle ?? -1;

/** The next cycle at which the guide looks. */
export const lookAfter = (cycle: number): number =>
	(Math.floor(cycle / guideInterval) + 1) * guideInterval;

/** After a move by hand: what has become due where it ended. */
export const watchGuide = (store: Store): void => {
	const said = store.watcher?.look(store.session);
	if (said) note(store, said);
};

/** Shows the steps whose time has come; at one that pauses, playback stops. */
const note = (store: Store, {steps, pauses}: Said): void => {
	store.guide = [...store.guide, ...steps];
	const count = store.guide.length;
	const mark = {
		cycle: cycleOf(store.session),
		steps: store.guide,
		progress: store.watcher?.save(),
		pauses,
	};
	store.guideMarks = [
		...store.guideMarks.filter(other => other.steps.length < count),
		mark,
		...store.guideMarks.filter(other => other.steps.length > count),
	];
	store.isStopped = isAtPause(store);
	if (store.isStopped) store.isPlaying = false;
};

/** After a move in time the guide is as far as it was then, and waits again where it has waited. */
export const syncGuide = (store: Store): void => {
	const {watcher, session} = store;
	if (!watcher) return;
	const now = cycleOf(session);
	const mark = store.guideMarks.findLast(({cycle}) => cycle <= now);
	if (!mark) return;
	store.guide = mark.steps;
	watcher.restore(mark.progress);
	store.isStopped = isAtPause(store);
};

const isAtPause = ({guideMarks, guide, session, isGuideHidden}: Store): boolean =>
	!isGuideHidden &&
	guideMarks.some(
		({cycle, steps, pauses}) =>
			pauses && cycle === cycleOf(session) && steps.length === guide.length,
	);
