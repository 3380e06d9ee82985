// Sockets, as ss(8) lists them, with what ss never shows: the bytes in their queues and who sleeps at them. Queues are in
// bytes of payload for all protocols; a listener's are its pending connections and their limit, as in ss.

import type {Kernel} from '../kernel/kernel.js';
import {type Endpoint, formatEndpoint} from '../kernel/sockets/socket-address.js';
import {peekRing} from '../kernel/sockets/socket-ring.js';
import type {Socket} from '../kernel/sockets/socket.js';
import type {UnixSocket} from '../kernel/sockets/unix-socket.js';
import {joinBytes} from '../machine/output-log.js';
import {threadName} from './accounts.js';
import {
	descriptorIndex,
	type DescriptorIndex,
	type Holder,
	holderChanges,
	holdersWhere,
} from './channels.js';
import {escapeBytes} from './escape.js';
import {type LazyNames, lazyNames} from './lazy-names.js';
import {perChange, perObservation} from './observed.js';

export type SocketView = {
	/** The channel's name: `unix:/tmp/sock`, `tcp:10.0.0.1:7000`; with its id where another one has the same. */
	readonly key: string;
	readonly protocol: Socket['protocol'];
	readonly host: string;
	/** `LISTEN`, `ESTAB`, `UNCONN` … */
	readonly state: string;
	readonly receiveQueue: number;
	readonly sendQueue: number;
	readonly local: string;
	readonly peer: string;
	/** The first bytes that wait to be read, escaped; datagrams are set apart by `|`. */
	readonly text: string;
	/** Packets that it has sent and that have not arrived. */
	readonly inFlight: number;
	/** The bytes in them. */
	readonly flyingText: string;
	/** Each message of it has a sender of its own. */
	readonly isDatagram: boolean;
	readonly holders: readonly Holder[];
	/** Names of the threads that sleep at it, in wake order. */
	readonly blocked: LazyNames;
	readonly pids: ReadonlySet<number>;
};

/** More bytes than the widest pane shows. */
const shownBytes = 400;

export const socketViews = perObservation((observed): readonly SocketView[] => {
	const {kernel} = observed;
	const names = new Set<string>();
	return [...kernel.network.sockets.values()].map(socket => {
		// Loopback addresses are each host's own: several sockets may have one name.
		const key = names.has(socket.name) ? `${socket.name}#${socket.id}` : socket.name;
		names.add(key);
		return new SocketRow(key, kernel, socket, () => socketIndex(kernel));
	});
});

/** A socket as it is looked at: of many only a few are shown. */
class SocketRow implements SocketView {
	readonly key: string;
	readonly #kernel: Kernel;
	readonly #socket: Socket;
	readonly #index: () => ReadonlyMap<number, DescriptorIndex>;
	#view: ProtocolView | undefined;
	#blocked: LazyNames | undefined;

	constructor(
		key: string,
		kernel: Kernel,
		socket: Socket,
		index: () => ReadonlyMap<number, DescriptorIndex>,
	) {
		this.key = key;
		this.#kernel = kernel;
		this.#socket = socket;
		this.#index = index;
	}

	get protocol(): Socket['protocol'] {
		return this.#socket.protocol;
	}

	get host(): string {
		return this.#socket.host;
	}

	get state(): string {
		return this.#look().state;
	}

	get receiveQueue(): number {
		return this.#look().receiveQueue;
	}

	get sendQueue(): number {
		return this.#look().sendQueue;
	}

	get local(): string {
		return this.#look().local;
	}

	get peer(): string {
		return this.#look().peer;
	}

	get text(): string {
		return this.#look().text;
	}

	get inFlight(): number {
		return this.#look().inFlight;
	}

	get flyingText(): string {
		return this.#look().flyingText;
	}

	get isDatagram(): boolean {
		const socket = this.#socket;
		return socket.protocol === 'udp' || (socket.protocol === 'unix' && socket.type === 'datagram');
	}

	get holders(): readonly Holder[] {
		const {id} = this.#socket;
		const known = holdersSeen(this.#kernel).get(id);
		if (known) return known;
		const entries = this.#index().get(id) ?? new Map();
		const holders = holdersWhere(this.#kernel, entries, () => true);
		holdersSeen(this.#kernel).set(id, holders);
		return holders;
	}

	get blocked(): LazyNames {
		if (this.#blocked) return this.#blocked;
		const {readQueue, writeQueue, acceptQueue, connectQueue, readPoint, writePoint} = this.#socket;
		const queues = [readQueue, writeQueue, acceptQueue, connectQueue];
		const waiters = [...queues, readPoint.queue, writePoint.queue].flatMap(queue => queue.waiters);
		this.#blocked = lazyNames([...new Set(waiters)], tid => threadName(this.#kernel, tid));
		return this.#blocked;
	}

	get pids(): ReadonlySet<number> {
		return new Set(this.holders.map(({pid}) => pid));
	}

	#look(): ProtocolView {
		this.#view ??= protocolView(this.#kernel, this.#socket);
		return this.#view;
	}
}

/** The descriptors that refer to each socket, by the socket's id. */
const socketIndex = perChange(holderChanges, (kernel): ReadonlyMap<number, DescriptorIndex> => {
	const bySocket = new Map<number, DescriptorIndex>();
	for (const [id, entries] of descriptorIndex(kernel)) {
		const {thing} = entries[0]!.file;
		if (thing.kind === 'socket') bySocket.set(thing.socket.id, new Map([[id, entries]]));
	}
	return bySocket;
});

/** The holders of those sockets that were looked at. */
const holdersSeen = perChange(holderChanges, () => new Map<number, readonly Holder[]>());

type ProtocolView = Pick<
	SocketView,
	'state' | 'receiveQueue' | 'sendQueue' | 'local' | 'peer' | 'text' | 'inFlight' | 'flyingText'
>;

const protocolView = (kernel: Kernel, socket: Socket): ProtocolView => {
	switch (socket.protocol) {
		case 'unix':
			return unixView(kernel, socket);
		case 'tcp': {
			const isListening = socket.state === 'LISTEN';
			return {
				state: socket.state === 'ESTABLISHED' ? 'ESTAB' : socket.state,
				receiveQueue: isListening ? socket.pending.length : socket.incoming.length,
				sendQueue: isListening ? socket.backlog : socket.outgoing.length,
				local: endpointText(socket.local),
				peer: endpointText(socket.peer),
				text: escapeBytes(peekRing(socket.incoming, 0, shownBytes)),
				...flightOf(kernel, socket.host, 'tcp', socket.local, socket.peer),
			};
		}

		case 'udp':
			return {
				state: socket.peer.port === 0 ? 'UNCONN' : 'ESTAB',
				receiveQueue: socket.queuedBytes,
				sendQueue: 0,
				local: endpointText(socket.local),
				peer: endpointText(socket.peer),
				text: datagramsText(socket.queue.map(({data}) => data)),
				...flightOf(kernel, socket.host, 'udp', socket.local),
			};
	}
};

const unixView = (kernel: Kernel, socket: UnixSocket): ProtocolView => {
	const peer = kernel.network.sockets.get(socket.peer);
	const isListening = socket.state === 'listening';
	const unread = socket.queue.map(({data, start}) => data.subarray(start));
	return {
		state: isListening ? 'LISTEN' : socket.state === 'connected' ? 'ESTAB' : 'UNCONN',
		receiveQueue: isListening ? socket.pending.length : socket.queuedBytes,
		sendQueue: isListening
			? socket.backlog
			: peer?.protocol === 'unix'
				? bytesFrom(peer, socket.id)
				: 0,
		local: socket.bound?.text ?? '*',
		peer: peer?.name ?? '*',
		text:
			socket.type === 'stream'
				? escapeBytes(joinBytes(unread).subarray(0, shownBytes))
				: datagramsText(unread),
		inFlight: 0,
		flyingText: '',
	};
};

/** Unread bytes in a socket's queue that another one has sent. */
const bytesFrom = ({queue}: UnixSocket, sender: number): number =>
	queue.reduce(
		(sum, message) => (message.sender === sender ? sum + message.data.length - message.start : sum),
		0,
	);

const datagramsText = (datagrams: readonly Uint8Array[]): string =>
	datagrams.slice(0, 20).map(escapeBytes).join(' | ').slice(0, shownBytes);

const endpointText = (endpoint: Endpoint): string =>
	endpoint.port === 0 ? '*' : formatEndpoint(endpoint);

/** What is on its way from a socket. */
const flightOf = (
	kernel: Kernel,
	host: string,
	protocol: 'tcp' | 'udp',
	local: Endpoint,
	peer?: Endpoint,
): Pick<ProtocolView, 'inFlight' | 'flyingText'> => {
	let inFlight = 0;
	const flying: Uint8Array[] = [];
	for (const {fromHost, body, from, to, data} of kernel.network.packets.values()) {
		const isOurs =
			fromHost === host &&
			body.protocol === protocol &&
			from.port === local.port &&
			local.port !== 0;
		if (!isOurs || (peer !== undefined && to.port !== peer.port)) continue;
		inFlight++;
		if (data.length > 0) flying.push(data);
	}
	return {inFlight, flyingText: datagramsText(flying)};
};
