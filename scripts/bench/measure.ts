// Timing for the bench. All variants take turns in each round, so that a noisy
// moment of the machine hits them alike; medians are compared. Processor time
// is taken too: on a machine that does other things as well, only it compares.

import {spawnSync} from 'node:child_process';

export type Command = readonly [string, ...(readonly string[])];

export const median = (values: readonly number[]): number => {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Milliseconds: by the clock on the wall, and of the processors (all threads, user and system). */
export type Times = {readonly wall: number; readonly cpu: number};

/** The shell's `times` prints the processor time of its children in its second line, as 0m0.12s 0m0.03s. */
const shellScript = '"$@" >/dev/null; status=$?; times; exit $status';

const parseCpu = (output: string): number =>
	[
		...output
			.trimEnd()
			.split('\n')
			.at(-1)!
			.matchAll(/(\d+)m([\d.]+)s/g),
	].reduce(
		(sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
		0,
	);

/** Runs a command to its end. Throws if it fails. */
export const timeCommand = (command: Command): Times => {
	const started = performance.now();
	const {status, error, stdout, stderr} = spawnSync(
		'bash',
		['-c', shellScript, 'bash', ...command],
		{
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'pipe'],
		},
	);
	const wall = performance.now() - started;
	if (error) throw error;
	if (status !== 0) throw new Error(`${command.join(' ')} ended with ${status}: ${stderr.trim()}`);
	return {wall, cpu: parseCpu(stdout)};
};

/** Median times per variant, the variants taking turns. */
export const timeInTurns = async <Name extends string>(
	rounds: number,
	variants: Readonly<Record<Name, () => Times | Promise<Times>>>,
): Promise<Readonly<Record<Name, Times>>> => {
	const names = Object.keys(variants) as Name[];
	const samples = new Map<Name, Times[]>(names.map(name => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const name of names) samples.get(name)!.push(await variants[name]());
	}
	const medians = names.map(name => {
		const times = samples.get(name)!;
		return [name, {wall: median(times.map(t => t.wall)), cpu: median(times.map(t => t.cpu))}];
	});
	return Object.fromEntries(medians) as Record<Name, Times>;
};

/** Whether a command exists and answers `--version`. */
export const isInstalled = (file: string): boolean =>
	spawnSync(file, ['--version'], {stdio: 'ignore'}).status === 0;

export const formatMs = (milliseconds: number): string =>
	milliseconds < 10 ? `${milliseconds.toFixed(2)} ms` : `${Math.round(milliseconds)} ms`;
