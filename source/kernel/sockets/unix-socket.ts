// Unix domain sockets, unix(7): messages go straight into the peer's receive queue. A stream's messages are read as one
// row of bytes; datagrams and sequenced packets keep their boundaries. What is queued counts against its sender's buffer.

import type {Kernel} from '../kernel.js';
import type {OpenFile} from '../files/open-file.js';
import {pageSize} from '../../vm/page.js';
import {familyUnix, namelessUnixAddress} from './socket-address.js';
import {createSocketBase, renameSocket, type SocketBase, type SocketType} from './socket.js';
import {pulse} from '../polling/poll-point.js';
import {wakeAll} from '../process/wake.js';

/** net.core.wmem_default. */
const defaultBuffer = 212_992;
/** net.unix.max_dgram_qlen. */
const defaultBacklog = 10;

/** One message in a receive queue, as struct sk_buff. */
export type UnixMessage = {
	readonly data: Uint8Array;
	/** Bytes of a stream's message that have been read. */
	start: number;
	/** Buffer space that its sender is charged with, more than the bytes it has. */
	readonly charge: number;
	/** Id of the sending socket, its address and process. */
	readonly sender: number;
	readonly address: Uint8Array;
	readonly pid: number;
	readonly rights: readonly OpenFile[];
};

export type UnixName =
	| {readonly kind: 'path'; readonly bytes: Uint8Array; readonly text: string}
	| {readonly kind: 'abstract'; readonly bytes: Uint8Array; readonly text: string};

export type UnixSocket = SocketBase & {
	readonly protocol: 'unix';
	state: 'unconnected' | 'listening' | 'connected';
	/** What it is bound to; accepted sockets have their listener's name. */
	bound: UnixName | undefined;
	/** Id of the peer, 0 for none. It may be closed. */
	peer: number;
	/** SO_PEERCRED: pid of the peer. */
	peerPid: number;
	queue: UnixMessage[];
	/** The one in the queue whose byte is urgent. */
	urgent: UnixMessage | undefined;
	/** Unread bytes. */
	queuedBytes: number;
	/** Buffer space taken by what it has sent and nobody has read. */
	charged: number;
	/** Connections, or datagrams, that may wait besides one. */
	backlog: number;
	/** Ids of sockets to accept, connected already. */
	pending: number[];
	/** Waiting to be accepted by this listener, 0 when accepted. */
	listener: number;
	/** Who wants to connect or send to it waits here while it is full. */
	roomQueue: SocketBase['writeQueue'];
};

export const createUnixSocket = (
	kernel: Kernel,
	host: string,
	type: SocketType,
	creator: number,
): UnixSocket => {
	const base = createSocketBase(kernel, {
		protocol: 'unix',
		host,
		type,
		family: familyUnix,
		creator,
		sendBuffer: defaultBuffer,
		receiveBuffer: defaultBuffer,
	});
	const socket: UnixSocket = {
		...base,
		protocol: 'unix',
		state: 'unconnected',
		bound: undefined,
		peer: 0,
		peerPid: 0,
		queue: [],
		urgent: undefined,
		queuedBytes: 0,
		charged: 0,
		backlog: defaultBacklog,
		pending: [],
		listener: 0,
		roomQueue: {...base.writeQueue, waiters: []},
	};
	kernel.network.sockets.set(socket.id, socket);
	return socket;
};

/** Its struct sockaddr_un. */
export const unixAddressOf = (socket: UnixSocket): Uint8Array =>
	socket.bound?.bytes ?? namelessUnixAddress();

/** A living Unix socket by id. */
export const unixSocketAt = (kernel: Kernel, id: number): UnixSocket | undefined => {
	const socket = kernel.network.sockets.get(id);
	return socket?.protocol === 'unix' ? socket : undefined;
};

export const isConnectionOriented = (socket: UnixSocket): boolean => socket.type !== 'datagram';

/** Names a socket by what it is bound to; one of several with the same name by its id too. */
export const nameUnixSocket = (socket: UnixSocket, isShared: boolean): void => {
	if (!socket.bound) return;
	renameSocket(socket, `unix:${socket.bound.text}${isShared ? `#${socket.id}` : ''}`);
	socket.roomQueue = {...socket.roomQueue, channel: socket.name};
};

/** Whether its send buffer has enough room to be worth telling, as unix_writable(). */
export const isUnixWritable = (socket: UnixSocket): boolean =>
	socket.state !== 'listening' && socket.charged * 4 <= socket.options.sendBuffer;

/** Whether a listener's, or a datagram socket's, queue takes no more. */
export const isUnixFull = (socket: UnixSocket): boolean =>
	(socket.state === 'listening' ? socket.pending.length : socket.queue.length) > socket.backlog;

/** There is room in its queue: who wants to connect or to send there tries again. */
export const announceRoom = (kernel: Kernel, socket: UnixSocket): void => {
	wakeAll(kernel, socket.roomQueue);
	if (socket.type !== 'datagram') return;
	for (const other of kernel.network.sockets.values()) {
		if (other.protocol === 'unix' && other.peer === socket.id) pulse(kernel, other.writePoint);
	}
};

/** Sizes of struct sk_buff and of what stands behind the bytes of its head. */
const bufferSize = 256;
const headTrailer = 320;
const smallestHead = 512;
/** SKB_MAX_HEAD(0) and SKB_MAX_ALLOC: what of a stream's piece or of a datagram a head can take. */
const largestStreamHead = pageSize - headTrailer;
const largestDatagramHead = 4 * pageSize - headTrailer;

/** Buffer space of a message, the truesize of its struct sk_buff: a head of a power of two, and pages for the rest. */
export const chargeFor = (type: SocketType, length: number): number => {
	const largestHead = type === 'stream' ? largestStreamHead : largestDatagramHead;
	const pages = Math.ceil(Math.max(0, length - largestHead) / pageSize);
	const inHead = Math.max(0, length - pages * pageSize);
	let head = smallestHead;
	while (head < inHead + headTrailer) head *= 2;
	return bufferSize + head + pages * pageSize;
};

/** Puts a message into a receive queue and charges its sender. */
export const deliverMessage = (
	target: UnixSocket,
	message: UnixMessage,
	sender: UnixSocket,
): void => {
	target.queue.push(message);
	target.queuedBytes += message.data.length;
	target.bytesIn += message.data.length;
	sender.charged += message.charge;
	sender.bytesOut += message.data.length;
};

/** Gives a message's buffer space back to its sender. */
export const releaseMessage = (kernel: Kernel, message: UnixMessage): void => {
	const sender = unixSocketAt(kernel, message.sender);
	if (!sender) return;
	sender.charged -= message.charge;
	if (!isUnixWritable(sender)) return;
	wakeAll(kernel, sender.writeQueue);
	pulse(kernel, sender.writePoint);
};
