// Regular files: reads and writes go to the page cache, which is a memory object, so mappings see them at once; blocks
// that are not in it come from the disk.

import {pageSize} from '../../vm/page.js';
import {readObject, resizeObject, writeObject} from '../../vm/memory-object.js';
import {writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {
	fetchBlocks,
	fetchForWriting,
	forgetBlocks,
	markDirty,
	writeBack,
	type BlockDevice,
} from './block-device.js';
import type {Errno} from '../errno.js';
import {recordBytes} from '../trace/events.js';
import {type FileOperations, type Io, noOperations} from './file-operations.js';
import {fileTime, type Inode, inodeStatus, type RegularBody, touchModified} from './inode.js';
import {fionread} from './ioctl-numbers.js';
import {type Kernel} from '../kernel.js';
import {isWriteSealed, mayResize} from './seals.js';
import {setOffset} from './file-offset.js';
import {listTree} from './file-system.js';
import type {OpenFile} from './open-file.js';
import {openFlags} from './open-flags.js';
import {done, failed, type Outcome} from '../outcome.js';
import {resource, softLimit} from '../process/resource-limits.js';
import {sendThreadSignal} from '../signals/signals.js';
import type {Thread} from '../process/thread.js';
import type {Sink, Source} from '../memory/user-buffer.js';

/** An open regular file. */
export type RegularFile = {
	readonly kind: 'file';
	readonly inode: Inode;
	readonly body: RegularBody;
	readonly device: BlockDevice;
	/** As it was opened, absolute. */
	readonly path: string;
};

const sigxfsz = 25;

/** A file may be as big as the machine's memory. */
export const largestFile = (kernel: Kernel): number => kernel.config.limits.machinePages * pageSize;

/** RLIMIT_FSIZE, or what the machine has. */
export const sizeLimit = (kernel: Kernel, thread: Thread | undefined): number => {
	const process = thread && kernel.processes.get(thread.pid);
	const limit = process ? softLimit(kernel, process, resource.fileSize) : Infinity;
	return Math.min(limit, largestFile(kernel));
};

const nameOf = (file: RegularFile): string => `file:${file.path}`;

const read = (kernel: Kernel, thing: RegularFile, io: Io, sink: Sink, file: OpenFile): Outcome => {
	const position = io.position ?? file.offset;
	const {contents} = thing.body;
	const wanted = Math.min(sink.length, contents.size - position);
	if (wanted <= 0) return done(0);
	const wait = fetchBlocks(kernel, thing.device, thing.body, position, position + wanted);
	if (wait) return wait;
	const bytes = readObject(contents, position, wanted);
	const count = sink.put(bytes) ? wanted : sink.putSome(bytes);
	if (count === 0) return failed('EFAULT');
	if ((file.flags & openFlags.noAccessTime) === 0) thing.inode.accessed = fileTime(kernel);
	if (io.position === undefined) setOffset(file, position + count, io.thread);
	noteBytes(kernel, thing, io.thread, 'out', bytes.subarray(0, count));
	return done(count);
};

const write = (
	kernel: Kernel,
	thing: RegularFile,
	io: Io,
	source: Source,
	file: OpenFile,
): Outcome => {
	if (source.length === 0) return done(0);
	const {body} = thing;
	// O_SYNC: the bytes are in the cache, the disk is awaited.
	if (io.progress.count > 0) return awaitDisk(kernel, thing, io);
	if (isWriteSealed(body)) return failed('EPERM');
	const position =
		(file.flags & openFlags.append) === 0 ? (io.position ?? file.offset) : body.contents.size;
	const room = sizeLimit(kernel, io.thread) - position;
	if (room <= 0) return fileTooLarge(kernel, thing, io.thread);
	const wanted = Math.min(source.length, room);
	const bytes = source.get(0, wanted) ?? source.getSome(wanted);
	const count = bytes.length;
	if (count === 0) return failed('EFAULT');
	if (position + count > body.contents.size && !mayResize(body, position + count))
		return failed('EPERM');
	const wait = fetchForWriting(kernel, thing.device, body, position, position + count);
	if (wait) return wait;
	if (!takePages(kernel, thing, position, position + count)) return failed('ENOSPC');
	storeBytes(kernel, thing, position, bytes, io.thread);
	if (io.position === undefined) setOffset(file, position + count, io.thread);
	if ((file.flags & (openFlags.dataSync | openFlags.sync)) === 0) return done(count);
	io.progress.count = count;
	return awaitDisk(kernel, thing, io);
};

/** Accounts for the pages that a write to [start, end) fills for the first time. False: the machine has no room. */
const takePages = (
	kernel: Kernel,
	{device, body}: RegularFile,
	start: number,
	end: number,
): boolean => {
	let needed = 0;
	for (let page = Math.floor(start / pageSize); page * pageSize < end; page++) {
		if (body.contents.pages[page] === undefined) needed++;
	}
	if (needed === 0) return true;
	const limit = kernel.config.limits.machinePages;
	if (device.usedPages + needed > limit) device.usedPages = countPages(kernel, device);
	if (device.usedPages + needed > limit) return false;
	device.usedPages += needed;
	return true;
};

/** The pages of all files of a host that have a name or are open. */
const countPages = (kernel: Kernel, device: BlockDevice): number => {
	const bodies = new Set<RegularBody>();
	for (const {fileSystem} of kernel.hosts.values()) {
		if (fileSystem.device !== device) continue;
		for (const {inode} of listTree(fileSystem))
			if (inode.body.kind === 'file') bodies.add(inode.body);
	}
	for (const {thing} of kernel.openFiles.values()) {
		if (thing.kind === 'file' && thing.device === device) bodies.add(thing.body);
	}
	let count = 0;
	for (const {contents} of bodies) {
		if (contents.isImmutable) continue;
		for (const page of contents.pages) if (page !== undefined) count++;
	}
	return count;
};

const awaitDisk = (kernel: Kernel, thing: RegularFile, io: Io): Outcome => {
	const outcome = writeBack(kernel, thing.device, thing.body, io);
	return outcome.kind === 'blocked' ? outcome : done(io.progress.count);
};

/** SIGXFSZ. That the machine's own limit is reached, and not the program's, is worth telling. */
const fileTooLarge = (kernel: Kernel, thing: RegularFile, thread: Thread | undefined): Outcome => {
	if (thread) {
		if (sizeLimit(kernel, thread) === largestFile(kernel)) {
			const size = `${Math.floor(largestFile(kernel) / 1_048_576)} MiB`;
			const notice = `process ${thread.pid} (${thread.name}) gets SIGXFSZ: ${thing.path} has reached ${size}, the limit`;
			if (!kernel.notices.includes(notice)) kernel.notices.push(notice);
		}
		sendThreadSignal(kernel, thread, {
			signal: sigxfsz,
			code: 0,
			sender: thread.pid,
			value: 0,
			status: 0,
			address: 0,
		});
	}
	return failed('EFBIG');
};

const storeBytes = (
	kernel: Kernel,
	thing: RegularFile,
	position: number,
	bytes: Uint8Array,
	thread: Thread | undefined,
): void => {
	const hasChanged = writeObject(thing.body.contents, position, bytes);
	markDirty(thing.body, position, position + bytes.length);
	touchModified(kernel, thing.inode);
	// Storing what was there already changes nothing that anybody could see.
	if (hasChanged && thread) markEffect(thread.context.turns);
	noteBytes(kernel, thing, thread, 'in', bytes);
};

const noteBytes = (
	kernel: Kernel,
	thing: RegularFile,
	thread: Thread | undefined,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => {
	if (!kernel.events.isOn) return;
	recordBytes(kernel, thread?.tid ?? 0, nameOf(thing), direction, bytes);
};

/** truncate(2) and O_TRUNC. The wait for a cold block that is cut in part is left out: its tail is dropped unread. */
export const resizeFile = (
	kernel: Kernel,
	inode: Inode,
	body: RegularBody,
	size: number,
	thread: Thread | undefined,
): Errno | undefined => {
	if (size > largestFile(kernel)) return 'EFBIG';
	if (!mayResize(body, size)) return 'EPERM';
	const before = body.contents.size;
	resizeObject(body.contents, size);
	forgetBlocks(body);
	touchModified(kernel, inode);
	if (before !== size && thread) markEffect(thread.context.turns);
	return undefined;
};

export const regularOperations: FileOperations<RegularFile> = {
	...noOperations,
	read,
	write,
	status: (_kernel, {inode}) => inodeStatus(inode),
	seekSize: (_kernel, {body}) => body.contents.size,
	synchronize: (kernel, {device, body}, io) => writeBack(kernel, device, body, io),
	ioctl: (_kernel, {body}, thread, request, argument, file) => {
		if (request !== fionread) return failed('ENOTTY');
		return writeInt32(thread.context, argument, body.contents.size - file.offset)
			? done(0)
			: failed('EFAULT');
	},
	channel: nameOf,
};

/** SEEK_DATA of lseek(2): the first byte from an offset on that stands on a page, or ENXIO. */
export const findData = ({body: {contents}}: RegularFile, offset: number): number | Errno => {
	const isData = (page: number): boolean => contents.pages[page] !== undefined;
	const first = Math.floor(offset / pageSize);
	if (isData(first)) return offset;
	for (let page = first + 1; page < contents.pages.length; page++)
		if (isData(page)) return page * pageSize;
	return 'ENXIO';
};

/** SEEK_HOLE: the first byte from an offset on that stands on none; there is a hole behind every file. */
export const findHole = ({body: {contents}}: RegularFile, offset: number): number => {
	let page = Math.floor(offset / pageSize);
	if (contents.pages[page] === undefined) return offset;
	while (contents.pages[page] !== undefined) page++;
	return Math.min(page * pageSize, contents.size);
};

/** A write from outside into an open or closed file at an offset, as pwrite(2) would do it. */
export const injectIntoFile = (
	kernel: Kernel,
	thing: RegularFile,
	bytes: Uint8Array,
	position = thing.body.contents.size,
): Outcome => {
	if (position + bytes.length > largestFile(kernel)) return failed('EFBIG');
	if (!takePages(kernel, thing, position, position + bytes.length)) return failed('ENOSPC');
	storeBytes(kernel, thing, position, bytes, undefined);
	return done(bytes.length);
};
