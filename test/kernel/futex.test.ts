import {expect, test} from 'vitest';
import {clearChildTid} from '../../source/kernel/ipc/futex.js';
import {threadCalls} from '../../source/kernel/syscalls/threads.js';
import {addRegion} from '../../source/vm/address-space.js';
import {createMemoryObject} from '../../source/vm/memory-object.js';
import {readInt32} from '../../source/vm/memory.js';
import {addTestThread, createIpcKernel, put} from './ipc-fixture.js';
import {addTestProcess, callNow, isBlocked, makeCall, scratch} from './kernel-fixture.js';

const futex = threadCalls['futex']!;
const [wait, wake, requeue, compareRequeue, waitBitset, wakeBitset] = [0, 1, 3, 4, 9, 10];
const isPrivate = 128;

const twoThreads = () => {
	const kernel = createIpcKernel();
	const first = addTestProcess(kernel);
	return {kernel, first, second: addTestThread(kernel, first), third: addTestThread(kernel, first)};
};

test('a wait fails with EAGAIN if the word holds another value', () => {
	const {kernel, first} = twoThreads();
	put(first, 4, [7]);
	expect(callNow(kernel, first, futex, scratch, wait!, 6)).toBe('EAGAIN');
});

test('a wait sleeps until a wake, which says how many it woke', () => {
	const {kernel, first, second} = twoThreads();
	const call = makeCall(kernel, first, futex, [scratch, wait! + isPrivate, 0]);
	expect(isBlocked(first)).toBe(true);
	expect(callNow(kernel, second, futex, scratch, wake! + isPrivate, 10)).toBe(1);
	expect(call.retry()).toEqual({kind: 'done', value: 0});
	expect(kernel.futexes.queues.size).toBe(0);
});

test('a wake of nobody is no effect, a wake of somebody is one', () => {
	const {kernel, first, second} = twoThreads();
	const {turns} = second.context;
	callNow(kernel, second, futex, scratch, wake!, 1);
	expect(turns.effects).toBe(0);
	makeCall(kernel, first, futex, [scratch, wait!, 0]);
	callNow(kernel, second, futex, scratch, wake!, 1);
	expect(turns.effects).toBe(1);
});

test('waiters are woken in the order of their arrival', () => {
	const {kernel, first, second, third} = twoThreads();
	makeCall(kernel, first, futex, [scratch, wait!, 0]);
	makeCall(kernel, second, futex, [scratch, wait!, 0]);
	callNow(kernel, third, futex, scratch, wake!, 1);
	expect([first.state, second.state]).toEqual(['ready', 'blocked']);
});

test('a timeout ends the wait with ETIMEDOUT at its cycle', () => {
	const {kernel, first} = twoThreads();
	const time = put(first, 8, [0, 1000], scratch + 64);
	const call = makeCall(kernel, first, futex, [scratch, wait!, 0, time]);
	expect(first.wakeAt).toBe(10);
	kernel.now = 10;
	expect(call.retry()).toEqual({kind: 'failed', errno: 'ETIMEDOUT'});
});

test('a time that is over already ends a bitset wait at once', () => {
	const {kernel, first} = twoThreads();
	kernel.now = 100_000_000;
	const time = put(first, 8, [1, 0], scratch + 64);
	expect(callNow(kernel, first, futex, scratch, waitBitset!, 0, time, 0, -1)).toBe('ETIMEDOUT');
});

test('an interrupted wait restarts without a timeout and fails with EINTR with one', () => {
	const {kernel, first, second} = twoThreads();
	const endless = makeCall(kernel, first, futex, [scratch, wait!, 0]);
	first.call!.isInterrupted = true;
	expect(endless.retry()).toEqual({kind: 'failed', errno: 'ERESTARTSYS'});
	const timed = makeCall(kernel, second, futex, [
		scratch,
		wait!,
		0,
		put(second, 8, [9, 0], scratch + 64),
	]);
	second.call!.isInterrupted = true;
	expect(timed.retry()).toEqual({kind: 'failed', errno: 'EINTR'});
});

test('a bitset wake passes over waiters that share no bit', () => {
	const {kernel, first, second, third} = twoThreads();
	makeCall(kernel, first, futex, [scratch, waitBitset!, 0, 0, 0, 1]);
	makeCall(kernel, second, futex, [scratch, waitBitset!, 0, 0, 0, 2]);
	expect(callNow(kernel, third, futex, scratch, wakeBitset!, 5, 0, 0, 2)).toBe(1);
	expect([first.state, second.state]).toEqual(['blocked', 'ready']);
});

test('a requeue wakes some and moves others to the second word', () => {
	const {kernel, first, second, third} = twoThreads();
	const other = scratch + 8;
	makeCall(kernel, first, futex, [scratch, wait!, 0]);
	const moved = makeCall(kernel, second, futex, [scratch, wait!, 0]);
	expect(callNow(kernel, third, futex, scratch, compareRequeue!, 1, 5, other, 1)).toBe('EAGAIN');
	expect(callNow(kernel, third, futex, scratch, requeue!, 1, 5, other)).toBe(1);
	expect([first.state, second.waitChannel]).toEqual(['ready', `futex:0x${other.toString(16)}`]);
	expect(callNow(kernel, third, futex, other, wake!, 1)).toBe(1);
	expect(moved.retry()).toEqual({kind: 'done', value: 0});
});

test('processes meet on shared memory at different addresses, private futexes keep them apart', () => {
	const kernel = createIpcKernel();
	const [first, second] = [addTestProcess(kernel), addTestProcess(kernel)];
	const object = createMemoryObject(99, 'anon:99', 4096);
	const region = {
		protection: 3,
		isShared: true,
		object,
		offset: 0,
		name: 'anon:99',
		mayWrite: true,
	};
	addRegion(first.context.space, {...region, start: 0x1000_0000, end: 0x1000_1000});
	addRegion(second.context.space, {...region, start: 0x1100_0000, end: 0x1100_1000});
	makeCall(kernel, first, futex, [0x1000_0010, wait!, 0]);
	expect(callNow(kernel, second, futex, 0x1100_0010, wake! + isPrivate, 1)).toBe(0);
	expect(callNow(kernel, second, futex, 0x1100_0010, wake!, 1)).toBe(1);
});

test('the end of a thread clears its word and wakes who joins it', () => {
	const {kernel, first, second} = twoThreads();
	put(second, 4, [second.tid]);
	expect(callNow(kernel, second, threadCalls['set_tid_address'], scratch)).toBe(second.tid);
	makeCall(kernel, first, futex, [scratch, wait!, second.tid]);
	clearChildTid(kernel, second);
	expect([readInt32(first.context.space, scratch), first.state]).toEqual([0, 'ready']);
});
