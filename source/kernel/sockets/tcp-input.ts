// Segments arriving at a TCP socket, in the order of checks of RFC 9293, 3.10.7.

import type {Kernel} from '../kernel.js';
import {
	hearingHost,
	notePacket,
	type Packet,
	sendPacket,
	type TcpSegment,
} from '../network/packet.js';
import {dropRing} from './socket-ring.js';
import {wakeEverybody, wakeWriters} from './socket.js';
import {acceptSyn, admitConnection, findListener} from './tcp-handshake.js';
import {isFinAcknowledged, resendFirst} from './tcp-output.js';
import {receiveData} from './tcp-receive.js';
import {
	endConnection,
	findConnection,
	forgetTcpSocket,
	sendAck,
	sendCapacity,
	sendSegment,
	type TcpSocket,
	windowToTell,
} from './tcp-socket.js';
import {
	armLinger,
	armRetransmission,
	endBackoff,
	enterTimeWait,
	noteRoundTrip,
	sendAndArm,
	setTimer,
} from './tcp-timers.js';

/** A TCP packet has arrived at its host. */
export const arriveTcp = (kernel: Kernel, packet: Packet): void => {
	if (packet.body.protocol !== 'tcp') return;
	const {segment} = packet.body;
	const socket = findConnection(kernel.network, packet.toHost, packet.to, packet.from);
	if (socket?.state === 'TIME-WAIT' && segment.isSyn && !segment.isAck) {
		endConnection(kernel, socket);
	} else if (socket) {
		arriveAtConnection(kernel, socket, segment, packet);
		return;
	}
	const listener = findListener(kernel, packet.toHost, packet.to);
	if (listener && segment.isSyn && !segment.isAck && !segment.isReset) {
		acceptSyn(kernel, listener, packet, segment);
		return;
	}
	if (!segment.isReset) refuse(kernel, packet, segment);
};

/** Nobody knows the connection: RST. */
const refuse = (kernel: Kernel, packet: Packet, segment: TcpSegment): void => {
	const length = packet.data.length + (segment.isSyn ? 1 : 0) + (segment.isFin ? 1 : 0);
	sendPacket(kernel, {
		from: packet.to,
		to: packet.from,
		fromHost: packet.toHost,
		data: new Uint8Array(0),
		body: {
			protocol: 'tcp',
			segment: {
				sequence: segment.isAck ? segment.acknowledgment : 0,
				acknowledgment: segment.isAck ? 0 : segment.sequence + length,
				isSyn: false,
				isFin: false,
				isReset: true,
				isAck: !segment.isAck,
				window: 0,
			},
		},
	});
};

const arriveAtConnection = (
	kernel: Kernel,
	socket: TcpSocket,
	segment: TcpSegment,
	packet: Packet,
): void => {
	switch (socket.state) {
		case 'SYN-SENT': {
			arriveInSynSent(kernel, socket, segment);
			return;
		}

		case 'TIME-WAIT': {
			if (segment.isReset) return;
			sendAck(kernel, socket);
			if (segment.isFin) armLinger(kernel, socket);
			return;
		}

		case 'CLOSE':
		case 'LISTEN': {
			if (!segment.isReset) refuse(kernel, packet, segment);
			return;
		}

		default:
			arriveSynchronized(kernel, socket, segment, packet);
	}
};

const arriveInSynSent = (kernel: Kernel, socket: TcpSocket, segment: TcpSegment): void => {
	if (segment.isAck && segment.acknowledgment !== 1) return;
	if (segment.isReset) {
		if (segment.isAck) endConnection(kernel, socket, 'ECONNREFUSED');
		return;
	}
	if (!segment.isSyn) return;
	socket.expected = segment.sequence + 1;
	if (!segment.isAck) {
		// Both ends connect to each other at once.
		socket.state = 'SYN-RECV';
		sendSegment(kernel, socket, {isSyn: true, sequence: 0});
		return;
	}
	takeAcknowledgment(kernel, socket, segment);
	establish(kernel, socket);
	sendAck(kernel, socket);
	sendAndArm(kernel, socket);
};

const establish = (kernel: Kernel, socket: TcpSocket): void => {
	socket.state = 'ESTABLISHED';
	setTimer(kernel, socket, Infinity);
	wakeEverybody(kernel, socket);
};

const isAcceptable = (socket: TcpSocket, segment: TcpSegment, length: number): boolean => {
	const window = windowToTell(socket);
	const {sequence} = segment;
	const {expected} = socket;
	const isInside = (number: number): boolean => number >= expected && number < expected + window;
	if (length === 0)
		return window === 0 ? sequence === expected : sequence === expected || isInside(sequence);
	if (window === 0) return sequence < expected && sequence + length > expected;
	return isInside(sequence) || isInside(sequence + length - 1);
};

const arriveSynchronized = (
	kernel: Kernel,
	socket: TcpSocket,
	segment: TcpSegment,
	packet: Packet,
): void => {
	const length = packet.data.length + (segment.isFin ? 1 : 0);
	if (segment.isSyn && socket.state === 'SYN-RECV' && !segment.isReset) {
		sendSegment(kernel, socket, {isSyn: true, sequence: 0});
		if (!segment.isAck) return;
	}
	if (!isAcceptable(socket, segment, length) && !segment.isSyn) {
		if (segment.isReset) return;
		// An acknowledgment counts even if the data that comes with it does not.
		if (segment.isAck) takeAcknowledgment(kernel, socket, segment);
		if (socket.state !== 'CLOSE' && socket.state !== 'SYN-RECV') sendAck(kernel, socket);
		return;
	}
	if (segment.isReset) {
		reset(kernel, socket);
		return;
	}
	if (segment.isSyn && socket.state !== 'SYN-RECV') {
		sendAck(kernel, socket);
		return;
	}
	if (!segment.isAck) return;
	if (socket.state === 'SYN-RECV' && !completeHandshake(kernel, socket, segment, packet)) return;
	if (segment.acknowledgment > socket.highest) {
		sendAck(kernel, socket);
		return;
	}
	noteDuplicate(kernel, socket, segment, length);
	takeAcknowledgment(kernel, socket, segment);
	if (advanceClosing(kernel, socket) === 'ended') return;
	receiveData(kernel, socket, segment, packet.data);
	// The data may have ended an orphan.
	if (socket.state !== 'CLOSE') sendAndArm(kernel, socket);
};

/** The third segment of a handshake. False: it is ignored, because nobody may wait for accept(2) any more. */
const completeHandshake = (
	kernel: Kernel,
	socket: TcpSocket,
	segment: TcpSegment,
	packet: Packet,
): boolean => {
	if (segment.acknowledgment !== 1) {
		refuse(kernel, packet, segment);
		return false;
	}
	if (socket.listener !== 0 && !admitConnection(kernel, socket)) {
		notePacket(kernel, packet, 'ignored, the backlog is full');
		return false;
	}
	takeAcknowledgment(kernel, socket, segment);
	establish(kernel, socket);
	return true;
};

/** RST from the peer. */
const reset = (kernel: Kernel, socket: TcpSocket): void => {
	if (socket.state === 'SYN-RECV' && socket.listener !== 0) {
		socket.isOpen = false;
		endConnection(kernel, socket);
		return;
	}
	endConnection(kernel, socket, socket.state === 'CLOSE-WAIT' ? 'EPIPE' : 'ECONNRESET');
};

/** Three acknowledgments of the same number say that the next segment is lost: fast retransmission, RFC 5681. */
const noteDuplicate = (
	kernel: Kernel,
	socket: TcpSocket,
	segment: TcpSegment,
	length: number,
): void => {
	const isDuplicate =
		segment.acknowledgment === socket.unacknowledged &&
		socket.highest > socket.unacknowledged &&
		length === 0 &&
		segment.window === socket.sendWindow;
	if (!isDuplicate) return;
	socket.duplicates++;
	if (socket.recoverUntil > 0) {
		socket.congestionWindow += socket.segmentSize;
		return;
	}
	if (socket.duplicates !== duplicateLimit) return;
	const inFlight = socket.highest - socket.unacknowledged;
	socket.slowStartThreshold = Math.max(2 * socket.segmentSize, Math.floor(inFlight / 2));
	socket.congestionWindow = socket.slowStartThreshold + duplicateLimit * socket.segmentSize;
	socket.recoverUntil = socket.highest;
	resendFirst(kernel, socket);
};

const duplicateLimit = 3;

/** Takes the acknowledgment and the window of a segment. */
const takeAcknowledgment = (kernel: Kernel, socket: TcpSocket, segment: TcpSegment): void => {
	const {acknowledgment} = segment;
	if (acknowledgment < socket.unacknowledged || acknowledgment > socket.highest) return;
	const acknowledged = acknowledgment - socket.unacknowledged;
	updateWindow(kernel, socket, segment);
	if (acknowledged === 0) {
		// The peer answers the probes of its closed window: it is alive.
		if (socket.highest === socket.unacknowledged) socket.retries = 0;
		return;
	}
	if (socket.unacknowledged === 0) {
		// The SYN takes a number and no room.
		socket.unacknowledged = 1;
		dropRing(socket.outgoing, Math.min(acknowledged - 1, socket.outgoing.length));
		socket.unacknowledged = acknowledgment;
		socket.next = Math.max(socket.next, acknowledgment);
	} else {
		const isFinTaken = isFinAcknowledged(socket, acknowledgment);
		if (isFinTaken) socket.isFinQueued = false;
		dropRing(socket.outgoing, Math.min(acknowledged, socket.outgoing.length));
		socket.unacknowledged = acknowledgment;
		socket.next = Math.max(socket.next, acknowledgment);
		if (isFinTaken) finishSending(kernel, socket);
	}
	endBackoff(kernel, socket);
	if (socket.timedSequence !== 0 && acknowledgment >= socket.timedSequence) {
		noteRoundTrip(kernel, socket, kernel.now - socket.timedAt);
		socket.timedSequence = 0;
	}
	adjustCongestion(kernel, socket, acknowledged);
	if (socket.state !== 'TIME-WAIT' && socket.state !== 'CLOSE' && socket.state !== 'FIN-WAIT-2') {
		armRetransmission(kernel, socket);
	}
	if (hasRoom(socket)) wakeWriters(kernel, socket);
};

/** Enough room that writers should hear of it: a third of what the socket keeps. */
export const hasRoom = (socket: TcpSocket): boolean =>
	(sendCapacity(socket) - socket.outgoing.length) * 2 >= socket.outgoing.length;

const updateWindow = (kernel: Kernel, socket: TcpSocket, segment: TcpSegment): void => {
	const {sequence, acknowledgment, window} = segment;
	const isNewer =
		socket.windowSequence < sequence ||
		(socket.windowSequence === sequence && socket.windowAcknowledgment <= acknowledgment);
	if (!isNewer) return;
	const wasClosed = socket.sendWindow === 0;
	socket.sendWindow = window;
	socket.largestWindow = Math.max(socket.largestWindow, window);
	socket.windowSequence = sequence;
	socket.windowAcknowledgment = acknowledgment;
	if (wasClosed && window > 0 && socket.retries > 0 && socket.highest === socket.unacknowledged)
		endBackoff(kernel, socket);
};

/** Slow start, congestion avoidance, and the holes that a partial acknowledgment shows (NewReno, RFC 6582). */
const adjustCongestion = (kernel: Kernel, socket: TcpSocket, acknowledged: number): void => {
	socket.duplicates = 0;
	if (socket.recoverUntil > 0) {
		if (socket.unacknowledged >= socket.recoverUntil) {
			socket.recoverUntil = 0;
			socket.congestionWindow = socket.slowStartThreshold;
		} else {
			socket.congestionWindow = Math.max(
				socket.segmentSize,
				socket.congestionWindow - acknowledged + socket.segmentSize,
			);
			resendFirst(kernel, socket);
		}
		return;
	}
	const isSlowStart = socket.congestionWindow < socket.slowStartThreshold;
	socket.congestionWindow += isSlowStart
		? Math.min(acknowledged, socket.segmentSize)
		: Math.max(1, Math.floor((socket.segmentSize * socket.segmentSize) / socket.congestionWindow));
};

/** Our FIN has been acknowledged. */
const finishSending = (kernel: Kernel, socket: TcpSocket): void => {
	switch (socket.state) {
		case 'FIN-WAIT-1': {
			socket.state = 'FIN-WAIT-2';
			setTimer(kernel, socket, Infinity);
			if (!socket.isOpen) armLinger(kernel, socket);
			wakeEverybody(kernel, socket);
			return;
		}

		case 'CLOSING': {
			enterTimeWait(kernel, socket);
			return;
		}

		case 'LAST-ACK': {
			endConnection(kernel, socket);
			return;
		}

		default:
	}
};

const advanceClosing = (kernel: Kernel, socket: TcpSocket): 'ended' | 'goes-on' => {
	if (socket.state !== 'CLOSE') return 'goes-on';
	if (!socket.isOpen && kernel.network.sockets.has(socket.id)) forgetTcpSocket(kernel, socket);
	return 'ended';
};

/** icmp(7) says that a packet of a connection could not be delivered: fatal before it stands. */
export const failTcp = (kernel: Kernel, packet: Packet): void => {
	if (packet.body.protocol !== 'icmp') return;
	const socket = findConnection(kernel.network, hearingHost(packet), packet.from, packet.to);
	if (socket?.state !== 'SYN-SENT') return;
	endConnection(
		kernel,
		socket,
		packet.body.unreachable === 'host' ? 'EHOSTUNREACH' : 'ECONNREFUSED',
	);
};
