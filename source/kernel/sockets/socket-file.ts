// Sockets as open files: read(2) and write(2) are recv(2) and send(2) without flags.

import {readInt32, writeInt32} from '../../vm/memory.js';
import {anonymousStatus, type FileOperations, noOperations} from '../files/file-operations.js';
import {fionread, siocatmark, tiocoutq} from '../files/ioctl-numbers.js';
import {done, failed} from '../outcome.js';
import {askInterface, isInterfaceRequest} from './network-interfaces.js';
import {createIncoming, plainMessage, type Socket} from './socket.js';
import {protocolOf} from './socket-protocols.js';

/** An open socket. */
export type SocketFile = {readonly kind: 'socket'; readonly socket: Socket};

const socketMode = 0o140777;

export const socketOperations: FileOperations<SocketFile> = {
	...noOperations,
	read: (kernel, {socket}, io, sink) => {
		if (sink.length === 0 && socket.type === 'stream') return done(0);
		const message = createIncoming(0);
		const outcome = protocolOf(socket).receive(kernel, socket, io, sink, message);
		// Descriptors that come with the bytes are lost on who doesn't ask for them.
		kernel.network.orphans.push(...message.rights);
		return outcome;
	},
	write: (kernel, {socket}, io, source) =>
		protocolOf(socket).send(kernel, socket, io, source, plainMessage),
	readiness: (kernel, {socket}) => protocolOf(socket).readiness(kernel, socket),
	pollPoints: (_kernel, {socket}) => [socket.readPoint, socket.writePoint],
	status: (_kernel, {socket}) => anonymousStatus(socket.id, socketMode),
	release: (kernel, {socket}) => protocolOf(socket).close(kernel, socket),
	ioctl: (kernel, {socket}, thread, request, argument) => {
		if (isInterfaceRequest(request))
			return askInterface(kernel, socket.host, thread, request, argument);
		const protocol = protocolOf(socket);
		if (request === fionread || request === tiocoutq) {
			if (protocol.isListening(socket)) return failed('EINVAL');
			const value = request === fionread ? protocol.unread(socket) : protocol.unsent(socket);
			return writeInt32(thread.context, argument, value) ? done(0) : failed('EFAULT');
		}
		if (request !== siocatmark) return failed('ENOTTY');
		if (socket.type !== 'stream') return failed('EINVAL');
		const isMapped = readInt32(thread.context.space, argument) !== undefined;
		return isMapped && writeInt32(thread.context, argument, Number(protocol.isAtMark(socket)))
			? done(0)
			: failed('EFAULT');
	},
	channel: ({socket}) => socket.name,
};
