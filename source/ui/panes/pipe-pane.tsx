// Pipes and FIFOs: how full each one is, the bytes in it, who holds its ends and who sleeps at them.

import {meter} from '../../view-model/bars.js';
import type {Holder} from '../../view-model/channels.js';
import {type Language, say} from '../../view-model/language.js';
import type {PipeView} from '../../view-model/pipes.js';
import {firstVisible} from '../../view-model/scroll.js';
import {type Line, span, type Tone} from '../../view-model/styled-text.js';
import {fitText, truncate} from '../../view-model/text-width.js';
import {formatBytes} from '../../view-model/units.js';
import {Pane, type PaneFrame, type PaneRow} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly pipes: readonly PipeView[];
	readonly selected: string | undefined;
	/** Names of channels that the selected process holds. */
	readonly marked: ReadonlySet<string>;
	readonly language: Language;
};

/** Rows of a pipe: the bar, the bytes, the ends. With little room, fewer. */
export const rowsPerPipe = (height: number, count: number): number => {
	if (height >= 3 * count || height >= 6) return 3;
	return height >= 2 * count ? 2 : height >= 3 && count === 1 ? 3 : 2;
};

export function PipePane({frame, pipes, selected, marked, language}: Props) {
	const height = frame.area.height - 2;
	const width = frame.area.width - 2;
	const perPipe = Math.max(1, Math.min(height, rowsPerPipe(height, pipes.length)));
	const capacity = Math.max(1, Math.floor(height / perPipe));
	const index = Math.max(
		0,
		pipes.findIndex(pipe => pipe.name === selected),
	);
	const first = firstVisible(pipes.length, index, capacity);
	const visible = pipes.slice(first, first + capacity);
	const rows: PaneRow[] = visible.flatMap((pipe, offset) => {
		const isSelected = first + offset === index;
		const mark = isSelected
			? frame.isAscii
				? '>'
				: '▸'
			: marked.has(pipe.name)
				? frame.isAscii
					? '<'
					: '◂'
				: ' ';
		return [
			{
				line: [span(mark, 'accent'), ...fillLine(pipe, width - 1, frame.isAscii, language)],
				isSelected: isSelected && frame.isFocused,
			},
			{line: contentsLine(pipe, width, language)},
			{line: endsLine(pipe, language)},
		].slice(0, perPipe);
	});
	const empty = {line: [span(` ${say(language, 'pipes.none')}`, 'dim')]};
	return (
		<Pane
			frame={frame}
			number="2"
			title={`${say(language, 'pane.pipes')} ${pipes.length}`}
			rows={pipes.length === 0 ? [empty] : rows}
			above={first}
			below={Math.max(0, pipes.length - first - visible.length)}
		/>
	);
}

const fillLine = (pipe: PipeView, width: number, isAscii: boolean, language: Language): Line => {
	const isBlocked = pipe.blockedReaders.length + pipe.blockedWriters.length > 0;
	const count = ` ${formatBytes(pipe.fill)}/${formatBytes(pipe.capacity)}`;
	const nameWidth = Math.min(Math.max(8, pipe.name.length), Math.floor(width * 0.4));
	const asleep = isBlocked
		? ` ${say(language, 'pipes.asleep', {names: [...pipe.blockedReaders, ...pipe.blockedWriters].join(' ')})}`
		: '';
	const shownAsleep = truncate(asleep, Math.max(0, width - nameWidth - count.length - 6));
	const bar = Math.max(
		3,
		Math.min(32, width - nameWidth - count.length - 3 - [...shownAsleep].length),
	);
	return [
		span(fitText(pipe.name, nameWidth), 'strong'),
		span(' ▕'.replace('▕', isAscii ? '[' : '▕'), 'dim'),
		span(meter(pipe.fill, pipe.capacity, bar, isAscii), barTone(pipe)),
		span(isAscii ? ']' : '▏', 'dim'),
		span(count),
		span(shownAsleep, 'blocked'),
	];
};

const barTone = (pipe: PipeView): Tone => {
	if (pipe.readers.length === 0 || pipe.writers.length === 0) return 'ended';
	return pipe.blockedWriters.length > 0 ? 'warning' : 'useful';
};

const contentsLine = (pipe: PipeView, width: number, language: Language): Line =>
	pipe.fill === 0
		? [span(`   ${say(language, 'pipes.empty')}`, 'dim')]
		: [span('   '), span(truncate(`"${pipe.text}"`, Math.max(1, width - 4)), 'string')];

const endsLine = (pipe: PipeView, language: Language): Line => [
	span(`   ${say(language, 'pipes.writeEnd')} `, 'dim'),
	...holders(pipe.writers, language),
	span(' → ', 'dim'),
	span(`${say(language, 'pipes.readEnd')} `, 'dim'),
	...holders(pipe.readers, language),
];

const holders = (list: readonly Holder[], language: Language): Line =>
	list.length === 0
		? [span(say(language, 'pipes.nobody'), 'warning')]
		: [span(list.map(({name, descriptors}) => `${name}:${descriptors.join(',')}`).join(' '))];
