/**
 * Read-modify-write of atomic objects: `_Atomic` operators and the __sync, __atomic builtins, reduced to the few indivisible
 * operations of the machine plus ordinary nodes on hidden temporaries.
 */
import type {ArithmeticOperator, Builtin, Expression, Position, Statement} from '../ast.js';
import {
	boolType,
	intType,
	isBool,
	isInteger,
	isPointer,
	longType,
	pointerTo,
	qualifier,
	qualify,
	unqualified,
	voidType,
	type CType,
	type FloatType,
	type IntegerType,
} from '../types/c-types.js';
import {convertForAssignment} from './assignment-conversion.js';
import {convert, decay, errorExpression} from './conversions.js';
import {integerConstant} from './fold.js';
import {createTemporary, error, isErrorType, type Parser} from '../parse/parser-state.js';
import {quotedType} from '../types/type-names.js';

type AtomicOperation = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'nand';

const operationOf: Readonly<Partial<Record<ArithmeticOperator, AtomicOperation>>> = {
	'+': 'add',
	'-': 'sub',
	'&': 'and',
	'|': 'or',
	'^': 'xor',
};

const variableOf = (
	symbol: ReturnType<typeof createTemporary>,
	position: Position,
): Expression => ({kind: 'variable', symbol, type: symbol.type, position});

const builtin = (
	name: Builtin,
	args: readonly Expression[],
	type: CType,
	position: Position,
): Expression => ({kind: 'builtin', builtin: name, args, type, position});

const sequence = (steps: readonly Expression[], position: Position): Expression =>
	steps.reduce((left, right) => ({kind: 'comma', left, right, type: right.type, position}));

/** Stores `value` in a fresh temporary: the store, and the temporary to read. A constant needs none. */
const saved = (
	p: Parser,
	value: Expression,
	position: Position,
): {store: Expression | undefined; read: Expression} => {
	if (value.kind === 'integer') return {store: undefined, read: value};
	const type = unqualified(value.type);
	const symbol = createTemporary(p, type, position);
	return {
		store: {kind: 'assign', target: variableOf(symbol, position), value, type, position},
		read: variableOf(symbol, position),
	};
};

const withStore = (
	store: Expression | undefined,
	then: Expression,
	position: Position,
): Expression => (store ? sequence([store, then], position) : then);

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
	if (!isNewWanted) return builtin(name, [address, operand], object, position);
	const {store, read} = saved(p, operand, position);
	const old = builtin(name, [address, read], object, position);
	return withStore(store, applied(operation, old, read, object, position), position);
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
	const bits = type.kind === 'float' ? (type.size === 8 ? longType : intType) : type;
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
	const exchanged = builtin(
		'atomic-compare-exchange',
		[
			convert(pointer.read, pointerTo(bits), true),
			bitsOf(old, bits, position),
			bitsOf(next, bits, position),
		],
		bits,
		position,
	);
	const isOther: Expression = {
		kind: 'compare',
		operator: '!=',
		left: comparable(seen),
		right: comparable(bitsOf(old, bits, position)),
		type: intType,
		position,
	};
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
			hasVariableLengthArrays: false,
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

/* ---------- Builtins by name ---------- */

/** The pointer argument of an atomic builtin, its object's type checked. */
const atomicObject = (
	p: Parser,
	argument: Expression | undefined,
	position: Position,
	allowsFloats: boolean,
): {address: Expression; type: CType} | undefined => {
	const address = argument && decay(argument);
	if (!address || isErrorType(address.type)) return undefined;
	const type = address.type.kind === 'pointer' ? unqualified(address.type.target) : undefined;
	if (!type || !(isInteger(type) || isPointer(type) || (allowsFloats && type.kind === 'float'))) {
		error(
			p,
			position,
			`an atomic operation needs a pointer to an integer or a pointer, not ${quotedType(address.type)}`,
		);
		return undefined;
	}

	return {address, type};
};

const dereferenced = (address: Expression, position: Position, type?: CType): Expression => ({
	kind: 'dereference',
	operand: address,
	type: type ?? (address.type.kind === 'pointer' ? address.type.target : address.type),
	position,
});

const valueFor = (
	p: Parser,
	value: Expression | undefined,
	type: CType,
	position: Position,
): Expression =>
	value
		? convertForAssignment(p, value, type, {kind: 'initialization'})
		: integerConstant(0n, type, position);

/** `old = CAS(p, e, d)` then `old == e`, with *expected set on failure if it is an address. */
const compareExchange = (
	p: Parser,
	address: Expression,
	type: CType,
	expectedAddress: Expression,
	desired: Expression,
	position: Position,
): Expression => {
	const pointer = saved(p, expectedAddress, position);
	const expected = saved(p, dereferenced(pointer.read, position, type), position);
	const old = saved(
		p,
		builtin('atomic-compare-exchange', [address, expected.read, desired], type, position),
		position,
	);
	const isSame: Expression = {
		kind: 'compare',
		operator: '==',
		left: comparable(old.read),
		right: comparable(expected.read),
		type: intType,
		position,
	};
	const target = dereferenced(pointer.read, position, type);
	const update: Expression = {kind: 'assign', target, value: old.read, type, position};
	const result: Expression = {
		kind: 'conditional',
		condition: isSame,
		consequent: integerConstant(1n, boolType, position),
		alternate: {
			kind: 'comma',
			left: update,
			right: integerConstant(0n, boolType, position),
			type: boolType,
			position,
		},
		type: boolType,
		position,
	};
	return sequence(
		[pointer.store, expected.store, old.store, result].filter(step => step !== undefined),
		position,
	);
};

const fetchPattern =
	/^__(?:sync|atomic|c11_atomic)_(?:fetch_and_(add|sub|and|or|xor|nand)|fetch_(add|sub|and|or|xor|nand)|(add|sub|and|or|xor|nand)_(?:and_)?fetch)$/;

/** Reads a value through a volatile-qualified lvalue, so that the load is never dropped. */
const atomicLoad = (address: Expression, type: CType, position: Position): Expression =>
	dereferenced(address, position, qualify(type, qualifier.volatile));

const atomicStore = (
	address: Expression,
	type: CType,
	value: Expression,
	position: Position,
): Expression =>
	convert(
		{kind: 'assign', target: dereferenced(address, position), value, type, position},
		voidType,
	);

export const isAtomicBuiltin = (name: string): boolean =>
	/^__(?:sync|atomic|c11_atomic)_/.test(name);

/** A call of `__sync_*`, `__atomic_*` or `__c11_atomic_*`; undefined if there is no builtin of that name. */
export const atomicBuiltin = (
	p: Parser,
	name: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const word = name.replace(/^__(?:sync|atomic|c11_atomic)_/, '').replace(/_\d+$/, '');
	const isSync = name.startsWith('__sync_');
	if (word === 'synchronize' || word === 'thread_fence' || word === 'signal_fence')
		return builtin('fence', [], voidType, position);
	if (word === 'is_lock_free' || word === 'always_lock_free')
		return integerConstant(1n, boolType, position);
	if (word === 'test_and_set' || word === 'clear') return flagOperation(p, word, args, position);
	const fetch = fetchPattern.exec(name.replace(/_\d+$/, ''));
	const known = [
		'load_n',
		'load',
		'store_n',
		'store',
		'exchange_n',
		'exchange',
		'compare_exchange_n',
		'compare_exchange',
		'lock_test_and_set',
		'lock_release',
		'val_compare_and_swap',
		'bool_compare_and_swap',
		'init',
		'compare_exchange_strong',
		'compare_exchange_weak',
	].includes(word);
	if (!fetch && !known) return undefined;
	const isPlain = /^(?:load|store|init)/.test(word);
	const object = atomicObject(p, args[0], position, isPlain);
	if (!object) return errorExpression(position);
	const {address, type} = object;
	if (fetch) {
		const operation = (fetch[1] ?? fetch[2] ?? fetch[3]) as AtomicOperation;
		const operand = args[1] ? decay(args[1]) : integerConstant(0n, longType, position);
		return fetchAndUpdate(p, operation, address, operand, fetch[3] !== undefined, position);
	}

	/** The generic forms pass the operand by address. */
	const byAddress = (argument: Expression | undefined): Expression => {
		const pointer = argument && decay(argument);
		if (pointer?.type.kind === 'pointer') return convert(dereferenced(pointer, position), type);
		return errorExpression(position);
	};

	switch (word) {
		case 'load_n': {
			return atomicLoad(address, type, position);
		}

		case 'load': {
			if (name.startsWith('__c11')) return atomicLoad(address, type, position);
			return args[1]
				? atomicStore(decay(args[1]), type, atomicLoad(address, type, position), position)
				: errorExpression(position);
		}

		case 'store_n':
		case 'init': {
			return atomicStore(address, type, valueFor(p, args[1], type, position), position);
		}

		case 'store': {
			return atomicStore(
				address,
				type,
				name.startsWith('__c11') ? valueFor(p, args[1], type, position) : byAddress(args[1]),
				position,
			);
		}

		case 'lock_release': {
			return atomicStore(address, type, integerConstant(0n, type, position), position);
		}

		case 'lock_test_and_set':
		case 'exchange_n': {
			return builtin(
				'atomic-exchange',
				[address, valueFor(p, args[1], type, position)],
				type,
				position,
			);
		}

		case 'exchange': {
			if (name.startsWith('__c11'))
				return builtin(
					'atomic-exchange',
					[address, valueFor(p, args[1], type, position)],
					type,
					position,
				);
			const old = builtin('atomic-exchange', [address, byAddress(args[1])], type, position);
			return args[2] ? atomicStore(decay(args[2]), type, old, position) : errorExpression(position);
		}

		case 'val_compare_and_swap':
		case 'bool_compare_and_swap': {
			const expected = saved(p, valueFor(p, args[1], type, position), position);
			const old = builtin(
				'atomic-compare-exchange',
				[address, expected.read, valueFor(p, args[2], type, position)],
				type,
				position,
			);
			if (word === 'val_compare_and_swap') return withStore(expected.store, old, position);
			const isSame: Expression = {
				kind: 'compare',
				operator: '==',
				left: comparable(old),
				right: comparable(expected.read),
				type: intType,
				position,
			};
			return withStore(expected.store, convert(isSame, boolType), position);
		}

		default: {
			const expected = args[1] ? decay(args[1]) : errorExpression(position);
			if (expected.type.kind !== 'pointer' || isSync) {
				error(p, position, `the second argument of '${name}' must be a pointer`);
				return errorExpression(position);
			}

			const desired =
				word === 'compare_exchange' ? byAddress(args[2]) : valueFor(p, args[2], type, position);
			return compareExchange(p, address, type, expected, desired, position);
		}
	}
};

/** Operands of a comparison must be at least int wide. */
const comparable = (value: Expression): Expression =>
	value.type.kind === 'integer' && value.type.rank < 3 ? convert(value, intType) : value;

/** `__atomic_test_and_set` and `__atomic_clear` work on a byte, whatever the pointer says. */
const flagOperation = (
	p: Parser,
	word: string,
	args: readonly Expression[],
	position: Position,
): Expression => {
	const pointer = args[0] && decay(args[0]);
	if (pointer?.type.kind !== 'pointer') {
		error(p, position, `'__atomic_${word}' needs a pointer`);
		return errorExpression(position);
	}

	const address = convert(pointer, pointerTo(boolType), true);
	if (word === 'clear')
		return atomicStore(address, boolType, integerConstant(0n, boolType, position), position);
	return builtin(
		'atomic-exchange',
		[address, integerConstant(1n, boolType, position)],
		boolType,
		position,
	);
};
