// What a TCP connection sends and when: as much as the peer's window and the congestion window let through, whole segments
// first (Nagle's algorithm, RFC 896), then the FIN.

import type {Kernel} from '../kernel.js';
import {peekRing} from './socket-ring.js';
import {sendSegment, type TcpSocket} from './tcp-socket.js';

/** States in which data may still have to be sent. */
const sendingStates: readonly string[] = [
	'ESTABLISHED',
	'CLOSE-WAIT',
	'FIN-WAIT-1',
	'CLOSING',
	'LAST-ACK',
];

/** The number after the last byte written. */
export const endOfData = (socket: TcpSocket): number =>
	socket.unacknowledged + socket.outgoing.length;

/** Whether a FIN has been sent and acknowledged, given what is acknowledged. */
export const isFinAcknowledged = (socket: TcpSocket, acknowledgment: number): boolean =>
	socket.isFinQueued && acknowledgment > endOfData(socket);

/** Bytes that the next segment should have; 0 for none now. */
const nextSize = (socket: TcpSocket): number => {
	const left = endOfData(socket) - socket.next;
	if (left <= 0) return 0;
	const inFlight = socket.next - socket.unacknowledged;
	const room = Math.min(socket.sendWindow, socket.congestionWindow) - inFlight;
	const size = Math.min(socket.segmentSize, left, room);
	if (size <= 0) return 0;
	if (size === socket.segmentSize) return size;
	const isLast = size === left;
	const isWorthIt = inFlight === 0 || size * 2 >= socket.largestWindow;
	if (!isLast) return isWorthIt ? size : 0;
	const isDelayed =
		inFlight > 0 && !socket.options.noDelay && !socket.isFinQueued && socket.next >= socket.highest;
	return isDelayed ? 0 : size;
};

/** Sends what may be sent. Says whether anything was. */
export const sendData = (kernel: Kernel, socket: TcpSocket): boolean => {
	if (!sendingStates.includes(socket.state)) return false;
	let hasSent = false;
	for (let size = nextSize(socket); size > 0; size = nextSize(socket)) {
		sendPiece(kernel, socket, socket.next, size);
		socket.next += size;
		noteSent(kernel, socket);
		hasSent = true;
	}
	if (socket.isFinQueued && socket.next === endOfData(socket)) {
		sendSegment(kernel, socket, {isFin: true});
		socket.next++;
		noteSent(kernel, socket);
		hasSent = true;
	}
	return hasSent;
};

const sendPiece = (kernel: Kernel, socket: TcpSocket, sequence: number, size: number): void =>
	sendSegment(
		kernel,
		socket,
		{sequence},
		peekRing(socket.outgoing, sequence - socket.unacknowledged, size),
	);

/** New numbers have been used: one of them is timed for its round trip. */
const noteSent = (kernel: Kernel, socket: TcpSocket): void => {
	if (socket.next <= socket.highest) return;
	socket.highest = socket.next;
	if (socket.timedSequence !== 0) return;
	socket.timedSequence = socket.next;
	socket.timedAt = kernel.now;
};

/** Sends the oldest segment again: fast retransmission. */
export const resendFirst = (kernel: Kernel, socket: TcpSocket): void => {
	socket.retransmissions++;
	socket.timedSequence = 0;
	const size = Math.min(socket.segmentSize, socket.outgoing.length);
	if (size > 0) sendPiece(kernel, socket, socket.unacknowledged, size);
	else if (socket.isFinQueued)
		sendSegment(kernel, socket, {isFin: true, sequence: socket.unacknowledged});
};
