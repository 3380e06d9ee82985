// What the keys act on: the rows of the lists in their order, and which of them are selected.

import {processName, threadName} from '../view-model/accounts.js';
import {type EventRow, eventRows, programEventRows} from '../view-model/event-rows.js';
import {bytesText, pipeListViews} from '../view-model/pipe-list.js';
import {indexOfKey, type ProcessEntry, processEntries} from '../view-model/processes.js';
import {sharedViews} from '../view-model/shared.js';
import {socketViews} from '../view-model/sockets.js';
import {hasSource} from '../view-model/source.js';
import {lineText} from '../view-model/styled-text.js';
import {displayWidth} from '../view-model/text-width.js';
import {grownRoom, type Room} from './room.js';
import {type PaneName, paneNames} from './slots.js';
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
		source: hasSource(observed),
		timeline: true,
		events: true,
		console: true,
		guide: hasGuide && !isGuideHidden,
	};
	const panes = paneNames.filter(pane => present[pane]);
	return isSame(panes, before) ? before : panes;
};

/** Processes that are asked what they wait on: a whole machine of thousands would cost too much. */
const askedWaits = 300;

/** What the panes have needed, this picture included. */
export const roomOf = (
	{observed, watch, logs, history}: Snapshot,
	{table, present: wasPresent}: UiState,
	before: Room,
	present: readonly PaneName[],
): Room => {
	const entries = processEntries(observed, table);
	const waits = entries
		.slice(0, askedWaits)
		.reduce((cells, {waitsOn}) => Math.max(cells, displayWidth(waitsOn)), 0);
	const items = {
		pipes: present.includes('pipes') ? pipeListViews(observed).length : 0,
		sockets: present.includes('sockets') ? socketViews(observed).length : 0,
		shared: present.includes('shared') ? sharedViews(observed, watch).length : 0,
		timeline: logs.timeline.lanes.length,
	};
	const contents = {processRows: entries.length + 1, waits, items, now: history.now, present};
	return grownRoom(before, contents, wasPresent);
};

/** Those and the panes that had something before, in the order in which they came; a guide that is gone was hidden. */
export const panesSeen = (
	present: readonly PaneName[],
	before: readonly PaneName[],
): readonly PaneName[] => {
	const kept = before.filter(pane => present.includes(pane) || pane !== 'guide');
	const panes = [...kept, ...present.filter(pane => !before.includes(pane))];
	return isSame(panes, before) ? before : panes;
};

const isSame = (a: readonly PaneName[], b: readonly PaneName[]): boolean =>
	a.length === b.length && a.every((pane, index) => pane === b[index]);

/** The pane that the guide has asked for last, while the guide is wanted: it stays until another is asked for. */
export const panesOfGuide = ({guide, isGuideHidden}: Snapshot): readonly PaneName[] => {
	const pane = isGuideHidden ? undefined : guide.findLast(({show}) => show !== undefined)?.show;
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

/** The rows of the Events pane: the kernel's own threads have some only while the process table shows them. */
export const shownEvents = ({
	ui,
	snapshot: {logs, observed},
}: DashboardState): readonly EventRow[] =>
	ui.table.showKernelThreads
		? eventRows(logs.events)
		: programEventRows(logs.events, observed.kernel);

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
			return shownEvents({ui, snapshot}).map(({key}) => key);
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

/** `client(14)`, as the other panes call it. */
const nameOf = (kernel: Snapshot['observed']['kernel'], entry: ProcessEntry): string =>
	entry.isThread ? threadName(kernel, entry.tid) : processName(kernel, entry.pid);

export const searchableRows = ({
	ui,
	snapshot,
}: DashboardState): ReadonlyArray<{readonly key: string; readonly text: string}> => {
	const {observed, watch} = snapshot;
	switch (ui.focused) {
		case 'processes':
			return processEntries(observed, ui.table).map(entry => ({
				key: entry.key,
				text: `${nameOf(observed.kernel, entry)} ${entry.pid} ${entry.host} ${entry.command} ${entry.waitsOn}`,
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
			return shownEvents({ui, snapshot}).map(({key, line}) => ({key, text: lineText(line)}));
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
