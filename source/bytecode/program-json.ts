// A linked program as JSON, so that the programs of the presets can be compiled when the package is built. The texts of
// its source files stay out: whoever keeps the image knows them, because they decide whether it is still the right one.

import {decodeBytes, encodeBytes, packNumbers, unpackNumbers} from './packing.js';
import type {FunctionInfo, LineTable, Program} from './program.js';

export type ProgramJson = Omit<Program, 'code' | 'data' | 'functions' | 'lines' | 'files'> & {
	readonly code: string;
	readonly data: string;
	/** Names, separated by blanks, and the numbers of each function. */
	readonly functionNames: string;
	readonly functionNumbers: string;
	/** By number of the function that has any. */
	readonly variables: ReadonlyArray<readonly [number, FunctionInfo['variables']]>;
	readonly lines: string;
	readonly files: ReadonlyArray<{readonly name: string; readonly isLibrary: boolean}>;
};

/** Functions and lines follow each other, so most of these differences fit into a byte. */
const flattenFunctions = (functions: readonly FunctionInfo[]): readonly number[] =>
	functions.flatMap(info => [
		info.end - info.entry,
		info.registerWords,
		info.parameterCount,
		info.file,
		info.line,
		info.isLibrary ? 1 : 0,
	]);

const flattenLines = ({pcs, fileOf, lines, isStatement}: LineTable): readonly number[] => {
	const flat: number[] = [];
	for (let index = 0; index < pcs.length; index++) {
		flat.push(pcs[index]! - (pcs[index - 1] ?? 0), fileOf[index]!);
		flat.push(lines[index]! - (lines[index - 1] ?? 0), isStatement[index]!);
	}
	return flat;
};

export const encodeProgram = (program: Program): ProgramJson => {
	const {code, data, functions, lines, files, ...rest} = program;
	return {
		...rest,
		code: packNumbers(code),
		data: encodeBytes(data),
		functionNames: functions.map(({name}) => name).join(' '),
		functionNumbers: packNumbers(flattenFunctions(functions)),
		variables: functions.flatMap(({variables}, number) =>
			variables.length === 0 ? [] : [[number, variables] as const],
		),
		lines: packNumbers(flattenLines(lines)),
		files: files.map(({name, isLibrary}) => ({name, isLibrary})),
	};
};

const decodeFunctions = (image: ProgramJson): readonly FunctionInfo[] => {
	const numbers = unpackNumbers(image.functionNumbers);
	const variables = new Map(image.variables);
	let entry = 0;
	return image.functionNames.split(' ').map((name, number) => {
		const at = 6 * number;
		const info = {
			name,
			entry,
			end: entry + numbers[at]!,
			registerWords: numbers[at + 1]!,
			parameterCount: numbers[at + 2]!,
			file: numbers[at + 3]!,
			line: numbers[at + 4]!,
			isLibrary: numbers[at + 5] === 1,
			variables: variables.get(number) ?? [],
		};
		entry = info.end;
		return info;
	});
};

const decodeLines = (packed: string): LineTable => {
	const flat = unpackNumbers(packed);
	const count = flat.length / 4;
	const table = {
		pcs: new Int32Array(count),
		fileOf: new Int32Array(count),
		lines: new Int32Array(count),
		isStatement: new Uint8Array(count),
	};
	let [pc, line] = [0, 0];
	for (let index = 0; index < count; index++) {
		table.pcs[index] = pc += flat[4 * index]!;
		table.fileOf[index] = flat[4 * index + 1]!;
		table.lines[index] = line += flat[4 * index + 2]!;
		table.isStatement[index] = flat[4 * index + 3]!;
	}
	return table;
};

/** @param textOf The text of a source file of the program, by the name that the compiler was given. */
export const decodeProgram = (
	image: ProgramJson,
	textOf: (name: string) => string | undefined,
): Program => {
	const {functionNames: _, functionNumbers: __, variables: ___, ...rest} = image;
	return {
		...rest,
		code: unpackNumbers(image.code),
		data: decodeBytes(image.data),
		functions: decodeFunctions(image),
		lines: decodeLines(image.lines),
		files: image.files.map(({name, isLibrary}) => ({
			name,
			text: isLibrary ? undefined : textOf(name),
			isLibrary,
		})),
	};
};
