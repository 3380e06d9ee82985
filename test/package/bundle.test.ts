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

/** The file of commands that are loaded together. */
const entryOf = (group: string): string => {
	const entry = files.find(name => name.startsWith(`${group}-`));
	assert.ok(entry, `dist holds an entry for ${group}`);
	return entry;
};

test('the first frame needs neither YAML nor a builtin that opens streams when imported', () => {
	const loaded = [...loadedWith('cli.js'), ...loadedWith(entryOf('dashboard'))];
	const isYaml = (name: string): boolean => textOf(name).includes('tag:yaml.org');
	assert.deepEqual(loaded.filter(isYaml), []);
	assert.ok(files.some(isYaml), 'scenario files of users need it');
	for (const name of files)
		assert.equal(/from\s*"node:(?!module")|from"(?:fs|process)"/.test(textOf(name)), false, name);
});

test('headless commands load neither Ink nor React nor meow', () => {
	for (const group of ['headless', 'texts']) {
		const loaded = [...loadedWith('cli.js'), ...loadedWith(entryOf(group))];
		assert.deepEqual(loaded.filter(isInk), [], group);
		assert.deepEqual(
			loaded.filter(name => textOf(name).includes('YARGS_MIN_NODE_VERSION')),
			[],
			group,
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
	const entries = readdirSync(folder, {recursive: true, withFileTypes: true});
	for (const {name, parentPath} of entries.filter(entry => entry.isFile()))
		assert.equal(readFileSync(join(parentPath, name), 'utf8').includes(root), false, name);
});
