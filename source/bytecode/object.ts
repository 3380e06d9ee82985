// Object files: what the code generator makes of one translation unit and the linker joins. Positions in the code are
// word offsets from the start of the function; names are symbols of the unit, resolved by the linker. Plain data, so
// that a library of them can be kept as JSON; there, the bodies of functions stay encoded until they are linked in.

import type {DebugType, DebugVariable} from './debug-info.js';
import {decodeBytes, encodeBytes, packNumbers, unpackNumbers} from './packing.js';
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

/** A function but for its symbol as one packed list of numbers. */
export type EncodedFunction = readonly [symbol: number, packed: string];

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

/** Each list is preceded by its length; positions in the lines are differences, which pack better. */
const flattenFunction = (fn: ObjectFunction): readonly number[] => {
	const {relocations, loops, switches, lines, code} = fn.body;
	const flat = [fn.registerWords, fn.parameterCount, fn.file, fn.line, relocations.length];
	for (const {at, kind, symbol, addend} of relocations) {
		flat.push(at, relocationKinds.indexOf(kind), symbol, addend);
	}
	flat.push(loops.length);
	for (const {parent, file, line, shadow, registers} of loops) {
		flat.push(parent, file, line, shadow, registers.length, ...registers);
	}
	flat.push(switches.length);
	for (const {low, otherwise, targets} of switches) {
		flat.push(low, otherwise, targets.length, ...targets);
	}
	flat.push(lines.pcs.length);
	let [pc, line] = [0, fn.line];
	for (let index = 0; index < lines.pcs.length; index++) {
		flat.push(lines.pcs[index]! - pc, lines.files[index]!, lines.lines[index]! - line);
		flat.push(lines.isStatement[index]!);
		[pc, line] = [lines.pcs[index]!, lines.lines[index]!];
	}
	flat.push(code.length, ...code);
	return flat;
};

export const encodeFunction = (fn: ObjectFunction): EncodedFunction => [
	fn.symbol,
	packNumbers(flattenFunction(fn)),
];

/** The function without variables: libraries carry none. */
export const decodeFunction = ([symbol, packed]: EncodedFunction): ObjectFunction => {
	const flat = unpackNumbers(packed);
	let at = 0;
	const next = (): number => flat[at++]!;
	const list = <T>(read: () => T): readonly T[] => {
		const items: T[] = [];
		for (let rest = next(); rest > 0; rest--) items.push(read());
		return items;
	};

	const [registerWords, parameterCount, file, line] = [next(), next(), next(), next()];
	const relocations = list(
		(): CodeRelocation => ({
			at: next(),
			kind: relocationKinds[next()]!,
			symbol: next(),
			addend: next(),
		}),
	);
	const loops = list(() => ({
		parent: next(),
		file: next(),
		line: next(),
		shadow: next(),
		registers: list(next),
	}));
	const switches = list(() => ({low: next(), otherwise: next(), targets: list(next)}));
	const rows = next();
	const firstRow = at;
	at += 4 * rows;
	const length = next();
	const code = flat.slice(at, at + length);

	const lines = {
		pcs: [] as number[],
		files: [] as number[],
		lines: [] as number[],
		isStatement: [] as number[],
	};
	let [pc, lineNumber] = [0, line];
	for (let row = firstRow; row < firstRow + 4 * rows; row += 4) {
		pc += flat[row]!;
		lineNumber += flat[row + 2]!;
		lines.pcs.push(pc);
		lines.files.push(flat[row + 1]!);
		lines.lines.push(lineNumber);
		lines.isStatement.push(flat[row + 3]!);
	}
	const body = {code, relocations, loops, switches, lines};
	return {symbol, registerWords, parameterCount, file, line, variables: [], body};
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

/** Symbols as text: a letter for the binding (`l`, `g`, `w`) before each name, separated by blanks. */
export const encodeSymbols = (symbols: readonly ObjectSymbol[]): string =>
	symbols.map(({name, binding}) => binding.slice(0, 1) + name).join(' ');

const bindings: Readonly<Record<string, Binding>> = {l: 'local', g: 'global', w: 'weak'};

export const decodeSymbols = (text: string): readonly ObjectSymbol[] =>
	text === ''
		? []
		: text
				.split(' ')
				.map(word => ({name: word.slice(1), binding: bindings[word[0]!]!, position: 0}));
