// Recording in a real terminal: what is left by a session that is killed, and the dashboard that replays it.

import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {replay} from '../../source/commands/replay.js';
import {run} from '../../source/commands/run.js';
import {parseRecording} from '../../source/machine/recording.js';
import {ipctop, openTerminal} from '../support/terminal.js';
import {callCommand} from './memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'record-terminal-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const program = join(folder, 'echo.c');
writeFileSync(
	program,
	`#include <stdio.h>
int main(void)
{
	char line[100];
	while (fgets(line, sizeof line, stdin))
		printf("<%s>", line);
	return 0;
}
`,
);

test('a run that is killed leaves a recording of everything that was typed', async () => {
	const file = join(folder, 'killed.ipctop');
	await using terminal = openTerminal(ipctop('run', program, '--record', file), {
		columns: 80,
		rows: 24,
	});
	terminal.press('one', 'Enter');
	await terminal.waitFor(/<one/, 'the first answer');
	terminal.press('two', 'Enter');
	await terminal.waitFor(/<two/, 'the second answer');
	terminal.signal('SIGKILL');
	await terminal.exit();
	const recording = parseRecording(readFileSync(file, 'utf8'));
	expect(recording).toMatchObject({end: undefined, scenario: {name: 'echo'}});
	expect('inputs' in recording && recording.inputs.length).toBe(2);
	expect((await callCommand(run, [file])).stdout).toBe('<one\n><two\n>');
});

test('a session of the dashboard is recorded, and replays to the same state there and without it', async () => {
	const file = join(folder, 'dashboard.ipctop');
	await using terminal = openTerminal(ipctop('pipe', '--record', file), {columns: 100, rows: 30});
	await terminal.waitFor(/paused/, 'the lesson to pause');
	terminal.press('q');
	expect(await terminal.exit()).toMatchObject({status: 0});
	expect(await callCommand(replay, [file, '--verify'])).toMatchObject({status: 0});
	await using second = openTerminal(ipctop('replay', file, '--to', '12345'), {
		columns: 100,
		rows: 30,
	});
	await second.waitFor(/paused.*cycle 12,345 /, 'the dashboard to stand at the cycle');
	second.press('q');
	expect(await second.exit()).toMatchObject({status: 0});
});
