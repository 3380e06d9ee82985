// The system calls on a process' interval timers: timer_create(2) and its family, and setitimer(2) for CPU time.

import {change} from '../../vm/change-log.js';
import {readInt32, readInt64, writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {done, failed} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {armPosixTimer, type PosixTimer, type TimerClock, timerLeft} from '../time/posix-timers.js';
import type {Process} from '../process/process.js';
import {lastSignal, signalNumbers} from '../signals/signal-numbers.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {
	bootTime,
	clockProcess,
	clockRealtime,
	clockThread,
	isSleepClock,
	readTimespec,
	timespecOf,
	writeTimespec,
} from '../time/time.js';

const sigevSignal = 0;
const sigevNone = 1;
const sigevThreadId = 4;

/** Timers per process; Linux counts them against RLIMIT_SIGPENDING. */
const timerLimit = 4096;

const clockOf = (kernel: Kernel, thread: Thread, clock: number): TimerClock | undefined => {
	if (isSleepClock(clock)) return 'wall';
	if (clock === clockProcess) return 'process';
	if (clock === clockThread) return thread.tid;
	if (clock >= 0) return undefined;
	// clock_getcpuclockid(3), pthread_getcpuclockid(3): of the caller's own process only
	const id = ~(clock >> 3);
	if ((clock & 4) === 0) return id === thread.pid || id === 0 ? 'process' : undefined;
	return kernel.threads.get(id)?.pid === thread.pid ? id : undefined;
};

type Notification = Pick<PosixTimer, 'signal' | 'thread' | 'value'>;

/** A struct sigevent; without one it is SIGALRM with the timer's id. The C library makes threads for SIGEV_THREAD. */
const readNotification = (
	kernel: Kernel,
	thread: Thread,
	address: number,
	id: number,
): Notification | Errno => {
	if (address === 0) return {signal: signalNumbers.SIGALRM, thread: 0, value: id};
	const {space} = thread.context;
	const value = readInt64(space, address);
	const signal = readInt32(space, address + 8);
	const kind = readInt32(space, address + 12);
	const tid = readInt32(space, address + 16);
	if (value === undefined || signal === undefined || kind === undefined || tid === undefined)
		return 'EFAULT';
	if (kind === sigevNone) return {signal: 0, thread: 0, value};
	if (signal < 1 || signal > lastSignal) return 'EINVAL';
	if (kind === sigevSignal) return {signal, thread: 0, value};
	if (kind !== sigevThreadId || kernel.threads.get(tid)?.pid !== thread.pid) return 'EINVAL';
	return {signal, thread: tid, value};
};

const create: SystemCall = (kernel, thread, args) => {
	const [, eventAddress = 0, idAddress = 0] = args;
	const number = args[0]! | 0;
	const clock = clockOf(kernel, thread, number);
	if (clock === undefined) return failed('EINVAL');
	const {timers} = processOf(kernel, thread);
	if (timers.size >= timerLimit) return failed('EAGAIN');
	let id = 0;
	while (timers.has(id)) id++;
	const notification = readNotification(kernel, thread, eventAddress, id);
	if (isError(notification)) return failed(notification);
	if (!writeInt32(thread.context, idAddress, id)) return failed('EFAULT');
	timers.set(id, {
		id,
		clock,
		isRealtime: number === clockRealtime,
		...notification,
		nextAt: Infinity,
		interval: 0,
		overrun: 0,
		checkAt: 0,
	});
	markEffect(thread.context.turns);
	return done(0);
};

const timerOf = (process: Process, id: number): PosixTimer | undefined =>
	id < 0 ? undefined : process.timers.get(id);

const store = (kernel: Kernel, thread: Thread, timer: PosixTimer, address: number): boolean => {
	const left = timerLeft(kernel, processOf(kernel, thread), timer);
	return (
		writeTimespec(thread.context, address, timespecOf(timer.interval)) &&
		writeTimespec(thread.context, address + 16, timespecOf(left), change.answer)
	);
};

const timerAbsolute = 1;

const setTime: SystemCall = (kernel, thread, args) => {
	const [, flags = 0, address = 0, oldAddress = 0] = args;
	const process = processOf(kernel, thread);
	const interval = readTimespec(thread.context, address);
	const value = readTimespec(thread.context, address + 16);
	if (interval === 'EFAULT' || value === 'EFAULT')
		return failed(address === 0 ? 'EINVAL' : 'EFAULT');
	if (interval === 'EINVAL' || value === 'EINVAL') return failed('EINVAL');
	const timer = timerOf(process, args[0]! | 0);
	if (!timer) return failed('EINVAL');
	if (oldAddress !== 0 && !store(kernel, thread, timer, oldAddress)) return failed('EFAULT');
	const isAbsolute = (flags & timerAbsolute) !== 0;
	const epoch = isAbsolute && timer.isRealtime ? bootTime : 0;
	const isArmed = value.seconds !== 0 || value.nanoseconds !== 0;
	const first = isArmed ? Math.max(0, (value.seconds - epoch) * 1e9 + value.nanoseconds) : Infinity;
	const repeat = isArmed ? interval.seconds * 1e9 + interval.nanoseconds : 0;
	armPosixTimer(kernel, process, timer, first, isAbsolute, repeat);
	markEffect(thread.context.turns);
	return done(0);
};

const getTime: SystemCall = (kernel, thread, args) => {
	const timer = timerOf(processOf(kernel, thread), args[0]! | 0);
	if (!timer) return failed('EINVAL');
	return store(kernel, thread, timer, args[1]!) ? done(0) : failed('EFAULT');
};

const getOverrun: SystemCall = (kernel, thread, args) => {
	const timer = timerOf(processOf(kernel, thread), args[0]! | 0);
	return timer ? done(timer.overrun) : failed('EINVAL');
};

const remove: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const timer = timerOf(process, args[0]! | 0);
	if (!timer) return failed('EINVAL');
	process.timers.delete(timer.id);
	markEffect(thread.context.turns);
	return done(0);
};

export const posixTimerCalls: Readonly<Record<string, SystemCall>> = {
	timer_create: create,
	timer_settime: setTime,
	timer_gettime: getTime,
	timer_getoverrun: getOverrun,
	timer_delete: remove,
};
