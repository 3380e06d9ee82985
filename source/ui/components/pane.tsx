// A frame with a title and exactly as many rows of text as it has room for. It is drawn as one text: Ink's cost grows
// with the number of elements, not of characters.

import {Box, Text, Transform} from 'ink';
import {memo} from 'react';
import {fitLine, type Line, lineWidth, span, type Tone} from '../../view-model/styled-text.js';
import {asciiOnly, fitText, simplify} from '../../view-model/text-width.js';
import type {Rectangle} from '../layout.js';
import {paint, paintText, type Theme} from '../theme.js';

/** What every pane is given besides its view. */
export type PaneFrame = {
	readonly area: Rectangle;
	readonly isFocused: boolean;
	readonly theme: Theme;
	readonly isAscii: boolean;
};

export type PaneRow = {readonly line: Line; readonly isSelected?: boolean};

type Props = {
	readonly frame: PaneFrame;
	/** Number key of the pane; '' for overlays. */
	readonly number: string;
	readonly title: string;
	/** Small print right of the title; in `noteTone` where it should strike. */
	readonly note?: string;
	readonly noteTone?: Tone;
	readonly rows: readonly PaneRow[];
	/** Rows hidden above and below. */
	readonly above?: number;
	readonly below?: number;
};

type Border = {
	readonly corners: readonly [string, string, string, string];
	readonly across: string;
	readonly down: string;
};

const thin: Border = {corners: ['╭', '╮', '╰', '╯'], across: '─', down: '│'};
const thick: Border = {corners: ['┏', '┓', '┗', '┛'], across: '━', down: '┃'};
const asciiThin: Border = {corners: ['+', '+', '+', '+'], across: '-', down: '|'};
const asciiThick: Border = {corners: ['#', '#', '#', '#'], across: '=', down: '#'};

export function Pane(props: Props) {
	const {area, isAscii} = props.frame;
	return <Block area={area} text={paneRows(props).join('\n')} isAscii={isAscii} />;
}

type BlockProps = {readonly area: Rectangle; readonly text: string; readonly isAscii: boolean};

/**
 * Text at a place on the screen, as many rows and cells as the place has. Ink measures and wraps what stands in a Text,
 * at several times the cost of drawing it; these rows fit already, so a Transform puts them in after that.
 */
export const Block = memo(
	function Block({area, text, isAscii}: BlockProps) {
		const rows = (isAscii ? asciiOnly(text) : text).split('\n');
		return (
			<Box position="absolute" left={area.x} top={area.y} width={area.width} height={area.height}>
				<Transform transform={(_, index) => rows[index] ?? ''}>
					<Text>{placeholder(rows.length)}</Text>
				</Transform>
			</Box>
		);
	},
	(before, after) => before.text === after.text && isSameArea(before.area, after.area),
);

/** A letter per row: Ink leaves out what is empty. */
const placeholder = (rows: number): string => 'x\n'.repeat(rows - 1) + 'x';

const isSameArea = (a: Rectangle, b: Rectangle): boolean =>
	a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

/** The rows of a pane, each exactly as wide as its area. */
export const paneRows = ({
	frame,
	number,
	title,
	note = '',
	noteTone = 'dim',
	rows,
	above = 0,
	below = 0,
}: Props): readonly string[] => {
	const {area, isFocused, theme, isAscii} = frame;
	const border = isFocused ? (isAscii ? asciiThick : thick) : isAscii ? asciiThin : thin;
	const style = isFocused ? theme.focus : theme.border;
	const inner = Math.max(0, area.width - 2);
	const side = paintText(border.down, style);
	const body = Array.from({length: Math.max(0, area.height - 2)}, (_, index) => {
		const row = rows[index];
		const cells = paint(
			fitLine(row?.line ?? [], inner),
			theme,
			row?.isSelected ? theme.selected : '',
		);
		return `${side}${cells}${side}`;
	});
	return [
		topRow(border, style, theme, inner, {number, title, note, noteTone}),
		...body,
		bottomRow(border, style, inner, hiddenRows(above, below, isAscii)),
	];
};

const topRow = (
	border: Border,
	style: string,
	theme: Theme,
	inner: number,
	{
		number,
		title,
		note,
		noteTone,
	}: {
		readonly number: string;
		readonly title: string;
		readonly note: string;
		readonly noteTone: Tone;
	},
): string => {
	const label: Line = [
		...(number === '' ? [] : [span(` ${number}`, 'key')]),
		span(` ${simplify(title)} `, 'strong'),
		...(note === '' ? [] : [span(`${simplify(note)} `, noteTone)]),
	];
	const width = lineWidth(label);
	const [left, right] = border.corners;
	const shown = width > inner - 1 ? fitLine(label, Math.max(0, inner - 1)) : label;
	const rest = Math.max(0, inner - 1 - Math.min(width, inner - 1));
	return (
		paintText(left + border.across, style) +
		paint(shown, theme) +
		paintText(border.across.repeat(rest) + right, style)
	);
};

const bottomRow = (border: Border, style: string, inner: number, hidden: string): string => {
	const [, , left, right] = border.corners;
	const text = hidden === '' ? '' : ` ${hidden} `;
	if (text.length + 2 > inner) return paintText(left + border.across.repeat(inner) + right, style);
	return paintText(
		left + border.across.repeat(inner - text.length - 1) + text + border.across + right,
		style,
	);
};

const hiddenRows = (above: number, below: number, isAscii: boolean): string => {
	const parts = [
		above > 0 ? `${isAscii ? '^' : '↑'}${above}` : '',
		below > 0 ? `${isAscii ? 'v' : '↓'}${below}` : '',
	];
	return parts.filter(part => part !== '').join(' ');
};

/** Table cells as a line: a mark, then the columns with a space between them. */
export const cellsLine = (
	cells: ReadonlyArray<{
		readonly text: string;
		readonly width: number;
		readonly alignment?: 'left' | 'right';
		readonly tone?: Line[number]['tone'];
	}>,
): Line =>
	cells.flatMap(({text, width, alignment = 'left', tone = 'plain'}, index) => [
		...(index > 0 ? [span(' ')] : []),
		span(fitText(text, width, alignment), tone),
	]);
