import assert from 'node:assert/strict';
import {test} from 'vitest';
import {raiseFloor} from '../../source/ui/settle-columns.js';

test('a floor that rises leaves no hole: what the table gives up goes to both columns', () => {
	const panes = [
		{name: 'table', x: 0, y: 2, width: 80, height: 7},
		{name: 'shared', x: 0, y: 9, width: 40, height: 3},
		{name: 'pipes', x: 0, y: 12, width: 40, height: 3},
		{name: 'console', x: 40, y: 9, width: 40, height: 6},
		{name: 'guide', x: 0, y: 15, width: 80, height: 8},
	];
	const least = {table: 3, shared: 3, pipes: 3, console: 3, guide: 8};
	const raised = raiseFloor(panes, 23, 1, ({name}) => least[name as keyof typeof least]);
	assert.deepEqual(
		raised.map(({name, y, height}) => [name, y, height]),
		[
			['table', 2, 6],
			['shared', 8, 3],
			['pipes', 11, 3],
			['console', 8, 6],
			['guide', 14, 8],
		],
	);
});
