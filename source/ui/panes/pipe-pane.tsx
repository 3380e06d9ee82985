// Pipes and FIFOs: how full each one is, who holds its ends and who sleeps at them, the bytes in it. The channels of the
// radio stand behind them.

import {meter} from '../../view-model/bars.js';
import {type Language, say} from '../../view-model/language.js';
import {namesWithin} from '../../view-model/lazy-names.js';
import type {PipeListView} from '../../view-model/pipe-list.js';
import {type PipeView, shownBytes} from '../../view-model/pipes.js';
import {type Line, type Span, span, type Tone} from '../../view-model/styled-text.js';
import {displayWidth, fitText} from '../../view-model/text-width.js';
import {formatBytes} from '../../view-model/units.js';
import {type HolderManner, holderPieces, inManner} from '../components/holder-spans.js';
import {
	type ItemList,
	type ItemText,
	ListPane,
	type Pieces,
	rowsPerItem,
} from '../components/list-pane.js';
import type {PaneFrame} from '../components/pane.js';
import {airRows} from './radio-rows.js';

export type PipePaneProps = {
	readonly frame: PaneFrame;
	readonly pipes: readonly PipeListView[];
	/** Somebody has used the radio: the pane is its, where no pipe is open. */
	readonly hasRadio: boolean;
	readonly selected: string | undefined;
	/** Names of channels that the selected process holds. */
	readonly marked: ReadonlySet<string>;
	readonly language: Language;
};

/** Rows of a pipe: the bar, the ends, the bytes. With little room, fewer. */
const rowsPerPipe = (height: number, count: number): number => {
	const rows = rowsPerItem(height, count, linesPerPipe);
	return rows === 1 && count > 1 && height >= 9 ? linesPerPipe : rows;
};

export const linesPerPipe = 3;

export const PipePane = (props: PipePaneProps) => <ListPane {...pipeList(props)} />;

export const pipeList = (props: PipePaneProps): ItemList<PipeListView> => {
	const {frame, pipes, selected, marked, language} = props;
	const height = frame.area.height - 2;
	const width = frame.area.width - 2;
	const perItem = Math.max(1, Math.min(height, rowsPerPipe(height, pipes.length)));
	return {
		frame,
		number: '2',
		...titleOf(props),
		items: pipes,
		perItem,
		isSelected: ({name}) => name === selected,
		isMarked: ({name}) => marked.has(name),
		manners: manners.length,
		textsOf(seen, index) {
			const nameWidth = Math.min(
				width >> 1,
				Math.max(6, ...seen.map(({name}) => displayWidth(name))),
			);
			const manner = {...manners[index]!, cells: 2 * width, language};
			return seen.map(view =>
				view.kind === 'radio'
					? {lines: airRows(view, {width, rows: perItem}, language).map(line => [line])}
					: perItem === 1
						? singleText(view, nameWidth, manner)
						: pipeText(view, fillLine(view, width - 1, frame.isAscii), manner),
			);
		},
	};
};

const titleOf = ({
	pipes,
	hasRadio,
	language,
}: PipePaneProps): {readonly title: string; readonly empty: string} => {
	const isRadio = (view: PipeListView) => view.kind === 'radio';
	const radio = say(language, 'pane.radio');
	const isRadioOnly = pipes.length === 0 ? hasRadio : pipes.every(isRadio);
	if (isRadioOnly) return {title: radio, empty: say(language, 'radio.none')};
	const title = say(language, 'pane.pipes');
	return {
		title: pipes.some(isRadio) ? `${title}, ${radio}` : title,
		empty: say(language, 'pipes.none'),
	};
};

type Manner = HolderManner & {
	/** Which end is which is said in words, too. */
	readonly hasWords: boolean;
};

/** How much is said of the ends. */
const manners = [
	{hasWords: true, names: 'descriptors'},
	{hasWords: false, names: 'descriptors'},
	{hasWords: false, names: 'names'},
	{hasWords: false, names: 'ids'},
] as const;

/** `write writer(3):4 → read reader(4):3 blocked` */
const endPieces = (pipe: PipeView, manner: Manner): Pieces => {
	const {opening} = pipe;
	const {language, cells} = manner;
	if (opening.length > 0) {
		const names = namesWithin(inManner(opening, manner.names), cells, language);
		return [[span(say(language, 'pipes.opening', {names}), 'blocked')]];
	}
	const word = (key: 'pipes.writeEnd' | 'pipes.readEnd'): readonly Span[] =>
		manner.hasWords ? [span(`${say(language, key)} `, 'dim')] : [];
	const [writers = [], ...sleepingWriters] = holderPieces(
		pipe.writers,
		pipe.blockedWriters,
		manner,
	);
	const [readers = [], ...sleepingReaders] = holderPieces(
		pipe.readers,
		pipe.blockedReaders,
		manner,
	);
	return [
		[...word('pipes.writeEnd'), ...writers],
		...sleepingWriters,
		[span('→ ', 'dim'), ...word('pipes.readEnd'), ...readers],
		...sleepingReaders,
	];
};

const pipeText = (pipe: PipeView, bar: Line, manner: Manner): ItemText => ({
	lines: [[bar], endPieces(pipe, manner)],
	rest: contents(pipe),
});

/** A pipe in one row: its ends, then how much is in it, and what. */
const singleText = (pipe: PipeView, nameWidth: number, manner: Manner): ItemText => ({
	lines: [[[span(fitText(pipe.name, nameWidth), 'strong')], ...endPieces(pipe, manner)]],
	rest:
		pipe.fill === 0 ? [] : [span(`${formatBytes(pipe.fill)} `, barTone(pipe)), ...contents(pipe)],
});

const contents = (pipe: PipeView): Line =>
	pipe.fill === 0 ? [] : [span(`"${pipe.text}${pipe.fill > shownBytes ? '…' : '"'}`, 'string')];

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

const barTone = (pipe: PipeView): Tone => {
	if (pipe.readers.length === 0 || pipe.writers.length === 0) return 'ended';
	return pipe.blockedWriters.length > 0 ? 'warning' : 'useful';
};
