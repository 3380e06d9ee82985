// A generator of pseudo-random choices for property tests: the same seed makes the same ones, so that a failure can be
// repeated.

export type Random = {
	/** An integer from 0 to below the limit. */
	readonly below: (limit: number) => number;
	/** An integer between two, both included. */
	readonly between: (low: number, high: number) => number;
	readonly pick: <Value>(values: readonly Value[]) => Value;
	/** So many values, each made anew. */
	readonly times: <Value>(count: number, make: (index: number) => Value) => Value[];
};

/** Mulberry32. */
export const createRandom = (seed: number): Random => {
	let state = Math.imul(seed, 0x9e37_79b9) >>> 0;
	const below = (limit: number): number => {
		state = (state + 0x6d2b_79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
		return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit);
	};
	return {
		below,
		between: (low, high) => low + below(high - low + 1),
		pick: values => values[below(values.length)]!,
		times: (count, make) => Array.from({length: count}, (_, index) => make(index)),
	};
};
