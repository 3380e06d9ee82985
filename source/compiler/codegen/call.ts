/**
 * Calls and the operations that the machine has instructions for. The calling convention stands in the header of
 * codegen.ts.
 */
import {hasEffects} from '../tree-walk.js';
import {atomicKind, unaryMath} from '../../bytecode/opcodes.js';
import type {BuiltinExpression, CallExpression, Expression} from '../ast.js';
import type {CType} from '../types/c-types.js';
import {convertInteger, emitNarrow} from './convert.js';
import {generateInto} from './into.js';
import {copyTo, store} from './memory.js';
import {addressOf, pin} from './place.js';
import {
	allocate,
	allocateFrame,
	emit,
	emitAddress,
	emitConstant,
	emitMove,
	emitResult,
	type FunctionState,
	kindOf,
	type MemoryPlace,
	none,
	ownerOf,
	type Register,
	relocate,
} from './codegen-state.js';
import {isStable, livesInRegister} from './walk.js';
import {pointerTo, unsignedLongType, voidType} from '../types/c-types.js';
import {variadicSlotSize} from '../types/round-up.js';

const addressType = pointerTo(voidType);

/* ---------- Calls ---------- */

/** The callee's address in a register, or undefined if the call is direct. */
const generateCallee = (f: FunctionState, node: CallExpression): Register | undefined => {
	const {callee} = node;
	if (callee.kind === 'function') {
		if (callee.symbol.isDefined || !callee.symbol.isWeak) return undefined;
		// A weak function that may be missing has address 0.
		const register = allocate(f);
		emitAddress(f, register, callee.symbol, 0, callee.position);
		return register;
	}

	const value = f.visit.value(f, callee);
	return node.args.reduce((register, arg) => pin(f, register, 'l', arg), value);
};

/** Whether the order of evaluation of the arguments can matter. */
const needsOrder = (args: readonly Expression[]): boolean => {
	const withEffects = args.filter(hasEffects).length;
	if (withEffects === 0 || args.length === 1) return false;
	return (
		withEffects > 1 || args.some(arg => !hasEffects(arg) && !isStable(arg) && !isOwnVariable(arg))
	);
};

/** A register variable, perhaps converted: a callee can't change it. Assignments among the arguments can. */
const isOwnVariable = (node: Expression): boolean => {
	if (node.kind === 'cast') return node.conversion !== 'array-decay' && isOwnVariable(node.operand);
	return node.kind === 'variable' && livesInRegister(node.symbol);
};

/** Argument numbers in order of evaluation: from right to left where it can matter, as gcc on x86-64 does. */
const evaluationOrder = (args: readonly Expression[]): readonly number[] => {
	const order = args.map((_, index) => index);
	return needsOrder(args) ? order.reverse() : order;
};

/** Extends an int in a register to 64 bits, for a slot that holds 64. */
const widen = (f: FunctionState, type: CType, value: Register): Register =>
	kindOf(type) === 'w' ? convertInteger(f, type, unsignedLongType, value, f.top, none) : value;

/** A private copy of a record for the callee: its address. */
const copyRecord = (f: FunctionState, node: Expression, wanted: Register): Register => {
	const copy = allocateFrame(f, node.type.size, node.type.alignment);
	if (node.kind === 'call') {
		f.visit.call(f, node, none, copy);
	} else {
		copyTo(f, copy, f.visit.value(f, node), node.type.size);
	}

	return addressOf(f, copy, wanted);
};

/** One argument into its register. */
const generateArgument = (
	f: FunctionState,
	call: CallExpression,
	arg: Expression,
	register: Register,
): void => {
	const mark = f.top;
	if (arg.type.kind === 'record') {
		emitMove(f, 'l', register, copyRecord(f, arg, register));
	} else if (!call.calleeType.hasPrototype && kindOf(arg.type) === 'w') {
		// The callee may really take a long.
		convertInteger(f, arg.type, unsignedLongType, f.visit.value(f, arg), mark, register);
	} else {
		generateInto(f, arg, register);
	}

	f.top = mark;
};

type VariadicBlock = {readonly place: MemoryPlace; readonly offsets: readonly number[]};

const allocateVariadicBlock = (f: FunctionState, args: readonly Expression[]): VariadicBlock => {
	const offsets: number[] = [];
	let size = 0;
	for (const arg of args) {
		offsets.push(size);
		size += variadicSlotSize(arg.type.size);
	}

	return {place: allocateFrame(f, size, 8), offsets};
};

const generateVariadic = (
	f: FunctionState,
	block: VariadicBlock,
	index: number,
	arg: Expression,
): void => {
	const mark = f.top;
	const at = block.place.kind === 'memory' ? block.place : undefined;
	if (!at) throw new Error('the variadic block is in the frame');
	const slot: MemoryPlace = {...at, offset: at.offset + block.offsets[index]!};
	if (arg.type.kind === 'record') {
		copyTo(f, slot, f.visit.value(f, arg), arg.type.size);
	} else if (arg.kind === 'integer') {
		const register = allocate(f);
		const value = arg.type.size === 8 ? arg.value : BigInt.asIntN(64, arg.value);
		emitConstant(f, 'l', register, value);
		store(f, slot, addressType, register);
	} else {
		store(f, slot, addressType, widen(f, arg.type, f.visit.value(f, arg)));
	}

	f.top = mark;
};

/**
 * A call. The result is in the returned register (a record: the address of `buffer`, or of a temporary in the frame).
 * The callee's frame begins at `wanted` if that is the top temporary, so that nested calls need no moves.
 */
export const generateCall = (
	f: FunctionState,
	node: CallExpression,
	wanted: Register,
	buffer: MemoryPlace | undefined,
): Register => {
	const isRecord = node.type.kind === 'record';
	const result = isRecord
		? (buffer ?? allocateFrame(f, node.type.size, node.type.alignment))
		: undefined;
	const isTop = wanted !== none && wanted === f.top - 2 && ownerOf(f, wanted) === undefined;
	const callee = generateCallee(f, node);
	const base = isTop && callee === undefined ? wanted : f.top;

	const fixed = node.args.slice(0, node.variadicFrom);
	const variadic = node.variadicFrom === undefined ? [] : node.args.slice(node.variadicFrom);
	const hidden = result ? 1 : 0;
	const count = hidden + fixed.length + (node.variadicFrom === undefined ? 0 : 1);
	const block = variadic.length > 0 ? allocateVariadicBlock(f, variadic) : undefined;

	const order = evaluationOrder(node.args);
	const isForward = order[0] === 0;
	for (const index of order) {
		// Going forward, the registers behind the argument's are still free for its temporaries.
		const isFixed = index < fixed.length;
		const reserved = isForward && isFixed ? hidden + index + 1 : count;
		reserve(f, base + 2 * reserved);
		if (isFixed) generateArgument(f, node, node.args[index]!, base + 2 * (hidden + index));
		else generateVariadic(f, block!, index - fixed.length, node.args[index]!);
	}

	reserve(f, base + 2 * Math.max(count, 1));
	if (result) emitMove(f, 'l', base, addressOf(f, result, base));
	if (node.variadicFrom !== undefined) {
		const area = base + 2 * (hidden + fixed.length);
		if (block) emitMove(f, 'l', area, addressOf(f, block.place, area));
		else emit(f, 'GETSP', area); // As on a real machine, a va_arg too many finds what lies there
	}

	if (callee === undefined) {
		emit(f, 'CALL', 0, base);
		if (node.callee.kind === 'function') {
			relocate(f, 1, 'number', node.callee.symbol, 0, node.callee.position);
		}
	} else {
		emit(f, 'CALLR', callee, base);
	}

	f.top = Math.max(base + 2, isTop ? wanted + 2 : 0);
	return base;
};

const reserve = (f: FunctionState, top: Register): void => {
	f.top = top;
	if (top > f.maxTop) f.maxTop = top;
};

/* ---------- Builtins ---------- */

/** Consecutive registers with the values of the arguments. */
const generateRow = (f: FunctionState, args: readonly Expression[]): Register => {
	const base = f.top;
	for (const [index, arg] of args.entries()) {
		reserve(f, base + 2 * (index + 1));
		generateInto(f, arg, base + 2 * index);
	}

	return base;
};

/** Values of the arguments wherever they are, each kept from the effects of the later ones. */
const generateOperandList = (f: FunctionState, args: readonly Expression[]): readonly Register[] =>
	args.map((arg, index) => {
		const kind = kindOf(arg.type);
		let register = f.visit.value(f, arg);
		for (const later of args.slice(index + 1))
			register = pin(f, register, kind === 'v' ? 'l' : kind, later);
		return register;
	});

const atomicOperation = {
	'atomic-exchange': 'xchg',
	'atomic-add': 'add',
	'atomic-sub': 'add',
	'atomic-and': 'and',
	'atomic-or': 'or',
	'atomic-xor': 'xor',
	'atomic-nand': 'nand',
	'atomic-compare-exchange': 'cas',
} as const;

/** The operands of an atomic operation; what is subtracted is added with the other sign. */
const generateAtomicRow = (
	f: FunctionState,
	{builtin, type, args}: BuiltinExpression,
): Register => {
	const base = generateRow(f, args);
	if (builtin === 'atomic-sub') emit(f, type.size === 8 ? 'NEGL' : 'NEG', base + 2, base + 2);
	return base;
};

const generateAtomic = (
	f: FunctionState,
	node: BuiltinExpression,
	builtin: keyof typeof atomicOperation,
	wanted: Register,
): Register => {
	const mark = f.top;
	const {size} = node.type;
	const base = generateAtomicRow(f, node);
	const kind = atomicKind(atomicOperation[builtin], size);
	const to = emitResult(f, mark, wanted, 'ATOMIC', base, kind);
	if (size < 4) emitNarrow(f, node.type, to, to);
	return to;
};

/** An atomic addition of a constant whose old value nobody uses. */
export const generateAtomicCount = (f: FunctionState, node: BuiltinExpression): void => {
	const base = generateAtomicRow(f, node);
	emit(f, 'ATOMIC', allocate(f), base, atomicKind('count', node.type.size));
};

/** An operation that the machine has an instruction for. */
export const generateBuiltin = (
	f: FunctionState,
	node: BuiltinExpression,
	wanted: Register,
): Register => {
	const mark = f.top;
	const {builtin, args} = node;
	switch (builtin) {
		case 'syscall': {
			const base = generateRow(f, args);
			return emitResult(f, mark, wanted, 'SYSCALL', base, args.length);
		}

		case 'thread-pointer': {
			return emitResult(f, mark, wanted, 'TP');
		}

		case 'variadic-area': {
			return f.variadicArea;
		}

		case 'alloca':
		case 'setjmp': {
			const [operand = none] = generateOperandList(f, args);
			return emitResult(f, mark, wanted, builtin === 'alloca' ? 'ALLOCA' : 'SETJMP', operand);
		}

		case 'longjmp': {
			const [buffer = none, value = none] = generateOperandList(f, args);
			emit(f, 'LONGJMP', buffer, value);
			return none;
		}

		case 'unreachable':
		case 'trap': {
			emit(f, 'TRAP');
			return none;
		}

		case 'fence': {
			return none;
		}

		case 'memcopy':
		case 'memfill': {
			const [to = none, from = none, size = none] = generateOperandList(f, args);
			emit(f, builtin === 'memcopy' ? 'MEMCPY' : 'MEMSET', to, from, size);
			return to;
		}

		case 'math2:atan2':
		case 'math2:pow':
		case 'math2:fmod': {
			const [left = none, right = none] = generateOperandList(f, args);
			const names = {'math2:atan2': 'FATAN2', 'math2:pow': 'FPOW', 'math2:fmod': 'FFMOD'} as const;
			return emitResult(f, mark, wanted, names[builtin], left, right);
		}

		default: {
			if (builtin in atomicOperation) {
				return generateAtomic(f, node, builtin as keyof typeof atomicOperation, wanted);
			}

			const [operand = none] = generateOperandList(f, args);
			const name = builtin.slice('math1:'.length);
			const number = (unaryMath as readonly string[]).indexOf(name);
			return emitResult(f, mark, wanted, 'FMATH1', operand, number);
		}
	}
};
