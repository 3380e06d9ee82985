// Keys under which kernel state with a value enters a thread's turn log (vm/turns.ts): state that can go away and come
// back, such as a file offset after lseek and read. What can't come back is an effect instead.

import {logKernelValue} from '../vm/turns.js';
import type {Thread} from './process/thread.js';

/**
 * What a key's id counts: open files for `offset`, `flags` and `flock`, descriptor slots for `descriptor`, open files again
 * for `record-locks`, semaphores for `semaphore`, pids for the others.
 */
const kinds = [
	'offset',
	'descriptor',
	'heap',
	'flags',
	'directory',
	'umask',
	'mask',
	'other',
	'mappings',
	'flock',
	'record-locks',
	'semaphore',
] as const;

export type KernelValueKind = (typeof kinds)[number];

const idBits = 25;
const idMask = 2 ** idBits - 1;
/** Descriptors per process that keys can tell apart; RLIMIT_NOFILE stays below. */
const slotsPerProcess = 1024;

/** A small integer, unique per kind and id as long as ids stay below 2^25. */
export const kernelValueKey = (kind: KernelValueKind, id: number): number =>
	kinds.indexOf(kind) * 2 ** idBits + (id & idMask);

/** The id of a slot of a process' descriptor table, for the kind `descriptor`. */
export const slotId = (pid: number, descriptor: number): number =>
	pid * slotsPerProcess + (descriptor & (slotsPerProcess - 1));

/** The id of a semaphore of a set, for the kind `semaphore`. */
export const semaphoreId = (set: number, number: number): number => set * semaphoresPerSet + number;

/** semget(2) allows 32,000. */
const semaphoresPerSet = 32_768;

/** A number that stands for a list of numbers, as the value of state that is more than a number (FNV-1a). */
export const digestOf = (values: Iterable<number>): number => {
	let hash = 0x811c_9dc5 | 0;
	for (const value of values) {
		hash = Math.imul(hash ^ (value | 0), 0x0100_0193);
		hash = Math.imul(hash ^ Math.floor(value / 2 ** 32), 0x0100_0193);
	}
	return hash;
};

/** Notes a change of kernel state with a value by a thread; without a thread (an input from outside) nobody is judged. */
export const noteKernelValue = (
	thread: Thread | undefined,
	kind: KernelValueKind,
	id: number,
	before: number,
	after: number,
): void => {
	if (thread) logKernelValue(thread.context.turns, kernelValueKey(kind, id), before, after);
};
