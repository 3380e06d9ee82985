// The clocks, time(7): the wall clock starts with the machine at 2025-01-01 00:00:00 UTC, the monotonic clock at 0, and
// CPU-time clocks count the cycles that a thread or a process has run.

import {change, type ChangeKind} from '../../vm/change-log.js';
import type {Context} from '../../vm/context.js';
import {readInt64, writeInt64} from '../../vm/memory.js';
import {cyclesFor, type Kernel, nanoseconds} from '../kernel.js';
import type {Thread} from '../process/thread.js';

/** Seconds from the Epoch to the machine's boot. */
export const bootTime = 1_735_689_600;

/** Seconds and nanoseconds, kept apart: nanoseconds since the Epoch are beyond 2^53. */
export type Timespec = {readonly seconds: number; readonly nanoseconds: number};

const billion = 1_000_000_000;

export const clockRealtime = 0;
export const clockMonotonic = 1;
export const clockProcess = 2;
export const clockThread = 3;
/** MONOTONIC_RAW, REALTIME_COARSE, MONOTONIC_COARSE, BOOTTIME. */
const wallClocks: readonly number[] = [0, 5];
const monotonicClocks: readonly number[] = [1, 4, 6, 7];

export const timespecOf = (nanoseconds: number): Timespec => ({
	seconds: Math.floor(nanoseconds / billion),
	nanoseconds: nanoseconds % billion,
});

/** What a clock shows. Undefined: there is no such clock. */
export const readClock = (kernel: Kernel, thread: Thread, clock: number): Timespec | undefined => {
	if (monotonicClocks.includes(clock)) return timespecOf(nanoseconds(kernel));
	if (wallClocks.includes(clock)) return wallClock(kernel);
	if (clock === clockThread) return timespecOf(nanosecondsOf(kernel, thread.context.cpuCycles));
	if (clock === clockProcess)
		return timespecOf(nanosecondsOf(kernel, processCycles(kernel, thread.pid)));
	return readCpuClock(kernel, clock);
};

/** clock_getcpuclockid(3): ~pid << 3 | 2 for a process, with bit 2 set for a thread. */
const readCpuClock = (kernel: Kernel, clock: number): Timespec | undefined => {
	if (clock >= 0) return undefined;
	const id = ~(clock >> 3);
	if ((clock & 4) !== 0) {
		const thread = kernel.threads.get(id);
		return thread && timespecOf(nanosecondsOf(kernel, thread.context.cpuCycles));
	}
	return kernel.processes.has(id)
		? timespecOf(nanosecondsOf(kernel, processCycles(kernel, id)))
		: undefined;
};

export const wallClock = (kernel: Kernel): Timespec => {
	const sinceBoot = timespecOf(nanoseconds(kernel));
	return {seconds: bootTime + sinceBoot.seconds, nanoseconds: sinceBoot.nanoseconds};
};

export const nanosecondsOf = (kernel: Kernel, cycles: number): number =>
	Math.floor((cycles * billion) / kernel.config.clock);

/** CPU cycles of all threads that a process has had. */
export const processCycles = (kernel: Kernel, pid: number): number => {
	let sum = 0;
	for (const thread of kernel.threads.values())
		if (thread.pid === pid) sum += thread.context.cpuCycles;
	return sum;
};

/** Fetches a struct timespec. */
export const readTimespec = (context: Context, address: number): Timespec | 'EFAULT' | 'EINVAL' => {
	const seconds = readInt64(context.space, address);
	const rest = readInt64(context.space, address + 8);
	if (seconds === undefined || rest === undefined) return 'EFAULT';
	if (seconds < 0 || rest < 0 || rest >= billion) return 'EINVAL';
	return {seconds, nanoseconds: rest};
};

export const writeTimespec = (
	context: Context,
	address: number,
	time: Timespec,
	kind: ChangeKind = change.plain,
): boolean =>
	writeInt64(context, address, time.seconds, kind) &&
	writeInt64(context, address + 8, time.nanoseconds, kind);

/** Stores a struct timeval: seconds and microseconds. */
export const writeTimeval = (
	context: Context,
	address: number,
	time: Timespec,
	kind: ChangeKind = change.plain,
): boolean =>
	writeInt64(context, address, time.seconds, kind) &&
	writeInt64(context, address + 8, Math.floor(time.nanoseconds / 1000), kind);

/** The cycle at which so much time from now has passed at least. */
export const deadlineOf = (kernel: Kernel, time: Timespec): number =>
	kernel.now + time.seconds * kernel.config.clock + cyclesFor(kernel, time.nanoseconds);

/** The cycle at which a clock shows the time, or now if it is past. CPU-time clocks have none. */
export const deadlineAt = (kernel: Kernel, clock: number, time: Timespec): number => {
	const seconds = wallClocks.includes(clock) ? time.seconds - bootTime : time.seconds;
	return Math.max(kernel.now, seconds * kernel.config.clock + cyclesFor(kernel, time.nanoseconds));
};

/** What is left until a deadline. */
export const timeLeft = (kernel: Kernel, deadline: number): Timespec =>
	timespecOf(nanosecondsOf(kernel, Math.max(0, deadline - kernel.now)));

export const isSleepClock = (clock: number): boolean =>
	wallClocks.includes(clock) || monotonicClocks.includes(clock);
