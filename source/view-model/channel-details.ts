// What Enter opens in the Pipes and Sockets panes: the ends of one channel, who sleeps there, and the bytes in it.

import {capacityOf, fillLevel, peekPipe, type Pipe} from '../kernel/pipes/pipe.js';
import type {Kernel} from '../kernel/kernel.js';
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
	const bytes = peekPipe(pipe, dumpedBytes);
	const waiters = [pipe.readQueue, pipe.writeQueue, pipe.openQueue].flatMap(queue => queue.waiters);
	return [
		heading(say(language, 'details.ends')),
		endLine(say(language, 'pipes.writeEnd'), view.writers, language),
		endLine(say(language, 'pipes.readEnd'), view.readers, language),
		blank,
		...waiterLines(kernel, waiters, language),
		blank,
		[
			span(say(language, 'details.contents'), 'strong'),
			span(
				`  ${fillLevel(pipe)}/${capacityOf(pipe)}  in ${groupDigits(view.bytesIn)}  out ${groupDigits(view.bytesOut)}`,
				'dim',
			),
		],
		...(bytes.length > 0
			? [
					line(`  "${escapeBytes(bytes.subarray(0, 512))}"`, 'string'),
					blank,
					...hexDump(bytes).map(text => line(`  ${text}`)),
				]
			: [none(language)]),
	];
};

const socketLines = (kernel: Kernel, socket: SocketView, language: Language): readonly Line[] => {
	const pending = [...kernel.network.sockets.values()].find(({name}) => name === socket.key);
	const waiters = pending
		? [pending.readQueue, pending.writeQueue, pending.acceptQueue, pending.connectQueue].flatMap(
				queue => queue.waiters,
			)
		: [];
	return [
		heading(`${socket.protocol} ${socket.state}`),
		field(say(language, 'sockets.local'), socket.local),
		field(say(language, 'sockets.peer'), socket.peer),
		field('RECV-Q / SEND-Q', `${socket.receiveQueue} / ${socket.sendQueue}`),
		endLine(say(language, 'details.ends'), socket.holders, language),
		...(socket.inFlight > 0
			? [line(`  ${say(language, 'sockets.inFlight', {count: socket.inFlight})}`)]
			: []),
		blank,
		...waiterLines(kernel, waiters, language),
		blank,
		heading(say(language, 'details.contents')),
		socket.text === '' ? none(language) : line(`  "${socket.text}"`, 'string'),
	];
};

const airLines = (kernel: Kernel, air: AirView, language: Language): readonly Line[] => [
	[
		span(talkerWords(air, language), 'strong'),
		span(`  in ${groupDigits(air.bytesIn)}  out ${groupDigits(air.bytesOut)}`, 'dim'),
	],
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
