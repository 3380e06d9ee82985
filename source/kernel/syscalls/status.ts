// System calls on what an inode says of itself: status, permissions, owner, times; and of the file system.

import {readInt64} from '../../vm/memory.js';
import {pageSize} from '../../vm/page.js';
import {fileAt} from '../process/descriptors.js';
import {changePermissions} from '../files/directory.js';
import type {Errno} from '../errno.js';
import {inodeOf} from '../files/file-locks.js';
import {listTree} from '../files/file-system.js';
import {fileTime, type Inode, inodeStatus, mayAccess} from '../files/inode.js';
import {inotifyBits} from '../inotify/inotify.js';
import {notifyInode} from '../inotify/notify.js';
import type {Kernel} from '../kernel.js';
import {statusOf} from '../files/open-file.js';
import {done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {userId} from '../signals/signal-numbers.js';
import {writeFileSystemStatus, writeStat} from '../files/stat-layout.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {bootTime, type Timespec} from '../time/time.js';
import {atWorkingDirectory, existingAt, readPath} from '../files/user-path.js';
import {finish} from './visible-change.js';

const symlinkNoFollow = 0x100;
const emptyPath = 0x1000;

const isEmptyPath = (thread: Thread, address: number): boolean => {
	const path = readPath(thread, address);
	return !isError(path) && path.text === '';
};

/** What a path names, or with AT_EMPTY_PATH and an empty path what the descriptor is. */
const inodeAt = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	address: number,
	flags: number,
): Inode | Errno => {
	if ((flags & emptyPath) !== 0 && isEmptyPath(thread, address)) {
		const file = fileAt(processOf(kernel, thread), descriptor);
		return file ? (inodeOf(file) ?? 'EBADF') : 'EBADF';
	}
	const place = existingAt(kernel, thread, descriptor, address, (flags & symlinkNoFollow) === 0);
	return isError(place) ? place : place.inode;
};

const statPath = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	address: number,
	buffer: number,
	flags: number,
): Outcome => {
	const inode = inodeAt(kernel, thread, descriptor, address, flags);
	if (isError(inode)) return failed(inode);
	return writeStat(thread.context, buffer, inodeStatus(inode)) ? done(0) : failed('EFAULT');
};

const fstat: SystemCall = (kernel, thread, args) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file) return failed('EBADF');
	return writeStat(thread.context, args[1]!, statusOf(kernel, file)) ? done(0) : failed('EFAULT');
};

const newfstatat: SystemCall = (kernel, thread, args, call) => {
	const flags = args[3]! | 0;
	if ((flags & ~(symlinkNoFollow | emptyPath | 0x800)) !== 0) return failed('EINVAL');
	if (
		(flags & emptyPath) !== 0 &&
		args[0]! !== atWorkingDirectory &&
		isEmptyPath(thread, args[1]!)
	) {
		return fstat(kernel, thread, [args[0]!, args[2]!], call);
	}
	return statPath(kernel, thread, args[0]! | 0, args[1]!, args[2]!, flags);
};

const checkAccess = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	address: number,
	mode: number,
	flags: number,
): Outcome => {
	if ((mode & ~7) !== 0) return failed('EINVAL');
	const inode = inodeAt(kernel, thread, descriptor, address, flags);
	if (isError(inode)) return failed(inode);
	return mayAccess(inode, mode) ? done(0) : failed('EACCES');
};

const chmodInode = (
	kernel: Kernel,
	thread: Thread,
	inode: Inode | Errno,
	mode: number,
): Outcome => {
	if (isError(inode)) return failed(inode);
	changePermissions(kernel, inode, mode);
	return finish(thread, undefined);
};

const fileInode = (kernel: Kernel, thread: Thread, descriptor: number): Inode | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	return file ? (inodeOf(file) ?? 'EINVAL') : 'EBADF';
};

/** There is one user and one group: a change to another one is refused. */
const chownInode = (inode: Inode | Errno, user: number, group: number): Outcome => {
	if (isError(inode)) return failed(inode);
	return [user, group].every(id => id === -1 || id === userId) ? done(0) : failed('EPERM');
};

const setTimes = (
	kernel: Kernel,
	thread: Thread,
	inode: Inode,
	address: number,
): Errno | undefined => {
	const now = fileTime(kernel);
	const specialNow = 0x3fff_ffff;
	const specialOmit = 0x3fff_fffe;
	const times = [inode.accessed, inode.modified].map((old, index): Timespec | Errno => {
		if (address === 0) return now;
		const seconds = readInt64(thread.context.space, address + 16 * index);
		const rest = readInt64(thread.context.space, address + 16 * index + 8);
		if (seconds === undefined || rest === undefined) return 'EFAULT';
		if (rest === specialNow) return now;
		if (rest === specialOmit) return old;
		if (rest < 0 || rest > 999_999_999) return 'EINVAL';
		return {seconds: seconds - bootTime, nanoseconds: rest};
	});
	for (const time of times) if (isError(time)) return time;
	const [accessed, modified] = times as [Timespec, Timespec];
	inode.accessed = accessed;
	inode.modified = modified;
	inode.changed = now;
	notifyInode(kernel, inode, inotifyBits.attributes);
	return undefined;
};

const utimensat: SystemCall = (kernel, thread, args) => {
	const inode =
		args[1] === 0
			? fileInode(kernel, thread, args[0]! | 0)
			: inodeAt(kernel, thread, args[0]! | 0, args[1]!, args[3]! | 0);
	if (isError(inode)) return failed(inode);
	return finish(thread, setTimes(kernel, thread, inode, args[2]!));
};

const storeFileSystem = (kernel: Kernel, thread: Thread, address: number): Outcome => {
	const all = kernel.config.limits.machinePages;
	let used = 0;
	for (const {inode} of listTree(hostOf(kernel, processOf(kernel, thread)).fileSystem)) {
		used += (inodeStatus(inode).blocks * 512) / pageSize;
	}
	const blocks = {all, free: Math.max(0, all - used)};
	return writeFileSystemStatus(thread.context, address, blocks) ? done(0) : failed('EFAULT');
};

const statfs: SystemCall = (kernel, thread, args) => {
	const place = existingAt(kernel, thread, atWorkingDirectory, args[0]!);
	return isError(place) ? failed(place) : storeFileSystem(kernel, thread, args[1]!);
};

const fstatfs: SystemCall = (kernel, thread, args) =>
	fileAt(processOf(kernel, thread), args[0]! | 0)
		? storeFileSystem(kernel, thread, args[1]!)
		: failed('EBADF');

const here = atWorkingDirectory;

export const statusCalls: Readonly<Record<string, SystemCall>> = {
	stat: (kernel, thread, args) => statPath(kernel, thread, here, args[0]!, args[1]!, 0),
	lstat: (kernel, thread, args) =>
		statPath(kernel, thread, here, args[0]!, args[1]!, symlinkNoFollow),
	fstat,
	newfstatat,
	access: (kernel, thread, args) => checkAccess(kernel, thread, here, args[0]!, args[1]! | 0, 0),
	faccessat: (kernel, thread, args) =>
		checkAccess(kernel, thread, args[0]! | 0, args[1]!, args[2]! | 0, 0),
	faccessat2: (kernel, thread, args) =>
		checkAccess(kernel, thread, args[0]! | 0, args[1]!, args[2]! | 0, args[3]! | 0),
	chmod: (kernel, thread, args) =>
		chmodInode(kernel, thread, inodeAt(kernel, thread, here, args[0]!, 0), args[1]!),
	fchmod: (kernel, thread, args) =>
		chmodInode(kernel, thread, fileInode(kernel, thread, args[0]! | 0), args[1]!),
	fchmodat: (kernel, thread, args) =>
		chmodInode(kernel, thread, inodeAt(kernel, thread, args[0]! | 0, args[1]!, 0), args[2]!),
	chown: (kernel, thread, args) =>
		chownInode(inodeAt(kernel, thread, here, args[0]!, 0), args[1]! | 0, args[2]! | 0),
	lchown: (kernel, thread, args) =>
		chownInode(
			inodeAt(kernel, thread, here, args[0]!, symlinkNoFollow),
			args[1]! | 0,
			args[2]! | 0,
		),
	fchown: (kernel, thread, args) =>
		chownInode(fileInode(kernel, thread, args[0]! | 0), args[1]! | 0, args[2]! | 0),
	fchownat: (kernel, thread, args) =>
		chownInode(
			inodeAt(kernel, thread, args[0]! | 0, args[1]!, args[4]! | 0),
			args[2]! | 0,
			args[3]! | 0,
		),
	utimensat,
	statfs,
	fstatfs,
};
