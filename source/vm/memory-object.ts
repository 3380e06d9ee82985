// What a mapping shows: a growable row of pages. The contents of a regular file (its page cache), of a shared memory
// object, of an anonymous shared mapping and of a program's data image are all memory objects.

import type {AddressSpace} from './address-space.js';
import {clearPages} from './clear-pages.js';
import {leafFor, leafShift, slotOf} from './page-table.js';
import {
	bytesOf,
	createPage,
	createShortPage,
	type Page,
	pageShift,
	pageSize,
	wordsPerPage,
	zeroPage,
} from './page.js';

export type MemoryObject = {
	readonly id: number;
	/** As shown in memory maps: a path, `anon:12`, `SYSV00000000`. */
	readonly name: string;
	/** Bytes; reads beyond it are beyond end of file. */
	size: number;
	/** A hole is undefined and reads as zeros. */
	readonly pages: (Page | undefined)[];
	/** Per page, 1 if nobody else (checkpoint, private mapping) can hold the page, so it may be written in place. */
	readonly isOwned: number[];
	/** Per page, who stored each word last: thread ids, 0 for none. Present once stored to through a mapping. */
	readonly writers: (Int32Array | undefined)[];
	/** Pages whose `writers` no checkpoint shares. */
	readonly ownedWriters: Set<number>;
	/** A program's image: never changes, so nobody needs to know who maps it. */
	readonly isImmutable: boolean;
	/** The address spaces that have pages of it mapped; their tables follow when a page is replaced. */
	readonly mappers: AddressSpace[];
};

export const createMemoryObject = (
	id: number,
	name: string,
	size = 0,
	isImmutable = false,
): MemoryObject => ({
	id,
	name,
	size,
	pages: [],
	isOwned: [],
	writers: [],
	ownedWriters: new Set(),
	isImmutable,
	mappers: [],
});

/** The page for reading; holes give the zero page. */
export const pageForReading = (object: MemoryObject, index: number): Page =>
	object.pages[index] ?? zeroPage;

/** The page for writing its first `bytes`: created, copied or enlarged first if it must be. Mappings follow. */
export const pageForWriting = (object: MemoryObject, index: number, bytes = pageSize): Page => {
	const current = object.pages[index];
	const needed = Math.max(bytes, current?.byteLength ?? 0);
	if (current?.byteLength === needed && object.isOwned[index] === 1) return current;
	const page = object.mappers.length > 0 ? createPage() : createShortPage(needed);
	if (current !== undefined) page.set(current);
	while (object.pages.length < index) {
		object.pages.push(undefined);
		object.isOwned.push(0);
	}
	object.pages[index] = page;
	object.isOwned[index] = 1;
	for (const space of object.mappers) remapPage(space, object, index, page);
	return page;
};

/** A space maps the object from now on, whose pages have to be whole for that. */
export const addMapper = (object: MemoryObject, space: AddressSpace): void => {
	if (object.isImmutable || object.mappers.includes(space)) return;
	object.mappers.push(space);
	object.pages.forEach((page, index) => {
		if (page !== undefined && page.length < wordsPerPage) pageForWriting(object, index);
	});
};

/** Every place of a page table that shows this page of the object gets another; a private copy no longer shows it. */
const remapPage = (
	space: AddressSpace,
	object: MemoryObject,
	index: number,
	page: Page | null,
): void => {
	for (const region of space.regions) {
		if (region.object !== object) continue;
		const address = region.start + (index * pageSize - region.offset);
		if (address < region.start || address >= region.end) continue;
		if (!region.isShared && space.privateCopies.has(address >>> pageShift)) continue;
		const slot = slotOf(address);
		const shown = space.directory[address >>> leafShift]?.[slot];
		if (shown) leafFor(space, address)[slot] = page;
	}
};

/** Mappings show nothing from this page of the object on, holes and private copies included: the file ends before it. */
const hideTail = (space: AddressSpace, object: MemoryObject, firstGone: number): void => {
	for (const region of space.regions) {
		if (region.object !== object) continue;
		const gone = region.start + (firstGone * pageSize - region.offset);
		clearPages(space, Math.max(region.start, gone), region.end, false);
	}
};

/** Bytes [offset, offset + length) of the object; the caller has cut the range to its size. */
export const readObject = (object: MemoryObject, offset: number, length: number): Uint8Array => {
	const result = new Uint8Array(length);
	let done = 0;
	while (done < length) {
		const index = Math.floor((offset + done) / pageSize);
		const within = (offset + done) % pageSize;
		const count = Math.min(pageSize - within, length - done);
		const page = object.pages[index];
		if (page !== undefined) result.set(bytesOf(page).subarray(within, within + count), done);
		done += count;
	}
	return result;
};

/** Stores bytes, growing the object as needed. Says whether any byte changed. */
export const writeObject = (object: MemoryObject, offset: number, bytes: Uint8Array): boolean => {
	let hasChanged = false;
	let done = 0;
	while (done < bytes.length) {
		const index = Math.floor((offset + done) / pageSize);
		const within = (offset + done) % pageSize;
		const count = Math.min(pageSize - within, bytes.length - done);
		const part = bytes.subarray(done, done + count);
		const old = bytesOf(pageForReading(object, index)).subarray(within, within + count);
		if (!part.every((byte, position) => byte === (old[position] ?? 0))) {
			hasChanged = true;
			bytesOf(pageForWriting(object, index, within + count)).set(part, within);
		}
		done += count;
	}
	if (offset + bytes.length > object.size) {
		object.size = offset + bytes.length;
		hasChanged = true;
	}
	return hasChanged;
};

/** Changes the size as ftruncate(2) does: the cut tail reads as zeros if the object grows again. */
export const resizeObject = (object: MemoryObject, size: number): void => {
	if (size < object.size) {
		const firstGone = Math.ceil(size / pageSize);
		object.pages.length = Math.min(object.pages.length, firstGone);
		object.isOwned.length = object.pages.length;
		for (const space of object.mappers) hideTail(space, object, firstGone);
		const within = size % pageSize;
		if (within > 0 && object.pages[firstGone - 1] !== undefined) {
			bytesOf(pageForWriting(object, firstGone - 1, within)).fill(0, within);
		}
	}
	object.size = size;
};

/** Records who stored a word last, for the Shared pane; 0: nobody. */
export const noteWriter = (
	object: MemoryObject,
	index: number,
	word: number,
	thread: number,
): void => {
	ownWriters(object, index)[word] = thread;
};

const ownWriters = (object: MemoryObject, index: number): Int32Array => {
	const known = object.writers[index];
	if (known && object.ownedWriters.has(index)) return known;
	const writers = known ? known.slice() : new Int32Array(wordsPerPage);
	while (object.writers.length < index) object.writers.push(undefined);
	object.writers[index] = writers;
	object.ownedWriters.add(index);
	return writers;
};

/** After this no page is written in place before it has been copied; what a checkpoint needs. */
export const sealMemoryObject = (object: MemoryObject): void => {
	object.isOwned.fill(0);
	object.ownedWriters.clear();
};
