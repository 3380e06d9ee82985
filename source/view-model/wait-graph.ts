// Who waits for whom, and who therefore waits for ever. A blocked thread can go on if somebody who can still run could end
// its wait, or if it ends by itself; whoever is left when nobody can be added any more is in a deadlock.

import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import type {Session} from '../machine/session.js';
import {threadName} from './accounts.js';
import {awaitedNames, awaitedText} from './awaited.js';
import {explainThread} from './blocked.js';
import {type Language, say} from './language.js';
import {joinNames} from './name-list.js';
import type {StringKey} from './strings.js';
import {type Line, line, span, wrapLine} from './styled-text.js';
import {displayWidth, fitText} from './text-width.js';
import {waitWords} from './wait-words.js';
import {
	comingTid,
	createFinder,
	type Finder,
	keptIn,
	packetTid,
	type Tids,
	type Wakers,
} from './waker-finder.js';
import {hasTimer, wakersOf} from './wakers.js';

/**
 * What may still come from outside the machine: inputs of the scenario or of a recording, which can end any wait; processes
 * that start later, or, once the run has ended, whatever would have gone on.
 */
export type Outlook = 'nothing' | 'processes' | 'inputs';

export const outlookOf = ({ending, inputs, applied, machine}: Session): Outlook => {
	if (applied < inputs.length) return 'inputs';
	return ending?.kind === 'ended' || machine.toStart.length > 0 ? 'processes' : 'nothing';
};

/** Threads that wait for ever, in order of creation; empty when there are none. */
export const deadlockedThreads = (
	kernel: Kernel,
	outlook: Outlook = 'nothing',
): readonly Thread[] => stuckThreads(createFinder(kernel), outlook);

const stuckThreads = (finder: Finder, outlook: Outlook): readonly Thread[] => {
	if (outlook === 'inputs') return [];
	const {kernel} = finder;
	const waiting = new Map<Tids, Thread[]>();
	const live = new Set<number>();
	if (outlook === 'processes') live.add(comingTid);
	if (kernel.network.packets.size > 0) live.add(packetTid);
	for (const thread of kernel.threads.values()) {
		if (thread.state === 'dead' || thread.isKernelThread) continue;
		const isWaiting = thread.state === 'blocked' && !hasTimer(kernel, thread);
		const wakers = isWaiting ? wakersOf(finder, thread) : [];
		if (!isWaiting || wakers.some(canEndByItself)) live.add(thread.tid);
		else
			for (const {tids, others = [tids]} of wakers)
				for (const by of others) keptIn(waiting, by, (): Thread[] => []).push(thread);
	}
	return leftBehind(waiting, live);
};

const canEndByItself = ({endsByItself, mayEndByItself}: Wakers): boolean =>
	(endsByItself ?? false) || (mayEndByItself ?? false);

/** Those who wait for nobody that is live, or that comes to be live because somebody who is may end its wait. */
const leftBehind = (
	waiting: ReadonlyMap<Tids, readonly Thread[]>,
	live: ReadonlySet<number>,
): readonly Thread[] => {
	// Nearly always somebody is live, and often the first that is looked at: of those no list is needed of whom they could wake.
	const hopeless = [...waiting.keys()].filter(by => !hasAny(by, live));
	if (hopeless.length === 0) return [];
	const left = new Set<Thread>();
	const wokenBy = new Map<number, Tids[]>();
	for (const by of hopeless) {
		for (const thread of waiting.get(by)!) left.add(thread);
		for (const tid of by) keptIn(wokenBy, tid, (): Tids[] => []).push(by);
	}
	const unmet = new Set(hopeless);
	const freed = new Set([...waiting].flatMap(([by, threads]) => (unmet.has(by) ? [] : threads)));
	// It grows while it is gone through.
	for (const thread of freed) {
		left.delete(thread);
		for (const by of wokenBy.get(thread.tid) ?? []) {
			if (!unmet.delete(by)) continue;
			for (const other of waiting.get(by) ?? []) freed.add(other);
		}
	}
	return [...left].sort((a, b) => a.tid - b.tid);
};

const hasAny = (tids: Tids, among: ReadonlySet<number>): boolean => {
	for (const tid of tids) if (among.has(tid)) return true;
	return false;
};

/** Waits that a sentence names. */
const namedWaits = 8;

/** From so many on, threads that wait for locks in the same memory are told in one sentence. */
const leastGroup = 3;

/** `Deadlock: a(3) waits for b(4); b(4) waits for a(3)`: the members of a deadlock in words; '' when there is none. */
export const deadlockSentence = (
	kernel: Kernel,
	language: Language,
	outlook: Outlook = 'nothing',
): string => {
	const finder = createFinder(kernel);
	const groups = new Map<Group, Thread[]>();
	for (const thread of stuckThreads(finder, outlook))
		keptIn(groups, groupOf(finder, thread), (): Thread[] => []).push(thread);
	const sentences: string[] = [];
	for (const [group, members] of groups) {
		if (sentences.length >= namedWaits) {
			sentences.push('…');
			break;
		}
		sentences.push(...groupSentences(finder, group, members, language));
	}
	return sentences.length === 0
		? ''
		: say(language, 'message.deadlock', {text: sentences.join('; ')});
};

/** One by one, or all that wait for one of the same threads, or for anybody to do the same thing. */
type Group = Thread | Tids | StringKey;

/** Who wait for the same to come, and who wait for each other at locks that anybody may open, go together. */
const groupOf = (finder: Finder, thread: Thread): Group => {
	const [wakers, ...more] = wakersOf(finder, thread);
	if (!wakers || more.length > 0) return thread;
	const {tids, whoever} = wakers;
	if (tids.size === 0 && whoever) return whoever;
	return thread.waitName === 'futex' && tids.size > 1 ? tids : thread;
};

const groupSentences = (
	finder: Finder,
	group: Group,
	members: readonly Thread[],
	language: Language,
): readonly string[] => {
	const {kernel} = finder;
	const names = (): string =>
		joinNames(
			members.slice(0, namedWaits).map(({tid}) => threadName(kernel, tid)),
			'why.and',
			language,
			members.length,
		);
	const isForAnybody = typeof group === 'string';
	if (!isForAnybody && members.length >= leastGroup)
		return [say(language, 'deadlock.eachOther', {names: names()})];
	const othersOf = (thread: Thread): string =>
		awaitedNames(finder, thread, language) || say(language, 'why.nobody');
	if (isForAnybody && members.length > 1)
		return [say(language, 'deadlock.wait', {names: names(), others: othersOf(members[0]!)})];
	return members.map(thread =>
		say(language, 'deadlock.waits', {
			who: threadName(kernel, thread.tid),
			others: othersOf(thread),
		}),
	);
};

/** Names of those who could end a wait that a row of the graph has room for. */
const rowNames = 40;

/**
 * The graph as lines, one per thread that is blocked or stopped: who waits, for whom, on what; the members of a deadlock first
 * and marked.
 */
export const waitGraphLines = (
	kernel: Kernel,
	language: Language,
	width: number,
	outlook: Outlook = 'nothing',
): readonly Line[] => {
	const finder = createFinder(kernel);
	const stuck = new Set(stuckThreads(finder, outlook));
	const waiting = [...kernel.threads.values()].filter(
		({state, isKernelThread}) => (state === 'blocked' || state === 'stopped') && !isKernelThread,
	);
	if (waiting.length === 0) return [line(say(language, 'graph.none'), 'dim')];
	const sorted = [...stuck, ...waiting.filter(thread => !stuck.has(thread))];
	const reasons = [...stuck].flatMap(thread =>
		hangingLines(explainThread(kernel, thread, language, finder), width),
	);
	return [
		...(stuck.size > 0
			? wrapLine([span(say(language, 'graph.deadlock'), 'error')], width)
			: [line(say(language, 'graph.noDeadlock'), 'good')]),
		[],
		...graphRows(finder, sorted, stuck, language, width),
		...(reasons.length > 0 ? [[], ...reasons] : []),
	];
};

/** A sentence whose lines but the first are indented. */
const hangingLines = (text: string, width: number): readonly Line[] =>
	wrapLine([span(text)], Math.max(10, width - 4)).map((part, index) =>
		index === 0 ? part : [span('    '), ...part],
	);

const graphRows = (
	finder: Finder,
	threads: readonly Thread[],
	stuck: ReadonlySet<Thread>,
	language: Language,
	width: number,
): readonly Line[] => {
	const {kernel} = finder;
	const names = threads.map(({tid}) => threadName(kernel, tid));
	const nameWidth = columnWidth(names);
	const awaited = threads.map(thread => othersText(finder, thread, language));
	const awaitedWidth = columnWidth(awaited);
	return threads.flatMap((thread, index): readonly Line[] => {
		const isStuck = stuck.has(thread);
		const [first = [], ...rest] = wrapLine(
			waitSpans(finder, thread, language, awaited[index]!, awaitedWidth),
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
};

/** Columns of what stands in line, unless it is longer than that. */
const widestColumn = 24;

const columnWidth = (texts: readonly string[]): number =>
	texts.reduce((width, text) => {
		const own = displayWidth(text);
		return own <= widestColumn ? Math.max(width, own) : width;
	}, 1);

const othersText = (finder: Finder, thread: Thread, language: Language): string =>
	thread.state === 'stopped'
		? say(language, 'whoever.continues')
		: awaitedText(finder, thread, language, rowNames);

/** `b(4)  pipe.read pipe:7` */
const waitSpans = (
	{kernel}: Finder,
	thread: Thread,
	language: Language,
	others: string,
	width: number,
): Line => {
	const gap = ' '.repeat(Math.max(0, width - displayWidth(others)) + 2);
	const isNobody = others === say(language, 'graph.outside');
	const words =
		thread.state === 'stopped'
			? span(say(language, 'graph.stopped'), 'stopped')
			: span(waitWords(kernel, thread), 'blocked');
	return [span(others, isNobody ? 'dim' : 'strong'), span(gap), words];
};
