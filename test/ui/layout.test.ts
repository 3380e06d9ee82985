import assert from 'node:assert/strict';
import {test} from 'vitest';
import {layoutOf, type LayoutRequest, type PaneName, paneNames} from '../../source/ui/layout.js';

const request = (
	columns: number,
	rows: number,
	change: Partial<LayoutRequest> = {},
): LayoutRequest => ({
	columns,
	rows,
	cpus: 1,
	focused: 'processes',
	recent: [],
	present: new Set<PaneName>([
		'processes',
		'pipes',
		'shared',
		'source',
		'timeline',
		'events',
		'console',
	]),
	isZoomed: false,
	processRows: 5,
	...change,
});

test('at every size the panes cover the screen between head and footer exactly once', () => {
	for (let columns = 40; columns <= 300; columns += 7) {
		for (let rows = 10; rows <= 80; rows += 3) {
			for (const cpus of [1, 4, 64]) {
				// Without channels the logs go to the left, and nothing is left for a place of theirs.
				const present = new Set(
					cpus === 4
						? paneNames
						: [...request(columns, rows).present].filter(
								pane => cpus === 1 || (pane !== 'pipes' && pane !== 'shared'),
							),
				);
				// One footer row, or those of the longest message.
				const footerRows = cpus === 1 ? 4 : 1;
				const layout = layoutOf(request(columns, rows, {cpus, present, footerRows}));
				assert.equal(layout.kind, 'panes');
				if (layout.kind !== 'panes') continue;
				const covered = new Uint8Array(columns * rows);
				for (const {x, y, width, height, pane} of layout.panes) {
					assert.ok(
						width >= 16 && height >= 3,
						`${pane} is ${width}x${height} at ${columns}x${rows}`,
					);
					for (let row = y; row < y + height; row++) {
						for (let column = x; column < x + width; column++) covered[row * columns + column]!++;
					}
				}
				const wrong = covered.findIndex((count, cell) => {
					const row = Math.floor(cell / columns);
					return count !== (row >= layout.head && row < rows - footerRows ? 1 : 0);
				});
				assert.equal(wrong, -1, `cell ${wrong} of ${columns}x${rows} with ${cpus} CPUs`);
			}
		}
	}
});

test('the focused pane is on the screen at every size', () => {
	for (const [columns, rows] of [
		[40, 10],
		[60, 20],
		[60, 40],
		[80, 12],
		[80, 24],
		[120, 40],
		[200, 60],
		[300, 80],
	] as const) {
		for (const focused of paneNames) {
			const layout = layoutOf(request(columns, rows, {focused, recent: [focused]}));
			assert.ok(
				layout.kind === 'panes' && layout.panes.some(({pane}) => pane === focused),
				`${focused} at ${columns}x${rows}`,
			);
		}
	}
});

test('no pane is shown twice, and zoom shows one alone', () => {
	for (const recent of [[], ['guide', 'timeline'], ['events', 'shared', 'sockets']] as const) {
		const layout = layoutOf(request(120, 40, {recent, focused: recent[0] ?? 'pipes'}));
		assert.ok(layout.kind === 'panes');
		const names = layout.panes.map(({pane}) => pane);
		assert.equal(new Set(names).size, names.length);
	}
	const zoomed = layoutOf(request(120, 40, {isZoomed: true, focused: 'source'}));
	assert.ok(zoomed.kind === 'panes');
	assert.deepEqual(
		zoomed.panes.map(({pane, width}) => [pane, width]),
		[['source', 120]],
	);
});

test('a pane that was chosen stays when another is focused', () => {
	const layout = layoutOf(request(80, 24, {focused: 'pipes', recent: ['pipes', 'events']}));
	assert.ok(layout.kind === 'panes' && layout.panes.some(({pane}) => pane === 'events'));
});

test('less than 40x10 is too small', () => {
	assert.equal(layoutOf(request(39, 24)).kind, 'too-small');
	assert.equal(layoutOf(request(80, 9)).kind, 'too-small');
	assert.equal(layoutOf(request(40, 10)).kind, 'panes');
});

const placeOf = (change: Partial<LayoutRequest>, pane: PaneName) => {
	const layout = layoutOf(request(80, 24, change));
	assert.ok(layout.kind === 'panes');
	return layout.panes.find(placed => placed.pane === pane);
};

test('on a small screen the guide has the last rows, as wide as it is, as many as its longest step needs, but not all', () => {
	const present = new Set<PaneName>(['processes', 'pipes', 'source', 'console', 'guide']);
	const guides = [1, 5, 30].map(rows => placeOf({present, guideRows: () => rows}, 'guide')!);
	assert.deepEqual(
		guides.map(({x, y, width, height}) => [x, width, height, y + height]),
		[
			[0, 80, 6, 23],
			[0, 80, 7, 23],
			[0, 80, 9, 23],
		],
	);
	for (const rows of [1, 5])
		for (const pane of ['pipes', 'source', 'console'] as const)
			assert.ok(placeOf({present, guideRows: () => rows}, pane), `${pane} beside ${rows} rows`);
});

test('two kinds of channels and the guide are on a small screen together', () => {
	const present = new Set<PaneName>(['processes', 'pipes', 'shared', 'source', 'console', 'guide']);
	for (const pane of ['pipes', 'shared', 'source', 'console', 'guide'] as const)
		assert.ok(placeOf({present, guideRows: () => 5}, pane), pane);
	const hidden = new Set(present);
	hidden.delete('guide');
	assert.equal(placeOf({present: hidden}, 'guide'), undefined);
});

test('a pane that has become empty yields its place to one that shows something', () => {
	const present = new Set(paneNames.filter(pane => pane !== 'pipes' && pane !== 'shared'));
	const seen = new Set(paneNames.filter(pane => pane !== 'shared'));
	assert.equal(placeOf({present, seen}, 'pipes'), undefined);
	assert.ok(placeOf({present, seen}, 'sockets'));
});

test('on a large screen a pane gives the rows that it would leave empty to those that are cut', () => {
	const rowsOf = (columns: number, rows: number, wanted: Partial<Record<PaneName, number>>) => {
		const layout = layoutOf(
			request(columns, rows, {
				processRows: 4,
				wantedRows: ({pane}) => (pane in wanted ? wanted[pane] : undefined),
			}),
		);
		assert.ok(layout.kind === 'panes');
		return Object.fromEntries(layout.panes.map(({pane, height}) => [pane, height]));
	};
	const few = {pipes: 4, shared: 6, timeline: 4, console: 3, guide: 0};
	const calm = rowsOf(200, 60, few);
	assert.ok(Math.abs(calm['pipes']! - calm['shared']!) <= 1, 'nobody in the column needs more');
	assert.equal(calm['timeline'], 8, 'the source has the rows that the lanes leave');
	const busy = rowsOf(200, 60, {...few, console: 500});
	assert.deepEqual([busy['pipes'], busy['shared']], [8, 8]);
	assert.equal(busy['console'], calm['console']! + calm['pipes']! + calm['shared']! - 16);
	assert.equal(rowsOf(120, 60, few)['console'], 8, 'and here those that the console leaves');
	for (const columns of [100, 120, 200]) {
		const heights = rowsOf(columns, 60, {...few, console: 500});
		assert.ok(
			Object.values(heights).every(height => height >= 6),
			JSON.stringify(heights),
		);
	}
});

test('whatever is focused or named by the guide stays where it stands, and moves nothing', () => {
	for (const [columns, rows] of [
		[120, 40],
		[200, 60],
	] as const) {
		const usual = layoutOf(request(columns, rows));
		assert.ok(usual.kind === 'panes');
		for (const {pane} of usual.panes) {
			assert.deepEqual(layoutOf(request(columns, rows, {recent: [pane]})), usual, pane);
			assert.deepEqual(
				layoutOf(request(columns, rows, {focused: pane, recent: [pane]})),
				usual,
				pane,
			);
		}
	}
});

test('on a large screen channels that come and go move nothing', () => {
	const logs = ['processes', 'source', 'timeline', 'events', 'console', 'guide'] as const;
	for (const known of [
		['shared'],
		['sockets'],
		['pipes', 'shared'],
		['sockets', 'shared'],
	] as const) {
		const seen = new Set<PaneName>([...logs, ...known]);
		for (const [columns, rows] of [
			[120, 40],
			[200, 60],
		] as const) {
			const full = layoutOf(request(columns, rows, {present: seen, seen}));
			for (const pane of known) {
				const present = new Set([...seen].filter(name => name !== pane));
				assert.deepEqual(layoutOf(request(columns, rows, {present, seen})), full, pane);
			}
			assert.deepEqual(layoutOf(request(columns, rows, {present: new Set(logs), seen})), full);
		}
	}
});

const panesAt = (columns: number, rows: number, change: Partial<LayoutRequest>) => {
	const layout = layoutOf(request(columns, rows, change));
	assert.ok(layout.kind === 'panes');
	return new Map(layout.panes.map(({pane, ...place}) => [pane, place] as const));
};

test('where an empty pane yields its place, the others stay', () => {
	const seen = new Set<PaneName>([...request(80, 24).present]);
	const present = new Set([...seen].filter(pane => pane !== 'pipes'));
	const full = panesAt(80, 24, {present: seen, seen});
	const empty = panesAt(80, 24, {present, seen});
	assert.deepEqual(empty.get('shared'), full.get('shared'));
	assert.deepEqual(empty.get('timeline'), full.get('pipes'));
});

test('a kind of channel that comes later moves none that are there', () => {
	for (const [columns, rows] of [
		[80, 24],
		[120, 40],
		[200, 60],
	] as const) {
		const before = new Set([...request(columns, rows).present].filter(pane => pane !== 'pipes'));
		const after = new Set<PaneName>([...before, 'pipes']);
		const {x, y} = panesAt(columns, rows, {present: before, seen: before}).get('shared')!;
		const moved = panesAt(columns, rows, {present: after, seen: after}).get('shared')!;
		assert.deepEqual([moved.x, moved.y], [x, y], `${columns}x${rows}`);
	}
});

test('on a large screen a place that is free at last goes to what is not on the screen, or to its neighbour', () => {
	const seen = new Set<PaneName>([...request(120, 40).present, 'guide']);
	const present = new Set([...seen].filter(pane => pane !== 'pipes'));
	const stale = new Set<PaneName>(['pipes']);
	const tall = panesAt(120, 40, {present, seen});
	const freed = panesAt(120, 40, {present, seen, stale});
	assert.deepEqual(freed.get('events'), tall.get('pipes'));
	assert.deepEqual(freed.get('shared'), tall.get('shared'));
	const wide = panesAt(200, 60, {present, seen, stale});
	assert.equal(wide.get('pipes'), undefined);
	const usual = panesAt(200, 60, {present, seen});
	assert.equal(wide.get('shared')!.y, usual.get('pipes')!.y);
	assert.deepEqual(wide.get('console'), usual.get('console'));
});

test('a scenario without any channel has its Timeline where they would stand', () => {
	const present = new Set(
		[...request(200, 60).present].filter(pane => pane !== 'pipes' && pane !== 'shared'),
	);
	const panes = panesAt(200, 60, {present, seen: present});
	assert.equal(panes.get('pipes'), undefined);
	assert.ok(panes.get('timeline')!.x < panes.get('source')!.x);
});

test('programs without a source leave its place to the events, or to the Timeline', () => {
	const present = new Set([...request(80, 24).present].filter(pane => pane !== 'source'));
	for (const [columns, rows, heir] of [
		[80, 24, 'events'],
		[120, 40, 'events'],
		[200, 60, 'timeline'],
	] as const) {
		const panes = panesAt(columns, rows, {present, seen: present});
		assert.equal(panes.get('source'), undefined);
		const source = panesAt(columns, rows, {}).get('source')!;
		const {x, y} = panes.get(heir)!;
		assert.deepEqual([x, y], [source.x, source.y], `${columns}x${rows}`);
	}
});

test('a process table that needs more rows, and a message, leave all but the panes next to them where they are', () => {
	const present = new Set<PaneName>(paneNames);
	for (const [columns, rows] of [
		[120, 40],
		[200, 60],
	] as const) {
		const usual = {present, guideRows: () => 4};
		const few = panesAt(columns, rows, {...usual, processRows: 4});
		const more = panesAt(columns, rows, {...usual, processRows: 7});
		const bottom = (place?: {readonly y: number; readonly height: number}) =>
			place && place.y + place.height;
		for (const [pane, place] of few)
			if (pane !== 'processes') assert.equal(bottom(more.get(pane)), bottom(place), pane);
		const said = panesAt(columns, rows, {...usual, processRows: 4, footerRows: 3});
		for (const [pane, place] of few) assert.equal(said.get(pane)!.y, place.y, pane);
	}
	// The guide keeps the rows of its text: those above it give theirs.
	const guide = placeOf({present, guideRows: () => 6}, 'guide')!;
	const raised = placeOf({present, guideRows: () => 6, footerRows: 2}, 'guide')!;
	assert.deepEqual([raised.y, raised.height], [guide.y - 1, guide.height]);
	const short = placeOf({present, guideRows: () => 3, footerRows: 2}, 'guide')!;
	assert.equal(short.y, placeOf({present, guideRows: () => 3}, 'guide')!.y);
});
