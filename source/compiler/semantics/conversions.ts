/** Conversions (C11 6.3): decay, promotion, casts. */
import type {Conversion, Expression, Position} from '../ast.js';
import {
	commonArithmeticType,
	doubleType,
	intType,
	isBool,
	isCompatible,
	isInteger,
	isPointer,
	isScalar,
	longType,
	pointerTo,
	promotedType,
	unqualified,
	unsignedLongType,
	voidType,
	type BitField,
	type CType,
	type FloatType,
	type IntegerType,
} from '../types/c-types.js';
import {convertConstant, integerConstant, isConstant} from './fold.js';
import {error, warn} from '../parse/complaints.js';
import {errorType, isErrorType, type Parser} from '../parse/parser-state.js';

const castNode = (
	operand: Expression,
	conversion: Conversion,
	type: CType,
	isExplicit: boolean,
	position: Position,
): Expression => ({
	kind: 'cast',
	conversion,
	operand,
	type,
	isExplicit,
	position,
});

/** A stand-in after an error was reported. */
export const errorExpression = (position: Position): Expression => ({
	kind: 'integer',
	value: 0n,
	type: errorType,
	position,
});

/** Arrays become pointers to their first element, functions pointers to themselves (C11 6.3.2.1). */
export const decay = (expression: Expression): Expression => {
	const {type, position} = expression;
	if (type.kind === 'array')
		return castNode(expression, 'array-decay', pointerTo(type.element), false, position);
	if (type.kind !== 'function') return expression;
	if (expression.kind === 'dereference') return expression.operand;
	if (expression.kind === 'function') expression.symbol.isUsed = true;
	return castNode(expression, 'function-decay', pointerTo(type), false, position);
};

export const isNullPointerConstant = (expression: Expression): boolean => {
	if (expression.kind !== 'integer' || expression.value !== 0n) return false;
	const {type} = expression;
	return (
		type.kind === 'integer' ||
		(type.kind === 'pointer' && type.target.kind === 'void' && type.target.qualifiers === 0)
	);
};

/** Which conversion leads from one scalar type to another; undefined if none is needed. */
const conversionBetween = (from: CType, to: CType): Conversion | undefined => {
	if (to.kind === 'integer' && to.rank === 0) return isBool(from) ? undefined : 'boolean';
	if (from.kind === 'float') {
		if (to.kind !== 'float') return 'float-to-integer';
		return from.name === to.name ? undefined : 'float';
	}

	if (to.kind === 'float') return 'integer-to-float';
	if (from.kind === 'pointer') {
		if (to.kind === 'integer') return 'pointer-to-integer';
		return isCompatible(from, to, true) ? undefined : 'pointer';
	}

	if (to.kind === 'pointer') return 'integer-to-pointer';
	return from.kind === 'integer' && to.kind === 'integer' && from.name === to.name
		? undefined
		: 'integer';
};

/** Converts without asking whether C allows it. The operand must be a scalar (or the target void, or the same record). */
export const convert = (operand: Expression, type: CType, isExplicit = false): Expression => {
	const {position} = operand;
	const target = unqualified(type);
	if (isErrorType(operand.type) || isErrorType(type)) return errorExpression(position);
	if (target.kind === 'void') return castNode(operand, 'void', voidType, isExplicit, position);
	if (isConstant(operand) && isScalar(target)) return convertConstant(operand, target, position);
	const from = operand.type;
	if (!isScalar(from) || !isScalar(target)) return operand;
	const conversion = conversionBetween(from, target);
	if (conversion === undefined) {
		return isExplicit
			? castNode(
					operand,
					target.kind === 'pointer'
						? 'pointer'
						: target.kind === 'float'
							? 'float'
							: isBool(target)
								? 'boolean'
								: 'integer',
					target,
					true,
					position,
				)
			: operand;
	}

	if (conversion === 'pointer-to-integer' && target.size !== 8) {
		return castNode(
			castNode(operand, conversion, unsignedLongType, isExplicit, position),
			'integer',
			target,
			isExplicit,
			position,
		);
	}

	if (conversion === 'integer-to-pointer' && from.size !== 8) {
		const wide = convert(
			operand,
			from.kind === 'integer' && from.isSigned ? longType : unsignedLongType,
		);
		return castNode(wide, conversion, target, isExplicit, position);
	}

	return castNode(operand, conversion, target, isExplicit, position);
};

/** The bit-field that a value is of: gcc promotes the result of an assignment to one as the bit-field itself. */
const bitFieldOf = (expression: Expression): BitField | undefined => {
	switch (expression.kind) {
		case 'member':
			return expression.member.bitField;
		case 'assign':
		case 'compound-assign':
		case 'increment':
			return bitFieldOf(expression.target);
		case 'comma':
			return bitFieldOf(expression.right);
		default:
			return undefined;
	}
};

/** Integer promotion; floats stay. */
export const promote = (expression: Expression): Expression => {
	const {type} = expression;
	if (!isInteger(type) || isErrorType(type)) return expression;
	const promoted = promotedType(type, bitFieldOf(expression));
	if (promoted.width === undefined || type.width !== undefined)
		return convert(expression, promoted);
	const {position} = expression;
	return {
		kind: 'cast',
		conversion: 'integer',
		isExplicit: false,
		operand: expression,
		type: promoted,
		position,
	};
};

/** Default argument promotions (C11 6.5.2.2p6). */
export const promoteArgument = (expression: Expression): Expression =>
	expression.type.kind === 'float' && expression.type.size === 4
		? convert(expression, doubleType)
		: promote(expression);

/** Both operands in their common real type. They must be arithmetic. */
export const usualConversions = (
	left: Expression,
	right: Expression,
): {
	readonly left: Expression;
	readonly right: Expression;
	readonly type: IntegerType | FloatType;
} => {
	const promotedLeft = promote(left);
	const promotedRight = promote(right);
	const type = commonArithmeticType(
		unqualified(promotedLeft.type) as IntegerType | FloatType,
		unqualified(promotedRight.type) as IntegerType | FloatType,
	);
	return {left: convert(promotedLeft, type), right: convert(promotedRight, type), type};
};

/** An explicit cast `(type)operand` (C11 6.5.4). */
export const castTo = (
	p: Parser,
	operandIn: Expression,
	type: CType,
	position: Position,
): Expression => {
	const operand = decay(operandIn);
	const from = operand.type;
	if (isErrorType(from) || isErrorType(type)) return errorExpression(position);
	if (type.kind === 'void') return {...convert(operand, voidType, true), position};
	if (type.kind === 'record' && from.kind === 'record' && type.record === from.record)
		return operand;
	if (!isScalar(type)) {
		const message =
			type.kind === 'array'
				? 'cast specifies array type'
				: type.kind === 'function'
					? 'cast specifies function type'
					: 'conversion to non-scalar type requested';
		error(p, position, message);
		return errorExpression(position);
	}

	if (!isScalar(from)) {
		error(
			p,
			position,
			from.kind === 'void'
				? 'void value not ignored as it ought to be'
				: `${from.kind === 'record' ? 'aggregate' : 'invalid'} value used where ${type.kind === 'float' ? 'a floating-point' : type.kind === 'pointer' ? 'a pointer' : 'an integer'} was expected`,
		);
		return errorExpression(position);
	}

	if ((isPointer(type) && from.kind === 'float') || (type.kind === 'float' && isPointer(from))) {
		error(
			p,
			position,
			isPointer(type)
				? 'cannot convert to a pointer type'
				: 'pointer value used where a floating-point was expected',
		);
		return errorExpression(position);
	}

	if (isPointer(type) && isInteger(from) && from.size !== 8 && !isConstant(operand)) {
		warn(p, position, '-Wint-to-pointer-cast', 'cast to pointer from integer of different size');
	} else if (isInteger(type) && isPointer(from) && type.size !== 8 && !isBool(type)) {
		warn(p, position, '-Wpointer-to-int-cast', 'cast from pointer to integer of different size');
	}

	return {...convert(operand, type, true), position};
};

/** A value used for its truth (C11 6.8.4.1p1). */
export const checkCondition = (p: Parser, operand: Expression): Expression => {
	const isBareAssignment = operand.kind === 'assign' && !p.parenthesized.has(operand);
	if (isBareAssignment)
		warn(
			p,
			operand.target.position,
			'-Wparentheses',
			'suggest parentheses around assignment used as truth value',
		);
	const value = decay(operand);
	if (isScalar(value.type)) return value;
	error(
		p,
		value.position,
		value.type.kind === 'void'
			? 'void value not ignored as it ought to be'
			: `used ${value.type.kind === 'record' && value.type.record.isUnion ? 'union' : 'struct'} type value where scalar is required`,
	);
	return errorExpression(value.position);
};

/** An int valued 0 or 1. */
export const truthConstant = (isTrue: boolean, position: Position): Expression =>
	integerConstant(isTrue ? 1n : 0n, intType, position);
