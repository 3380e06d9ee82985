// The state of the interface itself (what is selected, open, typed), and the one function that changes it. Nothing that
// follows from the machine is kept here.

import type {DetailsSubject} from '../view-model/details.js';
import {type ColumnName, processColumns} from '../view-model/process-columns.js';
import {defaultProcessOptions, type ProcessOptions} from '../view-model/processes.js';
import type {ComparisonView} from './comparison.js';
import {editLine, type InputLine, type InputPurpose, insertText} from './input-line.js';
import type {Command} from './keymap.js';
import {type PaneName, paneNames} from './layout.js';
import {noRoom, type Room} from './room.js';

export type Overlay =
	| {readonly kind: 'help'; readonly top: number}
	| {readonly kind: 'details'; readonly subject: DetailsSubject; readonly top: number}
	| {readonly kind: 'graph'; readonly top: number}
	| {readonly kind: 'links'; readonly index: number}
	| {readonly kind: 'compare'; readonly index: number; readonly view: ComparisonView}
	| {readonly kind: 'picker'; readonly query: string; readonly index: number}
	| {readonly kind: 'signal'; readonly pid: number; readonly name: string; readonly index: number};

/** An answer of the guide that was asked for. */
export type Answer = {
	/** The place of its step in the guide. */
	readonly step: number;
	/** Steps that had come when it was asked for. */
	readonly steps: number;
};

export type Message = {
	readonly text: string;
	readonly tone: 'good' | 'warning' | 'error' | 'accent';
};

export type UiState = {
	readonly focused: PaneName;
	/** Panes in the order in which they were focused, newest first. */
	readonly recent: readonly PaneName[];
	/** Panes that have had something to show since the scenario began, in the order in which they came. */
	readonly seen: readonly PaneName[];
	/** Panes that have something to show now. */
	readonly present: readonly PaneName[];
	/** What they have needed since then. */
	readonly room: Room;
	readonly isZoomed: boolean;
	/** The key of the selected row, per list. */
	readonly selected: Readonly<Partial<Record<PaneName, string>>>;
	/** First row of a text pane, for logs the rows below the last one seen; absent: follows. */
	readonly scroll: Readonly<Partial<Record<PaneName, number>>>;
	readonly table: ProcessOptions;
	readonly isFollowing: boolean;
	readonly search: string;
	/** The newest question's answer, once it was asked for. */
	readonly answer: Answer | undefined;
	/** What `g` has covered with the guide, where one pane is on the screen at a time. */
	readonly behindGuide: {readonly focused: PaneName; readonly isZoomed: boolean} | undefined;
	readonly overlay: Overlay | undefined;
	readonly input: InputLine | undefined;
	readonly message: Message | undefined;
	/** What was typed into input lines, newest first. */
	readonly history: readonly string[];
};

export const initialState: UiState = {
	focused: 'processes',
	recent: [],
	seen: [],
	present: [],
	room: noRoom,
	isZoomed: false,
	selected: {},
	scroll: {},
	table: defaultProcessOptions,
	isFollowing: false,
	search: '',
	answer: undefined,
	behindGuide: undefined,
	overlay: undefined,
	input: undefined,
	message: undefined,
	history: [],
};

/** What must be known of the screen to move in it. */
export type Surroundings = {
	/** Keys of the rows of the focused list, in order; empty for panes of text. */
	readonly keys: readonly string[];
	/** Rows of text in the focused pane or overlay, and rows that are visible. */
	readonly rows: number;
	readonly height: number;
	/** The first row of it that is seen. */
	readonly top: number;
	/** Panes that can be reached with Tab, in order. */
	readonly panes: readonly PaneName[];
	/** Columns of the process table that are on the screen. */
	readonly columns?: () => readonly ColumnName[];
};

export type Action =
	| {
			readonly type: 'command';
			readonly command: Command;
			readonly key: string;
			readonly around: Surroundings;
	  }
	| {readonly type: 'focus'; readonly pane: PaneName}
	/** Brings a pane to the screen without focusing it. */
	| {readonly type: 'reveal'; readonly pane: PaneName}
	| {readonly type: 'show-guide'; readonly panesOnScreen: number}
	| {readonly type: 'hide-guide'}
	| {readonly type: 'answer'; readonly answer: Answer | undefined}
	| {
			readonly type: 'seen';
			readonly panes: readonly PaneName[];
			readonly present: readonly PaneName[];
			readonly room: Room;
	  }
	| {readonly type: 'select'; readonly pane: PaneName; readonly key: string | undefined}
	| {readonly type: 'scroll'; readonly pane: PaneName; readonly to: number | undefined}
	| {readonly type: 'open'; readonly overlay: Overlay}
	| {readonly type: 'close'}
	| {readonly type: 'begin-input'; readonly purpose: InputPurpose; readonly text?: string}
	| {readonly type: 'edit'; readonly key: string}
	/** Another of the places that `w` may mean. */
	| {readonly type: 'retarget'; readonly by: 1 | -1}
	| {readonly type: 'paste'; readonly text: string}
	| {readonly type: 'end-input'; readonly remember?: string}
	| {readonly type: 'filter'; readonly text: string}
	| {readonly type: 'search'; readonly text: string}
	/** More of the table of ways is known. */
	| {readonly type: 'compared'; readonly view: ComparisonView}
	| {readonly type: 'pick'; readonly query?: string; readonly index?: number}
	| {readonly type: 'message'; readonly message: Message | undefined};

export const reduce = (state: UiState, action: Action): UiState => {
	switch (action.type) {
		case 'command':
			return applyCommand(
				{...state, message: undefined},
				action.command,
				action.key,
				action.around,
			);
		case 'focus':
			return focusPane(state, action.pane);
		case 'reveal':
			return revealPane(state, action.pane);
		case 'show-guide':
			return showGuide(state, action.panesOnScreen);
		case 'hide-guide':
			return hideGuide(state);
		case 'answer':
			return {...withScroll(state, 'guide', undefined), answer: action.answer};
		case 'seen':
			return {...state, seen: action.panes, present: action.present, room: action.room};
		case 'select': {
			const selected = {...state.selected};
			if (action.key === undefined) delete selected[action.pane];
			else selected[action.pane] = action.key;
			return {...state, selected};
		}

		case 'scroll':
			return withScroll(state, action.pane, action.to);
		case 'open':
			return {...state, overlay: action.overlay, message: undefined};
		case 'close':
			return {...state, overlay: undefined, input: undefined, message: undefined};
		case 'begin-input': {
			const text = action.text ?? '';
			return {
				...state,
				message: undefined,
				input: {purpose: action.purpose, text, cursor: [...text].length, recalled: 0, draft: ''},
			};
		}

		case 'edit':
			return state.input
				? {
						...state,
						message: undefined,
						input: editLine(state.input, action.key, state.history),
					}
				: state;
		case 'retarget': {
			const {input} = state;
			if (input?.purpose.kind !== 'write') return state;
			const {targets, index} = input.purpose;
			const next = (index + action.by + targets.length) % targets.length;
			return {...state, input: {...input, purpose: {...input.purpose, index: next}}};
		}

		case 'paste':
			return state.input
				? {...state, message: undefined, input: insertText(state.input, action.text)}
				: state;
		case 'end-input': {
			const {remember} = action;
			const history =
				remember === undefined || remember === ''
					? state.history
					: [remember, ...state.history.filter(text => text !== remember)].slice(0, 50);
			return {...state, input: undefined, message: undefined, history};
		}

		case 'filter':
			return {...state, table: {...state.table, filter: action.text}};
		case 'search':
			return {...state, search: action.text};
		case 'compared':
			return state.overlay?.kind === 'compare'
				? {...state, overlay: {...state.overlay, view: action.view}}
				: state;
		case 'pick':
			return pick({...state, message: undefined}, action.query, action.index);
		case 'message':
			return {...state, message: action.message};
	}
};

const focusPane = (state: UiState, pane: PaneName): UiState => ({
	...revealPane(state, pane),
	focused: pane,
	behindGuide: undefined,
});

const revealPane = (state: UiState, pane: PaneName): UiState => ({
	...state,
	recent: [pane, ...state.recent.filter(name => name !== pane)],
});

/** The guide comes to the screen; it takes the focus only where the focused pane may stand in its place. */
const showGuide = (state: UiState, panesOnScreen: number): UiState => {
	const {focused, isZoomed} = state;
	const open = {...state, overlay: undefined};
	if (focused === 'processes' && !isZoomed && panesOnScreen > 1) return revealPane(open, 'guide');
	return {...focusPane(open, 'guide'), behindGuide: {focused, isZoomed}};
};

/** What it had covered is there again; a guide that was zoomed by hand leaves the whole screen. */
const hideGuide = (state: UiState): UiState => {
	const recent = state.recent.filter(name => name !== 'guide');
	const before = {focused: recent[0] ?? 'processes', isZoomed: false, ...state.behindGuide};
	return {
		...state,
		...(state.focused === 'guide' ? before : {}),
		recent,
		behindGuide: undefined,
	};
};

const withScroll = (state: UiState, pane: PaneName, to: number | undefined): UiState => {
	const scroll = {...state.scroll};
	if (to === undefined) delete scroll[pane];
	else scroll[pane] = to;
	return {...state, scroll};
};

const pick = (state: UiState, query: string | undefined, index: number | undefined): UiState => {
	const {overlay} = state;
	if (overlay?.kind === 'picker')
		return {
			...state,
			overlay: {
				...overlay,
				query: query ?? overlay.query,
				index: index ?? (query === undefined ? overlay.index : 0),
			},
		};
	if (overlay?.kind === 'signal' || overlay?.kind === 'links' || overlay?.kind === 'compare')
		return {...state, overlay: {...overlay, index: index ?? overlay.index}};
	return state;
};

/** The commands that concern the interface alone; the others belong to the controller. */
const applyCommand = (
	state: UiState,
	command: Command,
	key: string,
	around: Surroundings,
): UiState => {
	switch (command) {
		case 'nextPane':
		case 'previousPane': {
			const {panes} = around;
			const step = command === 'nextPane' ? 1 : panes.length - 1;
			const next = panes[(Math.max(0, panes.indexOf(state.focused)) + step) % panes.length];
			return next === undefined ? state : focusPane(state, next);
		}

		case 'pane': {
			const pane = paneNames[Number(key) - 1];
			return pane === undefined ? state : focusPane(state, pane);
		}

		case 'zoom':
			return {...state, isZoomed: !state.isZoomed};
		case 'up':
			return move(state, -1, around);
		case 'down':
			return move(state, 1, around);
		case 'pageUp':
			return move(state, -Math.max(1, around.height - 1), around);
		case 'pageDown':
			return move(state, Math.max(1, around.height - 1), around);
		case 'first':
			return move(state, -Infinity, around);
		case 'last':
			return move(state, Infinity, around);
		case 'sortNext':
			return withTable(state, {sort: neighbourColumn(state.table.sort, 1, around)});
		case 'sortPrevious':
			return withTable(state, {sort: neighbourColumn(state.table.sort, -1, around)});
		case 'invertSort':
			return withTable(state, {isReversed: !state.table.isReversed});
		case 'sortCpu':
			return withTable(state, {sort: 'cpu', isReversed: false});
		case 'sortTime':
			return withTable(state, {sort: 'time', isReversed: false});
		case 'tree':
			return withTable(state, {isTree: !state.table.isTree});
		case 'threads':
			return withRows(state, {showThreads: state.table.showThreads === false});
		case 'kernelThreads':
			return withRows(state, {showKernelThreads: !state.table.showKernelThreads});
		case 'ended':
			return withRows(state, {showEnded: !state.table.showEnded});
		case 'follow':
			return {...state, isFollowing: !state.isFollowing};
		case 'graph':
			return {
				...state,
				overlay: state.overlay?.kind === 'graph' ? undefined : {kind: 'graph', top: 0},
			};
		case 'help':
			return {
				...state,
				overlay: state.overlay?.kind === 'help' ? undefined : {kind: 'help', top: 0},
			};
		case 'close': {
			if (state.overlay) return {...state, overlay: undefined};
			if (state.isZoomed) return {...state, isZoomed: false};
			if (state.scroll[state.focused] !== undefined)
				return withScroll(state, state.focused, undefined);
			// The newest event is shown again.
			if (state.focused === 'events' && state.selected.events !== undefined)
				return reduce(state, {type: 'select', pane: 'events', key: undefined});
			return withTable({...state, search: ''}, {filter: ''});
		}

		case 'step':
		case 'stepBack':
		case 'stepEvent':
		case 'stepEventBack':
		case 'stepSlice':
		case 'stepSliceBack':
		case 'jumpNext':
		case 'jumpPrevious':
			return withScroll(state, 'source', undefined);
		case 'searchPrevious':
			// As in htop, where no search has begun.
			return state.search === '' && state.focused === 'processes'
				? withTable(state, {sort: 'pid', isReversed: false})
				: state;
		default:
			return state;
	}
};

const withTable = (state: UiState, change: Partial<ProcessOptions>): UiState => ({
	...state,
	table: {...state.table, ...change},
});

/** Other rows: the table needs other room. */
const withRows = (state: UiState, change: Partial<ProcessOptions>): UiState => ({
	...withTable(state, change),
	room: {...state.room, processRows: 0},
});

/** Only columns that are seen: nobody could follow another order. */
const neighbourColumn = (sort: ColumnName, step: 1 | -1, {columns}: Surroundings): ColumnName => {
	const shown = columns?.() ?? [];
	const names = shown.length > 0 ? shown : processColumns.map(({name}) => name);
	const index = names.indexOf(sort);
	if (index === -1) return names.at(step === 1 ? 0 : -1)!;
	return names[(index + step + names.length) % names.length]!;
};

/** Panes whose newest text is at the end, and which stay there unless scrolled. */
const logPanes: ReadonlySet<PaneName> = new Set(['console']);

const move = (state: UiState, by: number, around: Surroundings): UiState => {
	const {overlay, focused} = state;
	if (overlay?.kind === 'help' || overlay?.kind === 'details' || overlay?.kind === 'graph') {
		const top = clamp(overlay.top + by, 0, Math.max(0, around.rows - around.height));
		return {...state, overlay: {...overlay, top}};
	}
	if (overlay) {
		return {
			...state,
			overlay: {...overlay, index: clamp(overlay.index + by, 0, Math.max(0, around.rows - 1))},
		};
	}
	if (around.keys.length > 0) {
		const known = around.keys.indexOf(state.selected[focused] ?? '');
		// Events are read from the newest on.
		const current = known === -1 && focused === 'events' ? around.keys.length : Math.max(0, known);
		const key = around.keys[clamp(current + by, 0, around.keys.length - 1)]!;
		const next = {...state, selected: {...state.selected, [focused]: key}};
		// Another process: its source is shown where it stands.
		return focused === 'processes'
			? withScroll({...next, isFollowing: false}, 'source', undefined)
			: next;
	}
	const most = Math.max(0, around.rows - around.height);
	if (logPanes.has(focused)) {
		const fromEnd = clamp((state.scroll[focused] ?? 0) - by, 0, most);
		return withScroll(state, focused, fromEnd === 0 ? undefined : fromEnd);
	}
	return withScroll(state, focused, clamp((state.scroll[focused] ?? around.top) + by, 0, most));
};

const clamp = (value: number, least: number, most: number): number =>
	Math.max(least, Math.min(most, value));
