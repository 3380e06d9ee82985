// Open file descriptions, open(2): what a file descriptor refers to. They hold the flags and the offset, are shared by
// dup(2) and fork(2), and end with their last reference. This file is the only one that looks at the kind of the thing
// behind a description: a new kind is a member of FileThing and a line in `operations`.

import {chargeCycles} from '../system-call.js';
import {consoleOperations, type ConsoleEnd} from './console-file.js';
import {deviceOperations, type DeviceFile} from './device-file.js';
import {directoryOperations, type DirectoryFile} from './directory-file.js';
import type {Errno} from '../errno.js';
import {
	epollStatic,
	type EpollFile,
	type EpollItem,
	reportableEvents,
} from '../polling/epoll-set.js';
import {eventfdOperations, type EventFile} from '../ipc/eventfd.js';
import type {FileOperations, FileStatus, Io} from './file-operations.js';
import {readable, writable} from './file-operations.js';
import {inodeOf, releaseFlocks} from './file-locks.js';
import {costs, type Kernel, nextObjectId} from '../kernel.js';
import {type InotifyFile, inotifyBits, inotifyOperations} from '../inotify/inotify.js';
import {notifyFile, notifyIfGone} from '../inotify/notify.js';
import {messageQueueOperations, type MessageQueueFile} from '../ipc/message-queue-file.js';
import {done, failed, type Outcome} from '../outcome.js';
import {openFlags} from './open-flags.js';
import {pidfdOperations, type ProcessFile} from '../process/pidfd.js';
import {pipeOperations, type PipeEnd} from '../pipes/pipe-file.js';
import {procOperations, type ProcFile} from '../proc/proc-file.js';
import {radioOperations, type RadioFile} from '../network/radio.js';
import {socketOperations, type SocketFile} from '../sockets/socket-file.js';
import type {PollPoint} from '../polling/poll-point.js';
import {findData, findHole, regularOperations, type RegularFile} from './regular-file.js';
import {signalfdOperations, type SignalFile} from '../signals/signalfd.js';
import type {Thread} from '../process/thread.js';
import {timerfdOperations, type TimerFile} from '../time/timerfd.js';
import {setOffset} from './file-offset.js';
import {noteKernelValue} from '../turn-values.js';
import {type PtyEnd, ptyOperations} from '../terminals/pty-file.js';
import type {Sink, Source} from '../memory/user-buffer.js';

/** The thing behind an open file description. */
export type FileThing =
	| RegularFile
	| DirectoryFile
	| DeviceFile
	| PipeEnd
	| ConsoleEnd
	| EventFile
	| TimerFile
	| SignalFile
	| ProcessFile
	| MessageQueueFile
	| InotifyFile
	| PtyEnd
	| RadioFile
	| SocketFile
	| EpollFile
	| ProcFile;

export type FileKind = FileThing['kind'];

export type OpenFile = {
	readonly id: number;
	readonly thing: FileThing;
	/** Access mode and status flags, O_…; F_SETFL changes some. */
	flags: number;
	/** File descriptors that refer to it, in all processes, and calls in progress. */
	references: number;
	/** Bytes from the start. */
	offset: number;
	/** F_SETOWN: the process, or minus the process group, that gets SIGURG and SIGIO; 0 for none. */
	owner: number;
	/** F_SETSIG: the signal of O_ASYNC; 0 is SIGIO without details. */
	signal: number;
};

type Operations = {readonly [Kind in FileKind]: FileOperations<Extract<FileThing, {kind: Kind}>>};

// epoll's readiness is that of other open files, so it is found here.
const operations: Operations = {
	file: regularOperations,
	directory: directoryOperations,
	device: deviceOperations,
	pipe: pipeOperations,
	console: consoleOperations,
	eventfd: eventfdOperations,
	timerfd: timerfdOperations,
	signalfd: signalfdOperations,
	pidfd: pidfdOperations,
	mqueue: messageQueueOperations,
	inotify: inotifyOperations,
	pty: ptyOperations,
	radio: radioOperations,
	proc: procOperations,
	socket: {
		...socketOperations,
		read: (kernel, thing, io, sink, file) => {
			const outcome = socketOperations.read(kernel, thing, io, sink, file);
			dropOrphans(kernel, io.thread);
			return outcome;
		},
		release: (kernel, thing, file, thread) => {
			socketOperations.release(kernel, thing, file, thread);
			dropOrphans(kernel, thread);
		},
	},
	epoll: {
		...epollStatic,
		readiness: (kernel, {set}) =>
			set.items.some(
				item => reportableEvents(item, readiness(kernel, item.file), pulsesOf(kernel, item)) !== 0,
			)
				? readable
				: 0,
		pollPoints: (kernel, {set}) => [
			set.point,
			...set.items.flatMap(item => pollPointsOf(kernel, item.file, item.events)),
		],
		release: (kernel, {set}) => {
			for (const item of set.items) unwatch(kernel, item);
		},
	},
};

const operationsOf = (file: OpenFile): FileOperations<FileThing> =>
	operations[file.thing.kind] as FileOperations<FileThing>;

/** Makes a description with no reference yet, or says ENFILE at the limit of the machine. */
export const createOpenFile = (
	kernel: Kernel,
	thing: FileThing,
	flags: number,
): OpenFile | 'ENFILE' => {
	if (kernel.openFiles.size >= kernel.config.limits.openFiles) return 'ENFILE';
	const file: OpenFile = {
		id: nextObjectId(kernel),
		thing,
		flags,
		references: 0,
		offset: 0,
		owner: 0,
		signal: 0,
	};
	kernel.openFiles.set(file.id, file);
	return file;
};

/** Drops a reference; with the last one the description ends and what it held is released. */
export const dropReference = (kernel: Kernel, file: OpenFile, thread: Thread | undefined): void => {
	file.references--;
	if (file.references > 0) return;
	kernel.openFiles.delete(file.id);
	kernel.census.descriptorChanges++;
	kernel.asyncFiles.delete(file.id);
	noteKernelValue(thread, 'offset', file.id, file.offset, 0);
	releaseFlocks(kernel, file, thread);
	notifyFile(kernel, file, canWrite(file) ? inotifyBits.closeWrite : inotifyBits.closeNoWrite);
	operationsOf(file).release(kernel, file.thing, file, thread);
	const inode = inodeOf(file);
	if (inode) notifyIfGone(kernel, inode);
};

/** Drops the references of files that were sent over a socket and that nobody has received. */
export const dropOrphans = (kernel: Kernel, thread: Thread | undefined): void => {
	for (let file = kernel.network.orphans.pop(); file; file = kernel.network.orphans.pop()) {
		dropReference(kernel, file, thread);
	}
};

export const canRead = (file: OpenFile): boolean =>
	(file.flags & openFlags.accessMode) !== openFlags.writeOnly &&
	(file.flags & openFlags.pathOnly) === 0;

export const canWrite = (file: OpenFile): boolean =>
	(file.flags & openFlags.accessMode) !== openFlags.readOnly &&
	(file.flags & openFlags.pathOnly) === 0;

export const isNonblocking = (file: OpenFile): boolean => (file.flags & openFlags.nonblock) !== 0;

/** read(2) on a description: access mode, transfer, accounting. */
export const readFile = (kernel: Kernel, file: OpenFile, io: Io, sink: Sink): Outcome => {
	if (!canRead(file)) return failed('EBADF');
	const outcome = operationsOf(file).read(kernel, file.thing, io, sink, file);
	if (outcome.kind === 'done' && io.thread) {
		chargeCopy(kernel, io.thread, outcome.value);
		io.thread.accounting.bytesRead += outcome.value;
	}
	noteTransfer(kernel, file, outcome, inotifyBits.access);
	return outcome;
};

/** write(2) on a description. */
export const writeFile = (kernel: Kernel, file: OpenFile, io: Io, source: Source): Outcome => {
	if (!canWrite(file)) return failed('EBADF');
	const outcome = operationsOf(file).write(kernel, file.thing, io, source, file);
	if (outcome.kind === 'done' && io.thread) {
		chargeCopy(kernel, io.thread, outcome.value);
		io.thread.accounting.bytesWritten += outcome.value;
	}
	noteTransfer(kernel, file, outcome, inotifyBits.modify);
	return outcome;
};

/** Who watches a file hears of its bytes; those of a FIFO are nobody's business. */
const noteTransfer = (kernel: Kernel, file: OpenFile, outcome: Outcome, bit: number): void => {
	if (outcome.kind === 'done' && outcome.value > 0 && file.thing.kind !== 'pipe')
		notifyFile(kernel, file, bit);
};

/** Charges a thread with copying bytes between its memory and the kernel. */
export const chargeCopy = (kernel: Kernel, thread: Thread, bytes: number): void => {
	if (bytes > 0) chargeCycles(kernel, thread, Math.ceil(bytes / 16) * costs.copyChunk);
};

/** POLLIN … of a description as it is now. */
export const readiness = (kernel: Kernel, file: OpenFile): number =>
	operationsOf(file).readiness(kernel, file.thing, file);

/** Changes so far that matter to an epoll item. */
export const pulsesOf = (kernel: Kernel, {file, events}: EpollItem): number =>
	pollPointsOf(kernel, file, events).reduce((sum, point) => sum + point.pulses, 0);

/** Takes an epoll item off all poll points of its file. */
export const unwatch = (kernel: Kernel, item: EpollItem): void => {
	for (const point of pollPointsOf(kernel, item.file, readable | writable)) {
		point.watchers = point.watchers.filter(watcher => watcher !== item);
	}
};

/** Where to hear of changes that matter to who wants `events`; of hang-ups and errors in any case. */
export const pollPointsOf = (
	kernel: Kernel,
	file: OpenFile,
	events: number,
): readonly PollPoint[] => {
	const all = operationsOf(file).pollPoints(kernel, file.thing, file);
	const wanted = all.filter(point => (point.announces & events) !== 0);
	return wanted.length > 0 ? wanted : all;
};

/** Whether epoll(7) may wait for it: not for what is always ready, files, directories and most devices. */
export const canBePolled = ({thing}: OpenFile): boolean => {
	if (thing.kind === 'device') return thing.device === 'random';
	return thing.kind !== 'file' && thing.kind !== 'directory' && thing.kind !== 'proc';
};

export const statusOf = (kernel: Kernel, file: OpenFile): FileStatus =>
	operationsOf(file).status(kernel, file.thing);

export const controlFile = (
	kernel: Kernel,
	file: OpenFile,
	thread: Thread,
	request: number,
	argument: number,
): Outcome => operationsOf(file).ioctl(kernel, file.thing, thread, request, argument, file);

export const synchronizeFile = (kernel: Kernel, file: OpenFile, io: Io): Outcome =>
	operationsOf(file).synchronize(kernel, file.thing, io);

/** Whether pread(2), pwrite(2) and lseek(2) make sense. */
export const hasPosition = (kernel: Kernel, file: OpenFile): boolean =>
	operationsOf(file).seekSize(kernel, file.thing) !== 'ESPIPE';

/** The regular file behind a description, for what works on page caches only: mmap(2), sendfile(2), ftruncate(2). */
export const regularFileOf = (file: OpenFile): RegularFile | undefined =>
	file.thing.kind === 'file' ? file.thing : undefined;

/** The directory behind a description, for openat(2) and its like. */
export const directoryOf = (file: OpenFile): DirectoryFile | undefined =>
	file.thing.kind === 'directory' ? file.thing : undefined;

/** `pipe:7`, `file:/com.txt`, `tty` … */
export const channelOf = (file: OpenFile): string => operationsOf(file).channel(file.thing);

/** lseek(2). */
export const seekFile = (
	kernel: Kernel,
	file: OpenFile,
	offset: number,
	whence: number,
	thread: Thread | undefined,
): Outcome => {
	const size = operationsOf(file).seekSize(kernel, file.thing);
	if (whence < 0 || whence > 4) return failed('EINVAL');
	if (size === 'still') return done(file.offset);
	if (size === 'ESPIPE') return failed(size);
	const target = seekTarget(file, size, offset, whence);
	if (typeof target !== 'number') return failed(target);
	if (target < 0 || target > Number.MAX_SAFE_INTEGER) return failed('EINVAL');
	setOffset(file, target, thread);
	return done(target);
};

/** SEEK_SET 0, SEEK_CUR 1, SEEK_END 2, SEEK_DATA 3 and SEEK_HOLE 4 (in a regular file pages that nothing was stored to are holes). */
const seekTarget = (
	file: OpenFile,
	size: number,
	offset: number,
	whence: number,
): number | Errno => {
	if (whence === 0) return offset;
	if (whence === 1) return file.offset + offset;
	if (whence === 2) return size + offset;
	if (offset < 0 || offset >= size) return 'ENXIO';
	const found = regularFileOf(file);
	if (!found) return whence === 3 ? offset : size;
	return whence === 3 ? findData(found, offset) : findHole(found, offset);
};
