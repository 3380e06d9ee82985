import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'vitest';
import {
	bundledHeaders,
	bundledLibrary,
	findPresetFolder,
	listPresetNames,
	readHeaders,
	readLibrary,
	readVersion,
} from '../../source/commands/resources.js';

const root = join(import.meta.dirname, '../..');

test('the headers are found by the names that programs include', () => {
	const headers = readHeaders();
	assert.match(headers.get('stdio.h') ?? '', /printf/);
	assert.match(headers.get('sys/mman.h') ?? '', /MAP_SHARED/);
	assert.equal(headers.has('internal.h'), false);
});

test('the library compiled from source is the one that the build put beside the bundle', () => {
	assert.equal(readLibrary(), readFileSync(join(root, bundledLibrary), 'utf8'));
	assert.deepEqual(
		JSON.parse(readFileSync(join(root, bundledHeaders), 'utf8')),
		Object.fromEntries(readHeaders()),
	);
});

test('every preset is a folder with a scenario', () => {
	const names = listPresetNames();
	assert.ok(names.includes('busy-vs-blocking'));
	for (const name of names) {
		assert.ok(existsSync(join(findPresetFolder(name)!, 'scenario.yaml')), name);
	}
});

test('a name that is no preset has no folder, nor does a path', () => {
	assert.equal(findPresetFolder('no-such-preset'), undefined);
	assert.equal(findPresetFolder('../source'), undefined);
});

test('the version is that of the package', () => {
	assert.equal(
		readVersion(),
		(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {version: string}).version,
	);
});
