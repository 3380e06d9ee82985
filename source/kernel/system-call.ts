// What every system call handler uses: its type, and the way from a thread to its process and host.

import type {Host, Kernel} from './kernel.js';
import type {CallInProgress, Outcome} from './outcome.js';
import type {Process} from './process/process.js';
import type {Thread} from './process/thread.js';

/** Decodes its arguments and delegates to the kernel object; called again for the same call after a block. */
export type SystemCall = (
	kernel: Kernel,
	thread: Thread,
	args: readonly number[],
	call: CallInProgress,
) => Outcome;

/** The process a thread belongs to. */
export const processOf = (kernel: Kernel, thread: Thread): Process => {
	const process = kernel.processes.get(thread.pid);
	if (!process) throw new Error(`thread ${thread.tid} has no process`);
	return process;
};

/** The host a process lives on. */
export const hostOf = (kernel: Kernel, process: Process): Host => {
	const host = kernel.hosts.get(process.host);
	if (!host) throw new Error(`process ${process.pid} has no host`);
	return host;
};

/** Charges CPU cycles of the kernel's work to the running thread and to the CPU it is on. */
export const chargeCycles = (kernel: Kernel, thread: Thread, cycles: number): void => {
	if (thread.state !== 'running') return;
	thread.context.cpuCycles += cycles;
	const cpu = kernel.cpus[thread.cpu]!;
	cpu.clock += cycles;
	kernel.now = cpu.clock;
};
