import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {check} from '../../source/commands/check.js';
import {dashboard} from '../../source/commands/dashboard.js';
import {list} from '../../source/commands/list.js';
import {listPresetNames} from '../../source/commands/resources.js';
import {show} from '../../source/commands/show.js';
import {stat} from '../../source/commands/stat.js';
import {top} from '../../source/commands/top.js';
import {trace} from '../../source/commands/trace.js';
import type {AccountingReport} from '../../source/view-model/stat.js';
import {callCommand} from './memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

test('stat --json gives a row per thread in order of creation, whose cycles add up to its lifetime', async () => {
	const {stdout, stderr, status} = await callCommand(stat, ['pipe', '--json']);
	expect(status).toBe(0);
	expect(stderr).toContain('a pipe has two ends\n');
	const report = JSON.parse(stdout) as AccountingReport;
	expect(report.threads.map(({name}) => name)).toEqual(['writer', 'reader']);
	const [writer, reader] = report.threads;
	expect(Object.keys(reader!)).toEqual([
		'pid',
		'tid',
		'ppid',
		'name',
		'host',
		'cpu',
		'busy',
		'ready',
		'blocked',
		'blockedOn',
		'contextSwitches',
		'syscalls',
		'exit',
	]);
	expect(reader!.ppid).toBe(writer!.pid);
	expect(reader!.exit).toEqual({status: 0});
	expect(reader!.blockedOn).toEqual({'pipe.read': reader!.blocked});
	// The first process lives from cycle 0 to its exit, which ends the run.
	expect(writer!.cpu + writer!.ready + writer!.blocked).toBe(report.cycles);
});

test('stat without --json is a table of plain columns where no terminal is', async () => {
	const {stdout} = await callCommand(stat, ['one-global']);
	const [head, ...rows] = stdout.trimEnd().split('\n');
	expect(head).toMatch(/^PID +PPID +COMMAND +CPU +BUSY +BUSY% /);
	expect(rows).toHaveLength(2);
	expect(rows[1]).toMatch(/ reader .* 9\d\.\d /);
});

test('stat of a run that was cut off says so with status 124', async () => {
	const {stdout, stderr, status} = await callCommand(stat, ['pipe', '--json', '--until', '1000']);
	expect(status).toBe(124);
	expect(stderr).toContain('stopped at cycle 1,000 (0.1 ms of simulated time)');
	expect((JSON.parse(stdout) as AccountingReport).threads[0]!.exit).toBeNull();
});

test('trace shows calls with decoded arguments, blocks and transfers, as strace does', async () => {
	const {stdout} = await callCommand(trace, ['two-pipes']);
	expect(stdout).toMatch(/cpu0 \[3\] pipe2?\(\[3, 4\](, 0)?\) = 0\n/);
	expect(stdout).toMatch(
		/\[4\] read\(3 <unfinished \.\.\.>\n.*\[4\] blocked on pipe\.read pipe:\d+\n/,
	);
	expect(stdout).toMatch(/\[4\] <\.\.\. read resumed> "p", 1\) = 1\n/);
	expect(stdout).toMatch(/\[3\] \+\+\+ exited with 0 \+\+\+\n$/);
});

test('a program has a terminal in every report, as it has in the dashboard', async () => {
	const file = join(folder, 'terminals.c');
	writeFileSync(
		file,
		'#include <unistd.h>\nint main(void) { return isatty(0) + 2 * isatty(1) + 4 * isatty(2); }\n',
	);
	const {stdout} = await callCommand(stat, [file, '--json']);
	expect((JSON.parse(stdout) as AccountingReport).threads[0]).toMatchObject({exit: {status: 7}});
	const traced = await callCommand(trace, [file]);
	expect(traced.stdout).toContain('+++ exited with 7 +++');
});

test('trace shows what was executed, though the path went with the old memory', async () => {
	const {stdout} = await callCommand(trace, ['pipeline', '-e', 'trace=execve']);
	expect(stdout).toMatch(/execve\("\S*words", \["\.\/words"\], .+\) = 0\n/);
	expect(stdout).not.toMatch(/execve\(""/);
});

test('trace -e shows the named calls and families only, ! all but them', async () => {
	const calls = await callCommand(trace, ['two-pipes', '-e', 'trace=write']);
	expect(calls.stdout.trimEnd().split('\n')).toHaveLength(15);
	expect(calls.stdout).not.toMatch(/read\(|blocked|switch/);
	const states = await callCommand(trace, ['two-pipes', '-e', '!syscall,bytes,switch']);
	expect(states.stdout).toContain('blocked on pipe.read');
	expect(states.stdout).not.toMatch(/\) = |switch/);
	const unknown = await callCommand(trace, ['two-pipes', '-e', 'no family']);
	expect(unknown).toMatchObject({status: 2, stdout: ''});
});

test('trace says first what matters: what became of a packet, what an input did, that a CPU was idle', async () => {
	const lines = async (preset: string, family: string) =>
		(await callCommand(trace, [preset, '-e', family])).stdout;
	expect(await lines('udp', 'network')).toMatch(
		/packet lost: udp 10\.0\.0\.1:\d+ > 10\.0\.0\.2:5000 len=/,
	);
	expect(await lines('tcp', 'network')).toMatch(/packet arrived: tcp SYN\+ACK 10\.0\.0\.2:7000 > /);
	expect(await lines('cut-cable', 'input')).toMatch(
		/^ +60000 +input alpha–beta: the link is cut\n +250000 +input alpha–beta: the link is up\n$/,
	);
	expect(await lines('reader-blocks', 'switch')).toMatch(/switch from idle\n/);
});

test('trace -o writes to a file, and the program has the streams of the command', async () => {
	const path = join(folder, 'trace.json');
	const {stdout} = await callCommand(trace, ['global-not-shared', '--json', '-o', path]);
	expect(stdout).toContain('parent: counter is still 100\n');
	const events = readFileSync(path, 'utf8')
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line) as {cycle: number});
	expect(events.length).toBeGreaterThan(20);
	expect(events.map(({cycle}) => cycle)).toEqual(
		events.map(({cycle}) => cycle).sort((a, b) => a - b),
	);
	const nowhere = await callCommand(trace, ['pipe', '-o', join(folder, 'missing/trace')]);
	expect(nowhere).toMatchObject({status: 2, stderr: expect.stringContaining("can't write")});
});

test('top -b prints the asked number of frames, the asked number of cycles apart', async () => {
	const {stdout, status} = await callCommand(top, [
		'busy-vs-blocking',
		'-b',
		'-n',
		'3',
		'-d',
		'5000',
	]);
	expect(status).toBe(0);
	expect(stdout.match(/^cycle [\d,]+(?=, )/gm)).toEqual([
		'cycle 5,000',
		'cycle 10,000',
		'cycle 15,000',
	]);
	expect(stdout).toMatch(/poll-reader/);
	expect(await callCommand(top, ['pipe'])).toMatchObject({
		status: 2,
		stderr: expect.stringContaining('-b'),
	});
});

test('the dashboard without a terminal prints frames, says so in one line, and ends with status 0', async () => {
	const {stdout, stderr, status} = await callCommand(dashboard, []);
	expect(status).toBe(0);
	expect(stdout).toMatch(/^ipctop - Busy waiting and blocking, side by side\n/);
	expect(stderr).toMatch(/^ipctop: there is no terminal .*\n$/);
	const deadlocked = await callCommand(dashboard, ['forgotten-write-end']);
	expect(deadlocked.status).toBe(0);
});

test('list shows every preset under its lesson, in the order of teaching, within 80 columns', async () => {
	const {stdout} = await callCommand(list, []);
	for (const name of listPresetNames()) expect(stdout).toMatch(new RegExp(`^${name} +\\S`, 'm'));
	expect(stdout.indexOf('Inside a process\n')).toBe(0);
	expect(stdout.indexOf('one-global')).toBeLessThan(stdout.indexOf('two-pipes'));
	const onTerminal = await callCommand(list, ['--color', 'never'], {isTerminal: true});
	expect(onTerminal.stdout).toMatch(/^│ pipe +│ A pipe: /m);
	expect(onTerminal.stdout).not.toContain('\u001B');
	for (const line of onTerminal.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
	const json = await callCommand(list, ['--json']);
	const presets = JSON.parse(json.stdout) as ReadonlyArray<{name: string}>;
	expect(presets.map(({name}) => name).sort()).toEqual(listPresetNames());
	expect((await callCommand(list, ['--lang', 'ko'])).stdout).toContain('파이프 두 개로 주고받기');
});

test('show tells of one preset: its text, guide and programs, in the asked language', async () => {
	const {stdout} = await callCommand(show, ['pipe']);
	expect(stdout).toMatch(/^pipe: A pipe: /);
	expect(stdout).toContain('Question: Why does the child close fd[1]');
	expect(stdout).toContain('--- pipe.c\n/*\n * A pipe from parent to child.');
	expect((await callCommand(show, ['pipe', '--lang', 'ko'])).stdout).toContain('질문: ');
	expect(await callCommand(show, ['pip'])).toMatchObject({
		status: 2,
		stderr: expect.stringContaining('did you mean "pipe"?'),
	});
});

test('check compiles and validates without running, with a caret at each problem', async () => {
	const good = join(folder, 'good.c');
	const bad = join(folder, 'bad.c');
	const scenario = join(folder, 'scenario.yaml');
	writeFileSync(good, 'int main(void) { for (;;); }\n');
	writeFileSync(bad, 'int main(void)\n{\n\treturn missing + 1;\n}\n');
	writeFileSync(scenario, 'processes: [{program: good.c, hots: x}]\n');
	expect(await callCommand(check, [good, 'pipe'])).toMatchObject({
		status: 0,
		stderr: '',
		stdout: `${good}: fine\npipe: fine\n`,
	});
	const failed = await callCommand(check, [bad, scenario]);
	expect(failed).toMatchObject({status: 1, stdout: `${bad}: 1 error\n${scenario}: 1 error\n`});
	expect(failed.stderr).toMatch(
		/bad\.c:3:16: error: .*missing.*\n +3 \| \treturn missing \+ 1;\n +\| \t +\^~~~~~~/,
	);
	expect(failed.stderr).toMatch(
		/scenario\.yaml:1:31: error: unknown key "hots" in item 1 of "processes"; did you mean "host"\?/,
	);
});
