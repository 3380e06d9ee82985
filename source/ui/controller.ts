// From keys to what they do: the interface's state changes through its reducer, the machine's through the playback. All
// that one piece of input brings about is shown at once.

import {localize} from '../view-model/language.js';
import {simplify} from '../view-model/text-width.js';
import {handleChoiceKey} from './control/choices.js';
import {perform} from './control/commands.js';
import type {Context, ControllerOptions, Extent} from './control/context.js';
import {handleInputKey} from './control/typing.js';
import {commandOf} from './keymap.js';
import {point} from './control/pointing.js';
import {keysOf} from './keys.js';
import type {MouseEvent} from './mouse.js';
import {isWaitingForReader, type Snapshot} from './playback.js';
import {noRoom} from './room.js';
import {type DashboardState, panesPresent, panesSeen, roomOf} from './selection.js';
import {type Action, initialState, type Message, reduce, type UiState} from './state.js';

export type Controller = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly state: () => DashboardState;
	readonly handleInput: (input: string) => void;
	readonly handleMouse: (events: readonly MouseEvent[]) => void;
	readonly handlePaste: (text: string) => void;
	/** Called while drawing: moving by pages needs to know the page. Asked only when a key needs it. */
	readonly noteExtent: (extent: () => Extent) => void;
	/** The first picture stands: what the guide has said by then is said where there is no room for the guide. */
	readonly begin: () => void;
	readonly dispose: () => void;
};

export const createController = (options: ControllerOptions): Controller => {
	const {playback} = options;
	let ui: UiState = {...initialState, ...options.initial};
	const {notice} = playback.snapshot();
	const first = panesPresent(playback.snapshot(), []);
	ui = {
		...ui,
		seen: first,
		present: first,
		room: roomOf(playback.snapshot(), ui, noRoom, first),
		message: notice === '' ? undefined : {text: notice, tone: 'error'},
	};
	let current: DashboardState = {ui, snapshot: playback.snapshot()};
	let extent = (): Extent => ({rows: 0, height: 1, top: 0, panes: [], texts: () => []});
	let isHandling = false;
	const listeners = new Set<() => void>();

	const apply = (action: Action): void => {
		const {overlay} = ui;
		ui = reduce(ui, action);
		// Whatever closes the table, nobody waits for the rest of it.
		if (overlay?.kind === 'compare' && ui.overlay?.kind !== 'compare') playback.comparison.stop();
	};
	/** Where the guide can't come to the screen (one pane is zoomed, or there is room for one only), its step is a message. */
	const sayHiddenStep = ({guide}: Snapshot): void => {
		const {shown} = extent();
		const step = guide.at(-1);
		if (!step || !shown || shown.includes('guide') || shown.length > 1) return;
		const text = simplify(localize(step.say, options.language)).replaceAll('\n', ' ');
		apply({type: 'message', message: {text, tone: 'accent'}});
	};
	/** A new step is read from its beginning; one that stops playback comes to the screen. */
	const followGuide = (snapshot: Snapshot, stepsBefore: number): void => {
		const {guide, name, isGuidePause, isGuideHidden, play} = snapshot;
		if (ui.answer && (name !== current.snapshot.name || guide.length <= ui.answer.step))
			apply({type: 'answer', answer: undefined});
		if (guide.length <= stepsBefore) return;
		if (ui.scroll.guide !== undefined) apply({type: 'scroll', pane: 'guide', to: undefined});
		if (isGuideHidden || !(isGuidePause || play === 'ended')) return;
		apply({type: 'reveal', pane: 'guide'});
		sayHiddenStep(snapshot);
	};
	const publish = (): void => {
		if (isHandling) return;
		const snapshot = playback.snapshot();
		if (snapshot === current.snapshot && ui === current.ui) return;
		const present = panesPresent(snapshot, ui.present);
		const isSame = snapshot.name === current.snapshot.name;
		const panes = panesSeen(present, isSame ? ui.seen : []);
		const room = roomOf(snapshot, ui, isSame ? ui.room : noRoom, present);
		apply({type: 'seen', panes, present, room});
		// What was said of the moment before, while the keys are needed again.
		const hasChanged = snapshot.play !== current.snapshot.play;
		if (hasChanged && ui.message === current.ui.message && ui.message?.text !== snapshot.notice)
			apply({type: 'message', message: undefined});
		followGuide(snapshot, current.snapshot.guide.length);
		// Said once, until the next key: then the footer has its keys again.
		if (snapshot.notice !== '' && snapshot.notice !== current.snapshot.notice) {
			apply({type: 'message', message: {text: snapshot.notice, tone: 'error'}});
		}
		current = {ui, snapshot};
		for (const listener of listeners) listener();
	};
	const tell = (text: string, tone: Message['tone'] = 'accent'): void =>
		apply({type: 'message', message: {text, tone}});
	const now = (): DashboardState => ({ui, snapshot: playback.snapshot()});
	const context: Context = {options, apply, tell, now, extent: () => extent()};

	const handle = (action: () => void): void => {
		isHandling = true;
		try {
			action();
		} finally {
			isHandling = false;
		}
		publish();
	};
	const unsubscribe = playback.subscribe(publish);
	const unsubscribeComparison = playback.comparison.subscribe(() => {
		apply({type: 'compared', view: playback.comparison.view()});
		publish();
	});
	return {
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		state: () => current,
		handleInput: input =>
			handle(() => {
				for (const key of keysOf(input)) handleKey(context, key);
			}),
		handleMouse: events =>
			handle(() => {
				for (const event of events) point(context, event, key => handleKey(context, key));
			}),
		handlePaste: text =>
			handle(() => {
				if (ui.input) apply({type: 'paste', text});
				else if (ui.overlay?.kind === 'picker')
					apply({type: 'pick', query: ui.overlay.query + text});
			}),
		noteExtent(next) {
			extent = next;
		},
		begin: () => handle(() => followGuide(playback.snapshot(), 0)),
		dispose() {
			unsubscribe();
			unsubscribeComparison();
			listeners.clear();
		},
	};
};

const handleKey = (context: Context, key: string): void => {
	const {ui, snapshot} = context.now();
	if (key === 'Ctrl-C') context.options.onQuit();
	else if (key === 'Ctrl-L') context.options.onRedraw();
	else if (key === 'Ctrl-Z') context.options.onSuspend();
	else if (ui.input) handleInputKey(context, ui.input, key);
	else if (
		ui.overlay?.kind === 'picker' ||
		ui.overlay?.kind === 'signal' ||
		ui.overlay?.kind === 'links' ||
		ui.overlay?.kind === 'compare'
	)
		handleChoiceKey(context, key);
	else {
		const command = commandOf(key, !ui.overlay && isWaitingForReader(snapshot));
		if (command) perform(context, command, key);
	}
};
