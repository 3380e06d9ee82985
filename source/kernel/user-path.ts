// Path arguments of system calls: the string in user memory and the directory it starts from.

import {readCString} from '../vm/memory.js';
import type {Errno} from './errno.js';
import {fileAt} from './descriptors.js';
import {directoryOf} from './open-file.js';
import {isDirectory} from './inode.js';
import type {Kernel} from './kernel.js';
import {find, isError, type Place, type Start, walk} from './path-walk.js';
import type {Inode} from './inode.js';
import {hostOf, processOf} from './system-call.js';
import type {Process} from './process.js';
import type {Thread} from './thread.js';

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
	if (process.workingDirectory === '/') return {directory: fileSystem.root, path: '/'};
	const root: Start = {directory: fileSystem.root, path: '/'};
	const place = find(fileSystem, root, process.workingDirectory);
	if (isError(place)) return place;
	return isDirectory(place.inode) ? {directory: place.inode, path: place.path} : 'ENOTDIR';
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
	const process = processOf(kernel, thread);
	return walk(
		hostOf(kernel, process).fileSystem,
		startOf(kernel, process, descriptor),
		path.text,
		follow,
	);
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
