// struct msghdr and its control messages, recvmsg(2), cmsg(3): what travels beside the bytes, and descriptors in both
// directions (SCM_RIGHTS of unix(7)).

import {
	readBytes,
	readInt32,
	readInt64,
	writeBytes,
	writeInt32,
	writeInt64,
} from '../../vm/memory.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import type {OpenFile} from '../files/open-file.js';
import {userId} from '../signals/signal-numbers.js';
import {type IncomingMessage, messageFlags, type Socket} from './socket.js';
import {processOf} from '../system-call.js';
import type {Thread} from '../process/thread.js';

const socketLevel = 1;
const rightsType = 1;
const credentialsType = 2;
const headerSize = 16;
/** SCM_MAX_FD. */
const mostRights = 253;
const largestControl = 20_480;

/** A struct msghdr in user memory. */
export type MessageHeader = {
	readonly name: number;
	readonly nameLength: number;
	readonly vector: number;
	readonly count: number;
	readonly control: number;
	readonly controlLength: number;
};

export const headerOffsets = {nameLength: 8, controlLength: 40, flags: 48} as const;

export const readHeader = (thread: Thread, address: number): MessageHeader | 'EFAULT' => {
	const {space} = thread.context;
	const words = [0, 16, 24, 32, 40].map(offset => readInt64(space, address + offset));
	const nameLength = readInt32(space, address + headerOffsets.nameLength);
	const [name, vector, count, control, controlLength] = words;
	const isMapped = nameLength !== undefined && words.every(word => word !== undefined);
	if (!isMapped) return 'EFAULT';
	return {
		name: name!,
		nameLength,
		vector: vector!,
		count: count!,
		control: control!,
		controlLength: controlLength!,
	};
};

const align = (length: number): number => (length + 7) & ~7;

/** The files that a control buffer's SCM_RIGHTS name. */
export const readRights = (
	kernel: Kernel,
	thread: Thread,
	header: MessageHeader,
): OpenFile[] | Errno => {
	const {control, controlLength} = header;
	if (control === 0 || controlLength === 0) return [];
	if (controlLength > largestControl) return 'ENOBUFS';
	const bytes = readBytes(thread.context.space, control, controlLength);
	if (!bytes) return 'EFAULT';
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	const files: OpenFile[] = [];
	let at = 0;
	while (at + headerSize <= controlLength) {
		const length = Number(view.getBigUint64(at, true));
		if (length < headerSize || at + length > controlLength) return 'EINVAL';
		const [level, type] = [view.getInt32(at + 8, true), view.getInt32(at + 12, true)];
		if (level === socketLevel && type !== rightsType && type !== credentialsType) return 'EINVAL';
		if (level === socketLevel && type === rightsType) {
			for (let slot = at + headerSize; slot + 4 <= at + length; slot += 4) {
				const file = fileAt(processOf(kernel, thread), view.getInt32(slot, true));
				if (!file) return 'EBADF';
				files.push(file);
			}
		}
		at += align(length);
	}
	return files.length > mostRights ? 'EINVAL' : files;
};

/** Gives received files descriptors and tells of them in the control buffer; says the bytes used and if some were lost. */
export const writeControl = (
	kernel: Kernel,
	thread: Thread,
	socket: Socket,
	header: MessageHeader,
	message: IncomingMessage,
): {readonly length: number; readonly isCut: boolean} | 'EFAULT' => {
	let length = 0;
	let isCut = false;
	// What has room for its header is cut to the room there is, as by put_cmsg() of net/core.
	const put = (type: number, payload: Int32Array): boolean => {
		const whole = headerSize + payload.byteLength;
		const size = Math.min(whole, header.controlLength - length);
		isCut ||= size < whole;
		if (size < headerSize) return true;
		const bytes = new Uint8Array(whole);
		const view = new DataView(bytes.buffer);
		view.setBigUint64(0, BigInt(size), true);
		view.setInt32(8, socketLevel, true);
		view.setInt32(12, type, true);
		bytes.set(new Uint8Array(payload.buffer), headerSize);
		if (!writeBytes(thread.context, header.control + length, bytes.subarray(0, size))) return false;
		length = Math.min(header.controlLength, length + align(whole));
		return true;
	};
	if (
		socket.options.passCredentials &&
		!put(credentialsType, Int32Array.of(message.sender, userId, userId))
	) {
		return 'EFAULT';
	}
	if (message.rights.length > 0) {
		const room = Math.max(0, Math.floor((header.controlLength - length - headerSize) / 4));
		const descriptors = installRights(kernel, thread, message, header.control === 0 ? 0 : room);
		isCut ||= descriptors.length < message.rights.length;
		// Their references are the descriptors' now.
		kernel.network.orphans.push(...message.rights);
		if (descriptors.length > 0 && !put(rightsType, Int32Array.from(descriptors))) return 'EFAULT';
	}
	return {length, isCut};
};

const installRights = (
	kernel: Kernel,
	thread: Thread,
	message: IncomingMessage,
	room: number,
): number[] => {
	const descriptors: number[] = [];
	for (const file of message.rights.slice(0, room)) {
		const isClosedOnExec = (message.flags & messageFlags.closeOnExec) !== 0;
		const outcome = installDescriptor(
			kernel,
			processOf(kernel, thread),
			file,
			isClosedOnExec,
			thread,
		);
		if (outcome.kind !== 'done') break;
		descriptors.push(outcome.value);
	}
	return descriptors;
};

/** Stores what recvmsg(2) gives back in the header itself. */
export const writeHeader = (
	thread: Thread,
	address: number,
	nameLength: number | undefined,
	controlLength: number,
	flags: number,
): boolean =>
	(nameLength === undefined ||
		writeInt32(thread.context, address + headerOffsets.nameLength, nameLength)) &&
	writeInt64(thread.context, address + headerOffsets.controlLength, controlLength) &&
	writeInt32(thread.context, address + headerOffsets.flags, flags);
