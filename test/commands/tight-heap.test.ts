import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {test} from 'vitest';

const root = join(import.meta.dirname, '../..');

/** Makes much that lives for a while, as a dashboard does, and prints the bytes that V8 has for what is young. */
const script = `
import {getHeapSpaceStatistics} from 'node:v8';
import {keepHeapTight} from './source/commands/tight-heap.ts';
keepHeapTight();
const living = [];
for (let round = 0; round < 100; round++) {
	for (let index = 0; index < 50_000; index++) living.push({index, inner: {index}});
	if (living.length > 400_000) living.splice(0, 200_000);
	await new Promise(setImmediate);
}
console.log(getHeapSpaceStatistics().find(space => space.space_name === 'new_space').space_size);
`;

test('the memory for what is young is not doubled again once it is 32 MiB', () => {
	const output = execFileSync(
		process.execPath,
		['--import', 'tsx', '--input-type=module', '--eval', script],
		{cwd: root, encoding: 'utf8'},
	);
	const bytes = Number(output);
	assert.ok(bytes > 0 && bytes <= 32 * 1024 * 1024, output);
});
