// Reading from and writing to TCP connections, tcp(7), as tcp_recvmsg() and tcp_sendmsg() of Linux.

import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import {raiseBrokenPipe} from '../pipes/pipe.js';
import {appendRing, dropRing, peekRing} from './socket-ring.js';
import {
	type IncomingMessage,
	messageFlags,
	noteBytes,
	type OutgoingMessage,
	type SocketIo,
	takeError,
	waitIn,
} from './socket.js';
import {receiveCapacity, sendAck, sendCapacity, type TcpSocket} from './tcp-socket.js';
import {endOfData} from './tcp-output.js';
import {bytesToMark, isAtMark, isUrgentInline, passMark, receiveUrgent} from './tcp-urgent.js';
import {sendAndArm} from './tcp-timers.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {wakeOne} from '../process/wake.js';

const writableStates: readonly string[] = ['ESTABLISHED', 'CLOSE-WAIT'];
const openingStates: readonly string[] = ['SYN-SENT', 'SYN-RECV'];

export const sendTcp = (
	kernel: Kernel,
	socket: TcpSocket,
	io: SocketIo,
	source: Source,
	message: OutgoingMessage,
): Outcome => {
	const {progress} = io;
	for (;;) {
		if (openingStates.includes(socket.state) && !socket.isWriteShut) {
			return pause(kernel, socket, io);
		}
		if (
			!writableStates.includes(socket.state) ||
			socket.isWriteShut ||
			socket.error !== undefined
		) {
			return breakWrite(kernel, socket, io, message.flags);
		}
		if (progress.count === source.length) return done(progress.count);
		const room = sendCapacity(socket) - socket.outgoing.length;
		if (room <= 0) return pause(kernel, socket, io);
		const data = source.get(progress.count, Math.min(room, source.length - progress.count));
		if (!data) return progress.count > 0 ? done(progress.count) : failed('EFAULT');
		appendRing(socket.outgoing, data);
		const isLast = progress.count + data.length === source.length;
		if (isLast && (message.flags & messageFlags.outOfBand) !== 0)
			socket.urgentSent = endOfData(socket) - 1;
		progress.count += data.length;
		socket.bytesOut += data.length;
		noteBytes(kernel, io, socket.name, 'in', data);
		sendAndArm(kernel, socket);
	}
};

/** Waits for room; what has been taken so far counts if that can't be. */
const pause = (kernel: Kernel, socket: TcpSocket, io: SocketIo): Outcome => {
	const wait = waitIn(kernel, io, socket.writeQueue, socket.options.sendTimeout);
	return wait.kind === 'failed' && io.progress.count > 0 ? done(io.progress.count) : wait;
};

/** There is no connection to write to: the pending error, else EPIPE with SIGPIPE. */
const breakWrite = (kernel: Kernel, socket: TcpSocket, io: SocketIo, flags: number): Outcome => {
	if (io.progress.count > 0) return done(io.progress.count);
	const error = takeError(socket) ?? 'EPIPE';
	if (error === 'EPIPE' && io.thread && (flags & messageFlags.noSignal) === 0) {
		raiseBrokenPipe(kernel, io.thread);
	}
	return failed(error);
};

export const receiveTcp = (
	kernel: Kernel,
	socket: TcpSocket,
	io: SocketIo,
	sink: Sink,
	message: IncomingMessage,
): Outcome => {
	const {progress} = io;
	if (socket.state === 'LISTEN') return failed('ENOTCONN');
	const isPeek = (message.flags & messageFlags.peek) !== 0;
	if ((message.flags & messageFlags.outOfBand) !== 0) return receiveUrgent(socket, sink, isPeek);
	const isDiscarding = (message.flags & messageFlags.truncated) !== 0;
	const wanted =
		(message.flags & messageFlags.waitAll) === 0 ? socket.options.receiveLowWater : sink.length;
	const target = Math.max(1, Math.min(wanted, sink.length));
	const before = isPeek ? 0 : progress.count;
	if (before === 0 && isAtMark(socket) && !isPeek && sink.length > 0) skipUrgent(socket);
	const data = peekRing(socket.incoming, 0, Math.min(sink.length - before, roomToMark(socket)));
	if (data.length > 0) {
		if (!isDiscarding && !sink.put(data)) return before > 0 ? done(before) : failed('EFAULT');
		if (!isPeek) {
			progress.count += data.length;
			takeBytes(kernel, socket, io, data);
		}
	}
	const total = before + data.length;
	if (total > 0 && roomToMark(socket) === data.length * Number(isPeek)) return done(total);
	if (total >= target || (sink.length === 0 && socket.incoming.length > 0)) return done(total);
	if (total > 0 && (socket.error !== undefined || socket.state === 'CLOSE' || socket.isReadShut))
		return done(total);
	if (total === 0) {
		const end = endOfStream(socket);
		if (end) return end;
	}
	const wait = waitIn(kernel, io, socket.readQueue, socket.options.receiveTimeout);
	return wait.kind === 'failed' && total > 0 ? done(total) : wait;
};

/** How many bytes a read may get before it has to stop at the mark of urgent data. */
const roomToMark = (socket: TcpSocket): number => {
	const left = bytesToMark(socket);
	if (left === undefined || left < 0) return Infinity;
	return left > 0 ? left : isUrgentInline(socket) ? Infinity : 0;
};

/** A read that begins at the mark goes beyond it: the urgent byte is left out unless it is in line. */
const skipUrgent = (socket: TcpSocket): void => {
	if (isUrgentInline(socket) || socket.incoming.length === 0) return;
	dropRing(socket.incoming, 1);
	passMark(socket);
};

/** Why nothing will come, if so. */
const endOfStream = (socket: TcpSocket): Outcome | undefined => {
	if (socket.hasSeenFin) return done(0);
	const error = takeError(socket);
	if (error) return failed(error);
	if (socket.isReadShut) return done(0);
	return socket.state === 'CLOSE' ? failed('ENOTCONN') : undefined;
};

/** Bytes have been read: the window may be worth telling again. */
const takeBytes = (kernel: Kernel, socket: TcpSocket, io: SocketIo, data: Uint8Array): void => {
	const known = socket.windowEdge - socket.expected;
	dropRing(socket.incoming, data.length);
	passMark(socket);
	noteBytes(kernel, io, socket.name, 'out', data);
	if (socket.incoming.length > 0) wakeOne(kernel, socket.readQueue);
	if (
		socket.state !== 'ESTABLISHED' &&
		socket.state !== 'FIN-WAIT-1' &&
		socket.state !== 'FIN-WAIT-2'
	)
		return;
	const room = receiveCapacity(socket) - socket.incoming.length;
	const step = Math.min(2 * socket.segmentSize, receiveCapacity(socket) >> 1);
	if (room - known >= step) sendAck(kernel, socket);
};
