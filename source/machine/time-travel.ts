// Going to any cycle of a session's history: the nearest kept machine at or before it takes the place of the present one
// and runs on. Scouts look around in the past without moving the session; one that has found its moment can be adopted.

import {partingOf, seenFrom} from './branch.js';
import {copyMachine} from './copy-machine.js';
import {checkpointBefore, cutAfter, forgetLive, keepNear} from './history.js';
import {cutOutput} from './output-log.js';
import {
	collectOutput,
	cycleOf,
	isMeetingPlace,
	latestClock,
	runThrough,
	runUntil,
	type Session,
} from './session.js';

/** A second session over the same history. It keeps none of its own and shares nothing that changes. */
export type Scout = Session;

/** Copies near places gone back to stand at multiples of this cycle, so far before that the next steps back find one too. */
const nearGrid = 16_384;

/** A scout at the nearest kept machine at or before `cycle`. */
export const scoutAt = (session: Session, cycle: number): Scout => {
	if (!session.history) throw new Error('this session keeps no history');
	const {machine, applied} = checkpointBefore(session.history, cycle);
	return {
		...session,
		machine: copyMachine(machine),
		inputs: [...session.inputs],
		applied,
		ending: undefined,
		refused: [],
		history: undefined,
		branches: [],
		isAtFocus: false,
		lastFocus: -1,
	};
};

/** The same, and a copy is kept on the way if that is far, for whoever goes to this part of the past again. */
export const scoutNear = (session: Session, cycle: number): Scout => {
	const scout = scoutAt(session, cycle);
	const near = (Math.floor(cycle / nearGrid) - 1) * nearGrid;
	if (!session.history || near - cycleOf(scout) < nearGrid) return scout;
	runUntil(scout, near);
	// Idle time and long system calls may have carried it beyond.
	if (cycleOf(scout) > cycle) return scoutAt(session, cycle);
	if (!isMeetingPlace(scout)) return scout;
	keepNear(session.history, scout.machine, {cycle: cycleOf(scout), applied: scout.applied});
	return scout;
};

/** A copy of a scout where it stands. */
export const copyScout = (scout: Scout): Scout => ({
	...scout,
	machine: copyMachine(scout.machine),
});

/** Puts the scout's machine in place of the session's, which stands there from now on. */
export const adopt = (session: Session, scout: Scout): void => {
	const known = session.machine.kernel.events.entries;
	const {machine, applied, ending, isAtFocus, lastFocus} = scout;
	Object.assign(session, {machine, applied, ending, isAtFocus, lastFocus});
	forgetLive(session.history!);
	collectOutput(session, session.history!);
	// A copy has lost its older events; the machine that is left may have them still.
	const {events} = machine.kernel;
	const first = events.entries[0]?.number ?? events.count;
	const older = known.filter(({number}) => number < first);
	if (older.at(-1)?.number === first - 1) events.entries = [...older, ...events.entries];
};

/**
 * Goes to a cycle, back or forward: to the first place with that cycle, before the inputs that come then. Needs history
 * to go back.
 */
export const seek = (session: Session, cycle: number): void => {
	const target = Math.max(0, cycle);
	const {history, horizon} = session;
	const present = cycleOf(session);
	const isNearer = history && checkpointBefore(history, target).cycle > present;
	const isOver = session.ending !== undefined && target <= latestClock(session.machine);
	const isBehindInput = (session.inputs[session.applied - 1]?.cycle ?? -1) >= target;
	const isOffCourse = session.isAtFocus || target <= session.lastFocus || isOver || isBehindInput;
	if (target < present || isNearer || isOffCourse) restore(session, target);
	if (cycleOf(session) !== target) runUntil(session, target);
	session.horizon = Math.max(session.horizon, horizon);
};

/** Goes to the newest place of the branch, where what the user did there has been done. */
export const seekNewest = (session: Session): void => {
	seek(session, session.horizon);
	runThrough(session, session.horizon);
};

/** A place, and how far the branch reached when the session stood there. */
export type Mark = {
	readonly cycle: number;
	readonly applied: number;
	readonly horizon: number;
	readonly printed: number;
};

export const markOf = (session: Session): Mark => ({
	cycle: cycleOf(session),
	applied: session.applied,
	horizon: session.horizon,
	printed: session.history?.output.length ?? 0,
});

/** Returns from a search in vain: the branch reaches no further than before. */
export const returnTo = (session: Session, mark: Mark): void => {
	seek(session, mark.cycle);
	if (session.applied < mark.applied) runThrough(session, mark.cycle);
	forgetBeyond(session, mark);
};

/** After a search that went further than it found something: nobody has seen what lies beyond. */
export const forgetBeyond = (session: Session, {horizon, printed}: Mark): void => {
	const {kernel} = session.machine;
	session.horizon = Math.max(horizon, cycleOf(session));
	cutAfter(session.history!, session.horizon);
	const {checkpoints, near, output} = session.history!;
	// Whoever starts at a checkpoint that stays does not print again what it had printed.
	const known = [...checkpoints, ...near].map(({machine}) => machine.kernel.outputBytes);
	cutOutput(output, Math.max(printed, kernel.outputBytes, ...known));
};

/** After a run that went too far: back to the mark and on, cycle by cycle, to the first place at which the test holds. */
export const searchFrom = (session: Session, mark: Mark, holds: () => boolean): void => {
	returnTo(session, mark);
	while (!holds() && !session.ending) runUntil(session, cycleOf(session) + 1);
};

/** Puts a kept machine at or before the cycle, or a little beyond that, in place of the present one. */
const restore = (session: Session, cycle: number): void => {
	adopt(session, cycle <= session.horizon ? scoutNear(session, cycle) : scoutAt(session, cycle));
};

/** Goes back to a branch that was left, at the cycle where it was left; the present one takes its place in the list. */
export const returnToBranch = (session: Session, index: number): void => {
	const branch = session.branches[index];
	if (!branch || !session.history) return;
	const from = partingOf(session.inputs, branch.inputs);
	const {inputs, horizon} = session;
	// Inputs at the very cycle of leaving differ between the two: start from before it.
	cutAfter(session.history, from - 1);
	session.inputs = [...branch.inputs];
	session.branches[index] = {from, horizon: Math.max(horizon, from), inputs};
	session.branches = seenFrom(session.branches, session.inputs);
	session.horizon = branch.horizon;
	session.end = undefined;
	restore(session, from - 1);
	// What was printed later, was printed on the other branch.
	cutOutput(session.history.output, session.machine.kernel.outputBytes);
	runThrough(session, from);
	session.horizon = Math.max(session.horizon, branch.horizon);
};
