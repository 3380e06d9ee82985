// Urgent ("out-of-band") data of Unix stream sockets, unix(7), as Linux has had it since 5.15: the last byte of a send(2) with
// MSG_OOB is a message of its own, at which reads stop. Beyond it the byte is left out, and recv(2) with MSG_OOB gets it, unless
// SO_OOBINLINE leaves it where it is. Of several unread ones the newest is urgent, the others are as all bytes are.

import type {Kernel} from '../kernel.js';
import type {Sink} from '../memory/user-buffer.js';
import {done, failed, type Outcome} from '../outcome.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {signalOwner} from '../signals/signal-owner.js';
import {kernelSignal} from '../signals/signals.js';
import type {UnixMessage, UnixSocket} from './unix-socket.js';

/** SO_OOBINLINE, as socket-options.ts keeps it. */
const inlineOption = 1010;

const isInline = ({options}: UnixSocket): boolean => options.others.get(inlineOption) === 1;

/** A byte has come as urgent: SIGURG for the owner of the socket. */
export const noteUrgentMessage = (
	kernel: Kernel,
	socket: UnixSocket,
	message: UnixMessage,
): void => {
	socket.urgent = message;
	for (const {thing, owner} of kernel.openFiles.values()) {
		if (thing.kind === 'socket' && thing.socket === socket)
			signalOwner(kernel, owner, kernelSignal(signalNumbers.SIGURG));
	}
};

/** recv(2) with MSG_OOB. It never waits. What it leaves in the queue is empty, and still the mark. */
export const receiveUrgentByte = (socket: UnixSocket, sink: Sink, isPeek: boolean): Outcome => {
	const {urgent} = socket;
	if (!urgent || isInline(socket)) return failed('EINVAL');
	if (sink.length > 0 && !sink.put(urgent.data.subarray(0, 1))) return failed('EFAULT');
	if (!isPeek) {
		urgent.start = 1;
		socket.queuedBytes--;
		socket.urgent = undefined;
	}
	return done(Math.min(1, sink.length));
};

/** sockatmark(3). */
export const isAtUnixMark = ({urgent, queue}: UnixSocket): boolean =>
	urgent !== undefined && queue[0] === urgent;

/** What a read makes of a message that is, or was, the mark: stops before it, leaves it out, or takes it as any other. */
export const meetMark = (
	socket: UnixSocket,
	message: UnixMessage,
	hasBytes: boolean,
): 'stop' | 'skip' | 'take' => {
	const isTaken = message.start === message.data.length;
	if (message !== socket.urgent && !isTaken) return 'take';
	if (hasBytes) return 'stop';
	return isTaken || !isInline(socket) ? 'skip' : 'take';
};
