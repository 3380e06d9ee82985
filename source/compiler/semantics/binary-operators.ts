/** Typed nodes for arithmetic, bit, comparison and logical operators (C11 6.5.5 to 6.5.14). Operands come undecayed. */
import type {ArithmeticOperator, CompareOperator, Expression, Position} from '../ast.js';
import {
	intType,
	isArithmetic,
	isCompatible,
	isInteger,
	isPointer,
	isScalar,
	unqualified,
	type IntegerType,
} from '../types/c-types.js';
import {
	checkCondition,
	convert,
	decay,
	errorExpression,
	isNullPointerConstant,
	promote,
	truthConstant,
	usualConversions,
} from './conversions.js';
import {
	constantTruth,
	exactInteger,
	foldCompare,
	foldFloat,
	isConstant,
	wrapInteger,
} from './fold.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {inFieldWidth} from './field-width.js';
import {pointerAddition, pointerDifference} from './pointer-arithmetic.js';
import {quotedType} from '../types/type-names.js';

export const invalidOperands = (
	p: Parser,
	operator: string,
	left: Expression,
	right: Expression,
	position: Position,
): Expression => {
	const empty = [left, right].find(({type}) => type.kind === 'void');
	if (empty) error(p, empty.position, 'void value not ignored as it ought to be');
	else
		error(
			p,
			position,
			`invalid operands to binary ${operator} (have ${quotedType(left.type)} and ${quotedType(right.type)})`,
		);
	return errorExpression(position);
};

const warnShift = (
	p: Parser,
	operator: '<<' | '>>',
	count: Expression,
	type: IntegerType,
	position: Position,
): void => {
	if (count.kind !== 'integer') return;
	const side = operator === '<<' ? 'left' : 'right';
	if (count.value < 0n)
		warn(p, position, '-Wshift-count-negative', `${side} shift count is negative`);
	else if (count.value >= BigInt(type.size * 8))
		warn(p, position, '-Wshift-count-overflow', `${side} shift count >= width of type`);
};

const foldBinary = (
	p: Parser,
	operator: ArithmeticOperator,
	left: Expression,
	right: Expression,
	position: Position,
): Expression | undefined => {
	if (left.kind === 'float' && right.kind === 'float') {
		const value = foldFloat(operator, left.value, right.value);
		return value === undefined
			? undefined
			: {
					kind: 'float',
					value: left.type.name === 'float' ? Math.fround(value) : value,
					type: left.type,
					position,
				};
	}

	if (left.kind !== 'integer' || right.kind !== 'integer' || left.type.kind !== 'integer')
		return undefined;
	const exact = exactInteger(operator, left.value, right.value, left.type.size * 8);
	if (exact === undefined) return undefined;
	const value = wrapInteger(exact, left.type);
	if (value !== exact && left.type.isSigned && operator !== '<<') {
		warn(
			p,
			position,
			'-Woverflow',
			`integer overflow in expression of type ${quotedType(left.type)} results in '${value}'`,
		);
	}

	return {kind: 'integer', value, type: left.type, position};
};

/** `left op right` for the arithmetic and bit operators, pointers included. */
export const binary = (
	p: Parser,
	operator: ArithmeticOperator,
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = decay(leftIn);
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	if (operator === '+' || operator === '-') {
		if (isPointer(left.type) && isInteger(right.type))
			return pointerAddition(p, left, right, operator === '-', position);
		if (operator === '+' && isInteger(left.type) && isPointer(right.type))
			return pointerAddition(p, right, left, false, position);
		if (operator === '-' && isPointer(left.type) && isPointer(right.type))
			return pointerDifference(p, left, right, position);
	}

	if (!isArithmetic(left.type) || !isArithmetic(right.type))
		return invalidOperands(p, operator, left, right, position);
	const needsIntegers =
		operator !== '+' && operator !== '-' && operator !== '*' && operator !== '/';
	if (needsIntegers && !(isInteger(left.type) && isInteger(right.type)))
		return invalidOperands(p, operator, left, right, position);
	if (operator === '<<' || operator === '>>') {
		const value = promote(left);
		const type = unqualified(value.type) as IntegerType;
		const count = promote(right);
		warnShift(p, operator, count, type, position);
		const narrow = convert(count, intType);
		return (
			foldBinary(p, operator, value, narrow, position) ??
			inFieldWidth({kind: 'binary', operator, left: value, right: narrow, type, position})
		);
	}

	const {left: a, right: b, type} = usualConversions(left, right);
	if ((operator === '/' || operator === '%') && b.kind === 'integer' && b.value === 0n)
		warn(p, position, '-Wdiv-by-zero', 'division by zero');
	return (
		foldBinary(p, operator, a, b, position) ??
		inFieldWidth({kind: 'binary', operator, left: a, right: b, type, position})
	);
};

/** Brings two pointers (or a pointer and a null pointer constant or an integer) to one type for a comparison. */
const comparePointers = (
	p: Parser,
	operator: CompareOperator,
	left: Expression,
	right: Expression,
	position: Position,
): {readonly left: Expression; readonly right: Expression} => {
	if (isPointer(left.type) && isPointer(right.type)) {
		const isFine =
			isNullPointerConstant(left) ||
			isNullPointerConstant(right) ||
			left.type.target.kind === 'void' ||
			right.type.target.kind === 'void' ||
			isCompatible(left.type.target, right.type.target, true);
		if (!isFine)
			warn(
				p,
				position,
				'-Wcompare-distinct-pointer-types',
				'comparison of distinct pointer types lacks a cast',
			);
		return {left, right: convert(right, left.type)};
	}

	const pointer = isPointer(left.type) ? left : right;
	const other = pointer === left ? right : left;
	if (!isNullPointerConstant(other)) {
		warn(p, position, '', 'comparison between pointer and integer');
	} else if (operator !== '==' && operator !== '!=') {
		warn(p, position, '-Wextra', `ordered comparison of pointer with integer zero`);
	}

	return {left: convert(left, pointer.type), right: convert(right, pointer.type)};
};

const isStringLiteral = (expression: Expression): boolean =>
	expression.kind === 'cast' &&
	expression.conversion === 'array-decay' &&
	expression.operand.kind === 'string';

export const compare = (
	p: Parser,
	operator: CompareOperator,
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = decay(leftIn);
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	if (!isScalar(left.type) || !isScalar(right.type))
		return invalidOperands(p, operator, left, right, position);
	let operands: {readonly left: Expression; readonly right: Expression};
	if (isPointer(left.type) || isPointer(right.type)) {
		if (left.type.kind === 'float' || right.type.kind === 'float')
			return invalidOperands(p, operator, left, right, position);
		const isLiteral =
			(isStringLiteral(left) && !isNullPointerConstant(right)) ||
			(isStringLiteral(right) && !isNullPointerConstant(left));
		if (isLiteral)
			warn(
				p,
				position,
				'-Waddress',
				'comparison with string literal results in unspecified behavior',
			);
		operands = comparePointers(p, operator, left, right, position);
	} else {
		operands = usualConversions(left, right);
	}

	const {left: a, right: b} = operands;
	if (isConstant(a) && isConstant(b))
		return truthConstant(foldCompare(operator, a.value, b.value), position);
	return {kind: 'compare', operator, left: a, right: b, type: intType, position};
};

export const logical = (
	p: Parser,
	operator: '&&' | '||',
	leftIn: Expression,
	rightIn: Expression,
	position: Position,
): Expression => {
	const left = checkCondition(p, leftIn);
	const right = checkCondition(p, rightIn);
	const isLeftTrue = constantTruth(left);
	const isRightTrue = constantTruth(right);
	if (isLeftTrue !== undefined) {
		const isDecided = operator === '&&' ? !isLeftTrue : isLeftTrue;
		if (isDecided) return truthConstant(isLeftTrue, position);
		if (isRightTrue !== undefined) return truthConstant(isRightTrue, position);
	}

	return {kind: 'logical', operator, left, right, type: intType, position};
};
