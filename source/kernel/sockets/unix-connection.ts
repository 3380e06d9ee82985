// Connections of Unix sockets, unix(7): connect, listen, accept, shutdown and close, with the rules of net/unix/af_unix.c.

import {bindUnixName, decodeUnixName, findUnixSocket, forgetUnixName} from './unix-names.js';
import {
	announceRoom,
	createUnixSocket,
	isConnectionOriented,
	isUnixFull,
	isUnixWritable,
	nameUnixSocket,
	releaseMessage,
	type UnixName,
	type UnixSocket,
	unixSocketAt,
} from './unix-socket.js';
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
import {done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {familyOf, familyUnspecified} from './socket-address.js';
import {
	markSocketUse,
	type SocketIo,
	type SocketType,
	waitIn,
	wakeEverybody,
	wakeReaders,
} from './socket.js';
import type {Thread} from '../process/thread.js';
import {wakeAll, wakeOne} from '../process/wake.js';
import {pulse} from '../polling/poll-point.js';

export const bindUnix = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	address: Uint8Array,
): Errno | undefined => bindUnixName(kernel, thread, socket, address);

export const listenUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	backlog: number,
	pid: number,
): Outcome => {
	if (!isConnectionOriented(socket)) return failed('EOPNOTSUPP');
	if (!socket.bound || socket.state === 'connected') return failed('EINVAL');
	const hasGrown = backlog > socket.backlog;
	socket.backlog = backlog;
	socket.state = 'listening';
	socket.peerPid = pid;
	if (hasGrown) announceRoom(kernel, socket);
	return done(0);
};

/** connect(2). */
export const connectUnix = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	io: SocketIo,
	address: Uint8Array,
): Outcome => {
	if (!isConnectionOriented(socket)) return connectDatagram(kernel, thread, socket, address);
	const name = decodeUnixName(address);
	if (name === 'EINVAL' || name === 'autobind') return failed('EINVAL');
	const listener = findUnixSocket(kernel, thread, socket, name);
	if (isError(listener)) return failed(listener);
	if (listener.state !== 'listening' || listener.isReadShut) return failed('ECONNREFUSED');
	if (isUnixFull(listener))
		return waitIn(kernel, io, listener.roomQueue, socket.options.sendTimeout);
	if (socket.state === 'connected') return failed('EISCONN');
	if (socket.state === 'listening') return failed('EINVAL');
	const accepted = createUnixSocket(kernel, socket.host, socket.type, thread.pid);
	accepted.isOpen = false;
	accepted.bound = listener.bound;
	accepted.listener = listener.id;
	nameUnixSocket(accepted, true);
	join(socket, accepted);
	socket.peerPid = listener.peerPid;
	accepted.peerPid = thread.pid;
	listener.pending.push(accepted.id);
	markSocketUse(io);
	wakeOne(kernel, listener.acceptQueue);
	wakeAll(kernel, listener.readQueue);
	pulse(kernel, listener.readPoint);
	return done(0);
};

const join = (a: UnixSocket, b: UnixSocket): void => {
	a.state = 'connected';
	b.state = 'connected';
	a.peer = b.id;
	b.peer = a.id;
};

/** A datagram socket gets a default destination, and receives from nobody else; AF_UNSPEC takes it away. */
const connectDatagram = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	address: Uint8Array,
): Outcome => {
	if (familyOf(address) === familyUnspecified) {
		socket.peer = 0;
		socket.state = 'unconnected';
		return done(0);
	}
	const name = decodeUnixName(address);
	if (name === 'EINVAL' || name === 'autobind') return failed('EINVAL');
	const target = findUnixSocket(kernel, thread, socket, name);
	if (isError(target)) return failed(target);
	if (!maySendTo(socket, target)) return failed('EPERM');
	socket.peer = target.id;
	socket.state = 'connected';
	return done(0);
};

/** A connected datagram socket receives from its peer only. */
export const maySendTo = (socket: UnixSocket, target: UnixSocket): boolean =>
	target.peer === 0 || target.peer === socket.id;

/** socketpair(2). */
export const createUnixPair = (
	kernel: Kernel,
	host: string,
	type: SocketType,
	pid: number,
): readonly [UnixSocket, UnixSocket] => {
	const pair = [
		createUnixSocket(kernel, host, type, pid),
		createUnixSocket(kernel, host, type, pid),
	] as const;
	join(...pair);
	for (const socket of pair) socket.peerPid = pid;
	return pair;
};

/** accept(2): the socket of the connection that has waited longest. */
export const acceptUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	io: SocketIo,
): UnixSocket | Outcome => {
	if (!isConnectionOriented(socket)) return failed('EOPNOTSUPP');
	if (socket.state !== 'listening') return failed('EINVAL');
	const [id] = socket.pending;
	const accepted = id === undefined ? undefined : unixSocketAt(kernel, id);
	if (!accepted) {
		if (socket.isReadShut) return failed('EINVAL');
		return waitIn(kernel, io, socket.acceptQueue, socket.options.receiveTimeout);
	}
	socket.pending.shift();
	accepted.listener = 0;
	accepted.isOpen = true;
	markSocketUse(io);
	announceRoom(kernel, socket);
	return accepted;
};

/** shutdown(2). Closing a half closes the peer's other half. */
export const shutdownUnix = (
	kernel: Kernel,
	socket: UnixSocket,
	reads: boolean,
	writes: boolean,
): Outcome => {
	socket.isReadShut ||= reads;
	socket.isWriteShut ||= writes;
	const peer = unixSocketAt(kernel, socket.peer);
	if (peer && isConnectionOriented(socket)) {
		peer.isReadShut ||= writes;
		peer.isWriteShut ||= reads;
		wakeEverybody(kernel, peer);
	}
	wakeEverybody(kernel, socket);
	return done(0);
};

/** The last descriptor has gone, or the listener of a connection that nobody accepted. */
export const closeUnix = (kernel: Kernel, socket: UnixSocket): void => {
	const {network} = kernel;
	const wasUnread = socket.queue.length > 0 || socket.listener !== 0;
	network.sockets.delete(socket.id);
	forgetUnixName(kernel, socket);
	socket.isOpen = false;
	socket.isReadShut = true;
	socket.isWriteShut = true;
	const peer = unixSocketAt(kernel, socket.peer);
	if (peer && isConnectionOriented(socket)) {
		peer.isReadShut = true;
		peer.isWriteShut = true;
		if (wasUnread) peer.error = 'ECONNRESET';
		wakeEverybody(kernel, peer);
	}
	for (const message of socket.queue) {
		network.orphans.push(...message.rights);
		releaseMessage(kernel, message);
	}
	socket.queue = [];
	for (const id of socket.pending) {
		const waiting = unixSocketAt(kernel, id);
		if (waiting) closeUnix(kernel, waiting);
	}
	announceRoom(kernel, socket);
	wakeEverybody(kernel, socket);
	if (!isConnectionOriented(socket)) wakeDatagramPeers(kernel, socket);
};

/** Those connected to a datagram socket will learn at their next send(2). */
const wakeDatagramPeers = (kernel: Kernel, socket: UnixSocket): void => {
	for (const other of kernel.network.sockets.values()) {
		if (other.protocol === 'unix' && other.peer === socket.id) wakeReaders(kernel, other);
	}
};

/** poll(2), as unix_poll() and unix_dgram_poll(). */
export const unixReadiness = (kernel: Kernel, socket: UnixSocket): number => {
	let mask = socket.error === undefined ? 0 : pollError;
	if (socket.isReadShut && socket.isWriteShut) mask |= pollHangUp;
	if (socket.isReadShut) mask |= readable | pollReadHangUp;
	if (socket.queue.length > 0 || socket.pending.length > 0) mask |= readable;
	if (isConnectionOriented(socket) && socket.state === 'unconnected') mask |= pollHangUp;
	if (socket.urgent) mask |= pollPriority;
	if (isUnixWritable(socket) && !isPeerFull(kernel, socket)) mask |= writable;
	return mask;
};

const isPeerFull = (kernel: Kernel, socket: UnixSocket): boolean => {
	if (socket.type !== 'datagram') return false;
	const peer = unixSocketAt(kernel, socket.peer);
	return peer !== undefined && peer.peer !== socket.id && isUnixFull(peer);
};

/** Whether a name can be sent to; for messages with an address. */
export const resolveUnix = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	address: Uint8Array,
): UnixSocket | Errno => {
	const name: UnixName | string = decodeUnixName(address);
	if (name === 'EINVAL' || name === 'autobind') return 'EINVAL';
	return findUnixSocket(kernel, thread, socket, name as UnixName);
};
