// Where a read puts its bytes and a write takes them from: one or several ranges of user memory (readv(2), writev(2)),
// or plain bytes for what comes from outside and for tests. They live for one try of a call only.

import type {AddressSpace} from '../../vm/address-space.js';
import type {Context} from '../../vm/context.js';
import {readBytes, writeBytes} from '../../vm/memory.js';
import {pageSize} from '../../vm/page.js';

/** Takes bytes in order. */
export type Sink = {
	/** Bytes it takes in all. */
	readonly length: number;
	/** False for a bad address (EFAULT); nothing may be counted as taken then. */
	readonly put: (bytes: Uint8Array) => boolean;
	/** Takes the bytes up to the first bad address, and says how many those are. */
	readonly putSome: (bytes: Uint8Array) => number;
};

/** Gives bytes from any offset. */
export type Source = {
	readonly length: number;
	/** Undefined for a bad address (EFAULT). */
	readonly get: (offset: number, count: number) => Uint8Array | undefined;
	/** The first bytes, up to a bad address. */
	readonly getSome: (count: number) => Uint8Array;
};

/** A range of user memory, as a struct iovec. */
export type UserRange = {readonly address: number; readonly length: number};

const totalOf = (ranges: readonly UserRange[]): number =>
	ranges.reduce((sum, range) => sum + range.length, 0);

export const userSink = (context: Context, ranges: readonly UserRange[]): Sink => {
	let position = 0;
	return {
		length: totalOf(ranges),
		put: bytes => {
			let start = 0;
			for (const piece of piecesOf(ranges, position, bytes.length)) {
				if (!writeBytes(context, piece.address, bytes.subarray(start, start + piece.length)))
					return false;
				start += piece.length;
			}
			position += bytes.length;
			return true;
		},
		putSome: bytes => {
			let count = 0;
			for (const {address, length} of pagesOf(piecesOf(ranges, position, bytes.length))) {
				if (!writeBytes(context, address, bytes.subarray(count, count + length))) break;
				count += length;
			}
			position += count;
			return count;
		},
	};
};

export const userSource = (space: AddressSpace, ranges: readonly UserRange[]): Source => ({
	length: totalOf(ranges),
	get: (offset, count) => {
		const pieces = piecesOf(ranges, offset, count);
		if (pieces.length === 1) return readBytes(space, pieces[0]!.address, pieces[0]!.length);
		const result = new Uint8Array(count);
		let start = 0;
		for (const piece of pieces) {
			const bytes = readBytes(space, piece.address, piece.length);
			if (!bytes) return undefined;
			result.set(bytes, start);
			start += piece.length;
		}
		return result;
	},
	getSome: limit => {
		const result = new Uint8Array(limit);
		let count = 0;
		for (const {address, length} of pagesOf(piecesOf(ranges, 0, limit))) {
			const bytes = readBytes(space, address, length);
			if (!bytes) break;
			result.set(bytes, count);
			count += length;
		}
		return result.subarray(0, count);
	},
});

/** The same ranges, cut where pages end: each can be used as a whole or not at all. */
const pagesOf = (ranges: readonly UserRange[]): UserRange[] =>
	ranges.flatMap(({address, length}) => {
		const pieces: UserRange[] = [];
		for (let start = address; start < address + length; ) {
			const end = Math.min(address + length, (Math.floor(start / pageSize) + 1) * pageSize);
			pieces.push({address: start, length: end - start});
			start = end;
		}
		return pieces;
	});

/** The parts of the ranges that bytes [offset, offset + count) of their concatenation fall into. */
const piecesOf = (ranges: readonly UserRange[], offset: number, count: number): UserRange[] => {
	const pieces: UserRange[] = [];
	let skipped = offset;
	let left = count;
	for (const range of ranges) {
		if (skipped >= range.length) {
			skipped -= range.length;
			continue;
		}
		const length = Math.min(range.length - skipped, left);
		if (length <= 0) break;
		pieces.push({address: range.address + skipped, length});
		skipped = 0;
		left -= length;
	}
	return pieces;
};

export const bytesSource = (bytes: Uint8Array): Source => ({
	length: bytes.length,
	get: (offset, count) => bytes.subarray(offset, offset + count),
	getSome: count => bytes.subarray(0, count),
});

/** Fills `target` from its start. */
export const bytesSink = (target: Uint8Array): Sink => {
	let position = 0;
	const putSome = (bytes: Uint8Array): number => {
		target.set(bytes, position);
		position += bytes.length;
		return bytes.length;
	};
	return {length: target.length, put: bytes => putSome(bytes) === bytes.length, putSome};
};
