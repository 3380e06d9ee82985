// Whom a thread waits for, by name: other threads where memory is the place, processes else.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {processName, threadName} from './accounts.js';
import {type Language, say} from './language.js';
import {joinNames} from './name-list.js';
import {type Finder, keptIn, type Living, type Tids} from './waker-finder.js';
import {wakersOf} from './wakers.js';

/** Names that a sentence has room for. */
const sentenceNames = 8;

/**
 * `a(3) or b(4)`: who could end its wait; where nobody has what it takes, who would have to come (`whoever sends`); itself if it
 * alone could. '': nobody could. Of those that it may share something with it is not the one that wakes itself.
 */
export const awaitedNames = (
	finder: Finder,
	thread: Thread,
	language: Language,
	limit = sentenceNames,
): string => {
	const {names, count, words, isOwn, endsByItself, word} = whoCould(
		finder,
		thread,
		language,
		limit,
	);
	const all = [...names, ...words];
	if (all.length === 0 && isOwn && !endsByItself) return nameIn(finder, thread, ownId(thread));
	return joinNames(all, word, language, count + words.length);
};

/** Those who have what it takes only; '' for nobody else. */
export const holderNames = (finder: Finder, thread: Thread, language: Language): string => {
	const {names, count} = whoCould(finder, thread, language, sentenceNames);
	return joinNames(names, 'why.and', language, count);
};

const whoCould = (finder: Finder, thread: Thread, language: Language, limit: number) => {
	const wakers = wakersOf(finder, thread);
	const ids = new Set<number>();
	const words = new Set<string>();
	let unnamed = 0;
	for (const {tids, whoever} of wakers) {
		const people = peopleIn(finder, tids, thread, limit);
		for (const id of people.ids) ids.add(id);
		unnamed += people.count - people.ids.length;
		if (people.count === 0 && whoever) words.add(say(language, whoever));
	}
	return {
		names: [...ids].slice(0, limit).map(id => nameIn(finder, thread, id)),
		count: ids.size + unnamed,
		words: [...words],
		endsByItself: wakers.some(({endsByItself}) => endsByItself),
		isOwn: wakers.some(({tids}) => tids.has(thread.tid)),
		word: wakers.some(({needsAll}) => needsAll) ? ('why.and' as const) : ('why.or' as const),
	};
};

const nameIn = ({kernel}: Finder, thread: Thread, id: number): string =>
	isInMemory(thread) ? threadName(kernel, id) : processName(kernel, id);

const ownId = (thread: Thread): number => (isInMemory(thread) ? thread.tid : thread.pid);

/** The same, and that it ends by itself; of a wait that only time, the disk or the network ends, that alone. */
export const awaitedText = (
	finder: Finder,
	thread: Thread,
	language: Language,
	limit: number,
): string => {
	const names = awaitedNames(finder, thread, language, limit);
	const endsByItself = wakersOf(finder, thread).some(
		wakers => wakers.endsByItself && !wakers.whoever,
	);
	if (!endsByItself) return names || say(language, 'why.nobody');
	return names === '' ? say(language, 'graph.outside') : say(language, 'graph.orItself', {names});
};

const isInMemory = ({waitName}: Thread): boolean => waitName === 'futex';

/** Those of a set that are named; not the thread itself, nor its process if that has no other in the set. */
const peopleIn = (
	{kernel, living}: Finder,
	tids: Tids,
	thread: Thread,
	limit: number,
): {readonly ids: readonly number[]; readonly count: number} => {
	const {threads, threadsByPid} = keptIn(living, tids, () => livingIn(kernel, tids));
	const hasSelf = tids.has(thread.tid);
	const isAlone = hasSelf && threadsByPid.get(thread.pid) === 1;
	const left = isInMemory(thread) ? hasSelf && thread.tid : isAlone && thread.pid;
	const all = isInMemory(thread) ? threads : [...threadsByPid.keys()];
	const ids: number[] = [];
	for (const id of all) {
		if (ids.length >= limit) break;
		if (id !== left) ids.push(id);
	}
	return {ids, count: all.length - (left === false ? 0 : 1)};
};

const livingIn = (kernel: Kernel, tids: Tids): Living => {
	const threads: number[] = [];
	const threadsByPid = new Map<number, number>();
	for (const tid of tids) {
		const thread = kernel.threads.get(tid);
		if (!thread || thread.state === 'dead') continue;
		threads.push(tid);
		threadsByPid.set(thread.pid, (threadsByPid.get(thread.pid) ?? 0) + 1);
	}
	return {threads, threadsByPid};
};
