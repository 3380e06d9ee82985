// System calls that wait for several descriptors: poll(2), select(2), epoll(7).

import {readBytes, readInt32, readInt64, writeBytes} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt, installDescriptor} from '../descriptors.js';
import {addInterest, changeInterest, type EpollInterest, epollQueues, removeInterest, takeReports} from '../epoll.js';
import {createEpollFile, type EpollSet} from '../epoll-set.js';
import type {Errno} from '../errno.js';
import {
	pollError,
	pollHangUp,
	pollPriority,
	readable as readableMask,
	writable as writableMask,
} from '../file-operations.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import {createOpenFile, type OpenFile} from '../open-file.js';
import {openFlags} from '../open-flags.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../path-walk.js';
import {pollOnce, pollQueues, type PollEntry} from '../poll.js';
import type {SignalSet} from '../signal-state.js';
import {setTemporaryMask} from '../signals.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../thread.js';
import {deadlineOf, readTimespec, timeLeft, writeTimeval} from '../time.js';
import type {WaitQueue} from '../wait-queue.js';

/** Nothing is ready: end with `value` at the deadline, else sleep. A signal ends the wait for good. */
const waitOn = (
	kernel: Kernel,
	call: CallInProgress,
	queues: readonly WaitQueue[],
): Outcome => {
	const {deadline} = call;
	if (deadline !== undefined && kernel.now >= deadline) return done(0);
	if (call.isInterrupted) return failed('EINTR');
	return deadline === undefined ? {kind: 'blocked', on: queues} : {kind: 'blocked', on: queues, until: deadline};
};

/** Sets call.deadline from milliseconds; negative waits for ever. */
const setDeadline = (kernel: Kernel, call: CallInProgress, milliseconds: number): void => {
	if (call.tries === 0 && milliseconds >= 0) call.deadline = kernel.now + cyclesFor(kernel, milliseconds * 1e6);
};

/** Sets call.deadline from a struct timespec, if there is one. */
const setDeadlineFrom = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	address: number,
): Errno | undefined => {
	if (call.tries > 0 || address === 0) return undefined;
	const time = readTimespec(thread.context, address);
	if (isError(time)) return time;
	call.deadline = deadlineOf(kernel, time);
	return undefined;
};

const signalSetSize = 8;

/** The signal mask of ppoll(2) and its like, for the time of the call. */
const applyMask = (
	thread: Thread,
	call: CallInProgress,
	address: number,
	size: number,
): Errno | undefined => {
	if (call.tries > 0 || address === 0) return undefined;
	if (size !== signalSetSize) return 'EINVAL';
	const low = readInt32(thread.context.space, address);
	const high = readInt32(thread.context.space, address + 4);
	if (low === undefined || high === undefined) return 'EFAULT';
	const mask: SignalSet = {low, high};
	setTemporaryMask(thread, mask);
	return undefined;
};

const entrySize = 8;

const readEntries = (kernel: Kernel, thread: Thread, address: number, count: number): PollEntry[] | Errno => {
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

const pollEntries = (kernel: Kernel, thread: Thread, args: readonly number[], call: CallInProgress): Outcome => {
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
		writeBytes(thread.context, address + index * entrySize + 6, Uint8Array.of(events & 255, events >> 8)),
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

const selectLimit = 1024;

/** The three sets of select(2): what is asked for, and what of poll's events counts as ready. */
const selectKinds = [
	{asks: readableMask, ready: readableMask | pollHangUp | pollError},
	{asks: writableMask, ready: writableMask | pollError},
	{asks: pollPriority, ready: pollPriority},
] as const;

const readSets = (thread: Thread, args: readonly number[], length: number): (Uint8Array | undefined)[] | Errno => {
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

const selectOn = (kernel: Kernel, thread: Thread, args: readonly number[], call: CallInProgress): Outcome => {
	if ((args[0]! | 0) < 0) return failed('EINVAL');
	const count = Math.min(args[0]! | 0, selectLimit);
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
		problem = mask === undefined || size === undefined ? 'EFAULT' : applyMask(thread, call, mask, size);
	}
	return problem ? failed(problem) : selectOn(kernel, thread, args, call);
};

const createEpoll = (kernel: Kernel, thread: Thread, flags: number): Outcome => {
	if ((flags & ~openFlags.closeOnExec) !== 0) return failed('EINVAL');
	const file = createOpenFile(kernel, createEpollFile(kernel), openFlags.readWrite);
	if (file === 'ENFILE') return failed(file);
	return installDescriptor(kernel, processOf(kernel, thread), file, flags !== 0, thread);
};

const setAt = (kernel: Kernel, thread: Thread, descriptor: number): EpollSet | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	if (!file) return 'EBADF';
	return file.thing.kind === 'epoll' ? file.thing.set : 'EINVAL';
};

const operation = {add: 1, remove: 2, change: 3} as const;

const epollControl: SystemCall = (kernel, thread, args) => {
	const [number, descriptor, address] = [args[1]! | 0, args[2]! | 0, args[3]!];
	const bytes = number === operation.remove ? new Uint8Array(12) : readBytes(thread.context.space, address, 12);
	if (!bytes) return failed('EFAULT');
	const process = processOf(kernel, thread);
	const own = fileAt(process, args[0]! | 0);
	const file = fileAt(process, descriptor);
	if (!own || !file) return failed('EBADF');
	// Regular files and directories are always ready, so they can't be waited for.
	if (file.thing.kind === 'file' || file.thing.kind === 'directory') return failed('EPERM');
	if (own === file || own.thing.kind !== 'epoll') return failed('EINVAL');
	const {set} = own.thing;
	const view = new DataView(bytes.buffer);
	const interest = {
		events: view.getInt32(0, true),
		dataLow: view.getInt32(4, true),
		dataHigh: view.getInt32(8, true),
	};
	const problem = controlInterest(kernel, set, number, {file, descriptor, interest});
	if (problem) return failed(problem);
	markEffect(thread.context.turns);
	return done(0);
};

type InterestTarget = {
	readonly file: OpenFile;
	readonly descriptor: number;
	readonly interest: EpollInterest;
};

const controlInterest = (
	kernel: Kernel,
	set: EpollSet,
	number: number,
	{file, descriptor, interest}: InterestTarget,
): Errno | undefined => {
	switch (number) {
		case operation.add:
			return addInterest(kernel, set, file, descriptor, interest);
		case operation.remove:
			return removeInterest(set, file, descriptor);
		case operation.change:
			return changeInterest(kernel, set, file, descriptor, interest);
		default:
			return 'EINVAL';
	}
};

const epollWaitOn = (kernel: Kernel, thread: Thread, args: readonly number[], call: CallInProgress): Outcome => {
	const limit = args[2]! | 0;
	if (limit <= 0) return failed('EINVAL');
	const set = setAt(kernel, thread, args[0]! | 0);
	if (isError(set)) return failed(set);
	const reports = takeReports(kernel, set, limit);
	if (reports.length === 0) return waitOn(kernel, call, epollQueues(kernel, set));
	const bytes = new Uint8Array(reports.length * 12);
	const view = new DataView(bytes.buffer);
	reports.forEach(({events, dataLow, dataHigh}, index) => {
		view.setInt32(index * 12, events, true);
		view.setInt32(index * 12 + 4, dataLow, true);
		view.setInt32(index * 12 + 8, dataHigh, true);
	});
	return writeBytes(thread.context, args[1]!, bytes) ? done(reports.length) : failed('EFAULT');
};

const epollWait: SystemCall = (kernel, thread, args, call) => {
	setDeadline(kernel, call, args[3]! | 0);
	return epollWaitOn(kernel, thread, args, call);
};

const epollPwait: SystemCall = (kernel, thread, args, call) => {
	setDeadline(kernel, call, args[3]! | 0);
	const problem = applyMask(thread, call, args[4]!, args[5]!);
	return problem ? failed(problem) : epollWaitOn(kernel, thread, args, call);
};

export const pollCalls: Readonly<Record<string, SystemCall>> = {
	poll,
	ppoll,
	select,
	pselect6,
	epoll_create: (kernel, thread, args) => ((args[0]! | 0) > 0 ? createEpoll(kernel, thread, 0) : failed('EINVAL')),
	epoll_create1: (kernel, thread, args) => createEpoll(kernel, thread, args[0]! | 0),
	epoll_ctl: epollControl,
	epoll_wait: epollWait,
	epoll_pwait: epollPwait,
};
