import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, describe, expect, test} from 'vitest';
import {type ScenarioPlace} from '../../source/commands/find-scenario.js';
import {loadPlace, loaderFor} from '../../source/commands/load-place.js';
import {createHeadlessRun} from '../../source/commands/play.js';
import {inputsToRecord, inputsToReplay} from '../../source/commands/recorded-source.js';
import {replay} from '../../source/commands/replay.js';
import {run} from '../../source/commands/run.js';
import {openRecorder, saveRecording} from '../../source/commands/session-recorder.js';
import {stat} from '../../source/commands/stat.js';
import {trace} from '../../source/commands/trace.js';
import {isUserError} from '../../source/commands/user-error.js';
import {parseRecording} from '../../source/machine/recording.js';
import {createSession, cycleOf, inject, runFor, runUntil} from '../../source/machine/session.js';
import {seek} from '../../source/machine/time-travel.js';
import {callCommand, createMemoryHost} from './memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'record-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const path = (name: string): string => join(folder, name);

const echo = `#include <stdio.h>
#include "greeting.h"
int main(int argc, char **argv)
{
	char line[100];
	printf(GREETING " %d\\n", argc);
	while (fgets(line, sizeof line, stdin))
		printf("got %s", line);
	return 3;
}
`;
writeFileSync(path('echo.c'), echo);
writeFileSync(path('greeting.h'), '#define GREETING "hi"\n');

const verify = (file: string) => callCommand(replay, [file, '--verify']);

describe.each(['1', '2', '3'])('on %s CPUs', cpus => {
	test('a recorded run replays without its files and its input, and comes to the same state', async () => {
		const file = path(`echo-${cpus}.rec`);
		const argv = [path('echo.c'), '--record', file, '--seed', '5', '--cpus', cpus, '--', 'x'];
		const first = await callCommand(run, argv, {input: ['a\n', 'b\nc', '\n']});
		expect(first).toMatchObject({status: 3, stdout: 'hi 2\ngot a\ngot b\ngot c\n', stderr: ''});
		const moved = path(`moved-${cpus}`);
		writeFileSync(moved, readFileSync(file));
		expect(await verify(moved)).toMatchObject({
			status: 0,
			stdout: expect.stringMatching(/the same at cycle \d+: state [\da-f]{8}\n$/),
		});
		const again = await callCommand(run, [moved]);
		expect(again).toMatchObject({status: 3, stdout: first.stdout, stderr: '', reads: 0});
	});
});

test('a run of several processes that was stopped by --until replays to the same state', async () => {
	for (const preset of ['busy-vs-blocking', 'dining', 'two-globals']) {
		const file = path(`${preset}.rec`);
		await callCommand(stat, [preset, '--record', file, '--until', '31234']);
		expect(await verify(file)).toMatchObject({status: 0});
	}
});

test('trace and stat take a recording as their scenario', async () => {
	const file = path('for-trace.rec');
	await callCommand(run, [path('echo.c'), '--record', file], {input: ['q\n']});
	expect((await callCommand(trace, [file])).stdout).toMatch(/read resumed> "q\\n"/);
	expect((await callCommand(stat, [file, '--json'])).stdout).toMatch(/"name":"echo"/);
});

test('without a terminal, replay prints a frame of the end, or of --to', async () => {
	const file = path('frame.rec');
	await callCommand(stat, ['pipe', '--record', file]);
	expect((await callCommand(replay, [file])).stdout).toMatch(/cycle 123,/);
	expect((await callCommand(replay, [file, '--to', '20000'])).stdout).toMatch(
		/cycle 20,000[\s\S]*blocked[\s\S]*pipe\.read pipe:/,
	);
});

test('a changed recording, one of a newer ipctop and any other file are refused in one line', async () => {
	const file = path('to-change.rec');
	await callCommand(run, [path('echo.c'), '--record', file], {input: ['a\n']});
	const text = readFileSync(file, 'utf8');
	const tell = async (changed: string) => {
		writeFileSync(path('changed'), changed);
		const result = await callCommand(run, [path('changed')]);
		const replayed = await callCommand(replay, [path('changed')]);
		expect([result.status, replayed.status]).toEqual([2, 2]);
		expect(replayed.stderr.trimEnd().split('\n')).toHaveLength(1);
		return replayed.stderr;
	};
	expect(await tell(text.replace('"text":"a\\n"', '"text":"b\\n"'))).toMatch(
		/line 2 has been changed/,
	);
	expect(await tell(text.replace('"version":1', '"version":9'))).toMatch(/newer ipctop.*update/);
	expect(await tell('hello\n')).toMatch(/no ipctop recording/);
});

test('a recording that was cut off replays up to there, and says that it has no end', async () => {
	const file = path('cut.rec');
	await callCommand(run, [path('echo.c'), '--record', file], {input: ['a\n', 'b\n']});
	const text = readFileSync(file, 'utf8');
	writeFileSync(file, text.slice(0, text.lastIndexOf('"end"') - 4));
	expect(await verify(file)).toMatchObject({
		status: 1,
		stdout: expect.stringMatching(/cut off after 3 inputs/),
	});
});

test("a recording's machine and arguments can't be changed", async () => {
	const file = path('fixed.rec');
	await callCommand(run, [path('echo.c'), '--record', file]);
	expect(await callCommand(run, [file, '--seed', '4'])).toMatchObject({status: 2});
	expect((await callCommand(run, [file, '--', 'y'])).stderr).toMatch(/has its own arguments/);
});

test('a file that cannot be written is said before anything runs', async () => {
	const result = await callCommand(run, [path('echo.c'), '--record', path('none/x.rec')]);
	expect(result).toMatchObject({status: 2, stdout: ''});
	expect(result.stderr).toMatch(/can't record to .*its folder does not exist/);
});

const open = async (name: string) => {
	const place: ScenarioPlace = {kind: 'program', path: path(name)};
	const values = {numbers: new Map(), texts: new Map(), switches: new Set<never>()};
	const invocation = {
		host: createMemoryHost(),
		operands: [],
		programArguments: undefined,
		values,
	};
	const options = {isTerminal: [true, true, true], recordsEvents: false} as const;
	const result = loadPlace(place, invocation, options, await loaderFor(place));
	if (isUserError(result) || !result.ok) throw new Error('does not load');
	return result;
};

const type = (text: string) => ({kind: 'type', data: new TextEncoder().encode(text)}) as const;

test('the file of a session is usable after every input, without an end', async () => {
	const {scenario, source} = await open('echo.c');
	const file = path('live.rec');
	const recorder = openRecorder(file);
	if (isUserError(recorder)) throw new Error(recorder.message);
	const {session} = createHeadlessRun(scenario, {recorder, source});
	for (const count of [1, 2, 3]) {
		runFor(session, 500);
		inject(session, type(`line ${count}\n`));
		recorder.update(source, session);
		const recording = parseRecording(readFileSync(file, 'utf8'));
		expect(recording).toMatchObject({end: undefined, scenario: {name: 'echo', entry: 'echo.c'}});
		expect('inputs' in recording && recording.inputs).toHaveLength(count);
	}
	recorder.finish();
	expect(await verify(file)).toMatchObject({status: 0});
});

test('after a branch the file holds the new past, not the old one', async () => {
	const {scenario, source} = await open('echo.c');
	const file = path('branch.rec');
	const recorder = openRecorder(file);
	if (isUserError(recorder)) throw new Error(recorder.message);
	const session = createSession(scenario.setup, [], {keepsHistory: true});
	recorder.update(source, session);
	runUntil(session, 3000);
	inject(session, type('old\n'));
	recorder.update(source, session);
	runFor(session, 3000);
	seek(session, 1000);
	inject(session, type('new\n'));
	recorder.update(source, session);
	runFor(session, 3000);
	recorder.finish();
	expect(readFileSync(file, 'utf8')).not.toMatch(/old/);
	expect(await verify(file)).toMatchObject({status: 0});
	expect((await callCommand(run, [file])).stdout).toBe('hi 1\ngot new\n');
});

test('a session saved while it stands in its past is saved to its furthest cycle', async () => {
	const {scenario, source} = await open('echo.c');
	const session = createSession(scenario.setup, [], {keepsHistory: true});
	runUntil(session, 3000);
	inject(session, type('late\n'));
	runUntil(session, 6000);
	seek(session, 1000);
	const before = process.cwd();
	process.chdir(folder);
	try {
		const text = (name: string) => name;
		expect(saveRecording(session, source)).toEqual({isDone: true, text: text('echo.ipctop')});
		expect(saveRecording(session, source)).toEqual({isDone: true, text: text('echo-2.ipctop')});
	} finally {
		process.chdir(before);
	}
	expect(cycleOf(session)).toBe(1000);
	expect(readFileSync(path('echo-2.ipctop'), 'utf8')).toMatch(/late/);
	expect(await verify(path('echo.ipctop'))).toMatchObject({status: 0});
});

test("the scenario's own inputs are played once, whatever of them was recorded", () => {
	const planned = [100, 200, 300].map(at => ({at, input: type(`planned ${at}\n`)}));
	const session = {
		applied: 3,
		inputs: [
			{cycle: 100, input: planned[0]!.input, isPlanned: true},
			{cycle: 260, input: type('mine\n'), isPlanned: false},
			{cycle: 200, input: planned[1]!.input, isPlanned: true},
			{cycle: 300, input: planned[2]!.input, isPlanned: true},
		],
	};
	const recorded = inputsToRecord(session as unknown as Parameters<typeof inputsToRecord>[0]);
	expect(recorded.map(({cycle}) => cycle)).toEqual([100, 260, 260]);
	expect(inputsToReplay(planned, recorded)).toEqual([
		{at: 100, input: planned[0]!.input},
		{at: 260, input: type('mine\n')},
		{at: 260, input: planned[1]!.input},
		{at: 300, input: planned[2]!.input},
	]);
});
