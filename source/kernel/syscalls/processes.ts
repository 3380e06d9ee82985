// System calls about processes: fork, exec, exit, wait.

import {readCString, readInt64, writeBytes, writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt} from '../process/descriptors.js';
import {absolutePath} from '../files/file-system.js';
import {executableAt} from '../process/executable.js';
import type {Errno} from '../errno.js';
import {openFlags} from '../files/open-flags.js';
import {processAt} from './pidfds.js';
import type {Process} from '../process/process.js';
import {blockedOn, done, failed, type Outcome, replaced} from '../outcome.js';
import {
	endProcess,
	endThread,
	exec,
	takeChildReport,
	type WaitKind,
	type WaitSelector,
	waitStatus,
} from '../process/process-life.js';
import {clone, cloneFlags, fork, forkInPlace} from '../process/clone.js';
import {argumentLimit} from '../process/process-image.js';
import {costs, type Kernel} from '../kernel.js';
import {chargeCycles, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {atWorkingDirectory, startAt} from '../files/user-path.js';
import {createWaitQueue} from '../process/wait-queue.js';

/** AT_EMPTY_PATH. */
const emptyPath = 0x1000;

const WNOHANG = 1;
const WUNTRACED = 2;
const WEXITED = 4;
const WCONTINUED = 8;
const WNOWAIT = 0x0100_0000;
const wAll = 0x4000_0000;
const wClone = -0x8000_0000;
/** __WNOTHREAD, __WALL, __WCLONE. */
const childKinds = 0x2000_0000 | wAll | wClone;

const kindOf = (options: number): WaitKind => {
	if ((options & wAll) !== 0) return 'all';
	return (options & wClone) === 0 ? 'plain' : 'clone';
};

const forkCall: SystemCall = (kernel, thread) => {
	chargeCycles(kernel, thread, costs.fork);
	const child = fork(kernel, thread);
	return typeof child === 'string' ? failed(child) : done(child.tid);
};

const vforkCall: SystemCall = (kernel, thread, _args, call) => {
	if (call.tries === 0) {
		const child = forkInPlace(kernel, thread);
		if (typeof child === 'string') return failed(child);
		processOf(kernel, child).vforkWaiter = thread.tid;
		call.memo = child.tid;
	}
	return waitForVfork(kernel, thread, call.memo as number);
};

/** The caller sleeps until its child has called execve(2) or ended. */
const waitForVfork = (kernel: Kernel, thread: Thread, child: number): Outcome =>
	kernel.processes.get(child)?.vforkWaiter === thread.tid
		? blockedOn(createWaitQueue('vfork'))
		: done(child);

/** CLONE_NEW…: a world of its own takes a privilege that nobody has. CLONE_NEWTIME is part of the exit signal here. */
const newNamespaces = 0x7e02_0000;

/** clone(flags, stack, parent_tid, child_tid, tls) as on x86-64. */
const cloneCall: SystemCall = (kernel, thread, args, call) => {
	if (call.tries > 0) return waitForVfork(kernel, thread, call.memo as number);
	const [flags = 0, stack = 0, parentTid = 0, childTid = 0, threadPointer = 0] = args;
	const has = (flag: number): boolean => (flags & flag) !== 0;
	if (has(cloneFlags.signalHandlers) && !has(cloneFlags.memory)) return failed('EINVAL');
	if (has(cloneFlags.thread) && !has(cloneFlags.signalHandlers)) return failed('EINVAL');
	if (has(newNamespaces)) return failed('EPERM');
	chargeCycles(kernel, thread, costs.fork);
	const created = clone(kernel, thread, {flags, stack, parentTid, childTid, threadPointer});
	if (typeof created === 'string') return failed(created);
	if (!has(cloneFlags.vfork) || has(cloneFlags.thread)) return done(created.tid);
	processOf(kernel, created).vforkWaiter = thread.tid;
	call.memo = created.tid;
	return waitForVfork(kernel, thread, created.tid);
};

const readStrings = (thread: Thread, address: number): string[] | 'EFAULT' | 'E2BIG' => {
	const strings: string[] = [];
	const decoder = new TextDecoder('utf-8');
	let total = 0;
	for (let at = address; address !== 0; at += 8) {
		const pointer = readInt64(thread.context.space, at);
		if (pointer === undefined) return 'EFAULT';
		if (pointer === 0) break;
		const bytes = readCString(thread.context.space, pointer, argumentLimit);
		if (bytes === undefined) return 'EFAULT';
		if (bytes === 'too-long') return 'E2BIG';
		total += bytes.length + 9;
		if (total > argumentLimit) return 'E2BIG';
		strings.push(decoder.decode(bytes));
	}
	return strings;
};

const execve: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const pathBytes = readCString(process.space, args[0]!);
	if (pathBytes === undefined) return failed('EFAULT');
	if (pathBytes === 'too-long') return failed('ENAMETOOLONG');
	return start(kernel, thread, new TextDecoder().decode(pathBytes), [args[1]!, args[2]!]);
};

/** Replaces the program by the one at a path, with the strings behind two vectors: arguments and environment. */
const start = (
	kernel: Kernel,
	thread: Thread,
	given: string,
	[argvAddress, environmentAddress]: readonly [number, number],
): Outcome => {
	const process = processOf(kernel, thread);
	const argv = readStrings(thread, argvAddress);
	if (typeof argv === 'string') return failed(argv);
	const environment = readStrings(thread, environmentAddress);
	if (typeof environment === 'string') return failed(environment);
	startAt(kernel, thread, atWorkingDirectory, given);
	const executable = executableAt(kernel, process, given, argv);
	if (typeof executable === 'string') return failed(executable);
	chargeCycles(kernel, thread, costs.exec);
	const path = absolutePath(process, given);
	exec(kernel, thread, executable, path, environment);
	return replaced;
};

/** Only with AT_EMPTY_PATH, as fexecve(3) calls it: the program that a descriptor refers to; and with plain paths. */
const execveat: SystemCall = (kernel, thread, args, call) => {
	const [descriptor = 0, pathAddress = 0, argvAddress = 0, environmentAddress = 0, flags = 0] =
		args;
	const process = processOf(kernel, thread);
	const bytes = readCString(process.space, pathAddress);
	if (bytes === undefined) return failed('EFAULT');
	if (bytes === 'too-long') return failed('ENAMETOOLONG');
	if (bytes.length > 0) {
		if ((descriptor | 0) !== atWorkingDirectory && bytes[0] !== 0x2f) return failed('ENOTDIR');
		return execve(kernel, thread, [pathAddress, argvAddress, environmentAddress], call);
	}
	const thing = fileAt(process, descriptor | 0)?.thing;
	if ((flags & emptyPath) === 0) return failed('ENOENT');
	if (!thing) return failed('EBADF');
	if (thing.kind !== 'file') return failed('EACCES');
	return start(kernel, thread, thing.path, [argvAddress, environmentAddress]);
};

const exitGroup: SystemCall = (kernel, thread, args) => {
	endProcess(kernel, processOf(kernel, thread), {status: args[0]! & 0xff});
	return replaced;
};

const exit: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	if (process.threads.length === 1) return exitGroup(kernel, thread, args, thread.call!);
	endThread(kernel, thread, {status: args[0]! & 0xff});
	return replaced;
};

const selectorOf = (kernel: Kernel, thread: Thread, pid: number): WaitSelector => {
	if (pid === -1) return {kind: 'any'};
	if (pid === 0) return {kind: 'group', id: processOf(kernel, thread).group};
	return pid > 0 ? {kind: 'pid', id: pid} : {kind: 'group', id: -pid};
};

const wait4: SystemCall = (kernel, thread, args, call) => {
	const options = args[2]! | 0;
	if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED | childKinds)) !== 0) return failed('EINVAL');
	if ((args[0]! | 0) === -0x8000_0000) return failed('ESRCH');
	const process = processOf(kernel, thread);
	const report = takeChildReport(kernel, process, selectorOf(kernel, thread, args[0]! | 0), {
		exited: true,
		stopped: (options & WUNTRACED) !== 0,
		continued: (options & WCONTINUED) !== 0,
		keep: false,
		kind: kindOf(options),
	});
	if (report === 'ECHILD') return failed('ECHILD');
	if (!report) {
		if ((options & WNOHANG) !== 0) return done(0);
		return call.isInterrupted ? failed('ERESTARTSYS') : blockedOn(process.childQueue);
	}
	markEffect(thread.context.turns);
	if (args[1] !== 0 && !writeInt32(thread.context, args[1]!, waitStatus(report)))
		return failed('EFAULT');
	if (args[3] !== 0 && !storeUsage(kernel, thread, args[3]!, report.cycles))
		return failed('EFAULT');
	return done(report.child.pid);
};

/** struct rusage with the user time only, getrusage(2). */
const storeUsage = (kernel: Kernel, thread: Thread, address: number, cycles: number): boolean => {
	const usage = new Uint8Array(144);
	const microseconds = Math.floor((cycles * 1e6) / kernel.config.clock);
	const view = new DataView(usage.buffer);
	view.setBigInt64(0, BigInt(Math.floor(microseconds / 1e6)), true);
	view.setBigInt64(8, BigInt(microseconds % 1e6), true);
	return writeBytes(thread.context, address, usage);
};

const P_ALL = 0;
const P_PID = 1;
const P_PGID = 2;
const P_PIDFD = 3;

const waitid: SystemCall = (kernel, thread, args, call) => {
	const [idType, id, info, options] = [args[0]! | 0, args[1]! | 0, args[2]!, args[3]! | 0];
	if ((options & (WEXITED | WUNTRACED | WCONTINUED)) === 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const selector = idSelector(kernel, thread, idType, id);
	if (typeof selector === 'string') return failed(selector);
	const report = takeChildReport(kernel, process, selector, {
		exited: (options & WEXITED) !== 0,
		stopped: (options & WUNTRACED) !== 0,
		continued: (options & WCONTINUED) !== 0,
		keep: (options & WNOWAIT) !== 0,
		kind: kindOf(options),
	});
	if (report === 'ECHILD') return failed('ECHILD');
	if (!report && (options & WNOHANG) === 0) {
		if (idType === P_PIDFD && isNonblocking(process, id)) return failed('EAGAIN');
		return call.isInterrupted ? failed('ERESTARTSYS') : blockedOn(process.childQueue);
	}
	const usage = args[4] ?? 0;
	if (usage !== 0 && report && !storeUsage(kernel, thread, usage, report.cycles))
		return failed('EFAULT');
	if (info === 0) return done(0);
	const bytes = new Uint8Array(128);
	if (report) {
		markEffect(thread.context.turns);
		fillSignalInfo(new DataView(bytes.buffer), report.child.pid, reportCode(report));
	}
	return writeBytes(thread.context, info, bytes) ? done(0) : failed('EFAULT');
};

/** Which children waitid(2) means. */
const idSelector = (
	kernel: Kernel,
	thread: Thread,
	idType: number,
	id: number,
): WaitSelector | Errno => {
	switch (idType) {
		case P_ALL:
			return {kind: 'any'};
		case P_PID:
			return id > 0 ? {kind: 'pid', id} : 'EINVAL';
		case P_PGID:
			return id < 0 ? 'EINVAL' : {kind: 'group', id: id || processOf(kernel, thread).group};
		case P_PIDFD: {
			const child = id < 0 ? 'EINVAL' : processAt(kernel, thread, id);
			return typeof child === 'string' ? child : {kind: 'pid', id: child.pid};
		}

		default:
			return 'EINVAL';
	}
};

const isNonblocking = (process: Process, descriptor: number): boolean =>
	((fileAt(process, descriptor)?.flags ?? 0) & openFlags.nonblock) !== 0;

/** si_code and si_status of a SIGCHLD, sigaction(2). */
const reportCode = (
	report: Parameters<typeof waitStatus>[0],
): readonly [code: number, status: number] => {
	const {child, what} = report;
	if (what === 'stopped') return [5, child.stopSignal];
	if (what === 'continued') return [6, 18];
	const exitStatus = child.exit!;
	return 'status' in exitStatus ? [1, exitStatus.status] : [2, exitStatus.signal];
};

const fillSignalInfo = (
	view: DataView,
	pid: number,
	[code, status]: readonly [number, number],
): void => {
	view.setInt32(0, 17, true);
	view.setInt32(8, code, true);
	view.setInt32(16, pid, true);
	view.setInt32(20, 1000, true);
	view.setInt32(24, status, true);
};

const schedYield: SystemCall = (_kernel, thread) => {
	thread.sliceLeft = 0;
	thread.hasYielded = true;
	return done(0);
};

export const processCalls: Readonly<Record<string, SystemCall>> = {
	fork: forkCall,
	clone: cloneCall,
	vfork: vforkCall,
	execve,
	execveat,
	exit,
	exit_group: exitGroup,
	wait4,
	waitid,
	sched_yield: schedYield,
};
