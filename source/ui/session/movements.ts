// Moves in time by hand: steps, jumps, and the searches that end at a moment.

import {say} from '../../view-model/language.js';
import {actorName} from '../../view-model/blocked.js';
import {groupDigits} from '../../view-model/units.js';
import {
	cycleOf,
	findWaker,
	jump,
	returnToBranch,
	seek,
	seekEvent,
	stepBackToEvent,
	stepBackToWrite,
	stepStatement,
	stepStatementBack,
	stepToEvent,
	watchWriters,
} from '../hooks/use-session.js';
import type {ActionResult, Moment, Playback} from '../playback.js';
import {moveForward} from './advance.js';
import {syncGuide, watchGuide} from './guide-progress.js';
import {publish} from './pictures.js';
import type {Store} from './store.js';

/** Everything that goes to another moment. */
export const moves = (
	store: Store,
): Pick<
	Playback,
	| 'step'
	| 'stepEvent'
	| 'stepSlice'
	| 'stepBack'
	| 'stepEventBack'
	| 'stepSliceBack'
	| 'jump'
	| 'seek'
	| 'seekTo'
	| 'seekEvent'
	| 'seekStart'
	| 'seekEnd'
	| 'findWriter'
	| 'findWaker'
	| 'returnToBranch'
> => ({
	step: tid =>
		void movement(store, () => {
			if (store.session.machine.kernel.threads.has(tid)) stepStatement(store.session, tid);
			else stepToEvent(store.session, () => true);
		}),
	stepEvent: () => movement(store, () => stepToEvent(store.session, () => true) !== undefined),
	stepSlice: () => jumpTo(store, {kind: 'switch'}, 1),
	stepBack: tid => stepBack(store, tid),
	stepEventBack: () => movement(store, () => stepBackToEvent(store.session) !== undefined),
	stepSliceBack: () => jumpTo(store, {kind: 'switch'}, -1),
	jump: (to, direction) => jumpTo(store, to, direction),
	seek: cycles =>
		cycles < 0 ? moveBack(store, -cycles) : movement(store, () => moveForward(store, cycles)),
	seekTo: cycle => void movement(store, () => seek(store.session, cycle)),
	seekEvent: event => void movement(store, () => seekEvent(store.session, event)),
	seekStart: () => void moveBack(store, cycleOf(store.session)),
	seekEnd: () => void movement(store, () => seek(store.session, store.session.horizon)),
	findWriter: (lvalue, pid) => findWriterOf(store, lvalue, pid),
	findWaker: tid => findWakerOf(store, tid),
	returnToBranch: () =>
		movement(store, () => {
			const {branches} = store.session;
			if (branches.length === 0) return false;
			returnToBranch(store.session, branches.length - 1);
			store.scenario.record?.(store.session);
			return true;
		}),
});

const jumpTo = (store: Store, to: Moment, direction: 1 | -1): boolean =>
	movement(store, () => jump(store.session, to, direction));

/** A move in time by hand: playback stops for it. An action that gives false has not moved. */
export const movement = (store: Store, action: () => unknown): boolean => {
	store.isPlaying = false;
	store.isReversed = false;
	store.isStopped = false;
	const before = store.session.machine;
	const hasMoved = action() !== false;
	const {machine} = store.session;
	if (machine !== before) watchWriters(store.session, store.scenario.watch);
	syncGuide(store);
	watchGuide(store);
	publish(store);
	return hasMoved;
};

export const moveBack = (store: Store, cycles: number): boolean => {
	const now = cycleOf(store.session);
	if (now <= 0) return false;
	return movement(store, () => seek(store.session, Math.max(0, Math.floor(now - cycles))));
};

/** A thread that had no statement before, or is none: a quarter of a time slice. */
export const stepBack = (store: Store, tid: number): boolean => {
	const isDone = movement(store, () => stepStatementBack(store.session, tid));
	return isDone || moveBack(store, Math.max(1, Math.round(store.session.setup.config.quantum / 4)));
};

const nameOf = ({session, options}: Store, actor: number): string =>
	actorName(session.machine.kernel, actor, options.language);

export const findWriterOf = (store: Store, lvalue: string, pid: number): ActionResult => {
	const {language} = store.options;
	let text = say(language, 'message.noWriter', {name: lvalue});
	const isDone = movement(store, () => {
		const found = stepBackToWrite(store.session, {lvalue, pid});
		if (!found) return false;
		text = say(language, 'message.writer', {
			name: lvalue,
			who: nameOf(store, found.tid),
			cycle: groupDigits(found.cycle),
		});
		return true;
	});
	return {isDone, text};
};

export const findWakerOf = (store: Store, tid: number): ActionResult => {
	const {language} = store.options;
	const who = nameOf(store, tid);
	let text = say(language, 'message.noWaker', {who});
	const isDone = movement(store, () => {
		const found = findWaker(store.session, tid);
		if (found?.body.kind !== 'woken') return false;
		text = say(language, 'message.waker', {
			who,
			by: nameOf(store, found.body.by),
			queue: `${found.body.queue} ${found.body.channel}`.trim(),
			cycle: groupDigits(found.cycle),
		});
		seekEvent(store.session, found);
		return true;
	});
	return {isDone, text};
};
