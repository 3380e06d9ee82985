import {expect, test} from 'vitest';
import type {Command} from '../../source/commands/invocation.js';
import {stat} from '../../source/commands/stat.js';
import {top} from '../../source/commands/top.js';
import {trace} from '../../source/commands/trace.js';
import {callCommand} from './memory-host.js';

const runs: ReadonlyArray<readonly [string, Command, readonly string[]]> = [
	['stat --json', stat, ['busy-vs-blocking', '--json']],
	['stat --json on two CPUs', stat, ['busy-vs-blocking', '--json', '--cpus', '2']],
	['trace --json', trace, ['two-pipes', '--json']],
	['top -b', top, ['two-globals', '-b', '-n', '3']],
];

test.each(runs)('two runs with the same seed give the same %s', async (_, command, argv) => {
	const first = await callCommand(command, [...argv, '--seed', '5']);
	const second = await callCommand(command, [...argv, '--seed', '5']);
	expect(first.status).toBe(0);
	expect(first.stdout.length).toBeGreaterThan(100);
	expect(second.stdout).toBe(first.stdout);
});
