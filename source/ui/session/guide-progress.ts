// How far the guide is. It follows when time goes back, and playback stops where it says so.

import {cycleOf} from '../hooks/use-session.js';
import type {Store} from './store.js';

export const beginGuide = (store: Store): void => {
	store.guide = [];
	store.guideMarks = [{cycle: -1, steps: [], progress: store.watcher?.save()}];
};

/** Shows the steps whose time has come; at one that pauses, playback stops. */
export const watchGuide = (store: Store): void => {
	const said = store.watcher?.look(store.session);
	if (!said) return;
	store.guide = [...store.guide, ...said.steps];
	const count = store.guide.length;
	const mark = {
		cycle: cycleOf(store.session),
		steps: store.guide,
		progress: store.watcher?.save(),
	};
	store.guideMarks = [
		...store.guideMarks.filter(({steps}) => steps.length < count),
		mark,
		...store.guideMarks.filter(({steps}) => steps.length > count),
	];
	store.isStopped = said.pauses && !store.isGuideHidden;
	if (store.isStopped) store.isPlaying = false;
};

/** After a move in time the guide is as far as it was then. */
export const syncGuide = (store: Store): void => {
	if (!store.watcher) return;
	const now = cycleOf(store.session);
	const mark = store.guideMarks.findLast(({cycle}) => cycle <= now);
	if (!mark || mark.steps.length === store.guide.length) return;
	store.guide = mark.steps;
	store.watcher.restore(mark.progress);
};

/** Cycles between two looks at the guide's next condition: often enough to meet states that pass. */
export const guideCycles = ({session, speed}: Store): number =>
	Math.max(40, session.setup.config.quantum / 10, speed / 2000);
