// What the commands of the keymap do beside changing the interface's own state: they move time, and they act on what is
// selected.

import {processName} from '../../view-model/accounts.js';
import {channelsOfProcess} from '../../view-model/channels.js';
import {explainProcess} from '../../view-model/blocked.js';
import {say} from '../../view-model/language.js';
import type {StringKey} from '../../view-model/strings.js';
import {type ProcessEntry, processEntries} from '../../view-model/processes.js';
import {pipeListViews} from '../../view-model/pipe-list.js';
import {type SharedView, sharedViews, type VariableView} from '../../view-model/shared.js';
import {socketViews} from '../../view-model/sockets.js';
import {formatSpeed} from '../../view-model/units.js';
import type {Command} from '../keymap.js';
import {
	type DashboardState,
	listKeys,
	selectedEntry,
	selectedKey,
	shownEvents,
} from '../selection.js';
import type {Surroundings} from '../state.js';
import type {ActionResult, Moment, WriteTarget} from '../playback.js';
import {performGuide} from './guide.js';
import {switchLink} from './choices.js';
import type {Context} from './context.js';
import {searchFrom} from './search.js';

export const perform = (context: Context, command: Command, key: string): void => {
	const {apply, options} = context;
	const {ui} = context.now();
	if (command === 'quit') {
		// In an open page, q closes it, as in less inside of top.
		if (ui.overlay && key === 'q') apply({type: 'close'});
		else context.options.onQuit();
		return;
	}
	apply({type: 'command', command, key, around: surroundings(context)});
	// Whoever goes to the guide wants to see it.
	if (ui.focused !== 'guide' && context.now().ui.focused === 'guide')
		options.playback.showGuide(true);
	if (performGuide(context, command)) return;
	if (performPlayback(context, command)) return;
	performSelected(context, command);
};

const surroundings = (context: Context): Surroundings => {
	const state = context.now();
	return {keys: state.ui.overlay ? [] : listKeys(state, state.ui.focused), ...context.extent()};
};

/** Commands that move time. False for others. */
const performPlayback = (context: Context, command: Command): boolean => {
	const {playback, language} = context.options;
	const {speed} = playback.snapshot();
	const setSpeed = (to: number): true => {
		playback.setSpeed(to);
		context.tell(say(language, 'message.speed', {speed: formatSpeed(playback.snapshot().speed)}));
		return true;
	};
	const orStart = (hasMoved: boolean): true => {
		if (!hasMoved) context.tell(say(language, 'message.atStart'), 'warning');
		return true;
	};
	switch (command) {
		case 'pause':
			if (playback.snapshot().play === 'ended')
				context.tell(say(language, 'message.ended'), 'warning');
			playback.togglePause();
			return true;
		case 'step':
			playback.step(selectedTid(context));
			return true;
		case 'stepBack':
			return orStart(playback.stepBack(selectedTid(context)));
		case 'stepEvent':
			if (!playback.stepEvent()) context.tell(say(language, 'message.noMoment'), 'warning');
			return true;
		case 'stepEventBack':
			return orStart(playback.stepEventBack());
		case 'stepSlice':
			if (!playback.stepSlice()) context.tell(say(language, 'message.noMoment'), 'warning');
			return true;
		case 'stepSliceBack':
			return orStart(playback.stepSliceBack());
		case 'reverse':
			playback.toggleReverse();
			return true;
		case 'jumpNext':
		case 'jumpPrevious':
			if (!playback.jump(momentOf(context), command === 'jumpNext' ? 1 : -1))
				context.tell(say(language, 'message.noMoment'), 'warning');
			return true;
		case 'branch':
			tellResult(context, playback.returnToBranch());
			return true;
		case 'waker':
			tellResult(context, playback.findWaker(selectedTid(context)));
			return true;
		case 'writer': {
			const variable = selectedVariable(context);
			if (variable?.address === 'register')
				context.tell(
					say(language, 'message.registerWriter', {
						name: variable.lvalue,
						who: [...variable.seenBy].join(', '),
					}),
				);
			else if (variable) tellResult(context, playback.findWriter(variable.lvalue, variable.pid));
			else context.tell(say(language, 'message.selectVariable'), 'warning');
			return true;
		}

		case 'slower':
			return setSpeed(speed / 2);
		case 'faster':
			return setSpeed(speed * 2);
		case 'normalSpeed':
			return setSpeed(playback.defaultSpeed());
		case 'seekBack':
			return orStart(playback.seek(-speed));
		case 'seekForward':
			playback.seek(speed);
			return true;
		case 'seekStart':
			playback.seekStart();
			return true;
		case 'seekEnd':
			playback.seekEnd();
			return true;
		case 'restart':
			playback.restart();
			context.tell(say(language, 'message.restarted'));
			return true;
		default:
			return false;
	}
};

const tellResult = ({tell}: Context, {isDone, text}: ActionResult): void =>
	tell(text, isDone ? 'good' : 'warning');

/** The selected variable of the Shared pane; in other panes the first one that is watched. */
const selectedVariable = (context: Context): VariableView | undefined => {
	const state = context.now();
	const {observed, watch} = state.snapshot;
	const variables = sharedViews(observed, watch).filter(view => view.kind === 'variable');
	const key = selectedKey(state, 'shared');
	const selected = variables.find(view => view.key === key);
	return selected ?? (state.ui.focused === 'shared' ? undefined : variables[0]);
};

/** What `m` looks for: what is selected in the focused pane. */
const momentOf = (context: Context): Moment => {
	const state = context.now();
	const {ui, snapshot} = state;
	switch (ui.focused) {
		case 'processes':
		case 'source': {
			const entry = selectedEntry(ui, processEntries(snapshot.observed, ui.table));
			return entry ? {kind: 'state', pid: entry.pid} : {kind: 'switch'};
		}

		case 'pipes':
		case 'sockets': {
			const name = selectedKey(state, ui.focused);
			return name === undefined ? {kind: 'switch'} : {kind: 'channel', name};
		}

		case 'shared': {
			const variable = selectedVariable(context);
			if (variable) return {kind: 'variable', lvalue: variable.lvalue, pid: variable.pid};
			const name = selectedKey(state, 'shared');
			return name === undefined ? {kind: 'switch'} : {kind: 'channel', name};
		}

		case 'console':
			return {kind: 'channel', name: 'tty'};
		case 'timeline':
		case 'events':
		case 'guide':
			return {kind: 'switch'};
	}
};

const selectedTid = (context: Context): number => {
	const {ui, snapshot} = context.now();
	return selectedEntry(ui, processEntries(snapshot.observed, ui.table))?.tid ?? 0;
};

/** Commands that act on what is selected. */
const performSelected = (context: Context, command: Command): void => {
	const {apply, tell, options} = context;
	const {ui, snapshot} = context.now();
	const {language, playback} = options;
	const entry = selectedEntry(ui, processEntries(snapshot.observed, ui.table));
	const name = processName(snapshot.observed.kernel, entry?.pid ?? 0);
	switch (command) {
		case 'why':
			if (entry)
				tell(
					explainProcess(
						snapshot.observed.kernel,
						entry.pid,
						language,
						entry.isThread ? entry.tid : undefined,
					),
				);
			break;
		case 'filter':
			apply({type: 'begin-input', purpose: {kind: 'filter'}, text: ui.table.filter});
			break;
		case 'search':
			apply({type: 'begin-input', purpose: {kind: 'search'}});
			break;
		case 'searchNext':
			searchFrom(context, 1, false);
			break;
		case 'searchPrevious':
			if (ui.search !== '') searchFrom(context, -1, false);
			break;
		case 'details':
			openDetails(context, entry);
			break;
		case 'write':
			beginWrite(context);
			break;
		case 'signal':
			if (!entry) tell(say(language, 'message.noProcess'), 'warning');
			else if (entry.state === 'ended') tell(say(language, 'message.hasEnded', {name}), 'warning');
			else
				apply({
					type: 'open',
					overlay: {
						kind: 'signal',
						pid: entry.pid,
						name,
						index: 0,
					},
				});
			break;
		case 'link': {
			const {links} = snapshot;
			if (links.length === 0) tell(say(language, 'message.noLink'), 'warning');
			else if (links.length === 1) switchLink(context, 0);
			else apply({type: 'open', overlay: {kind: 'links', index: 0}});
			break;
		}

		case 'compare':
			playback.comparison.start();
			apply({
				type: 'open',
				overlay: {kind: 'compare', index: 0, view: playback.comparison.view()},
			});
			break;
		case 'save':
			tellResult(context, playback.save());
			break;

		case 'picker':
			if (playback.presets.length === 0) tell(say(language, 'message.noPresets'), 'warning');
			else {
				const index = playback.presets.findIndex(({name}) => name === snapshot.name);
				apply({type: 'open', overlay: {kind: 'picker', query: '', index: Math.max(0, index)}});
			}

			break;
		default:
	}
};

const openDetails = (context: Context, entry: ProcessEntry | undefined): void => {
	const state = context.now();
	const {apply} = context;
	const {focused, overlay} = state.ui;
	if (overlay) {
		apply({type: 'close'});
		return;
	}
	if (focused === 'processes' && entry) {
		apply({
			type: 'open',
			overlay: {kind: 'details', subject: {kind: 'process', pid: entry.pid}, top: 0},
		});
	} else if (focused === 'events') {
		const key = state.ui.selected.events;
		const row = shownEvents(state).find(candidate => candidate.key === key);
		if (row) context.options.playback.seekEvent(row.event);
		else apply({type: 'command', command: 'zoom', key: 'z', around: surroundings(context)});
	} else if (focused === 'pipes' || focused === 'sockets') {
		const name = selectedKey(state, focused);
		if (name !== undefined)
			apply({type: 'open', overlay: {kind: 'details', subject: {kind: 'channel', name}, top: 0}});
	} else if (focused === 'shared' && selectedKey(state, focused) !== undefined) {
		const name = selectedKey(state, focused)!;
		const subject = {kind: 'shared' as const, name, watch: state.snapshot.watch};
		apply({type: 'open', overlay: {kind: 'details', subject, top: 0}});
	} else {
		apply({type: 'command', command: 'zoom', key: 'z', around: surroundings(context)});
	}
};

/** `w`: into what is selected in the focused pane; from the process table into a channel of the selected process. */
const beginWrite = (context: Context): void => {
	const state = context.now();
	const {apply, tell, options} = context;
	const {focused} = state.ui;
	if (focused === 'console') {
		apply({type: 'begin-input', purpose: {kind: 'type'}});
		return;
	}
	if (focused === 'shared' && beginShared(context)) return;
	const targets = targetsOf(context);
	if (targets.length > 0) apply({type: 'begin-input', purpose: {kind: 'write', targets, index: 0}});
	else if (!beginShared(context)) tell(say(options.language, nothingToWrite(state)), 'warning');
};

/** What is selected in Shared can't be written from outside, or nothing is. */
const nothingToWrite = (state: DashboardState): StringKey =>
	state.ui.focused === 'shared' && selectedKey(state, 'shared') !== undefined
		? 'message.notWritable'
		: 'message.nothingToWrite';

/** A value for the selected variable, bytes for the selected file. */
const beginShared = (context: Context): boolean => {
	const state = context.now();
	const {apply} = context;
	const views = sharedViews(state.snapshot.observed, state.snapshot.watch);
	const key = selectedKey(state, 'shared');
	const isTyped = (view: SharedView) => view.kind === 'variable' || view.kind === 'file';
	const item =
		views.find(view => view.key === key && isTyped(view)) ??
		(state.ui.focused === 'shared' ? undefined : views.find(isTyped));
	if (item?.kind === 'variable') {
		apply({type: 'begin-input', purpose: {kind: 'assign', lvalue: item.lvalue, pid: item.pid}});
		return true;
	}
	if (item?.kind !== 'file') return false;
	apply({type: 'begin-input', purpose: {kind: 'offset', channel: item.key}});
	return true;
};

/** Channels that can be meant, the selected one first: Tab goes through them. */
const targetsOf = (context: Context): readonly WriteTarget[] => {
	const state = context.now();
	const {ui, snapshot} = state;
	const {observed} = snapshot;
	const pipes = pipeListViews(observed).map(({name}) => name);
	const sockets = socketViews(observed).filter(({state: kind}) => kind !== 'LISTEN');
	const names = [...pipes, ...sockets.map(({key}) => key)];
	const datagrams = new Set(sockets.filter(({isDatagram}) => isDatagram).map(({key}) => key));
	const targetOf = (channel: string): WriteTarget =>
		datagrams.has(channel) ? {channel, isDatagram: true} : {channel};
	if (ui.focused === 'pipes' || ui.focused === 'sockets') {
		const selected = selectedKey(state, ui.focused);
		if (selected === undefined) return [];
		const socket = sockets.find(({key}) => key === selected);
		// The other direction of a connection.
		const peer =
			socket && sockets.find(({local, peer: to}) => local === socket.peer && to === socket.local);
		return [selected, ...(peer ? [peer.key] : [])].map(targetOf);
	}
	const entry = selectedEntry(ui, processEntries(observed, ui.table));
	const own = entry ? channelsOfProcess(observed.kernel, entry.pid) : new Set<string>();
	return [...names.filter(name => own.has(name)), ...names.filter(name => !own.has(name))].map(
		targetOf,
	);
};
