// What Enter opens in the Pipes and Sockets panes: the ends of one channel, who sleeps there, and the bytes in it.

import {capacityOf, fillLevel, peekPipe, type Pipe} from '../kernel/pipes/pipe.js';
import type {Kernel} from '../kernel/kernel.js';
import type {WaitQueue} from '../kernel/process/wait-queue.js';
import type {Socket} from '../kernel/sockets/socket.js';
import {peekRing} from '../kernel/sockets/socket-ring.js';
import {holderText} from './channels.js';
import {
	blank,
	type DetailsView,
	endLine,
	field,
	heading,
	none,
	waiterLines,
} from './detail-lines.js';
import {escapeBytes, hexDump} from './escape.js';
import {type Language, say} from './language.js';
import type {Observed} from './observed.js';
import {findPipe, pipeView} from './pipes.js';
import {
	type AirView,
	airViews,
	lastWords,
	type StationView,
	stationWords,
	talkerWords,
} from './radio.js';
import {type SocketView, socketViews} from './sockets.js';
import {type Line, line, span} from './styled-text.js';
import {groupDigits} from './units.js';

/** Bytes of a channel's queue that the details show. */
const dumpedBytes = 4096;

/** Bytes of it that they show as text. */
const textBytes = 512;

/** Everything about one channel, by its name. */
export const channelDetails = (
	observed: Observed,
	name: string,
	language: Language,
): DetailsView => {
	const {kernel} = observed;
	const title = say(language, 'details.channel', {name});
	const socket = socketViews(observed).find(({key}) => key === name);
	if (socket) return {title, lines: socketLines(kernel, socket, language)};
	const air = airViews(observed).find(view => view.name === name);
	if (air) return {title, lines: airLines(kernel, air, language)};
	const pipe = findPipe(kernel, name);
	return {
		title,
		lines: pipe ? pipeLines(kernel, pipe, language) : [line(say(language, 'details.gone'), 'dim')],
	};
};

const pipeLines = (kernel: Kernel, pipe: Pipe, language: Language): readonly Line[] => {
	const view = pipeView(kernel, pipe);
	const {readQueue, writeQueue, openQueue, readPoint, writePoint} = pipe;
	const queues = [readQueue, readPoint.queue, writeQueue, writePoint.queue, openQueue];
	return [
		heading(say(language, 'details.ends')),
		endLine(say(language, 'pipes.writeEnd'), view.writers, language),
		endLine(say(language, 'pipes.readEnd'), view.readers, language),
		blank,
		...waiterLines(kernel, waitersIn(queues), language),
		blank,
		[
			span(say(language, 'details.contents'), 'strong'),
			span(`  ${groupDigits(fillLevel(pipe))}/${groupDigits(capacityOf(pipe))}`, 'dim'),
			span(`  ${totals(view, language)}`, 'dim'),
		],
		...byteLines(peekPipe(pipe, dumpedBytes), fillLevel(pipe), language),
	];
};

/** Those who sleep in a call of their own and those who poll(2), in the order in which they hear of it. */
const waitersIn = (queues: readonly WaitQueue[]): readonly number[] =>
	queues.flatMap(({waiters}) => waiters);

const totals = (
	{bytesIn, bytesOut}: {readonly bytesIn: number; readonly bytesOut: number},
	language: Language,
): string =>
	say(language, 'details.totals', {in: groupDigits(bytesIn), out: groupDigits(bytesOut)});

/** The first bytes as text and in numbers, and how many are left out. */
const byteLines = (bytes: Uint8Array, count: number, language: Language): readonly Line[] => {
	if (count === 0) return [none(language)];
	const end = count > textBytes ? '…' : '"';
	return [
		line(`  "${escapeBytes(bytes.subarray(0, textBytes))}${end}`, 'string'),
		blank,
		...hexDump(bytes).map(text => line(`  ${text}`)),
		...(count > bytes.length
			? [
					line(
						`  ${say(language, 'details.more', {count: groupDigits(count - bytes.length)})}`,
						'dim',
					),
				]
			: []),
	];
};

const socketLines = (kernel: Kernel, view: SocketView, language: Language): readonly Line[] => {
	// Of several with one name all but the first go by their number, too.
	const socket = [...kernel.network.sockets.values()].find(
		({id, name}) => view.key === name || view.key === `${name}#${id}`,
	);
	const isListening = view.state === 'LISTEN';
	return [
		heading(`${view.protocol} ${view.state}`),
		field(say(language, 'sockets.local'), view.local),
		field(say(language, 'sockets.peer'), view.peer),
		isListening
			? line(`  ${backlogWords(view, language)}`)
			: field(
					'RECV-Q / SEND-Q',
					`${groupDigits(view.receiveQueue)} / ${groupDigits(view.sendQueue)}`,
				),
		endLine(say(language, 'details.ends'), view.holders, language),
		...(view.inFlight > 0
			? [line(`  ${say(language, 'sockets.inFlight', {count: view.inFlight})}`)]
			: []),
		blank,
		...waiterLines(kernel, socket ? waitersIn(queuesOf(socket)) : [], language),
		...(isListening ? pendingLines(kernel, socket, language) : queueLines(view, socket, language)),
	];
};

const backlogWords = ({receiveQueue, sendQueue}: SocketView, language: Language): string =>
	say(language, 'sockets.backlog', {
		receive: groupDigits(receiveQueue),
		send: groupDigits(sendQueue),
	});

const queuesOf = (socket: Socket): readonly WaitQueue[] => [
	socket.readQueue,
	socket.readPoint.queue,
	socket.writeQueue,
	socket.writePoint.queue,
	...('roomQueue' in socket ? [socket.roomQueue] : []),
	socket.acceptQueue,
	socket.connectQueue,
];

/** Connections that wait to be accepted: from where, and what they have sent already. */
const pendingLines = (
	{network}: Kernel,
	listener: Socket | undefined,
	language: Language,
): readonly Line[] => {
	const ids = listener && 'pending' in listener ? listener.pending : [];
	const lines = ids.flatMap((id, index) => {
		const socket = network.sockets.get(id);
		return socket ? [line(`  ${index + 1}. ${socket.name}`)] : [];
	});
	return [
		blank,
		heading(say(language, 'details.pendingConnections')),
		...(lines.length > 0 ? lines : [none(language)]),
	];
};

/** What has come and not been read; of TCP also what has been sent and may have to be sent again. */
const queueLines = (
	view: SocketView,
	socket: Socket | undefined,
	language: Language,
): readonly Line[] => [
	blank,
	heading(say(language, 'details.received')),
	view.text === '' ? none(language) : line(`  "${view.text}"`, 'string'),
	...(socket?.protocol === 'tcp'
		? [
				blank,
				heading(say(language, 'details.sent')),
				...byteLines(peekRing(socket.outgoing, 0, dumpedBytes), socket.outgoing.length, language),
			]
		: []),
];

const airLines = (kernel: Kernel, air: AirView, language: Language): readonly Line[] => [
	[span(talkerWords(air, language), 'strong'), span(`  ${totals(air, language)}`, 'dim')],
	air.last
		? line(`  ${lastWords(air.last, language)}`, 'string')
		: line(`  ${say(language, 'radio.silent')}`, 'dim'),
	blank,
	heading(say(language, 'radio.stations')),
	...air.stations.flatMap(station => stationLines(station, language)),
	blank,
	...waiterLines(kernel, air.waiters, language),
];

const stationLines = (station: StationView, language: Language): readonly Line[] => [
	field(
		station.host,
		`${station.holders.map(holderText).join('; ')}  ${stationWords(station, language)}`,
	),
	...(station.unread > 0 ? [line(`    "${station.text}"`, 'string')] : []),
];
