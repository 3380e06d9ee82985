// System calls on file descriptors: opening, reading, writing, seeking, closing, synchronizing.

import {readInt64, writeInt64} from '../../vm/memory.js';
import {readObject} from '../../vm/memory-object.js';
import {fetchBlocks, writeBack} from '../files/block-device.js';
import {closeDescriptor, fileAt, installDescriptor, lowestFree} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import {isFlockOperation, lockWholeFile} from '../files/file-locks.js';
import {continueFifoOpen, isFifoOpen} from '../pipes/fifo.js';
import type {Io} from '../files/file-operations.js';
import {listTree} from '../files/file-system.js';
import {type Inode, mayAccess, type RegularBody} from '../files/inode.js';
import {inotifyBits} from '../inotify/inotify.js';
import {notifyInode} from '../inotify/notify.js';
import type {Kernel} from '../kernel.js';
import {
	canRead,
	canWrite,
	createOpenFile,
	type FileThing,
	hasPosition,
	isNonblocking,
	type OpenFile,
	readFile,
	regularFileOf,
	seekFile,
	synchronizeFile,
	writeFile,
} from '../files/open-file.js';
import {openPath} from '../files/open.js';
import {openFlags} from '../files/open-flags.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {resizeFile} from '../files/regular-file.js';
import {setOffset} from '../files/file-offset.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {existingAt, atWorkingDirectory, readPath, startAt} from '../files/user-path.js';
import {type UserRange, userSink, userSource} from '../memory/user-buffer.js';

/** Bytes per transfer at most, as MAX_RW_COUNT. */
const longestTransfer = 0x7fff_f000;
const vectorLimit = 1024;
/** Set in F_GETFL of whatever was opened by name, on 64-bit Linux. */
const largeFile = 0o100000;
const creationFlags =
	openFlags.create |
	openFlags.exclusive |
	openFlags.noControllingTerminal |
	openFlags.truncate |
	openFlags.closeOnExec;
const temporaryFile = 0o20000000;

const ioOf = (file: OpenFile, thread: Thread, call: CallInProgress, position?: number): Io => ({
	thread,
	progress: call,
	isNonblocking: isNonblocking(file),
	...(position !== undefined && {position}),
});

const openAt = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	[directory, address, flags, mode]: readonly [number, number, number, number],
): Outcome => {
	if (isFifoOpen(call.memo)) {
		const open = call.memo;
		const end = continueFifoOpen(kernel, open, call.isInterrupted);
		if (end.kind !== 'pipe') return end;
		call.memo = undefined;
		if (end.inode) notifyInode(kernel, end.inode, inotifyBits.open);
		return installThing(kernel, thread, end, open.flags);
	}
	if ((flags & temporaryFile) !== 0) return failed('EOPNOTSUPP');
	const path = readPath(thread, address);
	if (isError(path)) return failed(path);
	const process = processOf(kernel, thread);
	if (lowestFree(process) === undefined) return failed('EMFILE');
	if (kernel.openFiles.size >= kernel.config.limits.openFiles) return failed('ENFILE');
	const thing = openPath(kernel, {
		fileSystem: hostOf(kernel, process).fileSystem,
		start: startAt(kernel, thread, directory, path.text),
		path: path.text,
		flags,
		permissions: mode & 0o7777 & ~process.fs.umask,
		thread,
	});
	if (isError(thing)) return failed(thing);
	if (!isFifoOpen(thing)) return installThing(kernel, thread, thing, flags);
	call.memo = thing;
	return continueFifoOpen(kernel, thing, false) as Outcome;
};

const installThing = (kernel: Kernel, thread: Thread, thing: FileThing, flags: number): Outcome => {
	const file = createOpenFile(kernel, thing, (flags & ~creationFlags) | largeFile);
	if (file === 'ENFILE') return failed(file);
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	return installDescriptor(kernel, processOf(kernel, thread), file, isClosedOnExec, thread);
};

const open: SystemCall = (kernel, thread, args, call) =>
	openAt(kernel, thread, call, [atWorkingDirectory, args[0]!, args[1]! | 0, args[2]!]);

const openat: SystemCall = (kernel, thread, args, call) =>
	openAt(kernel, thread, call, [args[0]! | 0, args[1]!, args[2]! | 0, args[3]!]);

const creat: SystemCall = (kernel, thread, args, call) => {
	const flags = openFlags.create | openFlags.writeOnly | openFlags.truncate;
	return openAt(kernel, thread, call, [atWorkingDirectory, args[0]!, flags, args[1]!]);
};

const close: SystemCall = (kernel, thread, args) =>
	closeDescriptor(kernel, processOf(kernel, thread), args[0]! | 0, thread);

const closeRange: SystemCall = (kernel, thread, args) => {
	const [first, last, flags] = [args[0]! >>> 0, args[1]! >>> 0, args[2]! | 0];
	const closeOnExecOnly = 4;
	if ((flags & ~(closeOnExecOnly | 2)) !== 0 || first > last) return failed('EINVAL');
	const process = processOf(kernel, thread);
	for (
		let descriptor = first;
		descriptor <= Math.min(last, process.descriptors.length - 1);
		descriptor++
	) {
		const slot = process.descriptors[descriptor];
		if (!slot) continue;
		if ((flags & closeOnExecOnly) !== 0) slot.closeOnExec = true;
		else closeDescriptor(kernel, process, descriptor, thread);
	}
	return done(0);
};

type Direction = 'read' | 'write';

/** One transfer between user memory and a file. */
const transfer = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	direction: Direction,
	file: OpenFile,
	ranges: readonly UserRange[],
	position?: number,
): Outcome => {
	const io = ioOf(file, thread, call, position);
	return direction === 'read'
		? readFile(kernel, file, io, userSink(thread.context, ranges))
		: writeFile(kernel, file, io, userSource(thread.context.space, ranges));
};

const transferPlain =
	(direction: Direction): SystemCall =>
	(kernel, thread, args, call) => {
		const file = fileAt(processOf(kernel, thread), args[0]! | 0);
		if (!file || !isOpenFor(file, direction)) return failed('EBADF');
		const length = args[2]!;
		if (length < 0) return failed('EINVAL');
		const range = {address: args[1]!, length: Math.min(length, longestTransfer)};
		return transfer(kernel, thread, call, direction, file, [range]);
	};

const isOpenFor = (file: OpenFile, direction: Direction): boolean =>
	direction === 'read' ? canRead(file) : canWrite(file);

const transferAt =
	(direction: Direction): SystemCall =>
	(kernel, thread, args, call) => {
		const [length, position] = [args[2]!, args[3]!];
		if (position < 0) return failed('EINVAL');
		const file = fileAt(processOf(kernel, thread), args[0]! | 0);
		if (!file) return failed('EBADF');
		if (!hasPosition(kernel, file)) return failed('ESPIPE');
		if (!isOpenFor(file, direction)) return failed('EBADF');
		if (length < 0) return failed('EINVAL');
		const range = {address: args[1]!, length: Math.min(length, longestTransfer)};
		return transfer(kernel, thread, call, direction, file, [range], position);
	};

/** An array of struct iovec. */
export const readVector = (thread: Thread, address: number, count: number): UserRange[] | Errno => {
	if (count < 0 || count > vectorLimit) return 'EINVAL';
	const ranges: UserRange[] = [];
	let total = 0;
	for (let index = 0; index < count; index++) {
		const base = readInt64(thread.context.space, address + 16 * index);
		const length = readInt64(thread.context.space, address + 16 * index + 8);
		if (base === undefined || length === undefined) return 'EFAULT';
		if (length < 0) return 'EINVAL';
		const taken = Math.min(length, longestTransfer - total);
		ranges.push({address: base, length: taken});
		total += taken;
	}
	return ranges;
};

const transferVector =
	(direction: Direction, hasOffset: boolean): SystemCall =>
	(kernel, thread, args, call) => {
		const position = hasOffset ? args[3]! : undefined;
		if (position !== undefined && position < 0) return failed('EINVAL');
		const file = fileAt(processOf(kernel, thread), args[0]! | 0);
		if (!file) return failed('EBADF');
		if (hasOffset && !hasPosition(kernel, file)) return failed('ESPIPE');
		if (!isOpenFor(file, direction)) return failed('EBADF');
		const ranges = readVector(thread, args[1]!, args[2]! | 0);
		if (isError(ranges)) return failed(ranges);
		return transfer(kernel, thread, call, direction, file, ranges, position);
	};

const lseek: SystemCall = (kernel, thread, args) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	return file ? seekFile(kernel, file, args[1]!, args[2]! | 0, thread) : failed('EBADF');
};

const flock: SystemCall = (kernel, thread, args, call) => {
	const operation = args[1]! | 0;
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file) return failed('EBADF');
	if (!isFlockOperation(operation)) return failed('EINVAL');
	return lockWholeFile(kernel, file, operation, thread, call);
};

const synchronize: SystemCall = (kernel, thread, args, call) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	return file ? synchronizeFile(kernel, file, ioOf(file, thread, call)) : failed('EBADF');
};

/** sync(2): all dirty blocks of the host. */
const sync: SystemCall = (kernel, thread, _args, call) => {
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	let outcome: Outcome = done(0);
	for (const {inode} of listTree(fileSystem)) {
		if (inode.body.kind !== 'file') continue;
		const io: Io = {thread, progress: call, isNonblocking: false};
		const step = writeBack(kernel, fileSystem.device, inode.body, io);
		if (step.kind === 'blocked') outcome = step;
	}
	return outcome;
};

const resize = (
	kernel: Kernel,
	thread: Thread,
	inode: Inode,
	body: RegularBody,
	length: number,
): Outcome => {
	const problem = resizeFile(kernel, inode, body, length, thread);
	if (problem) return failed(problem);
	notifyInode(kernel, inode, inotifyBits.modify);
	return done(0);
};

const truncateInode = (kernel: Kernel, thread: Thread, inode: Inode, length: number): Outcome => {
	if (inode.body.kind !== 'file')
		return failed(inode.body.kind === 'directory' ? 'EISDIR' : 'EINVAL');
	if (!mayAccess(inode, 2)) return failed('EACCES');
	return resize(kernel, thread, inode, inode.body, length);
};

const truncate: SystemCall = (kernel, thread, args) => {
	if (args[1]! < 0) return failed('EINVAL');
	const place = existingAt(kernel, thread, atWorkingDirectory, args[0]!);
	return isError(place) ? failed(place) : truncateInode(kernel, thread, place.inode, args[1]!);
};

const ftruncate: SystemCall = (kernel, thread, args) => {
	if (args[1]! < 0) return failed('EINVAL');
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file) return failed('EBADF');
	const regular = regularFileOf(file);
	if (!regular || !canWrite(file)) return failed('EINVAL');
	return resize(kernel, thread, regular.inode, regular.body, args[1]!);
};

/** fallocate(2) and posix_fallocate(3): makes the file as long as asked for. */
const fallocate: SystemCall = (kernel, thread, args) => {
	const [mode, offset, length] = [args[1]! | 0, args[2]!, args[3]!];
	if (offset < 0 || length <= 0) return failed('EINVAL');
	const keepSize = 1;
	if ((mode & ~keepSize) !== 0) return failed('EOPNOTSUPP');
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file || !canWrite(file)) return failed('EBADF');
	const regular = regularFileOf(file);
	if (!regular) return failed(hasPosition(kernel, file) ? 'ENODEV' : 'ESPIPE');
	const end = offset + length;
	if ((mode & keepSize) !== 0 || end <= regular.body.contents.size) return done(0);
	return resize(kernel, thread, regular.inode, regular.body, end);
};

/** posix_fadvise(2): taken note of, that is all. */
const advise: SystemCall = (kernel, thread, args) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if (!file) return failed('EBADF');
	if (!hasPosition(kernel, file)) return failed('ESPIPE');
	return args[3]! >= 0 && args[3]! <= 5 ? done(0) : failed('EINVAL');
};

/** sendfile(2): from a regular file to anything. */
const sendfile: SystemCall = (kernel, thread, args, call) => {
	const process = processOf(kernel, thread);
	const target = fileAt(process, args[0]! | 0);
	const file = fileAt(process, args[1]! | 0);
	if (!file || !target || !canRead(file) || !canWrite(target)) return failed('EBADF');
	const regular = regularFileOf(file);
	if (!regular || (target.flags & openFlags.append) !== 0) return failed('EINVAL');
	const address = args[2]!;
	const start = address === 0 ? file.offset : readInt64(thread.context.space, address);
	if (start === undefined) return failed('EFAULT');
	const length = Math.max(
		0,
		Math.min(args[3]!, longestTransfer, regular.body.contents.size - start),
	);
	if (start < 0 || args[3]! < 0) return failed('EINVAL');
	if (length === 0) return done(0);
	const wait = fetchBlocks(kernel, regular.device, regular.body, start, start + length);
	if (wait) return wait;
	const {contents} = regular.body;
	const outcome = writeFile(kernel, target, ioOf(target, thread, call), {
		length,
		get: (offset, count) => readObject(contents, start + offset, count),
		getSome: count => readObject(contents, start, count),
	});
	if (outcome.kind !== 'done') return outcome;
	if (address === 0) setOffset(file, start + outcome.value, thread);
	else if (!writeInt64(thread.context, address, start + outcome.value)) return failed('EFAULT');
	return outcome;
};

export const fileCalls: Readonly<Record<string, SystemCall>> = {
	open,
	openat,
	creat,
	close,
	close_range: closeRange,
	read: transferPlain('read'),
	write: transferPlain('write'),
	pread64: transferAt('read'),
	pwrite64: transferAt('write'),
	readv: transferVector('read', false),
	writev: transferVector('write', false),
	preadv: transferVector('read', true),
	pwritev: transferVector('write', true),
	lseek,
	flock,
	fsync: synchronize,
	fdatasync: synchronize,
	syncfs: synchronize,
	sync,
	truncate,
	ftruncate,
	fallocate,
	fadvise64: advise,
	sendfile,
};
