import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'vitest';

const folder = join(import.meta.dirname, '../../dist');
const files = readdirSync(folder).filter(name => name.endsWith('.js'));
const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** The files that are loaded together with a file: its static imports, and theirs. */
const loadedWith = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
	if (seen.has(name)) return seen;
	seen.add(name);
	for (const [, imported] of textOf(name).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) {
		loadedWith(imported!, seen);
	}
	return seen;
};

const isInk = (name: string): boolean => /react\.transitional\.element|yoga/i.test(textOf(name));

const entryOf = (command: string): string => {
	const entry = files.find(name => name.startsWith(`${command}-`));
	assert.ok(entry, `dist holds an entry for ${command}`);
	return entry;
};

test('headless commands load neither Ink nor React nor meow', () => {
	for (const command of ['run', 'stat', 'trace', 'top', 'check']) {
		const loaded = [...loadedWith('cli.js'), ...loadedWith(entryOf(command))];
		assert.deepEqual(loaded.filter(isInk), [], command);
		assert.deepEqual(
			loaded.filter(name => textOf(name).includes('YARGS_MIN_NODE_VERSION')),
			[],
			command,
		);
	}
	assert.ok(files.some(isInk), 'the dashboard brings Ink');
});

test('development code of React and Ink stays out of the bundle', () => {
	const development = /react-devtools|Each child in a list should have/;
	assert.deepEqual(
		files.filter(name => development.test(textOf(name))),
		[],
	);
});

test('nothing in the bundle names a path of the machine that built it', () => {
	const root = join(import.meta.dirname, '../..');
	for (const name of readdirSync(folder)) assert.equal(textOf(name).includes(root), false, name);
});
