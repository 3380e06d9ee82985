// open(2) and openat(2): from a path to an open file description.

import {markEffect} from '../../vm/turns.js';
import {createEntry} from './directory.js';
import type {Errno} from '../errno.js';
import {beginFifoOpen, type FifoInode, type FifoOpen, isFifoOpen} from '../pipes/fifo.js';
import {type FileSystem, isVolatile} from './file-system.js';
import {createRegularBody, type Inode, isDirectory, mayAccess} from './inode.js';
import {inotifyBits} from '../inotify/inotify.js';
import {notifyInode} from '../inotify/notify.js';
import type {Kernel} from '../kernel.js';
import type {FileThing, OpenFile} from './open-file.js';
import {openFlags} from './open-flags.js';
import {openPipeEnd} from '../pipes/pipe.js';
import {openRadio} from '../network/radio.js';
import {isError, type Place, type Start, walk} from './path-walk.js';
import {resizeFile} from './regular-file.js';
import {processOf} from '../system-call.js';
import {controllingTerminal} from '../terminals/job-control.js';
import {openMaster, openSlave} from '../terminals/terminal-names.js';
import type {Thread} from '../process/thread.js';

export type OpenRequest = {
	readonly fileSystem: FileSystem;
	readonly start: Start | Errno;
	readonly path: string;
	readonly flags: number;
	/** Permissions of a new file, the umask applied. */
	readonly permissions: number;
	readonly thread: Thread;
};

/** 4 to read, 2 to write, as in access(2). */
const wantedAccess = (flags: number): number => {
	const mode = flags & openFlags.accessMode;
	if (mode === openFlags.readOnly) return 4;
	return mode === openFlags.writeOnly ? 2 : 6;
};

/** Finds or makes the thing to open. A FIFO may have to wait for its other side. */
export const openPath = (kernel: Kernel, request: OpenRequest): FileThing | FifoOpen | Errno => {
	const {flags} = request;
	const isExclusive = (flags & openFlags.create) !== 0 && (flags & openFlags.exclusive) !== 0;
	const follow = !isExclusive && (flags & openFlags.noFollow) === 0;
	const place = walk(request.fileSystem, request.start, request.path, follow);
	if (isError(place)) return place;
	const {inode} = place;
	if (!inode)
		return (flags & openFlags.create) === 0 ? 'ENOENT' : createAndOpen(kernel, request, place);
	if (isExclusive) return 'EEXIST';
	const thing = openInode(kernel, request, place, inode);
	if (isError(thing) || isFifoOpen(thing)) return thing;
	notifyInode(kernel, inode, inotifyBits.open, place.path);
	if (thing.kind === 'file' && (flags & openFlags.truncate) !== 0)
		notifyInode(kernel, inode, inotifyBits.modify, place.path);
	return thing;
};

const createAndOpen = (kernel: Kernel, request: OpenRequest, place: Place): FileThing | Errno => {
	const {fileSystem, flags, permissions, thread} = request;
	if ((flags & openFlags.directory) !== 0) return 'EINVAL';
	const body = createRegularBody(kernel, place.path, !isVolatile(fileSystem, place.parent));
	const inode = createEntry(kernel, fileSystem, place, permissions, body);
	if (isError(inode)) return inode;
	markEffect(thread.context.turns);
	notifyInode(kernel, inode, inotifyBits.open, place.path);
	return {kind: 'file', inode, body, device: fileSystem.device, path: place.path};
};

const openInode = (
	kernel: Kernel,
	request: OpenRequest,
	place: Place,
	inode: Inode,
): FileThing | FifoOpen | Errno => {
	const {flags} = request;
	const wanted = wantedAccess(flags);
	if (inode.body.kind === 'symlink') {
		const file = kernel.openFiles.get(inode.body.file ?? -1);
		return file && (flags & openFlags.noFollow) === 0 ? reopen(kernel, file, request) : 'ELOOP';
	}
	if (isDirectory(inode)) {
		if ((flags & openFlags.create) !== 0 || (wanted & 2) !== 0) return 'EISDIR';
	} else if ((flags & openFlags.directory) !== 0) {
		return 'ENOTDIR';
	}
	const access = wanted | ((flags & openFlags.truncate) === 0 ? 0 : 2);
	if (!mayAccess(inode, access)) return 'EACCES';
	if (isDirectory(inode)) return {kind: 'directory', inode, body: inode.body, path: place.path};
	return openThing(kernel, request, place, inode);
};

/** Opening a link of /proc/PID/fd opens what the descriptor refers to. */
const reopen = (kernel: Kernel, {thing}: OpenFile, request: OpenRequest): FileThing | Errno => {
	const {flags} = request;
	switch (thing.kind) {
		case 'pipe': {
			const mode = flags & openFlags.accessMode;
			const access = {reads: mode !== openFlags.writeOnly, writes: mode !== openFlags.readOnly};
			openPipeEnd(thing.pipe, access);
			return {...thing, ...access, writersSeen: -1};
		}

		case 'file': {
			if (!mayAccess(thing.inode, wantedAccess(flags))) return 'EACCES';
			if ((flags & openFlags.truncate) === 0) return {...thing};
			return resizeFile(kernel, thing.inode, thing.body, 0, undefined) ?? {...thing};
		}

		case 'pty':
			return thing.isMaster ? 'EIO' : openSlave(kernel, request.thread, thing.pty, flags);
		case 'console':
		case 'device':
		case 'directory':
		case 'proc':
			return {...thing};
		default:
			return 'ENXIO';
	}
};

/** /dev/tty: the controlling terminal, tty(4). */
const openOwnTerminal = (kernel: Kernel, thread: Thread, flags: number): FileThing | Errno => {
	const terminal = controllingTerminal(kernel, processOf(kernel, thread));
	if (terminal) return openSlave(kernel, thread, terminal, flags);
	return kernel.console.isTerminal.includes(true) ? {kind: 'console', stream: 1} : 'ENXIO';
};

const openThing = (
	kernel: Kernel,
	request: OpenRequest,
	place: Place,
	inode: Inode,
): FileThing | FifoOpen | Errno => {
	const {fileSystem, flags, thread} = request;
	const {body} = inode;
	switch (body.kind) {
		case 'file': {
			if (body.program !== undefined && (wantedAccess(flags) & 2) !== 0) return 'ETXTBSY';
			const problem =
				(flags & openFlags.truncate) === 0 ? undefined : resizeFile(kernel, inode, body, 0, thread);
			return problem ?? {kind: 'file', inode, body, device: fileSystem.device, path: place.path};
		}

		case 'fifo':
			return beginFifoOpen(kernel, inode as FifoInode, place.path, flags, thread);
		case 'device':
			if (body.device === 'radio') return openRadio(kernel, fileSystem.host, inode);
			if (body.device === 'ptmx') return openMaster(kernel, thread);
			if (body.device !== 'tty') return {kind: 'device', device: body.device, inode};
			return openOwnTerminal(kernel, thread, flags);
		case 'terminal':
			return openSlave(kernel, thread, kernel.terminals.get(body.index), flags);
		case 'directory':
			return {kind: 'directory', inode, body, path: place.path};
		case 'proc':
			return {kind: 'proc', inode, body, path: place.path, bytes: new Uint8Array(0)};
		case 'socket':
			return 'ENXIO';
		case 'symlink':
			return 'ELOOP';
	}
};
