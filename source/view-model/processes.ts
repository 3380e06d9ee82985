// The processes of the machine as top(1) and htop(1) list them, sorted, filtered, as a tree, with rows for threads on
// demand. Two things are its own: how much of a process's CPU time was busy waiting, and the wait queue in which it sleeps.

import type {Process} from '../kernel/process.js';
import type {Thread} from '../kernel/thread.js';
import {commandOf, mainThread, threadsByProcess} from './accounts.js';
import {type Observed, windowOf} from './observed.js';
import {
	type ColumnName,
	processColumns,
	type ProcessEntry,
	type ShownState,
} from './process-columns.js';

export type {ProcessEntry} from './process-columns.js';

export type ProcessOptions = {
	readonly sort: ColumnName;
	readonly isReversed: boolean;
	/** Case does not count; '' is no filter. */
	readonly filter: string;
	readonly isTree: boolean;
	readonly showThreads: boolean;
	readonly showKernelThreads: boolean;
	readonly showEnded: boolean;
};

export const defaultProcessOptions: ProcessOptions = {
	sort: 'pid',
	isReversed: false,
	filter: '',
	isTree: false,
	showThreads: false,
	showKernelThreads: false,
	showEnded: true,
};

const kept = new WeakMap<
	Observed,
	{readonly options: ProcessOptions; readonly entries: readonly ProcessEntry[]}
>();

/** Every process or thread that the options let through, in their order. Cells are made for visible rows only. */
export const processEntries = (
	observed: Observed,
	options: ProcessOptions,
): readonly ProcessEntry[] => {
	const known = kept.get(observed);
	if (known?.options === options) return known.entries;
	const entries = makeEntries(observed, options);
	kept.set(observed, {options, entries});
	return entries;
};

const makeEntries = (observed: Observed, options: ProcessOptions): readonly ProcessEntry[] => {
	const {kernel} = observed;
	const byProcess = threadsByProcess(kernel);
	const entries: ProcessEntry[] = [];
	for (const process of kernel.processes.values()) {
		const threads = byProcess.get(process.pid) ?? [];
		if (process.isKernelProcess && !options.showKernelThreads) continue;
		if (process.state === 'gone' && !options.showEnded) continue;
		const entry = processEntry(observed, process, threads);
		if (!matches(entry, options.filter)) continue;
		entries.push(entry);
		if (options.showThreads && threads.length > 1) {
			for (const thread of threads) {
				if (thread.state !== 'dead' || options.showEnded)
					entries.push(threadEntry(observed, process, thread));
			}
		}
	}
	const sorted = sortEntries(entries, options);
	return options.isTree ? treeOrder(sorted) : sorted;
};

const matches = (entry: ProcessEntry, filter: string): boolean => {
	if (filter === '') return true;
	const text = `${entry.pid} ${entry.host} ${entry.command} ${entry.waitsOn}`.toLowerCase();
	return text.includes(filter.toLowerCase());
};

const sortEntries = (
	entries: readonly ProcessEntry[],
	{sort, isReversed}: ProcessOptions,
): readonly ProcessEntry[] => {
	const column = processColumns.find(({name}) => name === sort)!;
	const byPid = processColumns[0]!.compare;
	const sign = isReversed ? -1 : 1;
	return [...entries].sort((a, b) => sign * column.compare(a, b) || byPid(a, b));
};

const treeOrder = (entries: readonly ProcessEntry[]): readonly ProcessEntry[] => {
	const processes = entries.filter(entry => !entry.isThread);
	const pids = new Set(processes.map(entry => entry.pid));
	const children = new Map<number, ProcessEntry[]>();
	for (const entry of processes) {
		const parent = pids.has(entry.parent) && entry.parent !== entry.pid ? entry.parent : 0;
		const siblings = children.get(parent);
		if (siblings) siblings.push(entry);
		else children.set(parent, [entry]);
	}
	const threads = new Map<number, ProcessEntry[]>();
	for (const entry of entries) {
		if (!entry.isThread) continue;
		const group = threads.get(entry.pid);
		if (group) group.push(entry);
		else threads.set(entry.pid, [entry]);
	}
	const threadsOf = (pid: number): readonly ProcessEntry[] => threads.get(pid) ?? [];
	const result: ProcessEntry[] = [];
	const visit = (parent: number, depth: number): void => {
		const row = children.get(parent) ?? [];
		for (const [index, entry] of row.entries()) {
			result.push({...entry, depth, isLast: index === row.length - 1});
			for (const thread of threadsOf(entry.pid))
				result.push({...thread, depth: depth + 1, isLast: false});
			visit(entry.pid, depth + 1);
		}
	};
	visit(0, 0);
	return result;
};

const processEntry = (
	observed: Observed,
	process: Process,
	threads: readonly Thread[],
): ProcessEntry => {
	const main = mainThread(threads);
	const cycles = sum(threads, thread => thread.context.cpuCycles);
	const busy = sum(threads, thread => thread.context.busyCycles);
	return {
		key: `p${process.pid}`,
		pid: process.pid,
		tid: main?.tid ?? process.pid,
		parent: process.parent,
		isThread: false,
		host: process.host,
		state: stateOfProcess(process, main),
		cpuShare: recentShare(observed, threads),
		busyShare: cycles > 0 ? busy / cycles : 0,
		waitsOn: main ? waitsOn(main) : '',
		switches: sum(
			threads,
			({accounting}) => accounting.voluntarySwitches + accounting.involuntarySwitches,
		),
		syscalls: sum(threads, thread => thread.accounting.syscalls),
		cycles,
		command: commandOf(process),
		depth: 0,
		isLast: false,
	};
};

const threadEntry = (observed: Observed, process: Process, thread: Thread): ProcessEntry => ({
	key: `t${thread.tid}`,
	pid: process.pid,
	tid: thread.tid,
	parent: process.parent,
	isThread: true,
	host: process.host,
	state: stateOfThread(thread),
	cpuShare: recentShare(observed, [thread]),
	busyShare:
		thread.context.cpuCycles > 0 ? thread.context.busyCycles / thread.context.cpuCycles : 0,
	waitsOn: waitsOn(thread),
	switches: thread.accounting.voluntarySwitches + thread.accounting.involuntarySwitches,
	syscalls: thread.accounting.syscalls,
	cycles: thread.context.cpuCycles,
	command: `└ ${thread.name || process.name}`,
	depth: 1,
	isLast: false,
});

const sum = (threads: readonly Thread[], pick: (thread: Thread) => number): number =>
	threads.reduce((total, thread) => total + pick(thread), 0);

const stateOfProcess = (process: Process, main: Thread | undefined): ShownState => {
	if (process.state === 'zombie') return 'zombie';
	if (process.state === 'gone' || !main) return 'ended';
	return process.isStopped ? 'stopped' : stateOfThread(main);
};

const stateOfThread = (thread: Thread): ShownState => {
	if (thread.state === 'dead') return 'ended';
	return thread.state === 'blocked' && thread.waitName === 'disk' ? 'disk' : thread.state;
};

/** `pipe.read pipe:7`, as the WAITS ON column shows it; '' when not blocked. */
export const waitsOn = (thread: Thread): string => {
	if (thread.state !== 'blocked') return '';
	return thread.waitChannel === '' ? thread.waitName : `${thread.waitName} ${thread.waitChannel}`;
};

const recentShare = (observed: Observed, threads: readonly Thread[]): number => {
	const window = windowOf(observed);
	if (window <= 0) return 0;
	const used = sum(
		threads,
		({tid, context}) => context.cpuCycles - (observed.base?.threads.get(tid)?.cpu ?? 0),
	);
	return Math.max(0, used / window);
};
