// Packets: data in kernel.network while they are under way, a timer for their arrival. Latency, jitter and loss are those
// of the links they take; what chance decides comes from the machine's seed. A host's packets to itself take its
// loopback interface, which is nearly at once and loses nothing.

import {recordEvent} from '../trace/events.js';
import {type Kernel, nextRandom} from '../kernel.js';
import {addressOf, type Link, routeBetween} from './network.js';
import {isLocalAddress} from './network-ports.js';
import {
	type Endpoint,
	formatEndpoint,
	isLoopback,
	loopbackAddress,
} from '../sockets/socket-address.js';
import {addTimer} from '../time/timers.js';

/** Cycles over the loopback interface: a packet has arrived before its sender's next system call. */
export const loopbackLatency = 2;
/** A host asks for the owner of an address three times, a second apart, before it gives up; arp(7). */
const resolutionSeconds = 3;
/** Packets under way on one path at most; more are dropped, as by a router's full queue. */
const pathCapacity = 10_000;

export type TcpSegment = {
	/** Counted from the initial sequence number of the connection; the SYN is number 0. */
	readonly sequence: number;
	readonly acknowledgment: number;
	readonly isSyn: boolean;
	readonly isAck: boolean;
	readonly isFin: boolean;
	readonly isReset: boolean;
	/** Bytes the sender of this segment can take after `acknowledgment`. */
	readonly window: number;
	/** The number of the urgent byte, while it is not acknowledged. */
	readonly urgent?: number;
};

/** icmp(7): why a packet could not be delivered. */
export type Unreachable = 'port' | 'host';

export type Packet = {
	readonly id: number;
	readonly from: Endpoint;
	readonly to: Endpoint;
	readonly fromHost: string;
	/** '' while the host of the address is looked for in vain. */
	readonly toHost: string;
	readonly body:
		| {readonly protocol: 'tcp'; readonly segment: TcpSegment}
		| {readonly protocol: 'udp'}
		/** `from` and `to` are those of the packet that could not be delivered. */
		| {readonly protocol: 'icmp'; readonly about: 'tcp' | 'udp'; readonly unreachable: Unreachable};
	readonly data: Uint8Array;
	readonly sentAt: number;
	readonly arrivesAt: number;
	readonly route: readonly Link[];
};

export type Dispatch = Pick<Packet, 'from' | 'to' | 'fromHost' | 'body' | 'data'>;

/** Where packets to an address go from a host: a host name and the links to it, or why they can't. */
type Way =
	| {readonly kind: 'way'; readonly host: string; readonly route: readonly Link[]}
	| {readonly kind: 'unknown-host'}
	| {readonly kind: 'no-route'};

export const wayTo = ({network}: Kernel, from: string, address: number): Way => {
	if (isLocalAddress(network, from, address)) return {kind: 'way', host: from, route: []};
	const host = network.hosts.get(address);
	if (host === undefined) return {kind: 'unknown-host'};
	const route = routeBetween(network, from, host);
	return route ? {kind: 'way', host, route} : {kind: 'no-route'};
};

/** The address that a packet to another one gets as its source. */
export const sourceFor = (kernel: Kernel, host: string, destination: number): number =>
	isLoopback(destination) ? loopbackAddress : addressOf(kernel.network, host);

/** `tcp SYN 10.0.0.2:32768 > 10.0.0.1:7000 seq=0 win=64240`, in the manner of tcpdump(8), but what it is stands first. */
export const packetText = ({body, from, to, data}: Dispatch): string => {
	const ends = `${formatEndpoint(from)} > ${formatEndpoint(to)}`;
	switch (body.protocol) {
		case 'udp':
			return `udp ${ends} len=${data.length}`;
		case 'icmp':
			return `icmp ${body.unreachable} unreachable ${formatEndpoint(to)} > ${formatEndpoint(from)} (${body.about})`;
		case 'tcp': {
			const {segment} = body;
			const flags = [
				segment.isSyn && 'SYN',
				segment.isFin && 'FIN',
				segment.isReset && 'RST',
				segment.isAck && 'ACK',
			].filter(flag => flag !== false);
			return [
				`tcp ${flags.join('+')} ${ends} seq=${segment.sequence}`,
				segment.isAck ? `ack=${segment.acknowledgment}` : '',
				`win=${segment.window}`,
				data.length > 0 ? `len=${data.length}` : '',
			]
				.filter(part => part !== '')
				.join(' ');
		}
	}
};

/** Notes what becomes of a packet: `lost: udp 10.0.0.1:32768 > 10.0.0.2:5000 len=6`. */
export const notePacket = (kernel: Kernel, packet: Dispatch, what: string): void => {
	if (!kernel.events.isOn) return;
	recordEvent(kernel, Math.max(0, kernel.actor), {
		kind: 'packet',
		text: `${what}: ${packetText(packet)}`,
	});
};

/** Sends a packet on its way. */
export const sendPacket = (kernel: Kernel, dispatch: Dispatch): void => {
	const way =
		dispatch.body.protocol === 'icmp'
			? wayTo(kernel, dispatch.fromHost, dispatch.from.address)
			: wayTo(kernel, dispatch.fromHost, dispatch.to.address);
	kernel.network.packetsSent++;
	switch (way.kind) {
		case 'way': {
			sendOver(kernel, dispatch, way.host, way.route);
			return;
		}

		case 'unknown-host': {
			const {protocol} = dispatch.body;
			notePacket(kernel, dispatch, 'sent, no host has that address');
			if (protocol === 'icmp') return;
			const after = resolutionSeconds * kernel.config.clock;
			const body = {protocol: 'icmp', about: protocol, unreachable: 'host'} as const;
			launch(kernel, {...dispatch, body, data: new Uint8Array(0)}, '', [], after);
			return;
		}

		case 'no-route':
			notePacket(kernel, dispatch, 'dropped, no route');
	}
};

const sendOver = (
	kernel: Kernel,
	dispatch: Dispatch,
	host: string,
	route: readonly Link[],
): void => {
	let delay = route.length === 0 ? loopbackLatency : 0;
	let isLost = kernel.network.packets.size >= pathCapacity;
	for (const {latency, jitter, loss, isUp} of route) {
		delay += Math.max(1, Math.round(latency));
		if (jitter > 0) delay += nextRandom(kernel) % (Math.round(jitter) + 1);
		if (loss > 0 && nextRandom(kernel) / 2 ** 32 < loss) isLost = true;
		if (!isUp) isLost = true;
	}
	if (isLost) {
		kernel.network.packetsLost++;
		notePacket(kernel, dispatch, route.every(({isUp}) => isUp) ? 'lost' : 'lost, the link is down');
		return;
	}
	notePacket(kernel, dispatch, 'sent');
	launch(kernel, dispatch, host, route, delay);
};

const launch = (
	kernel: Kernel,
	dispatch: Dispatch,
	toHost: string,
	route: readonly Link[],
	delay: number,
): void => {
	const {network} = kernel;
	const id = network.nextPacket++;
	const arrivesAt = kernel.now + delay;
	network.packets.set(id, {...dispatch, id, toHost, route, sentAt: kernel.now, arrivesAt});
	addTimer(kernel, arrivesAt, {kind: 'packet', packet: id});
};

/** Takes an arriving packet from the network. Undefined if a link on its way has been cut meanwhile. */
export const landPacket = (kernel: Kernel, id: number): Packet | undefined => {
	const packet = kernel.network.packets.get(id);
	if (!packet) return undefined;
	kernel.network.packets.delete(id);
	if (packet.route.length > 0) notePacket(kernel, packet, 'arrived');
	return packet;
};

/** The host that hears of an icmp(7) packet: the sender of the packet that it is about. */
export const hearingHost = ({fromHost, toHost}: Packet): string =>
	toHost === '' ? fromHost : toHost;

/** Tells the sender of a packet that it could not be delivered. */
export const sendUnreachable = (kernel: Kernel, packet: Packet, unreachable: Unreachable): void => {
	const {protocol} = packet.body;
	if (protocol === 'icmp') return;
	sendPacket(kernel, {
		from: packet.from,
		to: packet.to,
		fromHost: packet.toHost,
		body: {protocol: 'icmp', about: protocol, unreachable},
		data: new Uint8Array(0),
	});
};

/** Cuts or mends a cable. What is on a cable that is cut is lost. */
export const setLink = (kernel: Kernel, link: Link, isUp: boolean): void => {
	link.isUp = isUp;
	if (isUp) return;
	for (const packet of kernel.network.packets.values()) {
		if (!packet.route.includes(link)) continue;
		kernel.network.packets.delete(packet.id);
		kernel.network.packetsLost++;
		notePacket(kernel, packet, 'lost, the link was cut');
	}
};
