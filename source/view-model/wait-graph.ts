// Who waits for whom, and who therefore waits for ever. A blocked thread can go on if somebody who can still run could end
// its wait; whoever is left when nobody can be added any more is in a deadlock. Waits that the outside can end (console,
// network, signals, timers, disk) never count as one.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {pipeEnds, type PipeEnds, pipeHolders} from './channels.js';
import {processName, threadName} from './accounts.js';
import {channelWords, explainThread} from './blocked.js';
import {joinedThread, joinWordsOf, type JoinWords, mutexOwner} from './futex-waits.js';
import {type Language, say} from './language.js';
import {findPipe} from './pipes.js';
import {talkerPids} from './radio.js';
import {type Line, line, span, wrapLine} from './styled-text.js';
import {displayWidth, fitText} from './text-width.js';

type Tids = ReadonlySet<number>;

/** Waits at the same place have the same wakers: each set is made once, and is one and the same object. */
type Finder = {
	readonly kernel: Kernel;
	/** Looked up when a thread waits at a pipe. */
	ends: PipeEnds | undefined;
	/** Looked up when a thread waits on a futex. */
	joinWords: JoinWords | undefined;
	readonly byChannel: Map<string, Tids | undefined>;
	readonly bySpace: Map<object, Tids>;
};

const createFinder = (kernel: Kernel): Finder => ({
	kernel,
	ends: undefined,
	joinWords: undefined,
	byChannel: new Map(),
	bySpace: new Map(),
});

const keptIn = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
	if (map.has(key)) return map.get(key)!;
	const value = make();
	map.set(key, value);
	return value;
};

/** The threads that could end a thread's wait; undefined: somebody outside could. */
const wakers = (finder: Finder, thread: Thread): Tids | undefined => {
	const {kernel} = finder;
	if (Number.isFinite(thread.wakeAt)) return undefined;
	switch (thread.waitName) {
		case 'pipe.read':
		case 'pipe.write':
			return keptIn(finder.byChannel, `${thread.waitName} ${thread.waitChannel}`, () => {
				const pipe = findPipe(kernel, thread.waitChannel);
				if (!pipe) return undefined;
				const end = thread.waitName === 'pipe.read' ? 'writes' : 'reads';
				finder.ends ??= pipeEnds(kernel);
				return threadsIn(
					kernel,
					pipeHolders(finder.ends, pipe, end).map(({pid}) => pid),
				);
			});
		case 'radio.talk':
			return keptIn(finder.byChannel, `radio.talk ${thread.waitChannel}`, () =>
				threadsIn(kernel, talkerPids(kernel, thread.waitChannel)),
			);
		case 'child':
			return threadsIn(kernel, kernel.processes.get(thread.pid)?.children ?? []);
		case 'futex':
			return (
				onlyWaker(finder, thread) ??
				keptIn(finder.bySpace, thread.context.space, () => sharersOf(kernel, thread))
			);
		default:
			return undefined;
	}
};

const threadsIn = (kernel: Kernel, pids: Iterable<number>): Tids =>
	new Set([...pids].flatMap(pid => kernel.processes.get(pid)?.threads ?? []));

/** The owner of the mutex, or the thread that is joined. */
const onlyWaker = (finder: Finder, thread: Thread): Tids | undefined => {
	finder.joinWords ??= joinWordsOf(finder.kernel);
	const tid = joinedThread(thread, finder.joinWords) ?? mutexOwner(thread);
	return tid === undefined ? undefined : new Set([tid]);
};

/** Threads that could change a futex word of the thread: those with the same memory, or a shared mapping of it. */
const sharersOf = (kernel: Kernel, thread: Thread): Tids => {
	const {space} = thread.context;
	const objects = new Set(
		space.regions.flatMap(({isShared, object}) => (isShared && object ? [object] : [])),
	);
	const pids: number[] = [];
	for (const process of kernel.processes.values()) {
		if (process.state !== 'alive') continue;
		const isSharer =
			process.space === space ||
			process.space.regions.some(
				({isShared, object}) => isShared && object !== undefined && objects.has(object),
			);
		if (isSharer) pids.push(process.pid);
	}
	return threadsIn(kernel, pids);
};

/** Threads that wait for each other for ever, in order of creation; empty when there are none. */
export const deadlockedThreads = (kernel: Kernel): readonly Thread[] =>
	stuckThreads(kernel, createFinder(kernel));

const stuckThreads = (kernel: Kernel, finder: Finder): readonly Thread[] => {
	const waiting = new Map<Tids, Thread[]>();
	const live: number[] = [];
	for (const thread of kernel.threads.values()) {
		if (thread.state === 'dead' || thread.isKernelThread) continue;
		const by = thread.state === 'blocked' ? wakers(finder, thread) : undefined;
		if (by === undefined) live.push(thread.tid);
		else keptIn(waiting, by, (): Thread[] => []).push(thread);
	}
	const wokenBy = new Map<number, Tids[]>();
	for (const by of waiting.keys())
		for (const tid of by) keptIn(wokenBy, tid, (): Tids[] => []).push(by);
	// It grows while it is gone through.
	for (const tid of live) {
		for (const by of wokenBy.get(tid) ?? []) {
			for (const thread of waiting.get(by) ?? []) live.push(thread.tid);
			waiting.delete(by);
		}
	}
	return [...waiting.values()].flat().sort((a, b) => a.tid - b.tid);
};

/** Members of a deadlock, and others of a wait, that a sentence names. */
const namedMembers = 8;

/** From so many on, threads that wait for locks in the same memory are told in one sentence. */
const leastGroup = 3;

/** `Deadlock: a(3) waits for b(4); b(4) waits for a(3)`: the members of a deadlock in words; '' when there is none. */
export const deadlockSentence = (kernel: Kernel, language: Language): string => {
	const finder = createFinder(kernel);
	const groups = new Map<Tids | Thread, Thread[]>();
	for (const thread of stuckThreads(kernel, finder)) {
		const key = (thread.waitName === 'futex' && wakers(finder, thread)) || thread;
		groups.set(key, [...(groups.get(key) ?? []), thread]);
	}
	const nameOf = ({tid}: Thread): string => threadName(kernel, tid);
	const sentences = [...groups.values()].flatMap(members => {
		if (members.length >= leastGroup)
			return [
				say(language, 'deadlock.eachOther', {
					names: joinNames(members.map(nameOf), 'why.and', language),
				}),
			];
		return members.map(thread => {
			const others = awaitedNames(kernel, finder, thread, language) || say(language, 'why.nobody');
			return say(language, 'deadlock.waits', {who: nameOf(thread), others});
		});
	});
	if (sentences.length === 0) return '';
	const shown = sentences.slice(0, namedMembers);
	if (sentences.length > shown.length) shown.push('…');
	return say(language, 'message.deadlock', {text: shown.join('; ')});
};

/** `a, b or c`; of many, the first. */
const joinNames = (
	names: readonly string[],
	word: 'why.and' | 'why.or',
	language: Language,
): string => {
	if (names.length > namedMembers) return `${names.slice(0, namedMembers).join(', ')} …`;
	if (names.length < 2) return names.join('');
	return `${names.slice(0, -1).join(', ')}${say(language, word)}${names.at(-1)!}`;
};

/**
 * The graph as lines, one per blocked thread: who waits, for whom, on what; the members of a deadlock first and marked.
 * A wait that the outside ends (a timer, the disk, the console, the network) waits for nobody.
 */
export const waitGraphLines = (
	kernel: Kernel,
	language: Language,
	width: number,
): readonly Line[] => {
	const finder = createFinder(kernel);
	const stuck = new Set(stuckThreads(kernel, finder));
	const blocked = [...kernel.threads.values()].filter(
		thread => thread.state === 'blocked' && !thread.isKernelThread,
	);
	if (blocked.length === 0) return [line(say(language, 'graph.none'), 'dim')];
	const sorted = [...stuck, ...blocked.filter(thread => !stuck.has(thread))];
	const names = sorted.map(thread => threadName(kernel, thread.tid));
	const nameWidth = Math.min(24, Math.max(...names.map(displayWidth)));
	const rows = sorted.flatMap((thread, index): readonly Line[] => {
		const isStuck = stuck.has(thread);
		const others = awaitedNames(kernel, finder, thread, language);
		const place = `${thread.waitName} ${channelWords(kernel, thread)}`.trimEnd();
		const [first = [], ...rest] = wrapLine(
			[
				span(others ?? say(language, 'graph.outside'), others === undefined ? 'dim' : 'strong'),
				span(`  ${place}`, 'blocked'),
			],
			Math.max(10, width - nameWidth - 6),
		);
		const head = [
			span(isStuck ? '✖ ' : '  ', 'error'),
			span(fitText(names[index]!, nameWidth), isStuck ? 'error' : 'plain'),
			span(' → ', 'dim'),
		];
		const indent = span(' '.repeat(nameWidth + 5));
		return [[...head, ...first], ...rest.map(part => [indent, ...part])];
	});
	const words = [...stuck].map(thread => explainThread(kernel, thread, language));
	const reasons = words.flatMap(text => wrapLine([span(text)], width));
	return [
		...(stuck.size > 0
			? wrapLine([span(say(language, 'graph.deadlock'), 'error')], width)
			: [line(say(language, 'graph.noDeadlock'), 'good')]),
		[],
		...rows,
		...(reasons.length > 0 ? [[], ...reasons] : []),
	];
};

/**
 * Whom the thread waits for: other threads where memory is the place, processes else; any one of them could wake it.
 * Undefined: nobody here.
 */
const awaitedNames = (
	kernel: Kernel,
	finder: Finder,
	thread: Thread,
	language: Language,
): string | undefined => {
	const tids = wakers(finder, thread);
	if (tids === undefined) return undefined;
	const living = [...tids].filter(tid => (kernel.threads.get(tid)?.state ?? 'dead') !== 'dead');
	if (thread.waitName === 'futex') {
		// Of all that share the memory it is not the one that wakes itself; it may own the very mutex, though.
		const others = tids.size === 1 ? living : living.filter(tid => tid !== thread.tid);
		return joinNames(
			others.map(tid => threadName(kernel, tid)),
			'why.or',
			language,
		);
	}
	const pids = new Set(living.map(tid => kernel.threads.get(tid)!.pid));
	return joinNames(
		[...pids].map(pid => processName(kernel, pid)),
		'why.or',
		language,
	);
};
