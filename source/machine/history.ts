// The past of a session: checkpoints, from which any cycle is reached again by running forward. Checkpoints stand at
// distances of work, not of time (an idle hour costs nothing to repeat), and thin out with age, so that memory is bounded.

import {copyAndCount} from './copy-machine.js';
import {type KeptCopies, keepMachine, nothingKept} from './checkpoint.js';
import {bytesBeyond} from './kept-size.js';
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
	/** Objects in it, which taking it went through. */
	readonly objects: number;
	/** Bytes that it takes by itself, beside what it shares with the checkpoint before, as estimated. */
	bytes: number;
};

export type History = {
	readonly limits: HistoryLimits;
	/** In order of cycle; the first is the machine at boot. */
	checkpoints: Checkpoint[];
	/** Copies near places that were gone back to, the oldest first: who goes back once goes back again. */
	near: Checkpoint[];
	/** What the newest checkpoint has of the live machine's objects. */
	copies: KeptCopies;
	/** What has been printed. */
	readonly output: OutputLog;
};

export type HistoryLimits = {
	/** Checkpoints kept at most, and bytes that they may take together (as estimated). */
	readonly checkpoints: number;
	readonly bytes: number;
	/** Work between two checkpoints, and so much more per object: taking them may take a small part of the time. */
	readonly workInterval: number;
	readonly workPerObject: number;
};

/** The work between two checkpoints is as much as is repeated in some hundredths of a second. */
export const usualLimits: HistoryLimits = {
	checkpoints: 120,
	bytes: 64 * 1024 * 1024,
	workInterval: 300_000,
	workPerObject: 300,
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
	copies: nothingKept(),
	output: createOutputLog(),
});

/** Work that should lie between the newest checkpoint and the next one, in whole cycles: runs are cut there. */
export const intervalOf = ({checkpoints, limits}: History): number => {
	const last = checkpoints.at(-1);
	if (!last) return 0;
	const {workInterval, workPerObject} = limits;
	return Math.ceil((workInterval + workPerObject * last.objects) * (1 + last.work / longRun));
};

/** Whether enough has happened since the last checkpoint. */
export const isCheckpointDue = (history: History, machine: Machine): boolean => {
	const last = history.checkpoints.at(-1);
	return last === undefined || workOf(machine) - last.work >= intervalOf(history);
};

type Place = {readonly cycle: number; readonly applied: number};

/** Keeps a copy of the machine, which stands at `cycle`. It shares with the newest one what has not changed since. */
export const addCheckpoint = (history: History, machine: Machine, place: Place): void => {
	const {checkpoints, copies} = history;
	const kept = keepMachine(machine, copies);
	checkpoints.push({
		...place,
		machine: kept,
		work: workOf(kept),
		objects: copies.objects,
		bytes: bytesBeyond(kept, checkpoints.at(-1)?.machine),
	});
	while (isTooLarge(history)) thinOut(history);
};

/** Keeps a copy of a machine of the past for those who go on going back. It shares pages with the others, no more. */
export const keepNear = (history: History, machine: Machine, place: Place): void => {
	const copy = copyAndCount(machine);
	history.near.push({
		...place,
		...copy,
		work: workOf(machine),
		bytes: copy.objects * bytesPerObject,
	});
	while (history.near.length > nearLimit || sizeOf(history.near) > history.limits.bytes / 4)
		history.near.shift();
};

/** What the host takes for an object and what belongs to it, roughly. */
const bytesPerObject = 330;

/** Another machine takes the place of the live one. */
export const forgetLive = (history: History): void => {
	history.copies = nothingKept();
};

const sizeOf = (checkpoints: readonly Checkpoint[]): number =>
	checkpoints.reduce((sum, {bytes}) => sum + bytes, 0);

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
	checkpoints.splice(victim, 1);
	// What it shared with the one that is gone, and not with those before, is its own now.
	const next = checkpoints[victim]!;
	next.bytes = bytesBeyond(next.machine, checkpoints[victim - 1]!.machine);
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
