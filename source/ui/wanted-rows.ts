// Rows of text that the panes could show, now or at their fullest moment so far, for the layout.

import type {Language} from '../view-model/language.js';
import type {PlacedPane} from './layout.js';
import {linesPerPipe} from './panes/pipe-pane.js';
import {longestStepRows} from './panes/text-panes.js';
import type {DashboardState} from './selection.js';

/** Undefined: the pane always has more to show. */
export const wantedRows = (
	{ui, snapshot}: DashboardState,
	{pane, width, height}: PlacedPane,
	language: Language,
): number | undefined => {
	const {items} = ui.room;
	const most = (name: PlacedPane['pane']): number => items[name] ?? 0;
	switch (pane) {
		case 'pipes':
			return most('pipes') * (linesPerPipe + 1);
		case 'sockets':
			return 1 + most('sockets') * 3;
		case 'shared':
			return most('shared') * 3;
		case 'timeline':
			return most('timeline') + 2;
		case 'console': {
			// What is printed goes on and on: what it lacks it gets at once, not a row at a time.
			const rows = snapshot.logs.console.length;
			return rows > height - 2 ? undefined : rows;
		}

		case 'guide':
			// It keeps its rows: the steps before stand there.
			return Math.max(height - 2, longestStepRows(snapshot.lesson, language, width - 2));
		case 'processes':
		case 'source':
		case 'events':
			return undefined;
	}
};
