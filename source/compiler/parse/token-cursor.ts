/** The parser's place among the tokens: looking ahead, going on, and finding a place to go on after a syntax error. */
import {reportError} from '../text/diagnostics.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {lookAlike, nameOfCharacter} from '../text/look-alikes.js';
import {beforeToken, error, syntaxError} from './complaints.js';
import type {Parser} from './parser-state.js';
import {applyPack} from './pragma-pack.js';

/** A token that is none of the grammar's. */
const takeAside = (p: Parser, token: Token): void => {
	if (token.kind === tokenKind.pragma) applyPack(p, token);
	else complainAbout(p, token);
};

/** A character that C has no use for. Of one that stands for another, the rest of the statement is not believed. */
const complainAboutStray = (p: Parser, {text, position}: Token): void => {
	const meant = lookAlike(text);
	const advice = meant === ' ' ? 'an ordinary space' : `'${meant ?? ''}'`;
	error(
		p,
		position,
		`stray '${nameOfCharacter(text)}' in program`,
		meant === undefined
			? []
			: [[position, `this character only looks like ${advice}; type ${advice} instead`]],
	);
	if (meant !== undefined && meant !== ' ') p.isPanicking = true;
};

const complainAbout = (p: Parser, token: Token): void => {
	if (token.kind === tokenKind.other) {
		complainAboutStray(p, token);
		return;
	}

	reportError(
		p.sink,
		token.position,
		token.text === '/*'
			? 'unterminated comment'
			: `missing terminating ${token.text.includes('"') ? '"' : "'"} character`,
	);
	p.isPanicking = true; // The rest of the line is lost
};

export const advance = (p: Parser): Token => {
	const {token} = p;
	p.previousEnd = token.position + token.text.length;
	if (token.kind === tokenKind.endOfFile) return token;
	p.index++;
	let next = p.tokens[p.index] as Token;
	while (next.kind >= tokenKind.other) {
		takeAside(p, next);
		p.index++;
		next = p.tokens[p.index] as Token;
	}

	p.token = next;
	return token;
};

export const peek = (p: Parser, distance = 1): Token =>
	p.tokens[Math.min(p.index + distance, p.tokens.length - 1)] as Token;

export const is = (p: Parser, text: string): boolean => p.token.text === text;

export const accept = (p: Parser, text: string): boolean => {
	if (p.token.text !== text) return false;
	advance(p);
	return true;
};

/** Consumes `text` or reports that it is missing: behind the token before if it is to end what stands there, as gcc does. */
export const expect = (p: Parser, text: string): boolean => {
	if (accept(p, text)) return true;
	const {position: at} = p.token;
	const isBehind = [';', ')', ']'].includes(text) && !p.sink.expansions.has(at);
	const position = isBehind ? p.previousEnd : at;
	syntaxError(p, position || p.token.position, `expected '${text}' ${beforeToken(p)}`);
	return false;
};

export const isAtEnd = (p: Parser): boolean => p.token.kind === tokenKind.endOfFile;

/** Skips a balanced group whose opening bracket is the current token. */
export const skipBalanced = (p: Parser): void => {
	let depth = 0;
	while (!isAtEnd(p)) {
		const {text} = advance(p);
		if (text === '(' || text === '{' || text === '[') depth++;
		else if (text === ')' || text === '}' || text === ']') depth--;
		if (depth <= 0) return;
	}
};

/** Ends a panic: to after the next `;`, or before the `}` that closes the group we are in. */
export const recover = (p: Parser): void => {
	while (!isAtEnd(p)) {
		if (is(p, '}')) break;
		if (is(p, ';')) {
			advance(p);
			break;
		}

		if (is(p, '{')) {
			skipBalanced(p);
			break;
		}

		if (is(p, '(') || is(p, '[')) skipGroupOrStop(p);
		else advance(p);
	}

	p.isPanicking = false;
};

/** A parenthesis that isn't closed before the statement ends must not swallow the rest of the file. */
const skipGroupOrStop = (p: Parser): void => {
	advance(p);
	let depth = 1;
	while (!isAtEnd(p) && !is(p, ';') && !is(p, '{') && !is(p, '}')) {
		if (is(p, '(') || is(p, '[')) depth++;
		if (is(p, ')') || is(p, ']')) depth--;
		advance(p);
		if (depth === 0) return;
	}
};
