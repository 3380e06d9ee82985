// What every kind of open file can do, as struct file_operations of Linux: one table of functions per kind, written in
// the kind's own file and chosen in open-file.ts only. A kind leaves out what `noOperations` refuses for it.

import type {Timespec} from '../time/time.js';
import type {Kernel} from '../kernel.js';
import type {OpenFile} from './open-file.js';
import {failed, type Outcome} from '../outcome.js';
import type {PollPoint} from '../polling/poll-point.js';
import type {Thread} from '../process/thread.js';
import type {Sink, Source} from '../memory/user-buffer.js';

/** What a blocked transfer remembers; a CallInProgress is one. */
export type Progress = {
	/** Bytes transferred so far. */
	count: number;
	readonly tries: number;
	readonly isInterrupted: boolean;
	memo?: unknown;
};

export const createProgress = (): Progress => ({count: 0, tries: 0, isInterrupted: false});

/** One read or write. */
export type Io = {
	/** Undefined for an input from outside. */
	readonly thread: Thread | undefined;
	readonly progress: Progress;
	readonly isNonblocking: boolean;
	/** pread(2), pwrite(2): the position; undefined uses and moves the file offset. */
	readonly position?: number;
};

/** What fstat(2) says that is not the same for all. Sizes in bytes, times in simulated nanoseconds since boot. */
export type FileStatus = {
	readonly inode: number;
	/** Type and permissions, S_IF… */
	readonly mode: number;
	readonly links: number;
	readonly size: number;
	readonly blockSize: number;
	/** Blocks of 512 bytes. */
	readonly blocks: number;
	readonly device?: number;
	/** Since boot. */
	readonly accessed: Timespec;
	readonly modified: Timespec;
	readonly changed: Timespec;
};

export type FileOperations<Thing> = {
	/** Puts bytes into the sink and says how many; 0 is end of file. The access mode has been checked. */
	readonly read: (kernel: Kernel, thing: Thing, io: Io, sink: Sink, file: OpenFile) => Outcome;
	readonly write: (kernel: Kernel, thing: Thing, io: Io, source: Source, file: OpenFile) => Outcome;
	/** POLLIN … as now. */
	readonly readiness: (kernel: Kernel, thing: Thing, file: OpenFile) => number;
	readonly pollPoints: (kernel: Kernel, thing: Thing, file: OpenFile) => readonly PollPoint[];
	readonly status: (kernel: Kernel, thing: Thing) => FileStatus;
	/** The last reference has gone. */
	readonly release: (
		kernel: Kernel,
		thing: Thing,
		file: OpenFile,
		thread: Thread | undefined,
	) => void;
	readonly ioctl: (
		kernel: Kernel,
		thing: Thing,
		thread: Thread,
		request: number,
		argument: number,
		file: OpenFile,
	) => Outcome;
	/** Size for SEEK_END, or the errno of lseek(2): ESPIPE for what has no position. `still`: lseek does nothing. */
	readonly seekSize: (kernel: Kernel, thing: Thing) => number | 'ESPIPE' | 'still';
	/** fsync(2). */
	readonly synchronize: (kernel: Kernel, thing: Thing, io: Io) => Outcome;
	/** As users see it: `pipe:7`, `file:/com.txt`. */
	readonly channel: (thing: Thing) => string;
};

/** poll(2), with Linux's values. */
export const pollIn = 0x001;
export const pollPriority = 0x002;
export const pollOut = 0x004;
export const pollError = 0x008;
export const pollHangUp = 0x010;
export const pollInvalid = 0x020;
export const pollReadNormal = 0x040;
export const pollWriteNormal = 0x100;
export const pollReadHangUp = 0x2000;
export const readable = pollIn | pollReadNormal;
export const writable = pollOut | pollWriteNormal;

/** What a kind that has nothing to say about an operation says. */
export const noOperations: Omit<FileOperations<unknown>, 'status' | 'channel'> = {
	read: () => failed('EINVAL'),
	write: () => failed('EINVAL'),
	readiness: () => readable | writable,
	pollPoints: () => [],
	release: () => {},
	ioctl: () => failed('ENOTTY'),
	seekSize: () => 'ESPIPE',
	synchronize: () => failed('EINVAL'),
};

const atBoot: Timespec = {seconds: 0, nanoseconds: 0};

/** Status of a thing without a place in a file system. */
export const anonymousStatus = (inode: number, mode: number, blockSize = 4096): FileStatus => ({
	inode,
	mode,
	links: 1,
	size: 0,
	blockSize,
	blocks: 0,
	accessed: atBoot,
	modified: atBoot,
	changed: atBoot,
});
