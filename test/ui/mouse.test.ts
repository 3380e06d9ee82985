import assert from 'node:assert/strict';
import {test} from 'vitest';
import {takeMouse} from '../../source/ui/mouse.js';
import {stringRows} from '../../source/ui/row-output.js';

test('mouse reports are taken out of the keys between which they stand', () => {
	const {rest, events} = takeMouse(
		'a\u001B[<0;10;5Mb\u001B[<0;10;5m\u001B[<64;1;1M\u001B[<65;2;3M\u001B[<2;2;2Mc',
	);
	assert.equal(rest, 'abc');
	assert.deepEqual(events, [
		{kind: 'press', x: 9, y: 4},
		{kind: 'wheel-up', x: 0, y: 0},
		{kind: 'wheel-down', x: 1, y: 2},
	]);
	assert.deepEqual(takeMouse('\u001B[A'), {rest: '\u001B[A', events: []});
});

const write = (x: number, y: number, rows: readonly string[]) =>
	({
		type: 'write',
		x,
		y,
		text: rows.map(() => 'x').join('\n'),
		transformers: [(_: string, index: number) => rows[index]!],
	}) as const;

test('texts side by side are strung together, with the blanks between them', () => {
	const red = '\u001B[31mab\u001B[0m';
	assert.equal(
		stringRows([write(4, 0, ['한글', 'cd  ']), write(0, 0, [red])], 10, 3),
		`${red}  한글\n    cd\n`,
	);
});

test('overlapping, clipped and outlying texts are left to Ink', () => {
	assert.equal(stringRows([write(0, 0, ['abc']), write(2, 0, ['d'])], 10, 1), undefined);
	assert.equal(stringRows([write(8, 0, ['abc'])], 10, 1), undefined);
	assert.equal(stringRows([write(0, 1, ['abc'])], 10, 1), undefined);
	assert.equal(stringRows([{type: 'clip'}, write(0, 0, ['abc'])], 10, 1), undefined);
});
