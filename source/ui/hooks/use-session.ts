// The running session behind the dashboard: the clock that turns real time into cycles, and the one place where the
// interface touches the machine. Listeners hear of changes at most ten times a second, and of none while nothing changes.

import type {Input} from '../../machine/input.js';
import {createSession, cycleOf, inject, runFor, type Session} from '../../machine/session.js';
import {returnToBranch, seek} from '../../machine/time-travel.js';
import type {MachineSetup} from '../../machine/setup.js';
import {findWaker} from '../../machine/event-search.js';
import {
	isContextSwitch,
	isStateChangeOf,
	isWriteTo,
	seekEvent,
	stepBackToEvent,
	stepBackToWrite,
	stepToChange,
	stepToEvent,
	watchWriters,
} from '../../machine/moments.js';
import {stepStatement, stepStatementBack} from '../../machine/stepping.js';
import {threadName} from '../../view-model/accounts.js';
import {consoleLines} from '../../view-model/console.js';
import {observe, type Observed} from '../../view-model/observed.js';
import {deadlockSentence} from '../../view-model/wait-graph.js';
import {type Language, type LocalText, say} from '../../view-model/language.js';
import {groupDigits} from '../../view-model/units.js';
import type {GuideStep} from '../../view-model/guide.js';
import {hasSharedViews} from '../../view-model/shared.js';
import {timelineSlices, timelineView} from '../../view-model/timeline.js';
import {createComparison} from '../comparison.js';
import type {
	ActionResult,
	Logs,
	Moment,
	Playback,
	PresetInfo,
	Snapshot,
	WriteTarget,
} from '../playback.js';

export type GuideWatcher = {
	/** The steps that have become due since it was asked last, and whether playback stops at them. */
	readonly look: (
		session: Session,
	) => {readonly steps: readonly GuideStep[]; readonly pauses: boolean} | undefined;
	/** How far the guide is, as a copy, and going back (or on) to that. */
	readonly save: () => unknown;
	readonly restore: (progress: unknown) => void;
};

export type DashboardScenario = {
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
	readonly setup: MachineSetup;
	readonly watch: readonly string[];
	readonly inputs: ReadonlyArray<{readonly at: number; readonly input: Input}>;
	/** Makes the watcher of a run's guide; absent where the scenario has none. */
	readonly guide?: (() => GuideWatcher) | undefined;
	/** Cycles per real second; by default so that time slices can be watched. */
	readonly speed?: number | undefined;
	/** Writes a recording of the session and says where, or why it can't. */
	readonly save?: ((session: Session) => ActionResult) | undefined;
	/** Keeps a recording up to date: told of every new session and of everything that may have changed its inputs. */
	readonly record?: ((session: Session) => void) | undefined;
	/** The cycle to begin at, paused. */
	readonly cycle?: number | undefined;
};

export type PlaybackOptions = {
	readonly scenario: DashboardScenario;
	readonly language: Language;
	readonly speed?: number | undefined;
	/** Pictures per real second while time runs; 10 if not given. */
	readonly updates?: number | undefined;
	readonly startsPaused?: boolean | undefined;
	readonly presets?: readonly PresetInfo[] | undefined;
	readonly load?: ((name: string) => DashboardScenario | {readonly error: string}) | undefined;
};

/** Real milliseconds between two stretches of simulated time. */
const tickMilliseconds = 50;
/** Pictures of them per real second. */
const mostUpdates = 10;
/** Real time that a stretch may take: keys must never wait longer for their answer. */
const stretchMilliseconds = 12;
/** Cycles run between two looks at the clock. */
const pieceCycles = 20_000;
const leastSpeed = 1;
const mostSpeed = 1e9;
const shownConsoleLines = 500;

/** Fifty time slices a second: each one is seen as a step, none is waited for. */
export const speedOf = (scenario: DashboardScenario): number =>
	scenario.speed ?? Math.max(2000, Math.min(200_000, scenario.setup.config.quantum * 50));

export const createPlayback = (options: PlaybackOptions): Playback => {
	const store = createStore(options);
	const clock = startClock(store);
	const comparison = createComparison({
		open: () => store.scenario,
		presets: () => options.presets ?? [],
		load: name => options.load?.(name),
	});
	const jumpTo = (to: Moment, direction: 1 | -1): boolean =>
		movement(store, () => jump(store, to, direction));
	return {
		subscribe(listener) {
			store.listeners.add(listener);
			return () => store.listeners.delete(listener);
		},
		snapshot: () => store.snapshot,
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
		step: tid =>
			void movement(store, () => {
				if (store.session.machine.kernel.threads.has(tid)) stepStatement(store.session, tid);
				else stepToEvent(store.session, () => true);
			}),
		stepEvent: () => movement(store, () => stepToEvent(store.session, () => true) !== undefined),
		stepSlice: () => void jumpTo({kind: 'switch'}, 1),
		stepBack: tid => stepBack(store, tid),
		stepEventBack: () => movement(store, () => stepBackToEvent(store.session) !== undefined),
		stepSliceBack: () => jumpTo({kind: 'switch'}, -1),
		jump: jumpTo,
		seek: cycles =>
			cycles < 0 ? moveBack(store, -cycles) : movement(store, () => moveForward(store, cycles)),
		seekTo: cycle => void movement(store, () => seek(store.session, cycle)),
		seekEvent: event => void movement(store, () => seekEvent(store.session, event)),
		seekStart: () => void moveBack(store, cycleOf(store.session)),
		seekEnd: () => void movement(store, () => seek(store.session, store.session.horizon)),
		findWriter: (lvalue, pid) => findWriterOf(store, lvalue, pid),
		findWaker: tid => findWakerOf(store, tid),
		returnToBranch: () =>
			movement(store, () => {
				const {branches} = store.session;
				if (branches.length === 0) return false;
				returnToBranch(store.session, branches.length - 1);
				store.scenario.record?.(store.session);
				return true;
			}),
		save: () =>
			store.scenario.save?.(store.session) ?? {
				isDone: false,
				text: say(options.language, 'message.cantSave'),
			},
		restart() {
			load(store, store.scenario);
			publish(store);
		},
		write: (target, data) => act(store, writeInput(target, data)),
		assign: (lvalue, value, pid) => act(store, {kind: 'assign', to: `var:${lvalue}`, value, pid}),
		type: data => act(store, {kind: 'type', data}),
		endInput: () => act(store, {kind: 'end-input'}),
		signal: (pid, signal) => act(store, {kind: 'signal', pid, signal}),
		setLink: (between, up) => act(store, {kind: 'link', between, up}),
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

type Store = {
	readonly options: PlaybackOptions;
	scenario: DashboardScenario;
	session: Session;
	observed: Observed;
	isPlaying: boolean;
	isReversed: boolean;
	/** The guide has stopped it. */
	isStopped: boolean;
	/** A guide that nobody wants to see stops nothing. */
	isGuideHidden: boolean;
	speed: number;
	defaultSpeed: number;
	isBehind: boolean;
	watcher: GuideWatcher | undefined;
	/** Steps of the guide that have come. */
	guide: readonly GuideStep[];
	/** How far the guide was from which cycle on: it follows when time goes back. In order of cycle, the first at boot. */
	guideMarks: readonly GuideMark[];
	logsAt: number;
	/** Who waits for whom for ever, in words. */
	deadlock: string;
	logs: Logs;
	snapshot: Snapshot;
	version: number;
	publishedAt: number;
	/** Running mean of what a picture costs, in milliseconds. */
	pictureCost: number;
	readonly listeners: Set<() => void>;
};

type GuideMark = {
	readonly cycle: number;
	readonly steps: readonly GuideStep[];
	readonly progress: unknown;
};

const startSession = (scenario: DashboardScenario): Session => {
	const inputs = scenario.inputs.map(({at, input}) => ({cycle: at, input}));
	const session = createSession({...scenario.setup, recordEvents: true}, inputs, {
		keepsHistory: true,
	});
	scenario.record?.(session);
	if (scenario.cycle !== undefined) seek(session, scenario.cycle);
	return session;
};

const createStore = (options: PlaybackOptions): Store => {
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
		deadlock: '',
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

const load = (store: Store, scenario: DashboardScenario): void => {
	store.scenario = scenario;
	store.session = startSession(scenario);
	store.observed = observe(store.session.machine.kernel);
	store.watcher = scenario.guide?.();
	beginGuide(store);
	store.logsAt = -Infinity;
	store.isPlaying = scenario.cycle === undefined;
	store.isReversed = false;
	store.isStopped = false;
	warmUp(store);
};

/** The first picture shows a scenario that is running: half a second of playback has passed, or the guide has stopped it. */
const warmUp = (store: Store): void => {
	if (!store.isPlaying) return;
	for (let part = 0; part < 5 && store.isPlaying; part++) {
		advanceBy(store, store.speed / 10);
		store.observed = observe(store.session.machine.kernel, store.observed, store.speed);
	}
};

/** Runs for so many cycles, as far as the guide lets it, but not longer than the keys can wait. False: not all of it. */
const advanceBy = (store: Store, cycles: number): boolean => {
	const deadline = performance.now() + stretchMilliseconds;
	let left = cycles;
	while (left > 0 && store.isPlaying) {
		const piece = Math.min(
			left,
			store.watcher ? Math.min(pieceCycles, guideCycles(store)) : pieceCycles,
		);
		runFor(store.session, piece);
		left -= piece;
		watchGuide(store);
		if (store.session.ending) {
			if (store.session.ending.kind !== 'needs-input') store.isPlaying = false;
			return true;
		}
		if (performance.now() > deadline) return left <= 0;
	}
	return true;
};

/** Far runs are cut where a user would think that the program hangs. What has been reached before is gone to at once. */
const moveForward = (store: Store, cycles: number): boolean => {
	const {session} = store;
	const target = Math.floor(cycleOf(session) + cycles);
	if (target <= session.horizon) {
		seek(session, target);
		return true;
	}
	seek(session, session.horizon);
	syncGuide(store);
	const deadline = performance.now() + 1000;
	while (cycleOf(session) < target && performance.now() < deadline && !session.ending) {
		const piece = store.watcher ? Math.min(pieceCycles, guideCycles(store)) : pieceCycles;
		runFor(session, Math.min(target - cycleOf(session), piece));
		watchGuide(store);
		if (store.isStopped) break;
	}
	return true;
};

const beginGuide = (store: Store): void => {
	store.guide = [];
	store.guideMarks = [{cycle: -1, steps: [], progress: store.watcher?.save()}];
};

/** Shows the steps whose time has come; at one that pauses, playback stops. */
const watchGuide = (store: Store): void => {
	const said = store.watcher?.look(store.session);
	if (!said) return;
	store.guide = [...store.guide, ...said.steps];
	const count = store.guide.length;
	const mark = {
		cycle: cycleOf(store.session),
		steps: store.guide,
		progress: store.watcher?.save(),
	};
	store.guideMarks = [
		...store.guideMarks.filter(({steps}) => steps.length < count),
		mark,
		...store.guideMarks.filter(({steps}) => steps.length > count),
	];
	store.isStopped = said.pauses && !store.isGuideHidden;
	if (store.isStopped) store.isPlaying = false;
};

/** After a move in time the guide is as far as it was then. */
const syncGuide = (store: Store): void => {
	if (!store.watcher) return;
	const now = cycleOf(store.session);
	const mark = store.guideMarks.findLast(({cycle}) => cycle <= now);
	if (!mark || mark.steps.length === store.guide.length) return;
	store.guide = mark.steps;
	store.watcher.restore(mark.progress);
};

/** Cycles between two looks at the guide's next condition: often enough to meet states that pass. */
const guideCycles = ({session, speed}: Store): number =>
	Math.max(40, session.setup.config.quantum / 10, speed / 2000);

const startClock = (store: Store): {readonly stop: () => void; readonly reset: () => void} => {
	let last = performance.now();
	let owed = 0;
	const timer = setInterval(() => {
		const now = performance.now();
		const elapsed = Math.min(250, now - last);
		last = now;
		if (!store.isPlaying) {
			owed = 0;
			return;
		}
		owed += (elapsed * store.speed) / 1000;
		const cycles = Math.floor(owed);
		owed -= cycles;
		if (cycles > 0 && store.isReversed) playBack(store, cycles);
		else if (cycles > 0) store.isBehind = !advanceBy(store, cycles);
		if (now - store.publishedAt >= publishInterval(store) - 5 || !store.isPlaying) publish(store);
	}, tickMilliseconds);
	return {
		stop: () => clearInterval(timer),
		reset() {
			last = performance.now();
			owed = 0;
		},
	};
};

/** Backwards as far as one picture; at the start it stops. */
const playBack = (store: Store, cycles: number): void => {
	seek(store.session, Math.max(0, Math.floor(cycleOf(store.session) - cycles)));
	syncGuide(store);
	if (cycleOf(store.session) > 0) return;
	store.isPlaying = false;
	store.isReversed = false;
};

/** A move in time by hand: playback stops for it. An action that gives false has not moved. */
const movement = (store: Store, action: () => unknown): boolean => {
	store.isPlaying = false;
	store.isReversed = false;
	store.isStopped = false;
	const before = store.session.machine;
	const hasMoved = action() !== false;
	const {machine} = store.session;
	if (machine !== before) watchWriters(store.session, store.scenario.watch);
	syncGuide(store);
	watchGuide(store);
	publish(store);
	return hasMoved;
};

const moveBack = (store: Store, cycles: number): boolean => {
	const now = cycleOf(store.session);
	if (now <= 0) return false;
	return movement(store, () => seek(store.session, Math.max(0, Math.floor(now - cycles))));
};

/** A thread that had no statement before, or is none: a quarter of a time slice. */
const stepBack = (store: Store, tid: number): boolean => {
	const isDone = movement(store, () => stepStatementBack(store.session, tid));
	return isDone || moveBack(store, Math.max(1, Math.round(store.session.setup.config.quantum / 4)));
};

const jump = ({session}: Store, to: Moment, direction: 1 | -1): boolean => {
	if (to.kind === 'variable')
		return direction === 1 ? stepToChange(session, to) : stepBackToWrite(session, to) !== undefined;
	const match =
		to.kind === 'state'
			? isStateChangeOf(session, to.pid)
			: to.kind === 'channel'
				? isWriteTo(to.name)
				: isContextSwitch;
	return (direction === 1 ? stepToEvent : stepBackToEvent)(session, match) !== undefined;
};

const nameOf = ({session, options}: Store, tid: number): string =>
	tid === 0
		? say(options.language, 'waker.timer')
		: tid < 0
			? say(options.language, 'waker.outside')
			: threadName(session.machine.kernel, tid);

const findWriterOf = (store: Store, lvalue: string, pid: number): ActionResult => {
	const {language} = store.options;
	let text = say(language, 'message.noWriter', {name: lvalue});
	const isDone = movement(store, () => {
		const found = stepBackToWrite(store.session, {lvalue, pid});
		if (!found) return false;
		text = say(language, 'message.writer', {
			name: lvalue,
			who: nameOf(store, found.tid),
			cycle: groupDigits(found.cycle),
		});
		return true;
	});
	return {isDone, text};
};

const findWakerOf = (store: Store, tid: number): ActionResult => {
	const {language} = store.options;
	const who = nameOf(store, tid);
	let text = say(language, 'message.noWaker', {who});
	const isDone = movement(store, () => {
		const found = findWaker(store.session, tid);
		if (found?.body.kind !== 'woken') return false;
		text = say(language, 'message.waker', {
			who,
			by: nameOf(store, found.body.by),
			queue: `${found.body.queue} ${found.body.channel}`.trim(),
			cycle: groupDigits(found.cycle),
		});
		seekEvent(store.session, found);
		return true;
	});
	return {isDone, text};
};

const writeInput = ({channel: to, offset, sender}: WriteTarget, data: Uint8Array): Input => ({
	kind: 'write',
	to,
	data,
	...(offset === undefined ? {} : {offset}),
	...(sender === undefined ? {} : {sender}),
});

const act = (store: Store, input: Input): ActionResult => {
	const {session} = store;
	const before = session.branches.length;
	const result = inject(session, input);
	store.scenario.record?.(session);
	// Time had only stopped because nothing could happen any more.
	if (store.snapshot.play === 'deadlock') store.isPlaying = true;
	store.isReversed = false;
	const hasBranched = session.branches.length > before;
	if (hasBranched) {
		const now = cycleOf(session);
		store.guideMarks = store.guideMarks.filter(({cycle}) => cycle <= now);
	}
	publish(store);
	return hasBranched
		? {...result, text: `${result.text}; ${say(store.options.language, 'message.branch')}`}
		: result;
};

const playStateOf = (store: Store): Snapshot['play'] => {
	if (store.isReversed) return 'reversed';
	if (store.session.ending?.kind === 'ended') return 'ended';
	if (store.session.ending?.kind === 'deadlock') return 'deadlock';
	return store.isPlaying ? 'playing' : 'paused';
};

/** Real milliseconds between two pictures of what scrolls, while time runs. */
const logsMilliseconds = 300;
const shownEvents = 400;

const makeLogs = ({session, observed}: Store): Logs => {
	const {events, config} = session.machine.kernel;
	return {
		console: consoleLines(session.output, shownConsoleLines),
		events: events.entries.slice(-shownEvents),
		timeline: timelineView(observed, config.quantum * timelineSlices),
		hasShared: hasSharedViews(observed),
	};
};

const makeSnapshot = (store: Store): Snapshot => {
	const {session, scenario} = store;
	const {kernel} = session.machine;
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
			now: cycleOf(session),
			horizon: session.horizon,
			branches: session.branches.map(({from}) => from),
		},
		isBehind: store.isBehind && store.isPlaying,
		watch: scenario.watch,
		logs: store.logs,
		guide: store.guide,
		hasGuide: scenario.guide !== undefined,
		isGuideHidden: store.isGuideHidden,
		isGuidePause: store.isStopped && !store.isPlaying,
		notice: kernel.notices.at(-1) ?? store.deadlock,
		links: kernel.network.links.map(({between, isUp}) => ({between, isUp})),
	};
};

/** A new snapshot, if the reader of the terminal keeps up: what it can't take is never made. */
const publish = (store: Store): void => {
	const start = performance.now();
	store.publishedAt = start;
	store.observed = observe(store.session.machine.kernel, store.observed, store.speed);
	if (!store.isPlaying || start - store.logsAt >= logsMilliseconds - 5) {
		store.logsAt = start;
		watchWriters(store.session, store.scenario.watch);
		store.logs = makeLogs(store);
		store.deadlock = deadlockSentence(store.session.machine.kernel, store.options.language);
	}
	store.snapshot = makeSnapshot(store);
	for (const listener of store.listeners) listener();
	// A long pause of the host is not the picture's fault: no single one counts for much.
	store.pictureCost += (Math.min(60, performance.now() - start) - store.pictureCost) / 8;
};

/** Pictures take at most a seventh of a CPU core, on however slow a computer and however large a screen. */
const publishInterval = ({pictureCost, options: {updates = mostUpdates}}: Store): number =>
	Math.max(1000 / updates, Math.min(1000, pictureCost * 7));
