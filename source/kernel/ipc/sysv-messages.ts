// System V message queues, msgop(2). A message that somebody waits for goes straight to the receiver that has waited
// longest; senders wait for room.

import type {Errno} from '../errno.js';
import {recordBytes} from '../trace/events.js';
import type {Kernel} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {
	encodePermission,
	findByKey,
	type Ipc,
	type IpcObject,
	ipcNoWait,
	ipcObject,
	now,
	permissionSize,
} from './sysv.js';
import type {Created} from './sysv-shared-memory.js';
import type {Thread} from '../process/thread.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeThread} from '../process/wake.js';

/** MSGMAX and MSGMNB: bytes of a message, and of a queue. */
export const messageMaximum = 8192;
export const queueMaximum = 16_384;
export const msgNoError = 0o10000;
export const msgExcept = 0o20000;
export const msgCopy = 0o40000;

export type Message = {readonly type: number; readonly bytes: Uint8Array};

export type MessageQueue = IpcObject & {
	messages: Message[];
	/** Bytes in the queue, and how many it may hold. */
	fill: number;
	limit: number;
	isRemoved: boolean;
	readonly sendQueue: WaitQueue;
	readonly receiveQueue: WaitQueue;
	lastSender: number;
	lastReceiver: number;
	/** Seconds since the Epoch, 0 for never. */
	sentAt: number;
	receivedAt: number;
};

/** What a waiting msgsnd or msgrcv remembers. */
export type SendWait = {
	readonly kind: 'msgsnd';
	/** It may have been removed. */
	readonly queue: MessageQueue;
	readonly size: number;
	result: Errno | undefined;
};
export type ReceiveWait = {
	readonly kind: 'msgrcv';
	readonly queue: MessageQueue;
	readonly selector: Selector;
	result: Message | Errno | undefined;
};

/** Which message msgrcv(2) wants. */
export type Selector = {readonly type: number; readonly size: number; readonly flags: number};

/** msgget(2) */
export const getMessageQueue = (
	kernel: Kernel,
	ipc: Ipc,
	request: {readonly key: number; readonly flags: number; readonly pid: number},
): Created<MessageQueue> | Errno => {
	const found = findByKey(ipc.messageQueues, request.key, request.flags);
	if (found !== 'create') return typeof found === 'string' ? found : {object: found, isNew: false};
	const id = ipc.nextMessageQueue++;
	const queue: MessageQueue = {
		...ipcObject(kernel, id, request.key, request.flags, request.pid),
		messages: [],
		fill: 0,
		limit: queueMaximum,
		isRemoved: false,
		sendQueue: createWaitQueue('msgsnd', `msg:${id}`),
		receiveQueue: createWaitQueue('msgrcv', `msg:${id}`),
		lastSender: 0,
		lastReceiver: 0,
		sentAt: 0,
		receivedAt: 0,
	};
	ipc.messageQueues.set(id, queue);
	return {object: queue, isNew: true};
};

const memoOf = <Wait extends SendWait | ReceiveWait>(
	kernel: Kernel,
	tid: number,
	kind: Wait['kind'],
): Wait | undefined => {
	const memo = kernel.threads.get(tid)?.call?.memo as Wait | undefined;
	return memo?.kind === kind ? memo : undefined;
};

const hasRoom = (queue: MessageQueue, size: number): boolean =>
	queue.fill + size <= queue.limit && queue.messages.length + 1 <= queue.limit;

/** msgsnd(2) */
export const sendMessage = (
	kernel: Kernel,
	queue: MessageQueue,
	message: Message,
	flags: number,
	thread: Thread,
	call: CallInProgress,
): Outcome => {
	const wait = call.memo as SendWait | undefined;
	if (wait?.result) return failed(wait.result);
	if (!hasRoom(queue, message.bytes.length)) {
		if ((flags & ipcNoWait) !== 0) return failed('EAGAIN');
		if (call.isInterrupted) return failed('EINTR');
		call.memo ??= {
			kind: 'msgsnd',
			queue,
			size: message.bytes.length,
			result: undefined,
		} satisfies SendWait;
		return blockedOn(queue.sendQueue);
	}
	queue.lastSender = thread.pid;
	queue.sentAt = now(kernel);
	note(kernel, queue, thread.tid, 'in', message.bytes);
	if (!handOver(kernel, queue, message)) {
		queue.messages.push(message);
		queue.fill += message.bytes.length;
	}
	return done(0);
};

/** Gives the message to the first waiting receiver that wants it; one whose buffer is too small fails with E2BIG. */
const handOver = (kernel: Kernel, queue: MessageQueue, message: Message): boolean => {
	for (const tid of [...queue.receiveQueue.waiters]) {
		const wait = memoOf<ReceiveWait>(kernel, tid, 'msgrcv');
		if (!wait || !isWanted(message, wait.selector)) continue;
		const isTooBig =
			message.bytes.length > wait.selector.size && (wait.selector.flags & msgNoError) === 0;
		wait.result = isTooBig ? 'E2BIG' : message;
		wakeThread(kernel, tid);
		if (isTooBig) continue;
		queue.lastReceiver = kernel.threads.get(tid)!.pid;
		queue.receivedAt = now(kernel);
		return true;
	}
	return false;
};

const isWanted = ({type}: Message, selector: Selector): boolean => {
	if (selector.type === 0) return true;
	if (selector.type < 0) return type <= -selector.type;
	return (selector.flags & msgExcept) !== 0 ? type !== selector.type : type === selector.type;
};

/** The first message wanted; of a negative type the one with the lowest type; with MSG_COPY the one at that place. */
const select = (queue: MessageQueue, selector: Selector): Message | undefined => {
	if ((selector.flags & msgCopy) !== 0) return queue.messages[selector.type];
	const wanted = queue.messages.filter(message => isWanted(message, selector));
	if (selector.type >= 0) return wanted[0];
	return wanted.reduce<Message | undefined>(
		(best, message) => (!best || message.type < best.type ? message : best),
		undefined,
	);
};

/** msgrcv(2): the message, or how the call ends or blocks. */
export const receiveMessage = (
	kernel: Kernel,
	queue: MessageQueue,
	selector: Selector,
	thread: Thread,
	call: CallInProgress,
): Message | Outcome => {
	const wait = call.memo as ReceiveWait | undefined;
	if (typeof wait?.result === 'string') return failed(wait.result);
	if (wait?.result) return received(kernel, queue, wait.result, thread);
	const message = select(queue, selector);
	if (!message) {
		if ((selector.flags & ipcNoWait) !== 0) return failed('ENOMSG');
		if (call.isInterrupted) return failed('EINTR');
		call.memo ??= {kind: 'msgrcv', queue, selector, result: undefined} satisfies ReceiveWait;
		return blockedOn(queue.receiveQueue);
	}
	if (message.bytes.length > selector.size && (selector.flags & msgNoError) === 0)
		return failed('E2BIG');
	if ((selector.flags & msgCopy) !== 0) return message;
	queue.messages = queue.messages.filter(other => other !== message);
	queue.fill -= message.bytes.length;
	queue.lastReceiver = thread.pid;
	queue.receivedAt = now(kernel);
	wakeSenders(kernel, queue);
	return received(kernel, queue, message, thread);
};

const received = (
	kernel: Kernel,
	queue: MessageQueue,
	message: Message,
	thread: Thread,
): Message => {
	note(kernel, queue, thread.tid, 'out', message.bytes);
	return message;
};

/** Wakes the senders whose messages fit now, in their order. */
const wakeSenders = (kernel: Kernel, queue: MessageQueue): void => {
	let room = queue.limit - queue.fill;
	for (const tid of [...queue.sendQueue.waiters]) {
		const size = memoOf<SendWait>(kernel, tid, 'msgsnd')?.size ?? 0;
		if (size > room) return;
		room -= size;
		wakeThread(kernel, tid);
	}
};

/** IPC_SET: another limit may make room. */
export const setLimit = (kernel: Kernel, queue: MessageQueue, limit: number): void => {
	queue.limit = limit;
	queue.changedAt = now(kernel);
	wakeSenders(kernel, queue);
};

/** IPC_RMID: everybody who waits fails with EIDRM. */
export const removeMessageQueue = (kernel: Kernel, ipc: Ipc, queue: MessageQueue): void => {
	ipc.messageQueues.delete(queue.id);
	queue.isRemoved = true;
	for (const tid of [...queue.sendQueue.waiters, ...queue.receiveQueue.waiters]) {
		const wait =
			memoOf<SendWait>(kernel, tid, 'msgsnd') ?? memoOf<ReceiveWait>(kernel, tid, 'msgrcv');
		if (wait) wait.result = 'EIDRM';
		wakeThread(kernel, tid);
	}
};

const note = (
	kernel: Kernel,
	queue: MessageQueue,
	tid: number,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => recordBytes(kernel, tid, queue.sendQueue.channel, direction, bytes);

/** A struct msqid_ds. */
export const encodeMessageQueue = (queue: MessageQueue): Uint8Array => {
	const view = new DataView(new ArrayBuffer(permissionSize + 72));
	encodePermission(view, queue);
	const {sentAt, receivedAt, changedAt, fill, messages, limit} = queue;
	[sentAt, receivedAt, changedAt, fill, messages.length, limit].forEach((value, index) => {
		view.setBigInt64(permissionSize + 8 * index, BigInt(value), true);
	});
	view.setInt32(permissionSize + 48, queue.lastSender, true);
	view.setInt32(permissionSize + 52, queue.lastReceiver, true);
	return new Uint8Array(view.buffer);
};
