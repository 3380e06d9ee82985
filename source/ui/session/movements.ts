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
	seekNewest,
	settleAtEnd,
	stepBackToEvent,
	stepBackToWrite,
	stepStatement,
	stepStatementBack,
	stepToEvent,
	watchWriters,
} from '../hooks/use-session.js';
import type {ActionResult, Moment, Playback} from '../playback.js';
import {inputWords} from './actions.js';
import {moveForward} from './advance.js';
import {syncGuide, watchGuide} from './guide-progress.js';
import {publish} from './pictures.js';
import type {Store} from './store.js';
import {waitWords} from '../../view-model/wait-words.js';

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
	seekEnd: () => void movement(store, () => seekNewest(store.session)),
	findWriter: (lvalue, pid) => findWriterOf(store, lvalue, pid),
	findWaker: tid => findWakerOf(store, tid),
	returnToBranch: () => changeBranch(store),
});

const jumpTo = (store: Store, to: Moment, direction: 1 | -1): boolean =>
	movement(store, () => jump(store.session, to, direction));

/**
 * A move in time by hand: playback stops for it. An action that gives false has not moved: where the guide waited, it
 * still does.
 */
export const movement = (store: Store, action: () => unknown): boolean => {
	store.isPlaying = false;
	store.isReversed = false;
	const before = store.session.machine;
	const hasMoved = action() !== false;
	settleAtEnd(store.session);
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

/** Where two histories part, one of them goes on with an input of the user. */
const changeBranch = (store: Store): ActionResult => {
	const {session, scenario, options} = store;
	const {language} = options;
	const index = session.branches.length - 1;
	if (index < 0) return {isDone: false, text: say(language, 'message.noBranch')};
	const left = session.inputs;
	movement(store, () => {
		returnToBranch(session, index);
		scenario.record?.(session);
	});
	const now = cycleOf(session);
	const [mine, other] = [session.inputs, left].map(inputs =>
		inputs.find(item => item.cycle === now && !item.isPlanned),
	);
	const key = mine ? 'message.returnedWith' : 'message.returned';
	const parting = mine ?? other;
	return {
		isDone: true,
		text: say(language, key, {input: parting ? inputWords(parting.input, language) : ''}),
	};
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
		seekEvent(store.session, found);
		// At that moment it still sleeps, at a lock that the program has a name for.
		const {kernel} = store.session.machine;
		const thread = kernel.threads.get(tid);
		text = say(language, 'message.waker', {
			who,
			by: nameOf(store, found.body.by),
			queue:
				(thread && waitWords(kernel, thread)) || `${found.body.queue} ${found.body.channel}`.trim(),
			cycle: groupDigits(found.cycle),
		});
		return true;
	});
	return {isDone, text};
};
