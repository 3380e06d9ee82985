// A TCP socket, tcp(7) and RFC 9293: its state, sequence numbers, buffers and timers. Sequence numbers count from the SYN,
// which is number 0 (as Wireshark shows them), and never wrap; a new connection can't be confused with an old one because
// its SYN is judged by TIME-WAIT alone.

import type {Kernel} from '../kernel.js';
import {type Link, type Network} from '../network/network.js';
import {leavePort} from '../network/network-ports.js';
import {sendPacket, type TcpSegment, wayTo} from '../network/packet.js';
import {type Endpoint, formatEndpoint, noEndpoint} from './socket-address.js';
import {createRing, type SocketRing} from './socket-ring.js';
import {createSocketBase, renameSocket, type SocketBase, wakeEverybody} from './socket.js';
import type {Errno} from '../errno.js';
import type {UrgentMark} from './tcp-urgent.js';

export type TcpState =
	| 'CLOSE'
	| 'LISTEN'
	| 'SYN-SENT'
	| 'SYN-RECV'
	| 'ESTABLISHED'
	| 'FIN-WAIT-1'
	| 'FIN-WAIT-2'
	| 'CLOSING'
	| 'TIME-WAIT'
	| 'CLOSE-WAIT'
	| 'LAST-ACK';

/** Bytes that came before those that are missing. */
export type EarlySegment = {
	readonly sequence: number;
	readonly data: Uint8Array;
	readonly isFin: boolean;
};

export type TcpSocket = SocketBase & {
	readonly protocol: 'tcp';
	state: TcpState;
	/** What connect(2) knows of it. */
	phase: 'unconnected' | 'connecting' | 'connected';
	local: Endpoint;
	peer: Endpoint;
	/** The port was chosen by bind(2). */
	isBound: boolean;
	/** Of a listener: connections that may wait besides one, and those that do (ids). */
	backlog: number;
	pending: number[];
	/** Ids of connections in their handshake. */
	embryos: number[];
	/** Of a connection that nobody has accepted: its listener's id. */
	listener: number;
	/** Largest segment, bytes of payload. */
	segmentSize: number;

	/** Bytes from `unacknowledged` on that have been written. */
	readonly outgoing: SocketRing;
	/** Oldest number not acknowledged, next to send, and one beyond the highest ever sent. */
	unacknowledged: number;
	next: number;
	highest: number;
	/** A FIN follows the last byte of `outgoing`. */
	isFinQueued: boolean;
	/** What the peer can take beyond `unacknowledged`; the largest it ever could. */
	sendWindow: number;
	largestWindow: number;
	/** The segment that the window was learnt from. */
	windowSequence: number;
	windowAcknowledgment: number;
	/** Congestion control, RFC 5681: bytes. */
	congestionWindow: number;
	slowStartThreshold: number;
	duplicates: number;
	/** Fast recovery lasts until this number is acknowledged; 0: none. */
	recoverUntil: number;

	/** Bytes that have come and not been read; the next number expected; the right edge of the window as told. */
	readonly incoming: SocketRing;
	expected: number;
	windowEdge: number;
	/** Segments beyond a gap, by number. */
	early: EarlySegment[];
	hasSeenFin: boolean;
	/** Where the peer's urgent byte is, and the number of the own one that was sent last (-1: none). */
	urgent: UrgentMark | undefined;
	urgentSent: number;

	/** Cycles: the smoothed round trip, its variation, and the present retransmission timeout. */
	roundTrip: number;
	roundTripVariation: number;
	timeout: number;
	/** A segment whose round trip is being measured: its end, 0 for none, and when it was sent. */
	timedSequence: number;
	timedAt: number;
	/** Retransmissions (or probes) in a row, and in all. */
	retries: number;
	retransmissions: number;
	/** When the one timer expires (Infinity: never), and for what its earliest heap entry stands. */
	timerAt: number;
	timerPending: number;
};

/** net.ipv4.tcp_wmem and tcp_rmem: what a new socket has. */
const defaultSendBuffer = 16_384;
const defaultReceiveBuffer = 131_072;
/** What a connection's send buffer grows to by itself. */
const tunedSendBuffer = 87_040;
const ethernetSegment = 1460;
const loopbackSegment = 65_483;
const initialWindowSegments = 10;

export const createTcpSocket = (
	kernel: Kernel,
	host: string,
	creator: number,
	family: number,
): TcpSocket => {
	const socket: TcpSocket = {
		...createSocketBase(kernel, {
			protocol: 'tcp',
			host,
			type: 'stream',
			family,
			creator,
			sendBuffer: defaultSendBuffer,
			receiveBuffer: defaultReceiveBuffer,
		}),
		protocol: 'tcp',
		state: 'CLOSE',
		phase: 'unconnected',
		local: noEndpoint,
		peer: noEndpoint,
		isBound: false,
		backlog: 0,
		pending: [],
		embryos: [],
		listener: 0,
		segmentSize: ethernetSegment,
		outgoing: createRing(),
		unacknowledged: 0,
		next: 0,
		highest: 0,
		isFinQueued: false,
		sendWindow: 0,
		largestWindow: 0,
		windowSequence: 0,
		windowAcknowledgment: 0,
		congestionWindow: 0,
		slowStartThreshold: Infinity,
		duplicates: 0,
		recoverUntil: 0,
		incoming: createRing(),
		expected: 0,
		windowEdge: 0,
		early: [],
		hasSeenFin: false,
		urgent: undefined,
		urgentSent: -1,
		roundTrip: 0,
		roundTripVariation: 0,
		timeout: kernel.config.clock,
		timedSequence: 0,
		timedAt: 0,
		retries: 0,
		retransmissions: 0,
		timerAt: Infinity,
		timerPending: 0,
	};
	kernel.network.sockets.set(socket.id, socket);
	return socket;
};

const connectionKey = (host: string, local: Endpoint, peer: Endpoint): string =>
	`${host} ${local.address}:${local.port} ${peer.address}:${peer.port}`;

/** The socket of a connection between two endpoints, seen from a host. */
export const findConnection = (
	network: Network,
	host: string,
	local: Endpoint,
	peer: Endpoint,
): TcpSocket | undefined => {
	const id = network.connections.get(connectionKey(host, local, peer));
	const socket = id === undefined ? undefined : network.sockets.get(id);
	return socket?.protocol === 'tcp' ? socket : undefined;
};

/** Enters a connection whose endpoints are known. */
export const enterConnection = (kernel: Kernel, socket: TcpSocket): void => {
	kernel.network.connections.set(connectionKey(socket.host, socket.local, socket.peer), socket.id);
	const way = wayTo(kernel, socket.host, socket.peer.address);
	const route: readonly Link[] = way.kind === 'way' ? way.route : [];
	const isLoopback = way.kind === 'way' && route.length === 0;
	socket.segmentSize = isLoopback ? loopbackSegment : ethernetSegment;
	socket.congestionWindow = initialWindowSegments * socket.segmentSize;
	nameTcpSocket(socket);
};

const leaveConnection = ({network}: Kernel, socket: TcpSocket): void => {
	const key = connectionKey(socket.host, socket.local, socket.peer);
	if (network.connections.get(key) === socket.id) network.connections.delete(key);
};

/** `tcp:10.0.0.1:7000`, of a connection with its peer behind a dash. */
export const nameTcpSocket = (socket: TcpSocket): void => {
	const peer = socket.peer.port === 0 ? '' : `-${formatEndpoint(socket.peer)}`;
	renameSocket(socket, `tcp:${formatEndpoint(socket.local)}${peer}`);
};

/** Bytes that write(2) may leave in the socket. */
export const sendCapacity = ({options}: TcpSocket): number => {
	const size = options.isSendBufferSet
		? options.sendBuffer
		: Math.max(options.sendBuffer, tunedSendBuffer);
	return size >> 1;
};

/** Bytes that may wait to be read: half of the buffer, the rest is for the kernel's own use. */
export const receiveCapacity = ({options}: TcpSocket): number => options.receiveBuffer >> 1;

/** What the next segment announces as window. The right edge never moves back. */
export const windowToTell = (socket: TcpSocket): number => {
	const room = Math.max(0, receiveCapacity(socket) - socket.incoming.length);
	socket.windowEdge = Math.max(socket.windowEdge, socket.expected + room);
	return socket.windowEdge - socket.expected;
};

type SegmentParts = Partial<Pick<TcpSegment, 'isSyn' | 'isFin' | 'isReset' | 'isAck' | 'sequence'>>;

/** Sends one segment of a connection. */
export const sendSegment = (
	kernel: Kernel,
	socket: TcpSocket,
	parts: SegmentParts,
	data: Uint8Array = new Uint8Array(0),
): void => {
	const segment: TcpSegment = {
		sequence: parts.sequence ?? socket.next,
		acknowledgment: parts.isAck === false ? 0 : socket.expected,
		isSyn: parts.isSyn ?? false,
		isAck: parts.isAck ?? true,
		isFin: parts.isFin ?? false,
		isReset: parts.isReset ?? false,
		window: parts.isReset
			? 0
			: parts.isAck === false
				? receiveCapacity(socket)
				: windowToTell(socket),
		...(socket.urgentSent >= socket.unacknowledged && {urgent: socket.urgentSent}),
	};
	sendPacket(kernel, {
		from: socket.local,
		to: socket.peer,
		fromHost: socket.host,
		body: {protocol: 'tcp', segment},
		data,
	});
};

/** An acknowledgment without data. */
export const sendAck = (kernel: Kernel, socket: TcpSocket): void =>
	sendSegment(kernel, socket, {sequence: socket.highest});

/** Ends a connection: its port is free unless bind(2) chose it, and a closed socket is forgotten. */
export const endConnection = (kernel: Kernel, socket: TcpSocket, error?: Errno): void => {
	const {network} = kernel;
	leaveConnection(kernel, socket);
	const listener = network.sockets.get(socket.listener);
	if (listener?.protocol === 'tcp') {
		listener.embryos = listener.embryos.filter(id => id !== socket.id);
		if (!socket.isOpen && socket.state === 'SYN-RECV') socket.listener = 0;
	}
	socket.state = 'CLOSE';
	socket.timerAt = Infinity;
	socket.isReadShut = true;
	socket.isWriteShut = true;
	socket.outgoing.length = 0;
	socket.outgoing.bytes = new Uint8Array(0);
	if (error) socket.error = error;
	if (!socket.isOpen && socket.listener === 0) forgetTcpSocket(kernel, socket);
	else if (!socket.isBound && socket.listener === 0) leavePort(network, socket);
	wakeEverybody(kernel, socket);
};

/** Nothing refers to it any more. */
export const forgetTcpSocket = (kernel: Kernel, socket: TcpSocket): void => {
	leaveConnection(kernel, socket);
	leavePort(kernel.network, socket);
	kernel.network.sockets.delete(socket.id);
};
