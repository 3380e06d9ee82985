// The only file that looks at the protocol of a socket: what each system call does is chosen here.

import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {failed, type Outcome} from '../outcome.js';
import {familyInternet, familyInternet6, familyUnix} from './socket-address.js';
import type {IncomingMessage, OutgoingMessage, Socket, SocketIo, SocketType} from './socket.js';
import {
	acceptTcp,
	bindTcp,
	closeTcp,
	connectTcp,
	listenTcp,
	shutdownTcp,
	tcpReadiness,
} from './tcp-calls.js';
import {createTcpSocket} from './tcp-socket.js';
import {receiveTcp, sendTcp} from './tcp-transfer.js';
import {isAtMark} from './tcp-urgent.js';
import {isAtUnixMark} from './unix-urgent.js';
import type {Thread} from '../process/thread.js';
import {peekRing} from './socket-ring.js';
import {
	bindUdp,
	closeUdp,
	connectUdp,
	createUdpSocket,
	receiveUdp,
	sendUdp,
	shutdownUdp,
	udpReadiness,
	writeEndpoint,
} from './udp-socket.js';
import {
	acceptUnix,
	bindUnix,
	closeUnix,
	connectUnix,
	listenUnix,
	shutdownUnix,
	unixReadiness,
} from './unix-connection.js';
import {createUnixSocket, unixAddressOf, unixSocketAt} from './unix-socket.js';
import {peekUnix, receiveUnix, sendUnix} from './unix-transfer.js';
import type {Sink, Source} from '../memory/user-buffer.js';

type Protocol<Kind extends Socket> = {
	readonly bind: (
		kernel: Kernel,
		socket: Kind,
		thread: Thread,
		address: Uint8Array,
	) => Errno | undefined;
	readonly connect: (
		kernel: Kernel,
		socket: Kind,
		thread: Thread,
		io: SocketIo,
		address: Uint8Array,
	) => Outcome;
	readonly listen: (kernel: Kernel, socket: Kind, backlog: number, pid: number) => Outcome;
	readonly accept: (kernel: Kernel, socket: Kind, io: SocketIo) => Kind | Outcome;
	readonly send: (
		kernel: Kernel,
		socket: Kind,
		io: SocketIo,
		source: Source,
		message: OutgoingMessage,
	) => Outcome;
	readonly receive: (
		kernel: Kernel,
		socket: Kind,
		io: SocketIo,
		sink: Sink,
		message: IncomingMessage,
	) => Outcome;
	readonly shutdown: (kernel: Kernel, socket: Kind, reads: boolean, writes: boolean) => Outcome;
	/** The last descriptor has gone. */
	readonly close: (kernel: Kernel, socket: Kind) => void;
	readonly readiness: (kernel: Kernel, socket: Kind) => number;
	readonly localAddress: (kernel: Kernel, socket: Kind) => Uint8Array;
	/** Undefined: ENOTCONN. */
	readonly peerAddress: (kernel: Kernel, socket: Kind) => Uint8Array | undefined;
	/** Bytes that the next read can get (SIOCINQ), and bytes not yet delivered or acknowledged (SIOCOUTQ). */
	readonly unread: (socket: Kind) => number;
	readonly unsent: (socket: Kind) => number;
	readonly isListening: (socket: Kind) => boolean;
	/** sockatmark(3). */
	readonly isAtMark: (socket: Kind) => boolean;
	/** The first unread bytes, for the panes. */
	readonly peek: (socket: Kind, limit: number) => Uint8Array;
	/** IPPROTO_… */
	readonly number: number;
};

type Protocols = {
	readonly [Name in Socket['protocol']]: Protocol<Extract<Socket, {protocol: Name}>>;
};

const unconnectedStates: readonly string[] = ['CLOSE', 'LISTEN', 'SYN-SENT', 'TIME-WAIT'];

const protocols: Protocols = {
	unix: {
		bind: (kernel, socket, thread, address) => bindUnix(kernel, thread, socket, address),
		connect: (kernel, socket, thread, io, address) =>
			connectUnix(kernel, thread, socket, io, address),
		listen: listenUnix,
		accept: acceptUnix,
		send: sendUnix,
		receive: receiveUnix,
		shutdown: shutdownUnix,
		close: closeUnix,
		readiness: unixReadiness,
		localAddress: (_kernel, socket) => unixAddressOf(socket),
		peerAddress: (kernel, socket) => {
			const peer = unixSocketAt(kernel, socket.peer);
			return peer && unixAddressOf(peer);
		},
		unread: ({type, queue, queuedBytes}) =>
			type === 'stream' ? queuedBytes : (queue[0]?.data.length ?? 0),
		unsent: ({charged}) => charged,
		isListening: ({state}) => state === 'listening',
		isAtMark: isAtUnixMark,
		peek: peekUnix,
		number: 0,
	},
	tcp: {
		bind: (kernel, socket, _thread, address) => bindTcp(kernel, socket, address),
		connect: (kernel, socket, _thread, io, address) => connectTcp(kernel, socket, io, address),
		listen: listenTcp,
		accept: acceptTcp,
		send: sendTcp,
		receive: receiveTcp,
		shutdown: shutdownTcp,
		close: closeTcp,
		readiness: (_kernel, socket) => tcpReadiness(socket),
		localAddress: (_kernel, socket) => writeEndpoint(socket, socket.local),
		peerAddress: (_kernel, socket) =>
			unconnectedStates.includes(socket.state) ? undefined : writeEndpoint(socket, socket.peer),
		unread: ({incoming}) => incoming.length,
		unsent: ({outgoing}) => outgoing.length,
		isListening: ({state}) => state === 'LISTEN',
		isAtMark,
		peek: ({incoming}, limit) => peekRing(incoming, 0, limit),
		number: 6,
	},
	udp: {
		bind: (kernel, socket, _thread, address) => bindUdp(kernel, socket, address),
		connect: (kernel, socket, _thread, _io, address) => connectUdp(kernel, socket, address),
		listen: () => failed('EOPNOTSUPP'),
		accept: () => failed('EOPNOTSUPP'),
		send: sendUdp,
		receive: receiveUdp,
		shutdown: shutdownUdp,
		close: closeUdp,
		readiness: (_kernel, socket) => udpReadiness(socket),
		localAddress: (_kernel, socket) => writeEndpoint(socket, socket.local),
		peerAddress: (_kernel, socket) =>
			socket.peer.port === 0 ? undefined : writeEndpoint(socket, socket.peer),
		unread: ({queue}) => queue[0]?.data.length ?? 0,
		unsent: () => 0,
		isListening: () => false,
		isAtMark: () => false,
		peek: ({queue}, limit) => {
			const bytes: number[] = [];
			for (const {data} of queue) {
				if (bytes.length >= limit) break;
				bytes.push(...data.subarray(0, limit - bytes.length));
			}
			return Uint8Array.from(bytes);
		},
		number: 17,
	},
};

/** What the protocol of a socket does. */
export const protocolOf = (socket: Socket): Protocol<Socket> =>
	protocols[socket.protocol] as unknown as Protocol<Socket>;

const internetProtocols: Readonly<Record<number, number>> = {1: 6, 2: 17};
const typesByNumber: Readonly<Record<number, SocketType>> = {
	1: 'stream',
	2: 'datagram',
	5: 'seqpacket',
};
const raw = 3;

/** socket(2) after its flags have been taken off: a new socket or the errno that Linux gives. */
export const createSocket = (
	kernel: Kernel,
	host: string,
	creator: number,
	[family, type, protocol]: readonly [number, number, number],
): Socket | Errno => {
	if (type < 0 || type > 10) return 'EINVAL';
	if (family === familyUnix) {
		if (protocol !== 0 && protocol !== familyUnix) return 'EPROTONOSUPPORT';
		// A raw Unix socket is a datagram socket.
		const unixType = typesByNumber[type === raw ? 2 : type];
		return unixType ? createUnixSocket(kernel, host, unixType, creator) : 'ESOCKTNOSUPPORT';
	}
	if (family !== familyInternet && family !== familyInternet6) return 'EAFNOSUPPORT';
	if (protocol < 0 || protocol >= 256) return 'EINVAL';
	if (type === raw) return 'EPERM';
	const expected = internetProtocols[type];
	if (expected === undefined) return 'ESOCKTNOSUPPORT';
	if (protocol !== 0 && protocol !== expected) return 'EPROTONOSUPPORT';
	return type === 1
		? createTcpSocket(kernel, host, creator, family)
		: createUdpSocket(kernel, host, creator, family);
};
