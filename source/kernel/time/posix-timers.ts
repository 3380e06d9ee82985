// The interval timers of a process, timer_create(2), and setitimer(2)'s ITIMER_VIRTUAL and ITIMER_PROF. A timer follows a
// clock: one of the wall's or one of CPU time. An expiration while the last one's signal is still pending is counted as
// an overrun. ITIMER_REAL is in alarm.ts.

import {cyclesFor, type Kernel, nanoseconds} from '../kernel.js';
import type {Process} from '../process/process.js';
import {limitOf, resource, softLimit, unlimited} from '../process/resource-limits.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {kernelSignal, sendSignal, sendThreadSignal} from '../signals/signals.js';
import type {PendingSignal} from '../signals/signal-state.js';
import {nanosecondsOf, processCycles} from './time.js';
import {addTimer} from './timers.js';

/** What a timer counts: simulated time since boot, or the CPU time of its process or of one thread (its tid). */
export type TimerClock = 'wall' | 'process' | number;

export type PosixTimer = {
	/** What timer_create(2) returns; the timers of setitimer(2) have negative ones. */
	readonly id: number;
	readonly clock: TimerClock;
	/** CLOCK_REALTIME: absolute times count from the Epoch. */
	readonly isRealtime: boolean;
	/** 0: nobody is told (SIGEV_NONE). */
	readonly signal: number;
	/** The thread that gets the signal, 0 for the process. */
	readonly thread: number;
	/** si_value. */
	readonly value: number;
	/** Nanoseconds on its clock of the next expiration, Infinity when disarmed. */
	nextAt: number;
	/** Nanoseconds, 0 for a single expiration. */
	interval: number;
	/** Expirations that the last signal taken stood for, beside its own: timer_getoverrun(2). */
	overrun: number;
	/** The cycle at which it will be looked at, 0 for none. */
	checkAt: number;
};

/** ids of ITIMER_VIRTUAL and ITIMER_PROF in the table of a process. */
export const virtualTimer = -1;
export const profilingTimer = -2;
/** RLIMIT_CPU is a timer too: SIGXCPU at the soft limit and every second after it, SIGKILL at the hard one. */
const cpuLimitTimer = -3;

/** Nanoseconds: a timer that repeats faster would leave its process no time for anything else. */
const shortestInterval = 10_000;

/** CPU-time timers are looked at no more often than a clock tick of Linux, 1 ms. */
const ticksPerSecond = 1000;

const siTimer = -2;

const clockNow = (kernel: Kernel, process: Process, {clock}: PosixTimer): number => {
	if (clock === 'wall') return nanoseconds(kernel);
	const cycles =
		clock === 'process'
			? processCycles(kernel, process.pid)
			: (kernel.threads.get(clock)?.context.cpuCycles ?? 0);
	return nanosecondsOf(kernel, cycles);
};

/** Arms a timer: nanoseconds, `first` from now or on the timer's clock (`isAbsolute`), Infinity to disarm it. */
export const armPosixTimer = (
	kernel: Kernel,
	process: Process,
	timer: PosixTimer,
	first: number,
	isAbsolute: boolean,
	interval: number,
): void => {
	timer.nextAt = first + (isAbsolute ? 0 : clockNow(kernel, process, timer));
	timer.interval = interval === 0 ? 0 : Math.max(interval, shortestInterval);
	timer.overrun = 0;
	schedule(kernel, process, timer);
};

/** Sets the timer of RLIMIT_CPU anew: the limit was changed, or a child has inherited it. */
export const watchCpuLimit = (kernel: Kernel, process: Process): void => {
	const seconds = softLimit(kernel, process, resource.cpu);
	const timer: PosixTimer = {
		id: cpuLimitTimer,
		clock: 'process',
		isRealtime: false,
		signal: signalNumbers.SIGXCPU,
		thread: 0,
		value: 0,
		nextAt: Infinity,
		interval: 0,
		overrun: 0,
		checkAt: 0,
	};
	process.timers.set(cpuLimitTimer, timer);
	armPosixTimer(kernel, process, timer, Math.max(1, seconds) * 1e9, true, 1e9);
};

/** Nanoseconds until it expires, 0 when disarmed. */
export const timerLeft = (kernel: Kernel, process: Process, timer: PosixTimer): number =>
	timer.nextAt === Infinity ? 0 : Math.max(1, timer.nextAt - clockNow(kernel, process, timer));

/** CPU time passes at most as fast as all CPUs together make it pass. */
const schedule = (kernel: Kernel, process: Process, timer: PosixTimer): void => {
	timer.checkAt = 0;
	if (timer.nextAt === Infinity) return;
	const left = cyclesFor(kernel, Math.max(0, timer.nextAt - clockNow(kernel, process, timer)));
	const tick = Math.ceil(kernel.config.clock / ticksPerSecond);
	const delay =
		timer.clock === 'wall' ? left : Math.max(tick, Math.ceil(left / kernel.cpus.length));
	timer.checkAt = Math.max(kernel.now + delay, 1);
	addTimer(kernel, timer.checkAt, {kind: 'posix', pid: process.pid, timer: timer.id});
};

/** Whether the timer action of this cycle still applies. */
export const isPosixTimerDue = (process: Process | undefined, id: number, at: number): boolean =>
	process?.state === 'alive' && process.timers.get(id)?.checkAt === at;

/** The timer action: tells of an expiration that is due and sets the timer again. */
export const expirePosixTimer = (kernel: Kernel, process: Process, id: number): void => {
	const timer = process.timers.get(id)!;
	const late = clockNow(kernel, process, timer) - timer.nextAt;
	if (late < 0) {
		if (isComputing(kernel, process)) schedule(kernel, process, timer);
		else timer.checkAt = 0;
		return;
	}
	const due = timer.interval > 0 ? Math.floor(late / timer.interval) + 1 : 1;
	timer.nextAt = timer.interval > 0 ? timer.nextAt + due * timer.interval : Infinity;
	schedule(kernel, process, timer);
	if (timer.signal !== 0) tell(kernel, process, timer, due);
};

const isComputing = (kernel: Kernel, process: Process): boolean =>
	process.threads.some(tid => {
		const state = kernel.threads.get(tid)?.state;
		return state === 'running' || state === 'ready';
	});

/** For a thread that has got a CPU: the CPU-time timers of a process whose threads all slept were not looked at. */
export const wakeCpuTimers = (kernel: Kernel, process: Process): void => {
	for (const timer of process.timers.values())
		if (timer.checkAt === 0 && timer.nextAt !== Infinity) schedule(kernel, process, timer);
};

const isBeyondHardLimit = (kernel: Kernel, process: Process): boolean => {
	const {hard} = limitOf(kernel, process, resource.cpu);
	return hard !== unlimited && processCycles(kernel, process.pid) >= hard * kernel.config.clock;
};

const tell = (kernel: Kernel, process: Process, timer: PosixTimer, due: number): void => {
	if (timer.id === cpuLimitTimer && isBeyondHardLimit(kernel, process)) {
		sendSignal(kernel, process, kernelSignal(signalNumbers.SIGKILL));
		return;
	}
	const thread = kernel.threads.get(timer.thread);
	const queued = (timer.thread === 0 ? process.signals : thread?.signals)?.pending.find(
		({expiration}) => expiration?.timer === timer.id,
	);
	if (queued?.expiration) {
		queued.expiration.overrun += due;
		return;
	}
	const signal: PendingSignal =
		timer.id < 0
			? kernelSignal(timer.signal)
			: {
					...kernelSignal(timer.signal, {code: siTimer}),
					value: timer.value,
					expiration: {timer: timer.id, overrun: due - 1},
				};
	if (timer.thread === 0) sendSignal(kernel, process, signal);
	else if (thread) sendThreadSignal(kernel, thread, signal);
};
