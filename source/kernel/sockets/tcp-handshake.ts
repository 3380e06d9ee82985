// The handshake as a listener sees it: a SYN makes a socket in SYN-RECV, the last acknowledgment puts it into the row of
// those that wait for accept(2), as far as the backlog goes; listen(2).

import type {Kernel} from '../kernel.js';
import {enterPort, socketsAtPort} from '../network/network-ports.js';
import {notePacket, type Packet, type TcpSegment} from '../network/packet.js';
import {pulse} from '../polling/poll-point.js';
import type {Endpoint} from './socket-address.js';
import {createTcpSocket, enterConnection, sendSegment, type TcpSocket} from './tcp-socket.js';
import {setTimer} from './tcp-timers.js';
import {wakeAll, wakeOne} from '../process/wake.js';

/** The listener for an address: one bound to it goes before one bound to any. */
export const findListener = (kernel: Kernel, host: string, to: Endpoint): TcpSocket | undefined => {
	let best: TcpSocket | undefined;
	for (const socket of socketsAtPort(
		kernel.network,
		host,
		'tcp',
		to.port,
	) as readonly TcpSocket[]) {
		if (socket.state !== 'LISTEN') continue;
		if (socket.local.address === to.address) return socket;
		if (socket.local.address === 0) best ??= socket;
	}
	return best;
};

/** Linux lets one connection more wait than was asked for. */
const isBacklogFull = (listener: TcpSocket): boolean => listener.pending.length > listener.backlog;

/** A connection is asked for. With a full backlog the SYN is dropped: the client tries again later. */
export const acceptSyn = (
	kernel: Kernel,
	listener: TcpSocket,
	packet: Packet,
	segment: TcpSegment,
): void => {
	if (isBacklogFull(listener)) {
		notePacket(kernel, packet, 'dropped, the backlog is full');
		return;
	}
	const socket = createTcpSocket(kernel, listener.host, listener.creator, listener.family);
	socket.isOpen = false;
	socket.listener = listener.id;
	socket.state = 'SYN-RECV';
	socket.phase = 'connected';
	socket.local = packet.to;
	socket.peer = packet.from;
	Object.assign(socket.options, listener.options, {others: new Map(listener.options.others)});
	enterPort(kernel.network, socket);
	enterConnection(kernel, socket);
	listener.embryos.push(socket.id);
	socket.expected = segment.sequence + 1;
	socket.sendWindow = segment.window;
	socket.largestWindow = segment.window;
	socket.windowSequence = segment.sequence;
	socket.next = 1;
	socket.highest = 1;
	socket.timedSequence = 1;
	socket.timedAt = kernel.now;
	sendSegment(kernel, socket, {isSyn: true, sequence: 0});
	setTimer(kernel, socket, kernel.now + socket.timeout);
};

/** The handshake of a connection is complete: it may be accepted. False if the backlog is full. */
export const admitConnection = (kernel: Kernel, socket: TcpSocket): boolean => {
	const listener = kernel.network.sockets.get(socket.listener);
	if (listener?.protocol !== 'tcp' || isBacklogFull(listener)) return false;
	listener.embryos = listener.embryos.filter(id => id !== socket.id);
	listener.pending.push(socket.id);
	wakeOne(kernel, listener.acceptQueue);
	wakeAll(kernel, listener.readQueue);
	pulse(kernel, listener.readPoint);
	return true;
};
