// The geometry of a page table: a directory of leaves, each for 64 pages (256 KiB). A leaf holds a pair per page:
// what a load may read, and what a store may change at once. Forks and checkpoints share leaves as they share pages: a
// leaf that somebody else may hold is copied before its first change.

import type {Page} from './page.js';

export type Leaf = (Page | null)[];
export const leafShift = 18;
export const leafPages = 64;

/** The readable half of an address's pair stands at `(address >>> 11) & slotMask` of its leaf. */
export const slotMask = 0x7e;

/** Place of the readable half of the pair for an address; the writable half is one further (`slot | 1`). */
export const slotOf = (address: number): number => (address >>> 11) & slotMask;

export type PageTable = {
	readonly directory: (Leaf | undefined)[];
	/** Directory indices of the leaves that nobody else holds. A shared leaf has no writable entries. */
	readonly ownedLeaves: Set<number>;
};

/** The leaf for an address, made or copied if need be, to be changed in place. */
export const leafFor = ({directory, ownedLeaves}: PageTable, address: number): Leaf => {
	const index = address >>> leafShift;
	const known = directory[index];
	if (known && ownedLeaves.has(index)) return known;
	const leaf = known ? known.slice() : new Array<Page | null>(2 * leafPages).fill(null);
	while (directory.length < index) directory.push(undefined);
	directory[index] = leaf;
	ownedLeaves.add(index);
	return leaf;
};
