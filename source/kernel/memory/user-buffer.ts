// Where a read puts its bytes and a write takes them from: one or several ranges of user memory (readv(2), writev(2)),
// or plain bytes for what comes from outside and for tests. They live for one try of a call only.

import type {AddressSpace} from '../../vm/address-space.js';
import type {Context} from '../../vm/context.js';
import {readBytes, writeBytes} from '../../vm/memory.js';

/** Takes bytes in order. */
export type Sink = {
	/** Bytes it takes in all. */
	readonly length: number;
	/** False for a bad address (EFAULT); nothing may be counted as taken then. */
	readonly put: (bytes: Uint8Array) => boolean;
};

/** Gives bytes from any offset. */
export type Source = {
	readonly length: number;
	/** Undefined for a bad address (EFAULT). */
	readonly get: (offset: number, count: number) => Uint8Array | undefined;
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
});

/** Fills `target` from its start. */
export const bytesSink = (target: Uint8Array): Sink => {
	let position = 0;
	return {
		length: target.length,
		put: bytes => {
			target.set(bytes, position);
			position += bytes.length;
			return true;
		},
	};
};
