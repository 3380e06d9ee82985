// C programs that exercise the library, on the simulated machine. What each must print stands beside it, as glibc 2.36
// printed it; with gcc at hand the host is asked again.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readdirSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {run} from '../../source/commands/run.js';
import {callCommand} from '../commands/memory-host.js';

const folder = join(import.meta.dirname, 'programs');
const names = readdirSync(folder)
	.filter(name => name.endsWith('.c'))
	.map(name => name.slice(0, -2));
const expectedOutput = (name: string): string => readFileSync(join(folder, `${name}.out`), 'utf8');

describe('on the simulated machine a program prints what it prints on glibc', () => {
	test.each(names)('%s', async name => {
		const result = await callCommand(run, [join(folder, `${name}.c`), '--until', '2000M'], {});
		expect(result).toMatchObject({stdout: expectedOutput(name), status: 0});
	});
});

const isGlibc =
	process.platform === 'linux' &&
	spawnSync('gcc', ['--version']).status === 0 &&
	spawnSync('getconf', ['GNU_LIBC_VERSION'], {encoding: 'utf8'}).stdout?.trim() === 'glibc 2.36';
const binaries = isGlibc ? mkdtempSync(join(tmpdir(), 'libc-')) : '';

afterAll(() => {
	if (isGlibc) rmSync(binaries, {recursive: true});
});

describe.skipIf(!isGlibc)('on glibc 2.36 the recorded output is still right', () => {
	test.each(names)('%s', name => {
		const binary = join(binaries, name);
		execFileSync('gcc', [
			'-Wall',
			'-Wextra',
			'-Werror',
			'-std=gnu11',
			'-pthread',
			'-o',
			binary,
			join(folder, `${name}.c`),
			'-lm',
		]);
		const {stdout, status} = spawnSync(binary, {
			cwd: binaries,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		expect({stdout, status}).toEqual({stdout: expectedOutput(name), status: 0});
	});
});
