// Byte-wise access to an address space: what system calls use to fetch arguments and to store results, and what the
// interpreter falls back on for unaligned accesses and pages it has not touched yet.

import {type AddressSpace, findRegion, touchForReading, touchForWriting} from './address-space.js';
import {change, type ChangeKind} from './change-log.js';
import type {Context} from './context.js';
import {logChange, noteAnswer} from './turns.js';
import {bytesOf, pageSize} from './page.js';

/** Bytes [address, address + length), or undefined where a part of it can't be read (EFAULT). */
export const readBytes = (
	space: AddressSpace,
	address: number,
	length: number,
): Uint8Array | undefined => {
	const result = new Uint8Array(length);
	let done = 0;
	while (done < length) {
		const page = touchForReading(space, address + done);
		if (!page) return undefined;
		const within = (address + done) & (pageSize - 1);
		const count = Math.min(pageSize - within, length - done);
		result.set(bytesOf(page).subarray(within, within + count), done);
		done += count;
	}
	return result;
};

/**
 * Stores bytes for a thread, which is charged with the change. False where a part of the range can't be
 * written (EFAULT); what comes before it has been stored then, as by Linux. `kind` says what the change is for the judgement
 * of turns; what other processes can see is never more than a plain one.
 */
export const writeBytes = (
	context: Context,
	address: number,
	bytes: Uint8Array,
	kind: ChangeKind = change.plain,
): boolean => {
	if (kind === change.answer) noteAnswer(context.turns);
	let done = 0;
	while (done < bytes.length) {
		const page = touchForWriting(context.space, address + done, context.tid);
		if (!page || page === 'out-of-memory') return false;
		const within = (address + done) & (pageSize - 1);
		const count = Math.min(pageSize - within, bytes.length - done);
		storeInPage(context, page, address + done, bytes.subarray(done, done + count), kind);
		done += count;
	}
	return true;
};

const storeInPage = (
	context: Context,
	page: Int32Array,
	address: number,
	bytes: Uint8Array,
	kind: ChangeKind,
): void => {
	const target = bytesOf(page);
	const within = address & (pageSize - 1);
	if (!context.turns.isTracking) {
		target.set(bytes, within);
		return;
	}
	const end = within + bytes.length;
	const first = within >>> 2;
	const last = (end - 1) >>> 2;
	const before = page.slice(first, last + 1);
	const isKnown = kind !== change.plain && findRegion(context.space, address)?.isShared === false;
	target.set(bytes, within);
	for (let word = first; word <= last; word++) {
		const old = before[word - first]!;
		if (page[word] === old) continue;
		const isWhole = 4 * word >= within && 4 * word + 4 <= end;
		const asStored = isKnown ? kind : isWhole ? change.plain : change.part;
		logChange(context.turns, (address & ~(pageSize - 1)) + word * 4, old, asStored);
	}
};

/** The bytes up to a NUL, at most `limit`; undefined for a bad address, 'too-long' without a NUL. */
export const readCString = (
	space: AddressSpace,
	address: number,
	limit = 4096,
): Uint8Array | undefined | 'too-long' => {
	const parts: number[] = [];
	while (parts.length < limit) {
		const page = touchForReading(space, address + parts.length);
		if (!page) return undefined;
		const bytes = bytesOf(page);
		for (let within = (address + parts.length) & (pageSize - 1); within < pageSize; within++) {
			const byte = bytes[within]!;
			if (byte === 0) return Uint8Array.from(parts);
			parts.push(byte);
			if (parts.length >= limit) break;
		}
	}
	return 'too-long';
};

const view = (bytes: Uint8Array): DataView =>
	new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** A signed 32-bit integer, or undefined (EFAULT). */
export const readInt32 = (space: AddressSpace, address: number): number | undefined => {
	const page = (address & 3) === 0 ? touchForReading(space, address) : undefined;
	if (page) return page[(address >>> 2) & 1023];
	const bytes = readBytes(space, address, 4);
	return bytes && view(bytes).getInt32(0, true);
};

/** A signed 64-bit integer, exact up to 2^53, or undefined (EFAULT). */
export const readInt64 = (space: AddressSpace, address: number): number | undefined => {
	const bytes = readBytes(space, address, 8);
	return bytes && Number(view(bytes).getBigInt64(0, true));
};

export const writeInt32 = (context: Context, address: number, value: number): boolean => {
	const bytes = new Uint8Array(4);
	view(bytes).setInt32(0, value, true);
	return writeBytes(context, address, bytes);
};

export const writeInt64 = (
	context: Context,
	address: number,
	value: number,
	kind: ChangeKind = change.plain,
): boolean => {
	const bytes = new Uint8Array(8);
	view(bytes).setBigInt64(0, BigInt(Math.trunc(value)), true);
	return writeBytes(context, address, bytes, kind);
};
