// A table of texts: with borders on a terminal, drawn by ink-table, which is loaded only then; plain columns where
// another program reads.

import process from 'node:process';
import stringWidth from 'string-width';
import type {Output} from './host.js';

export type Row = Readonly<Record<string, string>>;

/** A number, as tables have them to the right. */
export const isNumeric = (text: string): boolean => /^-?[\d,.]+%?$|^-?$/.test(text);

export const pad = (text: string, width: number, toTheRight: boolean): string => {
	const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
	return toTheRight ? space + text : text + space;
};

/** Columns with two spaces between, numbers to the right, a heading. */
export const plainTable = (rows: readonly Row[]): string => {
	const names = Object.keys(rows[0] ?? {});
	const columns = names.map(name => {
		const cells = rows.map(row => row[name] ?? '');
		return {
			name,
			width: Math.max(stringWidth(name), ...cells.map(cell => stringWidth(cell))),
			isNumeric: cells.every(isNumeric),
		};
	});
	const line = (cellOf: (name: string) => string): string =>
		columns
			.map(({name, width, isNumeric: right}) => pad(cellOf(name), width, right))
			.join('  ')
			.trimEnd();
	return [line(name => name), ...rows.map(row => line(name => row[name] ?? ''))]
		.map(text => `${text}\n`)
		.join('');
};

/** Writes a table in the manner that suits the output. */
export const writeTable = async (
	output: Output,
	rows: readonly Row[],
	hasColors: boolean,
): Promise<void> => {
	if (!output.isTerminal || rows.length === 0) {
		await output.write(plainTable(rows));
		return;
	}
	if (!hasColors) process.env['FORCE_COLOR'] = '0'; // Ink's colours don't know of NO_COLOR; it reads this when it is loaded.
	const {borderedTable} = await import('./bordered-table.js');
	await output.write(borderedTable(rows));
};
