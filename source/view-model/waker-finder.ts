// What the search for those who could end a wait finds out only once: sets of threads, of which those who wait at one place
// have the same.

import type {OpenFile} from '../kernel/files/open-file.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Pipe} from '../kernel/pipes/pipe.js';
import {descriptorIndex, holderChanges} from './channels.js';
import type {JoinWords} from './futex-waits.js';
import {perChange} from './observed.js';
import type {StringKey} from './strings.js';
import {placesOf} from './wait-places.js';

export type Tids = ReadonlySet<number>;

/** Who could end a wait at one place. Who wait at one place have the same object, or one with the same sets. */
export type Wakers = {
	/** Those that what they have lets end it: the other end of a pipe, a lock. */
	readonly tids: Tids;
	/** Who it takes where nobody has that yet. */
	readonly whoever?: StringKey;
	/** These, and who could come to have it or end the wait in another way: who is looked at in the search for deadlocks. */
	readonly others?: readonly Tids[];
	/** It ends without any of them: a time, the disk, a packet under way, the user's keyboard. */
	readonly endsByItself?: boolean;
	/** The network may yet bring, or break off, what is waited for. */
	readonly mayEndByItself?: boolean;
	/** All of them have to let go. */
	readonly needsAll?: boolean;
};

/** Nobody's tids, that stand for who is no thread: packets under way, and processes that the scenario starts later. */
export const packetTid = 0;
export const comingTid = -1;

/** What one look at a kernel finds out only once. */
export type Finder = {
	readonly kernel: Kernel;
	readonly byWaiters: Map<readonly number[], Wakers>;
	/** Who listens or talks on a channel of the radio, or is joined, or owns a mutex. */
	readonly byName: Map<string, Wakers>;
	/** Those who need not have anything yet, by host. */
	readonly whoever: Map<string, Map<StringKey, Wakers>>;
	/** By what is shared: a memory object, or the memory of a process. */
	readonly byMemory: Map<object, Wakers>;
	/** All threads of programs on a host, and those to come; of '' those of all hosts, and the network. */
	readonly everybody: Map<string, Tids>;
	joinWords: JoinWords | undefined;
	/** Processes by what they share: memory objects, and their whole memory. */
	sharers: ReadonlyMap<object, readonly number[]> | undefined;
	/** Those of a set that have not ended. */
	readonly living: Map<Tids, Living>;
	/** `host protocol port` of the packets under way, and whether one of them brings more than an acknowledgement. */
	arriving: ReadonlyMap<string, boolean> | undefined;
};

export type Living = {
	readonly threads: readonly number[];
	/** How many threads of each process. */
	readonly threadsByPid: ReadonlyMap<number, number>;
};

export const createFinder = (kernel: Kernel): Finder => ({
	kernel,
	byWaiters: new Map(),
	byName: new Map(),
	whoever: new Map(),
	byMemory: new Map(),
	everybody: new Map(),
	living: new Map(),
	joinWords: undefined,
	sharers: undefined,
	arriving: undefined,
});

export const keptIn = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
	const known = map.get(key);
	if (known !== undefined) return known;
	const value = make();
	map.set(key, value);
	return value;
};

export const noTids: Tids = new Set();

/** Somebody on the host (of '': on any) who need not have anything yet. */
export const whoeverOf = (finder: Finder, host: string, whoever: StringKey): Wakers =>
	keptIn(
		keptIn(finder.whoever, host, () => new Map<StringKey, Wakers>()),
		whoever,
		() => ({tids: noTids, whoever, others: [everybodyOn(finder, host)]}),
	);

export const everybodyOn = ({kernel, everybody}: Finder, host: string): Tids =>
	keptIn(everybody, host, () => {
		const tids = new Set(host === '' ? [comingTid, packetTid] : [comingTid]);
		for (const process of kernel.processes.values()) {
			if (process.state !== 'alive' || process.isKernelProcess) continue;
			if (host === '' || process.host === host) for (const tid of process.threads) tids.add(tid);
		}
		return tids;
	});

export const threadsIn = ({processes}: Kernel, pids: Iterable<number>): Tids => {
	const tids = new Set<number>();
	for (const pid of pids) for (const tid of processes.get(pid)?.threads ?? []) tids.add(tid);
	return tids;
};

/** The threads of the processes that have an object open. */
export const holdersOf = ({kernel}: Finder, object: object): Tids =>
	keptIn(heldBy(kernel).by, object, () => holdersBy(kernel, object, () => true));

/** What has been found out of these, until anything is opened or closed and anybody comes or goes. */
export const heldBy = perChange(holderChanges, () => ({
	by: new Map<object, Tids>(),
	reads: new Map<Pipe, Tids>(),
	writes: new Map<Pipe, Tids>(),
}));

/** By those descriptions only that are meant. */
export const holdersBy = (
	kernel: Kernel,
	object: object,
	isMeant: (file: OpenFile) => boolean,
): Tids => {
	const index = descriptorIndex(kernel);
	const files = (placesOf(kernel).files.get(object) ?? []).filter(isMeant);
	return threadsIn(
		kernel,
		files.flatMap(({id}) => (index.get(id) ?? []).map(({pid}) => pid)),
	);
};

/** An open file that no process has: it is in a message that somebody may still receive, unix(7). */
export const isUnderWay = ({kernel}: Finder, object: object): boolean => {
	const index = descriptorIndex(kernel);
	return (placesOf(kernel).files.get(object) ?? []).some(({id}) => !index.has(id));
};
