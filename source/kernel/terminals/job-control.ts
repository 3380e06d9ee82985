// Job control: the controlling terminal of a session, its foreground process group, and what befalls the others; credentials(7),
// setpgid(2), tcsetpgrp(3).

import type {Kernel} from '../kernel.js';
import {blockedOn, failed, type Outcome} from '../outcome.js';
import type {Process} from '../process/process.js';
import {isOrphaned, membersOf} from '../process/process-group.js';
import {createWaitQueue} from '../process/wait-queue.js';
import {hasSignal} from '../signals/signal-state.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {kernelSignal, sendSignal} from '../signals/signals.js';
import {processOf} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import type {Progress} from '../files/file-operations.js';
import type {Pty} from './pty.js';

/** Sends a signal of the terminal's to a process group; 0 is none. */
export const signalGroup = (kernel: Kernel, group: number, signal: number): void => {
	if (group === 0) return;
	for (const process of membersOf(kernel, group)) sendSignal(kernel, process, kernelSignal(signal));
};

/** The terminal of the session of a process, if that is a pseudo-terminal. */
export const controllingTerminal = (kernel: Kernel, {session}: Process): Pty | undefined =>
	[...kernel.terminals.values()].find(pty => pty.session === session);

/** Whether a process ignores a signal or has it blocked. */
const isDeafTo = (thread: Thread, process: Process, signal: number): boolean =>
	hasSignal(thread.signals.mask, signal) || process.signals.actions[signal]?.handler === 1;

/**
 * What a process in the background gets for using its terminal: SIGTTIN or SIGTTOU for its whole group, and the call is made
 * again once it is continued. EIO if nobody could continue it, or for a read that is deaf to the signal. Undefined: go on.
 */
export const checkForeground = (
	kernel: Kernel,
	thread: Thread,
	progress: Progress,
	pty: Pty,
	signal: number,
): Outcome | undefined => {
	const process = processOf(kernel, thread);
	if (pty.session !== process.session || pty.foreground === process.group) return undefined;
	if (isDeafTo(thread, process, signal))
		return signal === signalNumbers.SIGTTIN ? failed('EIO') : undefined;
	if (isOrphaned(kernel, process.group)) return failed('EIO');
	if (progress.isInterrupted) return failed('ERESTARTSYS');
	signalGroup(kernel, process.group, signal);
	return blockedOn(createWaitQueue('stop'));
};

/** A session leader without a terminal takes one that no session has. True if it did. */
export const takeTerminal = (kernel: Kernel, process: Process, pty: Pty): boolean => {
	if (process.session !== process.pid || pty.session !== 0) return false;
	if (controllingTerminal(kernel, process)) return false;
	pty.session = process.session;
	pty.foreground = process.group;
	return true;
};

/** The session loses its terminal: its leader has ended or let go of it. The foreground group hangs up. */
export const leaveTerminal = (kernel: Kernel, process: Process): void => {
	if (kernel.terminals.size === 0 || process.session !== process.pid) return;
	const pty = controllingTerminal(kernel, process);
	if (!pty) return;
	signalGroup(kernel, pty.foreground, signalNumbers.SIGHUP);
	signalGroup(kernel, pty.foreground, signalNumbers.SIGCONT);
	pty.session = 0;
	pty.foreground = 0;
};

/** The terminal is gone: the session's leader and the foreground group hang up. */
export const hangUp = (kernel: Kernel, pty: Pty): void => {
	const leader = kernel.processes.get(pty.session);
	const {foreground} = pty;
	pty.session = 0;
	pty.foreground = 0;
	for (const signal of [signalNumbers.SIGHUP, signalNumbers.SIGCONT]) {
		if (leader && leader.group !== foreground) sendSignal(kernel, leader, kernelSignal(signal));
		signalGroup(kernel, foreground, signal);
	}
};
