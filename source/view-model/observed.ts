// A kernel under observation: the kernel as it stands, and the cycle that shares and rates refer to. Views only read.

import type {Kernel} from '../kernel/kernel.js';
import type {Census} from '../kernel/process/census.js';
import type {Thread} from '../kernel/process/thread.js';
import {logStart, type Stretch, stretchesSince} from './stretches.js';

export type Observed = {
	readonly kernel: Kernel;
	/** The cycle at which the window of shares begins; 0: at boot. */
	readonly base: number;
};

/** The kernel now. Shares refer to the last `window` cycles, as far back as the log tells of them, or to all since boot. */
export const observe = (kernel: Kernel, window = Infinity): Observed => ({
	kernel,
	base:
		window === Infinity || !kernel.events.isOn
			? 0
			: Math.max(0, kernel.now - window, logStart(kernel, countedEvents)),
});

/** Events that are gone through for shares: at full speed a window holds more than a picture has time for. */
const countedEvents = 5000;

/** Cycles that shares refer to. */
export const windowOf = ({kernel, base}: Observed): number => kernel.now - base;

/** A view of an observation that several panes ask for, worked out once. */
export const perObservation = <View>(
	compute: (observed: Observed) => View,
): ((observed: Observed) => View) => {
	const kept = new WeakMap<Observed, View>();
	return observed => {
		const known = kept.get(observed);
		if (known !== undefined) return known;
		const view = compute(observed);
		kept.set(observed, view);
		return view;
	};
};

/** Cycles of a thread or CPU: all in use, and those of them that were busy waiting. */
export type Usage = {readonly cpu: number; readonly busy: number};

type Sums = Map<number, {cpu: number; busy: number}>;

const addTo = (sums: Sums, key: number, {from, to, busy}: Stretch): void => {
	const sum = sums.get(key) ?? {cpu: 0, busy: 0};
	sum.cpu += to - from;
	sum.busy += busy;
	sums.set(key, sum);
};

const windowSums = perObservation(({kernel, base}) => {
	const threads: Sums = new Map();
	const cpus: Sums = new Map();
	for (const [tid, stretches] of stretchesSince(kernel, base)) {
		for (const stretch of stretches) {
			addTo(threads, tid, stretch);
			addTo(cpus, stretch.cpu, stretch);
		}
	}
	return {threads, cpus};
});

const none: Usage = {cpu: 0, busy: 0};

/** What a thread has used in the window. */
export const recentUsage = (observed: Observed, {tid, context}: Thread): Usage =>
	observed.base === 0
		? {cpu: context.cpuCycles, busy: context.busyCycles}
		: (windowSums(observed).threads.get(tid) ?? none);

/** What has been used of a CPU in the window. */
export const recentUsageOfCpu = (observed: Observed, id: number): Usage => {
	const {useful, busy} = observed.kernel.cpus[id]!;
	return observed.base === 0
		? {cpu: useful + busy, busy}
		: (windowSums(observed).cpus.get(id) ?? none);
};

/** A view of a kernel that stays as it is until the census counts another change of the kinds that it depends on. */
export const perChange = <View>(
	changesIn: (census: Census) => number,
	compute: (kernel: Kernel) => View,
): ((kernel: Kernel) => View) => {
	const kept = new WeakMap<Kernel, {readonly changes: number; readonly view: View}>();
	return kernel => {
		const changes = changesIn(kernel.census);
		const known = kept.get(kernel);
		if (known?.changes === changes) return known.view;
		const view = compute(kernel);
		kept.set(kernel, {changes, view});
		return view;
	};
};
