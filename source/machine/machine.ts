// The machine: takes the kernel from one cycle to the next. What happens when is a function of the kernel's state
// alone; a pause cuts the sequence of steps without changing it, so running in pieces is running at once.
//
// CPUs run in lock step windows: within a window each CPU in turn runs up to the window's end. One CPU needs none.

import {run} from '../vm/cpu.js';
import {changeState} from '../kernel/process/accounting.js';
import type {ConsoleChunk} from '../kernel/files/console.js';
import {handleStop, resume} from '../kernel/dispatch.js';
import {recordEvent} from '../kernel/trace/events.js';
import {costs, type Cpu, type Kernel} from '../kernel/kernel.js';
import {
	enqueue,
	isAnyoneReady,
	isPreempted,
	mayContinue,
	sliceOf,
	takeNext,
} from '../kernel/process/scheduler.js';
import {hasDeliverableSignal} from '../kernel/signals/signals.js';
import type {ExitStatus, Thread} from '../kernel/process/thread.js';
import {carryOut, isTimerLive} from '../kernel/time/timer-actions.js';
import {nextTimerAt, takeTimer} from '../kernel/time/timers.js';
import {startProcess} from './boot.js';
import type {ProcessSetup} from './setup.js';

/** Cycles of a lock step: CPUs' clocks differ by less than that. */
export const windowCycles = 32;

export type Machine = {
	readonly kernel: Kernel;
	/** Processes that the scenario starts, by starting cycle; those not started yet. */
	readonly toStart: ProcessSetup[];
	/** Pids of the scenario's processes, in the order of the scenario file. */
	readonly started: number[];
	/** The CPU whose turn it is in the window, and the window's end. */
	currentCpu: number;
	windowEnd: number;
};

/** How a run ends. */
export type Ending =
	/** All processes have ended; the exit status is that of the scenario's first process. */
	| {readonly kind: 'ended'; readonly exit: ExitStatus}
	/** Every thread is blocked for ever. */
	| {readonly kind: 'deadlock'}
	/** The same, but for threads that a signal has stopped: SIGCONT lets them go on, and nobody is left to send it. */
	| {readonly kind: 'stopped'}
	/** Nothing can happen until somebody types: a thread waits for standard input. */
	| {readonly kind: 'needs-input'};

/** `focus`: the thread that was waited for has got a CPU. */
export type AdvanceResult = {readonly kind: 'reached'} | {readonly kind: 'focus'} | Ending;

/**
 * Runs until the acting CPU's clock reaches cycle `until` (system calls are not cut in two, so it may be some cycles
 * later) or nothing can happen any more; or, for single steps, until the thread `focus` gets a CPU.
 */
export const advance = (machine: Machine, until: number, focus?: number): AdvanceResult => {
	for (;;) {
		const {kernel} = machine;
		const cpu = kernel.cpus[machine.currentCpu]!;
		if (cpu.clock >= until) return {kind: 'reached'};
		if (cpu.clock >= machine.windowEnd) {
			nextCpu(machine);
			continue;
		}
		startDue(machine, cpu);
		if (nextTimerAt(kernel) <= cpu.clock) {
			fireTimer(kernel, cpu);
			continue;
		}
		const isNewOnCpu = cpu.thread === 0;
		if (isNewOnCpu && !dispatchThread(kernel, cpu)) {
			const ending = idle(machine, cpu, until);
			if (ending) return ending;
			continue;
		}
		// It may have gone on in a system call and be blocked again.
		if (cpu.thread === 0) continue;
		if (isNewOnCpu && cpu.thread === focus) return {kind: 'focus'};
		if (!isNewOnCpu && yieldsToUrgent(kernel, cpu)) continue;
		runSlice(
			machine,
			cpu,
			Math.min(until, machine.windowEnd, nextTimerAt(kernel), nextStart(machine)),
		);
	}
};

/** Lets the CPU that acts next be the present one: for those who look at every instruction. Changes nothing else. */
export const settleOnCpu = (machine: Machine): void => {
	while (machine.kernel.cpus[machine.currentCpu]!.clock >= machine.windowEnd) nextCpu(machine);
};

const nextCpu = (machine: Machine): void => {
	machine.currentCpu++;
	if (machine.currentCpu < machine.kernel.cpus.length) return;
	machine.currentCpu = 0;
	machine.windowEnd += windowCycles;
};

const nextStart = (machine: Machine): number => machine.toStart[0]?.at ?? Infinity;

const startDue = (machine: Machine, cpu: Cpu): void => {
	while (nextStart(machine) <= cpu.clock) {
		machine.kernel.now = cpu.clock;
		machine.started.push(startProcess(machine.kernel, machine.toStart.shift()!));
	}
};

const fireTimer = (kernel: Kernel, cpu: Cpu): void => {
	const timer = takeTimer(kernel);
	kernel.now = cpu.clock;
	carryOut(kernel, timer.at, timer.action);
};

/** Puts the next ready thread on the CPU. False if there is none. */
const dispatchThread = (kernel: Kernel, cpu: Cpu): boolean => {
	const thread = takeNext(kernel, cpu.id);
	if (!thread) return false;
	// A thread made ready by a CPU that is ahead within the window can't run before that.
	advanceIdle(cpu, Math.max(cpu.clock, thread.accounting.since));
	kernel.now = cpu.clock;
	changeState(kernel, thread, 'running');
	thread.cpu = cpu.id;
	thread.sliceLeft = sliceOf(kernel, thread);
	thread.accounting.slices++;
	cpu.thread = thread.tid;
	if (cpu.lastThread !== thread.tid) switchTo(kernel, cpu, thread);
	account(cpu, thread, () => {
		if (resume(kernel, thread) === 'off') release(kernel, cpu, thread, 'blocked');
	});
	return true;
};

const switchTo = (kernel: Kernel, cpu: Cpu, thread: Thread): void => {
	cpu.contextSwitches++;
	const from = cpu.lastReason === 'idle' ? 0 : cpu.lastThread;
	recordEvent(kernel, thread.tid, {kind: 'switch', from, reason: cpu.lastReason});
	cpu.lastThread = thread.tid;
	cpu.clock += costs.contextSwitch;
	cpu.useful += costs.contextSwitch;
	thread.context.cpuCycles += costs.contextSwitch;
	kernel.now = cpu.clock;
};

/** Does something on behalf of a thread and divides the cycles it took into useful and busy ones of the CPU. */
const account = (cpu: Cpu, thread: Thread, action: () => void): void => {
	const {context} = thread;
	const cyclesBefore = context.cpuCycles;
	const busyBefore = context.busyCycles;
	action();
	const busy = context.busyCycles - busyBefore;
	cpu.busy += busy;
	cpu.useful += context.cpuCycles - cyclesBefore - busy;
};

/** Runs the CPU's thread up to cycle `limit` at most, and sees to what stops it. */
const runSlice = (machine: Machine, cpu: Cpu, limit: number): void => {
	const {kernel} = machine;
	if (cpu.clock >= limit) return;
	const thread = kernel.threads.get(cpu.thread)!;
	if (hasDeliverableSignal(kernel, thread, [])) {
		// Sent by another CPU, a timer or from outside while the thread was computing.
		kernel.now = cpu.clock;
		account(cpu, thread, () => {
			if (resume(kernel, thread) === 'off') release(kernel, cpu, thread, 'blocked');
		});
		if (cpu.thread !== thread.tid) return;
	}
	const budget = Math.min(limit - cpu.clock, Math.max(1, thread.sliceLeft), maximumBudget);
	const start = cpu.clock;
	account(cpu, thread, () => {
		const before = thread.context.cpuCycles;
		const stop = run(thread.context, budget);
		cpu.clock += thread.context.cpuCycles - before;
		kernel.now = cpu.clock;
		if (stop.kind !== 'budget' && handleStop(kernel, thread, stop) === 'off')
			release(kernel, cpu, thread, 'blocked');
	});
	thread.sliceLeft -= cpu.clock - start;
	if (cpu.thread === thread.tid) checkPreemption(kernel, cpu, thread);
};

/** The interpreter counts its budget in an int32. */
const maximumBudget = 1_000_000_000;

const checkPreemption = (kernel: Kernel, cpu: Cpu, thread: Thread): void => {
	if (thread.hasYielded) {
		thread.hasYielded = false;
		if (!isAnyoneReady(kernel)) return;
		release(kernel, cpu, thread, 'yielded');
		return;
	}
	if (thread.sliceLeft <= 0) {
		if (mayContinue(kernel, thread)) thread.sliceLeft = sliceOf(kernel, thread);
		else release(kernel, cpu, thread, 'preempted');
		return;
	}
};

/**
 * Gives the CPU up to a more urgent thread. Looked at before a thread goes on, not after it has run: whoever became ready
 * meanwhile, by a timer or on another CPU, must not have to wait until the run happens to be cut.
 */
const yieldsToUrgent = (kernel: Kernel, cpu: Cpu): boolean => {
	const thread = kernel.threads.get(cpu.thread)!;
	if (!isPreempted(kernel, thread)) return false;
	kernel.now = cpu.clock;
	release(kernel, cpu, thread, 'preempted');
	return true;
};

/** Takes the thread off its CPU. */
const release = (
	kernel: Kernel,
	cpu: Cpu,
	thread: Thread,
	reason: 'preempted' | 'yielded' | 'blocked',
): void => {
	cpu.thread = 0;
	cpu.lastReason =
		thread.state === 'dead' ? 'ended' : thread.state === 'stopped' ? 'stopped' : reason;
	if (reason === 'blocked') return;
	if (reason === 'preempted') thread.accounting.involuntarySwitches++;
	else thread.accounting.voluntarySwitches++;
	changeState(kernel, thread, 'ready');
	enqueue(kernel, thread, reason);
};

const advanceIdle = (cpu: Cpu, to: number): void => {
	cpu.idle += to - cpu.clock;
	cpu.clock = to;
};

/** Nobody has the CPU for a while: whoever gets it next takes it from nobody. */
const stayIdle = (cpu: Cpu, to: number): void => {
	if (to > cpu.clock) cpu.lastReason = 'idle';
	advanceIdle(cpu, to);
};

/** Nobody is ready: time passes until something happens. Gives the ending if nothing can. */
const idle = (machine: Machine, cpu: Cpu, until: number): Ending | undefined => {
	const {kernel} = machine;
	// Somebody may be ready for another CPU only.
	const isAllIdle = !isAnyoneReady(kernel) && kernel.cpus.every(other => other.thread === 0);
	dropDeadTimers(kernel);
	const next = Math.min(nextTimerAt(kernel), nextStart(machine));
	if (!isAllIdle) {
		stayIdle(cpu, Math.min(machine.windowEnd, Math.max(next, cpu.clock + 1), until));
		return undefined;
	}
	if (next === Infinity || !hasFuture(machine)) return endingOf(machine);
	jumpTo(machine, Math.min(next, until));
	return undefined;
};

/** Nobody must wait for a timer that will do nothing. */
const dropDeadTimers = (kernel: Kernel): void => {
	for (;;) {
		const [first] = kernel.timers;
		if (!first || isTimerLive(kernel, first.at, first.action)) return;
		takeTimer(kernel);
	}
};

/** Whether a process of the scenario is alive or still to start. */
const hasFuture = ({kernel, toStart}: Machine): boolean => {
	if (toStart.length > 0) return true;
	for (const process of kernel.processes.values()) {
		if (process.state === 'alive' && !process.isKernelProcess) return true;
	}
	return false;
};

/** All CPUs are idle: moves all clocks, and the window with them. In one jump or in several, it comes to the same. */
export const jumpTo = (machine: Machine, to: number): void => {
	const {kernel} = machine;
	for (const cpu of kernel.cpus) stayIdle(cpu, Math.max(cpu.clock, to));
	kernel.now = kernel.cpus[machine.currentCpu]!.clock;
	if (kernel.cpus.length > 1 && to >= machine.windowEnd) {
		machine.windowEnd = (Math.floor(to / windowCycles) + 1) * windowCycles;
	}
};

const endingOf = (machine: Machine): Ending => {
	const {kernel} = machine;
	const alive = [...kernel.processes.values()].filter(
		process => process.state === 'alive' && !process.isKernelProcess,
	);
	const first = kernel.processes.get(machine.started[0] ?? -1);
	const exit: ExitStatus = first?.exit ?? {status: 0};
	const isFirstGone = machine.started.length === 1 && first?.state !== 'alive';
	if (alive.length === 0 || isFirstGone) return {kind: 'ended', exit};
	const {readQueue, isInputClosed} = kernel.console;
	if (readQueue.waiters.length > 0 && !isInputClosed) return {kind: 'needs-input'};
	return {kind: kernel.census.threads.stopped > 0 ? 'stopped' : 'deadlock'};
};

/** Everything printed since the last call. */
export const takeOutput = (machine: Machine): ConsoleChunk[] => {
	const {console} = machine.kernel;
	const {output} = console;
	console.output = [];
	return output;
};
