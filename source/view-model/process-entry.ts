// A process, or a thread of one, as the process table sorts and shows it. Its figures are worked out when they are asked
// for: of thousands of processes a picture sorts by one and shows forty.

import type {Process} from '../kernel/process/process.js';
import type {Thread} from '../kernel/process/thread.js';
import {commandOf, mainThread, threadsOf} from './accounts.js';
import {type Observed, recentUsage, windowOf} from './observed.js';
import type {ProcessEntry, ShownState} from './process-columns.js';
import {waitWords} from './wait-words.js';

/** The newest observation: rows outlast pictures, and always tell of this one. */
export type Newest = {observed: Observed};

export type Place = {readonly depth: number; readonly branch: string};

export class LiveEntry implements ProcessEntry {
	readonly pid: number;
	readonly isThread: boolean;
	readonly depth: number;
	readonly branch: string;
	readonly #newest: Newest;
	readonly #process: Process;
	readonly #thread: Thread | undefined;
	#known: readonly Thread[] | undefined;
	#cpuShare = 0;
	#cpuShareIn: Observed | undefined;

	/** @param thread The thread whose row it is; absent: the whole process. */
	constructor(newest: Newest, process: Process, thread?: Thread, place?: Place) {
		this.#newest = newest;
		this.#process = process;
		this.#thread = thread;
		this.pid = process.pid;
		this.isThread = thread !== undefined;
		this.depth = place ? place.depth : thread ? 1 : 0;
		this.branch = place?.branch ?? '';
	}

	/** The same row at its place in the tree. */
	at(place: Place): LiveEntry {
		return new LiveEntry(this.#newest, this.#process, this.#thread, place);
	}

	/** The threads that the row stands for, ended ones too. */
	get #threads(): readonly Thread[] {
		this.#known ??= this.#thread
			? [this.#thread]
			: threadsOf(this.#newest.observed.kernel, this.#process);
		return this.#known;
	}

	get #main(): Thread | undefined {
		return this.#thread ?? mainThread(this.#threads);
	}

	get tid(): number {
		return this.#main?.tid ?? this.#process.pid;
	}

	get key(): string {
		return this.isThread ? `t${this.tid}` : `p${this.pid}`;
	}

	get parent(): number {
		return this.#process.parent;
	}

	get isKernel(): boolean {
		return this.#process.isKernelProcess;
	}

	get host(): string {
		return this.#process.host;
	}

	get state(): ShownState {
		if (!this.isThread) {
			if (this.#process.state === 'zombie') return 'zombie';
			if (this.#process.state === 'gone') return 'ended';
			if (this.#main && this.#process.isStopped) return 'stopped';
		}
		// init has no thread: the kernel reaps for it.
		return this.#main ? stateOfThread(this.#main) : this.isKernel ? 'blocked' : 'ended';
	}

	get cpuShare(): number {
		const {observed} = this.#newest;
		if (this.#cpuShareIn !== observed) {
			this.#cpuShare = recentShare(observed, this.#threads);
			this.#cpuShareIn = observed;
		}
		return this.#cpuShare;
	}

	get busyShare(): number {
		const {cycles} = this;
		return cycles > 0 ? sum(this.#threads, ({context}) => context.busyCycles) / cycles : 0;
	}

	get waitsOn(): string {
		if (!this.#main) return this.isKernel ? 'child' : '';
		return waitWords(this.#newest.observed.kernel, this.#main);
	}

	get switches(): number {
		return sum(
			this.#threads,
			({accounting}) => accounting.voluntarySwitches + accounting.involuntarySwitches,
		);
	}

	get syscalls(): number {
		return sum(this.#threads, ({accounting}) => accounting.syscalls);
	}

	get cycles(): number {
		return sum(this.#threads, ({context}) => context.cpuCycles);
	}

	get command(): string {
		return this.isThread ? `└ ${this.#main?.name || this.#process.name}` : commandOf(this.#process);
	}
}

const sum = (threads: readonly Thread[], pick: (thread: Thread) => number): number =>
	threads.length === 1
		? pick(threads[0]!)
		: threads.reduce((total, thread) => total + pick(thread), 0);

const stateOfThread = (thread: Thread): ShownState => {
	if (thread.state === 'dead') return 'ended';
	return thread.state === 'blocked' && thread.waitName === 'disk' ? 'disk' : thread.state;
};

const recentShare = (observed: Observed, threads: readonly Thread[]): number => {
	const window = windowOf(observed);
	return window > 0 ? sum(threads, thread => recentUsage(observed, thread).cpu) / window : 0;
};
