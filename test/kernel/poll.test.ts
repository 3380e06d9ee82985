// poll, select, epoll and the objects that live behind descriptors only.

import {beforeEach, describe, expect, test} from 'vitest';
import {injectIntoConsole, closeConsoleInput} from '../../source/kernel/files/console-file.js';
import {openStandardStreams} from '../../source/kernel/process/descriptors.js';
import type {Kernel} from '../../source/kernel/kernel.js';
import {fileCalls} from '../../source/kernel/syscalls/files.js';
import {pipeCalls} from '../../source/kernel/syscalls/pipes.js';
import {pollCalls} from '../../source/kernel/syscalls/poll.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {expireTimerfd} from '../../source/kernel/time/timerfd.js';
import {
	readBytes,
	readInt32,
	readInt64,
	writeBytes,
	writeInt32,
	writeInt64,
} from '../../source/vm/memory.js';
import {
	addTestProcess,
	callNow,
	createTestKernel,
	isBlocked,
	makeCall,
	scratch,
} from './kernel-fixture.js';

const [POLLIN, POLLOUT, POLLERR, POLLHUP, POLLNVAL] = [1, 4, 8, 16, 32];
const O_NONBLOCK = 0o4000;

let kernel: Kernel;
let thread: Thread;

beforeEach(() => {
	kernel = createTestKernel();
	thread = addTestProcess(kernel);
});

const calls = {...fileCalls, ...pipeCalls, ...pollCalls};
const call = (name: string, ...args: readonly number[]): number | string =>
	callNow(kernel, thread, calls[name], ...args);

const makePipe = (flags = 0): readonly [number, number] => {
	call('pipe2', scratch, flags);
	return [readInt32(thread.context.space, scratch)!, readInt32(thread.context.space, scratch + 4)!];
};

const putPollfds = (entries: readonly (readonly [number, number])[]): void => {
	entries.forEach(([descriptor, events], index) => {
		writeInt32(thread.context, scratch + 256 + 8 * index, descriptor);
		writeInt32(thread.context, scratch + 256 + 8 * index + 4, events);
	});
};
const revents = (index: number): number =>
	readInt32(thread.context.space, scratch + 256 + 8 * index + 4)! >>> 16;
const poll = (...entries: readonly (readonly [number, number])[]): readonly (number | string)[] => {
	putPollfds(entries);
	const count = call('poll', scratch + 256, entries.length, 0);
	return [count, ...entries.map((_, index) => revents(index))];
};

describe('poll', () => {
	test('tells the states of both ends of a pipe', () => {
		const [reader, writer] = makePipe();
		expect(poll([reader, POLLIN], [writer, POLLOUT])).toEqual([1, 0, POLLOUT]);
		call('write', writer, scratch, 10);
		expect(poll([reader, POLLIN], [writer, POLLOUT])).toEqual([2, POLLIN, POLLOUT]);
		call('close', writer);
		expect(poll([reader, POLLIN], [writer, POLLOUT])).toEqual([2, POLLIN | POLLHUP, POLLNVAL]);
		call('read', reader, scratch, 10);
		expect(poll([reader, 0], [-1, POLLIN])).toEqual([1, POLLHUP, 0]);
		const [gone, left] = makePipe();
		call('close', gone);
		expect(poll([left, POLLOUT])).toEqual([1, POLLOUT | POLLERR]);
	});

	test('sleeps until one file is ready, without taking a blocked reader’s place', () => {
		const [reader, writer] = makePipe();
		const other = addTestProcess(kernel);
		kernel.processes
			.get(other.pid)!
			.descriptors.push(...kernel.processes.get(thread.pid)!.descriptors);
		putPollfds([[reader, POLLIN]]);
		const waiting = makeCall(kernel, thread, pollCalls['poll']!, [scratch + 256, 1, -1]);
		const reading = makeCall(kernel, other, fileCalls['read']!, [reader, scratch, 1]);
		expect([isBlocked(thread), isBlocked(other)]).toEqual([true, true]);
		expect([thread.waitName, thread.waitChannel]).toEqual(['poll', 'pipe:1']);
		const third = addTestProcess(kernel);
		kernel.processes
			.get(third.pid)!
			.descriptors.push(...kernel.processes.get(thread.pid)!.descriptors);
		callNow(kernel, third, fileCalls['write'], writer, scratch, 1);
		expect([thread.state, other.state]).toEqual(['ready', 'ready']);
		expect(waiting.retry()).toEqual({kind: 'done', value: 1});
		expect(reading.retry()).toEqual({kind: 'done', value: 1});
	});

	test('ends at its deadline with 0, by a signal with EINTR', () => {
		const [reader] = makePipe();
		putPollfds([[reader, POLLIN]]);
		const waiting = makeCall(kernel, thread, pollCalls['poll']!, [scratch + 256, 1, 5]);
		expect(thread.wakeAt).toBe(50_000);
		kernel.now = 50_000;
		expect(waiting.retry()).toEqual({kind: 'done', value: 0});
		const endless = makeCall(kernel, thread, pollCalls['poll']!, [scratch + 256, 1, -1]);
		thread.call!.isInterrupted = true;
		expect(endless.retry()).toEqual({kind: 'failed', errno: 'EINTR'});
	});
});

describe('select', () => {
	test('marks what is ready in its sets, and refuses closed descriptors', () => {
		const [reader, writer] = makePipe();
		const [readSet, writeSet, timeout] = [scratch + 512, scratch + 768, scratch + 1024];
		const select = (): number | string => {
			writeInt64(thread.context, readSet, 1 << reader);
			writeInt64(thread.context, writeSet, 1 << writer);
			writeInt64(thread.context, timeout, 0);
			writeInt64(thread.context, timeout + 8, 0);
			return call('select', writer + 1, readSet, writeSet, 0, timeout);
		};
		expect(select()).toBe(1);
		expect(readInt64(thread.context.space, readSet)).toBe(0);
		expect(readInt64(thread.context.space, writeSet)).toBe(1 << writer);
		call('write', writer, scratch, 1);
		expect(select()).toBe(2);
		call('close', writer);
		expect(select()).toBe('EBADF');
	});
});

describe('epoll', () => {
	const EPOLLET = -0x8000_0000;
	const EPOLLONESHOT = 0x4000_0000;
	const control = (
		set: number,
		operation: number,
		descriptor: number,
		events: number,
		data = descriptor,
	) => {
		const bytes = new Uint8Array(12);
		new DataView(bytes.buffer).setInt32(0, events, true);
		new DataView(bytes.buffer).setInt32(4, data, true);
		writeBytes(thread.context, scratch + 600, bytes);
		return call('epoll_ctl', set, operation, descriptor, scratch + 600);
	};
	const wait = (set: number): readonly (readonly [number, number])[] => {
		const count = call('epoll_wait', set, scratch + 700, 8, 0);
		return Array.from({length: Number(count)}, (_, index) => [
			readInt32(thread.context.space, scratch + 700 + 12 * index)!,
			readInt32(thread.context.space, scratch + 704 + 12 * index)!,
		]);
	};

	test('reports by level, by edge and once', () => {
		const set = Number(call('epoll_create1', 0));
		const [reader, writer] = makePipe();
		expect(control(set, 1, reader, POLLIN)).toBe(0);
		expect(control(set, 1, reader, POLLIN)).toBe('EEXIST');
		expect(wait(set)).toEqual([]);
		call('write', writer, scratch, 4);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		control(set, 3, reader, POLLIN | EPOLLET);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		expect(wait(set)).toEqual([]);
		call('read', reader, scratch, 1);
		expect(wait(set)).toEqual([]);
		call('write', writer, scratch, 1);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		control(set, 3, reader, POLLIN | EPOLLONESHOT);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		call('write', writer, scratch, 1);
		expect(wait(set)).toEqual([]);
	});

	test('forgets files that are closed for good', () => {
		const set = Number(call('epoll_create1', 0));
		const [reader, writer] = makePipe();
		control(set, 1, reader, POLLIN);
		call('write', writer, scratch, 4);
		const copy = Number(call('dup', reader));
		call('close', reader);
		expect(wait(set)).toEqual([[POLLIN, reader]]);
		call('close', copy);
		expect(wait(set)).toEqual([]);
		expect(control(set, 2, reader, 0)).toBe('EBADF');
	});

	test('refuses regular files, itself, and circles', () => {
		const set = Number(call('epoll_create1', 0));
		const inner = Number(call('epoll_create1', 0));
		expect(control(set, 1, set, POLLIN)).toBe('EINVAL');
		expect(control(set, 1, inner, POLLIN)).toBe(0);
		expect(control(inner, 1, set, POLLIN)).toBe('ELOOP');
		const file = Number(call('memfd_create', scratch + 3000, 0));
		expect(control(set, 1, file, POLLIN)).toBe('EPERM');
		expect(control(set, 1, 63, POLLIN)).toBe('EBADF');
	});

	test('wakes its waiter when a file becomes ready, also one that is added meanwhile', () => {
		const set = Number(call('epoll_create1', 0));
		const [reader, writer] = makePipe();
		const waiting = makeCall(kernel, thread, pollCalls['epoll_wait']!, [set, scratch + 700, 8, -1]);
		expect([isBlocked(thread), thread.waitName]).toEqual([true, 'epoll']);
		const other = addTestProcess(kernel);
		kernel.processes
			.get(other.pid)!
			.descriptors.push(...kernel.processes.get(thread.pid)!.descriptors);
		writeInt32(other.context, scratch, POLLIN);
		callNow(kernel, other, pollCalls['epoll_ctl'], set, 1, reader, scratch);
		expect(thread.state).toBe('ready');
		expect(waiting.retry().kind).toBe('blocked');
		callNow(kernel, other, fileCalls['write'], writer, scratch, 1);
		expect(thread.state).toBe('ready');
		expect(waiting.retry()).toEqual({kind: 'done', value: 1});
	});
});

describe('an eventfd', () => {
	test('adds up what is written, gives it at once or one by one', () => {
		const plain = Number(call('eventfd2', 3, O_NONBLOCK));
		writeInt64(thread.context, scratch, 4);
		expect(call('write', plain, scratch, 8)).toBe(8);
		expect(call('read', plain, scratch, 8)).toBe(8);
		expect(readInt64(thread.context.space, scratch)).toBe(7);
		expect(call('read', plain, scratch, 8)).toBe('EAGAIN');
		expect(call('read', plain, scratch, 4)).toBe('EINVAL');
		const semaphore = Number(call('eventfd2', 2, O_NONBLOCK | 1));
		for (const expected of [8, 8, 'EAGAIN'])
			expect(call('read', semaphore, scratch, 8)).toBe(expected);
		writeInt64(thread.context, scratch, -1);
		expect(call('write', plain, scratch, 8)).toBe('EINVAL');
	});
});

describe('a timerfd', () => {
	test('counts its expirations, wakes its reader, and says what is left', () => {
		const timer = Number(call('timerfd_create', 1, 0));
		const file = kernel.processes.get(thread.pid)!.descriptors[timer]!.file.id;
		const put = (offset: number, seconds: number, rest: number): void => {
			writeInt64(thread.context, scratch + offset, seconds);
			writeInt64(thread.context, scratch + offset + 8, rest);
		};
		put(0, 0, 1_000_000);
		put(16, 0, 2_000_000);
		expect(call('timerfd_settime', timer, 0, scratch, 0)).toBe(0);
		const reading = makeCall(kernel, thread, fileCalls['read']!, [timer, scratch + 64, 8]);
		expect(isBlocked(thread)).toBe(true);
		expect(kernel.timers[0]!.at).toBe(20_000);
		kernel.now = 45_000;
		expireTimerfd(kernel, file);
		expect(reading.retry()).toEqual({kind: 'done', value: 8});
		expect(readInt64(thread.context.space, scratch + 64)).toBe(3);
		call('timerfd_gettime', timer, scratch);
		expect(readInt64(thread.context.space, scratch + 24)).toBe(499_900);
	});
});

describe('the console', () => {
	test('gives what is typed, and end of file at its end', () => {
		openStandardStreams(kernel, kernel.processes.get(thread.pid)!);
		const reading = makeCall(kernel, thread, fileCalls['read']!, [0, scratch, 10]);
		expect([thread.waitName, thread.waitChannel]).toEqual(['tty.read', 'tty']);
		injectIntoConsole(kernel, new TextEncoder().encode('typed'));
		expect(reading.retry()).toEqual({kind: 'done', value: 5});
		expect(new TextDecoder().decode(readBytes(thread.context.space, scratch, 5))).toBe('typed');
		closeConsoleInput(kernel);
		expect(call('read', 0, scratch, 10)).toBe(0);
		expect(injectIntoConsole(kernel, new Uint8Array(1))).toEqual({kind: 'failed', errno: 'EIO'});
	});

	test('takes output until the limit, then kills', () => {
		kernel = createTestKernel({output: 5});
		thread = addTestProcess(kernel);
		openStandardStreams(kernel, kernel.processes.get(thread.pid)!);
		expect(call('write', 2, scratch, 3)).toBe(3);
		expect(thread.signals.pending).toEqual([]);
		expect(call('write', 1, scratch, 3)).toBe(2);
		expect(thread.signals.pending.map(({signal}) => signal)).toEqual([9]);
		expect(kernel.console.output.map(({stream, bytes}) => [stream, bytes.length])).toEqual([
			[2, 3],
			[1, 2],
		]);
	});
});
