// Which panes are shown where, for every size of terminal. A pure function: same size and state, same picture.
//
// The screen is a head (one row, or two from 20 rows on, one more per further CPU where there is room), panes, and a
// footer. The panes are laid out in slots; a slot shows one of the panes that belong there: the one chosen last. On large
// screens the panes of a column then share its rows by need. What the process table needs beyond its place, and what a
// message needs beyond the footer's row, the panes next to them give: all others stay where they are.

import {fillSlots} from './fill-slots.js';
import {growTable, raiseFloor, settleColumns} from './settle-columns.js';
import {
	leastForColumns,
	leastForTwoColumns,
	type PlacedPane,
	type Rectangle,
	type SlotRequest,
	slotsOf,
	tableGrowth,
} from './slots.js';

export {type PaneName, paneNames, type PlacedPane, type Rectangle} from './slots.js';

export type Layout =
	| {readonly kind: 'too-small'}
	| {
			readonly kind: 'panes';
			readonly columns: number;
			readonly rows: number;
			/** Rows of the head. */
			readonly head: number;
			readonly panes: readonly PlacedPane[];
	  };

export const minimumColumns = 40;
export const minimumRows = 10;

export type LayoutRequest = SlotRequest & {
	readonly columns: number;
	readonly rows: number;
	readonly cpus: number;
	readonly isZoomed: boolean;
	/** Rows of text that a pane could show at its width; undefined: it always has more. */
	readonly wantedRows?: (pane: PlacedPane) => number | undefined;
	/** Rows of the footer; one if not given. */
	readonly footerRows?: number;
};

export const layoutOf = (request: LayoutRequest): Layout => {
	const {columns, rows, isZoomed, focused, footerRows = 1} = request;
	if (columns < minimumColumns || rows < minimumRows) return {kind: 'too-small'};
	const head = headRows(request);
	const area: Rectangle = {x: 0, y: head, width: columns, height: rows - head - 1};
	const panes = isZoomed ? [{...area, pane: focused}] : panesOf(area, request);
	return {
		kind: 'panes',
		columns,
		rows,
		head,
		panes: raiseFloor(panes, rows - 1, footerRows - 1, pane => leastHeight(pane, request)),
	};
};

const panesOf = (area: Rectangle, request: LayoutRequest): readonly PlacedPane[] => {
	const isLarge =
		area.height >= leastForColumns &&
		area.width >= leastForTwoColumns &&
		request.isStacked !== true;
	const panes = fillSlots(slotsOf(area, request), request);
	if (!isLarge) return panes;
	const {wantedRows} = request;
	return growTable(
		wantedRows ? settleColumns(panes, wantedRows) : panes,
		tableGrowth(area, request),
		pane => leastHeight(pane, request),
	);
};

/** What a pane keeps when the table or a message takes rows from it: the guide all of its text. */
const leastHeight = ({pane, width, height}: PlacedPane, {guideRows}: LayoutRequest): number =>
	pane === 'guide' ? Math.min(height, (guideRows?.(width - 2) ?? 0) + 2) : 3;

const headRows = ({rows, cpus, columns}: LayoutRequest): number => {
	if (rows < 14) return 1;
	const perRow = columns >= 160 ? 2 : 1;
	const room = Math.max(1, Math.floor((rows - 18) / 4));
	return 1 + Math.min(Math.ceil(cpus / perRow), Math.max(1, room));
};
