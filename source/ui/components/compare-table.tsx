// The ways of communication side by side: what `ipctop compare` prints, as a list. Columns that have no room stand below
// it for the row that is chosen.

import {type Language, localize, say} from '../../view-model/language.js';
import {firstVisible} from '../../view-model/scroll.js';
import {type Line, span, wrapLine} from '../../view-model/styled-text.js';
import {displayWidth, simplify} from '../../view-model/text-width.js';
import {wayRows, waysLegend} from '../../view-model/ways-text.js';
import type {ComparisonView} from '../comparison.js';
import {cellsLine, Pane, type PaneFrame, type PaneRow} from './pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly view: ComparisonView;
	readonly index: number;
	readonly language: Language;
};

type Row = Readonly<Record<string, string>>;

/** Columns of wayRows by place, the most wanted first: preset, by, tells, busy, direction, delay, switches, CPU, who … */
const wanted = [0, 1, 4, 9, 3, 11, 10, 8, 2, 6, 7, 5];
/** From here on figures: CPU, busy, switches, delay. */
const firstFigure = 8;
/** Cells of each column of wayRows at least; what is longer stands below. */
const cellsOfColumn = [19, 17, 22, 21, 21, 20, 17, 9, 14, 9, 9, 7];
/** Cells that each has use for, where there is room, and which of them get it first: those that would be cut most. */
const mostOfColumn = [20, 20, 44, 22, 25, 48, 18, 9, 18, 11, 9, 8];
const widened = [9, 3, 1, 4, 2, 5, 8, 6, 0, 10, 11, 7];
/** The rows below the table, at most. */
const shareBelow = 0.45;

export function CompareTable({frame, view, index, language}: Props) {
	const width = frame.area.width - 3;
	const height = frame.area.height - 2;
	const rows = wayRows(view.ways, language);
	const columns = chooseColumns(rows, width);
	const chosen = rows[Math.min(index, rows.length - 1)];
	const below = belowTable(chosen, columns, width - 1, language).slice(
		0,
		Math.floor(height * shareBelow),
	);
	const capacity = Math.max(1, height - below.length - 2);
	const first = firstVisible(rows.length, index, capacity);
	const list = rows.slice(first, first + capacity).map((row, offset): PaneRow => {
		const isSelected = first + offset === index;
		const isOpen = view.ways[first + offset]?.preset === view.name;
		return {
			line: [
				span(isSelected ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
				...cellsOf(columns, ({name}) => row[name] ?? '', isOpen ? 'strong' : 'plain'),
			],
			isSelected,
		};
	});
	const text = say(language, view.done < view.total ? 'compare.running' : 'compare.none');
	const shown: readonly PaneRow[] = list.length > 0 ? list : [{line: [span(` ${text}`, 'dim')]}];
	const padding: readonly PaneRow[] = Array.from(
		{length: Math.max(0, capacity - shown.length)},
		() => ({line: []}),
	);
	const header: PaneRow = {line: [span(' '), ...cellsOf(columns, ({name}) => name, 'dim')]};
	return (
		<Pane
			frame={frame}
			number=""
			title={say(language, 'compare.title')}
			note={`${view.done}/${view.total}, ${say(language, 'compare.hint')}`}
			rows={[header, ...shown, ...padding, {line: []}, ...below.map(line => ({line}))]}
			above={first}
			below={Math.max(0, rows.length - first - capacity)}
		/>
	);
}

type Column = {readonly name: string; readonly width: number; readonly isFigure: boolean};

/** As many as fit, in their order. Their widths are fixed: rows come in while the table is read. */
const chooseColumns = (rows: readonly Row[], width: number): readonly Column[] => {
	const columns = Object.keys(rows[0] ?? {}).map(
		(name, place): Column => ({
			name,
			width: Math.max(displayWidth(name), cellsOfColumn[place] ?? 10),
			isFigure: place >= firstFigure,
		}),
	);
	const chosen = new Set<Column>();
	let left = width;
	for (const place of wanted) {
		const column = columns[place];
		if (!column || column.width > left) continue;
		chosen.add(column);
		left -= column.width + 1;
	}
	// What is left, among it the cell behind the last of them.
	left++;
	const widths = new Map<Column, number>();
	for (const place of widened) {
		const column = columns[place];
		if (!column || !chosen.has(column)) continue;
		const more = Math.max(0, Math.min(left, (mostOfColumn[place] ?? 0) - column.width));
		widths.set(column, column.width + more);
		left -= more;
	}
	return columns.flatMap(column => {
		const cells = widths.get(column);
		return cells === undefined ? [] : [{...column, width: cells}];
	});
};

const cellsOf = (
	columns: readonly Column[],
	text: (column: Column) => string,
	tone: 'plain' | 'dim' | 'strong',
): Line =>
	cellsLine(
		columns.map(column => ({
			text: text(column),
			width: column.width,
			alignment: column.isFigure ? ('right' as const) : ('left' as const),
			tone,
		})),
	);

/** What the table could not show of the chosen row, and what the columns mean. */
const belowTable = (
	row: Row | undefined,
	columns: readonly Column[],
	width: number,
	language: Language,
): readonly Line[] => {
	if (!row) return [];
	const shown = new Map(columns.map(column => [column.name, column.width]));
	const hidden = Object.entries(row).filter(
		([name, cell]) => displayWidth(cell) > (shown.get(name) ?? 0),
	);
	const facts = hidden.flatMap(([name, cell], place) => [
		span(`${place > 0 ? '  ' : ''}${name} `, 'dim'),
		span(simplify(cell)),
	]);
	const legend = wrapLine([span(localize(waysLegend, language), 'dim')], width);
	return [...(facts.length > 0 ? wrapLine(facts, width) : []), ...legend].map(line => [
		span(' '),
		...line,
	]);
};
