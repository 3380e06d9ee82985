// The channels of /dev/radio: half-duplex, so one station talks and the others listen. Who talks, what it said last, who
// has not read it yet, and who waits for its turn.

import type {Kernel} from '../kernel/kernel.js';
import {canRead} from '../kernel/files/open-file.js';
import {type Air, type Station, talkerOn} from '../kernel/network/radio.js';
import {processName, threadName} from './accounts.js';
import {descriptorIndex, type Holder, holdersWhere} from './channels.js';
import {escapeBytes} from './escape.js';
import {type Language, say} from './language.js';
import {type Observed, perObservation} from './observed.js';

export type StationView = {
	readonly id: number;
	readonly host: string;
	/** Processes that have the station open. */
	readonly holders: readonly Holder[];
	/** It holds the button down. */
	readonly isTalking: boolean;
	/** Somebody who has it open sleeps until the channel is free. */
	readonly wantsToTalk: boolean;
	/** It was opened for reading. */
	readonly canListen: boolean;
	/** Bytes that have come and wait to be read, those that found no room, and the first of the former, escaped. */
	readonly unread: number;
	readonly missed: number;
	readonly text: string;
	/** Names of those who sleep in read() or poll(), in wake order. */
	readonly listeners: readonly string[];
};

export type AirView = {
	readonly kind: 'radio';
	/** `device:/dev/radio` */
	readonly name: string;
	/** Name of the process that holds the button down; '': nobody. */
	readonly talker: string;
	/** The newest transmission, escaped, and whose it is ('': from outside); undefined: none yet. */
	readonly last: {readonly text: string; readonly by: string} | undefined;
	readonly stations: readonly StationView[];
	/** Names of those who sleep until they may talk. */
	readonly waiting: readonly string[];
	/** Threads that sleep here: listeners, then those who want to talk. */
	readonly waiters: readonly number[];
	readonly unread: number;
	readonly bytesIn: number;
	readonly bytesOut: number;
	/** Processes that are tuned to it. */
	readonly pids: ReadonlySet<number>;
};

/** The channels that somebody is tuned to. */
export const airViews = perObservation((observed): readonly AirView[] => {
	const {airs, stations} = observed.kernel.network.radio;
	const tuned = [...stations.values()];
	return [...airs.values()].flatMap(air => {
		const here = tuned.filter(({channel}) => channel === air.channel);
		return here.length > 0 ? [airView(observed, air, here)] : [];
	});
});

const airView = (observed: Observed, air: Air, here: readonly Station[]): AirView => {
	const {kernel} = observed;
	const stations = here.map(station => stationView(observed, air, station));
	const talker = talkerOn(kernel, air.channel);
	const {last} = air;
	return {
		kind: 'radio',
		name: air.name,
		talker: talker ? processName(kernel, talker.pid) : '',
		last: last && {
			text: escapeBytes(last.data),
			by: last.pid === 0 ? '' : processName(kernel, last.pid),
		},
		stations,
		waiting: namesOf(kernel, air.talkQueue.waiters),
		waiters: [...here.flatMap(listenersAt), ...air.talkQueue.waiters],
		unread: stations.reduce((sum, {unread}) => sum + unread, 0),
		bytesIn: air.bytesIn,
		bytesOut: air.bytesOut,
		pids: new Set(stations.flatMap(({holders}) => holders.map(({pid}) => pid))),
	};
};

const stationView = (observed: Observed, air: Air, station: Station): StationView => {
	const {kernel} = observed;
	const index = descriptorIndex(observed.kernel);
	const files = [...index.values()].flatMap(([entry]) =>
		entry?.file.thing.kind === 'radio' && entry.file.thing.station === station ? [entry.file] : [],
	);
	const holders = holdersWhere(kernel, index, file => files.includes(file));
	const waiting = air.talkQueue.waiters.map(tid => kernel.threads.get(tid)?.pid);
	const canListen = files.some(canRead);
	return {
		id: station.id,
		host: station.host,
		holders,
		wantsToTalk: air.talker !== station.id && holders.some(({pid}) => waiting.includes(pid)),
		isTalking: air.talker === station.id,
		canListen,
		// What comes to one that can't read, nobody will ever read.
		unread: canListen ? station.heardBytes : 0,
		missed: canListen ? station.missedBytes : 0,
		text: canListen ? station.heard.map(data => escapeBytes(data)).join('') : '',
		listeners: namesOf(kernel, listenersAt(station)),
	};
};

const listenersAt = ({readQueue, readPoint}: Station): readonly number[] => [
	...readQueue.waiters,
	...readPoint.queue.waiters,
];

const namesOf = (kernel: Kernel, tids: readonly number[]): readonly string[] =>
	tids.map(tid => threadName(kernel, tid));

/** The station that talks on a channel, by the channel's name. */
export const talkerOfAir = (kernel: Kernel, name: string): Station | undefined => {
	const air = [...kernel.network.radio.airs.values()].find(candidate => candidate.name === name);
	return air && talkerOn(kernel, air.channel);
};

/** Who could let the button go: every process that has the talking station open. */
export const talkerPids = (kernel: Kernel, name: string): ReadonlySet<number> => {
	const talker = talkerOfAir(kernel, name);
	const pids = new Set<number>();
	for (const {pid, state, descriptors} of kernel.processes.values()) {
		const isHolder = descriptors.some(descriptor => {
			const thing = descriptor?.file.thing;
			return thing?.kind === 'radio' && thing.station === talker;
		});
		if (state === 'alive' && isHolder) pids.add(pid);
	}
	return pids;
};

/** Who talks, or that the channel is free. */
export const talkerWords = ({talker}: AirView, language: Language): string =>
	talker === '' ? say(language, 'radio.free') : say(language, 'radio.talks', {name: talker});

/** Who waits for a turn. */
export const waitingWords = ({waiting}: AirView, language: Language): string =>
	say(language, 'radio.wantsToTalk', {names: waiting.join(' ')});

/** `last from base(3): "over"`; in little room `base(3): "over"`. */
export const lastWords = (
	{text, by}: {readonly text: string; readonly by: string},
	language: Language,
	isShort = false,
): string => {
	const name = by === '' ? say(language, 'radio.outside') : by;
	return isShort ? `${name}: "${text}"` : `${say(language, 'radio.last', {name})}"${text}"`;
};

/** What a station does: `listens, 19 unread`. */
export const stationWords = (station: StationView, language: Language): string =>
	[
		station.isTalking ? say(language, 'radio.presses') : '',
		station.wantsToTalk ? say(language, 'radio.waits') : '',
		station.canListen ? '' : say(language, 'radio.sendsOnly'),
		station.listeners.length > 0 ? say(language, 'radio.listens') : '',
		station.unread > 0 ? say(language, 'radio.unread', {count: station.unread}) : '',
		station.missed > 0 ? say(language, 'radio.missed', {count: station.missed}) : '',
	]
		.filter(word => word !== '')
		.join(', ');
