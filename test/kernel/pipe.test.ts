// Pipes as objects: what goes in comes out, who waits is woken, counts of ends are right; fs/pipe.c's slots.

import {describe, expect, test} from 'vitest';
import {createProgress, type Io} from '../../source/kernel/files/file-operations.js';
import {
	capacityOf,
	closePipeEnd,
	createPipe,
	fillLevel,
	isFull,
	openPipeEnd,
	peekPipe,
	type Pipe,
	slotSize,
	readPipe,
	setPipeCapacity,
	writePipe,
} from '../../source/kernel/pipes/pipe.js';
import {createProgress as fresh} from '../../source/kernel/files/file-operations.js';
import {bytesSink, bytesSource} from '../../source/kernel/memory/user-buffer.js';
import {sleepOn} from '../../source/kernel/process/wake.js';
import {addTestProcess, createTestKernel} from './kernel-fixture.js';

const bytes = (count: number, from = 0): Uint8Array =>
	Uint8Array.from({length: count}, (_, index) => (from + index) % 251);

const io = (options: Partial<Io> = {}): Io => ({
	thread: undefined,
	progress: createProgress(),
	isNonblocking: false,
	...options,
});

const openPipe = () => {
	const kernel = createTestKernel();
	const pipe = createPipe(kernel);
	openPipeEnd(pipe, {reads: true, writes: false});
	openPipeEnd(pipe, {reads: false, writes: true});
	return {kernel, pipe};
};

const read = (
	kernel: ReturnType<typeof createTestKernel>,
	pipe: Pipe,
	count: number,
): Uint8Array | string => {
	const buffer = new Uint8Array(count);
	const outcome = readPipe(kernel, pipe, io({isNonblocking: true}), bytesSink(buffer));
	if (outcome.kind === 'done') return buffer.subarray(0, outcome.value);
	return outcome.kind === 'failed' ? outcome.errno : outcome.kind;
};

const write = (
	kernel: ReturnType<typeof createTestKernel>,
	pipe: Pipe,
	data: Uint8Array,
): number | string => {
	const outcome = writePipe(kernel, pipe, io({isNonblocking: true}), bytesSource(data));
	if (outcome.kind === 'done') return outcome.value;
	return outcome.kind === 'failed' ? outcome.errno : outcome.kind;
};

describe('a pipe', () => {
	test('gives back what was written, in order, whatever the sizes', () => {
		const {kernel, pipe} = openPipe();
		const seen: number[] = [];
		let sent = 0;
		let random = 7;
		for (let round = 0; round < 2000; round++) {
			random = (random * 1_103_515_245 + 12_345) % 2_147_483_648;
			const size = random % 6000;
			if (random % 3 === 0) {
				const part = read(kernel, pipe, size);
				if (typeof part !== 'string') seen.push(...part);
			} else {
				const result = write(kernel, pipe, bytes(size, sent));
				if (typeof result === 'number') sent += result;
			}
			expect(fillLevel(pipe)).toBe(sent - seen.length);
			expect(peekPipe(pipe).length).toBe(fillLevel(pipe));
		}
		for (
			let part = read(kernel, pipe, 5000);
			typeof part !== 'string';
			part = read(kernel, pipe, 5000)
		) {
			seen.push(...part);
		}
		expect(Buffer.compare(Uint8Array.from(seen), bytes(sent))).toBe(0);
		expect(sent).toBeGreaterThan(100_000);
	});

	test('is sixteen slots of a page, not a counter of bytes', () => {
		const {kernel, pipe} = openPipe();
		let writes = 0;
		while (write(kernel, pipe, bytes(3000)) === 3000) writes++;
		expect(writes).toBe(16);
		expect(isFull(pipe)).toBe(true);
		expect(write(kernel, pipe, bytes(1000))).toBe(1000);
		expect(write(kernel, pipe, bytes(96))).toBe(96);
		expect(write(kernel, pipe, bytes(1))).toBe('EAGAIN');
	});

	test('has room again only when a whole slot was read', () => {
		const {kernel, pipe} = openPipe();
		expect(write(kernel, pipe, bytes(70_000))).toBe(65_536);
		read(kernel, pipe, 4095);
		expect(write(kernel, pipe, bytes(1))).toBe('EAGAIN');
		read(kernel, pipe, 1);
		expect(write(kernel, pipe, bytes(slotSize))).toBe(slotSize);
	});

	test('lets a blocked write go on where it stood', () => {
		const {kernel, pipe} = openPipe();
		const progress = fresh();
		const blocked = writePipe(kernel, pipe, io({progress}), bytesSource(bytes(100_000)));
		expect(blocked).toEqual({kind: 'blocked', on: [pipe.writeQueue]});
		expect(progress.count).toBe(65_536);
		const seen: number[] = [];
		for (;;) {
			const part = read(kernel, pipe, 10_000);
			if (typeof part !== 'string') seen.push(...part);
			const retried = {...progress, tries: 1};
			const outcome = writePipe(kernel, pipe, io({progress: retried}), bytesSource(bytes(100_000)));
			progress.count = retried.count;
			if (outcome.kind === 'done') break;
		}
		for (
			let part = read(kernel, pipe, 9000);
			typeof part !== 'string';
			part = read(kernel, pipe, 9000)
		) {
			seen.push(...part);
		}
		expect(Buffer.compare(Uint8Array.from(seen), bytes(100_000))).toBe(0);
	});

	test('tells a writer that was interrupted how much went in', () => {
		const {kernel, pipe} = openPipe();
		const progress = fresh();
		writePipe(kernel, pipe, io({progress}), bytesSource(bytes(70_000)));
		const interrupted = {...progress, tries: 1, isInterrupted: true};
		const outcome = writePipe(
			kernel,
			pipe,
			io({progress: interrupted}),
			bytesSource(bytes(70_000)),
		);
		expect(outcome).toEqual({kind: 'done', value: 65_536});
	});

	test('wakes one of several readers, and that one wakes the next if bytes are left', () => {
		const {kernel, pipe} = openPipe();
		const readers = [addTestProcess(kernel), addTestProcess(kernel), addTestProcess(kernel)];
		for (const thread of readers) sleepOn(kernel, thread, [pipe.readQueue]);
		write(kernel, pipe, bytes(2));
		expect(readers.map(({state}) => state)).toEqual(['ready', 'blocked', 'blocked']);
		read(kernel, pipe, 1);
		expect(readers.map(({state}) => state)).toEqual(['ready', 'ready', 'blocked']);
		read(kernel, pipe, 1);
		expect(readers.map(({state}) => state)).toEqual(['ready', 'ready', 'blocked']);
	});

	test('wakes all readers and writers when the other side is gone', () => {
		const {kernel, pipe} = openPipe();
		const [reader, other] = [addTestProcess(kernel), addTestProcess(kernel)];
		for (const thread of [reader, other]) sleepOn(kernel, thread, [pipe.readQueue]);
		closePipeEnd(kernel, pipe, {reads: false, writes: true});
		expect([reader.state, other.state]).toEqual(['ready', 'ready']);
		expect(read(kernel, pipe, 1)).toEqual(new Uint8Array(0));
	});

	test('answers a write without readers with EPIPE and SIGPIPE', () => {
		const {kernel, pipe} = openPipe();
		const thread = addTestProcess(kernel);
		closePipeEnd(kernel, pipe, {reads: true, writes: false});
		const outcome = writePipe(kernel, pipe, io({thread}), bytesSource(bytes(1)));
		expect(outcome).toEqual({kind: 'failed', errno: 'EPIPE'});
		expect(thread.signals.pending.map(({signal}) => signal)).toEqual([13]);
	});

	test('is gone with its last end, unread bytes and all', () => {
		const {kernel, pipe} = openPipe();
		write(kernel, pipe, bytes(10));
		closePipeEnd(kernel, pipe, {reads: false, writes: true});
		expect(kernel.pipes.has(pipe.id)).toBe(true);
		closePipeEnd(kernel, pipe, {reads: true, writes: false});
		expect(kernel.pipes.has(pipe.id)).toBe(false);
		expect(fillLevel(pipe)).toBe(0);
	});

	test('changes its capacity to powers of two pages, not below its contents', () => {
		const {kernel, pipe} = openPipe();
		expect(setPipeCapacity(kernel, pipe, 5000)).toEqual({kind: 'done', value: 8192});
		expect(setPipeCapacity(kernel, pipe, 131_072)).toEqual({kind: 'done', value: 131_072});
		write(kernel, pipe, bytes(9000));
		expect(setPipeCapacity(kernel, pipe, 4096)).toEqual({kind: 'failed', errno: 'EBUSY'});
		expect(setPipeCapacity(kernel, pipe, 2_000_000)).toEqual({kind: 'failed', errno: 'EPERM'});
		expect(capacityOf(pipe)).toBe(131_072);
	});

	test('records the bytes that pass', () => {
		const {kernel, pipe} = openPipe();
		write(kernel, pipe, bytes(100));
		read(kernel, pipe, 70);
		const bodies = kernel.events.entries.map(({body}) => body);
		expect(bodies).toEqual([
			{kind: 'bytes', channel: pipe.name, direction: 'in', count: 100, data: bytes(64)},
			{kind: 'bytes', channel: pipe.name, direction: 'out', count: 70, data: bytes(64)},
		]);
	});

	test('leaves the pipe alone where the memory to read into is bad', () => {
		const {kernel, pipe} = openPipe();
		write(kernel, pipe, bytes(5));
		const outcome = readPipe(kernel, pipe, io(), {
			length: 5,
			put: () => false,
			putSome: () => 0,
		});
		expect(outcome).toEqual({kind: 'failed', errno: 'EFAULT'});
		expect(fillLevel(pipe)).toBe(5);
	});
});
