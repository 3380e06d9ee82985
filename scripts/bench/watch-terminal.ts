// A command that draws on a terminal, watched: what it writes and what it costs.

import {existsSync, readFileSync} from 'node:fs';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Terminal} from '../../test/support/terminal.js';

export type Steady = {
	readonly bytesPerSecond: number;
	/** Complete updates; only for programs that mark them (synchronized output). */
	readonly picturesPerSecond: number;
	/** Percent of one core, the machine's own work included; undefined where the system does not tell. */
	readonly cpu: number | undefined;
};

const endOfPicture = /\u001B\[\?2026l/g;

/** Watches for a while, touching nothing. */
export const watch = async (terminal: Terminal, seconds: number): Promise<Steady> => {
	const bytes = terminal.bytesWritten();
	const pictures = countPictures(terminal);
	const cpu = cpuSeconds(terminal.pid);
	const started = performance.now();
	await sleep(seconds * 1000);
	const took = (performance.now() - started) / 1000;
	const cpuThen = cpuSeconds(terminal.pid);
	return {
		bytesPerSecond: (terminal.bytesWritten() - bytes) / took,
		picturesPerSecond: (countPictures(terminal) - pictures) / took,
		cpu: cpu === undefined || cpuThen === undefined ? undefined : (100 * (cpuThen - cpu)) / took,
	};
};

const countPictures = (terminal: Terminal): number =>
	terminal.output().match(endOfPicture)?.length ?? 0;

/** Milliseconds from each key to the next output, in order of size. */
export const keyLatencies = async (
	terminal: Terminal,
	count: number,
): Promise<readonly number[]> => {
	const waits: number[] = [];
	for (let key = 0; key < count; key++) {
		await sleep(137); // No multiple of the time between two updates: keys come at all moments.
		const before = terminal.bytesWritten();
		const pressed = performance.now();
		terminal.press('Down');
		await terminal.waitFor(() => terminal.bytesWritten() > before, 'an answer to the key');
		waits.push(performance.now() - pressed);
	}
	return waits.sort((a, b) => a - b);
};

/** The value below which so many of the sorted ones are. */
export const quantile = (sorted: readonly number[], share: number): number =>
	sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

const ticksPerSecond = 100;

/** Processor time of a process, its threads included. */
const cpuSeconds = (pid: number): number | undefined => {
	const path = `/proc/${pid}/stat`;
	if (!existsSync(path)) return undefined;
	const fields = readFileSync(path, 'utf8').replace(/^.*\)/, '').trim().split(' ');
	return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
};
