/** Typed nodes for what changes an object: `=`, `op=`, `++`, `--` (C11 6.5.16, 6.5.2.4, 6.5.3.1). */
import type {ArithmeticOperator, Expression, Position} from '../ast.js';
import {atomicUpdate} from './atomics.js';
import {binary, invalidOperands} from './binary-operators.js';
import {
	intType,
	isArithmetic,
	isAtomic,
	isBool,
	isComplete,
	isConst,
	isInteger,
	isPointer,
	isScalar,
	isVariableLength,
	longType,
	unqualified,
	type CType,
	type FloatType,
	type IntegerType,
} from '../types/c-types.js';
import {convertForAssignment} from './assignment-conversion.js';
import {convert, decay, errorExpression, promote, usualConversions} from './conversions.js';
import {integerConstant} from './fold.js';
import {isLvalue} from './object-access.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {checkPointee, scaledIndex} from './pointer-arithmetic.js';
import {typeName} from '../types/type-names.js';

const readOnlyName = (expression: Expression): string | undefined => {
	if (expression.kind === 'variable') return `variable '${expression.symbol.name}'`;
	if (expression.kind === 'member')
		return isConst(expression.member.type) ? `member '${expression.member.name ?? ''}'` : undefined;
	return undefined;
};

const isReadOnly = (target: Expression): boolean =>
	isConst(target.type) || (target.type.kind === 'record' && hasConstMember(target.type));

const hasConstMember = (type: CType): boolean =>
	type.kind === 'record' &&
	(type.record.members ?? []).some(({type: inner}) => isConst(inner) || hasConstMember(inner));

/** A modifiable lvalue, or an error is reported. `what`: 'left operand of assignment', 'increment operand' … */
const checkModifiable = (
	p: Parser,
	target: Expression,
	what: string,
	verb: string,
	position: Position,
): boolean => {
	if (isErrorType(target.type)) return false;
	if (!isLvalue(target)) {
		error(p, position, `lvalue required as ${what}`);
		return false;
	}

	if (target.type.kind === 'array' || target.type.kind === 'function') {
		error(
			p,
			position,
			target.type.kind === 'array' && what === 'left operand of assignment'
				? 'assignment to expression with array type'
				: `lvalue required as ${what}`,
		);
		return false;
	}

	if (!isComplete(target.type)) {
		error(
			p,
			position,
			target.type.kind === 'void'
				? 'invalid use of void expression'
				: `invalid use of undefined type '${typeName(unqualified(target.type))}'`,
		);
		return false;
	}

	if (isReadOnly(target)) {
		const name = readOnlyName(target);
		error(
			p,
			position,
			`${verb} of read-only ${name ?? (target.kind === 'member' ? `object member '${target.member.name ?? ''}'` : 'location')}`,
		);
		return false;
	}

	return true;
};

/** A plain store whose result nobody reads isn't a use of the variable (-Wunused-but-set-variable). */
export const forgetStores = (expression: Expression): void => {
	if (expression.kind === 'comma') {
		forgetStores(expression.left);
		forgetStores(expression.right);
	} else if (expression.kind === 'assign' && expression.target.kind === 'variable') {
		expression.target.symbol.uses--;
		expression.target.symbol.isAssigned = true;
	}
};

export const assign = (
	p: Parser,
	target: Expression,
	valueIn: Expression,
	position: Position,
): Expression => {
	if (!checkModifiable(p, target, 'left operand of assignment', 'assignment', position)) {
		return errorExpression(position);
	}

	const bits = target.kind === 'member' ? target.member.bitField : undefined;
	const value = convertForAssignment(p, valueIn, unqualified(target.type), {kind: 'assignment'});
	if (isErrorType(value.type)) return errorExpression(position);
	if (bits && value.kind === 'integer')
		warnBitFieldOverflow(p, value.value, bits.width, target.type as IntegerType, position);
	return {kind: 'assign', target, value, type: unqualified(target.type), position};
};

const warnBitFieldOverflow = (
	p: Parser,
	value: bigint,
	width: number,
	type: IntegerType,
	position: Position,
): void => {
	const wrapped = type.isSigned ? BigInt.asIntN(width, value) : BigInt.asUintN(width, value);
	if (wrapped === value || BigInt.asUintN(width, value) === value || isBool(type)) return;
	warn(
		p,
		position,
		'-Woverflow',
		`overflow in conversion from 'int' to '${typeName(type)}:${width}' changes value from '${value}' to '${wrapped}'`,
	);
};

/** `target op= value`. */
export const compoundAssign = (
	p: Parser,
	operator: ArithmeticOperator,
	target: Expression,
	valueIn: Expression,
	position: Position,
): Expression => {
	const value = decay(valueIn);
	if (!checkModifiable(p, target, 'left operand of assignment', 'assignment', position))
		return errorExpression(position);
	if (isErrorType(value.type)) return errorExpression(position);
	const type = unqualified(target.type);
	if (isPointer(type) && (operator === '+' || operator === '-') && isInteger(value.type)) {
		if (!checkPointee(p, type, position)) return errorExpression(position);
		const {scaled, elementSize} = scaledIndex(p, value, type.target);
		if (isAtomic(target.type))
			return atomicUpdate(
				p,
				operator,
				target,
				{value: scaled, elementSize, computeType: undefined},
				position,
			);
		return {
			kind: 'compound-assign',
			operator,
			target,
			value: scaled,
			computeType: type,
			elementSize,
			type,
			position,
		};
	}

	// The checks and the common type are those of the plain operator; the node made for it is thrown away
	const trial = binary(p, operator, target, value, position);
	if (isErrorType(trial.type) || !isArithmetic(type) || !isArithmetic(value.type)) {
		if (!isErrorType(trial.type)) invalidOperands(p, `${operator}=`, target, value, position);
		return errorExpression(position);
	}

	const isShift = operator === '<<' || operator === '>>';
	const computeType = (
		isShift ? unqualified(promote(target).type) : usualConversions(target, value).type
	) as IntegerType;
	const converted = convert(promote(value), isShift ? intType : computeType);
	if (isAtomic(target.type))
		return atomicUpdate(
			p,
			operator,
			target,
			{value: converted, elementSize: undefined, computeType},
			position,
		);
	return {
		kind: 'compound-assign',
		operator,
		target,
		value: converted,
		computeType,
		elementSize: undefined,
		type,
		position,
	};
};

/** `++x`, `x--` … */
export const increment = (
	p: Parser,
	target: Expression,
	delta: 1 | -1,
	isPrefix: boolean,
	position: Position,
): Expression => {
	const word = delta === 1 ? 'increment' : 'decrement';
	if (!checkModifiable(p, target, `${word} operand`, word, position))
		return errorExpression(position);
	const type = unqualified(target.type);
	if (!isScalar(type)) {
		error(p, position, `wrong type argument to ${word}`);
		return errorExpression(position);
	}

	let elementSize: number | undefined;
	if (isPointer(type)) {
		if (!checkPointee(p, type, position)) return errorExpression(position);
		if (isVariableLength(type.target)) {
			const one = integerConstant(1n, intType, position);
			const updated = compoundAssign(p, delta === 1 ? '+' : '-', target, one, position);
			return isPrefix ? updated : binary(p, delta === 1 ? '-' : '+', updated, one, position);
		}

		elementSize =
			type.target.kind === 'void' || type.target.kind === 'function' ? 1 : type.target.size;
	}

	if (isAtomic(target.type)) {
		const computeType = isPointer(type)
			? undefined
			: ((isInteger(type) ? unqualified(promote(target).type) : type) as IntegerType | FloatType);
		const one = !computeType
			? integerConstant(1n, longType, position)
			: convert(integerConstant(1n, intType, position), computeType);
		return atomicUpdate(
			p,
			delta === 1 ? '+' : '-',
			target,
			{value: one, elementSize, computeType},
			position,
			!isPrefix,
		);
	}

	const computeType = isInteger(type) ? (unqualified(promote(target).type) as IntegerType) : type;
	return {kind: 'increment', target, delta, isPrefix, computeType, elementSize, type, position};
};
