// Panes that stand one above the other share their column by need: rows that one of them would leave empty go to those
// whose text is cut. Where nobody needs them, everything stays as it is.

type Place = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

/** Rows, frame included, that a pane keeps in any case, so that little comings and goings in it move nothing. */
const leastRows = 8;

/** @param wanted Rows of text that a pane could show; undefined: it always has more. */
export const settleColumns = <Pane extends Place>(
	panes: readonly Pane[],
	wanted: (pane: Pane) => number | undefined,
): readonly Pane[] => {
	const columns = new Map<string, Pane[]>();
	for (const pane of panes) {
		const key = `${pane.x} ${pane.width}`;
		columns.set(key, [...(columns.get(key) ?? []), pane]);
	}
	return [...columns.values()].flatMap(column =>
		settleColumn(
			column.sort((a, b) => a.y - b.y),
			wanted,
		),
	);
};

const settleColumn = <Pane extends Place>(
	column: readonly Pane[],
	wanted: (pane: Pane) => number | undefined,
): readonly Pane[] => {
	const needs = column.map(pane => (wanted(pane) ?? Infinity) + 2);
	const spare = column.map(({height}, index) =>
		Math.max(0, height - Math.max(needs[index]!, leastRows)),
	);
	const lacking = column.map(({height}, index) => Math.max(0, needs[index]! - height));
	const moved = Math.min(sum(spare), sum(lacking));
	if (moved === 0) return column;
	const taken = divide(moved, spare);
	const given = divide(
		moved,
		lacking.map(rows => Math.min(rows, moved)),
	);
	let y = column[0]!.y;
	return column.map((pane, index) => {
		const height = pane.height - taken[index]! + given[index]!;
		const settled = {...pane, y, height};
		y += height;
		return settled;
	});
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Whole numbers in proportion to the weights, which add up to the total exactly. */
export const divide = (total: number, weights: readonly number[]): readonly number[] => {
	const whole = sum(weights);
	let position = 0;
	let used = 0;
	return weights.map(weight => {
		position += weight;
		const end = Math.round((total * position) / whole);
		const part = end - used;
		used = end;
		return part;
	});
};
