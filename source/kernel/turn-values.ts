// Keys under which kernel state with a value enters a thread's turn log (vm/turns.ts): state that can go away and come
// back, such as a file offset after lseek and read. What can't come back is an effect instead.

import {logKernelValue} from '../vm/turns.js';
import type {Thread} from './process/thread.js';

/** What a key's id counts: open files for `offset` and `flags`, descriptor slots for `descriptor`, pids for the others. */
const kinds = [
	'offset',
	'descriptor',
	'heap',
	'flags',
	'directory',
	'umask',
	'mask',
	'other',
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
