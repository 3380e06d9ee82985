// Reports of the mouse, SGR mode 1006: taken out of the input before keys are read from it.

/** A press of the left button, or a turn of the wheel, at a cell counted from 0. */
export type MouseEvent = {
	readonly kind: 'press' | 'wheel-up' | 'wheel-down';
	readonly x: number;
	readonly y: number;
};

export const mouseOn = '\u001B[?1000h\u001B[?1006h';
export const mouseOff = '\u001B[?1006l\u001B[?1000l';

const report = /\u001B\[<(\d+);(\d+);(\d+)([Mm])/g;

const kinds: Readonly<Record<number, MouseEvent['kind']>> = {
	0: 'press',
	64: 'wheel-up',
	65: 'wheel-down',
};

/** The input without the reports, and what they say. Releases and other buttons say nothing. */
export const takeMouse = (
	input: string,
): {readonly rest: string; readonly events: readonly MouseEvent[]} => {
	if (!input.includes('\u001B[<')) return {rest: input, events: []};
	const events: MouseEvent[] = [];
	const rest = input.replaceAll(report, (_, button: string, x: string, y: string, end: string) => {
		const kind = kinds[Number(button)];
		if (kind && end === 'M') events.push({kind, x: Number(x) - 1, y: Number(y) - 1});
		return '';
	});
	return {rest, events};
};
