import {beforeEach, expect, test} from 'vitest';
import {alarmLeft, expireAlarm} from '../../source/kernel/time/alarm.js';
import {type Kernel, nextRandom, scatterSeed} from '../../source/kernel/kernel.js';
import {identityCalls} from '../../source/kernel/syscalls/identity.js';
import {intervalTimerCalls} from '../../source/kernel/syscalls/interval-timers.js';
import {threadCalls} from '../../source/kernel/syscalls/threads.js';
import {timeCalls} from '../../source/kernel/syscalls/time.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {readInt32, readInt64} from '../../source/vm/memory.js';
import {createIpcKernel, put, textAt} from './ipc-fixture.js';
import {addTestProcess, callNow, makeCall, putString, scratch} from './kernel-fixture.js';

/** Cycles of a second. */
const second = 10_000_000;

let kernel: Kernel;
let thread: Thread;

beforeEach(() => {
	kernel = createIpcKernel();
	thread = addTestProcess(kernel);
});

const clock = (number: number): readonly (number | undefined)[] => {
	expect(callNow(kernel, thread, timeCalls['clock_gettime'], number, scratch)).toBe(0);
	return [0, 8].map(offset => readInt64(thread.context.space, scratch + offset));
};

test('the wall clock starts in 2025, the monotonic one at boot, CPU clocks with the thread', () => {
	kernel.now = 1.5 * second;
	thread.context.cpuCycles = 7;
	expect(clock(0)).toEqual([1_735_689_601, 500_000_000]);
	expect(clock(1)).toEqual([1, 500_000_000]);
	expect([clock(2), clock(3)]).toEqual([
		[0, 700],
		[0, 700],
	]);
	expect(callNow(kernel, thread, timeCalls['clock_gettime'], 99, scratch)).toBe('EINVAL');
	expect(callNow(kernel, thread, timeCalls['clock_settime'], 0, scratch)).toBe('EPERM');
});

test('a sleep ends at its cycle; a signal leaves the rest of the time', () => {
	const time = put(thread, 8, [2, 0]);
	const sleep = makeCall(kernel, thread, timeCalls['nanosleep']!, [time, scratch + 64]);
	expect([thread.wakeAt, thread.waitName]).toEqual([2 * second, 'sleep']);
	kernel.now = second / 2;
	thread.call!.isInterrupted = true;
	expect(sleep.retry()).toEqual({kind: 'failed', errno: 'EINTR'});
	expect(readInt64(thread.context.space, scratch + 64)).toBe(1);
	expect(readInt64(thread.context.space, scratch + 72)).toBe(500_000_000);
	expect(callNow(kernel, thread, timeCalls['nanosleep'], put(thread, 8, [0, 1e9]), 0)).toBe(
		'EINVAL',
	);
});

test('an absolute sleep until a time that is over does not block', () => {
	kernel.now = 5 * second;
	expect(
		callNow(kernel, thread, timeCalls['clock_nanosleep'], 1, 1, put(thread, 8, [4, 0]), 0),
	).toBe(0);
	const sleep = makeCall(kernel, thread, timeCalls['clock_nanosleep']!, [
		0,
		1,
		put(thread, 8, [1_735_689_606, 0]),
		0,
	]);
	expect([sleep.outcome.kind, thread.wakeAt]).toEqual(['blocked', 6 * second]);
});

test('alarm says what was left, and only the last one rings', () => {
	const process = kernel.processes.get(thread.pid)!;
	expect(callNow(kernel, thread, intervalTimerCalls['alarm'], 100)).toBe(0);
	kernel.now = 30 * second;
	expect(callNow(kernel, thread, intervalTimerCalls['alarm'], 50)).toBe(70);
	expect(expireAlarm(kernel, process, 100 * second)).toBe(false);
	expect(expireAlarm(kernel, process, 80 * second)).toBe(true);
	expect(alarmLeft(kernel, process)).toBe(0);
});

test('an interval timer repeats', () => {
	const process = kernel.processes.get(thread.pid)!;
	expect(
		callNow(
			kernel,
			thread,
			intervalTimerCalls['setitimer'],
			0,
			put(thread, 8, [0, 1000, 0, 2000]),
			0,
		),
	).toBe(0);
	expect([process.alarmAt, expireAlarm(kernel, process, 20_000), process.alarmAt]).toEqual([
		20_000,
		true,
		30_000,
	]);
	callNow(kernel, thread, intervalTimerCalls['getitimer'], 0, scratch);
	expect(readInt64(thread.context.space, scratch + 8)).toBe(1000);
});

test('times and getrusage count the CPU time of threads and waited-for children', () => {
	thread.context.cpuCycles = 2 * second;
	kernel.processes.get(thread.pid)!.childCycles = second;
	kernel.now = 3 * second;
	expect(callNow(kernel, thread, timeCalls['times'], scratch)).toBe(300);
	expect([0, 16].map(offset => readInt64(thread.context.space, scratch + offset))).toEqual([
		200, 100,
	]);
	callNow(kernel, thread, timeCalls['getrusage'], 0, scratch);
	expect(readInt64(thread.context.space, scratch)).toBe(2);
});

test('who a process is', () => {
	const call = (name: string, ...args: readonly number[]) =>
		callNow(kernel, thread, identityCalls[name], ...args);
	expect([call('getuid'), call('setuid', 0), call('setuid', 1000)]).toEqual([1000, 'EPERM', 0]);
	expect(call('setsid')).toBe('EPERM');
	const child = addTestProcess(kernel);
	Object.assign(kernel.processes.get(child.pid)!, {
		parent: thread.pid,
		session: thread.pid,
		group: thread.pid,
	});
	expect(call('setpgid', child.pid, 0)).toBe(0);
	expect(call('getpgid', child.pid)).toBe(child.pid);
	expect(call('setpgid', child.pid, 4711)).toBe('EPERM');
	expect(call('uname', scratch)).toBe(0);
	expect([textAt(thread, scratch, 5), textAt(thread, scratch + 65, 5)]).toEqual(['Linux', 'alpha']);
	expect(call('prctl', 15, putString(thread, 'a-name-longer-than-15'))).toBe(0);
	expect(thread.name).toBe('a-name-longer-t');
});

test('descriptors are limited as RLIMIT_NOFILE says', () => {
	const process = kernel.processes.get(thread.pid)!;
	const limit = (soft: number, hard: number) =>
		callNow(kernel, thread, identityCalls['prlimit64'], 0, 7, put(thread, 8, [soft, hard]), 0);
	expect([limit(10, 1024), process.descriptorLimit]).toEqual([0, 10]);
	expect(limit(20, 10)).toBe('EINVAL');
	expect(limit(20, 5000)).toBe('EPERM');
});

test('an ordinary user may become nicer, not less so', () => {
	const setPriority = (nice: number) =>
		callNow(kernel, thread, threadCalls['setpriority'], 0, 0, nice);
	expect([setPriority(5), thread.nice, setPriority(3)]).toEqual([0, 5, 'EACCES']);
	expect(callNow(kernel, thread, threadCalls['getpriority'], 0, 0)).toBe(15);
	expect(callNow(kernel, thread, threadCalls['getpriority'], 0, 4711)).toBe('ESRCH');
});

test('neighbouring seeds begin with random numbers of all sizes', () => {
	const firsts = Array.from({length: 32}, (_, seed) =>
		nextRandom({...kernel, random: scatterSeed(seed)}),
	);
	expect(firsts.filter(value => value < 2 ** 31).length).toBeGreaterThan(8);
	expect(firsts.filter(value => value >= 2 ** 31).length).toBeGreaterThan(8);
});

test('random bytes come from the seed', () => {
	callNow(kernel, thread, identityCalls['getrandom'], scratch, 4, 0);
	const again = createIpcKernel();
	const other = addTestProcess(again);
	callNow(again, other, identityCalls['getrandom'], scratch, 4, 0);
	expect(readInt32(other.context.space, scratch)).toBe(readInt32(thread.context.space, scratch));
	expect(readInt32(other.context.space, scratch)).not.toBe(0);
});
