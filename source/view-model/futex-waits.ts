// Whom a thread that sleeps on a futex waits for, where only one thread can wake it: the owner of a mutex, and the thread
// that pthread_join(3) waits for. As in glibc a mutex knows its owner.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {framesOf} from '../machine/source-position.js';
import {type AddressSpace, findRegion} from '../vm/address-space.js';
import {readInt32} from '../vm/memory.js';

/** Where the word lies that the thread sleeps on, in its own memory. */
export const futexAddress = ({waitChannel}: Thread): number =>
	Number(waitChannel.slice(waitChannel.indexOf(':') + 1));

/** Offsets in pthread_mutex_t (bits/pthreadtypes.h of our library), whose first word is slept on. */
const ownerOffset = 8;
const robustOffset = 20;
/** A robust mutex has its owner in the word itself: FUTEX_TID_MASK, futex(2). */
const tidMask = 0x3fff_ffff;

/** The tid of the owner of the mutex that the thread waits for; undefined: it waits for no mutex, or nobody has it now. */
export const mutexOwner = (thread: Thread): number | undefined => {
	const {context} = thread;
	if (thread.waitName !== 'futex' || !isInCall(thread, 'pthread_mutex_')) return undefined;
	const address = futexAddress(thread);
	const isRobust = (readInt32(context.space, address + robustOffset) ?? 0) !== 0;
	const word = readInt32(context.space, isRobust ? address : address + ownerOffset) ?? 0;
	return (isRobust ? word & tidMask : word) || undefined;
};

/** Whether a word that a thread sleeps on is the same in the memory of another, and no copy that fork(2) has made. */
export const sharesWord = ({threads}: Kernel, thread: Thread, other: number): boolean => {
	const {space} = thread.context;
	const theirs = threads.get(other);
	if (!theirs || theirs.context.space === space) return true;
	return findRegion(space, futexAddress(thread))?.isShared ?? false;
};

/** Whether the program is in a library function with this in its name. */
const isInCall = ({context}: Thread, part: string): boolean => {
	for (const {function: info} of framesOf(context)) {
		if (!info.isLibrary) return false;
		if (info.name.includes(part)) return true;
	}
	return false;
};

/** The words that end with their thread: pthread_join(3) sleeps on the one of the thread it waits for. */
export type JoinWords = ReadonlyMap<AddressSpace, ReadonlyMap<number, number>>;

export const joinWordsOf = (kernel: Kernel): JoinWords => {
	const words = new Map<AddressSpace, Map<number, number>>();
	for (const {clearTid, context, state, tid} of kernel.threads.values()) {
		if (clearTid === 0 || state === 'dead') continue;
		const ofSpace = words.get(context.space) ?? new Map<number, number>();
		words.set(context.space, ofSpace.set(clearTid, tid));
	}
	return words;
};

/** The tid of the thread that the thread waits for in pthread_join(3). */
export const joinedThread = (kernel: Kernel, thread: Thread): number | undefined => {
	if (thread.waitName !== 'futex' || !isInCall(thread, 'join')) return undefined;
	const address = futexAddress(thread);
	return kernel.processes
		.get(thread.pid)
		?.threads.find(tid => kernel.threads.get(tid)?.clearTid === address);
};
