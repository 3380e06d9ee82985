// The table of `ipctop compare` as the dashboard has it: the scenario that is open, then every preset, each run apart from
// the session on the screen. It grows while it is looked at, a few milliseconds at a time, so that no key waits for it.

import {
	beginWays,
	continueWays,
	endWays,
	type WaysInProgress,
	type WaysScenario,
} from '../view-model/ways-run.js';
import type {NamedWay} from '../view-model/ways-text.js';

/** What has been found so far. */
export type ComparisonView = {
	/** The ways of the open scenario, then those of the presets in the order of their list. */
	readonly ways: readonly NamedWay[];
	/** The scenario that is open. */
	readonly name: string;
	/** Scenarios that have been run, of how many. */
	readonly done: number;
	readonly total: number;
};

export type Comparison = {
	readonly view: () => ComparisonView;
	/** Hears of every scenario that is through. */
	readonly subscribe: (listener: () => void) => () => void;
	/** Goes on with the table, for the scenario that is open now; what is known already is kept. */
	readonly start: () => void;
	readonly stop: () => void;
};

export type ComparedScenario = WaysScenario & {readonly name: string};

export type ComparisonOptions = {
	readonly open: () => ComparedScenario;
	readonly presets: () => ReadonlyArray<{readonly name: string}>;
	readonly load: (name: string) => ComparedScenario | {readonly error: string} | undefined;
};

/** Presets show what they do within that; the endless ones too. */
const longestRun = 2_000_000;
/** Real milliseconds of work at a time, and between two such times. */
const workMilliseconds = 6;
const tickMilliseconds = 15;
/** Steps between two looks at the clock. */
const stepsAtOnce = 400;

export const createComparison = (options: ComparisonOptions): Comparison => {
	const known = new Map<string, readonly NamedWay[]>();
	const listeners = new Set<() => void>();
	let opened = '';
	let names: readonly string[] = [];
	let running: {readonly name: string; readonly progress: WaysInProgress} | undefined;
	let timer: ReturnType<typeof setInterval> | undefined;
	const stop = (): void => {
		clearInterval(timer);
		timer = undefined;
	};
	const finish = (name: string, ways: readonly NamedWay[]): void => {
		known.set(name, ways);
		running = undefined;
		for (const listener of listeners) listener();
	};
	const begin = (name: string): void => {
		const scenario = name === opened ? options.open() : options.load(name);
		if (scenario === undefined || 'error' in scenario) finish(name, []);
		else running = {name, progress: beginWays(scenario, longestRun)};
	};
	const work = (): void => {
		const name = running?.name ?? names.find(candidate => !known.has(candidate));
		if (name === undefined) {
			stop();
			return;
		}
		if (!running) begin(name);
		const deadline = performance.now() + workMilliseconds;
		while (running && performance.now() < deadline) {
			const {progress} = running;
			if (!continueWays(progress, stepsAtOnce))
				finish(
					name,
					endWays(progress).map(way => ({preset: name, ...way})),
				);
		}
	};
	return {
		view: () => ({
			ways: names.flatMap(name => known.get(name) ?? []),
			name: opened,
			done: names.filter(name => known.has(name)).length,
			total: names.length,
		}),
		subscribe(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		start() {
			const {name} = options.open();
			const others = options.presets().map(preset => preset.name);
			// Two files may have one name: what is open is looked at anew, once.
			if (name !== opened && !others.includes(name)) known.delete(name);
			opened = name;
			names = [name, ...others.filter(other => other !== name)];
			timer ??= setInterval(work, tickMilliseconds);
		},
		stop,
	};
};
