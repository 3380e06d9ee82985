/**
 * The linker: object files of a program and what they need of the library become one image.
 *
 * As with a static library, only what is reachable is linked: everything of the program, and of the library what that and
 * `_start` lead to, function by function. The program's definitions win over the library's for the program; the library
 * itself keeps to its own functions (a student's `send` is no business of libc's), but for malloc and its family, which
 * programs replace on purpose, and for functions that the library marks weak.
 */
import {
	decodeBody,
	decodeData,
	type FunctionBody,
	type LibraryImage,
	type ObjectData,
	type ObjectFile,
	type ObjectFunction,
	type ObjectSymbol,
	type ObjectVariable,
} from '../bytecode/object.js';
import {op, opcodeTable} from '../bytecode/opcodes.js';
import type {DebugType, DebugVariable} from '../bytecode/debug-info.js';
import {
	dataBase,
	type FunctionInfo,
	type LoopInfo,
	type Program,
	type SourceFile,
	type SwitchTable,
	textBase,
	textStride,
} from '../bytecode/program.js';
import {type DiagnosticSink, reportError} from './diagnostics.js';

/** An object file in the link, of the program or of the library. */
type Unit = {
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

type Definition = FunctionDefinition | DataDefinition;

type FunctionDefinition = {
	readonly kind: 'function';
	readonly unit: Unit;
	readonly symbol: number;
	readonly read: () => ObjectFunction;
	/** Its number in the program once it is linked. */
	number: number;
};

type DataDefinition = {
	readonly kind: 'data';
	readonly unit: Unit;
	readonly symbol: number;
	readonly read: () => ObjectData;
	isLinked: boolean;
	/** Set by the layout; of thread-locals, the offset in their image. */
	address: number;
};

type Link = {
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

/* ---------- Definitions ---------- */

/** Decodes or fetches once. */
const lazily = <T>(make: () => T): (() => T) => {
	let made: T | undefined;
	return () => (made ??= make());
};

const addProgramUnit = (link: Link, object: ObjectFile): void => {
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
		definitions.set(fn.symbol, {kind: 'function', unit, symbol: fn.symbol, read: () => fn, number: -1});
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
		definitions.set(encoded.symbol, {
			kind: 'function',
			unit,
			symbol: encoded.symbol,
			read: lazily(() => ({...encoded, variables: [], body: decodeBody(encoded)})),
			number: -1,
		});
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

const symbolOf = (definition: Definition): ObjectSymbol => definition.unit.symbols[definition.symbol]!;

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
const collectGlobals = (link: Link): void => {
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

/* ---------- Resolution ---------- */

/** Library functions that the library itself calls by whatever definition the program has. */
const replaceable = new Set(['malloc', 'calloc', 'realloc', 'free', 'main']);

const libraryDefinition = (link: Link, name: string): Definition | undefined => {
	const found = link.library.definitions.get(name);
	if (!found) return undefined;
	const unit = libraryUnit(link, found.object);
	const object = link.library.objects[found.object]!;
	const encoded = found.kind === 'function' ? object.functions[found.index]! : object.data[found.index]!;
	return unit.definitions.get(encoded.symbol);
};

/** What a unit means by one of its symbols; undefined for what the linker provides, weak and missing ones. */
const resolve = (link: Link, unit: Unit, symbol: number): Definition | undefined => {
	const {name, binding} = unit.symbols[symbol]!;
	const own = unit.definitions.get(symbol);
	if (binding === 'local') return own;
	const global = link.globals.get(name);
	const fromLibrary = libraryDefinition(link, name);
	if (!unit.isLibrary || !fromLibrary) return global ?? fromLibrary;
	const isOwnAffair =
		fromLibrary.kind === 'function' && symbolOf(fromLibrary).binding !== 'weak' && !replaceable.has(name);
	return isOwnAffair ? fromLibrary : (global ?? fromLibrary);
};

const reportMissing = (link: Link, unit: Unit, symbol: number): void => {
	const {name, binding, position} = unit.symbols[symbol]!;
	if (binding === 'weak' || link.provided.has(name) || link.missing.has(name)) return;
	link.missing.add(name);
	reportError(link.sink, unit.isLibrary ? 0 : position, `undefined reference to \`${name}\``);
};

const include = (link: Link, definition: Definition): void => {
	if (definition.kind === 'function') {
		if (definition.number < 0) definition.number = link.functions.push(definition) - 1;
	} else if (!definition.isLinked) {
		definition.isLinked = true;
		link.data.push(definition);
	}
};

const includeAllOf = (link: Link, unit: Unit, symbols: Iterable<number>): void => {
	for (const symbol of symbols) {
		const definition = resolve(link, unit, symbol);
		if (definition) include(link, definition);
		else reportMissing(link, unit, symbol);
	}
};

/** Follows all references from the program and `_start`. */
const includeReachable = (link: Link): Definition | undefined => {
	for (const unit of link.units) {
		for (const definition of unit.definitions.values()) {
			const {name, binding} = symbolOf(definition);
			if (binding === 'local' || link.globals.get(name) === definition) include(link, definition);
		}
	}

	const start = link.globals.get('_start') ?? libraryDefinition(link, '_start');
	if (start) include(link, start);
	let [functions, data] = [0, 0];
	while (functions < link.functions.length || data < link.data.length) {
		const next = functions < link.functions.length ? link.functions[functions++]! : link.data[data++]!;
		const relocations = next.kind === 'function' ? next.read().body.relocations : next.read().relocations;
		includeAllOf(link, next.unit, new Set(relocations.map(({symbol}) => symbol)));
	}

	return start;
};

/* ---------- Data layout ---------- */

type Layout = {
	readonly bytes: Uint8Array;
	readonly size: number;
	readonly readOnlySize: number;
	/** Bytes of a thread's block of thread-locals. */
	readonly threadSize: number;
};

const pageSize = 4096;
const alignUp = (value: number, alignment: number): number => Math.ceil(value / alignment) * alignment;

/** Gives each object an offset from `at` on; returns the offset behind them. */
const placeAll = (objects: readonly DataDefinition[], at: number, base: number): number => {
	let offset = at;
	for (const definition of objects) {
		const {size, alignment} = definition.read();
		offset = alignUp(offset, alignment);
		definition.address = base + offset;
		offset += size;
	}

	return offset;
};

/** String literals with equal bytes share one place. */
const placeStrings = (strings: readonly DataDefinition[]): number => {
	const known = new Map<string, number>();
	let offset = 0;
	for (const definition of strings) {
		const {bytes = new Uint8Array(), alignment} = definition.read();
		const key = `${alignment}:${String.fromCharCode(...bytes.subarray(0, 4096))}:${bytes.length}`;
		const shared = bytes.length <= 4096 ? known.get(key) : undefined;
		if (shared !== undefined) {
			definition.address = shared;
			continue;
		}

		offset = alignUp(offset, alignment);
		definition.address = dataBase + offset;
		known.set(key, definition.address);
		offset += bytes.length;
	}

	return offset;
};

const addressOf = (link: Link, unit: Unit, symbol: number): number => {
	const definition = resolve(link, unit, symbol);
	if (!definition) return link.provided.get(unit.symbols[symbol]!.name) ?? 0;
	if (definition.kind === 'function') return textBase + textStride * definition.number;
	return definition.address;
};

const fill = (link: Link, bytes: Uint8Array, definition: DataDefinition, at: number): void => {
	const object = definition.read();
	if (object.bytes) bytes.set(object.bytes, at);
	const view = new DataView(bytes.buffer);
	for (const {at: offset, symbol, addend} of object.relocations) {
		const address = addressOf(link, definition.unit, symbol) + addend;
		view.setBigInt64(at + offset, BigInt(address), true);
	}
};

const layOutData = (link: Link): Layout => {
	const section = (...names: ReadonlyArray<ObjectData['section']>): readonly DataDefinition[] =>
		link.data.filter(definition => names.includes(definition.read().section));
	const thread = section('thread');
	const threadSize = alignUp(placeAll(thread, 0, 0), 16);

	let end = placeStrings(section('string'));
	end = placeAll(section('constant'), end, dataBase);
	const threadImage = alignUp(end, 16);
	const startups = (kind: 'constructors' | 'destructors', at: number): number => {
		const name = kind === 'constructors' ? 'init' : 'fini';
		link.provided.set(`__${name}_array_start`, dataBase + at);
		const behind = placeAll(section(kind), at, dataBase);
		link.provided.set(`__${name}_array_end`, dataBase + behind);
		return behind;
	};
	end = startups('constructors', threadImage + threadSize);
	end = startups('destructors', end);
	const readOnlySize = alignUp(end, pageSize);

	const variables = section('data');
	const dataEnd = placeAll(variables.filter(({read}) => read().bytes), readOnlySize, dataBase);
	const size = placeAll(variables.filter(({read}) => !read().bytes), dataEnd, dataBase);

	const text = textBase + textStride * link.functions.length;
	const addresses = {
		__tls_image: dataBase + threadImage,
		__tls_size: threadSize,
		__data_end: dataBase + size,
		_end: dataBase + size,
		end: dataBase + size,
		_edata: dataBase + dataEnd,
		edata: dataBase + dataEnd,
		_etext: text,
		etext: text,
	};
	for (const [name, address] of Object.entries(addresses)) link.provided.set(name, address);

	const bytes = new Uint8Array(dataEnd);
	for (const definition of link.data) {
		const {section: kind, bytes: contents} = definition.read();
		if (kind === 'thread') fill(link, bytes, definition, threadImage + definition.address);
		else if (contents) fill(link, bytes, definition, definition.address - dataBase);
	}

	return {bytes, size, readOnlySize, threadSize};
};

/* ---------- Code ---------- */

/** What in an instruction counts from the start of its function or its function's tables, by opcode. */
const hasTarget = opcodeTable.map(row => row.operands[2] === 't');

type Tables = {
	readonly functions: FunctionInfo[];
	readonly loops: LoopInfo[];
	readonly switches: SwitchTable[];
	readonly files: SourceFile[];
	readonly fileIndex: Map<string, number>;
	readonly pcs: number[];
	readonly fileOf: number[];
	readonly lines: number[];
	readonly isStatement: number[];
};

/** Text of a file of the program, or undefined if it is one of the library's headers. */
export type ReadSource = (name: string) => string | undefined;

const fileNumber = (tables: Tables, unit: Unit, file: number, readSource: ReadSource): number => {
	const name = unit.files[file] ?? '';
	const key = `${unit.isLibrary}:${name}`;
	let number = tables.fileIndex.get(key);
	if (number === undefined) {
		const text = unit.isLibrary ? undefined : readSource(name);
		number = tables.files.push({name, text, isLibrary: text === undefined}) - 1;
		tables.fileIndex.set(key, number);
	}

	return number;
};

const copyCode = (code: Int32Array, body: FunctionBody, entry: number, tables: Tables): void => {
	code.set(body.code, entry);
	for (let pc = entry; pc < entry + body.code.length; pc += 4) {
		const opcode = code[pc]!;
		if (hasTarget[opcode]) code[pc + 3]! += entry;
		if (opcode === op.LOOPENTER || opcode === op.LOOPTURN) code[pc + 1]! += tables.loops.length;
		else if (opcode === op.SWITCH) code[pc + 2]! += tables.switches.length;
	}
};

const relocateCode = (
	link: Link,
	code: Int32Array,
	unit: Unit,
	body: FunctionBody,
	entry: number,
	threadSize: number,
): void => {
	for (const {at, kind, symbol, addend} of body.relocations) {
		const definition = resolve(link, unit, symbol);
		switch (kind) {
			case 'number': {
				code[entry + at] = definition?.kind === 'function' ? definition.number : 0;
				break;
			}

			case 'address': {
				code[entry + at] = addressOf(link, unit, symbol) + addend;
				break;
			}

			case 'thread': {
				const offset = definition?.kind === 'data' ? definition.address : 0;
				code[entry + at] = offset - threadSize + addend;
				break;
			}
		}
	}
};

const shiftVariable = (variable: ObjectVariable, entry: number, fix: (variable: ObjectVariable) => DebugVariable): DebugVariable => {
	const {scope, ...rest} = fix(variable);
	return scope ? {...rest, scope: [scope[0] + entry, scope[1] + entry]} : rest;
};

const linkFunction = (
	link: Link,
	tables: Tables,
	code: Int32Array,
	definition: FunctionDefinition,
	entry: number,
	layout: Layout,
	readSource: ReadSource,
): void => {
	const {unit, number} = definition;
	const fn = definition.read();
	const {body} = fn;
	const fileOf = (file: number): number => fileNumber(tables, unit, file, readSource);
	copyCode(code, body, entry, tables);
	relocateCode(link, code, unit, body, entry, layout.threadSize);

	const firstLoop = tables.loops.length;
	for (const loop of body.loops) {
		const parent = loop.parent < 0 ? -1 : loop.parent + firstLoop;
		tables.loops.push({...loop, parent, function: number, file: fileOf(loop.file)});
	}

	for (const {low, targets, otherwise} of body.switches) {
		tables.switches.push({low, targets: targets.map(target => target + entry), otherwise: otherwise + entry});
	}

	for (const [index, pc] of body.lines.pcs.entries()) {
		tables.pcs.push(pc + entry);
		tables.fileOf.push(fileOf(body.lines.files[index]!));
		tables.lines.push(body.lines.lines[index]!);
		tables.isStatement.push(body.lines.isStatement[index]!);
	}

	tables.functions.push({
		name: symbolOf(definition).name,
		entry,
		end: entry + body.code.length,
		registerWords: fn.registerWords,
		parameterCount: fn.parameterCount,
		file: fileOf(fn.file),
		line: fn.line,
		isLibrary: unit.isLibrary,
		variables: fn.variables.map(variable =>
			shiftVariable(variable, entry, each => linkVariable(link, tables, unit, each, readSource)),
		),
	});
};

/* ---------- Debug information ---------- */

const linkVariable = (
	link: Link,
	tables: Tables,
	unit: Unit,
	{symbol, ...variable}: ObjectVariable,
	readSource: ReadSource,
): DebugVariable => ({
	...variable,
	type: variable.type + unit.typeBase,
	file: fileNumber(tables, unit, variable.file, readSource),
	location:
		symbol === undefined ? variable.location : {kind: 'address', address: addressOf(link, unit, symbol)},
});

const linkType = (type: DebugType, base: number): DebugType => {
	switch (type.kind) {
		case 'pointer': {
			return {...type, target: type.target + base};
		}

		case 'array': {
			return {...type, element: type.element + base};
		}

		case 'struct':
		case 'union': {
			return {
				...type,
				members: type.members.map(member => ({...member, type: member.type + base})),
			};
		}

		default: {
			return type;
		}
	}
};

const linkGlobals = (link: Link, tables: Tables, readSource: ReadSource): readonly DebugVariable[] =>
	link.units.flatMap(unit =>
		unit.globals
			.filter(({symbol}) => symbol !== undefined && resolve(link, unit, symbol) === unit.definitions.get(symbol))
			.map(variable => linkVariable(link, tables, unit, variable, readSource)),
	);

/* ---------- Program ---------- */

/**
 * Links a program. Multiple definitions and undefined references are reported to `sink`; undefined is returned if there
 * was one.
 */
export const linkProgram = (
	name: string,
	objects: readonly ObjectFile[],
	library: LibraryImage,
	sink: DiagnosticSink,
	readSource: ReadSource,
): Program | undefined => {
	const providedNames = [
		...['__tls_image', '__tls_size', '__data_end', '_end', 'end', '_edata', 'edata', '_etext', 'etext'],
		...['__init_array_start', '__init_array_end', '__fini_array_start', '__fini_array_end'],
	];
	const link: Link = {
		sink,
		library,
		units: [],
		libraryUnits: new Map(),
		globals: new Map(),
		functions: [],
		data: [],
		provided: new Map(providedNames.map(provided => [provided, 0])),
		missing: new Set(),
		typeCount: 0,
	};
	for (const object of objects) addProgramUnit(link, object);
	collectGlobals(link);
	const start = includeReachable(link);
	if (start?.kind !== 'function') reportError(sink, 0, 'undefined reference to `_start`');
	if (sink.errorCount > 0 || start?.kind !== 'function') return undefined;

	const layout = layOutData(link);
	const tables: Tables = {
		functions: [],
		loops: [],
		switches: [],
		files: [],
		fileIndex: new Map(),
		pcs: [],
		fileOf: [],
		lines: [],
		isStatement: [],
	};
	const length = link.functions.reduce((sum, definition) => sum + definition.read().body.code.length, 0);
	const code = new Int32Array(length);
	let entry = 0;
	for (const definition of link.functions) {
		linkFunction(link, tables, code, definition, entry, layout, readSource);
		entry += definition.read().body.code.length;
	}

	return {
		name,
		code,
		functions: tables.functions,
		loops: tables.loops,
		switches: tables.switches,
		lines: {
			pcs: Int32Array.from(tables.pcs),
			fileOf: Int32Array.from(tables.fileOf),
			lines: Int32Array.from(tables.lines),
			isStatement: Uint8Array.from(tables.isStatement),
		},
		files: tables.files,
		data: layout.bytes,
		dataSize: layout.size,
		readOnlySize: layout.readOnlySize,
		globals: linkGlobals(link, tables, readSource),
		types: link.units.flatMap(unit => unit.types.map(type => linkType(type, unit.typeBase))),
		start: start.number,
	};
};
