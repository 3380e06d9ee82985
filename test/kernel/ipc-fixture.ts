// The test kernel with futexes, System V objects and message queues, and what their tests read and write.

import {createFutexes} from '../../source/kernel/ipc/futex.js';
import type {Kernel} from '../../source/kernel/kernel.js';
import {createMessageQueues} from '../../source/kernel/ipc/message-queue.js';
import {createIpc} from '../../source/kernel/ipc/sysv.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {readBytes, writeBytes, writeInt32, writeInt64} from '../../source/vm/memory.js';
import {addTestProcess, createTestKernel, scratch} from './kernel-fixture.js';

export const createIpcKernel = (): Kernel => {
	const kernel = createTestKernel();
	Object.assign(kernel, {futexes: createFutexes()});
	const host = kernel.hosts.get('alpha')!;
	Object.assign(host, {ipc: createIpc(), messageQueues: createMessageQueues(), init: 1});
	return kernel;
};

/** Another thread of the same process. */
export const addTestThread = (kernel: Kernel, sibling: Thread): Thread => {
	const thread = addTestProcess(kernel);
	const process = kernel.processes.get(sibling.pid)!;
	kernel.processes.delete(thread.pid);
	Object.assign(thread, {pid: sibling.pid});
	thread.context.space = process.space;
	process.threads.push(thread.tid);
	return thread;
};

/** Stores numbers of so many bytes each in the thread's memory, and gives the address. */
export const put = (
	thread: Thread,
	width: 2 | 4 | 8,
	values: readonly number[],
	at = scratch,
): number => {
	if (width === 2) {
		writeBytes(thread.context, at, new Uint8Array(Int16Array.from(values).buffer));
		return at;
	}
	const write = width === 4 ? writeInt32 : writeInt64;
	values.forEach((value, index) => void write(thread.context, at + width * index, value));
	return at;
};

/** Text in the thread's memory. */
export const textAt = (thread: Thread, address: number, length: number): string =>
	new TextDecoder().decode(readBytes(thread.context.space, address, length));
