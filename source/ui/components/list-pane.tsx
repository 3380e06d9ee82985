// A pane that lists things of one or more rows each: the part of the list around the selected one, which is marked, as are
// those that belong to what is selected in another pane. The things seen share the pane's rows by need, and all of them say
// as much as there is room for in all.

import {firstVisible} from '../../view-model/scroll.js';
import {fitLine, type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {Pane, type PaneFrame, type PaneRow} from './pane.js';

/** A line in pieces: one after the other in a row, or, where that is too long, each from the beginning of a row. */
export type Pieces = readonly Line[];

/** What an item has to say. */
export type ItemText = {
	/** Shown whole where there is room, in more rows than one if need be. The first is without the cell for the mark. */
	readonly lines: readonly Pieces[];
	/** Has the room that is left, rows of its own or the end of a line, and is cut where that ends. */
	readonly rest?: Line;
};

export type ItemList<Item> = {
	readonly frame: PaneFrame;
	readonly number: string;
	/** The number of items is put behind it. */
	readonly title: string;
	/** What strikes about all of them, behind the title. */
	readonly warning?: string;
	/** What is said where there are no items. */
	readonly empty: string;
	readonly items: readonly Item[];
	/** Rows that an item has if all have the same; that many items are seen. */
	readonly perItem: number;
	readonly header?: readonly PaneRow[];
	readonly isSelected: (item: Item) => boolean;
	readonly isMarked: (item: Item) => boolean;
	/** In how many manners `textsOf` can say it: the first says the most. */
	readonly manners: number;
	/** The texts of the items that are seen, all in the same manner. */
	readonly textsOf: (seen: readonly Item[], manner: number) => readonly ItemText[];
};

/** Rows for each of `count` things that want `wanted` rows; one more where there is room, and one alone has them all. */
export const rowsPerItem = (height: number, count: number, wanted: number): number => {
	if (count <= 1) return Math.max(1, height);
	const room = Math.floor(height / count);
	return room > wanted ? wanted + 1 : Math.max(1, room);
};

export function ListPane<Item>(list: ItemList<Item>) {
	const {frame, number, title, warning = '', empty, items, header = [], isMarked} = list;
	const {first, chosen, seen, blocks} = arrange(list);
	const rows = blocks.flatMap((lines, offset): readonly PaneRow[] => {
		const item = seen[offset]!;
		const isChosen = first + offset === chosen;
		const mark = isChosen ? marks(frame).selected : isMarked(item) ? marks(frame).marked : ' ';
		const [head = [], ...others] = lines;
		return [
			{line: [span(mark, 'accent'), ...head], isSelected: isChosen && frame.isFocused},
			...others.map(line => ({line})),
		];
	});
	return (
		<Pane
			frame={frame}
			number={number}
			title={`${title} ${items.length}`}
			note={warning}
			noteTone="error"
			rows={items.length === 0 ? [{line: [span(` ${empty}`, 'dim')]}] : [...header, ...rows]}
			above={first}
			below={Math.max(0, items.length - first - seen.length)}
		/>
	);
}

/** Index of the item that stands in a row of the pane, its header included. */
export const itemInRow = <Item,>(list: ItemList<Item>, row: number): number | undefined => {
	const {first, blocks} = arrange(list);
	let end = list.header?.length ?? 0;
	if (row < end) return undefined;
	const index = blocks.findIndex(lines => {
		end += lines.length;
		return row < end;
	});
	return index < 0 ? undefined : first + index;
};

type Arrangement<Item> = {
	readonly first: number;
	/** Index of the selected item; without one, the first is. */
	readonly chosen: number;
	readonly seen: readonly Item[];
	/** The rows of each item that is seen. */
	readonly blocks: ReadonlyArray<readonly Line[]>;
};

const arrange = <Item,>(list: ItemList<Item>): Arrangement<Item> => {
	const {frame, items, perItem, header = [], isSelected} = list;
	const height = Math.max(1, frame.area.height - 2 - header.length);
	const capacity = Math.max(1, Math.floor(height / perItem));
	const chosen = Math.max(0, items.findIndex(isSelected));
	const first = firstVisible(items.length, chosen, capacity);
	const seen = items.slice(first, first + capacity);
	const width = Math.max(indent.text.length + 8, frame.area.width - 3);
	const blocks = choose(list, seen, width, height);
	const shares = shareRows(blocks, {width, height, perItem});
	return {
		first,
		chosen,
		seen,
		blocks: blocks.map((block, index) => fill(block, shares[index]!, width)),
	};
};

/** The texts in the first manner in which there is room for all of them; else in the last. */
const choose = <Item,>(
	{manners, textsOf}: ItemList<Item>,
	seen: readonly Item[],
	width: number,
	height: number,
): readonly Block[] => {
	for (let manner = 0; ; manner++) {
		const isLast = manner + 1 >= manners;
		const texts = textsOf(seen, manner);
		if (!isLast && leastRows(texts, width) > height) continue;
		for (const isDense of [false, true]) {
			const blocks = texts.map(text => flow(text, width, isDense));
			if ((isLast && isDense) || areAllSaid(blocks, width, height)) return blocks;
		}
	}
};

/** Fewer rows than these the texts can't do with. */
const leastRows = (texts: readonly ItemText[], width: number): number => {
	let rows = 0;
	for (const {lines} of texts)
		for (const pieces of lines) {
			const cells = pieces.reduce((sum, piece) => sum + lineWidth(piece) + 1, -1);
			rows += Math.max(1, Math.ceil(cells / width));
		}
	return rows;
};

/** An item's text in as many rows as it takes. */
type Block = {
	/** The rows of each of its lines. */
	readonly lines: ReadonlyArray<readonly Line[]>;
	readonly rest: Line;
};

const indent = span('   ');

/** @param isDense Pieces go on behind each other wherever there is room. */
const flow = ({lines, rest = []}: ItemText, width: number, isDense: boolean): Block => ({
	lines: lines.map((pieces, index) => flowPieces(pieces, width, index === 0, isDense)),
	rest,
});

/** The rest in rows of its own. */
const restRows = ({rest}: Block, width: number): readonly Line[] =>
	rest.length === 0 ? [] : wrapLine(rest, width - 3).map(row => [indent, ...row]);

const flowPieces = (
	pieces: Pieces,
	width: number,
	isFirst: boolean,
	isDense: boolean,
): readonly Line[] => {
	const start: Line = isFirst ? [] : [indent];
	const whole = [
		...start,
		...pieces.flatMap((piece, index) => (index > 0 ? [blank, ...piece] : piece)),
	];
	if (lineWidth(whole) <= width) return [whole];
	const rows: Line[] = [start];
	for (const piece of isDense ? pieces.flatMap(wordsOf) : pieces) {
		const last = rows.at(-1)!;
		const isBegun = rows.length > 1 ? last.length > 1 : last.length > start.length;
		if (isBegun && lineWidth(last) + 1 + lineWidth(piece) <= width) {
			rows[rows.length - 1] = [...last, blank, ...piece];
			continue;
		}
		const isFitting = !isBegun && lineWidth([...start, ...piece]) <= width;
		const [head = [], ...others] = isFitting ? [piece] : wrapLine(piece, width - 3);
		if (isBegun) rows.push([indent, ...head]);
		else rows[rows.length - 1] = [...last, ...head];
		rows.push(...others.map(part => [indent, ...part]));
	}
	return rows;
};

const blank = span(' ');

/** The words of a piece, each with what introduces it: `→ read reader(4)`, `blocked: reader(4)`. */
const wordsOf = (piece: Line): Pieces => {
	const words: Line[] = [];
	let start: Line = [];
	for (const part of piece) {
		if (part.text.endsWith(' ')) {
			start = [...start, part];
			continue;
		}
		for (const text of part.text.split(/(?<=[^:]) /)) {
			words.push([...start, span(text, part.tone)]);
			start = [];
		}
	}
	return start.length > 0 ? [...words, start] : words;
};

const rowCount = ({lines}: Block): number => lines.reduce((sum, rows) => sum + rows.length, 0);

/**
 * Rows for each block: one for every line, then what is too long, then the rests, a row in turn to each who needs it; where
 * rows are left, as many for each that they stand apart evenly.
 */
const shareRows = (
	blocks: readonly Block[],
	{
		width,
		height,
		perItem,
	}: {readonly width: number; readonly height: number; readonly perItem: number},
): readonly number[] => {
	const shares = blocks.map(() => 0);
	const rests = new Map(blocks.map(block => [block, restRows(block, width).length]));
	const allRows = (block: Block): number => rowCount(block) + rests.get(block)!;
	let spare = height;
	const giveUpTo = (wanted: (block: Block) => number): void => {
		const needs = blocks.map(wanted);
		for (let isGiving = true; isGiving && spare > 0; ) {
			isGiving = false;
			for (const [index, need] of needs.entries()) {
				if (spare === 0 || shares[index]! >= need) continue;
				shares[index]!++;
				spare--;
				isGiving = true;
			}
		}
	};
	giveUpTo(() => 1);
	giveUpTo(({lines}) => Math.min(perItem, lines.length));
	giveUpTo(rowCount);
	giveUpTo(block => rowCount(block) + Math.min(1, rests.get(block)!));
	giveUpTo(allRows);
	const apart = [(block: Block) => Math.max(perItem, allRows(block) + 1), () => perItem];
	const rowsMissing = (wanted: (block: Block) => number): number =>
		blocks.reduce((sum, block, index) => sum + Math.max(0, wanted(block) - shares[index]!), 0);
	const wanted = apart.find(rows => rowsMissing(rows) <= spare);
	if (wanted) giveUpTo(wanted);
	return shares;
};

/** Cells behind a line from which on a rest says something there. */
const leastRest = 8;

/** Whether there is room for all lines, and for the beginning of each rest. */
const areAllSaid = (blocks: readonly Block[], width: number, height: number): boolean => {
	const lines = blocks.reduce((sum, block) => sum + rowCount(block), 0);
	if (lines > height) return false;
	const alone = blocks.filter(
		({lines: rows, rest}) =>
			rest.length > 0 && roomBehind(rows.flat(), width) < Math.min(leastRest, lineWidth(rest)),
	);
	return alone.length <= height - lines;
};

const roomBehind = (rows: readonly Line[], width: number): number =>
	Math.max(...rows.map(row => width - lineWidth(row) - 1));

/** The block in exactly so many rows. A line that is too long for its rows is cut by the pane. */
const fill = (block: Block, share: number, width: number): readonly Line[] => {
	const rows = squeeze(block.lines, share);
	const {rest} = block;
	const own = share - rows.length;
	if (rest.length > 0 && own > 0) rows.push(...squeeze([restRows(block, width)], own));
	else if (rest.length > 0) appendRest(rows, rest, width);
	while (rows.length < share) rows.push([]);
	return rows;
};

/** The lines in at most so many rows: where there are too few, those of the last lines stay, and the first are cut. */
const squeeze = (lines: ReadonlyArray<readonly Line[]>, count: number): Line[] => {
	const shown = lines.slice(0, count);
	let spare = count - shown.length;
	return shown
		.toReversed()
		.map(rows => {
			const more = Math.min(spare, rows.length - 1);
			spare -= more;
			return [...rows.slice(0, more), joinRows(rows.slice(more))];
		})
		.toReversed()
		.flat();
};

const joinRows = ([first = [], ...others]: readonly Line[]): Line => [
	...first,
	...others.flatMap(([, ...row]) => (first.at(-1)?.text.endsWith(' ') ? row : [blank, ...row])),
];

/** Puts the beginning of the rest behind the row that leaves it most room. */
const appendRest = (rows: Line[], rest: Line, width: number): void => {
	const room = roomBehind(rows, width);
	if (room < Math.min(leastRest, lineWidth(rest))) return;
	const index = rows.findIndex(row => width - lineWidth(row) - 1 === room);
	const shown = lineWidth(rest) <= room ? rest : fitLine(rest, room);
	rows[index] = [...rows[index]!, blank, ...shown];
};

/** What stands before a selected row, and before one that belongs to the selection of another pane. */
export const marks = ({
	isAscii,
}: PaneFrame): {readonly selected: string; readonly marked: string} =>
	isAscii ? {selected: '>', marked: '<'} : {selected: '▸', marked: '◂'};
