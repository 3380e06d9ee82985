// Signals, signal(7): sending, and delivery when a thread is about to return to user mode. A handler runs in a frame of
// its own above the interrupted function's registers; what it interrupts stands in a SignalFrame until it returns.
//
// A blocked thread is woken by a signal it doesn't block, and its call is made once more with `isInterrupted`. What
// becomes of the call then is asked here (interruptionOf), because it depends on what the signal will do.

import {markEffect} from '../../vm/turns.js';
import {recordEvent} from '../trace/events.js';
import {costs, type Kernel} from '../kernel.js';
import {pulse} from '../polling/poll-point.js';
import type {Process} from '../process/process.js';
import {isOrphaned} from '../process/process-group.js';
import {
	emptySet,
	hasSignal,
	type PendingSignal,
	type ProcessSignals,
	type SignalAction,
	type SignalSet,
	setOf,
	withoutSet,
} from './signal-state.js';
import {maskOf, pushHandler} from './signal-frames.js';
import {defaultActionOf, signalNumbers, lastSignal} from './signal-numbers.js';
import {chargeCycles} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import type {WaitQueue} from '../process/wait-queue.js';
import {wakeAll, wakeThread} from '../process/wake.js';

export {maskOf, returnFromHandler} from './signal-frames.js';

export const saNoChildStop = 1;
export const saNoChildWait = 2;
export const saRestart = 0x1000_0000;
export const saResetHandler = 0x8000_0000;

const sigDefault = 0;
const sigIgnore = 1;

const stopSignals: readonly number[] = [
	signalNumbers.SIGSTOP,
	signalNumbers.SIGTSTP,
	signalNumbers.SIGTTIN,
	signalNumbers.SIGTTOU,
];
const synchronousSignals: readonly number[] = [
	signalNumbers.SIGSEGV,
	signalNumbers.SIGBUS,
	signalNumbers.SIGILL,
	signalNumbers.SIGTRAP,
	signalNumbers.SIGFPE,
	signalNumbers.SIGSYS,
];

/** Waits that signals don't end, the state `D` of ps(1): no signal at all, or only one that kills. */
const uninterruptible = 'disk';
const killable = 'vfork';

/** Whether a signal ends a wait of this name. */
const endsWait = (process: Process | undefined, wait: string, signal: number): boolean => {
	if (wait !== killable) return wait !== uninterruptible;
	return (
		process !== undefined &&
		actionOf(process, signal).handler === sigDefault &&
		defaultActionOf(signal) === 'terminate'
	);
};

const siUser = 0;
const siKernel = 128;
/** SEGV_MAPERR, FPE_INTDIV and ILL_ILLOPC. */
const firstFaultCode = 1;

/** A signal sent with kill(2) by a process. */
export const userSignal = (signal: number, sender: number): PendingSignal => ({
	signal,
	code: siUser,
	sender,
	value: 0,
	status: 0,
	address: 0,
});

/** A signal of the kernel's own: SIGPIPE, SIGALRM, a fault with its address. */
export const kernelSignal = (
	signal: number,
	details: {readonly code?: number; readonly address?: number} = {},
): PendingSignal => ({
	signal,
	code: details.code ?? siKernel,
	sender: 0,
	value: 0,
	status: 0,
	address: details.address ?? 0,
});

const actionOf = (process: Process, signal: number): SignalAction =>
	process.signals.actions[signal] ?? {handler: sigDefault, flags: 0, mask: emptySet};

/** Whether a function of the program is called for the signal. */
export const hasHandler = (process: Process, signal: number): boolean => {
	const {handler} = actionOf(process, signal);
	return handler !== sigDefault && handler !== sigIgnore;
};

const isIgnored = (process: Process, signal: number): boolean => {
	const {handler} = actionOf(process, signal);
	if (handler === sigIgnore) return true;
	if (handler !== sigDefault) return false;
	const action = defaultActionOf(signal);
	return action === 'ignore' || action === 'continue';
};

const threadsOf = (kernel: Kernel, process: Process): readonly Thread[] =>
	process.threads.flatMap(tid => kernel.threads.get(tid) ?? []);

/** Sends a signal to a process: a thread that doesn't block it will take it. */
export const sendSignal = (kernel: Kernel, process: Process, pending: PendingSignal): void => {
	const threads = threadsOf(kernel, process);
	if (process.state !== 'alive' || !threads.some(thread => !thread.isKernelThread)) return;
	prepareSending(kernel, process, pending.signal);
	if (isDiscarded(kernel, process, threads[0]!, pending)) return;
	enqueue(process.signals, pending);
	announce(kernel, process, pending.signal);
	const waiter = threads.find(thread => isWaitingFor(thread, pending.signal));
	const taker = waiter ?? threads.find(thread => !isBlocked(thread, pending.signal));
	if (taker) interrupt(kernel, taker, pending.signal);
};

/** Sends a signal to one thread: tgkill(2), SIGPIPE, faults. */
export const sendThreadSignal = (kernel: Kernel, thread: Thread, pending: PendingSignal): void => {
	const process = kernel.processes.get(thread.pid);
	if (process?.state !== 'alive' || thread.state === 'dead' || thread.isKernelThread) return;
	prepareSending(kernel, process, pending.signal);
	if (isDiscarded(kernel, process, thread, pending)) return;
	enqueue(thread.signals, pending);
	announce(kernel, process, pending.signal);
	if (isWaitingFor(thread, pending.signal) || !isBlocked(thread, pending.signal)) {
		interrupt(kernel, thread, pending.signal);
	}
};

/** Sends a fault's signal: one that is blocked or ignored ends the process all the same. */
export const forceSignal = (kernel: Kernel, thread: Thread, pending: PendingSignal): void => {
	const process = kernel.processes.get(thread.pid);
	if (!process) return;
	const {signal} = pending;
	if (hasSignal(thread.signals.mask, signal) || isIgnored(process, signal)) {
		process.signals.actions[signal] = undefined;
		thread.signals.mask = withoutSet(thread.signals.mask, setOf(signal));
	}
	const code = pending.code === siKernel ? firstFaultCode : pending.code;
	sendThreadSignal(kernel, thread, {...pending, code});
};

const isWaitingFor = (thread: Thread, signal: number): boolean =>
	thread.signals.waitingFor !== undefined && hasSignal(thread.signals.waitingFor, signal);

const isBlocked = (thread: Thread, signal: number): boolean =>
	thread.state === 'dead' || hasSignal(thread.signals.mask, signal) || isWaitingFor(thread, signal);

/** Stop signals and SIGCONT cancel each other when they are sent; SIGCONT and SIGKILL end a stop. */
const prepareSending = (kernel: Kernel, process: Process, signal: number): void => {
	if (signal === signalNumbers.SIGCONT) {
		discardPending(kernel, process, stopSignals);
		continueProcess(kernel, process);
	} else if (stopSignals.includes(signal)) {
		discardPending(kernel, process, [signalNumbers.SIGCONT]);
	} else if (signal === signalNumbers.SIGKILL && process.isStopped) {
		process.isStopped = false;
		wakeStoppedThreads(kernel, process);
	}
};

const isDiscarded = (
	kernel: Kernel,
	process: Process,
	thread: Thread,
	pending: PendingSignal,
): boolean => {
	if (hasSignal(thread.signals.mask, pending.signal) || isWaitingFor(thread, pending.signal))
		return false;
	if (!isIgnored(process, pending.signal)) return false;
	const action = pending.signal === signalNumbers.SIGCONT ? 'continued' : 'ignored';
	recordEvent(kernel, thread.tid, {
		kind: 'signal',
		signal: pending.signal,
		sender: pending.sender,
		action,
	});
	return true;
};

/** Standard signals are pending once, real-time signals (32 and up) as often as they were sent. */
const enqueue = (target: {pending: PendingSignal[]}, pending: PendingSignal): void => {
	if (pending.signal < 32 && target.pending.some(({signal}) => signal === pending.signal)) return;
	target.pending.push(pending);
};

/** Who reads or polls a signalfd(2) of the process looks again. */
const announce = (kernel: Kernel, process: Process, signal: number): void => {
	for (const slot of process.descriptors) {
		const thing = slot?.file.thing;
		if (thing?.kind !== 'signalfd' || !hasSignal(thing.source.set, signal)) continue;
		wakeAll(kernel, thing.source.queue);
		pulse(kernel, thing.source.point);
	}
};

/** Wakes a thread out of a blocked call so that it takes the signal. */
const interrupt = (kernel: Kernel, thread: Thread, signal: number): void => {
	if (thread.state !== 'blocked') return;
	if (!endsWait(kernel.processes.get(thread.pid), thread.waitName, signal)) return;
	if (thread.call && !isWaitingFor(thread, signal)) thread.call.isInterrupted = true;
	wakeThread(kernel, thread.tid);
};

/** Forgets pending signals of a process and its threads: sigaction(2) to SIG_IGN, stop against continue. */
export const discardPending = (
	kernel: Kernel,
	process: Process,
	signals: readonly number[],
): void => {
	for (const target of [
		process.signals,
		...threadsOf(kernel, process).map(thread => thread.signals),
	]) {
		if (target.pending.length === 0) continue;
		target.pending = target.pending.filter(({signal}) => !signals.includes(signal));
	}
};

/** For sigaction(2): a disposition that ignores the signal discards it where it is pending. */
export const discardIfIgnored = (kernel: Kernel, process: Process, signal: number): void => {
	if (isIgnored(process, signal)) discardPending(kernel, process, [signal]);
};

const continueProcess = (kernel: Kernel, process: Process): void => {
	if (!process.isStopped) return;
	process.isStopped = false;
	process.unreported = 'continued';
	wakeStoppedThreads(kernel, process);
	notifyParent(kernel, process, 'continued');
};

const wakeStoppedThreads = (kernel: Kernel, process: Process): void => {
	for (const thread of threadsOf(kernel, process)) {
		if (thread.state === 'stopped') wakeThread(kernel, thread.tid);
	}
};

/** Whether a child of this process leaves no zombie: SIGCHLD is ignored, or SA_NOCLDWAIT is set. */
export const reapsItself = (parent: Process): boolean => {
	const {handler, flags} = actionOf(parent, signalNumbers.SIGCHLD);
	return handler === sigIgnore || (flags & saNoChildWait) !== 0;
};

/** Tells the parent that a child has ended, stopped or continued: SIGCHLD, and its waiters in wait(2) look again. */
export const notifyParent = (
	kernel: Kernel,
	child: Process,
	what: 'exited' | 'stopped' | 'continued',
): void => {
	const parent = kernel.processes.get(child.parent);
	if (parent?.state !== 'alive') return;
	const {flags} = actionOf(parent, signalNumbers.SIGCHLD);
	const signal = what === 'exited' ? child.exitSignal : signalNumbers.SIGCHLD;
	const isSent = signal > 0 && signal <= lastSignal;
	if (isSent && (what === 'exited' || (flags & saNoChildStop) === 0)) {
		sendSignal(kernel, parent, {...childSignal(child, what), signal});
	}
	wakeAll(kernel, parent.childQueue);
};

const childSignal = (child: Process, what: 'exited' | 'stopped' | 'continued'): PendingSignal => {
	const base = {...kernelSignal(signalNumbers.SIGCHLD), sender: child.pid};
	if (what === 'stopped') return {...base, code: 5, status: child.stopSignal};
	if (what === 'continued') return {...base, code: 6, status: signalNumbers.SIGCONT};
	const {exit} = child;
	if (exit && 'signal' in exit) return {...base, code: 2, status: exit.signal};
	return {...base, code: 1, status: exit ? exit.status & 0xff : 0};
};

/** The dispositions of a new process: the defaults, or those of its parent, or a copy of them; nothing is pending. */
export const forkProcessSignals = (
	parent: ProcessSignals | undefined,
	isSharing = false,
): ProcessSignals => ({
	actions: parent && isSharing ? parent.actions : [...(parent?.actions ?? [])],
	pending: [],
});

/** For sigsuspend(2), ppoll(2) and friends: `mask` holds until a handler has run or the call has ended. */
export const setTemporaryMask = (thread: Thread, mask: SignalSet): void => {
	thread.signals.savedMask ??= thread.signals.mask;
	thread.signals.mask = maskOf(mask);
};

/** execve(2): handlers go back to the default, ignored signals, the mask and what is pending stay. */
export const resetSignalsForExec = (process: Process, thread: Thread): void => {
	process.signals.actions = process.signals.actions.map(action =>
		action?.handler === sigIgnore ? action : undefined,
	);
	thread.signals.frames = [];
	thread.signals.alternateStack = undefined;
};

/** Takes the next pending signal that `isWanted`: the thread's before the process's, faults before others, low before high. */
export const takePending = (
	process: Process,
	thread: Thread,
	isWanted: (signal: number) => boolean,
): PendingSignal | undefined => {
	for (const target of [thread.signals, process.signals]) {
		const next = firstOf(target.pending, isWanted);
		if (!next) continue;
		target.pending = target.pending.filter(pending => pending !== next);
		const timer = process.timers.get(next.expiration?.timer ?? NaN);
		if (timer && next.expiration) timer.overrun = next.expiration.overrun;
		return next;
	}
	return undefined;
};

const firstOf = (
	pending: readonly PendingSignal[],
	isWanted: (signal: number) => boolean,
): PendingSignal | undefined => {
	let best: PendingSignal | undefined;
	for (const candidate of pending) {
		if (!isWanted(candidate.signal)) continue;
		if (!best || rankOf(candidate.signal) < rankOf(best.signal)) best = candidate;
	}
	return best;
};

const rankOf = (signal: number): number => {
	if (signal === signalNumbers.SIGKILL) return -100;
	return synchronousSignals.includes(signal) ? signal - 64 : signal;
};

const deliverableOf = (process: Process, thread: Thread): readonly PendingSignal[] =>
	[...thread.signals.pending, ...process.signals.pending].filter(
		({signal}) => !isBlocked(thread, signal),
	);

/**
 * Whether a signal is due that would have woken the thread from these queues, so that it may not sleep in them: it came
 * while the thread was running, or a temporary mask has let it in.
 */
export const hasDeliverableSignal = (
	kernel: Kernel,
	thread: Thread,
	queues: readonly WaitQueue[],
): boolean => {
	const process = kernel.processes.get(thread.pid);
	const wait = queues[0]?.name ?? '';
	if (!process || thread.isKernelThread || wait === uninterruptible) return false;
	if (process.isStopped) return wait !== killable;
	if (thread.signals.pending.length === 0 && process.signals.pending.length === 0) return false;
	return deliverableOf(process, thread).some(
		({signal}) => !isIgnored(process, signal) && endsWait(process, wait, signal),
	);
};

/**
 * What becomes of an interrupted call: `restart` after a handler with SA_RESTART, `fail` with EINTR after one without,
 * `resume` if no handler is going to run.
 */
export const interruptionOf = (kernel: Kernel, thread: Thread): 'restart' | 'fail' | 'resume' => {
	const process = kernel.processes.get(thread.pid);
	if (!process || process.isStopped) return 'resume';
	const due = deliverableOf(process, thread).filter(({signal}) => !isIgnored(process, signal));
	const next = firstOf(due, () => true);
	if (!next) return 'resume';
	const {handler, flags} = actionOf(process, next.signal);
	if (handler === sigDefault) return 'resume';
	return (flags & saRestart) !== 0 ? 'restart' : 'fail';
};

/**
 * To be called when a thread is about to return to user mode. Handlers of several signals stack up: the one taken last
 * runs first, as on Linux. `terminated`: `thread.signals.fatal` has killed the process, which the caller ends.
 * `stopped`: the caller takes the thread off its CPU.
 */
export const deliverSignals = (
	kernel: Kernel,
	thread: Thread,
): 'none' | 'delivered' | 'terminated' | 'stopped' => {
	const process = kernel.processes.get(thread.pid);
	const {signals} = thread;
	if (!process || thread.isKernelThread) return 'none';
	let result: 'none' | 'delivered' = 'none';
	for (;;) {
		if (process.isStopped) return 'stopped';
		if (signals.pending.length > 0 || process.signals.pending.length > 0) {
			// A call that was resumed meets a handler after all: it has to be interrupted first.
			if (thread.call && interruptionOf(kernel, thread) !== 'resume') {
				thread.call.isInterrupted = true;
				return result;
			}
			const next = takePending(process, thread, signal => !isBlocked(thread, signal));
			if (next) {
				const step = deliver(kernel, process, thread, next);
				if (step === 'terminated') return step;
				if (step === 'delivered') result = step;
				continue;
			}
		}
		if (signals.savedMask === undefined || thread.call) return result;
		signals.mask = signals.savedMask;
		signals.savedMask = undefined;
	}
};

/** What one signal does to a process. */
const deliver = (
	kernel: Kernel,
	process: Process,
	thread: Thread,
	pending: PendingSignal,
): 'none' | 'delivered' | 'terminated' | 'stopped' => {
	const {signal, sender} = pending;
	const note = (action: 'handled' | 'ignored' | 'terminated' | 'stopped' | 'continued'): void =>
		recordEvent(kernel, thread.tid, {kind: 'signal', signal, sender, action});
	const action = actionOf(process, signal);
	if (isIgnored(process, signal)) {
		note(signal === signalNumbers.SIGCONT ? 'continued' : 'ignored');
		return 'none';
	}
	markEffect(thread.context.turns);
	if (action.handler === sigDefault) {
		if (defaultActionOf(signal) === 'stop') {
			if (signal !== signalNumbers.SIGSTOP && isOrphaned(kernel, process.group)) {
				note('ignored');
				return 'none';
			}
			note('stopped');
			stopProcess(kernel, process, thread, signal);
			return 'stopped';
		}
		note('terminated');
		thread.signals.fatal = signal;
		return 'terminated';
	}
	note('handled');
	chargeCycles(kernel, thread, costs.signal);
	if ((action.flags & saResetHandler) !== 0) process.signals.actions[signal] = undefined;
	if (pushHandler(thread, action, pending)) return 'delivered';
	thread.signals.fatal = signalNumbers.SIGSEGV;
	recordEvent(kernel, thread.tid, {
		kind: 'signal',
		signal: signalNumbers.SIGSEGV,
		sender: 0,
		action: 'terminated',
	});
	return 'terminated';
};

/** Every thread of the process stops when it next leaves the kernel; blocked ones are made to leave it. */
const stopProcess = (kernel: Kernel, process: Process, thread: Thread, signal: number): void => {
	process.isStopped = true;
	process.stopSignal = signal;
	process.unreported = 'stopped';
	for (const other of threadsOf(kernel, process)) {
		if (other !== thread) interrupt(kernel, other, signal);
	}
	notifyParent(kernel, process, 'stopped');
};
