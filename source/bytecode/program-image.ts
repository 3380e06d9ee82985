// A linked program as bytes: what the build keeps of the tools in /bin. Code is mostly small numbers, so that variable
// lengths make it a third. A machine holds such programs packed and unpacks one when it is first run.

import type {FunctionInfo, LineTable, Program} from './program.js';

/** A program that has not been needed yet. Plain data, never changed, shared by all machines and checkpoints. */
export type PackedProgram = {readonly name: string; readonly image: Uint8Array};

type Writer = {bytes: Uint8Array; length: number};

const putByte = (writer: Writer, byte: number): void => {
	if (writer.length === writer.bytes.length) {
		const bytes = new Uint8Array(2 * writer.length + 1024);
		bytes.set(writer.bytes);
		writer.bytes = bytes;
	}
	writer.bytes[writer.length++] = byte;
};

/** LEB128 of the zigzag form: small numbers of either sign are one byte. */
const putInt32 = (writer: Writer, value: number): void => {
	let rest = ((value << 1) ^ (value >> 31)) >>> 0;
	while (rest >= 0x80) {
		putByte(writer, (rest & 0x7f) | 0x80);
		rest >>>= 7;
	}
	putByte(writer, rest);
};

const putBytes = (writer: Writer, bytes: Uint8Array): void => {
	putInt32(writer, bytes.length);
	for (const byte of bytes) putByte(writer, byte);
};

/** Numbers by their differences, where `rises`. */
const putNumbers = (writer: Writer, numbers: Int32Array, rises: boolean): void => {
	putInt32(writer, numbers.length);
	let before = 0;
	for (const value of numbers) {
		putInt32(writer, value - before);
		if (rises) before = value;
	}
};

type Reader = {readonly bytes: Uint8Array; at: number};

const takeInt32 = (reader: Reader): number => {
	const {bytes} = reader;
	let value = 0;
	for (let shift = 0; ; shift += 7) {
		const byte = bytes[reader.at++]!;
		value |= (byte & 0x7f) << shift;
		if (byte < 0x80) break;
	}
	return (value >>> 1) ^ -(value & 1);
};

const takeBytes = (reader: Reader): Uint8Array => {
	const length = takeInt32(reader);
	reader.at += length;
	return reader.bytes.subarray(reader.at - length, reader.at);
};

const takeNumbers = (reader: Reader, rises: boolean): Int32Array => {
	const numbers = new Int32Array(takeInt32(reader));
	let before = 0;
	for (let index = 0; index < numbers.length; index++) {
		const value = takeInt32(reader) + before;
		numbers[index] = value;
		if (rises) before = value;
	}
	return numbers;
};

type PackedFunction = readonly [
	name: string,
	entry: number,
	end: number,
	registerWords: number,
	parameterCount: number,
	file: number,
	line: number,
	isLibrary: 0 | 1,
	variables: FunctionInfo['variables'],
];

const packFunction = (info: FunctionInfo): PackedFunction => [
	info.name,
	info.entry,
	info.end,
	info.registerWords,
	info.parameterCount,
	info.file,
	info.line,
	info.isLibrary ? 1 : 0,
	info.variables,
];

const unpackFunction = (packed: PackedFunction): FunctionInfo => ({
	name: packed[0],
	entry: packed[1],
	end: packed[2],
	registerWords: packed[3],
	parameterCount: packed[4],
	file: packed[5],
	line: packed[6],
	isLibrary: packed[7] === 1,
	variables: packed[8],
});

/** Everything that is not long rows of numbers. */
type Description = Omit<Program, 'code' | 'functions' | 'lines' | 'data'> & {
	readonly functions: readonly PackedFunction[];
};

/** The program as bytes; `unpackProgram` gives an equal one. */
export const packProgram = (program: Program): PackedProgram => {
	const {code, functions, lines, data, ...rest} = program;
	const description: Description = {...rest, functions: functions.map(packFunction)};
	const writer: Writer = {bytes: new Uint8Array(0), length: 0};
	putBytes(writer, new TextEncoder().encode(JSON.stringify(description)));
	putNumbers(writer, code, false);
	putNumbers(writer, lines.pcs, true);
	putNumbers(writer, lines.fileOf, true);
	putNumbers(writer, lines.lines, true);
	putBytes(writer, lines.isStatement);
	putBytes(writer, data);
	return {name: program.name, image: writer.bytes.slice(0, writer.length)};
};

const unpack = ({image}: PackedProgram): Program => {
	const reader: Reader = {bytes: image, at: 0};
	const description = JSON.parse(new TextDecoder().decode(takeBytes(reader))) as Description;
	const code = takeNumbers(reader, false);
	const lines: LineTable = {
		pcs: takeNumbers(reader, true),
		fileOf: takeNumbers(reader, true),
		lines: takeNumbers(reader, true),
		isStatement: takeBytes(reader),
	};
	const data = takeBytes(reader).slice();
	return {...description, functions: description.functions.map(unpackFunction), code, lines, data};
};

/** What has been unpacked: a cache outside of all machines, so that their state stays plain and a program is one object. */
const unpacked = new WeakMap<PackedProgram, Program>();

/** The program, unpacked at its first use and the same object from then on. */
export const unpackProgram = (packed: PackedProgram): Program => {
	let program = unpacked.get(packed);
	if (!program) {
		program = unpack(packed);
		unpacked.set(packed, program);
	}
	return program;
};

export const isPacked = (program: Program | PackedProgram): program is PackedProgram =>
	'image' in program;

/** A program without what only the eyes of a debugger need: variables, types and texts. All of it counts as library. */
export const withoutDebugInfo = (program: Program): Program => ({
	...program,
	functions: program.functions.map(info => ({...info, isLibrary: true, variables: []})),
	files: program.files.map(({name}) => ({name, text: undefined, isLibrary: true})),
	globals: [],
	types: [],
});

/** Several programs as one file: a list of names and lengths, then the images. */
export const joinPrograms = (programs: readonly PackedProgram[]): Uint8Array => {
	const table = JSON.stringify(programs.map(({name, image}) => [name, image.length]));
	const writer: Writer = {bytes: new Uint8Array(0), length: 0};
	putBytes(writer, new TextEncoder().encode(table));
	const size = programs.reduce((sum, {image}) => sum + image.length, writer.length);
	const result = new Uint8Array(size);
	result.set(writer.bytes.subarray(0, writer.length));
	let at = writer.length;
	for (const {image} of programs) {
		result.set(image, at);
		at += image.length;
	}
	return result;
};

/** The programs of such a file, by name. Nothing is copied. */
export const splitPrograms = (file: Uint8Array): ReadonlyMap<string, PackedProgram> => {
	const reader: Reader = {bytes: file, at: 0};
	const table = JSON.parse(new TextDecoder().decode(takeBytes(reader))) as ReadonlyArray<
		readonly [string, number]
	>;
	const programs = new Map<string, PackedProgram>();
	for (const [name, length] of table) {
		programs.set(name, {name, image: file.subarray(reader.at, reader.at + length)});
		reader.at += length;
	}
	return programs;
};
