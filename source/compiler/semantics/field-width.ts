/** Arithmetic on bit-fields wider than int: as gcc does it, with the bits of the field, not with those of its type. */
import type {BinaryExpression, Expression, UnaryExpression} from '../ast.js';
import {integerConstant} from './fold.js';

/** What exceeds the field's bits in a result is cut off. (Of signed fields nothing may.) */
export const inFieldWidth = (result: BinaryExpression | UnaryExpression): Expression => {
	const {type, operator, position} = result;
	const canExceed = ['+', '-', '*', '<<', '~'].includes(operator);
	if (type.kind !== 'integer' || type.width === undefined || type.isSigned || !canExceed)
		return result;
	const mask = integerConstant((1n << BigInt(type.width)) - 1n, type, position);
	return {kind: 'binary', operator: '&', left: result, right: mask, type, position};
};
