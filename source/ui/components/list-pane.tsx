// A pane that lists things of one or more rows each: the part of the list around the selected one, which is marked, as are
// those that belong to what is selected in another pane.

import {firstVisible} from '../../view-model/scroll.js';
import {type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {Pane, type PaneFrame, type PaneRow} from './pane.js';

type Props<Item> = {
	readonly frame: PaneFrame;
	readonly number: string;
	/** The number of items is put behind it. */
	readonly title: string;
	/** What is said where there are no items. */
	readonly empty: string;
	readonly items: readonly Item[];
	readonly perItem: number;
	readonly header?: readonly PaneRow[];
	readonly isSelected: (item: Item) => boolean;
	readonly isMarked: (item: Item) => boolean;
	/** An item's lines, at most `perItem`; the first is without the cell for the mark. Those too long have the spare rows. */
	readonly linesOf: (item: Item) => readonly Line[];
};

/** Rows for each of `count` things that want `wanted` rows; one more where there is room, and one alone has them all. */
export const rowsPerItem = (height: number, count: number, wanted: number): number => {
	if (count <= 1) return Math.max(1, height);
	const room = Math.floor(height / count);
	return room > wanted ? wanted + 1 : Math.max(1, room);
};

export function ListPane<Item>({
	frame,
	number,
	title,
	empty,
	items,
	perItem,
	header = [],
	isSelected,
	isMarked,
	linesOf,
}: Props<Item>) {
	const height = frame.area.height - 2 - header.length;
	const capacity = Math.max(1, Math.floor(height / perItem));
	const index = Math.max(0, items.findIndex(isSelected));
	const first = firstVisible(items.length, index, capacity);
	const visible = items.slice(first, first + capacity);
	const rows = visible.flatMap((item, offset): readonly PaneRow[] => {
		const isChosen = first + offset === index;
		const [head = [], ...others] = spread(linesOf(item), frame.area.width - 3, perItem);
		const mark = isChosen ? marks(frame).selected : isMarked(item) ? marks(frame).marked : ' ';
		return [
			{line: [span(mark, 'accent'), ...head], isSelected: isChosen && frame.isFocused},
			...others.map(line => ({line})),
		].slice(0, perItem);
	});
	return (
		<Pane
			frame={frame}
			number={number}
			title={`${title} ${items.length}`}
			rows={items.length === 0 ? [{line: [span(` ${empty}`, 'dim')]}] : [...header, ...rows]}
			above={first}
			below={Math.max(0, items.length - first - visible.length)}
		/>
	);
}

const indent = span('   ');

/**
 * An item's lines in `rows` rows, all of them taken: what is too long goes on in those to spare, the last lines first. A
 * line that is too long even so is cut by the pane.
 */
const spread = (lines: readonly Line[], width: number, rows: number): readonly Line[] => {
	let spare = rows - lines.length;
	const spreadOne = (line: Line): readonly Line[] => {
		if (spare <= 0 || lineWidth(line) <= width) return [line];
		const isIndented = line[0]?.text.trim() === '';
		const parts = wrapLine(
			isIndented ? line.slice(1) : line,
			Math.max(8, width - indent.text.length),
		);
		const whole = parts.slice(0, spare);
		const last = parts.slice(spare).flat();
		spare -= Math.min(spare, parts.length - 1);
		return [...whole, ...(last.length > 0 ? [last] : [])].map((part, index) =>
			index === 0 && !isIndented ? part : [indent, ...part],
		);
	};
	const shown = lines.toReversed().map(spreadOne).toReversed().flat();
	return [...shown, ...Array.from({length: Math.max(0, rows - shown.length)}, (): Line => [])];
};

/** What stands before a selected row, and before one that belongs to the selection of another pane. */
export const marks = ({
	isAscii,
}: PaneFrame): {readonly selected: string; readonly marked: string} =>
	isAscii ? {selected: '>', marked: '<'} : {selected: '▸', marked: '◂'};
