/**
 * Loads, stores, copies and counters at places in memory.
 */
import type {OpcodeName} from '../../bytecode/opcodes.js';
import type {CType} from '../types/c-types.js';
import {addressOf} from './place.js';
import {
	type FunctionState,
	type MemoryPlace,
	type Place,
	type Register,
	allocate,
	emit,
	emitConstant,
	emitMove,
	emitResult,
	isInt32,
	kindOf,
	relocate,
} from './codegen-state.js';

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

/** The load and the store of an increment whose value nobody uses: no read in the sense of busy waiting. */
const countingAccesses: Readonly<Record<number, Access>> = {
	1: access('LDC8', 'STC8'),
	2: access('LDC16', 'STC16'),
	4: access('LDC32', 'STC32'),
	8: access('LDC64', 'STC64'),
};
const countingFloat = access('LDCF32', 'STCF32');

const accessOf = (type: CType, isCounting: boolean): Access => {
	if (isCounting) {
		if (type.kind === 'float') return type.size === 4 ? countingFloat : countingAccesses[8]!;
		return countingAccesses[type.size]!;
	}
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

/**
 * Loads the scalar at a place into `wanted`, or into the first register from `mark` on. `isCounting`: for an increment
 * whose value nobody uses; a narrow integer is zero-extended then.
 */
export const load = (
	f: FunctionState,
	place: Place,
	type: CType,
	wanted: Register,
	mark: Register,
	isCounting = false,
): Register => {
	if (place.kind === 'register') return place.register;
	const how = accessOf(type, isCounting);
	if (place.kind === 'fixed' && how.fixedLoad) {
		const to = emitResult(f, mark, wanted, how.fixedLoad);
		relocate(f, 2, 'address', place.target, place.offset, place.position);
		return to;
	}

	if (place.kind === 'indexed' && how.indexedLoad && place.scale === type.size) {
		return emitResult(f, mark, wanted, how.indexedLoad, place.base, place.index);
	}

	const simple = place.kind === 'memory' ? place : asMemory(f, place);
	const to = emitResult(f, mark, wanted, how.load, simple.base, simple.offset);
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

/** Stores the scalar in `value` at a place. `isCounting`: at the end of an increment whose value nobody uses. */
export const store = (
	f: FunctionState,
	place: Place,
	type: CType,
	value: Register,
	isCounting = false,
): void => {
	if (place.kind === 'register') {
		emitMove(f, kindOf(type), place.register, value);
		return;
	}

	const how = accessOf(type, isCounting);
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
export const copyTo = (
	f: FunctionState,
	place: MemoryPlace,
	from: Register,
	size: number,
): void => {
	if (size === 0) return;
	emit(f, 'COPY', addressOf(f, place), from, size);
};

/**
 * Adds a constant to an integer or pointer of 4 or 8 bytes in memory when nobody uses the value: its load is not a read
 * in the sense of busy waiting.
 */
export const countInMemory = (
	f: FunctionState,
	place: MemoryPlace,
	type: CType,
	delta: bigint,
): void => {
	const at = asMemory(f, place);
	const value = allocate(f);
	const isLong = type.size === 8;
	load(f, at, type, value, f.top, true);
	if (isLong && !isInt32(delta)) {
		const addend = allocate(f);
		emitConstant(f, 'l', addend, delta);
		emit(f, 'ADDL', value, value, addend);
	} else {
		emit(f, isLong ? 'ADDLI' : 'ADDI', value, value, Number(BigInt.asIntN(32, delta)));
	}

	store(f, at, type, value, true);
};
