// What a thread waits on, in few words: as the WAITS ON column, the events and the wait graph have it.

import {pollPointsOf} from '../kernel/files/open-file.js';
import {msgExcept, type ReceiveWait} from '../kernel/ipc/sysv-messages.js';
import type {SemaphoreWait} from '../kernel/ipc/sysv-semaphores.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {nameOf} from '../kernel/syscalls/index.js';
import {libraryCall} from '../machine/source-position.js';
import {futexAddress, joinedThread} from './futex-waits.js';
import {nameSeenBy} from './variable-name.js';

/** `pipe.read pipe:7`, `futex fork_[1]`, `futex join 3/4`, `poll pipe:7 pipe:10`, `msgrcv msg:0 type 2`; '' when not blocked. */
export const waitWords = (kernel: Kernel, thread: Thread): string =>
	thread.state === 'blocked' ? `${thread.waitName} ${objectWords(kernel, thread)}`.trimEnd() : '';

const objectWords = (kernel: Kernel, thread: Thread): string => {
	const {waitName, waitChannel, pid} = thread;
	switch (waitName) {
		case 'futex': {
			const joined = joinedThread(kernel, thread);
			return joined === undefined ? futexWords(thread) : `join ${pid}/${joined}`;
		}

		case 'poll':
		case 'select':
		case 'epoll':
			return polledChannels(thread).join(' ');
		case 'msgrcv':
			return `${waitChannel} ${typeWords(thread)}`.trimEnd();
		case 'semop':
			return semaphoreWait(thread)?.name ?? waitChannel;
		default:
			return waitChannel;
	}
};

/** The lock's name in the program, or else its address. */
const futexWords = (thread: Thread): string => {
	const address = futexAddress(thread);
	return nameSeenBy(thread, address) ?? `0x${address.toString(16)}`;
};

/** The channel of a wait; of a lock in memory also its name in the program: `fork_[1] (futex:0x10021e0)`. */
export const channelWords = (thread: Thread): string => {
	const {waitName, waitChannel} = thread;
	if (waitName === 'semop') return semaphoreWait(thread)?.name ?? waitChannel;
	const name = waitName === 'futex' ? nameSeenBy(thread, futexAddress(thread)) : undefined;
	return name === undefined ? waitChannel : `${name} (${waitChannel})`;
};

/** The function that the program called: `waitpid`, `pthread_cond_wait`; without the library the system call. */
export const callWords = ({context, call}: Thread): string => {
	const called = libraryCall(context);
	if (called !== '' && !called.startsWith('_')) return called;
	return call ? nameOf(call.number) : '';
};

/** What poll(2) and its like wait for, each channel once. */
export const polledChannels = ({waits}: Thread): readonly string[] => [
	...new Set(
		waits.flatMap(({channel}) => (channel === '' || channel.startsWith('epoll:') ? [] : [channel])),
	),
];

/** The descriptors behind these. */
export const polledDescriptors = (kernel: Kernel, {pid, waits}: Thread): readonly number[] => {
	const rows = new Set(waits.map(({waiters}) => waiters));
	const descriptors = kernel.processes.get(pid)?.descriptors ?? [];
	return descriptors.flatMap((descriptor, fd) => {
		const file = descriptor?.file;
		if (!file || file.thing.kind === 'epoll') return [];
		// All three standard streams are the one terminal; only the first is read.
		if (file.thing.kind === 'console' && file.thing.stream !== 0) return [];
		return pollPointsOf(kernel, file, 0).some(({queue}) => rows.has(queue.waiters)) ? [fd] : [];
	});
};

const isWait = <Wait extends {readonly kind: string}>(
	memo: unknown,
	kind: Wait['kind'],
): memo is Wait =>
	typeof memo === 'object' && memo !== null && 'kind' in memo && memo.kind === kind;

/** `type 2`, `type 1..5` of a negative one, `not type 2` of MSG_EXCEPT; '' for any. */
export const typeWords = ({call}: Thread): string => {
	const memo = call?.memo;
	if (!isWait<ReceiveWait>(memo, 'msgrcv')) return '';
	const {type, flags} = memo.selector;
	if (type === 0) return '';
	if (type < 0) return `type 1..${-type}`;
	return (flags & msgExcept) === 0 ? `type ${type}` : `not type ${type}`;
};

/** What semop(2) waits for: the semaphore of the set, its value, and how far it has to rise (0: it has to become 0). */
export const semaphoreWait = (
	thread: Thread,
): {readonly name: string; readonly value: number; readonly needed: number} | undefined => {
	const memo = thread.call?.memo;
	if (!isWait<SemaphoreWait>(memo, 'semop')) return undefined;
	const {set, blockedBy} = memo;
	const {number, change} = blockedBy;
	return {
		name: set.values.length === 1 ? thread.waitChannel : `${thread.waitChannel}[${number}]`,
		value: set.values[number] ?? 0,
		needed: Math.max(0, -change),
	};
};
