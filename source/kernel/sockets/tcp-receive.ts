// Data of arriving TCP segments: put in order, acknowledged, handed to the reader; and the FIN behind it.

import type {Kernel} from '../kernel.js';
import type {TcpSegment} from '../network/packet.js';
import {appendRing} from './socket-ring.js';
import {wakeReaders} from './socket.js';
import {endConnection, sendAck, sendSegment, type TcpSocket} from './tcp-socket.js';
import {fetchUrgent, noteUrgent} from './tcp-urgent.js';
import {enterTimeWait} from './tcp-timers.js';

/** States in which the peer may still send. */
const receivingStates: readonly string[] = ['ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'];

/** Takes what a segment brings. */
export const receiveData = (
	kernel: Kernel,
	socket: TcpSocket,
	segment: TcpSegment,
	data: Uint8Array,
): void => {
	if (segment.urgent !== undefined) noteUrgent(kernel, socket, segment.urgent);
	if (data.length === 0 && !segment.isFin) return;
	if (!receivingStates.includes(socket.state)) {
		sendAck(kernel, socket);
		return;
	}
	if (isForNobody(socket) && segment.sequence + data.length > socket.expected) {
		// The process has closed the socket: there is nobody to read this.
		sendSegment(kernel, socket, {isReset: true, sequence: socket.highest});
		endConnection(kernel, socket);
		return;
	}
	const before = socket.expected;
	insert(socket, {sequence: segment.sequence, data, isFin: segment.isFin});
	const hasFinNow = takeInOrder(socket);
	if (hasFinNow) finishReceiving(kernel, socket);
	fetchUrgent(kernel, socket);
	sendAck(kernel, socket);
	if (socket.expected > before) wakeReaders(kernel, socket);
};

const isForNobody = (socket: TcpSocket): boolean => !socket.isOpen && socket.listener === 0;

type Early = TcpSocket['early'][number];

/** Keeps a segment by its number, cut to the window. */
const insert = (socket: TcpSocket, segment: Early): void => {
	const room = Math.max(0, socket.windowEdge - segment.sequence);
	const isCut = segment.data.length > room;
	const kept: Early = isCut
		? {...segment, data: segment.data.slice(0, room), isFin: false}
		: segment;
	if (kept.data.length === 0 && !kept.isFin) return;
	let at = socket.early.length;
	while (at > 0 && socket.early[at - 1]!.sequence > kept.sequence) at--;
	const twin = socket.early[at - 1];
	if (
		twin?.sequence === kept.sequence &&
		twin.data.length >= kept.data.length &&
		twin.isFin === kept.isFin
	)
		return;
	socket.early.splice(at, 0, kept);
};

/** Moves what follows without a gap to the reader. Says whether the FIN was reached. */
const takeInOrder = (socket: TcpSocket): boolean => {
	let hasFin = false;
	while (socket.early.length > 0) {
		const [{sequence, data, isFin}] = socket.early as [Early];
		if (sequence > socket.expected) break;
		socket.early.shift();
		const fresh = data.subarray(socket.expected - sequence);
		if (sequence + data.length < socket.expected) continue;
		appendRing(socket.incoming, fresh);
		socket.expected += fresh.length;
		socket.bytesIn += fresh.length;
		if (!isFin || socket.hasSeenFin) continue;
		socket.expected++;
		socket.hasSeenFin = true;
		socket.windowEdge = Math.max(socket.windowEdge, socket.expected);
		socket.early = [];
		hasFin = true;
	}
	return hasFin;
};

/** The peer has nothing more to send. */
const finishReceiving = (kernel: Kernel, socket: TcpSocket): void => {
	socket.isReadShut = true;
	switch (socket.state) {
		case 'ESTABLISHED': {
			socket.state = 'CLOSE-WAIT';
			return;
		}

		case 'FIN-WAIT-1': {
			socket.state = 'CLOSING';
			return;
		}

		case 'FIN-WAIT-2': {
			enterTimeWait(kernel, socket);
			return;
		}

		default:
	}
};
