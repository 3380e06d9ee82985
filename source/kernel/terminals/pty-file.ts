// The two ends of a pseudo-terminal as open files: /dev/ptmx gives a master, /dev/pts/N is the slave.

import {markEffect} from '../../vm/turns.js';
import {recordBytes} from '../trace/events.js';
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
import type {Kernel} from '../kernel.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {done, failed, type Outcome} from '../outcome.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {checkForeground, hangUp} from './job-control.js';
import {readyBytes, roomToType, takeInput} from './line-discipline.js';
import {announce, shownLimit, type Pty, show, typeInto} from './pty.js';
import {controlTerminal} from './terminal-control.js';
import {waitForBytes, waitIn} from './raw-wait.js';
import {hasLocal, localFlag} from './terminal-settings.js';
import {removeSlave} from './terminal-names.js';

/** An open end. */
export type PtyEnd = {readonly kind: 'pty'; readonly pty: Pty; readonly isMaster: boolean};

const readMaster = (kernel: Kernel, pty: Pty, io: Io, sink: Sink): Outcome => {
	const bytes = pty.shown.slice(0, sink.length);
	if (bytes.length === 0) {
		if (pty.wasOpened && pty.slaves === 0) return failed('EIO');
		return waitIn(io, pty.masterReadQueue);
	}
	if (!sink.put(bytes)) return failed('EFAULT');
	pty.shown = pty.shown.slice(bytes.length);
	noteBytes(kernel, pty, io, 'out', bytes);
	announce(kernel, pty);
	return done(bytes.length);
};

const writeMaster = (kernel: Kernel, pty: Pty, io: Io, source: Source): Outcome => {
	const {progress} = io;
	while (progress.count < source.length) {
		const room = roomToType(pty.discipline);
		if (room <= 0) return waitToWrite(io, pty);
		const bytes = source.get(progress.count, Math.min(source.length - progress.count, room));
		if (!bytes) return progress.count > 0 ? done(progress.count) : failed('EFAULT');
		typeInto(kernel, pty, bytes);
		progress.count += bytes.length;
		noteBytes(kernel, pty, io, 'in', bytes);
	}
	return done(progress.count);
};

/** A write waits with what it has left, or ends with what it has written. */
const waitToWrite = (io: Io, pty: Pty): Outcome => {
	const wait = waitIn(io, pty.writeQueue);
	return wait.kind === 'failed' && io.progress.count > 0 ? done(io.progress.count) : wait;
};

const readSlave = (kernel: Kernel, pty: Pty, io: Io, sink: Sink): Outcome => {
	const {discipline} = pty;
	if (io.thread && pty.isMasterOpen) {
		const problem = checkForeground(kernel, io.thread, io.progress, pty, signalNumbers.SIGTTIN);
		if (problem) return problem;
	}
	if (!pty.isMasterOpen) return done(0);
	const {settings, ready} = discipline;
	const wait = hasLocal(settings, localFlag.canonical)
		? ready.length === 0 && waitIn(io, pty.readQueue)
		: waitForBytes(kernel, settings, readyBytes(discipline), sink.length, io, pty.readQueue);
	if (wait) return wait;
	const taken = Uint8Array.from(takeInput(discipline, sink.length) ?? []);
	if (!sink.put(taken)) return failed('EFAULT');
	noteBytes(kernel, pty, io, 'out', taken);
	announce(kernel, pty);
	return done(taken.length);
};

const writeSlave = (kernel: Kernel, pty: Pty, io: Io, source: Source): Outcome => {
	const {discipline} = pty;
	if (!pty.isMasterOpen) return failed('EIO');
	if (io.thread && hasLocal(discipline.settings, localFlag.stopBackground)) {
		const problem = checkForeground(kernel, io.thread, io.progress, pty, signalNumbers.SIGTTOU);
		if (problem) return problem;
	}
	const {progress} = io;
	const before = progress.count;
	while (progress.count < source.length && !discipline.isStopped) {
		const room = shownLimit - pty.shown.length;
		if (room <= 0) break;
		const bytes = source.get(progress.count, Math.min(source.length - progress.count, room));
		if (!bytes) return progress.count > 0 ? done(progress.count) : failed('EFAULT');
		show(pty, bytes);
		progress.count += bytes.length;
		noteBytes(kernel, pty, io, 'in', bytes);
	}
	// Where nothing has moved nobody is woken: two writers would wake each other for ever.
	if (progress.count > before) announce(kernel, pty);
	return progress.count === source.length ? done(progress.count) : waitToWrite(io, pty);
};

const noteBytes = (
	kernel: Kernel,
	pty: Pty,
	io: Io,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => {
	if (io.thread) markEffect(io.thread.context.turns);
	recordBytes(kernel, io.thread?.tid ?? 0, pty.name, direction, bytes);
};

const readiness = (pty: Pty, isMaster: boolean): number => {
	if (isMaster) {
		const isLeft = pty.wasOpened && pty.slaves === 0;
		return (pty.shown.length > 0 ? readable : 0) | writable | (isLeft ? pollHangUp : 0);
	}
	if (!pty.isMasterOpen) return readable | writable | pollError | pollHangUp;
	const canWrite = pty.shown.length < shownLimit && !pty.discipline.isStopped;
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
