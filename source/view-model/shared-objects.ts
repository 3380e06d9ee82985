// What processes share beside memory: semaphores, message queues with the messages in them, and open regular files with
// who stands where in them and who has locked what.

import {find, isError} from '../kernel/files/path-walk.js';
import type {Inode} from '../kernel/files/inode.js';
import type {Host, Kernel} from '../kernel/kernel.js';
import type {OpenFile} from '../kernel/files/open-file.js';
import {pageForReading, type MemoryObject} from '../vm/memory-object.js';
import {processName, threadName} from './accounts.js';
import {descriptorIndex} from './channels.js';
import {escapeBytes} from './escape.js';
import {type Observed, perObservation} from './observed.js';
import {simplify} from './text-width.js';

export type ObjectView = {
	readonly kind: 'semaphore' | 'queue' | 'file';
	/** The channel's name: `sem:0`, `sem:/full`, `msg:0`, `mq:/jobs`, `file:/com.txt`. */
	readonly key: string;
	readonly name: string;
	/** A semaphore's value or a set's values; otherwise ''. */
	readonly value: string;
	/** Messages in a queue; otherwise 0. */
	readonly count: number;
	/** Bytes in it, and how many (or messages) may be in it; 0 for no limit. */
	readonly size: number;
	readonly limit: number;
	/** What is in it: `1:"eggs" | 2:"tea"`; a file's locks. */
	readonly text: string;
	/** `reader(3):4 @12`: descriptors, with the offset in a file. */
	readonly users: readonly string[];
	/** Names of the threads that sleep at it, in wake order. */
	readonly blocked: readonly string[];
	readonly pids: ReadonlySet<number>;
	/** Offsets at which open file descriptions stand, for writing there. */
	readonly offsets: readonly number[];
};

const semaphorePrefix = 'sem.';

export const objectViews = perObservation((observed: Observed): readonly ObjectView[] => {
	const {kernel} = observed;
	return [
		...[...kernel.hosts.values()].flatMap(host => [
			...systemSemaphores(kernel, host),
			...namedSemaphores(kernel, host),
			...systemQueues(kernel, host),
			...posixQueues(observed, host),
		]),
		...openFiles(observed),
	];
});

/** Whether there is one of them: asked with every picture, also when none is shown. */
export const hasObjects = ({kernel}: Observed): boolean =>
	[...kernel.hosts.values()].some(
		host =>
			host.ipc.semaphoreSets.size > 0 ||
			host.ipc.messageQueues.size > 0 ||
			host.messageQueues.byName.size > 0 ||
			namedSemaphores(kernel, host).length > 0,
	) || hasOpenFile(kernel);

const hasOpenFile = (kernel: Kernel): boolean => {
	for (const {state, descriptors} of kernel.processes.values()) {
		if (state !== 'alive') continue;
		for (const descriptor of descriptors)
			if (descriptor && isShownFile(descriptor.file)) return true;
	}
	return false;
};

const isShownFile = ({thing}: OpenFile): boolean =>
	thing.kind === 'file' && !thing.path.startsWith(`/dev/shm/${semaphorePrefix}`);

const nothing = {value: '', count: 0, size: 0, limit: 0, text: '', users: [], offsets: []} as const;

const sleepers = (
	kernel: Kernel,
	...queues: ReadonlyArray<{readonly waiters: readonly number[]}>
) => {
	const tids = queues.flatMap(({waiters}) => waiters);
	return {
		blocked: tids.map(tid => threadName(kernel, tid)),
		pids: new Set(tids.map(tid => kernel.threads.get(tid)?.pid ?? 0)),
	};
};

const systemSemaphores = (kernel: Kernel, {ipc}: Host): readonly ObjectView[] =>
	[...ipc.semaphoreSets.values()].map(set => ({
		...nothing,
		...sleepers(kernel, set.queue),
		kind: 'semaphore',
		key: `sem:${set.id}`,
		name: `sem:${set.id}`,
		value: set.values.length === 1 ? String(set.values[0]) : `[${set.values.join(' ')}]`,
		text: set.key === 0 ? '' : `key 0x${(set.key >>> 0).toString(16)}`,
	}));

/** sem_open(3) keeps a sem_t in a file of /dev/shm: its value is the first int, the count of its waiters the second. */
const namedSemaphores = (kernel: Kernel, {fileSystem}: Host): readonly ObjectView[] => {
	const folder = find(fileSystem, {directory: fileSystem.root, path: '/'}, '/dev/shm');
	if (isError(folder) || folder.inode.body.kind !== 'directory') return [];
	return [...folder.inode.body.entries].flatMap(([name, {body}]) => {
		if (!name.startsWith(semaphorePrefix) || body.kind !== 'file') return [];
		const {contents} = body;
		const channel = `sem:/${simplify(name.slice(semaphorePrefix.length))}`;
		const users = mappersOf(kernel, contents);
		return [
			{
				...nothing,
				kind: 'semaphore' as const,
				key: channel,
				name: channel,
				value: String(pageForReading(contents, 0)[0] ?? 0),
				users: users.map(pid => processName(kernel, pid)),
				blocked: blockedOn(kernel, contents),
				pids: new Set(users),
			},
		];
	});
};

const mappersOf = (kernel: Kernel, contents: MemoryObject): readonly number[] =>
	[...kernel.processes.values()].flatMap(process =>
		process.state === 'alive' && process.space.regions.some(({object}) => object === contents)
			? [process.pid]
			: [],
	);

/** Threads that sleep on a futex in this memory; its channel names the address as the thread sees it. */
const blockedOn = (kernel: Kernel, contents: MemoryObject): readonly string[] =>
	[...kernel.threads.values()].flatMap(thread => {
		if (thread.state !== 'blocked' || thread.waitName !== 'futex') return [];
		const address = Number(/0x[\da-f]+/.exec(thread.waitChannel)?.[0] ?? Number.NaN);
		const isThere = thread.context.space.regions.some(
			({object, start, end}) => object === contents && address >= start && address < end,
		);
		return isThere ? [threadName(kernel, thread.tid)] : [];
	});

/** Messages that a row lists. */
const shownMessages = 20;
const shownBytes = 60;

const messagesText = (
	messages: ReadonlyArray<{readonly bytes: Uint8Array}>,
	label: (index: number) => number,
): string =>
	messages
		.slice(0, shownMessages)
		.map(({bytes}, index) => `${label(index)}:"${escapeBytes(bytes.subarray(0, shownBytes))}"`)
		.join(' | ');

const systemQueues = (kernel: Kernel, {ipc}: Host): readonly ObjectView[] =>
	[...ipc.messageQueues.values()].map(queue => ({
		...nothing,
		...sleepers(kernel, queue.receiveQueue, queue.sendQueue),
		kind: 'queue',
		key: `msg:${queue.id}`,
		name: `msg:${queue.id}`,
		count: queue.messages.length,
		size: queue.fill,
		limit: queue.limit,
		text: messagesText(queue.messages, index => queue.messages[index]!.type),
	}));

const posixQueues = (observed: Observed, {messageQueues}: Host): readonly ObjectView[] =>
	[...messageQueues.byName.values()].map(queue => {
		const {kernel} = observed;
		const {blocked, pids} = sleepers(kernel, queue.receiveQueue, queue.sendQueue);
		const holders = [...descriptorIndex(observed).values()]
			.filter(([first]) => first?.file.thing.kind === 'mqueue' && first.file.thing.queue === queue)
			.flat();
		return {
			...nothing,
			kind: 'queue',
			key: `mq:${queue.name}`,
			name: simplify(`mq:${queue.name}`),
			count: queue.messages.length,
			size: queue.messages.reduce((sum, {bytes}) => sum + bytes.length, 0),
			limit: queue.maximum,
			text: messagesText(queue.messages, index => queue.messages[index]!.priority),
			users: holders.map(({pid, fd}) => `${processName(kernel, pid)}:${fd}`),
			blocked,
			pids: new Set([...pids, ...holders.map(({pid}) => pid)]),
		};
	});

type OpenRegular = {
	readonly inode: Inode;
	readonly path: string;
	readonly contents: MemoryObject;
	readonly holders: {readonly pid: number; readonly fd: number; readonly file: OpenFile}[];
};

const openFiles = (observed: Observed): readonly ObjectView[] => {
	const found = new Map<Inode, OpenRegular>();
	for (const holders of descriptorIndex(observed).values()) {
		const {file} = holders[0]!;
		const {thing} = file;
		if (thing.kind !== 'file' || !isShownFile(file)) continue;
		const known = found.get(thing.inode);
		if (known) known.holders.push(...holders);
		else
			found.set(thing.inode, {
				inode: thing.inode,
				path: thing.path,
				contents: thing.body.contents,
				holders: [...holders],
			});
	}
	return [...found.values()].map(open => fileView(observed.kernel, open));
};

const fileView = (kernel: Kernel, {inode, path, contents, holders}: OpenRegular): ObjectView => {
	const locks = inode.locks;
	const waiting = locks ? sleepers(kernel, locks.flockQueue, locks.recordQueue) : undefined;
	return {
		...nothing,
		kind: 'file',
		key: `file:${path}`,
		name: simplify(`file:${path}`),
		size: contents.size,
		text: lockTexts(kernel, inode).join(', '),
		users: holders.map(({pid, fd, file}) => `${processName(kernel, pid)}:${fd} @${file.offset}`),
		blocked: waiting?.blocked ?? [],
		pids: new Set([...holders.map(({pid}) => pid), ...(waiting?.pids ?? [])]),
		offsets: [...new Set(holders.map(({file}) => file.offset))],
	};
};

/** `flock exclusive writer(3)`, `lock write 0–9 writer(3)`. */
const lockTexts = (kernel: Kernel, {locks}: Inode): readonly string[] => {
	if (!locks) return [];
	const owner = (id: number): string => (id > 0 ? processName(kernel, id) : `#${-id}`);
	return [
		...locks.flocks.map(
			({isExclusive, pid}) => `flock ${isExclusive ? 'exclusive' : 'shared'} ${owner(pid)}`,
		),
		...locks.records.map(
			({type, start, end, owner: id}) =>
				`lock ${type} ${start}–${Number.isFinite(end) ? end - 1 : ''} ${owner(id)}`,
		),
	];
};
