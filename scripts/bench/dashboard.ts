// What the dashboard costs: its first frame, what it writes and uses while time runs, how soon it answers keys, what
// processes off the screen add, and what a reader that stalls does to it; beside htop where that is installed.

import {spawn} from 'node:child_process';
import process from 'node:process';
import {setTimeout as sleep} from 'node:timers/promises';
import {ipctop, openTerminal, type Terminal} from '../../test/support/terminal.js';
import {bees, sleepers} from './dashboard-programs.js';
import {
	type Command,
	formatMs,
	isInstalled,
	type Times,
	timeCommand,
	timeInTurns,
} from './measure.js';
import {heldMebibytes, probed} from './heap-probe.js';
import {keyLatencies, quantile, type Steady, watch} from './watch-terminal.js';

type Print = (line: string) => void;
type Place = (name: string, text: string) => string;

/** The table's heading, and below it a row that begins with a process id. */
const aFrame = /BUSY%[\s\S]*\n\W*\d+ /;

const firstFrame = (env: Readonly<Record<string, string>>) => async (): Promise<Times> => {
	const started = performance.now();
	await using terminal = openTerminal(ipctop(), {columns: 120, rows: 40, env});
	await terminal.waitFor(aFrame, 'a frame with processes');
	return {wall: performance.now() - started, cpu: 0};
};

/** Started once and ended as users do: from then on V8 finds its code compiled. */
const startOnce = async (): Promise<void> => {
	await using terminal = openTerminal(ipctop(), {columns: 120, rows: 40});
	await terminal.waitFor(aFrame, 'a frame with processes');
	terminal.press('q');
	await terminal.exit();
};

export const benchFirstFrame = async (rounds: number, print: Print): Promise<void> => {
	await startOnce();
	const {node, frame, cold} = await timeInTurns(rounds, {
		node: () => timeCommand([process.execPath, '-e', '0']),
		frame: firstFrame({}),
		cold: firstFrame({NODE_DISABLE_COMPILE_CACHE: '1'}),
	});
	print(
		`First dashboard frame at 120x40: ${formatMs(frame.wall)} (the very first start, nothing compiled yet: ${formatMs(cold.wall)}; node -e 0 alone: ${formatMs(node.wall)})`,
	);
};

const sizes = [
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
] as const;

const watchedSeconds = 5;

const steadyOf = async (
	command: Command,
	size: (typeof sizes)[number],
	isReady: Parameters<Terminal['waitFor']>[0],
): Promise<Steady> => {
	await using terminal = openTerminal(command, {...size, limit: 60_000});
	await terminal.waitFor(isReady, 'the processes');
	await sleep(1500);
	return await watch(terminal, watchedSeconds); // Before the terminal is closed.
};

const sleepersCount = 300;

/** Processes of this computer for htop to show: as many as the scenario has. */
const startSleepers = (): (() => void) => {
	const script = `for i in $(seq ${sleepersCount}); do sleep 600 & done; wait`;
	const child = spawn('bash', ['-c', script], {detached: true, stdio: 'ignore'});
	return () => {
		if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
	};
};

const percent = (cpu: number | undefined): string =>
	cpu === undefined ? 'unknown' : `${cpu.toFixed(1)} %`;

const steadyText = (name: string, {bytesPerSecond, cpu}: Steady): string =>
	`${name} ${Math.round(bytesPerSecond)} B/s, processor ${percent(cpu)}`;

/** The title of the pane: so many processes are there, and the one that made them. */
const processes = (count: number): RegExp => new RegExp(`Processes ${count}\\b`);

export const benchUpdates = async (place: Place, print: Print): Promise<void> => {
	const path = place('sleepers.c', sleepers);
	const hasHtop = isInstalled('htop');
	if (!hasHtop) print('htop is not installed: the dashboard is measured alone');
	print(`Updates, ${sleepersCount} sleeping processes and one that works:`);
	const stop = hasHtop ? startSleepers() : undefined;
	try {
		for (const size of sizes) {
			for (const updates of [1, 10] as const) {
				const options = ['--updates', String(updates), '--speed', '2000000'];
				const ours = await steadyOf(
					ipctop(path, ...options, '--', String(sleepersCount)),
					size,
					processes(sleepersCount + 1),
				);
				const htop = hasHtop
					? await steadyOf(['htop', '-d', String(10 / updates)], size, /CPU%/)
					: undefined;
				const ratio = htop
					? ` · ratio ${(ours.bytesPerSecond / htop.bytesPerSecond).toFixed(2)}`
					: '';
				print(
					`  ${size.columns}x${size.rows}, ${updates} a second: ${[steadyText('ipctop', ours), ...(htop ? [steadyText('htop', htop)] : [])].join(' · ')}${ratio}`,
				);
			}
		}
	} finally {
		stop?.();
	}
};

const keyCount = 25;

/** 1,000 processes that work, at the speed that the dashboard chooses; then the same, paused. */
export const benchThousand = async (place: Place, print: Print): Promise<void> => {
	const count = 1000;
	const path = place('bees.c', bees);
	await using terminal = openTerminal(ipctop(path, '--', String(count)), {
		...sizes[0],
		limit: 60_000,
	});
	await terminal.waitFor(processes(count + 1), 'the processes');
	const {cpu, bytesPerSecond, picturesPerSecond} = await watch(terminal, watchedSeconds);
	print(
		`${count} working processes at default speed: processor ${percent(cpu)}, ${picturesPerSecond.toFixed(1)} pictures and ${Math.round(bytesPerSecond)} B a second`,
	);
	const figures = [`ipctop ${await latencyText(terminal)}`];
	if (isInstalled('htop')) {
		await using htop = openTerminal(['htop', '-d', '10'], sizes[0]);
		await htop.waitFor(/CPU%/, 'its table');
		figures.push(`htop ${await latencyText(htop)}`);
	}
	print(`  key to output: ${figures.join(' · ')}`);
	terminal.press('Space');
	await sleep(1000);
	const paused = await watch(terminal, 3);
	print(`  paused: ${Math.round(paused.bytesPerSecond)} B/s, processor ${percent(paused.cpu)}`);
};

const latencyText = async (terminal: Terminal): Promise<string> => {
	const waits = await keyLatencies(terminal, keyCount);
	return `median ${formatMs(quantile(waits, 0.5))}, p90 ${formatMs(quantile(waits, 0.9))}`;
};

const stalledSeconds = 10;

/** A scenario that goes on and on, with nobody reading for a while. */
export const benchStall = async (place: Place, print: Print): Promise<void> => {
	const path = place('bees.c', bees);
	const answer = place('held', '');
	const options = {...sizes[0], env: probed(answer)};
	await using terminal = openTerminal(ipctop(path, '--', '10'), options);
	await terminal.waitFor(aFrame, 'a frame with processes');
	const growth = async (): Promise<string> => {
		const before = await heldMebibytes(terminal.pid, answer);
		await sleep(stalledSeconds * 1000);
		const after = await heldMebibytes(terminal.pid, answer);
		return `${(after - before).toFixed(1)} MiB`;
	};
	await growth(); // The history that time travel keeps grows fastest at the start of a run.
	const reading = await growth();
	terminal.stall();
	const stalled = await growth();
	const bytes = terminal.bytesWritten();
	const started = performance.now();
	terminal.unstall();
	await terminal.waitFor(() => terminal.bytesWritten() > bytes, 'a picture after the stall');
	print(
		`Reader stalled for ${stalledSeconds} s: what it holds grew by ${stalled} (in ${stalledSeconds} s of reading by ${reading}), first bytes ${formatMs(performance.now() - started)} after it reads again`,
	);
};

/** The processor time of a picture, by how many processes there are; all but one sleep. */
export const benchFrameCost = async (place: Place, print: Print): Promise<void> => {
	const path = place('sleepers.c', sleepers);
	const costs: string[] = [];
	for (const count of [10, 100, 1000, 10_000]) {
		// Forking thousands takes its time: played faster, then as slowly as with few.
		const command = ipctop(path, '--speed', '20000000', '--', String(count));
		await using terminal = openTerminal(command, {...sizes[0], limit: 90_000});
		await terminal.waitFor(processes(count + 1), `${count} processes`);
		terminal.press(...Array.from({length: 5}, () => '['));
		await sleep(2000);
		const {cpu, picturesPerSecond} = await watch(terminal, watchedSeconds);
		if (cpu === undefined || picturesPerSecond === 0) continue;
		costs.push(`${count} processes ${formatMs((cpu * 10) / picturesPerSecond)}`);
	}
	print(`Processor time per picture: ${costs.join(' · ')}`);
};
