/** What the parser says of the source: nothing while it panics, until it has found a place to go on. */
import type {Position} from '../ast.js';
import {reportError, reportWarning, type NoteAt} from '../text/diagnostics.js';
import {tokenKind} from '../text/lexer.js';
import type {Parser} from './parser-state.js';

export const error = (
	p: Parser,
	position: Position,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	if (!p.isPanicking) reportError(p.sink, position, message, notes);
};

export const warn = (
	p: Parser,
	position: Position,
	option: string,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	if (!p.isPanicking) reportWarning(p.sink, position, option, message, notes);
};

/** Reports and starts panicking. */
export const syntaxError = (
	p: Parser,
	position: Position,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	error(p, position, message, notes);
	p.isPanicking = true;
};

/** `before 'x'`, as gcc puts it. */
export const beforeToken = (p: Parser): string => {
	const {kind, text} = p.token;
	switch (kind) {
		case tokenKind.endOfFile: {
			return 'at end of input';
		}

		case tokenKind.number: {
			return 'before numeric constant';
		}

		case tokenKind.string: {
			return 'before string constant';
		}

		case tokenKind.punctuator: {
			return `before '${text}' token`;
		}

		default: {
			return `before '${text}'`;
		}
	}
};
