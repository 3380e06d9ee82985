// The file descriptor table of a process: small integers that refer to open file descriptions.

import {releaseRecordLocks} from '../files/file-locks.js';
import type {Kernel} from '../kernel.js';
import {createOpenFile, dropReference, type OpenFile} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {done, failed, type Outcome} from '../outcome.js';
import {passWakeUpOn} from '../pipes/pipe.js';
import type {Descriptor, Process} from './process.js';
import type {Thread} from './thread.js';
import {noteKernelValue, slotId} from '../turn-values.js';

/** The open file behind a descriptor, or undefined (EBADF). */
export const fileAt = (process: Process, descriptor: number): OpenFile | undefined =>
	process.descriptors[descriptor]?.file;

/** The lowest free descriptor at or above `from`, or undefined (EMFILE). */
export const lowestFree = (process: Process, from = 0): number | undefined => {
	let descriptor = from;
	while (process.descriptors[descriptor]) descriptor++;
	return descriptor < process.descriptorLimit ? descriptor : undefined;
};

/** Makes a free slot refer to an open file. */
export const placeDescriptor = (
	kernel: Kernel,
	process: Process,
	descriptor: number,
	file: OpenFile,
	closeOnExec: boolean,
	thread: Thread | undefined,
): void => {
	while (process.descriptors.length < descriptor) process.descriptors.push(undefined);
	process.descriptors[descriptor] = {file, closeOnExec};
	file.references++;
	kernel.census.descriptorChanges++;
	noteKernelValue(thread, 'descriptor', slotId(process.pid, descriptor), 0, file.id);
};

/** Gives an open file the lowest free descriptor, or says EMFILE; a file that nothing refers to is then released. */
export const installDescriptor = (
	kernel: Kernel,
	process: Process,
	file: OpenFile,
	closeOnExec: boolean,
	thread: Thread | undefined,
	from = 0,
): Outcome => {
	const descriptor = lowestFree(process, from);
	if (descriptor === undefined) {
		if (file.references === 0) discardOpenFile(kernel, file, thread);
		return failed('EMFILE');
	}
	placeDescriptor(kernel, process, descriptor, file, closeOnExec, thread);
	return done(descriptor);
};

/** Releases a description that never got a reference. */
export const discardOpenFile = (
	kernel: Kernel,
	file: OpenFile,
	thread: Thread | undefined,
): void => {
	file.references = 1;
	dropReference(kernel, file, thread);
};

/** close(2). Record locks of the process on the file go with any of its descriptors. */
export const closeDescriptor = (
	kernel: Kernel,
	process: Process,
	descriptor: number,
	thread: Thread | undefined,
): Outcome => {
	const slot = process.descriptors[descriptor];
	if (!slot) return failed('EBADF');
	process.descriptors[descriptor] = undefined;
	kernel.census.descriptorChanges++;
	noteKernelValue(thread, 'descriptor', slotId(process.pid, descriptor), slot.file.id, 0);
	releaseRecordLocks(kernel, slot.file, process.pid, thread);
	dropReference(kernel, slot.file, thread);
	return done(0);
};

/** dup2(2) and dup3(2), after their checks: `target` refers to the file of `descriptor` then. */
export const duplicateTo = (
	kernel: Kernel,
	process: Process,
	file: OpenFile,
	target: number,
	closeOnExec: boolean,
	thread: Thread,
): Outcome => {
	const before = process.descriptors[target];
	// The new reference comes first: the old file may be the same one.
	file.references++;
	if (before) closeDescriptor(kernel, process, target, thread);
	placeDescriptor(kernel, process, target, file, closeOnExec, thread);
	file.references--;
	return done(target);
};

/** The child's copy of the table; fork(2). */
export const forkDescriptors = (parent: Process): (Descriptor | undefined)[] =>
	parent.descriptors.map(slot => {
		if (!slot) return undefined;
		slot.file.references++;
		return {...slot};
	});

/** A table of its own for a process that may share one: execve(2), and the end of a process whose table others keep. */
export const unshareDescriptors = (kernel: Kernel, process: Process): void => {
	process.sharesDescriptors = false;
	const isShared = [...kernel.processes.values()].some(
		other =>
			other !== process && other.state === 'alive' && other.descriptors === process.descriptors,
	);
	if (isShared) process.descriptors = forkDescriptors(process);
};

/** execve(2): descriptors marked close-on-exec go. */
export const closeOnExec = (kernel: Kernel, process: Process, thread?: Thread): void => {
	process.descriptors.forEach((slot, descriptor) => {
		if (slot?.closeOnExec) closeDescriptor(kernel, process, descriptor, thread);
	});
};

/** The end of a process. If it had just been woken for a pipe's bytes or room, somebody else hears of them. */
export const closeAllDescriptors = (kernel: Kernel, process: Process, thread?: Thread): void => {
	for (let descriptor = 0; descriptor < process.descriptors.length; descriptor++) {
		const file = fileAt(process, descriptor);
		if (!file) continue;
		closeDescriptor(kernel, process, descriptor, thread);
		if (file.thing.kind === 'pipe') passWakeUpOn(kernel, file.thing.pipe);
	}
	process.descriptors.length = 0;
};

/** Descriptors 0, 1 and 2 of a process that the scenario starts: the console. */
export const openStandardStreams = (kernel: Kernel, process: Process): void => {
	for (const stream of [0, 1, 2] as const) {
		const isTerminal = kernel.console.isTerminal[stream];
		const oneWay = stream === 0 ? openFlags.readOnly : openFlags.writeOnly;
		const file = createOpenFile(
			kernel,
			{kind: 'console', stream},
			isTerminal ? openFlags.readWrite : oneWay,
		);
		if (file !== 'ENFILE') placeDescriptor(kernel, process, stream, file, false, undefined);
	}
};
