/** `va_start` and `va_arg` (C11 7.16.1): a list is a pointer into the area where a call's further arguments stand. */
import type {Expression, Position} from '../ast.js';
import {convert, errorExpression} from './conversions.js';
import {
	charType,
	floatType,
	longType,
	pointerTo,
	promotedType,
	voidType,
	type CType,
} from '../types/c-types.js';
import {variadicSlotSize} from '../types/round-up.js';
import {builtinNode} from './builtin-node.js';
import {integerConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';

export const checkList = (
	p: Parser,
	list: Expression | undefined,
	position: Position,
): list is Expression => {
	if (
		list &&
		!isErrorType(list.type) &&
		list.type.kind === 'pointer' &&
		list.type.target.kind === 'integer' &&
		list.type.target.size === 1
	)
		return true;
	if (!list || !isErrorType(list.type))
		error(p, position, "first argument is not of type 'va_list'");
	return false;
};

export const vaStart = (
	p: Parser,
	list: Expression | undefined,
	position: Position,
): Expression => {
	if (!p.function?.type.isVariadic) {
		error(p, position, "'va_start' used in function with fixed arguments");
		return errorExpression(position);
	}

	if (!checkList(p, list, position)) return errorExpression(position);
	const area = builtinNode('variadic-area', [], pointerTo(charType), position);
	return convert(
		{kind: 'assign', target: list, value: area, type: pointerTo(charType), position},
		voidType,
	);
};

/** `va_arg(list, type)`: advances the list by whole 8-byte slots and reads what stood there. */
export const vaArg = (p: Parser, list: Expression, type: CType, position: Position): Expression => {
	if (!checkList(p, list, position)) return errorExpression(position);
	const isPromoted =
		type.kind === 'integer'
			? promotedType(type).size === type.size && type.rank >= 3
			: type !== floatType && !(type.kind === 'float' && type.size === 4);
	if (!isPromoted) {
		error(
			p,
			position,
			`a type narrower than 'int' or 'double' is promoted when passed through '...'; use '${type.kind === 'float' ? 'double' : 'int'}' in va_arg`,
		);
		return errorExpression(position);
	}

	const size = BigInt(variadicSlotSize(type.size));
	const pointer = pointerTo(charType);
	const step = integerConstant(size, longType, position);
	const advanced: Expression = {
		kind: 'compound-assign',
		operator: '+',
		target: list,
		value: step,
		computeType: pointer,
		elementSize: 1,
		type: pointer,
		position,
	};
	const slot: Expression = {
		kind: 'pointer-add',
		pointer: advanced,
		index: step,
		isSubtraction: true,
		elementSize: 1,
		type: pointer,
		position,
	};
	return {kind: 'dereference', operand: convert(slot, pointerTo(type), true), type, position};
};
