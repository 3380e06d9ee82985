// The system calls on the one timer of each kind that a process has: alarm(2), setitimer(2), getitimer(2). ITIMER_REAL is
// alarm(2)'s; ITIMER_VIRTUAL and ITIMER_PROF count CPU time, all of which is user time here.

import type {Context} from '../../vm/context.js';
import {readInt64, writeInt64} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {alarmLeft, setAlarm} from '../time/alarm.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import {done, failed} from '../outcome.js';
import {
	armPosixTimer,
	type PosixTimer,
	profilingTimer,
	timerLeft,
	virtualTimer,
} from '../time/posix-timers.js';
import type {Process} from '../process/process.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {processOf, type SystemCall} from '../system-call.js';
import {nanosecondsOf} from '../time/time.js';

const alarm: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const left = alarmLeft(kernel, process);
	const seconds = args[0]! >>> 0;
	setAlarm(kernel, process, seconds * kernel.config.clock, 0);
	if (seconds > 0 || left > 0) markEffect(thread.context.turns);
	// Rounded to the nearest second, but an alarm that is set never reads as none
	return done(left === 0 ? 0 : Math.max(1, Math.round(left / kernel.config.clock)));
};

const itimerReal = 0;

/** ITIMER_VIRTUAL 1 and ITIMER_PROF 2. */
const cpuTimers: Readonly<Record<number, {readonly id: number; readonly signal: number}>> = {
	1: {id: virtualTimer, signal: signalNumbers.SIGVTALRM},
	2: {id: profilingTimer, signal: signalNumbers.SIGPROF},
};

/** A struct timeval in nanoseconds. */
const readTimeval = (context: Context, address: number): number | 'EFAULT' | 'EINVAL' => {
	const seconds = readInt64(context.space, address);
	const micros = readInt64(context.space, address + 8);
	if (seconds === undefined || micros === undefined) return 'EFAULT';
	if (seconds < 0 || micros < 0 || micros >= 1_000_000) return 'EINVAL';
	return (seconds * 1_000_000 + micros) * 1000;
};

type Setting = {readonly interval: number; readonly left: number};

/** Nanoseconds. Undefined: there is no such timer. */
const settingOf = (kernel: Kernel, process: Process, which: number): Setting | undefined => {
	if (which === itimerReal) {
		return {
			interval: nanosecondsOf(kernel, process.alarmInterval),
			left: nanosecondsOf(kernel, alarmLeft(kernel, process)),
		};
	}
	const kind = cpuTimers[which];
	if (!kind) return undefined;
	const timer = process.timers.get(kind.id);
	return {
		interval: timer?.interval ?? 0,
		left: timer ? timerLeft(kernel, process, timer) : 0,
	};
};

/** Stores a struct itimerval, rounded up to microseconds. */
const storeSetting = (context: Context, address: number, {interval, left}: Setting): boolean => {
	const store = (nanoseconds: number, at: number): boolean => {
		const micros = Math.ceil(nanoseconds / 1000);
		return (
			writeInt64(context, at, Math.floor(micros / 1_000_000)) &&
			writeInt64(context, at + 8, micros % 1_000_000)
		);
	};
	return store(interval, address) && store(left, address + 16);
};

const createCpuTimer = (id: number, signal: number): PosixTimer => ({
	id,
	clock: 'process',
	isRealtime: false,
	signal,
	thread: 0,
	value: 0,
	nextAt: Infinity,
	interval: 0,
	overrun: 0,
	checkAt: 0,
});

const set = (kernel: Kernel, process: Process, which: number, {interval, left}: Setting): void => {
	if (which === itimerReal) {
		setAlarm(
			kernel,
			process,
			cyclesFor(kernel, left),
			left === 0 ? 0 : cyclesFor(kernel, interval),
		);
		return;
	}
	const {id, signal} = cpuTimers[which]!;
	const timer = process.timers.get(id) ?? createCpuTimer(id, signal);
	process.timers.set(id, timer);
	armPosixTimer(kernel, process, timer, left === 0 ? Infinity : left, false, interval);
};

const setTimer: SystemCall = (kernel, thread, args) => {
	const which = args[0]! | 0;
	const [, address = 0, oldAddress = 0] = args;
	const process = processOf(kernel, thread);
	const old = settingOf(kernel, process, which);
	if (!old) return failed('EINVAL');
	const interval = address === 0 ? 0 : readTimeval(thread.context, address);
	const left = address === 0 ? 0 : readTimeval(thread.context, address + 16);
	if (typeof interval === 'string') return failed(interval);
	if (typeof left === 'string') return failed(left);
	if (oldAddress !== 0 && !storeSetting(thread.context, oldAddress, old)) return failed('EFAULT');
	set(kernel, process, which, {interval, left});
	markEffect(thread.context.turns);
	return done(0);
};

const getTimer: SystemCall = (kernel, thread, args) => {
	const setting = settingOf(kernel, processOf(kernel, thread), args[0]! | 0);
	if (!setting) return failed('EINVAL');
	return storeSetting(thread.context, args[1]!, setting) ? done(0) : failed('EFAULT');
};

export const intervalTimerCalls: Readonly<Record<string, SystemCall>> = {
	alarm,
	setitimer: setTimer,
	getitimer: getTimer,
};
