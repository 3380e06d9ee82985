// The line discipline of a terminal, N_TTY of Linux: what becomes of the bytes that are typed before a program reads them
// (lines with their editing, signals, echo), and of those that programs write before they are shown.

import {signalNumbers} from '../signals/signal-numbers.js';
import {
	hasLocal,
	inputFlag,
	localFlag,
	outputFlag,
	special,
	type TerminalSettings,
} from './terminal-settings.js';

export type LineDiscipline = {
	settings: TerminalSettings;
	/** The line that is being edited, canonical mode only. */
	line: number[];
	/** VLNEXT was typed: the next byte has no special meaning. */
	isLiteral: boolean;
	/** What can be read: in canonical mode a line each, else bytes as they came. */
	ready: number[][];
	/** VSTOP was typed: writes wait for VSTART. */
	isStopped: boolean;
	/** Of the cursor, from 0. */
	column: number;
};

/** MAX_CANON with its newline: what a line may have, and what waits to be read at most. */
export const lineLimit = 4096;

const newline = 10;
const carriageReturn = 13;
const backspace = 8;
const space = 32;
const tabulator = 9;
const deleteCode = 127;

export const createLineDiscipline = (settings: TerminalSettings): LineDiscipline => ({
	settings,
	line: [],
	isLiteral: false,
	ready: [],
	isStopped: false,
	column: 0,
});

/** Bytes that could be read now. */
export const readyBytes = ({ready}: LineDiscipline): number =>
	ready.reduce((sum, chunk) => sum + chunk.length, 0);

/** How many more bytes may be typed until somebody reads. An end of file takes room, too. */
export const roomToType = ({ready}: LineDiscipline): number =>
	lineLimit - ready.reduce((sum, chunk) => sum + Math.max(1, chunk.length), 0);

const isCanonical = ({settings}: LineDiscipline): boolean =>
	hasLocal(settings, localFlag.canonical);

/** What a byte from the keyboard does. `echo`: what to show. `signal`: for the foreground process group, 0 for none. */
export type Typed = {readonly echo: number[]; readonly signal: number};

const nothing: Typed = {echo: [], signal: 0};

export const typeByte = (discipline: LineDiscipline, typed: number): Typed => {
	const {settings} = discipline;
	const {inputModes} = settings;
	const stripped = (inputModes & inputFlag.strip) === 0 ? typed : typed & 0x7f;
	if (discipline.isLiteral) {
		discipline.isLiteral = false;
		return take(discipline, stripped);
	}
	const flow = controlFlow(discipline, stripped);
	if (flow) return flow;
	const signal = signalOf(settings, stripped);
	if (signal !== 0) return raise(discipline, stripped, signal);
	const byte = translate(inputModes, stripped);
	if (byte === undefined) return nothing;
	return isCanonical(discipline) ? edit(discipline, byte) : take(discipline, byte);
};

const isSpecial = ({characters}: TerminalSettings, index: number, byte: number): boolean =>
	byte !== 0 && characters[index] === byte;

const controlFlow = (discipline: LineDiscipline, byte: number): Typed | undefined => {
	const {settings} = discipline;
	if ((settings.inputModes & inputFlag.flowControl) === 0) return undefined;
	if (isSpecial(settings, special.stop, byte)) discipline.isStopped = true;
	else if (isSpecial(settings, special.start, byte)) discipline.isStopped = false;
	else {
		if ((settings.inputModes & inputFlag.anyRestarts) !== 0) discipline.isStopped = false;
		return undefined;
	}
	return nothing;
};

const signalOf = (settings: TerminalSettings, byte: number): number => {
	if (!hasLocal(settings, localFlag.signals)) return 0;
	if (isSpecial(settings, special.interrupt, byte)) return signalNumbers.SIGINT;
	if (isSpecial(settings, special.quit, byte)) return signalNumbers.SIGQUIT;
	return isSpecial(settings, special.suspend, byte) ? signalNumbers.SIGTSTP : 0;
};

const raise = (discipline: LineDiscipline, byte: number, signal: number): Typed => {
	if (!hasLocal(discipline.settings, localFlag.noFlush)) flushInput(discipline);
	discipline.isStopped = false;
	return {echo: echoOf(discipline, byte), signal};
};

/** Forgets what was typed and not read. */
export const flushInput = (discipline: LineDiscipline): void => {
	discipline.line = [];
	discipline.ready = [];
};

const translate = (modes: number, byte: number): number | undefined => {
	if (byte === carriageReturn) {
		if ((modes & inputFlag.ignoreReturn) !== 0) return undefined;
		return (modes & inputFlag.returnToNewline) === 0 ? byte : newline;
	}
	return byte === newline && (modes & inputFlag.newlineToReturn) !== 0 ? carriageReturn : byte;
};

/** A byte without a meaning: it is shown and kept. */
const take = (discipline: LineDiscipline, byte: number): Typed => {
	if (!isCanonical(discipline)) {
		if (readyBytes(discipline) < lineLimit) {
			const last = discipline.ready.at(-1);
			if (last) last.push(byte);
			else discipline.ready.push([byte]);
		}
		return {echo: echoOf(discipline, byte), signal: 0};
	}
	if (discipline.line.length + readyBytes(discipline) >= lineLimit - 1) return nothing;
	discipline.line.push(byte);
	return {echo: echoOf(discipline, byte), signal: 0};
};

/** Canonical mode: a key that edits the line or ends it, or one more byte of it. */
const edit = (discipline: LineDiscipline, byte: number): Typed => {
	const {settings} = discipline;
	const is = (index: number): boolean => isSpecial(settings, index, byte);
	const isExtended = hasLocal(settings, localFlag.extended);
	if (is(special.erase)) return {echo: eraseLast(discipline), signal: 0};
	if (is(special.kill)) return {echo: kill(discipline, byte), signal: 0};
	if (isExtended && is(special.wordErase)) return {echo: eraseWord(discipline), signal: 0};
	if (isExtended && is(special.literalNext)) {
		discipline.isLiteral = true;
		const shows = hasLocal(settings, localFlag.echo) && hasLocal(settings, localFlag.echoControl);
		return {echo: shows ? [...'^\b'].map(each => each.charCodeAt(0)) : [], signal: 0};
	}
	if (is(special.endOfFile)) {
		endLine(discipline);
		return nothing;
	}
	if (byte === newline) {
		const shows = hasLocal(settings, localFlag.echo) || hasLocal(settings, localFlag.echoNewline);
		discipline.line.push(byte);
		endLine(discipline);
		return {echo: shows ? [newline] : [], signal: 0};
	}
	if (is(special.endOfLine) || (isExtended && is(special.endOfLine2))) {
		discipline.line.push(byte);
		const echo = echoOf(discipline, byte);
		endLine(discipline);
		return {echo, signal: 0};
	}
	return take(discipline, byte);
};

const endLine = (discipline: LineDiscipline): void => {
	discipline.ready.push(discipline.line);
	discipline.line = [];
};

/** Control characters are shown as ^X. */
const isControl = (byte: number): boolean => byte < space || byte === deleteCode;

const echoOf = ({settings}: LineDiscipline, byte: number): number[] => {
	if (!hasLocal(settings, localFlag.echo)) return [];
	const isShown = byte === newline || byte === tabulator || !isControl(byte);
	if (isShown || !hasLocal(settings, localFlag.echoControl)) return [byte];
	return [0x5e, byte ^ 0x40];
};

const rubOut = ({settings}: LineDiscipline, byte: number, erase: number): number[] => {
	if (!hasLocal(settings, localFlag.echo)) return [];
	if (!hasLocal(settings, localFlag.echoErase)) return [erase];
	const isWide = isControl(byte) && hasLocal(settings, localFlag.echoControl);
	const once = [backspace, space, backspace];
	return isWide ? [...once, ...once] : once;
};

/** The last character; a UTF-8 sequence goes as a whole. */
const eraseLast = (discipline: LineDiscipline): number[] => {
	const {line, settings} = discipline;
	let byte = line.pop();
	if (byte === undefined) return [];
	while (line.length > 0 && byte >= 0x80 && byte < 0xc0) byte = line.pop()!;
	return rubOut(discipline, byte, settings.characters[special.erase]!);
};

const eraseWord = (discipline: LineDiscipline): number[] => {
	const {line} = discipline;
	const echo: number[] = [];
	const isLetter = (byte: number | undefined): boolean =>
		byte !== undefined && /[\w\u0080-\u00ff]/.test(String.fromCharCode(byte));
	while (line.length > 0 && !isLetter(line.at(-1))) echo.push(...eraseLast(discipline));
	while (line.length > 0 && isLetter(line.at(-1))) echo.push(...eraseLast(discipline));
	return echo;
};

const kill = (discipline: LineDiscipline, byte: number): number[] => {
	const {line, settings} = discipline;
	const shows = (flag: number): boolean => hasLocal(settings, flag);
	if (shows(localFlag.echo) && shows(localFlag.echoKill) && shows(localFlag.echoKillErase)) {
		const echo: number[] = [];
		while (line.length > 0) echo.push(...eraseLast(discipline));
		return echo;
	}
	discipline.line = [];
	const echo = echoOf(discipline, byte);
	return shows(localFlag.echoKill) && shows(localFlag.echo) ? [...echo, newline] : echo;
};

/**
 * Takes what a read of `length` bytes gets: in canonical mode at most a line, which may be empty (end of file), else all
 * that is there. Undefined if there is nothing.
 */
export const takeInput = (discipline: LineDiscipline, length: number): number[] | undefined => {
	const {ready} = discipline;
	if (ready.length === 0) return undefined;
	const taken: number[] = [];
	do {
		const chunk = ready[0]!;
		taken.push(...chunk.splice(0, length - taken.length));
		if (chunk.length > 0) break;
		ready.shift();
	} while (!isCanonical(discipline) && taken.length < length && ready.length > 0);
	return taken;
};

/** tcsetattr(3). Outside canonical mode a line is there to be read without its end. */
export const changeSettings = (discipline: LineDiscipline, settings: TerminalSettings): void => {
	discipline.settings = settings;
	if (isCanonical(discipline) || discipline.line.length === 0) return;
	endLine(discipline);
};

/** What is shown of bytes that a program writes, or that are echoed. */
export const processOutput = (discipline: LineDiscipline, bytes: Iterable<number>): Uint8Array => {
	const {outputModes} = discipline.settings;
	const has = (flag: number): boolean => (outputModes & flag) !== 0;
	const result: number[] = [];
	const put = (byte: number): void => {
		result.push(byte);
		if (byte === carriageReturn) discipline.column = 0;
		else if (byte === backspace) discipline.column = Math.max(0, discipline.column - 1);
		else if (byte >= space) discipline.column++;
	};
	for (const byte of bytes) {
		if (!has(outputFlag.process)) put(byte);
		else if (byte === newline && has(outputFlag.newlineToReturnNewline)) {
			put(carriageReturn);
			put(newline);
		} else if (byte === carriageReturn && has(outputFlag.returnToNewline)) put(newline);
		else if (
			byte === carriageReturn &&
			has(outputFlag.noReturnAtStart) &&
			discipline.column === 0
		) {
		} else put(byte);
	}
	return Uint8Array.from(result);
};
