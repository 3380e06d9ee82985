/** The front end's entry: C text to a typed, checked translation unit. No file system: headers come through a callback. */
import type {TranslationUnit} from './ast.js';
import {createDiagnosticSink, type Diagnostic} from './text/diagnostics.js';
import {withDeclarations} from './preprocess/header-declarations.js';
import {createParser, parseTranslationUnit} from './parse/parser.js';
import type {HeaderLookup} from './parse/parser-state.js';
import {predefinedMacros} from './preprocess/predefined-macros.js';
import type {IncludeResolver} from './preprocess/preprocessor-state.js';
import {preprocess} from './preprocess/preprocessor.js';
import {addSourceFile, createSourceMap, type SourceMap} from './text/source-text.js';

export type CheckInput = {
	readonly fileName: string;
	readonly text: string;
	readonly includes: IncludeResolver;
	/** Macros of the command line, `-Dname=value`. */
	readonly defines?: ReadonlyMap<string, string>;
	/** Shared by the units of a program: positions stay comparable, headers are tokenised once. */
	readonly sourceMap?: SourceMap;
};

export type CheckResult = {
	/** Complete only if no diagnostic is an error. */
	readonly unit: TranslationUnit;
	/** In order of the source. */
	readonly diagnostics: readonly Diagnostic[];
};

/** Reads a header by itself to see how it declares a function that the program forgot to declare. */
const createHeaderLookup = (
	includes: IncludeResolver,
	sourceMap: SourceMap,
	defines: ReadonlyMap<string, string>,
	from: string,
): HeaderLookup => {
	const units = new Map<string, ReturnType<typeof createParser> | undefined>();
	return (header, name) => {
		if (!units.has(header)) {
			const found = includes(header, from, true);
			if (found) {
				const file = addSourceFile(sourceMap, found.fileName, found.text, true);
				const sink = createDiagnosticSink(sourceMap, found.fileName);
				const read = preprocess({map: sourceMap, sink, file, includes, defines});
				const all = withDeclarations(read, sourceMap.words, true);
				const parser = createParser(sourceMap, sink, all, () => undefined);
				parseTranslationUnit(parser, found.fileName);
				units.set(header, parser);
			} else {
				units.set(header, undefined);
			}
		}

		const symbol = units.get(header)?.globals.get(name);
		return symbol?.kind === 'function' ? {symbol} : undefined;
	};
};

const bySource = (left: Diagnostic, right: Diagnostic): number =>
	left.file === right.file ? left.line - right.line || left.column - right.column : 0;

/** Preprocesses, parses and checks one translation unit. */
export const checkTranslationUnit = ({
	fileName,
	text,
	includes,
	defines = new Map(),
	sourceMap = createSourceMap(),
}: CheckInput): CheckResult => {
	const sink = createDiagnosticSink(sourceMap, fileName);
	const macros = new Map([...predefinedMacros, ...defines]);
	const file = addSourceFile(sourceMap, fileName, text, false);
	const read = preprocess({map: sourceMap, sink, file, includes, defines: macros});
	const lookup = createHeaderLookup(includes, sourceMap, macros, fileName);
	const tokens = read.isStopped
		? read.tokens.slice(-1)
		: withDeclarations(read, sourceMap.words, false);
	const parser = createParser(sourceMap, sink, tokens, lookup);
	const unit = parseTranslationUnit(parser, fileName);
	return {unit, diagnostics: sink.list.sort(bySource)};
};
