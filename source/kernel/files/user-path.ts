// Path arguments of system calls: the string in user memory and the directory it starts from.

import {readCString} from '../../vm/memory.js';
import type {Errno} from '../errno.js';
import {fileAt} from '../process/descriptors.js';
import {directoryOf} from './open-file.js';
import {isDirectory} from './inode.js';
import type {Kernel} from '../kernel.js';
import {find, isError, type Place, type Start, walk} from './path-walk.js';
import type {Inode} from './inode.js';
import {refreshProc} from '../proc/proc-tree.js';
import {hostOf, processOf} from '../system-call.js';
import type {Process} from '../process/process.js';
import type {Thread} from '../process/thread.js';

export const atWorkingDirectory = -100;

export type UserPath = {readonly text: string};

/** The path that an argument points to. */
export const readPath = (thread: Thread, address: number): UserPath | Errno => {
	const bytes = readCString(thread.context.space, address);
	if (bytes === undefined) return 'EFAULT';
	if (bytes === 'too-long') return 'ENAMETOOLONG';
	return {text: new TextDecoder().decode(bytes)};
};

/** Where a relative path starts: the working directory, or the directory behind a descriptor. */
export const startOf = (kernel: Kernel, process: Process, descriptor: number): Start | Errno => {
	if (descriptor !== atWorkingDirectory) {
		const file = fileAt(process, descriptor);
		if (!file) return 'EBADF';
		const directory = directoryOf(file);
		return directory && isDirectory(directory.inode)
			? {directory: directory.inode, path: directory.path}
			: 'ENOTDIR';
	}
	const {fileSystem} = hostOf(kernel, process);
	if (process.fs.workingDirectory === '/') return {directory: fileSystem.root, path: '/'};
	const root: Start = {directory: fileSystem.root, path: '/'};
	const place = find(fileSystem, root, process.fs.workingDirectory);
	if (isError(place)) return place;
	return isDirectory(place.inode) ? {directory: place.inode, path: place.path} : 'ENOTDIR';
};

/** Paths that may lead into /proc: by name, or through the links of /dev. */
const leadsToProc = /proc|dev\/(fd|std)/;

/** The same for a path about to be walked: /proc is made to say what is so now. */
export const startAt = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	text: string,
): Start | Errno => {
	const process = processOf(kernel, thread);
	const start = startOf(kernel, process, descriptor);
	const path = `${isError(start) ? '' : start.path}/${text}`;
	if (leadsToProc.test(path))
		refreshProc(
			kernel,
			hostOf(kernel, process).fileSystem,
			process,
			thread.tid,
			path.replace(/dev\/(fd|std)/, 'self/'),
		);
	return start;
};

/** The place that a path argument names; the last component may be missing. */
export const placeAt = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	address: number,
	follow: boolean,
): Place | Errno => {
	const path = readPath(thread, address);
	if (isError(path)) return path;
	const start = startAt(kernel, thread, descriptor, path.text);
	return walk(hostOf(kernel, processOf(kernel, thread)).fileSystem, start, path.text, follow);
};

/** The same for what must exist. */
export const existingAt = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
	address: number,
	follow = true,
): (Place & {readonly inode: Inode}) | Errno => {
	const place = placeAt(kernel, thread, descriptor, address, follow);
	if (isError(place)) return place;
	return place.inode ? {...place, inode: place.inode} : 'ENOENT';
};
