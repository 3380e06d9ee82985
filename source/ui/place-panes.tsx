// From the layout to the panes, and to what opens over them.

import {channelsOfProcess} from '../view-model/channels.js';
import {detailsView} from '../view-model/details.js';
import {say} from '../view-model/language.js';
import {pipeViews} from '../view-model/pipes.js';
import {processTable} from '../view-model/process-table.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import {sourceView} from '../view-model/source.js';
import {lastCycles} from '../view-model/timeline.js';
import {waitGraphLines} from '../view-model/wait-graph.js';
import {helpLines, LinkList, Picker, SignalList, TextPage} from './components/overlays.js';
import {CompareTable} from './components/compare-table.js';
import type {PaneFrame} from './components/pane.js';
import {presetsMatching} from './control/choices.js';
import {paneNames, type PlacedPane, type Rectangle} from './layout.js';
import {PipePane} from './panes/pipe-pane.js';
import {ProcessPane} from './panes/process-pane.js';
import {SharedPane} from './panes/shared-pane.js';
import {SocketPane} from './panes/socket-pane.js';
import {SourcePane} from './panes/source-pane.js';
import {EventPane} from './panes/event-pane.js';
import {consoleRows, GuidePane, LogPane, timelineCycles, TimelinePane} from './panes/text-panes.js';
import type {Scene} from './scene.js';
import {eventRows} from '../view-model/event-rows.js';
import {foundRow, selectedKey} from './selection.js';

const frameOf = ({theme, isAscii, state}: Scene, placed: PlacedPane): PaneFrame => ({
	area: placed,
	isFocused: placed.pane === state.ui.focused,
	theme,
	isAscii,
});

export const renderPane = (scene: Scene, placed: PlacedPane) => {
	const {state, language, entry} = scene;
	const {ui, snapshot} = state;
	const {observed} = snapshot;
	const frame = frameOf(scene, placed);
	const height = placed.height - 2;
	const {pane} = placed;
	switch (pane) {
		case 'processes':
			return (
				<ProcessPane
					key={pane}
					frame={frame}
					table={tableOf(scene, placed)}
					options={ui.table}
					isFollowing={ui.isFollowing}
					language={language}
				/>
			);
		case 'pipes':
			return (
				<PipePane
					key={pane}
					frame={frame}
					pipes={pipeViews(observed)}
					selected={selectedKey(state, 'pipes')}
					marked={
						entry && ui.focused === 'processes'
							? channelsOfProcess(observed.kernel, entry.pid)
							: new Set()
					}
					language={language}
				/>
			);
		case 'sockets':
			return (
				<SocketPane
					key={pane}
					frame={frame}
					sockets={socketViews(observed)}
					selected={selectedKey(state, 'sockets')}
					pid={ui.focused === 'processes' ? entry?.pid : undefined}
					language={language}
				/>
			);
		case 'shared':
			return (
				<SharedPane
					key={pane}
					frame={frame}
					items={sharedViews(observed, snapshot.watch)}
					selected={selectedKey(state, 'shared')}
					pid={ui.focused === 'processes' ? entry?.pid : undefined}
					language={language}
				/>
			);
		case 'source':
			return (
				<SourcePane
					key={pane}
					frame={frame}
					view={sourceView(observed, {
						pid: entry?.pid,
						tid: entry?.tid,
						height,
						top: ui.scroll.source,
						language,
					})}
					found={foundRow(ui, pane)}
					language={language}
				/>
			);
		case 'timeline':
			return (
				<TimelinePane
					key={pane}
					frame={frame}
					view={lastCycles(
						snapshot.logs.timeline,
						timelineCycles(placed.width, observed.kernel.config.quantum),
					)}
					top={ui.scroll.timeline ?? 0}
					history={snapshot.history}
					tid={entry?.tid}
					language={language}
				/>
			);
		case 'guide':
			return (
				<GuidePane
					key={pane}
					frame={frame}
					snapshot={snapshot}
					answer={ui.answer}
					top={ui.scroll.guide}
					found={foundRow(ui, pane)}
					language={language}
				/>
			);
		case 'events':
			return (
				<EventPane
					key={pane}
					frame={frame}
					rows={eventRows(snapshot.logs.events)}
					selected={ui.selected.events}
					language={language}
				/>
			);
		case 'console':
			return (
				<LogPane
					key={pane}
					frame={frame}
					number={String(paneNames.indexOf(pane) + 1)}
					title={say(language, `pane.${pane}`)}
					lines={consoleRows(snapshot.logs.console, placed.width - 2)}
					empty={say(language, `${pane}.none`)}
					fromEnd={ui.scroll[pane] ?? 0}
					found={foundRow(ui, pane)}
				/>
			);
	}
};

const tableOf = (
	{state, entries, entry, markedPids, language}: Scene,
	{width, height}: PlacedPane,
) => {
	const {kernel} = state.snapshot.observed;
	return processTable({
		entries,
		options: state.ui.table,
		selected: entry?.key,
		marked: markedPids,
		width: width - 3,
		height: height - 3,
		hasHosts: kernel.hosts.size > 1,
		language,
		clock: kernel.config.clock,
	});
};

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
					lines={waitGraphLines(state.snapshot.observed.kernel, language, area.width - 3)}
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
