// Memory accesses that the interpreter does not do itself: pages not touched yet, shared or watched pages, unaligned
// addresses, blocks, atomics. An access that is not allowed sets `hasFaulted`; the interpreter looks at it at once.

import {atomicOperations} from '../bytecode/opcodes.js';
import {findRegion, touchForReading, touchForWriting} from './address-space.js';
import type {AddressSpace} from './address-space.js';
import type {Context, Stop} from './context.js';
import {readBytes, writeBytes} from './memory.js';
import {change, type ChangeKind} from './change-log.js';
import {noteBlockRead} from './judge-turns.js';
import {logChange} from './turns.js';
import {bytesOf, pageSize} from './page.js';

/** Whether the last access of this module was refused; stays set until the next one. */
export let hasFaulted = false;
/** … because no page could be made. */
export let isOutOfMemory = false;

const refuse = (outOfMemory = false): number => {
	hasFaulted = true;
	isOutOfMemory = outOfMemory;
	return 0;
};

/** The 32-bit word at any address. */
export const loadWord = (space: AddressSpace, address: number): number => {
	if ((address & 3) !== 0) return loadBytes(space, address, 4);
	hasFaulted = false;
	const page = touchForReading(space, address);
	return page ? page[(address >>> 2) & 1023]! : refuse();
};

/** `size` (1 to 4) bytes at any address, zero-extended to an int32. */
export const loadBytes = (space: AddressSpace, address: number, size: number): number => {
	hasFaulted = false;
	let value = 0;
	for (let index = 0; index < size; index++) {
		const page = touchForReading(space, address + index);
		if (!page) return refuse();
		value |= bytesOf(page)[(address + index) & (pageSize - 1)]! << (8 * index);
	}
	return value;
};

/** Stores a 32-bit word at any address. */
export const storeWord = (
	context: Context,
	address: number,
	value: number,
	isCounter: boolean,
): void => {
	if ((address & 3) !== 0) {
		storeBytes(context, address, value, 4);
		return;
	}
	hasFaulted = false;
	const page = touchForWriting(context.space, address, context.tid);
	if (!page || page === 'out-of-memory') {
		refuse(page === 'out-of-memory');
		return;
	}
	const word = (address >>> 2) & 1023;
	const old = page[word]!;
	if (old === value) return;
	if (context.turns.isTracking) {
		logChange(context.turns, address, old, kindOf(context, address, isCounter, change.plain));
	}
	page[word] = value;
};

/** What a store is for the judgement of turns: what other processes can see is no private counter. */
const kindOf = (
	{space}: Context,
	address: number,
	isCounter: boolean,
	otherwise: ChangeKind,
): ChangeKind =>
	isCounter && findRegion(space, address)?.isShared === false ? change.counter : otherwise;

/** Stores the low `size` (1 to 4) bytes of a value at any address. */
export const storeBytes = (
	context: Context,
	address: number,
	value: number,
	size: number,
	isCounter = false,
): void => {
	hasFaulted = false;
	for (let index = 0; index < size; index++) {
		const at = address + index;
		const page = touchForWriting(context.space, at, context.tid);
		if (!page || page === 'out-of-memory') {
			refuse(page === 'out-of-memory');
			return;
		}
		const word = (at >>> 2) & 1023;
		const shift = (at & 3) << 3;
		const old = page[word]!;
		const changed = (old & ~(0xff << shift)) | (((value >>> (8 * index)) & 0xff) << shift);
		if (changed === old) continue;
		if (context.turns.isTracking)
			logChange(context.turns, at & ~3, old, kindOf(context, at, isCounter, change.part));
		page[word] = changed;
	}
};

/** The most that one block instruction may move: longer ones are a program's mistake and end in a fault. */
const blockLimit = 0x7000_0000;

const badStore = (address: number): Stop => ({
	kind: 'fault',
	address: address >>> 0,
	access: 'write',
});

/** The first place of a block, within two pages, that can't be read. */
const badLoad = (space: AddressSpace, address: number, length: number): Stop => {
	const isStartBad = !touchForReading(space, address);
	const bad = isStartBad ? address : (address + length - 1) & ~(pageSize - 1);
	return {kind: 'fault', address: bad >>> 0, access: 'read'};
};

/** memmove. Undefined when done, else why not. */
export const copyBlock = (
	context: Context,
	to: number,
	from: number,
	length: number,
): Stop | undefined => {
	if (length === 0) return undefined;
	if (length < 0 || length > blockLimit) return badStore(to);
	if (context.space.suspects.mask !== 0) noteBlockRead(context, from, length);
	const isBackward = to > from && to < from + length;
	const chunk = pageSize;
	for (let done = 0; done < length; done += chunk) {
		const count = Math.min(chunk, length - done);
		const offset = isBackward ? length - done - count : done;
		const bytes = readBytes(context.space, from + offset, count);
		if (!bytes) return badLoad(context.space, from + offset, count);
		if (!writeBytes(context, to + offset, bytes)) return refusedStore(context, to + offset, count);
	}
	return undefined;
};

/** memset. Undefined when done, else why not. */
export const fillBlock = (
	context: Context,
	to: number,
	byte: number,
	length: number,
): Stop | undefined => {
	if (length < 0 || length > blockLimit) return badStore(to);
	const bytes = new Uint8Array(Math.min(length, pageSize)).fill(byte);
	for (let done = 0; done < length; done += pageSize) {
		const count = Math.min(pageSize, length - done);
		if (!writeBytes(context, to + done, bytes.subarray(0, count)))
			return refusedStore(context, to + done, count);
	}
	return undefined;
};

/** Why a block could not be stored: the first page of it that may not be changed. */
const refusedStore = (context: Context, address: number, length: number): Stop => {
	for (const at of [address, address + length - 1]) {
		const page = touchForWriting(context.space, at, context.tid);
		if (page === 'out-of-memory') return {kind: 'out-of-memory'};
		if (!page) return badStore(at);
	}
	return badStore(address);
};

/**
 * One indivisible read-modify-write. Registers from word offset `x` on: address, value, desired value; the old value
 * goes to `d`. False if the address is bad.
 */
export const atomic = (context: Context, d: number, x: number, kind: number): boolean => {
	const {registers: r, space} = context;
	const size = kind & 15;
	const operation = atomicOperations[kind >> 4]!;
	const address = r[x]!;
	const bits = BigInt(8 * size);
	const old = loadBig(space, address, size);
	if (hasFaulted) return false;
	const value = BigInt.asUintN(8 * size, bigRegister(r, x + 2));
	const desired = BigInt.asUintN(8 * size, bigRegister(r, x + 4));
	const next = combine(operation, old, value, desired, bits);
	const isCounter = operation === 'count';
	if (next !== old) {
		storeWordOrBytes(context, address, Number(BigInt.asIntN(32, next)), size, isCounter);
		if (!hasFaulted && size === 8)
			storeWord(context, address + 4, Number(BigInt.asIntN(32, next >> 32n)), isCounter);
	} else if (operation !== 'load') {
		// Even a store of the same value needs the right to store.
		storeWordOrBytes(context, address, Number(BigInt.asIntN(32, old)), size, isCounter);
	}
	if (hasFaulted) return false;
	r[d] = Number(BigInt.asIntN(32, old));
	r[d + 1] = Number(BigInt.asIntN(32, old >> 32n));
	return true;
};

const bigRegister = (r: Int32Array, at: number): bigint =>
	(BigInt(r[at + 1]! >>> 0) << 32n) | BigInt(r[at]! >>> 0);

const loadBig = (space: AddressSpace, address: number, size: number): bigint => {
	if (size < 8) {
		const value = size === 4 ? loadWord(space, address) : loadBytes(space, address, size);
		return BigInt(value >>> 0);
	}
	const low = loadWord(space, address);
	if (hasFaulted) return 0n;
	const high = loadWord(space, address + 4);
	return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
};

const storeWordOrBytes = (
	context: Context,
	address: number,
	value: number,
	size: number,
	isCounter: boolean,
): void => {
	if (size >= 4) storeWord(context, address, value, isCounter);
	else storeBytes(context, address, value, size, isCounter);
};

const combine = (
	operation: (typeof atomicOperations)[number],
	old: bigint,
	value: bigint,
	desired: bigint,
	bits: bigint,
): bigint => {
	const width = Number(bits);
	switch (operation) {
		case 'load':
			return old;
		case 'store':
		case 'xchg':
			return value;
		case 'add':
		case 'count':
			return BigInt.asUintN(width, old + value);
		case 'and':
			return old & value;
		case 'or':
			return old | value;
		case 'xor':
			return old ^ value;
		case 'nand':
			return BigInt.asUintN(width, ~(old & value));
		case 'cas':
			return old === value ? desired : old;
	}
};
