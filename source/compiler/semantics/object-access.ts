/** Typed nodes for what leads to an object: variables, `&`, `*`, `.`, `->`, `[]` (C11 6.5.2, 6.5.3.2). */
import type {Expression, Position, VariableSymbol} from '../ast.js';
import {
	findMember,
	isCompatible,
	isInteger,
	isPointer,
	pointerTo,
	qualifier,
	qualify,
	unqualified,
} from '../types/c-types.js';
import {convert, decay, errorExpression} from './conversions.js';
import {absoluteAddress, integerConstant} from './fold.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {pointerAddition} from './pointer-arithmetic.js';
import {quotedType, typeName} from '../types/type-names.js';

export const isLvalue = (expression: Expression): boolean => {
	switch (expression.kind) {
		case 'variable':
		case 'string':
		case 'dereference':
		case 'compound-literal': {
			return true;
		}

		case 'member': {
			return isLvalue(expression.object);
		}

		default: {
			return false;
		}
	}
};

const markAddressTaken = (expression: Expression): void => {
	if (expression.kind === 'variable') expression.symbol.isAddressTaken = true;
	else if (expression.kind === 'member') markAddressTaken(expression.object);
	else if (expression.kind === 'compound-literal') expression.symbol.isAddressTaken = true;
};

export const addressOf = (p: Parser, operand: Expression, position: Position): Expression => {
	if (isErrorType(operand.type)) return errorExpression(position);
	if (operand.kind === 'function') {
		operand.symbol.isUsed = true;
		return {
			kind: 'cast',
			conversion: 'function-decay',
			operand,
			type: pointerTo(operand.type),
			isExplicit: false,
			position,
		};
	}

	if (!isLvalue(operand)) {
		error(p, position, "lvalue required as unary '&' operand");
		return errorExpression(position);
	}

	if (operand.kind === 'member' && operand.member.bitField) {
		error(p, position, `cannot take address of bit-field '${operand.member.name ?? ''}'`);
		return errorExpression(position);
	}

	const type = pointerTo(operand.type);
	const absolute = absoluteAddress(operand);
	if (absolute !== undefined) return integerConstant(absolute, type, position);
	if (operand.kind === 'dereference')
		return isCompatible(operand.operand.type, type)
			? operand.operand
			: convert(operand.operand, type);
	markAddressTaken(operand);
	return {kind: 'address-of', operand, type, position};
};

export const dereference = (p: Parser, operandIn: Expression, position: Position): Expression => {
	const operand = decay(operandIn);
	const {type} = operand;
	if (isErrorType(type)) return errorExpression(position);
	if (type.kind !== 'pointer') {
		error(p, position, `invalid type argument of unary '*' (have ${quotedType(type)})`);
		return errorExpression(position);
	}

	if (type.target.kind === 'void') warn(p, position, '', "dereferencing 'void *' pointer");
	return {kind: 'dereference', operand, type: type.target, position};
};

/** `object.name`. */
export const member = (
	p: Parser,
	object: Expression,
	name: string,
	position: Position,
): Expression => {
	const {type} = object;
	if (isErrorType(type)) return errorExpression(position);
	if (type.kind === 'pointer' && type.target.kind === 'record') {
		const what = object.kind === 'variable' ? `'${object.symbol.name}'` : quotedType(type);
		error(p, position, `${what} is a pointer; did you mean to use '->'?`);
		return errorExpression(position);
	}

	if (type.kind !== 'record') {
		error(p, position, `request for member '${name}' in something not a structure or union`);
		return errorExpression(position);
	}

	if (!type.record.members) {
		error(p, position, `invalid use of undefined type '${typeName(unqualified(type))}'`);
		return errorExpression(position);
	}

	const path = findMember(type.record, name);
	if (!path) {
		error(p, position, `'${typeName(unqualified(type))}' has no member named '${name}'`);
		return errorExpression(position);
	}

	let node = object;
	for (const step of path) {
		const inherited = node.type.qualifiers & (qualifier.const | qualifier.volatile);
		node = {
			kind: 'member',
			object: node,
			member: step,
			type: qualify(step.type, inherited),
			position,
		};
	}

	return node;
};

/** `pointer->name`. */
export const arrow = (
	p: Parser,
	pointerIn: Expression,
	name: string,
	position: Position,
): Expression => {
	const pointer = decay(pointerIn);
	if (isErrorType(pointer.type)) return errorExpression(position);
	if (pointer.type.kind === 'record') {
		error(
			p,
			position,
			`invalid type argument of '->' (have ${quotedType(pointer.type)}); did you mean to use '.'?`,
		);
		return errorExpression(position);
	}

	if (pointer.type.kind !== 'pointer') {
		error(p, position, `invalid type argument of '->' (have ${quotedType(pointer.type)})`);
		return errorExpression(position);
	}

	return member(
		p,
		{kind: 'dereference', operand: pointer, type: pointer.type.target, position: pointer.position},
		name,
		position,
	);
};

/** `base[index]`, either way round. */
export const subscript = (
	p: Parser,
	baseIn: Expression,
	indexIn: Expression,
	position: Position,
): Expression => {
	const base = decay(baseIn);
	const index = decay(indexIn);
	if (isErrorType(base.type) || isErrorType(index.type)) return errorExpression(position);
	const pointer = isPointer(base.type) ? base : index;
	const number = pointer === base ? index : base;
	if (!isPointer(pointer.type) || !isInteger(number.type)) {
		error(
			p,
			position,
			isPointer(pointer.type)
				? 'array subscript is not an integer'
				: 'subscripted value is neither array nor pointer nor vector',
		);
		return errorExpression(position);
	}

	return dereference(p, pointerAddition(p, pointer, number, false, position), position);
};

/** A variable as an expression; counts as a use. */
export const variable = (symbol: VariableSymbol, position: Position): Expression => {
	symbol.uses++;
	return {kind: 'variable', symbol, type: symbol.type, position};
};
