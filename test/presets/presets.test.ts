// Every preset: its file fits the schema, its programs compile without a word, it does what its `expect` lines say, each
// step of its guide fires, and on Linux its programs print the same.

import {execFile, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {afterAll, describe, expect, test} from 'vitest';
import {defaultUntil} from '../../source/commands/invocation.js';
import {loadPlace} from '../../source/commands/load-place.js';
import {createHeadlessRun, playUntil} from '../../source/commands/play.js';
import {type Preset, readPresets} from '../../source/commands/preset-catalog.js';
import {createSession, cycleOf, runUntil} from '../../source/machine/session.js';
import {isToolPath, programFiles, programNameOf} from '../../source/scenario/program-names.js';
import {loadScenario} from '../../source/scenario/load-scenario.js';
import {advanceGuide, startGuide} from '../../source/scenario/guide.js';
import type {Scenario} from '../../source/scenario/scenario.js';
import {
	type ExpectDocument,
	inLanguage,
	type LocalText,
	type ProgramDocument,
} from '../../source/scenario/scenario-document.js';
import {signalNumberOf} from '../../source/scenario/signal-names.js';
import {validateScenario} from '../../source/scenario/validate.js';
import {lookAfter} from '../../source/ui/session/guide-progress.js';
import {accountingReport} from '../../source/view-model/stat.js';
import {createMemoryHost} from '../commands/memory-host.js';

const presets = readPresets();

const loaded = new Map<string, Scenario>();

/** As the dashboard has it, on a terminal; compiled once. */
const load = (name: string, folder: string): Scenario => {
	const known = loaded.get(name);
	if (known) return known;
	const host = createMemoryHost();
	const values = {numbers: new Map(), texts: new Map(), switches: new Set<never>()};
	const result = loadPlace(
		{kind: 'scenario', path: join(folder, 'scenario.yaml'), name, isPreset: true},
		{host, operands: [], programArguments: undefined, values},
		{isTerminal: [true, true, true], recordsEvents: true},
		{loadScenario, validate: validateScenario},
	);
	if ('message' in result) throw new Error(result.message);
	expect(result.ok ? result.warnings : result.problems).toEqual([]);
	if (!result.ok) throw new Error('unreachable');
	loaded.set(name, result.scenario);
	return result.scenario;
};

/** As `ipctop run` has it with its output redirected. */
const loadForFile = (name: string, folder: string): Scenario => {
	const scenario = load(name, folder);
	return {...scenario, setup: {...scenario.setup, isTerminal: [false, false, false]}};
};

const play = async (scenario: Scenario) => {
	const host = createMemoryHost();
	const playback = createHeadlessRun(scenario);
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

/** What the guide says when the scenario is played from its start to its end. */
const stepsFired = ({setup, inputs, guide}: Scenario): readonly unknown[] => {
	const session = createSession(
		setup,
		inputs.map(({at, input}) => ({cycle: at, input})),
	);
	let progress = startGuide();
	const fired: unknown[] = [];
	for (let look = 0; look < 50_000; look++) {
		runUntil(session, lookAfter(cycleOf(session)));
		const due = advanceGuide(guide, progress, session);
		progress = due.progress;
		fired.push(...due.steps);
		if (due.steps.length === 0 && session.ending) break;
	}
	return fired;
};

/** Lessons hold with other machines, too; only first-come keeps who spins on the only CPU, and their guides say so. */
const otherSettings = [
	{cpus: 2, quantum: 10_000, scheduler: 'feedback'},
	{cpus: 1, quantum: 100, scheduler: 'priority', seed: 2},
] as const;

const hasKorean = (text: LocalText | undefined): boolean =>
	text === undefined || (typeof text === 'object' && /[가-힣]/.test(text.ko ?? ''));

describe.each(presets.map(preset => [preset.name, preset] as const))(
	'%s',
	(name, {folder, document}) => {
		test('has a title, a summary and a guide in English and Korean, and says what to expect', () => {
			expect(
				[document.title, document.summary, document.lesson].every(text => text && hasKorean(text)),
			).toBe(true);
			const guide = document.guide ?? [];
			expect(guide.length).toBeGreaterThanOrEqual(3);
			expect(guide.length).toBeLessThanOrEqual(6);
			for (const step of guide) {
				expect([step.say, step.ask, step.answer, step.try].every(hasKorean)).toBe(true);
				expect(step.ask === undefined).toBe(step.answer === undefined);
				expect(step.when.cycle).toBeUndefined();
			}
			// A lesson stops to be looked at, asks something, and gives something to try.
			expect(guide.some(({pause}) => pause)).toBe(true);
			expect(guide.some(({ask}) => ask)).toBe(true);
			expect(guide.some(step => step.try)).toBe(true);
			expect(document.expect?.length).toBeGreaterThanOrEqual(1);
		});

		test('does what its expect lines say', async () => {
			const run = await play(loadForFile(name, folder));
			for (const expectation of document.expect ?? []) checkExpectation(expectation, run);
		});

		test('fires every step of its guide in playback', {timeout: 60_000}, () => {
			const scenario = load(name, folder);
			expect(stepsFired(scenario)).toEqual(scenario.guide);
		});

		test.each(otherSettings)('fires every step with %o as well', {timeout: 60_000}, settings => {
			const scenario = load(name, folder);
			const config = {...scenario.setup.config, ...settings};
			const fired = stepsFired({...scenario, setup: {...scenario.setup, config}});
			expect(fired).toEqual(scenario.guide);
		});
	},
);

describe('the list of presets', () => {
	test('goes from one process to computers, from one-way to two-way, each lesson in one piece', () => {
		const lessons = presets.map(({document}) => inLanguage(document.lesson, 'en'));
		expect(lessons.filter((lesson, index) => lesson !== lessons[index - 1])).toEqual([
			'Inside a process',
			'Between processes of one computer: one-way, non-blocking',
			'Between processes of one computer: one-way, blocking',
			'Between processes of one computer: half-duplex',
			'Between processes of one computer: two-way',
			'Between computers: one-way',
			'Between computers: half-duplex',
			'Between computers: two-way',
		]);
	});

	test('has a place of its own for each', () => {
		const orders = presets.map(({document}) => document.order);
		expect(new Set(orders).size).toBe(presets.length);
	});
});

const hasCompiler = spawnSync('gcc', ['--version']).status === 0 && process.platform === 'linux';
const folder = hasCompiler ? mkdtempSync(join(tmpdir(), 'presets-')) : '';

afterAll(() => {
	if (hasCompiler) rmSync(folder, {recursive: true});
});

test.skipIf(hasCompiler)('skipped on the host: needs Linux and gcc', () => {});

/** What stays on one computer, takes no input and ends by itself runs on any Linux as well. */
const isPortable = ({document}: Preset): boolean =>
	document.hosts === undefined &&
	document.inputs === undefined &&
	!document.expect?.some(({deadlock}) => deadlock) && // It would leave its processes behind.
	document.expect?.some(({stdout}) => stdout !== undefined) === true;

const execute = promisify(execFile);

/** So many times slower than simulated: what else the host does must not change the order of things. */
const slowness = 10;
const slowly = `#include <unistd.h>\n#define usleep(microseconds) usleep(${slowness} * (microseconds))\n`;

const warnings = ['-Wall', '-Wextra', '-Werror', '-std=gnu11'];
const headers = fileURLToPath(new URL('../../source/libc/include', import.meta.url));

/** Compiles in `place`; what needs other computers is only checked, with our own headers where Linux has none. */
const compileOnHost = async (preset: Preset, program: ProgramDocument, place: string) => {
	const sources = programFiles(program).map(file => {
		const text = readFileSync(join(preset.folder, file), 'utf8');
		expect(text, file).toMatch(/^\/\*/);
		// Names in /tmp are the system's; runs at the same time must not meet there.
		writeFileSync(join(place, file), text.replaceAll('"/tmp/', `"${place}/`));
		return file;
	});
	writeFileSync(join(place, 'slowly.h'), slowly);
	const options = isPortable(preset)
		? ['-include', 'slowly.h', '-pthread', '-o', programNameOf(program), ...sources, '-lrt']
		: ['-fsyntax-only', '-iquote', preset.folder, '-idirafter', headers, ...sources];
	await execute('gcc', [...warnings, ...options], {cwd: place});
};

/** On a host that is busy with other things lines may change places: their order counts only if that is asked for. */
const inOrder = (text: string): readonly string[] => {
	const lines = text.split('\n');
	return process.env['IPCTOP_HOST_PROGRAMS'] === '1' ? lines : lines.sort();
};

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\\''`)}'`;

/** Starts the processes as the scenario does, a cycle being 100 ns. */
const scriptOf = ({document}: Preset): string => {
	let now = 0;
	const lines = [...document.processes]
		.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))
		.map(({program, args = [], at = 0}) => {
			const pause = (slowness * (at - now)) / 10_000_000;
			now = at;
			const command = isToolPath(program) ? program : `./${programNameOf(program)}`;
			return `sleep ${pause}; ${command} ${args.map(quoted).join(' ')} &`;
		});
	return [...lines, 'wait'].join('\n');
};

describe.runIf(hasCompiler)('on the host', () => {
	test.concurrent.each(presets.map(preset => [preset.name, preset] as const))(
		'%s compiles without warnings and prints the same',
		{retry: 2, timeout: 30_000},
		async (name, preset) => {
			const {document} = preset;
			const place = join(folder, name);
			mkdirSync(place, {recursive: true});
			for (const program of [
				...new Map(
					[...document.processes.map(entry => entry.program), ...(document.programs ?? [])].map(
						program => [programNameOf(program), program],
					),
				).values(),
			].filter(entry => !isToolPath(entry)))
				await compileOnHost(preset, program, place);
			if (!isPortable(preset)) return;
			for (const [path, text] of Object.entries(document.files ?? {}))
				writeFileSync(join(place, path), text);
			const {stdout} = await execute('timeout', ['8', 'sh', '-c', scriptOf(preset)], {cwd: place});
			const expected = document.expect!.find(entry => entry.stdout !== undefined)!.stdout!;
			expect(inOrder(stdout)).toEqual(inOrder(expected));
		},
	);
});
