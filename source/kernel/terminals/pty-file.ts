// The two ends of a pseudo-terminal as open files: /dev/ptmx gives a master, /dev/pts/N is the slave.

import {markEffect} from '../../vm/turns.js';
import {recordEvent} from '../trace/events.js';
import {
	type FileOperations,
	type Io,
	noOperations,
	pollError,
	pollHangUp,
	readable,
	writable,
} from '../files/file-operations.js';
import {inodeStatus} from '../files/inode.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {checkForeground, hangUp} from './job-control.js';
import {lineLimit, readyBytes, takeInput} from './line-discipline.js';
import {announce, outputLimit, type Pty, show, typeInto} from './pty.js';
import {controlTerminal} from './terminal-control.js';
import {hasLocal, localFlag, special} from './terminal-settings.js';
import {removeSlave} from './terminal-names.js';

/** An open end. */
export type PtyEnd = {readonly kind: 'pty'; readonly pty: Pty; readonly isMaster: boolean};

const waitIn = (io: Io, queue: Parameters<typeof blockedOn>[0], until?: number): Outcome => {
	if (io.isNonblocking) return failed('EAGAIN');
	return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(queue, until);
};

const readMaster = (kernel: Kernel, pty: Pty, io: Io, sink: Sink): Outcome => {
	const bytes = pty.output.slice(0, sink.length);
	if (bytes.length === 0) {
		if (pty.wasOpened && pty.slaves === 0) return failed('EIO');
		return waitIn(io, pty.masterReadQueue);
	}
	if (!sink.put(bytes)) return failed('EFAULT');
	pty.output = pty.output.slice(bytes.length);
	noteBytes(kernel, pty, io, 'out', bytes);
	announce(kernel, pty);
	return done(bytes.length);
};

const writeMaster = (kernel: Kernel, pty: Pty, io: Io, source: Source): Outcome => {
	const room = lineLimit - readyBytes(pty.discipline);
	if (room <= 0) return waitIn(io, pty.writeQueue);
	const bytes = source.get(0, Math.min(source.length, room));
	if (!bytes) return failed('EFAULT');
	typeInto(kernel, pty, bytes);
	noteBytes(kernel, pty, io, 'in', bytes);
	return done(bytes.length);
};

/** Whether a read of a terminal in non-canonical mode has enough: VMIN bytes, or what there is after VTIME. */
const readSlave = (kernel: Kernel, pty: Pty, io: Io, sink: Sink): Outcome => {
	const {discipline} = pty;
	if (io.thread && pty.isMasterOpen) {
		const problem = checkForeground(kernel, io.thread, io.progress, pty, signalNumbers.SIGTTIN);
		if (problem) return problem;
	}
	if (!pty.isMasterOpen) return done(0);
	const wait = waitForEnough(kernel, pty, io, sink.length);
	if (wait) return wait;
	const taken = Uint8Array.from(takeInput(discipline, sink.length) ?? []);
	if (!sink.put(taken)) return failed('EFAULT');
	noteBytes(kernel, pty, io, 'out', taken);
	announce(kernel, pty);
	return done(taken.length);
};

/** VMIN and VTIME, termios(3): the first byte starts the clock, unless VMIN is 0. */
type RawWait = {readonly have: number; readonly deadline: number};

const tenth = 1e8;

const waitForEnough = (
	kernel: Kernel,
	{discipline, readQueue}: Pty,
	io: Io,
	length: number,
): Outcome | undefined => {
	const {settings, ready} = discipline;
	if (hasLocal(settings, localFlag.canonical))
		return ready.length > 0 ? undefined : waitIn(io, readQueue);
	const have = readyBytes(discipline);
	const minimum = settings.characters[special.minimum]!;
	const time = settings.characters[special.time]!;
	if (have >= Math.max(1, Math.min(minimum, length))) return undefined;
	if (minimum === 0 && time === 0) return undefined;
	if (have > 0 && io.isNonblocking) return undefined;
	if (time === 0 || (minimum > 0 && have === 0)) return waitIn(io, readQueue);
	const known = io.progress.memo as RawWait | undefined;
	const deadline =
		known?.have === have ? known.deadline : kernel.now + cyclesFor(kernel, time * tenth);
	if (kernel.now >= deadline) return undefined;
	io.progress.memo = {have, deadline} satisfies RawWait;
	return waitIn(io, readQueue, deadline);
};

const writeSlave = (kernel: Kernel, pty: Pty, io: Io, source: Source): Outcome => {
	const {discipline} = pty;
	if (!pty.isMasterOpen) return failed('EIO');
	if (io.thread && hasLocal(discipline.settings, localFlag.stopBackground)) {
		const problem = checkForeground(kernel, io.thread, io.progress, pty, signalNumbers.SIGTTOU);
		if (problem) return problem;
	}
	const {progress} = io;
	while (progress.count < source.length && !discipline.isStopped) {
		const room = outputLimit - pty.output.length;
		if (room <= 0) break;
		const bytes = source.get(progress.count, Math.min(source.length - progress.count, room));
		if (!bytes) return progress.count > 0 ? done(progress.count) : failed('EFAULT');
		show(pty, bytes);
		progress.count += bytes.length;
		noteBytes(kernel, pty, io, 'in', bytes);
	}
	announce(kernel, pty);
	if (progress.count === source.length) return done(progress.count);
	const wait = waitIn(io, pty.writeQueue);
	return wait.kind === 'failed' && progress.count > 0 ? done(progress.count) : wait;
};

const noteBytes = (
	kernel: Kernel,
	pty: Pty,
	io: Io,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => {
	if (io.thread) markEffect(io.thread.context.turns);
	recordEvent(kernel, io.thread?.tid ?? 0, {
		kind: 'bytes',
		channel: pty.name,
		direction,
		count: bytes.length,
		data: bytes.slice(0, 64),
	});
};

const readiness = (pty: Pty, isMaster: boolean): number => {
	if (isMaster) {
		const isLeft = pty.wasOpened && pty.slaves === 0;
		return (pty.output.length > 0 ? readable : 0) | writable | (isLeft ? pollHangUp : 0);
	}
	if (!pty.isMasterOpen) return readable | writable | pollError | pollHangUp;
	const canWrite = pty.output.length < outputLimit && !pty.discipline.isStopped;
	return (pty.discipline.ready.length > 0 ? readable : 0) | (canWrite ? writable : 0);
};

const release = (kernel: Kernel, pty: Pty, isMaster: boolean): void => {
	if (isMaster) {
		pty.isMasterOpen = false;
		removeSlave(kernel, pty);
		hangUp(kernel, pty);
		kernel.terminals.delete(pty.index);
	} else {
		pty.slaves--;
	}
	announce(kernel, pty);
};

export const ptyOperations: FileOperations<PtyEnd> = {
	...noOperations,
	read: (kernel, {pty, isMaster}, io, sink) =>
		sink.length === 0 ? done(0) : (isMaster ? readMaster : readSlave)(kernel, pty, io, sink),
	write: (kernel, {pty, isMaster}, io, source) =>
		source.length === 0 ? done(0) : (isMaster ? writeMaster : writeSlave)(kernel, pty, io, source),
	readiness: (_kernel, {pty, isMaster}) => readiness(pty, isMaster),
	pollPoints: (_kernel, {pty, isMaster}) => [isMaster ? pty.masterPoint : pty.slavePoint],
	status: (_kernel, {pty, isMaster}) =>
		isMaster ? {...inodeStatus(pty.inode), mode: 0o020666, device: 0x502} : inodeStatus(pty.inode),
	release: (kernel, {pty, isMaster}) => release(kernel, pty, isMaster),
	ioctl: (kernel, {pty, isMaster}, thread, request, argument) =>
		controlTerminal(kernel, thread, pty, isMaster, request, argument),
	channel: ({pty}) => pty.name,
};
