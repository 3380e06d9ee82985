/**
 * The linker: object files of a program and what they need of the library become one image.
 *
 * As with a static library, only what is reachable is linked: everything of the program, and of the library what that and
 * `_start` lead to, function by function. The program's definitions win over the library's for the program; the library
 * itself keeps to its own functions (a student's `send` is no business of libc's), but for malloc and its family, which
 * programs replace on purpose, and for functions that the library marks weak.
 */
import type {LibraryImage, ObjectFile} from '../../bytecode/object.js';
import type {Program} from '../../bytecode/program.js';
import {type DiagnosticSink, reportError} from '../text/diagnostics.js';
import {type ReadSource, type Tables, linkFunction, linkGlobals, linkType} from './link-code.js';
import {layOutData} from './link-data.js';
import {
	type Definition,
	type Link,
	type Unit,
	addProgramUnit,
	collectGlobals,
	libraryDefinition,
	resolve,
	symbolOf,
} from './link-symbols.js';

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
		const next =
			functions < link.functions.length ? link.functions[functions++]! : link.data[data++]!;
		const relocations =
			next.kind === 'function' ? next.read().body.relocations : next.read().relocations;
		includeAllOf(link, next.unit, new Set(relocations.map(({symbol}) => symbol)));
	}

	return start;
};

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
		...[
			'__tls_image',
			'__tls_size',
			'__data_end',
			'_end',
			'end',
			'_edata',
			'edata',
			'_etext',
			'etext',
		],
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
	const length = link.functions.reduce(
		(sum, definition) => sum + definition.read().body.code.length,
		0,
	);
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
