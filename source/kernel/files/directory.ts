// Names: link(2), unlink(2), rename(2), mkdir(2), rmdir(2), mknod(2), symlink(2), with their rules.

import {addEntry, type FileSystem, makeDirectory} from './file-system.js';
import type {Errno} from '../errno.js';
import {
	type Directory,
	type Inode,
	type InodeBody,
	isDirectory,
	mayAccess,
	touchModified,
	fileTime,
} from './inode.js';
import {inotifyBits} from '../inotify/inotify.js';
import {notifyEntry, notifyIfGone, notifyInode, notifySelf} from '../inotify/notify.js';
import {type Kernel, nanoseconds, nextSequence} from '../kernel.js';
import type {Place} from './path-walk.js';

const isSpecial = (name: string): boolean => name === '' || name === '.' || name === '..';

/** Whether a new name may be made there. */
const mayCreate = (place: Place): Errno | undefined => {
	if (place.inode || isSpecial(place.name)) return 'EEXIST';
	if (place.parent.links === 0) return 'ENOENT';
	return mayAccess(place.parent, 3) ? undefined : 'EACCES';
};

/** Makes anything but a directory. */
export const createEntry = (
	kernel: Kernel,
	fileSystem: FileSystem,
	place: Place,
	permissions: number,
	body: InodeBody,
): Inode | Errno => {
	const problem = mayCreate(place);
	if (problem) return problem;
	if (place.mustBeDirectory) return body.kind === 'file' ? 'EISDIR' : 'ENOENT';
	const inode = addEntry(
		fileSystem,
		place.parent,
		place.name,
		permissions,
		body,
		nanoseconds(kernel),
	);
	touchModified(kernel, place.parent);
	notifyEntry(kernel, place.parent, inotifyBits.create, place.name, inode);
	return inode;
};

/** mkdir(2). */
export const createSubdirectory = (
	kernel: Kernel,
	fileSystem: FileSystem,
	place: Place,
	permissions: number,
): Errno | undefined => {
	const problem = mayCreate(place);
	if (problem) return problem;
	const now = nanoseconds(kernel);
	const directory = makeDirectory(fileSystem, place.parent, place.name, permissions, now);
	touchModified(kernel, place.parent);
	notifyEntry(kernel, place.parent, inotifyBits.create, place.name, directory);
	return undefined;
};

/** Takes a name away. The inode lives on while it is open or mapped. */
const removeName = (kernel: Kernel, parent: Directory, name: string, inode: Inode): void => {
	parent.body.entries.delete(name);
	touchModified(kernel, parent);
	inode.changed = parent.changed;
	if (isDirectory(inode)) {
		inode.links = 0;
		parent.links--;
	} else {
		inode.links--;
	}
};

/** unlink(2). */
export const unlinkEntry = (kernel: Kernel, place: Place): Errno | undefined => {
	if (isSpecial(place.name)) return 'EISDIR';
	if (!place.inode) return 'ENOENT';
	if (!mayAccess(place.parent, 3)) return 'EACCES';
	if (isDirectory(place.inode)) return 'EISDIR';
	if (place.mustBeDirectory) return 'ENOTDIR';
	removeName(kernel, place.parent, place.name, place.inode);
	notifySelf(kernel, place.inode, inotifyBits.attributes);
	notifyIfGone(kernel, place.inode);
	notifyEntry(kernel, place.parent, inotifyBits.delete, place.name, place.inode);
	return undefined;
};

/** rmdir(2). */
export const removeSubdirectory = (kernel: Kernel, place: Place): Errno | undefined => {
	if (place.name === '.') return 'EINVAL';
	if (place.name === '..') return 'ENOTEMPTY';
	if (place.name === '') return 'EBUSY';
	if (!place.inode) return 'ENOENT';
	if (!mayAccess(place.parent, 3)) return 'EACCES';
	if (!isDirectory(place.inode)) return 'ENOTDIR';
	if (place.inode.body.entries.size > 0) return 'ENOTEMPTY';
	removeName(kernel, place.parent, place.name, place.inode);
	notifyIfGone(kernel, place.inode);
	notifyEntry(kernel, place.parent, inotifyBits.delete, place.name, place.inode);
	return undefined;
};

/** link(2). */
export const linkEntry = (
	kernel: Kernel,
	from: Place & {readonly inode: Inode},
	to: Place,
): Errno | undefined => {
	const problem = mayCreate(to);
	if (problem) return problem;
	if (isDirectory(from.inode)) return 'EPERM';
	to.parent.body.entries.set(to.name, from.inode);
	from.inode.links++;
	touchModified(kernel, to.parent);
	from.inode.changed = to.parent.changed;
	notifySelf(kernel, from.inode, inotifyBits.attributes);
	notifyEntry(kernel, to.parent, inotifyBits.create, to.name, from.inode);
	return undefined;
};

const renameNoReplace = 1;
const renameExchange = 2;

/** rename(2) and renameat2(2). */
export const renameEntry = (
	kernel: Kernel,
	from: Place,
	to: Place,
	flags: number,
): Errno | undefined => {
	if (isSpecial(from.name) || isSpecial(to.name)) return 'EBUSY';
	const {inode} = from;
	if (!inode) return 'ENOENT';
	if (to.inode && flags === renameNoReplace) return 'EEXIST';
	if (!to.inode && flags === renameExchange) return 'ENOENT';
	if (!isDirectory(inode) && (from.mustBeDirectory || to.mustBeDirectory)) return 'ENOTDIR';
	if (isDirectory(inode) && isInside(to.parent, inode)) return 'EINVAL';
	if (to.inode && isDirectory(to.inode) && isInside(from.parent, to.inode)) return 'ENOTEMPTY';
	if (to.inode === inode) return undefined;
	if (!mayAccess(from.parent, 3) || !mayAccess(to.parent, 3)) return 'EACCES';
	if (flags === renameExchange && to.inode) return exchange(kernel, from, inode, to, to.inode);
	const problem = to.inode && replaceable(inode, to.inode);
	if (problem) return problem;
	if (to.inode) removeName(kernel, to.parent, to.name, to.inode);
	place(kernel, from.parent, from.name, undefined, inode);
	place(kernel, to.parent, to.name, inode, inode);
	notifyMove(kernel, from, to, inode);
	if (!to.inode) return undefined;
	notifySelf(kernel, to.inode, inotifyBits.attributes);
	notifyIfGone(kernel, to.inode);
	return undefined;
};

const isInside = (directory: Directory, ancestor: Inode): boolean => {
	for (
		let step: Inode | undefined = directory;
		step;
		step = isDirectory(step) ? step.body.parent : undefined
	) {
		if (step === ancestor) return true;
	}
	return false;
};

const replaceable = (inode: Inode, target: Inode): Errno | undefined => {
	if (isDirectory(inode) && !isDirectory(target)) return 'ENOTDIR';
	if (!isDirectory(target)) return undefined;
	if (!isDirectory(inode)) return 'EISDIR';
	return target.body.entries.size > 0 ? 'ENOTEMPTY' : undefined;
};

const exchange = (kernel: Kernel, from: Place, a: Inode, to: Place, b: Inode): undefined => {
	place(kernel, from.parent, from.name, undefined, a);
	place(kernel, to.parent, to.name, undefined, b);
	place(kernel, from.parent, from.name, b, b);
	place(kernel, to.parent, to.name, a, a);
	notifyMove(kernel, from, to, a);
	notifyMove(kernel, to, from, b);
	return undefined;
};

/** The two halves of a rename have one cookie, by which they are known to belong together. */
const notifyMove = (kernel: Kernel, from: Place, to: Place, inode: Inode): void => {
	if (kernel.watches.length === 0) return;
	const cookie = nextSequence(kernel) + 1;
	notifyEntry(kernel, from.parent, inotifyBits.movedFrom, from.name, inode, cookie);
	notifyEntry(kernel, to.parent, inotifyBits.movedTo, to.name, inode, cookie);
	notifySelf(kernel, inode, inotifyBits.moveSelf);
};

/** Enters or removes a name without changing the link count of files; directories move with their parent link. */
const place = (
	kernel: Kernel,
	parent: Directory,
	name: string,
	entry: Inode | undefined,
	inode: Inode,
): void => {
	if (entry) parent.body.entries.set(name, entry);
	else parent.body.entries.delete(name);
	if (isDirectory(inode)) {
		parent.links += entry ? 1 : -1;
		if (entry) inode.body.parent = parent;
	}
	touchModified(kernel, parent);
	inode.changed = parent.changed;
};

/** chmod(2). */
export const changePermissions = (kernel: Kernel, inode: Inode, permissions: number): void => {
	inode.permissions = permissions & 0o7777;
	inode.changed = fileTime(kernel);
	notifyInode(kernel, inode, inotifyBits.attributes);
};
