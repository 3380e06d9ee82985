// Busy waiting, judged turn by turn (DESIGN 6): a turn of a loop is busy waiting if nothing has changed between its
// start and its end but counters that it increments and nothing else in it reads.
//
// What can change, and how a change is noticed:
// - registers that carry values from turn to turn: compared with a copy taken at the start (the compiler lists them);
// - memory: every store that changes a word enters the word and its old value in a log (change-log.ts); at the end of
//   the turn the old value is compared with the present one, so what went away and came back has not changed. Words below
//   the stack pointer are dead locals of functions that have returned, and words no longer mapped are gone;
// - kernel state with a value (a file offset, a descriptor slot, a semaphore): logged likewise, under a key of the kernel's;
// - anything else that others can see or that was consumed (bytes read from a pipe, a process made): an effect.
// A word that only increments of unused value (LDC…, STC…, atomic counting) have changed is a counter if no load has read
// it; the loads of later turns are watched for that (counter-watch.ts), so the first turn of such a loop still counts as
// work. A word that only a clock's reading has changed, and increments of it (the end of a time-out), has not been changed
// by the program: time passes by itself.
//
// Loops nest, and so do turns: a stack of records. When an inner turn ends, its entries go to the enclosing turn, without
// words that one has already.

import {touchForReading} from './address-space.js';
import {
	addEntry,
	change,
	type ChangeKind,
	type ChangeLog,
	copyChangeLog,
	createChangeLog,
	dropEntries,
	findEntry,
	handOver,
} from './change-log.js';
import type {Context} from './context.js';
import {isSeenByOthers, isUnreadSince, watchCounter} from './counter-watch.js';

/** Words that a thread's open turns may have changed together (128 KiB); with more, the turns count as work. */
const logLimit = 32_768;
/** Nested loops under judgement at a time. Those further in (recursion inside loops) are not judged by themselves. */
const recordLimit = 1024;

/** One loop in progress. */
export type TurnRecord = {
	/** Depth of the call stack, and the loop (index into Program.loops). */
	depth: number;
	loop: number;
	/** The thread's cycle counters at the start of the turn. */
	cpuCycles: number;
	busyCycles: number;
	/** The number of effects at the start of the turn. */
	effects: number;
	/** Where the turn's part of the log begins. */
	log: number;
	/** The counter watch's stamp at the start of the turn. */
	watchStamp: number;
	/** Busy cycles of the loop so far that rest on nobody reading a counter. */
	onTrust: number;
};

export type Turns = {
	records: TurnRecord[];
	/** Whether stores have to be logged: some open turn could still turn out to be waiting. */
	isTracking: boolean;
	/** Changes that can't be undone; they only grow. */
	effects: number;
	log: ChangeLog;
};

/** All turns are made by this one literal and have one hidden class, as contexts do. */
const turnsOf = (fields: Turns): Turns => ({
	records: fields.records,
	isTracking: fields.isTracking,
	effects: fields.effects,
	log: fields.log,
});

export const createTurns = (): Turns =>
	turnsOf({records: [], isTracking: false, effects: 0, log: createChangeLog()});

/** The same judgement in progress, for a copy of the thread. */
export const copyTurns = (turns: Turns, copyWords: (words: Int32Array) => Int32Array): Turns =>
	turnsOf({
		...turns,
		records: turns.records.map(recordOf),
		log: copyChangeLog(turns.log, copyWords),
	});

const recordOf = (fields: TurnRecord): TurnRecord => ({
	depth: fields.depth,
	loop: fields.loop,
	cpuCycles: fields.cpuCycles,
	busyCycles: fields.busyCycles,
	effects: fields.effects,
	log: fields.log,
	watchStamp: fields.watchStamp,
	onTrust: fields.onTrust,
});

/** The turns of a forked thread: the child stands in the same loops, with nothing done yet. */
export const forkTurns = (turns: Turns): Turns =>
	turnsOf({
		...createTurns(),
		effects: turns.effects,
		records: turns.records.map(record =>
			recordOf({
				...record,
				log: 0,
				effects: -1,
				cpuCycles: 0,
				busyCycles: 0,
				watchStamp: 0,
				onTrust: 0,
			}),
		),
	});

/** Notes that the word at `address` (a multiple of 4) held `old` and is about to hold, or holds, something else. */
export const logStore = (turns: Turns, address: number, old: number, isCounter: boolean): void =>
	logChange(turns, address, old, isCounter ? change.counter : change.plain);

/** Likewise, with who changed it. */
export const logChange = (turns: Turns, address: number, old: number, kind: ChangeKind): void => {
	const {log, records} = turns;
	if (records.length === 0) return;
	const known = findEntry(log, address, records[records.length - 1]!.log);
	if (known !== -1) {
		log.kinds[known]! &= kind;
	} else if (log.addresses.length < logLimit) {
		addEntry(log, address, old, kind);
	} else {
		// No open turn can be shown to be waiting any more.
		markEffect(turns);
	}
};

/** Where kernel state stands in the log: below all addresses. */
const placeOf = (key: number): number => -4 - key * 4;

const keyAt = (place: number): number => (-4 - place) / 4;

/** Notes a change of kernel state that has a value, such as a file offset. The key is the kernel's. */
export const logKernelValue = (turns: Turns, key: number, before: number, after: number): void => {
	if (!turns.isTracking) return;
	turns.log.kernelValues.set(key, after);
	if (before !== after) logChange(turns, placeOf(key), before, change.plain);
};

/** Notes that the thread did something that others can see, or consumed something. */
export const markEffect = (turns: Turns): void => {
	turns.effects++;
	turns.isTracking = false;
	turns.log.kernelValues.clear();
	if (turns.log.addresses.length === 0) return;
	dropEntries(turns.log, 0);
	for (const record of turns.records) record.log = 0;
};

/** A loop is entered from outside: its first turn begins.  */
export const enterLoop = (context: Context, loop: number): void => {
	const {turns, depth} = context;
	const {loops} = context.program;
	for (;;) {
		const top = turns.records.at(-1);
		if (!top || top.depth < depth) break;
		if (top.depth === depth && top.loop !== loop && isInside(loops, loop, top.loop)) break;
		popRecord(turns);
	}
	if (turns.records.length >= recordLimit) return;
	turns.records.push({
		depth,
		loop,
		cpuCycles: context.cpuCycles,
		busyCycles: context.busyCycles,
		effects: turns.effects,
		log: turns.log.addresses.length,
		watchStamp: context.space.counters.stamp,
		onTrust: 0,
	});
	turns.isTracking = true;
};

const isInside = (loops: Context['program']['loops'], inner: number, outer: number): boolean => {
	let loop = inner;
	while (loop !== -1 && loop !== outer) loop = loops[loop]!.parent;
	return loop === outer;
};

/**
 * A turn of the loop has ended and the next one begins. `hasChangedRegisters` is the interpreter's comparison.
 * Moves the turn's cycles to the busy ones if it was waiting. context.cpuCycles must be up to date.
 */
export const endTurn = (context: Context, loop: number, hasChangedRegisters: boolean): void => {
	const {turns, depth} = context;
	let record = turns.records.at(-1);
	while (record && (record.depth > depth || (record.depth === depth && record.loop !== loop))) {
		popRecord(turns);
		record = turns.records.at(-1);
	}
	if (!record || record.depth !== depth) {
		enterLoop(context, loop);
		return;
	}
	if (!hasChangedRegisters && turns.effects === record.effects) judgeMemory(context, record);
	closePart(turns, record, turns.records.at(-2));
	record.cpuCycles = context.cpuCycles;
	record.busyCycles = context.busyCycles;
	record.effects = turns.effects;
	record.log = turns.log.addresses.length;
	record.watchStamp = context.space.counters.stamp;
	turns.isTracking = true;
};

const popRecord = (turns: Turns): void => {
	const record = turns.records.pop()!;
	closePart(turns, record, turns.records.at(-1));
	turns.isTracking = turns.records.at(-1)?.effects === turns.effects;
};

/** Hands the entries of a finished turn to the enclosing turn, or drops them where none can use them. */
const closePart = (turns: Turns, record: TurnRecord, parent: TurnRecord | undefined): void => {
	if (parent?.effects === turns.effects) handOver(turns.log, record.log, parent.log);
	else dropEntries(turns.log, record.log);
};

/** A turn without effects and with the same registers as before: accounts it as waiting if its memory has not changed. */
const judgeMemory = (context: Context, record: TurnRecord): void => {
	switch (compareMemory(context, record)) {
		case 'changed': {
			return;
		}

		case 'seen': {
			// What was taken for an idle counter is shared memory: the loop's turns have been work.
			context.busyCycles -= record.onTrust;
			record.onTrust = 0;
			return;
		}

		case 'counted': {
			record.onTrust += accountAsBusy(context, record);
			return;
		}

		case 'unchanged': {
			accountAsBusy(context, record);
		}
	}
};

/** Moves the cycles of the turn to the busy ones; returns how many were not there yet (inner turns may have waited too). */
const accountAsBusy = (context: Context, record: TurnRecord): number => {
	const before = context.busyCycles;
	context.busyCycles = record.busyCycles + (context.cpuCycles - record.cpuCycles);
	return context.busyCycles - before;
};

/** What the turn did to memory and kernel state: `counted` is counters only, `seen` a counter that another thread has read. */
const compareMemory = (
	context: Context,
	record: TurnRecord,
): 'unchanged' | 'counted' | 'changed' | 'seen' => {
	const {log} = context.turns;
	const {counters} = context.space;
	let result: ReturnType<typeof compareMemory> = 'unchanged';
	for (let entry = record.log; entry < log.addresses.length; entry++) {
		const address = log.addresses[entry]!;
		if (address >= context.stackLow && address < context.sp) continue;
		const now = address < 0 ? log.kernelValues.get(keyAt(address)) : wordAt(context, address);
		const old = log.olds[entry]!;
		if (now === old || now === undefined) continue;
		const kind = log.kinds[entry]!;
		if (kind === change.plain) return 'changed';
		if (kind === change.answer) continue;
		if (isUnreadSince(counters, address, record.watchStamp, old, now)) {
			if (result === 'unchanged') result = 'counted';
		} else {
			if (isSeenByOthers(counters, address)) return 'seen';
			watchCounter(counters, address, context.tid, old, now);
			result = 'changed';
		}
	}
	return result;
};

/** The word at an address, or undefined if it is no longer mapped. */
const wordAt = (context: Context, address: number): number | undefined =>
	touchForReading(context.space, address)?.[(address >>> 2) & 1023];
