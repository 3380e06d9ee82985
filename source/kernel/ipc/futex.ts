// Futexes, futex(2): wait queues on words of user memory, made when somebody waits and forgotten when nobody does.
// A private futex is named by memory and address, a shared one by memory object and offset, so that processes which
// map it at different addresses meet.

import {findRegion} from '../../vm/address-space.js';
import {readInt32, writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import type {Kernel} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import type {Thread} from '../process/thread.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeThread} from '../process/wake.js';

export type Futexes = {
	/** By key; only futexes with waiters, or that had some lately. */
	readonly queues: Map<string, WaitQueue>;
};

export const createFutexes = (): Futexes => ({queues: new Map()});

/** What a waiter's call remembers. */
export type FutexWait = {
	readonly kind: 'futex';
	/** Changes when the waiter is requeued. */
	key: string;
	/** A wake-up reaches the waiter if it shares a bit with it. */
	readonly bitset: number;
	/** Woken by FUTEX_WAKE, and not by a signal. */
	isWoken: boolean;
};

/** Identifies a futex. Undefined: the address can't be read (EFAULT). */
export const futexKey = (
	kernel: Kernel,
	thread: Thread,
	address: number,
	isPrivate: boolean,
): string | undefined => {
	const region = findRegion(thread.context.space, address);
	if (!region) return undefined;
	const owner = kernel.processes.get(thread.pid)?.memoryOf ?? thread.pid;
	if (isPrivate) return `private:${owner}:${address}`;
	if (region.isShared && region.object) {
		return `shared:${region.object.id}:${region.offset + (address - region.start)}`;
	}
	return `own:${owner}:${address}`;
};

const queueFor = (kernel: Kernel, key: string, address: number): WaitQueue => {
	const known = kernel.futexes.queues.get(key);
	if (known) return known;
	const queue = createWaitQueue('futex', `futex:0x${address.toString(16)}`);
	kernel.futexes.queues.set(key, queue);
	return queue;
};

const forgetIfEmpty = (kernel: Kernel, key: string): void => {
	if (kernel.futexes.queues.get(key)?.waiters.length === 0) kernel.futexes.queues.delete(key);
};

const waitOf = (thread: Thread | undefined): FutexWait | undefined => {
	const memo = thread?.call?.memo as FutexWait | undefined;
	return memo?.kind === 'futex' ? memo : undefined;
};

/** FUTEX_WAIT and FUTEX_WAIT_BITSET. `deadline` is a cycle, undefined for none. */
export const waitOnFutex = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	request: {
		readonly address: number;
		readonly isPrivate: boolean;
		readonly expected: number;
		readonly bitset: number;
		readonly deadline: number | undefined;
	},
): Outcome => {
	const {address, expected, bitset, deadline} = request;
	if (!call.memo) {
		const key = futexKey(kernel, thread, address, request.isPrivate);
		const value = readInt32(thread.context.space, address);
		if (key === undefined || value === undefined) return failed('EFAULT');
		if (value !== (expected | 0)) {
			// The word has changed since the thread looked at it: a turn that ends so has waited for nothing.
			markEffect(thread.context.turns);
			return failed('EAGAIN');
		}
		call.memo = {kind: 'futex', key, bitset, isWoken: false} satisfies FutexWait;
		if (deadline !== undefined) call.deadline = deadline;
	}
	const wait = call.memo as FutexWait;
	if (wait.isWoken) {
		markEffect(thread.context.turns);
		return done(0);
	}
	forgetIfEmpty(kernel, wait.key);
	if (call.deadline !== undefined && call.deadline <= kernel.now) return failed('ETIMEDOUT');
	if (call.isInterrupted) return failed(call.deadline === undefined ? 'ERESTARTSYS' : 'EINTR');
	return blockedOn(queueFor(kernel, wait.key, address), call.deadline);
};

/** Wakes at most `limit` waiters whose bitset shares a bit, the one that has waited longest first. How many it woke. */
export const wakeFutex = (kernel: Kernel, key: string, limit: number, bitset: number): number => {
	const queue = kernel.futexes.queues.get(key);
	if (!queue) return 0;
	let woken = 0;
	for (const tid of [...queue.waiters]) {
		if (woken >= limit) break;
		const wait = waitOf(kernel.threads.get(tid));
		if (wait && (wait.bitset & bitset) === 0) continue;
		if (wait) wait.isWoken = true;
		wakeThread(kernel, tid);
		woken++;
	}
	forgetIfEmpty(kernel, key);
	return woken;
};

/** FUTEX_REQUEUE: wakes at most `wakeLimit` waiters and moves at most `moveLimit` others to another futex. */
export const requeueFutex = (
	kernel: Kernel,
	from: string,
	to: {readonly key: string; readonly address: number},
	wakeLimit: number,
	moveLimit: number,
): {readonly woken: number; readonly moved: number} => {
	const woken = wakeFutex(kernel, from, wakeLimit, -1);
	const source = kernel.futexes.queues.get(from);
	if (!source || from === to.key) return {woken, moved: 0};
	const moving = source.waiters.slice(0, Math.max(0, moveLimit));
	for (const tid of moving) {
		const thread = kernel.threads.get(tid)!;
		const target = queueFor(kernel, to.key, to.address);
		source.waiters.splice(source.waiters.indexOf(tid), 1);
		target.waiters.push(tid);
		thread.waits = [target];
		thread.waitChannel = target.channel;
		const wait = waitOf(thread);
		if (wait) wait.key = to.key;
	}
	forgetIfEmpty(kernel, from);
	return {woken, moved: moving.length};
};

/**
 * The end of a thread: the word that set_tid_address(2) named becomes 0 and one waiter is woken, which is how
 * pthread_join(3) learns of it.
 */
export const clearChildTid = (kernel: Kernel, thread: Thread): void => {
	const address = thread.clearTid;
	if (address === 0) return;
	thread.clearTid = 0;
	if (!writeInt32(thread.context, address, 0)) return;
	const key = futexKey(kernel, thread, address, false);
	if (key !== undefined) wakeFutex(kernel, key, 1, -1);
};
