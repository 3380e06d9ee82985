/**
 * Where objects are: from lvalues to places, and loads, stores and addresses of places.
 */
import type {Expression, PointerAddition, VariableSymbol} from '../ast.js';
import {
	type FunctionState,
	type MemoryPlace,
	type Place,
	type Register,
	allocate,
	emit,
	emitAddress,
	emitMove,
	isInt32,
	none,
	ownerOf,
	relocate,
} from './codegen-state.js';
import {assigns} from './walk.js';

export const placeOfVariable = (
	f: FunctionState,
	symbol: VariableSymbol,
	position: number,
): Place => {
	const register = f.registers.get(symbol);
	if (register !== undefined) {
		// A record parameter: the register holds the address of the caller's copy.
		return symbol.type.kind === 'record'
			? {kind: 'memory', base: register, offset: 0}
			: {kind: 'register', register};
	}

	const offset = f.frame.get(symbol);
	if (offset !== undefined) return {kind: 'memory', base: f.frameBase, offset};
	if (symbol.isThreadLocal) {
		const base = allocate(f);
		emit(f, 'TP', base);
		return {kind: 'memory', base, offset: 0, thread: symbol};
	}

	return {kind: 'fixed', target: symbol, offset: 0, position};
};

/** The place of an lvalue, or of a record that an expression yields. */
export const generatePlace = (f: FunctionState, node: Expression): Place => {
	switch (node.kind) {
		case 'variable': {
			return placeOfVariable(f, node.symbol, node.position);
		}

		case 'string': {
			return {kind: 'fixed', target: node.literal, offset: 0, position: node.position};
		}

		case 'dereference': {
			return f.visit.target(f, node.operand, true);
		}

		case 'member': {
			const place = f.visit.place(f, node.object);
			return place.kind === 'register' ? place : shift(f, place, node.member.offset);
		}

		case 'compound-literal': {
			f.visit.initialize(f, node.symbol, node.initializer);
			return placeOfVariable(f, node.symbol, node.position);
		}

		default: {
			return {kind: 'memory', base: f.visit.value(f, node), offset: 0};
		}
	}
};

/** The place `offset` bytes further on. */
export const shift = (f: FunctionState, place: MemoryPlace, offset: number): MemoryPlace => {
	if (offset === 0) return place;
	if (place.kind !== 'indexed') return {...place, offset: place.offset + offset};
	return {kind: 'memory', base: addressOf(f, place), offset};
};

/** An index that needs no more than its signed 32 bits: the operand before it was widened to long. */
export const narrowIndex = (node: Expression): Expression | undefined => {
	if (node.kind !== 'cast' || node.conversion !== 'integer') return undefined;
	const {type} = node.operand;
	if (type.kind !== 'integer' || type.size > 4) return undefined;
	return type.isSigned || type.size < 4 ? node.operand : undefined;
};

const scales: ReadonlySet<number | undefined> = new Set([1, 2, 4, 8]);

/** Whether the instructions for array elements know this element size. */
export const isScale = (size: number | undefined): size is 1 | 2 | 4 | 8 => scales.has(size);

/**
 * `p + i` or `p - i` as a place. The machine's addresses are 32 bits wide, so the low words suffice to reach an object;
 * only a pointer whose value matters (`isAccess` false) needs the index in 64 bits, unless that is a widened int.
 */
const indexedPlace = (f: FunctionState, node: PointerAddition, isAccess: boolean): MemoryPlace => {
	const place = pinPlace(f, f.visit.target(f, node.pointer, isAccess), node.index);
	const narrow = narrowIndex(node.index);
	const scale = node.elementSize;
	if (!node.isSubtraction && (narrow || isAccess) && isScale(scale)) {
		return scaledPlace(
			f,
			place,
			narrow ? f.visit.value(f, narrow) : f.visit.low(f, node.index),
			scale,
		);
	}

	if (isAccess) {
		const index = f.visit.low(f, node.index);
		const offset = allocate(f);
		emit(f, 'MULI', offset, index, node.isSubtraction ? -scale : scale);
		return scaledPlace(f, place, offset, 1);
	}

	const offset = scaledIndex(f, node.index, scale);
	const base = allocate(f);
	const name = node.isSubtraction ? 'SUBL' : 'ADDL';
	if (place.kind === 'memory') {
		emit(f, name, base, place.base, offset);
		return {...place, base};
	}

	emit(f, name, base, addressOf(f, place), offset);
	return {kind: 'memory', base, offset: 0};
};

const scaledPlace = (
	f: FunctionState,
	place: MemoryPlace,
	index: Register,
	scale: 1 | 2 | 4 | 8,
): MemoryPlace => {
	if (place.kind !== 'memory' || (place.offset === 0 && !place.thread)) {
		return {kind: 'indexed', base: addressOf(f, place), index, scale};
	}

	const base = allocate(f);
	emit(f, `PADD${scale}`, base, place.base, index);
	return {...place, base};
};

/** A 64-bit index times the size of an element. */
export const scaledIndex = (f: FunctionState, index: Expression, elementSize: number): Register => {
	const value = f.visit.value(f, index);
	if (elementSize === 1) return value;
	const scaled = allocate(f);
	const log = Math.log2(elementSize);
	if (Number.isInteger(log)) emit(f, 'SHLLI', scaled, value, log);
	else emit(f, 'MULLI', scaled, value, elementSize);
	return scaled;
};

/** Where a pointer leads to, with constant offsets folded into the place. */
export const generateTarget = (
	f: FunctionState,
	node: Expression,
	isAccess: boolean,
): MemoryPlace => {
	switch (node.kind) {
		case 'address-of': {
			const place = f.visit.place(f, node.operand);
			if (place.kind !== 'register' && node.operand.kind !== 'function') return place;
			break;
		}

		case 'cast': {
			if (node.conversion === 'pointer') return f.visit.target(f, node.operand, isAccess);
			if (node.conversion === 'array-decay') {
				const place = f.visit.place(f, node.operand);
				if (place.kind !== 'register') return place;
			}

			break;
		}

		case 'pointer-add': {
			const {index} = node;
			if (index.kind !== 'integer') return indexedPlace(f, node, isAccess);
			const bytes =
				BigInt.asIntN(64, index.value) * BigInt(node.elementSize) * (node.isSubtraction ? -1n : 1n);
			if (!isInt32(bytes)) return indexedPlace(f, node, isAccess);
			const place = f.visit.target(f, node.pointer, isAccess);
			const moved = shift(f, place, Number(bytes));
			if (moved.kind === 'indexed' || (moved.offset | 0) === moved.offset) return moved;
			return shift(f, {kind: 'memory', base: addressOf(f, place), offset: 0}, Number(bytes));
		}

		default: {
			break;
		}
	}

	return {kind: 'memory', base: f.visit.value(f, node), offset: 0};
};

/** A register with the value that `register` has now, whatever `later` assigns. */
export const pin = (
	f: FunctionState,
	register: Register,
	kind: 'w' | 'l' | 'f' | 'm',
	later: Expression,
): Register => {
	const owner = ownerOf(f, register);
	if (!owner || !assigns(later, owner)) return register;
	const copy = allocate(f);
	emitMove(f, kind, copy, register);
	return copy;
};

export const pinPlace = <P extends Place>(f: FunctionState, place: P, later: Expression): P => {
	if (place.kind === 'memory') return {...place, base: pin(f, place.base, 'l', later)};
	if (place.kind === 'indexed') {
		return {...place, base: pin(f, place.base, 'l', later), index: pin(f, place.index, 'w', later)};
	}

	return place;
};

/** The address of a place in memory, in `wanted` or in the register that holds it already. */
export const addressOf = (
	f: FunctionState,
	place: MemoryPlace,
	wanted: Register = none,
): Register => {
	switch (place.kind) {
		case 'memory': {
			if (place.offset === 0 && !place.thread) return place.base;
			const to = wanted === none ? allocate(f) : wanted;
			emit(f, 'ADDLI', to, place.base, place.offset);
			if (place.thread) relocate(f, 3, 'thread', place.thread, place.offset, place.thread.position);
			return to;
		}

		case 'fixed': {
			const to = wanted === none ? allocate(f) : wanted;
			emitAddress(f, to, place.target, place.offset, place.position);
			return to;
		}

		case 'indexed': {
			const to = wanted === none ? allocate(f) : wanted;
			emit(f, `PADD${place.scale}`, to, place.base, place.index);
			return to;
		}
	}
};
