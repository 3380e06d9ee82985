// From the layout to the panes.

import {channelsOfProcess} from '../view-model/channels.js';
import {say} from '../view-model/language.js';
import {pipeListViews} from '../view-model/pipe-list.js';
import {processTable} from '../view-model/process-table.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import {sourceView} from '../view-model/source.js';
import {lastCycles} from '../view-model/timeline.js';
import type {PaneFrame} from './components/pane.js';
import {paneNames, type PlacedPane} from './layout.js';
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

export const renderPane = (scene: Scene, placed: PlacedPane) =>
	renderList(scene, placed) ?? renderText(scene, placed);

/** The panes in which a row is selected; undefined for the others. */
const renderList = (scene: Scene, placed: PlacedPane) => {
	const {state, language, entry} = scene;
	const {ui, snapshot} = state;
	const {observed} = snapshot;
	const frame = frameOf(scene, placed);
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
					pipes={pipeListViews(observed)}
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
		default:
			return undefined;
	}
};

/** The panes that are scrolled as a text. */
const renderText = (scene: Scene, placed: PlacedPane) => {
	const {state, language, entry} = scene;
	const {ui, snapshot} = state;
	const {observed} = snapshot;
	const frame = frameOf(scene, placed);
	const {pane} = placed;
	switch (pane) {
		case 'source':
			return (
				<SourcePane
					key={pane}
					frame={frame}
					view={sourceView(observed, {
						pid: entry?.pid,
						tid: entry?.tid,
						height: placed.height - 2,
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
		default:
			return undefined;
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
