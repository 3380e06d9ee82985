/** A statement indented as if the `if` or loop above governed it (gcc's -Wmisleading-indentation). */
import type {Position} from '../ast.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {displayColumn, lineText, locate} from '../text/source-text.js';
import {peek} from './token-cursor.js';
import {warn} from './complaints.js';
import type {Parser} from './parser-state.js';

type Place = {readonly line: number; readonly column: number; readonly indent: number};

/** Line, column and the indentation of the line, in columns of a terminal; undefined within macros. */
const placeOf = (p: Parser, position: Position): Place | undefined => {
	const found = p.sink.expansions.has(position) ? undefined : locate(p.sourceMap, position);
	if (!found) return undefined;
	const text = lineText(found.file, found.line);
	return {
		line: found.line,
		column: displayColumn(text, found.column),
		indent: displayColumn(text, text.search(/\S|$/) + 1),
	};
};

const isMisleading = (guard: Place, body: Place, next: Place, isEmpty: boolean): boolean => {
	if (next.line === body.line)
		return body.line === guard.line ? guard.column === guard.indent : body.column > guard.indent;
	if (body.line === guard.line) return isEmpty && next.column > guard.indent;
	return next.column === body.column && body.column > guard.indent;
};

/**
 * To be called when the body of `word` at `guard` has been read: `body` is its first token, the parser stands at what
 * follows.
 */
export const warnMisleadingIndentation = (
	p: Parser,
	word: 'if' | 'else' | 'for' | 'while',
	guard: Position,
	body: Token,
): void => {
	const {token: next} = p;
	if (p.isPanicking || body.text === '{') return;
	if (
		next.kind === tokenKind.endOfFile ||
		['}', 'else', 'case', 'default', ';'].includes(next.text)
	)
		return;
	if (next.kind === tokenKind.identifier && peek(p).text === ':') return;
	const positions = [guard, body.position, next.position];
	if (new Set(positions).size < positions.length) return; // Two tokens of one place come from a macro
	const [from, at, after] = positions.map(position => placeOf(p, position));
	if (!from || !at || !after || !isMisleading(from, at, after, body.text === ';')) return;
	warn(p, guard, '-Wmisleading-indentation', `this '${word}' clause does not guard...`, [
		[
			next.position,
			`...this statement, but the latter is misleadingly indented as if it were guarded by the '${word}'`,
		],
	]);
};
