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
	/** `#pragma pack`: its arguments as text. The parser takes it where it stands. */
	pragma: 10,
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

/** Letters beyond ASCII that names may have: no quotes, dashes, spaces and other signs, which come from word processors. */
const letters =
	'\\u00aa\\u00b5\\u00ba\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u1fff\\u2c00-\\u2fef\\u3005-\\u3007\\u3021-\\ufdff\\ufe70-\\ufefe\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a\\uff66-\\uffdc';
const letter = new RegExp(`^[${letters}]`);
const prefix = '(?:L|u8?|U)?';
const quoted = (mark: string): string =>
	`${prefix}${mark}[^${mark}\\\\\\n]*(?:\\\\[^\\n][^${mark}\\\\\\n]*)*${mark}`;

/**
 * These take any text apart without a rest. Their order matters: a literal without its end is one that isn't whole.
 * `further` are letters of names besides those of ASCII.
 */
const createPieces = (further: string): RegExp => {
	const word = `[A-Za-z_$${further}][\\w$${further}]*`;
	const number = `(?=\\.?\\d)(?:[eEpP][+-]|[\\w$.${further}])+`;
	return new RegExp(
		[
			'[ \\t\\r\\v\\f]+',
			'\\n',
			'//[^\\n]*',
			'/\\*[^]*?\\*/',
			'/\\*[^]*',
			quoted('"'),
			quoted("'"),
			`${prefix}["'][^\\n]*`,
			word,
			number,
			'->|\\+\\+|--|&&|\\|\\||##|\\.\\.\\.|<<=?|>>=?|[-+*/%&|^=!<>]=',
			'[^]',
		].join('|'),
		'g',
	);
};

const pieces = createPieces(letters);
/** The same for texts of ASCII only: nearly all, and faster. */
const asciiPieces = createPieces('');
const beyondAscii = /[\u0080-\uffff]/;

/* ---------- Joined lines ---------- */

/** A text whose lines that end with a backslash are joined with the next (C11 5.1.1.2), and what was cut out for that. */
type Joined = {
	readonly text: string;
	/** Where in `text` something is missing, in ascending order, and how many characters. */
	readonly cuts: ReadonlyArray<{readonly at: number; readonly length: number}>;
};

const splice = /\\\r?\n/g;

const joinLines = (text: string): Joined => {
	const cuts: Array<{readonly at: number; readonly length: number}> = [];
	if (!text.includes('\\\n') && !text.includes('\\\r\n')) return {text, cuts};
	let missing = 0;
	const joined = text.replace(splice, (cut: string, at: number) => {
		cuts.push({at: at - missing, length: cut.length});
		missing += cut.length;
		return '';
	});
	return {text: joined, cuts};
};

/** Where the character at `at` of the joined text stands in the file. */
const offsetInFile = ({cuts}: Joined, at: number): number => {
	let offset = at;
	for (const cut of cuts) {
		if (cut.at > at) break;
		offset += cut.length;
	}

	return offset;
};

/** A comment with an opening of another in it, perhaps: also what looks so in strings. */
const suspectComment = /\/\*(?:(?!\*\/)[\s\S])*?\/\*/;

/** Offsets of `/*` within comments: mostly the end of the comment before was forgotten. */
export const nestedComments = (text: string): readonly number[] => {
	if (!suspectComment.test(text)) return [];
	const found: number[] = [];
	const joined = joinLines(text);
	for (const {0: piece, index} of joined.text.matchAll(pieces)) {
		const inner = piece.startsWith('/*') ? piece.indexOf('/*', 2) : -1;
		if (inner > 0) found.push(offsetInFile(joined, index + inner));
	}

	return found;
};

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
	if (code >= 128) return letter.test(piece) ? tokenKind.identifier : tokenKind.other;
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
			return tokenKind.other; // A stray character
		}
	}
};

/* ---------- Tokens ---------- */

/** Every identifier met so far, by itself: equal ones share one string object, which makes comparing them cheap. */
export type Words = Map<string, string>;

const spellingOf = (piece: string, kind: number, words: Words): string => {
	if (kind === tokenKind.unterminated && piece.startsWith('/*')) return '/*';
	if (kind !== tokenKind.identifier) return piece;
	const known = words.get(piece);
	if (known === undefined) words.set(piece, piece);
	return known ?? piece;
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
export const tokenizeInto = (tokens: Token[], file: string, base: number, words: Words): void => {
	const {text, cuts} = joinLines(file);
	let nextCut = 0;
	let cutOut = 0;
	let flags: number = tokenFlag.lineStart;
	let next = 0;
	let nameEnd = 0;
	const list = text.match(beyondAscii.test(text) ? pieces : asciiPieces) ?? [];
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

		while (nextCut < cuts.length && cuts[nextCut]!.at <= at) cutOut += cuts[nextCut++]!.length;
		const position = base + at + cutOut;
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
