// The visible part of the process table: rows, columns that fit, cells.

import type {Language} from './language.js';
import {
	type Column,
	type ColumnName,
	processColumns,
	type ProcessEntry,
} from './process-columns.js';
import type {ProcessOptions} from './processes.js';
import {firstVisible} from './scroll.js';
import type {Alignment} from './text-width.js';

export type ProcessRow = {
	readonly entry: ProcessEntry;
	readonly isSelected: boolean;
	/** Stands at an end of the selected channel. */
	readonly isMarked: boolean;
	readonly cells: readonly string[];
};

export type ProcessTable = {
	readonly columns: ReadonlyArray<{
		readonly name: ColumnName;
		readonly header: string;
		readonly width: number;
		readonly alignment: Alignment;
		readonly isSorted: boolean;
	}>;
	readonly rows: readonly ProcessRow[];
	/** Rows above and below the visible ones. */
	readonly above: number;
	readonly below: number;
	readonly total: number;
};

export type ProcessTableRequest = {
	readonly entries: readonly ProcessEntry[];
	readonly options: ProcessOptions;
	readonly selected: string | undefined;
	/** pids at the ends of the selected channel. */
	readonly marked: ReadonlySet<number>;
	/** Cells for the columns, and rows without the header. */
	readonly width: number;
	readonly height: number;
	readonly hasHosts: boolean;
	readonly language: Language;
	readonly clock: number;
};

/** The visible part of the table with its cells made. */
export const processTable = (request: ProcessTableRequest): ProcessTable => {
	const {entries, options, language, clock, height} = request;
	const columns = chooseColumns(request);
	const isWide = columns.some(({column, width}) => column.name === 'state' && width > 1);
	const context = {language, clock, isWide};
	const selected = Math.max(
		0,
		entries.findIndex(entry => entry.key === request.selected),
	);
	const first = firstVisible(entries.length, selected, height);
	const visible = entries.slice(first, first + Math.max(0, height));
	return {
		columns: columns.map(({column, width}) => ({
			name: column.name,
			header: column.name === 'state' && !isWide ? 'S' : column.header,
			width,
			alignment: column.alignment,
			isSorted: column.name === options.sort,
		})),
		rows: visible.map((entry, index) => ({
			entry,
			isSelected: first + index === selected,
			isMarked: request.marked.has(entry.pid),
			cells: columns.map(
				({column}) => treePrefix(column, entry, options) + column.cell(entry, context),
			),
		})),
		above: first,
		below: Math.max(0, entries.length - first - visible.length),
		total: entries.length,
	};
};

const treePrefix = (column: Column, entry: ProcessEntry, {isTree}: ProcessOptions): string =>
	isTree && column.name === 'command' && entry.depth > 0 && !entry.isThread
		? `${'  '.repeat(entry.depth - 1)}${entry.isLast ? '└ ' : '├ '}`
		: '';

/** The columns that fitText, and their widths: what is left over goes to WAITS ON and COMMAND. */
const chooseColumns = ({
	width,
	hasHosts,
}: ProcessTableRequest): ReadonlyArray<{readonly column: Column; readonly width: number}> => {
	const wanted = processColumns.filter(({name}) => name !== 'host' || hasHosts);
	const chosen = [...wanted];
	let narrow: ReadonlyMap<ColumnName, number> = new Map();
	const widthOf = (column: Column): number => narrow.get(column.name) ?? column.width;
	const total = (): number => chosen.reduce((cells, column) => cells + widthOf(column) + 1, -1);
	while (total() > width) {
		const most = chosen.reduce((a, b) => (b.dispensable > a.dispensable ? b : a));
		if (most.dispensable > 0) chosen.splice(chosen.indexOf(most), 1);
		else if (narrow.size > 0) break;
		else
			narrow = new Map<ColumnName, number>([
				['state', 1],
				['waits', 10],
				['command', 8],
			]);
	}
	const rest = Math.max(0, width - total());
	const forWaits = Math.min(14, Math.floor(rest / 3));
	return chosen.map(column => ({
		column,
		width:
			widthOf(column) +
			(column.name === 'waits' ? forWaits : column.name === 'command' ? rest - forWaits : 0),
	}));
};
