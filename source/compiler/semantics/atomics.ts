/**
 * Read-modify-write of atomic objects: the operators on `_Atomic` objects and what the builtins share with them, reduced to
 * the few indivisible operations of the machine plus ordinary nodes on hidden temporaries.
 */
import type {ArithmeticOperator, Builtin, Expression, Position, Statement} from '../ast.js';
import {
	intType,
	isBool,
	isInteger,
	isPointer,
	longType,
	pointerTo,
	qualifier,
	qualify,
	unqualified,
	type CType,
	type FloatType,
	type IntegerType,
} from '../types/c-types.js';
import {convert, errorExpression} from './conversions.js';
import {builtinNode} from './builtin-node.js';
import {integerConstant} from './fold.js';
import {createTemporary} from '../parse/names.js';
import {error} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';
import {saved, sequence, variableOf, withStores} from './temporaries.js';
import {quotedType} from '../types/type-names.js';

export type AtomicOperation = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'nand';

const operationOf: Readonly<Partial<Record<ArithmeticOperator, AtomicOperation>>> = {
	'+': 'add',
	'-': 'sub',
	'&': 'and',
	'|': 'or',
	'^': 'xor',
};

/** `*address`, of the pointer's target type unless another is given. */
export const dereferenced = (
	address: Expression,
	position: Position,
	type?: CType,
): Expression => ({
	kind: 'dereference',
	operand: address,
	type: type ?? (address.type.kind === 'pointer' ? address.type.target : address.type),
	position,
});

/** Reads a value through a volatile-qualified lvalue, so that the load is never dropped. */
export const atomicLoad = (address: Expression, type: CType, position: Position): Expression =>
	dereferenced(address, position, qualify(type, qualifier.volatile));

/** Operands of a comparison must be at least int wide. */
const comparable = (value: Expression): Expression =>
	value.type.kind === 'integer' && value.type.rank < 3 ? convert(value, intType) : value;

/** Whether two values of one type are the same, or differ. */
export const comparison = (
	operator: '==' | '!=',
	left: Expression,
	right: Expression,
	position: Position,
): Expression => ({
	kind: 'compare',
	operator,
	left: comparable(left),
	right: comparable(right),
	type: intType,
	position,
});

/** What the operation makes of an old value. */
const applied = (
	operation: AtomicOperation,
	old: Expression,
	operand: Expression,
	type: CType,
	position: Position,
): Expression => {
	if (type.kind !== 'integer') return old;
	const plain =
		operation === 'nand'
			? '&'
			: (Object.entries(operationOf).find(
					([, name]) => name === operation,
				)?.[0] as ArithmeticOperator);
	const wide = type.size === 8 ? type : longType;
	const left = convert(old, wide);
	const right = convert(operand, wide);
	const result: Expression = {kind: 'binary', operator: plain, left, right, type: wide, position};
	const inverted: Expression =
		operation === 'nand'
			? {kind: 'unary', operator: '~', operand: result, type: wide, position}
			: result;
	return convert(inverted, type);
};

/** Fetch-and-op on `*address`; yields the old or the new value, of the object's type. */
export const fetchAndUpdate = (
	p: Parser,
	operation: AtomicOperation,
	address: Expression,
	operandIn: Expression,
	isNewWanted: boolean,
	position: Position,
): Expression => {
	const object =
		address.type.kind === 'pointer'
			? unqualified(address.type.target)
			: errorExpression(position).type;
	if (object.kind === 'pointer') {
		// Pointers are added to in bytes, as a long
		const asLong = convert(address, pointerTo(longType), true);
		return convert(
			fetchAndUpdate(p, operation, asLong, convert(operandIn, longType), isNewWanted, position),
			object,
		);
	}

	const operand = convert(operandIn, object);
	const name: Builtin = `atomic-${operation}`;
	if (!isNewWanted) return builtinNode(name, [address, operand], object, position);
	const {store, read} = saved(p, operand, position);
	const old = builtinNode(name, [address, read], object, position);
	return withStores([store], applied(operation, old, read, object, position), position);
};

/** The same bytes seen as an integer: what compare-and-swap compares. */
const bitsOf = (value: Expression, bits: CType, position: Position): Expression => {
	if (value.type === bits) return value;
	if (value.kind === 'variable') value.symbol.isAddressTaken = true;
	const address: Expression = {
		kind: 'address-of',
		operand: value,
		type: pointerTo(value.type),
		position,
	};
	return dereferenced(convert(address, pointerTo(bits), true), position, bits);
};

type ArithmeticType = IntegerType | FloatType;

/**
 * What no single instruction does (`*=`, `<<=`, floats): computes the new value and tries to exchange it for the old one, until
 * no other thread has come between (C11 6.5.16.2, note 113).
 */
const retriedUpdate = (
	p: Parser,
	operator: ArithmeticOperator,
	address: Expression,
	{value, computeType}: {readonly value: Expression; readonly computeType: ArithmeticType},
	isOldWanted: boolean,
	position: Position,
): Expression => {
	const type =
		address.type.kind === 'pointer' ? unqualified(address.type.target) : unqualified(address.type);
	const bits = type.kind === 'float' ? (type.size === 4 ? intType : longType) : type;
	const pointer = saved(p, address, position);
	const operand = saved(p, value, position);
	const temporary = (of: CType) => variableOf(createTemporary(p, of, position), position);
	const [old, next, seen] = [temporary(type), temporary(type), temporary(bits)];
	const assignment = (target: Expression, to: Expression): Expression => ({
		kind: 'assign',
		target,
		value: to,
		type: target.type,
		position,
	});
	const statement = (expression: Expression): Statement => ({
		kind: 'expression',
		expression,
		position,
	});
	const computed: Expression = {
		kind: 'binary',
		operator,
		left: convert(old, computeType),
		right: operand.read,
		type: computeType,
		position,
	};
	const exchanged = builtinNode(
		'atomic-compare-exchange',
		[
			convert(pointer.read, pointerTo(bits), true),
			bitsOf(old, bits, position),
			bitsOf(next, bits, position),
		],
		bits,
		position,
	);
	const isOther = comparison('!=', seen, bitsOf(old, bits, position), position);
	const stores = [pointer.store, operand.store].filter(store => store !== undefined);
	const attempt = sequence(
		[assignment(next, convert(computed, type)), assignment(seen, exchanged), isOther],
		position,
	);
	const loop: Statement = {
		kind: 'while',
		condition: attempt,
		body: statement(assignment(bitsOf(old, bits, position), seen)),
		position,
	};
	return {
		kind: 'statement-expression',
		body: {
			kind: 'block',
			statements: [
				...stores.map(statement),
				statement(assignment(old, atomicLoad(pointer.read, type, position))),
				loop,
			],
			end: position,
			position,
		},
		result: isOldWanted ? old : next,
		type,
		position,
	};
};

type AtomicOperand = {
	/** The right operand; for a retried operation in `computeType`. */
	readonly value: Expression;
	/** For pointers: bytes per element. */
	readonly elementSize: number | undefined;
	/** The type to compute in; undefined for pointers. */
	readonly computeType: ArithmeticType | undefined;
};

/** `target op= value` and `target++` on an `_Atomic` object. `isOldWanted`: postfix. */
export const atomicUpdate = (
	p: Parser,
	operator: ArithmeticOperator,
	target: Expression,
	{value, elementSize, computeType}: AtomicOperand,
	position: Position,
	isOldWanted = false,
): Expression => {
	const operation = operationOf[operator];
	const type = unqualified(target.type);
	if (type.size === 0 || (target.kind === 'member' && target.member.bitField)) {
		error(
			p,
			position,
			`'${operator}=' on an _Atomic object of type ${quotedType(type)} is not supported`,
		);
		return errorExpression(position);
	}

	if (target.kind === 'variable') target.symbol.isAddressTaken = true;
	const address: Expression =
		target.kind === 'dereference'
			? target.operand
			: {kind: 'address-of', operand: target, type: pointerTo(target.type), position};
	const isDirect =
		operation && (isPointer(type) || (isInteger(type) && !isBool(type) && isInteger(value.type)));
	if (!isDirect) {
		const operand = {value, computeType: computeType ?? longType};
		return retriedUpdate(p, operator, address, operand, isOldWanted, position);
	}

	const scaled: Expression =
		elementSize === undefined || elementSize === 1
			? value
			: value.kind === 'integer'
				? integerConstant(value.value * BigInt(elementSize), longType, position)
				: {
						kind: 'binary',
						operator: '*',
						left: value,
						right: integerConstant(BigInt(elementSize), longType, position),
						type: longType,
						position,
					};
	return fetchAndUpdate(p, operation, address, scaled, !isOldWanted, position);
};
