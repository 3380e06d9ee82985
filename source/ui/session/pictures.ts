// From the session to what is drawn. Listeners hear of changes at most ten times a second, and of none while nothing changes.

import {consoleLines} from '../../view-model/console.js';
import {observe} from '../../view-model/observed.js';
import {hasSharedViews} from '../../view-model/shared.js';
import {timelineSlices, timelineView} from '../../view-model/timeline.js';
import {stoppedSentence} from '../../view-model/stopped.js';
import {deadlockSentence, outlookOf} from '../../view-model/wait-graph.js';
import {cycleOf, newestCycle, outputOf, watchWriters} from '../hooks/use-session.js';
import type {Logs, Snapshot} from '../playback.js';
import {resultText} from './result-text.js';
import type {Store} from './store.js';

/** Pictures of them per real second. */
const mostUpdates = 10;

const shownConsoleLines = 500;

/** While time runs, what scrolls is made anew for every so many pictures: all its rows change, on slow links too. */
const picturesPerLogs = 4;

/** Real milliseconds between two pictures of what has been printed, at least. */
const consoleMilliseconds = 300;

/** Timers are a little early at times. */
export const toleranceMilliseconds = 5;

const shownEvents = 400;

const playStateOf = (store: Store): Snapshot['play'] => {
	if (store.isReversed) return 'reversed';
	const kind = store.session.ending?.kind;
	if (kind === 'ended' || kind === 'deadlock' || kind === 'stopped') return kind;
	return store.isPlaying ? 'playing' : 'paused';
};

const makeConsole = ({session}: Store): Logs['console'] =>
	consoleLines(outputOf(session), shownConsoleLines);

export const makeLogs = (store: Store): Logs => {
	const {session, observed} = store;
	const {events, config} = session.machine.kernel;
	return {
		console: makeConsole(store),
		events: events.entries.slice(-shownEvents),
		timeline: timelineView(observed, config.quantum * timelineSlices),
		hasShared: hasSharedViews(observed),
	};
};

/** Why nothing goes on, or what the machine had to do to a program. */
const noticeOf = ({session, deadlock, options: {language}}: Store): string => {
	const {kernel} = session.machine;
	if (session.ending?.kind === 'stopped') return stoppedSentence(kernel, language);
	if (session.ending?.kind === 'deadlock') return deadlock;
	const newest = kernel.notices.at(-1);
	return newest === undefined ? deadlock : resultText(newest, language);
};

export const makeSnapshot = (store: Store): Snapshot => {
	const {session, scenario} = store;
	const {kernel} = session.machine;
	const now = cycleOf(session);
	return {
		version: ++store.version,
		name: scenario.name,
		title: scenario.title,
		summary: scenario.summary,
		observed: store.observed,
		play: playStateOf(store),
		speed: store.speed,
		isReversed: store.isReversed,
		history: {
			now,
			horizon: newestCycle(session),
			branches: session.branches.map(({from}) => from),
		},
		isBehind: store.isBehind && store.isPlaying,
		watch: scenario.watch,
		logs: store.logs,
		guide: store.guide,
		lesson: store.watcher?.steps ?? store.guide,
		hasGuide: scenario.guide !== undefined,
		isGuideHidden: store.isGuideHidden,
		isGuidePause: store.isStopped && !store.isPlaying,
		notice: noticeOf(store),
		outlook: outlookOf(session),
		links: kernel.network.links.map(({between, isUp}) => ({between, isUp})),
	};
};

/** Among ten thousand processes a search takes milliseconds: while time runs it may take a hundredth of it. */
const deadlockShare = 0.01;

const lookForDeadlock = (store: Store): void => {
	const start = performance.now();
	if (store.isPlaying && start < store.deadlockDue) return;
	const {session, options} = store;
	store.deadlock = deadlockSentence(session.machine.kernel, options.language, outlookOf(session));
	const end = performance.now();
	store.deadlockDue = end + (end - start) / deadlockShare;
};

/** A new snapshot, if the reader of the terminal keeps up: what it can't take is never made. */
export const publish = (store: Store): void => {
	const start = performance.now();
	store.publishedAt = start;
	// Of a run that is over, the whole: its last second says little.
	const window = store.session.ending?.kind === 'ended' ? Infinity : store.speed;
	store.observed = observe(store.session.machine.kernel, window);
	const due = start + toleranceMilliseconds;
	if (!store.isPlaying || due - store.logsAt >= picturesPerLogs * pictureMilliseconds(store)) {
		store.logsAt = start;
		store.consoleAt = start;
		watchWriters(store.session, store.scenario.watch);
		store.logs = makeLogs(store);
		lookForDeadlock(store);
	} else if (due - store.consoleAt >= consoleMilliseconds) {
		store.consoleAt = start;
		store.logs = {...store.logs, console: makeConsole(store)};
	}
	store.snapshot = makeSnapshot(store);
	for (const listener of store.listeners) listener();
	// A long pause of the host is not the picture's fault: no single one counts for much.
	store.pictureCost += (Math.min(60, performance.now() - start) - store.pictureCost) / 8;
};

const pictureMilliseconds = ({options: {updates = mostUpdates}}: Store): number => 1000 / updates;

/** Pictures take at most a seventh of a CPU core, on however slow a computer and however large a screen. */
export const publishInterval = (store: Store): number =>
	Math.max(pictureMilliseconds(store), Math.min(1000, store.pictureCost * 7));
