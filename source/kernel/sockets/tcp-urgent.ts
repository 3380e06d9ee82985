// Urgent ("out-of-band") data of TCP, tcp(7), as Linux has it: one byte of the stream is marked. Reads stop before the mark;
// beyond it the byte is left out, and recv(2) with MSG_OOB gets it, unless SO_OOBINLINE leaves it where it is.

import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {signalOwner} from '../signals/signal-owner.js';
import {kernelSignal} from '../signals/signals.js';
import {wakeReaders} from './socket.js';
import {peekRing} from './socket-ring.js';
import type {TcpSocket} from './tcp-socket.js';
import type {Sink} from '../memory/user-buffer.js';

/** The mark: the number of the urgent byte, the byte once it has come, and whether MSG_OOB has taken it. */
export type UrgentMark = {readonly sequence: number; byte: number | undefined; isTaken: boolean};

/** SO_OOBINLINE, as socket-options.ts keeps it. */
const inlineOption = 1010;

export const isUrgentInline = ({options}: TcpSocket): boolean =>
	options.others.get(inlineOption) === 1;

/** The number of the next byte that a read gets. */
const readSequence = (socket: TcpSocket): number =>
	socket.expected - (socket.hasSeenFin ? 1 : 0) - socket.incoming.length;

/** Bytes before the mark; undefined without one. */
export const bytesToMark = (socket: TcpSocket): number | undefined =>
	socket.urgent && socket.urgent.sequence - readSequence(socket);

/** sockatmark(3). */
export const isAtMark = (socket: TcpSocket): boolean => bytesToMark(socket) === 0;

/** A segment has told where the peer's urgent byte is: SIGURG for the owner of the socket, POLLPRI. */
export const noteUrgent = (kernel: Kernel, socket: TcpSocket, sequence: number): void => {
	if (socket.urgent && socket.urgent.sequence >= sequence) return;
	if (sequence < readSequence(socket)) return;
	socket.urgent = {sequence, byte: undefined, isTaken: false};
	for (const {thing, owner} of kernel.openFiles.values()) {
		if (thing.kind === 'socket' && thing.socket === socket)
			signalOwner(kernel, owner, kernelSignal(signalNumbers.SIGURG));
	}
};

/** Data has come in order: the urgent byte may be among it. */
export const fetchUrgent = (kernel: Kernel, socket: TcpSocket): void => {
	const {urgent} = socket;
	if (!urgent || urgent.byte !== undefined || socket.expected <= urgent.sequence) return;
	urgent.byte = peekRing(socket.incoming, bytesToMark(socket)!, 1)[0];
	wakeReaders(kernel, socket);
};

/** Whether there is an urgent byte to take: POLLPRI. */
export const hasUrgent = ({urgent}: TcpSocket): boolean =>
	urgent?.byte !== undefined && !urgent.isTaken;

/** The read has gone beyond the mark: it is forgotten. */
export const passMark = (socket: TcpSocket): void => {
	const left = bytesToMark(socket);
	if (left !== undefined && left < 0) socket.urgent = undefined;
};

/** recv(2) with MSG_OOB. It never waits. */
export const receiveUrgent = (socket: TcpSocket, sink: Sink, isPeek: boolean): Outcome => {
	const {urgent} = socket;
	if (isUrgentInline(socket) || !urgent || urgent.isTaken) return failed('EINVAL');
	if (urgent.byte === undefined) {
		return socket.state === 'CLOSE' || socket.isReadShut ? done(0) : failed('EAGAIN');
	}
	if (sink.length > 0 && !sink.put(Uint8Array.of(urgent.byte))) return failed('EFAULT');
	if (!isPeek) urgent.isTaken = true;
	return done(Math.min(1, sink.length));
};
