// A recording: what a session was made of and what came into it from outside, as lines of text. Anyone can run it again
// and gets the same run. One JSON object per line, each with a checksum that goes on from the line before, so that
// a changed line is noticed and a file that was cut off (the session was killed) is good up to its last whole line.

import type {Input} from './input.js';

/** Version of the format; a reader refuses newer ones. */
export const recordingVersion = 1;

const formatName = 'ipctop recording';

/** What was run: texts of the scenario or program by file name, and what the command line said. */
export type RecordedScenario = {
	/** As given to the command: a preset's name, `parent.c`. */
	readonly name: string;
	/** Which of the files is the scenario: `scenario.yaml`, or a C file. */
	readonly entry: string;
	readonly files: Readonly<Record<string, string>>;
	/** Machine settings that replace the scenario's. */
	readonly machine: Readonly<Record<string, number | string>>;
	readonly args?: readonly string[];
};

export type RecordedInput = {readonly cycle: number; readonly input: Input};

export type Recording = {
	readonly scenario: RecordedScenario;
	readonly inputs: readonly RecordedInput[];
	/** Cycle and state hash at the end of the session; absent if it was cut off. */
	readonly end: {readonly cycle: number; readonly hash: string} | undefined;
};

/** The checksum of the lines so far. */
export type RecordingSum = string;

const firstSum: RecordingSum = '811c9dc5';

/** FNV-1a of a text, going on from a sum; 8 hexadecimal digits. */
export const sumOf = (text: string, from: RecordingSum = firstSum): RecordingSum => {
	let hash = Number.parseInt(from, 16);
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
	}
	return (hash >>> 0).toString(16).padStart(8, '0');
};

export type RecordedLine = {readonly line: string; readonly sum: RecordingSum};

const lineOf = (value: object, from: RecordingSum): RecordedLine => {
	const text = JSON.stringify(value);
	const sum = sumOf(text, from);
	return {line: `${sum} ${text}\n`, sum};
};

/** The first line of a recording. */
export const beginRecording = (scenario: RecordedScenario): RecordedLine =>
	lineOf({format: formatName, version: recordingVersion, scenario}, firstSum);

/** The line of an input. */
export const recordInput = ({cycle, input}: RecordedInput, from: RecordingSum): RecordedLine =>
	lineOf({cycle, input: 'data' in input ? {...input, data: encodeBytes(input.data)} : input}, from);

/** The last line, with the state that a replay must come to. */
export const endRecording = (cycle: number, hash: string, from: RecordingSum): RecordedLine =>
	lineOf({end: cycle, hash}, from);

/** A whole recording at once. */
export const formatRecording = ({scenario, inputs, end}: Recording): string => {
	let last = beginRecording(scenario);
	let text = last.line;
	for (const input of inputs) {
		last = recordInput(input, last.sum);
		text += last.line;
	}
	return end ? text + endRecording(end.cycle, end.hash, last.sum).line : text;
};

/** Text where the bytes are UTF-8, so that people can read it; else their hexadecimal digits. */
const encodeBytes = (bytes: Uint8Array): {readonly text: string} | {readonly hex: string} => {
	const text = new TextDecoder().decode(bytes);
	const again = new TextEncoder().encode(text);
	const isText =
		again.length === bytes.length && again.every((byte, index) => byte === bytes[index]);
	return isText
		? {text}
		: {hex: [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('')};
};

const decodeBytes = (value: unknown): Uint8Array | undefined => {
	if (typeof value !== 'object' || value === null) return undefined;
	if ('text' in value && typeof value.text === 'string')
		return new TextEncoder().encode(value.text);
	if (!('hex' in value) || typeof value.hex !== 'string') return undefined;
	return Uint8Array.from(value.hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
};

/** What a file that is no usable recording is told. */
export type RecordingError = {readonly error: string};

/** Reads a recording. A last line that is not whole is dropped; anything else that does not fit is an error. */
export const parseRecording = (text: string): Recording | RecordingError => {
	const lines = text.split('\n');
	// What follows the last newline was being written when the session was killed.
	lines.pop();
	const values: Array<Record<string, unknown>> = [];
	let sum = firstSum;
	for (const [index, line] of lines.entries()) {
		const [, stated, body] = /^([\da-f]{8}) (.*)$/.exec(line) ?? [];
		if (stated === undefined || body === undefined) {
			return {
				error:
					index === 0
						? 'this is no ipctop recording'
						: `line ${index + 1} is no line of a recording`,
			};
		}
		const value = parseJson(body);
		if (index === 0 && isNewer(value)) {
			return {
				error: `this recording was made by a newer ipctop (format ${String(value?.['version'])}): update ipctop to replay it`,
			};
		}
		sum = sumOf(body, sum);
		if (sum !== stated || !value)
			return {error: `line ${index + 1} has been changed: its checksum does not fit`};
		values.push(value);
	}
	return assemble(values);
};

const parseJson = (text: string): Record<string, unknown> | undefined => {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null
			? (value as Record<string, unknown>)
			: undefined;
	} catch {
		return undefined;
	}
};

const isNewer = (header: Record<string, unknown> | undefined): boolean =>
	header?.['format'] === formatName && Number(header['version']) > recordingVersion;

const assemble = ([header, ...rest]: ReadonlyArray<Record<string, unknown>>):
	| Recording
	| RecordingError => {
	if (header?.['format'] !== formatName) return {error: 'this is no ipctop recording'};
	const inputs: RecordedInput[] = [];
	let end: Recording['end'];
	for (const value of rest) {
		if (typeof value['end'] === 'number') end = {cycle: value['end'], hash: String(value['hash'])};
		else inputs.push({cycle: Number(value['cycle']), input: inputOf(value['input'])});
	}
	return {scenario: header['scenario'] as RecordedScenario, inputs, end};
};

const inputOf = (value: unknown): Input => {
	const input = value as Input;
	if (input.kind !== 'write' && input.kind !== 'type') return input;
	return {...input, data: decodeBytes(input.data) ?? new Uint8Array(0)};
};
