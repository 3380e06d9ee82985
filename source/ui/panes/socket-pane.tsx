// Sockets, as ss(8) lists them.

import {type Language, say} from '../../view-model/language.js';
import {firstVisible} from '../../view-model/scroll.js';
import type {SocketView} from '../../view-model/sockets.js';
import {type Line, span} from '../../view-model/styled-text.js';
import {formatBytes} from '../../view-model/units.js';
import {cellsLine, Pane, type PaneFrame, type PaneRow} from '../components/pane.js';

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
	const height = frame.area.height - 3;
	const perSocket = height >= 2 * sockets.length ? 2 : 1;
	const capacity = Math.max(1, Math.floor(height / perSocket));
	const index = Math.max(
		0,
		sockets.findIndex(socket => socket.key === selected),
	);
	const first = firstVisible(sockets.length, index, capacity);
	const visible = sockets.slice(first, first + capacity);
	const widths = widthsFor(frame.area.width - 3);
	const rows: PaneRow[] = visible.flatMap((socket, offset) => {
		const isSelected = first + offset === index;
		const isMarked = pid !== undefined && socket.pids.has(pid);
		const mark = isSelected
			? frame.isAscii
				? '>'
				: '▸'
			: isMarked
				? frame.isAscii
					? '<'
					: '◂'
				: ' ';
		const line = [span(mark, 'accent'), ...socketLine(socket, widths)];
		const row = {line, isSelected: isSelected && frame.isFocused};
		return perSocket === 2 ? [row, {line: queueLine(socket, language)}] : [row];
	});
	const header = {line: [span(' '), ...headerLine(widths)]};
	const empty = {line: [span(` ${say(language, 'sockets.none')}`, 'dim')]};
	return (
		<Pane
			frame={frame}
			number="3"
			title={`${say(language, 'pane.sockets')} ${sockets.length}`}
			rows={sockets.length === 0 ? [empty] : [header, ...rows]}
			above={first}
			below={Math.max(0, sockets.length - first - visible.length)}
		/>
	);
}

const fixedCells = 4 + 1 + 11 + 1 + 6 + 1 + 6 + 1;

/** The addresses share what is left; the process has a column of its own where there is room for it. */
const widthsFor = (width: number): Widths => {
	const rest = Math.max(10, width - fixedCells);
	const process = rest >= 56 ? 16 : 0;
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
			socket.local,
			socket.peer,
			socket.holders.map(({name}) => name).join(' '),
		],
		widths,
	);

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

/** What waits in it, what is on its way from it, who sleeps at it. */
const queueLine = (socket: SocketView, language: Language): Line => [
	span('     '),
	span(socket.text === '' ? '' : `"${socket.text}" `, 'string'),
	span(
		socket.inFlight > 0 ? `${say(language, 'sockets.inFlight', {count: socket.inFlight})} ` : '',
		'accent',
	),
	span(
		socket.blocked.length > 0
			? say(language, 'pipes.asleep', {names: socket.blocked.join(' ')})
			: '',
		'blocked',
	),
];
