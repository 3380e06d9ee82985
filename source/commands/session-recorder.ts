// Writes recordings: the file of --record, which grows with every input and is good whenever the session is killed, and
// the files that the dashboard saves.

import {closeSync, existsSync, openSync, renameSync, writeFileSync, writeSync} from 'node:fs';
import {
	beginRecording,
	endRecording,
	formatRecording,
	type RecordedInput,
	recordInput,
	type RecordingSum,
} from '../machine/recording.js';
import {
	cycleBehind,
	cycleOf,
	runThrough,
	runToMeetingPlace,
	runUntil,
	type Session,
} from '../machine/session.js';
import {hashMachine} from '../machine/state-hash.js';
import {scoutAt} from '../machine/time-travel.js';
import {inputsToRecord, type RecordedSource} from './recorded-source.js';
import {type UserError, userError} from './user-error.js';

/** Where a run stands: the cycle that a replay runs to, and the state that it must find there. */
export type RunEnd = {readonly cycle: number; readonly hash: string};

/**
 * The end of a session as it stands. Where nothing can happen any more, the cycle lies behind all clocks: running to it
 * comes to the same stop again.
 */
export const endOf = (session: Session): RunEnd => {
	runToMeetingPlace(session);
	const {machine, ending} = session;
	const cycle = ending ? cycleBehind(machine) : cycleOf(session);
	return {cycle, hash: hashMachine(machine)};
};

/**
 * Runs a replay to its end: `count` inputs come from the recording. Those that the scenario had still to bring keep time
 * going where nothing else does, and have no part in it beyond that.
 */
export const runReplay = (session: Session, count: number, cycle: number): void => {
	runUntil(session, cycle);
	session.inputs = session.inputs.slice(0, count);
	if (session.applied < count) runThrough(session, cycle);
};

/** A session where all has happened that it has come to, wherever in its past it stands. */
export const furthestOf = (session: Session): Session => {
	const {applied, ending, history, horizon, inputs} = session;
	const hasInputsToCome = inputs.some((item, index) => index >= applied && !item.isPlanned);
	const hasMore = hasInputsToCome || (!ending && cycleOf(session) < horizon);
	if (!history || !hasMore) return session;
	const scout = scoutAt(session, session.horizon);
	runThrough(scout, session.horizon);
	return scout;
};

const problemText = (error: unknown): string => {
	const code = (error as NodeJS.ErrnoException).code ?? String(error);
	const texts: Readonly<Record<string, string>> = {
		ENOENT: 'its folder does not exist',
		EACCES: 'you may not write there',
		EISDIR: 'it is a folder',
		ENOSPC: 'the disk is full',
		EROFS: 'nothing can be written there',
	};
	return texts[code] ?? code;
};

/** The file of --record. */
export type SessionRecorder = {
	/** Brings the file up to date with the session's inputs. */
	readonly update: (source: RecordedSource, session: Session) => void;
	/** Adds the end; nothing is written after that. */
	readonly finish: () => void;
	/** Why the file could not be written to its end; undefined while all is well. */
	readonly problem: () => string | undefined;
};

type RecordingFile = {
	readonly path: string;
	descriptor: number;
	source: RecordedSource | undefined;
	session: Session | undefined;
	written: RecordedInput[];
	sum: RecordingSum;
	problem: string | undefined;
};

/** Opens the file, so that a bad path is known before anything runs. */
export const openRecorder = (path: string): SessionRecorder | UserError => {
	let descriptor: number;
	try {
		descriptor = openSync(path, 'w');
	} catch (error) {
		return userError(`can't record to ${path}: ${problemText(error)}`);
	}
	const file: RecordingFile = {
		path,
		descriptor,
		source: undefined,
		session: undefined,
		written: [],
		sum: '',
		problem: undefined,
	};
	return {
		update: (source, session) => guarded(file, () => update(file, source, session)),
		finish: () => guarded(file, () => finish(file)),
		problem: () => file.problem,
	};
};

/** A full disk must not end the session that is recorded; it is told of when that ends. */
const guarded = (file: RecordingFile, action: () => void): void => {
	if (file.problem !== undefined) return;
	try {
		action();
	} catch (error) {
		file.problem = `the recording ${file.path} is not complete: ${problemText(error)}`;
	}
};

const update = (file: RecordingFile, source: RecordedSource, session: Session): void => {
	const inputs = inputsToRecord(session);
	const isContinued =
		file.source === source && file.written.every((input, index) => isSame(input, inputs[index]));
	if (!isContinued) startOver(file, source);
	file.session = session;
	for (const input of inputs.slice(file.written.length)) {
		const {line, sum} = recordInput(input, file.sum);
		writeSync(file.descriptor, line);
		file.sum = sum;
		file.written.push(input);
	}
};

const isSame = (a: RecordedInput, b: RecordedInput | undefined): boolean =>
	a.cycle === b?.cycle && a.input === b.input;

/**
 * The present has another past than the one written: history has branched, or another scenario was opened. The new file
 * takes the place of the old one in one step, so that there is always a usable one.
 */
const startOver = (file: RecordingFile, source: RecordedSource): void => {
	const {line, sum} = beginRecording(source);
	if (file.source === undefined) {
		writeSync(file.descriptor, line);
	} else {
		const fresh = `${file.path}.new`;
		const descriptor = openSync(fresh, 'w');
		writeSync(descriptor, line);
		renameSync(fresh, file.path);
		closeSync(file.descriptor);
		file.descriptor = descriptor;
	}
	file.source = source;
	file.written = [];
	file.sum = sum;
};

const finish = (file: RecordingFile): void => {
	const {session, source} = file;
	if (session && source) {
		const last = furthestOf(session);
		const {cycle, hash} = endOf(last);
		update(file, source, last);
		writeSync(file.descriptor, endRecording(cycle, hash, file.sum).line);
	}
	closeSync(file.descriptor);
};

/** Whether a recording was saved; the text is its path, or what went wrong. */
export type SaveResult = {readonly isDone: boolean; readonly text: string};

/** Saves all that a session has come to in a new file of the working directory, and says where. */
export const saveRecording = (session: Session, source: RecordedSource): SaveResult => {
	const path = freeName(source.name);
	try {
		const last = furthestOf(session);
		const end = endOf(last);
		const text = formatRecording({scenario: source, inputs: inputsToRecord(last), end});
		writeFileSync(path, text, {flag: 'wx'});
		return {isDone: true, text: path};
	} catch (error) {
		return {isDone: false, text: `${path}: ${problemText(error)}`};
	}
};

/** `pipe.ipctop`, or `pipe-2.ipctop` if that exists. */
const freeName = (name: string): string => {
	const stem = name.replaceAll(/[^\w.-]+/g, '-');
	for (let number = 1; ; number++) {
		const path = `${stem}${number === 1 ? '' : `-${number}`}.ipctop`;
		if (!existsSync(path)) return path;
	}
};
