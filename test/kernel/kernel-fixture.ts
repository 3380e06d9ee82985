// A kernel without processors for tests of single objects: threads that call handlers by hand, and block as the
// dispatcher would make them.

import {createAccounting} from '../../source/kernel/process/accounting.js';
import {createConsole} from '../../source/kernel/files/console.js';
import {createEventLog} from '../../source/kernel/trace/events.js';
import {createFileSystem} from '../../source/kernel/files/file-system.js';
import type {Kernel} from '../../source/kernel/kernel.js';
import type {CallInProgress, Outcome} from '../../source/kernel/outcome.js';
import type {Process} from '../../source/kernel/process/process.js';
import {createIpc} from '../../source/kernel/ipc/sysv.js';
import {createCensus} from '../../source/kernel/process/census.js';
import {createScheduler} from '../../source/kernel/process/scheduler.js';
import {createThreadSignals} from '../../source/kernel/signals/signal-state.js';
import type {SystemCall} from '../../source/kernel/system-call.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {createWaitQueue} from '../../source/kernel/process/wait-queue.js';
import {sleepOn} from '../../source/kernel/process/wake.js';
import {emptyProgram} from '../../source/machine/empty-program.js';
import {addRegion, createAddressSpace, privateRegion} from '../../source/vm/address-space.js';
import {createContext} from '../../source/vm/context.js';
import {writeBytes} from '../../source/vm/memory.js';

/** Where every process of these tests has 64 KiB of memory. */
export const scratch = 0x100_0000;
const scratchSize = 0x1_0000;

export const createTestKernel = (limits: Partial<Kernel['config']['limits']> = {}): Kernel => {
	const kernel = {
		config: {
			cpus: 1,
			quantum: 10_000,
			seed: 1,
			clock: 10_000_000,
			scheduler: 'round-robin',
			limits: {
				processPages: 4096,
				machinePages: 16_384,
				processes: 100,
				openFiles: 1000,
				output: 100_000,
				...limits,
			},
		},
		now: 0,
		actor: 0,
		sequence: 0,
		nextPid: 1,
		nextObject: 1,
		random: 12_345,
		hosts: new Map(),
		processes: new Map(),
		threads: new Map(),
		cpus: [{clock: 0}],
		scheduler: createScheduler(),
		timers: [],
		openFiles: new Map(),
		asyncFiles: new Map(),
		pulsed: [],
		pipes: new Map(),
		census: createCensus(),
		watches: [],
		terminals: new Map(),
		memoryObjects: new Map(),
		pageBudget: {used: 0, limit: 16_384},
		console: createConsole([false, false, false]),
		events: createEventLog(true, 1000),
		programs: new Map(),
		watchedVariables: [],
		faults: [],
		notices: [],
		outputBytes: 0,
	} as unknown as Kernel;
	kernel.hosts.set('alpha', {
		name: 'alpha',
		fileSystem: createFileSystem('alpha'),
		ipc: createIpc(),
	} as never);
	return kernel;
};

/** A process with one thread, which is `blocked` nowhere and `ready` for nothing: tests make its calls. */
export const addTestProcess = (kernel: Kernel, host = 'alpha'): Thread => {
	const pid = kernel.nextPid++;
	const space = createAddressSpace(0x200_0000, 4096, kernel.pageBudget);
	addRegion(space, privateRegion(scratch, scratch + scratchSize, 'scratch'));
	const process: Process = {
		pid,
		parent: 0,
		group: pid,
		session: pid,
		host,
		name: 'test',
		argv: [],
		environment: [],
		program: emptyProgram,
		space,
		threads: [pid],
		allThreads: [pid],
		children: [],
		descriptors: [],
		sharesDescriptors: false,
		fs: {workingDirectory: '/', umask: 0o022},
		signals: {actions: [], pending: []},
		state: 'alive',
		isStopped: false,
		unreported: undefined,
		stopSignal: 0,
		exit: undefined,
		endPoint: undefined,
		childQueue: createWaitQueue('child'),
		alarmAt: 0,
		alarmInterval: 0,
		timers: new Map(),
		deathSignal: 0,
		isSubreaper: false,
		isDumpable: true,
		exitSignal: 17,
		memoryOf: pid,
		hasExecuted: false,
		vforkWaiter: 0,
		childCycles: 0,
		executable: '/test',
		contexts: new Map(),
		limits: new Map(),
		descriptorLimit: 64,
		createdAt: 0,
		isKernelProcess: false,
	};
	const context = createContext({
		program: emptyProgram,
		space,
		tid: pid,
		sp: scratch,
		stackLow: scratch,
	});
	const thread: Thread = {
		tid: pid,
		pid,
		context,
		name: 'test',
		state: 'running',
		cpu: 0,
		waits: [],
		waitName: '',
		waitChannel: '',
		wakeAt: Infinity,
		call: undefined,
		wokenBy: 0,
		signals: createThreadSignals(),
		clearTid: 0,
		robustList: 0,
		accounting: createAccounting(0),
		affinity: undefined,
		nice: 0,
		level: 0,
		sliceLeft: 0,
		hasYielded: false,
		isKernelThread: false,
		exitStatus: undefined,
	};
	kernel.processes.set(pid, process);
	kernel.threads.set(pid, thread);
	kernel.census.threads.running++;
	return thread;
};

/** A call that a thread makes; `retry` makes it again after it was woken. */
export type TestCall = {outcome: Outcome; retry: () => Outcome};

/** Makes a system call. If it blocks, the thread sleeps in its queues. */
export const makeCall = (
	kernel: Kernel,
	thread: Thread,
	handler: SystemCall,
	args: readonly number[],
): TestCall => {
	const call: CallInProgress = {
		number: 0,
		args: [...args, 0, 0, 0, 0, 0, 0].slice(0, 6),
		since: kernel.now,
		tries: 0,
		count: 0,
		isInterrupted: false,
	};
	const attempt = (): Outcome => {
		thread.state = 'running';
		kernel.cpus[0]!.clock = kernel.now;
		thread.call = call;
		const outcome = handler(kernel, thread, call.args, call);
		call.tries++;
		if (outcome.kind === 'blocked') sleepOn(kernel, thread, outcome.on, outcome.until);
		else thread.call = undefined;
		return outcome;
	};
	const result: TestCall = {
		outcome: attempt(),
		retry: () => {
			result.outcome = attempt();
			return result.outcome;
		},
	};
	return result;
};

/** Makes a call that must not block, and gives its value or its errno. */
export const callNow = (
	kernel: Kernel,
	thread: Thread,
	handler: SystemCall | undefined,
	...args: readonly number[]
): number | string => {
	const {outcome} = makeCall(kernel, thread, handler!, args);
	if (outcome.kind === 'done') return outcome.value;
	return outcome.kind === 'failed' ? outcome.errno : outcome.kind;
};

/** Puts a string into the thread's memory and gives its address. */
export const putString = (thread: Thread, text: string, at = scratch + 0x8000): number => {
	writeBytes(thread.context, at, new TextEncoder().encode(`${text}\0`));
	return at;
};

/** Whether each thread stands in the queues it waits for, and in no other. */
export const isBlocked = (thread: Thread): boolean =>
	thread.state === 'blocked' && thread.waits.every(queue => queue.waiters.includes(thread.tid));
