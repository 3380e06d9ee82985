import {beforeEach, expect, test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {closeDescriptor} from '../../source/kernel/process/descriptors.js';
import {forgetNotifications} from '../../source/kernel/ipc/message-queue.js';
import {fileAt} from '../../source/kernel/process/descriptors.js';
import {readiness} from '../../source/kernel/files/open-file.js';
import {messageQueueCalls} from '../../source/kernel/syscalls/message-queues.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {readInt32} from '../../source/vm/memory.js';
import {createIpcKernel, put, textAt} from './ipc-fixture.js';
import {addTestProcess, callNow, makeCall, putString, scratch} from './kernel-fixture.js';

const [readOnly, writeOnly, readWrite, create, exclusive, nonblock] = [
	0, 1, 2, 0o100, 0o200, 0o4000,
];

let kernel: Kernel;
let thread: Thread;
let other: Thread;

beforeEach(() => {
	kernel = createIpcKernel();
	thread = addTestProcess(kernel);
	other = addTestProcess(kernel);
});

const call = (who: Thread, name: string, ...args: readonly number[]): number | string =>
	callNow(kernel, who, messageQueueCalls[name], ...args);

const open = (
	who: Thread,
	flags: number,
	[maximum, size]: readonly [number, number] = [2, 16],
): number | string =>
	call(
		who,
		'mq_open',
		putString(who, 'jobs'),
		flags,
		0o600,
		put(who, 8, [0, maximum, size, 0], scratch + 512),
	);

const send = (who: Thread, fd: number, text: string, priority = 0) =>
	makeCall(kernel, who, messageQueueCalls['mq_timedsend']!, [
		fd,
		putString(who, text),
		text.length,
		priority,
		0,
	]);

const receive = (who: Thread, fd: number): string => {
	const result = call(who, 'mq_timedreceive', fd, scratch, 16, scratch + 32, 0);
	return typeof result === 'string'
		? result
		: `${readInt32(who.context.space, scratch + 32)}:${textAt(who, scratch, result)}`;
};

test('the highest priority comes first, equal ones in order', () => {
	const fd = Number(open(thread, readWrite | create, [4, 16]));
	for (const [text, priority] of [
		['a', 1],
		['b', 7],
		['c', 1],
		['d', 9],
	] as const)
		send(thread, fd, text, priority);
	expect([1, 2, 3, 4].map(() => receive(thread, fd))).toEqual(['9:d', '7:b', '1:a', '1:c']);
});

test('open, access modes and sizes are checked', () => {
	expect(open(thread, readWrite)).toBe('ENOENT');
	expect(open(thread, readWrite | create, [11, 16])).toBe('EINVAL');
	const fd = Number(open(thread, readOnly | create));
	expect(open(thread, readWrite | create | exclusive)).toBe('EEXIST');
	const writer = Number(open(thread, writeOnly));
	expect(send(thread, fd, 'x').outcome).toEqual({kind: 'failed', errno: 'EBADF'});
	expect(receive(thread, writer)).toBe('EBADF');
	expect(send(thread, writer, 'x'.repeat(17)).outcome).toEqual({kind: 'failed', errno: 'EMSGSIZE'});
	expect(send(thread, writer, 'x', 32_768).outcome).toEqual({kind: 'failed', errno: 'EINVAL'});
	expect(call(thread, 'mq_timedreceive', fd, scratch, 15, 0, 0)).toBe('EMSGSIZE');
});

test('a full queue blocks the sender, whose message a receiver then lets in', () => {
	const fd = Number(open(thread, readWrite | create));
	const theirs = Number(open(other, writeOnly));
	send(thread, fd, 'one');
	send(thread, fd, 'two');
	const blocked = send(other, theirs, 'three', 5);
	expect(blocked.outcome.kind).toBe('blocked');
	expect(receive(thread, fd)).toBe('0:one');
	expect(receive(thread, fd)).toBe('5:three');
	expect(blocked.retry()).toEqual({kind: 'done', value: 0});
});

test('a waiting receiver gets the message directly; without blocking the call fails', () => {
	const fd = Number(open(thread, readWrite | create));
	const theirs = Number(open(other, readOnly | nonblock));
	expect(receive(other, theirs)).toBe('EAGAIN');
	const waiting = makeCall(kernel, thread, messageQueueCalls['mq_timedreceive']!, [
		fd,
		scratch,
		16,
		0,
		0,
	]);
	expect(waiting.outcome.kind).toBe('blocked');
	send(other, Number(open(other, writeOnly)), 'hi');
	expect(readiness(kernel, fileAt(kernel.processes.get(other.pid)!, theirs)!) & 1).toBe(0);
	expect(waiting.retry()).toEqual({kind: 'done', value: 2});
});

test('a timeout is a time of the wall clock', () => {
	const fd = Number(open(thread, readWrite | create));
	const time = put(thread, 8, [1_735_689_601, 0], scratch + 64);
	const waiting = makeCall(kernel, thread, messageQueueCalls['mq_timedreceive']!, [
		fd,
		scratch,
		16,
		0,
		time,
	]);
	expect(thread.wakeAt).toBe(10_000_000);
	kernel.now = 10_000_000;
	expect(waiting.retry()).toEqual({kind: 'failed', errno: 'ETIMEDOUT'});
});

test('one process is notified of the first message, once', () => {
	const fd = Number(open(thread, readWrite | create));
	const theirs = Number(open(other, readWrite));
	const event = put(thread, 4, [33, 0, 10, 0], scratch + 128);
	put(other, 4, [0, 0, 12, 0], scratch + 128);
	kernel.processes.get(thread.pid)!.signals.actions[10] = {
		handler: 0x80_0000,
		flags: 0,
		mask: {low: 0, high: 0},
	};
	expect(call(thread, 'mq_notify', fd, event)).toBe(0);
	expect(call(other, 'mq_notify', theirs, event)).toBe('EBUSY');
	send(other, theirs, 'x');
	send(other, theirs, 'y');
	const {pending} = kernel.processes.get(thread.pid)!.signals;
	expect(pending).toMatchObject([{signal: 10, code: -3, sender: other.pid, value: 33}]);
	expect(call(other, 'mq_notify', theirs, event)).toBe(0);
	forgetNotifications(kernel, kernel.processes.get(other.pid)!);
	expect(call(thread, 'mq_notify', fd, event)).toBe(0);
});

test('an unlinked queue lives on in its descriptors', () => {
	const fd = Number(open(thread, readWrite | create));
	expect(call(thread, 'mq_unlink', putString(thread, 'jobs'))).toBe(0);
	expect(call(thread, 'mq_unlink', putString(thread, 'jobs'))).toBe('ENOENT');
	send(thread, fd, 'still');
	expect(receive(thread, fd)).toBe('0:still');
	closeDescriptor(kernel, kernel.processes.get(thread.pid)!, fd, thread);
	expect(kernel.openFiles.size).toBe(0);
});
