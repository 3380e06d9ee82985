// System calls that wait for several descriptors: poll(2), select(2).

import {readBytes, readInt64, writeBytes} from '../../vm/memory.js';
import {fileAt} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import {
	pollError,
	pollHangUp,
	pollPriority,
	readable as readableMask,
	writable as writableMask,
} from '../files/file-operations.js';
import type {Kernel} from '../kernel.js';
import {type CallInProgress, failed, done, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {pollOnce, pollQueues, type PollEntry} from '../polling/poll.js';
import type {Process} from '../process/process.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {deadlineOf, timeLeft, writeTimeval} from '../time/time.js';
import {epollCalls} from './epoll.js';
import {applyMask, setDeadline, setDeadlineFrom, waitOn} from './waiting.js';

const entrySize = 8;

const readEntries = (
	kernel: Kernel,
	thread: Thread,
	address: number,
	count: number,
): PollEntry[] | Errno => {
	const process = processOf(kernel, thread);
	if (count > process.descriptorLimit) return 'EINVAL';
	const bytes = readBytes(thread.context.space, address, count * entrySize);
	if (!bytes) return 'EFAULT';
	const view = new DataView(bytes.buffer);
	return Array.from({length: count}, (_, index) => {
		const descriptor = view.getInt32(index * entrySize, true);
		const file = fileAt(process, descriptor);
		return {descriptor, events: view.getUint16(index * entrySize + 4, true), file};
	});
};

const pollEntries = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
): Outcome => {
	const address = args[0]!;
	const entries = readEntries(kernel, thread, address, args[1]! >>> 0);
	if (isError(entries)) return failed(entries);
	const results = pollOnce(kernel, entries);
	const count = results.filter(events => events !== 0).length;
	if (count === 0) {
		const outcome = waitOn(kernel, call, pollQueues(kernel, entries, 'poll'));
		if (outcome.kind !== 'done') return outcome;
	}
	const isStored = results.every((events, index) =>
		writeBytes(
			thread.context,
			address + index * entrySize + 6,
			Uint8Array.of(events & 255, events >> 8),
		),
	);
	return isStored ? done(count) : failed('EFAULT');
};

const poll: SystemCall = (kernel, thread, args, call) => {
	setDeadline(kernel, call, args[2]! | 0);
	return pollEntries(kernel, thread, args, call);
};

const ppoll: SystemCall = (kernel, thread, args, call) => {
	const problem =
		setDeadlineFrom(kernel, thread, call, args[2]!) ?? applyMask(thread, call, args[3]!, args[4]!);
	return problem ? failed(problem) : pollEntries(kernel, thread, args, call);
};

/**
 * How many descriptors select(2) looks at, however many it is asked for: Linux takes no more than the process's
 * table has room for, which is 64 at first and then a power of two from 128 on.
 */
const selectLimit = (process: Process): number => {
	let size = 64;
	while (size < process.descriptors.length) size *= 2;
	return size;
};

/** The three sets of select(2): what is asked for, and what of poll's events counts as ready. */
const selectKinds = [
	{asks: readableMask, ready: readableMask | pollHangUp | pollError},
	{asks: writableMask, ready: writableMask | pollError},
	{asks: pollPriority, ready: pollPriority},
] as const;

const readSets = (
	thread: Thread,
	args: readonly number[],
	length: number,
): (Uint8Array | undefined)[] | Errno => {
	const sets: (Uint8Array | undefined)[] = [];
	for (const address of args.slice(1, 4)) {
		const bytes = address === 0 ? undefined : readBytes(thread.context.space, address, length);
		if (address !== 0 && !bytes) return 'EFAULT';
		sets.push(bytes);
	}
	return sets;
};

const isIn = (set: Uint8Array | undefined, descriptor: number): boolean =>
	set !== undefined && ((set[descriptor >> 3]! >> (descriptor & 7)) & 1) === 1;

const selectEntries = (
	kernel: Kernel,
	thread: Thread,
	count: number,
	sets: readonly (Uint8Array | undefined)[],
): PollEntry[] | Errno => {
	const process = processOf(kernel, thread);
	const entries: PollEntry[] = [];
	for (let descriptor = 0; descriptor < count; descriptor++) {
		let events = 0;
		selectKinds.forEach(({asks}, index) => {
			if (isIn(sets[index], descriptor)) events |= asks;
		});
		if (events === 0) continue;
		const file = fileAt(process, descriptor);
		if (!file) return 'EBADF';
		entries.push({descriptor, events, file});
	}
	return entries;
};

const selectOn = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
): Outcome => {
	if ((args[0]! | 0) < 0) return failed('EINVAL');
	const count = Math.min(args[0]! | 0, selectLimit(processOf(kernel, thread)));
	const length = Math.ceil(count / 64) * 8;
	const sets = readSets(thread, args, length);
	if (isError(sets)) return failed(sets);
	const entries = selectEntries(kernel, thread, count, sets);
	if (isError(entries)) return failed(entries);
	const events = pollOnce(kernel, entries);
	const results = sets.map(set => set && new Uint8Array(length));
	let total = 0;
	entries.forEach(({descriptor}, position) => {
		selectKinds.forEach(({ready}, index) => {
			if (!isIn(sets[index], descriptor) || (events[position]! & ready) === 0) return;
			results[index]![descriptor >> 3]! |= 1 << (descriptor & 7);
			total++;
		});
	});
	if (total === 0) {
		const outcome = waitOn(kernel, call, pollQueues(kernel, entries, 'select'));
		if (outcome.kind !== 'done') return outcome;
	}
	const isStored = results.every(
		(set, index) => set === undefined || writeBytes(thread.context, args[index + 1]!, set),
	);
	return isStored ? done(total) : failed('EFAULT');
};

/** Linux stores in the timeout how much of it is left. */
const select: SystemCall = (kernel, thread, args, call) => {
	const address = args[4]!;
	if (call.tries === 0 && address !== 0) {
		const seconds = readInt64(thread.context.space, address);
		const microseconds = readInt64(thread.context.space, address + 8);
		if (seconds === undefined || microseconds === undefined) return failed('EFAULT');
		if (seconds < 0 || microseconds < 0) return failed('EINVAL');
		call.deadline = deadlineOf(kernel, {seconds, nanoseconds: microseconds * 1000});
	}
	const outcome = selectOn(kernel, thread, args, call);
	if (outcome.kind !== 'blocked' && call.deadline !== undefined) {
		writeTimeval(thread.context, address, timeLeft(kernel, call.deadline));
	}
	return outcome;
};

/** The sixth argument points to the mask's address and size. */
const pselect6: SystemCall = (kernel, thread, args, call) => {
	let problem = setDeadlineFrom(kernel, thread, call, args[4]!);
	if (!problem && args[5] !== 0) {
		const mask = readInt64(thread.context.space, args[5]!);
		const size = readInt64(thread.context.space, args[5]! + 8);
		problem =
			mask === undefined || size === undefined ? 'EFAULT' : applyMask(thread, call, mask, size);
	}
	return problem ? failed(problem) : selectOn(kernel, thread, args, call);
};

export const pollCalls: Readonly<Record<string, SystemCall>> = {
	poll,
	ppoll,
	select,
	pselect6,
	...epollCalls,
};
