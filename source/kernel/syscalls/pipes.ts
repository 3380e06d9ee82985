// System calls on descriptors that are no transfers: pipe(2), dup(2), fcntl(2), ioctl(2), and the objects that live
// behind descriptors only (eventfd, timerfd, memfd).

import {readBytes, readInt32, writeBytes, writeInt32} from '../../vm/memory.js';
import {duplicateTo, fileAt, installDescriptor, lowestFree, placeDescriptor} from '../descriptors.js';
import {createEventFile} from '../eventfd.js';
import {clearRecordLock, findConflict, type RecordLock, setRecordLock} from '../file-locks.js';
import {createInode, createRegularBody} from '../inode.js';
import {fioclex, fionbio, fionclex} from '../ioctl-numbers.js';
import {type Kernel, nanoseconds} from '../kernel.js';
import type {Errno} from '../errno.js';
import {
	canRead,
	canWrite,
	controlFile,
	createOpenFile,
	type FileThing,
	type OpenFile,
	statusOf,
} from '../open-file.js';
import {openFlags} from '../open-flags.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../path-walk.js';
import {capacityOf, createPipe, setPipeCapacity} from '../pipe.js';
import {createPipeEnds} from '../pipe-file.js';
import type {Process} from '../process.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../thread.js';
import {readPath} from '../user-path.js';
import {armTimer, createTimerFile, type FileTimer, timeToExpiration} from '../timerfd.js';
import {bootTime, isSleepClock, readTimespec, type Timespec, timespecOf, writeTimespec} from '../time.js';
import {noteKernelValue} from '../turn-values.js';

/** Gives a new thing a description and a descriptor. */
const install = (kernel: Kernel, thread: Thread, thing: FileThing, flags: number): Outcome => {
	const file = createOpenFile(kernel, thing, flags & ~openFlags.closeOnExec);
	if (file === 'ENFILE') return failed(file);
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	return installDescriptor(kernel, processOf(kernel, thread), file, isClosedOnExec, thread);
};

const makePipe = (kernel: Kernel, thread: Thread, address: number, flags: number): Outcome => {
	const allowed = openFlags.closeOnExec | openFlags.nonblock | openFlags.direct;
	if ((flags & ~allowed) !== 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const first = lowestFree(process);
	const second = first === undefined ? undefined : lowestFree(process, first + 1);
	if (first === undefined || second === undefined) return failed('EMFILE');
	if (kernel.openFiles.size + 2 > kernel.config.limits.openFiles) return failed('ENFILE');
	const isStored = writeInt32(thread.context, address, first) && writeInt32(thread.context, address + 4, second);
	if (!isStored) return failed('EFAULT');
	const {readEnd, writeEnd} = createPipeEnds(createPipe(kernel));
	const status = flags & ~openFlags.closeOnExec;
	const reader = createOpenFile(kernel, readEnd, openFlags.readOnly | status) as OpenFile;
	const writer = createOpenFile(kernel, writeEnd, openFlags.writeOnly | status) as OpenFile;
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	placeDescriptor(process, first, reader, isClosedOnExec, thread);
	placeDescriptor(process, second, writer, isClosedOnExec, thread);
	return done(0);
};

const dup: SystemCall = (kernel, thread, args) => {
	const process = processOf(kernel, thread);
	const file = fileAt(process, args[0]! | 0);
	return file ? installDescriptor(kernel, process, file, false, thread) : failed('EBADF');
};

const dup2: SystemCall = (kernel, thread, args) => {
	const [from, to] = [args[0]! | 0, args[1]! | 0];
	const process = processOf(kernel, thread);
	const file = fileAt(process, from);
	if (!file || to < 0 || to >= process.descriptorLimit) return failed('EBADF');
	return from === to ? done(to) : duplicateTo(kernel, process, file, to, false, thread);
};

const dup3: SystemCall = (kernel, thread, args) => {
	const [from, to, flags] = [args[0]! | 0, args[1]! | 0, args[2]! | 0];
	if ((flags & ~openFlags.closeOnExec) !== 0 || from === to) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const file = fileAt(process, from);
	if (!file || to < 0 || to >= process.descriptorLimit) return failed('EBADF');
	return duplicateTo(kernel, process, file, to, flags !== 0, thread);
};

/** The flags that F_SETFL changes. */
const settable =
	openFlags.append | openFlags.nonblock | openFlags.direct | openFlags.async | openFlags.noAccessTime;

const setStatusFlags = (file: OpenFile, flags: number, thread: Thread): Outcome => {
	const after = (file.flags & ~settable) | (flags & settable);
	noteKernelValue(thread, 'flags', file.id, file.flags, after);
	file.flags = after;
	return done(0);
};

const command = {
	duplicate: 0,
	getDescriptorFlags: 1,
	setDescriptorFlags: 2,
	getStatusFlags: 3,
	setStatusFlags: 4,
	getLock: 5,
	setLock: 6,
	setLockWait: 7,
	getFileLock: 36,
	setFileLock: 37,
	setFileLockWait: 38,
	duplicateCloseOnExec: 1030,
	setPipeSize: 1031,
	getPipeSize: 1032,
} as const;

const fcntl: SystemCall = (kernel, thread, args, call) => {
	const process = processOf(kernel, thread);
	const [descriptor, number, argument] = [args[0]! | 0, args[1]! | 0, args[2]!];
	const slot = process.descriptors[descriptor];
	if (!slot) return failed('EBADF');
	const {file} = slot;
	switch (number) {
		case command.duplicate:
		case command.duplicateCloseOnExec: {
			if (argument < 0 || argument >= process.descriptorLimit) return failed('EINVAL');
			return installDescriptor(kernel, process, file, number !== command.duplicate, thread, argument);
		}

		case command.getDescriptorFlags:
			return done(slot.closeOnExec ? 1 : 0);
		case command.setDescriptorFlags: {
			slot.closeOnExec = (argument & 1) !== 0;
			return done(0);
		}

		case command.getStatusFlags:
			return done(file.flags);
		case command.setStatusFlags:
			return setStatusFlags(file, argument, thread);
		case command.getPipeSize:
		case command.setPipeSize:
			return controlPipeSize(kernel, file, number === command.setPipeSize ? argument | 0 : undefined);
		default:
			return controlLock(kernel, thread, call, {process, file, number, address: argument});
	}
};

const controlPipeSize = (kernel: Kernel, file: OpenFile, bytes: number | undefined): Outcome => {
	if (file.thing.kind !== 'pipe') return failed('EBADF');
	const {pipe} = file.thing;
	return bytes === undefined ? done(capacityOf(pipe)) : setPipeCapacity(kernel, pipe, bytes);
};

type LockRequest = {
	readonly process: Process;
	readonly file: OpenFile;
	readonly number: number;
	readonly address: number;
};

const lockCommands: readonly number[] = [
	command.getLock,
	command.setLock,
	command.setLockWait,
	command.getFileLock,
	command.setFileLock,
	command.setFileLockWait,
];

const unlockType = 2;

const controlLock = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	{process, file, number, address}: LockRequest,
): Outcome => {
	if (!lockCommands.includes(number)) return failed('EINVAL');
	const bytes = readBytes(thread.context.space, address, 32);
	if (!bytes) return failed('EFAULT');
	const view = new DataView(bytes.buffer);
	const isOfFile = number >= command.getFileLock;
	if (isOfFile && view.getInt32(24, true) !== 0) return failed('EINVAL');
	const range = lockRange(kernel, file, view);
	if (isError(range)) return failed(range);
	const owner = isOfFile ? -file.id : process.pid;
	const type = view.getInt16(0, true);
	if (type < 0 || type > unlockType) return failed('EINVAL');
	const wanted: RecordLock = {owner, type: type === 0 ? 'read' : 'write', ...range};
	if (number === command.getLock || number === command.getFileLock) {
		if (type === unlockType) return failed('EINVAL');
		return storeConflict(thread, file, address, view, wanted);
	}
	if (type === unlockType) {
		clearRecordLock(kernel, file, wanted, thread);
		return done(0);
	}
	if (type === 0 ? !canRead(file) : !canWrite(file)) return failed('EBADF');
	const mayWait = number === command.setLockWait || number === command.setFileLockWait;
	return setRecordLock(kernel, file, wanted, mayWait, thread, call);
};

/** The bytes that a struct flock means; a negative length reaches backwards, 0 to the end of the file and beyond. */
const lockRange = (kernel: Kernel, file: OpenFile, view: DataView): {start: number; end: number} | Errno => {
	const whence = view.getInt16(2, true);
	const length = Number(view.getBigInt64(16, true));
	const origins = [0, file.offset, whence === 2 ? statusOf(kernel, file).size : 0];
	const origin = whence < 0 ? undefined : origins[whence];
	if (origin === undefined) return 'EINVAL';
	const start = origin + Number(view.getBigInt64(8, true));
	if (start < 0 || start + length < 0) return 'EINVAL';
	if (length < 0) return {start: start + length, end: start};
	return {start, end: length === 0 ? Infinity : start + length};
};

const storeConflict = (
	thread: Thread,
	file: OpenFile,
	address: number,
	view: DataView,
	wanted: RecordLock,
): Outcome => {
	const conflict = findConflict(file, wanted);
	if (conflict) {
		view.setInt16(0, conflict.type === 'read' ? 0 : 1, true);
		view.setInt16(2, 0, true);
		view.setBigInt64(8, BigInt(conflict.start), true);
		view.setBigInt64(16, BigInt(conflict.end === Infinity ? 0 : conflict.end - conflict.start), true);
		view.setInt32(24, conflict.owner > 0 ? conflict.owner : -1, true);
	} else {
		view.setInt16(0, unlockType, true);
	}
	return writeBytes(thread.context, address, new Uint8Array(view.buffer)) ? done(0) : failed('EFAULT');
};

const ioctl: SystemCall = (kernel, thread, args) => {
	const slot = processOf(kernel, thread).descriptors[args[0]! | 0];
	if (!slot) return failed('EBADF');
	const [request, argument] = [args[1]! >>> 0, args[2]!];
	if (request === fioclex || request === fionclex) {
		slot.closeOnExec = request === fioclex;
		return done(0);
	}
	if (request !== fionbio) return controlFile(kernel, slot.file, thread, request, argument);
	const isOn = readInt32(thread.context.space, argument);
	if (isOn === undefined) return failed('EFAULT');
	const {flags} = slot.file;
	return setStatusFlags(slot.file, isOn === 0 ? flags & ~openFlags.nonblock : flags | openFlags.nonblock, thread);
};

const eventfd2: SystemCall = (kernel, thread, args) => {
	const flags = args[1]! | 0;
	const semaphore = 1;
	if ((flags & ~(semaphore | openFlags.nonblock | openFlags.closeOnExec)) !== 0) return failed('EINVAL');
	const thing = createEventFile(kernel, args[0]! >>> 0, (flags & semaphore) !== 0);
	return install(kernel, thread, thing, (flags & ~semaphore) | openFlags.readWrite);
};

const timerfdCreate: SystemCall = (kernel, thread, args) => {
	const [clock, flags] = [args[0]! | 0, args[1]! | 0];
	if ((flags & ~(openFlags.nonblock | openFlags.closeOnExec)) !== 0) return failed('EINVAL');
	if (!isSleepClock(clock)) return failed('EINVAL');
	return install(kernel, thread, createTimerFile(kernel, clock), flags | openFlags.readWrite);
};

const timerAt = (kernel: Kernel, thread: Thread, descriptor: number): {file: OpenFile; timer: FileTimer} | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	if (!file) return 'EBADF';
	return file.thing.kind === 'timerfd' ? {file, timer: file.thing.timer} : 'EINVAL';
};

const toNanoseconds = ({seconds, nanoseconds}: Timespec): number => seconds * 1e9 + nanoseconds;

const storeTimer = (kernel: Kernel, thread: Thread, timer: FileTimer, address: number): boolean =>
	writeTimespec(thread.context, address, timespecOf(timer.interval)) &&
	writeTimespec(thread.context, address + 16, timespecOf(timeToExpiration(kernel, timer)));

const timerfdSettime: SystemCall = (kernel, thread, args) => {
	const [flags, address, oldAddress] = [args[1]! | 0, args[2]!, args[3]!];
	const interval = readTimespec(thread.context, address);
	const value = readTimespec(thread.context, address + 16);
	if (interval === 'EFAULT' || value === 'EFAULT') return failed('EFAULT');
	if (interval === 'EINVAL' || value === 'EINVAL' || (flags & ~3) !== 0) return failed('EINVAL');
	const found = timerAt(kernel, thread, args[0]! | 0);
	if (isError(found)) return failed(found);
	const {file, timer} = found;
	if (oldAddress !== 0 && !storeTimer(kernel, thread, timer, oldAddress)) return failed('EFAULT');
	const time = toNanoseconds(value);
	const isAbsolute = (flags & 1) !== 0;
	const epoch = isAbsolute && timer.clock === 0 ? bootTime : 0;
	const base = isAbsolute ? 0 : nanoseconds(kernel);
	const firstAt = base + toNanoseconds({...value, seconds: value.seconds - epoch});
	armTimer(kernel, timer, file.id, time === 0 ? Infinity : Math.max(0, firstAt), toNanoseconds(interval));
	return done(0);
};

const timerfdGettime: SystemCall = (kernel, thread, args) => {
	const found = timerAt(kernel, thread, args[0]! | 0);
	if (isError(found)) return failed(found);
	return storeTimer(kernel, thread, found.timer, args[1]!) ? done(0) : failed('EFAULT');
};

const memfdCreate: SystemCall = (kernel, thread, args) => {
	const flags = args[1]! | 0;
	const closeOnExec = 1;
	if ((flags & ~3) !== 0) return failed('EINVAL');
	const name = readPath(thread, args[0]!);
	if (isError(name)) return failed(name);
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	const path = `/memfd:${name.text}`;
	const body = createRegularBody(kernel, path, false);
	const inode = createInode(fileSystem.nextInode++, 0o777, body, nanoseconds(kernel));
	inode.links = 0;
	const onExec = (flags & closeOnExec) === 0 ? 0 : openFlags.closeOnExec;
	const thing: FileThing = {kind: 'file', inode, body, device: fileSystem.device, path};
	return install(kernel, thread, thing, openFlags.readWrite | onExec);
};

export const pipeCalls: Readonly<Record<string, SystemCall>> = {
	pipe: (kernel, thread, args) => makePipe(kernel, thread, args[0]!, 0),
	pipe2: (kernel, thread, args) => makePipe(kernel, thread, args[0]!, args[1]! | 0),
	dup,
	dup2,
	dup3,
	fcntl,
	ioctl,
	eventfd: (kernel, thread, args, call) => eventfd2(kernel, thread, [args[0]!, 0], call),
	eventfd2,
	timerfd_create: timerfdCreate,
	timerfd_settime: timerfdSettime,
	timerfd_gettime: timerfdGettime,
	memfd_create: memfdCreate,
};
