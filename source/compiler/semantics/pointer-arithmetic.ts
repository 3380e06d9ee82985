/** Addition and subtraction of pointers, and the sizes that they are made of (C11 6.5.6). */
import type {Expression, Position} from '../ast.js';
import {
	isCompatible,
	isComplete,
	isVariableLength,
	longType,
	sizeType,
	unqualified,
	type CType,
	type PointerType,
} from '../types/c-types.js';
import {convert, errorExpression, promote} from './conversions.js';
import {integerConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';
import {quotedType, typeName} from '../types/type-names.js';

/** The size of a type as an expression: a constant, or the hidden local of a variable length array. */
export const sizeOf = (p: Parser, type: CType, position: Position): Expression => {
	if (type.kind === 'array' && type.variableSize) {
		const symbol = p.sizeSymbols.get(type.variableSize.symbolId);
		if (symbol) return {kind: 'variable', symbol, type: sizeType, position};
	}

	const size = type.kind === 'void' || type.kind === 'function' ? 1 : type.size; // GNU
	return integerConstant(BigInt(size), sizeType, position);
};

/** `index` as a long, multiplied for elements whose size only run time knows; with the constant element size. */
export const scaledIndex = (
	p: Parser,
	index: Expression,
	element: CType,
): {readonly scaled: Expression; readonly elementSize: number} => {
	const long = convert(promote(index), longType);
	if (!isVariableLength(element))
		return {
			scaled: long,
			elementSize: element.kind === 'void' || element.kind === 'function' ? 1 : element.size,
		};
	const size = convert(sizeOf(p, element, index.position), longType);
	return {
		scaled: {
			kind: 'binary',
			operator: '*',
			left: long,
			right: size,
			type: longType,
			position: index.position,
		},
		elementSize: 1,
	};
};

export const checkPointee = (p: Parser, type: PointerType, position: Position): boolean => {
	if (isComplete(type.target) || type.target.kind === 'void') return true;
	error(
		p,
		position,
		type.target.kind === 'record'
			? `invalid use of undefined type '${typeName(unqualified(type.target))}'`
			: 'arithmetic on pointer to an incomplete type',
	);
	return false;
};

export const pointerAddition = (
	p: Parser,
	pointer: Expression,
	index: Expression,
	isSubtraction: boolean,
	position: Position,
): Expression => {
	const type = unqualified(pointer.type) as PointerType;
	if (!checkPointee(p, type, position)) return errorExpression(position);
	const {scaled, elementSize} = scaledIndex(p, index, type.target);
	if (pointer.kind === 'integer' && scaled.kind === 'integer') {
		const distance = scaled.value * BigInt(elementSize);
		return integerConstant(
			isSubtraction ? pointer.value - distance : pointer.value + distance,
			type,
			position,
		);
	}

	return {kind: 'pointer-add', pointer, index: scaled, isSubtraction, elementSize, type, position};
};

export const pointerDifference = (
	p: Parser,
	left: Expression,
	right: Expression,
	position: Position,
): Expression => {
	const type = left.type as PointerType;
	const other = right.type as PointerType;
	if (!isCompatible(type.target, other.target, true)) {
		error(
			p,
			position,
			`invalid operands to binary - (have ${quotedType(left.type)} and ${quotedType(right.type)})`,
		);
		return errorExpression(position);
	}

	if (!checkPointee(p, type, position)) return errorExpression(position);
	if (isVariableLength(type.target)) {
		const bytes: Expression = {
			kind: 'pointer-difference',
			left,
			right,
			elementSize: 1,
			type: longType,
			position,
		};
		return {
			kind: 'binary',
			operator: '/',
			left: bytes,
			right: convert(sizeOf(p, type.target, position), longType),
			type: longType,
			position,
		};
	}

	const elementSize = Math.max(1, type.target.size);
	if (left.kind === 'integer' && right.kind === 'integer') {
		const bytes = BigInt.asIntN(64, left.value - right.value);
		return integerConstant(bytes / BigInt(elementSize), longType, position);
	}

	return {kind: 'pointer-difference', left, right, elementSize, type: longType, position};
};
