// Objects that live behind descriptors only: eventfd(2), timerfd_create(2), memfd_create(2).

import {change} from '../../vm/change-log.js';
import type {Errno} from '../errno.js';
import {createEventFile} from '../ipc/eventfd.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import {createInode, createRegularBody} from '../files/inode.js';
import {type Kernel, nanoseconds} from '../kernel.js';
import {createOpenFile, type FileThing, type OpenFile} from '../files/open-file.js';
import {seal} from '../files/seals.js';
import {openFlags} from '../files/open-flags.js';
import {done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {
	bootTime,
	isSleepClock,
	readTimespec,
	type Timespec,
	timespecOf,
	writeTimespec,
} from '../time/time.js';
import {armTimer, createTimerFile, type FileTimer, timeToExpiration} from '../time/timerfd.js';
import {readPath} from '../files/user-path.js';

/** Gives a new thing a description and a descriptor. */
export const install = (
	kernel: Kernel,
	thread: Thread,
	thing: FileThing,
	flags: number,
): Outcome => {
	const file = createOpenFile(kernel, thing, flags & ~openFlags.closeOnExec);
	if (file === 'ENFILE') return failed(file);
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	return installDescriptor(kernel, processOf(kernel, thread), file, isClosedOnExec, thread);
};

const eventfd2: SystemCall = (kernel, thread, args) => {
	const flags = args[1]! | 0;
	const semaphore = 1;
	if ((flags & ~(semaphore | openFlags.nonblock | openFlags.closeOnExec)) !== 0)
		return failed('EINVAL');
	const thing = createEventFile(kernel, args[0]! >>> 0, (flags & semaphore) !== 0);
	return install(kernel, thread, thing, (flags & ~semaphore) | openFlags.readWrite);
};

const timerfdCreate: SystemCall = (kernel, thread, args) => {
	const [clock, flags] = [args[0]! | 0, args[1]! | 0];
	if ((flags & ~(openFlags.nonblock | openFlags.closeOnExec)) !== 0) return failed('EINVAL');
	if (!isSleepClock(clock)) return failed('EINVAL');
	return install(kernel, thread, createTimerFile(kernel, clock), flags | openFlags.readWrite);
};

const timerAt = (
	kernel: Kernel,
	thread: Thread,
	descriptor: number,
): {file: OpenFile; timer: FileTimer} | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor);
	if (!file) return 'EBADF';
	return file.thing.kind === 'timerfd' ? {file, timer: file.thing.timer} : 'EINVAL';
};

const toNanoseconds = ({seconds, nanoseconds}: Timespec): number => seconds * 1e9 + nanoseconds;

const storeTimer = (kernel: Kernel, thread: Thread, timer: FileTimer, address: number): boolean =>
	writeTimespec(thread.context, address, timespecOf(timer.interval)) &&
	writeTimespec(
		thread.context,
		address + 16,
		timespecOf(timeToExpiration(kernel, timer)),
		change.answer,
	);

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
	armTimer(
		kernel,
		timer,
		file.id,
		time === 0 ? Infinity : Math.max(0, firstAt),
		toNanoseconds(interval),
	);
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
	const allowSealing = 2;
	if ((flags & ~(closeOnExec | allowSealing)) !== 0) return failed('EINVAL');
	const name = readPath(thread, args[0]!);
	if (isError(name)) return failed(name);
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	const path = `/memfd:${name.text}`;
	const body = createRegularBody(kernel, path, false);
	body.seals = (flags & allowSealing) === 0 ? seal.seal : 0;
	const inode = createInode(fileSystem.nextInode++, 0o777, body, nanoseconds(kernel));
	inode.links = 0;
	const onExec = (flags & closeOnExec) === 0 ? 0 : openFlags.closeOnExec;
	const thing: FileThing = {kind: 'file', inode, body, device: fileSystem.device, path};
	return install(kernel, thread, thing, openFlags.readWrite | onExec);
};

export const eventFileCalls: Readonly<Record<string, SystemCall>> = {
	eventfd: (kernel, thread, args, call) => eventfd2(kernel, thread, [args[0]!, 0], call),
	eventfd2,
	timerfd_create: timerfdCreate,
	timerfd_settime: timerfdSettime,
	timerfd_gettime: timerfdGettime,
	memfd_create: memfdCreate,
};
