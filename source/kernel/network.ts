// The network between the hosts of a scenario: which hosts there are, at which addresses, and the links that join them.

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
	readonly links: Link[];
};

export const createNetwork = (
	hosts: ReadonlyArray<{readonly name: string; readonly address: string}>,
	links: ReadonlyArray<Omit<Link, 'isUp'>>,
): Network => ({
	addresses: new Map(hosts.map(({name, address}) => [name, address])),
	links: links.map(link => ({...link, isUp: true})),
});

/** The link that joins two hosts, in either order. */
export const linkBetween = (network: Network, a: string, b: string): Link | undefined =>
	network.links.find(({between: [x, y]}) => (x === a && y === b) || (x === b && y === a));
