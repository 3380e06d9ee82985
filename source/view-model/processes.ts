// The processes of the machine as top(1) and htop(1) list them, sorted, filtered, as a tree, with rows for threads on
// demand. Two things are its own: how much of a process's CPU time was busy waiting, and the wait queue in which it sleeps.

import {threadsOf} from './accounts.js';
import type {Observed} from './observed.js';
import {type ColumnName, processColumns, type ProcessEntry} from './process-columns.js';
import {LiveEntry} from './process-entry.js';

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
	const entries: LiveEntry[] = [];
	for (const process of kernel.processes.values()) {
		if (process.isKernelProcess && !options.showKernelThreads) continue;
		if (process.state === 'gone' && !options.showEnded) continue;
		const entry = new LiveEntry(observed, process);
		if (!matches(entry, options.filter)) continue;
		entries.push(entry);
		if (options.showThreads === false || process.allThreads.length <= 1) continue;
		for (const thread of threadsOf(kernel, process)) {
			if (thread.state !== 'dead' || options.showEnded)
				entries.push(new LiveEntry(observed, process, thread));
		}
	}
	const sorted = sortEntries(entries, options);
	return options.isTree ? treeOrder(sorted) : sorted;
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
	if (filter === '') return true;
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
	return [...entries].sort((a, b) => sign * column.compare(a, b) || byPid(a, b));
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
