// Busy waiting, judged turn by turn (DESIGN 6): a turn of a loop is busy waiting if nothing has changed between its
// start and its end but counters that it increments and nothing else in it reads.
//
// What can change, and how a change is noticed:
// - registers that carry values from turn to turn: compared with a copy taken at the start (the compiler lists them);
// - memory: every store that changes a word enters the word and its old value in a log; at the end of the turn the
//   old value is compared with the present one, so what went away and came back has not changed. Words below the
//   stack pointer are dead locals of functions that have returned;
// - kernel state with a value (a file offset, a descriptor slot): logged likewise, under a key of the kernel's;
// - anything else that others can see or that was consumed (bytes read from a pipe, a process made): an effect.
// A word that only increments of unused value (LDC/STC) have changed is a counter if no load has read it; the loads of
// later turns are watched for that, so the first turn of such a loop still counts as work.
//
// Loops nest, and so do turns: a stack of records. The log is one list for all of them; a record's part begins at its
// `log` position. When an inner turn ends, its entries go to the enclosing turn, without words that one has already.

import {touchForReading} from './address-space.js';
import type {Context} from './context.js';

/** Log entries that a thread's open turns may have together; with more, the turns count as work. */
const logLimit = 4096;
const cacheSize = 256;
const watchLimit = 8;
/** A word that was read so often while watched is not taken for a counter again. */
const readLimit = 16;
/** Nested loops under judgement at a time. Deeper ones (recursion inside loops) push out the outermost. */
const recordLimit = 64;

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
	/** The counter words that have been watched since the start of the turn. */
	watchStamp: number;
};

export type Turns = {
	records: TurnRecord[];
	/** Whether stores have to be logged: some open turn could still turn out to be waiting. */
	isTracking: boolean;
	/** Changes that can't be undone; they only grow. */
	effects: number;
	/** The log: addresses of words (or -1 - key for kernel values), what they held, and flags. */
	addresses: number[];
	olds: number[];
	/** Bit 0: changed by increments only. */
	counters: number[];
	/** The entry of the same word further out in the log, or -1. */
	outer: number[];
	/** From a hash of the address to the last entry for it. */
	cache: Int32Array;
	/** Present values of kernel state, by key. */
	kernelValues: Map<number, number>;
	/** Counter words whose loads are watched; the mask has a bit per hash of theirs, for a quick no. */
	watched: number[];
	watchMask: number;
	/** How often a word was read while it was watched. */
	reads: Map<number, number>;
	/** Grows whenever `watched` changes or a watched word is read. */
	watchStamp: number;
};

/** All turns are made by this one literal and have one hidden class, as contexts do. */
const turnsOf = (fields: Turns): Turns => ({
	records: fields.records,
	isTracking: fields.isTracking,
	effects: fields.effects,
	addresses: fields.addresses,
	olds: fields.olds,
	counters: fields.counters,
	outer: fields.outer,
	cache: fields.cache,
	kernelValues: fields.kernelValues,
	watched: fields.watched,
	watchMask: fields.watchMask,
	reads: fields.reads,
	watchStamp: fields.watchStamp,
});

export const createTurns = (): Turns =>
	turnsOf({
		records: [],
		isTracking: false,
		effects: 0,
		addresses: [],
		olds: [],
		counters: [],
		outer: [],
		cache: emptyCache,
		kernelValues: new Map(),
		watched: [],
		watchMask: 0,
		reads: new Map(),
		watchStamp: 0,
	});

/** The same judgement in progress, for a copy of the thread. An empty log needs no cache. */
export const copyTurns = (turns: Turns, copyWords: (words: Int32Array) => Int32Array): Turns =>
	turnsOf({
		...turns,
		records: turns.records.map(recordOf),
		addresses: turns.addresses.slice(),
		olds: turns.olds.slice(),
		counters: turns.counters.slice(),
		outer: turns.outer.slice(),
		cache: turns.addresses.length === 0 ? emptyCache : copyWords(turns.cache),
		kernelValues: new Map(turns.kernelValues),
		watched: turns.watched.slice(),
		reads: new Map(turns.reads),
	});

const recordOf = (fields: TurnRecord): TurnRecord => ({
	depth: fields.depth,
	loop: fields.loop,
	cpuCycles: fields.cpuCycles,
	busyCycles: fields.busyCycles,
	effects: fields.effects,
	log: fields.log,
	watchStamp: fields.watchStamp,
});

/** Shared by all threads that have never logged; replaced before the first store. */
const emptyCache = new Int32Array(cacheSize).fill(-1);

/** The turns of a forked thread: the child stands in the same loops, with nothing done yet. */
export const forkTurns = (turns: Turns): Turns =>
	turnsOf({
		...createTurns(),
		effects: turns.effects,
		records: turns.records.map(record =>
			recordOf({...record, log: 0, effects: -1, cpuCycles: 0, busyCycles: 0}),
		),
	});

const hash = (address: number): number => ((address >>> 2) ^ (address >>> 12)) & (cacheSize - 1);

/** The bit of the watch mask for a word. */
export const watchBit = (address: number): number => 1 << ((address >>> 2) & 31);

/** Notes that the word at `address` (a multiple of 4) held `old` and is about to hold, or holds, something else. */
export const logStore = (turns: Turns, address: number, old: number, isCounter: boolean): void => {
	const top = turns.records.at(-1);
	if (!top) return;
	const slot = hash(address);
	const last = turns.cache[slot]!;
	const isKnown = last >= 0 && last < turns.addresses.length && turns.addresses[last] === address;
	if (isKnown && last >= top.log) {
		if (!isCounter) turns.counters[last] = 0;
		return;
	}
	if (turns.addresses.length >= logLimit) {
		forgetTurns(turns);
		return;
	}
	if (turns.cache === emptyCache) turns.cache = new Int32Array(cacheSize).fill(-1);
	turns.cache[slot] = turns.addresses.length;
	turns.addresses.push(address);
	turns.olds.push(old);
	turns.counters.push(isCounter ? 1 : 0);
	turns.outer.push(isKnown ? last : -1);
};

/** Notes a change of kernel state that has a value, such as a file offset. The key is the kernel's. */
export const logKernelValue = (turns: Turns, key: number, before: number, after: number): void => {
	if (!turns.isTracking) return;
	turns.kernelValues.set(key, after);
	if (before !== after) logStore(turns, -4 - key * 4, before, false);
};

/** Notes that the thread did something that others can see, or consumed something. */
export const markEffect = (turns: Turns): void => {
	turns.effects++;
	turns.isTracking = false;
	clearLog(turns);
};

const clearLog = (turns: Turns): void => {
	turns.addresses.length = 0;
	turns.olds.length = 0;
	turns.counters.length = 0;
	turns.outer.length = 0;
	turns.kernelValues.clear();
	for (const record of turns.records) record.log = 0;
};

/** The log is full: no open turn can be shown to be waiting any more. */
const forgetTurns = (turns: Turns): void => {
	markEffect(turns);
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
	if (turns.records.length >= recordLimit) dropOutermost(turns);
	turns.records.push({
		depth,
		loop,
		cpuCycles: context.cpuCycles,
		busyCycles: context.busyCycles,
		effects: turns.effects,
		log: turns.addresses.length,
		watchStamp: turns.watchStamp,
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
	const isUntouched = !hasChangedRegisters && turns.effects === record.effects;
	if (isUntouched && isMemoryUnchanged(context, record)) {
		context.busyCycles = record.busyCycles + (context.cpuCycles - record.cpuCycles);
	}
	mergeLog(turns, record);
	record.cpuCycles = context.cpuCycles;
	record.busyCycles = context.busyCycles;
	record.effects = turns.effects;
	record.log = turns.addresses.length;
	record.watchStamp = turns.watchStamp;
	turns.isTracking = true;
};

const popRecord = (turns: Turns): void => {
	const record = turns.records.at(-1)!;
	mergeLog(turns, record);
	turns.records.pop();
	turns.isTracking = turns.records.at(-1)?.effects === turns.effects;
};

const dropOutermost = (turns: Turns): void => {
	turns.records.shift();
};

const isMemoryUnchanged = (context: Context, record: TurnRecord): boolean => {
	const {turns} = context;
	let isUnchanged = true;
	for (let index = record.log; index < turns.addresses.length; index++) {
		const address = turns.addresses[index]!;
		if (address >= context.stackLow && address < context.sp) continue;
		const old = turns.olds[index]!;
		const now = address < 0 ? turns.kernelValues.get((-4 - address) / 4) : wordAt(context, address);
		if (now === old || hasEarlierEntry(turns, record.log, index)) continue;
		if (turns.counters[index] === 0) return false;
		if (!isWatchedSince(turns, address, record)) {
			watchCounter(turns, address);
			isUnchanged = false;
		}
	}
	return isUnchanged;
};

const wordAt = (context: Context, address: number): number | undefined =>
	touchForReading(context.space, address)?.[(address >>> 2) & 1023];

const hasEarlierEntry = (turns: Turns, from: number, index: number): boolean => {
	for (let earlier = index - 1; earlier >= from; earlier--) {
		if (turns.addresses[earlier] === turns.addresses[index]) return true;
	}
	return false;
};

/** Hands the entries of a finished turn to the enclosing turn, or drops them where none can use them. */
const mergeLog = (turns: Turns, record: TurnRecord): void => {
	const count = turns.addresses.length;
	if (count === record.log) return;
	const parent = turns.records[turns.records.indexOf(record) - 1];
	let kept = record.log;
	if (parent && parent.effects === turns.effects) {
		for (let index = record.log; index < count; index++) {
			const outer = turns.outer[index]!;
			const slot = hash(turns.addresses[index]!);
			if (outer >= parent.log) {
				turns.counters[outer]! &= turns.counters[index]!;
				turns.cache[slot] = outer;
				continue;
			}
			turns.addresses[kept] = turns.addresses[index]!;
			turns.olds[kept] = turns.olds[index]!;
			turns.counters[kept] = turns.counters[index]!;
			turns.outer[kept] = outer;
			turns.cache[slot] = kept++;
		}
	}
	turns.addresses.length = kept;
	turns.olds.length = kept;
	turns.counters.length = kept;
	turns.outer.length = kept;
};

const isWatchedSince = (turns: Turns, address: number, record: TurnRecord): boolean =>
	turns.watchStamp === record.watchStamp && turns.watched.includes(address);

const watchCounter = (turns: Turns, address: number): void => {
	if (turns.watched.includes(address) || (turns.reads.get(address) ?? 0) >= readLimit) return;
	turns.watched.push(address);
	if (turns.watched.length > watchLimit) turns.watched.shift();
	updateMask(turns);
};

/** A load at a watched word's hash: if it is the word itself, it is no counter (for now). Addresses any bytes of it. */
export const noteRead = (turns: Turns, address: number): void => {
	const word = address & ~3;
	const index = turns.watched.indexOf(word);
	if (index === -1) return;
	turns.watched.splice(index, 1);
	if (turns.reads.size >= cacheSize) turns.reads.clear();
	turns.reads.set(word, (turns.reads.get(word) ?? 0) + 1);
	updateMask(turns);
};

const updateMask = (turns: Turns): void => {
	turns.watchMask = turns.watched.reduce((mask, address) => mask | watchBit(address), 0);
	turns.watchStamp++;
};
