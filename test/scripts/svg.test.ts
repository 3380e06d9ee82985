import assert from 'node:assert/strict';
import headless from '@xterm/headless';
import {test} from 'vitest';
import {readStyledRows, type StyledRow} from '../../scripts/styled-rows.js';
import {drawSvg} from '../../scripts/svg.js';

const rowsOf = async (text: string): Promise<readonly StyledRow[]> => {
	const emulator = new headless.Terminal({cols: 20, rows: 2, allowProposedApi: true});
	await new Promise<void>(resolve => {
		emulator.write(text, resolve);
	});
	return readStyledRows(emulator);
};

test('neighbouring cells of one style are one run at their column', async () => {
	const [row] = await rowsOf('  ab \u001B[31mred\u001B[1mbold');
	assert.deepEqual(
		row!
			.filter(({text}) => text !== '')
			.map(({column, cells, text, style}) => [column, cells, text, style.isBold]),
		[
			[2, 2, 'ab', false],
			[5, 3, 'red', false],
			[8, 4, 'bold', true],
		],
	);
});

test('colours of all three kinds and inverse cells are told apart', async () => {
	const [row] = await rowsOf(
		'\u001B[32mg\u001B[38;5;196mr\u001B[38;2;1;2;3mt\u001B[0;7mi\u001B[0;42mb\u001B[0m',
	);
	const styles = row!.slice(0, 5).map(({text, style}) => [text, style.color, style.background]);
	assert.deepEqual(styles, [
		['g', '#a6e3a1', undefined],
		['r', '#ff0000', undefined],
		['t', '#010203', undefined],
		['i', '#1e1e2e', '#cdd6f4'],
		['b', '#cdd6f4', '#a6e3a1'],
	]);
});

test('a wide character takes two cells', async () => {
	const [row] = await rowsOf('한x');
	assert.deepEqual([row![0]!.text, row![0]!.cells], ['한x', 3]);
});

test('the picture holds the text, escaped, and a rectangle for each background', async () => {
	const svg = drawSvg(await rowsOf('a<b & \u001B[41mc\u001B[0m'), 20, 'A "title"');
	assert.match(svg, /^<svg [^>]*viewBox="0 0 192 60"/);
	assert.match(svg, /aria-label="A &#34;title&#34;"/);
	assert.match(svg, />a&#60;b &#38;<\/text>/);
	assert.match(svg, /<rect x="62.4" y="12" width="8.4" height="18" fill="#f38ba8"\/>/);
	assert.match(svg, /fill="#cdd6f4">c<\/text>/);
});
