// What the keys act on: the rows of the lists in their order, and which of them are selected.

import {eventRows} from '../view-model/event-rows.js';
import {bytesText, pipeListViews} from '../view-model/pipe-list.js';
import {indexOfKey, type ProcessEntry, processEntries} from '../view-model/processes.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import {lineText} from '../view-model/styled-text.js';
import {type PaneName, paneNames} from './layout.js';
import type {Snapshot} from './playback.js';
import type {UiState} from './state.js';

export type DashboardState = {readonly ui: UiState; readonly snapshot: Snapshot};

/** The panes that have something to show now; the same array as before where nothing has changed. */
export const panesPresent = (
	{observed, watch, hasGuide, isGuideHidden, logs, play}: Snapshot,
	before: readonly PaneName[],
): readonly PaneName[] => {
	const {kernel} = observed;
	const present: Readonly<Record<PaneName, boolean>> = {
		processes: true,
		pipes: kernel.pipes.size > 0 || kernel.network.radio.stations.size > 0,
		sockets: kernel.network.sockets.size > 0,
		shared: (watch.length > 0 && play !== 'ended') || logs.hasShared,
		source: true,
		timeline: true,
		events: true,
		console: true,
		guide: hasGuide && !isGuideHidden,
	};
	const panes = paneNames.filter(pane => present[pane]);
	return isSame(panes, before) ? before : panes;
};

/** Those and the panes that had something before; a guide that is gone was hidden. */
export const panesSeen = (
	present: readonly PaneName[],
	before: readonly PaneName[],
): readonly PaneName[] => {
	const panes = paneNames.filter(
		pane => present.includes(pane) || (before.includes(pane) && pane !== 'guide'),
	);
	return isSame(panes, before) ? before : panes;
};

const isSame = (a: readonly PaneName[], b: readonly PaneName[]): boolean =>
	a.length === b.length && a.every((pane, index) => pane === b[index]);

/** The pane that the guide's newest step is about, while the guide is wanted. */
export const panesOfGuide = ({guide, isGuideHidden}: Snapshot): readonly PaneName[] => {
	const pane = isGuideHidden ? undefined : guide.at(-1)?.show;
	return pane === undefined ? [] : [pane];
};

/** The place in the guide of the newest step that asks something and has an answer; -1 if none does. */
export const newestQuestion = (guide: Snapshot['guide']): number =>
	guide.findLastIndex(({ask, answer}) => ask !== undefined && answer !== undefined);

/**
 * The process entry that is selected, as the table shows it. Where none has been chosen, the first process of the programs
 * that lives, or else the first: the kernel's own threads have no source to show.
 */
export const selectedEntry = (
	state: UiState,
	entries: readonly ProcessEntry[],
): ProcessEntry | undefined => {
	if (state.isFollowing) {
		const running = entries.find(entry => entry.state === 'running');
		if (running) return running;
	}
	return (
		entries[indexOfKey(entries, state.selected.processes)] ??
		entries.find(({state: shown, isKernel}) => shown !== 'ended' && !isKernel) ??
		entries.find(({isKernel}) => !isKernel) ??
		entries[0]
	);
};

/** Keys of the rows of a list, in order; empty for panes of text. */
export const listKeys = ({ui, snapshot}: DashboardState, pane: PaneName): readonly string[] => {
	const {observed, watch} = snapshot;
	switch (pane) {
		case 'processes':
			return processEntries(observed, ui.table).map(entry => entry.key);
		case 'pipes':
			return pipeListViews(observed).map(({name}) => name);
		case 'sockets':
			return socketViews(observed).map(socket => socket.key);
		case 'shared':
			return sharedViews(observed, watch).map(item => item.key);
		case 'events':
			return eventRows(snapshot.logs.events).map(({key}) => key);
		case 'source':
		case 'timeline':
		case 'console':
		case 'guide':
			return [];
	}
};

/** The selected row of a list, the first where none has been selected. */
export const selectedKey = (state: DashboardState, pane: PaneName): string | undefined => {
	const keys = listKeys(state, pane);
	const selected = state.ui.selected[pane];
	return selected !== undefined && keys.includes(selected) ? selected : keys[0];
};

export const searchableRows = ({
	ui,
	snapshot,
}: DashboardState): ReadonlyArray<{readonly key: string; readonly text: string}> => {
	const {observed, watch} = snapshot;
	switch (ui.focused) {
		case 'processes':
			return processEntries(observed, ui.table).map(({key, pid, host, command, waitsOn}) => ({
				key,
				text: `${pid} ${host} ${command} ${waitsOn}`,
			}));
		case 'pipes':
			return pipeListViews(observed).map(view => ({
				key: view.name,
				text: `${view.name} ${bytesText(view)}`,
			}));
		case 'sockets':
			return socketViews(observed).map(({key, text}) => ({key, text: `${key} ${text}`}));
		case 'shared':
			return sharedViews(observed, watch).map(view => ({
				key: view.key,
				text: view.kind === 'variable' ? `${view.lvalue} ${view.value}` : view.name,
			}));
		case 'events':
			return eventRows(snapshot.logs.events).map(({key, line}) => ({key, text: lineText(line)}));
		case 'source':
		case 'timeline':
		case 'console':
		case 'guide':
			return [];
	}
};

/** The row of a text in which the search has found something. */
export const foundRow = ({selected, search}: UiState, pane: PaneName): number | undefined =>
	search === '' || selected[pane] === undefined ? undefined : Number(selected[pane]);
