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
	readonly threads: ReadonlyMap<number, {readonly cpu: number; readonly busy: number}>;
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
	threads: new Map(
		[...kernel.threads.values()].map(({tid, context}) => [
			tid,
			{cpu: context.cpuCycles, busy: context.busyCycles},
		]),
	),
});

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
