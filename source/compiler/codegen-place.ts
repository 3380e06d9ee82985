/**
 * Where objects are: from lvalues to places, and loads, stores and addresses of places.
 */
import type {OpcodeName} from '../bytecode/opcodes.js';
import type {Expression, PointerAddition, VariableSymbol} from './ast.js';
import type {BitField, CType} from './c-types.js';
import {
	allocate,
	type FunctionState,
	emit,
	emitAddress,
	emitConstant,
	emitMove,
	kindOf,
	type MemoryPlace,
	none,
	ownerOf,
	type Place,
	type Register,
	relocate,
	resultRegister,
} from './codegen-state.js';
import {assigns} from './codegen-walk.js';

/* ---------- From lvalues to places ---------- */

export const placeOfVariable = (f: FunctionState, symbol: VariableSymbol, position: number): Place => {
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

const int32 = (value: bigint): boolean => value >= -0x8000_0000n && value <= 0x7fff_ffffn;

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
		return scaledPlace(f, place, narrow ? f.visit.value(f, narrow) : f.visit.low(f, node.index), scale);
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

const scaledPlace = (f: FunctionState, place: MemoryPlace, index: Register, scale: 1 | 2 | 4 | 8): MemoryPlace => {
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
export const generateTarget = (f: FunctionState, node: Expression, isAccess: boolean): MemoryPlace => {
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
			const bytes = BigInt.asIntN(64, index.value) * BigInt(node.elementSize) * (node.isSubtraction ? -1n : 1n);
			if (!int32(bytes)) return indexedPlace(f, node, isAccess);
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

/* ---------- Keeping what was read ---------- */

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

/* ---------- Addresses ---------- */

/** The address of a place in memory, in `wanted` or in the register that holds it already. */
export const addressOf = (f: FunctionState, place: MemoryPlace, wanted: Register = none): Register => {
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

/* ---------- Loads and stores ---------- */

type Access = {
	readonly load: OpcodeName;
	readonly store: OpcodeName;
	readonly fixedLoad: OpcodeName | undefined;
	readonly fixedStore: OpcodeName | undefined;
	readonly indexedLoad: OpcodeName | undefined;
	readonly indexedStore: OpcodeName | undefined;
};

const access = (
	load: OpcodeName,
	store: OpcodeName,
	fixed?: readonly [OpcodeName, OpcodeName],
	indexed?: readonly [OpcodeName, OpcodeName],
): Access => ({
	load,
	store,
	fixedLoad: fixed?.[0],
	fixedStore: fixed?.[1],
	indexedLoad: indexed?.[0],
	indexedStore: indexed?.[1],
});

const accesses = {
	s1: access('LD8S', 'ST8', ['LDG8S', 'STG8'], ['LDX8S', 'STX8']),
	u1: access('LD8U', 'ST8', ['LDG8U', 'STG8'], ['LDX8U', 'STX8']),
	s2: access('LD16S', 'ST16', ['LDG16S', 'STG16']),
	u2: access('LD16U', 'ST16', ['LDG16U', 'STG16']),
	w: access('LD32', 'ST32', ['LDG32', 'STG32'], ['LDX32', 'STX32']),
	l: access('LD64', 'ST64', ['LDG64', 'STG64'], ['LDX64', 'STX64']),
	float: access('LDF32', 'STF32'),
} as const;

const accessOf = (type: CType): Access => {
	switch (type.size) {
		case 1: {
			return type.kind === 'integer' && type.isSigned ? accesses.s1 : accesses.u1;
		}

		case 2: {
			return type.kind === 'integer' && type.isSigned ? accesses.s2 : accesses.u2;
		}

		case 4: {
			return type.kind === 'float' ? accesses.float : accesses.w;
		}

		default: {
			return accesses.l;
		}
	}
};

/** Loads the scalar at a place into `wanted`, or into the first register from `mark` on. */
export const load = (
	f: FunctionState,
	place: Place,
	type: CType,
	wanted: Register,
	mark: Register,
): Register => {
	if (place.kind === 'register') return place.register;
	const how = accessOf(type);
	if (place.kind === 'fixed' && how.fixedLoad) {
		const to = resultRegister(f, mark, wanted);
		emit(f, how.fixedLoad, to);
		relocate(f, 2, 'address', place.target, place.offset, place.position);
		return to;
	}

	if (place.kind === 'indexed' && how.indexedLoad && place.scale === type.size) {
		const to = resultRegister(f, mark, wanted);
		emit(f, how.indexedLoad, to, place.base, place.index);
		return to;
	}

	const simple = place.kind === 'memory' ? place : asMemory(f, place);
	const to = resultRegister(f, mark, wanted);
	emit(f, how.load, to, simple.base, simple.offset);
	relocateThread(f, simple);
	return to;
};

type SimplePlace = Extract<Place, {kind: 'memory'}>;

/** The same place as a register and an offset, the form that every access takes. */
export const asMemory = (f: FunctionState, place: MemoryPlace): SimplePlace =>
	place.kind === 'memory' ? place : {kind: 'memory', base: addressOf(f, place), offset: 0};

const relocateThread = (f: FunctionState, {thread, offset}: SimplePlace): void => {
	if (thread) relocate(f, 3, 'thread', thread, offset, thread.position);
};

/** Stores the scalar in `value` at a place. */
export const store = (f: FunctionState, place: Place, type: CType, value: Register): void => {
	if (place.kind === 'register') {
		emitMove(f, kindOf(type), place.register, value);
		return;
	}

	const how = accessOf(type);
	if (place.kind === 'fixed' && how.fixedStore) {
		emit(f, how.fixedStore, value);
		relocate(f, 2, 'address', place.target, place.offset, place.position);
		return;
	}

	if (place.kind === 'indexed' && how.indexedStore && place.scale === type.size) {
		emit(f, how.indexedStore, value, place.base, place.index);
		return;
	}

	const simple = asMemory(f, place);
	emit(f, how.store, value, simple.base, simple.offset);
	relocateThread(f, simple);
};

/** Copies `size` bytes to a place from the address in `from`. */
export const copyTo = (f: FunctionState, place: MemoryPlace, from: Register, size: number): void => {
	if (size === 0) return;
	emit(f, 'COPY', addressOf(f, place), from, size);
};

/* ---------- Counters ---------- */

/**
 * Adds a constant to an integer or pointer of 4 or 8 bytes in memory when nobody uses the value: its load is not a read
 * in the sense of busy waiting.
 */
export const countInMemory = (f: FunctionState, place: MemoryPlace, type: CType, delta: bigint): void => {
	const at = asMemory(f, place);
	const value = allocate(f);
	const isLong = type.size === 8;
	emit(f, isLong ? 'LDC64' : 'LDC32', value, at.base, at.offset);
	relocateThread(f, at);
	if (isLong && !int32(delta)) {
		const addend = allocate(f);
		emitConstant(f, 'l', addend, delta);
		emit(f, 'ADDL', value, value, addend);
	} else {
		emit(f, isLong ? 'ADDLI' : 'ADDI', value, value, Number(BigInt.asIntN(32, delta)));
	}

	emit(f, isLong ? 'STC64' : 'STC32', value, at.base, at.offset);
	relocateThread(f, at);
};

/* ---------- Bit-fields ---------- */

/** Brings the field in `unit` (its storage unit) down to bit 0, extended by its sign. */
const extractField = (
	f: FunctionState,
	unit: Register,
	type: CType,
	{shift: low, width}: BitField,
	to: Register,
): void => {
	const isLong = type.size === 8;
	const bits = isLong ? 64 : 32;
	const isSigned = type.kind === 'integer' && type.isSigned;
	if (!isSigned && low === 0 && width < 32) {
		emit(f, isLong ? 'ANDLI' : 'ANDI', to, unit, 2 ** width - 1);
		return;
	}

	const up = bits - low - width;
	if (up > 0) emit(f, isLong ? 'SHLLI' : 'SHLI', to, unit, up);
	const down = bits - width;
	const source = up > 0 ? to : unit;
	if (down > 0) {
		const name = isSigned ? 'SARI' : 'SHRI';
		emit(f, isLong ? (isSigned ? 'SARLI' : 'SHRLI') : name, to, source, down);
	} else {
		emitMove(f, isLong ? 'l' : 'w', to, source);
	}
};

export const loadField = (
	f: FunctionState,
	place: MemoryPlace,
	type: CType,
	field: BitField,
	wanted: Register,
	mark: Register,
): Register => {
	const unit = load(f, place, type, none, f.top);
	const to = resultRegister(f, mark, wanted);
	extractField(f, unit, type, field, to);
	return to;
};

const mask = (f: FunctionState, isLong: boolean, value: Register, bits: bigint): Register => {
	const to = allocate(f);
	const signed = BigInt.asIntN(isLong ? 64 : 32, bits);
	if (!isLong || int32(signed)) {
		emit(f, isLong ? 'ANDLI' : 'ANDI', to, value, Number(signed));
		return to;
	}

	emitConstant(f, 'l', to, signed);
	emit(f, 'ANDL', to, value, to);
	return to;
};

/** Stores the low bits of `value`; returns the field's new value, as read back, if `isUsed`. */
export const storeField = (
	f: FunctionState,
	place: MemoryPlace,
	type: CType,
	field: BitField,
	value: Register,
	isUsed: boolean,
): Register => {
	const isLong = type.size === 8;
	const ones = (1n << BigInt(field.width)) - 1n;
	const at = asMemory(f, place);
	const old = load(f, at, type, none, f.top);
	const rest = mask(f, isLong, old, ~(ones << BigInt(field.shift)));
	const part = mask(f, isLong, value, ones);
	if (field.shift > 0) emit(f, isLong ? 'SHLLI' : 'SHLI', part, part, field.shift);
	emit(f, isLong ? 'ORL' : 'OR', rest, rest, part);
	store(f, at, type, rest);
	if (!isUsed) return none;
	const result = allocate(f);
	extractField(f, rest, type, field, result);
	return result;
};
