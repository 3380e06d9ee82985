// ioctl(2) of terminals, ioctl_tty(2): settings, window size, sessions and process groups, the lock of a pseudo-terminal.

import {readBytes, readInt32, writeBytes, writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import {
	fionread,
	tcflsh,
	tcgets,
	tcsbrk,
	tcsbrkp,
	tcsets,
	tcsetsf,
	tcsetsw,
	tcxonc,
	tiocgpgrp,
	tiocgptlck,
	tiocgptn,
	tiocgsid,
	tiocgwinsz,
	tiocnotty,
	tiocoutq,
	tiocsctty,
	tiocspgrp,
	tiocsptlck,
	tiocswinsz,
} from '../files/ioctl-numbers.js';
import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {processOf} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {checkForeground, leaveTerminal, signalGroup, takeTerminal} from './job-control.js';
import {changeSettings, flushInput, readyBytes} from './line-discipline.js';
import {announce, type Pty} from './pty.js';
import {decodeSettings, encodeSettings, settingsSize} from './terminal-settings.js';

const stored = (isStored: boolean): Outcome => (isStored ? done(0) : failed('EFAULT'));

export const controlTerminal = (
	kernel: Kernel,
	thread: Thread,
	pty: Pty,
	isMaster: boolean,
	request: number,
	argument: number,
): Outcome => {
	const {context} = thread;
	const problem = isMaster ? undefined : refuseBackground(kernel, thread, pty, request);
	if (problem) return problem;
	switch (request) {
		case tcgets:
			return stored(writeBytes(context, argument, encodeSettings(pty.discipline.settings)));
		case tcsets:
		case tcsetsw:
		case tcsetsf:
			return setSettings(kernel, thread, pty, argument, request === tcsetsf);
		case tiocgwinsz:
			return stored(writeBytes(context, argument, encodeSize(pty)));
		case tiocswinsz:
			return setSize(kernel, thread, pty, argument);
		case fionread:
			return stored(
				writeInt32(context, argument, isMaster ? pty.shown.length : readyBytes(pty.discipline)),
			);
		case tiocoutq:
			return stored(writeInt32(context, argument, isMaster ? 0 : pty.shown.length));
		case tiocgptn:
			return isMaster ? stored(writeInt32(context, argument, pty.index)) : failed('ENOTTY');
		case tiocgptlck:
			return isMaster
				? stored(writeInt32(context, argument, pty.isLocked ? 1 : 0))
				: failed('ENOTTY');
		case tiocsptlck:
			return isMaster ? setLock(thread, pty, argument) : failed('ENOTTY');
		case tcflsh:
			return flush(kernel, thread, pty, argument);
		case tcxonc:
			return controlFlow(kernel, thread, pty, argument);
		case tcsbrk:
		case tcsbrkp:
			return done(0);
		default:
			return controlSession(kernel, thread, pty, isMaster, request, argument);
	}
};

/** Requests that change a terminal are SIGTTOU for those in its background. */
const changing: readonly number[] = [tcsets, tcsetsw, tcsetsf, tiocspgrp, tcflsh, tcxonc, tcsbrk];

const refuseBackground = (
	kernel: Kernel,
	thread: Thread,
	pty: Pty,
	request: number,
): Outcome | undefined =>
	changing.includes(request) && thread.call
		? checkForeground(kernel, thread, thread.call, pty, signalNumbers.SIGTTOU)
		: undefined;

const setSettings = (
	kernel: Kernel,
	thread: Thread,
	pty: Pty,
	argument: number,
	isFlushing: boolean,
): Outcome => {
	const bytes = readBytes(thread.context.space, argument, settingsSize);
	if (!bytes) return failed('EFAULT');
	if (isFlushing) flushInput(pty.discipline);
	changeSettings(pty.discipline, decodeSettings(bytes.slice()));
	markEffect(thread.context.turns);
	announce(kernel, pty);
	return done(0);
};

/** struct winsize. */
const encodeSize = ({windowSize: {rows, columns, width, height}}: Pty): Uint8Array =>
	new Uint8Array(Uint16Array.of(rows, columns, width, height).buffer);

const setSize = (kernel: Kernel, thread: Thread, pty: Pty, argument: number): Outcome => {
	const bytes = readBytes(thread.context.space, argument, 8)?.slice();
	if (!bytes) return failed('EFAULT');
	const [rows = 0, columns = 0, width = 0, height = 0] = new Uint16Array(bytes.buffer);
	const before = pty.windowSize;
	pty.windowSize = {rows, columns, width, height};
	if (before.rows === rows && before.columns === columns) return done(0);
	markEffect(thread.context.turns);
	signalGroup(kernel, pty.foreground, signalNumbers.SIGWINCH);
	return done(0);
};

const setLock = (thread: Thread, pty: Pty, argument: number): Outcome => {
	const value = readInt32(thread.context.space, argument);
	if (value === undefined) return failed('EFAULT');
	if (pty.isLocked !== (value !== 0)) markEffect(thread.context.turns);
	pty.isLocked = value !== 0;
	return done(0);
};

/** tcflush(3): TCIFLUSH 0, TCOFLUSH 1, both 2. */
const flush = (kernel: Kernel, thread: Thread, pty: Pty, queue: number): Outcome => {
	if (queue < 0 || queue > 2) return failed('EINVAL');
	markEffect(thread.context.turns);
	if (queue !== 1) flushInput(pty.discipline);
	if (queue !== 0) pty.shown = new Uint8Array(0);
	announce(kernel, pty);
	return done(0);
};

/** tcflow(3): TCOOFF 0 and TCOON 1; the other two would send VSTOP and VSTART. */
const controlFlow = (kernel: Kernel, thread: Thread, pty: Pty, action: number): Outcome => {
	if (action < 0 || action > 3) return failed('EINVAL');
	markEffect(thread.context.turns);
	if (action <= 1) pty.discipline.isStopped = action === 0;
	announce(kernel, pty);
	return done(0);
};

const controlSession = (
	kernel: Kernel,
	thread: Thread,
	pty: Pty,
	isMaster: boolean,
	request: number,
	argument: number,
): Outcome => {
	const process = processOf(kernel, thread);
	const isOwn = pty.session === process.session;
	switch (request) {
		case tiocsctty: {
			if (isOwn && process.session === process.pid) return done(0);
			if (!takeTerminal(kernel, process, pty)) return failed('EPERM');
			markEffect(thread.context.turns);
			return done(0);
		}

		case tiocnotty: {
			if (!isOwn) return failed('ENOTTY');
			leaveTerminal(kernel, process);
			markEffect(thread.context.turns);
			return done(0);
		}

		case tiocgpgrp:
			if (!isOwn && !isMaster) return failed('ENOTTY');
			return stored(writeInt32(thread.context, argument, pty.foreground));
		case tiocgsid:
			if (!isOwn && !isMaster) return failed('ENOTTY');
			if (pty.session === 0) return failed('ENOTTY');
			return stored(writeInt32(thread.context, argument, pty.session));
		case tiocspgrp: {
			if (!isOwn) return failed('ENOTTY');
			const group = readInt32(thread.context.space, argument);
			if (group === undefined) return failed('EFAULT');
			const refusal = refuseGroup(kernel, group, process.session);
			if (refusal) return failed(refusal);
			pty.foreground = group;
			markEffect(thread.context.turns);
			return done(0);
		}

		default:
			return failed('ENOTTY');
	}
};

const refuseGroup = (kernel: Kernel, group: number, session: number): Errno | undefined => {
	if (group < 0) return 'EINVAL';
	const member = [...kernel.processes.values()].find(
		process => process.group === group && process.state !== 'gone',
	);
	if (!member) return 'ESRCH';
	return member.session === session ? undefined : 'EPERM';
};
