// Inodes, inode(7): the things in a file system, apart from their names. Everything belongs to the one user there is.

import {createMemoryObject, type MemoryObject} from '../../vm/memory-object.js';
import type {FileLocks} from './file-locks.js';
import type {FileStatus} from './file-operations.js';
import {type Kernel, nanoseconds, nextObjectId} from '../kernel.js';
import type {Pipe} from '../pipes/pipe.js';
import {type Timespec, timespecOf} from '../time/time.js';
import {type CachedBlocks, createCachedBlocks} from './cached-blocks.js';

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'urandom' | 'tty' | 'ptmx' | 'radio';

/** Major and minor number as st_rdev. */
export const deviceNumbers: Readonly<Record<DeviceName, number>> = {
	null: 0x103,
	zero: 0x105,
	full: 0x107,
	random: 0x108,
	urandom: 0x109,
	tty: 0x500,
	ptmx: 0x502,
	radio: 0xa20,
};

export type Inode = {
	readonly number: number;
	/** Permission bits, 07777 and the umask applied. */
	permissions: number;
	links: number;
	/** Since boot; before it the seconds are negative. */
	accessed: Timespec;
	modified: Timespec;
	changed: Timespec;
	/** flock(2) and fcntl(2) locks; undefined until the first. */
	locks: FileLocks | undefined;
	readonly body: InodeBody;
};

export type DirectoryBody = {
	readonly kind: 'directory';
	/** In order of creation, without `.` and `..`. */
	readonly entries: Map<string, Inode>;
	parent: Inode | undefined;
};

export type RegularBody = {
	readonly kind: 'file';
	/** The page cache. */
	readonly contents: MemoryObject;
	/** What the disk and the page cache have of it; undefined for files that live in memory only (/dev/shm). */
	readonly blocks: CachedBlocks | undefined;
	/** The path under which the machine knows the code, if this is a program. */
	readonly program: string | undefined;
	/** F_SEAL_…; undefined for files that can't be sealed. */
	seals?: number;
};

/** A file of /proc: of a process, or of the system as a whole (pid 0). */
export type ProcBody = {
	readonly kind: 'proc';
	readonly name: string;
	readonly pid: number;
	readonly tid: number;
	readonly host: string;
};

export type InodeBody =
	| DirectoryBody
	| RegularBody
	/** `pipe` exists while the FIFO is open. */
	| {readonly kind: 'fifo'; pipe: Pipe | undefined}
	/** `file`: the id of the open file that a link of /proc/PID/fd stands for, whatever its target says. */
	| {readonly kind: 'symlink'; readonly target: string; readonly file?: number}
	| ProcBody
	| {readonly kind: 'device'; readonly device: DeviceName}
	/** /dev/pts/INDEX. */
	| {readonly kind: 'terminal'; readonly index: number}
	/** The name of a Unix socket: `socket` is the id of the socket that was bound to it. */
	| {readonly kind: 'socket'; readonly socket: number};

/** An inode that is known to be a directory. */
export type Directory = Inode & {readonly body: DirectoryBody};

export const isDirectory = (inode: Inode): inode is Directory => inode.body.kind === 'directory';

const typeBits: Readonly<Record<InodeBody['kind'], number>> = {
	fifo: 0o010000,
	device: 0o020000,
	terminal: 0o020000,
	directory: 0o040000,
	file: 0o100000,
	proc: 0o100000,
	symlink: 0o120000,
	socket: 0o140000,
};

/** Type and permissions, as st_mode. */
export const modeOf = (inode: Inode): number => typeBits[inode.body.kind] | inode.permissions;

/** A new inode without a name yet. `now` in nanoseconds since boot. */
export const createInode = (
	number: number,
	permissions: number,
	body: InodeBody,
	now = 0,
): Inode => {
	const time = timespecOf(now);
	return {
		number,
		permissions,
		links: body.kind === 'directory' ? 2 : 1,
		accessed: time,
		modified: time,
		changed: time,
		locks: undefined,
		body,
	};
};

/** The body of a new, empty regular file. `path` names its page cache in memory maps. */
export const createRegularBody = (
	kernel: Kernel,
	path: string,
	isOnDisk: boolean,
	program?: string,
): RegularBody => ({
	kind: 'file',
	contents: createMemoryObject(nextObjectId(kernel), path),
	blocks: isOnDisk ? createCachedBlocks() : undefined,
	program,
});

/** Device number of /dev/pts/0. */
const firstTerminal = 0x8800;

export const inodeStatus = (inode: Inode): FileStatus => {
	const size = sizeOf(inode.body);
	return {
		inode: inode.number,
		mode: modeOf(inode),
		links: inode.links,
		size,
		blockSize: 4096,
		blocks: inode.body.kind === 'file' ? allocatedBlocks(inode.body.contents) : 0,
		...(inode.body.kind === 'device' && {device: deviceNumbers[inode.body.device]}),
		...(inode.body.kind === 'terminal' && {device: firstTerminal + inode.body.index}),
		accessed: inode.accessed,
		modified: inode.modified,
		changed: inode.changed,
	};
};

/** In units of 512 bytes; holes take none. */
const allocatedBlocks = (contents: MemoryObject): number =>
	contents.pages.reduce((sum, page) => sum + (page === undefined ? 0 : 8), 0);

const sizeOf = (body: InodeBody): number => {
	if (body.kind === 'file') return body.contents.size;
	if (body.kind === 'symlink') return body.target.length;
	return body.kind === 'directory' ? 4096 : 0;
};

/** The present as a file's time. */
export const fileTime = (kernel: Kernel): Timespec => timespecOf(nanoseconds(kernel));

/** The contents or entries have changed. */
export const touchModified = (kernel: Kernel, inode: Inode): void => {
	inode.modified = fileTime(kernel);
	inode.changed = inode.modified;
};

/** Wanted accesses as in access(2): read 4, write 2, execute or search 1. The owner's bits count: all is the user's. */
export const mayAccess = (inode: Inode, wanted: number): boolean =>
	((inode.permissions >>> 6) & wanted) === wanted;
