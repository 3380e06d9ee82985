// Ports: which sockets are bound to which, whether another one may be, ip(7) and socket(7) (SO_REUSEADDR), and the
// ephemeral ports that the kernel chooses.

import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {addressOf, type Network} from './network.js';
import {isLoopback} from '../sockets/socket-address.js';
import type {TcpSocket} from '../sockets/tcp-socket.js';
import type {UdpSocket} from '../sockets/udp-socket.js';

export type InternetSocket = TcpSocket | UdpSocket;

/** /proc/sys/net/ipv4/ip_local_port_range. */
const firstEphemeral = 32_768;
const lastEphemeral = 60_999;

const portKey = (host: string, protocol: string, port: number): string =>
	`${host} ${protocol} ${port}`;

/** Sockets of a host that are bound to a port, in the order of their binding. */
export const socketsAtPort = (
	network: Network,
	host: string,
	protocol: InternetSocket['protocol'],
	port: number,
): readonly InternetSocket[] =>
	(network.ports.get(portKey(host, protocol, port)) ?? []).map(
		id => network.sockets.get(id) as InternetSocket,
	);

/** Whether an address belongs to a host. */
export const isLocalAddress = (network: Network, host: string, address: number): boolean =>
	isLoopback(address) || addressOf(network, host) === address;

/** IPV6_V6ONLY, by level and name. */
const onlyIpv6 = 41_026;

/** An IPv6 socket for IPv6 only leaves the port to IPv4 sockets. */
const areApart = (a: InternetSocket, b: InternetSocket): boolean =>
	a.family !== b.family && [a, b].some(({options}) => options.others.get(onlyIpv6) === 1);

/** Whether two sockets can't both have the port. */
const isConflict = (socket: InternetSocket, address: number, other: InternetSocket): boolean => {
	if (other === socket || areApart(socket, other)) return false;
	const overlaps = address === 0 || other.local.address === 0 || address === other.local.address;
	if (!overlaps) return false;
	if (socket.options.reusePort && other.options.reusePort) return false;
	const bothReuse = socket.options.reuseAddress && other.options.reuseAddress;
	const isListening = other.protocol === 'tcp' && other.state === 'LISTEN';
	return !bothReuse || isListening;
};

/** Whether the socket may have (or keep) address and port. */
export const isPortFree = (
	kernel: Kernel,
	socket: InternetSocket,
	address: number,
	port: number,
): boolean =>
	socketsAtPort(kernel.network, socket.host, socket.protocol, port).every(
		other => !isConflict(socket, address, other),
	);

/** A port that no socket of the host has; undefined if there is none. */
const findEphemeral = ({network}: Kernel, {host, protocol}: InternetSocket): number | undefined => {
	const key = `${host} ${protocol}`;
	const start = network.nextPort.get(key) ?? firstEphemeral;
	let port = start;
	do {
		const next = port === lastEphemeral ? firstEphemeral : port + 1;
		if (!network.ports.has(portKey(host, protocol, port))) {
			network.nextPort.set(key, next);
			return port;
		}
		port = next;
	} while (port !== start);
	return undefined;
};

/** Binds a socket to an address of its host and a port; port 0 takes any. */
export const bindPort = (
	kernel: Kernel,
	socket: InternetSocket,
	address: number,
	port: number,
): Errno | undefined => {
	const chosen = port === 0 ? findEphemeral(kernel, socket) : port;
	if (chosen === undefined) return 'EADDRINUSE';
	if (port !== 0 && !isPortFree(kernel, socket, address, port)) return 'EADDRINUSE';
	socket.local = {address, port: chosen};
	enterPort(kernel.network, socket);
	return undefined;
};

/** Adds a socket to those at its local port. */
export const enterPort = (network: Network, socket: InternetSocket): void => {
	const key = portKey(socket.host, socket.protocol, socket.local.port);
	const ids = network.ports.get(key);
	if (ids) ids.push(socket.id);
	else network.ports.set(key, [socket.id]);
};

/** Takes a socket from its port, which is free again after the last. */
export const leavePort = (network: Network, socket: InternetSocket): void => {
	const key = portKey(socket.host, socket.protocol, socket.local.port);
	const ids = network.ports.get(key);
	const index = ids?.indexOf(socket.id) ?? -1;
	if (!ids || index === -1) return;
	ids.splice(index, 1);
	if (ids.length === 0) network.ports.delete(key);
};
