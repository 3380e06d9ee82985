// The memory of a process: a two-level page table for speed and a list of regions for the rules. A page stands in the
// table only when it has been touched; it stands in the writable half only when a store may go straight to it, that
// is, when no fork, checkpoint or other mapping can see it. Everything else takes the slow path here.

import {leafFor, leafShift, type PageTable, slotOf} from './page-table.js';
import {createPage, type Page, pageShift, pageSize, roundUpToPage, zeroPage} from './page.js';
import {copySuspectedWords, createSuspectedWords, type SuspectedWords} from './suspected-words.js';
import {clearPages} from './clear-pages.js';
import {
	addMapper,
	type MemoryObject,
	noteWriter,
	pageForReading,
	pageForWriting,
} from './memory-object.js';

/** Address space limits, in bytes. Nothing is ever mapped below `lowestAddress`. */
export const lowestAddress = 0x1_0000;
export const stackTop = 0x0080_0000;
export const mmapBase = 0x0400_0000;
export const mmapEnd = 0x7000_0000;

export type Region = {
	start: number;
	end: number;
	/** PROT_READ 1, PROT_WRITE 2, PROT_EXEC 4. */
	protection: number;
	readonly isShared: boolean;
	/** Undefined for private anonymous memory. */
	readonly object: MemoryObject | undefined;
	/** Byte offset in the object of the region's start. */
	offset: number;
	/** As in /proc/PID/maps: `[stack]`, `[heap]`, a path. */
	readonly name: string;
	/** May become writable (a shared mapping of a file opened for reading may not). */
	readonly mayWrite: boolean;
};

/** Private pages in use in the whole machine, and how many there may be. */
export type PageBudget = {used: number; readonly limit: number};

export type AddressSpace = PageTable & {
	/** Sorted by start, never overlapping. */
	readonly regions: Region[];
	/** The mmap area has no free page below this address, in bytes. */
	packedUntil: number;
	/** Page numbers that have a writable entry; a checkpoint or a fork clears them all. */
	writable: number[];
	/** Pages of private mappings of an object that are no longer the object's. */
	readonly privateCopies: Set<number>;
	/** Private pages whose region may not be read now (PROT_NONE); they come back with the permission. */
	readonly hidden: Map<number, Page>;
	/** Pages that hold a watched variable: stores to them go through the slow path, which records the writer. */
	readonly watched: Set<number>;
	/** Watched pages that are this space's own since the last checkpoint or fork. */
	readonly watchedOwned: Set<number>;
	/** Per watched page, who stored each word last. */
	readonly watchedWriters: Map<number, Int32Array>;
	/** Words that threads count in: what decides whether counting is busy waiting. */
	suspects: SuspectedWords;
	/** Start and end of the heap, bytes. */
	readonly heapStart: number;
	heapEnd: number;
	/** Private pages made so far, and how many may be. */
	privatePages: number;
	readonly pageLimit: number;
	/** The machine's account of private pages, shared by all address spaces. */
	readonly budget: PageBudget;
	/** Threads and processes that use it (vfork and threads share). */
	users: number;
};

export const protRead = 1;
export const protWrite = 2;

/** All address spaces are made by this one literal and have one hidden class, as contexts do. */
const addressSpaceOf = (fields: AddressSpace): AddressSpace => ({
	directory: fields.directory,
	ownedLeaves: fields.ownedLeaves,
	regions: fields.regions,
	packedUntil: fields.packedUntil,
	writable: fields.writable,
	privateCopies: fields.privateCopies,
	hidden: fields.hidden,
	watched: fields.watched,
	watchedOwned: fields.watchedOwned,
	watchedWriters: fields.watchedWriters,
	suspects: fields.suspects,
	heapStart: fields.heapStart,
	heapEnd: fields.heapEnd,
	privatePages: fields.privatePages,
	pageLimit: fields.pageLimit,
	budget: fields.budget,
	users: fields.users,
});

export const createAddressSpace = (
	heapStart: number,
	pageLimit: number,
	budget: PageBudget,
): AddressSpace =>
	addressSpaceOf({
		directory: [],
		ownedLeaves: new Set(),
		regions: [],
		packedUntil: mmapBase,
		writable: [],
		privateCopies: new Set(),
		hidden: new Map(),
		watched: new Set(),
		watchedOwned: new Set(),
		watchedWriters: new Map(),
		suspects: createSuspectedWords(),
		heapStart,
		heapEnd: heapStart,
		privatePages: 0,
		pageLimit,
		budget,
		users: 1,
	});

/** Index of the first region that ends behind the address: the one that holds it, or the next one. */
export const firstRegionAfter = ({regions}: AddressSpace, address: number): number => {
	let low = 0;
	let high = regions.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (regions[middle]!.end > address) high = middle;
		else low = middle + 1;
	}
	return low;
};

/** The region that holds the address, if any. */
export const findRegion = (space: AddressSpace, address: number): Region | undefined => {
	const region = space.regions[firstRegionAfter(space, address)];
	return region && region.start <= address ? region : undefined;
};

/** Adds a region; the range must be free and page-aligned. */
export const addRegion = (space: AddressSpace, region: Region): void => {
	space.regions.splice(firstRegionAfter(space, region.start), 0, region);
	if (region.object) addMapper(region.object, space);
};

/** The lowest free range of `length` bytes (a multiple of the page size) in the mmap area, or undefined. */
export const findFreeRange = (space: AddressSpace, length: number): number | undefined => {
	const {regions} = space;
	let start = space.packedUntil;
	for (let index = firstRegionAfter(space, start); index < regions.length; index++) {
		const region = regions[index]!;
		if (region.start >= start + length) break;
		// Only what is packed without a gap is left out of the next search.
		if (region.start <= space.packedUntil) space.packedUntil = region.end;
		start = region.end;
	}
	return start + length <= mmapEnd ? start : undefined;
};

export const isRangeFree = (space: AddressSpace, start: number, end: number): boolean => {
	const next = space.regions[firstRegionAfter(space, start)];
	return next === undefined || next.start >= end;
};

/** Removes [start, end) from the mappings, cutting regions where needed; munmap(2). */
export const removeRange = (space: AddressSpace, start: number, end: number): void => {
	splitAt(space, start);
	splitAt(space, end);
	if (start < space.packedUntil) space.packedUntil = Math.max(start, mmapBase);
	const first = firstRegionAfter(space, start);
	for (let index = firstRegionAfter(space, end - 1); index >= first; index--) {
		const region = space.regions[index];
		if (!region || region.end > end) continue;
		space.regions.splice(index, 1);
		if (
			region.object &&
			!region.object.isImmutable &&
			!space.regions.some(other => other.object === region.object)
		) {
			const {mappers} = region.object;
			mappers.splice(mappers.indexOf(space), 1);
		}
		clearPages(space, region.start, region.end, !region.isShared && region.object === undefined);
	}
};

/** Changes the protection of [start, end); mprotect(2). False if part of it is not mapped or may not be written. */
export const protectRange = (
	space: AddressSpace,
	start: number,
	end: number,
	protection: number,
): 'ok' | 'unmapped' | 'denied' => {
	let position = start;
	for (let index = firstRegionAfter(space, start); position < end; index++) {
		const region = space.regions[index];
		if (!region || region.start > position) return 'unmapped';
		if ((protection & protWrite) !== 0 && !region.mayWrite) return 'denied';
		position = region.end;
	}
	splitAt(space, start);
	splitAt(space, end);
	for (let index = firstRegionAfter(space, start); index < space.regions.length; index++) {
		const region = space.regions[index]!;
		if (region.start >= end) break;
		region.protection = protection;
		for (let address = region.start; address < region.end; address += pageSize) {
			const leaf = space.directory[address >>> leafShift];
			if (!leaf) continue;
			const slot = slotOf(address);
			const page = leaf[slot] ?? space.hidden.get(address >>> pageShift) ?? null;
			if (page === null) continue;
			hideOrShow(space, address, page, protection);
		}
	}
	return 'ok';
};

const hideOrShow = (space: AddressSpace, address: number, page: Page, protection: number): void => {
	const leaf = leafFor(space, address);
	leaf[slotOf(address) | 1] = null;
	if ((protection & protRead) === 0) {
		space.hidden.set(address >>> pageShift, page);
		leaf[slotOf(address)] = null;
	} else {
		space.hidden.delete(address >>> pageShift);
		leaf[slotOf(address)] = page;
	}
};

const splitAt = (space: AddressSpace, address: number): void => {
	const region = findRegion(space, address);
	if (!region || region.start === address) return;
	space.regions.splice(firstRegionAfter(space, address) + 1, 0, {
		...region,
		start: address,
		offset: region.offset + (address - region.start),
	});
	region.end = address;
};

/** Moves the end of the heap, brk(2). False when it would meet the mmap area or the page limit. */
export const setHeapEnd = (space: AddressSpace, end: number): boolean => {
	if (end < space.heapStart || end > mmapBase) return false;
	const oldTop = roundUpToPage(space.heapEnd);
	const newTop = roundUpToPage(end);
	if (newTop > oldTop) {
		if (space.privatePages + (newTop - oldTop) / pageSize > space.pageLimit) return false;
		const heap = space.regions.find(region => region.name === '[heap]');
		if (heap) heap.end = newTop;
		else addRegion(space, privateRegion(space.heapStart, newTop, '[heap]'));
	} else if (newTop < oldTop) {
		removeRange(space, newTop, oldTop);
	}
	space.heapEnd = end;
	return true;
};

/** A readable and writable private anonymous region. */
export const privateRegion = (start: number, end: number, name: string): Region => ({
	start,
	end,
	protection: protRead | protWrite,
	isShared: false,
	object: undefined,
	offset: 0,
	name,
	mayWrite: true,
});

/** Whether an address lies on a page wholly beyond the end of the mapped object: SIGBUS, mmap(2). */
export const isBeyondEnd = ({object, offset, start}: Region, address: number): boolean =>
	object !== undefined &&
	!object.isImmutable &&
	offset + (address - start) >= roundUpToPage(object.size);

/**
 * The page that a load at `address` reads, entered into the table on the way.
 * Undefined: not mapped, not readable or beyond the end of a file (SIGSEGV or SIGBUS, or EFAULT in a system call).
 */
export const touchForReading = (space: AddressSpace, address: number): Page | undefined => {
	if (address < lowestAddress || address >= mmapEnd) return undefined;
	const known = space.directory[address >>> leafShift]?.[slotOf(address)];
	if (known) return known;
	const region = findRegion(space, address);
	if (!region || (region.protection & protRead) === 0) return undefined;
	if (isBeyondEnd(region, address)) return undefined;
	const page = pageOfRegion(region, address);
	leafFor(space, address)[slotOf(address)] = page;
	return page;
};

const pageOfRegion = (region: Region, address: number): Page => {
	if (!region.object) return zeroPage;
	return pageForReading(region.object, pageIndexOf(region, address));
};

/** Which page of its object an address of the region shows. */
export const pageIndexOf = (region: Region, address: number): number =>
	(region.offset + (address - region.start)) >>> pageShift;

/**
 * The page that a store at `address` may change. Undefined: not mapped or not writable.
 * `thread` is recorded as the writer of the word where that is asked for.
 */
export const touchForWriting = (
	space: AddressSpace,
	address: number,
	thread: number,
): Page | undefined | 'out-of-memory' => {
	if (address < lowestAddress || address >= mmapEnd) return undefined;
	const region = findRegion(space, address);
	if (!region || (region.protection & protWrite) === 0) return undefined;
	if (isBeyondEnd(region, address)) return undefined;
	if (region.isShared && region.object) {
		const index = pageIndexOf(region, address);
		const page = pageForWriting(region.object, index);
		noteWriter(region.object, index, (address >>> 2) & 1023, thread);
		if (space.directory[address >>> leafShift]?.[slotOf(address)] !== page)
			leafFor(space, address)[slotOf(address)] = page;
		return page;
	}
	return touchPrivate(space, region, address, thread);
};

const touchPrivate = (
	space: AddressSpace,
	region: Region,
	address: number,
	thread: number,
): Page | 'out-of-memory' => {
	const leaf = leafFor(space, address);
	const slot = slotOf(address);
	const number = address >>> pageShift;
	const isWatched = space.watched.has(number);
	if (isWatched) noteWatchedWriter(space, number, (address >>> 2) & 1023, thread);
	const direct = leaf[slot | 1];
	if (direct) return direct;
	const current = leaf[slot] ?? pageOfRegion(region, address);
	if (isWatched && space.watchedOwned.has(number)) return current;
	const isNew =
		current === zeroPage || (region.object !== undefined && !space.privateCopies.has(number));
	if (isNew) {
		if (space.privatePages >= space.pageLimit || space.budget.used >= space.budget.limit)
			return 'out-of-memory';
		space.privatePages++;
		space.budget.used++;
		if (region.object) space.privateCopies.add(number);
	}
	const page = createPage();
	if (current !== zeroPage) page.set(current);
	leaf[slot] = page;
	if (isWatched) space.watchedOwned.add(number);
	else {
		leaf[slot | 1] = page;
		space.writable.push(number);
	}
	return page;
};

const noteWatchedWriter = (
	space: AddressSpace,
	page: number,
	word: number,
	thread: number,
): void => {
	let writers = space.watchedWriters.get(page);
	if (!writers) {
		writers = new Int32Array(1024);
		space.watchedWriters.set(page, writers);
	}
	writers[word] = thread;
};

/** Makes stores to the page of `address` record their writer from now on. */
export const watchPage = (space: AddressSpace, address: number): void => {
	const number = address >>> pageShift;
	if (space.watched.has(number)) return;
	space.watched.add(number);
	const leaf = space.directory[address >>> leafShift];
	if (leaf && leaf[slotOf(address) | 1] !== null) leaf[slotOf(address) | 1] = null;
};

/** After this no page, and no leaf, is changed in place before it has been copied: what a checkpoint or a fork needs. */
export const sealAddressSpace = (space: AddressSpace): void => {
	for (const number of space.writable) {
		const leaf = space.directory[number >>> (leafShift - pageShift)];
		if (leaf) leaf[slotOf(number << pageShift) | 1] = null;
	}
	space.writable = [];
	space.ownedLeaves.clear();
	space.watchedOwned.clear();
};

/** Whether the machine has room for a copy of the address space; fork(2) fails with ENOMEM otherwise. */
export const canFork = (space: AddressSpace): boolean =>
	space.budget.used + space.privatePages <= space.budget.limit;

/**
 * A copy of an address space, sharing every page until one of the two stores to it. The original is sealed. The objects
 * of the copy's regions are those of the original; they do not know the copy.
 */
export const copyAddressSpace = (space: AddressSpace, budget: PageBudget): AddressSpace => {
	sealAddressSpace(space);
	return addressSpaceOf({
		...space,
		budget,
		directory: space.directory.slice(),
		ownedLeaves: new Set(),
		regions: space.regions.map(region => ({...region})),
		writable: [],
		privateCopies: new Set(space.privateCopies),
		hidden: new Map(space.hidden),
		watched: new Set(space.watched),
		watchedOwned: new Set(),
		suspects: copySuspectedWords(space.suspects),
		watchedWriters:
			space.watchedWriters.size === 0
				? new Map()
				: new Map([...space.watchedWriters].map(([page, writers]) => [page, writers.slice()])),
	});
};

/** The child's copy of an address space; fork(2). Who wrote what before holds for both. */
export const forkAddressSpace = (space: AddressSpace): AddressSpace => {
	const child = copyAddressSpace(space, space.budget);
	child.suspects = createSuspectedWords();
	child.users = 1;
	child.budget.used += child.privatePages;
	for (const region of child.regions) {
		if (region.object) addMapper(region.object, child);
	}
	return child;
};

/** Takes the address space apart once its last user is gone. */
export const releaseAddressSpace = (space: AddressSpace): void => {
	for (const {object} of space.regions) {
		const index = object?.mappers.indexOf(space) ?? -1;
		if (index !== -1) object!.mappers.splice(index, 1);
	}
	space.budget.used -= space.privatePages;
	space.privatePages = 0;
	space.regions.length = 0;
	space.directory.length = 0;
	space.ownedLeaves.clear();
	space.writable = [];
	space.hidden.clear();
};
