// Branches of history: an input in the past begins another future, and the one that was left can be returned to. A
// history is told by its inputs alone; two of them are one up to their first difference.

import type {Input} from './input.js';

export type TimedInput = {
	readonly cycle: number;
	readonly input: Input;
	/** Comes from the scenario, not from the user. */
	readonly isPlanned: boolean;
};

/** A future that was left when something was injected in its past. */
export type Branch = {
	/** The cycle at which it parts from the present history, and the furthest it had come. */
	readonly from: number;
	readonly horizon: number;
	readonly inputs: readonly TimedInput[];
};

/** The cycle of the first input that only one of two histories has; before it their states are the same. */
export const partingOf = (a: readonly TimedInput[], b: readonly TimedInput[]): number => {
	let index = 0;
	while (index < a.length && a[index] === b[index]) index++;
	return Math.min(a[index]?.cycle ?? Infinity, b[index]?.cycle ?? Infinity);
};

/** The branches as seen from a present with other inputs. */
export const seenFrom = (branches: readonly Branch[], inputs: readonly TimedInput[]): Branch[] =>
	branches.map(branch => ({...branch, from: partingOf(branch.inputs, inputs)}));
