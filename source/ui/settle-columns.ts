// Panes that stand one above the other share their column by need: rows that one of them would leave empty go to those
// whose text is cut. Where nobody needs them, everything stays as it is. What takes rows from outside, the process table from
// above or a message from below, takes them from the panes next to it.

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
): readonly Pane[] => columnsIn(panes).flatMap(column => settleColumn(column, wanted));

/** The panes that stand one above the other, from the top. */
const columnsIn = <Pane extends Place>(panes: readonly Pane[]): ReadonlyArray<readonly Pane[]> => {
	const columns = new Map<string, Pane[]>();
	for (const pane of panes) {
		const key = `${pane.x} ${pane.width}`;
		columns.set(key, [...(columns.get(key) ?? []), pane]);
	}
	return [...columns.values()].map(column => column.toSorted((a, b) => a.y - b.y));
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

/** Rows, frame included, down to which panes give to the table, all of them before any gives more. */
const leastSqueezed = [leastRows, 5, 3];

/**
 * The first of the panes, as wide as all others, is higher by `rows`. In each column below it the upper panes give them:
 * the lower ones stay where they are.
 */
export const growTable = <Pane extends Place>(
	[table, ...others]: readonly Pane[],
	rows: number,
	leastOf: (pane: Pane) => number,
): readonly Pane[] => {
	if (!table || rows === 0) return table ? [table, ...others] : others;
	const lowered = columnsIn(others).flatMap(column => {
		const taken = takeRows(column, rows, leastOf);
		let left = rows;
		return column.map((pane, index) => {
			const y = pane.y + left;
			left -= taken[index]!;
			return {...pane, y, height: pane.height - taken[index]!};
		});
	});
	return [{...table, height: table.height + rows}, ...lowered];
};

/** Rows that the panes give, the first of them first; what they need only if nobody has any to spare. */
const takeRows = <Pane extends Place>(
	panes: readonly Pane[],
	rows: number,
	leastOf: (pane: Pane) => number,
): readonly number[] => {
	const taken = panes.map(() => 0);
	let left = rows;
	for (const [round, least] of leastSqueezed.entries())
		for (const [index, pane] of panes.entries()) {
			const kept = round + 1 < leastSqueezed.length ? Math.max(least, leastOf(pane)) : least;
			const part = Math.max(0, Math.min(left, pane.height - taken[index]! - kept));
			taken[index]! += part;
			left -= part;
		}
	return taken;
};

/**
 * The panes that stand on `floor` end `rows` above it. Each gives what it has beyond its least height, then those above it
 * do, and it moves up; where nobody has any to spare, it gives the rest itself.
 */
export const raiseFloor = <Pane extends Place>(
	panes: readonly Pane[],
	floor: number,
	rows: number,
	leastOf: (pane: Pane) => number,
): readonly Pane[] => {
	if (rows <= 0) return panes;
	const spareOf = (pane: Pane): number => Math.max(0, pane.height - leastOf(pane));
	const onto = ({x, width, y}: Pane): readonly Pane[] =>
		panes.filter(
			pane => pane.y + pane.height === y && pane.x < x + width && x < pane.x + pane.width,
		);
	/** Rows by which its lower edge can rise. */
	const slackOf = (pane: Pane): number => {
		const above = onto(pane);
		return spareOf(pane) + (above.length === 0 ? 0 : Math.min(...above.map(slackOf)));
	};
	const bottoms = new Map<Pane, number>();
	const raise = (pane: Pane, by: number): void => {
		const moved = Math.max(0, Math.min(by, slackOf(pane)) - spareOf(pane));
		bottoms.set(pane, pane.y + pane.height - by);
		if (moved > 0) for (const above of onto(pane)) raise(above, moved);
	};
	for (const pane of panes) if (pane.y + pane.height === floor) raise(pane, rows);
	const bottomOf = (pane: Pane): number => bottoms.get(pane) ?? pane.y + pane.height;
	return panes.map(pane => {
		// What has risen for one column leaves no hole above another.
		const above = onto(pane);
		const y = above.length === 0 ? pane.y : Math.max(...above.map(bottomOf));
		return {...pane, y, height: bottomOf(pane) - y};
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
