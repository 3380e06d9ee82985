// The files of `ipctop export`, made by the command, held against the accounting of the same run.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import headless from '@xterm/headless';
import {expect, test} from 'vitest';
import {exportRun} from '../../source/commands/export.js';
import {trace} from '../../source/commands/trace.js';
import {stat} from '../../source/commands/stat.js';
import {callCommand} from '../commands/memory-host.js';
import {screenLines} from '../support/screen.js';

const exportOf = async (preset: string, format: string, ...flags: readonly string[]) => {
	const result = await callCommand(exportRun, [preset, '--format', format, ...flags]);
	expect(result.status).toBe(0);
	return result.stdout;
};

type Thread = {
	readonly tid: number;
	readonly cpu: number;
	readonly busy: number;
	readonly ready: number;
	readonly blocked: number;
	readonly blockedOn: Readonly<Record<string, number>>;
	readonly name: string;
};

const threadsOf = async (preset: string): Promise<readonly Thread[]> =>
	(JSON.parse((await callCommand(stat, [preset, '--json'])).stdout) as {threads: readonly Thread[]})
		.threads;

type TraceEvent = {
	readonly ph: string;
	readonly name: string;
	readonly cat?: string;
	readonly ts: number;
	readonly dur: number;
	readonly tid: number;
	readonly id: number;
	readonly args: Readonly<Record<string, number>>;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

test.each(['two-pipes', 'one-global', 'full-pipe'])(
	'perfetto: the slices of %s add up to its accounting, and none overlap',
	async preset => {
		const {traceEvents} = JSON.parse(await exportOf(preset, 'perfetto')) as {
			traceEvents: readonly TraceEvent[];
		};
		for (const thread of await threadsOf(preset)) {
			const slices = traceEvents.filter(({ph, tid}) => ph === 'X' && tid === thread.tid);
			const cyclesOf = (...states: readonly string[]): number =>
				sum(slices.filter(({cat}) => states.includes(cat!)).map(({args}) => args['cycles']!));
			expect(cyclesOf('blocked')).toBe(thread.blocked);
			// What a switch costs is its thread's time in the accounting and the CPU's here, or the other way round.
			const total = thread.cpu + thread.ready;
			expect(Math.abs(cyclesOf('run', 'busy', 'ready') - total)).toBeLessThanOrEqual(total * 0.02);
			expect(Math.abs(cyclesOf('busy') - thread.busy)).toBeLessThanOrEqual(0.1 * thread.cpu + 500);
			for (const [index, slice] of slices.slice(1).entries())
				expect(slice.ts).toBeCloseTo(slices[index]!.ts + slices[index]!.dur, 6);
		}
	},
);

test('perfetto: looks that are shorter than the time between two samples are busy waiting as well', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'looks-'));
	const path = join(folder, 'looks.c');
	writeFileSync(
		path,
		`#include <fcntl.h>
#include <unistd.h>
int main(void) {
	int fd[2]; char c;
	pipe(fd);
	fcntl(fd[0], F_SETFL, O_NONBLOCK);
	if (fork() == 0) { usleep(20000); write(fd[1], "x", 1); return 0; }
	while (read(fd[0], &c, 1) < 0) usleep(15);
	return 0;
}
`,
	);
	try {
		const {traceEvents} = JSON.parse(await exportOf(path, 'perfetto')) as {
			traceEvents: readonly TraceEvent[];
		};
		const [poller] = await threadsOf(path);
		const busy = traceEvents.filter(({cat, tid}) => cat === 'busy' && tid === poller!.tid);
		const cycles = sum(busy.map(({args}) => args['cycles']!));
		// What switches cost is no slice of anybody here.
		expect(cycles / poller!.busy).toBeGreaterThan(0.75);
		expect(cycles / poller!.busy).toBeLessThan(1.1);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('perfetto: queues are named, wake-ups have both ends, a pipe has a counter that ends at 0', async () => {
	const {traceEvents} = JSON.parse(await exportOf('pipe', 'perfetto')) as {
		traceEvents: readonly TraceEvent[];
	};
	expect(traceEvents).toContainEqual(expect.objectContaining({name: 'blocked: pipe.read pipe:7'}));
	const starts = traceEvents.filter(({ph}) => ph === 's');
	const ends = traceEvents.filter(({ph}) => ph === 'f');
	expect(starts.length).toBeGreaterThanOrEqual(4);
	expect(starts.map(({id, ts}) => [id, ts])).toEqual(ends.map(({id, ts}) => [id, ts]));
	const counters = traceEvents.filter(({ph, name}) => ph === 'C' && name === 'pipe:7');
	expect(counters.length).toBe(8);
	expect(Math.max(...counters.map(({args}) => args['bytes']!))).toBeGreaterThan(0);
	expect(counters.at(-1)!.args['bytes']).toBe(0);
});

test('mermaid: every arrow joins declared participants, in the order of the run', async () => {
	const lines = (await exportOf('two-pipes', 'mermaid')).trimEnd().split('\n');
	expect(lines[0]).toBe('sequenceDiagram');
	const declared = new Set(lines.flatMap(line => /^\tparticipant (\w+) as/.exec(line)?.[1] ?? []));
	const messages = lines.filter(line => line.includes('>>'));
	for (const line of messages) {
		const [, from, to] = /^\t(\w+)-?->>(\w+): "/.exec(line) ?? [];
		expect([declared.has(from!), declared.has(to!)]).toEqual([true, true]);
	}
	expect(lines).toContain('\tparticipant t3 as client(3)');
	expect(lines.indexOf('\tt3->>c0: "p"')).toBeLessThan(lines.indexOf('\tc0-->>t4: "p"'));
	expect(lines.join('\n')).toMatch(/Note over t4: blocked on pipe\.read/);
});

test('mermaid: marks that Mermaid reads as its own are escaped', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'mermaid-'));
	const path = join(folder, 'marks.c');
	writeFileSync(
		path,
		'#include <unistd.h>\nint main(void) { int fd[2]; pipe(fd); write(fd[1], "a;b#c", 5); return 0; }\n',
	);
	try {
		expect(await exportOf(path, 'mermaid')).toMatch(/->>c0: "a#59;b#35;c"\n/);
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('mermaid and trace: names with control characters are escaped, and -o - is standard output', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'controls-'));
	const path = join(folder, 'controls.c');
	writeFileSync(
		path,
		String.raw`#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>
int main(void) { mkfifo("/tmp/\033[31m", 0600); write(open("/tmp/\033[31m", O_RDWR), "a", 1); }`,
	);
	try {
		const diagram = await exportOf(path, 'mermaid', '-o', '-');
		expect(diagram).toContain(String.raw`as fifo:/tmp/\33[31m`);
		const {stdout} = await callCommand(trace, [path, '-o', '-']);
		expect(stdout).toContain(String.raw`→ fifo:/tmp/\33[31m 1 "a"`);
		expect(diagram + stdout).not.toContain('\u001B');
	} finally {
		rmSync(folder, {recursive: true});
	}
});

test('asciicast: the frames show in a terminal what top -b prints', async () => {
	const [header, ...events] = (await exportOf('pipe', 'asciicast', '-d', '10000'))
		.trimEnd()
		.split('\n')
		.map(line => JSON.parse(line) as unknown);
	expect(header).toMatchObject({version: 2, width: 100, height: 24});
	const frames = events as ReadonlyArray<readonly [number, string, string]>;
	expect(frames.length).toBeGreaterThan(8);
	expect(frames.every(([, kind]) => kind === 'o')).toBe(true);
	expect(frames.map(([time]) => time)).toEqual([...frames.keys()].map(index => index / 2));
	const screen = new headless.Terminal({cols: 100, rows: 24, allowProposedApi: true});
	for (const [, , data] of frames)
		await new Promise<void>(resolve => {
			screen.write(data, resolve);
		});
	const text = screenLines(screen).join('\n');
	screen.dispose();
	expect(text).toMatch(/^ipctop - A pipe/);
	expect(text).toMatch(/cycle 123,\d{3}/);
	expect(text).toMatch(/ended|zombie/);
});

test('csv: one row per thread with the figures of stat', async () => {
	const [heading, ...rows] = (await exportOf('two-pipes', 'csv')).split('\r\n');
	expect(heading).toMatch(/^pid,tid,ppid,name,host,cpu,busy,/);
	expect(rows.pop()).toBe('');
	const names = heading!.split(',');
	const cell = (row: string, name: string): string => row.split(',')[names.indexOf(name)]!;
	const threads = await threadsOf('two-pipes');
	expect(rows.map(row => cell(row, 'name'))).toEqual(threads.map(({name}) => name));
	expect(rows.map(row => Number(cell(row, 'cpu')))).toEqual(threads.map(({cpu}) => cpu));
	expect(rows.map(row => Number(cell(row, 'blocked:pipe.read')))).toEqual(
		threads.map(({blockedOn}) => blockedOn['pipe.read'] ?? 0),
	);
});

test('a missing format and a file that cannot be written are told', async () => {
	expect((await callCommand(exportRun, ['pipe'])).stderr).toMatch(
		/needs --format: perfetto, mermaid, csv, asciicast/,
	);
	const result = await callCommand(exportRun, ['pipe', '--format', 'csv', '-o', '/none/x.csv']);
	expect(result).toMatchObject({status: 2});
	expect(result.stderr).toMatch(/can't write \/none\/x\.csv/);
});
