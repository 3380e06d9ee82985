// Opens a scenario: a session of the machine at its beginning, and the first picture of it.

import {observe} from '../../view-model/observed.js';
import {startSession, watchWriters} from '../hooks/use-session.js';
import type {Logs, Snapshot} from '../playback.js';
import {advanceBy} from './advance.js';
import {beginGuide} from './guide-progress.js';
import {makeLogs, makeSnapshot} from './pictures.js';
import {type DashboardScenario, speedOf} from './scenario.js';
import type {PlaybackOptions, Store} from './store.js';

export const createStore = (options: PlaybackOptions): Store => {
	const {scenario} = options;
	const session = startSession(scenario);
	const defaultSpeed = speedOf(scenario);
	const store: Store = {
		options,
		scenario,
		session,
		observed: observe(session.machine.kernel),
		isPlaying: options.startsPaused !== true && scenario.cycle === undefined,
		isReversed: false,
		isStopped: false,
		isGuideHidden: false,
		speed: options.speed ?? defaultSpeed,
		defaultSpeed,
		isBehind: false,
		watcher: scenario.guide?.(),
		guide: [],
		guideMarks: [],
		logsAt: -Infinity,
		consoleAt: -Infinity,
		deadlock: '',
		deadlockDue: -Infinity,
		logs: undefined as unknown as Logs,
		snapshot: undefined as unknown as Snapshot,
		version: 0,
		publishedAt: -Infinity,
		pictureCost: 0,
		listeners: new Set(),
	};
	beginGuide(store);
	warmUp(store);
	watchWriters(store.session, store.scenario.watch);
	store.logs = makeLogs(store);
	store.snapshot = makeSnapshot(store);
	return store;
};

export const load = (store: Store, scenario: DashboardScenario): void => {
	store.scenario = scenario;
	store.session = startSession(scenario);
	store.observed = observe(store.session.machine.kernel);
	store.watcher = scenario.guide?.();
	beginGuide(store);
	store.logsAt = -Infinity;
	store.deadlockDue = -Infinity;
	store.isPlaying = scenario.cycle === undefined;
	store.isReversed = false;
	store.isStopped = false;
	warmUp(store);
};

/** The first picture shows a scenario that is running: half a second of playback has passed, or the guide has stopped it. */
const warmUp = (store: Store): void => {
	if (!store.isPlaying) return;
	for (let part = 0; part < 5 && store.isPlaying; part++) advanceBy(store, store.speed / 10);
	store.observed = observe(store.session.machine.kernel, store.speed);
};
