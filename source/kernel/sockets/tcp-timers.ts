// The timer of a TCP connection: one at a time, for retransmission (RFC 6298), for probing a closed window, or for the end
// of TIME-WAIT and of an orphan's FIN-WAIT-2. What it means when it expires follows from the state.

import type {Kernel} from '../kernel.js';
import {sendData} from './tcp-output.js';
import {endConnection, sendSegment, type TcpSocket} from './tcp-socket.js';
import {addTimer} from '../time/timers.js';
import {wakeEverybody} from './socket.js';

const smallestTimeout = 0.2;
const largestTimeout = 120;
/** tcp_syn_retries, tcp_synack_retries, tcp_retries2 and tcp_orphan_retries of tcp(7). */
const synRetries = 6;
const synAckRetries = 5;
const dataRetries = 15;
const orphanRetries = 8;
/** Seconds of TIME-WAIT, and of FIN-WAIT-2 without a process. */
const lingerSeconds = 60;

/** Sets the timer, replacing what it was set to. */
export const setTimer = (kernel: Kernel, socket: TcpSocket, at: number): void => {
	socket.timerAt = at;
	if (at === Infinity) return;
	// An earlier entry in the heap will set it anew when it comes.
	if (socket.timerPending > kernel.now && socket.timerPending <= at) return;
	socket.timerPending = at;
	addTimer(kernel, at, {kind: 'tcp', socket: socket.id});
};

/** Starts the retransmission timer if anything is under way, or the probe timer if the window is closed. */
export const armRetransmission = (kernel: Kernel, socket: TcpSocket): void => {
	const isWaiting =
		socket.highest > socket.unacknowledged || socket.outgoing.length > 0 || socket.isFinQueued;
	setTimer(kernel, socket, isWaiting ? kernel.now + socket.timeout : Infinity);
};

/** TIME-WAIT, or an orphan in FIN-WAIT-2: gone after a minute. */
export const armLinger = (kernel: Kernel, socket: TcpSocket): void =>
	setTimer(kernel, socket, kernel.now + lingerSeconds * kernel.config.clock);

/** Both FINs are through: the end that closed first waits for stray segments. */
export const enterTimeWait = (kernel: Kernel, socket: TcpSocket): void => {
	socket.state = 'TIME-WAIT';
	armLinger(kernel, socket);
	wakeEverybody(kernel, socket);
};

/** Sends what may be sent, and sees to it that the timer runs. */
export const sendAndArm = (kernel: Kernel, socket: TcpSocket): void => {
	const wasIdle = socket.highest === socket.unacknowledged;
	const hasSent = sendData(kernel, socket);
	const hasWork = socket.highest > socket.unacknowledged || socket.outgoing.length > 0;
	if (hasWork && ((wasIdle && hasSent) || socket.timerAt === Infinity))
		armRetransmission(kernel, socket);
};

/** A round trip of so many cycles was measured. */
export const noteRoundTrip = (kernel: Kernel, socket: TcpSocket, cycles: number): void => {
	if (socket.roundTrip === 0) {
		socket.roundTrip = cycles;
		socket.roundTripVariation = cycles / 2;
	} else {
		const error = Math.abs(socket.roundTrip - cycles);
		socket.roundTripVariation = (3 * socket.roundTripVariation + error) / 4;
		socket.roundTrip = (7 * socket.roundTrip + cycles) / 8;
	}
	socket.timeout = timeoutOf(kernel, socket);
};

/** The timeout that the measured round trips ask for, without any backoff. */
const timeoutOf = (kernel: Kernel, socket: TcpSocket): number => {
	const {clock} = kernel.config;
	if (socket.roundTrip === 0) return clock;
	const wanted = socket.roundTrip + Math.max(1, 4 * socket.roundTripVariation);
	return Math.ceil(Math.min(largestTimeout * clock, Math.max(smallestTimeout * clock, wanted)));
};

/** Something new has been acknowledged: the timeout is no longer backed off. */
export const endBackoff = (kernel: Kernel, socket: TcpSocket): void => {
	socket.retries = 0;
	socket.timeout = timeoutOf(kernel, socket);
};

const backOff = (kernel: Kernel, socket: TcpSocket): void => {
	socket.retries++;
	socket.timeout = Math.min(largestTimeout * kernel.config.clock, socket.timeout * 2);
};

const retryLimit = (socket: TcpSocket): number => {
	if (socket.state === 'SYN-SENT') return synRetries;
	if (socket.state === 'SYN-RECV') return synAckRetries;
	return socket.isOpen || socket.listener !== 0 ? dataRetries : orphanRetries;
};

/** Whether a heap entry still stands for the timer. */
export const isTcpTimerLive = (kernel: Kernel, id: number, at: number): boolean => {
	const socket = kernel.network.sockets.get(id);
	return socket?.protocol === 'tcp' && socket.timerPending === at && socket.timerAt !== Infinity;
};

/** A heap entry of the timer has come due. */
export const expireTcp = (kernel: Kernel, id: number, at: number): void => {
	const socket = kernel.network.sockets.get(id);
	if (socket?.protocol !== 'tcp' || socket.timerPending !== at) return;
	socket.timerPending = 0;
	if (socket.timerAt === Infinity) return;
	if (socket.timerAt > at) {
		setTimer(kernel, socket, socket.timerAt);
		return;
	}
	if (socket.state === 'TIME-WAIT' || (socket.state === 'FIN-WAIT-2' && !socket.isOpen)) {
		endConnection(kernel, socket);
		return;
	}
	if (socket.retries >= retryLimit(socket)) {
		endConnection(kernel, socket, 'ETIMEDOUT');
		return;
	}
	retransmit(kernel, socket);
};

const retransmit = (kernel: Kernel, socket: TcpSocket): void => {
	backOff(kernel, socket);
	socket.timedSequence = 0;
	if (socket.state === 'SYN-SENT' || socket.state === 'SYN-RECV') {
		socket.retransmissions++;
		sendSegment(kernel, socket, {isSyn: true, isAck: socket.state === 'SYN-RECV', sequence: 0});
	} else if (socket.highest === socket.unacknowledged && socket.sendWindow === 0) {
		// A number just before the window: the peer answers with its window.
		sendSegment(kernel, socket, {sequence: socket.unacknowledged - 1});
	} else {
		collapse(socket);
		sendData(kernel, socket);
	}
	setTimer(kernel, socket, kernel.now + socket.timeout);
};

/** Everything under way counts as lost: slow start begins again at the oldest byte. */
const collapse = (socket: TcpSocket): void => {
	const inFlight = socket.highest - socket.unacknowledged;
	if (socket.retries === 1) {
		socket.slowStartThreshold = Math.max(2 * socket.segmentSize, Math.floor(inFlight / 2));
	}
	socket.congestionWindow = socket.segmentSize;
	socket.next = socket.unacknowledged;
	socket.duplicates = 0;
	socket.recoverUntil = 0;
	if (socket.highest > socket.unacknowledged) socket.retransmissions++;
};
