// The system calls of POSIX message queues: mq_open(2), mq_unlink(2), mq_timedsend(2), mq_timedreceive(2),
// mq_notify(2), mq_getsetattr(2). Names come without their slash, as the C library passes them.

import {
	readBytes,
	readCString,
	readInt32,
	readInt64,
	writeBytes,
	writeInt32,
	writeInt64,
} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {
	createMessageQueue,
	type MessageQueues,
	type PosixMessageQueue,
	priorityLimit,
	queueMessages,
	queueMessageSize,
	receivePosixMessage,
	sendPosixMessage,
} from '../ipc/message-queue.js';
import {
	canRead,
	canWrite,
	chargeCopy,
	createOpenFile,
	isNonblocking,
	type OpenFile,
} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {type CallInProgress, done, failed} from '../outcome.js';
import {lastSignal} from '../signals/signal-numbers.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {clockRealtime, deadlineAt, readTimespec} from '../time/time.js';

const queuesOf = (kernel: Kernel, thread: Thread): MessageQueues =>
	hostOf(kernel, processOf(kernel, thread)).messageQueues;

const nameLimit = 255;

/** The queue's name with its slash, or why it is none. */
const readName = (thread: Thread, address: number): {readonly name: string} | Errno => {
	const bytes = readCString(thread.context.space, address, nameLimit + 1);
	if (bytes === undefined) return 'EFAULT';
	if (bytes === 'too-long') return 'ENAMETOOLONG';
	const name = new TextDecoder().decode(bytes);
	if (name === '') return 'ENOENT';
	return name.includes('/') || name === '.' || name === '..' ? 'EACCES' : {name: `/${name}`};
};

/** Permission bits that an access mode needs: of the owner, who everybody is. */
const wantedBits = (flags: number): number =>
	[0o400, 0o200, 0o600][flags & openFlags.accessMode] ?? 0o600;

const open: SystemCall = (kernel, thread, args) => {
	const [nameAddress = 0, flagsArgument = 0, mode = 0, attributes = 0] = args;
	const flags = flagsArgument | 0;
	const named = readName(thread, nameAddress);
	if (typeof named === 'string') return failed(named);
	if ((flags & openFlags.accessMode) === openFlags.accessMode) return failed('EINVAL');
	const queue = findOrCreate(kernel, thread, named.name, {flags, mode, attributes});
	if (typeof queue === 'string') return failed(queue);
	const file = createOpenFile(
		kernel,
		{kind: 'mqueue', queue},
		flags & (openFlags.accessMode | openFlags.nonblock),
	);
	if (file === 'ENFILE') return failed(file);
	return installDescriptor(kernel, processOf(kernel, thread), file, true, thread);
};

const findOrCreate = (
	kernel: Kernel,
	thread: Thread,
	name: string,
	{
		flags,
		mode,
		attributes,
	}: {readonly flags: number; readonly mode: number; readonly attributes: number},
): PosixMessageQueue | Errno => {
	const queues = queuesOf(kernel, thread);
	const known = queues.byName.get(name);
	if (known) {
		if ((flags & openFlags.create) !== 0 && (flags & openFlags.exclusive) !== 0) return 'EEXIST';
		return (known.mode & wantedBits(flags)) === wantedBits(flags) ? known : 'EACCES';
	}
	if ((flags & openFlags.create) === 0) return 'ENOENT';
	let maximum: number | undefined = queueMessages;
	let messageSize: number | undefined = queueMessageSize;
	if (attributes !== 0) {
		maximum = readInt64(thread.context.space, attributes + 8);
		messageSize = readInt64(thread.context.space, attributes + 16);
		if (maximum === undefined || messageSize === undefined) return 'EFAULT';
	}
	const {umask} = processOf(kernel, thread).fs;
	const queue = createMessageQueue(kernel, queues, {
		name,
		mode: mode & 0o777 & ~umask,
		maximum,
		messageSize,
	});
	if (typeof queue !== 'string') markEffect(thread.context.turns);
	return queue;
};

const unlink: SystemCall = (kernel, thread, args) => {
	const named = readName(thread, args[0]!);
	if (typeof named === 'string') return failed(named);
	if (!queuesOf(kernel, thread).byName.delete(named.name)) return failed('ENOENT');
	markEffect(thread.context.turns);
	return done(0);
};

type OpenQueue = {readonly file: OpenFile; readonly queue: PosixMessageQueue};

const queueAt = (kernel: Kernel, thread: Thread, descriptor: number): OpenQueue | undefined => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	return file?.thing.kind === 'mqueue' ? {file, queue: file.thing.queue} : undefined;
};

/** The first try computes the deadline; the timeout is a time of the wall clock. */
const prepareTimeout = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	address: number,
): Errno | undefined => {
	if (call.tries > 0 || address === 0) return undefined;
	const time = readTimespec(thread.context, address);
	if (typeof time === 'string') return time;
	call.deadline = deadlineAt(kernel, clockRealtime, time);
	return undefined;
};

const send: SystemCall = (kernel, thread, args, call) => {
	const [descriptor = 0, address = 0, size = 0, priority = 0, timeout = 0] = args;
	const problem = prepareTimeout(kernel, thread, call, timeout);
	if (priority >>> 0 >= priorityLimit) return failed('EINVAL');
	if (problem) return failed(problem);
	const target = queueAt(kernel, thread, descriptor | 0);
	if (!target || !canWrite(target.file)) return failed('EBADF');
	const {queue, file} = target;
	if (size < 0 || size > queue.messageSize) return failed('EMSGSIZE');
	const bytes = readBytes(thread.context.space, address, size);
	if (!bytes) return failed('EFAULT');
	const message = {priority: priority >>> 0, bytes};
	const outcome = sendPosixMessage(kernel, queue, message, thread, call, isNonblocking(file));
	if (outcome.kind !== 'done') return outcome;
	chargeCopy(kernel, thread, size);
	thread.accounting.bytesWritten += size;
	return outcome;
};

const receive: SystemCall = (kernel, thread, args, call) => {
	const [descriptor = 0, address = 0, size = 0, priority = 0, timeout = 0] = args;
	const problem = prepareTimeout(kernel, thread, call, timeout);
	if (problem) return failed(problem);
	const target = queueAt(kernel, thread, descriptor | 0);
	if (!target || !canRead(target.file)) return failed('EBADF');
	const {queue, file} = target;
	if (size < queue.messageSize) return failed('EMSGSIZE');
	const message = receivePosixMessage(kernel, queue, thread, call, isNonblocking(file));
	if ('kind' in message) return message;
	const {context} = thread;
	if (!writeBytes(context, address, message.bytes)) return failed('EFAULT');
	if (priority !== 0 && !writeInt32(context, priority, message.priority)) return failed('EFAULT');
	chargeCopy(kernel, thread, message.bytes.length);
	thread.accounting.bytesRead += message.bytes.length;
	return done(message.bytes.length);
};

const sigevSignal = 0;
const sigevNone = 1;
const sigevThreadId = 4;

const notify: SystemCall = (kernel, thread, args) => {
	const [descriptor = 0, address = 0] = args;
	const {space} = thread.context;
	const event = address === 0 ? undefined : readEvent(thread, address);
	if (address !== 0 && !event) return failed(readBytes(space, address, 64) ? 'EINVAL' : 'EFAULT');
	const target = queueAt(kernel, thread, descriptor | 0);
	if (!target) return failed('EBADF');
	const {queue} = target;
	if (!event) {
		if (queue.notification?.pid === thread.pid) {
			queue.notification = undefined;
			markEffect(thread.context.turns);
		}
		return done(0);
	}
	if (queue.notification) return failed('EBUSY');
	queue.notification = event;
	markEffect(thread.context.turns);
	return done(0);
};

/** A struct sigevent; undefined for a bad one. The C library makes threads for SIGEV_THREAD. */
const readEvent = (thread: Thread, address: number): PosixMessageQueue['notification'] => {
	const {space} = thread.context;
	const value = readInt64(space, address);
	const signal = readInt32(space, address + 8);
	const kind = readInt32(space, address + 12);
	const tid = readInt32(space, address + 16);
	if (value === undefined || signal === undefined || kind === undefined || tid === undefined)
		return undefined;
	if (kind === sigevNone) return {pid: thread.pid, tid: 0, signal: 0, value};
	if (kind !== sigevSignal && kind !== sigevThreadId) return undefined;
	if (signal < 0 || signal > lastSignal) return undefined;
	return {pid: thread.pid, tid: kind === sigevThreadId ? tid : 0, signal, value};
};

/** mq_getattr(3) and mq_setattr(3): only O_NONBLOCK can be changed. */
const attributes: SystemCall = (kernel, thread, args) => {
	const [descriptor = 0, newAddress = 0, oldAddress = 0] = args;
	const {context} = thread;
	const flags = newAddress === 0 ? 0 : readInt64(context.space, newAddress);
	if (flags === undefined) return failed('EFAULT');
	if ((flags & ~openFlags.nonblock) !== 0) return failed('EINVAL');
	const target = queueAt(kernel, thread, descriptor | 0);
	if (!target) return failed('EBADF');
	const {file, queue} = target;
	const old = [
		file.flags & openFlags.nonblock,
		queue.maximum,
		queue.messageSize,
		queue.messages.length,
	];
	if (newAddress !== 0) {
		const now = (file.flags & ~openFlags.nonblock) | flags;
		if (now !== file.flags) markEffect(context.turns);
		file.flags = now;
	}
	const isStored =
		oldAddress === 0 ||
		old.every((value, index) => writeInt64(context, oldAddress + 8 * index, value));
	return isStored ? done(0) : failed('EFAULT');
};

export const messageQueueCalls: Record<string, SystemCall> = {
	mq_open: open,
	mq_unlink: unlink,
	mq_timedsend: send,
	mq_timedreceive: receive,
	mq_notify: notify,
	mq_getsetattr: attributes,
};
