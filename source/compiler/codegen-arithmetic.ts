/**
 * Arithmetic, comparisons and conversions on values in registers: which instruction, and with an immediate where there is
 * one.
 */
import type {OpcodeName} from '../bytecode/opcodes.js';
import type {ArithmeticOperator, CompareOperator, Expression} from './ast.js';
import type {CType} from './c-types.js';
import {
	allocate,
	emit,
	emitConstant,
	emitDouble,
	emitMove,
	type FunctionState,
	kindOf,
	none,
	type Register,
	resultRegister,
} from './codegen-state.js';
import {pin} from './codegen-place.js';

/** A right operand: in a register, or a constant that may become an immediate. */
export type Operand =
	| {readonly kind: 'register'; readonly register: Register}
	| {readonly kind: 'constant'; readonly value: bigint};

const isInt32 = (value: bigint): boolean => value >= -0x8000_0000n && value <= 0x7fff_ffffn;

/** The value of an integer constant as a signed number of the width it is computed in. */
export const constantValue = (node: Expression): bigint | undefined =>
	node.kind === 'integer' ? BigInt.asIntN(kindOf(node.type) === 'w' ? 32 : 64, node.value) : undefined;

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

/* ---------- Arithmetic ---------- */

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
	const key = !isSigned && (operator === '/' || operator === '%' || operator === '>>') ? `u${operator}` : operator;
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
			const to = resultRegister(f, mark, wanted);
			emit(f, name, to, left, Number(simple.value));
			return to;
		}
	}

	const names = namesOf(operator, isSigned);
	const isShift = operator === '<<' || operator === '>>';
	const second = inRegister(f, right, isShift ? 'w' : kind);
	const to = resultRegister(f, mark, wanted);
	emit(f, kind === 'w' ? names.w : names.l, to, left, second);
	return to;
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
		const to = resultRegister(f, mark, wanted);
		emit(f, floatOperations[operator]!, to, left, second);
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
): readonly [left: Register, right: Operand] => {
	if (canSwap && leftNode.kind === 'integer' && rightNode.kind !== 'integer') {
		return [f.visit.value(f, rightNode), operandOf(f, leftNode)];
	}

	const kind = kindOf(leftNode.type);
	const left = pin(f, f.visit.value(f, leftNode), kind === 'v' ? 'l' : kind, rightNode);
	return [left, operandOf(f, rightNode)];
};

/** A number of elements as a number of bytes. */
export const scaleOperand = (f: FunctionState, count: Operand, elementSize: number): Operand => {
	if (count.kind === 'constant') return {kind: 'constant', value: count.value * BigInt(elementSize)};
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

/* ---------- Comparisons ---------- */

const swapped: Readonly<Record<CompareOperator, CompareOperator>> = {
	'==': '==',
	'!=': '!=',
	'<': '>',
	'<=': '>=',
	'>': '<',
	'>=': '<=',
};

export const negated: Readonly<Record<CompareOperator, CompareOperator>> = {
	'==': '!=',
	'!=': '==',
	'<': '>=',
	'<=': '>',
	'>': '<=',
	'>=': '<',
};

const stems: Readonly<Record<CompareOperator, string>> = {
	'==': 'EQ',
	'!=': 'NE',
	'<': 'LT',
	'<=': 'LE',
	'>': 'GT',
	'>=': 'GE',
};

/** A comparison made ready: the stem of its instruction's name and its operands. */
export type Comparison = {
	/** `EQ`, `LTU`, `GEI` … without the width letter of 64-bit forms. */
	readonly stem: string;
	readonly isImmediate: boolean;
	readonly isLong: boolean;
	readonly left: Register;
	/** A register, or the immediate. */
	readonly right: number;
};

/** An unsigned comparison with 0 or 1 that is a test for zero. */
const asZeroTest = (operator: CompareOperator, value: bigint): CompareOperator | undefined => {
	if (value === 0n && operator === '>') return '!=';
	if (value === 0n && operator === '<=') return '==';
	if (value === 1n && operator === '>=') return '!=';
	if (value === 1n && operator === '<') return '==';
	return undefined;
};

/** Evaluates the operands of an integer or pointer comparison and chooses the instruction for it. */
export const prepareComparison = (
	f: FunctionState,
	operator: CompareOperator,
	leftNode: Expression,
	rightNode: Expression,
): Comparison => {
	if (leftNode.kind === 'integer' && rightNode.kind !== 'integer') {
		return prepareComparison(f, swapped[operator], rightNode, leftNode);
	}

	const {type} = leftNode;
	const isLong = kindOf(type) === 'l';
	const isSigned = type.kind === 'integer' && type.isSigned;
	const [left, right] = generateOperands(f, leftNode, rightNode, false);
	if (right.kind === 'constant' && isInt32(right.value)) {
		const isEquality = operator === '==' || operator === '!=';
		const zeroTest = isSigned || isEquality ? undefined : asZeroTest(operator, right.value);
		if (isSigned || isEquality || zeroTest) {
			const value = zeroTest ? 0 : Number(right.value);
			return {stem: stems[zeroTest ?? operator], isImmediate: true, isLong, left, right: value};
		}
	}

	const second = inRegister(f, right, isLong ? 'l' : 'w');
	const isSwapped = operator === '>' || operator === '>=';
	const stem = stems[isSwapped ? swapped[operator] : operator];
	const isUnsigned = !isSigned && operator !== '==' && operator !== '!=';
	return {
		stem: isUnsigned ? `${stem}U` : stem,
		isImmediate: false,
		isLong,
		left: isSwapped ? second : left,
		right: isSwapped ? left : second,
	};
};

/** The instruction that sets a register to 0 or 1. */
export const emitComparison = (f: FunctionState, to: Register, comparison: Comparison): void => {
	const name = `${comparison.stem}${comparison.isLong ? 'L' : ''}${comparison.isImmediate ? 'I' : ''}`;
	emit(f, name as OpcodeName, to, comparison.left, comparison.right);
};

/** The instruction that branches if the comparison holds. */
export const emitBranch = (f: FunctionState, comparison: Comparison, label: number): void => {
	const name = `B${comparison.stem}${comparison.isLong ? 'L' : ''}${comparison.isImmediate ? 'I' : ''}`;
	emit(f, name as OpcodeName, comparison.left, comparison.right, label);
};

/** A comparison of floats: 0 or 1 in the result. NaN compares false, except for `!=`. */
export const compareFloats = (
	f: FunctionState,
	operator: CompareOperator,
	leftNode: Expression,
	rightNode: Expression,
	wanted: Register,
): Register => {
	const mark = f.top;
	const left = pin(f, f.visit.value(f, leftNode), 'f', rightNode);
	const right = f.visit.value(f, rightNode);
	const to = resultRegister(f, mark, wanted);
	const name = `F${stems[operator === '>' || operator === '>=' ? swapped[operator] : operator]}` as OpcodeName;
	if (operator === '>' || operator === '>=') emit(f, name, to, right, left);
	else emit(f, name, to, left, right);
	return to;
};

/* ---------- Conversions ---------- */

/** Cuts a 32-bit value in a register down to a narrow integer type. */
export const emitNarrow = (f: FunctionState, type: CType, to: Register, from: Register): void => {
	const isSigned = type.kind === 'integer' && type.isSigned;
	if (type.size === 1) emit(f, isSigned ? 'SX8' : 'ZX8', to, from);
	else if (type.size === 2) emit(f, isSigned ? 'SX16' : 'ZX16', to, from);
	else emitMove(f, 'w', to, from);
};

/** Whether every value of the one integer type is a value of the other, both of at most 32 bits. */
const includes = (outer: CType, inner: CType): boolean => {
	if (outer.kind !== 'integer' || inner.kind !== 'integer' || outer.size === 4) return outer.size === 4;
	if (inner.rank === 0) return true;
	if (outer.isSigned === inner.isSigned) return outer.size >= inner.size;
	return outer.isSigned && outer.size > inner.size;
};

/** Converts between integer types (not to _Bool); returns `from` itself if there is nothing to do. */
export const convertInteger = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	if (type.size === 8) {
		if (source.size === 8) return from;
		const isUnsigned = source.size === 4 && source.kind === 'integer' && !source.isSigned;
		const to = resultRegister(f, mark, wanted);
		emit(f, isUnsigned ? 'ZEXT' : 'SEXT', to, from);
		return to;
	}

	if (type.size === 4 || (source.size <= 4 && includes(type, source))) return from;
	const to = resultRegister(f, mark, wanted);
	emitNarrow(f, type, to, from);
	return to;
};

/** 0 or 1 in a register: whether the value is nonzero. */
export const convertToBoolean = (
	f: FunctionState,
	source: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	if (source.kind === 'integer' && source.rank === 0) return from;
	if (source.kind === 'float') {
		const zero = allocate(f);
		emitDouble(f, zero, 0);
		const to = resultRegister(f, mark, wanted);
		emit(f, 'FNE', to, from, zero);
		return to;
	}

	const to = resultRegister(f, mark, wanted);
	emit(f, kindOf(source) === 'w' ? 'NEI' : 'NELI', to, from, 0);
	return to;
};

export const convertIntegerToFloat = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	const isSigned = source.kind === 'integer' && source.isSigned;
	const isSingle = type.size === 4;
	const to = resultRegister(f, mark, wanted);
	if (source.size === 8) {
		if (isSingle) emit(f, isSigned ? 'LTOS' : 'ULTOS', to, from);
		else emit(f, isSigned ? 'LTOF' : 'ULTOF', to, from);
		return to;
	}

	emit(f, isSigned || source.size < 4 ? 'WTOF' : 'UTOF', to, from);
	if (isSingle && source.size === 4) emit(f, 'FROUND', to, to);
	return to;
};

export const convertFloatToInteger = (
	f: FunctionState,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register,
): Register => {
	const isSigned = type.kind === 'integer' && type.isSigned;
	const to = resultRegister(f, mark, wanted);
	if (type.size === 8) {
		emit(f, isSigned ? 'FTOL' : 'FTOUL', to, from);
	} else if (type.size === 4) {
		emit(f, isSigned ? 'FTOW' : 'FTOU', to, from);
	} else {
		emit(f, 'FTOW', to, from);
		emitNarrow(f, type, to, to);
	}

	return to;
};

/** Converts between any two scalar types as an assignment does. */
export const convert = (
	f: FunctionState,
	source: CType,
	type: CType,
	from: Register,
	mark: Register,
	wanted: Register = none,
): Register => {
	if (type.kind === 'integer' && type.rank === 0) return convertToBoolean(f, source, from, mark, wanted);
	if (type.kind === 'float') {
		if (source.kind !== 'float') return convertIntegerToFloat(f, source, type, from, mark, wanted);
		if (type.size === 8 || source.size === 4) return from;
		const to = resultRegister(f, mark, wanted);
		emit(f, 'FROUND', to, from);
		return to;
	}

	if (source.kind === 'float') return convertFloatToInteger(f, type, from, mark, wanted);
	return convertInteger(f, source, type, from, mark, wanted);
};
