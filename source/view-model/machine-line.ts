// The top lines: whether time runs and how fast, what the CPUs did with it, how many are in which state.

import type {Kernel} from '../kernel/kernel.js';
import {threadsOf} from './accounts.js';
import {type Language, say} from './language.js';
import {type Observed, recentUsageOfCpu, windowOf} from './observed.js';
import {type Segment, splitBar} from './bars.js';
import {type Line, span, type Tone} from './styled-text.js';
import {formatPercent, formatSeconds, formatSpeed, groupDigits} from './units.js';
import {fitText} from './text-width.js';

export type CpuView = {
	readonly id: number;
	/** Shares 0..1 of the observed window, and since boot. */
	readonly recent: CpuShares;
	readonly total: CpuShares;
	readonly thread: number;
};

export type CpuShares = {readonly useful: number; readonly busy: number; readonly idle: number};

export type StateCounts = {
	readonly running: number;
	readonly ready: number;
	readonly blocked: number;
	readonly stopped: number;
	readonly zombie: number;
};

export type PlayState = 'playing' | 'reversed' | 'paused' | 'ended' | 'deadlock' | 'stopped';

export type MachineView = {
	readonly cycle: string;
	readonly time: string;
	readonly cpus: readonly CpuView[];
	readonly counts: StateCounts;
};

const shares = (useful: number, busy: number, idle: number): CpuShares => {
	const sum = useful + busy + idle;
	return sum > 0
		? {useful: useful / sum, busy: busy / sum, idle: idle / sum}
		: {useful: 0, busy: 0, idle: 1};
};

/** @param hasKernelThreads Whether the kernel's own are counted with the others. */
export const machineView = (observed: Observed, hasKernelThreads = false): MachineView => {
	const {kernel} = observed;
	return {
		cycle: groupDigits(kernel.now),
		time: formatSeconds(kernel.now, kernel.config.clock),
		cpus: kernel.cpus.map(({id, thread, useful, busy, idle}) => {
			const recent = recentUsageOfCpu(observed, id);
			const unused = Math.max(0, windowOf(observed) - recent.cpu);
			return {
				id,
				recent: shares(recent.cpu - recent.busy, recent.busy, unused),
				total: shares(useful, busy, idle),
				thread,
			};
		}),
		counts: countStates(kernel, hasKernelThreads),
	};
};

const countStates = (kernel: Kernel, hasKernelThreads: boolean): StateCounts => {
	const {census} = kernel;
	const counts = {...census.threads};
	if (hasKernelThreads) {
		for (const process of kernel.processes.values()) {
			if (!process.isKernelProcess) continue;
			const threads = threadsOf(kernel, process);
			// init has no thread: the kernel reaps for it.
			if (threads.length === 0) counts.blocked++;
			for (const {state} of threads) counts[state]++;
		}
	}
	const {running, ready, blocked, stopped} = counts;
	return {running, ready, blocked, stopped, zombie: census.zombies};
};

/** `CPU0 ████▒▒▒▒▒▒···· useful 31% busy 55% idle 14%` in exactly `width` cells. */
export const cpuLine = (
	cpu: CpuView,
	language: Language,
	width: number,
	isAscii: boolean,
): Line => {
	const {useful, busy, idle} = cpu.recent;
	const label = `CPU${cpu.id} `;
	const words: ReadonlyArray<readonly [string, number, Tone]> = [
		[say(language, 'top.useful'), useful, 'useful'],
		[say(language, 'top.busy'), busy, 'busy'],
		[say(language, 'top.idle'), idle, 'dim'],
	];
	const legend = words.map(([word, share, tone]) =>
		span(` ${word} ${fitText(formatPercent(share), 4, 'right')}`, tone),
	);
	const legendWidth = legend.reduce(
		(sum, part) => sum + fitText(part.text, 99).trimEnd().length,
		0,
	);
	const barWidth = Math.max(
		4,
		Math.min(60, width - label.length - 2 - legendWidth - (language === 'ko' ? 8 : 0)),
	);
	return [
		span(label, 'strong'),
		span('['),
		...cpuBar(cpu, barWidth, isAscii),
		span(']'),
		...legend,
	];
};

export const cpuBar = (cpu: CpuView, width: number, isAscii: boolean): Line => {
	const {useful, busy, idle} = cpu.recent;
	const segments: readonly Segment[] = [
		{share: useful, tone: 'useful', fill: '█', asciiFill: '#'},
		{share: busy, tone: 'busy', fill: '▒', asciiFill: '!'},
		{share: idle, tone: 'idle', fill: ' ', asciiFill: ' '},
	];
	return splitBar(segments, width, isAscii);
};

/** `1 running 2 ready 3 blocked`, or shorter `1 run 2 ready 3 blocked`; states that nobody is in are left out, but for the first three. */
export const countsLine = (counts: StateCounts, language: Language, isShort = false): Line => {
	const entries = [
		['running', counts.running],
		['ready', counts.ready],
		['blocked', counts.blocked],
		['stopped', counts.stopped],
		['zombie', counts.zombie],
	] as const;
	return entries.flatMap(([state, count], index) =>
		count === 0 && index > 2
			? []
			: [
					span(index === 0 ? '' : isShort ? ' ' : '  '),
					span(
						`${count} ${say(language, isShort ? `top.short.${state}` : `top.${state}`)}`,
						count === 0 ? 'dim' : state === 'zombie' ? 'ended' : state,
					),
				],
	);
};

const playMarks: Readonly<Record<PlayState, readonly [mark: string, ascii: string, tone: Tone]>> = {
	playing: ['▶', '>', 'good'],
	reversed: ['◀', '<', 'warning'],
	paused: ['⏸', '=', 'warning'],
	ended: ['■', '#', 'dim'],
	deadlock: ['✖', 'X', 'error'],
	stopped: ['‖', '=', 'warning'],
};

/** `▶ playing 20k/s` */
export const playLine = (
	state: PlayState,
	speed: number,
	language: Language,
	isAscii: boolean,
): Line => {
	const [mark, ascii, tone] = playMarks[state];
	// The pause mark is drawn in two cells by some terminals and in one by others: two bars are the same everywhere.
	const sign = isAscii ? ascii : state === 'paused' ? '‖' : mark;
	return [
		span(`${sign} ${say(language, `top.${state}`)}`, tone),
		span(` ${say(language, 'top.speed', {speed: formatSpeed(speed)})}`, 'dim'),
	];
};
