// System calls on names: status, permissions, links, directories, FIFOs.

import {writeBytes} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {fileAt} from '../process/descriptors.js';
import {
	createEntry,
	createSubdirectory,
	linkEntry,
	removeSubdirectory,
	renameEntry,
	unlinkEntry,
} from '../files/directory.js';
import {listEntries} from '../files/directory-file.js';
import {
	createRegularBody,
	type Inode,
	type InodeBody,
	isDirectory,
	mayAccess,
} from '../files/inode.js';
import {inotifyBits} from '../inotify/inotify.js';
import {notifyFile} from '../inotify/notify.js';
import {type Kernel} from '../kernel.js';
import {directoryOf} from '../files/open-file.js';
import {done, failed, type Outcome} from '../outcome.js';
import {isError, type Place} from '../files/path-walk.js';
import type {Process} from '../process/process.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {noteKernelValue} from '../turn-values.js';
import {finish} from './visible-change.js';
import {statusCalls} from './status.js';
import {userSink} from '../memory/user-buffer.js';
import {atWorkingDirectory, existingAt, placeAt, readPath, startOf} from '../files/user-path.js';

const removeDirectory = 0x200;
const symlinkFollow = 0x400;

const unlinkAt = (kernel: Kernel, thread: Thread, descriptor: number, address: number): Outcome => {
	const place = placeAt(kernel, thread, descriptor, address, false);
	return isError(place) ? failed(place) : finish(thread, unlinkEntry(kernel, place));
};

const rmdirAt = (kernel: Kernel, thread: Thread, descriptor: number, address: number): Outcome => {
	const place = placeAt(kernel, thread, descriptor, address, false);
	return isError(place) ? failed(place) : finish(thread, removeSubdirectory(kernel, place));
};

const unlinkat: SystemCall = (kernel, thread, args) => {
	const flags = args[2]! | 0;
	if ((flags & ~removeDirectory) !== 0) return failed('EINVAL');
	const remove = flags === 0 ? unlinkAt : rmdirAt;
	return remove(kernel, thread, args[0]! | 0, args[1]!);
};

type At = readonly [descriptor: number, address: number];

const renameAt = (kernel: Kernel, thread: Thread, from: At, to: At, flags: number): Outcome => {
	if (flags < 0 || flags > 2) return failed('EINVAL');
	const source = placeAt(kernel, thread, ...from, false);
	if (isError(source)) return failed(source);
	const target = placeAt(kernel, thread, ...to, false);
	if (isError(target)) return failed(target);
	return finish(thread, renameEntry(kernel, source, target, flags));
};

const linkAt = (kernel: Kernel, thread: Thread, from: At, to: At, flags: number): Outcome => {
	const source = existingAt(kernel, thread, ...from, (flags & symlinkFollow) !== 0);
	if (isError(source)) return failed(source);
	const target = placeAt(kernel, thread, ...to, false);
	return isError(target) ? failed(target) : finish(thread, linkEntry(kernel, source, target));
};

/** Makes a thing of which only the name is there yet. */
const make = (
	kernel: Kernel,
	thread: Thread,
	place: Place,
	permissions: number,
	body: InodeBody,
): Outcome => {
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	const inode = createEntry(kernel, fileSystem, place, permissions, body);
	return finish(thread, isError(inode) ? inode : undefined);
};

const symlinkAt = (kernel: Kernel, thread: Thread, targetAddress: number, to: At): Outcome => {
	const target = readPath(thread, targetAddress);
	if (isError(target)) return failed(target);
	if (target.text === '') return failed('ENOENT');
	const place = placeAt(kernel, thread, ...to, false);
	if (isError(place)) return failed(place);
	return make(kernel, thread, place, 0o777, {kind: 'symlink', target: target.text});
};

const readlinkAt = (
	kernel: Kernel,
	thread: Thread,
	from: At,
	buffer: number,
	size: number,
): Outcome => {
	if (size <= 0) return failed('EINVAL');
	const place = existingAt(kernel, thread, ...from, false);
	if (isError(place)) return failed(place);
	const {body} = place.inode;
	if (body.kind !== 'symlink') return failed('EINVAL');
	const bytes = new TextEncoder().encode(body.target).slice(0, size);
	return writeBytes(thread.context, buffer, bytes) ? done(bytes.length) : failed('EFAULT');
};

const mkdirAt = (kernel: Kernel, thread: Thread, to: At, mode: number): Outcome => {
	const process = processOf(kernel, thread);
	const place = placeAt(kernel, thread, ...to, false);
	if (isError(place)) return failed(place);
	const permissions = mode & 0o1777 & ~process.fs.umask;
	return finish(
		thread,
		createSubdirectory(kernel, hostOf(kernel, process).fileSystem, place, permissions),
	);
};

const typeMask = 0o170000;
const fifoType = 0o010000;
const regularType = 0o100000;
const socketType = 0o140000;

const mknodAt = (kernel: Kernel, thread: Thread, to: At, mode: number): Outcome => {
	const place = placeAt(kernel, thread, ...to, false);
	if (isError(place)) return failed(place);
	const permissions = mode & 0o7777 & ~processOf(kernel, thread).fs.umask;
	switch (mode & typeMask) {
		case fifoType:
			return make(kernel, thread, place, permissions, {kind: 'fifo', pipe: undefined});
		case 0:
		case regularType:
			return make(kernel, thread, place, permissions, createRegularBody(kernel, place.path, true));
		case socketType:
			return make(kernel, thread, place, permissions, {kind: 'socket', socket: 0});
		case 0o040000:
		case 0o120000:
			return failed('EINVAL');
		default:
			return failed('EPERM');
	}
};

const changeDirectory = (thread: Thread, process: Process, inode: Inode, path: string): Outcome => {
	if (!isDirectory(inode)) return failed('ENOTDIR');
	if (!mayAccess(inode, 1)) return failed('EACCES');
	if (process.fs.workingDirectory !== path) markEffect(thread.context.turns);
	process.fs.workingDirectory = path;
	return done(0);
};

const chdir: SystemCall = (kernel, thread, args) => {
	const place = existingAt(kernel, thread, atWorkingDirectory, args[0]!);
	return isError(place)
		? failed(place)
		: changeDirectory(thread, processOf(kernel, thread), place.inode, place.path);
};

const fchdir: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const file = fileAt(process, args[0]! | 0);
	if (!file) return failed('EBADF');
	const directory = directoryOf(file);
	return directory
		? changeDirectory(thread, process, directory.inode, directory.path)
		: failed('ENOTDIR');
};

const getcwd: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const start = startOf(kernel, process, here);
	if (isError(start)) return failed(start);
	const bytes = new TextEncoder().encode(`${process.fs.workingDirectory}\0`);
	if (args[1]! < bytes.length) return failed('ERANGE');
	return writeBytes(thread.context, args[0]!, bytes) ? done(bytes.length) : failed('EFAULT');
};

const getdents64: SystemCall = (kernel, thread, args) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file) return failed('EBADF');
	const directory = directoryOf(file);
	if (!directory) return failed('ENOTDIR');
	const length = args[2]! >>> 0;
	notifyFile(kernel, file, inotifyBits.access);
	return listEntries(
		file,
		directory,
		userSink(thread.context, [{address: args[1]!, length}]),
		thread,
	);
};

const umask: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const before = process.fs.umask;
	process.fs.umask = args[0]! & 0o777;
	noteKernelValue(thread, 'umask', process.pid, before, process.fs.umask);
	return done(before);
};

const here = atWorkingDirectory;

export const directoryCalls: Readonly<Record<string, SystemCall>> = {
	...statusCalls,
	unlink: (kernel, thread, args) => unlinkAt(kernel, thread, here, args[0]!),
	unlinkat,
	rmdir: (kernel, thread, args) => rmdirAt(kernel, thread, here, args[0]!),
	rename: (kernel, thread, args) => renameAt(kernel, thread, [here, args[0]!], [here, args[1]!], 0),
	renameat: (kernel, thread, args) =>
		renameAt(kernel, thread, [args[0]! | 0, args[1]!], [args[2]! | 0, args[3]!], 0),
	renameat2: (kernel, thread, args) =>
		renameAt(kernel, thread, [args[0]! | 0, args[1]!], [args[2]! | 0, args[3]!], args[4]! | 0),
	link: (kernel, thread, args) => linkAt(kernel, thread, [here, args[0]!], [here, args[1]!], 0),
	linkat: (kernel, thread, args) =>
		linkAt(kernel, thread, [args[0]! | 0, args[1]!], [args[2]! | 0, args[3]!], args[4]! | 0),
	symlink: (kernel, thread, args) => symlinkAt(kernel, thread, args[0]!, [here, args[1]!]),
	symlinkat: (kernel, thread, args) =>
		symlinkAt(kernel, thread, args[0]!, [args[1]! | 0, args[2]!]),
	readlink: (kernel, thread, args) =>
		readlinkAt(kernel, thread, [here, args[0]!], args[1]!, args[2]! | 0),
	readlinkat: (kernel, thread, args) =>
		readlinkAt(kernel, thread, [args[0]! | 0, args[1]!], args[2]!, args[3]! | 0),
	mkdir: (kernel, thread, args) => mkdirAt(kernel, thread, [here, args[0]!], args[1]!),
	mkdirat: (kernel, thread, args) => mkdirAt(kernel, thread, [args[0]! | 0, args[1]!], args[2]!),
	mknod: (kernel, thread, args) => mknodAt(kernel, thread, [here, args[0]!], args[1]!),
	mknodat: (kernel, thread, args) => mknodAt(kernel, thread, [args[0]! | 0, args[1]!], args[2]!),
	chdir,
	fchdir,
	getcwd,
	getdents64,
	umask,
};
