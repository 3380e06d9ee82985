// System calls on sockets: they decode addresses, flags and buffers, and hand over to the socket's protocol.

import {readBytes, readInt32, writeBytes, writeInt32} from '../../vm/memory.js';
import {fileAt, installDescriptor, lowestFree, placeDescriptor} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {
	chargeCopy,
	createOpenFile,
	dropOrphans,
	isNonblocking,
	type OpenFile,
} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {familyUnix} from '../sockets/socket-address.js';
import {readHeader, readRights, writeControl, writeHeader} from '../sockets/socket-messages.js';
import {getOption, setOption} from '../sockets/socket-options.js';
import {createSocket, protocolOf} from '../sockets/socket-protocols.js';
import {
	createIncoming,
	type IncomingMessage,
	messageFlags,
	type Socket,
	type SocketIo,
	type SocketType,
} from '../sockets/socket.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {deadlineOf, readTimespec} from '../time/time.js';
import {createUnixPair} from '../sockets/unix-connection.js';
import {type UserRange, userSink, userSource} from '../memory/user-buffer.js';
import {markEffect} from '../../vm/turns.js';
import {readVector} from './files.js';

const longestAddress = 128;
const longestTransfer = 0x7fff_f000;
/** net.core.somaxconn. */
const largestBacklog = 4096;
const typeMask = 0xf;
const typeFlags = openFlags.nonblock | openFlags.closeOnExec;

type Found = {readonly file: OpenFile; readonly socket: Socket};

/** The socket behind a descriptor. */
const socketAt = (kernel: Kernel, thread: Thread, descriptor: number): Found | Errno => {
	const file = fileAt(processOf(kernel, thread), descriptor | 0);
	if (!file) return 'EBADF';
	return file.thing.kind === 'socket' ? {file, socket: file.thing.socket} : 'ENOTSOCK';
};

const ioOf = (thread: Thread, call: CallInProgress, file: OpenFile, flags = 0): SocketIo => ({
	thread,
	progress: call,
	isNonblocking: isNonblocking(file) || (flags & messageFlags.dontWait) !== 0,
});

const install = (kernel: Kernel, thread: Thread, socket: Socket, flags: number): Outcome => {
	const file = createOpenFile(
		kernel,
		{kind: 'socket', socket},
		openFlags.readWrite | (flags & openFlags.nonblock),
	);
	if (file === 'ENFILE') {
		protocolOf(socket).close(kernel, socket);
		return failed(file);
	}
	const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
	return installDescriptor(kernel, processOf(kernel, thread), file, isClosedOnExec, thread);
};

const socket: SystemCall = (kernel, thread, args) => {
	const [family, type, protocol] = [args[0]! | 0, args[1]! | 0, args[2]! | 0];
	if ((type & ~typeMask & ~typeFlags) !== 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const made = createSocket(kernel, process.host, process.pid, [family, type & typeMask, protocol]);
	return isError(made) ? failed(made) : install(kernel, thread, made, type);
};

const pairTypes: Readonly<Record<number, SocketType>> = {
	1: 'stream',
	2: 'datagram',
	3: 'datagram',
	5: 'seqpacket',
};

const socketpair: SystemCall = (kernel, thread, args) => {
	const [family, flags, protocol, address] = [args[0]! | 0, args[1]! | 0, args[2]! | 0, args[3]!];
	if ((flags & ~typeMask & ~typeFlags) !== 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	const first = lowestFree(process);
	const second = first === undefined ? undefined : lowestFree(process, first + 1);
	if (first === undefined || second === undefined) return failed('EMFILE');
	const problem = pairProblem(family, flags & typeMask, protocol);
	if (problem) return failed(problem);
	if (kernel.openFiles.size + 2 > kernel.config.limits.openFiles) return failed('ENFILE');
	const isStored =
		writeInt32(thread.context, address, first) && writeInt32(thread.context, address + 4, second);
	if (!isStored) return failed('EFAULT');
	const pair = createUnixPair(kernel, process.host, pairTypes[flags & typeMask]!, process.pid);
	pair.forEach((end, index) => {
		const status = openFlags.readWrite | (flags & openFlags.nonblock);
		const file = createOpenFile(kernel, {kind: 'socket', socket: end}, status) as OpenFile;
		const isClosedOnExec = (flags & openFlags.closeOnExec) !== 0;
		placeDescriptor(kernel, process, index === 0 ? first : second, file, isClosedOnExec, thread);
	});
	return done(0);
};

const pairProblem = (family: number, type: number, protocol: number): Errno | undefined => {
	if (type > 10) return 'EINVAL';
	if (family === 2) return 'EOPNOTSUPP';
	if (family !== familyUnix) return 'EAFNOSUPPORT';
	if (protocol !== 0 && protocol !== familyUnix) return 'EPROTONOSUPPORT';
	return pairTypes[type] ? undefined : 'ESOCKTNOSUPPORT';
};

/** A struct sockaddr argument. */
const readAddress = (thread: Thread, address: number, length: number): Uint8Array | Errno => {
	if (length < 0 || length > longestAddress) return 'EINVAL';
	return readBytes(thread.context.space, address, length)?.slice() ?? 'EFAULT';
};

/** Stores a struct sockaddr as far as it fits, and its true length. */
const writeAddress = (
	thread: Thread,
	address: number,
	lengthAddress: number,
	bytes: Uint8Array,
): Errno | undefined => {
	const room = readInt32(thread.context.space, lengthAddress);
	if (room === undefined) return 'EFAULT';
	if (room < 0) return 'EINVAL';
	const isStored =
		writeBytes(thread.context, address, bytes.subarray(0, room)) &&
		writeInt32(thread.context, lengthAddress, bytes.length);
	return isStored ? undefined : 'EFAULT';
};

const bind: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const address = readAddress(thread, args[1]!, args[2]! | 0);
	if (isError(address)) return failed(address);
	const problem = protocolOf(found.socket).bind(kernel, found.socket, thread, address);
	if (problem) return failed(problem);
	markEffect(thread.context.turns);
	return done(0);
};

const connect: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const address = readAddress(thread, args[1]!, args[2]! | 0);
	if (isError(address)) return failed(address);
	if (address.length < 2) return failed('EINVAL');
	return protocolOf(found.socket).connect(
		kernel,
		found.socket,
		thread,
		ioOf(thread, call, found.file),
		address,
	);
};

const listen: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const backlog = Math.min(args[1]! >>> 0, largestBacklog);
	return protocolOf(found.socket).listen(kernel, found.socket, backlog, thread.pid);
};

const acceptWith = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	[descriptor, address, length, flags]: readonly [number, number, number, number],
): Outcome => {
	if ((flags & ~typeFlags) !== 0) return failed('EINVAL');
	const found = socketAt(kernel, thread, descriptor);
	if (isError(found)) return failed(found);
	if (lowestFree(processOf(kernel, thread)) === undefined) return failed('EMFILE');
	const accepted = protocolOf(found.socket).accept(
		kernel,
		found.socket,
		ioOf(thread, call, found.file),
	);
	if ('kind' in accepted) return accepted;
	if (address !== 0) {
		const peer = protocolOf(accepted).peerAddress(kernel, accepted) ?? new Uint8Array(0);
		const problem = writeAddress(thread, address, length, peer);
		if (problem) {
			protocolOf(accepted).close(kernel, accepted);
			return failed(problem);
		}
	}
	return install(kernel, thread, accepted, flags);
};

const accept: SystemCall = (kernel, thread, args, call) =>
	acceptWith(kernel, thread, call, [args[0]!, args[1]!, args[2]!, 0]);

const accept4: SystemCall = (kernel, thread, args, call) =>
	acceptWith(kernel, thread, call, [args[0]!, args[1]!, args[2]!, args[3]! | 0]);

/** A send, with what every variant of it does for the accounts. */
const send = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	{file, socket: target}: Found,
	ranges: readonly UserRange[],
	message: Parameters<ReturnType<typeof protocolOf>['send']>[4],
): Outcome => {
	const io = ioOf(thread, call, file, message.flags);
	const before = call.count;
	const outcome = protocolOf(target).send(
		kernel,
		target,
		io,
		userSource(thread.context.space, ranges),
		message,
	);
	if (outcome.kind === 'done') {
		chargeCopy(kernel, thread, outcome.value - before);
		thread.accounting.bytesWritten += outcome.value;
	}
	return outcome;
};

const sendto: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const address = args[4]! === 0 ? undefined : readAddress(thread, args[4]!, args[5]! | 0);
	if (isErrno(address)) return failed(address);
	const length = Math.min(args[2]!, longestTransfer);
	if (length < 0) return failed('EINVAL');
	const message = {flags: args[3]! | 0, address, rights: []};
	return send(kernel, thread, call, found, [{address: args[1]!, length}], message);
};

const isErrno = (value: Uint8Array | Errno | undefined): value is Errno =>
	typeof value === 'string';

const sendMessage = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	found: Found,
	at: number,
	flags: number,
): Outcome => {
	const header = readHeader(thread, at);
	if (header === 'EFAULT') return failed(header);
	const address =
		header.name === 0 ? undefined : readAddress(thread, header.name, header.nameLength);
	if (isErrno(address)) return failed(address);
	if (header.count > 1024) return failed('EMSGSIZE');
	const ranges = readVector(thread, header.vector, header.count);
	if (isError(ranges)) return failed(ranges);
	const rights = found.socket.protocol === 'unix' ? readRights(kernel, thread, header) : [];
	if (isError(rights)) return failed(rights);
	const outcome = send(kernel, thread, call, found, ranges, {flags, address, rights});
	return outcome;
};

const sendmsg: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	return isError(found)
		? failed(found)
		: sendMessage(kernel, thread, call, found, args[1]!, args[2]! | 0);
};

/** What is left of a buffer after so many bytes of it were filled by earlier tries. */
const rest = (ranges: readonly UserRange[], filled: number): UserRange[] => {
	let skip = filled;
	return ranges.map(({address, length}) => {
		const used = Math.min(skip, length);
		skip -= used;
		return {address: address + used, length: length - used};
	});
};

const receive = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	{file, socket: from}: Found,
	ranges: readonly UserRange[],
	message: IncomingMessage,
): Outcome => {
	const io = ioOf(thread, call, file, message.flags);
	const before = call.count;
	const whole = userSink(thread.context, ranges);
	const sink =
		before === 0
			? whole
			: {...userSink(thread.context, rest(ranges, before)), length: whole.length};
	const outcome = protocolOf(from).receive(kernel, from, io, sink, message);
	if (outcome.kind === 'done') {
		chargeCopy(kernel, thread, Math.min(outcome.value, whole.length) - before);
		if ((message.flags & messageFlags.peek) === 0) thread.accounting.bytesRead += outcome.value;
	}
	return outcome;
};

const recvfrom: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const length = Math.min(args[2]!, longestTransfer);
	if (length < 0) return failed('EINVAL');
	const message = createIncoming(args[3]! | 0);
	const outcome = receive(kernel, thread, call, found, [{address: args[1]!, length}], message);
	kernel.network.orphans.push(...message.rights);
	dropOrphans(kernel, thread);
	if (outcome.kind !== 'done' || args[4] === 0) return outcome;
	const problem = writeAddress(thread, args[4]!, args[5]!, message.address ?? new Uint8Array(0));
	return problem ? failed(problem) : outcome;
};

const receiveMessage = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	found: Found,
	at: number,
	flags: number,
): Outcome => {
	const header = readHeader(thread, at);
	if (header === 'EFAULT') return failed(header);
	if (header.nameLength < 0) return failed('EINVAL');
	if (header.count > 1024) return failed('EMSGSIZE');
	const ranges = readVector(thread, header.vector, header.count);
	if (isError(ranges)) return failed(ranges);
	const message = createIncoming(flags);
	const outcome = receive(kernel, thread, call, found, ranges, message);
	if (outcome.kind !== 'done') {
		kernel.network.orphans.push(...message.rights);
		dropOrphans(kernel, thread);
		return outcome;
	}
	const name = message.address ?? new Uint8Array(0);
	const hasName = header.name !== 0;
	const control = writeControl(kernel, thread, found.socket, header, message);
	dropOrphans(kernel, thread);
	if (control === 'EFAULT') return failed(control);
	if (hasName && !writeBytes(thread.context, header.name, name.subarray(0, header.nameLength)))
		return failed('EFAULT');
	const told =
		(message.isTruncated ? messageFlags.truncated : 0) |
		(control.isCut ? messageFlags.controlTruncated : 0) |
		(flags & messageFlags.closeOnExec);
	const isStored = writeHeader(thread, at, hasName ? name.length : undefined, control.length, told);
	return isStored ? outcome : failed('EFAULT');
};

const recvmsg: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	return isError(found)
		? failed(found)
		: receiveMessage(kernel, thread, call, found, args[1]!, args[2]! | 0);
};

/** struct mmsghdr: a struct msghdr and the bytes transferred. */
const multipleSize = 64;
const multipleLength = 56;
const mostMessages = 1024;
const waitForOne = 0x1_0000;

type Several = {sent: number};

/** sendmmsg(2) and recvmmsg(2): one message after the other; an error counts only for the first. */
const transferSeveral = (
	thread: Thread,
	call: CallInProgress,
	vector: number,
	count: number,
	one: (at: number, index: number) => Outcome,
): Outcome => {
	call.memo ??= {sent: 0};
	const state = call.memo as Several;
	while (state.sent < Math.min(count, mostMessages)) {
		const at = vector + multipleSize * state.sent;
		const outcome = one(at, state.sent);
		if (outcome.kind === 'blocked') return outcome;
		if (outcome.kind !== 'done') return state.sent > 0 ? done(state.sent) : outcome;
		if (!writeInt32(thread.context, at + multipleLength, outcome.value)) return failed('EFAULT');
		state.sent++;
		call.count = 0;
	}
	return done(state.sent);
};

const sendmmsg: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	return transferSeveral(thread, call, args[1]!, args[2]! >>> 0, at =>
		sendMessage(kernel, thread, call, found, at, args[3]! | 0),
	);
};

const recvmmsg: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const flags = args[3]! | 0;
	if (call.tries === 0 && args[4] !== 0) {
		const time = readTimespec(thread.context, args[4]!);
		if (isError(time)) return failed(time);
		call.deadline = deadlineOf(kernel, time);
	}
	return transferSeveral(thread, call, args[1]!, args[2]! >>> 0, (at, index) => {
		const isLate = index > 0 && call.deadline !== undefined && kernel.now >= call.deadline;
		if (isLate) return failed('EAGAIN');
		const isPatient = index === 0 || (flags & waitForOne) === 0;
		const each = (flags & ~waitForOne) | (isPatient ? 0 : messageFlags.dontWait);
		return receiveMessage(kernel, thread, call, found, at, each);
	});
};

const shutdown: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const how = args[1]! | 0;
	if (how < 0 || how > 2) return failed('EINVAL');
	markEffect(thread.context.turns);
	return protocolOf(found.socket).shutdown(kernel, found.socket, how !== 1, how !== 0);
};

const getsockname: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const address = protocolOf(found.socket).localAddress(kernel, found.socket);
	const problem = writeAddress(thread, args[1]!, args[2]!, address);
	return problem ? failed(problem) : done(0);
};

const getpeername: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const address = protocolOf(found.socket).peerAddress(kernel, found.socket);
	if (!address) return failed('ENOTCONN');
	const problem = writeAddress(thread, args[1]!, args[2]!, address);
	return problem ? failed(problem) : done(0);
};

const longestOption = 256;

const setsockopt: SystemCall = (kernel, thread, args) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const length = args[4]! | 0;
	if (length < 0) return failed('EINVAL');
	const bytes = readBytes(thread.context.space, args[3]!, Math.min(length, longestOption));
	if (!bytes) return failed('EFAULT');
	const problem = setOption(kernel, found.socket, args[1]! | 0, args[2]! | 0, bytes.slice());
	return problem ? failed(problem) : done(0);
};

const getsockopt: SystemCall = (kernel, thread, args, call) => {
	const found = socketAt(kernel, thread, args[0]!);
	if (isError(found)) return failed(found);
	const room = readInt32(thread.context.space, args[4]!);
	if (room === undefined) return failed('EFAULT');
	if (room < 0) return failed('EINVAL');
	const io = ioOf(thread, call, found.file);
	const value = getOption(kernel, found.socket, io, args[1]! | 0, args[2]! | 0);
	if (isError(value)) return failed(value);
	const cut = value.subarray(0, room);
	const isStored =
		writeBytes(thread.context, args[3]!, cut) && writeInt32(thread.context, args[4]!, cut.length);
	return isStored ? done(0) : failed('EFAULT');
};

export const socketCalls: Readonly<Record<string, SystemCall>> = {
	socket,
	socketpair,
	bind,
	connect,
	listen,
	accept,
	accept4,
	sendto,
	recvfrom,
	sendmsg,
	recvmsg,
	sendmmsg,
	recvmmsg,
	shutdown,
	getsockname,
	getpeername,
	setsockopt,
	getsockopt,
};
