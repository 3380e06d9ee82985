// How much text the keys move in: what the focused pane or the open overlay holds, and how much of it is seen.

import {detailsView} from '../view-model/details.js';
import {localize} from '../view-model/language.js';
import {sourceView} from '../view-model/source.js';
import {helpLines} from './components/overlays.js';
import {presetsMatching} from './control/choices.js';
import type {Extent} from './control/context.js';
import type {Layout, Rectangle} from './layout.js';
import {consoleRows, guideRows, guideTop} from './panes/text-panes.js';
import type {Scene} from './scene.js';

/** Rows of text in what the keys move, and how many of them are seen. */
export const extentOf = (
	scene: Scene,
	area: Rectangle,
	layout: Layout & {readonly kind: 'panes'},
): Extent => {
	const {state, language, isAscii, playback, entry} = scene;
	const {ui, snapshot} = state;
	// Tab goes through what has something to show; the numbers reach everything.
	const panes = ui.seen;
	const {overlay} = ui;
	const inOverlay = (count: number) => ({rows: count, height: area.height - 2, top: 0, panes});
	if (overlay?.kind === 'help')
		return inOverlay(helpLines(language, area.width - 2, isAscii).length);
	if (overlay?.kind === 'details')
		return inOverlay(detailsView(snapshot.observed, overlay.subject, language).lines.length);
	if (overlay?.kind === 'picker')
		return inOverlay(presetsMatching(playback, overlay.query, language).length);
	const placed = layout.panes.find(({pane}) => pane === ui.focused);
	if (!placed) return {rows: 0, height: 1, top: 0, panes};
	const height = placed.height - 2;
	switch (ui.focused) {
		case 'events':
			return {rows: snapshot.logs.events.length, height, top: 0, panes};
		case 'console':
			return {
				rows: consoleRows(snapshot.logs.console, placed.width - 2).length,
				height,
				top: 0,
				panes,
			};
		case 'guide': {
			const {lines, last} = guideRows(
				snapshot.guide,
				localize(snapshot.summary, language),
				language,
				placed.width - 2,
			);
			return {rows: lines.length, height, top: guideTop(lines.length, last, height), panes};
		}

		case 'timeline':
			return {rows: snapshot.logs.timeline.lanes.length, height, top: 0, panes};
		case 'source': {
			const view = sourceView(snapshot.observed, {
				pid: entry?.pid,
				tid: entry?.tid,
				height,
				top: undefined,
				language,
			});
			return {
				rows: view.kind === 'source' ? view.lineCount : 0,
				height,
				top: view.kind === 'source' ? view.lines[0]!.number - 1 : 0,
				panes,
			};
		}

		case 'processes':
			return {rows: 0, height: height - 1, top: 0, panes};
		case 'pipes':
		case 'sockets':
		case 'shared':
			return {rows: 0, height, top: 0, panes};
	}
};
