// What processes share: variables and memory, semaphores, message queues, files.

import {type Language, say} from '../../view-model/language.js';
import {type SharedView, sharedValue} from '../../view-model/shared.js';
import {shownBytes} from '../../view-model/shared-files.js';
import {type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {displayWidth, fitText} from '../../view-model/text-width.js';
import {ListPane, rowsPerItem} from '../components/list-pane.js';
import type {PaneFrame} from '../components/pane.js';

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
	const perItem = rowsPerItem(height, items.length, 2);
	const nameWidth = Math.min(20, Math.max(6, ...items.map(item => displayWidth(nameOf(item)))));
	const valueWidth = Math.min(
		24,
		Math.max(4, ...items.map(item => displayWidth(sharedValue(item)))),
	);
	const width = frame.area.width - 2;
	const linesOf = (item: SharedView): readonly Line[] => {
		const head = valueLine(item, nameWidth, valueWidth);
		const happened = happenedLine(item, language);
		if (perItem >= 2)
			return [
				[...head, ...withSpace(happened)],
				[span('   '), ...seenLine(item, (perItem - 1) * (width - 6), language)],
			];
		// In one row, what tells it from its namesakes goes before who wrote it.
		const room = width - lineWidth(head) - 2;
		const seen = seenLine(item, room, language);
		const parts = isAlone(item) ? [seen, happened] : [happened, seen];
		return [appendFitting(head, parts, width - 1)];
	};
	return (
		<ListPane
			frame={frame}
			number="4"
			title={say(language, 'pane.shared')}
			empty={say(language, 'shared.none')}
			items={items}
			perItem={perItem}
			isSelected={({key}) => key === selected}
			isMarked={({pids}) => pid !== undefined && pids.has(pid)}
			linesOf={linesOf}
		/>
	);
}

const nameOf = (item: SharedView): string => (item.kind === 'variable' ? item.lvalue : item.name);

/** A variable of which every process has a copy of its own. */
const isAlone = (item: SharedView): boolean =>
	item.kind === 'variable' && item.seenBy.length === 1 && !item.isShared && !item.isAmongThreads;

const withSpace = (line: Line): Line => (line.length === 0 ? [] : [span(' '), ...line]);

/** The line with those of the parts after it that fit as a whole; the first is cut if there is room for a good deal of it. */
const appendFitting = (head: Line, parts: readonly Line[], width: number): Line => {
	const line = [...head];
	for (const [index, part] of parts.entries()) {
		const room = width - lineWidth(line) - 1;
		const isShown = lineWidth(part) <= room || (index === 0 && room >= leastPart);
		if (lineWidth(part) > 0 && isShown) line.push(...withSpace(part));
	}
	return line;
};

const leastPart = 8;

/** `*left = 3` */
const valueLine = (item: SharedView, nameWidth: number, valueWidth: number): Line => {
	const hasValue = item.kind === 'variable' || item.kind === 'semaphore';
	return [
		span(fitText(nameOf(item), nameWidth), 'strong'),
		span(hasValue ? ' = ' : '   ', 'dim'),
		span(fitText(sharedValue(item), valueWidth), hasValue ? 'number' : 'plain'),
	];
};

/** Who wrote it last, or what is in it and who sleeps at it. */
const happenedLine = (item: SharedView, language: Language): Line => {
	if (item.kind === 'variable')
		return item.writer === ''
			? []
			: [span(say(language, 'shared.writtenBy', {name: item.writer}), 'accent')];
	if (item.kind === 'memory') return [];
	const asleep =
		item.blocked.length === 0
			? []
			: [span(say(language, 'pipes.asleep', {names: item.blocked.join(' ')}), 'blocked' as const)];
	if (item.kind !== 'file' || item.bytes === '') return asleep;
	const isWhole = item.size <= shownBytes;
	const bytes = span(`"${item.bytes}${isWhole ? '"' : '…'}`, 'string');
	return asleep.length === 0 ? [bytes] : [bytes, span(' '), ...asleep];
};

/** Who sees it, by name; where names would be cut off, by pid. */
const seenBy = (
	names: readonly string[],
	pids: ReadonlySet<number>,
	room: number,
	language: Language,
): string => {
	const text = say(language, 'shared.seenBy', {names: names.join(' ')});
	if (displayWidth(text) <= room) return text;
	return say(language, 'shared.seenBy', {names: [...pids].join(' ')});
};

const seenLine = (item: SharedView, room: number, language: Language): Line => {
	switch (item.kind) {
		case 'memory':
			return [span(seenBy(item.mappers, item.pids, room, language), 'dim')];
		case 'semaphore':
		case 'queue':
		case 'file':
			return [
				span(
					item.text,
					item.kind === 'queue' ? 'string' : item.kind === 'file' ? 'warning' : 'dim',
				),
				span(item.text === '' || item.users.length === 0 ? '' : '  '),
				span(
					item.kind === 'file' && item.users.length === 0
						? say(language, 'shared.notOpen')
						: item.users.join(' '),
					'dim',
				),
				span(
					item.kind === 'queue' && item.count === 0 && item.users.length === 0
						? say(language, 'pipes.empty')
						: '',
					'dim',
				),
			];
		case 'variable': {
			const text = isAlone(item)
				? say(language, 'shared.onlyBy', {name: item.seenBy[0]!})
				: item.isAmongThreads
					? say(language, 'shared.byThreads', {name: item.seenBy[0]!})
					: seenBy(item.seenBy, item.pids, room, language);
			const address = `  ${item.address}`;
			const isRoomy = displayWidth(text + address) <= room;
			return [
				span(text, isAlone(item) ? 'warning' : 'dim'),
				...(isRoomy ? [span(address, 'dim')] : []),
			];
		}
	}
};
