/**
 * The compiler as the rest of the program sees it: C texts in, a linked program or diagnostics out.
 */
import type {LibraryImage} from '../bytecode/object.js';
import type {Program} from '../bytecode/program.js';
import {checkTranslationUnit} from './check.js';
import {generateUnit} from './codegen/codegen.js';
import {createDiagnosticSink, type Diagnostic, hasErrors, reportError} from './text/diagnostics.js';
import {linkProgram} from './link/link.js';
import type {IncludeResolver} from './preprocess/preprocessor-state.js';
import {createSourceMap, type SourceMap} from './text/source-text.js';

export type CompileInput = {
	/** What the program is called: `parent`. */
	readonly name: string;
	/** The translation units, in order of their names on the command line. */
	readonly sources: ReadonlyArray<{readonly fileName: string; readonly text: string}>;
	readonly includes: IncludeResolver;
	readonly library: LibraryImage;
};

export type CompileResult =
	| {readonly kind: 'program'; readonly program: Program; readonly warnings: readonly Diagnostic[]}
	| {readonly kind: 'failed'; readonly diagnostics: readonly Diagnostic[]};

/** Texts of the program's own files by name; headers of the system are not shown. */
const sourceReader = (map: SourceMap): ((name: string) => string | undefined) => {
	return name => {
		const file = map.byName.get(name);
		return file && !file.isSystem ? file.text : undefined;
	};
};

/** Compiles and links a program. Diagnostics come in order of the units, warnings among them. */
export const compileProgram = (input: CompileInput): CompileResult => {
	try {
		return compileAll(input);
	} catch (error) {
		// Parser and code generator recurse as deeply as the text nests; most depths are refused with their place before
		if (!(error instanceof RangeError) || !error.message.includes('call stack')) throw error;
		const fileName = input.sources[0]?.fileName ?? input.name;
		const sink = createDiagnosticSink(createSourceMap(), fileName);
		reportError(sink, 0, `'${input.name}' nests or chains its C code too deeply to be compiled`);
		return {kind: 'failed', diagnostics: sink.list};
	}
};

const compileAll = ({name, sources, includes, library}: CompileInput): CompileResult => {
	const sourceMap = createSourceMap();
	const diagnostics: Diagnostic[] = [];
	const units = sources.map(({fileName, text}) => {
		const checked = checkTranslationUnit({fileName, text, includes, sourceMap});
		diagnostics.push(...checked.diagnostics);
		return checked.unit;
	});
	if (hasErrors(diagnostics)) return {kind: 'failed', diagnostics};

	const objects = units.map(unit => generateUnit(unit, false));
	const sink = createDiagnosticSink(sourceMap, sources[0]?.fileName ?? name);
	const program = linkProgram(name, objects, library, sink, sourceReader(sourceMap));
	if (!program) return {kind: 'failed', diagnostics: [...diagnostics, ...sink.list]};
	return {kind: 'program', program, warnings: diagnostics};
};
