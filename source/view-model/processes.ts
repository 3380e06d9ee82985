// The processes of the machine as top(1) and htop(1) list them, sorted, filtered, as a tree, with rows for threads on
// demand. Two things are its own: how much of a process's CPU time was busy waiting, and the wait queue in which it sleeps.

import type {Kernel} from '../kernel/kernel.js';
import {threadsOf} from './accounts.js';
import type {Observed} from './observed.js';
import {type ColumnName, processColumns, type ProcessEntry} from './process-columns.js';
import {LiveEntry, type Newest} from './process-entry.js';

export type {ProcessEntry} from './process-columns.js';

export type ProcessOptions = {
	readonly sort: ColumnName;
	readonly isReversed: boolean;
	/** Case does not count; '' is no filter. */
	readonly filter: string;
	readonly isTree: boolean;
	/** `auto`: where a process has several, until somebody says otherwise. */
	readonly showThreads: boolean | 'auto';
	readonly showKernelThreads: boolean;
	readonly showEnded: boolean;
};

export const defaultProcessOptions: ProcessOptions = {
	sort: 'pid',
	isReversed: false,
	filter: '',
	isTree: false,
	showThreads: 'auto',
	showKernelThreads: false,
	showEnded: true,
};

/** Whether a program has been started, however it went on. */
export const hasPrograms = ({processes}: Kernel): boolean => {
	for (const {isKernelProcess} of processes.values()) if (!isKernelProcess) return true;
	return false;
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
	const entries = arrange(standingRows(observed, options));
	kept.set(observed, {options, entries});
	return entries;
};

/** Rows that stay as long as no process or thread comes, ends or goes; what they tell is of the newest observation. */
type StandingRows = {
	readonly changes: number;
	readonly options: ProcessOptions;
	readonly newest: Newest;
	/** In order of pid, each process with its threads. */
	readonly rows: readonly LiveEntry[];
	/** What they come to where the order does not hang on figures. */
	arranged: readonly LiveEntry[] | undefined;
};

const standing = new WeakMap<Kernel, StandingRows>();

const standingRows = (observed: Observed, options: ProcessOptions): StandingRows => {
	const {kernel} = observed;
	const changes = kernel.census.taskChanges;
	const known = standing.get(kernel);
	if (known?.options === options && known.changes === changes) {
		known.newest.observed = observed;
		return known;
	}
	const newest = {observed};
	const rows = makeRows(newest, options);
	const made: StandingRows = {changes, options, newest, rows, arranged: undefined};
	standing.set(kernel, made);
	return made;
};

const makeRows = (newest: Newest, options: ProcessOptions): readonly LiveEntry[] => {
	const {kernel} = newest.observed;
	const rows: LiveEntry[] = [];
	for (const process of kernel.processes.values()) {
		if (process.isKernelProcess && !options.showKernelThreads) continue;
		if (process.state === 'gone' && !options.showEnded) continue;
		rows.push(new LiveEntry(newest, process));
		if (options.showThreads === false || process.allThreads.length <= 1) continue;
		for (const thread of threadsOf(kernel, process)) {
			if (thread.state !== 'dead' || options.showEnded)
				rows.push(new LiveEntry(newest, process, thread));
		}
	}
	return rows;
};

const arrange = (standing: StandingRows): readonly LiveEntry[] => {
	if (standing.arranged) return standing.arranged;
	const {rows, options} = standing;
	const sorted = sortEntries(matching(rows, options.filter), options);
	const arranged = options.isTree ? treeOrder(sorted) : sorted;
	if (options.sort === 'pid' && options.filter === '') standing.arranged = arranged;
	return arranged;
};

/** The processes that the filter lets through, with all their threads. */
const matching = (rows: readonly LiveEntry[], filter: string): readonly LiveEntry[] => {
	if (filter === '') return rows;
	let isShown = false;
	return rows.filter(row => {
		if (!row.isThread) isShown = matches(row, filter);
		return isShown;
	});
};

/** Where the row with this key stands, or -1. The keys themselves are not made: among thousands that would cost the most. */
export const indexOfKey = (entries: readonly ProcessEntry[], key: string | undefined): number => {
	if (key === undefined) return -1;
	const isThread = key.startsWith('t');
	const number = Number(key.slice(1));
	return entries.findIndex(
		entry => entry.isThread === isThread && number === (isThread ? entry.tid : entry.pid),
	);
};

const matches = (entry: ProcessEntry, filter: string): boolean => {
	const text = `${entry.pid} ${entry.host} ${entry.command} ${entry.waitsOn}`.toLowerCase();
	return text.includes(filter.toLowerCase());
};

const sortEntries = (
	entries: readonly LiveEntry[],
	{sort, isReversed}: ProcessOptions,
): readonly LiveEntry[] => {
	// The kernel has them in the order of their pids.
	if (sort === 'pid' && !isReversed) return entries;
	const column = processColumns.find(({name}) => name === sort)!;
	const byPid = processColumns[0]!.compare;
	const sign = isReversed ? -1 : 1;
	const inOrder = (a: ProcessEntry, b: ProcessEntry): number =>
		sign * column.compare(a, b) || byPid(a, b);
	if (!entries.some(({isThread}) => isThread)) return entries.toSorted(inOrder);
	// Threads stay below their process, and are sorted among themselves.
	return processesOf(entries)
		.sort(([a], [b]) => inOrder(a, b))
		.flatMap(([process, ...threads]) => [process, ...threads.sort(inOrder)]);
};

/** Each process with its threads, which follow it. */
const processesOf = (entries: readonly LiveEntry[]): Array<[LiveEntry, ...LiveEntry[]]> => {
	const groups: Array<[LiveEntry, ...LiveEntry[]]> = [];
	for (const entry of entries) {
		const group = groups.at(-1);
		if (entry.isThread && group) group.push(entry);
		else groups.push([entry]);
	}
	return groups;
};

const treeOrder = (entries: readonly LiveEntry[]): readonly LiveEntry[] => {
	const processes = entries.filter(entry => !entry.isThread);
	const pids = new Set(processes.map(entry => entry.pid));
	const children = new Map<number, LiveEntry[]>();
	for (const entry of processes) {
		const parent = pids.has(entry.parent) && entry.parent !== entry.pid ? entry.parent : 0;
		const siblings = children.get(parent);
		if (siblings) siblings.push(entry);
		else children.set(parent, [entry]);
	}
	const threads = new Map<number, LiveEntry[]>();
	for (const entry of entries) {
		if (!entry.isThread) continue;
		const group = threads.get(entry.pid);
		if (group) group.push(entry);
		else threads.set(entry.pid, [entry]);
	}
	const threadsOf = (pid: number): readonly LiveEntry[] => threads.get(pid) ?? [];
	const result: LiveEntry[] = [];
	const visit = (parent: number, depth: number, rails: string): void => {
		const row = children.get(parent) ?? [];
		for (const [index, entry] of row.entries()) {
			const isLast = index === row.length - 1;
			const below = depth === 0 ? '' : rails + (isLast ? '  ' : '│ ');
			const branch = depth === 0 ? '' : rails + (isLast ? '└ ' : '├ ');
			result.push(entry.at({depth, branch}));
			for (const thread of threadsOf(entry.pid))
				result.push(thread.at({depth: depth + 1, branch: below}));
			visit(entry.pid, depth + 1, below);
		}
	};
	visit(0, 0, '');
	return result;
};
