// `npm run bench`: the speed of the built command against the figures to beat,
// everything in one run on one machine: compiling, running, what thousands of
// blocked processes cost a running one, and the dashboard beside htop.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {ipctop} from '../test/support/terminal.js';
import {
	benchFirstFrame,
	benchFrameCost,
	benchStall,
	benchThousand,
	benchUpdates,
} from './bench/dashboard.js';
import {benchHistory} from './bench/history.js';
import {
	type Command,
	formatMs,
	isInstalled,
	type Times,
	timeCommand,
	timeInTurns,
} from './bench/measure.js';
import {blockedChildren, emptyWork, longSource, type Work, works} from './bench/programs.js';

const rounds = Number(process.argv[2] ?? 3);
const folder = mkdtempSync(join(tmpdir(), 'ipctop-bench-'));
const hasPython = isInstalled('python3');
const hasGcc = isInstalled('gcc');

const print = (line = ''): void => {
	process.stdout.write(`${line}\n`);
};

const place = (name: string, text: string): string => {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
};

const gccBuild = (cPath: string, name: string): Command => {
	const binary = join(folder, name);
	timeCommand(['gcc', '-O0', '-w', '-o', binary, cPath]);
	return [binary];
};

type Engine = 'ipctop' | 'python3' | 'gcc -O0';

/** How each engine that is here runs the work. */
const commandsOf = (work: Work, index: number): readonly (readonly [Engine, Command])[] => {
	const cPath = place(`work${index}.c`, work.c);
	const pythonPath = place(`work${index}.py`, work.python);
	return [
		['ipctop', ipctop('run', cPath)],
		...(hasPython ? ([['python3', ['python3', pythonPath]]] as const) : []),
		...(hasGcc ? ([['gcc -O0', gccBuild(cPath, `work${index}`)]] as const) : []),
	];
};

const timeEngines = (work: Work, index: number): Promise<Readonly<Record<string, Times>>> =>
	timeInTurns(
		rounds,
		Object.fromEntries(
			commandsOf(work, index).map(([engine, command]) => [engine, () => timeCommand(command)]),
		),
	);

/** Processor time that the work took beyond starting and ending; 1 ms at least, to divide by. */
const netOf = (times: Times, base: Times): number => Math.max(1, times.cpu - base.cpu);

const benchRunning = async (): Promise<void> => {
	print('Running: whole command by the clock (processor time net of its start and end):');
	const base = await timeEngines(emptyWork, 0);
	for (const [index, work] of works.entries()) {
		const times = await timeEngines(work, index + 1);
		const net = (engine: string): number => netOf(times[engine]!, base[engine]!);
		const figures = Object.keys(times).map(
			engine => `${engine} ${formatMs(times[engine]!.wall)} (${formatMs(net(engine))})`,
		);
		const ratios = Object.keys(times)
			.filter(engine => engine !== 'ipctop')
			.map(engine => {
				const wall = (times['ipctop']!.wall / times[engine]!.wall).toFixed(2);
				const isMeasurable = net(engine) >= 10; // Milliseconds: below that it is all noise.
				const ratio = isMeasurable ? (net('ipctop') / net(engine)).toFixed(2) : 'too short to tell';
				return `ipctop/${engine} ${wall} (${ratio})`;
			});
		print(`  ${work.name}: ${[...figures, ...ratios].join(' · ')}`);
	}
	const {wall, cpu} = base['ipctop']!;
	print(`  start and end alone: ipctop ${formatMs(wall)}, processor ${formatMs(cpu)}`);
};

const benchCompiling = async (): Promise<void> => {
	const source = longSource();
	const lines = source.split('\n').length - 1;
	const emptyPath = place('empty.c', emptyWork.c);
	const longPath = place('long.c', source);
	const {empty, long} = await timeInTurns(rounds, {
		empty: () => timeCommand(ipctop('check', emptyPath)),
		long: () => timeCommand(ipctop('check', longPath)),
	});
	print(
		`Compiling ${lines} lines of C (check): ${formatMs(long.wall)}, of which ${formatMs(long.wall - empty.wall)} (processor ${formatMs(netOf(long, empty))}) more than an empty program`,
	);
};

const benchBlocked = async (): Promise<void> => {
	const turns = 10_000_000;
	const path = place('blocked.c', blockedChildren);
	const run = (count: number, turnCount: number) => () =>
		timeCommand(ipctop('run', path, '--', String(count), String(turnCount)));
	const {few, fewIdle, many, manyIdle} = await timeInTurns(rounds, {
		fewIdle: run(10, 0),
		few: run(10, turns),
		manyIdle: run(10_000, 0),
		many: run(10_000, turns),
	});
	const perTurn = (times: Times, base: Times): number => (netOf(times, base) * 1e6) / turns;
	const [with10, with10000] = [perTurn(few, fewIdle), perTurn(many, manyIdle)];
	print(
		`A turn of a loop beside blocked processes, processor time: ${with10.toFixed(1)} ns with 10, ${with10000.toFixed(1)} ns with 10,000 · ratio ${(with10000 / with10).toFixed(2)}`,
	);
};

try {
	print(`Medians of ${rounds} rounds, Node ${process.version}`);
	await benchCompiling();
	await benchRunning();
	await benchBlocked();
	await benchFirstFrame(rounds, print);
	await benchUpdates(place, print);
	await benchThousand(place, print);
	await benchStall(place, print);
	await benchFrameCost(place, print);
	benchHistory(print, rounds);
} finally {
	rmSync(folder, {recursive: true});
}
