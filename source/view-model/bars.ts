// Bars of block characters. Terminals whose locale is not UTF-8 get ASCII; there, as without colour, the segments still
// differ by their character.

import {type Line, type Tone, span} from './styled-text.js';

const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** `value` of `limit` as a bar of exactly `width` cells, exact to an eighth of a cell. Something is never drawn as nothing. */
export const meter = (value: number, limit: number, width: number, isAscii = false): string => {
	if (width <= 0) return '';
	const share = limit > 0 ? Math.min(1, Math.max(0, value / limit)) : 0;
	if (isAscii) {
		const filled = value > 0 ? Math.max(1, Math.round(share * width)) : 0;
		return '#'.repeat(filled) + '.'.repeat(width - filled);
	}
	const total = value > 0 ? Math.max(1, Math.round(share * width * 8)) : 0;
	const bar = '█'.repeat(Math.floor(total / 8)) + eighths[total % 8]!;
	return bar.padEnd(width, ' ');
};

export type Segment = {
	readonly share: number;
	readonly tone: Tone;
	readonly fill: string;
	readonly asciiFill: string;
};

/** Shares of a whole side by side, in exactly `width` cells; each present share of at least half a cell is seen. */
export const splitBar = (segments: readonly Segment[], width: number, isAscii = false): Line => {
	let position = 0;
	let drawn = 0;
	return segments.map((segment, index) => {
		position += segment.share;
		const end =
			index === segments.length - 1 ? width : Math.min(width, Math.round(position * width));
		const cells = Math.max(0, end - drawn);
		drawn = Math.max(drawn, end);
		return span((isAscii ? segment.asciiFill : segment.fill).repeat(cells), segment.tone);
	});
};
