import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {pathToFileURL} from 'node:url';
import {test} from 'vitest';

const root = join(import.meta.dirname, '../..');
const command = join(root, 'bin/ipctop.js');

test('the package holds the command, the bundle and the presets, and nothing else', () => {
	const {stdout} = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
	});
	const report = Object.values(JSON.parse(stdout) as Record<string, unknown>)[0] as {
		readonly files: readonly {readonly path: string}[];
	};
	const paths = report.files.map(({path}) => path);
	for (const path of ['bin/ipctop.js', 'dist/cli.js', 'dist/library.json', 'dist/headers.json']) {
		assert.ok(paths.includes(path), `${path} is in the package`);
	}
	assert.ok(paths.some(path => path.startsWith('presets/')));
	const isNeeded =
		/^(bin\/ipctop\.js|dist\/.*\.(js|json|txt|wasm)|presets\/.*|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/;
	assert.deepEqual(
		paths.filter(path => !isNeeded.test(path)),
		[],
	);
});

test('the package installs nothing but itself', () => {
	const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as object;
	assert.deepEqual(
		Object.keys(manifest).filter(key =>
			/^(dependencies|optionalDependencies|peerDependencies)$/.test(key),
		),
		[],
	);
});

test('the lock file names no registry', () => {
	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
		readonly packages: Readonly<Record<string, {readonly resolved?: string}>>;
	};
	const resolved = Object.values(lock.packages).flatMap(entry => entry.resolved ?? []);
	assert.deepEqual(resolved, []);
	assert.ok(Object.keys(lock.packages).length > 50, 'the lock file was read');
});

test('a home that does not exist is not made for the cache of compiled code', () => {
	const home = join(tmpdir(), `no-home-${process.pid}`);
	const {status} = spawnSync(process.execPath, [command, '--version'], {
		env: {PATH: process.env['PATH'], HOME: home},
	});
	assert.equal(status, 0);
	assert.equal(existsSync(home), false);
});

/** Runs the command as a Node of another version would. */
const runAs = (version: string) => {
	const script = `Object.defineProperty(process.versions, 'node', {value: '${version}'});
		Object.defineProperty(process, 'version', {value: 'v${version}'});
		process.argv = [process.execPath, 'ipctop', '--version'];
		import(${JSON.stringify(pathToFileURL(command).href)});`;
	return spawnSync(process.execPath, ['-e', script], {encoding: 'utf8'});
};

test('a Node that is too old is told which one is needed', () => {
	for (const version of ['20.20.2', '8.17.0']) {
		const {status, stdout, stderr} = runAs(version);
		assert.equal(status, 2);
		assert.equal(stdout, '');
		assert.match(stderr, /^ipctop: needs Node\.js 22 or newer, but this is v\d+\.\d+\.\d+ \(.*\n$/);
		assert.ok(stderr.includes(`v${version}`));
	}
});

test('the oldest Node that will do gets the version', () => {
	const {status, stdout, stderr} = runAs('22.0.0');
	assert.deepEqual([status, stderr], [0, '']);
	assert.match(stdout, /^(ipctop )?0\.\d+\.\d+\n$/);
});
