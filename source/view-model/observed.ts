// A kernel under observation: the kernel as it stands, and samples of its counters from a moment ago, so that shares and
// rates can be told. Views only read.

import type {Kernel} from '../kernel/kernel.js';
import type {Census} from '../kernel/process/census.js';

/** Counters at one cycle. */
export type Sample = {
	readonly cycle: number;
	readonly cpus: ReadonlyArray<{
		readonly useful: number;
		readonly busy: number;
		readonly idle: number;
	}>;
	/** What threads had used by then that have run between this sample and the next. */
	readonly before: Map<number, Counters>;
	next: Sample | undefined;
	readonly meter: Meter;
};

/** Cycles of a thread: on a CPU, and those of them that were busy waiting. */
type Counters = {readonly cpu: number; readonly busy: number};

/** What each thread had used at the newest sample. Of thousands only those that have run since are looked at again. */
type Meter = {
	readonly counters: Map<number, Counters>;
	/** Events of the log that it knows of. */
	events: number;
};

export type Observed = {
	readonly kernel: Kernel;
	/** What rates refer to; undefined: to boot. */
	readonly base: Sample | undefined;
	/** Later samples, oldest first, that will become the base. */
	readonly samples: readonly Sample[];
};

const takeSample = (kernel: Kernel, meter: Meter, last?: Sample): Sample => {
	const sample: Sample = {
		cycle: kernel.now,
		cpus: kernel.cpus.map(({useful, busy, idle}) => ({useful, busy, idle})),
		before: new Map(),
		next: undefined,
		meter,
	};
	const {counters} = meter;
	for (const tid of whoMayHaveRun(kernel, meter)) {
		const thread = kernel.threads.get(tid);
		if (!thread) continue;
		const before = counters.get(tid) ?? none;
		const {cpuCycles: cpu, busyCycles: busy} = thread.context;
		if (cpu === before.cpu && busy === before.busy) continue;
		last?.before.set(tid, before);
		counters.set(tid, {cpu, busy});
	}
	if (counters.size > 2 * kernel.threads.size)
		for (const tid of counters.keys()) if (!kernel.threads.has(tid)) counters.delete(tid);
	meter.events = kernel.events.count;
	if (last) last.next = sample;
	return sample;
};

const none: Counters = {cpu: 0, busy: 0};

/** A thread that runs is on a CPU, or an event tells that it left it. */
const whoMayHaveRun = (
	{events, cpus, threads}: Kernel,
	{events: known}: Meter,
): Iterable<number> => {
	const unknown = events.count - known;
	if (!events.isOn || known === 0 || unknown > events.entries.length) return threads.keys();
	const tids = new Set(cpus.flatMap(({thread, lastThread}) => [thread, lastThread]));
	for (let index = events.entries.length - unknown; index < events.entries.length; index++) {
		const {tid, body} = events.entries[index]!;
		tids.add(tid);
		if (body.kind === 'switch') tids.add(body.from);
	}
	return tids;
};

/** CPU cycles that a thread had used at the time of the sample, and those of them that were busy waiting; 0 if it was not there. */
export const countersAt = (first: Sample | undefined, tid: number): Counters => {
	for (let sample = first; sample; sample = sample.next) {
		const known = sample.before.get(tid);
		if (known) return known;
	}
	return first?.meter.counters.get(tid) ?? none;
};

/**
 * The kernel now, after `previous` was observed. Rates refer to the newest sample that is at least `window` cycles old,
 * or the oldest there is.
 */
export const observe = (kernel: Kernel, previous?: Observed, window = 0): Observed => {
	const last = previous?.samples.at(-1);
	if (previous?.kernel !== kernel || !last || last.cycle > kernel.now) {
		const meter = {counters: new Map(), events: 0};
		return {kernel, base: undefined, samples: [takeSample(kernel, meter)]};
	}
	if (last.cycle === kernel.now) return {...previous};
	const samples = [...previous.samples, takeSample(kernel, last.meter, last)];
	let base = previous.base;
	while (
		samples.length > 1 &&
		(samples[0]!.cycle <= kernel.now - window || samples.length > maxSamples)
	) {
		base = samples.shift();
	}
	return {kernel, base, samples};
};

const maxSamples = 16;

/** Cycles that rates refer to. */
export const windowOf = ({kernel, base}: Observed): number => kernel.now - (base?.cycle ?? 0);

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
