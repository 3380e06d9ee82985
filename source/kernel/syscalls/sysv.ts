// The system calls of System V IPC: shmget(2), shmat(2), semop(2), semctl(2), msgget(2), msgop(2) and the others.

import {readBytes, readInt32, readInt64, writeBytes, writeInt64} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {chargeCopy} from '../files/open-file.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import {
	type Ipc,
	type IpcObject,
	ipcNoWait,
	ipcRemove,
	ipcSet,
	ipcStat,
	mayUse,
	now,
	permissionMode,
	permissionSize,
	wantRead,
	wantWrite,
} from '../ipc/sysv.js';
import {
	encodeMessageQueue,
	getMessageQueue,
	messageMaximum,
	msgCopy,
	msgExcept,
	queueMaximum,
	type ReceiveWait,
	receiveMessage,
	removeMessageQueue,
	type SendWait,
	sendMessage,
	setLimit,
} from '../ipc/sysv-messages.js';
import {
	countWaiters,
	encodeSemaphoreSet,
	getSemaphoreSet,
	operate,
	operationsPerCall,
	removeSemaphoreSet,
	type SemaphoreOperation,
	semaphoreMaximum,
	type SemaphoreSet,
	type SemaphoreWait,
	setValues,
} from '../ipc/sysv-semaphores.js';
import {
	attachSegment,
	type Created,
	detachSegment,
	encodeSegment,
	getSegment,
	removeSegment,
	segmentById,
} from '../ipc/sysv-shared-memory.js';
import type {Thread} from '../process/thread.js';
import {deadlineOf, readTimespec} from '../time/time.js';

const ipcOf = (kernel: Kernel, thread: Thread): Ipc =>
	hostOf(kernel, processOf(kernel, thread)).ipc;

/** The id that a get call gives; making an object is an effect, finding one is not. */
const idOf = (thread: Thread, result: Created<IpcObject> | Errno): Outcome => {
	if (typeof result === 'string') return failed(result);
	if (result.isNew) markEffect(thread.context.turns);
	return done(result.object.id);
};

const store = (thread: Thread, address: number, bytes: Uint8Array): Outcome =>
	writeBytes(thread.context, address, bytes) ? done(0) : failed('EFAULT');

/** IPC_SET takes the permissions from the struct's ipc_perm. */
const setMode = (kernel: Kernel, thread: Thread, object: IpcObject, address: number): Outcome => {
	const mode = readInt32(thread.context.space, address + permissionMode);
	if (mode === undefined) return failed('EFAULT');
	object.mode = mode & 0o777;
	object.changedAt = now(kernel);
	markEffect(thread.context.turns);
	return done(0);
};

const shmget: SystemCall = (kernel, thread, args) =>
	idOf(
		thread,
		getSegment(kernel, ipcOf(kernel, thread), {
			key: args[0]! | 0,
			size: args[1]!,
			flags: args[2]! | 0,
			pid: thread.pid,
		}),
	);

const shmat: SystemCall = (kernel, thread, args) => {
	const segment = segmentById(kernel, ipcOf(kernel, thread), args[0]! | 0);
	if (!segment) return failed('EINVAL');
	const {space} = thread.context;
	const address = attachSegment(kernel, space, segment, {
		address: args[1]!,
		flags: args[2]! | 0,
		pid: thread.pid,
	});
	if (typeof address === 'string') return failed(address);
	markEffect(thread.context.turns);
	return done(address);
};

const shmdt: SystemCall = (kernel, thread, args) => {
	const {space} = thread.context;
	if (!detachSegment(kernel, ipcOf(kernel, thread), space, args[0]!, thread.pid))
		return failed('EINVAL');
	markEffect(thread.context.turns);
	return done(0);
};

const shmLock = 11;
const shmUnlock = 12;

const shmctl: SystemCall = (kernel, thread, args) => {
	const segment = segmentById(kernel, ipcOf(kernel, thread), args[0]! | 0);
	if (!segment) return failed('EINVAL');
	switch (args[1]! | 0) {
		case ipcRemove: {
			removeSegment(kernel, segment);
			markEffect(thread.context.turns);
			return done(0);
		}

		case ipcSet:
			return setMode(kernel, thread, segment, args[2]!);
		case ipcStat:
			return mayUse(segment, wantRead)
				? store(thread, args[2]!, encodeSegment(segment))
				: failed('EACCES');
		// Nothing is ever swapped out
		case shmLock:
		case shmUnlock:
			return done(0);
		default:
			return failed('EINVAL');
	}
};

const semget: SystemCall = (kernel, thread, args) =>
	idOf(
		thread,
		getSemaphoreSet(kernel, ipcOf(kernel, thread), {
			key: args[0]! | 0,
			count: args[1]! | 0,
			flags: args[2]! | 0,
			pid: thread.pid,
		}),
	);

/** Fetches an array of struct sembuf. */
const readOperations = (
	thread: Thread,
	address: number,
	count: number,
): readonly SemaphoreOperation[] | undefined => {
	const bytes = readBytes(thread.context.space, address, 6 * count);
	if (!bytes) return undefined;
	const view = new DataView(bytes.buffer);
	return Array.from({length: count}, (_, index) => ({
		number: view.getUint16(6 * index, true),
		change: view.getInt16(6 * index + 2, true),
		flags: view.getUint16(6 * index + 4, true),
	}));
};

/** The first try of semop(2) fetches and checks; later ones find everything in the call. */
const semaphoreCall = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
	timeout: number,
): Outcome => {
	const wait = call.memo as SemaphoreWait | undefined;
	const set = wait?.set ?? ipcOf(kernel, thread).semaphoreSets.get(args[0]! | 0);
	const count = args[2]!;
	if (call.tries === 0) {
		if (count < 1 || !set) return failed('EINVAL');
		if (count > operationsPerCall) return failed('E2BIG');
	}
	if (!set) return failed('EINVAL');
	const operations = readOperations(thread, args[1]!, count);
	if (!operations) return failed('EFAULT');
	if (call.tries === 0) {
		if (operations.some(({number}) => number >= set.values.length)) return failed('EFBIG');
		const isChanging = operations.some(({change}) => change !== 0);
		if (!mayUse(set, isChanging ? wantWrite : wantRead)) return failed('EACCES');
		if (timeout !== 0) {
			const time = readTimespec(thread.context, timeout);
			if (typeof time === 'string') return failed(time);
			call.deadline = deadlineOf(kernel, time);
		}
	}
	return operate(kernel, set, operations, thread, call);
};

const getNumbers = {
	pid: 11,
	value: 12,
	all: 13,
	waiters: 14,
	zeroWaiters: 15,
	setValue: 16,
	setAll: 17,
} as const;

const semctl: SystemCall = (kernel, thread, args) => {
	const [id = 0, position = 0, command = 0, argument = 0] = args;
	const ipc = ipcOf(kernel, thread);
	const set = ipc.semaphoreSets.get(id | 0);
	if (!set) return failed('EINVAL');
	switch (command | 0) {
		case ipcRemove: {
			removeSemaphoreSet(kernel, ipc, set);
			markEffect(thread.context.turns);
			return done(0);
		}

		case ipcSet:
			return setMode(kernel, thread, set, argument);
		case ipcStat:
			return mayUse(set, wantRead)
				? store(thread, argument, encodeSemaphoreSet(set))
				: failed('EACCES');
		case getNumbers.all:
			return getAll(thread, set, argument);
		case getNumbers.setAll:
			return setAll(kernel, thread, set, argument);
		default:
			return controlOne(kernel, thread, set, {
				number: position | 0,
				command: command | 0,
				argument,
			});
	}
};

const getAll = (thread: Thread, set: SemaphoreSet, address: number): Outcome => {
	if (!mayUse(set, wantRead)) return failed('EACCES');
	return store(thread, address, new Uint8Array(Uint16Array.from(set.values).buffer));
};

const setAll = (kernel: Kernel, thread: Thread, set: SemaphoreSet, address: number): Outcome => {
	if (!mayUse(set, wantWrite)) return failed('EACCES');
	const bytes = readBytes(thread.context.space, address, 2 * set.values.length);
	if (!bytes) return failed('EFAULT');
	const values = [...new Uint16Array(bytes.buffer)];
	if (values.some(value => value > semaphoreMaximum)) return failed('ERANGE');
	setValues(kernel, set, new Map(values.map((value, index) => [index, value])), thread.pid);
	markEffect(thread.context.turns);
	return done(0);
};

const controlOne = (
	kernel: Kernel,
	thread: Thread,
	set: SemaphoreSet,
	request: {readonly number: number; readonly command: number; readonly argument: number},
): Outcome => {
	const {number, command} = request;
	const isKnown = command >= getNumbers.pid && command <= getNumbers.setValue;
	if (!isKnown || number < 0 || number >= set.values.length) return failed('EINVAL');
	if (!mayUse(set, command === getNumbers.setValue ? wantWrite : wantRead)) return failed('EACCES');
	switch (command) {
		case getNumbers.pid:
			return done(set.lastPids[number]!);
		case getNumbers.value:
			return done(set.values[number]!);
		case getNumbers.waiters:
			return done(countWaiters(kernel, set, number, false));
		case getNumbers.zeroWaiters:
			return done(countWaiters(kernel, set, number, true));
		default: {
			const value = request.argument | 0;
			if (value < 0 || value > semaphoreMaximum) return failed('ERANGE');
			setValues(kernel, set, new Map([[number, value]]), thread.pid);
			markEffect(thread.context.turns);
			return done(0);
		}
	}
};

const msgget: SystemCall = (kernel, thread, args) =>
	idOf(
		thread,
		getMessageQueue(kernel, ipcOf(kernel, thread), {
			key: args[0]! | 0,
			flags: args[1]! | 0,
			pid: thread.pid,
		}),
	);

const msgsnd: SystemCall = (kernel, thread, args, call) => {
	const [id = 0, address = 0, size = 0, flags = 0] = args;
	const wait = call.memo as SendWait | undefined;
	const queue = wait?.queue ?? ipcOf(kernel, thread).messageQueues.get(id | 0);
	if (size < 0 || size > messageMaximum) return failed('EINVAL');
	const type = readInt64(thread.context.space, address);
	const bytes = readBytes(thread.context.space, address + 8, size);
	if (type === undefined || !bytes) return failed('EFAULT');
	if (type < 1) return failed('EINVAL');
	if (!queue) return failed('EINVAL');
	if (!mayUse(queue, wantWrite)) return failed('EACCES');
	const outcome = sendMessage(kernel, queue, {type, bytes}, flags | 0, thread, call);
	if (outcome.kind !== 'done') return outcome;
	chargeCopy(kernel, thread, size);
	thread.accounting.bytesWritten += size;
	markEffect(thread.context.turns);
	return outcome;
};

const msgrcv: SystemCall = (kernel, thread, args, call) => {
	const [id = 0, address = 0, size = 0, type = 0, flags = 0] = args;
	if (size < 0) return failed('EINVAL');
	if ((flags & msgCopy) !== 0 && ((flags & msgExcept) !== 0 || (flags & ipcNoWait) === 0))
		return failed('EINVAL');
	const wait = call.memo as ReceiveWait | undefined;
	const queue = wait?.queue ?? ipcOf(kernel, thread).messageQueues.get(id | 0);
	if (!queue) return failed('EINVAL');
	if (!mayUse(queue, wantRead)) return failed('EACCES');
	const message = receiveMessage(kernel, queue, {type, size, flags: flags | 0}, thread, call);
	if ('kind' in message) return message;
	if ((flags & msgCopy) === 0) markEffect(thread.context.turns);
	const bytes = message.bytes.subarray(0, size);
	if (
		!writeInt64(thread.context, address, message.type) ||
		!writeBytes(thread.context, address + 8, bytes)
	) {
		return failed('EFAULT');
	}
	chargeCopy(kernel, thread, bytes.length);
	thread.accounting.bytesRead += bytes.length;
	return done(bytes.length);
};

/** Offset of msg_qbytes. */
const queueLimitOffset = permissionSize + 40;

const msgctl: SystemCall = (kernel, thread, args) => {
	const ipc = ipcOf(kernel, thread);
	const queue = ipc.messageQueues.get(args[0]! | 0);
	if (!queue) return failed('EINVAL');
	switch (args[1]! | 0) {
		case ipcRemove: {
			removeMessageQueue(kernel, ipc, queue);
			markEffect(thread.context.turns);
			return done(0);
		}

		case ipcSet: {
			const limit = readInt64(thread.context.space, args[2]! + queueLimitOffset);
			if (limit === undefined) return failed('EFAULT');
			if (limit > queueMaximum) return failed('EPERM');
			const outcome = setMode(kernel, thread, queue, args[2]!);
			if (outcome.kind === 'done') setLimit(kernel, queue, limit);
			return outcome;
		}

		case ipcStat:
			return mayUse(queue, wantRead)
				? store(thread, args[2]!, encodeMessageQueue(queue))
				: failed('EACCES');
		default:
			return failed('EINVAL');
	}
};

export const sysvCalls: Record<string, SystemCall> = {
	shmget,
	shmat,
	shmdt,
	shmctl,
	semget,
	semop: (kernel, thread, args, call) => semaphoreCall(kernel, thread, args, call, 0),
	semtimedop: (kernel, thread, args, call) => semaphoreCall(kernel, thread, args, call, args[3]!),
	semctl,
	msgget,
	msgsnd,
	msgrcv,
	msgctl,
};
