// How much text the keys move in: what the focused pane or the open overlay holds, and how much of it is seen.

import {detailsView} from '../view-model/details.js';
import {localize} from '../view-model/language.js';
import {lastCycles} from '../view-model/timeline.js';
import {sourceView} from '../view-model/source.js';
import {type Line, lineText} from '../view-model/styled-text.js';
import {waitGraphLines} from '../view-model/wait-graph.js';
import {helpLines, pageLines} from './components/overlays.js';
import {presetsMatching} from './control/choices.js';
import type {Extent} from './control/context.js';
import {firstVisible} from '../view-model/scroll.js';
import {type Layout, paneNames, type PlacedPane, type Rectangle} from './layout.js';
import {itemAt, tableOf} from './place-panes.js';
import {listKeys, selectedKey} from './selection.js';
import {
	consoleRows,
	guideRows,
	guideTop,
	timelineCycleAt,
	timelineCycles,
	timelineRoom,
} from './panes/text-panes.js';
import type {Scene} from './scene.js';

/** What the keys and the mouse act on. */
export const extentOf = (
	scene: Scene,
	area: Rectangle,
	layout: Layout & {readonly kind: 'panes'},
): Extent => ({
	...textExtent(scene, area, layout),
	columns() {
		const placed = layout.panes.find(({pane}) => pane === 'processes');
		return placed ? tableOf(scene, placed).columns.map(({name}) => name) : [];
	},
	shown: scene.state.ui.overlay ? [] : layout.panes.map(({pane}) => pane),
	hit(x, y) {
		const placed = layout.panes.find(
			pane => x >= pane.x && x < pane.x + pane.width && y >= pane.y && y < pane.y + pane.height,
		);
		if (!placed) return undefined;
		const inside = {x: x - placed.x - 1, y: y - placed.y - 1};
		const cycle = placed.pane === 'timeline' ? cycleAt(scene, placed, inside) : undefined;
		return {pane: placed.pane, key: rowAt(scene, placed, inside.y), cycle};
	},
});

const cycleAt = (
	{state, language}: Scene,
	{width, height}: PlacedPane,
	at: {readonly x: number; readonly y: number},
): number | undefined => {
	const {observed, logs, history} = state.snapshot;
	const shown = timelineCycles(width, observed.kernel.config.quantum);
	const view = lastCycles(logs.timeline, shown);
	return timelineCycleAt(view, history, {width: width - 2, height: height - 2}, at, language);
};

/** The key of the list's row that stands in a row of its pane. */
const rowAt = (scene: Scene, placed: PlacedPane, row: number): string | undefined => {
	const {state} = scene;
	const {pane, height} = placed;
	const keys = listKeys(state, pane);
	if (pane !== 'processes' && pane !== 'events') return keys[itemAt(scene, placed, row) ?? -1];
	const heading = pane === 'processes' ? 1 : 0;
	const room = Math.max(1, height - 2 - heading);
	const at = keys.indexOf(selectedKey(state, pane) ?? '');
	// Events that nobody has selected stand at their end.
	const isAtEnd = pane === 'events' && state.ui.selected.events === undefined;
	const first = isAtEnd
		? Math.max(0, keys.length - room)
		: firstVisible(keys.length, Math.max(0, at), room);
	return row < heading ? undefined : keys[first + row - heading];
};

/** Rows of text in what the keys move, and how many of them are seen. */
const textExtent = (
	scene: Scene,
	area: Rectangle,
	layout: Layout & {readonly kind: 'panes'},
): Extent => {
	const {state, language, isAscii, playback, entry} = scene;
	const {ui, snapshot} = state;
	// Tab goes through what has something to show; the numbers reach everything.
	const panes = paneNames.filter(pane => ui.seen.includes(pane));
	const {overlay} = ui;
	const texts = (): readonly string[] => [];
	const inOverlay = (count: number) => ({
		rows: count,
		height: area.height - 2,
		top: 0,
		panes,
		texts,
	});
	const inPage = (lines: readonly Line[]) => inOverlay(pageLines(lines, area.width - 3).length);
	if (overlay?.kind === 'help') return inPage(helpLines(language, area.width - 3, isAscii));
	if (overlay?.kind === 'details')
		return inPage(detailsView(snapshot.observed, overlay.subject, language).lines);
	if (overlay?.kind === 'graph')
		return inPage(
			waitGraphLines(snapshot.observed.kernel, language, area.width - 3, snapshot.outlook),
		);
	if (overlay?.kind === 'links') return inOverlay(snapshot.links.length);
	if (overlay?.kind === 'compare') return inOverlay(overlay.view.ways.length);
	if (overlay?.kind === 'picker')
		return inOverlay(presetsMatching(playback, overlay.query, language).length);
	const placed = layout.panes.find(({pane}) => pane === ui.focused);
	if (!placed) return {rows: 0, height: 1, top: 0, panes, texts};
	const height = placed.height - 2;
	switch (ui.focused) {
		case 'events':
			return {rows: 0, height, top: 0, panes, texts};
		case 'console': {
			const lines = consoleRows(snapshot.logs.console, placed.width - 2);
			const top = Math.max(0, lines.length - height - (ui.scroll.console ?? 0));
			return {rows: lines.length, height, top, panes, texts: textsOf(lines)};
		}

		case 'guide': {
			const text = guideRows(
				snapshot.guide,
				localize(snapshot.summary, language),
				language,
				placed.width - 2,
				ui.answer,
			);
			const {lines} = text;
			const top = ui.scroll.guide ?? guideTop(text, height);
			return {rows: lines.length, height, top, panes, texts: textsOf(lines)};
		}

		case 'timeline':
			return {
				rows: snapshot.logs.timeline.lanes.length,
				height: timelineRoom(height, snapshot.logs.timeline.lanes.length),
				top: 0,
				panes,
				texts,
			};
		case 'source': {
			const viewOf = (rows: number, top: number | undefined) =>
				sourceView(snapshot.observed, {
					pid: entry?.pid,
					tid: entry?.tid,
					height: rows,
					top,
					language,
				});
			const view = viewOf(height, ui.scroll.source);
			return {
				rows: view.kind === 'source' ? view.lineCount : 0,
				height,
				top: view.kind === 'source' ? view.lines[0]!.number - 1 : 0,
				panes,
				texts() {
					const whole = view.kind === 'source' ? viewOf(view.lineCount, 0) : view;
					return whole.kind === 'source' ? whole.lines.map(({text}) => lineText(text)) : [];
				},
			};
		}

		case 'processes':
			return {rows: 0, height: height - 1, top: 0, panes, texts};
		case 'pipes':
		case 'sockets':
		case 'shared':
			return {rows: 0, height, top: 0, panes, texts};
	}
};

const textsOf = (lines: readonly Line[]) => (): readonly string[] => lines.map(lineText);
