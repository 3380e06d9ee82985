// What is kept of a thread's turns of loops to judge them for busy waiting (judge-turns.ts): a stack of records, since loops
// nest and so do turns, and what has changed since each began. What can change, and how a change is noticed:
// - registers that carry values from turn to turn: compared with a copy taken at the start (the compiler lists them), but
//   for counters, of which the program says when it uses them otherwise (LOOPREAD);
// - memory: every store that changes a word enters the word and its old value in a log (change-log.ts); at the end of
//   the turn the old value is compared with the present one, so what went away and came back has not changed;
// - kernel state with a value (a file offset, a descriptor slot, a semaphore): logged likewise, under a key of the kernel's;
// - anything else that others can see or that was consumed (bytes read from a pipe, a process made): an effect.

import {
	addEntry,
	change,
	type ChangeKind,
	type ChangeLog,
	copyChangeLog,
	createChangeLog,
	dropEntries,
	findEntry,
} from './change-log.js';

/** Words that a thread's open turns may have changed together (128 KiB); with more, the turns count as work. */
const logLimit = 32_768;

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
	/** The number of clocks' answers, and the stamp of the suspected words, at the start of the turn. */
	answers: number;
	suspectStamp: number;
	/** Busy cycles of the loop so far that rest on nobody reading a watched word. */
	onTrust: number;
	/** Whether the turn has used a counter that lies in a register. */
	hasReadCounter: boolean;
};

export type Turns = {
	records: TurnRecord[];
	/** Whether stores have to be logged: some open turn could still turn out to be waiting. */
	isTracking: boolean;
	/** Changes that can't be undone; they only grow. */
	effects: number;
	/** How often a clock has answered. */
	answers: number;
	log: ChangeLog;
};

/** All turns are made by this one literal and have one hidden class, as contexts do. */
const turnsOf = (fields: Turns): Turns => ({
	records: fields.records,
	isTracking: fields.isTracking,
	effects: fields.effects,
	answers: fields.answers,
	log: fields.log,
});

export const createTurns = (): Turns =>
	turnsOf({records: [], isTracking: false, effects: 0, answers: 0, log: createChangeLog()});

/** The same judgement in progress, for a copy of the thread. */
export const copyTurns = (turns: Turns, copyWords: (words: Int32Array) => Int32Array): Turns =>
	turnsOf({
		...turns,
		records: turns.records.map(recordOf),
		log: copyChangeLog(turns.log, copyWords),
	});

/** All records, too. */
export const recordOf = (fields: TurnRecord): TurnRecord => ({
	depth: fields.depth,
	loop: fields.loop,
	cpuCycles: fields.cpuCycles,
	busyCycles: fields.busyCycles,
	effects: fields.effects,
	log: fields.log,
	answers: fields.answers,
	suspectStamp: fields.suspectStamp,
	onTrust: fields.onTrust,
	hasReadCounter: fields.hasReadCounter,
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
				answers: 0,
				suspectStamp: 0,
				onTrust: 0,
				hasReadCounter: false,
			}),
		),
	});

/** Notes that the word at `address` (a multiple of 4) held `old` and is about to hold, or holds, something else. */
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

/** What the program stores in a whole word, in a part of one, and by counting in it. */
export const logStore = (turns: Turns, address: number, old: number): void =>
	logChange(turns, address, old, change.plain);
export const logPartStore = (turns: Turns, address: number, old: number): void =>
	logChange(turns, address, old, change.part);
export const logCount = (turns: Turns, address: number, old: number): void =>
	logChange(turns, address, old, change.counter);

/** Where kernel state stands in the log: below all addresses. */
const placeOf = (key: number): number => -4 - key * 4;

/** The key of kernel state that stands in the log. */
export const keyAt = (place: number): number => (-4 - place) / 4;

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

/** Notes that the function at this depth of the call stack uses a counter of its loops, which lies in a register. */
export const noteCounterRead = ({records}: Turns, depth: number): void => {
	for (let index = records.length - 1; index >= 0; index--) {
		const record = records[index]!;
		if (record.depth < depth) return;
		if (record.depth === depth) record.hasReadCounter = true;
	}
};

/** Notes that a clock, or what else tells of time, has answered a question of the thread. */
export const noteAnswer = (turns: Turns): void => {
	turns.answers++;
};

/** Whether the innermost turn in progress has overwritten a word that it had not changed before. */
export const hasOverwritten = ({records, log}: Turns, address: number): boolean => {
	const turn = records.at(-1);
	const entry = turn ? findEntry(log, address, turn.log) : -1;
	return entry !== -1 && (log.kinds[entry]! & change.plain) !== 0;
};
