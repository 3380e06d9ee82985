// Sockets as objects: TCP's states and timers packet by packet, ports, Unix sockets' queues. Time is what the timers say.

import {describe, expect, test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {createNetwork, linkBetween} from '../../source/kernel/network/network.js';
import {setLink} from '../../source/kernel/network/packet.js';
import {encodeEndpoint, parseAddress} from '../../source/kernel/sockets/socket-address.js';
import {createProgress} from '../../source/kernel/files/file-operations.js';
import {
	createIncoming,
	plainMessage,
	type Socket,
	type SocketIo,
} from '../../source/kernel/sockets/socket.js';
import {createSocket, protocolOf} from '../../source/kernel/sockets/socket-protocols.js';
import type {TcpSocket} from '../../source/kernel/sockets/tcp-socket.js';
import {carryOut} from '../../source/kernel/time/timer-actions.js';
import {nextTimerAt, takeTimer} from '../../source/kernel/time/timers.js';
import {createUnixPair} from '../../source/kernel/sockets/unix-connection.js';
import {bytesSink, bytesSource} from '../../source/kernel/memory/user-buffer.js';
import {createTestKernel} from './kernel-fixture.js';

const second = 10_000_000;
const latency = 1000;

const createNetworkKernel = (): Kernel => {
	const hosts = [
		{name: 'alpha', address: '10.0.0.1'},
		{name: 'beta', address: '10.0.0.2'},
	];
	const network = createNetwork(hosts, [{between: ['alpha', 'beta'], latency, jitter: 0, loss: 0}]);
	return Object.assign(createTestKernel(), {network});
};

/** Lets time pass: every timer up to then acts. */
const passTime = (kernel: Kernel, cycles: number): void => {
	const until = kernel.now + cycles;
	while (nextTimerAt(kernel) <= until) {
		const {at, action} = takeTimer(kernel);
		kernel.now = at;
		carryOut(kernel, at, action);
	}
	kernel.now = until;
};

const io = (): SocketIo => ({thread: undefined, progress: createProgress(), isNonblocking: true});
const address = (text: string, port: number) => encodeEndpoint({address: parseAddress(text), port});
const noThread = undefined as never;

const tcp = (kernel: Kernel, host: string): TcpSocket =>
	createSocket(kernel, host, 1, [2, 1, 0]) as TcpSocket;

const listenAt = (kernel: Kernel, port: number, backlog = 5): TcpSocket => {
	const socket = tcp(kernel, 'alpha');
	expect(
		protocolOf(socket).bind(kernel, socket, noThread, address('0.0.0.0', port)),
	).toBeUndefined();
	expect(protocolOf(socket).listen(kernel, socket, backlog, 1)).toEqual({kind: 'done', value: 0});
	return socket;
};

const connectTo = (kernel: Kernel, port: number): TcpSocket => {
	const socket = tcp(kernel, 'beta');
	const outcome = protocolOf(socket).connect(
		kernel,
		socket,
		noThread,
		io(),
		address('10.0.0.1', port),
	);
	expect(outcome).toEqual({kind: 'failed', errno: 'EINPROGRESS'});
	return socket;
};

const accept = (kernel: Kernel, listener: TcpSocket): TcpSocket =>
	protocolOf(listener).accept(kernel, listener, io()) as TcpSocket;

const send = (kernel: Kernel, socket: Socket, bytes: Uint8Array) =>
	protocolOf(socket).send(kernel, socket, io(), bytesSource(bytes), plainMessage);

const receive = (kernel: Kernel, socket: Socket, size: number, flags = 0) => {
	const buffer = new Uint8Array(size);
	const outcome = protocolOf(socket).receive(
		kernel,
		socket,
		io(),
		bytesSink(buffer),
		createIncoming(flags),
	);
	return outcome.kind === 'done'
		? buffer.subarray(0, outcome.value)
		: outcome.kind === 'failed' && outcome.errno;
};

const connectedPair = (kernel: Kernel) => {
	const listener = listenAt(kernel, 7000);
	const client = connectTo(kernel, 7000);
	passTime(kernel, 4 * latency);
	return {listener, client, server: accept(kernel, listener)};
};

describe('a TCP connection', () => {
	test('is made by three packets, from a port of 32768 on', () => {
		const kernel = createNetworkKernel();
		const listener = listenAt(kernel, 7000);
		const client = connectTo(kernel, 7000);
		expect(client.state).toBe('SYN-SENT');
		expect(client.local).toEqual({address: parseAddress('10.0.0.2'), port: 32_768});
		passTime(kernel, latency);
		expect(listener.embryos).toHaveLength(1);
		expect(client.state).toBe('SYN-SENT');
		passTime(kernel, latency);
		expect(client.state).toBe('ESTABLISHED');
		expect(listener.pending).toHaveLength(0);
		passTime(kernel, latency);
		expect(listener.pending).toHaveLength(1);
		expect(accept(kernel, listener)).toMatchObject({
			state: 'ESTABLISHED',
			name: 'tcp:10.0.0.1:7000-10.0.0.2:32768',
		});
	});

	test('closes through all states, and TIME-WAIT lasts sixty seconds at the end that closed first', () => {
		const kernel = createNetworkKernel();
		const {client, server} = connectedPair(kernel);
		protocolOf(client).close(kernel, client);
		expect(client.state).toBe('FIN-WAIT-1');
		passTime(kernel, latency);
		expect(server.state).toBe('CLOSE-WAIT');
		expect(receive(kernel, server, 10)).toHaveLength(0);
		passTime(kernel, latency);
		expect(client.state).toBe('FIN-WAIT-2');
		protocolOf(server).close(kernel, server);
		expect(server.state).toBe('LAST-ACK');
		passTime(kernel, latency);
		expect(client.state).toBe('TIME-WAIT');
		passTime(kernel, latency);
		expect(kernel.network.sockets.has(server.id)).toBe(false);
		passTime(kernel, 60 * second - 2 * latency);
		expect(kernel.network.sockets.has(client.id)).toBe(true);
		passTime(kernel, 2 * latency);
		expect(kernel.network.sockets.has(client.id)).toBe(false);
	});

	test('stops at a full window and goes on when the reader has read', () => {
		const kernel = createNetworkKernel();
		const {client, server} = connectedPair(kernel);
		const sent = send(kernel, client, new Uint8Array(43_000));
		expect(sent).toEqual({kind: 'done', value: 43_000});
		passTime(kernel, second);
		expect(send(kernel, client, new Uint8Array(43_000)).kind).toBe('done');
		passTime(kernel, second);
		expect(server.incoming.length).toBe(65_536);
		expect(client.sendWindow).toBe(0);
		expect(client.outgoing.length).toBe(86_000 - 65_536);
		let total = 0;
		for (let step = 0; step < 20; step++) {
			const bytes = receive(kernel, server, 8192);
			if (bytes instanceof Uint8Array) total += bytes.length;
			passTime(kernel, second);
		}
		expect(total).toBe(86_000);
		expect(client.outgoing.length).toBe(0);
	});

	test('sends again with doubled waits while the cable is cut', () => {
		const kernel = createNetworkKernel();
		const {client, server} = connectedPair(kernel);
		const link = linkBetween(kernel.network, 'alpha', 'beta')!;
		setLink(kernel, link, false);
		send(kernel, client, Uint8Array.of(1, 2, 3));
		const before = kernel.network.packetsSent;
		const waits: number[] = [];
		let last = kernel.now;
		for (let count = before; waits.length < 4; passTime(kernel, 10_000)) {
			if (kernel.network.packetsSent === count) continue;
			count = kernel.network.packetsSent;
			waits.push(Math.round((kernel.now - last) / (second / 10)));
			last = kernel.now;
		}
		expect(waits).toEqual([2, 4, 8, 16]);
		setLink(kernel, link, true);
		passTime(kernel, 4 * second);
		expect(receive(kernel, server, 10)).toEqual(Uint8Array.of(1, 2, 3));
		expect(client.retransmissions).toBe(5);
	});

	test('waits at a full backlog until the server accepts', () => {
		const kernel = createNetworkKernel();
		const listener = listenAt(kernel, 7000, 1);
		const clients = [0, 1, 2].map(() => {
			const client = connectTo(kernel, 7000);
			passTime(kernel, 4 * latency);
			return client;
		});
		expect(clients.map(({state}) => state)).toEqual(['ESTABLISHED', 'ESTABLISHED', 'SYN-SENT']);
		accept(kernel, listener);
		passTime(kernel, 2 * second);
		expect(clients[2]!.state).toBe('ESTABLISHED');
	});

	test('tells the peer with RST that unread bytes were thrown away', () => {
		const kernel = createNetworkKernel();
		const {client, server} = connectedPair(kernel);
		send(kernel, client, Uint8Array.of(1));
		passTime(kernel, 2 * latency);
		protocolOf(server).close(kernel, server);
		passTime(kernel, latency);
		expect(client).toMatchObject({state: 'CLOSE', error: 'ECONNRESET'});
		expect(receive(kernel, client, 1)).toBe('ECONNRESET');
		expect(receive(kernel, client, 1)).toHaveLength(0);
	});
});

describe('a pair of Unix sockets', () => {
	test('gives back in order what was written, whatever the sizes, until the buffer is full', () => {
		const kernel = createNetworkKernel();
		const [a, b] = createUnixPair(kernel, 'alpha', 'stream', 1);
		let sent = 0;
		for (let size = 1; ; size = (size * 7) % 1009) {
			const outcome = send(
				kernel,
				a,
				Uint8Array.from({length: size}, (_, index) => (sent + index) % 251),
			);
			if (outcome.kind !== 'done') break;
			sent += outcome.value;
		}
		expect(sent).toBeGreaterThan(50_000);
		let read = 0;
		for (
			let bytes = receive(kernel, b, 333);
			bytes instanceof Uint8Array;
			bytes = receive(kernel, b, 333)
		) {
			const first = read;
			expect(bytes.every((byte, index) => byte === (first + index) % 251)).toBe(true);
			read += bytes.length;
		}
		expect(read).toBe(sent);
		expect(a.charged).toBe(0);
		expect(b.queuedBytes).toBe(0);
	});

	test('leaves nothing in the tables when both are closed', () => {
		const kernel = createNetworkKernel();
		const pair = createUnixPair(kernel, 'alpha', 'seqpacket', 1);
		send(kernel, pair[0], Uint8Array.of(1));
		for (const socket of pair) protocolOf(socket).close(kernel, socket);
		expect(kernel.network.sockets.size).toBe(0);
	});
});
