/**
 * Text to preprocessing tokens (C11 6.4), by character codes. One pass over a whole file; nothing is reported here, because
 * text in skipped `#if` groups may be anything: what can't be a token becomes one of kind `other` or `unterminated`, and the
 * parser complains if it ever sees it.
 */

export const tokenKind = {
	endOfFile: 0,
	identifier: 1,
	number: 2,
	character: 3,
	string: 4,
	punctuator: 5,
	/** `<stdio.h>` or `"x.h"` after `#include`, with its delimiters. */
	headerName: 6,
	other: 7,
	/** A character constant, string or comment without its end. */
	unterminated: 8,
} as const;

export const tokenFlag = {
	/** First on its line. */
	lineStart: 1,
	/** White space before it. */
	space: 2,
	/** A macro's name met inside that macro's own expansion: never expanded again. */
	noExpand: 4,
} as const;

export type Token = {
	readonly kind: number;
	/** The spelling; literals with quotes and prefix. Identifiers and punctuators can be told by it alone. */
	readonly text: string;
	/** In the source map's offset space. For tokens of a macro's body: where the macro is used. */
	readonly position: number;
	/** `tokenFlag` bits. */
	readonly flags: number;
};

const letter = 1;
const digit = 2;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
	if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code === 36)
		classes[code] = letter;
	if (code >= 48 && code <= 57) classes[code] = digit;
}

const isLetter = (code: number): boolean => (code < 128 ? classes[code] === letter : code >= 128);
const isWord = (code: number): boolean => (code < 128 ? classes[code] !== 0 : code >= 128);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

const singles: string[] = Array.from({length: 128}, (_, code) => String.fromCharCode(code));
const punctuatorCodes = new Uint8Array(128);
for (const character of '{}()[];,.+-*/%&|^~!<>=?:#') punctuatorCodes[character.charCodeAt(0)] = 1;

const pairs = new Map<number, string>();
for (const pair of [
	'->',
	'++',
	'--',
	'<<',
	'>>',
	'<=',
	'>=',
	'==',
	'!=',
	'&&',
	'||',
	'*=',
	'/=',
	'%=',
	'+=',
	'-=',
	'&=',
	'^=',
	'|=',
	'##',
]) {
	pairs.set((pair.charCodeAt(0) << 8) | pair.charCodeAt(1), pair);
}

const newline = 10;
const backslash = 92;
const quote = 34;
const apostrophe = 39;

/** End of a backslash-newline at `at`, or `at` itself if there is none. */
const skipSplices = (text: string, at: number): number => {
	let index = at;
	while (text.charCodeAt(index) === backslash) {
		const next = text.charCodeAt(index + 1);
		if (next === newline) index += 2;
		else if (next === 13 && text.charCodeAt(index + 2) === newline) index += 3;
		else break;
	}

	return index;
};

const withoutSplices = (text: string): string => text.replace(/\\\r?\n/g, '');

const skipLineComment = (text: string, at: number): number => {
	let end = text.indexOf('\n', at);
	while (
		end !== -1 &&
		(text.charCodeAt(end - 1) === backslash ||
			(text.charCodeAt(end - 1) === 13 && text.charCodeAt(end - 2) === backslash))
	) {
		end = text.indexOf('\n', end + 1);
	}

	return end === -1 ? text.length : end;
};

// By the host's regular expressions, because files are short: a loop over characters would run before it is compiled.
const wordRun = /[\w$\u0080-\uffff]+/y;
const numberRun = /(?:[eEpP][+-]|[\w$.\u0080-\uffff])+/y;

/** End of the run of word characters (and, in numbers, `.`, `e+`, `p-`) from `at`, splices included. */
const scanWord = (text: string, at: number, isNumber: boolean): number => {
	const run = isNumber ? numberRun : wordRun;
	let index = at;
	for (;;) {
		run.lastIndex = index;
		if (run.test(text)) index = run.lastIndex;
		if (text.charCodeAt(index) !== backslash) return index;
		const after = skipSplices(text, index);
		if (after === index || !isWord(text.charCodeAt(after))) return index;
		index = after;
	}
};

/** End of the literal whose opening quote is at `at`, or -1 if the line ends first. */
const scanQuoted = (text: string, at: number, closing: number): number => {
	let index = at + 1;
	for (;;) {
		const code = text.charCodeAt(index);
		if (code === closing) return index + 1;
		if (code === newline || Number.isNaN(code)) return -1;
		if (code === backslash) {
			const after = skipSplices(text, index);
			index = after === index ? index + 2 : after;
		} else {
			index++;
		}
	}
};

const scanPunctuator = (text: string, at: number, code: number): string => {
	const next = text.charCodeAt(at + 1);
	const pair = next < 128 ? pairs.get((code << 8) | next) : undefined;
	if (pair === undefined) {
		return code === 46 && next === 46 && text.charCodeAt(at + 2) === 46
			? '...'
			: (singles[code] ?? '');
	}

	if (text.charCodeAt(at + 2) === 61 && (pair === '<<' || pair === '>>'))
		return pair === '<<' ? '<<=' : '>>=';
	return pair;
};

/** Keywords and common names share one string object, which makes comparing them cheap. */
const interned = new Map<string, string>();

const isLiteralPrefix = (word: string): boolean =>
	word === 'L' || word === 'u' || word === 'U' || word === 'u8';

const isIncludeDirective = (tokens: readonly Token[]): boolean => {
	const word = tokens[tokens.length - 1];
	const hash = tokens[tokens.length - 2];
	return (
		word !== undefined &&
		hash?.text === '#' &&
		(hash.flags & tokenFlag.lineStart) !== 0 &&
		(word.text === 'include' || word.text === 'include_next' || word.text === 'import')
	);
};

/** All tokens of a file, the last of kind `endOfFile`. Positions start at `base`. */
export const tokenize = (text: string, base: number): readonly Token[] => {
	const tokens: Token[] = [];
	const length = text.length;
	let index = text.charCodeAt(0) === 0xfe_ff ? 1 : 0;
	let flags: number = tokenFlag.lineStart;
	const push = (kind: number, start: number, end: number, spelling?: string): void => {
		let word = spelling ?? text.slice(start, end);
		if (kind === tokenKind.identifier) {
			const known = interned.get(word);
			if (known === undefined) interned.set(word, word);
			else word = known;
		}

		tokens.push({kind, text: word, position: base + start, flags});
		flags = 0;
		index = end;
	};

	const pushQuoted = (start: number, open: number, closing: number): void => {
		const end = scanQuoted(text, open, closing);
		if (end === -1) {
			const lineEnd = text.indexOf('\n', start);
			push(tokenKind.unterminated, start, lineEnd === -1 ? length : lineEnd);
			return;
		}

		const spelling = text.slice(start, end);
		push(
			closing === quote ? tokenKind.string : tokenKind.character,
			start,
			end,
			spelling.includes('\n') ? withoutSplices(spelling) : spelling,
		);
	};

	while (index < length) {
		const code = text.charCodeAt(index);
		if (code === newline) {
			flags = tokenFlag.lineStart;
			index++;
		} else if (code === 32 || code === 9 || code === 13 || code === 11 || code === 12) {
			flags |= tokenFlag.space;
			index++;
		} else if (isLetter(code)) {
			const end = scanWord(text, index, false);
			const after = text.charCodeAt(end);
			let word = text.slice(index, end);
			if (word.includes('\\')) word = withoutSplices(word);
			if ((after === quote || after === apostrophe) && isLiteralPrefix(word))
				pushQuoted(index, end, after);
			else push(tokenKind.identifier, index, end, word);
		} else if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(index + 1)))) {
			const end = scanWord(text, index, true);
			const word = text.slice(index, end);
			push(tokenKind.number, index, end, word.includes('\\') ? withoutSplices(word) : word);
		} else if (code === 47 && text.charCodeAt(index + 1) === 47) {
			index = skipLineComment(text, index);
			flags |= tokenFlag.space;
		} else if (code === 47 && text.charCodeAt(index + 1) === 42) {
			const end = text.indexOf('*/', index + 2);
			if (end === -1) {
				push(tokenKind.unterminated, index, length, '/*');
			} else {
				flags |= tokenFlag.space;
				index = end + 2;
			}
		} else if ((code === 60 || code === quote) && isIncludeDirective(tokens)) {
			const close = text.indexOf(code === 60 ? '>' : '"', index + 1);
			const lineEnd = text.indexOf('\n', index);
			if (close === -1 || (lineEnd !== -1 && close > lineEnd))
				push(tokenKind.unterminated, index, lineEnd === -1 ? length : lineEnd);
			else push(tokenKind.headerName, index, close + 1);
		} else if (code === quote || code === apostrophe) {
			pushQuoted(index, index, code);
		} else if (code === backslash) {
			const after = skipSplices(text, index);
			if (after === index) {
				push(tokenKind.other, index, index + 1);
			} else {
				flags |= tokenFlag.space;
				index = after;
			}
		} else if (code < 128 && punctuatorCodes[code] === 1) {
			const spelling = scanPunctuator(text, index, code);
			push(tokenKind.punctuator, index, index + spelling.length, spelling);
		} else {
			push(tokenKind.other, index, index + 1);
		}
	}

	flags |= tokenFlag.lineStart;
	push(tokenKind.endOfFile, length, length, '');
	return tokens;
};
