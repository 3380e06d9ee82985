// Rows of text that the panes could show now, for the layout.

import type {Language} from '../view-model/language.js';
import {pipeListViews} from '../view-model/pipe-list.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import type {PlacedPane} from './layout.js';
import {linesPerPipe} from './panes/pipe-pane.js';
import {newestStepRows} from './panes/text-panes.js';
import type {DashboardState} from './selection.js';

/** Undefined: the pane always has more to show. */
export const wantedRows = (
	{ui, snapshot}: DashboardState,
	{pane, width, height}: PlacedPane,
	language: Language,
): number | undefined => {
	const {observed, logs} = snapshot;
	switch (pane) {
		case 'pipes':
			return pipeListViews(observed).length * (linesPerPipe + 1);
		case 'sockets':
			return 1 + socketViews(observed).length * 3;
		case 'shared':
			return sharedViews(observed, snapshot.watch).length * 3;
		case 'timeline':
			return logs.timeline.lanes.length + 2;
		case 'console':
			return logs.console.length;
		case 'guide':
			// It keeps its rows: the steps before stand there, and its frame does not move with every step.
			return Math.max(height - 2, newestStepRows(snapshot.guide, language, width - 2, ui.answer));
		case 'processes':
		case 'source':
		case 'events':
			return undefined;
	}
};
