// The geometry of a page table: a directory of leaves, each for 64 pages (256 KiB). A leaf holds a pair per page:
// what a load may read, and what a store may change at once.

import type {Page} from './page.js';

export type Leaf = (Page | null)[];
export const leafShift = 18;
export const leafPages = 64;

/** The readable half of an address's pair stands at `(address >>> 11) & slotMask` of its leaf. */
export const slotMask = 0x7e;

/** Place of the readable half of the pair for an address; the writable half is one further (`slot | 1`). */
export const slotOf = (address: number): number => (address >>> 11) & slotMask;
