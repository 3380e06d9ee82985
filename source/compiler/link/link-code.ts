/**
 * Code in its final place, with the tables that refer to it: lines, loops, switches, functions, variables.
 */
import type {DebugType, DebugVariable} from '../../bytecode/debug-info.js';
import type {FunctionBody, ObjectVariable} from '../../bytecode/object.js';
import {op, opcodeTable} from '../../bytecode/opcodes.js';
import type {FunctionInfo, LoopInfo, SourceFile, SwitchTable} from '../../bytecode/program.js';
import {type Layout, addressOf} from './link-data.js';
import {type FunctionDefinition, type Link, type Unit, resolve, symbolOf} from './link-symbols.js';

/** What in an instruction counts from the start of its function or its function's tables, by opcode. */
const hasTarget = opcodeTable.map(row => row.operands[2] === 't');

export type Tables = {
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

const shiftVariable = (
	variable: ObjectVariable,
	entry: number,
	fix: (variable: ObjectVariable) => DebugVariable,
): DebugVariable => {
	const {scope, ...rest} = fix(variable);
	return scope ? {...rest, scope: [scope[0] + entry, scope[1] + entry]} : rest;
};

export const linkFunction = (
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
	const files: number[] = [];
	const fileOf = (file: number): number => {
		files[file] ??= fileNumber(tables, unit, file, readSource);
		return files[file];
	};
	copyCode(code, body, entry, tables);
	relocateCode(link, code, unit, body, entry, layout.threadSize);

	const firstLoop = tables.loops.length;
	for (const loop of body.loops) {
		const parent = loop.parent < 0 ? -1 : loop.parent + firstLoop;
		tables.loops.push({...loop, parent, function: number, file: fileOf(loop.file)});
	}

	for (const {low, targets, otherwise} of body.switches) {
		tables.switches.push({
			low,
			targets: targets.map(target => target + entry),
			otherwise: otherwise + entry,
		});
	}

	const {pcs, files: lineFiles, lines, isStatement} = body.lines;
	for (let index = 0; index < pcs.length; index++) {
		tables.pcs.push(pcs[index]! + entry);
		tables.fileOf.push(fileOf(lineFiles[index]!));
		tables.lines.push(lines[index]!);
		tables.isStatement.push(isStatement[index]!);
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
		symbol === undefined
			? variable.location
			: {kind: 'address', address: addressOf(link, unit, symbol)},
});

export const linkType = (type: DebugType, base: number): DebugType => {
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

export const linkGlobals = (
	link: Link,
	tables: Tables,
	readSource: ReadSource,
): readonly DebugVariable[] =>
	link.units.flatMap(unit =>
		unit.globals
			.filter(
				({symbol}) =>
					symbol !== undefined && resolve(link, unit, symbol) === unit.definitions.get(symbol),
			)
			.map(variable => linkVariable(link, tables, unit, variable, readSource)),
	);
