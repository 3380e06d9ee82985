// Options of sockets, socket(7), tcp(7), ip(7): values as bytes, as getsockopt(2) and setsockopt(2) have them.

import type {Errno} from '../errno.js';
import {errnoNumbers} from '../errno.js';
import {cyclesFor, type Kernel} from '../kernel.js';
import {markSocketUse, type Socket, socketTypeNumbers, type SocketIo, takeError} from './socket.js';
import {protocolOf} from './socket-protocols.js';
import {familyInternet6} from './socket-address.js';
import {userId} from '../signals/signal-numbers.js';
import {nanosecondsOf} from '../time/time.js';
import {tcpInfo} from './tcp-info.js';

const socketLevel = 1;
const internetLevel = 0;
const tcpLevel = 6;
const udpLevel = 17;
const internet6Level = 41;

const option = {
	debug: 1,
	reuseAddress: 2,
	type: 3,
	error: 4,
	dontRoute: 5,
	broadcast: 6,
	sendBuffer: 7,
	receiveBuffer: 8,
	keepAlive: 9,
	outOfBandInline: 10,
	noCheck: 11,
	priority: 12,
	linger: 13,
	reusePort: 15,
	passCredentials: 16,
	peerCredentials: 17,
	receiveLowWater: 18,
	sendLowWater: 19,
	receiveTimeout: 20,
	sendTimeout: 21,
	timestamp: 29,
	acceptsConnections: 30,
	mark: 36,
	protocol: 38,
	domain: 39,
} as const;

/** TCP_…, IP_…, and SO_… that are kept and read back; the numbers are what they read as before they are set. */
const keptOptions: ReadonlyMap<number, number> = new Map([
	[socketLevel * 1000 + option.debug, 0],
	[socketLevel * 1000 + option.dontRoute, 0],
	[socketLevel * 1000 + option.keepAlive, 0],
	[socketLevel * 1000 + option.outOfBandInline, 0],
	[socketLevel * 1000 + option.noCheck, 0],
	[socketLevel * 1000 + option.priority, 0],
	[socketLevel * 1000 + option.timestamp, 0],
	// TCP_CORK, KEEPIDLE, KEEPINTVL, KEEPCNT, SYNCNT, LINGER2, DEFER_ACCEPT, WINDOW_CLAMP, QUICKACK, USER_TIMEOUT.
	[tcpLevel * 1000 + 3, 0],
	[tcpLevel * 1000 + 4, 7200],
	[tcpLevel * 1000 + 5, 75],
	[tcpLevel * 1000 + 6, 9],
	[tcpLevel * 1000 + 7, 6],
	[tcpLevel * 1000 + 8, 60],
	[tcpLevel * 1000 + 9, 0],
	[tcpLevel * 1000 + 10, 0],
	[tcpLevel * 1000 + 12, 1],
	[tcpLevel * 1000 + 18, 0],
	// IP_TOS, IP_TTL, IP_MULTICAST_TTL and IP_MULTICAST_LOOP.
	[internetLevel * 1000 + 1, 0],
	[internetLevel * 1000 + 2, 64],
	[internetLevel * 1000 + 33, 1],
	[internetLevel * 1000 + 34, 1],
	// IPV6_V6ONLY.
	[internet6Level * 1000 + 26, 0],
]);

/** Options that are on or off, read back as 0 or 1. */
const switches: ReadonlySet<number> = new Set([
	option.debug,
	option.dontRoute,
	option.keepAlive,
	option.outOfBandInline,
]);

const noDelay = 1;
const information = 11;
const maximumSegment = 2;
/** net.core.wmem_max and rmem_max; SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF. */
const largestBuffer = 212_992;
const smallestSendBuffer = 4608;
const smallestReceiveBuffer = 2304;

const int32 = (...values: readonly number[]): Uint8Array =>
	new Uint8Array(Int32Array.from(values).buffer);

const readInt = (bytes: Uint8Array, offset = 0): number =>
	new DataView(bytes.buffer, bytes.byteOffset).getInt32(offset, true);

/** Options of a level exist for a socket. */
const hasLevel = (socket: Socket, level: number): boolean => {
	if (level === socketLevel) return true;
	if (socket.protocol === 'unix') return false;
	if (level === tcpLevel) return socket.protocol === 'tcp';
	if (level === internet6Level) return socket.family === familyInternet6;
	return level === internetLevel || (level === udpLevel && socket.protocol === 'udp');
};

/** getsockopt(2): the value, which the caller cuts to its buffer. */
export const getOption = (
	kernel: Kernel,
	socket: Socket,
	io: SocketIo,
	level: number,
	name: number,
): Uint8Array | Errno => {
	if (!hasLevel(socket, level)) return 'EOPNOTSUPP';
	if (level === tcpLevel && socket.protocol === 'tcp') {
		if (name === noDelay) return int32(Number(socket.options.noDelay));
		if (name === information) return tcpInfo(kernel, socket);
		if (name === maximumSegment)
			return int32(
				socket.state === 'CLOSE' || socket.state === 'LISTEN' ? 536 : socket.segmentSize,
			);
	}
	if (level === socketLevel) {
		const value = getSocketOption(kernel, socket, io, name);
		if (value) return value;
	}
	const first = keptOptions.get(level * 1000 + name);
	if (first === undefined) return 'ENOPROTOOPT';
	return int32(socket.options.others.get(level * 1000 + name) ?? first);
};

const getSocketOption = (
	kernel: Kernel,
	socket: Socket,
	io: SocketIo,
	name: number,
): Uint8Array | undefined => {
	const {options} = socket;
	switch (name) {
		case option.reuseAddress:
			return int32(Number(options.reuseAddress));
		case option.reusePort:
			return int32(Number(options.reusePort));
		case option.broadcast:
			return int32(Number(options.broadcast));
		case option.passCredentials:
			return int32(Number(options.passCredentials));
		case option.sendBuffer:
			return int32(options.sendBuffer);
		case option.receiveBuffer:
			return int32(options.receiveBuffer);
		case option.receiveLowWater:
			return int32(options.receiveLowWater);
		case option.sendLowWater:
			return int32(1);
		case option.type:
			return int32(socketTypeNumbers[socket.type]);
		case option.domain:
			return int32(socket.family);
		case option.protocol:
			return int32(protocolOf(socket).number);
		case option.acceptsConnections:
			return int32(Number(protocolOf(socket).isListening(socket)));
		case option.linger:
			return int32(Number(options.linger !== undefined), options.linger ?? 0);
		case option.receiveTimeout:
			return timeval(kernel, options.receiveTimeout);
		case option.sendTimeout:
			return timeval(kernel, options.sendTimeout);
		case option.peerCredentials:
			return peerCredentials(socket);
		case option.error: {
			const error = takeError(socket);
			if (error) markSocketUse(io);
			return int32(error ? errnoNumbers[error] : 0);
		}

		default:
			return undefined;
	}
};

/** struct ucred: pid, uid, gid; nobody's for what is not connected. */
const peerCredentials = (socket: Socket): Uint8Array => {
	const pid = socket.protocol === 'unix' ? socket.peerPid : 0;
	return pid === 0 ? int32(0, -1, -1) : int32(pid, userId, userId);
};

const timeval = (kernel: Kernel, cycles: number): Uint8Array => {
	const microseconds = Math.floor(nanosecondsOf(kernel, cycles) / 1000);
	return new Uint8Array(
		BigInt64Array.of(BigInt(Math.floor(microseconds / 1e6)), BigInt(microseconds % 1e6)).buffer,
	);
};

/** setsockopt(2). */
export const setOption = (
	kernel: Kernel,
	socket: Socket,
	level: number,
	name: number,
	bytes: Uint8Array,
): Errno | undefined => {
	if (!hasLevel(socket, level)) return socket.protocol === 'unix' ? 'EOPNOTSUPP' : 'ENOPROTOOPT';
	if (level === internetLevel && bytes.length === 1) return keep(socket, level, name, bytes[0]!);
	if (bytes.length < 4) return 'EINVAL';
	const value = readInt(bytes);
	if (level === tcpLevel && name === noDelay) {
		socket.options.noDelay = value !== 0;
		return undefined;
	}
	if (level === tcpLevel && name === maximumSegment) {
		return value >= 88 && value <= 32_767 ? undefined : 'EINVAL';
	}
	if (level === socketLevel) {
		const result = setSocketOption(kernel, socket, name, value, bytes);
		if (result !== 'unknown') return result;
	}
	return keep(socket, level, name, value);
};

const keep = (socket: Socket, level: number, name: number, value: number): Errno | undefined => {
	const key = level * 1000 + name;
	if (!keptOptions.has(key)) return 'ENOPROTOOPT';
	socket.options.others.set(
		key,
		level === socketLevel && switches.has(name) ? Number(value !== 0) : value,
	);
	return undefined;
};

const setSocketOption = (
	kernel: Kernel,
	socket: Socket,
	name: number,
	value: number,
	bytes: Uint8Array,
): Errno | undefined | 'unknown' => {
	const {options} = socket;
	switch (name) {
		case option.reuseAddress:
			options.reuseAddress = value !== 0;
			return undefined;
		case option.reusePort:
			options.reusePort = value !== 0;
			return undefined;
		case option.broadcast:
			options.broadcast = value !== 0;
			return undefined;
		case option.passCredentials:
			options.passCredentials = value !== 0;
			return undefined;
		case option.receiveLowWater:
			options.receiveLowWater = value < 0 ? 0x7fff_ffff : Math.max(1, value);
			return undefined;
		case option.sendBuffer: {
			options.sendBuffer = Math.max(smallestSendBuffer, 2 * Math.min(value >>> 0, largestBuffer));
			options.isSendBufferSet = true;
			return undefined;
		}

		case option.receiveBuffer: {
			options.receiveBuffer = Math.max(
				smallestReceiveBuffer,
				2 * Math.min(value >>> 0, largestBuffer),
			);
			return undefined;
		}

		case option.linger: {
			if (bytes.length < 8) return 'EINVAL';
			options.linger = value === 0 ? undefined : Math.max(0, readInt(bytes, 4));
			return undefined;
		}

		case option.receiveTimeout:
		case option.sendTimeout: {
			const cycles = readTimeval(kernel, bytes);
			if (typeof cycles !== 'number') return cycles;
			if (name === option.receiveTimeout) options.receiveTimeout = cycles;
			else options.sendTimeout = cycles;
			return undefined;
		}

		case option.type:
		case option.error:
		case option.acceptsConnections:
		case option.protocol:
		case option.domain:
		case option.peerCredentials:
		case option.sendLowWater:
			return 'ENOPROTOOPT';
		case option.mark:
			return 'EPERM';
		default:
			return 'unknown';
	}
};

/** Cycles of a struct timeval; 0 is for ever. */
const readTimeval = (kernel: Kernel, bytes: Uint8Array): number | Errno => {
	if (bytes.length < 16) return 'EINVAL';
	const view = new DataView(bytes.buffer, bytes.byteOffset);
	const seconds = Number(view.getBigInt64(0, true));
	const microseconds = Number(view.getBigInt64(8, true));
	if (microseconds < 0 || microseconds >= 1e6) return 'EDOM';
	if (seconds < 0) return 1;
	return seconds * kernel.config.clock + cyclesFor(kernel, microseconds * 1000);
};
