// A machine that is being watched: advanced by whoever holds the clock, stepped, given inputs, and, if it keeps
// history, taken back to any cycle. It remembers its inputs with their cycles, so that the run can be repeated.

import {isAnyoneReady} from '../kernel/process/scheduler.js';
import {createMachine} from './boot.js';
import {type Branch, seenFrom, type TimedInput} from './branch.js';
import {
	addCheckpoint,
	createHistory,
	cutAfter,
	type History,
	type HistoryLimits,
	intervalOf,
	isCheckpointDue,
} from './history.js';
import {applyInput, type Input, type InputResult, inputText} from './input.js';
import {
	advance,
	type AdvanceResult,
	type Ending,
	jumpTo,
	type Machine,
	takeOutput,
	windowCycles,
} from './machine.js';
import {cutOutput, noteOutput, type OutputPiece, outputUpTo} from './output-log.js';
import type {MachineSetup} from './setup.js';

export type {TimedInput} from './branch.js';

export type RefusedInput = {readonly cycle: number; readonly text: string};

export type Session = {
	readonly setup: MachineSetup;
	machine: Machine;
	/** All inputs of this branch in order, past and to come. */
	inputs: TimedInput[];
	/** How many of them have been applied. */
	applied: number;
	/** Set once nothing can happen any more, not even an input to come; one from outside may change that. */
	ending: Ending | undefined;
	/** Inputs that could not be applied when their time came, in words; kept without history only, else the log has them. */
	refused: RefusedInput[];
	readonly history: History | undefined;
	/** The furthest cycle that this branch has come to. */
	horizon: number;
	/** Where this branch has come to an end: its last cycle, and the horizon then, which lies behind it. */
	end: {readonly cycle: number; readonly horizon: number} | undefined;
	branches: Branch[];
	/** The machine stands where a thread has just got a CPU: a place between two cuts, where no input can be repeated. */
	isAtFocus: boolean;
	/**
	 * The latest clock at such a place. With several CPUs runs that were not cut there come to no place before it again;
	 * behind it all runs meet.
	 */
	lastFocus: number;
};

/** What a session needs to know beside its machine. */
export type SessionOptions = {
	readonly keepsHistory?: boolean;
	/** How much of it; tests keep little, often. */
	readonly historyLimits?: HistoryLimits;
};

export const createSession = (
	setup: MachineSetup,
	planned: ReadonlyArray<Omit<TimedInput, 'isPlanned'>> = [],
	options: SessionOptions = {},
): Session => {
	const session: Session = {
		setup,
		machine: createMachine(setup),
		inputs: planned.map(item => ({...item, isPlanned: true})).sort((a, b) => a.cycle - b.cycle),
		applied: 0,
		ending: undefined,
		refused: [],
		history: options.keepsHistory ? createHistory(options.historyLimits) : undefined,
		horizon: 0,
		end: undefined,
		branches: [],
		isAtFocus: false,
		lastFocus: -1,
	};
	keepCheckpoint(session);
	return session;
};

/** The present cycle: the clock of the CPU that acts next. */
export const cycleOf = ({machine}: Session): number =>
	machine.kernel.cpus[machine.currentCpu]!.clock;

/**
 * Whether every run of this branch comes to the present place: it is the first with this cycle, before its inputs. Where
 * nothing happens any more another CPU has gone on since the acting one came there.
 */
export const isMeetingPlace = (session: Session): boolean => {
	if (session.isAtFocus || session.ending) return false;
	const cycle = cycleOf(session);
	const last = session.inputs[session.applied - 1];
	return cycle > session.lastFocus && (last?.cycle ?? -1) < cycle;
};

const keepCheckpoint = (session: Session): void => {
	const {history, machine} = session;
	if (!history || !isCheckpointDue(history, machine) || !isMeetingPlace(session)) return;
	const cycle = cycleOf(session);
	if ((history.checkpoints.at(-1)?.cycle ?? -1) >= cycle) return;
	addCheckpoint(history, machine, {cycle, applied: session.applied});
};

/**
 * Runs to the cycle, applying inputs on the way, or until nothing can happen any more; or until the thread `focus` gets a
 * CPU.
 */
export const runUntil = (session: Session, cycle: number, focus?: number): void => {
	for (;;) {
		const next = session.inputs[session.applied];
		if (next && next.cycle <= cycleOf(session)) {
			session.applied++;
			session.ending = undefined;
			const result = applyInput(session.machine, next.input);
			if (!result.isDone && !session.history)
				session.refused.push({cycle: next.cycle, text: inputText(next.input, result)});
			continue;
		}
		const isOver = advanceTo(session, Math.min(cycle, next?.cycle ?? Infinity), focus);
		collect(session);
		if (session.isAtFocus) return;
		if (isOver && next && !waitForInput(session, next.cycle, cycle)) return;
		if ((isOver && !next) || cycleOf(session) >= cycle) return;
	}
};

/**
 * An input to come is like a timer: it may bring a stuck machine back to life, so that time passes up to it, or to
 * `limit`. A reader of the keyboard is served first, by whoever is there. False: there is nothing to wait for.
 */
const waitForInput = (session: Session, cycle: number, limit: number): boolean => {
	const {ending, machine} = session;
	if (ending?.kind === 'ended' || (ending?.kind === 'needs-input' && cycle >= limit)) return false;
	jumpTo(machine, Math.min(cycle, limit));
	session.ending = undefined;
	session.horizon = Math.max(session.horizon, cycleOf(session));
	return true;
};

/** Where every CPU is idle: the cycle at which something may happen again, Infinity if nothing can by itself. */
export const idleUntil = (session: Session): number | undefined => {
	const {kernel, toStart} = session.machine;
	if (isAnyoneReady(kernel) || kernel.cpus.some(cpu => cpu.thread !== 0)) return undefined;
	const next = Math.min(
		kernel.timers[0]?.at ?? Infinity,
		toStart[0]?.at ?? Infinity,
		session.inputs[session.applied]?.cycle ?? Infinity,
	);
	return next > cycleOf(session) ? next : undefined;
};

/** One stretch up to a cycle or the next checkpoint. True if nothing can happen any more. */
const advanceTo = (session: Session, cycle: number, focus: number | undefined): boolean => {
	const {machine, history} = session;
	const stretch = history
		? (idleUntil(session) ?? cycleOf(session)) + intervalOf(history)
		: Infinity;
	session.isAtFocus = false;
	const result = advance(machine, Math.min(cycle, stretch), focus);
	session.isAtFocus = result.kind === 'focus';
	if (session.isAtFocus) session.lastFocus = latestClock(machine);
	session.ending = endingIn(result);
	// The clocks of several CPUs stand apart then, and what happened last may have taken no time: only behind it all is it over.
	const reached = session.ending ? cycleBehind(machine) : cycleOf(session);
	session.horizon = Math.max(session.horizon, reached);
	if (session.ending) session.end = {cycle: cycleOf(session), horizon: session.horizon};
	return session.ending !== undefined;
};

const endingIn = (result: AdvanceResult): Ending | undefined => {
	switch (result.kind) {
		case 'reached':
		case 'focus':
			return undefined;
		case 'ended':
		case 'deadlock':
		case 'stopped':
		case 'needs-input':
			return result;
	}
};

const collect = (session: Session): void => {
	if (!session.history) return;
	collectOutput(session, session.history);
	keepCheckpoint(session);
};

/** Moves what the machine holds of its output into the history. */
export const collectOutput = ({machine}: Session, {output}: History): void => {
	noteOutput(output, takeOutput(machine), machine.kernel.outputBytes);
};

/** What has been printed up to now; kept with history only, else takeOutput() gives it. */
export const outputOf = ({history, machine}: Session): readonly OutputPiece[] =>
	history ? outputUpTo(history.output, machine.kernel.outputBytes) : [];

export const latestClock = ({kernel}: Machine): number =>
	Math.max(...kernel.cpus.map(({clock}) => clock));

/** The first cycle that no CPU has reached. */
export const cycleBehind = (machine: Machine): number => 1 + latestClock(machine);

/** Where this branch ends, if it is known to. */
const endOf = ({end, horizon}: Session) => (end?.horizon === horizon ? end : undefined);

/** The cycle of the newest place of this branch; the present one, where only the clocks of several CPUs stand apart. */
export const newestCycle = (session: Session): number => {
	const now = cycleOf(session);
	const newest = endOf(session)?.cycle ?? session.horizon;
	const isApart = session.machine.kernel.cpus.length > 1 && newest - now < windowCycles;
	return isApart ? now : Math.max(now, newest);
};

/** At the last cycle of a branch the programs have ended: what happened in no time, and the end itself, are gone through. */
export const settleAtEnd = (session: Session): void => {
	const end = endOf(session);
	if (end && !session.ending && cycleOf(session) >= end.cycle) runUntil(session, end.horizon);
};

/** Runs for so many cycles. */
export const runFor = (session: Session, cycles: number): void => {
	runUntil(session, cycleOf(session) + cycles);
};

/**
 * Runs to a cycle and applies the inputs that come at that very cycle, even where only they can make time pass. A replay
 * ends like that.
 */
export const runThrough = (session: Session, cycle: number): void => {
	runUntil(session, cycle);
	const next = session.inputs[session.applied];
	if (!next || next.cycle > cycle || session.ending?.kind === 'ended') return;
	if (session.ending) jumpTo(session.machine, next.cycle);
	runUntil(session, cycle);
};

/** Goes on to the next place that every run comes to; at most some hundred cycles. */
export const runToMeetingPlace = (session: Session): void => {
	if (session.isAtFocus || cycleOf(session) <= session.lastFocus)
		runUntil(session, session.lastFocus + 1);
};

/** Applies an input now. In the past this begins a new branch of history; the old one is kept in `branches`. */
export const inject = (session: Session, input: Input): InputResult => {
	runToMeetingPlace(session);
	if (session.ending?.kind === 'ended')
		return {isDone: false, text: 'the programs have ended: nobody can notice'};
	// Nothing happens any more: the clocks of several CPUs stand apart, and a replay must find the same moment.
	if (session.ending) jumpTo(session.machine, cycleBehind(session.machine));
	const cycle = cycleOf(session);
	const hasFuture =
		cycle < session.horizon ||
		session.inputs.some((item, index) => index >= session.applied && !item.isPlanned);
	if (session.history && hasFuture) leaveBranch(session, cycle);
	session.inputs.splice(session.applied, 0, {cycle, input, isPlanned: false});
	session.branches = seenFrom(session.branches, session.inputs);
	session.applied++;
	session.ending = undefined;
	session.horizon = Math.max(session.horizon, cycle);
	const result = applyInput(session.machine, input);
	collect(session);
	return result;
};

const leaveBranch = (session: Session, cycle: number): void => {
	session.branches.push({from: cycle, horizon: session.horizon, inputs: session.inputs});
	session.inputs = session.inputs.filter(
		(item, index) => index < session.applied || item.isPlanned,
	);
	cutAfter(session.history!, cycle);
	cutOutput(session.history!.output, session.machine.kernel.outputBytes);
	session.horizon = cycle;
	session.end = undefined;
};
