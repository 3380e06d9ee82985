/**
 * Arithmetic, comparisons and conversions on values in registers: which instruction, and with an immediate where there is
 * one.
 */
import type {OpcodeName} from '../../bytecode/opcodes.js';
import type {ArithmeticOperator, Expression} from '../ast.js';
import type {CType} from '../types/c-types.js';
import {pin} from './place.js';
import {
	type FunctionState,
	type Register,
	allocate,
	emit,
	emitConstant,
	emitResult,
	isInt32,
	kindOf,
	none,
} from './codegen-state.js';

/** A right operand: in a register, or a constant that may become an immediate. */
export type Operand =
	| {readonly kind: 'register'; readonly register: Register}
	| {readonly kind: 'constant'; readonly value: bigint};

/** The value of an integer constant as a signed number of the width it is computed in. */
export const constantValue = (node: Expression): bigint | undefined =>
	node.kind === 'integer'
		? BigInt.asIntN(kindOf(node.type) === 'w' ? 32 : 64, node.value)
		: undefined;

export const operandOf = (f: FunctionState, node: Expression): Operand => {
	const value = constantValue(node);
	return value === undefined
		? {kind: 'register', register: f.visit.value(f, node)}
		: {kind: 'constant', value};
};

export const inRegister = (f: FunctionState, operand: Operand, kind: 'w' | 'l' | 'f'): Register => {
	if (operand.kind === 'register') return operand.register;
	const register = allocate(f);
	emitConstant(f, kind, register, operand.value);
	return register;
};

type Names = {
	/** Register form for 32 and 64 bits. */
	readonly w: OpcodeName;
	readonly l: OpcodeName;
	/** Immediate forms. */
	readonly wi?: OpcodeName;
	readonly li?: OpcodeName;
	readonly isCommutative?: boolean;
};

const integerOperations: Readonly<Record<string, Names>> = {
	'+': {w: 'ADD', l: 'ADDL', wi: 'ADDI', li: 'ADDLI', isCommutative: true},
	'-': {w: 'SUB', l: 'SUBL'},
	'*': {w: 'MUL', l: 'MULL', wi: 'MULI', li: 'MULLI', isCommutative: true},
	'&': {w: 'AND', l: 'ANDL', wi: 'ANDI', li: 'ANDLI', isCommutative: true},
	'|': {w: 'OR', l: 'ORL', wi: 'ORI', isCommutative: true},
	'^': {w: 'XOR', l: 'XORL', wi: 'XORI', isCommutative: true},
	'<<': {w: 'SHL', l: 'SHLL', wi: 'SHLI', li: 'SHLLI'},
	'/': {w: 'DIV', l: 'DIVL'},
	'%': {w: 'REM', l: 'REML'},
	'>>': {w: 'SAR', l: 'SARL', wi: 'SARI', li: 'SARLI'},
	'u/': {w: 'DIVU', l: 'DIVUL'},
	'u%': {w: 'REMU', l: 'REMUL'},
	'u>>': {w: 'SHR', l: 'SHRL', wi: 'SHRI', li: 'SHRLI'},
};

const floatOperations: Readonly<Record<string, OpcodeName>> = {
	'+': 'FADD',
	'-': 'FSUB',
	'*': 'FMUL',
	'/': 'FDIV',
};

const namesOf = (operator: ArithmeticOperator, isSigned: boolean): Names => {
	const key =
		!isSigned && (operator === '/' || operator === '%' || operator === '>>')
			? `u${operator}`
			: operator;
	return integerOperations[key]!;
};

export const isCommutative = (operator: ArithmeticOperator): boolean =>
	integerOperations[operator]!.isCommutative === true;

/** The exponent if the value is a power of two above 1. */
const powerOfTwo = (value: bigint): number | undefined => {
	if (value <= 1n || (value & (value - 1n)) !== 0n) return undefined;
	return value.toString(2).length - 1;
};

/** A cheaper operation with an immediate for the same result, if there is one. */
const simplify = (
	operator: ArithmeticOperator,
	isSigned: boolean,
	bits: 32 | 64,
	value: bigint,
): {readonly operator: ArithmeticOperator; readonly value: bigint} => {
	if (operator === '-') return {operator: '+', value: BigInt.asIntN(bits, -value)};
	if (operator === '<<' || operator === '>>') return {operator, value: value & BigInt(bits - 1)};
	const log = powerOfTwo(isSigned ? value : BigInt.asUintN(bits, value));
	if (log === undefined) return {operator, value};
	if (operator === '*') return {operator: '<<', value: BigInt(log)};
	if (!isSigned && operator === '/') return {operator: '>>', value: BigInt(log)};
	if (!isSigned && operator === '%') return {operator: '&', value: (1n << BigInt(log)) - 1n};
	return {operator, value};
};

/** `left operator right` on integers or pointers of the width of `kind`. */
export const emitInteger = (
	f: FunctionState,
	operator: ArithmeticOperator,
	kind: 'w' | 'l',
	isSigned: boolean,
	left: Register,
	right: Operand,
	mark: Register,
	wanted: Register,
): Register => {
	if (right.kind === 'constant') {
		const simple = simplify(operator, isSigned, kind === 'w' ? 32 : 64, right.value);
		const names = namesOf(simple.operator, isSigned);
		const name = kind === 'w' ? names.wi : names.li;
		if (name && isInt32(simple.value)) {
			return emitResult(f, mark, wanted, name, left, Number(simple.value));
		}
	}

	const names = namesOf(operator, isSigned);
	const isShift = operator === '<<' || operator === '>>';
	const second = inRegister(f, right, isShift ? 'w' : kind);
	return emitResult(f, mark, wanted, kind === 'w' ? names.w : names.l, left, second);
};

/** `left operator right` in `type`: both operands are in it already (shifts: the right one is an int). */
export const emitArithmetic = (
	f: FunctionState,
	operator: ArithmeticOperator,
	type: CType,
	left: Register,
	right: Operand,
	mark: Register,
	wanted: Register,
): Register => {
	if (type.kind === 'float') {
		const second = inRegister(f, right, 'f');
		const to = emitResult(f, mark, wanted, floatOperations[operator]!, left, second);
		if (type.size === 4) emit(f, 'FROUND', to, to);
		return to;
	}

	const kind = type.size === 8 ? 'l' : 'w';
	const isSigned = type.kind === 'integer' && type.isSigned;
	return emitInteger(f, operator, kind, isSigned, left, right, mark, wanted);
};

/** Generates both operands of an operator, the left one first. A constant on the left of a commutative one changes sides. */
export const generateOperands = (
	f: FunctionState,
	leftNode: Expression,
	rightNode: Expression,
	canSwap: boolean,
): {readonly left: Register; readonly right: Operand} => {
	if (canSwap && leftNode.kind === 'integer' && rightNode.kind !== 'integer') {
		return {left: f.visit.value(f, rightNode), right: operandOf(f, leftNode)};
	}

	const kind = kindOf(leftNode.type);
	const left = pin(f, f.visit.value(f, leftNode), kind === 'v' ? 'l' : kind, rightNode);
	return {left, right: operandOf(f, rightNode)};
};

/** A number of elements as a number of bytes. */
export const scaleOperand = (f: FunctionState, count: Operand, elementSize: number): Operand => {
	if (count.kind === 'constant')
		return {kind: 'constant', value: count.value * BigInt(elementSize)};
	if (elementSize === 1) return count;
	const register = emitInteger(
		f,
		'*',
		'l',
		true,
		count.register,
		{kind: 'constant', value: BigInt(elementSize)},
		f.top,
		none,
	);
	return {kind: 'register', register};
};
