// poll(2), select(2) and their variants: one look at a list of files, and the queues to sleep in if none is ready.

import type {Kernel} from '../kernel.js';
import {type OpenFile, pollPointsOf, readiness} from '../files/open-file.js';
import {pollError, pollHangUp, pollInvalid} from '../files/file-operations.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';

/** A struct pollfd; `file` is undefined for a closed descriptor. */
export type PollEntry = {
	readonly descriptor: number;
	readonly events: number;
	readonly file: OpenFile | undefined;
};

/** What is returned in revents, by entry. Negative descriptors are skipped, closed ones give POLLNVAL. */
export const pollOnce = (kernel: Kernel, entries: readonly PollEntry[]): number[] =>
	entries.map(({descriptor, events, file}) => {
		if (descriptor < 0) return 0;
		if (!file) return pollInvalid;
		return readiness(kernel, file) & (events | pollError | pollHangUp);
	});

/** Where to sleep until one of the files may have become ready; never empty, so that the wait has a name. */
export const pollQueues = (
	kernel: Kernel,
	entries: readonly PollEntry[],
	name: string,
): readonly WaitQueue[] => {
	const queues = new Set<WaitQueue>();
	for (const {descriptor, events, file} of entries) {
		if (descriptor < 0 || !file) continue;
		for (const {queue} of pollPointsOf(kernel, file, events)) queues.add(queue);
	}
	const channels = [...queues].map(queue => queue.channel).filter(channel => channel !== '');
	return [createWaitQueue(name, channels.length === 1 ? channels[0] : ''), ...queues];
};
