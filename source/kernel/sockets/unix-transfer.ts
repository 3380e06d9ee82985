// Sending and receiving on Unix sockets, with the order of checks of net/unix/af_unix.c.

import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {raiseBrokenPipe} from '../pipes/pipe.js';
import {
	type IncomingMessage,
	messageFlags,
	noteBytes,
	type OutgoingMessage,
	type SocketIo,
	takeError,
	waitIn,
	wakeReaders,
} from './socket.js';
import {maySendTo, resolveUnix} from './unix-connection.js';
import {
	announceRoom,
	chargeFor,
	deliverMessage,
	isUnixFull,
	releaseMessage,
	type UnixMessage,
	type UnixSocket,
	unixSocketAt,
} from './unix-socket.js';
import {meetMark, noteUrgentMessage, receiveUrgentByte} from './unix-urgent.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {wakeOne} from '../process/wake.js';

/** A stream's write is cut into messages of at most this size. */
const largestPiece = 36_544;
const overhead = 64;
const datagramOverhead = 32;

export const sendUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	source: Source,
	message: OutgoingMessage,
): Outcome => {
	if (socket.type === 'stream') return sendStream(kernel, socket, io, source, message);
	if ((message.flags & messageFlags.outOfBand) !== 0) return failed('EOPNOTSUPP');
	if (socket.type === 'seqpacket') {
		if (socket.state !== 'connected') return failed('ENOTCONN');
		return sendDatagram(kernel, socket, io, source, {...message, address: undefined});
	}
	return sendDatagram(kernel, socket, io, source, message);
};

const brokenStream = (kernel: Kernel, io: SocketIo, {flags}: OutgoingMessage): Outcome => {
	if (io.progress.count > 0) return done(io.progress.count);
	if (io.thread && (flags & messageFlags.noSignal) === 0) raiseBrokenPipe(kernel, io.thread);
	return failed('EPIPE');
};

const sendStream = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	source: Source,
	message: OutgoingMessage,
): Outcome => {
	const {progress} = io;
	if (message.address) return failed(socket.state === 'connected' ? 'EISCONN' : 'EOPNOTSUPP');
	if (socket.peer === 0) return failed('ENOTCONN');
	if (socket.isWriteShut) return brokenStream(kernel, io, message);
	const isUrgent = (message.flags & messageFlags.outOfBand) !== 0;
	let isFirst = progress.count === 0;
	while (progress.count < source.length) {
		const peer = unixSocketAt(kernel, socket.peer);
		if (socket.isWriteShut || !peer || peer.isReadShut) return brokenStream(kernel, io, message);
		if (socket.charged >= socket.options.sendBuffer) {
			const wait = waitIn(kernel, io, socket.writeQueue, socket.options.sendTimeout);
			return wait.kind === 'failed' && progress.count > 0 ? done(progress.count) : wait;
		}
		const left = source.length - progress.count;
		const size = Math.min(
			isUrgent && left > 1 ? left - 1 : left,
			(socket.options.sendBuffer >> 1) - overhead,
			largestPiece,
		);
		const data = source.get(progress.count, size);
		if (!data) return progress.count > 0 ? done(progress.count) : failed('EFAULT');
		deliver(kernel, socket, peer, io, data.slice(), isFirst ? message.rights : []);
		if (isUrgent && left === 1) noteUrgentMessage(kernel, peer, peer.queue.at(-1)!);
		isFirst = false;
		progress.count += size;
	}
	return done(progress.count);
};

const deliver = (
	kernel: Kernel,
	socket: UnixSocket,
	target: UnixSocket,
	io: SocketIo,
	data: Uint8Array,
	rights: UnixMessage['rights'],
): void => {
	for (const file of rights) file.references++;
	const message: UnixMessage = {
		data,
		start: 0,
		charge: chargeFor(socket.type, data.length),
		sender: socket.id,
		// A sender without a name has no address at all, recvfrom(2) gives length 0.
		address: socket.bound?.bytes ?? new Uint8Array(0),
		pid: io.thread?.pid ?? 0,
		rights,
	};
	deliverMessage(target, message, socket);
	noteBytes(kernel, io, target.name, 'in', data);
	wakeReaders(kernel, target);
};

const sendDatagram = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	source: Source,
	message: OutgoingMessage,
): Outcome => {
	const {thread} = io;
	if (!message.address && socket.peer === 0) return failed('ENOTCONN');
	if (source.length > socket.options.sendBuffer - datagramOverhead) return failed('EMSGSIZE');
	if (socket.isWriteShut) return failed('EPIPE');
	if (socket.charged >= socket.options.sendBuffer) {
		return waitIn(kernel, io, socket.writeQueue, socket.options.sendTimeout);
	}
	const target =
		message.address && thread
			? resolveUnix(kernel, thread, socket, message.address)
			: unixSocketAt(kernel, socket.peer);
	if (isErrno(target)) return failed(target);
	if (!target) return lostPeer(socket);
	if (socket.type === 'datagram' && !maySendTo(socket, target)) return failed('EPERM');
	if (target.isReadShut) return failed('EPIPE');
	// Sequenced packets have their sender's buffer as only limit, as have datagrams to the sender's own peer.
	if (target.peer !== socket.id && isUnixFull(target)) {
		return waitIn(kernel, io, target.roomQueue, socket.options.sendTimeout);
	}
	const data = source.get(0, source.length);
	if (!data) return failed('EFAULT');
	deliver(kernel, socket, target, io, data.slice(), message.rights);
	return done(source.length);
};

const isErrno = (
	value: UnixSocket | string | undefined,
): value is Extract<ReturnType<typeof resolveUnix>, string> =>
	typeof value === 'string' && isError(value);

/** The peer has been closed: a datagram socket has no destination any more. */
const lostPeer = (socket: UnixSocket): Outcome => {
	if (socket.type === 'seqpacket') return failed('EPIPE');
	socket.peer = 0;
	socket.state = 'unconnected';
	return failed('ECONNREFUSED');
};

export const receiveUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	sink: Sink,
	message: IncomingMessage,
): Outcome => {
	if (socket.type === 'stream') return receiveStream(kernel, socket, io, sink, message);
	if ((message.flags & messageFlags.outOfBand) !== 0) return failed('EOPNOTSUPP');
	if (socket.type === 'seqpacket' && socket.state !== 'connected') return failed('ENOTCONN');
	return receiveDatagram(kernel, socket, io, sink, message);
};

/** One message; what of it doesn't fit is lost. */
const receiveDatagram = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	sink: Sink,
	message: IncomingMessage,
): Outcome => {
	const error = takeError(socket);
	if (error) return failed(error);
	const [first] = socket.queue;
	if (!first) {
		if (socket.isReadShut)
			return socket.type === 'seqpacket' || !io.isNonblocking ? done(0) : failed('EAGAIN');
		return waitIn(kernel, io, socket.readQueue, socket.options.receiveTimeout);
	}
	const data = first.data.subarray(0, sink.length);
	if (!sink.put(data)) return failed('EFAULT');
	message.address = first.address;
	message.sender = first.pid;
	message.isTruncated = first.data.length > data.length;
	takeRights(first, message);
	if ((message.flags & messageFlags.peek) === 0) {
		const wasFull = isUnixFull(socket);
		consume(kernel, socket, first, first.data.length);
		noteBytes(kernel, io, socket.name, 'out', data);
		if (wasFull) announceRoom(kernel, socket);
	}
	return done((message.flags & messageFlags.truncated) === 0 ? data.length : first.data.length);
};

/** A look at the rights takes further references; taking them hands the message's own over. */
const takeRights = (from: UnixMessage, message: IncomingMessage): void => {
	if (from.start > 0) return;
	if ((message.flags & messageFlags.peek) !== 0) for (const file of from.rights) file.references++;
	message.rights.push(...from.rights);
};

/** So many bytes of the first message have been read. */
const consume = (kernel: Kernel, socket: UnixSocket, first: UnixMessage, count: number): void => {
	if (first === socket.urgent) socket.urgent = undefined;
	first.start += count;
	socket.queuedBytes -= count;
	if (first.start < first.data.length) return;
	socket.queue.shift();
	releaseMessage(kernel, first);
};

const receiveStream = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
	sink: Sink,
	message: IncomingMessage,
): Outcome => {
	const {progress} = io;
	if (socket.state !== 'connected') return failed('EINVAL');
	const isPeek = (message.flags & messageFlags.peek) !== 0;
	if ((message.flags & messageFlags.outOfBand) !== 0)
		return receiveUrgentByte(socket, sink, isPeek);
	const wanted =
		(message.flags & messageFlags.waitAll) === 0 ? socket.options.receiveLowWater : sink.length;
	const target = Math.max(1, Math.min(wanted, sink.length));
	const before = isPeek ? 0 : progress.count;
	const taken = takeBytes(kernel, socket, sink, before, isPeek, message);
	if (taken === undefined) return before > 0 ? done(before) : failed('EFAULT');
	const total = before + taken.count;
	if (!isPeek) {
		progress.count = total;
		if (taken.count > 0) noteBytes(kernel, io, socket.name, 'out', taken.sample);
		if (socket.queue.length > 0) wakeOne(kernel, socket.readQueue);
	}
	if (total >= target || taken.isCut) return done(total);
	if (sink.length === 0 && socket.queue.length > 0) return done(0);
	const error = total > 0 ? undefined : takeError(socket);
	if (error) return failed(error);
	if (socket.isReadShut) return done(total);
	const wait = waitIn(kernel, io, socket.readQueue, socket.options.receiveTimeout);
	return wait.kind === 'failed' && total > 0 ? done(total) : wait;
};

type Taken = {
	readonly count: number;
	readonly sample: Uint8Array;
	/** A message with descriptors, or the mark of an urgent byte, was met: a read ends with it. */
	readonly isCut: boolean;
};

/** Moves bytes from the queue to the sink, which has `filled` already. Undefined: bad address. */
const takeBytes = (
	kernel: Kernel,
	socket: UnixSocket,
	sink: Sink,
	filled: number,
	isPeek: boolean,
	message: IncomingMessage,
): Taken | undefined => {
	const parts: Uint8Array[] = [];
	let count = 0;
	let isCut = false;
	for (const first of [...socket.queue]) {
		if (isCut || filled + count >= sink.length) break;
		if (first.rights.length > 0 && message.rights.length > 0) break;
		const mark = meetMark(socket, first, filled + count > 0);
		if (mark === 'stop') {
			isCut = true;
			break;
		}
		if (mark === 'skip') {
			if (!isPeek) consume(kernel, socket, first, first.data.length - first.start);
			continue;
		}
		const part = first.data.subarray(first.start, first.start + sink.length - filled - count);
		if (!sink.put(part))
			return count === 0 ? undefined : {count, sample: joinParts(parts, count), isCut: true};
		if (first.rights.length > 0) {
			takeRights(first, message);
			isCut = true;
		}
		message.sender = first.pid;
		parts.push(part);
		count += part.length;
		if (!isPeek) consume(kernel, socket, first, part.length);
	}
	if (message.address === undefined && count > 0) {
		const peer = unixSocketAt(kernel, socket.peer);
		message.address = peer?.bound?.bytes ?? new Uint8Array(0);
	}
	return {count, sample: joinParts(parts, count), isCut};
};

const joinParts = (parts: readonly Uint8Array[], count: number): Uint8Array => {
	const result = new Uint8Array(count);
	let position = 0;
	for (const part of parts) {
		result.set(part, position);
		position += part.length;
	}
	return result;
};

/** Everything that is unread, for the panes. */
export const peekUnix = (socket: UnixSocket, limit: number): Uint8Array => {
	const parts: Uint8Array[] = [];
	let count = 0;
	for (const {data, start} of socket.queue) {
		if (count >= limit) break;
		const part = data.subarray(start, start + limit - count);
		parts.push(part);
		count += part.length;
	}
	return joinParts(parts, count);
};
