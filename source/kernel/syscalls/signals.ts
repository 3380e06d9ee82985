// The system calls on signals: kill(2), sigaction(2), sigprocmask(2), sigpending(2), sigsuspend(2), sigtimedwait(2),
// sigqueue(3), sigaltstack(2), pause(2).

import type {Context} from '../../vm/context.js';
import {
	readBytes,
	readInt32,
	readInt64,
	writeBytes,
	writeInt32,
	writeInt64,
} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import {type Kernel} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {createOpenFile} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import type {Process} from '../process/process.js';
import {createSignalFile} from '../signals/signalfd.js';
import {encodeSignalInfo} from '../signals/signal-layout.js';
import {lastSignal, signalNumbers} from '../signals/signal-numbers.js';
import {
	emptySet,
	hasSignal,
	type PendingSignal,
	type SignalSet,
	setOf,
	unionOf,
	withoutSet,
} from '../signals/signal-state.js';
import {
	discardIfIgnored,
	maskOf,
	sendSignal,
	sendThreadSignal,
	setTemporaryMask,
	takePending,
	userSignal,
} from '../signals/signals.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {deadlineOf, readTimespec} from '../time/time.js';
import {noteKernelValue} from '../turn-values.js';
import {readQueuedInfo} from './queued-info.js';
import {createWaitQueue} from '../process/wait-queue.js';

/** sizeof(sigset_t) of the kernel. */
const setSize = 8;

const isSignal = (signal: number): boolean => signal >= 1 && signal <= lastSignal;

const readSet = (context: Context, address: number): SignalSet | undefined => {
	const low = readInt32(context.space, address);
	const high = readInt32(context.space, address + 4);
	return low === undefined || high === undefined ? undefined : {low, high};
};

const writeSet = (context: Context, address: number, set: SignalSet): boolean =>
	writeInt32(context, address, set.low) && writeInt32(context, address + 4, set.high);

/** The processes that kill(2) means by `pid`: those of the caller's host only. */
const targetsOf = (kernel: Kernel, caller: Process, pid: number): readonly Process[] => {
	const onHost = [...kernel.processes.values()].filter(
		process => process.host === caller.host && process.state !== 'gone',
	);
	if (pid > 0) return onHost.filter(process => process.pid === pid);
	if (pid === -1) {
		const init = kernel.hosts.get(caller.host)?.init;
		return onHost.filter(process => process !== caller && process.pid !== init && process.pid > 1);
	}
	const group = pid === 0 ? caller.group : -pid;
	return onHost.filter(process => process.group === group);
};

const kill: SystemCall = (kernel, thread, args) => {
	const signal = args[1]! | 0;
	if (signal !== 0 && !isSignal(signal)) return failed('EINVAL');
	const targets = targetsOf(kernel, processOf(kernel, thread), args[0]! | 0);
	if (targets.length === 0) return failed('ESRCH');
	if (signal === 0) return done(0);
	markEffect(thread.context.turns);
	for (const target of targets) sendSignal(kernel, target, userSignal(signal, thread.pid));
	return done(0);
};

/** tgkill(2); tkill(2) is the same without a process. SI_TKILL is -6. */
const killThread = (
	kernel: Kernel,
	thread: Thread,
	group: number | undefined,
	tid: number,
	signal: number,
): Outcome => {
	if (tid <= 0 || (group !== undefined && group <= 0)) return failed('EINVAL');
	if (signal !== 0 && !isSignal(signal)) return failed('EINVAL');
	const target = kernel.threads.get(tid);
	if (!target || target.state === 'dead' || (group !== undefined && target.pid !== group))
		return failed('ESRCH');
	if (kernel.processes.get(target.pid)?.host !== processOf(kernel, thread).host)
		return failed('ESRCH');
	if (signal === 0) return done(0);
	markEffect(thread.context.turns);
	sendThreadSignal(kernel, target, {...userSignal(signal, thread.pid), code: -6});
	return done(0);
};

/** sigqueue(3). Only negative codes may be sent to others. */
const queueSignal: SystemCall = (kernel, thread, args) => {
	const signal = args[1]! | 0;
	const info = args[2]!;
	const sent = readQueuedInfo(thread, signal, info);
	if (sent === 'EFAULT') return failed(sent);
	if (signal !== 0 && !isSignal(signal)) return failed('EINVAL');
	const target = kernel.processes.get(args[0]! | 0);
	if (!target || target.state === 'gone' || target.host !== processOf(kernel, thread).host)
		return failed('ESRCH');
	if (sent.code >= 0 && target.pid !== thread.pid) return failed('EPERM');
	if (signal === 0) return done(0);
	markEffect(thread.context.turns);
	sendSignal(kernel, target, sent);
	return done(0);
};

const signalAction: SystemCall = (kernel, thread, args) => {
	const signal = args[0]! | 0;
	const [, address = 0, oldAddress = 0, size] = args;
	if (size !== setSize || !isSignal(signal)) return failed('EINVAL');
	if (address !== 0 && (signal === signalNumbers.SIGKILL || signal === signalNumbers.SIGSTOP))
		return failed('EINVAL');
	const process = processOf(kernel, thread);
	const {actions} = process.signals;
	const old = actions[signal] ?? {handler: 0, flags: 0, mask: emptySet};
	const bytes = address === 0 ? undefined : readBytes(thread.context.space, address, 32);
	if (address !== 0 && !bytes) return failed('EFAULT');
	if (bytes) {
		const view = new DataView(bytes.buffer);
		actions[signal] = {
			handler: Number(view.getBigUint64(0, true)),
			flags: view.getUint32(8, true),
			mask: maskOf({low: view.getInt32(24, true), high: view.getInt32(28, true)}),
		};
		discardIfIgnored(kernel, process, signal);
		const now = actions[signal]!;
		if (now.handler !== old.handler || now.flags !== old.flags) markEffect(thread.context.turns);
	}
	if (oldAddress !== 0) {
		const {context} = thread;
		const isStored =
			writeInt64(context, oldAddress, old.handler) &&
			writeInt64(context, oldAddress + 8, old.flags) &&
			writeInt64(context, oldAddress + 16, 0) &&
			writeSet(context, oldAddress + 24, old.mask);
		if (!isStored) return failed('EFAULT');
	}
	return done(0);
};

const signalMask: SystemCall = (_kernel, thread, args) => {
	const how = args[0]! | 0;
	const [, address = 0, oldAddress = 0, size] = args;
	if (size !== setSize) return failed('EINVAL');
	const old = thread.signals.mask;
	if (address !== 0) {
		const set = readSet(thread.context, address);
		if (!set) return failed('EFAULT');
		if (how === 0) thread.signals.mask = maskOf(unionOf(old, set));
		else if (how === 1) thread.signals.mask = withoutSet(old, set);
		else if (how === 2) thread.signals.mask = maskOf(set);
		else return failed('EINVAL');
		const {mask} = thread.signals;
		noteKernelValue(thread, 'mask', 2 * thread.tid, old.low, mask.low);
		noteKernelValue(thread, 'mask', 2 * thread.tid + 1, old.high, mask.high);
	}
	if (oldAddress !== 0 && !writeSet(thread.context, oldAddress, old)) return failed('EFAULT');
	return done(0);
};

const pendingSet = (process: Process, thread: Thread): SignalSet =>
	setOf(
		...[...thread.signals.pending, ...process.signals.pending]
			.map(({signal}) => signal)
			.filter(signal => hasSignal(thread.signals.mask, signal)),
	);

const pendingSignals: SystemCall = (kernel, thread, args) => {
	if (args[1]! > setSize) return failed('EINVAL');
	return writeSet(thread.context, args[0]!, pendingSet(processOf(kernel, thread), thread))
		? done(0)
		: failed('EFAULT');
};

/** Sleeps until a handler has run. */
const waitForHandler = (call: CallInProgress): Outcome =>
	call.isInterrupted ? failed('EINTR') : blockedOn(createWaitQueue('signal'));

const suspend: SystemCall = (_kernel, thread, args, call) => {
	if (call.tries === 0) {
		if (args[1] !== setSize) return failed('EINVAL');
		const set = readSet(thread.context, args[0]!);
		if (!set) return failed('EFAULT');
		setTemporaryMask(thread, set);
	}
	return waitForHandler(call);
};

/** sigtimedwait(2), sigwaitinfo(2), sigwait(3). */
const timedWait: SystemCall = (kernel, thread, args, call) => {
	const [setAddress = 0, infoAddress = 0, timeout = 0, size] = args;
	const {signals, context} = thread;
	if (size !== setSize) return failed('EINVAL');
	const set = readSet(context, setAddress);
	if (!set) return failed('EFAULT');
	if (call.tries === 0 && timeout !== 0) {
		const time = readTimespec(context, timeout);
		if (typeof time === 'string') return failed(time);
		call.deadline = deadlineOf(kernel, time);
	}
	signals.waitingFor = undefined;
	const wanted = maskOf(set);
	const pending = takePending(processOf(kernel, thread), thread, signal =>
		hasSignal(wanted, signal),
	);
	if (pending) return finishWait(context, pending, infoAddress);
	if (call.deadline !== undefined && call.deadline <= kernel.now) return failed('EAGAIN');
	if (call.isInterrupted) return failed('EINTR');
	signals.waitingFor = wanted;
	return blockedOn(createWaitQueue('signal'), call.deadline);
};

const finishWait = (context: Context, pending: PendingSignal, infoAddress: number): Outcome => {
	markEffect(context.turns);
	if (infoAddress !== 0 && !writeBytes(context, infoAddress, encodeSignalInfo(pending)))
		return failed('EFAULT');
	return done(pending.signal);
};

const stackDisabled = 2;
const stackInUse = 1;
const minimalStack = 2048;

const alternateStack: SystemCall = (_kernel, thread, args) => {
	const [address = 0, oldAddress = 0] = args;
	const {context, signals} = thread;
	const old = signals.alternateStack;
	const isOnIt = old !== undefined && context.sp > old.start && context.sp <= old.start + old.size;
	if (oldAddress !== 0) {
		const isStored =
			writeInt64(context, oldAddress, old?.start ?? 0) &&
			writeInt64(context, oldAddress + 8, old ? (isOnIt ? stackInUse : 0) : stackDisabled) &&
			writeInt64(context, oldAddress + 16, old?.size ?? 0);
		if (!isStored) return failed('EFAULT');
	}
	if (address === 0) return done(0);
	const start = readInt64(context.space, address);
	const flags = readInt32(context.space, address + 8);
	const size = readInt64(context.space, address + 16);
	if (start === undefined || flags === undefined || size === undefined) return failed('EFAULT');
	if (isOnIt) return failed('EPERM');
	if ((flags & ~stackDisabled) !== 0) return failed('EINVAL');
	if ((flags & stackDisabled) !== 0) signals.alternateStack = undefined;
	else if (size < minimalStack) return failed('ENOMEM');
	else signals.alternateStack = {start, size};
	return done(0);
};

/** signalfd4(2): a new descriptor, or another set for one that is there (`descriptor` not -1). */
const signalFile = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	setAddress: number,
	size: number,
	flags: number,
): Outcome => {
	if (size !== setSize || (flags & ~(openFlags.closeOnExec | openFlags.nonblock)) !== 0)
		return failed('EINVAL');
	const set = readSet(thread.context, setAddress);
	if (!set) return failed('EFAULT');
	const process = processOf(kernel, thread);
	markEffect(thread.context.turns);
	if (descriptor !== -1) {
		const thing = fileAt(process, descriptor)?.thing;
		if (!thing) return failed('EBADF');
		if (thing.kind !== 'signalfd') return failed('EINVAL');
		thing.source.set = maskOf(set);
		return done(descriptor);
	}
	const file = createOpenFile(
		kernel,
		createSignalFile(kernel, maskOf(set)),
		(flags & openFlags.nonblock) | openFlags.readWrite,
	);
	if (file === 'ENFILE') return failed(file);
	return installDescriptor(kernel, process, file, (flags & openFlags.closeOnExec) !== 0, thread);
};

export const signalCalls: Record<string, SystemCall> = {
	kill,
	tkill: (kernel, thread, args) =>
		killThread(kernel, thread, undefined, args[0]! | 0, args[1]! | 0),
	tgkill: (kernel, thread, args) =>
		killThread(kernel, thread, args[0]! | 0, args[1]! | 0, args[2]! | 0),
	rt_sigqueueinfo: queueSignal,
	rt_sigaction: signalAction,
	rt_sigprocmask: signalMask,
	rt_sigpending: pendingSignals,
	rt_sigsuspend: suspend,
	rt_sigtimedwait: timedWait,
	sigaltstack: alternateStack,
	pause: (_kernel, _thread, _args, call) => waitForHandler(call),
	signalfd: (kernel, thread, args) =>
		signalFile(kernel, thread, args[0]! | 0, args[1]!, args[2]!, 0),
	signalfd4: (kernel, thread, args) =>
		signalFile(kernel, thread, args[0]! | 0, args[1]!, args[2]!, args[3]! | 0),
};
