/** Which word was meant: the nearest by the number of slips of the keyboard. */

/** Edits (insert, delete, replace, swap neighbours) between two words, or more than `limit`. */
const editDistance = (left: string, right: string, limit: number): number => {
	if (Math.abs(left.length - right.length) > limit) return limit + 1;
	let before: number[] = [];
	let previous = Array.from({length: right.length + 1}, (_, index) => index);
	for (let row = 1; row <= left.length; row++) {
		const current = [row];
		for (let column = 1; column <= right.length; column++) {
			const isSame = left[row - 1] === right[column - 1];
			let cost = Math.min(
				(previous[column] ?? 0) + 1,
				(current[column - 1] ?? 0) + 1,
				(previous[column - 1] ?? 0) + (isSame ? 0 : 1),
			);
			const isSwap =
				row > 1 &&
				column > 1 &&
				left[row - 1] === right[column - 2] &&
				left[row - 2] === right[column - 1];
			if (isSwap) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
			current.push(cost);
		}

		before = previous;
		previous = current;
	}

	return previous[right.length] ?? limit + 1;
};

/** The nearest of some other words; undefined if none is near. */
export const nearestWord = (word: string, candidates: Iterable<string>): string | undefined => {
	const limit = Math.floor((word.length + 1) / 3); // Slips that are believed
	let best: string | undefined;
	let bestDistance = limit + 1;
	for (const candidate of candidates) {
		const distance = editDistance(word, candidate, limit);
		if (distance > 0 && distance < bestDistance) {
			bestDistance = distance;
			best = candidate;
		}
	}

	return best;
};
