// POSIX message queues, mq_overview(7): bounded queues of messages with priorities. A message for which somebody waits
// goes straight to the receiver that has waited longest; who takes a message out of a full queue puts in that of the
// sender that has waited longest.

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import {recordBytes} from '../trace/events.js';
import {readable, writable} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import type {Process} from '../process/process.js';
import {sendSignal, sendThreadSignal, userSignal} from '../signals/signals.js';
import type {Thread} from '../process/thread.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeThread} from '../process/wake.js';

/** What an ordinary user may ask for, and gets by default. */
export const queueMessages = 10;
export const queueMessageSize = 8192;
export const priorityLimit = 32_768;

export type PosixMessage = {readonly priority: number; readonly bytes: Uint8Array};

/** mq_notify(3): who hears of a message that arrives in the empty queue. Signal 0: nobody (SIGEV_NONE). */
export type Notification = {
	readonly pid: number;
	/** SIGEV_THREAD_ID: the thread that gets the signal, or 0. */
	readonly tid: number;
	readonly signal: number;
	readonly value: number;
};

export type PosixMessageQueue = {
	readonly id: number;
	/** With its slash: `/jobs`. */
	readonly name: string;
	readonly mode: number;
	readonly maximum: number;
	readonly messageSize: number;
	/** Highest priority first, then in order of arrival. */
	readonly messages: PosixMessage[];
	readonly sendQueue: WaitQueue;
	readonly receiveQueue: WaitQueue;
	readonly readPoint: PollPoint;
	readonly writePoint: PollPoint;
	notification: Notification | undefined;
};

/** The queues of a host that have a name. */
export type MessageQueues = {readonly byName: Map<string, PosixMessageQueue>};

export const createMessageQueues = (): MessageQueues => ({byName: new Map()});

type SendWait = {readonly kind: 'mq-send'; readonly message: PosixMessage; isSent: boolean};
type ReceiveWait = {readonly kind: 'mq-receive'; message: PosixMessage | undefined};

/** Queues per host. */
const queueLimit = 256;

export const createMessageQueue = (
	kernel: Kernel,
	queues: MessageQueues,
	request: {
		readonly name: string;
		readonly mode: number;
		readonly maximum: number;
		readonly messageSize: number;
	},
): PosixMessageQueue | Errno => {
	const {name, mode, maximum, messageSize} = request;
	if (maximum < 1 || maximum > queueMessages || messageSize < 1 || messageSize > queueMessageSize)
		return 'EINVAL';
	if (queues.byName.size >= queueLimit) return 'ENOSPC';
	const channel = `mq:${name}`;
	const queue: PosixMessageQueue = {
		id: nextObjectId(kernel),
		name,
		mode,
		maximum,
		messageSize,
		messages: [],
		sendQueue: createWaitQueue('mq.send', channel),
		receiveQueue: createWaitQueue('mq.receive', channel),
		readPoint: createPollPoint(channel, readable),
		writePoint: createPollPoint(channel, writable),
		notification: undefined,
	};
	queues.byName.set(name, queue);
	return queue;
};

/** How a blocked call goes on, or undefined if it may not wait. */
const wait = (
	kernel: Kernel,
	queue: WaitQueue,
	call: CallInProgress,
	isNonblocking: boolean,
): Outcome => {
	if (isNonblocking) return failed('EAGAIN');
	if (call.deadline !== undefined && call.deadline <= kernel.now) return failed('ETIMEDOUT');
	if (call.isInterrupted) return failed('ERESTARTSYS');
	return blockedOn(queue, call.deadline);
};

/** mq_send(3) and mq_timedsend(3); the size has been checked. */
export const sendPosixMessage = (
	kernel: Kernel,
	queue: PosixMessageQueue,
	message: PosixMessage,
	thread: Thread,
	call: CallInProgress,
	isNonblocking: boolean,
): Outcome => {
	const waiting = call.memo as SendWait | undefined;
	if (waiting?.isSent) return done(0);
	if (queue.messages.length >= queue.maximum) {
		call.memo ??= {kind: 'mq-send', message, isSent: false} satisfies SendWait;
		return wait(kernel, queue.sendQueue, call, isNonblocking);
	}
	deposit(kernel, queue, message, thread);
	return done(0);
};

/** Puts a message where it belongs: to a waiting receiver, else into the queue. */
const deposit = (
	kernel: Kernel,
	queue: PosixMessageQueue,
	message: PosixMessage,
	sender: Thread,
): void => {
	markEffect(sender.context.turns);
	note(kernel, queue, sender.tid, 'in', message.bytes);
	for (const tid of [...queue.receiveQueue.waiters]) {
		const waiting = kernel.threads.get(tid)?.call?.memo as ReceiveWait | undefined;
		if (waiting?.kind !== 'mq-receive') continue;
		waiting.message = message;
		wakeThread(kernel, tid);
		return;
	}
	const wasEmpty = queue.messages.length === 0;
	const place = queue.messages.findIndex(({priority}) => priority < message.priority);
	queue.messages.splice(place === -1 ? queue.messages.length : place, 0, message);
	pulse(kernel, queue.readPoint);
	if (wasEmpty) notify(kernel, queue, sender);
};

/** si_code of a notification. */
const siMessageQueue = -3;

/** Tells the registered process; a registration is good for one message. */
const notify = (kernel: Kernel, queue: PosixMessageQueue, sender: Thread): void => {
	const {notification} = queue;
	if (!notification) return;
	queue.notification = undefined;
	const {pid, tid, signal, value} = notification;
	if (signal === 0) return;
	const pending = {...userSignal(signal, sender.pid), code: siMessageQueue, value};
	const target = kernel.processes.get(pid);
	const thread = kernel.threads.get(tid);
	if (thread) sendThreadSignal(kernel, thread, pending);
	else if (target) sendSignal(kernel, target, pending);
};

/** mq_receive(3) and mq_timedreceive(3): the message, or how the call ends or blocks. */
export const receivePosixMessage = (
	kernel: Kernel,
	queue: PosixMessageQueue,
	thread: Thread,
	call: CallInProgress,
	isNonblocking: boolean,
): PosixMessage | Outcome => {
	const waiting = call.memo as ReceiveWait | undefined;
	const message = waiting?.message ?? queue.messages.shift();
	if (!message) {
		call.memo ??= {kind: 'mq-receive', message: undefined} satisfies ReceiveWait;
		return wait(kernel, queue.receiveQueue, call, isNonblocking);
	}
	markEffect(thread.context.turns);
	note(kernel, queue, thread.tid, 'out', message.bytes);
	if (!waiting?.message) {
		admitSender(kernel, queue);
		pulse(kernel, queue.writePoint);
	}
	return message;
};

/** There is room: the message of the sender that has waited longest comes in. */
const admitSender = (kernel: Kernel, queue: PosixMessageQueue): void => {
	for (const tid of [...queue.sendQueue.waiters]) {
		const sender = kernel.threads.get(tid);
		const waiting = sender?.call?.memo as SendWait | undefined;
		if (!sender || waiting?.kind !== 'mq-send') continue;
		waiting.isSent = true;
		deposit(kernel, queue, waiting.message, sender);
		wakeThread(kernel, tid);
		return;
	}
};

/** The end of a process: nobody would hear its notifications. */
export const forgetNotifications = (kernel: Kernel, process: Process): void => {
	const queues = kernel.hosts.get(process.host)?.messageQueues.byName.values() ?? [];
	for (const queue of queues)
		if (queue.notification?.pid === process.pid) queue.notification = undefined;
	for (const {thing} of kernel.openFiles.values()) {
		if (thing.kind === 'mqueue' && thing.queue.notification?.pid === process.pid)
			thing.queue.notification = undefined;
	}
};

const note = (
	kernel: Kernel,
	queue: PosixMessageQueue,
	tid: number,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => recordBytes(kernel, tid, queue.sendQueue.channel, direction, bytes);
