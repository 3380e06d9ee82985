// Who waits for whom, and who therefore waits for ever. A blocked thread can go on if somebody who can still run could end
// its wait; whoever is left when nobody can be added any more is in a deadlock. Waits that the outside can end (console,
// network, signals, timers, disk) never count as one.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {pipeEnds, type PipeEnds, pipeHolders} from './channels.js';
import {processName, threadName} from './accounts.js';
import {explainThread} from './blocked.js';
import {type Language, say} from './language.js';
import {findPipe} from './pipes.js';
import {talkerPids} from './radio.js';
import {type Line, line, span, wrapLine} from './styled-text.js';
import {displayWidth, fitText} from './text-width.js';

type Pids = ReadonlySet<number>;

/** Waits at the same place have the same wakers: each set is made once, and is one and the same object. */
type Finder = {
	readonly kernel: Kernel;
	/** Looked up when a thread waits at a pipe. */
	ends: PipeEnds | undefined;
	readonly byPipe: Map<string, Pids | undefined>;
	readonly bySpace: Map<object, Pids>;
};

const createFinder = (kernel: Kernel): Finder => ({
	kernel,
	ends: undefined,
	byPipe: new Map(),
	bySpace: new Map(),
});

const keptIn = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
	if (map.has(key)) return map.get(key)!;
	const value = make();
	map.set(key, value);
	return value;
};

/** The pids whose threads could end a thread's wait; undefined: somebody outside could. */
const wakers = (finder: Finder, thread: Thread): Pids | undefined => {
	const {kernel} = finder;
	if (Number.isFinite(thread.wakeAt)) return undefined;
	switch (thread.waitName) {
		case 'pipe.read':
		case 'pipe.write':
			return keptIn(finder.byPipe, `${thread.waitName} ${thread.waitChannel}`, () => {
				const pipe = findPipe(kernel, thread.waitChannel);
				if (!pipe) return undefined;
				const end = thread.waitName === 'pipe.read' ? 'writes' : 'reads';
				finder.ends ??= pipeEnds(kernel);
				return new Set(pipeHolders(finder.ends, pipe, end).map(holder => holder.pid));
			});
		case 'radio.talk':
			return talkerPids(kernel, thread.waitChannel);
		case 'child':
			return new Set(kernel.processes.get(thread.pid)?.children ?? []);
		case 'futex':
			return keptIn(finder.bySpace, thread.context.space, () => sharersOf(kernel, thread));
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
export const deadlockedThreads = (kernel: Kernel): readonly Thread[] =>
	stuckThreads(kernel, createFinder(kernel));

const stuckThreads = (kernel: Kernel, finder: Finder): readonly Thread[] => {
	let stuck: {readonly thread: Thread; readonly by: Pids}[] = [];
	const live = new Set<number>();
	for (const thread of kernel.threads.values()) {
		if (thread.state === 'dead' || thread.isKernelThread) continue;
		const by = thread.state === 'blocked' ? wakers(finder, thread) : undefined;
		if (by === undefined) live.add(thread.pid);
		else stuck.push({thread, by});
	}
	while (stuck.length > 0) {
		const groups = new Map<Pids, boolean>();
		const isFree = (by: Pids): boolean =>
			keptIn(groups, by, () => [...by].some(pid => live.has(pid)));
		const left = stuck.filter(({by}) => !isFree(by));
		if (left.length === stuck.length) return stuck.map(({thread}) => thread);
		for (const {thread, by} of stuck) if (isFree(by)) live.add(thread.pid);
		stuck = left;
	}
	return [];
};

/** Members of a deadlock, and others of a wait, that a sentence names. */
const namedMembers = 8;

/** `Deadlock: a(3) waits for b(4); b(4) waits for a(3)`: the members of a deadlock in words; '' when there is none. */
export const deadlockSentence = (kernel: Kernel, language: Language): string => {
	const finder = createFinder(kernel);
	const stuck = stuckThreads(kernel, finder);
	if (stuck.length === 0) return '';
	const sentences = stuck.slice(0, namedMembers).map(thread => {
		const others = awaitedNames(kernel, finder, thread) || say(language, 'why.nobody');
		return say(language, 'deadlock.waits', {who: threadName(kernel, thread.tid), others});
	});
	if (stuck.length > namedMembers) sentences.push('…');
	return say(language, 'message.deadlock', {text: sentences.join('; ')});
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
		const others = awaitedNames(kernel, finder, thread);
		const [first = [], ...rest] = wrapLine(
			[
				span(others ?? say(language, 'graph.outside'), others === undefined ? 'dim' : 'strong'),
				span(`  ${thread.waitName} ${thread.waitChannel}`.trimEnd(), 'blocked'),
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

/** Whom the thread waits for: other threads where memory is the place, processes else. Undefined: nobody here. */
const awaitedNames = (kernel: Kernel, finder: Finder, thread: Thread): string | undefined => {
	const pids = wakers(finder, thread);
	if (pids === undefined) return undefined;
	const names =
		thread.waitName === 'futex'
			? [...kernel.threads.values()]
					.filter(({tid, pid, state}) => pids.has(pid) && tid !== thread.tid && state !== 'dead')
					.map(({tid}) => threadName(kernel, tid))
			: [...pids]
					.filter(pid => kernel.processes.get(pid)?.state === 'alive')
					.map(pid => processName(kernel, pid));
	const shown = names.slice(0, namedMembers);
	return shown.join(', ') + (names.length > shown.length ? ' …' : '');
};
