import assert from 'node:assert/strict';
import {test} from 'vitest';
import {grownRoom, noRoom, type Room, stalePanes} from '../../source/ui/room.js';
import type {PaneName} from '../../source/ui/slots.js';

/** Pictures at these cycles, each with the panes that have something to show then. */
const after = (pictures: ReadonlyArray<readonly [now: number, ...present: PaneName[]]>): Room => {
	let room = noRoom;
	let before: readonly PaneName[] = [];
	for (const [now, ...present] of pictures) {
		room = grownRoom(room, {processRows: 1, waits: 0, items: {}, now, present}, before);
		before = present;
	}
	return room;
};

test('a list keeps the room of its fullest moment', () => {
	let room = noRoom;
	for (const [processRows, waits, sockets] of [
		[3, 10, 2],
		[6, 4, 5],
		[2, 22, 0],
	] as const)
		room = grownRoom(room, {processRows, waits, items: {sockets}, now: 0, present: []}, []);
	assert.deepEqual([room.processRows, room.waits, room.items], [6, 22, {sockets: 5}]);
});

test('a pane that is empty for longer than it was full gives its place away, if there are others', () => {
	const full = [
		[0, 'pipes', 'sockets'],
		[1000, 'pipes', 'sockets'],
	] as const;
	const empty = (now: number) => stalePanes(after([...full, [now, 'sockets']]), ['sockets']);
	assert.deepEqual([...empty(1900)], []);
	assert.deepEqual([...empty(2100)], ['pipes']);
	assert.deepEqual([...stalePanes(after([...full, [9000]]), [])], [], 'nothing else is wanted');
	const gone = after([...full, [2100, 'sockets'], [9000]]);
	assert.deepEqual([...stalePanes(gone, [])], ['pipes'], 'what was stale stays so at the end');
});

test('a pane that comes and goes keeps its place', () => {
	const pictures: Array<readonly [number, ...PaneName[]]> = [[0, 'sockets']];
	for (let now = 1000; now < 20_000; now += 4000) {
		pictures.push([now, 'shared', 'sockets'], [now + 1000, 'sockets'], [now + 3000, 'sockets']);
		const room = after(pictures);
		if (now > 5000) assert.deepEqual([...stalePanes(room, ['sockets'])], [], `at ${now}`);
	}
});

test('back in time nothing counts as empty', () => {
	const room = after([
		[0, 'pipes', 'sockets'],
		[5000, 'pipes', 'sockets'],
		[100, 'sockets'],
	]);
	assert.deepEqual([...stalePanes(room, ['sockets'])], []);
});
