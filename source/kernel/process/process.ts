// A process: address space, descriptors, relatives, signal dispositions. Its life (fork, exec, exit, wait) is in
// process-life.ts.

import type {Program} from '../../bytecode/program.js';
import type {AddressSpace} from '../../vm/address-space.js';
import type {OpenFile} from '../files/open-file.js';
import type {PollPoint} from '../polling/poll-point.js';
import type {PosixTimer} from '../time/posix-timers.js';
import type {ResourceLimit} from './resource-limits.js';
import type {ProcessSignals} from '../signals/signal-state.js';
import type {SavedContext} from './saved-context.js';
import type {ExitStatus} from './thread.js';
import type {WaitQueue} from './wait-queue.js';

/** A slot of the file descriptor table. */
export type Descriptor = {readonly file: OpenFile; closeOnExec: boolean};

/** What umask(2) and chdir(2) set: struct fs_struct of Linux. */
export type FileContext = {
	/** Absolute path. */
	workingDirectory: string;
	umask: number;
};

export type Process = {
	readonly pid: number;
	parent: number;
	group: number;
	session: number;
	/** Name of the host it lives on. */
	readonly host: string;
	/** The program's name (`comm`) and full arguments. */
	name: string;
	argv: readonly string[];
	environment: readonly string[];
	program: Program;
	space: AddressSpace;
	/** Thread ids, in order of creation; ended ones are removed. */
	threads: number[];
	/** Thread ids, ended ones included. */
	readonly allThreads: number[];
	readonly children: number[];
	/** One array for the processes that clone(2) made with CLONE_FILES. */
	descriptors: (Descriptor | undefined)[];
	/** Another process may have this array. */
	sharesDescriptors: boolean;
	/** One object for those with CLONE_FS. */
	readonly fs: FileContext;
	readonly signals: ProcessSignals;
	/** `zombie` until its parent has waited for it; `gone` after that. */
	state: 'alive' | 'zombie' | 'gone';
	isStopped: boolean;
	/** What waitpid(2) has not reported yet of stops and continues. */
	unreported: 'stopped' | 'continued' | undefined;
	stopSignal: number;
	exit: ExitStatus | undefined;
	/** Where its end is announced to those with a descriptor of it, pidfd_open(2); undefined before the first of them. */
	endPoint: PollPoint | undefined;
	/** Its waiters sleep in waitpid(2) for children of this process. */
	readonly childQueue: WaitQueue;
	/** alarm(2) and setitimer(2): cycle of the next SIGALRM or 0, and the interval in cycles. */
	alarmAt: number;
	alarmInterval: number;
	/** timer_create(2) and the CPU-time timers of setitimer(2), by id. */
	readonly timers: Map<number, PosixTimer>;
	/** prctl(2): the signal it gets when its parent ends (0: none), whether orphans below it become its children. */
	deathSignal: number;
	isSubreaper: boolean;
	isDumpable: boolean;
	/** The signal its parent gets at its end, clone(2): SIGCHLD, or 0 for none. */
	exitSignal: number;
	/** The process whose memory it has: itself, or with CLONE_VM the one that memory was made for. */
	memoryOf: number;
	/** It has called execve(2): its parent may no longer move it to another process group. */
	hasExecuted: boolean;
	/** vfork(2): the thread that sleeps until this process execs or ends, 0 for none. */
	vforkWaiter: number;
	/** Cycles of waited-for children, for times(2) and getrusage(2). */
	childCycles: number;
	/** Contexts of getcontext(3) and makecontext(3), by number. */
	readonly contexts: Map<number, SavedContext>;
	/** Path of its program, /proc/PID/exe. */
	executable: string;
	/** Resource limits that were set, by RLIMIT_ number. */
	readonly limits: Map<number, ResourceLimit>;
	/** RLIMIT_NOFILE. */
	descriptorLimit: number;
	readonly createdAt: number;
	/** True once its program was started by the scenario (it and its descendants decide the end of the run). */
	readonly isKernelProcess: boolean;
};
