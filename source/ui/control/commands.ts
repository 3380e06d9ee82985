// What the commands of the keymap do beside changing the interface's own state: they move time, and they act on what is
// selected.

import {explainProcess} from '../../view-model/blocked.js';
import {say} from '../../view-model/language.js';
import {type ProcessEntry, processEntries} from '../../view-model/processes.js';
import {sharedViews} from '../../view-model/shared.js';
import {formatCount} from '../../view-model/units.js';
import type {Command} from '../keymap.js';
import {listKeys, selectedEntry, selectedKey} from '../selection.js';
import type {Surroundings} from '../state.js';
import type {Context} from './context.js';
import {searchFrom} from './search.js';

export const perform = (context: Context, command: Command, key: string): void => {
	const {apply} = context;
	const {ui} = context.now();
	if (command === 'quit') {
		// In an open page, q closes it, as in less inside of top.
		if (ui.overlay && key === 'q') apply({type: 'close'});
		else context.options.onQuit();
		return;
	}
	apply({type: 'command', command, key, around: surroundings(context)});
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
		context.tell(say(language, 'message.speed', {speed: formatCount(playback.snapshot().speed)}));
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
			playback.stepEvent();
			return true;
		case 'stepEventBack':
			return orStart(playback.stepEventBack());
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
			if (entry && entry.state !== 'ended')
				apply({
					type: 'open',
					overlay: {
						kind: 'signal',
						pid: entry.pid,
						name: `${entry.command.split(' ')[0]}(${entry.pid})`,
						index: 0,
					},
				});
			else tell(say(language, 'message.noProcess'), 'warning');
			break;
		case 'link': {
			const [link] = snapshot.links;
			if (!link) break;
			const result = playback.setLink(link.between, !link.isUp);
			tell(`${link.between.join('–')}: ${result.text}`, result.isDone ? 'good' : 'error');
			break;
		}

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
	} else if (focused === 'pipes' || focused === 'sockets') {
		const name = selectedKey(state, focused);
		if (name !== undefined)
			apply({type: 'open', overlay: {kind: 'details', subject: {kind: 'channel', name}, top: 0}});
	} else {
		apply({type: 'command', command: 'zoom', key: 'z', around: surroundings(context)});
	}
};

/** `w`: into the selected channel of the focused pane; from the process table into a channel of the selected process. */
const beginWrite = (context: Context): void => {
	const state = context.now();
	const {apply, tell, options} = context;
	const {focused} = state.ui;
	if (focused === 'console') {
		apply({type: 'begin-input', purpose: {kind: 'type'}});
		return;
	}
	if (focused === 'shared') {
		const key = selectedKey(state, 'shared');
		const item = sharedViews(state.snapshot.observed, state.snapshot.watch).find(
			view => view.key === key,
		);
		if (item?.kind === 'variable') {
			apply({type: 'begin-input', purpose: {kind: 'assign', lvalue: item.lvalue, pid: item.pid}});
			return;
		}
	}
	const pane = focused === 'sockets' ? 'sockets' : 'pipes';
	const channel = selectedKey(state, pane);
	if (channel !== undefined) {
		apply({type: 'begin-input', purpose: {kind: 'write', channel}});
		return;
	}
	const [variable] = sharedViews(state.snapshot.observed, state.snapshot.watch).filter(
		view => view.kind === 'variable',
	);
	if (variable?.kind === 'variable') {
		apply({
			type: 'begin-input',
			purpose: {kind: 'assign', lvalue: variable.lvalue, pid: variable.pid},
		});
		return;
	}
	tell(say(options.language, 'message.nothingToWrite'), 'warning');
};
