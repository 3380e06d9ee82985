// From the layout to the panes.

import {channelsOfProcess} from '../view-model/channels.js';
import {say} from '../view-model/language.js';
import {hasRadio, pipeListViews} from '../view-model/pipe-list.js';
import {processTable} from '../view-model/process-table.js';
import {hasPrograms} from '../view-model/processes.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import {sourceView} from '../view-model/source.js';
import {lastCycles} from '../view-model/timeline.js';
import {itemInRow} from './components/list-pane.js';
import type {PaneFrame} from './components/pane.js';
import {paneNames, type PlacedPane} from './layout.js';
import {pipeList, PipePane, type PipePaneProps} from './panes/pipe-pane.js';
import {ProcessPane} from './panes/process-pane.js';
import {sharedList, SharedPane, type SharedPaneProps} from './panes/shared-pane.js';
import {socketList, SocketPane, type SocketPaneProps} from './panes/socket-pane.js';
import {SourcePane} from './panes/source-pane.js';
import {EventPane} from './panes/event-pane.js';
import {consoleRows, GuidePane, LogPane, timelineCycles, TimelinePane} from './panes/text-panes.js';
import type {Scene} from './scene.js';
import {foundRow, selectedKey, shownEvents} from './selection.js';

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
	const {state, language} = scene;
	const {ui, snapshot} = state;
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
					areEnded={scene.entries.length === 0 && hasPrograms(snapshot.observed.kernel)}
					language={language}
				/>
			);
		case 'pipes':
			return <PipePane key={pane} {...pipeProps(scene, placed)} />;
		case 'sockets':
			return <SocketPane key={pane} {...socketProps(scene, placed)} />;
		case 'shared':
			return <SharedPane key={pane} {...sharedProps(scene, placed)} />;
		case 'events':
			return (
				<EventPane
					key={pane}
					frame={frame}
					rows={shownEvents(state)}
					selected={ui.selected.events}
					language={language}
				/>
			);
		default:
			return undefined;
	}
};

const pipeProps = (scene: Scene, placed: PlacedPane): PipePaneProps => {
	const {state, entry, language} = scene;
	const {observed} = state.snapshot;
	return {
		frame: frameOf(scene, placed),
		pipes: pipeListViews(observed),
		hasRadio: hasRadio(observed),
		selected: selectedKey(state, 'pipes'),
		marked:
			entry && state.ui.focused === 'processes'
				? channelsOfProcess(observed.kernel, entry.pid)
				: new Set(),
		language,
	};
};

const socketProps = (scene: Scene, placed: PlacedPane): SocketPaneProps => {
	const {observed, links} = scene.state.snapshot;
	return {
		frame: frameOf(scene, placed),
		sockets: socketViews(observed),
		hosts: [...observed.kernel.hosts.keys()],
		cut: links.filter(({isUp}) => !isUp).map(({between}) => between.join('–')),
		selected: selectedKey(scene.state, 'sockets'),
		pid: pidOfChosen(scene),
		language: scene.language,
	};
};

const sharedProps = (scene: Scene, placed: PlacedPane): SharedPaneProps => {
	const {observed, watch} = scene.state.snapshot;
	return {
		frame: frameOf(scene, placed),
		items: sharedViews(observed, watch),
		selected: selectedKey(scene.state, 'shared'),
		pid: pidOfChosen(scene),
		language: scene.language,
	};
};

/** The selected process, while one is chosen there. */
const pidOfChosen = ({state, entry}: Scene): number | undefined =>
	state.ui.focused === 'processes' ? entry?.pid : undefined;

/** Index of the item that stands in a row of a list's pane; undefined where none does. */
export const itemAt = (scene: Scene, placed: PlacedPane, row: number): number | undefined => {
	switch (placed.pane) {
		case 'pipes':
			return itemInRow(pipeList(pipeProps(scene, placed)), row);
		case 'sockets':
			return itemInRow(socketList(socketProps(scene, placed)), row);
		case 'shared':
			return itemInRow(sharedList(sharedProps(scene, placed)), row);
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

export const tableOf = (
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
		waits: state.ui.room.waits,
		language,
		clock: kernel.config.clock,
	});
};
