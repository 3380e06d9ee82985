// The system calls on threads: futex(2), thread_create (the machine's clone(2)), set_tid_address(2), arch_prctl(2), and
// how they are scheduled: nice(2), sched_setscheduler(2), sched_setaffinity(2).

import {findRegion} from '../../vm/address-space.js';
import {createContext} from '../../vm/context.js';
import {functionAt, pushCall} from '../../vm/cpu.js';
import {readBytes, readInt32, writeBytes, writeInt32, writeInt64} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {recordEvent} from '../trace/events.js';
import {futexKey, requeueFutex, waitOnFutex, wakeFutex} from '../ipc/futex.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {addThread, hasRoomForThread} from '../process/process-life.js';
import {mayRunOn} from '../process/scheduler.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {
	clockMonotonic,
	clockRealtime,
	deadlineAt,
	deadlineOf,
	nanosecondsOf,
	readTimespec,
	timespecOf,
	writeTimespec,
} from '../time/time.js';

/** Operations of futex(2), and the flags beside them. */
const futexOperation = {
	wait: 0,
	wake: 1,
	requeue: 3,
	compareRequeue: 4,
	waitBitset: 9,
	wakeBitset: 10,
} as const;
const futexPrivate = 128;
const futexRealtime = 256;

/** The cycle of a wait's timeout: FUTEX_WAIT takes a duration, FUTEX_WAIT_BITSET a time. Negative times are past. */
const timeoutOf = (
	kernel: Kernel,
	thread: Thread,
	operation: number,
	address: number,
): number | undefined | 'EFAULT' | 'EINVAL' => {
	if (address === 0) return undefined;
	const time = readTimespec(thread.context, address);
	if (typeof time === 'string') return time;
	if ((operation & 127) === futexOperation.wait) return deadlineOf(kernel, time);
	const clock = (operation & futexRealtime) === 0 ? clockMonotonic : clockRealtime;
	return deadlineAt(kernel, clock, time);
};

const futexWait = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
): Outcome => {
	const [address = 0, operation = 0, expected = 0, timeout = 0, , bits = 0] = args;
	const bitset = (operation & 127) === futexOperation.waitBitset ? bits | 0 : -1;
	if (bitset === 0) return failed('EINVAL');
	const deadline = call.memo ? call.deadline : timeoutOf(kernel, thread, operation, timeout);
	if (typeof deadline === 'string') return failed(deadline);
	return waitOnFutex(kernel, thread, call, {
		address,
		isPrivate: (operation & futexPrivate) !== 0,
		expected,
		bitset,
		deadline,
	});
};

const futexWake = (kernel: Kernel, thread: Thread, args: readonly number[]): Outcome => {
	const [address = 0, operation = 0, limit = 0, , , bits = 0] = args;
	const bitset = (operation & 127) === futexOperation.wakeBitset ? bits | 0 : -1;
	if (bitset === 0) return failed('EINVAL');
	const key = futexKey(kernel, thread, address, (operation & futexPrivate) !== 0);
	if (key === undefined) return failed('EFAULT');
	const woken = wakeFutex(kernel, key, Math.max(1, limit | 0), bitset);
	if (woken > 0) markEffect(thread.context.turns);
	return done(woken);
};

const futexRequeue = (kernel: Kernel, thread: Thread, args: readonly number[]): Outcome => {
	const [address = 0, operation = 0, wakeLimit = 0, moveLimit = 0, second = 0, expected = 0] = args;
	const isPrivate = (operation & futexPrivate) !== 0;
	const isComparing = (operation & 127) === futexOperation.compareRequeue;
	if ((wakeLimit | 0) < 0 || (moveLimit | 0) < 0) return failed('EINVAL');
	const from = futexKey(kernel, thread, address, isPrivate);
	const to = futexKey(kernel, thread, second, isPrivate);
	if (from === undefined || to === undefined) return failed('EFAULT');
	if (isComparing) {
		const value = readInt32(thread.context.space, address);
		if (value === undefined) return failed('EFAULT');
		if (value !== (expected | 0)) return failed('EAGAIN');
	}
	const {woken, moved} = requeueFutex(
		kernel,
		from,
		{key: to, address: second},
		wakeLimit | 0,
		moveLimit | 0,
	);
	if (woken + moved > 0) markEffect(thread.context.turns);
	// FUTEX_REQUEUE counts those woken, FUTEX_CMP_REQUEUE all
	return done(isComparing ? woken + moved : woken);
};

const futex: SystemCall = (kernel, thread, args, call) => {
	if (args[0]! % 4 !== 0) return failed('EINVAL');
	switch (args[1]! & 127) {
		case futexOperation.wait:
		case futexOperation.waitBitset:
			return futexWait(kernel, thread, args, call);
		case futexOperation.wake:
		case futexOperation.wakeBitset:
			return futexWake(kernel, thread, args);
		case futexOperation.requeue:
		case futexOperation.compareRequeue:
			return futexRequeue(kernel, thread, args);
		default:
			return failed('ENOSYS');
	}
};

/** thread_create(entry, argument, stackTop, threadPointer): a thread of the caller's process that runs entry(argument). */
const createThread: SystemCall = (kernel, thread, args) => {
	const [entry = 0, argument = 0, stackTop = 0, threadPointer = 0] = args;
	const process = processOf(kernel, thread);
	const callee = functionAt(process.program, entry);
	if (callee === undefined) return failed('EINVAL');
	const stack = findRegion(process.space, stackTop - 1);
	if (!stack) return failed('EFAULT');
	if (!hasRoomForThread(kernel)) return failed('EAGAIN');
	const context = createContext({
		program: process.program,
		space: process.space,
		tid: kernel.nextPid++,
		sp: stackTop & ~15,
		stackLow: stack.start,
	});
	context.threadPointer = threadPointer;
	pushCall(context, callee, [argument]);
	const created = addThread(kernel, process, context, {
		mask: thread.signals.mask,
		nice: thread.nice,
		affinity: thread.affinity,
	});
	created.name = thread.name;
	markEffect(thread.context.turns);
	recordEvent(kernel, created.tid, {
		kind: 'created',
		parent: thread.tid,
		command: process.argv.join(' '),
		what: 'thread',
	});
	return done(created.tid);
};

const setClearTid: SystemCall = (_kernel, thread, args) => {
	thread.clearTid = args[0]!;
	return done(thread.tid);
};

const archSetFs = 0x1002;
const archGetFs = 0x1003;

const architectureControl: SystemCall = (_kernel, thread, args) => {
	if (args[0] === archSetFs) {
		thread.context.threadPointer = args[1]!;
		return done(0);
	}
	if (args[0] === archGetFs) {
		return writeInt64(thread.context, args[1]!, thread.context.threadPointer)
			? done(0)
			: failed('EFAULT');
	}
	return failed('EINVAL');
};

/** The thread that a pid argument of a scheduling call names; 0 is the caller. */
const namedThread = (kernel: Kernel, caller: Thread, id: number): Thread | undefined => {
	if (id === 0) return caller;
	const thread = kernel.threads.get(id);
	if (!thread || thread.state === 'dead') return undefined;
	return processOf(kernel, thread).host === processOf(kernel, caller).host ? thread : undefined;
};

const whichProcess = 0;
const whichGroup = 1;
const whichUser = 2;

/** The threads that getpriority(2) and setpriority(2) mean. */
const prioritized = (
	kernel: Kernel,
	caller: Thread,
	which: number,
	who: number,
): readonly Thread[] | undefined => {
	if (which === whichProcess) {
		const thread = namedThread(kernel, caller, who);
		return thread ? [thread] : [];
	}
	const own = processOf(kernel, caller);
	if (which !== whichGroup && which !== whichUser) return undefined;
	const group = who === 0 ? own.group : who;
	return [...kernel.threads.values()].filter(thread => {
		const process = kernel.processes.get(thread.pid);
		if (thread.state === 'dead' || thread.isKernelThread || process?.host !== own.host)
			return false;
		return which === whichUser || process.group === group;
	});
};

/** The raw call gives 20 - nice, 1..40, so that no result is negative. */
const getPriority: SystemCall = (kernel, thread, args) => {
	const threads = prioritized(kernel, thread, args[0]! | 0, args[1]! | 0);
	if (!threads) return failed('EINVAL');
	if (threads.length === 0) return failed('ESRCH');
	return done(20 - Math.min(...threads.map(({nice}) => nice)));
};

/** An ordinary user may only become nicer. */
const setPriority: SystemCall = (kernel, thread, args) => {
	const threads = prioritized(kernel, thread, args[0]! | 0, args[1]! | 0);
	if (!threads) return failed('EINVAL');
	if (threads.length === 0) return failed('ESRCH');
	const nice = Math.max(-20, Math.min(19, args[2]! | 0));
	for (const target of threads) {
		if (nice < target.nice) return failed('EACCES');
		if (nice !== target.nice) markEffect(thread.context.turns);
		target.nice = nice;
	}
	return done(0);
};

/** What is wrong with the pid argument of sched_getscheduler(2) and its like, if anything. */
const threadProblem = (kernel: Kernel, caller: Thread, id: number): Errno | undefined => {
	if (id < 0) return 'EINVAL';
	return namedThread(kernel, caller, id) ? undefined : 'ESRCH';
};

/** SCHED_FIFO and SCHED_RR have priorities 1..99; the others have none. */
const realTime: readonly number[] = [1, 2];
const ordinary: readonly number[] = [0, 3, 5];

const priorityLimit =
	(limit: number): SystemCall =>
	(_kernel, _thread, args) => {
		const policy = args[0]! | 0;
		if (realTime.includes(policy)) return done(limit);
		return ordinary.includes(policy) ? done(0) : failed('EINVAL');
	};

/** The real-time policies take a privilege that nobody has; of the others the machine's own is the only one. */
const setScheduler: SystemCall = (kernel, thread, args) => {
	const policy = args[1]! | 0;
	const priority = readInt32(thread.context.space, args[2]!);
	const problem = threadProblem(kernel, thread, args[0]! | 0);
	if (problem) return failed(problem);
	if (priority === undefined) return failed('EFAULT');
	if (realTime.includes(policy))
		return failed(priority >= 1 && priority <= 99 ? 'EPERM' : 'EINVAL');
	if (!ordinary.includes(policy) || priority !== 0) return failed('EINVAL');
	return policy === 0 ? done(0) : failed('EPERM');
};

const getScheduler: SystemCall = (kernel, thread, args) => {
	const problem = threadProblem(kernel, thread, args[0]! | 0);
	return problem ? failed(problem) : done(0);
};

const setParameter: SystemCall = (kernel, thread, args) => {
	const priority = readInt32(thread.context.space, args[1]!);
	const problem = threadProblem(kernel, thread, args[0]! | 0);
	if (problem) return failed(problem);
	if (priority === undefined) return failed('EFAULT');
	return priority === 0 ? done(0) : failed('EINVAL');
};

const getParameter: SystemCall = (kernel, thread, args) => {
	const problem = threadProblem(kernel, thread, args[0]! | 0);
	if (problem) return failed(problem);
	return writeInt32(thread.context, args[1]!, 0) ? done(0) : failed('EFAULT');
};

const getInterval: SystemCall = (kernel, thread, args) => {
	const problem = threadProblem(kernel, thread, args[0]! | 0);
	if (problem) return failed(problem);
	const slice = timespecOf(nanosecondsOf(kernel, kernel.config.quantum));
	return writeTimespec(thread.context, args[1]!, slice) ? done(0) : failed('EFAULT');
};

/** Bytes of the kernel's cpu_set_t that are written. */
const cpuSetSize = 8;

const getAffinity: SystemCall = (kernel, thread, args) => {
	const [id = 0, size = 0, address = 0] = args;
	const target = namedThread(kernel, thread, id | 0);
	if (!target) return failed('ESRCH');
	if (size < cpuSetSize || size % 8 !== 0) return failed('EINVAL');
	const bytes = new Uint8Array(cpuSetSize);
	for (const cpu of kernel.cpus)
		if (mayRunOn(target, cpu.id)) bytes[cpu.id >> 3]! |= 1 << (cpu.id & 7);
	return writeBytes(thread.context, address, bytes) ? done(cpuSetSize) : failed('EFAULT');
};

/** CPUs of the mask that the machine hasn't don't count. Who runs on one that is not in it leaves it at once. */
const setAffinity: SystemCall = (kernel, thread, args) => {
	const [id = 0, size = 0, address = 0] = args;
	const target = namedThread(kernel, thread, id | 0);
	if (!target) return failed('ESRCH');
	const bytes = readBytes(thread.context.space, address, Math.max(0, Math.min(size, 128)));
	if (!bytes) return failed('EFAULT');
	const cpus = kernel.cpus
		.map(cpu => cpu.id)
		.filter(cpu => ((bytes[cpu >> 3] ?? 0) & (1 << (cpu & 7))) !== 0);
	if (cpus.length === 0) return failed('EINVAL');
	markEffect(thread.context.turns);
	target.affinity = cpus.length === kernel.cpus.length ? undefined : cpus;
	if (!mayRunOn(target, target.cpu)) target.sliceLeft = 0;
	return done(0);
};

/** struct robust_list_head is 24 bytes. */
const robustListSize = 24;

const setRobustList: SystemCall = (_kernel, thread, args) => {
	if (args[1] !== robustListSize) return failed('EINVAL');
	thread.robustList = args[0]!;
	return done(0);
};

export const threadCalls: Record<string, SystemCall> = {
	futex,
	thread_create: createThread,
	set_tid_address: setClearTid,
	arch_prctl: architectureControl,
	set_robust_list: setRobustList,
	getpriority: getPriority,
	setpriority: setPriority,
	sched_get_priority_max: priorityLimit(99),
	sched_get_priority_min: priorityLimit(1),
	sched_setscheduler: setScheduler,
	sched_getscheduler: getScheduler,
	sched_setparam: setParameter,
	sched_getparam: getParameter,
	sched_rr_get_interval: getInterval,
	sched_getaffinity: getAffinity,
	sched_setaffinity: setAffinity,
};
