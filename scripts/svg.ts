// Draws a terminal's screen as an SVG picture: text in a monospaced font over
// rectangles for the backgrounds, so that it stays sharp and searchable.

import {type CellStyle, type StyledRow} from './styled-rows.js';

const cellWidth = 8.4;
const lineHeight = 18;
const fontSize = 14;
const padding = 12;

const escapeXml = (text: string): string =>
	text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);

const decimals = (value: number): string => String(Math.round(value * 100) / 100);

/**
 * @param rows The screen, top to bottom; each row as runs of cells in one style.
 * @param columns Its width in cells.
 */
export const drawSvg = (rows: readonly StyledRow[], columns: number, title: string): string => {
	const width = decimals(columns * cellWidth + 2 * padding);
	const height = decimals(rows.length * lineHeight + 2 * padding);
	const background = `<rect width="${width}" height="${height}" rx="8" fill="#1e1e2e"/>`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeXml(title)}">`,
		`<title>${escapeXml(title)}</title>`,
		background,
		`<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="${fontSize}" xml:space="preserve">`,
		...rows.flatMap((row, index) => drawRow(row, padding + index * lineHeight)),
		'</g>',
		'</svg>',
		'',
	].join('\n');
};

const drawRow = (row: StyledRow, top: number): readonly string[] => [
	...row
		.filter(({style}) => style.background !== undefined)
		.map(({column, cells, style}) => {
			const [x, runWidth] = [padding + column * cellWidth, cells * cellWidth];
			return `<rect x="${decimals(x)}" y="${top}" width="${decimals(runWidth)}" height="${lineHeight}" fill="${style.background}"/>`;
		}),
	...row.filter(({text}) => text.trim() !== '').map(run => drawRun(run, top + lineHeight - 5)),
];

/** `textLength` keeps the columns in line whatever font the reader has. */
const drawRun = ({column, cells, text, style}: StyledRow[number], baseline: number): string =>
	`<text x="${decimals(padding + column * cellWidth)}" y="${baseline}" textLength="${decimals(cells * cellWidth)}" lengthAdjust="spacingAndGlyphs"${attributesOf(style)}>${escapeXml(text)}</text>`;

const attributesOf = (style: CellStyle): string =>
	[
		` fill="${style.color}"`,
		style.isBold ? ' font-weight="bold"' : '',
		style.isDim ? ' opacity="0.6"' : '',
		style.isUnderlined ? ' text-decoration="underline"' : '',
	].join('');
