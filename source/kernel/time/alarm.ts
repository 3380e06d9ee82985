// The real-time interval timer of a process, alarm(2) and setitimer(2): there is one, and both calls set it.

import type {Kernel} from '../kernel.js';
import type {Process} from '../process/process.js';
import {addTimer} from './timers.js';

/** A timer that repeats faster than a handler can start would leave the machine no time for anything else. */
const shortestInterval = 100;

/** Cycles until the next SIGALRM, 0 if none is set. */
export const alarmLeft = (kernel: Kernel, process: Process): number =>
	process.alarmAt === 0 ? 0 : Math.max(1, process.alarmAt - kernel.now);

/** Sets the timer to expire after `delay` cycles (0: never), and then every `interval` cycles. */
export const setAlarm = (
	kernel: Kernel,
	process: Process,
	delay: number,
	interval: number,
): void => {
	process.alarmAt = delay === 0 ? 0 : kernel.now + delay;
	process.alarmInterval = interval;
	if (delay > 0) addTimer(kernel, process.alarmAt, {kind: 'alarm', pid: process.pid});
};

/**
 * The timer action `alarm` at this cycle: says whether SIGALRM is due, and sets the timer again if it repeats. A timer
 * that has been set anew or cancelled since is not due.
 */
export const expireAlarm = (kernel: Kernel, process: Process, at: number): boolean => {
	if (process.state !== 'alive' || process.alarmAt !== at) return false;
	const {alarmInterval} = process;
	process.alarmAt = alarmInterval === 0 ? 0 : at + Math.max(alarmInterval, shortestInterval);
	if (process.alarmAt !== 0) addTimer(kernel, process.alarmAt, {kind: 'alarm', pid: process.pid});
	return true;
};
