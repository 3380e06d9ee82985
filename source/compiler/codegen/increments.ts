/**
 * Which expressions add a constant to an object, however they are written: `x++`, `x += 2`, `x = x - 1`, `p++`.
 */
import type {AssignExpression, CompoundAssign, Expression} from '../ast.js';
import type {CType} from '../types/c-types.js';

/** Whether two lvalues without side effects are certainly the same object, syntactically. */
const isSameLvalue = (left: Expression, right: Expression): boolean => {
	if (left.kind === 'variable') return right.kind === 'variable' && left.symbol === right.symbol;
	if (left.kind === 'dereference') {
		return right.kind === 'dereference' && isSameLvalue(left.operand, right.operand);
	}

	if (left.kind === 'member') {
		return (
			right.kind === 'member' &&
			left.member === right.member &&
			isSameLvalue(left.object, right.object)
		);
	}

	if (left.kind === 'integer') return right.kind === 'integer' && left.value === right.value;
	if (left.kind === 'cast') {
		return (
			right.kind === 'cast' &&
			left.conversion === right.conversion &&
			isSameLvalue(left.operand, right.operand)
		);
	}

	if (left.kind === 'pointer-add') {
		return (
			right.kind === 'pointer-add' &&
			left.isSubtraction === right.isSubtraction &&
			left.elementSize === right.elementSize &&
			isSameLvalue(left.pointer, right.pointer) &&
			isSameLvalue(left.index, right.index)
		);
	}

	return false;
};

const constantOf = (node: Expression): bigint | undefined =>
	node.kind === 'integer' ? node.value : undefined;

/** An expression that adds a constant to an object: `x++`, `x -= 2`, `x = x + 1`, `p++`. */
export type Increment = {
	readonly target: Expression;
	/** What is added to the representation (pointers: bytes). */
	readonly delta: bigint;
	/** Written so that its value is the one before. */
	readonly isPostfix: boolean;
};

/** Conversions that keep the low `size` bytes, taken away. */
const withoutConversions = (node: Expression, size: number): Expression =>
	node.kind === 'cast' &&
	(node.conversion === 'integer' || node.conversion === 'pointer') &&
	node.type.size >= size
		? withoutConversions(node.operand, size)
		: node;

/** `x + c`, `c + x`, `x - c` on the lvalue `target`, as the constant. */
const addedConstant = (target: Expression, value: Expression): bigint | undefined => {
	const {size} = target.type;
	const sum = withoutConversions(value, size);
	if (sum.kind === 'binary' && (sum.operator === '+' || sum.operator === '-')) {
		const right = constantOf(sum.right);
		if (right !== undefined && isSameLvalue(target, withoutConversions(sum.left, size))) {
			return sum.operator === '+' ? right : -right;
		}

		const left = constantOf(sum.left);
		if (
			left !== undefined &&
			sum.operator === '+' &&
			isSameLvalue(target, withoutConversions(sum.right, size))
		) {
			return left;
		}
	}

	if (sum.kind === 'pointer-add') {
		const index = constantOf(sum.index);
		if (index !== undefined && isSameLvalue(target, withoutConversions(sum.pointer, size))) {
			return (sum.isSubtraction ? -index : index) * BigInt(sum.elementSize);
		}
	}

	return undefined;
};

/** Integers and pointers only: floats and _Bool don't count. */
const isCountable = (type: CType): boolean =>
	type.kind === 'pointer' || (type.kind === 'integer' && type.rank > 0);

/** The increment that `node` is, or undefined. */
export const asIncrement = (node: Expression): Increment | undefined => {
	if (node.kind === 'increment') {
		if (!isCountable(node.target.type) || node.computeType.kind === 'float') return undefined;
		return {
			target: node.target,
			delta: BigInt(node.delta) * BigInt(node.elementSize ?? 1),
			isPostfix: !node.isPrefix,
		};
	}

	if (node.kind === 'compound-assign' && (node.operator === '+' || node.operator === '-')) {
		const value = constantOf(node.value);
		if (value === undefined || !isCountable(node.target.type)) return undefined;
		if (node.computeType.kind === 'float') return undefined;
		const delta = value * BigInt(node.elementSize ?? 1);
		return {target: node.target, delta: node.operator === '+' ? delta : -delta, isPostfix: false};
	}

	if (node.kind === 'assign' && isCountable(node.target.type)) {
		const delta = addedConstant(node.target, node.value);
		return delta === undefined ? undefined : {target: node.target, delta, isPostfix: false};
	}

	return undefined;
};

const isConstantNumber = (node: Expression): boolean =>
	node.kind === 'integer' ||
	node.kind === 'float' ||
	(node.kind === 'cast' && isConstantNumber(node.operand));

const withoutCast = (node: Expression): Expression => (node.kind === 'cast' ? node.operand : node);

/** `x = x + c` and `x = x - c`, for arithmetic types, as `x += c`: one conversion before and one after are its own. */
export const asCountingCompound = (node: AssignExpression): CompoundAssign | undefined => {
	const {target, position} = node;
	const sum = withoutCast(node.value);
	if (sum.kind !== 'binary' || (sum.operator !== '+' && sum.operator !== '-')) return undefined;
	const {left, right, operator, type: computeType} = sum;
	if (computeType.kind !== 'integer' && computeType.kind !== 'float') return undefined;
	const isArithmetic =
		target.type.kind === 'float' ? computeType.kind === 'float' : isCountable(target.type);
	if (!isArithmetic || !isConstantNumber(right)) return undefined;
	if (!isSameLvalue(target, withoutCast(left))) return undefined;
	const {type} = node;
	return {
		kind: 'compound-assign',
		type,
		position,
		operator,
		target,
		value: right,
		computeType,
		elementSize: undefined,
	};
};

/** An expression that adds a constant to a floating-point object. */
export const isFloatCount = (node: Expression): boolean => {
	switch (node.kind) {
		case 'increment':
			return node.target.type.kind === 'float';
		case 'compound-assign':
			return (
				(node.operator === '+' || node.operator === '-') &&
				node.target.type.kind === 'float' &&
				isConstantNumber(node.value)
			);
		case 'assign':
			return node.target.type.kind === 'float' && asCountingCompound(node) !== undefined;
		default:
			return false;
	}
};
