// process_list: a system call of the machine's own, for ps(1). It fills an array of struct process_info, which
// source/tools/shared/process-list.h declares.

import {writeBytes} from '../../vm/memory.js';
import type {Kernel} from '../kernel.js';
import {done, failed} from '../outcome.js';
import type {Process} from '../process/process.js';
import {stateLetter} from '../process/process-state.js';
import {chargeCycles, processOf, type SystemCall} from '../system-call.js';

/** sizeof(struct process_info), and what is charged for filling one. */
const entrySize = 256;
const entryCycles = 16;
const pageKibibytes = 4;

/** Offsets and lengths of its strings, their final zero included. */
const strings = {wait: [48, 24], command: [72, 16], arguments: [88, 168]} as const;

const cyclesOf = (kernel: Kernel, process: Process): number =>
	process.allThreads.reduce(
		(sum, tid) => sum + (kernel.threads.get(tid)?.context.cpuCycles ?? 0),
		0,
	);

const describe = (kernel: Kernel, process: Process): Uint8Array => {
	const bytes = new Uint8Array(entrySize);
	const view = new DataView(bytes.buffer);
	const encoder = new TextEncoder();
	const first = kernel.threads.get(process.threads[0] ?? process.pid);
	const toNanoseconds = (cycles: number): bigint =>
		BigInt(Math.floor((cycles * 1e9) / kernel.config.clock));
	const put = ([offset, size]: readonly [number, number], text: string): void => {
		encoder.encodeInto(text, bytes.subarray(offset, offset + size - 1));
	};
	view.setInt32(0, process.pid, true);
	view.setInt32(4, process.parent, true);
	view.setInt32(8, process.group, true);
	view.setInt32(12, process.session, true);
	bytes[16] = stateLetter(kernel, process).charCodeAt(0);
	bytes[17] = process.isKernelProcess ? 1 : 0;
	view.setInt16(18, process.threads.length, true);
	view.setInt32(20, first?.nice ?? 0, true);
	view.setBigInt64(24, toNanoseconds(cyclesOf(kernel, process)), true);
	view.setBigInt64(32, toNanoseconds(process.createdAt), true);
	view.setBigInt64(40, BigInt(process.space.privatePages * pageKibibytes * 1024), true);
	put(strings.wait, first?.state === 'blocked' ? first.waitName : '');
	put(strings.command, process.name);
	put(strings.arguments, process.argv.join(' ') || process.name);
	return bytes;
};

const processList: SystemCall = (kernel, thread, args) => {
	const {host} = processOf(kernel, thread);
	const list = [...kernel.processes.values()].filter(
		process => process.host === host && process.state !== 'gone',
	);
	const room = Math.floor(args[1]! / entrySize);
	const shown = list.slice(0, Math.max(0, room));
	chargeCycles(kernel, thread, entryCycles * shown.length);
	for (const [index, process] of shown.entries()) {
		if (!writeBytes(thread.context, args[0]! + index * entrySize, describe(kernel, process)))
			return failed('EFAULT');
	}
	return done(list.length);
};

export const processListCalls: Readonly<Record<string, SystemCall>> = {process_list: processList};
