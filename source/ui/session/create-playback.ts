// The running session behind the dashboard: what the keys ask for, each in a line.

import {say} from '../../view-model/language.js';
import {createComparison} from '../comparison.js';
import type {ActionResult, Playback} from '../playback.js';
import {deeds} from './actions.js';
import {type Clock, startClock} from './clock.js';
import {moves} from './movements.js';
import {createStore, load} from './open.js';
import {publish} from './pictures.js';
import {speedOf} from './scenario.js';
import type {PlaybackOptions, Store} from './store.js';

const leastSpeed = 1;

const mostSpeed = 1e9;

export const createPlayback = (options: PlaybackOptions): Playback => {
	const store = createStore(options);
	const clock = startClock(store);
	const comparison = createComparison({
		open: () => store.scenario,
		presets: () => options.presets ?? [],
		load: name => options.load?.(name),
	});
	return {
		subscribe(listener) {
			store.listeners.add(listener);
			return () => store.listeners.delete(listener);
		},
		snapshot: () => store.snapshot,
		...playing(store, clock),
		...moves(store),
		...deeds(store),
		save: () => saveSession(store),
		restart() {
			load(store, store.scenario);
			publish(store);
		},
		// Looked for when the list is opened, not before the first frame.
		get presets() {
			return options.presets ?? [];
		},
		comparison,
		open(name) {
			const result = options.load?.(name);
			if (result === undefined) return undefined;
			if ('error' in result) return result.error;
			store.defaultSpeed = speedOf(result);
			store.speed = store.defaultSpeed;
			load(store, result);
			publish(store);
			return undefined;
		},
		dispose() {
			clock.stop();
			comparison.stop();
			store.scenario.record?.(store.session);
			store.listeners.clear();
		},
	};
};

const saveSession = ({scenario, session, options: {language}}: Store): ActionResult => {
	const saved = scenario.save?.(session);
	if (!saved) return {isDone: false, text: say(language, 'message.cantSave')};
	const {isDone, text: path} = saved;
	return isDone ? {isDone, text: say(language, 'message.saved', {path})} : saved;
};

/** Whether time runs, which way and how fast. */
const playing = (
	store: Store,
	clock: Clock,
): Pick<Playback, 'togglePause' | 'showGuide' | 'toggleReverse' | 'setSpeed' | 'defaultSpeed'> => ({
	togglePause() {
		if (store.session.ending?.kind === 'ended' && !store.isReversed) return;
		store.isPlaying = !store.isPlaying;
		store.isReversed = false;
		store.isStopped = false;
		clock.reset();
		publish(store);
	},
	showGuide(isShown) {
		store.isGuideHidden = !isShown;
		publish(store);
	},
	toggleReverse() {
		store.isReversed = !store.isReversed;
		store.isPlaying = store.isReversed;
		store.isStopped = false;
		clock.reset();
		publish(store);
	},
	setSpeed(speed) {
		store.speed = Math.max(leastSpeed, Math.min(mostSpeed, speed));
		publish(store);
	},
	defaultSpeed: () => store.defaultSpeed,
});
