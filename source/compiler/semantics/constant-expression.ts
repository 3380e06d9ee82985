/** Integer constant expressions (C11 6.6): array lengths, case labels, enumerators, widths. */
import type {Expression, Position} from '../ast.js';
import {decay} from './conversions.js';
import {addressConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';

/** The value of an integer constant expression, or undefined. */
export const integerValue = (expressionIn: Expression): bigint | undefined => {
	const expression = decay(expressionIn);
	if (expression.kind === 'integer' && expression.type.kind === 'integer') return expression.value;
	if (expression.type.kind !== 'integer') return undefined;
	const address = addressConstant(expression);
	return address && !address.target ? address.addend : undefined;
};

/** constant-expression: conditional-expression, of integer type. `problem` is reported if it isn't constant. */
export const parseConstant = (
	p: Parser,
	problem: (expression: Expression, position: Position) => string,
): bigint => {
	const {position} = p.token;
	const expression = p.grammar.conditional(p);
	const value = integerValue(expression);
	if (value !== undefined) return value;
	if (!isErrorType(expression.type)) error(p, position, problem(expression, position));
	return 0n;
};
