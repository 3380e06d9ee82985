// Puts texts together into rows of the screen. Ink takes every text apart into cells and joins the cells again; the
// dashboard's texts lie side by side and fit, so their rows are strung together as they are. The build puts this before
// Ink's own way (scripts/build.ts), which is still taken wherever texts overlap or are clipped.

import {displayWidth} from '../view-model/text-width.js';

type Transformer = (line: string, index: number) => string;

/** What Ink's Output collects. */
export type OutputOperation =
	| {
			readonly type: 'write';
			readonly x: number;
			readonly y: number;
			readonly text: string;
			readonly transformers: readonly Transformer[];
	  }
	| {readonly type: 'clip' | 'unclip'};

type Segment = {readonly x: number; readonly text: string; readonly width: number};

/** The screen as Ink would give it, or undefined where texts overlap, are clipped or stand outside. */
export const stringRows = (
	operations: readonly OutputOperation[],
	width: number,
	height: number,
): string | undefined => {
	const rows: Segment[][] = Array.from({length: height}, () => []);
	for (const operation of operations) {
		if (operation.type !== 'write' || operation.text.includes('\u001B')) return undefined;
		const {x, y, text, transformers} = operation;
		for (const [index, line] of text.split('\n').entries()) {
			let shown = line;
			for (const transform of transformers) shown = transform(shown, index);
			if (shown === '') continue;
			const row = rows[y + index];
			if (!row || x < 0) return undefined;
			row.push({x, text: shown, width: styledWidth(shown)});
		}
	}
	const lines = rows.map(row => joinSegments(row, width));
	return lines.includes(undefined) ? undefined : lines.join('\n');
};

const joinSegments = (segments: Segment[], limit: number): string | undefined => {
	segments.sort((a, b) => a.x - b.x);
	let line = '';
	let column = 0;
	for (const {x, text, width} of segments) {
		if (x < column || x + width > limit) return undefined;
		line += ' '.repeat(x - column) + text;
		column = x + width;
	}
	return line.trimEnd();
};

const sequence = /\u001B\[[\d;]*m/g;
const widths = new Map<string, number>();

/** Cells of a text with SGR sequences. Most rows are the same as a moment ago: their widths are kept for a while. */
const styledWidth = (text: string): number => {
	const known = widths.get(text);
	if (known !== undefined) return known;
	if (widths.size > 2000) widths.clear();
	const width = displayWidth(text.replaceAll(sequence, ''));
	widths.set(text, width);
	return width;
};
