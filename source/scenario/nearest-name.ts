// "Did you mean …?": the known name that a mistyped one is closest to.

/** Edit distance where a swap of neighbours counts as one step. */
const distance = (a: string, b: string): number => {
	const rows: number[][] = [Array.from({length: b.length + 1}, (_, index) => index)];
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const isSame = a[i - 1] === b[j - 1];
			let best = Math.min(
				rows[i - 1]![j]! + 1,
				row[j - 1]! + 1,
				rows[i - 1]![j - 1]! + (isSame ? 0 : 1),
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, rows[i - 2]![j - 2]! + 1);
			row.push(best);
		}
		rows.push(row);
	}
	return rows[a.length]![b.length]!;
};

/** The nearest of the names, or undefined if none is near. */
export const nearestName = (name: string, names: readonly string[]): string | undefined => {
	const limit = Math.max(1, Math.floor(name.length / 3));
	const ranked = names
		.map(candidate => ({
			candidate,
			distance: distance(name.toLowerCase(), candidate.toLowerCase()),
		}))
		.filter(entry => entry.distance <= limit)
		.sort((a, b) => a.distance - b.distance);
	return ranked[0]?.candidate;
};

/** ` (did you mean “x”?)`, or nothing. */
export const suggestion = (name: string, names: readonly string[]): string => {
	const nearest = nearestName(name, names);
	return nearest === undefined ? '' : `; did you mean "${nearest}"?`;
};
