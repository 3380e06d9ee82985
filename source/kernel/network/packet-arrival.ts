// A packet has come to the end of its way: it goes to the socket it is for.

import type {Kernel} from '../kernel.js';
import {landPacket} from './packet.js';
import {arriveTcp, failTcp} from '../sockets/tcp-input.js';
import {arriveUdp, failUdp} from '../sockets/udp-socket.js';

/** Carries out the arrival of a packet. */
export const arrivePacket = (kernel: Kernel, id: number): void => {
	const packet = landPacket(kernel, id);
	if (!packet) return;
	switch (packet.body.protocol) {
		case 'tcp': {
			arriveTcp(kernel, packet);
			return;
		}

		case 'udp': {
			arriveUdp(kernel, packet);
			return;
		}

		case 'icmp': {
			if (packet.body.about === 'tcp') failTcp(kernel, packet);
			else failUdp(kernel, packet);
		}
	}
};
