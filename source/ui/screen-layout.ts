// What stands where in one picture: the panes, and the footer, whose message may take rows from them.

import type {Language} from '../view-model/language.js';
import {processEntries} from '../view-model/processes.js';
import type {Line} from '../view-model/styled-text.js';
import {footerLines} from './components/footer.js';
import {type Layout, layoutOf} from './layout.js';
import {longestStepRows} from './panes/text-panes.js';
import {stalePanes} from './room.js';
import {type DashboardState, panesOfGuide} from './selection.js';
import {wantedRows} from './wanted-rows.js';

export type ScreenSize = {
	readonly columns: number;
	readonly rows: number;
	readonly language: Language;
	readonly isStacked?: boolean;
};

export const screenLayout = (
	state: DashboardState,
	{columns, rows, language, isStacked = false}: ScreenSize,
): {readonly layout: Layout; readonly footer: readonly Line[]} => {
	const {ui, snapshot} = state;
	const footer = footerLines(state, columns, language);
	const rowsShown = processEntries(snapshot.observed, ui.table).length + 1;
	const layout = layoutOf({
		columns,
		rows,
		footerRows: footer.length,
		cpus: snapshot.observed.kernel.cpus.length,
		focused: ui.focused,
		recent: [...panesOfGuide(snapshot), ...ui.recent],
		present: new Set(ui.present),
		seen: new Set(ui.seen),
		stale: stalePanes(ui.room, ui.present),
		guideRows: width =>
			ui.present.includes('guide') ? longestStepRows(snapshot.lesson, language, width) : 0,
		wantedRows: pane => wantedRows(state, pane, language),
		isZoomed: ui.isZoomed,
		isStacked,
		processRows: Math.max(ui.room.processRows, rowsShown),
	});
	return {layout, footer};
};
