/**
 * Translation phases 3 and 4 (C11 6.10): directives and macro expansion, from the tokens of the main file to those the parser reads.
 * Headers come through a callback, so there is no file system here; their tokens are cached in the source map.
 */
import {reportError, type DiagnosticSink} from '../text/diagnostics.js';
import {runDirective, warnNestedComments} from './directives.js';
import {mentionsAny, readDeclaration} from './header-declarations.js';
import {endToken, tokenFlag, tokenize, tokenKind, type Token} from '../text/lexer.js';
import {expandToken} from './macro-expansion.js';
import type {Macro} from './macro.js';
import {predefinedMacros} from './predefined-macros.js';
import {
	fileFrame,
	pushList,
	readToken,
	topFrame,
	type Frame,
	type IncludeResolver,
	type Preprocessor,
} from './preprocessor-state.js';
import type {SourceFile, SourceMap} from '../text/source-text.js';

const builtinMacro = (name: string, builtin: Macro['builtin']): Macro => ({
	name,
	parameters: undefined,
	isVariadic: false,
	body: [],
	position: 0,
	builtin,
	isDisabled: false,
});

/** Defines `name` as on a command line: `-Dname=value`. */
const defineText = (pp: Preprocessor, name: string, value: string): void => {
	const body = tokenize(value, 0, pp.map.words).slice(0, -1);
	pp.macros.set(name, {...builtinMacro(name, undefined), body});
};

const closeFile = (pp: Preprocessor, frame: Frame): void => {
	for (const condition of frame.conditions)
		reportError(
			pp.sink,
			condition.position,
			'unterminated conditional directive (#if without #endif)',
		);
	pp.frames.pop();
};

/** `_Pragma("text")`: nothing remains. */
const skipPragmaOperator = (pp: Preprocessor): void => {
	for (let index = 0; index < 3; index++) readToken(pp);
};

/** Moves the tokens that mean nothing to the preprocessor, up to the first that may: by far the most. */
const copyPlain = (pp: Preprocessor, output: Token[]): void => {
	const frame = topFrame(pp);
	const {tokens} = frame;
	let {index} = frame;
	for (; index < tokens.length; index++) {
		const token = tokens[index]!;
		const {kind, text} = token;
		if (kind === tokenKind.identifier) {
			if (pp.macros.has(text) || text === '_Pragma') break;
		} else if (
			kind === tokenKind.endOfFile ||
			kind === tokenKind.declaration ||
			(text === '#' && (token.flags & tokenFlag.lineStart) !== 0)
		) {
			break;
		}

		output.push(token);
	}

	frame.index = index;
};

export type PreprocessorInput = {
	readonly map: SourceMap;
	readonly sink: DiagnosticSink;
	readonly file: SourceFile;
	readonly includes: IncludeResolver;
	/** Predefined macros. */
	readonly defines: ReadonlyMap<string, string>;
};

export type Preprocessed = {
	/** Ends with a token of kind `endOfFile`. */
	readonly tokens: readonly Token[];
	/** Behind the last declaration that is unread as yet (header-declarations.ts). */
	readonly declarationsEnd: number;
	/** A header was missing: there is no use in parsing. */
	readonly isStopped: boolean;
	readonly macros: ReadonlyMap<string, Macro>;
};

export const preprocess = ({
	map,
	sink,
	file,
	includes,
	defines,
}: PreprocessorInput): Preprocessed => {
	const pp: Preprocessor = {
		map,
		sink,
		includes,
		runDirective,
		macros: new Map(),
		ownMacros: new Set(),
		savedMacros: new Map(),
		baseFile: file.name,
		once: new Set(),
		presumed: new Map(),
		frames: [fileFrame(file, map)],
		counter: 0,
		isStopped: false,
		expandedTokens: 0,
	};
	for (const [name, value] of defines) {
		defineText(pp, name, value);
		if (!predefinedMacros.has(name)) pp.ownMacros.add(name);
	}

	pp.macros.set('__LINE__', builtinMacro('__LINE__', 'line'));
	pp.macros.set('__FILE__', builtinMacro('__FILE__', 'file'));
	pp.macros.set('__COUNTER__', builtinMacro('__COUNTER__', 'counter'));
	pp.macros.set('__BASE_FILE__', builtinMacro('__BASE_FILE__', 'base-file'));
	pp.macros.set('__INCLUDE_LEVEL__', builtinMacro('__INCLUDE_LEVEL__', 'include-level'));

	warnNestedComments(pp, file);
	const output: Token[] = [];
	let declarationsEnd = 0;
	while (!pp.isStopped) {
		copyPlain(pp, output);
		const token = readToken(pp);
		if (token.kind === tokenKind.endOfFile) {
			if (pp.frames.length === 1) {
				closeFile(pp, topFrame(pp));
				output.push(token);
				break;
			}

			closeFile(pp, topFrame(pp));
		} else if (
			token.text === '#' &&
			(token.flags & tokenFlag.lineStart) !== 0 &&
			topFrame(pp).file
		) {
			runDirective(pp, token);
		} else if (token.kind === tokenKind.declaration) {
			if (mentionsAny(token, pp.ownMacros)) pushList(pp, readDeclaration(token, map.words));
			else declarationsEnd = output.push(token);
		} else if (token.text === '_Pragma') {
			skipPragmaOperator(pp);
		} else {
			const final = expandToken(pp, token);
			if (final) output.push(final);
		}
	}

	if (pp.isStopped) output.push(endToken(file.base));
	return {tokens: output, declarationsEnd, isStopped: pp.isStopped, macros: pp.macros};
};
