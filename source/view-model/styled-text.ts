// Text with meaning: what the panes hand to the terminal is lines of spans, and a span says what it means (`busy`,
// `blocked`), never which colour that is. The theme decides the colour; the words alone must carry the meaning.

import {displayWidth, simplify, truncate} from './text-width.js';

export type Tone =
	| 'plain'
	| 'dim'
	| 'strong'
	| 'accent'
	| 'useful'
	| 'busy'
	| 'idle'
	| 'running'
	| 'ready'
	| 'blocked'
	| 'stopped'
	| 'ended'
	| 'good'
	| 'warning'
	| 'error'
	| 'keyword'
	| 'string'
	| 'comment'
	| 'number'
	| 'key'
	| 'inverse';

export type Span = {readonly text: string; readonly tone: Tone};
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = 'plain'): Span => ({text, tone});

/** A line of one tone. */
export const line = (text: string, tone: Tone = 'plain'): Line => [{text, tone}];

export const lineText = (spans: Line): string => spans.map(part => part.text).join('');

export const lineWidth = (spans: Line): number =>
	spans.reduce((width, part) => width + displayWidth(part.text), 0);

/**
 * The line cut to, and filled up to, exactly `width` cells. Whatever a name holds (programs choose those of files, sockets
 * and threads), nothing in it moves the terminal's cursor.
 */
export const fitLine = (spans: Line, width: number): Line => {
	const result: Span[] = [];
	let left = width;
	for (const [index, whole] of spans.entries()) {
		const text = simplify(whole.text);
		const part = text === whole.text ? whole : span(text, whole.tone);
		const taken = displayWidth(part.text);
		const isCut = taken > left || (taken === left && hasText(spans, index + 1));
		if (!isCut) {
			result.push(part);
			left -= taken;
			continue;
		}
		const start = truncate(part.text + (taken <= left ? ' ' : ''), left);
		result.push(span(start, part.tone));
		left -= displayWidth(start);
		break;
	}
	if (left > 0) result.push({text: ' '.repeat(left), tone: 'plain'});
	return result;
};

const hasText = (spans: Line, from: number): boolean =>
	spans.slice(from).some(part => part.text !== '');

/** Breaks a line into lines of at most `width` cells, at spaces where it can; a space that has no room any more is left out. */
export const wrapLine = (spans: Line, width: number): readonly Line[] => {
	const lines: Span[][] = [[]];
	let column = 0;
	for (const part of spans) {
		for (const word of part.text.split(/(?<= )/)) {
			let rest = word;
			while (rest !== '') {
				// Only as much is looked at as a line can take: a program may print a megabyte without a space.
				const head = takeCells(rest, width);
				const isWhole = rest.trimEnd().length <= head.length;
				const size = isWhole ? displayWidth(rest.trimEnd()) : width;
				if (column > 0 && column + size > width) {
					lines.push([]);
					column = 0;
				}
				if (isWhole) {
					const hasRoom = column + displayWidth(rest) <= width;
					const text = hasRoom ? rest : rest.trimEnd();
					if (text !== '') lines.at(-1)!.push({text, tone: part.tone});
					column = hasRoom ? column + displayWidth(rest) : width;
					break;
				}
				lines.at(-1)!.push({text: head, tone: part.tone});
				rest = rest.slice(head.length);
				column = width;
			}
		}
	}
	return lines;
};

const takeCells = (text: string, width: number): string => {
	const start = text.slice(0, width);
	if (/^[ -~]*$/.test(start)) return start;
	let taken = '';
	let cells = 0;
	for (const character of text) {
		cells += displayWidth(character);
		if (cells > width && taken !== '') break;
		taken += character;
	}
	return taken;
};
