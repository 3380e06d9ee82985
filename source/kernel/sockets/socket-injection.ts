// Bytes from outside into sockets: `unix:/tmp/sock`, `tcp:10.0.0.1:7000`, `udp:10.0.0.1:5000`. The name is that of the
// socket that shall receive; for a stream its peer sends them, so that they take the way that its own bytes take. A
// connection's full name (`tcp:10.0.0.1:7000-10.0.0.2:32768`) tells it from others at the same port. A datagram may say
// whose it is: `10.0.0.9:5000`, or the path of a Unix socket.

import {createProgress} from '../files/file-operations.js';
import type {Kernel} from '../kernel.js';
import {addressOf} from '../network/network.js';
import {done, failed, type Outcome} from '../outcome.js';
import {wayTo} from '../network/packet.js';
import {
	formatEndpoint,
	loopbackAddress,
	namelessUnixAddress,
	parseEndpoint,
	sameEndpoint,
	unixAddressOfPath,
	unixAddressSize,
	unixPathOffset,
} from './socket-address.js';
import {noteBytes, plainMessage, type Socket, type SocketIo, wakeReaders} from './socket.js';
import {findConnection, type TcpSocket} from './tcp-socket.js';
import {sendTcp} from './tcp-transfer.js';
import {queueDatagram, type UdpSocket} from './udp-socket.js';
import {isUnixFull, type UnixSocket, unixSocketAt} from './unix-socket.js';
import {sendUnix} from './unix-transfer.js';
import {bytesSource} from '../memory/user-buffer.js';

/** Characters of a sockaddr_un's path, with room for its NUL. */
const longestUnixPath = unixAddressSize - unixPathOffset - 1;

const outside = (): SocketIo => ({
	thread: undefined,
	progress: createProgress(),
	isNonblocking: true,
});

/** What a non-blocking send of these bytes to the socket does. Undefined: there is no such socket. */
export const injectIntoSocket = (
	kernel: Kernel,
	channel: string,
	bytes: Uint8Array,
	sender?: string,
): Outcome | undefined => {
	const candidates = [...kernel.network.sockets.values()].filter(socket =>
		isMeant(kernel, socket, channel),
	);
	const socket = candidates.find(candidate => !isListening(candidate)) ?? candidates[0];
	if (!socket) return undefined;
	switch (socket.protocol) {
		case 'udp':
			return injectDatagram(kernel, socket, bytes, sender);
		case 'tcp':
			// Only one process is at the other end of a connection.
			return sender === undefined ? injectIntoConnection(kernel, socket, bytes) : failed('EISCONN');
		case 'unix':
			return injectIntoUnix(kernel, socket, bytes, sender);
	}
};

const isListening = (socket: Socket): boolean =>
	socket.protocol !== 'udp' && (socket.state === 'LISTEN' || socket.state === 'listening');

/** Its own name, the name with its id, or the name of its end alone; bound to any address, by its host's too. */
const isMeant = (kernel: Kernel, socket: Socket, channel: string): boolean => {
	if (socket.name === channel || `${socket.name}#${socket.id}` === channel) return true;
	if (socket.protocol === 'unix')
		return socket.bound !== undefined && channel === `unix:${socket.bound.text}`;
	const {local} = socket;
	const isAnywhere = local.address === 0;
	const ends = [
		formatEndpoint(local),
		formatEndpoint({
			...local,
			address: isAnywhere ? addressOf(kernel.network, socket.host) : 0,
		}),
	];
	return ends.some(end => channel === `${socket.protocol}:${end}`);
};

/** From the sender given; else from the socket's peer, or from nobody in particular. */
const injectDatagram = (
	kernel: Kernel,
	socket: UdpSocket,
	bytes: Uint8Array,
	sender: string | undefined,
): Outcome => {
	const isConnected = socket.peer.port !== 0;
	const unnamed = isConnected ? socket.peer : {address: loopbackAddress, port: 0};
	const from = sender === undefined ? unnamed : parseEndpoint(sender);
	if (!from) return failed('EINVAL');
	// A connected socket hears its peer only: to all others the port is closed.
	if (isConnected && !sameEndpoint(from, socket.peer)) return failed('ECONNREFUSED');
	if (!queueDatagram(kernel, socket, from, bytes)) return failed('EAGAIN');
	noteBytes(kernel, outside(), socket.name, 'in', bytes);
	return done(bytes.length);
};

const injectIntoConnection = (kernel: Kernel, socket: TcpSocket, bytes: Uint8Array): Outcome => {
	const peer = peerOf(kernel, socket);
	return peer
		? sendTcp(kernel, peer, outside(), bytesSource(bytes), plainMessage)
		: failed('ENOTCONN');
};

/** The socket at the other end of a connection. */
export const peerOf = (kernel: Kernel, socket: TcpSocket): TcpSocket | undefined => {
	if (socket.peer.port === 0) return undefined;
	const way = wayTo(kernel, socket.host, socket.peer.address);
	const peer =
		way.kind === 'way'
			? findConnection(kernel.network, way.host, socket.peer, socket.local)
			: undefined;
	return peer && sameEndpoint(peer.peer, socket.local) ? peer : undefined;
};

const injectIntoUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	bytes: Uint8Array,
	sender: string | undefined,
): Outcome => {
	const peer = unixSocketAt(kernel, socket.peer);
	if (socket.type !== 'datagram') {
		if (sender !== undefined) return failed('EISCONN');
		return peer
			? sendUnix(kernel, peer, outside(), bytesSource(bytes), plainMessage)
			: failed('ENOTCONN');
	}
	if (socket.isReadShut) return failed('EPIPE');
	if (isUnixFull(socket)) return failed('EAGAIN');
	if (sender !== undefined && sender.length > longestUnixPath) return failed('EINVAL');
	socket.queue.push({
		data: bytes,
		start: 0,
		charge: 0,
		sender: 0,
		address: sender === undefined ? namelessUnixAddress() : unixAddressOfPath(sender),
		pid: 0,
		rights: [],
	});
	socket.queuedBytes += bytes.length;
	socket.bytesIn += bytes.length;
	noteBytes(kernel, outside(), socket.name, 'in', bytes);
	wakeReaders(kernel, socket);
	return done(bytes.length);
};
