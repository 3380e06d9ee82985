// timerfd_create(2): a timer that is read like a file. Its expirations are computed in nanoseconds, so intervals that
// are no whole number of cycles don't drift.

import {markEffect} from '../../vm/turns.js';
import {
	anonymousStatus,
	type FileOperations,
	type Io,
	noOperations,
	readable,
} from '../files/file-operations.js';
import {cyclesFor, type Kernel, nanoseconds, nextObjectId} from '../kernel.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import {addTimer} from './timers.js';
import type {Sink} from '../memory/user-buffer.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

export type FileTimer = {
	readonly id: number;
	/** CLOCK_REALTIME 0, CLOCK_MONOTONIC 1 … */
	readonly clock: number;
	/** Nanoseconds since boot of the next expiration, Infinity when disarmed. */
	nextAt: number;
	/** Nanoseconds, 0 for a single expiration. */
	interval: number;
	/** Not read yet. */
	expirations: number;
	readonly readQueue: WaitQueue;
	readonly point: PollPoint;
};

/** An open timerfd. */
export type TimerFile = {readonly kind: 'timerfd'; readonly timer: FileTimer};

export const createTimerFile = (kernel: Kernel, clock: number): TimerFile => {
	const id = nextObjectId(kernel);
	const name = `timerfd:${id}`;
	return {
		kind: 'timerfd',
		timer: {
			id,
			clock,
			nextAt: Infinity,
			interval: 0,
			expirations: 0,
			readQueue: createWaitQueue('timerfd', name),
			point: createPollPoint(name, readable),
		},
	};
};

/** timerfd_settime(2): times in nanoseconds, `firstAt` since boot or Infinity to disarm. `file` is the open file's id. */
export const armTimer = (
	kernel: Kernel,
	timer: FileTimer,
	file: number,
	firstAt: number,
	interval: number,
): void => {
	timer.nextAt = firstAt;
	timer.interval = interval;
	timer.expirations = 0;
	schedule(kernel, timer, file);
};

const schedule = (kernel: Kernel, timer: FileTimer, file: number): void => {
	if (timer.nextAt === Infinity) return;
	addTimer(kernel, Math.max(kernel.now, cyclesFor(kernel, timer.nextAt)), {kind: 'timerfd', file});
};

/** The timer action: counts the expirations that are due and wakes who waits for them. */
export const expireTimerfd = (kernel: Kernel, file: number): void => {
	const thing = kernel.openFiles.get(file)?.thing;
	if (thing?.kind !== 'timerfd') return;
	const {timer} = thing;
	const now = nanoseconds(kernel);
	if (timer.nextAt > now) return;
	const due = timer.interval > 0 ? Math.floor((now - timer.nextAt) / timer.interval) + 1 : 1;
	timer.expirations += due;
	timer.nextAt = timer.interval > 0 ? timer.nextAt + due * timer.interval : Infinity;
	schedule(kernel, timer, file);
	wakeAll(kernel, timer.readQueue);
	pulse(kernel, timer.point);
};

/** Time to the next expiration in nanoseconds, 0 when disarmed; timerfd_gettime(2). */
export const timeToExpiration = (kernel: Kernel, timer: FileTimer): number =>
	timer.nextAt === Infinity ? 0 : Math.max(1, timer.nextAt - nanoseconds(kernel));

const read = (_kernel: Kernel, {timer}: TimerFile, io: Io, sink: Sink): Outcome => {
	if (sink.length < 8) return failed('EINVAL');
	if (timer.expirations === 0) {
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(timer.readQueue);
	}
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, BigInt(timer.expirations), true);
	if (!sink.put(bytes)) return failed('EFAULT');
	timer.expirations = 0;
	if (io.thread) markEffect(io.thread.context.turns);
	return done(8);
};

export const timerfdOperations: FileOperations<TimerFile> = {
	...noOperations,
	seekSize: () => 'still',
	read,
	readiness: (_kernel, {timer}) => (timer.expirations > 0 ? readable : 0),
	pollPoints: (_kernel, {timer}) => [timer.point],
	status: (_kernel, {timer}) => anonymousStatus(timer.id, 0o600),
	channel: ({timer}) => `timerfd:${timer.id}`,
};
