// Every preset: its file fits the schema, its programs compile without a word, it does what its `expect` lines say, each
// step of its guide fires, and on Linux its programs print the same.

import {execFileSync, spawnSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, describe, expect, test} from 'vitest';
import {defaultUntil} from '../../source/commands/invocation.js';
import {loadPlace} from '../../source/commands/open-scenario.js';
import {createPlayback, playUntil} from '../../source/commands/play.js';
import {readPresets} from '../../source/commands/preset-catalog.js';
import {createSession, runFor} from '../../source/machine/session.js';
import {programFiles} from '../../source/scenario/program-names.js';
import {loadScenario} from '../../source/scenario/load-scenario.js';
import {advanceGuide, guideInterval, startGuide} from '../../source/scenario/guide.js';
import type {Scenario} from '../../source/scenario/scenario.js';
import type {ExpectDocument, LocalText} from '../../source/scenario/scenario-document.js';
import {signalNumberOf} from '../../source/scenario/signal-names.js';
import {validateScenario} from '../../source/scenario/validate.js';
import {accountingReport} from '../../source/view-model/stat.js';
import {createMemoryHost} from '../commands/memory-host.js';

const presets = readPresets();

const load = (name: string, folder: string, isTerminal = false): Scenario => {
	const host = createMemoryHost();
	const values = {numbers: new Map(), texts: new Map(), switches: new Set<never>()};
	const result = loadPlace(
		{kind: 'scenario', path: join(folder, 'scenario.yaml'), name, isPreset: true},
		{host, operands: [], programArguments: undefined, values},
		{isTerminal: [isTerminal, isTerminal, isTerminal], recordsEvents: true},
		{loadScenario, validate: validateScenario},
	);
	if ('message' in result) throw new Error(result.message);
	expect(result.ok ? result.warnings : result.problems).toEqual([]);
	if (!result.ok) throw new Error('unreachable');
	return result.scenario;
};

const play = async (scenario: Scenario) => {
	const host = createMemoryHost();
	const playback = createPlayback(scenario);
	await playUntil(playback, {host, stdout: host.stdout, stderr: host.stderr, until: defaultUntil});
	const stdout = Buffer.concat(host.printed.stdout).toString();
	return {
		stdout,
		ending: playback.session.ending,
		report: accountingReport(playback.session.machine.kernel),
	};
};

const shareLimits = {none: [0, 0.05], some: [0.1, 0.9], most: [0.9, 1]} as const;

const checkExpectation = (
	{process: name, busy, status, signal, stdout, deadlock}: ExpectDocument,
	run: Awaited<ReturnType<typeof play>>,
): void => {
	if (stdout !== undefined) expect(run.stdout).toBe(stdout);
	if (deadlock !== undefined) expect(run.ending?.kind === 'deadlock').toBe(deadlock);
	if (name === undefined) return;
	const [bare, number = '1'] = name.split('#');
	const thread = run.report.threads.filter(entry => entry.name === bare && entry.pid === entry.tid)[
		Number(number) - 1
	];
	if (!thread)
		throw new Error(
			`no process ${name} among ${run.report.threads.map(entry => entry.name).join(', ')}`,
		);
	if (busy !== undefined) {
		const share = thread.cpu === 0 ? 0 : thread.busy / thread.cpu;
		expect({name, share}).toEqual({name, share: expect.closeTo(share)});
		expect(share, `${name} is busy`).toBeGreaterThanOrEqual(shareLimits[busy][0]);
		expect(share, `${name} is busy`).toBeLessThanOrEqual(shareLimits[busy][1]);
	}
	if (status !== undefined) expect(thread.exit).toEqual({status});
	if (signal !== undefined) expect(thread.exit).toEqual({signal: signalNumberOf(signal)});
};

const hasKorean = (text: LocalText | undefined): boolean =>
	text === undefined || (typeof text === 'object' && /[가-힣]/.test(text.ko ?? ''));

describe.each(presets.map(preset => [preset.name, preset] as const))(
	'%s',
	(name, {folder, document}) => {
		test('has a title, a summary and a guide in English and Korean, and says what to expect', () => {
			expect(
				[document.title, document.summary, document.lesson].every(text => text && hasKorean(text)),
			).toBe(true);
			expect(document.guide?.length).toBeGreaterThanOrEqual(2);
			for (const step of document.guide ?? []) {
				expect([step.say, step.ask, step.answer, step.try].every(hasKorean)).toBe(true);
				expect(step.ask === undefined).toBe(step.answer === undefined);
			}
			expect(document.expect?.length).toBeGreaterThanOrEqual(1);
		});

		test('does what its expect lines say', async () => {
			const run = await play(load(name, folder));
			for (const expectation of document.expect ?? []) checkExpectation(expectation, run);
		});

		test('fires every step of its guide in playback', {timeout: 60_000}, () => {
			const scenario = load(name, folder, true);
			const session = createSession(
				scenario.setup,
				scenario.inputs.map(({at, input}) => ({cycle: at, input})),
			);
			const progress = startGuide();
			for (let look = 0; look < 200_000; look++) {
				runFor(session, guideInterval);
				if (advanceGuide(scenario.guide, progress, session) === undefined && session.ending) break;
			}
			expect(scenario.guide.slice(progress.next).map(({when}) => when)).toEqual([]);
		});
	},
);

const hasCompiler = spawnSync('gcc', ['--version']).status === 0 && process.platform === 'linux';
const folder = hasCompiler ? mkdtempSync(join(tmpdir(), 'presets-')) : '';

afterAll(() => {
	if (hasCompiler) rmSync(folder, {recursive: true});
});

test.skipIf(hasCompiler)('skipped on the host: needs Linux and gcc', () => {});

/** What is one process on one host, takes no input and ends by itself runs on any Linux as well. */
const portable = presets.filter(
	({document}) =>
		document.processes.length === 1 &&
		document.hosts === undefined &&
		document.inputs === undefined &&
		!document.expect?.some(({deadlock}) => deadlock) && // It would leave its processes behind.
		document.expect?.some(({stdout}) => stdout !== undefined),
);

describe.runIf(hasCompiler)('on the host', () => {
	test.each(portable.map(preset => [preset.name, preset] as const))(
		'%s prints the same',
		(_, preset) => {
			const {program, args = []} = preset.document.processes[0]!;
			const binary = join(folder, 'program');
			const sources = programFiles(program).map(file => join(preset.folder, file));
			execFileSync('gcc', [
				'-Wall',
				'-Wextra',
				'-Werror',
				'-std=gnu11',
				'-pthread',
				'-o',
				binary,
				...sources,
				'-lrt',
			]);
			const {stdout} = spawnSync(binary, args, {
				cwd: folder,
				encoding: 'utf8',
				input: '',
				timeout: 20_000,
			});
			expect(stdout).toBe(
				preset.document.expect!.find(({stdout: text}) => text !== undefined)!.stdout,
			);
		},
	);

	test.each(presets.map(preset => [preset.name, preset] as const))(
		'%s compiles without warnings',
		(_, preset) => {
			for (const {program} of preset.document.processes) {
				const sources = programFiles(program).map(file => join(preset.folder, file));
				execFileSync('gcc', [
					'-Wall',
					'-Wextra',
					'-Werror',
					'-std=gnu11',
					'-pthread',
					'-o',
					join(folder, 'program'),
					...sources,
					'-lrt',
				]);
				for (const source of sources) expect(readFileSync(source, 'utf8')).toMatch(/^\/\*/);
			}
		},
	);
});
