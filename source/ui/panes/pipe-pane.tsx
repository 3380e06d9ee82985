// Pipes and FIFOs: how full each one is, the bytes in it, who holds its ends and who sleeps at them. The channels of the
// radio stand behind them.

import {meter} from '../../view-model/bars.js';
import {type Language, say} from '../../view-model/language.js';
import type {PipeListView} from '../../view-model/pipe-list.js';
import {type PipeView, shownBytes} from '../../view-model/pipes.js';
import {type Line, lineWidth, span, type Tone} from '../../view-model/styled-text.js';
import {displayWidth, fitText, truncate} from '../../view-model/text-width.js';
import {formatBytes} from '../../view-model/units.js';
import {holderSpans} from '../components/holder-spans.js';
import {ListPane, rowsPerItem} from '../components/list-pane.js';
import type {PaneFrame} from '../components/pane.js';
import {airRows} from './radio-rows.js';

type Props = {
	readonly frame: PaneFrame;
	readonly pipes: readonly PipeListView[];
	readonly selected: string | undefined;
	/** Names of channels that the selected process holds. */
	readonly marked: ReadonlySet<string>;
	readonly language: Language;
};

/** Rows of a pipe: the bar, the bytes, the ends. With little room, fewer. */
export const rowsPerPipe = (height: number, count: number): number => {
	const rows = rowsPerItem(height, count, linesPerPipe);
	return rows === 1 && count > 1 && height >= 9 ? linesPerPipe : rows;
};

export const linesPerPipe = 3;

export function PipePane({frame, pipes, selected, marked, language}: Props) {
	const height = frame.area.height - 2;
	const width = frame.area.width - 2;
	const perItem = Math.max(1, Math.min(height, rowsPerPipe(height, pipes.length)));
	return (
		<ListPane
			frame={frame}
			number="2"
			title={titleOf(pipes, language)}
			empty={say(language, 'pipes.none')}
			items={pipes}
			perItem={perItem}
			isSelected={({name}) => name === selected}
			isMarked={({name}) => marked.has(name)}
			linesOf={view =>
				view.kind === 'radio'
					? airRows(view, {width, rows: perItem}, language)
					: pipeRows(view, {width, rows: perItem, isAscii: frame.isAscii}, language)
			}
		/>
	);
}

const titleOf = (pipes: readonly PipeListView[], language: Language): string => {
	const kinds = new Set(pipes.map(({kind}) => kind));
	return [
		...(kinds.has('pipe') || kinds.size === 0 ? [say(language, 'pane.pipes')] : []),
		...(kinds.has('radio') ? [say(language, 'pane.radio')] : []),
	].join(', ');
};

const pipeRows = (
	pipe: PipeView,
	{
		width,
		rows,
		isAscii,
	}: {readonly width: number; readonly rows: number; readonly isAscii: boolean},
	language: Language,
): readonly Line[] =>
	rows === 1
		? [singleLine(pipe, width - 1, language)]
		: [
				fillLine(pipe, width - 1, isAscii),
				contentsLine(pipe, language),
				endsLine(pipe, width - 1, language, rows > linesPerPipe),
			];

const fillLine = (pipe: PipeView, width: number, isAscii: boolean): Line => {
	const count = ` ${formatBytes(pipe.fill)}/${formatBytes(pipe.capacity)}`;
	const nameWidth = Math.min(Math.max(8, displayWidth(pipe.name)), Math.floor(width * 0.6));
	const bar = Math.max(3, Math.min(32, width - nameWidth - count.length - 3));
	return [
		span(fitText(pipe.name, nameWidth), 'strong'),
		span(isAscii ? ' [' : ' ▕', 'dim'),
		span(meter(pipe.fill, pipe.capacity, bar, isAscii), barTone(pipe)),
		span(isAscii ? ']' : '▏', 'dim'),
		span(count),
	];
};

/** A pipe in one row: what stands in it, or who is at its ends while it is empty. */
const singleLine = (pipe: PipeView, width: number, language: Language): Line => {
	const name = [
		span(fitText(pipe.name, Math.min(Math.max(8, displayWidth(pipe.name)), width >> 1)), 'strong'),
		span(fitText(formatBytes(pipe.fill), 5, 'right'), barTone(pipe)),
	];
	const room = width - lineWidth(name) - 1;
	return [
		...name,
		span(' '),
		...(pipe.fill > 0
			? [span(truncate(`"${pipe.text}"`, room), 'string')]
			: endsLine(pipe, room + 3, language).slice(1)),
	];
};

const barTone = (pipe: PipeView): Tone => {
	if (pipe.readers.length === 0 || pipe.writers.length === 0) return 'ended';
	return pipe.blockedWriters.length > 0 ? 'warning' : 'useful';
};

const contentsLine = (pipe: PipeView, language: Language): Line =>
	pipe.fill === 0
		? [span(`   ${say(language, 'pipes.empty')}`, 'dim')]
		: [span('   '), span(`"${pipe.text}${pipe.fill > shownBytes ? '…' : '"'}`, 'string')];

/** How much is said of the ends: as much as the width allows. */
const manners = [
	{hasWords: true, hasDescriptors: true},
	{hasWords: false, hasDescriptors: true},
	{hasWords: false, hasDescriptors: false},
] as const;

/**
 * `write writer(3):4 → read reader(4):3 blocked`; where there is little room, without the words, then without the
 * descriptors too, unless it may go on in another row.
 */
const endsLine = (pipe: PipeView, width: number, language: Language, mayGoOn = false): Line => {
	const {opening} = pipe;
	if (opening.length > 0)
		return [
			span('   '),
			span(say(language, 'pipes.opening', {names: opening.join(' ')}), 'blocked'),
		];
	const lines = manners.map(manner => endsIn(pipe, manner, language));
	const fitting = lines.find(line => lineWidth(line) <= width);
	return mayGoOn && fitting !== lines[1] ? lines[0]! : (fitting ?? lines.at(-1)!);
};

const endsIn = (pipe: PipeView, manner: (typeof manners)[number], language: Language): Line => {
	const word = (key: 'pipes.writeEnd' | 'pipes.readEnd'): Line =>
		manner.hasWords ? [span(`${say(language, key)} `, 'dim')] : [];
	return [
		span('   '),
		...word('pipes.writeEnd'),
		...holderSpans(pipe.writers, pipe.blockedWriters, manner.hasDescriptors, language),
		span(' → ', 'dim'),
		...word('pipes.readEnd'),
		...holderSpans(pipe.readers, pipe.blockedReaders, manner.hasDescriptors, language),
	];
};
