// The system calls on time: clock_gettime(2), gettimeofday(2), nanosleep(2), times(2), getrusage(2).

import {change} from '../../vm/change-log.js';
import {writeBytes, writeInt64} from '../../vm/memory.js';
import type {Kernel} from '../kernel.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {
	clockThread,
	deadlineAt,
	deadlineOf,
	isSleepClock,
	nanosecondsOf,
	processCycles,
	readClock,
	readTimespec,
	timeLeft,
	timespecOf,
	wallClock,
	writeTimespec,
	writeTimeval,
} from '../time/time.js';
import {createWaitQueue} from '../process/wait-queue.js';

const clockGetTime: SystemCall = (kernel, thread, args) => {
	const time = readClock(kernel, thread, args[0]! | 0);
	if (!time) return failed('EINVAL');
	return writeTimespec(thread.context, args[1]!, time, change.answer) ? done(0) : failed('EFAULT');
};

/** CLOCK_REALTIME_COARSE and CLOCK_MONOTONIC_COARSE; nanoseconds. */
const coarseClocks: readonly number[] = [5, 6];
const coarseResolution = 4_000_000;

/** What Linux says of its clocks. The machine's own count in cycles, and nothing can tell: reading one takes several. */
const clockGetResolution: SystemCall = (kernel, thread, args) => {
	if (!readClock(kernel, thread, args[0]! | 0)) return failed('EINVAL');
	const resolution = coarseClocks.includes(args[0]! | 0) ? coarseResolution : 1;
	if (args[1] === 0) return done(0);
	return writeTimespec(thread.context, args[1]!, timespecOf(resolution))
		? done(0)
		: failed('EFAULT');
};

/** CLOCK_REALTIME is the machine's own: setting it takes a privilege that nobody has. The others can't be set at all. */
const clockSetTime: SystemCall = (_kernel, _thread, args) =>
	failed((args[0]! | 0) === 0 ? 'EPERM' : 'EINVAL');

const getTimeOfDay: SystemCall = (kernel, thread, args) => {
	const [time = 0, zone = 0] = args;
	const {context} = thread;
	if (time !== 0 && !writeTimeval(context, time, wallClock(kernel), change.answer))
		return failed('EFAULT');
	// struct timezone: UTC, no daylight saving time
	if (zone !== 0 && !writeInt64(context, zone, 0)) return failed('EFAULT');
	return done(0);
};

const time: SystemCall = (kernel, thread, args) => {
	const {seconds} = wallClock(kernel);
	if (args[0] !== 0 && !writeInt64(thread.context, args[0]!, seconds, change.answer))
		return failed('EFAULT');
	return done(seconds);
};

/** Sleeps until the call's deadline; an interrupted sleep says how much is left unless it is absolute. */
const sleepUntil = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	remaining: number,
): Outcome => {
	const deadline = call.deadline!;
	if (kernel.now >= deadline) return done(0);
	if (!call.isInterrupted) return blockedOn(createWaitQueue('sleep'), deadline);
	if (remaining !== 0 && !writeTimespec(thread.context, remaining, timeLeft(kernel, deadline))) {
		return failed('EFAULT');
	}
	return failed('EINTR');
};

const nanosleep: SystemCall = (kernel, thread, args, call) => {
	if (call.tries === 0) {
		const request = readTimespec(thread.context, args[0]!);
		if (typeof request === 'string') return failed(request);
		call.deadline = deadlineOf(kernel, request);
	}
	return sleepUntil(kernel, thread, call, args[1]!);
};

const timerAbsolute = 1;

const clockNanosleep: SystemCall = (kernel, thread, args, call) => {
	const clock = args[0]! | 0;
	const isAbsolute = (args[1]! & timerAbsolute) !== 0;
	if (call.tries === 0) {
		if (clock === clockThread || !readClock(kernel, thread, clock)) return failed('EINVAL');
		if (!isSleepClock(clock)) return failed('EOPNOTSUPP');
		const request = readTimespec(thread.context, args[2]!);
		if (typeof request === 'string') return failed(request);
		call.deadline = isAbsolute ? deadlineAt(kernel, clock, request) : deadlineOf(kernel, request);
	}
	return sleepUntil(kernel, thread, call, isAbsolute ? 0 : args[3]!);
};

/** Clock ticks of times(2), _SC_CLK_TCK. */
const ticksPerSecond = 100;

const ticksOf = (kernel: Kernel, cycles: number): number =>
	Math.floor((cycles * ticksPerSecond) / kernel.config.clock);

/** All CPU time counts as user time: the machine doesn't tell the two apart. */
const times: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	if (args[0] !== 0) {
		const ticks = ticksOf(kernel, processCycles(kernel, process.pid));
		const isStored =
			writeInt64(thread.context, args[0]!, ticks, change.answer) &&
			writeInt64(thread.context, args[0]! + 8, 0) &&
			writeInt64(thread.context, args[0]! + 16, ticksOf(kernel, process.childCycles)) &&
			writeInt64(thread.context, args[0]! + 24, 0);
		if (!isStored) return failed('EFAULT');
	}
	return done(ticksOf(kernel, kernel.now));
};

/** Byte offsets in struct rusage. */
const rusageSize = 144;
const rusageVoluntary = 128;

const getResourceUsage: SystemCall = (kernel, thread, args) => {
	const who = args[0]! | 0;
	const address = args[1]!;
	const process = processOf(kernel, thread);
	if (who !== 0 && who !== 1 && who !== -1) return failed('EINVAL');
	const threads =
		who === 0
			? [...kernel.threads.values()].filter(({pid}) => pid === process.pid)
			: who === 1
				? [thread]
				: [];
	const cycles =
		who === -1
			? process.childCycles
			: threads.reduce((sum, {context}) => sum + context.cpuCycles, 0);
	const {context} = thread;
	const voluntary = sumOf(threads, 'voluntarySwitches');
	const involuntary = sumOf(threads, 'involuntarySwitches');
	const isStored =
		writeBytes(context, address, new Uint8Array(rusageSize), change.answer) &&
		writeTimeval(context, address, timespecOf(nanosecondsOf(kernel, cycles)), change.answer) &&
		writeInt64(context, address + 32, process.space.privatePages * 4) &&
		writeInt64(context, address + rusageVoluntary, voluntary, change.answer) &&
		writeInt64(context, address + rusageVoluntary + 8, involuntary, change.answer);
	return isStored ? done(0) : failed('EFAULT');
};

const sumOf = (
	threads: readonly Thread[],
	key: 'voluntarySwitches' | 'involuntarySwitches',
): number => threads.reduce((sum, {accounting}) => sum + accounting[key], 0);

export const timeCalls: Record<string, SystemCall> = {
	clock_gettime: clockGetTime,
	clock_getres: clockGetResolution,
	clock_settime: clockSetTime,
	settimeofday: () => failed('EPERM'),
	gettimeofday: getTimeOfDay,
	time,
	nanosleep,
	clock_nanosleep: clockNanosleep,
	times,
	getrusage: getResourceUsage,
};
