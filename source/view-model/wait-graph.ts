// Who waits for whom, and who therefore waits for ever. A blocked thread can go on if somebody who can still run could end
// its wait; whoever is left when nobody can be added any more is in a deadlock. Waits that the outside can end (console,
// network, signals, timers, disk) never count as one.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/thread.js';
import {type DescriptorIndex, indexDescriptors, pipeHolders} from './channels.js';
import {processName, threadName} from './accounts.js';
import {type Language, say} from './language.js';
import {findPipe} from './pipes.js';

/** The pids whose threads could end a thread's wait; undefined: somebody outside could. */
const wakers = (
	kernel: Kernel,
	index: DescriptorIndex,
	thread: Thread,
): ReadonlySet<number> | undefined => {
	if (Number.isFinite(thread.wakeAt)) return undefined;
	switch (thread.waitName) {
		case 'pipe.read':
		case 'pipe.write': {
			const pipe = findPipe(kernel, thread.waitChannel);
			if (!pipe) return undefined;
			const end = thread.waitName === 'pipe.read' ? 'writes' : 'reads';
			return new Set(pipeHolders(kernel, index, pipe, end).map(holder => holder.pid));
		}

		case 'child':
			return new Set(kernel.processes.get(thread.pid)?.children ?? []);
		case 'futex':
			return sharersOf(kernel, thread);
		default:
			return undefined;
	}
};

/** Processes that could change a futex word of the thread: those with the same memory, or a shared mapping of it. */
const sharersOf = (kernel: Kernel, thread: Thread): ReadonlySet<number> => {
	const {space} = thread.context;
	const objects = new Set(
		space.regions.flatMap(({isShared, object}) => (isShared && object ? [object] : [])),
	);
	const pids = new Set<number>();
	for (const process of kernel.processes.values()) {
		if (process.state !== 'alive') continue;
		const isSharer =
			process.space === space ||
			process.space.regions.some(
				({isShared, object}) => isShared && object !== undefined && objects.has(object),
			);
		if (isSharer) pids.add(process.pid);
	}
	return pids;
};

/** Threads that wait for each other for ever, in order of creation; empty when there are none. */
export const deadlockedThreads = (kernel: Kernel): readonly Thread[] => {
	const blocked = [...kernel.threads.values()].filter(
		thread => thread.state === 'blocked' && !thread.isKernelThread,
	);
	if (blocked.length === 0) return [];
	const index = indexDescriptors(kernel);
	const waits = new Map(blocked.map(thread => [thread, wakers(kernel, index, thread)]));
	const live = new Set<number>();
	for (const thread of kernel.threads.values()) {
		if (thread.state === 'running' || thread.state === 'ready' || thread.state === 'stopped')
			live.add(thread.pid);
	}
	let stuck = blocked;
	for (;;) {
		const freed = stuck.filter(thread => {
			const by = waits.get(thread);
			return by === undefined || [...by].some(pid => live.has(pid));
		});
		if (freed.length === 0) return stuck;
		for (const thread of freed) live.add(thread.pid);
		stuck = stuck.filter(thread => !freed.includes(thread));
	}
};

/** `Deadlock: a(3) waits for b(4); b(4) waits for a(3)`: the members of a deadlock in words; '' when there is none. */
export const deadlockSentence = (kernel: Kernel, language: Language): string => {
	const stuck = deadlockedThreads(kernel);
	if (stuck.length === 0) return '';
	const index = indexDescriptors(kernel);
	const sentences = stuck.map(thread => {
		const others = [...(wakers(kernel, index, thread) ?? [])].map(pid => processName(kernel, pid));
		const names = others.length > 0 ? others.join(', ') : say(language, 'why.nobody');
		return say(language, 'deadlock.waits', {who: threadName(kernel, thread.tid), others: names});
	});
	return say(language, 'message.deadlock', {text: sentences.join('; ')});
};
