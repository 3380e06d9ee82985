/** Macro calls: arguments are read, the expansion is pushed to be read next (C11 6.10.3). */
import {reportError} from '../text/diagnostics.js';
import {tokenFlag, tokenKind, type Token} from '../text/lexer.js';
import {checkArgumentCount, substitute, type Macro, type MacroArgument} from './macro.js';
import {popMacroFrames, readToken, topFrame, type Preprocessor} from './preprocessor-state.js';
import {locate} from '../text/source-text.js';

/** Expands a list of its own, with every macro that is now disabled staying so. */
export const expandList = (pp: Preprocessor, tokens: readonly Token[]): readonly Token[] => {
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
			pp.runDirective(pp, token);
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
export const expandToken = (pp: Preprocessor, token: Token): Token | undefined => {
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
	if (pp.ownMacros.has(macro.name)) pp.sink.expansions.set(token.position, macro);
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
