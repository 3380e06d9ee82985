/** Typed nodes for `?:` and the comma (C11 6.5.15, 6.5.17). */
import type {Expression, Position} from '../ast.js';
import {
	isArithmetic,
	isCompatible,
	isComplete,
	isInteger,
	isPointer,
	pointerTo,
	qualifier,
	qualify,
	unqualified,
	voidType,
	type CType,
	type PointerType,
} from '../types/c-types.js';
import {
	checkCondition,
	convert,
	decay,
	errorExpression,
	isNullPointerConstant,
	usualConversions,
} from './conversions.js';
import {constantTruth, isConstant} from './fold.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {quotedType} from '../types/type-names.js';

export const comma = (left: Expression, rightIn: Expression, position: Position): Expression => {
	const right = decay(rightIn);
	if (isErrorType(left.type) || isErrorType(right.type)) return errorExpression(position);
	return {kind: 'comma', left: decay(left), right, type: unqualified(right.type), position};
};

/** The common type of two pointer branches (C11 6.5.15p6). */
const commonPointer = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): CType => {
	const a = left.type as PointerType;
	const b = right.type as PointerType;
	if (isNullPointerConstant(left)) return b;
	if (isNullPointerConstant(right)) return a;
	const qualifiers =
		(a.target.qualifiers | b.target.qualifiers) & (qualifier.const | qualifier.volatile);
	if (a.target.kind === 'void' || b.target.kind === 'void')
		return pointerTo(qualify(voidType, qualifiers));
	if (isCompatible(a.target, b.target, true)) {
		const isLess = a.target.kind === 'array' && !isComplete(a.target); // The other has its length, perhaps
		return pointerTo(qualify(isLess ? b.target : a.target, qualifiers));
	}

	warn(
		p,
		position,
		'-Wincompatible-pointer-types',
		'pointer type mismatch in conditional expression',
	);
	return pointerTo(voidType);
};

const conditionalType = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): CType | undefined => {
	const a = left.type;
	const b = right.type;
	if (isArithmetic(a) && isArithmetic(b)) return usualConversions(left, right).type;
	if (a.kind === 'void' || b.kind === 'void') return voidType;
	if (a.kind === 'record' && b.kind === 'record' && a.record === b.record) return unqualified(a);
	if (isPointer(a) && isPointer(b)) return commonPointer(p, left, right, position);
	const pointer = isPointer(a) ? left : isPointer(b) ? right : undefined;
	if (pointer === undefined) return undefined;
	const other = pointer === left ? right : left;
	if (!isInteger(other.type)) return undefined;
	if (!isNullPointerConstant(other))
		warn(
			p,
			position,
			'-Wint-conversion',
			'pointer/integer type mismatch in conditional expression',
		);
	return pointer.type;
};

export const conditional = (
	p: Parser,
	conditionIn: Expression,
	consequentIn: Expression,
	alternateIn: Expression,
	position: Position,
): Expression => {
	const condition = checkCondition(p, conditionIn);
	const consequent = decay(consequentIn);
	const alternate = decay(alternateIn);
	if (isErrorType(consequent.type) || isErrorType(alternate.type)) return errorExpression(position);
	const type = conditionalType(p, consequent, alternate, position);
	if (!type) {
		error(
			p,
			position,
			`type mismatch in conditional expression (have ${quotedType(consequent.type)} and ${quotedType(alternate.type)})`,
		);
		return errorExpression(position);
	}

	const a = convert(consequent, type);
	const b = convert(alternate, type);
	const truth = constantTruth(condition);
	const chosen = truth === undefined ? undefined : truth ? a : b;
	if (chosen && isConstant(chosen)) return {...chosen, position};
	return {
		kind: 'conditional',
		condition,
		consequent: a,
		alternate: b,
		type: unqualified(type),
		position,
	};
};
