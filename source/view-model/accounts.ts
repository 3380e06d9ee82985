// Who is who: names of threads and processes as every pane and report writes them.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process.js';
import type {ExitStatus, Thread} from '../kernel/thread.js';

/** `parent(2)`, and `worker(2/5)` for a thread other than the first. */
export const threadName = (kernel: Kernel, tid: number): string => {
	const thread = kernel.threads.get(tid);
	if (!thread) return `(${tid})`;
	const name = kernel.processes.get(thread.pid)?.name ?? thread.name;
	return tid === thread.pid || thread.isKernelThread
		? `${name}(${thread.pid})`
		: `${name}(${thread.pid}/${tid})`;
};

export const processName = (kernel: Kernel, pid: number): string =>
	`${kernel.processes.get(pid)?.name ?? ''}(${pid})`;

/** All threads that the machine has had, ended ones too, by process. */
export const threadsByProcess = (kernel: Kernel): ReadonlyMap<number, readonly Thread[]> => {
	const groups = new Map<number, Thread[]>();
	for (const thread of kernel.threads.values()) {
		const group = groups.get(thread.pid);
		if (group) group.push(thread);
		else groups.set(thread.pid, [thread]);
	}
	return groups;
};

/** The threads of one process, ended ones too, in order of creation. */
export const threadsOf = (kernel: Kernel, process: Process): readonly Thread[] =>
	[...kernel.threads.values()].filter(thread => thread.pid === process.pid);

const stateRank: Readonly<Record<Thread['state'], number>> = {
	running: 0,
	ready: 1,
	blocked: 2,
	stopped: 3,
	dead: 4,
};

/** The thread that stands for its process in a single row: the most active one, the first of equals. */
export const mainThread = (threads: readonly Thread[]): Thread | undefined =>
	threads.reduce<Thread | undefined>(
		(best, thread) => (best && stateRank[best.state] <= stateRank[thread.state] ? best : thread),
		undefined,
	);

/** `COMMAND`: the name with its arguments. */
export const commandOf = ({name, argv}: Process): string =>
	argv.length > 1 ? [name, ...argv.slice(1)].join(' ') : name;

export const isSignalled = (exit: ExitStatus): exit is {readonly signal: number} =>
	'signal' in exit;
