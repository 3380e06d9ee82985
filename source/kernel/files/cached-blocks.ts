// Which blocks of a file stand in the page cache, which of them the disk does not have yet, and who waits for one.
// A block is a page. The contents themselves are in the file's memory object, also of blocks that are cold: what a
// program sees of those is only the wait.

import type {WaitQueue} from '../process/wait-queue.js';

export type CachedBlocks = {
	/** Blocks that are on the disk only. */
	readonly cold: Set<number>;
	/** Blocks that were written and not synchronized. */
	readonly dirty: Set<number>;
	/** By block, the request that is under way and the threads that wait for it. */
	readonly pending: Map<number, WaitQueue>;
};

export const createCachedBlocks = (): CachedBlocks => ({
	cold: new Set(),
	dirty: new Set(),
	pending: new Map(),
});

export const blockSize = 4096;

/** The cold blocks that bytes [start, end) fall into, in order. */
export const coldBlocksIn = (blocks: CachedBlocks, start: number, end: number): number[] => {
	if (blocks.cold.size === 0 || end <= start) return [];
	const result: number[] = [];
	for (let block = Math.floor(start / blockSize); block * blockSize < end; block++) {
		if (blocks.cold.has(block)) result.push(block);
	}
	return result;
};
