// Busy waiting, judged turn by turn (DESIGN 6): a turn of a loop is busy waiting if nothing has changed between its
// start and its end but counters that it increments and nothing else in it reads. Of memory,
// - words below the stack pointer don't count, dead locals of functions that have returned, nor words no longer mapped;
// - a word that only increments of unused value (LDC…, STC…, atomic counting) have changed is a counter if no load has
//   read it; the loads of later turns are watched for that (suspected-words.ts), so the first turn of such a loop still counts
//   as work;
// - a word that only a clock's reading has changed, and increments of it (the end of a time-out), has not been changed
//   by the program: time passes by itself. Nor have a few words that a turn with a clock's answer makes anew without reading
//   what the turn before has left there (the time elapsed): what changes them is the time.

import {findRegion, touchForReading} from './address-space.js';
import {change, dropEntries, handOver} from './change-log.js';
import type {Context} from './context.js';
import {hasOverwritten, keyAt, recordOf, type TurnRecord, type Turns} from './turns.js';
import {
	clearWord,
	isSeenByOthers,
	isUnreadSince,
	suspectedAt,
	suspectWord,
	type WordChange,
} from './suspected-words.js';

/** Nested loops under judgement at a time. Those further in (recursion inside loops) are not judged by themselves. */
const recordLimit = 1024;

/** A loop is entered from outside: its first turn begins. */
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
	turns.records.push(
		recordOf({
			depth,
			loop,
			cpuCycles: context.cpuCycles,
			busyCycles: context.busyCycles,
			effects: turns.effects,
			log: turns.log.addresses.length,
			answers: turns.answers,
			suspectStamp: context.space.suspects.stamp,
			onTrust: 0,
			hasReadCounter: false,
		}),
	);
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
	if (!hasChangedRegisters && !record.hasReadCounter && turns.effects === record.effects)
		judgeMemory(context, record);
	closePart(turns, record, turns.records.at(-2));
	record.cpuCycles = context.cpuCycles;
	record.busyCycles = context.busyCycles;
	record.effects = turns.effects;
	record.log = turns.log.addresses.length;
	record.answers = turns.answers;
	record.suspectStamp = context.space.suspects.stamp;
	record.hasReadCounter = false;
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

/** What the turn did to memory and kernel state. */
type MemoryVerdict =
	| 'unchanged'
	/** Only watched words have changed. */
	| 'counted'
	| 'changed'
	/** A watched word that another thread has read has changed. */
	| 'seen';

const compareMemory = (context: Context, record: TurnRecord): MemoryVerdict => {
	const {log, answers} = context.turns;
	const mayMake = answers === record.answers ? 0 : madeLimit;
	let made = 0;
	let result: MemoryVerdict = 'unchanged';
	for (let entry = record.log; entry < log.addresses.length; entry++) {
		const address = log.addresses[entry]!;
		if (address >= context.stackLow && address < context.sp) continue;
		const after = address < 0 ? log.kernelValues.get(keyAt(address)) : wordAt(context, address);
		const before = log.olds[entry]!;
		if (after === before || after === undefined) continue;
		const kind = log.kinds[entry]!;
		if (kind === change.answer) continue;
		const isAnew = kind !== change.counter;
		if (isAnew && (++made > mayMake || !mayBeAnew(context, address, kind))) return 'changed';
		const verdict = judgeWord(context, record, {address, before, after, isAnew});
		if (verdict === 'seen') return verdict;
		if (result !== 'changed') result = verdict;
	}
	return result;
};

/** Words that a turn with a clock's answer may make anew: a few times and their differences. */
const madeLimit = 16;

/** Whether a turn can have made a word anew from the time: private memory, overwritten as a whole. */
const mayBeAnew = ({space}: Context, address: number, kind: number): boolean =>
	kind === change.plain && address >= 0 && findRegion(space, address)?.isShared === false;

/** A changed word passes if no load has read it since before the turn; if it was not watched, it is from now on. */
const judgeWord = (
	{space: {suspects}, tid}: Context,
	{suspectStamp}: TurnRecord,
	word: WordChange,
): MemoryVerdict => {
	if (isUnreadSince(suspects, suspectStamp, word)) return 'counted';
	if (isSeenByOthers(suspects, word.address)) return 'seen';
	suspectWord(suspects, tid, word);
	return 'changed';
};

/** The word at an address, or undefined if it is no longer mapped. */
const wordAt = (context: Context, address: number): number | undefined =>
	touchForReading(context.space, address)?.[(address >>> 2) & 1023];

/** A load at a watched word's hash: if it reads what is watched, the word is not what it was suspected to be. */
export const noteRead = (context: Context, address: number, size: number): void => {
	const first = address & ~3;
	const bytes = ((1 << size) - 1) << (address & 3);
	for (let word = 0; bytes >>> (4 * word) !== 0; word++)
		noteWordRead(context, first + 4 * word, (bytes >>> (4 * word)) & 0xf);
};

/** A load of a block, however long. */
export const noteBlockRead = (context: Context, address: number, length: number): void => {
	for (const word of [...context.space.suspects.words.keys()]) {
		const from = Math.max(address, word);
		const to = Math.min(address + length, word + 4);
		if (from < to) noteRead(context, from, to - from);
	}
};

const noteWordRead = (
	{space: {suspects}, turns, tid}: Context,
	at: number,
	bytes: number,
): void => {
	const word = suspectedAt(suspects, at, bytes);
	if (!word) return;
	const isOwn = word.isAnew && word.owner === tid && hasOverwritten(turns, at);
	if (!isOwn) clearWord(suspects, at, word, tid);
};
