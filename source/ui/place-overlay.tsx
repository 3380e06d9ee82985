// What opens over the panes: help, details, the lists to choose from, the graph, the table of ways.

import {detailsView} from '../view-model/details.js';
import {say} from '../view-model/language.js';
import {waitGraphLines} from '../view-model/wait-graph.js';
import {CompareTable} from './components/compare-table.js';
import {helpLines, LinkList, Picker, SignalList, TextPage} from './components/overlays.js';
import type {PaneFrame} from './components/pane.js';
import {presetsMatching} from './control/choices.js';
import type {Rectangle} from './layout.js';
import type {Scene} from './scene.js';

export const renderOverlay = (scene: Scene, area: Rectangle) => {
	const {state, theme, isAscii, language, playback} = scene;
	const {overlay} = state.ui;
	const frame: PaneFrame = {area, isFocused: true, theme, isAscii};
	switch (overlay?.kind) {
		case undefined:
			return undefined;
		case 'help':
			return (
				<TextPage
					frame={frame}
					title={say(language, 'help.title')}
					lines={helpLines(language, area.width - 3, isAscii)}
					top={overlay.top}
				/>
			);
		case 'details': {
			const view = detailsView(state.snapshot.observed, overlay.subject, language);
			return <TextPage frame={frame} title={view.title} lines={view.lines} top={overlay.top} />;
		}

		case 'picker':
			return (
				<Picker
					frame={frame}
					presets={presetsMatching(playback, overlay.query, language)}
					query={overlay.query}
					index={overlay.index}
					language={language}
				/>
			);
		case 'graph':
			return (
				<TextPage
					frame={frame}
					title={say(language, 'graph.title')}
					lines={waitGraphLines(
						state.snapshot.observed.kernel,
						language,
						area.width - 3,
						state.snapshot.outlook,
					)}
					top={overlay.top}
				/>
			);
		case 'compare':
			return (
				<CompareTable frame={frame} view={overlay.view} index={overlay.index} language={language} />
			);
		case 'links':
			return (
				<LinkList
					frame={frame}
					links={state.snapshot.links}
					index={overlay.index}
					language={language}
				/>
			);
		case 'signal':
			return (
				<SignalList frame={frame} name={overlay.name} index={overlay.index} language={language} />
			);
	}
};
