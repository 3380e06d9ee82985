import {beforeEach, expect, test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {undoSemaphores} from '../../source/kernel/ipc/sysv-semaphores.js';
import {sysvCalls} from '../../source/kernel/syscalls/sysv.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {releaseAddressSpace} from '../../source/vm/address-space.js';
import {readBytes, readInt32, readInt64, writeInt32} from '../../source/vm/memory.js';
import {createIpcKernel, put, textAt} from './ipc-fixture.js';
import {addTestProcess, callNow, makeCall, putString, scratch} from './kernel-fixture.js';

const [create, exclusive, noWait, undo] = [0o1000, 0o2000, 0o4000, 0x1000];
const [remove, stat, getValue, getWaiters, getZeroWaiters, setValue] = [0, 2, 12, 14, 15, 16];

let kernel: Kernel;
let thread: Thread;
let other: Thread;

beforeEach(() => {
	kernel = createIpcKernel();
	thread = addTestProcess(kernel);
	other = addTestProcess(kernel);
});

const call = (who: Thread, name: string, ...args: readonly number[]): number | string =>
	callNow(kernel, who, sysvCalls[name], ...args);

const operate = (
	who: Thread,
	id: number,
	...operations: readonly (readonly [number, number, number])[]
) =>
	makeCall(kernel, who, sysvCalls['semop']!, [
		id,
		put(who, 2, operations.flat()),
		operations.length,
	]);

const value = (id: number, number = 0): number | string =>
	call(thread, 'semctl', id, number, getValue);

test('a key finds the same object; O_EXCL and missing objects fail', () => {
	expect(call(thread, 'msgget', 5, 0o600)).toBe('ENOENT');
	const id = call(thread, 'msgget', 5, create | 0o600);
	expect(call(other, 'msgget', 5, 0o600)).toBe(id);
	expect(call(other, 'msgget', 5, create | exclusive | 0o600)).toBe('EEXIST');
	expect(call(thread, 'msgget', 0, 0o600)).not.toBe(id);
	call(thread, 'msgctl', Number(id), remove);
	expect(call(thread, 'msgget', 5, 0o600)).toBe('ENOENT');
});

test('operations happen all at once or not at all', () => {
	const id = Number(call(thread, 'semget', 0, 2, create | 0o600));
	expect(operate(thread, id, [0, 3, 0], [1, -1, noWait]).outcome).toEqual({
		kind: 'failed',
		errno: 'EAGAIN',
	});
	expect(value(id)).toBe(0);
	expect(operate(thread, id, [0, 3, 0], [1, 1, 0]).outcome).toEqual({kind: 'done', value: 0});
	expect([value(id), value(id, 1)]).toEqual([3, 1]);
});

test('who raises a semaphore carries out the waiting operation', () => {
	const id = Number(call(thread, 'semget', 0, 1, create | 0o600));
	const waiting = operate(other, id, [0, -2, 0]);
	expect(call(thread, 'semctl', id, 0, getWaiters)).toBe(1);
	operate(thread, id, [0, 1, 0]);
	expect(other.state).toBe('blocked');
	operate(thread, id, [0, 1, 0]);
	expect([other.state, value(id)]).toEqual(['ready', 0]);
	expect(waiting.retry()).toEqual({kind: 'done', value: 0});
});

test('a wait for zero ends when the value gets there', () => {
	const id = Number(call(thread, 'semget', 0, 1, create | 0o600));
	call(thread, 'semctl', id, 0, setValue, 1);
	const waiting = operate(other, id, [0, 0, 0]);
	expect(call(thread, 'semctl', id, 0, getZeroWaiters)).toBe(1);
	operate(thread, id, [0, -1, 0]);
	expect(waiting.retry()).toEqual({kind: 'done', value: 0});
});

test('the removal of a set ends waits with EIDRM, a signal with EINTR', () => {
	const id = Number(call(thread, 'semget', 0, 1, create | 0o600));
	const waiting = operate(other, id, [0, -1, 0]);
	other.call!.isInterrupted = true;
	expect(waiting.retry()).toEqual({kind: 'failed', errno: 'EINTR'});
	const again = operate(other, id, [0, -1, 0]);
	call(thread, 'semctl', id, 0, remove);
	expect(again.retry()).toEqual({kind: 'failed', errno: 'EIDRM'});
	expect(value(id)).toBe('EINVAL');
});

test('SEM_UNDO gives back what the process took', () => {
	const id = Number(call(thread, 'semget', 0, 1, create | 0o600));
	call(thread, 'semctl', id, 0, setValue, 3);
	operate(other, id, [0, -2, undo]);
	expect(value(id)).toBe(1);
	undoSemaphores(kernel, kernel.processes.get(other.pid)!);
	expect(value(id)).toBe(3);
});

test('semtimedop gives up at its time', () => {
	const id = Number(call(thread, 'semget', 0, 1, create | 0o600));
	const time = put(thread, 8, [0, 500], scratch + 64);
	const timed = makeCall(kernel, thread, sysvCalls['semtimedop']!, [
		id,
		put(thread, 2, [0, -1, 0]),
		1,
		time,
	]);
	kernel.now = 5;
	expect(timed.retry()).toEqual({kind: 'failed', errno: 'EAGAIN'});
});

const send = (who: Thread, id: number, type: number, text: string, flags = 0) => {
	put(who, 8, [type], scratch + 256);
	putString(who, text, scratch + 264);
	return makeCall(kernel, who, sysvCalls['msgsnd']!, [id, scratch + 256, text.length, flags]);
};

const receive = (who: Thread, id: number, type: number, flags = noWait, size = 100): string => {
	const result = call(who, 'msgrcv', id, scratch, size, type, flags!);
	if (typeof result === 'string') return result;
	return `${readInt64(who.context.space, scratch)}:${textAt(who, scratch + 8, result)}`;
};

test('messages are taken by type: the first, the first of a type, the lowest', () => {
	const id = Number(call(thread, 'msgget', 0, create | 0o600));
	for (const [type, text] of [
		[5, 'five'],
		[2, 'two'],
		[9, 'nine'],
		[2, 'again'],
	] as const)
		send(thread, id, type, text);
	expect(receive(thread, id, 9)).toBe('9:nine');
	expect(receive(thread, id, -4)).toBe('2:two');
	expect(receive(thread, id, 0)).toBe('5:five');
	expect(receive(thread, id, 5)).toBe('ENOMSG');
	expect(receive(thread, id, 0, noWait, 2)).toBe('E2BIG');
	expect(receive(thread, id, 0, noWait! | 0o10000, 2)).toBe('2:ag');
});

test('a message goes straight to the receiver that waits for its type', () => {
	const id = Number(call(thread, 'msgget', 0, create | 0o600));
	const waiting = makeCall(kernel, other, sysvCalls['msgrcv']!, [id, scratch, 100, 7, 0]);
	send(thread, id, 6, 'six');
	expect(other.state).toBe('blocked');
	send(thread, id, 7, 'seven');
	expect(waiting.retry()).toEqual({kind: 'done', value: 5});
	expect(receive(thread, id, 0)).toBe('6:six');
});

test('a full queue blocks the sender until there is room', () => {
	const id = Number(call(thread, 'msgget', 0, create | 0o600));
	const large = 'x'.repeat(8192);
	send(thread, id, 1, large);
	send(thread, id, 1, large);
	expect(send(thread, id, 1, 'y', noWait).outcome).toEqual({kind: 'failed', errno: 'EAGAIN'});
	const blocked = send(other, id, 1, 'y');
	expect(blocked.outcome.kind).toBe('blocked');
	call(thread, 'msgrcv', id, scratch, 8192, 0, 0);
	expect(blocked.retry()).toEqual({kind: 'done', value: 0});
	expect(send(thread, id, 1, 'x'.repeat(8193)).outcome).toEqual({kind: 'failed', errno: 'EINVAL'});
});

test('an attached segment is the same memory, and outlives its removal until the last detach', () => {
	const id = Number(call(thread, 'shmget', 77, 5000, create | 0o600));
	const here = Number(call(thread, 'shmat', id, 0, 0));
	const there = Number(call(other, 'shmat', id, 0x2000_0000, 0));
	writeInt32(thread.context, here + 4096, 42);
	expect([there, readInt32(other.context.space, there + 4096)]).toEqual([0x2000_0000, 42]);
	expect(call(thread, 'shmctl', id, stat, scratch)).toBe(0);
	expect(readInt64(thread.context.space, scratch + 48 + 40)).toBe(2);
	call(thread, 'shmctl', id, remove);
	expect(call(thread, 'shmget', 77, 0, 0)).toBe('ENOENT');
	expect(call(thread, 'shmdt', here)).toBe(0);
	expect(readBytes(thread.context.space, here, 1)).toBeUndefined();
	expect(kernel.memoryObjects.size).toBe(1);
	releaseAddressSpace(other.context.space);
	expect(call(thread, 'shmat', id, 0, 0)).toBe('EINVAL');
	expect(kernel.memoryObjects.size).toBe(0);
});

test('a segment that is too small, not aligned or read-only is refused', () => {
	const id = Number(call(thread, 'shmget', 7, 100, create | 0o400));
	expect(call(thread, 'shmget', 7, 101, 0)).toBe('EINVAL');
	expect(call(thread, 'shmget', 8, 0, create)).toBe('EINVAL');
	expect(call(thread, 'shmat', id, 0, 0)).toBe('EACCES');
	expect(call(thread, 'shmat', id, 0x2000_0001, 0o10000)).toBe('EINVAL');
	const address = Number(call(thread, 'shmat', id, 0x2000_0001, 0o30000));
	expect(writeInt32(thread.context, address, 1)).toBe(false);
});
