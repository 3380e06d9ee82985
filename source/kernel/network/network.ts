// The network between the hosts of a scenario: addresses, links, the packets under way, and the tables in which a packet
// finds its socket. A scenario that lists no links joins every two hosts by a cable of its own.

import type {OpenFile} from '../files/open-file.js';
import type {Packet} from './packet.js';
import {createRadio, type Radio} from './radio.js';
import {parseAddress} from '../sockets/socket-address.js';
import type {Socket} from '../sockets/socket.js';

export type Link = {
	readonly between: readonly [string, string];
	/** Cycles that a packet takes, and the random part on top of it. */
	readonly latency: number;
	readonly jitter: number;
	/** Probability from 0 to 1 that a packet is lost. */
	readonly loss: number;
	/** A cut cable is down. */
	isUp: boolean;
};

export type Network = {
	/** Dotted IPv4 address by host name. */
	readonly addresses: Map<string, string>;
	/** Host name by address. */
	readonly hosts: Map<number, string>;
	readonly links: Link[];
	/** Links by the names of their hosts, in either order: `a b`. */
	readonly linkIndex: Map<string, Link>;
	/** Which links a packet takes from one host to another, by `a b`; found when first needed. */
	readonly routes: Map<string, readonly Link[] | undefined>;
	/** All sockets by id: open ones, those waiting to be accepted, and TCP's own after close(2). */
	readonly sockets: Map<number, Socket>;
	/** Sockets bound to a port, by `host tcp 7000`. */
	readonly ports: Map<string, number[]>;
	/** TCP sockets by host and both endpoints. */
	readonly connections: Map<string, number>;
	/** Sockets by `host@name`, abstract names of unix(7). */
	readonly abstractNames: Map<string, number>;
	/** Where the search for a free port goes on, by `host tcp`. */
	readonly nextPort: Map<string, number>;
	/** Packets under way, by id, in the order in which they were sent. */
	readonly packets: Map<number, Packet>;
	nextPacket: number;
	/** Files that were sent in messages nobody has received: their references have to be dropped. */
	readonly orphans: OpenFile[];
	readonly radio: Radio;
	/** Counts since boot. */
	packetsSent: number;
	packetsLost: number;
};

/** Cycles over a cable that no scenario has described. */
const defaultLatency = 2000;

const defaultLinks = (hosts: ReadonlyArray<{readonly name: string}>): Array<Omit<Link, 'isUp'>> =>
	hosts.flatMap(({name}, index) =>
		hosts.slice(index + 1).map(other => ({
			between: [name, other.name] as const,
			latency: defaultLatency,
			jitter: 0,
			loss: 0,
		})),
	);

export const createNetwork = (
	hosts: ReadonlyArray<{readonly name: string; readonly address: string}>,
	links: ReadonlyArray<Omit<Link, 'isUp'>>,
): Network => {
	const made = (links.length > 0 ? links : defaultLinks(hosts)).map(link => ({
		...link,
		isUp: true,
	}));
	return {
		addresses: new Map(hosts.map(({name, address}) => [name, address])),
		hosts: new Map(hosts.map(({name, address}) => [parseAddress(address), name])),
		links: made,
		linkIndex: new Map(
			made.flatMap(link => {
				const [a, b] = link.between;
				return [[`${a} ${b}`, link] as const, [`${b} ${a}`, link] as const];
			}),
		),
		routes: new Map(),
		sockets: new Map(),
		ports: new Map(),
		connections: new Map(),
		abstractNames: new Map(),
		nextPort: new Map(),
		packets: new Map(),
		nextPacket: 1,
		orphans: [],
		radio: createRadio(),
		packetsSent: 0,
		packetsLost: 0,
	};
};

/** The link that joins two hosts, in either order. */
export const linkBetween = (network: Network, a: string, b: string): Link | undefined =>
	network.linkIndex.get(`${a} ${b}`);

/** The links from one host to another, by the fewest hops; undefined if there is no way. Cut links count. */
export const routeBetween = (
	network: Network,
	from: string,
	to: string,
): readonly Link[] | undefined => {
	const direct = linkBetween(network, from, to);
	if (direct) return [direct];
	const key = `${from} ${to}`;
	if (!network.routes.has(key)) network.routes.set(key, searchRoute(network, from, to));
	return network.routes.get(key);
};

const searchRoute = (network: Network, from: string, to: string): readonly Link[] | undefined => {
	const routes = new Map<string, readonly Link[]>([[from, []]]);
	for (const [host, route] of routes) {
		if (host === to) return route;
		for (const link of network.links) {
			if (!link.between.includes(host)) continue;
			const next = link.between[0] === host ? link.between[1] : link.between[0];
			if (!routes.has(next)) routes.set(next, [...route, link]);
		}
	}
	return undefined;
};

/** A host's own address; 0 for a host without one. */
export const addressOf = (network: Network, host: string): number =>
	parseAddress(network.addresses.get(host) ?? '');
