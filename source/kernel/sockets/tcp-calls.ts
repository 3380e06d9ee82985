// System calls on TCP sockets: bind, connect, listen, accept, shutdown, close, with the order of checks of net/ipv4.

import type {Errno} from '../errno.js';
import {
	pollError,
	pollHangUp,
	pollPriority,
	pollReadHangUp,
	readable,
	writable,
} from '../files/file-operations.js';
import type {Kernel} from '../kernel.js';
import {bindPort, isPortFree, leavePort} from '../network/network-ports.js';
import {done, failed, type Outcome} from '../outcome.js';
import {sourceFor, wayTo} from '../network/packet.js';
import {
	type Endpoint,
	familyOf,
	familyUnspecified,
	loopbackAddress,
	noEndpoint,
} from './socket-address.js';
import {markSocketUse, type SocketIo, takeError, waitIn, wakeEverybody} from './socket.js';
import {hasRoom} from './tcp-input.js';
import {
	endConnection,
	enterConnection,
	findConnection,
	forgetTcpSocket,
	nameTcpSocket,
	sendSegment,
	type TcpSocket,
} from './tcp-socket.js';
import {armLinger, sendAndArm, setTimer} from './tcp-timers.js';
import {readEndpoint, readLocalEndpoint} from './udp-socket.js';
import {hasUrgent, isAtMark, isUrgentInline} from './tcp-urgent.js';

export const bindTcp = (
	kernel: Kernel,
	socket: TcpSocket,
	address: Uint8Array,
): Errno | undefined => {
	const endpoint = readLocalEndpoint(kernel, socket, address);
	if (typeof endpoint === 'string') return endpoint;
	if (socket.state !== 'CLOSE' || socket.local.port !== 0) return 'EINVAL';
	const problem = bindPort(kernel, socket, endpoint.address, endpoint.port);
	if (problem) return problem;
	socket.isBound = true;
	nameTcpSocket(socket);
	return undefined;
};

export const listenTcp = (kernel: Kernel, socket: TcpSocket, backlog: number): Outcome => {
	if (socket.phase !== 'unconnected') return failed('EINVAL');
	if (socket.state !== 'CLOSE' && socket.state !== 'LISTEN') return failed('EINVAL');
	socket.backlog = backlog;
	if (socket.state === 'LISTEN') return done(0);
	if (socket.local.port === 0) {
		const problem = bindPort(kernel, socket, socket.local.address, 0);
		if (problem) return failed(problem);
	} else if (!isPortFree(kernel, socket, socket.local.address, socket.local.port)) {
		return failed('EADDRINUSE');
	}
	socket.state = 'LISTEN';
	socket.isReadShut = false;
	socket.isWriteShut = false;
	nameTcpSocket(socket);
	return done(0);
};

/** connect(2). */
export const connectTcp = (
	kernel: Kernel,
	socket: TcpSocket,
	io: SocketIo,
	address: Uint8Array,
): Outcome => {
	if (familyOf(address) === familyUnspecified) return disconnectTcp(kernel, socket);
	switch (socket.phase) {
		case 'connected':
			return failed('EISCONN');
		case 'connecting': {
			const isFirstTry = io.progress.tries === 0;
			if (isFirstTry && io.isNonblocking && socket.state === 'SYN-SENT') return failed('EALREADY');
			return continueConnect(kernel, socket, io);
		}

		case 'unconnected': {
			if (socket.state !== 'CLOSE') return failed('EISCONN');
			const endpoint = readEndpoint(socket, address);
			if (typeof endpoint === 'string') return failed(endpoint);
			const problem = beginConnect(kernel, socket, endpoint);
			if (problem) return failed(problem);
			if (!io.isNonblocking) return continueConnect(kernel, socket, io);
			markSocketUse(io);
			return failed('EINPROGRESS');
		}
	}
};

const beginConnect = (kernel: Kernel, socket: TcpSocket, endpoint: Endpoint): Errno | undefined => {
	const address = endpoint.address === 0 ? loopbackAddress : endpoint.address;
	if (address === 0xffff_ffff || address >>> 28 === 14) return 'ENETUNREACH';
	if (wayTo(kernel, socket.host, address).kind === 'no-route') return 'ENETUNREACH';
	const peer: Endpoint = {address, port: endpoint.port};
	const wanted =
		socket.local.address === 0 ? sourceFor(kernel, socket.host, address) : socket.local.address;
	if (socket.local.port === 0) {
		if (bindPort(kernel, socket, wanted, 0)) return 'EADDRNOTAVAIL';
	} else {
		const local: Endpoint = {address: wanted, port: socket.local.port};
		if (findConnection(kernel.network, socket.host, local, peer)) return 'EADDRNOTAVAIL';
		socket.local = local;
	}
	restart(kernel, socket);
	socket.peer = peer;
	socket.state = 'SYN-SENT';
	socket.phase = 'connecting';
	enterConnection(kernel, socket);
	sendSegment(kernel, socket, {isSyn: true, isAck: false, sequence: 0});
	socket.next = 1;
	socket.highest = 1;
	socket.timedSequence = 1;
	socket.timedAt = kernel.now;
	setTimer(kernel, socket, kernel.now + socket.timeout);
	return undefined;
};

/** A socket may connect again after a connection has failed. */
const restart = (kernel: Kernel, socket: TcpSocket): void => {
	socket.unacknowledged = 0;
	socket.next = 0;
	socket.highest = 0;
	socket.expected = 0;
	socket.windowEdge = 0;
	socket.windowSequence = 0;
	socket.windowAcknowledgment = 0;
	socket.sendWindow = 0;
	socket.largestWindow = 0;
	socket.slowStartThreshold = Infinity;
	socket.recoverUntil = 0;
	socket.duplicates = 0;
	socket.isFinQueued = false;
	reopenHalves(socket);
	socket.early = [];
	socket.roundTrip = 0;
	socket.timeout = kernel.config.clock;
	socket.retries = 0;
};

const continueConnect = (kernel: Kernel, socket: TcpSocket, io: SocketIo): Outcome => {
	if (socket.state === 'SYN-SENT' || socket.state === 'SYN-RECV') {
		return waitIn(kernel, io, socket.connectQueue, socket.options.sendTimeout, 'EINPROGRESS');
	}
	if (socket.state === 'CLOSE') {
		socket.phase = 'unconnected';
		reopenHalves(socket);
		return failed(takeError(socket) ?? 'ECONNABORTED');
	}
	socket.phase = 'connected';
	// A refusal was an answer to a question; a connection is something new.
	markSocketUse(io);
	return done(0);
};

/** A socket without a connection has no end of file either: recv(2) fails with ENOTCONN, as on a new one. */
const reopenHalves = (socket: TcpSocket): void => {
	socket.isReadShut = false;
	socket.isWriteShut = false;
	socket.hasSeenFin = false;
};

/** connect(2) with AF_UNSPEC. */
const disconnectTcp = (kernel: Kernel, socket: TcpSocket): Outcome => {
	if (socket.state === 'LISTEN') stopListening(kernel, socket);
	else if (socket.state !== 'CLOSE') abort(kernel, socket);
	socket.error = undefined;
	socket.phase = 'unconnected';
	reopenHalves(socket);
	socket.peer = noEndpoint;
	if (!socket.isBound) {
		leavePort(kernel.network, socket);
		socket.local = noEndpoint;
	}
	nameTcpSocket(socket);
	return done(0);
};

/** Ends a connection with RST. */
const abort = (kernel: Kernel, socket: TcpSocket): void => {
	if (socket.state !== 'SYN-SENT' && socket.state !== 'CLOSE' && socket.state !== 'TIME-WAIT') {
		sendSegment(kernel, socket, {isReset: true, sequence: socket.highest});
	}
	endConnection(kernel, socket);
};

export const acceptTcp = (kernel: Kernel, socket: TcpSocket, io: SocketIo): TcpSocket | Outcome => {
	if (socket.state !== 'LISTEN') return failed('EINVAL');
	const id = socket.pending.shift();
	const accepted = id === undefined ? undefined : kernel.network.sockets.get(id);
	if (accepted?.protocol !== 'tcp') {
		return waitIn(kernel, io, socket.acceptQueue, socket.options.receiveTimeout);
	}
	accepted.isOpen = true;
	accepted.listener = 0;
	markSocketUse(io);
	return accepted;
};

/** Connections that nobody has accepted are reset. */
const stopListening = (kernel: Kernel, socket: TcpSocket): void => {
	const waiting = [...socket.pending, ...socket.embryos];
	socket.pending = [];
	socket.embryos = [];
	for (const id of waiting) {
		const connection = kernel.network.sockets.get(id);
		if (connection?.protocol !== 'tcp') continue;
		connection.listener = 0;
		if (connection.state === 'CLOSE') forgetTcpSocket(kernel, connection);
		else if (connection.state === 'SYN-RECV') endConnection(kernel, connection);
		else abort(kernel, connection);
	}
	socket.state = 'CLOSE';
};

/** shutdown(2). */
export const shutdownTcp = (
	kernel: Kernel,
	socket: TcpSocket,
	reads: boolean,
	writes: boolean,
): Outcome => {
	switch (socket.state) {
		// The halves are closed all the same, as in inet_shutdown() of net/ipv4.
		case 'CLOSE':
			socket.isReadShut ||= reads;
			socket.isWriteShut ||= writes;
			return failed('ENOTCONN');
		case 'TIME-WAIT':
			return failed('ENOTCONN');
		case 'LISTEN': {
			if (!reads) return done(0);
			stopListening(kernel, socket);
			if (!socket.isBound) leavePort(kernel.network, socket);
			wakeEverybody(kernel, socket);
			return done(0);
		}

		case 'SYN-SENT': {
			abort(kernel, socket);
			socket.phase = 'unconnected';
			return done(0);
		}

		default: {
			socket.isReadShut ||= reads;
			socket.isWriteShut ||= writes;
			if (writes) queueFin(kernel, socket);
			wakeEverybody(kernel, socket);
			return done(0);
		}
	}
};

/** No more data: a FIN follows what is still to be sent. */
const queueFin = (kernel: Kernel, socket: TcpSocket): void => {
	if (socket.state === 'ESTABLISHED' || socket.state === 'SYN-RECV') socket.state = 'FIN-WAIT-1';
	else if (socket.state === 'CLOSE-WAIT') socket.state = 'LAST-ACK';
	else return;
	socket.isFinQueued = true;
	sendAndArm(kernel, socket);
};

/** The last descriptor has gone. The connection may live on without it until everything is delivered. */
export const closeTcp = (kernel: Kernel, socket: TcpSocket): void => {
	socket.isOpen = false;
	if (socket.state === 'LISTEN') stopListening(kernel, socket);
	if (socket.state === 'CLOSE') {
		forgetTcpSocket(kernel, socket);
		return;
	}
	if (socket.state === 'TIME-WAIT') return;
	const isUnread = socket.incoming.length > 0;
	socket.incoming.length = 0;
	socket.incoming.bytes = new Uint8Array(0);
	if (isUnread || socket.options.linger === 0 || socket.state === 'SYN-SENT') {
		abort(kernel, socket);
		return;
	}
	socket.isReadShut = true;
	socket.isWriteShut = true;
	queueFin(kernel, socket);
	if (socket.state === 'FIN-WAIT-2') armLinger(kernel, socket);
};

/** poll(2), as tcp_poll(). */
export const tcpReadiness = (socket: TcpSocket): number => {
	const {state} = socket;
	if (state === 'LISTEN') return socket.pending.length > 0 ? readable : 0;
	let mask = socket.error === undefined ? 0 : pollError;
	if (state === 'CLOSE' || (socket.isReadShut && socket.isWriteShut)) mask |= pollHangUp;
	if (socket.isReadShut) mask |= readable | pollReadHangUp;
	if (state === 'SYN-SENT' || state === 'SYN-RECV') return mask;
	// The byte at the mark is no data unless it is in line.
	const skipped = isAtMark(socket) && !isUrgentInline(socket) ? 1 : 0;
	const wanted = Math.max(1, socket.options.receiveLowWater) + skipped;
	if (socket.incoming.length >= wanted) mask |= readable;
	if (hasUrgent(socket)) mask |= pollPriority;
	if (socket.isWriteShut || hasRoom(socket)) mask |= writable;
	return mask;
};
