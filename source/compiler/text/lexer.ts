/**
 * Text to preprocessing tokens (C11 6.4). The host's regular expressions cut a whole file into pieces at once, because files
 * are short: a loop over characters would run before it is compiled. Nothing is reported here, because text in skipped `#if`
 * groups may be anything: what can't be a token becomes one of kind `other` or `unterminated`, and the parser complains if it
 * ever sees it.
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
	/** A whole declaration of a bundled header, unread as yet (header-declarations.ts). */
	declaration: 9,
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

/* ---------- Pieces ---------- */

const wordCharacter = '[\\w$\\u0080-\\uffff]';
/** A backslash at the end of a line joins it with the next. */
const splice = '\\\\\\r?\\n';
const word = `[A-Za-z_$\\u0080-\\uffff]${wordCharacter}*(?:(?:${splice})+${wordCharacter}+)*`;
const digits = '(?:[eEpP][+-]|[\\w$.\\u0080-\\uffff])+';
const number = `(?=\\.?\\d)${digits}(?:(?:${splice})+(?=${wordCharacter})${digits})*`;
const prefix = '(?:L|u8?|U)?';
const quoted = (mark: string): string =>
	`${prefix}${mark}[^${mark}\\\\\\n]*(?:\\\\(?:\\r\\n|[^])[^${mark}\\\\\\n]*)*${mark}`;

/** These take any text apart without a rest. Their order matters: a literal without its end is one that isn't whole. */
const pieces = new RegExp(
	[
		'[ \\t\\r\\v\\f]+',
		'\\n',
		`//(?:[^\\n]*${splice})*[^\\n]*`,
		'/\\*[^]*?\\*/',
		'/\\*[^]*',
		quoted('"'),
		quoted("'"),
		`${prefix}["'][^\\n]*`,
		word,
		number,
		`(?:${splice})+`,
		'->|\\+\\+|--|&&|\\|\\||##|\\.\\.\\.|<<=?|>>=?|[-+*/%&|^=!<>]=',
		'[^]',
	].join('|'),
	'g',
);

const newline = 10;
const point = 46;
const slash = 47;
const quote = 34;
const asterisk = 42;
const less = 60;

/** What a piece is by its first character, if that tells; `mixed` are comments, punctuators and numbers like `.5`. */
const first = {other: 0, word: 1, prefixed: 2, number: 3, quote: 4, blank: 5, mixed: 6} as const;

const firstOf = new Uint8Array(128).map((_, code) => {
	const character = String.fromCharCode(code);
	if (/[LuU]/.test(character)) return first.prefixed;
	if (/[A-Za-z_$]/.test(character)) return first.word;
	if (/\d/.test(character)) return first.number;
	if (/["']/.test(character)) return first.quote;
	if (/[ \t\r\v\f]/.test(character)) return first.blank;
	return '{}()[];,.+-*/%&|^~!<>=?:#'.includes(character) ? first.mixed : first.other;
});

const wholeLiteral = new RegExp(`^(?:${quoted('"')}|${quoted("'")})$`);

const literalKind = (piece: string): number => {
	if (!wholeLiteral.test(piece)) return tokenKind.unterminated;
	return piece.endsWith('"') ? tokenKind.string : tokenKind.character;
};

/** What becomes no token. */
const space = -1;

const mixedKind = (piece: string, code: number): number => {
	if (piece.length === 1) return tokenKind.punctuator;
	const next = piece.charCodeAt(1);
	if (code === point && next !== point) return tokenKind.number;
	if (code !== slash || (next !== slash && next !== asterisk)) return tokenKind.punctuator;
	const isWhole = next === slash || (piece.length > 3 && piece.endsWith('*/'));
	return isWhole ? space : tokenKind.unterminated;
};

/** The kind of token that a piece is, or `space`. */
const kindOf = (piece: string, code: number): number => {
	if (code >= 128) return tokenKind.identifier;
	switch (firstOf[code]) {
		case first.word: {
			return tokenKind.identifier;
		}

		case first.prefixed: {
			return /["']/.test(piece) ? literalKind(piece) : tokenKind.identifier;
		}

		case first.number: {
			return tokenKind.number;
		}

		case first.quote: {
			return literalKind(piece);
		}

		case first.blank: {
			return space;
		}

		case first.mixed: {
			return mixedKind(piece, code);
		}

		default: {
			return piece.length > 1 ? space : tokenKind.other; // Splices, or a stray character
		}
	}
};

/* ---------- Tokens ---------- */

/** Every identifier met so far, by itself: equal ones share one string object, which makes comparing them cheap. */
export type Words = Map<string, string>;

const spellingOf = (piece: string, kind: number, words: Words): string => {
	if (kind === tokenKind.unterminated && piece.startsWith('/*')) return '/*';
	const spelling = piece.includes('\\') ? piece.replace(/\\\r?\n/g, '') : piece;
	if (kind !== tokenKind.identifier) return spelling;
	const known = words.get(spelling);
	if (known === undefined) words.set(spelling, spelling);
	return known ?? spelling;
};

const isIncludeDirective = (tokens: readonly Token[]): boolean => {
	const name = tokens[tokens.length - 1];
	const hash = tokens[tokens.length - 2];
	return (
		name !== undefined &&
		hash?.text === '#' &&
		(hash.flags & tokenFlag.lineStart) !== 0 &&
		(name.text === 'include' || name.text === 'include_next' || name.text === 'import')
	);
};

/** The header name that begins at `at`, or what there is of it on its line. */
const headerName = (text: string, at: number): {readonly kind: number; readonly text: string} => {
	const close = text.indexOf(text.charCodeAt(at) === less ? '>' : '"', at + 1);
	const end = text.indexOf('\n', at);
	if (close === -1 || (end !== -1 && close > end))
		return {kind: tokenKind.unterminated, text: text.slice(at, end === -1 ? undefined : end)};
	return {kind: tokenKind.headerName, text: text.slice(at, close + 1)};
};

/** Adds the tokens of a text whose first character has position `base`. */
export const tokenizeInto = (tokens: Token[], text: string, base: number, words: Words): void => {
	let flags: number = tokenFlag.lineStart;
	let next = 0;
	let nameEnd = 0;
	const list = text.match(pieces) ?? [];
	for (let index = 0; index < list.length; index++) {
		const piece = list[index]!;
		const at = next;
		next += piece.length;
		if (at < nameEnd) continue;
		const code = piece.charCodeAt(0);
		if (code === newline) {
			flags = tokenFlag.lineStart;
			continue;
		}

		const kind = piece === ' ' ? space : kindOf(piece, code);
		if (kind === space) {
			flags |= tokenFlag.space;
			continue;
		}

		const position = base + at;
		if ((code === less || code === quote) && isIncludeDirective(tokens)) {
			const name = headerName(text, at);
			nameEnd = at + name.text.length;
			tokens.push({kind: name.kind, text: name.text, position, flags});
		} else {
			tokens.push({kind, text: spellingOf(piece, kind, words), position, flags});
		}

		flags = 0;
	}
};

export const endToken = (position: number): Token => ({
	kind: tokenKind.endOfFile,
	text: '',
	position,
	flags: tokenFlag.lineStart,
});

/** All tokens of a text, the last of kind `endOfFile`. */
export const tokenize = (text: string, base: number, words: Words): readonly Token[] => {
	const tokens: Token[] = [];
	tokenizeInto(tokens, text.replace(/^\uFEFF/, ' '), base, words);
	tokens.push(endToken(base + text.length));
	return tokens;
};
