// Sockets, as ss(8) lists them.

import {type Language, say} from '../../view-model/language.js';
import {namesWithin, lazyNames} from '../../view-model/lazy-names.js';
import type {SocketView} from '../../view-model/sockets.js';
import {type Line, lineWidth, type Span, span} from '../../view-model/styled-text.js';
import {displayWidth} from '../../view-model/text-width.js';
import {formatBytes} from '../../view-model/units.js';
import {asleepPieces, type HolderManner, holderPieces} from '../components/holder-spans.js';
import {
	type ItemList,
	type ItemText,
	ListPane,
	type Pieces,
	rowsPerItem,
} from '../components/list-pane.js';
import {cellsLine, type PaneFrame} from '../components/pane.js';

export type SocketPaneProps = {
	readonly frame: PaneFrame;
	readonly sockets: readonly SocketView[];
	/** Names of the hosts: of several, each socket says where it is. */
	readonly hosts: readonly string[];
	/** Links that are cut, `alpha–beta`: no socket knows of it. */
	readonly cut: readonly string[];
	readonly selected: string | undefined;
	/** pid of the selected process: its sockets are marked. */
	readonly pid: number | undefined;
	readonly language: Language;
};

export const SocketPane = (props: SocketPaneProps) => <ListPane {...socketList(props)} />;

export const socketList = ({
	frame,
	sockets,
	hosts,
	cut,
	selected,
	pid,
	language,
}: SocketPaneProps): ItemList<SocketView> => {
	const width = frame.area.width - 3;
	const widths = widthsFor(width, hosts);
	const height = frame.area.height - 2;
	const perRow = rowsPerItem(height - 1, sockets.length, 2);
	// Addresses are the point of a socket: where columns would cut them off, or leave no room to say who holds it, each
	// socket is a line of words instead.
	const isTable =
		Math.min(widths.local, widths.peer) >= leastAddress && (perRow > 1 || widths.process > 0);
	const perItem = isTable ? perRow : rowsPerItem(height, sockets.length, 2);
	const cells = 2 * width;
	return {
		frame,
		number: '3',
		title: say(language, 'pane.sockets'),
		warning: cut.length === 0 ? '' : `${cut.join(', ')}: ${say(language, 'link.down')}`,
		empty: say(language, 'sockets.none'),
		items: sockets,
		perItem,
		header: isTable ? [{line: [span(' '), ...headerLine(widths)]}] : [],
		isSelected: ({key}) => key === selected,
		isMarked: ({pids}) => pid !== undefined && pids.has(pid),
		manners: commonManners + 2,
		textsOf(seen, index) {
			const textIn = (socket: SocketView, at: number): ItemText => {
				const {hasHost, ...others} = manners[at]!;
				const manner = {...others, cells, language, hasHost: hasHost && hosts.length > 1};
				return isTable
					? tableText(socket, widths, perItem, manner)
					: wordsText(socket, perItem === 1, manner);
			};
			if (index < commonManners) return seen.map(socket => textIn(socket, index));
			// Where they can't all say as much, each says what its own row has room for, or goes on in a row that is left; in
			// the last manner the other end is cut off.
			const last = manners.length - (index === commonManners ? 2 : 1);
			return seen.map(socket => {
				for (let at = 1; ; at++) {
					const text = textIn(socket, at);
					if (at === last || text.lines.every(isFittingIn(width))) return text;
				}
			});
		},
	};
};

const isFittingIn =
	(width: number) =>
	(pieces: Pieces, index: number): boolean =>
		pieces.reduce((sum, piece) => sum + lineWidth(piece) + 1, index === 0 ? -1 : 2) <= width;

type Manner = HolderManner & {
	readonly hasHost: boolean;
	/** States of every day are said, too. */
	readonly isFull: boolean;
	/** The backlog is said in words. */
	readonly hasWords: boolean;
	/** Who sleeps is said instead of who holds it. */
	readonly isBare: boolean;
	/** The other end is what may be cut. */
	readonly isPeerLast: boolean;
};

/** How much is said of a socket. */
const most = {
	hasHost: true,
	names: 'descriptors',
	isFull: true,
	hasWords: true,
	isBare: false,
	isPeerLast: false,
} as const;
const brief = {...most, hasHost: false, names: 'ids', isFull: false} as const;
const manners = [
	most,
	{...most, names: 'names'},
	{...most, names: 'names', isFull: false},
	{...brief, names: 'names'},
	brief,
	{...brief, hasWords: false},
	{...brief, hasWords: false, isBare: true},
	{...brief, hasWords: false, isBare: true, isPeerLast: true},
] as const;

/** So many of them are for all sockets alike. */
const commonManners = 2;

const tableText = (socket: SocketView, widths: Widths, rows: number, manner: Manner): ItemText => {
	const {holders, blocked} = socket;
	const rest = movingSpans(socket, manner.language);
	const inColumn = lazyNames(holders, ({name}) => name);
	const names = namesWithin(inColumn, widths.process + 1, manner.language);
	const line = socketLine(socket, widths, names);
	if (rows === 1) return {lines: [[line]], rest};
	const isSaid = widths.process > 0 && displayWidth(names) <= widths.process;
	const news = [
		...(manner.hasHost && widths.host === 0 ? [[span(socket.host)]] : []),
		...(isSaid ? asleepPieces(blocked, manner) : holderPieces(holders, blocked, manner)),
		...flightPieces(socket, manner.language),
	];
	return {lines: news.length > 0 ? [[line], news] : [[line]], rest};
};

const wordsText = (socket: SocketView, isSingle: boolean, manner: Manner): ItemText => {
	const {protocol} = socket;
	const arrow = isSingle ? '→' : ' → ';
	const peer: Line = hasPeer(socket) ? [span(arrow, 'dim'), span(peerOf(socket))] : [];
	const local: Line = [
		...(manner.hasHost ? [span(`${socket.host} `)] : []),
		span(`${protocol} `, 'dim'),
		span(localOf(socket), 'strong'),
	];
	const news = [
		...statePieces(socket, manner),
		...peoplePieces(socket, isSingle, manner),
		...flightPieces(socket, manner.language),
	];
	const rest = movingSpans(socket, manner.language);
	if (!isSingle)
		return {lines: news.length > 0 ? [[[...local, ...peer]], news] : [[[...local, ...peer]]], rest};
	const ends = manner.isPeerLast ? [local, ...news, peer] : [[...local, ...peer], ...news];
	return {lines: [ends.filter(piece => piece.length > 0)], rest};
};

/** Who holds it, and who sleeps at it. Nobody holds a connection that waits in a backlog, or that has been closed. */
const peoplePieces = (
	{holders, blocked}: SocketView,
	isSingle: boolean,
	manner: Manner,
): readonly Line[] => {
	if (manner.isBare && blocked.length > 0 && blocked.length < holders.length)
		return asleepPieces(blocked, manner);
	return holders.length === 0 && isSingle ? [] : holderPieces(holders, blocked, manner);
};

type Widths = {
	readonly host: number;
	readonly local: number;
	readonly peer: number;
	readonly process: number;
};

const fixedCells = 4 + 1 + 11 + 1 + 6 + 1 + 6 + 1;

/** `10.0.0.2:32768` */
const leastAddress = 14;

const widestHost = 10;

/** The addresses share what is left; the host and the process have columns of their own where there is room for them. */
const widthsFor = (width: number, hosts: readonly string[]): Widths => {
	const whole = Math.max(10, width - fixedCells);
	const named = Math.min(widestHost, Math.max(4, ...hosts.map(displayWidth))) + 1;
	const hasHost = hosts.length > 1 && whole >= 2 * leastAddress + 1 + named;
	const rest = whole - (hasHost ? named : 0);
	const process = rest >= 2 * leastAddress + 12 ? Math.min(24, rest - 2 * leastAddress - 2) : 0;
	const each = Math.floor((rest - (process > 0 ? process + 1 : 0) - 1) / 2);
	return {host: hasHost ? named - 1 : 0, local: each, peer: each, process};
};

const headerLine = (widths: Widths): Line =>
	columnsLine(
		['HOST', 'PROT', 'STATE', 'RECV-Q', 'SEND-Q', 'LOCAL', 'PEER', 'PROCESS'],
		widths,
	).map(part => span(part.text, 'dim'));

const socketLine = (socket: SocketView, widths: Widths, names: string): Line =>
	columnsLine(
		[
			socket.host,
			socket.protocol,
			socket.state,
			...queuesOf(socket),
			localOf(socket),
			peerOf(socket),
			names,
		],
		widths,
	);

/** Of a listener they are numbers of connections. */
const queuesOf = ({state, receiveQueue, sendQueue}: SocketView): readonly [string, string] =>
	state === 'LISTEN'
		? [String(receiveQueue), String(sendQueue)]
		: [formatBytes(receiveQueue), formatBytes(sendQueue)];

/** A socket without an address goes by its number, as under WAITS ON; so do those that have an address in common. */
const localOf = ({local, key, protocol}: SocketView): string => {
	const name = key.slice(key.indexOf(':') + 1);
	return local === '*' || (protocol === 'unix' && name.startsWith(`${local}#`)) ? name : local;
};

const peerOf = ({peer, protocol}: SocketView): string =>
	peer.startsWith(`${protocol}:`) ? peer.slice(protocol.length + 1) : peer;

const columnsLine = (texts: readonly string[], {host, local, peer, process}: Widths): Line =>
	cellsLine([
		...(host > 0 ? [{text: texts[0]!, width: host}] : []),
		{text: texts[1]!, width: 4},
		{text: texts[2]!, width: 11},
		{text: texts[3]!, width: 6, alignment: 'right' as const},
		{text: texts[4]!, width: 6, alignment: 'right' as const},
		{text: texts[5]!, width: local},
		{text: texts[6]!, width: peer},
		...(process > 0 ? [{text: texts[7]!, width: process}] : []),
	]);

const hasPeer = (socket: SocketView): boolean => !['', '*', '*:*'].includes(peerOf(socket));

/** `ESTAB SEND-Q 3`, `LISTEN backlog 0 of 4`: the state, and what waits to be read, to be sent, to be accepted. */
const statePieces = (socket: SocketView, {isFull, hasWords, language}: Manner): readonly Line[] => {
	const {state, receiveQueue, sendQueue} = socket;
	const [receive, send] = queuesOf(socket);
	if (state === 'LISTEN') {
		const backlog = hasWords
			? say(language, 'sockets.backlog', {receive, send})
			: `${receive}/${send}`;
		return [[span(`${state} `), span(backlog, 'dim')]];
	}
	const words: Span[] = [
		...(isFull || !everydayStates.has(state) ? [span(state)] : []),
		...(receiveQueue > 0 ? [span(`RECV-Q ${receive}`, 'dim')] : []),
		...(sendQueue > 0 ? [span(`SEND-Q ${send}`, 'dim')] : []),
	];
	return words.map(word => [word]);
};

const everydayStates: ReadonlySet<string> = new Set(['ESTAB', 'UNCONN']);

/** `1 in flight`: packets without bytes. */
const flightPieces = ({inFlight, flyingText}: SocketView, language: Language): readonly Line[] =>
	inFlight > 0 && flyingText === ''
		? [[span(say(language, 'sockets.inFlight', {count: inFlight}), 'accent')]]
		: [];

/** The bytes that wait in it, and those on their way from it: `1 in flight: "hello"`. */
const movingSpans = (socket: SocketView, language: Language): Line => {
	const {text, inFlight, flyingText} = socket;
	const waiting = text === '' ? [] : [span(`"${text}"`, 'string')];
	if (flyingText === '') return waiting;
	const flight = `${say(language, 'sockets.inFlight', {count: inFlight})}: "${flyingText}"`;
	return [...waiting, span(text === '' ? flight : ` ${flight}`, 'accent')];
};
