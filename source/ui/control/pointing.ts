// The mouse, where it is wanted: a click chooses the pane, in a list the row, in the Timeline the moment; the wheel moves in
// the pane below it.

import type {MouseEvent} from '../mouse.js';
import type {Context} from './context.js';

/** Rows that one turn of the wheel moves. */
const wheelRows = 3;

export const point = (
	context: Context,
	{kind, x, y}: MouseEvent,
	turn: (key: string) => void,
): void => {
	const {apply} = context;
	const {ui} = context.now();
	const step = kind === 'wheel-up' ? 'Up' : 'Down';
	if (ui.input) return;
	if (ui.overlay) {
		if (kind !== 'press') for (let row = 0; row < wheelRows; row++) turn(step);
		return;
	}
	const hit = context.extent().hit?.(x, y);
	if (!hit) return;
	if (ui.focused !== hit.pane) apply({type: 'focus', pane: hit.pane});
	if (kind === 'press') {
		if (hit.cycle !== undefined) context.options.playback.seekTo(hit.cycle);
		if (hit.key !== undefined) apply({type: 'select', pane: hit.pane, key: hit.key});
	} else for (let row = 0; row < wheelRows; row++) turn(step);
};
