// Building a machine from its setup: hosts with their file systems, init and [kio], and the scenario's processes.

import {createEventLog, recordEvent} from '../kernel/trace/events.js';
import {blockDeviceServe} from '../kernel/files/block-device.js';
import {createConsole} from '../kernel/files/console.js';
import {
	addProgramFile,
	addRegularFile,
	addToolFile,
	createFileSystem,
} from '../kernel/files/file-system.js';
import {programNamed} from '../kernel/process/executable.js';
import {isPacked} from '../bytecode/program-image.js';
import {createFutexes} from '../kernel/ipc/futex.js';
import {type Kernel, scatterSeed} from '../kernel/kernel.js';
import {createMessageQueues} from '../kernel/ipc/message-queue.js';
import {createNetwork} from '../kernel/network/network.js';
import {openStandardStreams} from '../kernel/process/descriptors.js';
import {addThread, createProcess} from '../kernel/process/process-life.js';
import {createFirstContext, loadProgram} from '../kernel/process/process-image.js';
import {createCensus} from '../kernel/process/census.js';
import {createScheduler} from '../kernel/process/scheduler.js';
import {createIpc} from '../kernel/ipc/sysv.js';
import {createAddressSpace} from '../vm/address-space.js';
import {createContext} from '../vm/context.js';
import {emptyProgram} from './empty-program.js';
import type {Machine} from './machine.js';
import {defaultEnvironment, type MachineSetup, type ProcessSetup} from './setup.js';

/** Builds the machine; nothing has run yet. */
export const createMachine = (setup: MachineSetup): Machine => {
	const {config} = setup;
	const kernel: Kernel = {
		config,
		now: 0,
		actor: 0,
		sequence: 0,
		nextPid: 1,
		nextObject: 1,
		random: scatterSeed(config.seed),
		hosts: new Map(),
		processes: new Map(),
		threads: new Map(),
		population: 0,
		census: createCensus(),
		gone: [],
		cpus: Array.from({length: config.cpus}, (_, id) => ({
			id,
			clock: 0,
			thread: 0,
			lastThread: 0,
			lastReason: 'idle' as const,
			useful: 0,
			busy: 0,
			idle: 0,
			contextSwitches: 0,
		})),
		scheduler: createScheduler(),
		timers: [],
		openFiles: new Map(),
		asyncFiles: new Map(),
		pulsed: [],
		pipes: new Map(),
		pageBudget: {used: 0, limit: config.limits.machinePages},
		memoryObjects: new Map(),
		futexes: createFutexes(),
		network: createNetwork(setup.hosts, setup.links),
		watches: [],
		terminals: new Map(),
		console: createConsole(setup.isTerminal),
		events: createEventLog(setup.recordEvents, setup.eventLimit),
		programs: new Map(setup.programs),
		watchedVariables: setup.watch ?? [],
		faults: [],
		notices: [],
		outputBytes: 0,
	};
	for (const host of setup.hosts) bootHost(kernel, setup, host.name, host.address);
	return {
		kernel,
		toStart: setup.processes.map(process => ({...process})).sort((a, b) => a.at - b.at),
		started: [],
		currentCpu: 0,
		windowEnd: config.cpus === 1 ? Infinity : lockStep,
	};
};

/** The first lock step's end, in cycles. */
const lockStep = 32;

const bootHost = (kernel: Kernel, setup: MachineSetup, name: string, address: string): void => {
	const fileSystem = createFileSystem(name);
	kernel.hosts.set(name, {
		name,
		address,
		fileSystem,
		ipc: createIpc(),
		messageQueues: createMessageQueues(),
		init: kernel.nextPid,
	});
	let tools = 0;
	for (const [path, program] of setup.programs) {
		if (isPacked(program)) addToolFile(fileSystem, path, tools++);
		else addProgramFile(kernel, fileSystem, path);
	}
	for (const file of setup.files) {
		if (file.host !== undefined && file.host !== name) continue;
		addRegularFile(kernel, fileSystem, file.path, file.data, {isCold: true});
	}
	addHostsFile(kernel, setup, name);
	createKernelProcess(kernel, name, 'init', 0);
	startDiskThread(kernel, name);
};

const addHostsFile = (kernel: Kernel, setup: MachineSetup, name: string): void => {
	const {fileSystem} = kernel.hosts.get(name)!;
	const lines = [
		'127.0.0.1\tlocalhost',
		...setup.hosts.map(host => `${host.address}\t${host.name}`),
	];
	const text = (content: string): Uint8Array => new TextEncoder().encode(content);
	addRegularFile(kernel, fileSystem, '/etc/hosts', text(`${lines.join('\n')}\n`), {isCold: false});
	addRegularFile(kernel, fileSystem, '/etc/hostname', text(`${name}\n`), {isCold: false});
};

/** A process without a program: init, which only adopts orphans, and the owner of [kio]. */
const createKernelProcess = (kernel: Kernel, host: string, name: string, parent: number) =>
	createProcess(kernel, {
		host,
		parent,
		program: emptyProgram,
		space: createAddressSpace(0, 0, kernel.pageBudget),
		name,
		argv: [name],
		environment: [],
		isKernelProcess: true,
	});

/** The I/O process: it moves blocks between the disk and the page cache, and sleeps until there is work. */
const startDiskThread = (kernel: Kernel, host: string): void => {
	const process = createKernelProcess(kernel, host, '[kio]', 0);
	const context = createContext({
		program: emptyProgram,
		space: process.space,
		tid: process.pid,
		sp: 0,
		stackLow: 0,
	});
	const thread = addThread(kernel, process, context, {isKernelThread: true});
	thread.call = {
		number: blockDeviceServe,
		args: [],
		since: 0,
		tries: 0,
		count: 0,
		isInterrupted: false,
	};
};

/** Starts a process of the scenario, a child of init, with the console as descriptors 0, 1 and 2. Its pid. */
export const startProcess = (kernel: Kernel, setup: ProcessSetup): number => {
	const program = programNamed(kernel, setup.program);
	if (!program) throw new Error(`no program ${setup.program}`);
	const host = kernel.hosts.get(setup.host);
	if (!host) throw new Error(`no host ${setup.host}`);
	const environment = setup.environment ?? defaultEnvironment;
	const space = loadProgram(kernel, program);
	const process = createProcess(kernel, {
		host: setup.host,
		parent: host.init,
		program,
		space,
		name: setup.program.slice(setup.program.lastIndexOf('/') + 1),
		argv: setup.argv,
		environment,
	});
	openStandardStreams(kernel, process);
	const context = createFirstContext(program, space, process.pid, setup.argv, environment);
	addThread(kernel, process, context, {});
	recordEvent(kernel, process.pid, {
		kind: 'created',
		parent: host.init,
		command: setup.argv.join(' '),
		what: 'process',
	});
	return process.pid;
};
