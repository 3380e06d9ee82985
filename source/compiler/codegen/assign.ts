/**
 * Assignments, compound assignments and increments. C leaves the order of place and value open; ours is that of gcc on
 * x86-64, because programs have been seen to depend on it.
 */
import {hasEffects} from '../tree-walk.js';
import type {AssignExpression, CompoundAssign, Expression, IncrementExpression} from '../ast.js';
import type {BitField, CType} from '../types/c-types.js';
import {
	type Operand,
	constantValue,
	emitArithmetic,
	emitInteger,
	scaleOperand,
} from './arithmetic.js';
import {loadField, storeField} from './bit-field.js';
import {generateLow, lowOperators, needsConversion} from './cast.js';
import {convert} from './convert.js';
import {generateInto} from './into.js';
import {asMemory, copyTo, countInMemory, load, store} from './memory.js';
import {addressOf, isScale, narrowIndex, pin, pinPlace} from './place.js';
import {
	type FunctionState,
	type MemoryPlace,
	type Place,
	type Register,
	emitMove,
	emitResult,
	kindOf,
	none,
	resultRegister,
} from './codegen-state.js';
import {asIncrement, isFloatCount} from './increments.js';

export const isInMemory = (type: CType): boolean => type.kind === 'record' || type.kind === 'array';

export const bitFieldOf = (node: Expression): BitField | undefined =>
	node.kind === 'member' ? node.member.bitField : undefined;

/** The register that an lvalue is, or `none` if it is in memory. */
const registerOf = (f: FunctionState, target: Expression): Register => {
	if (target.kind !== 'variable' || target.type.kind === 'record') return none;
	return f.registers.get(target.symbol) ?? none;
};

/**
 * `lvalue = value`; returns the value stored (a record's address), which is only made available if `isUsed`. C leaves the
 * order open; as with gcc, the value comes first, unless it is the result of a call as it stands.
 */
export const generateAssign = (
	f: FunctionState,
	node: AssignExpression,
	isUsed: boolean,
): Register => {
	const {target, value} = node;
	const register = registerOf(f, target);
	if (register !== none) {
		generateInto(f, value, register);
		return register;
	}

	const isRecord = isInMemory(target.type);
	if (value.kind === 'call') {
		const place = pinPlace(f, inMemory(f.visit.place(f, target)), value);
		if (!isRecord) return storeValue(f, place, target, f.visit.value(f, value), isUsed);
		const result = f.visit.call(f, value, none, place);
		return isUsed ? result : none;
	}

	const isCut = !isUsed && !isRecord && !bitFieldOf(target);
	const from = f.visit.value(f, isCut ? withoutNarrowing(value, target.type) : value);
	const pinned = pin(f, from, pinKind(value.type), target);
	const place = inMemory(f.visit.place(f, target));
	if (!isRecord) return storeValue(f, place, target, pinned, isUsed);
	copyTo(f, place, pinned, value.type.size);
	return isUsed ? addressOf(f, place) : none;
};

const inMemory = (place: Place): MemoryPlace => {
	if (place.kind === 'register') throw new Error('a register where memory was expected');
	return place;
};

const pinKind = (type: CType): 'w' | 'l' | 'f' | 'm' => {
	const kind = kindOf(type);
	return kind === 'v' ? 'l' : kind;
};

/** Stores a scalar; returns it as it can be read back. */
const storeValue = (
	f: FunctionState,
	place: MemoryPlace,
	target: Expression,
	value: Register,
	isUsed: boolean,
	isCounting = false,
): Register => {
	const field = bitFieldOf(target);
	if (field) return storeField(f, place, target.type, field, value, isUsed, isCounting);
	store(f, place, target.type, value, isCounting);
	return value;
};

/** A store takes the low bits only, so a conversion to the stored width beforehand is for nothing. */
const withoutNarrowing = (node: Expression, type: CType): Expression => {
	if (node.kind !== 'cast' || node.conversion !== 'integer' || type.kind !== 'integer') return node;
	const {operand} = node;
	const isNarrowing = operand.type.kind === 'integer' && operand.type.size >= type.size;
	return type.size < 4 && isNarrowing && operand.type.size <= 4
		? withoutNarrowing(operand, type)
		: node;
};

/** Whether computing in the target's own 32 bits gives the same as computing in `computeType` and converting back. */
const canComputeNarrow = (node: CompoundAssign): boolean =>
	node.target.type.kind === 'integer' &&
	node.target.type.rank > 0 &&
	node.target.type.size <= 4 &&
	node.computeType.kind === 'integer' &&
	node.computeType.size === 8 &&
	lowOperators.has(node.operator);

/** The new value of the target of `op=`, from the old one, in the target's type. */
const computeCompound = (
	f: FunctionState,
	node: CompoundAssign,
	old: Register,
	right: Operand,
	wanted: Register,
): Register => {
	const mark = f.top;
	const {type} = node.target;
	const isNarrow = canComputeNarrow(node);
	const {computeType, operator} = node;
	if (pointerIndex(node) && right.kind === 'register') {
		const name = `PADD${node.elementSize as 1 | 2 | 4 | 8}` as const;
		return emitResult(f, mark, wanted, name, old, right.register);
	}

	const isDirect = isNarrow ? type.size === 4 : !needsConversion(computeType, type);
	const operationTarget = isDirect ? wanted : none;
	if (isNarrow) {
		const sum = emitInteger(f, operator, 'w', true, old, right, mark, operationTarget);
		return isDirect ? sum : convert(f, {...type, size: 4} as CType, type, sum, mark, wanted);
	}

	const operand =
		computeType.kind === 'pointer' ? scaleOperand(f, right, node.elementSize ?? 1) : right;
	const left = computeType.kind === 'pointer' ? old : convert(f, type, computeType, old, mark);
	const result =
		computeType.kind === 'pointer'
			? emitInteger(f, operator, 'l', false, left, operand, mark, operationTarget)
			: emitArithmetic(f, operator, computeType, left, operand, f.top, operationTarget);
	return isDirect ? result : convert(f, computeType, type, result, mark, wanted);
};

/** The 32-bit index if the node is `p += i` with elements of a size that PADD can scale. */
const pointerIndex = (node: CompoundAssign): Expression | undefined =>
	node.computeType.kind === 'pointer' && node.operator === '+' && isScale(node.elementSize)
		? narrowIndex(node.value)
		: undefined;

const compoundOperand = (f: FunctionState, node: CompoundAssign): Operand => {
	const value = constantValue(node.value);
	if (value !== undefined) {
		return {kind: 'constant', value: canComputeNarrow(node) ? BigInt.asIntN(32, value) : value};
	}

	const register = canComputeNarrow(node)
		? generateLow(f, node.value)
		: f.visit.value(f, node.value);
	return {kind: 'register', register};
};

/** The right operand of `op=`: the 32-bit index of `p += i` where PADD can scale it. */
const generateCompoundRight = (f: FunctionState, node: CompoundAssign): Operand => {
	const index = pointerIndex(node);
	return index ? {kind: 'register', register: f.visit.value(f, index)} : compoundOperand(f, node);
};

const pinOperand = (f: FunctionState, operand: Operand, type: CType, later: Expression): Operand =>
	operand.kind === 'constant'
		? operand
		: {kind: 'register', register: pin(f, operand.register, pinKind(type), later)};

/** `target op= value`. As with gcc, a value with side effects comes first. */
export const generateCompound = (
	f: FunctionState,
	node: CompoundAssign,
	isUsed: boolean,
): Register => {
	const increment = asIncrement(node);
	if (!isUsed && increment && countIn(f, increment)) return none;
	const {target} = node;
	const {type} = target;
	const register = registerOf(f, target);
	if (register !== none) {
		const value = computeCompound(f, node, register, generateCompoundRight(f, node), register);
		emitMove(f, kindOf(type), register, value);
		return register;
	}

	const isValueFirst = hasEffects(node.value);
	const first = isValueFirst
		? pinOperand(f, generateCompoundRight(f, node), node.value.type, target)
		: undefined;
	const place = inMemory(f.visit.place(f, target));
	const right = first ?? generateCompoundRight(f, node);
	const at = place.kind === 'indexed' && place.scale !== type.size ? asMemory(f, place) : place;
	const field = bitFieldOf(target);
	const isCounting = !isUsed && (increment !== undefined || isFloatCount(node));
	const old = field
		? loadField(f, at, type, field, none, f.top, isCounting)
		: load(f, at, type, none, f.top, isCounting);
	const value = computeCompound(f, node, old, right, none);
	return storeValue(f, at, target, value, isUsed, isCounting);
};

/** Counts in 4 or 8 bytes without using the value; false if the target is none that can be counted in so. */
export const countIn = (
	f: FunctionState,
	{target, delta}: NonNullable<ReturnType<typeof asIncrement>>,
): boolean => {
	const {type} = target;
	if ((type.size !== 4 && type.size !== 8) || bitFieldOf(target)) return false;
	if (type.kind !== 'integer' && type.kind !== 'pointer') return false;
	const mark = f.top;
	const place = f.visit.place(f, target);
	if (place.kind === 'register') {
		emitInteger(
			f,
			'+',
			type.size === 8 ? 'l' : 'w',
			true,
			place.register,
			{kind: 'constant', value: delta},
			f.top,
			place.register,
		);
	} else {
		countInMemory(f, place, type, delta);
	}

	f.top = mark;
	return true;
};

/** `x++` and the like as a compound assignment of 1. */
export const asCompound = (node: IncrementExpression): CompoundAssign => {
	const {position, computeType} = node;
	const one: Expression =
		computeType.kind === 'float'
			? {kind: 'float', type: computeType, position, value: 1}
			: {kind: 'integer', type: computeType, position, value: 1n};
	return {
		kind: 'compound-assign',
		type: node.type,
		position,
		operator: node.delta === 1 ? '+' : '-',
		target: node.target,
		value: one,
		computeType,
		elementSize: node.elementSize,
	};
};

export const generateIncrement = (
	f: FunctionState,
	node: IncrementExpression,
	mark: Register,
	wanted: Register,
): Register => {
	const compound = asCompound(node);
	if (node.isPrefix) return generateCompound(f, compound, true);
	const {type} = node.target;
	const kind = kindOf(type);
	const place = f.visit.place(f, node.target);
	if (place.kind === 'register') {
		const old = resultRegister(f, mark, wanted);
		emitMove(f, kind, old, place.register);
		const right = compoundOperand(f, compound);
		const value = computeCompound(f, compound, place.register, right, place.register);
		emitMove(f, kind, place.register, value);
		return old;
	}

	const right = compoundOperand(f, compound);
	const field = bitFieldOf(node.target);
	const old = field
		? loadField(f, place, type, field, none, f.top)
		: load(f, place, type, none, f.top);
	const value = computeCompound(f, compound, old, right, none);
	if (field) storeField(f, place, type, field, value, false);
	else store(f, place, type, value);
	return old;
};
