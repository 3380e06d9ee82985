/**
 * The C library ahead of time: its files are compiled one by one and kept as JSON, from which linking takes what a program
 * needs. Loading only parses; bodies are decoded when they are linked.
 */
import {
	decodeSymbols,
	encodeData,
	encodeFunction,
	encodeSymbols,
	type LibraryDefinition,
	type LibraryImage,
	type LibraryObject,
	type ObjectFile,
} from '../bytecode/object.js';
import {checkTranslationUnit} from './check.js';
import {generateUnit} from './codegen/codegen.js';
import {type Diagnostic, hasErrors} from './text/diagnostics.js';
import type {IncludeResolver} from './preprocess/preprocessor-state.js';
import {createSourceMap} from './text/source-text.js';

export type BuildResult =
	| {readonly kind: 'library'; readonly json: string}
	| {readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]};

/** LibraryObject in JSON: the symbols as one text, which parses faster. */
type EncodedObject = Omit<LibraryObject, 'symbols'> & {readonly symbols: string};

const encodeObject = ({files, symbols, functions, data}: ObjectFile): EncodedObject => ({
	files,
	symbols: encodeSymbols(symbols),
	functions: functions.map(encodeFunction),
	data: data.map(encodeData),
});

/**
 * Compiles the library: `files` from name to text, in any order; `headers` from the name in `#include` to text.
 */
export const buildLibrary = (
	files: ReadonlyMap<string, string>,
	headers: ReadonlyMap<string, string>,
): BuildResult => {
	const includes: IncludeResolver = name => {
		const text = headers.get(name);
		return text === undefined ? undefined : {fileName: name, text, isSystem: true};
	};
	const sourceMap = createSourceMap();
	const diagnostics: Diagnostic[] = [];
	const objects: EncodedObject[] = [];
	for (const fileName of [...files.keys()].sort()) {
		const checked = checkTranslationUnit({
			fileName,
			text: files.get(fileName)!,
			includes,
			sourceMap,
		});
		diagnostics.push(...checked.diagnostics);
		if (!hasErrors(checked.diagnostics))
			objects.push(encodeObject(generateUnit(checked.unit, true)));
	}

	if (hasErrors(diagnostics)) return {kind: 'failed', diagnostics};
	return {kind: 'library', json: JSON.stringify(objects)};
};

const addDefinitions = (
	definitions: Map<string, LibraryDefinition>,
	object: LibraryObject,
	number: number,
): void => {
	const add = (kind: LibraryDefinition['kind'], index: number, symbol: number): void => {
		const {name, binding} = object.symbols[symbol]!;
		if (binding === 'local') return;
		const known = definitions.get(name);
		if (known && !known.isWeak) return;
		definitions.set(name, {object: number, kind, index, isWeak: binding === 'weak'});
	};
	for (const [index, [symbol]] of object.functions.entries()) add('function', index, symbol);
	for (const [index, {symbol}] of object.data.entries()) add('data', index, symbol);
};

/** Makes a library that programs can be linked with from the text that `buildLibrary` gave. */
export const loadLibrary = (json: string): LibraryImage => {
	const encoded = JSON.parse(json) as readonly EncodedObject[];
	const objects = encoded.map(object => ({...object, symbols: decodeSymbols(object.symbols)}));
	const definitions = new Map<string, LibraryDefinition>();
	for (const [number, object] of objects.entries()) addDefinitions(definitions, object, number);
	return {objects, definitions};
};
