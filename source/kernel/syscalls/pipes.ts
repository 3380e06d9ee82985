// System calls on descriptors that are no transfers: pipe(2), dup(2), fcntl(2), ioctl(2).

import {readInt32, writeInt32} from '../../vm/memory.js';
import {
	duplicateTo,
	fileAt,
	installDescriptor,
	lowestFree,
	placeDescriptor,
} from '../process/descriptors.js';
import {noteAsync} from '../files/async-files.js';
import {lastSignal} from '../signals/signal-numbers.js';
import {fioasync, fioclex, fionbio, fionclex} from '../files/ioctl-numbers.js';
import type {Kernel} from '../kernel.js';
import {
	canWrite,
	controlFile,
	createOpenFile,
	type OpenFile,
	regularFileOf,
} from '../files/open-file.js';
import {addSeals} from '../files/seals.js';
import {openFlags} from '../files/open-flags.js';
import {done, failed, type Outcome} from '../outcome.js';
import {capacityOf, createPipe, setPipeCapacity} from '../pipes/pipe.js';
import {createPipeEnds} from '../pipes/pipe-file.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {noteKernelValue} from '../turn-values.js';
import {eventFileCalls} from './event-files.js';
import {controlLock} from './record-locks.js';

const makePipe = (kernel: Kernel, thread: Thread, address: number, flags: number): Outcome => {
	const allowed = openFlags.closeOnExec | openFlags.nonblock | openFlags.direct;
	if ((flags & ~allowed) !== 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const first = lowestFree(process);
	const second = first === undefined ? undefined : lowestFree(process, first + 1);
	if (first === undefined || second === undefined) return failed('EMFILE');
	if (kernel.openFiles.size + 2 > kernel.config.limits.openFiles) return failed('ENFILE');
	const isStored =
		writeInt32(thread.context, address, first) && writeInt32(thread.context, address + 4, second);
	if (!isStored) return failed('EFAULT');
	const {readEnd, writeEnd} = createPipeEnds(createPipe(kernel));
	const status = flags & ~openFlags.closeOnExec;
	const reader = createOpenFile(kernel, readEnd, openFlags.readOnly | status) as OpenFile;
	const writer = createOpenFile(kernel, writeEnd, openFlags.writeOnly | status) as OpenFile;
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	placeDescriptor(kernel, process, first, reader, isClosedOnExec, thread);
	placeDescriptor(kernel, process, second, writer, isClosedOnExec, thread);
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
	openFlags.append |
	openFlags.nonblock |
	openFlags.direct |
	openFlags.async |
	openFlags.noAccessTime;

const setStatusFlags = (kernel: Kernel, file: OpenFile, flags: number, thread: Thread): Outcome => {
	const after = (file.flags & ~settable) | (flags & settable);
	noteKernelValue(thread, 'flags', file.id, file.flags, after);
	file.flags = after;
	noteAsync(kernel, file);
	return done(0);
};

const command = {
	duplicate: 0,
	getDescriptorFlags: 1,
	setDescriptorFlags: 2,
	getStatusFlags: 3,
	setStatusFlags: 4,
	setOwner: 8,
	getOwner: 9,
	setSignal: 10,
	getSignal: 11,
	duplicateCloseOnExec: 1030,
	setPipeSize: 1031,
	getPipeSize: 1032,
	addSeals: 1033,
	getSeals: 1034,
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
			return installDescriptor(
				kernel,
				process,
				file,
				number !== command.duplicate,
				thread,
				argument,
			);
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
			return setStatusFlags(kernel, file, argument, thread);
		case command.setOwner: {
			file.owner = argument | 0;
			return done(0);
		}

		case command.getOwner:
			return done(file.owner);
		case command.setSignal: {
			if (argument < 0 || argument > lastSignal) return failed('EINVAL');
			file.signal = argument;
			return done(0);
		}

		case command.getSignal:
			return done(file.signal);
		case command.getPipeSize:
		case command.setPipeSize:
			return controlPipeSize(
				kernel,
				file,
				number === command.setPipeSize ? argument | 0 : undefined,
			);
		case command.addSeals:
		case command.getSeals:
			return controlSeals(file, number === command.addSeals ? argument | 0 : undefined);
		default:
			return controlLock(kernel, thread, call, {process, file, number, address: argument});
	}
};

const controlPipeSize = (kernel: Kernel, file: OpenFile, bytes: number | undefined): Outcome => {
	if (file.thing.kind !== 'pipe') return failed('EBADF');
	const {pipe} = file.thing;
	return bytes === undefined ? done(capacityOf(pipe)) : setPipeCapacity(kernel, pipe, bytes);
};

const controlSeals = (file: OpenFile, added: number | undefined): Outcome => {
	const body = regularFileOf(file)?.body;
	if (body?.seals === undefined) return failed('EINVAL');
	if (added === undefined) return done(body.seals);
	const problem = canWrite(file) ? addSeals(body, added) : 'EPERM';
	return problem ? failed(problem) : done(0);
};

const ioctl: SystemCall = (kernel, thread, args) => {
	const slot = processOf(kernel, thread).descriptors[args[0]! | 0];
	if (!slot) return failed('EBADF');
	const [request, argument] = [args[1]! >>> 0, args[2]!];
	if (request === fioclex || request === fionclex) {
		slot.closeOnExec = request === fioclex;
		return done(0);
	}
	if (request !== fionbio && request !== fioasync)
		return controlFile(kernel, slot.file, thread, request, argument);
	const isOn = readInt32(thread.context.space, argument);
	if (isOn === undefined) return failed('EFAULT');
	const {flags} = slot.file;
	const flag = request === fionbio ? openFlags.nonblock : openFlags.async;
	return setStatusFlags(kernel, slot.file, isOn === 0 ? flags & ~flag : flags | flag, thread);
};

export const pipeCalls: Readonly<Record<string, SystemCall>> = {
	...eventFileCalls,
	pipe: (kernel, thread, args) => makePipe(kernel, thread, args[0]!, 0),
	pipe2: (kernel, thread, args) => makePipe(kernel, thread, args[0]!, args[1]! | 0),
	dup,
	dup2,
	dup3,
	fcntl,
	ioctl,
};
