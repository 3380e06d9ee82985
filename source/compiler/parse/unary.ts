/** Postfix, unary and cast expressions (C11 6.5.2 to 6.5.4). */
import {increment} from '../semantics/assignment.js';
import type {Expression, Position} from '../ast.js';
import {isComplete, sizeType, type CType} from '../types/c-types.js';
import {call} from '../semantics/calls.js';
import {castTo, errorExpression} from '../semantics/conversions.js';
import {integerConstant} from '../semantics/fold.js';
import {parseInitializer} from '../semantics/initializers.js';
import {tokenKind} from '../text/lexer.js';
import {addressOf, arrow, dereference, member, subscript} from '../semantics/object-access.js';
import {parseTypeName} from './declarators.js';
import {parseArguments, parsePrimary} from './primary.js';
import {advance, expect, is, peek} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {createTemporary, createVariable} from './names.js';
import {isErrorType, type Parser} from './parser-state.js';
import {sizeOf} from '../semantics/pointer-arithmetic.js';
import {staticInitializer} from '../semantics/static-data.js';
import {quotedType, typeName} from '../types/type-names.js';
import {isTypeStart} from '../types/type-words.js';
import {unary} from '../semantics/unary-operators.js';

const maximumDepth = 400;

/** What a type name computes, the sizes of variable length arrays in it, comes before the expression it stands in. */
const afterSizes = (p: Parser, pendingBefore: number, node: Expression): Expression =>
	p.pendingStatements.splice(pendingBefore).reduceRight<Expression>(
		(right, {expression}) => ({
			kind: 'comma',
			left: expression,
			right,
			type: right.type,
			position: right.position,
		}),
		node,
	);

/** `( type-name ) { initializer-list }`, after the parenthesis. */
const compoundLiteral = (p: Parser, type: CType, position: Position): Expression => {
	if (type.kind !== 'array' && !isComplete(type))
		error(p, position, `compound literal has incomplete type`);
	const {type: final, items, isZeroFilled, extent} = parseInitializer(p, type);
	if (isErrorType(final)) return errorExpression(position);
	if (!p.function) {
		const symbol = createVariable(p, '.literal', final, 'static', position, true);
		symbol.initializer = staticInitializer(p, final, items, extent, position);
		return {kind: 'variable', symbol, type: final, position};
	}

	const symbol = createTemporary(p, final, position, '.literal');
	symbol.isAddressTaken = true; // It is an lvalue like any other, also a scalar one
	return {
		kind: 'compound-literal',
		symbol,
		initializer: {isZeroFilled, items},
		type: final,
		position,
	};
};

/** postfix-expression: primary ( `[`…`]` | `(`…`)` | `.`m | `->`m | `++` | `--` )* */
const parsePostfix = (p: Parser, start: Expression): Expression => {
	let node = start;
	for (;;) {
		const {text, position} = p.token;
		switch (text) {
			case '[': {
				advance(p);
				node = subscript(p, node, p.grammar.expression(p), position);
				expect(p, ']');
				break;
			}

			case '(': {
				const args = parseArguments(p);
				if (p.isPanicking) return errorExpression(position);
				node = call(p, node, args, node.position);
				break;
			}

			case '.':
			case '->': {
				advance(p);
				const name = p.token;
				if (name.kind !== tokenKind.identifier) {
					syntaxError(p, name.position, `expected identifier ${beforeToken(p)}`);
					return errorExpression(position);
				}

				advance(p);
				node =
					text === '.' ? member(p, node, name.text, position) : arrow(p, node, name.text, position);
				break;
			}

			case '++':
			case '--': {
				advance(p);
				node = increment(p, node, text === '++' ? 1 : -1, false, position);
				break;
			}

			default: {
				return node;
			}
		}

		if (p.isPanicking) return node;
	}
};

const warnArrayParameter = (p: Parser, operand: Expression, position: Position): void => {
	if (operand.kind !== 'variable' || !p.arrayParameters.has(operand.symbol)) return;
	const {name, type, position: declaredAt} = operand.symbol;
	warn(
		p,
		position,
		'-Wsizeof-array-argument',
		`'sizeof' on array function parameter '${name}' will return size of ${quotedType(type)}`,
		[[declaredAt, 'declared here']],
	);
};

/** `sizeof` and `_Alignof`: ( `(` type-name `)` | unary-expression ). The operand isn't evaluated. */
const parseSizeof = (p: Parser): Expression => {
	const {text, position} = advance(p);
	const isSize = text === 'sizeof';
	const pendingBefore = p.pendingStatements.length;
	p.unevaluated++;
	let type: CType;
	let alignment: number | undefined;
	if (is(p, '(') && isTypeStart(p, peek(p))) {
		advance(p);
		type = parseTypeName(p);
		expect(p, ')');
		if (is(p, '{')) type = parsePostfix(p, compoundLiteral(p, type, position)).type;
	} else {
		const operandPosition = p.token.position;
		const operand = parseUnary(p);
		if (isSize) warnArrayParameter(p, operand, operandPosition);
		if (operand.kind === 'member' && operand.member.bitField && isSize)
			error(p, position, "'sizeof' applied to a bit-field");
		type = operand.type;
		if (operand.kind === 'variable') alignment = operand.symbol.alignment;
	}

	p.unevaluated--;
	if (p.isPanicking) return errorExpression(position);
	if (!isSize) return integerConstant(BigInt(alignment ?? type.alignment), sizeType, position);
	if (!isComplete(type) && type.kind !== 'void') {
		error(p, position, `invalid application of 'sizeof' to incomplete type '${typeName(type)}'`);
		return errorExpression(position);
	}

	if (isErrorType(type)) return integerConstant(4n, sizeType, position);
	return afterSizes(p, pendingBefore, sizeOf(p, type, position));
};

const unaryOperators = new Set(['-', '+', '~', '!']);

/** unary-expression: postfix | `++`unary | `--`unary | ( & * + - ~ ! )cast | sizeof … */
const parseUnary = (p: Parser): Expression => {
	const {text, position, kind} = p.token;
	if (kind !== tokenKind.punctuator) {
		if (text === 'sizeof' || text === '_Alignof' || text === '__alignof__' || text === '__alignof')
			return parseSizeof(p);
		if (text === '__extension__') {
			advance(p);
			return parseCast(p);
		}

		return parsePostfix(p, parsePrimary(p));
	}

	if (unaryOperators.has(text)) {
		advance(p);
		const operand = parseCast(p);
		return p.isPanicking
			? errorExpression(position)
			: unary(p, text as '-' | '+' | '~' | '!', operand, position);
	}

	switch (text) {
		case '&': {
			advance(p);
			const operand = parseCast(p);
			return p.isPanicking ? operand : addressOf(p, operand, position);
		}

		case '*': {
			advance(p);
			const operand = parseCast(p);
			return p.isPanicking ? operand : dereference(p, operand, position);
		}

		case '++':
		case '--': {
			advance(p);
			const operand = parseUnary(p);
			return p.isPanicking
				? operand
				: increment(p, operand, text === '++' ? 1 : -1, true, position);
		}

		default: {
			return parsePostfix(p, parsePrimary(p));
		}
	}
};

/** cast-expression: `(` type-name `)` cast-expression | unary-expression */
export const parseCast = (p: Parser): Expression => {
	const {position} = p.token;
	if (p.depth > maximumDepth) {
		syntaxError(p, position, 'expression nested too deeply');
		return errorExpression(position);
	}

	p.depth++;
	const node = is(p, '(') && isTypeStart(p, peek(p)) ? parseTypeCast(p) : parseUnary(p);
	p.depth--;
	return node;
};

const parseTypeCast = (p: Parser): Expression => {
	const {position} = advance(p);
	const pendingBefore = p.pendingStatements.length;
	const type = parseTypeName(p);
	if (!expect(p, ')')) return errorExpression(position);
	if (is(p, '{')) return parsePostfix(p, compoundLiteral(p, type, position));
	const operand = parseCast(p);
	if (p.isPanicking) return errorExpression(position);
	return afterSizes(p, pendingBefore, castTo(p, operand, type, position));
};
