// The past of a session: checkpoints, from which any cycle is reached again by running forward. Checkpoints stand at
// distances of work, not of time (an idle hour costs nothing to repeat), and thin out with age, so that memory is bounded.

import {pageSize} from '../vm/page.js';
import {copyMachine} from './checkpoint.js';
import type {Machine} from './machine.js';

export type Checkpoint = {
	/** The clock that cuts at this point are named by. */
	readonly cycle: number;
	readonly machine: Machine;
	/** How many inputs had been applied, and chunks of output printed. */
	readonly applied: number;
	readonly printed: number;
	/** Work done since boot, in cycles of effort. */
	readonly work: number;
	/** Estimated bytes that it takes. */
	readonly bytes: number;
};

export type History = {
	/** In order of cycle; the first is the machine at boot. */
	checkpoints: Checkpoint[];
};

/** Checkpoints kept at most, and bytes that they may take together (as estimated). */
const checkpointLimit = 200;
const memoryLimit = 160 * 1024 * 1024;
/** Work between two checkpoints: as much as is repeated in about a hundredth of a second. */
const workInterval = 300_000;
/** Copying a thread costs about as much as running so many cycles; copies may take a small part of the time. */
const workPerThread = 8000;
/** What a checkpoint takes beside the pages that it keeps from being thrown away: bytes per thread. */
const bytesPerThread = 16 * 1024;
/** Host work of a context switch, in cycles of plain computing. */
const workPerSwitch = 60;

/** Effort spent so far on running the machine. */
export const workOf = ({kernel}: Machine): number =>
	kernel.cpus.reduce(
		(sum, cpu) => sum + cpu.useful + cpu.busy + workPerSwitch * cpu.contextSwitches,
		0,
	);

/** Runs longer than this get their checkpoints further apart, so that keeping history stays a small part of the cost. */
const longRun = 100_000_000;

/** Work that should lie between checkpoints of a machine of this size and age. */
export const intervalOf = (machine: Machine): number =>
	(workInterval + workPerThread * machine.kernel.threads.size) * (1 + workOf(machine) / longRun);

export const createHistory = (): History => ({checkpoints: []});

/** Whether enough has happened since the last checkpoint. */
export const isCheckpointDue = (history: History, machine: Machine): boolean => {
	const last = history.checkpoints.at(-1);
	return last === undefined || workOf(machine) - last.work >= intervalOf(machine);
};

/** Keeps a copy of the machine, which stands at `cycle`. */
export const addCheckpoint = (
	history: History,
	machine: Machine,
	at: {readonly cycle: number; readonly applied: number; readonly printed: number},
): void => {
	const bytes = dirtyPages(machine) * pageSize + machine.kernel.threads.size * bytesPerThread;
	history.checkpoints.push({...at, machine: copyMachine(machine), work: workOf(machine), bytes});
	while (isTooLarge(history)) thinOut(history);
};

/** Pages written since the last checkpoint: the copies that this one will share with nobody older. */
const dirtyPages = ({kernel}: Machine): number => {
	let pages = 0;
	for (const process of kernel.processes.values()) pages += process.space.writable.length;
	for (const object of kernel.memoryObjects.values())
		pages += object.isOwned.filter(owned => owned === 1).length;
	return pages;
};

const isTooLarge = ({checkpoints}: History): boolean =>
	checkpoints.length > checkpointLimit ||
	(checkpoints.length > keptNewest + 2 &&
		checkpoints.reduce((sum, {bytes}) => sum + bytes, 0) > memoryLimit);

/**
 * Removes the checkpoint whose loss leaves the smallest gap relative to its age: gaps grow towards the past, but only
 * as much as they must. The first and the newest few stay.
 */
const thinOut = (history: History): void => {
	const {checkpoints} = history;
	const newest = checkpoints.at(-1)!.work;
	let victim = 1;
	let smallest = Infinity;
	for (let index = 1; index < checkpoints.length - keptNewest; index++) {
		const gap = checkpoints[index + 1]!.work - checkpoints[index - 1]!.work;
		const age = newest - checkpoints[index]!.work + intervalOf(checkpoints[index]!.machine);
		const cost = gap / Math.sqrt(age);
		if (cost < smallest) {
			smallest = cost;
			victim = index;
		}
	}
	checkpoints.splice(victim, 1);
};

/** The newest checkpoints are where steps back land; they are never thinned. */
const keptNewest = 24;

/** The last checkpoint at or before a cycle; there is always the one of boot. */
export const checkpointBefore = (history: History, cycle: number): Checkpoint => {
	let found = history.checkpoints[0]!;
	for (const checkpoint of history.checkpoints) {
		if (checkpoint.cycle > cycle) break;
		found = checkpoint;
	}
	return found;
};

/** Drops what lies beyond a cycle: history has branched there. */
export const cutAfter = (history: History, cycle: number): void => {
	history.checkpoints = history.checkpoints.filter(checkpoint => checkpoint.cycle <= cycle);
};
