// A terminal emulator's screen as rows of runs: neighbouring cells of one style.

import type headless from '@xterm/headless';

export type CellStyle = {
	/** CSS colours; an inverse cell has them swapped already. */
	readonly color: string;
	readonly background: string | undefined;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
};

export type StyledRun = {
	readonly column: number;
	readonly cells: number;
	readonly text: string;
	readonly style: CellStyle;
};

export type StyledRow = readonly StyledRun[];

const screenColor = '#1e1e2e';
const textColor = '#cdd6f4';

/** The sixteen named colours, in the order of their numbers. */
const palette = [
	'#45475a',
	'#f38ba8',
	'#a6e3a1',
	'#f9e2af',
	'#89b4fa',
	'#cba6f7',
	'#94e2d5',
	'#bac2de',
	'#6c7086',
	'#f38ba8',
	'#a6e3a1',
	'#f9e2af',
	'#89b4fa',
	'#cba6f7',
	'#94e2d5',
	'#ffffff',
];

export const readStyledRows = (emulator: headless.Terminal): readonly StyledRow[] => {
	const {active} = emulator.buffer;
	return Array.from({length: emulator.rows}, (_, row) => {
		const line = active.getLine(active.viewportY + row);
		return line ? readRow(line, emulator.cols) : [];
	});
};

const readRow = (line: headless.IBufferLine, columns: number): StyledRow => {
	const runs: StyledRun[] = [];
	for (let column = 0; column < columns; column++) {
		const cell = line.getCell(column);
		const cells = cell?.getWidth() ?? 0;
		if (!cell || cells === 0) continue; // The second half of a wide character.
		const text = cell.getChars() || ' ';
		const style = styleOf(cell);
		const last = runs.at(-1);
		if (last && hasSameStyle(last.style, style)) {
			runs[runs.length - 1] = {...last, cells: last.cells + cells, text: last.text + text};
		} else {
			runs.push({column, cells, text, style});
		}
	}
	return runs.map(trimRun);
};

/** Blanks at the ends of a run draw nothing, except a background. */
const trimRun = (run: StyledRun): StyledRun => {
	if (run.style.background !== undefined) return run;
	const lead = run.text.length - run.text.trimStart().length;
	const trail = run.text.length - run.text.trimEnd().length;
	if (lead === run.text.length) return {...run, text: ''};
	return {
		...run,
		column: run.column + lead,
		cells: run.cells - lead - trail,
		text: run.text.trim(),
	};
};

const hasSameStyle = (a: CellStyle, b: CellStyle): boolean =>
	a.color === b.color &&
	a.background === b.background &&
	a.isBold === b.isBold &&
	a.isDim === b.isDim &&
	a.isUnderlined === b.isUnderlined;

const styleOf = (cell: headless.IBufferCell): CellStyle => {
	const front = cell.isFgDefault() ? undefined : colorOf(cell.getFgColor(), cell.isFgRGB());
	const back = cell.isBgDefault() ? undefined : colorOf(cell.getBgColor(), cell.isBgRGB());
	const isInverse = cell.isInverse() !== 0;
	return {
		color: isInverse ? (back ?? screenColor) : (front ?? textColor),
		background: isInverse ? (front ?? textColor) : back,
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
		isUnderlined: cell.isUnderline() !== 0,
	};
};

const hex = (...channels: readonly number[]): string =>
	`#${channels.map(channel => channel.toString(16).padStart(2, '0')).join('')}`;

/** A colour number of the 256-colour palette, or 24 bits of red, green and blue. */
const colorOf = (color: number, isRgb: boolean): string => {
	if (isRgb) return hex((color >> 16) & 255, (color >> 8) & 255, color & 255);
	if (color < 16) return palette[color]!;
	if (color >= 232) return hex(...Array(3).fill(8 + (color - 232) * 10));
	const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
	const cube = color - 16;
	return hex(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
};
