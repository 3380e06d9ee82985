// Sockets, as ss(8) lists them.

import {type Language, say} from '../../view-model/language.js';
import type {SocketView} from '../../view-model/sockets.js';
import {type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {formatBytes} from '../../view-model/units.js';
import {holderSpans} from '../components/holder-spans.js';
import {ListPane, rowsPerItem} from '../components/list-pane.js';
import {cellsLine, type PaneFrame} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly sockets: readonly SocketView[];
	readonly selected: string | undefined;
	/** pid of the selected process: its sockets are marked. */
	readonly pid: number | undefined;
	readonly language: Language;
};

type Widths = {readonly local: number; readonly peer: number; readonly process: number};

export function SocketPane({frame, sockets, selected, pid, language}: Props) {
	const width = frame.area.width - 3;
	const widths = widthsFor(width);
	// Addresses are the point of a socket: where columns would cut them off, each socket is a line of words instead.
	const isTable = Math.min(widths.local, widths.peer) >= leastAddress;
	const height = frame.area.height - (isTable ? 3 : 2);
	const perSocket = rowsPerItem(height, sockets.length, 2);
	const linesOf = (socket: SocketView): readonly Line[] => {
		if (perSocket === 1)
			return [
				isTable
					? socketLine(socket, widths)
					: [...endsLine(socket, true), ...newsLine(socket, language)],
			];
		const moving = movingSpans(socket, language);
		const state = isTable ? [] : stateWords(socket, lineWidth(moving) > 0, language);
		const start = [span('   '), ...state, ...moving];
		const room = width * (perSocket - 1) - lineWidth(start);
		return [
			isTable ? socketLine(socket, widths) : endsLine(socket, false),
			[...start, ...peopleSpans(socket, widths.process > 0, room, language)],
		];
	};
	return (
		<ListPane
			frame={frame}
			number="3"
			title={say(language, 'pane.sockets')}
			empty={say(language, 'sockets.none')}
			items={sockets}
			perItem={perSocket}
			header={isTable ? [{line: [span(' '), ...headerLine(widths)]}] : []}
			isSelected={({key}) => key === selected}
			isMarked={({pids}) => pid !== undefined && pids.has(pid)}
			linesOf={linesOf}
		/>
	);
}

const fixedCells = 4 + 1 + 11 + 1 + 6 + 1 + 6 + 1;

/** `10.0.0.2:32768` */
const leastAddress = 14;

/** Whether the sockets stand in columns, below a header. */
export const isSocketTable = (paneWidth: number): boolean => {
	const {local, peer} = widthsFor(paneWidth - 3);
	return Math.min(local, peer) >= leastAddress;
};

/** The addresses share what is left; the process has a column of its own where there is room for it. */
const widthsFor = (width: number): Widths => {
	const rest = Math.max(10, width - fixedCells);
	const process = rest >= 2 * leastAddress + 12 ? Math.min(24, rest - 2 * leastAddress - 2) : 0;
	const each = Math.floor((rest - (process > 0 ? process + 1 : 0) - 1) / 2);
	return {local: each, peer: each, process};
};

const headerLine = (widths: Widths): Line =>
	columnsLine(['PROT', 'STATE', 'RECV-Q', 'SEND-Q', 'LOCAL', 'PEER', 'PROCESS'], widths).map(part =>
		span(part.text, 'dim'),
	);

const socketLine = (socket: SocketView, widths: Widths): Line =>
	columnsLine(
		[
			socket.protocol,
			socket.state,
			formatBytes(socket.receiveQueue),
			formatBytes(socket.sendQueue),
			localOf(socket),
			peerOf(socket),
			socket.holders.map(({name}) => name).join(' '),
		],
		widths,
	);

/** A socket without an address goes by its number, as under WAITS ON. */
const localOf = ({local, key}: SocketView): string =>
	local === '*' ? key.slice(key.indexOf(':') + 1) : local;

const peerOf = ({peer, protocol}: SocketView): string =>
	peer.startsWith(`${protocol}:`) ? peer.slice(protocol.length + 1) : peer;

const columnsLine = (texts: readonly string[], {local, peer, process}: Widths): Line =>
	cellsLine([
		{text: texts[0]!, width: 4},
		{text: texts[1]!, width: 11},
		{text: texts[2]!, width: 6, alignment: 'right' as const},
		{text: texts[3]!, width: 6, alignment: 'right' as const},
		{text: texts[4]!, width: local},
		{text: texts[5]!, width: peer},
		...(process > 0 ? [{text: texts[6]!, width: process}] : []),
	]);

/** `tcp 10.0.0.1:32768 → 10.0.0.2:7000` */
const endsLine = (socket: SocketView, isSingle: boolean): Line => [
	span(`${socket.protocol} `, 'dim'),
	span(localOf(socket), 'strong'),
	...(hasPeer(socket) ? [span(isSingle ? '→' : ' → ', 'dim'), span(peerOf(socket))] : []),
];

const hasPeer = (socket: SocketView): boolean => !['', '*', '*:*'].includes(peerOf(socket));

/**
 * Where a socket has one row: what is happening in it, else its state and its queues; how many connections a listener keeps
 * waiting in any case. One without a peer has room for who holds it.
 */
const newsLine = (socket: SocketView, language: Language): Line => {
	const {state, receiveQueue, sendQueue, holders} = socket;
	const asleep = asleepSpans(socket, language);
	const names = hasPeer(socket) ? [] : [span(holders.map(({name}) => name).join(' '))];
	const people = asleep.length > 0 ? asleep : names;
	if (state === 'LISTEN') return [span(' '), ...stateWords(socket, false, language), ...people];
	const moving = movingSpans(socket, language);
	if (lineWidth(moving) + lineWidth(asleep) > 0) return [span(' '), ...moving, ...people];
	const queues = receiveQueue + sendQueue > 0 ? ` ${receiveQueue}/${sendQueue}` : '';
	return [span(` ${state}${queues} `, 'dim'), ...people];
};

/** `ESTAB recv 0 send 3`; a listener's queues are connections. Empty queues are left out where there is news to show. */
const stateWords = (
	{state, receiveQueue, sendQueue}: SocketView,
	hasNews: boolean,
	language: Language,
): Line => {
	const isListening = state === 'LISTEN';
	const numbers = {receive: formatBytes(receiveQueue), send: formatBytes(sendQueue)};
	const isQuiet = !isListening && hasNews && receiveQueue + sendQueue === 0;
	return [
		span(`${state} `),
		span(
			isQuiet
				? ''
				: `${say(language, isListening ? 'sockets.backlog' : 'sockets.queues', numbers)} `,
			'dim',
		),
	];
};

/** What waits in it, and what is on its way from it. */
const movingSpans = (socket: SocketView, language: Language): Line => [
	span(socket.text === '' ? '' : `"${socket.text}" `, 'string'),
	span(flightWords(socket, language), 'accent'),
];

/** Who holds it, by descriptors where there is room, unless that stands in a column; who sleeps at it. */
const peopleSpans = (
	socket: SocketView,
	hasColumn: boolean,
	room: number,
	language: Language,
): Line => {
	if (hasColumn) return asleepSpans(socket, language);
	const people = holderSpans(socket.holders, socket.blocked, true, language);
	return lineWidth(people) <= room
		? people
		: holderSpans(socket.holders, socket.blocked, false, language);
};

/** Who sleeps at it. */
const asleepSpans = ({blocked}: SocketView, language: Language): Line =>
	blocked.length === 0
		? []
		: [span(say(language, 'pipes.asleep', {names: blocked.join(' ')}), 'blocked')];

/** `1 in flight: "hello" ` */
const flightWords = ({inFlight, flyingText}: SocketView, language: Language): string => {
	if (inFlight === 0) return '';
	const count = say(language, 'sockets.inFlight', {count: inFlight});
	return flyingText === '' ? `${count} ` : `${count}: "${flyingText}" `;
};
