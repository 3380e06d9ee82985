// Who could end a wait on a word of memory, futex(2): the owner of a mutex, the thread that is joined, or else all that could
// change the word.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import type {Thread} from '../kernel/process/thread.js';
import {findRegion} from '../vm/address-space.js';
import {futexAddress, joinWordsOf, mutexOwner, sharesWord} from './futex-waits.js';
import {everybodyOn, type Finder, keptIn, noTids, threadsIn, type Wakers} from './waker-finder.js';

/** The thread that is joined, the owner of a mutex, or else all that could change the word. */
export const futexWakers = (finder: Finder, thread: Thread, process: Process): Wakers => {
	finder.joinWords ??= joinWordsOf(finder.kernel);
	const joined = finder.joinWords.get(thread.context.space)?.get(futexAddress(thread));
	if (joined !== undefined)
		return keptIn(finder.byName, `thread ${joined}`, () => ({tids: new Set([joined])}));
	const sharers = memoryWakers(finder, thread, process);
	const owner = mutexOwner(thread);
	if (owner === undefined) return sharers;
	// It is for the owner to let go. Where that has ended, or waits here itself, others would have to; what fork(2) has copied
	// its owner can't even reach.
	const others = sharers.others ?? [sharers.tids];
	if (!sharesWord(finder.kernel, thread, owner)) return {tids: noTids, others};
	if (owner === thread.tid || !sharers.tids.has(owner)) return {tids: new Set([owner]), others};
	return keptIn(finder.byName, `thread ${owner}`, () => ({tids: new Set([owner])}));
};

/** Who could change the word that a thread sleeps on: those with the same memory, or a shared mapping of that place. */
const memoryWakers = (finder: Finder, thread: Thread, {host}: Process): Wakers => {
	const {space} = thread.context;
	const region = findRegion(space, futexAddress(thread));
	const object = region?.isShared ? region.object : undefined;
	return keptIn(finder.byMemory, object ?? space, () => {
		finder.sharers ??= sharersIn(finder.kernel);
		const tids = threadsIn(finder.kernel, finder.sharers.get(object ?? space) ?? []);
		// What has a name can be mapped by others, too: files, POSIX and System V shared memory.
		return object && !object.name.startsWith('anon:')
			? {tids, whoever: 'whoever.maps', others: [everybodyOn(finder, host)]}
			: {tids};
	});
};

const sharersIn = ({processes}: Kernel): ReadonlyMap<object, readonly number[]> => {
	const found = new Map<object, number[]>();
	for (const {pid, space, state} of processes.values()) {
		if (state !== 'alive') continue;
		const objects = new Set<object>([space]);
		for (const {isShared, object} of space.regions) if (isShared && object) objects.add(object);
		for (const object of objects) keptIn(found, object, (): number[] => []).push(pid);
	}
	return found;
};
