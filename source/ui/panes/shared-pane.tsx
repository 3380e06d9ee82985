// What processes share: variables and memory, semaphores, message queues, files.

import {type Language, say} from '../../view-model/language.js';
import {firstVisible} from '../../view-model/scroll.js';
import {type SharedView, sharedValue} from '../../view-model/shared.js';
import {type Line, span} from '../../view-model/styled-text.js';
import {fitText} from '../../view-model/text-width.js';
import {Pane, type PaneFrame, type PaneRow} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly items: readonly SharedView[];
	readonly selected: string | undefined;
	/** pid of the selected process: what it sees is marked. */
	readonly pid: number | undefined;
	readonly language: Language;
};

export function SharedPane({frame, items, selected, pid, language}: Props) {
	const height = frame.area.height - 2;
	const perItem = height >= 2 * items.length && height >= 2 ? 2 : 1;
	const capacity = Math.max(1, Math.floor(height / perItem));
	const index = Math.max(
		0,
		items.findIndex(item => item.key === selected),
	);
	const first = firstVisible(items.length, index, capacity);
	const visible = items.slice(first, first + capacity);
	const nameWidth = Math.min(20, Math.max(6, ...items.map(item => nameOf(item).length)));
	const valueWidth = Math.min(24, Math.max(4, ...items.map(item => sharedValue(item).length)));
	const rows: PaneRow[] = visible.flatMap((item, offset) => {
		const isSelected = first + offset === index;
		const isMarked = pid !== undefined && item.pids.has(pid);
		const mark = isSelected
			? frame.isAscii
				? '>'
				: '▸'
			: isMarked
				? frame.isAscii
					? '<'
					: '◂'
				: ' ';
		const head = [span(mark, 'accent'), ...valueLine(item, nameWidth, valueWidth, language)];
		const seen = seenLine(item, language);
		const isMarkedRow = isSelected && frame.isFocused;
		return perItem === 2
			? [{line: head, isSelected: isMarkedRow}, {line: [span('   '), ...seen]}]
			: [{line: [...head, span(' '), ...seen], isSelected: isMarkedRow}];
	});
	const empty = {line: [span(` ${say(language, 'shared.none')}`, 'dim')]};
	return (
		<Pane
			frame={frame}
			number="4"
			title={`${say(language, 'pane.shared')} ${items.length}`}
			rows={items.length === 0 ? [empty] : rows}
			above={first}
			below={Math.max(0, items.length - first - visible.length)}
		/>
	);
}

const nameOf = (item: SharedView): string => (item.kind === 'variable' ? item.lvalue : item.name);

/** `*left = 3   by writer(3)` */
const valueLine = (
	item: SharedView,
	nameWidth: number,
	valueWidth: number,
	language: Language,
): Line => {
	const hasValue = item.kind === 'variable' || item.kind === 'semaphore';
	const line = [
		span(fitText(nameOf(item), nameWidth), 'strong'),
		span(hasValue ? ' = ' : '   ', 'dim'),
		span(fitText(sharedValue(item), valueWidth), hasValue ? 'number' : 'plain'),
	];
	if (item.kind === 'variable' && item.writer !== '')
		return [...line, span(` ${say(language, 'shared.writtenBy', {name: item.writer})}`, 'accent')];
	if (item.kind === 'variable' || item.kind === 'memory' || item.blocked.length === 0) return line;
	return [
		...line,
		span(` ${say(language, 'pipes.asleep', {names: item.blocked.join(' ')})}`, 'blocked'),
	];
};

const seenLine = (item: SharedView, language: Language): Line => {
	switch (item.kind) {
		case 'memory':
			return [span(say(language, 'shared.seenBy', {names: item.mappers.join(' ')}), 'dim')];
		case 'semaphore':
		case 'queue':
		case 'file':
			return [
				span(
					item.text,
					item.kind === 'queue' ? 'string' : item.kind === 'file' ? 'warning' : 'dim',
				),
				span(item.text === '' || item.users.length === 0 ? '' : '  '),
				span(item.users.join(' '), 'dim'),
				span(
					item.kind === 'queue' && item.count === 0 && item.users.length === 0
						? say(language, 'pipes.empty')
						: '',
					'dim',
				),
			];
		case 'variable': {
			const isAlone = item.seenBy.length === 1 && !item.isShared;
			const text = isAlone
				? say(language, 'shared.onlyBy', {name: item.seenBy[0]!})
				: say(language, 'shared.seenBy', {names: item.seenBy.join(' ')});
			return [span(text, isAlone ? 'warning' : 'dim'), span(`  ${item.address}`, 'dim')];
		}
	}
};
