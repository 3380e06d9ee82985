// Between Ink and the terminal: Ink hands over whole frames, this compares them cell by cell with what the screen shows
// and sends only the runs that changed. Over ssh that is most of what makes the dashboard quick; and a reader that has
// stalled costs one frame of memory, because the next comparison is with what was really sent.

import {EventEmitter} from 'node:events';
import {
	type StyledChar,
	ansiCodesToString,
	styledCharsFromTokens,
	tokenize,
} from '@alcalzone/ansi-tokenize';
import {displayWidth, simpleWidth} from '../view-model/text-width.js';

/** What is needed of a terminal stream; process.stdout has it. */
export type TerminalStream = {
	readonly columns?: number;
	readonly rows?: number;
	readonly isTTY?: boolean;
	readonly writableLength: number;
	/** `onTaken` is called when the terminal has taken the text; 'drain' comes only where much had been waiting. */
	write(text: string, onTaken?: () => void): boolean;
	on(event: 'resize' | 'drain', listener: () => void): unknown;
	off(event: 'resize' | 'drain', listener: () => void): unknown;
};

/** A cell: its character and the SGR sequences that draw it. The right half of a wide character is ''. */
type Cell = {readonly text: string; readonly style: string};

const blank: Cell = {text: ' ', style: ''};
const isControl = /^\u001B\[\?/;

/** The stream that Ink is given. Frames go through the comparison, terminal modes straight on. */
export class ScreenWriter extends EventEmitter {
	readonly isTTY = true;
	/** Bytes and frames sent, for the benchmarks. */
	bytesSent = 0;
	framesSent = 0;
	readonly #target: TerminalStream;
	/** What the screen shows, row by row; undefined: unknown. */
	#shownText: (string | undefined)[] = [];
	#shownCells: (readonly Cell[])[] = [];
	/** The newest frame, while it has not been sent. */
	#pending: string | undefined;
	/** The newest frame of all. */
	#last: string | undefined;
	#isSuspended = false;
	#isClosed = false;
	readonly #onResize = (): void => {
		this.invalidate();
		this.emit('resize');
	};
	readonly #onDrain = (): void => this.#flush();

	constructor(target: TerminalStream) {
		super();
		this.#target = target;
		target.on('resize', this.#onResize);
		target.on('drain', this.#onDrain);
	}

	/** A serial line has no size: it says 0. */
	get columns(): number {
		return this.#target.columns || 80;
	}

	get rows(): number {
		return this.#target.rows || 24;
	}

	get writableLength(): number {
		return this.#target.writableLength;
	}

	write(text: string, callback?: () => void): boolean {
		if (text === '') callback?.();
		else if (isControl.test(text)) {
			if (!this.#isSuspended) this.#send(text);
		} else {
			this.#last = text;
			this.#pending = text;
			this.#flush();
		}
		return true;
	}

	/** Forgets what the screen shows: the next frame is drawn whole. */
	invalidate(): void {
		this.#shownText = [];
		this.#shownCells = [];
	}

	/** Draws the last frame again, over whatever has spoiled the screen. */
	repaint(): void {
		this.invalidate();
		this.#pending ??= this.#last;
		this.#flush();
	}

	/** Nothing is written while another program has the terminal. */
	suspend(): void {
		this.#isSuspended = true;
	}

	resume(): void {
		this.#isSuspended = false;
		this.repaint();
	}

	get isSuspended(): boolean {
		return this.#isSuspended;
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	close(): void {
		this.#isClosed = true;
		this.#target.off('resize', this.#onResize);
		this.#target.off('drain', this.#onDrain);
		this.#isSuspended = true;
	}

	#send(text: string): void {
		this.bytesSent += Buffer.byteLength(text);
		this.#target.write(text, this.#onDrain);
	}

	#flush(): void {
		if (this.#pending === undefined || this.#isSuspended || this.#target.writableLength > 0) return;
		const frame = this.#pending;
		this.#pending = undefined;
		const update = this.#compare(frame);
		if (update === '') return;
		this.framesSent++;
		this.#send(update);
	}

	#compare(frame: string): string {
		const {rows, columns} = this;
		const isWhole = this.#shownText.length === 0;
		const lines = frame.split('\n').slice(0, rows);
		let output = '';
		for (let row = 0; row < rows; row++) {
			const line = lines[row] ?? '';
			if (!isWhole && this.#shownText[row] === line) continue;
			const cells = cellsOf(line, columns);
			output += isWhole
				? wholeRow(row, cells)
				: changedRuns(row, this.#shownCells[row] ?? [], cells);
			this.#shownText[row] = line;
			this.#shownCells[row] = cells;
		}
		if (output === '') return '';
		const clear = isWhole ? '\u001B[0m\u001B[H\u001B[2J' : '';
		return `${synchronizedStart}${clear}${output}\u001B[0m${synchronizedEnd}`;
	}
}

// Mode 2026: terminals that know it show the update at once, others ignore it.
const synchronizedStart = '\u001B[?2026h';
const synchronizedEnd = '\u001B[?2026l';

/** A line as cells, exactly `columns` of them. */
const cellsOf = (line: string, columns: number): readonly Cell[] => {
	const simple = simpleCells(line, columns);
	if (simple) return simple;
	const cells: Cell[] = [];
	const styles = new Map<StyledChar['styles'], string>();
	for (const character of styledCharsFromTokens(tokenize(line))) {
		const width = character.fullWidth ? 2 : Math.max(1, displayWidth(character.value));
		if (cells.length + width > columns) break;
		let style = styles.get(character.styles);
		if (style === undefined) {
			style = ansiCodesToString(character.styles);
			styles.set(character.styles, style);
		}
		cells.push({text: character.value, style});
		if (width === 2) cells.push({text: '', style});
	}
	while (cells.length < columns) cells.push(blank);
	return cells;
};

const escapeCode = 0x1b;

/** The cells of a line of plain characters with complete styles (each ends with a reset), which is what panes are made of. */
const simpleCells = (line: string, columns: number): readonly Cell[] | undefined => {
	const cells: Cell[] = [];
	let style = '';
	for (let index = 0; index < line.length; index++) {
		const code = line.charCodeAt(index);
		if (code === escapeCode) {
			const end = line.indexOf('m', index);
			if (end === -1 || line[index + 1] !== '[') return undefined;
			const codes = line.slice(index, end + 1);
			const isReset = codes === '\u001B[0m';
			if (!isReset && style !== '') return undefined;
			style = isReset ? '' : codes;
			index = end;
			continue;
		}
		const width = simpleWidth(code);
		if (width === 0) return undefined;
		if (cells.length + width > columns) break;
		cells.push(cellOf(line[index]!, style));
		if (width === 2) cells.push(cellOf('', style));
	}
	while (cells.length < columns) cells.push(blank);
	return cells;
};

const knownCells = new Map<string, Cell>();

/** There are few different cells: one object for each. */
const cellOf = (text: string, style: string): Cell => {
	const key = text + style;
	let cell = knownCells.get(key);
	if (!cell) {
		if (knownCells.size > 20_000) knownCells.clear();
		cell = {text, style};
		knownCells.set(key, cell);
	}
	return cell;
};

const isSame = (a: Cell | undefined, b: Cell): boolean =>
	a === b || (a !== undefined && a.text === b.text && a.style === b.style);

const moveTo = (row: number, column: number): string => `\u001B[${row + 1};${column + 1}H`;

/** Unchanged cells between two changed ones that are cheaper sent again than jumped over. */
const gapLimit = 6;

const changedRuns = (row: number, before: readonly Cell[], after: readonly Cell[]): string => {
	let output = '';
	let column = 0;
	while (column < after.length) {
		if (isSame(before[column], after[column]!)) {
			column++;
			continue;
		}
		const start = firstHalf(before, after, column);
		let end = column + 1;
		let gap = 0;
		for (let next = end; next < after.length && gap <= gapLimit; next++) {
			if (isSame(before[next], after[next]!)) gap++;
			else {
				end = next + 1;
				gap = 0;
			}
		}
		while (end < after.length && (after[end]!.text === '' || before[end]?.text === '')) end++;
		output += moveTo(row, start) + drawCells(after, start, end, isBlankFrom(after, end));
		column = end;
	}
	return output;
};

/** A change in the right half of a wide character, old or new, begins at its left half. */
const firstHalf = (before: readonly Cell[], after: readonly Cell[], column: number): number => {
	let start = column;
	while (start > 0 && (after[start]!.text === '' || before[start]?.text === '')) start--;
	return start;
};

const isBlankFrom = (cells: readonly Cell[], from: number): boolean => {
	for (let column = from; column < cells.length; column++)
		if (!isSame(cells[column], blank)) return false;
	return true;
};

const wholeRow = (row: number, cells: readonly Cell[]): string => {
	let end = cells.length;
	while (end > 0 && isSame(cells[end - 1], blank)) end--;
	return end === 0 ? '' : moveTo(row, 0) + drawCells(cells, 0, end, false);
};

/** Cells with the SGR changes between them; the pen is plain before and after. Blanks to the end of the row are one sequence. */
const drawCells = (
	cells: readonly Cell[],
	start: number,
	end: number,
	isRestBlank: boolean,
): string => {
	let last = end;
	if (isRestBlank) while (last > start && isSame(cells[last - 1], blank)) last--;
	const erases = end - last > 4;
	let output = '';
	let style = '';
	for (let column = start; column < (erases ? last : end); column++) {
		const cell = cells[column]!;
		if (cell.style !== style) {
			output += (style === '' ? '' : '\u001B[0m') + cell.style;
			style = cell.style;
		}
		output += cell.text;
	}
	if (style !== '') output += '\u001B[0m';
	return erases ? `${output}\u001B[K` : output;
};
