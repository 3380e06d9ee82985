/** Statements (C11 6.8): the grammar. */
import type {BlockStatement, Statement, Position} from '../ast.js';
import {createAttributes, parseAttributes} from './attributes.js';
import {voidType} from '../types/c-types.js';
import {checkReturnedAddress} from '../semantics/returned-address.js';
import {convertForAssignment} from '../semantics/assignment-conversion.js';
import {convert, decay} from '../semantics/conversions.js';
import {isIdentifier} from '../text/keywords.js';
import {parseAssembly} from './assembly.js';
import {emptyAt, parseBlock} from './blocks.js';
import {parseDo, parseFor, parseIf, parseWhile} from './control.js';
import {parseGoto, parseLabel} from './labels.js';
import {accept, advance, expect, is, peek} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {isErrorType, type Parser} from './parser-state.js';
import {currentSwitch, parseCase, parseDefault, parseSwitch} from './switch.js';
import {isDeclarationStart} from '../types/type-words.js';
import {warnUnusedValue} from '../semantics/unused-value.js';

/** -Wreturn-type, with the place of the function that says otherwise. */
const warnReturn = (p: Parser, position: Position, message: string): void => {
	const declared = p.function?.symbol.position ?? 0;
	warn(p, position, '-Wreturn-type', message, [[declared, 'declared here']]);
};

const parseReturn = (p: Parser): Statement => {
	const {position} = advance(p);
	const result = p.function?.type.result ?? voidType;
	if (accept(p, ';')) {
		if (result.kind !== 'void' && !isErrorType(result))
			warnReturn(p, position, "'return' with no value, in function returning non-void");
		return {kind: 'return', value: undefined, position};
	}

	const value = p.grammar.expression(p);
	expect(p, ';');
	if (p.isPanicking) return emptyAt(position);
	if (result.kind !== 'void') {
		const converted = convertForAssignment(p, value, result, {kind: 'return'});
		checkReturnedAddress(p, converted);
		return {kind: 'return', value: converted, position};
	}

	if (value.type.kind !== 'void' && !isErrorType(value.type))
		warnReturn(p, value.position, "'return' with a value, in function returning void");
	const block: BlockStatement = {
		kind: 'block',
		statements: [
			{kind: 'expression', expression: convert(decay(value), voidType), position},
			{kind: 'return', value: undefined, position},
		],
		end: position,
		position,
	};
	return block;
};

const parseBreak = (p: Parser): Statement => {
	const {text, position} = advance(p);
	const isInLoop = (p.function?.loopDepth ?? 0) > 0;
	if (text === 'continue' && !isInLoop) error(p, position, 'continue statement not within a loop');
	if (text === 'break' && !isInLoop && !currentSwitch(p))
		error(p, position, 'break statement not within loop or switch');
	expect(p, ';');
	return {kind: text === 'break' ? 'break' : 'continue', position};
};

const parseExpressionStatement = (p: Parser): Statement => {
	const {position} = p.token;
	const expression = decay(p.grammar.expression(p));
	const isValue = p.valueDepth > 0 && peek(p).text === '}' && is(p, ';');
	if (!p.isPanicking && !isValue) warnUnusedValue(p, expression);
	if (!p.isPanicking) expect(p, ';');
	return {kind: 'expression', expression, position};
};

/** statement: labeled | compound | expression? `;` | selection | iteration | jump */
export const parseStatement = (p: Parser): Statement => {
	const {token} = p;
	switch (token.text) {
		case '{': {
			return parseBlock(p);
		}

		case ';': {
			advance(p);
			return emptyAt(token.position);
		}

		case 'if': {
			return parseIf(p);
		}

		case 'while': {
			return parseWhile(p);
		}

		case 'do': {
			return parseDo(p);
		}

		case 'for': {
			return parseFor(p);
		}

		case 'switch': {
			return parseSwitch(p);
		}

		case 'case': {
			return parseCase(p);
		}

		case 'default': {
			return parseDefault(p);
		}

		case 'return': {
			return parseReturn(p);
		}

		case 'break':
		case 'continue': {
			return parseBreak(p);
		}

		case 'goto': {
			return parseGoto(p);
		}

		case 'asm':
		case '__asm__':
		case '__asm': {
			return parseAssembly(p);
		}

		case '__label__': {
			syntaxError(p, token.position, 'not supported: local labels (__label__)');
			return emptyAt(token.position);
		}

		case 'else': {
			syntaxError(p, token.position, "'else' without a previous 'if'");
			advance(p);
			return emptyAt(token.position);
		}

		case '__attribute__': {
			parseAttributes(p, createAttributes());
			return parseStatement(p);
		}

		default: {
			if (isIdentifier(token) && peek(p).text === ':') return parseLabel(p);
			if (isDeclarationStart(p, token)) {
				syntaxError(p, token.position, `expected expression ${beforeToken(p)}`);
				return emptyAt(token.position);
			}

			return parseExpressionStatement(p);
		}
	}
};
