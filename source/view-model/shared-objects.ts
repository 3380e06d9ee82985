// What processes share beside memory: semaphores, message queues with the messages in them, and files (shared-files.ts).

import {find, isError} from '../kernel/files/path-walk.js';
import type {Host, Kernel} from '../kernel/kernel.js';
import {pageForReading, type MemoryObject} from '../vm/memory-object.js';
import {processName, threadName} from './accounts.js';
import {descriptorIndex} from './channels.js';
import {escapeBytes} from './escape.js';
import {type Observed, perObservation} from './observed.js';
import {type LazyNames, lazyNames} from './lazy-names.js';
import type {ObjectView, UserGroup} from './object-view.js';
import {futexAddress} from './futex-waits.js';
import {fileViews, hasFiles, semaphorePrefix} from './shared-files.js';
import {sleepers} from './sleepers.js';
import {simplify} from './text-width.js';

export {groupText, type ObjectView, type UserGroup} from './object-view.js';

export const objectViews = perObservation((observed: Observed): readonly ObjectView[] => {
	const {kernel} = observed;
	return [
		...[...kernel.hosts.values()].flatMap(host => [
			...systemSemaphores(kernel, host),
			...namedSemaphores(kernel, host),
			...systemQueues(kernel, host),
			...posixQueues(observed, host),
		]),
		...fileViews(observed),
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
	) || hasFiles(kernel);

const nothing = {
	value: '',
	count: 0,
	size: 0,
	limit: 0,
	text: '',
	bytes: '',
	users: [],
	offsets: [],
} as const;

/** One that all have in common. */
const groupOf = (names: LazyNames): readonly UserGroup[] =>
	names.length === 0 ? [] : [{names, place: ''}];

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
				users: groupOf(lazyNames(users, pid => processName(kernel, pid))),
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
		const address = futexAddress(thread);
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
		const holders = [...descriptorIndex(observed.kernel).values()]
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
			users: groupOf(lazyNames(holders, ({pid, fd}) => `${processName(kernel, pid)}:${fd}`)),
			blocked,
			pids: new Set([...pids, ...holders.map(({pid}) => pid)]),
		};
	});
