// A table that is wider than the screen: its columns are dealt out over as many lines as needed, in their order, and each
// row is a block of these lines. The heading is one, too, so that a figure is found below its name.

import stringWidth from 'string-width';
import type {Output} from './host.js';
import {isNumeric, pad, plainTable, type Row, writeTable} from './table.js';

type Column = {readonly name: string; readonly width: number; readonly isNumeric: boolean};

const gap = '  ';
/** Lines after the first of a row stand further in. */
const indent = '  ';

/** Cells that a column of the table takes. */
const columnOf = (name: string, rows: readonly Row[]): Column => {
	const cells = rows.map(row => row[name] ?? '');
	return {
		name,
		width: Math.max(stringWidth(name), ...cells.map(cell => stringWidth(cell))),
		isNumeric: cells.every(isNumeric),
	};
};

/** The columns of each line. A column that is wider than the screen has a line for itself. */
const dealOut = (columns: readonly Column[], width: number): ReadonlyArray<readonly Column[]> => {
	const lines: Column[][] = [];
	let left = -1;
	for (const column of columns) {
		const last = lines.at(-1);
		if (last && column.width + gap.length <= left) {
			last.push(column);
			left -= column.width + gap.length;
		} else {
			left = width - (lines.length > 0 ? indent.length : 0) - column.width;
			lines.push([column]);
		}
	}
	return lines;
};

/** The table's lines, each ended by a newline, of at most so many cells where the texts allow it. */
export const foldedTable = (rows: readonly Row[], width: number): string => {
	const columns = Object.keys(rows[0] ?? {}).map(name => columnOf(name, rows));
	const lines = dealOut(columns, width);
	const block = (cellOf: (name: string) => string): string =>
		lines
			.map((line, index) =>
				`${index > 0 ? indent : ''}${line
					.map(column => pad(cellOf(column.name), column.width, column.isNumeric))
					.join(gap)}`.trimEnd(),
			)
			.map(text => `${text}\n`)
			.join('');
	const heading = block(name => name);
	const rule = lines.length > 1 ? `${'─'.repeat(width)}\n` : '';
	return [heading, rule, ...rows.map(row => block(name => row[name] ?? ''))].join('');
};

/** Writes a table in the manner that suits the output and its width in cells: with borders, plain, or folded. */
export const writeFittingTable = async (
	output: Output,
	rows: readonly Row[],
	width: number,
	hasColors: boolean,
): Promise<void> => {
	const plain = plainTable(rows);
	const natural = Math.max(...plain.split('\n').map(line => stringWidth(line)));
	const borders = Object.keys(rows[0] ?? {}).length + 3;
	if (output.isTerminal && natural + borders <= width) await writeTable(output, rows, hasColors);
	else await output.write(natural <= width ? plain : foldedTable(rows, width));
};
