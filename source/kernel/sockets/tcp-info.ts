// struct tcp_info, getsockopt(TCP_INFO), tcp(7): the state of a connection, its times and what is on its way. Times are
// microseconds. What the machine has no figure for is 0.

import type {Kernel} from '../kernel.js';
import {nanosecondsOf} from '../time/time.js';
import type {TcpSocket, TcpState} from './tcp-socket.js';

/** TCP_ESTABLISHED is 1. */
const states: readonly TcpState[] = [
	'ESTABLISHED',
	'SYN-SENT',
	'SYN-RECV',
	'FIN-WAIT-1',
	'FIN-WAIT-2',
	'TIME-WAIT',
	'CLOSE',
	'CLOSE-WAIT',
	'LAST-ACK',
	'LISTEN',
	'CLOSING',
];

const size = 104;
const offset = {
	state: 0,
	retransmits: 2,
	timeout: 8,
	sendSegment: 16,
	receiveSegment: 20,
	unacknowledged: 24,
	roundTrip: 68,
	roundTripVariation: 72,
	congestionWindow: 80,
	advertisedSegment: 84,
	retransmissions: 100,
} as const;

/** The structure as it is in the program's memory. */
export const tcpInfo = (kernel: Kernel, socket: TcpSocket): Uint8Array => {
	const bytes = new Uint8Array(size);
	const view = new DataView(bytes.buffer);
	const put = (at: number, value: number): void => view.setUint32(at, Math.floor(value), true);
	const microseconds = (cycles: number): number => nanosecondsOf(kernel, cycles) / 1000;
	const segments = (count: number): number => Math.ceil(count / Math.max(1, socket.segmentSize));
	bytes[offset.state] = states.indexOf(socket.state) + 1;
	bytes[offset.retransmits] = Math.min(255, socket.retries);
	put(offset.timeout, microseconds(socket.timeout));
	for (const at of [offset.sendSegment, offset.receiveSegment, offset.advertisedSegment])
		put(at, socket.segmentSize);
	put(offset.unacknowledged, segments(Math.max(0, socket.highest - socket.unacknowledged)));
	put(offset.roundTrip, microseconds(socket.roundTrip));
	put(offset.roundTripVariation, microseconds(socket.roundTripVariation));
	put(offset.congestionWindow, segments(socket.congestionWindow));
	put(offset.retransmissions, socket.retransmissions);
	return bytes;
};
