// A kernel under observation: the kernel as it stands, and samples of its counters from a moment ago, so that shares and
// rates can be told. Views only read.

import type {Kernel} from '../kernel/kernel.js';

/** Counters at one cycle. */
export type Sample = {
	readonly cycle: number;
	readonly cpus: ReadonlyArray<{
		readonly useful: number;
		readonly busy: number;
		readonly idle: number;
	}>;
	readonly threads: ThreadCounters;
};

/** Cycles of all threads, side by side in order of tid: taken for each picture, and asked for the few that are shown. */
type ThreadCounters = {
	readonly tids: Int32Array;
	readonly cpu: Float64Array;
	readonly busy: Float64Array;
};

export type Observed = {
	readonly kernel: Kernel;
	/** What rates refer to; undefined: to boot. */
	readonly base: Sample | undefined;
	/** Later samples, oldest first, that will become the base. */
	readonly samples: readonly Sample[];
};

export const takeSample = (kernel: Kernel): Sample => ({
	cycle: kernel.now,
	cpus: kernel.cpus.map(({useful, busy, idle}) => ({useful, busy, idle})),
	threads: takeCounters(kernel),
});

const takeCounters = ({threads}: Kernel): ThreadCounters => {
	const tids = new Int32Array(threads.size);
	const cpu = new Float64Array(threads.size);
	const busy = new Float64Array(threads.size);
	let index = 0;
	// The kernel has them in the order of their creation, and gives out rising numbers.
	for (const {tid, context} of threads.values()) {
		tids[index] = tid;
		cpu[index] = context.cpuCycles;
		busy[index] = context.busyCycles;
		index++;
	}
	return {tids, cpu, busy};
};

/** CPU cycles that a thread had used at the time of the sample, and those of them that were busy waiting; 0 if it was not there. */
export const countersAt = (
	sample: Sample | undefined,
	tid: number,
): {readonly cpu: number; readonly busy: number} => {
	const nothing = {cpu: 0, busy: 0};
	if (!sample) return nothing;
	const {tids, cpu, busy} = sample.threads;
	let low = 0;
	let high = tids.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (tids[middle]! < tid) low = middle + 1;
		else high = middle;
	}
	return tids[low] === tid ? {cpu: cpu[low]!, busy: busy[low]!} : nothing;
};

/**
 * The kernel now, after `previous` was observed. Rates refer to the newest sample that is at least `window` cycles old,
 * or the oldest there is.
 */
export const observe = (kernel: Kernel, previous?: Observed, window = 0): Observed => {
	if (!previous || previous.kernel !== kernel)
		return {kernel, base: undefined, samples: [takeSample(kernel)]};
	const last = previous.samples.at(-1);
	if (last?.cycle === kernel.now) return {...previous};
	if (last && last.cycle > kernel.now)
		return {kernel, base: undefined, samples: [takeSample(kernel)]};
	const samples = [...previous.samples, takeSample(kernel)];
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
