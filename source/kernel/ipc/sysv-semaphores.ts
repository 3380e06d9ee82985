// System V semaphores, semop(2): sets of counters whose operations happen all at once or not at all. Whoever changes a
// set carries out the waiting operations that have become possible, in the order of arrival, and wakes their threads.

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import type {Process} from '../process/process.js';
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
import {noteKernelValue, semaphoreId} from '../turn-values.js';

export const semaphoreMaximum = 32_767;
export const semaphoresPerSet = 32_000;
export const operationsPerCall = 500;
export const semUndo = 0x1000;

export type SemaphoreSet = IpcObject & {
	readonly values: number[];
	/** Who operated on each last; 0 for nobody. */
	readonly lastPids: number[];
	/** Seconds since the Epoch of the last semop, 0 for never. */
	operatedAt: number;
	isRemoved: boolean;
	readonly queue: WaitQueue;
	/** SEM_UNDO: what is added to each value when the process (pid) ends. */
	readonly undo: Map<number, number[]>;
};

/** A struct sembuf. */
export type SemaphoreOperation = {
	readonly number: number;
	readonly change: number;
	readonly flags: number;
};

/** What a waiting semop remembers. */
export type SemaphoreWait = {
	readonly kind: 'semop';
	/** It may have been removed. */
	readonly set: SemaphoreSet;
	readonly operations: readonly SemaphoreOperation[];
	/** The operation it waits for. */
	blockedBy: SemaphoreOperation;
	/** Set by who carries the operations out, or removes the set. */
	result: 'done' | Errno | undefined;
};

/** semget(2) */
export const getSemaphoreSet = (
	kernel: Kernel,
	ipc: Ipc,
	request: {
		readonly key: number;
		readonly count: number;
		readonly flags: number;
		readonly pid: number;
	},
): Created<SemaphoreSet> | Errno => {
	const {key, count, flags, pid} = request;
	if (count < 0 || count > semaphoresPerSet) return 'EINVAL';
	const found = findByKey(ipc.semaphoreSets, key, flags);
	if (found !== 'create') {
		if (typeof found === 'string') return found;
		return count > found.values.length ? 'EINVAL' : {object: found, isNew: false};
	}
	if (count === 0) return 'EINVAL';
	const id = ipc.nextSemaphoreSet++;
	const set: SemaphoreSet = {
		...ipcObject(kernel, id, key, flags, pid),
		values: new Array<number>(count).fill(0),
		lastPids: new Array<number>(count).fill(0),
		operatedAt: 0,
		isRemoved: false,
		queue: createWaitQueue('semop', `sem:${id}`),
		undo: new Map(),
	};
	ipc.semaphoreSets.set(id, set);
	return {object: set, isNew: true};
};

/** Tries all operations. Says which one would block, or what is wrong; nothing has changed then. */
const attempt = (
	set: SemaphoreSet,
	operations: readonly SemaphoreOperation[],
	thread: Thread,
): 'done' | Errno | SemaphoreOperation => {
	const {pid} = thread;
	const values = [...set.values];
	const undo = [...(set.undo.get(pid) ?? new Array<number>(values.length).fill(0))];
	for (const operation of operations) {
		const {number, change, flags} = operation;
		const value = values[number]! + change;
		if ((change === 0 && values[number] !== 0) || value < 0) return operation;
		if (value > semaphoreMaximum) return 'ERANGE';
		values[number] = value;
		if ((flags & semUndo) === 0) continue;
		undo[number]! -= change;
		if (Math.abs(undo[number]!) > semaphoreMaximum) return 'ERANGE';
	}
	values.forEach((value, index) => {
		const before = set.values[index]!;
		if (value === before) return;
		noteKernelValue(thread, 'semaphore', semaphoreId(set.id, index), before, value);
		set.values[index] = value;
	});
	if (operations.some(({flags}) => (flags & semUndo) !== 0)) set.undo.set(pid, undo);
	for (const {number} of operations) set.lastPids[number] = pid;
	return 'done';
};

/** semop(2) and semtimedop(2); the operations have been checked. */
export const operate = (
	kernel: Kernel,
	set: SemaphoreSet,
	operations: readonly SemaphoreOperation[],
	thread: Thread,
	call: CallInProgress,
): Outcome => {
	const wait = call.memo as SemaphoreWait | undefined;
	if (wait) return continueWait(kernel, set, wait, call);
	const result = attempt(set, operations, thread);
	if (result === 'done') {
		set.operatedAt = now(kernel);
		if (settleWaiters(kernel, set)) markEffect(thread.context.turns);
		return done(0);
	}
	if (typeof result === 'string') return failed(result);
	if ((result.flags & ipcNoWait) !== 0) return failed('EAGAIN');
	if (call.deadline !== undefined && call.deadline <= kernel.now) return failed('EAGAIN');
	call.memo = {
		kind: 'semop',
		set,
		operations,
		blockedBy: result,
		result: undefined,
	} satisfies SemaphoreWait;
	return blockedOn(set.queue, call.deadline);
};

const continueWait = (
	kernel: Kernel,
	set: SemaphoreSet,
	wait: SemaphoreWait,
	call: CallInProgress,
): Outcome => {
	if (wait.result === 'done') return done(0);
	if (wait.result) return failed(wait.result);
	if (call.deadline !== undefined && call.deadline <= kernel.now) return failed('EAGAIN');
	if (call.isInterrupted) return failed('EINTR');
	return blockedOn(set.queue, call.deadline);
};

const waitOf = (thread: Thread | undefined): SemaphoreWait | undefined => {
	const memo = thread?.call?.memo as SemaphoreWait | undefined;
	return memo?.kind === 'semop' ? memo : undefined;
};

/**
 * Carries out what has become possible; one success may make an earlier waiter's operations possible. Says whether anybody
 * has been woken.
 */
const settleWaiters = (kernel: Kernel, set: SemaphoreSet): boolean => {
	let hasWoken = false;
	for (let index = 0; index < set.queue.waiters.length; ) {
		const thread = kernel.threads.get(set.queue.waiters[index]!);
		const wait = waitOf(thread);
		const result = thread && wait ? attempt(set, wait.operations, thread) : undefined;
		if (!thread || !wait || result === undefined) {
			index++;
		} else if (typeof result === 'string') {
			if (result === 'done') set.operatedAt = now(kernel);
			wait.result = result;
			wakeThread(kernel, thread.tid);
			hasWoken = true;
			index = 0;
		} else {
			wait.blockedBy = result;
			index++;
		}
	}
	return hasWoken;
};

/** GETNCNT (waiting for an increase) and GETZCNT (waiting for zero). */
export const countWaiters = (
	kernel: Kernel,
	set: SemaphoreSet,
	number: number,
	isForZero: boolean,
): number =>
	set.queue.waiters.filter(tid => {
		const blockedBy = waitOf(kernel.threads.get(tid))?.blockedBy;
		return blockedBy?.number === number && (blockedBy.change === 0) === isForZero;
	}).length;

/** SETVAL and SETALL: what processes would undo on these semaphores is forgotten. */
export const setValues = (
	kernel: Kernel,
	set: SemaphoreSet,
	values: ReadonlyMap<number, number>,
	pid: number,
): void => {
	for (const [number, value] of values) {
		set.values[number] = value;
		set.lastPids[number] = pid;
		for (const undo of set.undo.values()) undo[number] = 0;
	}
	set.changedAt = now(kernel);
	settleWaiters(kernel, set);
};

/** IPC_RMID: everybody who waits fails with EIDRM. */
export const removeSemaphoreSet = (kernel: Kernel, ipc: Ipc, set: SemaphoreSet): void => {
	ipc.semaphoreSets.delete(set.id);
	set.isRemoved = true;
	for (const tid of [...set.queue.waiters]) {
		const wait = waitOf(kernel.threads.get(tid));
		if (wait) wait.result = 'EIDRM';
		wakeThread(kernel, tid);
	}
};

/** The end of a process: its SEM_UNDO adjustments are made. Values stay within 0 and the maximum. */
export const undoSemaphores = (kernel: Kernel, process: Process): void => {
	const ipc = kernel.hosts.get(process.host)?.ipc;
	for (const set of ipc?.semaphoreSets.values() ?? []) {
		const undo = set.undo.get(process.pid);
		if (!undo) continue;
		set.undo.delete(process.pid);
		undo.forEach((change, number) => {
			if (change === 0) return;
			set.values[number] = Math.max(0, Math.min(semaphoreMaximum, set.values[number]! + change));
			set.lastPids[number] = process.pid;
		});
		set.operatedAt = now(kernel);
		settleWaiters(kernel, set);
	}
};

/** A struct semid_ds. */
export const encodeSemaphoreSet = (set: SemaphoreSet): Uint8Array => {
	const view = new DataView(new ArrayBuffer(permissionSize + 56));
	encodePermission(view, set);
	view.setBigInt64(permissionSize, BigInt(set.operatedAt), true);
	view.setBigInt64(permissionSize + 16, BigInt(set.changedAt), true);
	view.setBigInt64(permissionSize + 32, BigInt(set.values.length), true);
	return new Uint8Array(view.buffer);
};
