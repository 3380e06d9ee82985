/**
 * What the linker knows of object files: their definitions, and which of them a name means.
 *
 * The program's definitions win over the library's for the program; the library itself keeps to its own functions (a
 * student's `send` is no business of libc's), but for malloc and its family, which programs replace on purpose, and for
 * functions that the library marks weak.
 */
import type {DebugType} from '../../bytecode/debug-info.js';
import {
	type LibraryImage,
	type ObjectData,
	type ObjectFile,
	type ObjectFunction,
	type ObjectSymbol,
	type ObjectVariable,
	decodeData,
	decodeFunction,
} from '../../bytecode/object.js';
import {type DiagnosticSink, reportError} from '../text/diagnostics.js';

/** An object file in the link, of the program or of the library. */
export type Unit = {
	readonly isLibrary: boolean;
	readonly symbols: readonly ObjectSymbol[];
	readonly files: readonly string[];
	readonly types: readonly DebugType[];
	readonly globals: readonly ObjectVariable[];
	/** From symbol number to what the unit defines under it. */
	readonly definitions: ReadonlyMap<number, Definition>;
	/** Added to the unit's type indices. */
	readonly typeBase: number;
};

export type Definition = FunctionDefinition | DataDefinition;

export type FunctionDefinition = {
	readonly kind: 'function';
	readonly unit: Unit;
	readonly symbol: number;
	readonly read: () => ObjectFunction;
	/** Its number in the program once it is linked. */
	number: number;
};

export type DataDefinition = {
	readonly kind: 'data';
	readonly unit: Unit;
	readonly symbol: number;
	readonly read: () => ObjectData;
	isLinked: boolean;
	/** Set by the layout; of thread-locals, the offset in their image. */
	address: number;
};

export type Link = {
	readonly sink: DiagnosticSink;
	readonly library: LibraryImage;
	readonly units: Unit[];
	readonly libraryUnits: Map<number, Unit>;
	/** What the program defines for all units, by name. */
	readonly globals: Map<string, Definition>;
	readonly functions: FunctionDefinition[];
	readonly data: DataDefinition[];
	/** Symbols that only the linker knows, by name. Addresses are set by the layout. */
	readonly provided: Map<string, number>;
	readonly missing: Set<string>;
	typeCount: number;
};

/** Decodes or fetches once. */
const lazily = <T>(make: () => T): (() => T) => {
	let made: T | undefined;
	return () => (made ??= make());
};

export const addProgramUnit = (link: Link, object: ObjectFile): void => {
	const definitions = new Map<number, Definition>();
	const unit: Unit = {
		isLibrary: false,
		symbols: object.symbols,
		files: object.files,
		types: object.types,
		globals: object.globals,
		definitions,
		typeBase: link.typeCount,
	};
	link.typeCount += object.types.length;
	for (const fn of object.functions) {
		definitions.set(fn.symbol, {
			kind: 'function',
			unit,
			symbol: fn.symbol,
			read: () => fn,
			number: -1,
		});
	}

	for (const data of object.data) {
		definitions.set(data.symbol, {
			kind: 'data',
			unit,
			symbol: data.symbol,
			read: () => data,
			isLinked: false,
			address: 0,
		});
	}

	link.units.push(unit);
};

const libraryUnit = (link: Link, index: number): Unit => {
	const known = link.libraryUnits.get(index);
	if (known) return known;
	const object = link.library.objects[index]!;
	const definitions = new Map<number, Definition>();
	const unit: Unit = {
		isLibrary: true,
		symbols: object.symbols,
		files: object.files,
		types: [],
		globals: [],
		definitions,
		typeBase: 0,
	};
	for (const encoded of object.functions) {
		const [symbol] = encoded;
		const read = lazily(() => decodeFunction(encoded));
		definitions.set(symbol, {kind: 'function', unit, symbol, read, number: -1});
	}

	for (const encoded of object.data) {
		definitions.set(encoded.symbol, {
			kind: 'data',
			unit,
			symbol: encoded.symbol,
			read: lazily(() => decodeData(encoded)),
			isLinked: false,
			address: 0,
		});
	}

	link.libraryUnits.set(index, unit);
	return unit;
};

export const symbolOf = (definition: Definition): ObjectSymbol =>
	definition.unit.symbols[definition.symbol]!;

/** Which of two definitions of one name holds, or undefined if they exclude each other. */
const choose = (first: Definition, second: Definition): Definition | undefined => {
	if (symbolOf(second).binding === 'weak') return first;
	if (symbolOf(first).binding === 'weak') return second;
	if (first.kind !== 'data' || second.kind !== 'data') return undefined;
	const [one, other] = [first.read(), second.read()];
	if (one.bytes && other.bytes) return undefined;
	if (one.bytes) return first;
	return other.bytes || other.size > one.size ? second : first;
};

/** Collects what the program's units define for each other. */
export const collectGlobals = (link: Link): void => {
	for (const unit of link.units) {
		for (const definition of unit.definitions.values()) {
			const {name, binding, position} = symbolOf(definition);
			if (binding === 'local') continue;
			const other = link.globals.get(name);
			const chosen = other ? choose(other, definition) : definition;
			if (chosen) {
				link.globals.set(name, chosen);
			} else {
				reportError(link.sink, position, `multiple definition of \`${name}\``, [
					[symbolOf(other!).position, 'first defined here'],
				]);
			}
		}
	}
};

/** Library functions that the library itself calls by whatever definition the program has. */
const replaceable = new Set(['malloc', 'calloc', 'realloc', 'free', 'main']);

export const libraryDefinition = (link: Link, name: string): Definition | undefined => {
	const found = link.library.definitions.get(name);
	if (!found) return undefined;
	const unit = libraryUnit(link, found.object);
	const object = link.library.objects[found.object]!;
	const symbol =
		found.kind === 'function'
			? object.functions[found.index]![0]
			: object.data[found.index]!.symbol;
	return unit.definitions.get(symbol);
};

/** What a unit means by one of its symbols; undefined for what the linker provides, weak and missing ones. */
export const resolve = (link: Link, unit: Unit, symbol: number): Definition | undefined => {
	const {name, binding} = unit.symbols[symbol]!;
	const own = unit.definitions.get(symbol);
	if (binding === 'local') return own;
	const global = link.globals.get(name);
	const fromLibrary = libraryDefinition(link, name);
	if (!unit.isLibrary || !fromLibrary) return global ?? fromLibrary;
	const isOwnAffair =
		fromLibrary.kind === 'function' &&
		symbolOf(fromLibrary).binding !== 'weak' &&
		!replaceable.has(name);
	return isOwnAffair ? fromLibrary : (global ?? fromLibrary);
};
