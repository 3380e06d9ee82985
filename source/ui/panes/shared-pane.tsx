// What processes share: variables and memory, semaphores, message queues, files.

import {type Language, say} from '../../view-model/language.js';
import {namesWithin, type LazyNames} from '../../view-model/lazy-names.js';
import {
	type SharedMemoryView,
	type SharedView,
	sharedValue,
	type VariableView,
	writersText,
} from '../../view-model/shared.js';
import type {ObjectView} from '../../view-model/shared-objects.js';
import {shownBytes} from '../../view-model/shared-files.js';
import {type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {displayWidth, fitText} from '../../view-model/text-width.js';
import {asleepPieces, type HolderManner, inManner} from '../components/holder-spans.js';
import {
	type ItemList,
	type ItemText,
	ListPane,
	type Pieces,
	rowsPerItem,
} from '../components/list-pane.js';
import type {PaneFrame} from '../components/pane.js';

export type SharedPaneProps = {
	readonly frame: PaneFrame;
	readonly items: readonly SharedView[];
	readonly selected: string | undefined;
	/** pid of the selected process: what it sees is marked. */
	readonly pid: number | undefined;
	readonly language: Language;
};

export const SharedPane = (props: SharedPaneProps) => <ListPane {...sharedList(props)} />;

export const sharedList = ({
	frame,
	items,
	selected,
	pid,
	language,
}: SharedPaneProps): ItemList<SharedView> => {
	const width = frame.area.width - 3;
	const perItem = rowsPerItem(frame.area.height - 2, items.length, 2);
	return {
		frame,
		number: '4',
		title: say(language, 'pane.shared'),
		empty: say(language, 'shared.none'),
		items,
		perItem,
		isSelected: ({key}) => key === selected,
		isMarked: ({pids}) => pid !== undefined && pids.has(pid),
		manners: manners.length,
		textsOf(seen, index) {
			const columns = columnsOf(seen, language);
			const manner = {...manners[index]!, cells: 2 * width, language};
			return seen.map(item => {
				const head = valueLine(item, columns, language);
				return item.kind === 'variable' || item.kind === 'memory'
					? memoryText(item, head, {width, rows: perItem}, manner)
					: objectText(item, head, perItem, manner);
			});
		},
	};
};

type Manner = HolderManner & {
	/** What can't be shown whole in one row is left out there. */
	readonly isBare: boolean;
};

/** How much is said of who sees it. */
const manners = [
	{names: 'names', isBare: false},
	{names: 'ids', isBare: false},
	{names: 'ids', isBare: true},
] as const;

type Columns = {readonly name: number; readonly value: number};

/** Values stand below each other. */
const columnsOf = (seen: readonly SharedView[], language: Language): Columns => ({
	name: Math.min(20, Math.max(6, ...seen.map(item => displayWidth(nameOf(item))))),
	value: Math.min(
		24,
		Math.max(4, ...seen.filter(hasValue).map(item => displayWidth(sharedValue(item, language)))),
	),
});

const nameOf = (item: SharedView): string => (item.kind === 'variable' ? item.lvalue : item.name);

const hasValue = ({kind}: SharedView): boolean => kind === 'variable' || kind === 'semaphore';

/** `*left = 3` */
const valueLine = (item: SharedView, columns: Columns, language: Language): Line => {
	const value = sharedValue(item, language);
	return [
		span(fitText(nameOf(item), columns.name), 'strong'),
		span(hasValue(item) ? ' = ' : '   ', 'dim'),
		span(
			fitText(value, Math.max(columns.value, hasValue(item) ? 0 : displayWidth(value))),
			hasValue(item) ? 'number' : 'plain',
		),
	];
};

/** A variable of which every process has a copy of its own. */
const isAlone = (item: SharedView): boolean =>
	item.kind === 'variable' && item.seenBy.length === 1 && !item.isShared && !item.isAmongThreads;

type Room = {readonly width: number; readonly rows: number};

/** A value, who stored it, and who sees it. */
const memoryText = (
	item: VariableView | SharedMemoryView,
	head: Line,
	{width, rows}: Room,
	manner: Manner,
): ItemText => {
	const writers = item.kind === 'variable' ? writersText(item, manner.language) : '';
	const written: Pieces =
		writers === ''
			? []
			: [[span(say(manner.language, 'shared.writtenBy', {name: writers}), 'accent')]];
	const seen = seenLine(item, rows > 1 ? width - 3 : width - lineWidth(head) - 1, manner);
	if (rows > 1) return {lines: [[head, ...written], [seen]]};
	// In one row, what tells it from its namesakes goes before who wrote it.
	const parts = isAlone(item) ? [seen, ...written] : [...written, seen];
	return {
		lines: [
			manner.isBare
				? [fitting(head, parts, width, isAlone(item) || written.length > 0)]
				: [head, ...parts],
		],
	};
};

/** The line with those of the parts behind it that fit as a whole; the first may be cut if it tells things apart. */
const fitting = (head: Line, parts: Pieces, width: number, isTelling: boolean): Line => {
	let line = head;
	for (const [index, part] of parts.entries()) {
		const room = width - lineWidth(line) - 1;
		if (lineWidth(part) <= room || (isTelling && index === 0 && room >= leastPart))
			line = [...line, span(' '), ...part];
	}
	return line;
};

const leastPart = 8;

/** Who sees it, and its address where there is room for that as well. */
const seenLine = (item: VariableView | SharedMemoryView, room: number, manner: Manner): Line => {
	const {language} = manner;
	if (item.kind === 'memory') return [span(seenBy(item.mappers, manner), 'dim')];
	const [only = ''] = item.seenBy;
	const text = isAlone(item)
		? say(language, 'shared.onlyBy', {name: only})
		: item.isAmongThreads
			? say(language, 'shared.byThreads', {name: only})
			: seenBy(item.seenBy, manner);
	const address = `  ${item.address}`;
	return [
		span(text, isAlone(item) ? 'warning' : 'dim'),
		...(displayWidth(text + address) <= room ? [span(address, 'dim')] : []),
	];
};

const seenBy = (list: LazyNames, {names, cells, language}: Manner): string =>
	say(language, 'shared.seenBy', {names: namesWithin(inManner(list, names), cells, language)});

/** What it is worth or holds, who sleeps at it, who has it open, and what is in it. */
const objectText = (item: ObjectView, head: Line, rows: number, manner: Manner): ItemText => {
	const first = [head, ...asleepPieces(item.blocked, manner)];
	const users = userPieces(item, manner);
	const rest = contents(item);
	if (rows === 1) return {lines: [[...first, ...users]], rest};
	return {lines: users.length > 0 ? [first, users] : [first], rest};
};

/** `parent(3):3 child(4):3 @15, reader(5):3 @0`, after the locks of a file and the key of a semaphore. */
const userPieces = (item: ObjectView, {names, cells, language}: Manner): Pieces => {
	const {kind, text, users} = item;
	const groups = users.map((group, index): Line => {
		const list = namesWithin(inManner(group.names, names), cells, language);
		const end = index + 1 < users.length ? ',' : '';
		return [span(`${list}${group.place === '' ? '' : ` ${group.place}`}${end}`, 'dim')];
	});
	const isLeft = kind === 'file' && users.length === 0;
	return [
		...(kind === 'queue' || text === '' ? [] : [[span(text, kind === 'file' ? 'warning' : 'dim')]]),
		...groups,
		...(isLeft ? [[span(say(language, 'shared.notOpen'), 'dim')]] : []),
	] satisfies Pieces;
};

/** The messages in a queue, the first bytes of a file. */
const contents = (item: ObjectView): Line => {
	if (item.kind === 'queue') return item.count === 0 ? [] : [span(item.text, 'string')];
	if (item.bytes === '') return [];
	return [span(`"${item.bytes}${item.size <= shownBytes ? '"' : '…'}`, 'string')];
};
