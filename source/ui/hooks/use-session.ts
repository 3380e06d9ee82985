// The running session behind the dashboard: the clock that turns real time into cycles, and the one place where the
// interface touches the machine. Listeners hear of changes at most ten times a second, and of none while nothing changes.

import type {Input} from '../../machine/input.js';
import {
	createSession,
	cycleOf,
	inject,
	runFor,
	runUntil,
	seek,
	type Session,
} from '../../machine/session.js';
import type {MachineSetup} from '../../machine/setup.js';
import {stepLimit, stepStatement, stepStatementBack} from '../../machine/stepping.js';
import {consoleLines} from '../../view-model/console.js';
import {observe, type Observed} from '../../view-model/observed.js';
import {deadlockSentence} from '../../view-model/wait-graph.js';
import type {Language, LocalText} from '../../view-model/language.js';
import type {GuideStep} from '../../view-model/guide.js';
import {timelineSlices, timelineView} from '../../view-model/timeline.js';
import type {ActionResult, Logs, Playback, PresetInfo, Snapshot} from '../playback.js';

/** The steps of a guide that have become due since it was asked last, and whether playback stops at them. */
export type GuideWatcher = (
	session: Session,
) => {readonly steps: readonly GuideStep[]; readonly pauses: boolean} | undefined;

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
};

export type PlaybackOptions = {
	readonly scenario: DashboardScenario;
	readonly language: Language;
	readonly speed?: number | undefined;
	readonly startsPaused?: boolean | undefined;
	readonly presets?: readonly PresetInfo[] | undefined;
	readonly load?: ((name: string) => DashboardScenario | {readonly error: string}) | undefined;
};

/** Real milliseconds between two stretches of simulated time, and between two pictures of them. */
const tickMilliseconds = 50;
const publishMilliseconds = 100;
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
	return {
		subscribe(listener) {
			store.listeners.add(listener);
			return () => store.listeners.delete(listener);
		},
		snapshot: () => store.snapshot,
		togglePause() {
			if (store.session.ending?.kind === 'ended') return;
			store.isPlaying = !store.isPlaying;
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
			pausedAction(store, () => {
				if (store.session.machine.kernel.threads.has(tid)) stepStatement(store.session, tid);
				else runToEvent(store.session);
			}),
		stepEvent: () => pausedAction(store, () => runToEvent(store.session)),
		stepBack: tid => stepBack(store, tid),
		stepEventBack: () => stepEventBack(store),
		seek: cycles =>
			cycles < 0 ? moveBack(store, -cycles) : pausedAction(store, () => boundedRun(store, cycles)),
		seekStart: () => void moveBack(store, cycleOf(store.session)),
		seekEnd: () => void pausedAction(store, () => seek(store.session, store.session.horizon)),
		restart() {
			load(store, store.scenario);
			publish(store);
		},
		write: (to, data) => act(store, {kind: 'write', to, data}),
		assign: (lvalue, value, pid) => act(store, {kind: 'assign', to: `var:${lvalue}`, value, pid}),
		type: data => act(store, {kind: 'type', data}),
		signal: (pid, signal) => act(store, {kind: 'signal', pid, signal}),
		setLink: (between, up) => act(store, {kind: 'link', between, up}),
		presets: options.presets ?? [],
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
	/** The guide has stopped it. */
	isStopped: boolean;
	speed: number;
	defaultSpeed: number;
	isBehind: boolean;
	watcher: GuideWatcher | undefined;
	/** Steps of the guide that have come. */
	guide: readonly GuideStep[];
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

const startSession = (scenario: DashboardScenario): Session => {
	const inputs = scenario.inputs.map(({at, input}) => ({cycle: at, input}));
	return createSession({...scenario.setup, recordEvents: true}, inputs, {keepsHistory: true});
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
		isPlaying: options.startsPaused !== true,
		isStopped: false,
		speed: options.speed ?? defaultSpeed,
		defaultSpeed,
		isBehind: false,
		watcher: scenario.guide?.(),
		guide: [],
		logsAt: -Infinity,
		deadlock: '',
		logs: undefined as unknown as Logs,
		snapshot: undefined as unknown as Snapshot,
		version: 0,
		publishedAt: -Infinity,
		pictureCost: 0,
		listeners: new Set(),
	};
	warmUp(store);
	store.logs = makeLogs(store);
	store.snapshot = makeSnapshot(store);
	return store;
};

const load = (store: Store, scenario: DashboardScenario): void => {
	store.scenario = scenario;
	store.session = startSession(scenario);
	store.observed = observe(store.session.machine.kernel);
	store.watcher = scenario.guide?.();
	store.guide = [];
	store.logsAt = -Infinity;
	store.isPlaying = true;
	store.isStopped = false;
	warmUp(store);
};

/** The first picture shows a scenario that is running: half a second of playback has passed. */
const warmUp = (store: Store): void => {
	if (!store.isPlaying) return;
	for (let part = 0; part < 5 && store.isPlaying; part++) {
		advanceBy(store, store.speed / 10, false);
		store.observed = observe(store.session.machine.kernel, store.observed, store.speed);
	}
};

/** Runs for so many cycles, as far as the guide lets it, but not longer than the keys can wait. False: not all of it. */
const advanceBy = (store: Store, cycles: number, canPause = true): boolean => {
	const deadline = performance.now() + stretchMilliseconds;
	let left = cycles;
	while (left > 0 && store.isPlaying) {
		const piece = Math.min(
			left,
			store.watcher ? Math.min(pieceCycles, guideCycles(store)) : pieceCycles,
		);
		runFor(store.session, piece);
		left -= piece;
		watchGuide(store, canPause);
		if (store.session.ending) {
			if (store.session.ending.kind !== 'needs-input') store.isPlaying = false;
			return true;
		}
		if (performance.now() > deadline) return left <= 0;
	}
	return true;
};

/** While stepping or seeking, far runs are cut where a user would think that the program hangs. */
const boundedRun = (store: Store, cycles: number): void => {
	const deadline = performance.now() + 1000;
	let left = cycles;
	while (left > 0 && performance.now() < deadline && !store.session.ending) {
		runFor(store.session, Math.min(left, pieceCycles));
		left -= pieceCycles;
	}
};

/** Shows the steps whose time has come. A step that pauses is waited for, except in the run-up to the first picture. */
const watchGuide = (store: Store, canPause = true): void => {
	const said = store.watcher?.(store.session);
	if (!said) return;
	store.guide = [...store.guide, ...said.steps];
	store.isStopped = said.pauses && canPause;
	if (store.isStopped) store.isPlaying = false;
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
		if (cycles > 0) store.isBehind = !advanceBy(store, cycles);
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

/** Something done by hand: time stands still around it. Gives true, for the callers that say whether they moved. */
const pausedAction = (store: Store, action: () => void): true => {
	store.isPlaying = false;
	store.isStopped = false;
	action();
	watchGuide(store);
	publish(store);
	return true;
};

const moveBack = (store: Store, cycles: number): boolean => {
	const now = cycleOf(store.session);
	if (now <= 0) return false;
	return pausedAction(store, () => seek(store.session, Math.max(0, Math.floor(now - cycles))));
};

/** To the next event of the log. Time in which every CPU is idle holds none but those of timers and inputs: it is jumped over. */
const runToEvent = (session: Session): void => {
	const {kernel, toStart} = session.machine;
	const {count} = kernel.events;
	const limit = cycleOf(session) + stepLimit;
	while (kernel.events.count === count && !session.ending && cycleOf(session) < limit) {
		const now = cycleOf(session);
		const isIdle = kernel.cpus.every(cpu => cpu.thread === 0);
		const next = Math.min(
			limit,
			kernel.timers[0]?.at ?? Infinity,
			toStart[0]?.at ?? Infinity,
			session.inputs[session.applied]?.cycle ?? Infinity,
		);
		runUntil(session, isIdle && next > now ? next : now + 1);
	}
};

const stepBack = (store: Store, tid: number): boolean => {
	let hasMoved = false;
	pausedAction(store, () => {
		hasMoved = stepStatementBack(store.session, tid);
	});
	return (
		hasMoved || moveBack(store, Math.max(1, Math.round(store.session.setup.config.quantum / 4)))
	);
};

const stepEventBack = (store: Store): boolean => {
	const now = cycleOf(store.session);
	const earlier = store.session.machine.kernel.events.entries.findLast(
		event => event.cycle < now - 1,
	);
	return earlier ? moveBack(store, now - earlier.cycle) : moveBack(store, now);
};

const act = (store: Store, input: Input): ActionResult => {
	const result = inject(store.session, input);
	// Time had only stopped because nothing could happen any more.
	if (store.snapshot.play === 'deadlock') store.isPlaying = true;
	publish(store);
	return result;
};

const playStateOf = (store: Store): Snapshot['play'] => {
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
		isBehind: store.isBehind && store.isPlaying,
		watch: scenario.watch,
		logs: store.logs,
		guide: store.guide,
		hasGuide: scenario.guide !== undefined,
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
		store.logs = makeLogs(store);
		store.deadlock = deadlockSentence(store.session.machine.kernel, store.options.language);
	}
	store.snapshot = makeSnapshot(store);
	for (const listener of store.listeners) listener();
	// A long pause of the host is not the picture's fault: no single one counts for much.
	store.pictureCost += (Math.min(60, performance.now() - start) - store.pictureCost) / 8;
};

/** Pictures take at most a seventh of a CPU core, on however slow a computer and however large a screen. */
const publishInterval = ({pictureCost}: Store): number =>
	Math.max(publishMilliseconds, Math.min(1000, pictureCost * 7));
