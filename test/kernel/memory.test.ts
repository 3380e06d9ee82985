// mmap and its family, on address spaces.

import {beforeEach, describe, expect, test} from 'vitest';
import {forgetUnmappedObjects} from '../../source/kernel/memory/memory-mapping.js';
import type {Kernel} from '../../source/kernel/kernel.js';
import {directoryCalls} from '../../source/kernel/syscalls/directories.js';
import {fileCalls} from '../../source/kernel/syscalls/files.js';
import {memoryCalls} from '../../source/kernel/syscalls/memory.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {forkAddressSpace, releaseAddressSpace} from '../../source/vm/address-space.js';
import {readInt32, writeInt32} from '../../source/vm/memory.js';
import {addTestProcess, callNow, createTestKernel, putString, scratch} from './kernel-fixture.js';

const [PROT_READ, PROT_WRITE, SHARED, PRIVATE, FIXED, ANONYMOUS] = [1, 2, 1, 2, 0x10, 0x20];
const page = 4096;

let kernel: Kernel;
let thread: Thread;

beforeEach(() => {
	kernel = createTestKernel();
	thread = addTestProcess(kernel);
});

const calls = {...fileCalls, ...directoryCalls, ...memoryCalls};
const call = (name: string, ...args: readonly number[]): number | string =>
	callNow(kernel, thread, calls[name], ...args);
const load = (address: number): number | undefined => readInt32(thread.context.space, address);
const store = (address: number, value: number): boolean =>
	writeInt32(thread.context, address, value);
const map = (
	length: number,
	protection: number,
	flags: number,
	descriptor = -1,
	offset = 0,
	address = 0,
) => call('mmap', address, length, protection, flags, descriptor, offset);
const openFile = (flags: number): number =>
	Number(call('open', putString(thread, '/f'), flags, 0o600));

describe('anonymous memory', () => {
	test('is zero, private to the process or shared with its children', () => {
		const own = Number(map(page, PROT_READ | PROT_WRITE, PRIVATE | ANONYMOUS));
		const shared = Number(map(page, PROT_READ | PROT_WRITE, SHARED | ANONYMOUS));
		expect([load(own), load(shared)]).toEqual([0, 0]);
		const child = forkAddressSpace(thread.context.space);
		store(own, 1);
		store(shared, 2);
		expect([readInt32(child, own), readInt32(child, shared)]).toEqual([0, 2]);
		expect([...kernel.memoryObjects.values()].map(({name}) => name)).toEqual(['anon:1']);
	});

	test('that is shared ends with its last mapping', () => {
		const shared = Number(map(page, PROT_READ | PROT_WRITE, SHARED | ANONYMOUS));
		const child = forkAddressSpace(thread.context.space);
		expect(call('munmap', shared, page)).toBe(0);
		expect(kernel.memoryObjects.size).toBe(1);
		expect(load(shared)).toBe(undefined);
		releaseAddressSpace(child);
		forgetUnmappedObjects(kernel);
		expect(kernel.memoryObjects.size).toBe(0);
	});

	test('is limited by the machine', () => {
		expect(map(16_385 * page, PROT_READ, SHARED | ANONYMOUS)).toBe('ENOMEM');
		expect(map(2 ** 31, PROT_READ, PRIVATE | ANONYMOUS)).toBe('ENOMEM');
	});
});

describe('a mapped file', () => {
	test('shows writes to the file, and the file shows stores', () => {
		const descriptor = openFile(0o102);
		call('ftruncate', descriptor, page);
		const a = Number(map(page, PROT_READ | PROT_WRITE, SHARED, descriptor));
		const copy = Number(map(page, PROT_READ | PROT_WRITE, PRIVATE, descriptor));
		store(a, 7);
		expect(load(copy)).toBe(7);
		store(copy, 8);
		expect(load(a)).toBe(7);
		call('read', descriptor, scratch, 4);
		expect(load(scratch)).toBe(7);
		store(scratch, 9);
		call('pwrite64', descriptor, scratch, 4, 0);
		expect([load(a), load(copy)]).toEqual([9, 8]);
	});

	test('needs a file that is open for what is asked', () => {
		call('close', openFile(0o102));
		const reader = openFile(0);
		const writer = openFile(1);
		expect(map(page, PROT_READ | PROT_WRITE, SHARED, reader)).toBe('EACCES');
		expect(map(page, PROT_READ, SHARED, writer)).toBe('EACCES');
		expect(map(page, PROT_READ, SHARED, 50)).toBe('EBADF');
		const address = Number(map(page, PROT_READ, SHARED, reader));
		expect(call('mprotect', address, page, PROT_READ | PROT_WRITE)).toBe('EACCES');
		const copy = Number(map(page, PROT_READ, PRIVATE, reader));
		expect(call('mprotect', copy, page, PROT_READ | PROT_WRITE)).toBe(0);
	});
});

describe('mmap', () => {
	test.each([
		['no length', [0, 0, PROT_READ, PRIVATE | ANONYMOUS, -1, 0], 'EINVAL'],
		['neither shared nor private', [0, page, PROT_READ, ANONYMOUS, -1, 0], 'EINVAL'],
		['an offset within a page', [0, page, PROT_READ, PRIVATE | ANONYMOUS, -1, 5], 'EINVAL'],
		[
			'a fixed address within a page',
			[0x1000_0001, page, PROT_READ, PRIVATE | ANONYMOUS | FIXED, -1, 0],
			'EINVAL',
		],
		['the lowest addresses', [0, page, PROT_READ, PRIVATE | ANONYMOUS | FIXED, -1, 0], 'EPERM'],
	])('refuses %s', (_what, args, errno) => {
		expect(call('mmap', ...(args as number[]))).toBe(errno);
	});

	test('puts a fixed mapping over what was there', () => {
		const address = Number(map(3 * page, PROT_READ | PROT_WRITE, PRIVATE | ANONYMOUS));
		for (let index = 0; index < 3; index++) store(address + index * page, 5);
		expect(map(page, PROT_READ, PRIVATE | ANONYMOUS | FIXED, -1, 0, address + page)).toBe(
			address + page,
		);
		expect([load(address), load(address + page), load(address + 2 * page)]).toEqual([5, 0, 5]);
		expect(store(address + page, 1)).toBe(false);
	});
});

describe('the heap', () => {
	test('moves with brk, which always says where it ends', () => {
		const start = Number(call('brk', 0));
		expect(call('brk', start + 10_000)).toBe(start + 10_000);
		expect(store(start + 9000, 1)).toBe(true);
		expect(call('brk', start + 100)).toBe(start + 100);
		expect(load(start + 9000)).toBe(undefined);
		expect(call('brk', 0x6000_0000)).toBe(start + 100);
	});
});

describe('mremap', () => {
	test('grows in place or moves, and keeps what was stored', () => {
		const a = Number(map(page, PROT_READ | PROT_WRITE, PRIVATE | ANONYMOUS));
		store(a, 3);
		expect(call('mremap', a, page, 2 * page, 0)).toBe(a);
		const barrier = Number(map(page, PROT_READ, PRIVATE | ANONYMOUS));
		expect(barrier).toBe(a + 2 * page);
		expect(call('mremap', a, 2 * page, 4 * page, 0)).toBe('ENOMEM');
		const moved = Number(call('mremap', a, 2 * page, 4 * page, 1));
		expect([load(moved), load(a)]).toEqual([3, undefined]);
	});
});

test('madvise(MADV_DONTNEED) zeroes private memory', () => {
	const a = Number(map(2 * page, PROT_READ | PROT_WRITE, PRIVATE | ANONYMOUS));
	store(a, 3);
	store(a + page, 4);
	const before = thread.context.space.privatePages;
	expect(call('madvise', a, page, 4)).toBe(0);
	expect([load(a), load(a + page)]).toEqual([0, 4]);
	expect(thread.context.space.privatePages).toBe(before - 1);
});
