// Who could end a wait at a socket: who has the other end of the connection, who may connect or send, and the network, while
// something is under way.

import type {Kernel} from '../kernel/kernel.js';
import type {TcpSegment} from '../kernel/network/packet.js';
import {isLoopback} from '../kernel/sockets/socket-address.js';
import type {Socket} from '../kernel/sockets/socket.js';
import {findConnection, type TcpSocket} from '../kernel/sockets/tcp-socket.js';
import type {UdpSocket} from '../kernel/sockets/udp-socket.js';
import {type UnixSocket, unixSocketAt} from '../kernel/sockets/unix-socket.js';
import type {Want} from './wait-places.js';
import {
	everybodyOn,
	type Finder,
	holdersOf,
	isUnderWay,
	noTids,
	packetTid,
	type Tids,
	type Wakers,
	whoeverOf,
} from './waker-finder.js';

export const socketWakers = (finder: Finder, socket: Socket, want: Want): Wakers => {
	switch (socket.protocol) {
		case 'unix':
			return unixWakers(finder, socket, want);
		case 'tcp':
			return tcpWakers(finder, socket, want);
		case 'udp':
			return udpWakers(finder, socket);
	}
};

/** Who could end a wait at one end of a connection: who has the other, and who has this one, who could shut it down. */
const endsOf = (finder: Finder, socket: Socket, peer: Socket | undefined): readonly Tids[] => [
	peopleAt(finder, peer),
	holdersOf(finder, socket),
	...(peer && isUnderWay(finder, peer) ? [everybodyOn(finder, peer.host)] : []),
];

/** Who has a socket; of one that nobody has accepted yet who has its listener. */
const peopleAt = (finder: Finder, socket: Socket | undefined): Tids => {
	if (!socket) return noTids;
	const listener =
		'listener' in socket ? finder.kernel.network.sockets.get(socket.listener) : undefined;
	return holdersOf(finder, listener ?? socket);
};

const unixWakers = (finder: Finder, socket: UnixSocket, want: Want): Wakers => {
	const {kernel} = finder;
	if (want === 'entry') return {tids: holdersOf(finder, socket)};
	if (socket.state === 'listening') return whoeverOf(finder, socket.host, 'whoever.connects');
	const peer = unixSocketAt(kernel, socket.peer);
	if (socket.type !== 'datagram')
		return {
			tids: peopleAt(finder, peer),
			others: endsOf(finder, socket, peer),
		};
	const isPair = peer?.peer === socket.id && !socket.bound && !peer.bound;
	return {
		tids: peopleAt(finder, peer),
		whoever: want === 'input' ? 'whoever.sends' : 'whoever.receives',
		others: isPair ? endsOf(finder, socket, peer) : [everybodyOn(finder, socket.host)],
	};
};

const networkTids: Tids = new Set([packetTid]);

const tcpWakers = (finder: Finder, socket: TcpSocket, want: Want): Wakers => {
	const {network} = finder.kernel;
	const arriving = arrivingAt(finder, socket);
	if (socket.state === 'LISTEN')
		return {...whoeverOf(finder, '', 'whoever.connects'), endsByItself: arriving === 'news'};
	// The handshake takes no process of the other side.
	if (want === 'answer')
		return {
			tids: noTids,
			others: [networkTids],
			endsByItself: arriving !== 'nothing' || socket.timerAt !== Infinity,
		};
	const host = isLoopback(socket.peer.address)
		? socket.host
		: network.hosts.get(socket.peer.address);
	const peer =
		host === undefined ? undefined : findConnection(network, host, socket.peer, socket.local);
	const isTimed = [socket, peer].some(end => end !== undefined && end.timerAt !== Infinity);
	return {
		tids: peopleAt(finder, peer),
		others: [...endsOf(finder, socket, peer), networkTids],
		endsByItself: arriving === 'news' || (arriving === 'acknowledgement' && want === 'room'),
		mayEndByItself: arriving !== 'nothing' || isTimed,
	};
};

const udpWakers = (finder: Finder, socket: UdpSocket): Wakers => ({
	...whoeverOf(finder, '', 'whoever.sends'),
	endsByItself: arrivingAt(finder, socket) !== 'nothing',
});

/** What is under way to a socket: nothing, acknowledgements, or something to read. */
const arrivingAt = (
	finder: Finder,
	{host, protocol, local}: TcpSocket | UdpSocket,
): 'nothing' | 'acknowledgement' | 'news' => {
	finder.arriving ??= packetsByPort(finder.kernel);
	const isNews = finder.arriving.get(`${host} ${protocol} ${local.port}`);
	return isNews === undefined ? 'nothing' : isNews ? 'news' : 'acknowledgement';
};

const isMoreThanAck = ({isSyn, isFin, isReset}: TcpSegment): boolean => isSyn || isFin || isReset;

const packetsByPort = ({network}: Kernel): ReadonlyMap<string, boolean> => {
	const found = new Map<string, boolean>();
	for (const {toHost, body, to, from, data} of network.packets.values()) {
		// What could not be delivered comes back to the port that it came from.
		const key =
			body.protocol === 'icmp'
				? `${toHost} ${body.about} ${from.port}`
				: `${toHost} ${body.protocol} ${to.port}`;
		const isNews = body.protocol !== 'tcp' || data.length > 0 || isMoreThanAck(body.segment);
		found.set(key, isNews || (found.get(key) ?? false));
	}
	return found;
};
