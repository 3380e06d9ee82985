// What all sockets have in common, socket(7): a type, options, a pending error, the two halves that shutdown(2) closes,
// and the queues in which threads wait. What a socket does is in the files of its protocol.

import {recordEvent} from '../trace/events.js';
import {type Io, type Progress, readable, writable} from '../files/file-operations.js';
import type {Errno} from '../errno.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import type {OpenFile} from '../files/open-file.js';
import {blockedOn, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import type {TcpSocket} from './tcp-socket.js';
import type {UdpSocket} from './udp-socket.js';
import type {UnixSocket} from './unix-socket.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';
import {markEffect} from '../../vm/turns.js';

export type Socket = UnixSocket | TcpSocket | UdpSocket;

export type SocketType = 'stream' | 'datagram' | 'seqpacket';

/** SOCK_… by type. */
export const socketTypeNumbers: Readonly<Record<SocketType, number>> = {
	stream: 1,
	datagram: 2,
	seqpacket: 5,
};

export type SocketOptions = {
	reuseAddress: boolean;
	reusePort: boolean;
	broadcast: boolean;
	/** Bytes, as getsockopt(2) tells them: twice what was asked for. */
	sendBuffer: number;
	receiveBuffer: number;
	/** setsockopt(2) has fixed the size. */
	isSendBufferSet: boolean;
	/** Cycles, 0 for no limit. */
	receiveTimeout: number;
	sendTimeout: number;
	receiveLowWater: number;
	/** Seconds; undefined: off. */
	linger: number | undefined;
	noDelay: boolean;
	passCredentials: boolean;
	/** Options that are kept and have no effect here, by level × 1000 + name. */
	readonly others: Map<number, number>;
};

export type SocketBase = {
	readonly id: number;
	/** Name of the host it is on. */
	readonly host: string;
	readonly type: SocketType;
	/** AF_… of its addresses. */
	readonly family: number;
	readonly options: SocketOptions;
	/** `unix:/tmp/sock`, `tcp:10.0.0.1:7000`: changes with bind and connect. */
	name: string;
	/** SO_ERROR: the next call reports it, once. */
	error: Errno | undefined;
	isReadShut: boolean;
	isWriteShut: boolean;
	/** An open file description refers to it; false before accept(2) and after close(2). */
	isOpen: boolean;
	/** The process that made it. */
	readonly creator: number;
	readQueue: WaitQueue;
	writeQueue: WaitQueue;
	acceptQueue: WaitQueue;
	connectQueue: WaitQueue;
	readPoint: PollPoint;
	writePoint: PollPoint;
	/** Totals of payload bytes. */
	bytesIn: number;
	bytesOut: number;
};

const defaultOptions = (sendBuffer: number, receiveBuffer: number): SocketOptions => ({
	reuseAddress: false,
	reusePort: false,
	broadcast: false,
	sendBuffer,
	receiveBuffer,
	isSendBufferSet: false,
	receiveTimeout: 0,
	sendTimeout: 0,
	receiveLowWater: 1,
	linger: undefined,
	noDelay: false,
	passCredentials: false,
	others: new Map(),
});

export type SocketSetup = {
	readonly protocol: Socket['protocol'];
	readonly host: string;
	readonly type: SocketType;
	readonly family: number;
	readonly creator: number;
	readonly sendBuffer: number;
	readonly receiveBuffer: number;
};

/** The common part of a new socket. */
export const createSocketBase = (kernel: Kernel, setup: SocketSetup): SocketBase => {
	const id = nextObjectId(kernel);
	const name = `${setup.protocol}:${id}`;
	return {
		id,
		host: setup.host,
		type: setup.type,
		family: setup.family,
		options: defaultOptions(setup.sendBuffer, setup.receiveBuffer),
		name,
		error: undefined,
		isReadShut: false,
		isWriteShut: false,
		isOpen: true,
		creator: setup.creator,
		readQueue: createWaitQueue('socket.read', name),
		writeQueue: createWaitQueue('socket.write', name),
		acceptQueue: createWaitQueue('accept', name),
		connectQueue: createWaitQueue('connect', name),
		readPoint: createPollPoint(name, readable),
		writePoint: createPollPoint(name, writable),
		bytesIn: 0,
		bytesOut: 0,
	};
};

/** Gives a socket and its queues another name. Who sleeps in a queue goes on sleeping there: the row stays the same. */
export const renameSocket = (socket: Socket, name: string): void => {
	if (socket.name === name) return;
	const renamed = (queue: WaitQueue): WaitQueue => ({...queue, channel: name});
	socket.name = name;
	socket.readQueue = renamed(socket.readQueue);
	socket.writeQueue = renamed(socket.writeQueue);
	socket.acceptQueue = renamed(socket.acceptQueue);
	socket.connectQueue = renamed(socket.connectQueue);
	socket.readPoint = {...socket.readPoint, queue: renamed(socket.readPoint.queue)};
	socket.writePoint = {...socket.writePoint, queue: renamed(socket.writePoint.queue)};
};

/** Something to read has come, or will never come. */
export const wakeReaders = (kernel: Kernel, socket: Socket): void => {
	wakeAll(kernel, socket.readQueue);
	pulse(kernel, socket.readPoint);
};

/** There is room to write, or there will never be. */
export const wakeWriters = (kernel: Kernel, socket: Socket): void => {
	wakeAll(kernel, socket.writeQueue);
	pulse(kernel, socket.writePoint);
};

/** Its state has changed: everybody who waits for anything looks again. */
export const wakeEverybody = (kernel: Kernel, socket: Socket): void => {
	wakeReaders(kernel, socket);
	wakeWriters(kernel, socket);
	wakeAll(kernel, socket.acceptQueue);
	wakeAll(kernel, socket.connectQueue);
};

/** The pending error, which is reported once. */
export const takeError = (socket: Socket): Errno | undefined => {
	const {error} = socket;
	socket.error = undefined;
	return error;
};

/** A call on a socket, for a thread or (undefined) from outside. */
export type SocketIo = Pick<Io, 'thread' | 'isNonblocking'> & {
	readonly progress: Progress & {deadline?: number};
};

/** Waits in a queue: not at all if nonblocking, at most for the socket's timeout in cycles (0: for ever). */
export const waitIn = (
	kernel: Kernel,
	io: SocketIo,
	queue: WaitQueue,
	timeout: number,
	late: Errno = 'EAGAIN',
): Outcome => {
	if (io.isNonblocking) return failed('EAGAIN');
	if (timeout === 0) return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(queue);
	io.progress.deadline ??= kernel.now + timeout;
	if (kernel.now >= io.progress.deadline) return failed(late);
	return io.progress.isInterrupted ? failed('EINTR') : blockedOn(queue, io.progress.deadline);
};

/** A call has done something that others see or that uses something up. */
export const markSocketUse = (io: SocketIo): void => {
	if (io.thread) markEffect(io.thread.context.turns);
};

/** Bytes kept in an event. */
const sampleSize = 64;

/** Notes that bytes entered (`in`) or left (`out`) a socket. */
export const noteBytes = (
	kernel: Kernel,
	io: SocketIo,
	channel: string,
	direction: 'in' | 'out',
	data: Uint8Array,
): void => {
	markSocketUse(io);
	if (!kernel.events.isOn) return;
	const sample = data.slice(0, sampleSize);
	recordEvent(kernel, io.thread?.tid ?? 0, {
		kind: 'bytes',
		channel,
		direction,
		count: data.length,
		data: sample,
	});
};

/** MSG_… of send(2) and recv(2). */
export const messageFlags = {
	outOfBand: 0x01,
	peek: 0x02,
	controlTruncated: 0x08,
	truncated: 0x20,
	dontWait: 0x40,
	endOfRecord: 0x80,
	waitAll: 0x100,
	noSignal: 0x4000,
	more: 0x8000,
	closeOnExec: 0x4000_0000,
} as const;

/** What is sent beside the bytes. */
export type OutgoingMessage = {
	readonly flags: number;
	/** A struct sockaddr, if one was given. */
	readonly address: Uint8Array | undefined;
	/** SCM_RIGHTS. */
	readonly rights: readonly OpenFile[];
};

export const plainMessage: OutgoingMessage = {flags: 0, address: undefined, rights: []};

/** What is received beside the bytes; the protocol fills it in. */
export type IncomingMessage = {
	readonly flags: number;
	/** The sender's struct sockaddr; empty if it has none; undefined if the protocol doesn't tell. */
	address: Uint8Array | undefined;
	rights: OpenFile[];
	/** Of the sender, for SCM_CREDENTIALS. */
	sender: number;
	/** Of msg_flags. */
	isTruncated: boolean;
};

export const createIncoming = (flags: number): IncomingMessage => ({
	flags,
	address: undefined,
	rights: [],
	sender: 0,
	isTruncated: false,
});
