/**
 * What the preprocessor works on: a stack of token sources (files and expansions of macros), and the macros defined so far. A macro is
 * disabled while its own expansion is on the stack, as in cpplib.
 */
import type {DiagnosticSink} from '../text/diagnostics.js';
import {tokenizeHeader} from './header-declarations.js';
import {endToken, tokenFlag, tokenize, tokenKind, type Token} from '../text/lexer.js';
import type {Macro} from './macro.js';
import type {SourceFile, SourceMap} from '../text/source-text.js';

export type IncludedFile = {
	readonly fileName: string;
	readonly text: string;
	/** Defaults to whether it was asked for with `<>`. */
	readonly isSystem?: boolean;
};

/** Finds a header: its name as written, the file that asks, and whether it is written `<name>`. */
export type IncludeResolver = (
	name: string,
	from: string,
	isSystem: boolean,
) => IncludedFile | undefined;

/** An open `#if` group. */
type Condition = {
	readonly position: number;
	/** A branch has been taken already. */
	isTaken: boolean;
	hasElse: boolean;
};

export type Frame = {
	readonly tokens: readonly Token[];
	index: number;
	/** The macro whose expansion this is. */
	readonly macro: Macro | undefined;
	readonly file: SourceFile | undefined;
	readonly conditions: Condition[];
};

export type Preprocessor = {
	readonly map: SourceMap;
	readonly sink: DiagnosticSink;
	readonly includes: IncludeResolver;
	/** Runs a directive met inside a macro's arguments; bound late, because directives expand macros themselves. */
	readonly runDirective: (pp: Preprocessor, hash: Token) => void;
	readonly macros: Map<string, Macro>;
	/** The macros that the program itself defined, ever. */
	readonly ownMacros: Set<string>;
	/** What `#pragma push_macro` saved, by name. */
	readonly savedMacros: Map<string, Array<Macro | undefined>>;
	readonly baseFile: string;
	/** Files with `#pragma once` read already. */
	readonly once: Set<string>;
	/** What `#line` made of a file: added to the line numbers, and the name, that __LINE__ and __FILE__ give. */
	readonly presumed: Map<SourceFile, {readonly shift: number; readonly name: string}>;
	frames: Frame[];
	counter: number;
	/** After a header that can't be found, and after macros that don't end. */
	isStopped: boolean;
	/** Tokens that macros have brought so far, against `expansionLimit`. */
	expandedTokens: number;
};

/** Of a list that is read out. */
const listEnd = endToken(0);

export const topFrame = (pp: Preprocessor): Frame => pp.frames[pp.frames.length - 1] as Frame;

export const fileFrame = (file: SourceFile, {words}: SourceMap): Frame => {
	file.tokens ??= file.isSystem
		? tokenizeHeader(file, words)
		: tokenize(file.text, file.base, words);
	return {tokens: file.tokens, index: 0, macro: undefined, file, conditions: []};
};

export const popMacroFrames = (pp: Preprocessor): Frame => {
	let frame = topFrame(pp);
	while (frame.macro && frame.index >= frame.tokens.length) {
		frame.macro.isDisabled = false;
		pp.frames.pop();
		frame = topFrame(pp);
	}

	return frame;
};

/** The next token of the innermost source; of a file or list that is read out always its end token. */
export const readToken = (pp: Preprocessor): Token => {
	const top = topFrame(pp);
	const next = top.tokens[top.index];
	if (next !== undefined && next.kind !== tokenKind.endOfFile) {
		top.index++;
		return next;
	}

	const frame = popMacroFrames(pp);
	const token = frame.tokens[frame.index] ?? listEnd;
	if (token.kind !== tokenKind.endOfFile) frame.index++;
	return token;
};

/** The rest of the directive's line. */
export const readLine = (frame: Frame): readonly Token[] => {
	const start = frame.index;
	let end = start;
	while (((frame.tokens[end]?.flags ?? tokenFlag.lineStart) & tokenFlag.lineStart) === 0) end++;
	frame.index = end;
	return frame.tokens.slice(start, end);
};

/** Has these tokens read next. */
export const pushList = (pp: Preprocessor, tokens: readonly Token[]): void => {
	pp.frames.push({tokens, index: 0, macro: undefined, file: undefined, conditions: []});
};
