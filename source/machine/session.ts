// A machine that is being watched: advanced by whoever holds the clock, stepped, given inputs, and, if it keeps
// history, taken back to any cycle. It remembers its inputs with their cycles, so that the run can be repeated.

import type {ConsoleChunk} from '../kernel/console.js';
import {isAnyoneReady} from '../kernel/scheduler.js';
import {createMachine} from './boot.js';
import {
	addCheckpoint,
	checkpointBefore,
	createHistory,
	cutAfter,
	type History,
	intervalOf,
	isCheckpointDue,
} from './history.js';
import {copyMachine} from './checkpoint.js';
import {applyInput, type Input, type InputResult} from './input.js';
import {advance, type AdvanceResult, type Ending, type Machine, takeOutput} from './machine.js';
import type {MachineSetup} from './setup.js';

export type TimedInput = {
	readonly cycle: number;
	readonly input: Input;
	/** Comes from the scenario, not from the user. */
	readonly isPlanned: boolean;
};

/** A future that was left when something was injected in its past. */
export type Branch = {
	/** The cycle at which it left the present history, and the furthest it had come. */
	readonly from: number;
	readonly horizon: number;
	readonly inputs: readonly TimedInput[];
};

export type Session = {
	readonly setup: MachineSetup;
	machine: Machine;
	/** All inputs of this branch in order, past and to come. */
	inputs: TimedInput[];
	/** How many of them have been applied. */
	applied: number;
	/** Set once nothing can happen any more; an input may change that. */
	ending: Ending | undefined;
	/** What was printed up to now; kept with history only, else takeOutput() gives it. */
	output: ConsoleChunk[];
	readonly history: History | undefined;
	/** The furthest cycle that this branch has come to. */
	horizon: number;
	branches: Branch[];
	/** The machine stands where a thread has just got a CPU: a place between two cuts, where no input can be repeated. */
	isAtFocus: boolean;
};

/** What a session needs to know beside its machine. */
export type SessionOptions = {readonly keepsHistory?: boolean};

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
		output: [],
		history: options.keepsHistory ? createHistory() : undefined,
		horizon: 0,
		branches: [],
		isAtFocus: false,
	};
	keepCheckpoint(session);
	return session;
};

/** The present cycle: the clock of the CPU that acts next. */
export const cycleOf = ({machine}: Session): number =>
	machine.kernel.cpus[machine.currentCpu]!.clock;

const keepCheckpoint = (session: Session): void => {
	const {history, machine} = session;
	if (!history || session.isAtFocus || !isCheckpointDue(history, machine)) return;
	const cycle = cycleOf(session);
	if ((history.checkpoints.at(-1)?.cycle ?? -1) >= cycle) return;
	addCheckpoint(history, machine, {
		cycle,
		applied: session.applied,
		printed: session.output.length,
	});
};

/** Runs to the cycle, applying inputs on the way, or until nothing can happen any more. */
export const runUntil = (session: Session, cycle: number): void => {
	for (;;) {
		const next = session.inputs[session.applied];
		if (next && next.cycle <= cycleOf(session)) {
			session.applied++;
			session.ending = undefined;
			applyInput(session.machine, next.input);
			continue;
		}
		const isOver = advanceTo(session, Math.min(cycle, next?.cycle ?? Infinity));
		collect(session);
		if (session.isAtFocus) return;
		if (isOver && next && next.cycle < cycle && session.ending?.kind !== 'ended') {
			// The input may bring a stuck machine back to life.
			waitUntil(session.machine, next.cycle);
			continue;
		}
		if (isOver || cycleOf(session) >= cycle) return;
	}
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
const advanceTo = (session: Session, cycle: number): boolean => {
	const {machine, history} = session;
	const stretch = history
		? (idleUntil(session) ?? cycleOf(session)) + intervalOf(machine)
		: Infinity;
	session.isAtFocus = false;
	const result = advance(machine, Math.min(cycle, stretch));
	session.isAtFocus = result.kind === 'focus';
	session.ending = endingIn(result);
	session.horizon = Math.max(session.horizon, cycleOf(session));
	return session.ending !== undefined;
};

const endingIn = (result: AdvanceResult): Ending | undefined => {
	switch (result.kind) {
		case 'reached':
		case 'focus':
			return undefined;
		case 'ended':
		case 'deadlock':
		case 'needs-input':
			return result;
	}
};

const collect = (session: Session): void => {
	if (!session.history) return;
	session.output.push(...takeOutput(session.machine));
	keepCheckpoint(session);
};

const latestClock = ({kernel}: Machine): number => Math.max(...kernel.cpus.map(({clock}) => clock));

/** Nothing can happen by itself before an input: lets time pass up to it. */
const waitUntil = (machine: Machine, cycle: number): void => {
	for (const cpu of machine.kernel.cpus) {
		if (cpu.clock >= cycle) continue;
		cpu.idle += cycle - cpu.clock;
		cpu.clock = cycle;
	}
	machine.kernel.now = Math.max(machine.kernel.now, cycle);
};

/** Runs for so many cycles. */
export const runFor = (session: Session, cycles: number): void => {
	runUntil(session, cycleOf(session) + cycles);
};

/** Applies an input now. In the past this begins a new branch of history; the old one is kept in `branches`. */
export const inject = (session: Session, input: Input): InputResult => {
	if (session.isAtFocus) runFor(session, 1);
	// Nothing happens any more: the clocks of several CPUs stand apart, and a replay must find the same moment.
	if (session.ending) waitUntil(session.machine, 1 + latestClock(session.machine));
	const cycle = cycleOf(session);
	if (session.history && cycle < session.horizon) leaveBranch(session, cycle);
	session.inputs.splice(session.applied, 0, {cycle, input, isPlanned: false});
	session.applied++;
	session.ending = undefined;
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
	session.horizon = cycle;
};

/** Goes back to a branch that was left, at the cycle where it was left; the present one takes its place in the list. */
export const returnToBranch = (session: Session, index: number): void => {
	const branch = session.branches[index];
	if (!branch || !session.history) return;
	seek(session, branch.from);
	session.branches[index] = {
		from: branch.from,
		horizon: Math.max(session.horizon, branch.from),
		inputs: session.inputs,
	};
	// Inputs at the very cycle of leaving differ between the two: start from before it.
	cutAfter(session.history, branch.from - 1);
	session.inputs = [...branch.inputs];
	restore(session, branch.from - 1);
	session.horizon = branch.horizon;
	runUntil(session, branch.from);
};

/** Goes to a cycle, back or forward. Needs history to go back. */
export const seek = (session: Session, cycle: number): void => {
	const target = Math.max(0, cycle);
	const isNearer =
		(session.history ? checkpointBefore(session.history, target).cycle : 0) > cycleOf(session);
	if (target < cycleOf(session) || session.isAtFocus || isNearer) restore(session, target);
	const {horizon} = session;
	runUntil(session, target);
	session.horizon = Math.max(session.horizon, horizon);
};

/** Puts the nearest checkpoint at or before the cycle in place of the machine. */
const restore = (session: Session, cycle: number): void => {
	if (!session.history) throw new Error('this session keeps no history');
	const checkpoint = checkpointBefore(session.history, cycle);
	session.machine = copyMachine(checkpoint.machine);
	session.applied = checkpoint.applied;
	session.output = session.output.slice(0, checkpoint.printed);
	session.ending = undefined;
	session.isAtFocus = false;
};

/**
 * A second session over the same history, to look around in without moving the first: it stands at the nearest
 * checkpoint at or before `cycle`, keeps no history of its own and shares nothing that changes.
 */
export const scoutAt = (session: Session, cycle: number): Session => {
	if (!session.history) throw new Error('this session keeps no history');
	const checkpoint = checkpointBefore(session.history, cycle);
	return {
		...session,
		machine: copyMachine(checkpoint.machine),
		inputs: [...session.inputs],
		applied: checkpoint.applied,
		ending: undefined,
		output: [],
		history: undefined,
		branches: [],
		isAtFocus: false,
	};
};

/** A copy of a scout where it stands. */
export const copyScout = (scout: Session): Session => ({
	...scout,
	machine: copyMachine(scout.machine),
});
