// The life of processes and threads: their entries in the tables, execve(2), _exit(2), waitpid(2). clone.ts makes children.

import type {Program} from '../../bytecode/program.js';
import {type AddressSpace, releaseAddressSpace} from '../../vm/address-space.js';
import {createChangeLog} from '../../vm/change-log.js';
import {callWords, type Context} from '../../vm/context.js';
import {markEffect} from '../../vm/turns.js';
import {abandonCall} from './abandon-call.js';
import {changeState, createAccounting} from './accounting.js';
import {closeAllDescriptors, closeOnExec, unshareDescriptors} from './descriptors.js';
import {recordEvent} from '../trace/events.js';
import {clearChildTid} from '../ipc/futex.js';
import {type Kernel} from '../kernel.js';
import {forgetUnmappedObjects} from '../memory/memory-mapping.js';
import {forgetNotifications} from '../ipc/message-queue.js';
import type {Executable} from './executable.js';
import type {FileContext, Process} from './process.js';
import {groupsOrphanedBy, membersOf} from './process-group.js';
import {createFirstContext, loadProgram} from './process-image.js';
import {leaveRobustMutexes} from './robust-list.js';
import {pulse} from '../polling/poll-point.js';
import {dequeue, enqueue} from './scheduler.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {createThreadSignals, type ProcessSignals, type SignalSet} from '../signals/signal-state.js';
import {
	forkProcessSignals,
	kernelSignal,
	notifyParent,
	reapsItself,
	resetSignalsForExec,
	sendSignal,
	userSignal,
} from '../signals/signals.js';
import {hostOf, processOf} from '../system-call.js';
import {leaveTerminal} from '../terminals/job-control.js';
import {undoSemaphores} from '../ipc/sysv-semaphores.js';
import type {ExitStatus, Thread} from './thread.js';
import {createWaitQueue} from './wait-queue.js';
import {endVfork} from './vfork.js';
import {leaveQueues} from './wake.js';

/** Ended processes whose accounts are kept; the oldest are forgotten beyond this. */
const rememberedProcesses = 4096;

/** Makes a thread of a process and puts it into the run queue. */
export const addThread = (
	kernel: Kernel,
	process: Process,
	context: Context,
	options: {
		readonly mask?: SignalSet;
		readonly nice?: number;
		readonly affinity?: Thread['affinity'];
		readonly isKernelThread?: boolean;
	},
): Thread => {
	const thread: Thread = {
		tid: context.tid,
		pid: process.pid,
		context,
		name: process.name,
		state: 'ready',
		cpu: -1,
		waits: [],
		waitName: '',
		waitChannel: '',
		wakeAt: Infinity,
		call: undefined,
		wokenBy: 0,
		signals: createThreadSignals(options.mask),
		clearTid: 0,
		robustList: 0,
		accounting: createAccounting(kernel.now),
		affinity: options.affinity,
		nice: options.nice ?? 0,
		level: 0,
		sliceLeft: 0,
		hasYielded: false,
		isKernelThread: options.isKernelThread ?? false,
		exitStatus: undefined,
	};
	kernel.threads.set(thread.tid, thread);
	if (!thread.isKernelThread) kernel.census.threads[thread.state]++;
	kernel.census.taskChanges++;
	if (process.threads.length > 0) kernel.population++;
	process.threads.push(thread.tid);
	process.allThreads.push(thread.tid);
	enqueue(kernel, thread, 'new');
	return thread;
};

export const hasRoomForThread = (kernel: Kernel): boolean =>
	kernel.population < kernel.config.limits.processes;

export type NewProcess = {
	readonly host: string;
	readonly parent: number;
	readonly program: Program;
	readonly space: AddressSpace;
	readonly name: string;
	readonly argv: readonly string[];
	readonly environment: readonly string[];
	/** The root directory and an umask of 022 without. */
	readonly fs?: FileContext;
	/** Absolute path of the program; `/NAME` without. */
	readonly executable?: string;
	/** Inherited dispositions; the defaults without. */
	readonly signals?: ProcessSignals;
	readonly isKernelProcess?: boolean;
};

/** An entry of the process table without threads and descriptors, leader of a session and group of its own. */
export const createProcess = (kernel: Kernel, options: NewProcess): Process => {
	const pid = kernel.nextPid++;
	const process: Process = {
		pid,
		parent: options.parent,
		group: pid,
		session: pid,
		host: options.host,
		name: options.name,
		argv: options.argv,
		environment: options.environment,
		program: options.program,
		space: options.space,
		threads: [],
		allThreads: [],
		children: [],
		descriptors: [],
		sharesDescriptors: false,
		fs: options.fs ?? {workingDirectory: '/', umask: 0o022},
		signals: options.signals ?? forkProcessSignals(undefined),
		state: 'alive',
		isStopped: false,
		unreported: undefined,
		stopSignal: 0,
		exit: undefined,
		endPoint: undefined,
		childQueue: createWaitQueue('child', ''),
		alarmAt: 0,
		alarmInterval: 0,
		timers: new Map(),
		deathSignal: 0,
		isSubreaper: false,
		isDumpable: true,
		childCycles: 0,
		contexts: new Map(),
		executable: options.executable ?? `/${options.name}`,
		limits: new Map(),
		descriptorLimit: 1024,
		createdAt: kernel.now,
		exitSignal: signalNumbers.SIGCHLD,
		memoryOf: pid,
		hasExecuted: false,
		vforkWaiter: 0,
		isKernelProcess: options.isKernelProcess ?? false,
	};
	kernel.processes.set(pid, process);
	kernel.population++;
	kernel.processes.get(options.parent)?.children.push(pid);
	return process;
};

/** Replaces the program of a process by one that was started under a path; the calling thread is the only one left. execve(2) after its checks. */
export const exec = (
	kernel: Kernel,
	thread: Thread,
	{program, argv, path: file}: Executable,
	path: string,
	environment: readonly string[],
): void => {
	const process = processOf(kernel, thread);
	for (const tid of [...process.threads]) {
		if (tid !== thread.tid) endThread(kernel, kernel.threads.get(tid)!, {status: 0});
	}
	if (process.sharesDescriptors) unshareDescriptors(kernel, process);
	closeOnExec(kernel, process, thread);
	leaveRobustMutexes(kernel, thread);
	endVfork(kernel, process, thread);
	releaseSpace(kernel, process.space);
	process.memoryOf = process.pid;
	process.hasExecuted = true;
	process.exitSignal = signalNumbers.SIGCHLD;
	process.space = loadProgram(kernel, program);
	process.program = program;
	process.argv = argv;
	process.environment = environment;
	process.executable = file;
	process.name = path.slice(path.lastIndexOf('/') + 1);
	thread.name = process.name;
	kernel.census.taskChanges++;
	const fresh = createFirstContext(program, process.space, thread.tid, argv, environment);
	Object.assign(thread.context, {
		...fresh,
		cpuCycles: thread.context.cpuCycles,
		busyCycles: thread.context.busyCycles,
	});
	resetSignalsForExec(process, thread);
	forgetTimersForExec(process);
	process.contexts.clear();
	thread.clearTid = 0;
	markEffect(thread.context.turns);
	recordEvent(kernel, thread.tid, {kind: 'exec', path});
};

/** The timers of timer_create(2) end with the program, those of setitimer(2) don't. */
const forgetTimersForExec = ({timers}: Process): void => {
	for (const id of [...timers.keys()]) if (id >= 0) timers.delete(id);
};

const releaseSpace = (kernel: Kernel, space: AddressSpace): void => {
	if (--space.users > 0) return;
	releaseAddressSpace(space);
	forgetUnmappedObjects(kernel);
};

/** Ends one thread; the process goes on if it has others. */
export const endThread = (kernel: Kernel, thread: Thread, exit: ExitStatus): void => {
	if (thread.state === 'dead') return;
	const process = processOf(kernel, thread);
	if (thread.call) abandonCall(kernel, thread);
	leaveQueues(thread);
	if (thread.state === 'ready') dequeue(kernel, thread);
	leaveRobustMutexes(kernel, thread);
	clearChildTid(kernel, thread);
	changeState(kernel, thread, 'dead');
	thread.exitStatus = exit;
	thread.call = undefined;
	thread.waitName = '';
	process.threads.splice(process.threads.indexOf(thread.tid), 1);
	if (process.threads.length > 0) kernel.population--;
	// Only the accounts of a dead thread are of interest, and where it ended.
	const {context} = thread;
	context.registers = new Int32Array(0);
	context.doubles = new Float64Array(0);
	context.calls = context.calls.slice(0, context.depth * callWords);
	context.turns.records = [];
	context.turns.log = createChangeLog();
	recordEvent(kernel, thread.tid, {kind: 'exited', exit});
};

/** Ends a process: all threads, descriptors, memory; its children get init as parent, its own parent is told. */
export const endProcess = (kernel: Kernel, process: Process, exit: ExitStatus): void => {
	if (process.state !== 'alive') return;
	const last = kernel.threads.get(process.threads[0] ?? -1);
	process.exit = exit;
	undoSemaphores(kernel, process);
	forgetNotifications(kernel, process);
	endVfork(kernel, process, last);
	for (const tid of [...process.threads]) endThread(kernel, kernel.threads.get(tid)!, exit);
	if (process.sharesDescriptors) unshareDescriptors(kernel, process);
	closeAllDescriptors(kernel, process, last);
	releaseSpace(kernel, process.space);
	process.state = 'zombie';
	kernel.census.zombies++;
	process.isStopped = false;
	process.alarmAt = 0;
	process.timers.clear();
	leaveTerminal(kernel, process);
	const children = process.children.flatMap(pid => kernel.processes.get(pid) ?? []);
	adoptChildren(kernel, process);
	hangUpOrphans(kernel, process, children);
	const parent = kernel.processes.get(process.parent);
	const isUnwanted = process.exitSignal === signalNumbers.SIGCHLD && parent && reapsItself(parent);
	if (!parent || parent.isKernelProcess || isUnwanted) reap(kernel, process);
	notifyParent(kernel, process, 'exited');
	if (process.endPoint) pulse(kernel, process.endPoint);
};

/** Stopped processes that nobody could continue any more are told, and continued. */
const hangUpOrphans = (kernel: Kernel, process: Process, children: readonly Process[]): void => {
	for (const group of groupsOrphanedBy(kernel, process, children)) {
		for (const signal of [signalNumbers.SIGHUP, signalNumbers.SIGCONT])
			for (const member of membersOf(kernel, group))
				sendSignal(kernel, member, kernelSignal(signal));
	}
};

/** Who takes the children of a process that ends: the nearest subreaper above it, else init. */
const heirOf = (kernel: Kernel, process: Process): number => {
	const {init} = hostOf(kernel, process);
	for (
		let ancestor = kernel.processes.get(process.parent);
		ancestor && ancestor.pid !== init;
		ancestor = kernel.processes.get(ancestor.parent)
	) {
		if (ancestor.isSubreaper && ancestor.state === 'alive') return ancestor.pid;
	}
	return init;
};

const adoptChildren = (kernel: Kernel, process: Process): void => {
	const {init} = hostOf(kernel, process);
	const heir = heirOf(kernel, process);
	const orphans = process.children.splice(0);
	for (const pid of orphans) {
		const child = kernel.processes.get(pid);
		if (!child) continue;
		child.parent = heir;
		if (child.state === 'zombie' && heir === init) {
			reap(kernel, child);
			continue;
		}
		kernel.processes.get(heir)?.children.push(pid);
		if (child.state === 'zombie') notifyParent(kernel, child, 'exited');
		else if (child.deathSignal !== 0)
			sendSignal(kernel, child, userSignal(child.deathSignal, process.pid));
	}
};

/** Removes a zombie: its status has been taken, or nobody will ask for it. */
const reap = (kernel: Kernel, process: Process): void => {
	process.state = 'gone';
	kernel.census.zombies--;
	kernel.census.taskChanges++;
	kernel.population--;
	kernel.gone.push(process.pid);
	const parent = kernel.processes.get(process.parent);
	if (parent) {
		const index = parent.children.indexOf(process.pid);
		if (index !== -1) parent.children.splice(index, 1);
	}
	forgetOldest(kernel);
};

const forgetOldest = (kernel: Kernel): void => {
	if (kernel.gone.length <= 2 * rememberedProcesses) return;
	for (const pid of kernel.gone.splice(0, rememberedProcesses)) {
		for (const tid of kernel.processes.get(pid)?.allThreads ?? []) {
			kernel.threads.delete(tid);
			kernel.census.threads.dead--;
		}
		kernel.processes.delete(pid);
	}
};

/** What wait found: a change of state of a child. */
export type WaitResult = {
	readonly child: Process;
	readonly what: 'exited' | 'stopped' | 'continued';
	/** CPU cycles of the child and of its own children that it has waited for. */
	readonly cycles: number;
};

/** Which children a wait is for: any, one pid, or a process group. */
export type WaitSelector =
	| {readonly kind: 'any'}
	| {readonly kind: 'pid' | 'group'; readonly id: number};

/** Children by the signal they end with, wait(2): SIGCHLD, all others (__WCLONE), both (__WALL). */
export type WaitKind = 'plain' | 'clone' | 'all';

/**
 * Looks for a child with something to report and takes the report, unless `keep` (WNOWAIT).
 * 'ECHILD': no such child; undefined: nothing to report yet.
 */
export const takeChildReport = (
	kernel: Kernel,
	process: Process,
	selector: WaitSelector,
	want: {
		readonly exited: boolean;
		readonly stopped: boolean;
		readonly continued: boolean;
		readonly keep: boolean;
		readonly kind: WaitKind;
	},
): WaitResult | 'ECHILD' | undefined => {
	const candidates = process.children
		.map(pid => kernel.processes.get(pid))
		.filter(child => child !== undefined)
		.filter(child => selects(selector, child) && isOfKind(want.kind, child));
	if (candidates.length === 0) return 'ECHILD';
	const zombies = candidates.filter(child => child.state === 'zombie');
	const ended = want.exited
		? zombies.sort((a, b) => endOf(kernel, a) - endOf(kernel, b))[0]
		: undefined;
	if (ended) {
		const cycles = cyclesOf(kernel, ended) + ended.childCycles;
		if (!want.keep) {
			process.childCycles += cycles;
			reap(kernel, ended);
		}
		return {child: ended, what: 'exited', cycles};
	}
	const changed = candidates.find(
		child =>
			(want.stopped && child.unreported === 'stopped') ||
			(want.continued && child.unreported === 'continued'),
	);
	if (!changed) return undefined;
	const what = changed.unreported!;
	if (!want.keep) changed.unreported = undefined;
	return {child: changed, what, cycles: cyclesOf(kernel, changed) + changed.childCycles};
};

const selects = (selector: WaitSelector, child: Process): boolean => {
	switch (selector.kind) {
		case 'any':
			return true;
		case 'pid':
			return child.pid === selector.id;
		case 'group':
			return child.group === selector.id;
	}
};

const isOfKind = (kind: WaitKind, {exitSignal}: Process): boolean =>
	kind === 'all' || (exitSignal === signalNumbers.SIGCHLD) === (kind === 'plain');

const endOf = (kernel: Kernel, process: Process): number =>
	kernel.threads.get(process.pid)?.accounting.endedAt ?? 0;

const cyclesOf = (kernel: Kernel, process: Process): number =>
	process.allThreads.reduce(
		(sum, tid) => sum + (kernel.threads.get(tid)?.context.cpuCycles ?? 0),
		0,
	);

/** The int that wait(2) stores: see wait(2), WIFEXITED and friends. */
export const waitStatus = ({child, what}: WaitResult): number => {
	if (what === 'stopped') return (child.stopSignal << 8) | 0x7f;
	if (what === 'continued') return 0xffff;
	const exit = child.exit!;
	return 'status' in exit ? (exit.status & 0xff) << 8 : exit.signal & 0x7f;
};
