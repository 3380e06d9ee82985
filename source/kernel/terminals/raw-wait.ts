// How long a read of a terminal waits outside canonical mode, termios(3): for VMIN bytes, or for as long as VTIME says.

import type {Io} from '../files/file-operations.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import {blockedOn, failed, type Outcome} from '../outcome.js';
import type {WaitQueue} from '../process/wait-queue.js';
import {special, type TerminalSettings} from './terminal-settings.js';

/** What a read knows between its tries: the clock of VTIME starts again with each byte. */
type RawWait = {readonly have: number; readonly deadline: number};

/** The unit of VTIME, in nanoseconds. */
const tenth = 1e8;

/** Blocks on a queue up to a cycle, unless the file or a signal forbids it. */
export const waitIn = (io: Io, queue: WaitQueue, until?: number): Outcome => {
	if (io.isNonblocking) return failed('EAGAIN');
	return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(queue, until);
};

/**
 * Whether a read of `length` bytes has to wait where there are `have`. Undefined: it takes what is there, which may be
 * nothing. The first byte starts the clock, unless VMIN is 0.
 */
export const waitForBytes = (
	kernel: Kernel,
	{characters}: TerminalSettings,
	have: number,
	length: number,
	io: Io,
	queue: WaitQueue,
): Outcome | undefined => {
	const minimum = characters[special.minimum]!;
	const time = characters[special.time]!;
	if (have >= Math.max(1, Math.min(minimum, length))) return undefined;
	if (minimum === 0 && time === 0) return undefined;
	if (have > 0 && io.isNonblocking) return undefined;
	if (time === 0 || (minimum > 0 && have === 0)) return waitIn(io, queue);
	const known = io.progress.memo as RawWait | undefined;
	const deadline =
		known?.have === have ? known.deadline : kernel.now + cyclesFor(kernel, time * tenth);
	if (kernel.now >= deadline) return undefined;
	io.progress.memo = {have, deadline} satisfies RawWait;
	return waitIn(io, queue, deadline);
};
