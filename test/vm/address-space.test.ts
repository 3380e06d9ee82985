import assert from 'node:assert/strict';
import {test} from 'vitest';
import {
	addRegion,
	type AddressSpace,
	createAddressSpace,
	findFreeRange,
	findRegion,
	forkAddressSpace,
	isRangeFree,
	mmapBase,
	privateRegion,
	protectRange,
	protRead,
	protWrite,
	releaseAddressSpace,
	removeRange,
	sealAddressSpace,
	setHeapEnd,
	touchForReading,
	touchForWriting,
} from '../../source/vm/address-space.js';
import {
	createMemoryObject,
	type MemoryObject,
	readObject,
	resizeObject,
	writeObject,
} from '../../source/vm/memory-object.js';
import type {Page} from '../../source/vm/page.js';

const heapStart = 0x0100_0000;
const base = 0x1000_0000;

const createSpace = (limit = 100): AddressSpace =>
	createAddressSpace(heapStart, limit, {used: 0, limit});

const write = (space: AddressSpace, address: number, value: number): void => {
	const page = touchForWriting(space, address, 1);
	assert.ok(page && page !== 'out-of-memory');
	(page as Page)[(address >>> 2) & 1023] = value;
};

const read = (space: AddressSpace, address: number): number | undefined =>
	touchForReading(space, address)?.[(address >>> 2) & 1023];

const shared = (object: MemoryObject, pages = 2) => ({
	...privateRegion(base, base + pages * 4096, object.name),
	isShared: true,
	object,
});

test('an untouched page reads as zero and what is not mapped does not read at all', () => {
	const space = createSpace();
	addRegion(space, privateRegion(base, base + 8192, 'anon'));
	assert.equal(read(space, base + 4096), 0);
	assert.equal(read(space, base + 8192), undefined);
	assert.equal(read(space, -4), undefined);
	assert.equal(read(space, 2 ** 32 + base), undefined);
});

test('a fork copies on write, in both directions', () => {
	const parent = createSpace();
	addRegion(parent, privateRegion(base, base + 4096, 'anon'));
	write(parent, base, 1);
	const child = forkAddressSpace(parent);
	write(parent, base, 2);
	assert.equal(read(child, base), 1);
	write(child, base, 3);
	assert.deepEqual([read(parent, base), read(child, base)], [2, 3]);
});

test('a shared object is one memory for parent, child and its file', () => {
	const object = createMemoryObject(1, 'anon:1', 8192);
	const parent = createSpace();
	addRegion(parent, shared(object));
	assert.equal(read(parent, base), 0);
	const child = forkAddressSpace(parent);
	assert.equal(read(child, base), 0);
	write(child, base, 77);
	assert.equal(read(parent, base), 77);
	writeObject(object, 0, Uint8Array.of(5, 0, 0, 0));
	assert.deepEqual([read(parent, base), read(child, base)], [5, 5]);
	assert.deepEqual([...readObject(object, 0, 2)], [5, 0]);
});

test('after sealing, a page that was copied elsewhere is never changed in place', () => {
	const space = createSpace();
	addRegion(space, privateRegion(base, base + 4096, 'anon'));
	write(space, base, 1);
	const kept = touchForReading(space, base)!;
	sealAddressSpace(space);
	write(space, base, 2);
	assert.equal(kept[0], 1);
	assert.equal(read(space, base), 2);
	assert.equal(space.privatePages, 1);
});

test('a private mapping of an object keeps its own copy once it has stored', () => {
	const object = createMemoryObject(1, 'file:/a', 8192);
	const space = createSpace();
	addRegion(space, {...privateRegion(base, base + 8192, 'file:/a'), object});
	assert.equal(read(space, base), 0);
	writeObject(object, 0, Uint8Array.of(9));
	assert.equal(read(space, base), 9);
	write(space, base, 1);
	writeObject(object, 0, Uint8Array.of(8));
	assert.equal(read(space, base), 1);
	assert.deepEqual([...readObject(object, 0, 1)], [8]);
});

test('mappings are cut by munmap and protected piecewise by mprotect', () => {
	const space = createSpace();
	addRegion(space, privateRegion(base, base + 4 * 4096, 'anon'));
	for (let page = 0; page < 4; page++) write(space, base + page * 4096, page + 1);
	removeRange(space, base + 4096, base + 8192);
	assert.equal(read(space, base + 4096), undefined);
	assert.equal(read(space, base + 8192), 3);
	assert.equal(space.privatePages, 3);
	assert.equal(protectRange(space, base, base + 4096, 0), 'ok');
	assert.equal(read(space, base), undefined);
	assert.equal(touchForWriting(space, base, 1), undefined);
	assert.equal(protectRange(space, base, base + 4096, protRead), 'ok');
	assert.equal(read(space, base), 1);
	assert.equal(touchForWriting(space, base, 1), undefined);
	assert.equal(protectRange(space, base, base + 4096, protRead | protWrite), 'ok');
	write(space, base, 11);
	assert.equal(read(space, base), 11);
	assert.equal(protectRange(space, base, base + 8192, protRead), 'unmapped');
});

test('free ranges are found between mappings, lowest first', () => {
	const space = createSpace();
	assert.equal(findFreeRange(space, 4096), mmapBase);
	addRegion(space, privateRegion(mmapBase + 4096, mmapBase + 8192, 'anon'));
	assert.equal(findFreeRange(space, 4096), mmapBase);
	assert.equal(findFreeRange(space, 8192), mmapBase + 8192);
	assert.equal(isRangeFree(space, mmapBase, mmapBase + 4097), false);
	assert.equal(findRegion(space, mmapBase + 5000)?.start, mmapBase + 4096);
});

test('the heap grows and shrinks, and its lost pages come back as zeros', () => {
	const space = createSpace();
	assert.equal(setHeapEnd(space, heapStart + 5000), true);
	write(space, heapStart + 4096, 6);
	assert.equal(setHeapEnd(space, heapStart + 100), true);
	assert.equal(read(space, heapStart + 4096), undefined);
	assert.equal(setHeapEnd(space, heapStart + 5000), true);
	assert.equal(read(space, heapStart + 4096), 0);
	assert.equal(setHeapEnd(space, heapStart - 1), false);
});

test('pages are counted against the process and the machine, and given back', () => {
	const budget = {used: 0, limit: 3};
	const space = createAddressSpace(heapStart, 2, budget);
	addRegion(space, privateRegion(base, base + 16 * 4096, 'anon'));
	write(space, base, 1);
	write(space, base + 4096, 1);
	assert.equal(touchForWriting(space, base + 8192, 1), 'out-of-memory');
	assert.equal(budget.used, 2);
	releaseAddressSpace(space);
	assert.equal(budget.used, 0);
});

test('a truncated object gives zeros when it grows again, in mappings too', () => {
	const object = createMemoryObject(1, 'file:/a', 0);
	writeObject(object, 0, new Uint8Array(8192).fill(7));
	const space = createSpace();
	addRegion(space, shared(object));
	assert.equal(read(space, base + 4096), 0x0707_0707);
	resizeObject(object, 2);
	resizeObject(object, 8192);
	assert.deepEqual([...readObject(object, 0, 4)], [7, 7, 0, 0]);
	assert.equal(read(space, base + 4096), 0);
});
