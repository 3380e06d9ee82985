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
				const layout = layoutOf(request(columns, rows, {cpus, present}));
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
					return count !== (row >= layout.head && row < rows - 1 ? 1 : 0);
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

test('on a small screen the guide has the last rows, as wide as it is, and grows with a long step, but not over all', () => {
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
