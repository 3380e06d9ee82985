// Object files: what the code generator makes of one translation unit and the linker joins. Positions in the code are
// word offsets from the start of the function; names are symbols of the unit, resolved by the linker. Plain data, so
// that a library of them can be kept as JSON; there, the bodies of functions stay encoded until they are linked in.

import type {DebugType, DebugVariable} from './debug-info.js';
import type {LoopInfo, SwitchTable} from './program.js';

/** Who else sees a symbol: its unit only, all units, or all units unless one of them defines it without `weak`. */
export type Binding = 'local' | 'global' | 'weak';

export type ObjectSymbol = {
	readonly name: string;
	readonly binding: Binding;
	/** Where it is first used or defined, as the compiler counts positions; 0 if unknown. */
	readonly position: number;
};

/**
 * What to write into a word of code. `number`: the function's number (of CALL); `address`: the address of the symbol
 * plus `addend`; `thread`: the offset of a thread-local object from the thread pointer, plus `addend`.
 */
export type CodeRelocation = {
	readonly at: number;
	readonly kind: 'number' | 'address' | 'thread';
	/** Index into ObjectFile.symbols. */
	readonly symbol: number;
	readonly addend: number;
};

export type ObjectLines = {
	readonly pcs: readonly number[];
	readonly files: readonly number[];
	readonly lines: readonly number[];
	readonly isStatement: readonly number[];
};

/** The part of a function that is decoded only when it is linked. */
export type FunctionBody = {
	readonly code: Int32Array;
	readonly relocations: readonly CodeRelocation[];
	readonly loops: ReadonlyArray<Omit<LoopInfo, 'function'>>;
	readonly switches: readonly SwitchTable[];
	readonly lines: ObjectLines;
};

export type ObjectFunction = {
	/** Index into ObjectFile.symbols. */
	readonly symbol: number;
	readonly registerWords: number;
	readonly parameterCount: number;
	readonly file: number;
	readonly line: number;
	readonly variables: readonly ObjectVariable[];
	readonly body: FunctionBody;
};

/** A debugger's variable; with `symbol`, its address is that symbol's and `location` is to be replaced. */
export type ObjectVariable = DebugVariable & {readonly symbol?: number};

/** Where an object of static storage duration goes. Equal `string` objects are merged. */
export type Section = 'string' | 'constant' | 'data' | 'thread' | 'constructors' | 'destructors';

export type ObjectData = {
	readonly symbol: number;
	readonly section: Section;
	readonly size: number;
	readonly alignment: number;
	/** Undefined: zeroed. Uninitialised objects of the same name in several units are one object. */
	readonly bytes: Uint8Array | undefined;
	/** At byte `at` (8 bytes): the address of the symbol plus `addend`. */
	readonly relocations: ReadonlyArray<{
		readonly at: number;
		readonly symbol: number;
		readonly addend: number;
	}>;
};

export type ObjectFile = {
	readonly files: readonly string[];
	readonly symbols: readonly ObjectSymbol[];
	readonly functions: readonly ObjectFunction[];
	readonly data: readonly ObjectData[];
	/** Debug information of file-scope variables and static locals. */
	readonly globals: readonly ObjectVariable[];
	readonly types: readonly DebugType[];
};

/** An object file of a library: functions and data are found by name and decoded on demand. */
export type LibraryObject = {
	readonly files: readonly string[];
	readonly symbols: readonly ObjectSymbol[];
	readonly functions: readonly EncodedFunction[];
	readonly data: readonly EncodedData[];
};

export type EncodedFunction = {
	readonly symbol: number;
	readonly registerWords: number;
	readonly parameterCount: number;
	readonly file: number;
	readonly line: number;
	/** FunctionBody: the code as base64 of little-endian words, relocations and lines as flat lists. */
	readonly code: string;
	readonly relocations: readonly number[];
	readonly loops: ReadonlyArray<Omit<LoopInfo, 'function'>>;
	readonly switches: readonly SwitchTable[];
	readonly lines: readonly number[];
};

export type EncodedData = {
	readonly symbol: number;
	readonly section: Section;
	readonly size: number;
	readonly alignment: number;
	readonly bytes: string | null;
	readonly relocations: readonly number[];
};

/** A compiled library, ready to be linked with: `definitions` leads from an external name to its object file. */
export type LibraryImage = {
	readonly objects: readonly LibraryObject[];
	readonly definitions: ReadonlyMap<string, LibraryDefinition>;
};

export type LibraryDefinition = {
	readonly object: number;
	readonly kind: 'function' | 'data';
	/** Index into the object's functions or data. */
	readonly index: number;
	readonly isWeak: boolean;
};

const relocationKinds = ['number', 'address', 'thread'] as const;

export const encodeFunction = (fn: ObjectFunction): EncodedFunction => ({
	symbol: fn.symbol,
	registerWords: fn.registerWords,
	parameterCount: fn.parameterCount,
	file: fn.file,
	line: fn.line,
	code: encodeWords(fn.body.code),
	relocations: fn.body.relocations.flatMap(({at, kind, symbol, addend}) => [
		at,
		relocationKinds.indexOf(kind),
		symbol,
		addend,
	]),
	loops: fn.body.loops,
	switches: fn.body.switches,
	lines: fn.body.lines.pcs.flatMap((pc, index) => [
		pc,
		fn.body.lines.files[index]!,
		fn.body.lines.lines[index]!,
		fn.body.lines.isStatement[index]!,
	]),
});

export const decodeBody = (fn: EncodedFunction): FunctionBody => {
	const relocations: CodeRelocation[] = [];
	for (let index = 0; index < fn.relocations.length; index += 4) {
		relocations.push({
			at: fn.relocations[index]!,
			kind: relocationKinds[fn.relocations[index + 1]!]!,
			symbol: fn.relocations[index + 2]!,
			addend: fn.relocations[index + 3]!,
		});
	}
	const pick = (offset: number): readonly number[] =>
		fn.lines.filter((_, index) => index % 4 === offset);
	return {
		code: decodeWords(fn.code),
		relocations,
		loops: fn.loops,
		switches: fn.switches,
		lines: {pcs: pick(0), files: pick(1), lines: pick(2), isStatement: pick(3)},
	};
};

export const encodeData = (data: ObjectData): EncodedData => ({
	symbol: data.symbol,
	section: data.section,
	size: data.size,
	alignment: data.alignment,
	bytes: data.bytes ? encodeBytes(data.bytes) : null,
	relocations: data.relocations.flatMap(({at, symbol, addend}) => [at, symbol, addend]),
});

export const decodeData = (data: EncodedData): ObjectData => {
	const relocations = [];
	for (let index = 0; index < data.relocations.length; index += 3) {
		relocations.push({
			at: data.relocations[index]!,
			symbol: data.relocations[index + 1]!,
			addend: data.relocations[index + 2]!,
		});
	}
	return {
		symbol: data.symbol,
		section: data.section,
		size: data.size,
		alignment: data.alignment,
		bytes: data.bytes === null ? undefined : decodeBytes(data.bytes),
		relocations,
	};
};

const encodeBytes = (bytes: Uint8Array): string => {
	let text = '';
	for (const byte of bytes) text += String.fromCharCode(byte);
	return btoa(text);
};

const decodeBytes = (encoded: string): Uint8Array => {
	const text = atob(encoded);
	const bytes = new Uint8Array(text.length);
	for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
	return bytes;
};

/** Little-endian whatever the host is, because the image may travel. */
const encodeWords = (words: Int32Array): string => {
	const bytes = new Uint8Array(words.length * 4);
	const view = new DataView(bytes.buffer);
	words.forEach((word, index) => {
		view.setInt32(index * 4, word, true);
	});
	return encodeBytes(bytes);
};

const decodeWords = (encoded: string): Int32Array => {
	const bytes = decodeBytes(encoded);
	const view = new DataView(bytes.buffer);
	const words = new Int32Array(bytes.length / 4);
	for (let index = 0; index < words.length; index++) words[index] = view.getInt32(index * 4, true);
	return words;
};
