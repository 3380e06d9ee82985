// What is open over the panes, as lines of text.

import {detailsView} from '../view-model/details.js';
import {type Language, localize, say} from '../view-model/language.js';
import {commonSignals, signalName} from '../view-model/signal-names.js';
import {lineText} from '../view-model/styled-text.js';
import {waitGraphLines} from '../view-model/wait-graph.js';
import {wayRows} from '../view-model/ways-text.js';
import {helpLines} from './components/overlays.js';
import {presetsMatching} from './control/choices.js';
import type {Playback} from './playback.js';
import type {DashboardState} from './selection.js';

/** Columns that the pages are made for. */
const columns = 80;

/** The title of what is open over the panes, and what is chosen or written in it. */
export const overlayLines = (
	{ui, snapshot}: DashboardState,
	language: Language,
	playback: Playback,
): readonly string[] => {
	const {overlay} = ui;
	const titled = (list: 'picker' | 'signal' | 'link', name = ''): string =>
		`${say(language, `${list}.title`, {name})}: ${say(language, `${list}.hint`)}`;
	switch (overlay?.kind) {
		case undefined:
			return [];
		case 'help':
			return [say(language, 'help.title'), ...helpLines(language, columns, false).map(lineText)];
		case 'details': {
			const view = detailsView(snapshot.observed, overlay.subject, language);
			return [view.title, ...view.lines.map(lineText)];
		}

		case 'picker': {
			const preset = presetsMatching(playback, overlay.query, language)[overlay.index];
			return [
				titled('picker'),
				preset
					? `${preset.name}: ${localize(preset.title, language)}`
					: say(language, 'picker.none'),
			];
		}

		case 'graph':
			return [
				say(language, 'graph.title'),
				...waitGraphLines(snapshot.observed.kernel, language, columns, snapshot.outlook).map(
					lineText,
				),
			];
		case 'compare':
			return [
				say(language, 'compare.title'),
				...wayRows(overlay.view.ways, language)
					.slice(overlay.index, overlay.index + 1)
					.map(row =>
						Object.entries(row)
							.map(([name, cell]) => `${name}: ${cell}`)
							.join(', '),
					),
			];
		case 'signal':
			return [titled('signal', overlay.name), signalName(commonSignals[overlay.index]!)];
		case 'links': {
			const link = snapshot.links[overlay.index];
			return link
				? [
						titled('link'),
						`${link.between.join('–')}: ${say(language, link.isUp ? 'link.up' : 'link.down')}`,
					]
				: [];
		}
	}
};
