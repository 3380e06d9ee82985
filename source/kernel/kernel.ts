// The state of the whole simulated machine: every host's processes and kernel objects, the CPUs, the timers. Plain
// data: a checkpoint is a copy of it. Behaviour lives in the files of the objects.

import type {PageBudget} from '../vm/address-space.js';
import type {MemoryObject} from '../vm/memory-object.js';
import type {EventLog} from './trace/events.js';
import type {FileSystem} from './files/file-system.js';
import type {Futexes} from './ipc/futex.js';
import type {Ipc} from './ipc/sysv.js';
import type {MessageQueues} from './ipc/message-queue.js';
import type {Watch} from './inotify/inotify.js';
import type {Network} from './network/network.js';
import type {OpenFile} from './files/open-file.js';
import type {Pipe} from './pipes/pipe.js';
import type {Census} from './process/census.js';
import type {Process} from './process/process.js';
import type {Scheduler} from './process/scheduler.js';
import type {Thread} from './process/thread.js';
import type {Pty} from './terminals/pty.js';
import type {WaitQueue} from './process/wait-queue.js';
import type {Timer} from './time/timers.js';
import type {Console} from './files/console.js';
import type {Program} from '../bytecode/program.js';
import type {PackedProgram} from '../bytecode/program-image.js';
import type {SchedulerName} from './process/scheduler-names.js';

export type MachineConfig = {
	readonly cpus: number;
	/** Time slice in cycles. */
	readonly quantum: number;
	readonly seed: number;
	/** Cycles per second of simulated time. */
	readonly clock: number;
	readonly scheduler: SchedulerName;
	readonly limits: Limits;
};

/** What strangers' programs may use. */
export type Limits = {
	/** Pages of private memory per process, and of all memory in the machine. */
	readonly processPages: number;
	readonly machinePages: number;
	readonly processes: number;
	readonly openFiles: number;
	/** Bytes that the programs may print in all; more is SIGKILL. */
	readonly output: number;
};

/** Cycles that things cost beside their instructions. One table, shown by `--help` of nobody but the architecture page. */
export const costs = {
	systemCall: 40,
	/** Per 16 bytes copied between user memory and the kernel. */
	copyChunk: 1,
	contextSwitch: 60,
	fork: 400,
	exec: 1000,
	/** Setting up the frame of a handler. */
	signal: 60,
	/** A block of the disk. */
	diskBlock: 20_000,
	/** [kio]'s own work for a block. */
	diskService: 300,
} as const;

export type Cpu = {
	readonly id: number;
	/** This CPU's own time in cycles; the CPUs stay within one lock step of each other. */
	clock: number;
	/** The thread on it, 0 for none. */
	thread: number;
	/** The thread whose state is loaded: switching back to it costs nothing. */
	lastThread: number;
	/** Why that thread left it; `idle` once the CPU has been idle since. */
	lastReason: 'preempted' | 'blocked' | 'yielded' | 'ended' | 'idle' | 'stopped';
	/** Cycles so far. */
	useful: number;
	busy: number;
	idle: number;
	contextSwitches: number;
};

export type Host = {
	readonly name: string;
	/** Dotted IPv4 address. */
	readonly address: string;
	readonly fileSystem: FileSystem;
	readonly ipc: Ipc;
	readonly messageQueues: MessageQueues;
	/** pid of its first process-like ancestor: orphans are reparented to it. */
	readonly init: number;
};

/** A fault: SIGSEGV, SIGFPE or SIGILL of a program's own doing. */
export type Fault = {
	readonly pid: number;
	readonly signal: number;
	readonly address: number;
	/** Word offset of the instruction. */
	readonly pc: number;
	/** Word offsets of the calls that led to it, the innermost first. */
	readonly callers: readonly number[];
	readonly program: Program;
};

export type Kernel = {
	readonly config: MachineConfig;
	/** The present cycle: the clock of the CPU that acts. On several CPUs it may go back by less than a lock step. */
	now: number;
	/** Who acts just now: the tid of the thread in the kernel, or one of `actors` (trace/events.ts). */
	actor: number;
	/** Breaks ties; every created or queued thing takes the next. */
	sequence: number;
	nextPid: number;
	nextObject: number;
	random: number;
	readonly hosts: Map<string, Host>;
	readonly processes: Map<number, Process>;
	readonly threads: Map<number, Thread>;
	/** Processes not gone yet and their further threads, against the limit. */
	population: number;
	readonly census: Census;
	/** Pids of processes that are gone, oldest first; the oldest are forgotten. */
	readonly gone: number[];
	readonly cpus: readonly Cpu[];
	readonly scheduler: Scheduler;
	readonly timers: Timer[];
	/** All open file descriptions, by id. */
	readonly openFiles: Map<number, OpenFile>;
	/** Those of them with O_ASYNC, and the queues of poll points that have changed since their owners were told. */
	readonly asyncFiles: Map<number, OpenFile>;
	readonly pulsed: WaitQueue[];
	/** Pipes and FIFOs that exist, by id, for the panes and for injected writes. */
	readonly pipes: Map<number, Pipe>;
	readonly pageBudget: PageBudget;
	readonly memoryObjects: Map<number, MemoryObject>;
	readonly futexes: Futexes;
	readonly network: Network;
	/** Of all inotify instances, in order of creation. */
	watches: readonly Watch[];
	/** Pseudo-terminals whose master is open, by index. */
	readonly terminals: Map<number, Pty>;
	readonly console: Console;
	readonly events: EventLog;
	/** Programs that exec can start, by path (`/bin/cat`, `/parent`); those of /bin stay packed until they are run. */
	readonly programs: Map<string, Program | PackedProgram>;
	/** C lvalues of variables whose writers are recorded; changes nothing for the programs. */
	readonly watchedVariables: readonly string[];
	/** Faults of programs, newest last, for the message that names the C line. */
	readonly faults: Fault[];
	/** What the machine has to tell its user: a process killed by a limit, and why. */
	readonly notices: string[];
	/** Bytes printed by programs so far, against the output limit. */
	outputBytes: number;
};

/** The next number for a kernel object: `pipe:7`, `anon:8`. */
export const nextObjectId = (kernel: Kernel): number => kernel.nextObject++;

export const nextSequence = (kernel: Kernel): number => kernel.sequence++;

/** Simulated nanoseconds since boot. One cycle of the default clock is 100 ns. */
export const nanoseconds = (kernel: Kernel): number =>
	Math.floor((kernel.now * 1e9) / kernel.config.clock);

/** Cycles that last at least so many nanoseconds. */
export const cyclesFor = (kernel: Kernel, nanoseconds: number): number =>
	Math.ceil((nanoseconds * kernel.config.clock) / 1e9);

/**
 * The first state of the random numbers, never zero. The seed's bits are scattered over the word (MurmurHash3's last
 * step): else seeds that are neighbours begin with numbers that are.
 */
export const scatterSeed = (seed: number): number => {
	let x = (seed ^ 0x9e37_79b9) | 0;
	x = Math.imul(x ^ (x >>> 16), 0x85eb_ca6b);
	x = Math.imul(x ^ (x >>> 13), 0xc2b2_ae35);
	return x ^ (x >>> 16) || 1;
};

/** The next random 32-bit number, xorshift32: part of the state, so that replays repeat it. */
export const nextRandom = (kernel: Kernel): number => {
	let x = kernel.random | 0;
	x ^= x << 13;
	x ^= x >>> 17;
	x ^= x << 5;
	kernel.random = x;
	return x >>> 0;
};
