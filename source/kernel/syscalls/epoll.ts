// System calls of epoll(7).

import {readBytes, writeBytes} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import {
	addInterest,
	changeInterest,
	type EpollInterest,
	epollQueues,
	removeInterest,
	takeReports,
} from '../polling/epoll.js';
import {createEpollFile, type EpollSet} from '../polling/epoll-set.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {canBePolled, createOpenFile, type OpenFile} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {applyMask, setDeadline, waitOn} from './waiting.js';

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
	const bytes =
		number === operation.remove ? new Uint8Array(12) : readBytes(thread.context.space, address, 12);
	if (!bytes) return failed('EFAULT');
	const process = processOf(kernel, thread);
	const own = fileAt(process, args[0]! | 0);
	const file = fileAt(process, descriptor);
	if (!own || !file) return failed('EBADF');
	if (!canBePolled(file)) return failed('EPERM');
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
			return removeInterest(kernel, set, file, descriptor);
		case operation.change:
			return changeInterest(kernel, set, file, descriptor, interest);
		default:
			return 'EINVAL';
	}
};

const epollWaitOn = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
): Outcome => {
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

export const epollCalls: Readonly<Record<string, SystemCall>> = {
	epoll_create: (kernel, thread, args) =>
		(args[0]! | 0) > 0 ? createEpoll(kernel, thread, 0) : failed('EINVAL'),
	epoll_create1: (kernel, thread, args) => createEpoll(kernel, thread, args[0]! | 0),
	epoll_ctl: epollControl,
	epoll_wait: epollWait,
	epoll_pwait: epollPwait,
};
