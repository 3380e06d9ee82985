/** The `__sync_*`, `__atomic_*` and `__c11_atomic_*` builtins by name. */
import type {Expression, Position} from '../ast.js';
import {
	boolType,
	isInteger,
	isPointer,
	longType,
	pointerTo,
	unqualified,
	voidType,
	type CType,
} from '../types/c-types.js';
import {builtinNode} from './builtin-node.js';
import {bitsTypeOf, savedAsBits, toBits} from './atomic-bits.js';
import {convertForAssignment} from './assignment-conversion.js';
import {
	type AtomicOperation,
	atomicLoad,
	comparison,
	dereferenced,
	fetchAndUpdate,
} from './atomics.js';
import {convert, decay, errorExpression} from './conversions.js';
import {integerConstant} from './fold.js';
import {error} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {saved, sequence, withStores} from './temporaries.js';
import {quotedType} from '../types/type-names.js';

/** The pointer argument of an atomic builtin, its object's type checked. */
const atomicObject = (
	p: Parser,
	argument: Expression | undefined,
	position: Position,
	word: string,
): {address: Expression; type: CType} | undefined => {
	const address = argument && decay(argument);
	if (!address || isErrorType(address.type)) return undefined;
	const type = address.type.kind === 'pointer' ? unqualified(address.type.target) : undefined;
	const isMove = /^(?:load|store|init|exchange|compare_exchange)/.test(word);
	const isNumber = type && (isInteger(type) || isPointer(type));
	const isMovable = type && isMove && (type.kind === 'float' || type.kind === 'record');
	if (!isNumber && !isMovable) {
		error(
			p,
			position,
			`an atomic operation needs a pointer to an integer or a pointer, not ${quotedType(address.type)}`,
		);
		return undefined;
	}

	if (isMovable && word.includes('exchange') && !bitsTypeOf(type)) {
		error(p, position, `not supported: atomic exchange of ${quotedType(type)}: ${type.size} bytes`);
		return undefined;
	}

	return {address, type};
};

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
		builtinNode('atomic-compare-exchange', [address, expected.read, desired], type, position),
		position,
	);
	const isSame = comparison('==', old.read, expected.read, position);
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

/** The old value is wanted (first group), or the new one (second). */
const fetchPattern =
	/^(?:fetch_(?:and_)?(add|sub|and|or|xor|nand)|(add|sub|and|or|xor|nand)_(?:and_)?fetch)$/;

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

/** A call of an atomic builtin on a checked object. */
type AtomicCall = {
	readonly p: Parser;
	readonly name: string;
	readonly address: Expression;
	/** Of the object. */
	readonly type: CType;
	readonly args: readonly Expression[];
	readonly position: Position;
};

/** An operand by value. */
const byValue = ({p, args, type, position}: AtomicCall, index: number): Expression =>
	valueFor(p, args[index], type, position);

/** The generic forms of gcc pass an operand by address; clang's by value. */
const generic = (call: AtomicCall, index: number): Expression => {
	if (call.name.startsWith('__c11')) return byValue(call, index);
	const pointer = call.args[index] && decay(call.args[index]);
	return pointer?.type.kind === 'pointer'
		? convert(dereferenced(pointer, call.position), call.type)
		: errorExpression(call.position);
};

const storing = ({address, type, position}: AtomicCall, value: Expression): Expression =>
	atomicStore(address, type, value, position);

const exchange = ({p, address, type, position}: AtomicCall, value: Expression): Expression => {
	const bits = bitsTypeOf(type);
	if (!bits) return builtinNode('atomic-exchange', [address, value], type, position);
	const object = savedAsBits(p, value, bits, position);
	const old = builtinNode('atomic-exchange', [toBits(address, bits), object.bits], bits, position);
	const keep: Expression = {
		kind: 'assign',
		target: object.bits,
		value: old,
		type: bits,
		position,
	};
	return withStores([object.store, keep], object.read, position);
};

/** `__sync_*_compare_and_swap`: the old value, or whether it was the expected one. */
const swap = (call: AtomicCall, isTruthWanted: boolean): Expression => {
	const {p, address, type, position} = call;
	const expected = saved(p, byValue(call, 1), position);
	const args = [address, expected.read, byValue(call, 2)];
	const old = builtinNode('atomic-compare-exchange', args, type, position);
	if (!isTruthWanted) return withStores([expected.store], old, position);
	const isSame = comparison('==', old, expected.read, position);
	return withStores([expected.store], convert(isSame, boolType), position);
};

const compareAndExchange = (call: AtomicCall, isGeneric: boolean): Expression => {
	const {p, name, address, type, args, position} = call;
	const expected = args[1] ? decay(args[1]) : errorExpression(position);
	if (expected.type.kind !== 'pointer' || name.startsWith('__sync_')) {
		error(p, position, `the second argument of '${name}' must be a pointer`);
		return errorExpression(position);
	}

	const desired = isGeneric ? generic(call, 2) : byValue(call, 2);
	const bits = bitsTypeOf(type);
	if (!bits) return compareExchange(p, address, type, expected, desired, position);
	const object = savedAsBits(p, desired, bits, position);
	const [at, expectedAt] = [toBits(address, bits), toBits(expected, bits)];
	return withStores(
		[object.store],
		compareExchange(p, at, bits, expectedAt, object.bits, position),
		position,
	);
};

/** By name, without the prefix and the size in bytes at the end. */
const operations: Readonly<Record<string, (call: AtomicCall) => Expression>> = {
	load_n: ({address, type, position}) => atomicLoad(address, type, position),
	load: ({name, address, type, args, position}) => {
		const value = atomicLoad(address, type, position);
		if (name.startsWith('__c11')) return value;
		return args[1] ? atomicStore(decay(args[1]), type, value, position) : errorExpression(position);
	},
	store_n: call => storing(call, byValue(call, 1)),
	init: call => storing(call, byValue(call, 1)),
	store: call => storing(call, generic(call, 1)),
	lock_release: call => storing(call, integerConstant(0n, call.type, call.position)),
	lock_test_and_set: call => exchange(call, byValue(call, 1)),
	exchange_n: call => exchange(call, byValue(call, 1)),
	exchange: call => {
		const {name, type, args, position} = call;
		const old = exchange(call, generic(call, 1));
		if (name.startsWith('__c11')) return old;
		return args[2] ? atomicStore(decay(args[2]), type, old, position) : errorExpression(position);
	},
	val_compare_and_swap: call => swap(call, false),
	bool_compare_and_swap: call => swap(call, true),
	compare_exchange_n: call => compareAndExchange(call, false),
	compare_exchange: call => compareAndExchange(call, true),
	compare_exchange_strong: call => compareAndExchange(call, false),
	compare_exchange_weak: call => compareAndExchange(call, false),
};

const prefix = /^__(?:sync|atomic|c11_atomic)_/;

export const isAtomicBuiltin = (name: string): boolean => prefix.test(name);

/** A call of `__sync_*`, `__atomic_*` or `__c11_atomic_*`; undefined if there is no builtin of that name. */
export const atomicBuiltin = (
	p: Parser,
	name: string,
	args: readonly Expression[],
	position: Position,
): Expression | undefined => {
	const word = name.replace(prefix, '').replace(/_\d+$/, '');
	if (word === 'synchronize' || word === 'thread_fence' || word === 'signal_fence')
		return builtinNode('fence', [], voidType, position);
	if (word === 'is_lock_free' || word === 'always_lock_free')
		return integerConstant(1n, boolType, position);
	if (word === 'test_and_set' || word === 'clear') return flagOperation(p, word, args, position);
	const fetch = fetchPattern.exec(word);
	const operation = Object.hasOwn(operations, word) ? operations[word] : undefined;
	if (!fetch && !operation) return undefined;
	const object = atomicObject(p, args[0], position, word);
	if (!object) return errorExpression(position);
	if (operation) return operation({p, name, args, position, ...object});
	const [, before = '', after] = fetch ?? [];
	const operand = args[1] ? decay(args[1]) : integerConstant(0n, longType, position);
	const kind = (after ?? before) as AtomicOperation;
	return fetchAndUpdate(p, kind, object.address, operand, after !== undefined, position);
};

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
	return builtinNode(
		'atomic-exchange',
		[address, integerConstant(1n, boolType, position)],
		boolType,
		position,
	);
};
