// UDP, udp(7): datagrams that arrive whole, late, out of order or not at all.

import type {Errno} from '../errno.js';
import {
	pollError,
	pollHangUp,
	pollReadHangUp,
	readable,
	writable,
} from '../files/file-operations.js';
import type {Kernel} from '../kernel.js';
import {addressOf} from '../network/network.js';
import {
	bindPort,
	type InternetSocket,
	isLocalAddress,
	leavePort,
	socketsAtPort,
} from '../network/network-ports.js';
import {done, failed, type Outcome} from '../outcome.js';
import {
	hearingHost,
	notePacket,
	type Packet,
	sendPacket,
	sendUnreachable,
	sourceFor,
	wayTo,
} from '../network/packet.js';
import {
	broadcastAddress,
	decodeEndpoint,
	decodeEndpoint6,
	encodeEndpoint,
	encodeEndpoint6,
	type Endpoint,
	familyInternet,
	familyInternet6,
	familyOf,
	familyUnspecified,
	formatEndpoint,
	internet6AddressMinimum,
	internetAddressSize,
	loopbackAddress,
	noEndpoint,
	sameEndpoint,
} from './socket-address.js';
import {
	createSocketBase,
	type IncomingMessage,
	messageFlags,
	noteBytes,
	type OutgoingMessage,
	renameSocket,
	type SocketBase,
	type SocketIo,
	takeError,
	waitIn,
	wakeEverybody,
	wakeReaders,
} from './socket.js';
import type {Sink, Source} from '../memory/user-buffer.js';

/** net.core.rmem_default. */
const defaultBuffer = 212_992;
/** 65535 less the headers of IP and UDP. */
const longestDatagram = 65_507;
/** Buffer space of a datagram beside its bytes. */
const datagramOverhead = 768;

type Datagram = {readonly data: Uint8Array; readonly from: Endpoint; readonly charge: number};

export type UdpSocket = SocketBase & {
	readonly protocol: 'udp';
	local: Endpoint;
	peer: Endpoint;
	/** The port was chosen by bind(2), not by the kernel at the first send. */
	isBound: boolean;
	queue: Datagram[];
	queuedBytes: number;
	/** Buffer space that the queue takes. */
	charged: number;
	/** Datagrams that came when the buffer was full. */
	dropped: number;
};

export const createUdpSocket = (
	kernel: Kernel,
	host: string,
	creator: number,
	family: number,
): UdpSocket => {
	const socket: UdpSocket = {
		...createSocketBase(kernel, {
			protocol: 'udp',
			host,
			type: 'datagram',
			family,
			creator,
			sendBuffer: defaultBuffer,
			receiveBuffer: defaultBuffer,
		}),
		protocol: 'udp',
		local: noEndpoint,
		peer: noEndpoint,
		isBound: false,
		queue: [],
		queuedBytes: 0,
		charged: 0,
		dropped: 0,
	};
	kernel.network.sockets.set(socket.id, socket);
	return socket;
};

/** Port 0 is a peer too, if one that always refuses. */
const isConnected = (socket: UdpSocket): boolean => socket.peer.address !== 0;

const rename = (socket: UdpSocket): void => {
	const peer = isConnected(socket) ? `-${formatEndpoint(socket.peer)}` : '';
	renameSocket(socket, `udp:${formatEndpoint(socket.local)}${peer}`);
};

/** The endpoint of an address that a socket is to connect or send to, or what is wrong with it. */
export const readEndpoint = (
	{family, protocol}: InternetSocket,
	address: Uint8Array,
): Endpoint | Errno => {
	if (family === familyInternet6 && !(protocol === 'udp' && familyOf(address) === familyInternet)) {
		if (address.length < internet6AddressMinimum) return 'EINVAL';
		if (familyOf(address) !== familyInternet6) return 'EAFNOSUPPORT';
		return decodeEndpoint6(address) ?? 'ENETUNREACH';
	}
	if (address.length < internetAddressSize) return 'EINVAL';
	return familyOf(address) === familyInternet ? decodeEndpoint(address) : 'EAFNOSUPPORT';
};

/** What bind(2) takes: a local address or any. */
export const readLocalEndpoint = (
	kernel: Kernel,
	socket: InternetSocket,
	address: Uint8Array,
): Endpoint | Errno => {
	const endpoint = decodeLocal(socket, address);
	if (typeof endpoint === 'string') return endpoint;
	const isMine =
		endpoint.address === 0 || isLocalAddress(kernel.network, socket.host, endpoint.address);
	return isMine ? endpoint : 'EADDRNOTAVAIL';
};

const decodeLocal = (socket: InternetSocket, address: Uint8Array): Endpoint | Errno => {
	if (socket.family === familyInternet6) {
		if (address.length < internet6AddressMinimum) return 'EINVAL';
		if (familyOf(address) !== familyInternet6) return 'EAFNOSUPPORT';
		return decodeEndpoint6(address) ?? 'EADDRNOTAVAIL';
	}
	if (address.length < internetAddressSize) return 'EINVAL';
	const family = familyOf(address);
	const endpoint = decodeEndpoint(address);
	const isAny = family === familyUnspecified && endpoint.address === 0;
	return family === familyInternet || isAny ? endpoint : 'EAFNOSUPPORT';
};

/** An endpoint as a socket's program sees it. */
export const writeEndpoint = ({family}: InternetSocket, endpoint: Endpoint): Uint8Array =>
	family === familyInternet6 ? encodeEndpoint6(endpoint) : encodeEndpoint(endpoint);

export const bindUdp = (
	kernel: Kernel,
	socket: UdpSocket,
	address: Uint8Array,
): Errno | undefined => {
	const named = decodeLocal(socket, address);
	const isBroadcast = typeof named !== 'string' && isBroadcastTo(kernel, socket, named.address);
	const endpoint = isBroadcast ? named : readLocalEndpoint(kernel, socket, address);
	if (typeof endpoint === 'string') return endpoint;
	if (socket.local.port !== 0) return 'EINVAL';
	const problem = bindPort(kernel, socket, endpoint.address, endpoint.port);
	if (problem) return problem;
	socket.isBound = true;
	rename(socket);
	return undefined;
};

/** A socket that sends without having been bound gets a port of its own. */
const ensurePort = (kernel: Kernel, socket: UdpSocket): Errno | undefined => {
	if (socket.local.port !== 0) return undefined;
	const problem = bindPort(kernel, socket, socket.local.address, 0);
	if (!problem) rename(socket);
	return problem && 'EAGAIN';
};

/** connect(2): a default destination, and no datagrams from others. AF_UNSPEC takes it away. */
export const connectUdp = (kernel: Kernel, socket: UdpSocket, address: Uint8Array): Outcome => {
	if (familyOf(address) === familyUnspecified) {
		disconnectUdp(kernel, socket);
		return done(0);
	}
	const endpoint = readEndpoint(socket, address);
	if (typeof endpoint === 'string') return failed(endpoint);
	const target = endpoint.address === 0 ? loopbackAddress : endpoint.address;
	if (isBroadcastTo(kernel, socket, target) && !socket.options.broadcast) return failed('EACCES');
	if (wayTo(kernel, socket.host, target).kind === 'no-route') return failed('ENETUNREACH');
	const problem = ensurePort(kernel, socket);
	if (problem) return failed(problem);
	if (socket.local.address === 0) {
		socket.local = {address: sourceFor(kernel, socket.host, target), port: socket.local.port};
	}
	socket.peer = {address: target, port: endpoint.port};
	rename(socket);
	return done(0);
};

const disconnectUdp = (kernel: Kernel, socket: UdpSocket): void => {
	socket.peer = noEndpoint;
	if (!socket.isBound && socket.local.port !== 0) {
		leavePort(kernel.network, socket);
		socket.local = noEndpoint;
	}
	rename(socket);
};

/** 255.255.255.255, or the last address of the host's network of 256. */
const isBroadcastTo = (kernel: Kernel, socket: UdpSocket, address: number): boolean => {
	if (address === broadcastAddress) return true;
	const own = addressOf(kernel.network, socket.host);
	return own !== 0 && (address & 255) === 255 && address >>> 8 === own >>> 8;
};

export const sendUdp = (
	kernel: Kernel,
	socket: UdpSocket,
	io: SocketIo,
	source: Source,
	message: OutgoingMessage,
): Outcome => {
	const problem = ensurePort(kernel, socket);
	if (problem) return failed(problem);
	if (source.length > 65_535) return failed('EMSGSIZE');
	if ((message.flags & messageFlags.outOfBand) !== 0) return failed('EOPNOTSUPP');
	const named = message.address ? readEndpoint(socket, message.address) : socket.peer;
	if (typeof named === 'string') return failed(named);
	if (!message.address && !isConnected(socket)) return failed('EDESTADDRREQ');
	if (message.address && named.port === 0) return failed('EINVAL');
	const to = named.address === 0 ? {...named, address: loopbackAddress} : named;
	const isBroadcast = isBroadcastTo(kernel, socket, to.address);
	if (isBroadcast && !socket.options.broadcast) return failed('EACCES');
	if (!isBroadcast && wayTo(kernel, socket.host, to.address).kind === 'no-route')
		return failed('ENETUNREACH');
	if (source.length > longestDatagram) return failed('EMSGSIZE');
	const error = takeError(socket);
	if (error) return failed(error);
	if (socket.isWriteShut) return failed('EPIPE');
	const data = source.get(0, source.length);
	if (!data) return failed('EFAULT');
	transmit(kernel, socket, io, to, data.slice(), isBroadcast);
	return done(source.length);
};

const transmit = (
	kernel: Kernel,
	socket: UdpSocket,
	io: SocketIo,
	to: Endpoint,
	data: Uint8Array,
	isBroadcast: boolean,
): void => {
	socket.bytesOut += data.length;
	noteBytes(kernel, io, `udp:${formatEndpoint(to)}`, 'in', data);
	const targets = isBroadcast ? [...kernel.network.hosts.keys()] : [to.address];
	for (const address of targets) {
		const from =
			socket.local.address === 0
				? {address: sourceFor(kernel, socket.host, address), port: socket.local.port}
				: socket.local;
		const body = {protocol: 'udp'} as const;
		sendPacket(kernel, {from, to: {address, port: to.port}, fromHost: socket.host, body, data});
	}
};

export const receiveUdp = (
	kernel: Kernel,
	socket: UdpSocket,
	io: SocketIo,
	sink: Sink,
	message: IncomingMessage,
): Outcome => {
	const error = takeError(socket);
	if (error) return failed(error);
	const [first] = socket.queue;
	if (!first) {
		if (socket.isReadShut) return io.isNonblocking ? failed('EAGAIN') : done(0);
		return waitIn(kernel, io, socket.readQueue, socket.options.receiveTimeout);
	}
	const data = first.data.subarray(0, sink.length);
	if (!sink.put(data)) return failed('EFAULT');
	message.address = writeEndpoint(socket, first.from);
	message.isTruncated = data.length < first.data.length;
	if ((message.flags & messageFlags.peek) === 0) {
		socket.queue.shift();
		socket.queuedBytes -= first.data.length;
		socket.charged -= first.charge;
		noteBytes(kernel, io, socket.name, 'out', data);
	}
	return done((message.flags & messageFlags.truncated) === 0 ? data.length : first.data.length);
};

/** The socket that a datagram is for: the one that knows most about its sender, the newest of equals. */
export const findUdpSocket = (
	kernel: Kernel,
	host: string,
	to: Endpoint,
	from: Endpoint,
): UdpSocket | undefined => {
	let best: UdpSocket | undefined;
	let bestScore = -1;
	for (const socket of socketsAtPort(
		kernel.network,
		host,
		'udp',
		to.port,
	) as readonly UdpSocket[]) {
		if (socket.local.address !== 0 && socket.local.address !== to.address) continue;
		if (isConnected(socket) && !sameEndpoint(socket.peer, from)) continue;
		const score = (isConnected(socket) ? 2 : 0) + (socket.local.address === 0 ? 0 : 1);
		if (score < bestScore) continue;
		best = socket;
		bestScore = score;
	}
	return best;
};

/** A datagram has arrived at its host. */
export const arriveUdp = (kernel: Kernel, packet: Packet): void => {
	const {to, from, data} = packet;
	const socket = findUdpSocket(kernel, packet.toHost, to, from);
	if (!socket) {
		notePacket(kernel, packet, 'nobody has the port');
		sendUnreachable(kernel, packet, 'port');
		return;
	}
	if (!queueDatagram(kernel, socket, from, data))
		notePacket(kernel, packet, 'dropped, the receive buffer is full');
};

/** Puts a datagram into the receive queue. False if there is no room: it is lost. */
export const queueDatagram = (
	kernel: Kernel,
	socket: UdpSocket,
	from: Endpoint,
	data: Uint8Array,
): boolean => {
	if (socket.charged > socket.options.receiveBuffer) {
		socket.dropped++;
		return false;
	}
	const charge = datagramOverhead + Math.ceil(data.length / 256) * 256;
	socket.queue.push({data, from, charge});
	socket.queuedBytes += data.length;
	socket.charged += charge;
	socket.bytesIn += data.length;
	wakeReaders(kernel, socket);
	return true;
};

/** A datagram could not be delivered: a connected socket learns that nobody has the port, others learn nothing. */
export const failUdp = (kernel: Kernel, packet: Packet): void => {
	if (packet.body.protocol !== 'icmp' || packet.body.unreachable !== 'port') return;
	const socket = findUdpSocket(kernel, hearingHost(packet), packet.from, packet.to);
	if (!socket || !isConnected(socket)) return;
	socket.error = 'ECONNREFUSED';
	wakeEverybody(kernel, socket);
};

/** shutdown(2) works on unconnected sockets too, and fails with ENOTCONN all the same. */
export const shutdownUdp = (
	kernel: Kernel,
	socket: UdpSocket,
	reads: boolean,
	writes: boolean,
): Outcome => {
	socket.isReadShut ||= reads;
	socket.isWriteShut ||= writes;
	wakeEverybody(kernel, socket);
	return isConnected(socket) ? done(0) : failed('ENOTCONN');
};

export const closeUdp = (kernel: Kernel, socket: UdpSocket): void => {
	socket.isOpen = false;
	leavePort(kernel.network, socket);
	kernel.network.sockets.delete(socket.id);
	wakeEverybody(kernel, socket);
};

export const udpReadiness = (socket: UdpSocket): number => {
	let mask = writable;
	if (socket.error !== undefined) mask |= pollError;
	if (socket.isReadShut) mask |= readable | pollReadHangUp;
	if (socket.isReadShut && socket.isWriteShut) mask |= pollHangUp;
	if (socket.queue.length > 0) mask |= readable;
	return mask;
};
