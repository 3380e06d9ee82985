/**
 * Translation phases 3 and 4 (C11 6.10): directives and macro expansion, from the tokens of the main file to those the parser
 * reads. Macro expansion follows cpplib: a stack of token sources, a macro being disabled while its own expansion is on the
 * stack. Headers come through a callback, so there is no file system here; their tokens are cached in the source map.
 */
import {reportError, reportWarning, type DiagnosticSink} from './diagnostics.js';
import {tokenFlag, tokenKind, tokenize, type Token} from './lexer.js';
import {
	checkArgumentCount,
	isSameMacro,
	parseMacro,
	substitute,
	warnRedefined,
	type Macro,
	type MacroArgument,
} from './macro.js';
import {evaluateCondition} from './preprocessor-condition.js';
import {addSourceFile, locate, type SourceFile, type SourceMap} from './source-text.js';

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

type Frame = {
	readonly tokens: readonly Token[];
	index: number;
	/** The macro whose expansion this is. */
	readonly macro: Macro | undefined;
	readonly file: SourceFile | undefined;
	readonly conditions: Condition[];
};

type Preprocessor = {
	readonly map: SourceMap;
	readonly sink: DiagnosticSink;
	readonly includes: IncludeResolver;
	readonly macros: Map<string, Macro>;
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

const maximumIncludeDepth = 100;

const endToken: Token = {
	kind: tokenKind.endOfFile,
	text: '',
	position: 0,
	flags: tokenFlag.lineStart,
};

const topFrame = (pp: Preprocessor): Frame => pp.frames[pp.frames.length - 1] as Frame;

const fileFrame = (file: SourceFile): Frame => {
	file.tokens ??= tokenize(file.text, file.base);
	return {tokens: file.tokens, index: 0, macro: undefined, file, conditions: []};
};

const popMacroFrames = (pp: Preprocessor): Frame => {
	let frame = topFrame(pp);
	while (frame.macro && frame.index >= frame.tokens.length) {
		frame.macro.isDisabled = false;
		pp.frames.pop();
		frame = topFrame(pp);
	}

	return frame;
};

/** The next token of the innermost source; of a file or list that is read out always its end token. */
const readToken = (pp: Preprocessor): Token => {
	const top = topFrame(pp);
	const next = top.tokens[top.index];
	if (next !== undefined && next.kind !== tokenKind.endOfFile) {
		top.index++;
		return next;
	}

	const frame = popMacroFrames(pp);
	const token = frame.tokens[frame.index] ?? endToken;
	if (token.kind !== tokenKind.endOfFile) frame.index++;
	return token;
};

/** The rest of the directive's line. */
const readLine = (frame: Frame): readonly Token[] => {
	const start = frame.index;
	let end = start;
	while (((frame.tokens[end]?.flags ?? tokenFlag.lineStart) & tokenFlag.lineStart) === 0) end++;
	frame.index = end;
	return frame.tokens.slice(start, end);
};

/* ---------- Macro expansion ---------- */

/** Expands a list of its own, with every macro that is now disabled staying so. */
const expandList = (pp: Preprocessor, tokens: readonly Token[]): readonly Token[] => {
	if (!tokens.some(token => token.kind === tokenKind.identifier && pp.macros.has(token.text)))
		return tokens;
	const saved = pp.frames;
	pp.frames = [{tokens, index: 0, macro: undefined, file: undefined, conditions: []}];
	const output: Token[] = [];
	for (let token = readToken(pp); token.kind !== tokenKind.endOfFile; token = readToken(pp)) {
		const final = expandToken(pp, token);
		if (final) output.push(final);
	}

	pp.frames = saved;
	return output;
};

/** Arguments between the parentheses of a macro call, `(` being read already. Undefined if the end of the file comes first. */
const readArguments = (
	pp: Preprocessor,
	macro: Macro,
	position: number,
): MacroArgument[] | undefined => {
	const parameterCount = macro.parameters?.length ?? 0;
	const lists: Token[][] = [];
	let current: Token[] = [];
	let depth = 0;
	for (;;) {
		const token = readToken(pp);
		const isDirective =
			token.text === '#' &&
			(token.flags & tokenFlag.lineStart) !== 0 &&
			topFrame(pp).file !== undefined;
		if (token.kind === tokenKind.endOfFile) {
			reportError(pp.sink, position, `unterminated argument list invoking macro "${macro.name}"`);
			return undefined;
		}

		if (isDirective) {
			runDirective(pp, token);
		} else if (token.text === ')' && depth === 0) {
			break;
		} else if (
			token.text === ',' &&
			depth === 0 &&
			!(macro.isVariadic && lists.length >= parameterCount - 1)
		) {
			lists.push(current);
			current = [];
		} else {
			if (token.text === '(') depth++;
			if (token.text === ')') depth--;
			current.push(
				(token.flags & tokenFlag.lineStart) === 0
					? token
					: {...token, flags: (token.flags & ~tokenFlag.lineStart) | tokenFlag.space},
			);
		}
	}

	if (current.length > 0 || lists.length > 0 || parameterCount > 0) lists.push(current);
	const args: MacroArgument[] = [];
	for (const tokens of lists) {
		let expanded: readonly Token[] | undefined;
		args.push({tokens, expand: () => (expanded ??= expandList(pp, tokens))});
	}

	return args;
};

const builtinToken = (pp: Preprocessor, macro: Macro, token: Token): Token => {
	const number = (value: number): Token => ({
		kind: tokenKind.number,
		text: String(value),
		position: token.position,
		flags: token.flags,
	});
	const text = (value: string): Token => ({
		kind: tokenKind.string,
		text: `"${value.replace(/["\\]/g, '\\$&')}"`,
		position: token.position,
		flags: token.flags,
	});
	switch (macro.builtin) {
		case 'line': {
			const place = locate(pp.map, token.position);
			return number(place ? place.line + (pp.presumed.get(place.file)?.shift ?? 0) : 0);
		}

		case 'counter': {
			return number(pp.counter++);
		}

		case 'include-level': {
			return number(pp.frames.filter(frame => frame.file).length - 1);
		}

		case 'base-file': {
			return text(pp.baseFile);
		}

		default: {
			const file = locate(pp.map, token.position)?.file;
			return text((file && pp.presumed.get(file)?.name) ?? file?.name ?? pp.baseFile);
		}
	}
};

/** Forty macros of which each uses the one before twice would fill any memory. */
const expansionLimit = 2_000_000;

/** The token itself if it is no macro call; otherwise pushes the expansion and returns undefined. */
const expandToken = (pp: Preprocessor, token: Token): Token | undefined => {
	if (token.kind !== tokenKind.identifier) return token;
	const macro = pp.macros.get(token.text);
	if (!macro || (token.flags & tokenFlag.noExpand) !== 0) return token;
	if (macro.isDisabled) return {...token, flags: token.flags | tokenFlag.noExpand};
	if (macro.builtin) return builtinToken(pp, macro, token);
	let args: MacroArgument[] = [];
	if (macro.parameters) {
		const frame = popMacroFrames(pp);
		if (frame.tokens[frame.index]?.text !== '(') return token;
		readToken(pp);
		const read = readArguments(pp, macro, token.position);
		if (!read) return undefined;
		args = read;
		if (!checkArgumentCount(macro, args.length, token.position, pp.sink))
			return {kind: tokenKind.number, text: '0', position: token.position, flags: 0};
		if (args.length < macro.parameters.length) args.push({tokens: [], expand: () => []});
	}

	const body = substitute(macro, args, token.position, pp.sink);
	pp.expandedTokens += body.length;
	if (pp.expandedTokens > expansionLimit) {
		reportError(pp.sink, token.position, `macro '${macro.name}' expands without reasonable end`);
		pp.isStopped = true;
		return undefined;
	}

	const [first] = body;
	const spaced =
		first && first.flags !== token.flags
			? [
					{...first, flags: (first.flags & tokenFlag.noExpand) | (token.flags & tokenFlag.space)},
					...body.slice(1),
				]
			: body;
	macro.isDisabled = true;
	pp.frames.push({tokens: spaced, index: 0, macro, file: undefined, conditions: []});
	return undefined;
};

/* ---------- Directives ---------- */

const isConditional = (word: string): boolean =>
	word === 'if' || word === 'ifdef' || word === 'ifndef';

/** Skips to the directive that ends this group and runs it (`#elif`, `#else`, `#endif` of the innermost open condition). */
const skipGroup = (pp: Preprocessor): void => {
	const frame = topFrame(pp);
	let depth = 0;
	for (;;) {
		const token = frame.tokens[frame.index];
		if (!token || token.kind === tokenKind.endOfFile) return;
		frame.index++;
		if (token.text !== '#' || (token.flags & tokenFlag.lineStart) === 0) continue;
		const word = frame.tokens[frame.index]?.text ?? '';
		if (isConditional(word)) {
			depth++;
		} else if (word === 'endif' && depth > 0) {
			depth--;
		} else if (depth === 0 && (word === 'endif' || word === 'else' || word === 'elif')) {
			runDirective(pp, token);
			return;
		}
	}
};

/** `#if` and `#elif` expressions: `defined` is answered before macros are expanded. */
const isTrue = (pp: Preprocessor, line: readonly Token[], directive: Token): boolean => {
	const tokens: Token[] = [];
	for (let index = 0; index < line.length; index++) {
		const token = line[index] as Token;
		if (token.text !== 'defined') {
			tokens.push(token);
			continue;
		}

		const hasParenthesis = line[index + 1]?.text === '(';
		const name = line[index + (hasParenthesis ? 2 : 1)];
		if (name?.kind !== tokenKind.identifier || (hasParenthesis && line[index + 3]?.text !== ')')) {
			reportError(pp.sink, token.position, 'operator "defined" requires an identifier');
			return false;
		}

		tokens.push({
			kind: tokenKind.number,
			text: pp.macros.has(name.text) ? '1' : '0',
			position: name.position,
			flags: 0,
		});
		index += hasParenthesis ? 3 : 1;
	}

	return evaluateCondition(expandList(pp, tokens), directive.position, pp.sink);
};

const openCondition = (pp: Preprocessor, directive: Token, isTaken: boolean): void => {
	topFrame(pp).conditions.push({position: directive.position, isTaken, hasElse: false});
	if (!isTaken) skipGroup(pp);
};

const runElse = (pp: Preprocessor, word: 'else' | 'elif', directive: Token): void => {
	const frame = topFrame(pp);
	const condition = frame.conditions[frame.conditions.length - 1];
	const line = readLine(frame);
	if (!condition || condition.hasElse) {
		reportError(
			pp.sink,
			directive.position,
			condition ? `#${word} after #else` : `#${word} without #if`,
		);
		return;
	}

	if (word === 'else') condition.hasElse = true;
	if (condition.isTaken || (word === 'elif' && !isTrue(pp, line, directive))) {
		skipGroup(pp);
		return;
	}

	condition.isTaken = true;
};

const runInclude = (pp: Preprocessor, directive: Token): void => {
	const frame = topFrame(pp);
	let line = readLine(frame);
	if (line[0] && line[0].kind !== tokenKind.headerName) line = expandList(pp, line);
	const first = line[0];
	let spelling = first?.text ?? '';
	if (first?.text === '<') spelling = line.map(token => token.text).join('');
	const isSystem = spelling.startsWith('<') && spelling.endsWith('>');
	if (
		!first ||
		!(isSystem || (spelling.startsWith('"') && spelling.endsWith('"') && spelling.length > 1))
	) {
		reportError(
			pp.sink,
			(first ?? directive).position,
			'#include expects "FILENAME" or <FILENAME>',
		);
		return;
	}

	const name = spelling.slice(1, -1);
	const from = frame.file?.name ?? pp.baseFile;
	const found = pp.includes(name, from, isSystem);
	if (!found) {
		reportError(pp.sink, first.position, `${name}: No such file or directory`, [
			[
				0,
				isSystem
					? 'headers in <> are those that ipctop brings along'
					: 'headers in "" are files beside the program, or those that ipctop brings along',
			],
		]);
		pp.isStopped = true;
		return;
	}

	if (pp.once.has(found.fileName)) return;
	if (pp.frames.length >= maximumIncludeDepth) {
		reportError(
			pp.sink,
			first.position,
			`#include nested depth ${pp.frames.length} exceeds maximum of ${maximumIncludeDepth}`,
		);
		pp.isStopped = true;
		return;
	}

	const file = addSourceFile(
		pp.map,
		found.fileName,
		found.text,
		found.isSystem ?? (isSystem || (frame.file?.isSystem ?? false)),
		directive.position,
	);
	file.includedAt = directive.position;
	pp.frames.push(fileFrame(file));
};

const runDefine = (pp: Preprocessor, directive: Token): void => {
	const macro = parseMacro(readLine(topFrame(pp)), pp.sink, directive);
	if (!macro) return;
	const old = pp.macros.get(macro.name);
	if (old && !old.builtin && !isSameMacro(old, macro)) warnRedefined(old, macro, pp.sink);
	pp.macros.set(macro.name, macro);
};

/** `#line 7 "name"`. Diagnostics and the debugger stay with the file as it is; only __LINE__ and __FILE__ follow. */
const runLine = (pp: Preprocessor, directive: Token): void => {
	const [number, name] = expandList(pp, readLine(topFrame(pp)));
	const place = locate(pp.map, directive.position);
	if (!place) return;
	if (number?.kind !== tokenKind.number || !/^\d+$/.test(number.text)) {
		reportError(
			pp.sink,
			(number ?? directive).position,
			'#line expects a line number, and after it at most a file name',
		);
		return;
	}

	const old = pp.presumed.get(place.file)?.name ?? place.file.name;
	pp.presumed.set(place.file, {
		shift: Number(number.text) - place.line - 1,
		name: name?.kind === tokenKind.string ? name.text.slice(1, -1) : old,
	});
};

/** Name of `#ifdef`, `#ifndef`, `#undef`. */
const readName = (pp: Preprocessor, directive: Token, word: string): string | undefined => {
	const [name] = readLine(topFrame(pp));
	if (name?.kind === tokenKind.identifier) return name.text;
	reportError(
		pp.sink,
		(name ?? directive).position,
		name ? 'macro names must be identifiers' : `no macro name given in #${word} directive`,
	);
	return undefined;
};

/** The text of an `#error` or `#warning` line as written. */
const messageText = (pp: Preprocessor, line: readonly Token[]): string => {
	const [first] = line;
	const last = line[line.length - 1];
	const file = topFrame(pp).file;
	if (!first || !last || !file) return '';
	return file.text
		.slice(first.position - file.base, last.position - file.base + last.text.length)
		.replace(/\\\r?\n/g, '');
};

/** A directive whose `#` has been read. */
const runDirective = (pp: Preprocessor, hash: Token): void => {
	const frame = topFrame(pp);
	const word = frame.tokens[frame.index];
	if (!word || (word.flags & tokenFlag.lineStart) !== 0) return; // `#` alone
	frame.index++;
	switch (word.text) {
		case 'include':
		case 'import': {
			runInclude(pp, word);
			return;
		}

		case 'define': {
			runDefine(pp, word);
			return;
		}

		case 'undef': {
			const name = readName(pp, word, 'undef');
			if (name !== undefined) pp.macros.delete(name);
			return;
		}

		case 'if': {
			openCondition(pp, word, isTrue(pp, readLine(frame), word));
			return;
		}

		case 'ifdef':
		case 'ifndef': {
			const name = readName(pp, word, word.text);
			openCondition(pp, word, pp.macros.has(name ?? '') === (word.text === 'ifdef'));
			return;
		}

		case 'elif':
		case 'else': {
			runElse(pp, word.text, word);
			return;
		}

		case 'endif': {
			readLine(frame);
			if (!frame.conditions.pop()) reportError(pp.sink, word.position, '#endif without #if');
			return;
		}

		case 'error': {
			reportError(pp.sink, word.position, `#error ${messageText(pp, readLine(frame))}`);
			return;
		}

		case 'warning': {
			reportWarning(
				pp.sink,
				word.position,
				'-Wcpp',
				`#warning ${messageText(pp, readLine(frame))}`,
			);
			return;
		}

		case 'pragma': {
			const line = readLine(frame);
			if (line[0]?.text === 'once' && frame.file) pp.once.add(frame.file.name);
			return;
		}

		case 'line': {
			runLine(pp, word);
			return;
		}

		case 'ident': {
			readLine(frame);
			return;
		}

		default: {
			readLine(frame);
			if (word.kind === tokenKind.number) return; // A line marker of another preprocessor
			reportError(
				pp.sink,
				hash.position,
				word.text === 'include_next'
					? '#include_next is not supported'
					: `invalid preprocessing directive #${word.text}`,
			);
		}
	}
};

/* ---------- The whole ---------- */

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
	const body = tokenize(value, 0).slice(0, -1);
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
		macros: new Map(),
		baseFile: file.name,
		once: new Set(),
		presumed: new Map(),
		frames: [fileFrame(file)],
		counter: 0,
		isStopped: false,
		expandedTokens: 0,
	};
	for (const [name, value] of defines) defineText(pp, name, value);
	pp.macros.set('__LINE__', builtinMacro('__LINE__', 'line'));
	pp.macros.set('__FILE__', builtinMacro('__FILE__', 'file'));
	pp.macros.set('__COUNTER__', builtinMacro('__COUNTER__', 'counter'));
	pp.macros.set('__BASE_FILE__', builtinMacro('__BASE_FILE__', 'base-file'));
	pp.macros.set('__INCLUDE_LEVEL__', builtinMacro('__INCLUDE_LEVEL__', 'include-level'));

	const output: Token[] = [];
	while (!pp.isStopped) {
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
		} else if (token.text === '_Pragma') {
			skipPragmaOperator(pp);
		} else {
			const final = expandToken(pp, token);
			if (final) output.push(final);
		}
	}

	if (pp.isStopped) output.push({...endToken, position: file.base});
	return {tokens: output, isStopped: pp.isStopped, macros: pp.macros};
};
