// How many terminal cells a text takes, and how to make it take a given number. CJK takes two cells a character.
// Terminals disagree about emoji, joined sequences and combining marks, so tables replace them first.

import stringWidth from 'string-width';

const printableAscii = /^[ -~]*$/;

/** Cells, for text without control characters. */
export const displayWidth = (text: string): number => {
	if (printableAscii.test(text)) return text.length;
	let width = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (isNarrowCode(code)) width += 1;
		else if (isWideCode(code)) width += 2;
		else return stringWidth(text);
	}
	return width;
};

/** What the panes are full of, so that the exact rules need not be asked: Latin letters, arrows, lines, blocks, triangles. */
const isNarrowCode = (code: number): boolean =>
	(code >= 0x20 && code < 0x7f) ||
	(code >= 0x2190 && code <= 0x2193) ||
	(code >= 0x2500 && code <= 0x259f) ||
	(code >= 0x00a1 && code <= 0x024f && code !== 0x00ad) ||
	code === 0x2026 ||
	(code >= 0x2013 && code <= 0x2014) ||
	(code >= 0x2018 && code <= 0x201d) ||
	code === 0x25cf ||
	code === 0x2248 ||
	code === 0x2016 ||
	code === 0x25b8 ||
	code === 0x25c2 ||
	code === 0x25b6 ||
	code === 0x25a0 ||
	code === 0x2716;

/** Hangul, kana and ideographs, without the marks that join them. */
const isWideCode = (code: number): boolean =>
	(code >= 0xac00 && code <= 0xd7a3) ||
	(code >= 0x4e00 && code <= 0x9fff) ||
	(code >= 0x3041 && code <= 0x3096) ||
	(code >= 0x309b && code <= 0x30ff);

/** Cells of a UTF-16 code that is a whole character of well-known width; 0 for all others. */
export const simpleWidth = (code: number): 0 | 1 | 2 =>
	isNarrowCode(code) ? 1 : isWideCode(code) ? 2 : 0;

const isSimple = (text: string): boolean => {
	if (printableAscii.test(text)) return true;
	for (let index = 0; index < text.length; index++)
		if (simpleWidth(text.charCodeAt(index)) === 0) return false;
	return true;
};

export type Alignment = 'left' | 'right';

/** The text cut to at most `width` cells; what is cut off is shown by an ellipsis. */
export const truncate = (text: string, width: number): string => {
	if (width <= 0) return '';
	if (text.length <= width && printableAscii.test(text)) return text;
	if (displayWidth(text) <= width) return text;
	let result = '';
	let cells = 0;
	for (const character of text) {
		const size = displayWidth(character);
		if (cells + size > width - 1) break;
		result += character;
		cells += size;
	}
	return `${result}…`;
};

/** The text in exactly `width` cells, on every terminal. */
export const fitText = (text: string, width: number, alignment: Alignment = 'left'): string => {
	const cut = truncate(simplify(text), width);
	const padding = ' '.repeat(Math.max(0, width - displayWidth(cut)));
	return alignment === 'left' ? cut + padding : padding + cut;
};

/** Made when a text needs it: that takes longer than to draw a frame. */
let segmenter: Intl.Segmenter | undefined;
// Wide letters that every terminal agrees on: Hangul, kana, CJK ideographs and their punctuation, fullwidth forms.
const plainGrapheme = /^[\p{L}\p{N}\p{P}\p{S}\p{Zs}]$/u;
const pictograph = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/u;

/** The text with everything that terminals draw in different widths replaced by `·`, and control characters by `?`. */
export const simplify = (text: string): string => {
	if (isSimple(text)) return text;
	segmenter ??= new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	let result = '';
	for (const {segment} of segmenter.segment(text.normalize('NFC'))) {
		if (/^\p{Cc}/u.test(segment)) result += '?';
		else if (plainGrapheme.test(segment) && (!pictograph.test(segment) || isNarrow(segment)))
			result += segment;
		else result += '·';
	}
	return result;
};

/** Arrows, check marks and the like are one cell everywhere, though Unicode counts some among the pictographs. */
const isNarrow = (segment: string): boolean =>
	segment.codePointAt(0)! < 0x2600 && stringWidth(segment) === 1;

const asciiSubstitutes: Readonly<Record<string, string>> = {
	'…': '~',
	'→': '>',
	'←': '<',
	'↑': '^',
	'↓': 'v',
	'·': '.',
	'×': 'x',
	'–': '-',
	'—': '-',
	'’': "'",
	'▸': '>',
	'◂': '<',
};

/** For terminals that know no more: every other character replaced by ASCII of the same width. */
export const asciiOnly = (text: string): string =>
	text.replaceAll(
		/[^\u0000-\u007F]/gu,
		character => asciiSubstitutes[character] ?? '?'.repeat(displayWidth(character)),
	);
