// The visible part of the process table: rows, columns that fit, cells.

import type {Language} from './language.js';
import {
	type Column,
	type ColumnName,
	processColumns,
	type ProcessEntry,
} from './process-columns.js';
import {indexOfKey, type ProcessOptions} from './processes.js';
import {firstVisible} from './scroll.js';
import {type Alignment, displayWidth} from './text-width.js';

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
	/** Rows that are processes, not threads of one. */
	readonly processes: number;
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
	/** Cells of the longest text that WAITS ON has had so far; absent: not known. */
	readonly waits?: number;
	readonly language: Language;
	readonly clock: number;
};

/** The visible part of the table with its cells made. */
export const processTable = (request: ProcessTableRequest): ProcessTable => {
	const {entries, options, language, clock, height} = request;
	const selected = Math.max(0, indexOfKey(entries, request.selected));
	const first = firstVisible(entries.length, selected, height);
	const visible = entries.slice(first, first + Math.max(0, height));
	const columns = chooseColumns(request, visible);
	const isWide = columns.some(({column, width}) => column.name === 'state' && width > 1);
	const context = {language, clock, isWide};
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
				({column}) => (column.name === 'command' ? entry.branch : '') + column.cell(entry, context),
			),
		})),
		above: first,
		below: Math.max(0, entries.length - first - visible.length),
		total: entries.length,
		processes: countProcesses(entries),
	};
};

const counts = new WeakMap<readonly ProcessEntry[], number>();

/** Rows stand through many pictures. */
const countProcesses = (entries: readonly ProcessEntry[]): number => {
	let count = counts.get(entries);
	if (count === undefined) {
		count = entries.reduce((sum, {isThread}) => sum + (isThread ? 0 : 1), 0);
		counts.set(entries, count);
	}
	return count;
};

/** Cells of WAITS ON, where there is room, as long as nobody has needed more: most queues with a channel. */
const usualWaits = 24;

/** Cells that WAITS ON has use for: a queue and a connection. */
const mostForWaits = 48;

/**
 * The columns that fit, and their widths. Of what is left over WAITS ON has what it has needed so far, and COMMAND, the last,
 * the rest; where that is not enough for both, they share it.
 */
const chooseColumns = (
	{width, hasHosts, entries, options, waits = 0}: ProcessTableRequest,
	visible: readonly ProcessEntry[],
): ReadonlyArray<{readonly column: Column; readonly width: number}> => {
	const wanted = processColumns.filter(({name}) => name !== 'host' || hasHosts);
	const chosen = [...wanted];
	let narrow: ReadonlyMap<ColumnName, number> = new Map();
	const widthOf = (column: Column): number => narrow.get(column.name) ?? column.width;
	const total = (): number => chosen.reduce((cells, column) => cells + widthOf(column) + 1, -1);
	for (;;) {
		const most = chosen.reduce((a, b) => (b.dispensable > a.dispensable ? b : a));
		if (total() + (most.dispensable >= lessThanWaits ? waitsInFull : 0) <= width) break;
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
	const asked = [...entries.slice(0, askedCommands), ...visible];
	const needed = commandWidth(asked, options);
	const widths = shareRest(rest, narrow.size > 0, needed, waits);
	return chosen.map(column => ({
		column,
		width: widthOf(column) + (widths[column.name as 'waits' | 'command'] ?? 0),
	}));
};

/** Columns as dispensable as this one stand back until WAITS ON shows most channels in full, so many cells more. */
const lessThanWaits = 5;
const waitsInFull = 7;

const leastWaits = 16;
const leastCommand = 11;
/** A command that may yet come: where there is room for it, it moves nothing. */
const usualCommand = 16;

/** What WAITS ON and COMMAND get of the cells that are left over. */
const shareRest = (
	rest: number,
	isNarrow: boolean,
	needed: number,
	waitsSoFar: number,
): Readonly<Record<'waits' | 'command', number>> => {
	if (isNarrow) return {waits: Math.floor(rest / 2), command: rest - Math.floor(rest / 2)};
	const both = rest + leastWaits + leastCommand;
	const command = Math.max(leastCommand - 4, needed);
	// Commands that will come need room as well: what WAITS ON takes of it is seldom given back.
	const free = both - Math.max(command, usualCommand);
	const claimed = waitsSoFar > Math.max(usualWaits, free) ? mostForWaits : usualWaits;
	const half = leastWaits + Math.floor(rest / 2);
	const waits = Math.min(
		mostForWaits,
		Math.max(free, Math.min(claimed, Math.max(both - command, half))),
	);
	return {waits: waits - leastWaits, command: rest - (waits - leastWaits)};
};

/** Processes whose commands are looked at, besides the visible ones: a whole machine of thousands would cost too much. */
const askedCommands = 300;

/** Cells of the longest command, with what marks the tree and the threads. Forked processes have the same. */
const commandWidth = (entries: readonly ProcessEntry[], {isTree}: ProcessOptions): number => {
	let most = 0;
	let last = '';
	let width = 0;
	for (const {command, depth} of entries) {
		if (command !== last) width = displayWidth(command);
		last = command;
		most = Math.max(most, width + (isTree ? 2 * depth : 0));
	}
	return most;
};
