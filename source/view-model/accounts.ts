// Who is who: names of threads and processes as every pane and report writes them.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import type {ExitStatus, Thread} from '../kernel/process/thread.js';

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

/** The threads of one process, ended ones too, in order of creation. */
export const threadsOf = (kernel: Kernel, process: Process): readonly Thread[] =>
	process.allThreads.flatMap(tid => kernel.threads.get(tid) ?? []);

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

const commands = new WeakMap<readonly string[], {readonly name: string; readonly text: string}>();

/** `COMMAND`: the name with its arguments. Forked processes have it in common. */
export const commandOf = ({name, argv}: Process): string => {
	if (argv.length <= 1) return name;
	const known = commands.get(argv);
	if (known?.name === name) return known.text;
	const text = [name, ...argv.slice(1)].join(' ');
	commands.set(argv, {name, text});
	return text;
};

export const isSignalled = (exit: ExitStatus): exit is {readonly signal: number} =>
	'signal' in exit;
