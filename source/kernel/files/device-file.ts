// The devices of /dev that are no terminals: null, zero, full and the random ones. Random bytes come from the machine's
// seed, so that a replay reads the same.

import {readable, writable, noOperations, type FileOperations, type Io} from './file-operations.js';
import {type DeviceName, type Inode, inodeStatus} from './inode.js';
import {type Kernel, nextRandom} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import type {Sink} from '../memory/user-buffer.js';
import {markEffect} from '../../vm/turns.js';

/** An open device. `tty` never is one: opening it gives a console end. */
export type DeviceFile = {
	readonly kind: 'device';
	readonly device: DeviceName;
	readonly inode: Inode;
};

const chunk = 65_536;

/** Random bytes of the machine. */
export const randomBytes = (kernel: Kernel, count: number): Uint8Array => {
	const bytes = new Uint8Array(count);
	for (let index = 0; index < count; index += 4) {
		const word = nextRandom(kernel);
		for (let byte = 0; byte < 4 && index + byte < count; byte++)
			bytes[index + byte] = word >>> (8 * byte);
	}
	return bytes;
};

const read = (kernel: Kernel, {device}: DeviceFile, io: Io, sink: Sink): Outcome => {
	if (device === 'null') return done(0);
	const isRandom = device === 'random' || device === 'urandom';
	for (let count = 0; count < sink.length; count += chunk) {
		const length = Math.min(chunk, sink.length - count);
		if (!sink.put(isRandom ? randomBytes(kernel, length) : new Uint8Array(length))) {
			return count > 0 ? done(count) : failed('EFAULT');
		}
	}
	if (isRandom && io.thread) markEffect(io.thread.context.turns);
	return done(sink.length);
};

export const deviceOperations: FileOperations<DeviceFile> = {
	...noOperations,
	read,
	write: (_kernel, {device}, _io, source) =>
		device === 'full' && source.length > 0 ? failed('ENOSPC') : done(source.length),
	readiness: () => readable | writable,
	status: (_kernel, {inode}) => inodeStatus(inode),
	seekSize: () => 0,
	channel: ({device}) => `device:/dev/${device}`,
};
