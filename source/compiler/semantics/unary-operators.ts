/** Typed nodes for `-x`, `+x`, `~x`, `!x` (C11 6.5.3.3). */
import type {Expression, Position} from '../ast.js';
import {intType, isArithmetic, isInteger, unqualified} from '../types/c-types.js';
import {
	checkCondition,
	convert,
	decay,
	errorExpression,
	promote,
	truthConstant,
} from './conversions.js';
import {constantTruth, integerConstant, isConstant} from './fold.js';
import {inFieldWidth} from './field-width.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';

/** `-x`, `+x`, `~x`, `!x`. */
export const unary = (
	p: Parser,
	operator: '-' | '+' | '~' | '!',
	operandIn: Expression,
	position: Position,
): Expression => {
	if (operator === '!') {
		const operand = checkCondition(p, operandIn);
		const truth = constantTruth(operand);
		return truth === undefined
			? {kind: 'unary', operator, operand, type: intType, position}
			: truthConstant(!truth, position);
	}

	const operand = promote(decay(operandIn));
	const {type} = operand;
	if (isErrorType(type)) return errorExpression(position);
	if (!(operator === '~' ? isInteger(type) : isArithmetic(type))) {
		const name =
			operator === '-' ? 'unary minus' : operator === '+' ? 'unary plus' : 'bit-complement';
		error(p, position, `wrong type argument to ${name}`);
		return errorExpression(position);
	}

	if (operator === '+') return isConstant(operand) ? operand : convert(operand, type, true); // No longer an lvalue
	if (operand.kind === 'integer') {
		return integerConstant(operator === '-' ? -operand.value : ~operand.value, type, position);
	}

	if (operand.kind === 'float') return {...operand, value: -operand.value, position};
	return inFieldWidth({kind: 'unary', operator, operand, type: unqualified(type), position});
};
