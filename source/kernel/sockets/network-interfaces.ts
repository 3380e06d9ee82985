// The network interfaces of a host, netdevice(7): the loopback and one with the host's address. Programs ask for them by
// ioctl(2) on any socket, with a struct ifreq: a name of 16 bytes, then 24 bytes of answer.

import {readBytes, readInt32, writeBytes} from '../../vm/memory.js';
import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import type {Thread} from '../process/thread.js';
import {
	broadcastAddress,
	encodeEndpoint,
	internetAddressSize,
	loopbackAddress,
	parseAddress,
} from './socket-address.js';

type NetworkInterface = {
	readonly index: number;
	readonly name: string;
	readonly address: number;
	readonly mask: number;
	/** IFF_… */
	readonly flags: number;
	/** Bytes. */
	readonly largestPacket: number;
};

const interfacesOf = (kernel: Kernel, host: string): readonly NetworkInterface[] => [
	{
		index: 1,
		name: 'lo',
		address: loopbackAddress,
		mask: 0xff00_0000,
		flags: 0x49, // IFF_UP, IFF_LOOPBACK, IFF_RUNNING
		largestPacket: 65_536,
	},
	{
		index: 2,
		name: 'eth0',
		address: parseAddress(kernel.hosts.get(host)?.address ?? ''),
		mask: 0xffff_ff00,
		flags: 0x1043, // IFF_UP, IFF_BROADCAST, IFF_RUNNING, IFF_MULTICAST
		largestPacket: 1500,
	},
];

/** SIOCGIF… */
const requests = {
	name: 0x8910,
	flags: 0x8913,
	address: 0x8915,
	broadcast: 0x8919,
	mask: 0x891b,
	largestPacket: 0x8921,
	index: 0x8933,
} as const;
const nameSize = 16;

export const isInterfaceRequest = (request: number): boolean =>
	(Object.values(requests) as number[]).includes(request);

/** Fills in the struct ifreq at `argument`, or ENODEV. */
export const askInterface = (
	kernel: Kernel,
	host: string,
	thread: Thread,
	request: number,
	argument: number,
): Outcome => {
	const {context} = thread;
	const field = readBytes(context.space, argument, nameSize);
	const index = readInt32(context.space, argument + nameSize);
	if (!field || index === undefined) return failed('EFAULT');
	const name = new TextDecoder().decode(field).replace(/\0.*$/s, '');
	const isWanted = (each: NetworkInterface): boolean =>
		request === requests.name ? each.index === index : each.name === name;
	const found = interfacesOf(kernel, host).find(isWanted);
	if (!found) return failed('ENODEV');
	const isName = request === requests.name;
	const answer = isName ? new TextEncoder().encode(`${found.name}\0`) : answerOf(found, request);
	const isStored = writeBytes(context, argument + (isName ? 0 : nameSize), answer);
	return isStored ? done(0) : failed('EFAULT');
};

const answerOf = (
	{index, address, mask, flags, largestPacket}: NetworkInterface,
	request: number,
): Uint8Array => {
	switch (request) {
		case requests.address:
			return socketAddress(address);
		case requests.mask:
			return socketAddress(mask);
		case requests.broadcast:
			return socketAddress((address | (~mask & broadcastAddress)) >>> 0);
		case requests.flags:
			return Uint8Array.of(flags & 255, flags >>> 8);
		default: {
			const bytes = new Uint8Array(4);
			new DataView(bytes.buffer).setInt32(
				0,
				request === requests.index ? index : largestPacket,
				true,
			);
			return bytes;
		}
	}
};

const socketAddress = (address: number): Uint8Array =>
	encodeEndpoint({address, port: 0}).subarray(0, internetAddressSize);
