// What a machine is made of before it runs: everything a scenario says, compiled. A machine built twice from one setup
// runs the same, cycle by cycle.

import type {Program} from '../bytecode/program.js';
import type {PackedProgram} from '../bytecode/program-image.js';
import type {Limits, MachineConfig} from '../kernel/kernel.js';

export {schedulerNames, type SchedulerName} from '../kernel/process/scheduler-names.js';

export type HostSetup = {readonly name: string; readonly address: string};

/** A link joins two hosts; latency and jitter in cycles, loss from 0 to 1. */
export type LinkSetup = {
	readonly between: readonly [string, string];
	readonly latency: number;
	readonly jitter: number;
	readonly loss: number;
};

/** A file that exists at boot; on every host unless one is named. Its blocks are not in the page cache. */
export type FileSetup = {readonly path: string; readonly data: Uint8Array; readonly host?: string};

export type ProcessSetup = {
	/** Path of its program in `programs`. */
	readonly program: string;
	readonly host: string;
	readonly argv: readonly string[];
	readonly environment?: readonly string[];
	/** The cycle it starts at. */
	readonly at: number;
};

export type MachineSetup = {
	readonly config: MachineConfig;
	readonly hosts: readonly HostSetup[];
	readonly links: readonly LinkSetup[];
	readonly files: readonly FileSetup[];
	/** Programs by absolute path, as exec finds them; on every host. Packed ones are the tools of /bin. */
	readonly programs: ReadonlyMap<string, Program | PackedProgram>;
	readonly processes: readonly ProcessSetup[];
	/** What isatty(3) says of descriptors 0, 1 and 2. */
	readonly isTerminal: readonly [boolean, boolean, boolean];
	/** Whether the event log is kept, and how many events of it. */
	readonly recordEvents: boolean;
	readonly eventLimit: number;
	/** C lvalues of variables whose writers are recorded from the start. */
	readonly watch?: readonly string[];
};

export const defaultLimits: Limits = {
	processPages: 65_536,
	machinePages: 131_072,
	processes: 12_000,
	openFiles: 65_536,
	output: 64 * 1024 * 1024,
};

export const defaultConfig: MachineConfig = {
	cpus: 1,
	quantum: 10_000,
	seed: 1,
	clock: 10_000_000,
	scheduler: 'round-robin',
	limits: defaultLimits,
};

/**
 * Variables of the environment that every process starts with: those that login(1) sets and environ(7) lists, for the
 * user of passwd(5). What programs print is shown as it comes, so the terminal is one that understands no sequences.
 */
export const defaultEnvironment: readonly string[] = [
	'SHELL=/bin/sh',
	'PWD=/',
	'LOGNAME=user',
	'HOME=/home/user',
	'LANG=C',
	'TERM=dumb',
	'USER=user',
	'PATH=/bin:/usr/bin',
];
