/**
 * Function declarations of bundled headers, read only if the program wants them: most of what headers hold, and reading it all
 * would take longer than the program. A header's text is cut before it is taken apart; each such declaration becomes one
 * token, which stays in its place until the preprocessor is done and all words of the program are known.
 */
import {
	endToken,
	tokenFlag,
	tokenizeInto,
	tokenKind,
	type Token,
	type Words,
} from '../text/lexer.js';
import type {Preprocessed} from './preprocessor.js';
import type {SourceFile} from '../text/source-text.js';

/** `extern int f(…);` that begins a line and ends one. Bundled headers use no macros in them (a test sees to it). */
const declaration = /^extern [\w *]*?(\w+)\([^;{=#/"]*\);$/gm;

/** Not the name of what is declared: `extern void (*f)(void);`. */
const notNames = new Set(['void', 'int', 'long', 'char', 'short', 'unsigned', 'double', 'float']);

/** The tokens of a bundled header. */
export const tokenizeHeader = ({text, base}: SourceFile, words: Words): readonly Token[] => {
	const tokens: Token[] = [];
	let done = 0;
	for (const {0: whole, 1: name = '', index} of text.matchAll(declaration)) {
		if (notNames.has(name)) continue;
		if (index > done + 1) tokenizeInto(tokens, text.slice(done, index), base + done, words);
		const position = base + index;
		tokens.push({kind: tokenKind.declaration, text: whole, position, flags: tokenFlag.lineStart});
		done = index + whole.length;
	}

	tokenizeInto(tokens, text.slice(done), base + done, words);
	tokens.push(endToken(base + text.length));
	return tokens;
};

/** Whether one of these names stands in the declaration. */
export const mentionsAny = ({text}: Token, names: ReadonlySet<string>): boolean =>
	names.size > 0 && (text.match(/\w+/g) ?? []).some(word => names.has(word));

export const readDeclaration = ({text, position}: Token, words: Words): readonly Token[] => {
	const tokens: Token[] = [];
	tokenizeInto(tokens, text, position, words);
	return tokens;
};

const builtinPrefix = '__builtin_';

/** The tokens with the declarations of `words` read and the others left out. Without `isWanted` all are read. */
export const withDeclarations = (
	{tokens, declarationsEnd}: Preprocessed,
	words: Words,
	areAllWanted: boolean,
): readonly Token[] => {
	const isWanted = (name: string): boolean =>
		areAllWanted || words.has(name) || words.has(builtinPrefix + name);
	const output: Token[] = [];
	for (let index = 0; index < declarationsEnd; index++) {
		const token = tokens[index]!;
		if (token.kind !== tokenKind.declaration) output.push(token);
		else if (isWanted(/(\w+)\(/.exec(token.text)?.[1] ?? ''))
			tokenizeInto(output, token.text, token.position, words);
	}

	return output.concat(tokens.slice(declarationsEnd));
};
