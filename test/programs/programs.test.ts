// The project's own C programs, one behaviour each, on the simulated machine; with IPCTOP_HOST_PROGRAMS=1 also on the
// host (Linux with gcc), so that their expectations are those of a real system. Only when asked: what a host prints hangs
// on its kernel, its limits and its load too.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {run} from '../../source/commands/run.js';
import {callCommand} from '../commands/memory-host.js';
import {readPrograms, type TestProgram} from './read-program.js';

const programs = readPrograms();

describe('on the simulated machine', () => {
	test.each(programs.map(program => [program.name, program] as const))('%s', async (_, program) => {
		const input = program.stdin === '' ? [] : [program.stdin];
		const result = await callCommand(
			run,
			[program.path, '--until', '500M', '--', ...program.args],
			{input},
		);
		expect(result).toMatchObject({stdout: program.stdout, status: program.status});
	});
});

const hasCompiler =
	process.env['IPCTOP_HOST_PROGRAMS'] === '1' &&
	process.platform === 'linux' &&
	spawnSync('gcc', ['--version']).status === 0;
const folder = hasCompiler ? mkdtempSync(join(tmpdir(), 'programs-')) : '';

afterAll(() => {
	if (hasCompiler) rmSync(folder, {recursive: true});
});

test.skipIf(hasCompiler)(
	'skipped on the host: needs IPCTOP_HOST_PROGRAMS=1, Linux and gcc',
	() => {},
);

describe.runIf(hasCompiler)('on the host', () => {
	test.each(programs.map(program => [program.name, program] as const))('%s', (_, program) => {
		expect(runOnHost(program)).toEqual({stdout: program.stdout, status: program.status});
	});
});

const runOnHost = ({path, args, stdin}: TestProgram) => {
	const binary = join(folder, 'program');
	execFileSync('gcc', [
		'-Wall',
		'-Wextra',
		'-Werror',
		'-std=gnu11',
		'-pthread',
		'-o',
		binary,
		path,
		'-lm',
		'-lrt',
		'-latomic',
	]);
	const {stdout, status, signal} = spawnSync(binary, args, {
		cwd: folder,
		input: stdin,
		encoding: 'utf8',
		stdio: ['pipe', 'pipe', 'ignore'],
		timeout: 20_000,
	});
	return {stdout, status: signal === 'SIGTERM' ? 143 : status};
};
