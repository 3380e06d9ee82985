// The geometry of a page table: a directory of leaves, each for 256 pages (1 MiB). A leaf holds a pair per page:
// what a load may read, and what a store may change at once.

import type {Page} from './page.js';

export type Leaf = (Page | null)[];
export const leafShift = 20;
export const leafPages = 256;

/** Place of the readable half of the pair for an address; the writable half is one further (`slot | 1`). */
export const slotOf = (address: number): number => (address >>> 11) & 0x1fe;
