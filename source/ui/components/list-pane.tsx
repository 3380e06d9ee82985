// A pane that lists things of one or more rows each: the part of the list around the selected one, which is marked, as are
// those that belong to what is selected in another pane.

import {firstVisible} from '../../view-model/scroll.js';
import {type Line, span} from '../../view-model/styled-text.js';
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
	/** An item's rows, at most `perItem`; the first is without the cell for the mark. */
	readonly linesOf: (item: Item) => readonly Line[];
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
		const [head = [], ...others] = linesOf(item);
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

/** What stands before a selected row, and before one that belongs to the selection of another pane. */
export const marks = ({
	isAscii,
}: PaneFrame): {readonly selected: string; readonly marked: string} =>
	isAscii ? {selected: '>', marked: '<'} : {selected: '▸', marked: '◂'};
