import assert from 'node:assert/strict';
import {Text, useInput, useWindowSize} from 'ink';
import {useState} from 'react';
import {test, vi} from 'vitest';
import {renderAt} from './fake-stdout.js';

function Probe() {
	const {columns, rows} = useWindowSize();
	const [keys, setKeys] = useState('');
	useInput(input => setKeys(previous => previous + input));
	return (
		<Text color="red">
			{columns}x{rows} {keys}
		</Text>
	);
}

test('a component is rendered at the size asked for and follows a resize', async () => {
	using terminal = renderAt(<Probe />, {columns: 40, rows: 10});
	assert.deepEqual(terminal.lines(), ['40x10']);
	terminal.stdout.resize({columns: 120, rows: 40});
	await vi.waitFor(() => assert.deepEqual(terminal.lines(), ['120x40']));
});

test('pressed keys reach the component', async () => {
	using terminal = renderAt(<Probe />, {columns: 40, rows: 10});
	await vi.waitFor(() => assert.ok(terminal.stdin.isRaw));
	terminal.stdin.press('j');
	await vi.waitFor(() => assert.deepEqual(terminal.lines(), ['40x10 j']));
});
