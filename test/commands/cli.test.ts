// The command line as a process of its own: streams, statuses, broken pipes.

import {spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import process from 'node:process';
import {expect, test} from 'vitest';

const root = join(import.meta.dirname, '../..');
const command = ['--import', 'tsx', join(root, 'source/cli.ts')];

const ipctop = (...argv: readonly string[]) => {
	const {status, stdout, stderr} = spawnSync(process.execPath, [...command, ...argv], {
		cwd: root,
		encoding: 'utf8',
		input: '',
	});
	return {status, stdout, stderr};
};

test('run passes on output and status', {timeout: 60_000}, () => {
	expect(ipctop('run', 'test/programs/process/killed.c')).toEqual({
		status: 143,
		stdout: 'flushed\n',
		stderr: '',
	});
});

test('--help lists every command and flag, --version is the version', {timeout: 60_000}, () => {
	const {status, stdout} = ipctop('--help');
	expect(status).toBe(0);
	for (const word of [
		'run',
		'stat',
		'trace',
		'top',
		'list',
		'show',
		'check',
		'--seed',
		'--until',
		'--json',
	])
		expect(stdout).toContain(word);
	expect(ipctop('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('what the user did wrong is one message and status 2, never a stack trace', {
	timeout: 60_000,
}, () => {
	expect(ipctop('run', 'nowhere.c')).toEqual({
		status: 2,
		stdout: '',
		stderr: "ipctop: can't read nowhere.c: no such file\n",
	});
	const {status, stderr} = ipctop('--sede', '1');
	expect(status).toBe(2);
	expect(stderr).toBe(
		'ipctop: there is no option --sede; did you mean --seed? Arguments for the program go after --\n',
	);
});

test('a word that is no command is named, with the one that may be meant', {
	timeout: 60_000,
}, () => {
	expect(ipctop('statt', 'pipe')).toEqual({
		status: 2,
		stdout: '',
		stderr: 'ipctop: there is no command "statt"; did you mean "stat"?\n',
	});
});

test('a reader that goes away ends the command quietly', {timeout: 60_000}, async () => {
	const child = spawn(process.execPath, [...command, 'trace', 'busy-vs-blocking'], {cwd: root});
	let stderr = '';
	child.stderr.on('data', (data: Buffer) => {
		stderr += data.toString();
	});
	child.stdout.once('data', () => {
		child.stdout.destroy();
	});
	const status = await new Promise(resolve => child.on('close', resolve));
	expect(status).toBe(141);
	expect(stderr).not.toMatch(/EPIPE|Error/);
});
