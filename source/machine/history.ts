// The past of a session: checkpoints, from which any cycle is reached again by running forward. Checkpoints stand at
// distances of work, not of time (an idle hour costs nothing to repeat), and thin out with age, so that memory is bounded.

import {pageSize} from '../vm/page.js';
import {measuredCopy} from './checkpoint.js';
import type {Machine} from './machine.js';
import {createOutputLog, type OutputLog} from './output-log.js';

/** A machine that is kept, and what a session needs to go on from it. */
export type Checkpoint = {
	/** The clock that cuts at this point are named by. */
	readonly cycle: number;
	readonly machine: Machine;
	/** How many inputs had been applied. */
	readonly applied: number;
	/** Work done since boot, in cycles of effort. */
	readonly work: number;
	/** Bytes that it takes by itself, in pages that no older checkpoint has, and in all its pages, as estimated. */
	readonly bytes: number;
	pageBytes: number;
	readonly allPageBytes: number;
};

export type History = {
	readonly limits: HistoryLimits;
	/** In order of cycle; the first is the machine at boot. */
	checkpoints: Checkpoint[];
	/** Copies near places that were gone back to, the oldest first: who goes back once goes back again. */
	near: Checkpoint[];
	/** What has been printed. */
	readonly output: OutputLog;
};

export type HistoryLimits = {
	/** Checkpoints kept at most, and bytes that they may take together (as estimated). */
	readonly checkpoints: number;
	readonly bytes: number;
	/** Work between two checkpoints, and so much more per byte copied: copies may take a small part of the time. */
	readonly workInterval: number;
	readonly workPerByte: number;
};

/** The work between two checkpoints is as much as is repeated in some hundredths of a second. */
export const usualLimits: HistoryLimits = {
	checkpoints: 120,
	bytes: 192 * 1024 * 1024,
	workInterval: 300_000,
	workPerByte: 0.5,
};

/** Runs longer than this get their checkpoints further apart. */
const longRun = 400_000_000;
/** Host work of a context switch, in cycles of plain computing. */
const workPerSwitch = 60;
/** The newest checkpoints are where steps back land: so many of them (but no more than a third) are not thinned out. */
const keptNewest = 12;
/** However large the machine is, so many checkpoints are kept. */
const keptAlways = 4;
const nearLimit = 8;
/** Gaps between old checkpoints grow with this power of their age. */
const growthOfGaps = 0.25;

/** Effort spent so far on running the machine. */
export const workOf = ({kernel}: Machine): number =>
	kernel.cpus.reduce(
		(sum, cpu) => sum + cpu.useful + cpu.busy + workPerSwitch * cpu.contextSwitches,
		0,
	);

export const createHistory = (limits = usualLimits): History => ({
	limits,
	checkpoints: [],
	near: [],
	output: createOutputLog(),
});

/** Work that should lie between the newest checkpoint and the next one, in whole cycles: runs are cut there. */
export const intervalOf = ({checkpoints, limits}: History): number => {
	const last = checkpoints.at(-1);
	if (!last) return 0;
	const {workInterval, workPerByte} = limits;
	return Math.ceil((workInterval + workPerByte * last.bytes) * (1 + last.work / longRun));
};

/** Whether enough has happened since the last checkpoint. */
export const isCheckpointDue = (history: History, machine: Machine): boolean => {
	const last = history.checkpoints.at(-1);
	return last === undefined || workOf(machine) - last.work >= intervalOf(history);
};

type Place = {readonly cycle: number; readonly applied: number};

const checkpointAt = (
	machine: Machine,
	place: Place,
	before: Checkpoint | undefined,
): Checkpoint => {
	const copy = measuredCopy(machine);
	const {made, used} = copy.machine.kernel.pageBudget;
	const newPages = made - (before?.machine.kernel.pageBudget.made ?? 0) + copy.newObjectPages;
	const allPages = used + copy.objectPages;
	return {
		...place,
		machine: copy.machine,
		work: workOf(machine),
		bytes: copy.bytes,
		// Many that were made since may be gone again, with their processes.
		pageBytes: Math.min(newPages, allPages) * pageSize,
		allPageBytes: allPages * pageSize,
	};
};

/** Keeps a copy of the machine, which stands at `cycle`. */
export const addCheckpoint = (history: History, machine: Machine, place: Place): void => {
	history.checkpoints.push(checkpointAt(machine, place, history.checkpoints.at(-1)));
	while (isTooLarge(history)) thinOut(history);
};

/** Keeps a copy of a machine of the past for those who go on going back. */
export const keepNear = (history: History, machine: Machine, place: Place): void => {
	history.near.push(checkpointAt(machine, place, checkpointBefore(history, place.cycle)));
	while (history.near.length > nearLimit || sizeOf(history.near) > history.limits.bytes / 4)
		history.near.shift();
};

const sizeOf = (checkpoints: readonly Checkpoint[]): number =>
	checkpoints.reduce((sum, {bytes, pageBytes}) => sum + bytes + pageBytes, 0);

const isTooLarge = ({checkpoints, limits}: History): boolean =>
	checkpoints.length > limits.checkpoints ||
	(checkpoints.length > keptAlways && sizeOf(checkpoints) > limits.bytes);

/**
 * Removes the checkpoint whose loss leaves the smallest gap relative to its age: gaps grow towards the past, but only
 * as much as they must. The first and the newest few stay.
 */
const thinOut = (history: History): void => {
	const {checkpoints} = history;
	const newest = checkpoints.at(-1)!.work + intervalOf(history);
	const end = checkpoints.length - Math.min(keptNewest, Math.floor(checkpoints.length / 3));
	let victim = 1;
	let smallest = Infinity;
	for (let index = 1; index < end; index++) {
		const gap = checkpoints[index + 1]!.work - checkpoints[index - 1]!.work;
		const age = newest - checkpoints[index]!.work;
		const cost = gap / age ** growthOfGaps;
		if (cost < smallest) {
			smallest = cost;
			victim = index;
		}
	}
	const [removed] = checkpoints.splice(victim, 1);
	inherit(checkpoints[victim]!, removed!);
};

/** Pages that the removed checkpoint had may live on in the next one, at most as many as that machine has. */
const inherit = (next: Checkpoint, removed: Checkpoint): void => {
	next.pageBytes = Math.min(next.pageBytes + removed.pageBytes, next.allPageBytes);
};

/** The last kept machine at or before a cycle; there is always the one of boot. */
export const checkpointBefore = (history: History, cycle: number): Checkpoint => {
	let found = history.checkpoints[0]!;
	for (const checkpoint of [...history.checkpoints, ...history.near])
		if (checkpoint.cycle <= cycle && checkpoint.cycle > found.cycle) found = checkpoint;
	return found;
};

/** Drops what lies beyond a cycle: history has branched there. Boot is common to all branches. */
export const cutAfter = (history: History, cycle: number): void => {
	const isBefore = (checkpoint: Checkpoint): boolean => checkpoint.cycle <= cycle;
	history.checkpoints = history.checkpoints.filter(
		(checkpoint, index) => index === 0 || isBefore(checkpoint),
	);
	history.near = history.near.filter(isBefore);
};
