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
				const layout = layoutOf(request(columns, rows, {cpus}));
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

test('a long step of the guide takes rows from the pane above it, but not all', () => {
	const present = new Set<PaneName>(['processes', 'pipes', 'source', 'console', 'guide']);
	const heights = [3, 8, 30].map(
		rows => placeOf({present, guideRows: () => rows}, 'guide')!.height,
	);
	assert.deepEqual(heights, [7, 9, 9]);
	assert.equal(placeOf({present, guideRows: () => 30}, 'pipes')!.height, 5);
	assert.ok(placeOf({present, guideRows: () => 30}, 'console'));
});

test('with two kinds of channels the guide stands where the console would', () => {
	const present = new Set<PaneName>(['processes', 'pipes', 'shared', 'source', 'console', 'guide']);
	assert.ok(placeOf({present}, 'pipes') && placeOf({present}, 'shared'));
	assert.ok(placeOf({present}, 'guide')!.x > 0);
	assert.equal(placeOf({present, focused: 'console', recent: ['console']}, 'guide'), undefined);
});

test('a pane that has become empty yields its place to one that shows something', () => {
	const present = new Set(paneNames.filter(pane => pane !== 'pipes' && pane !== 'shared'));
	const seen = new Set(paneNames.filter(pane => pane !== 'shared'));
	assert.equal(placeOf({present, seen}, 'pipes'), undefined);
	assert.ok(placeOf({present, seen}, 'sockets'));
});
