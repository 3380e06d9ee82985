// The system calls by which processes came to their channels and left them: open and close, connect and accept, mmap.
// Worked out from the event log and from what the descriptor tables look like after each call.

import type {EventBody, KernelEvent} from '../kernel/trace/events.js';
import type {Kernel} from '../kernel/kernel.js';
import {channelOf, type OpenFile} from '../kernel/files/open-file.js';
import type {Process} from '../kernel/process/process.js';
import {findRegion} from '../vm/address-space.js';
import {kindOfChannel} from './deliveries.js';

export type ChannelCalls = {
	/** Names of calls, in order of their first use, by pid and channel key. */
	readonly calls: Map<number, Map<string, string[]>>;
	/** Pids whose calls gave them the channel, rather than inheritance: by channel key. */
	readonly makers: Map<string, Set<number>>;
	/** Descriptors as they were after the last call, by pid. */
	readonly tables: Map<number, ReadonlyMap<number, readonly string[]>>;
	/** Pids that have got the channel's descriptor in a message: by channel key. */
	readonly handedOver: Map<string, Set<number>>;
	/** Who forked whom. */
	readonly parents: Map<number, number>;
};

export const createChannelCalls = (): ChannelCalls => ({
	calls: new Map(),
	makers: new Map(),
	tables: new Map(),
	handedOver: new Map(),
	parents: new Map(),
});

/**
 * The keys of an open file: its channel's name, and for a file the memory it consists of, which may be mapped. Sockets
 * change their names, so they go by their protocol.
 */
const keysOf = (file: OpenFile): readonly string[] => {
	const channel = channelOf(file);
	const kind = kindOfChannel(channel);
	if (kind === 'unix' || kind === 'tcp' || kind === 'udp' || kind === 'radio') return [kind];
	const {thing} = file;
	return thing.kind === 'file' ? [channel, `object:${thing.body.contents.id}`] : [channel];
};

const tableOf = (process: Process): ReadonlyMap<number, readonly string[]> =>
	new Map(
		process.descriptors.flatMap((slot, number) =>
			slot ? [[number, keysOf(slot.file)] as const] : [],
		),
	);

/** Takes one event into account; the kernel must stand right behind it. */
export const noteCall = (log: ChannelCalls, kernel: Kernel, event: KernelEvent): void => {
	const {body, pid} = event;
	const process = kernel.processes.get(pid);
	if (!process) return;
	if (body.kind === 'created' && body.what === 'process') {
		const parent = kernel.processes.get(kernel.threads.get(body.parent)?.pid ?? body.parent);
		if (parent && !parent.isKernelProcess) log.parents.set(pid, parent.pid);
		log.tables.set(pid, tableOf(process));
		return;
	}
	if (body.kind !== 'return') return;
	if (body.name === 'recvmsg') noteHandedOver(log, process);
	if (transfers.test(body.name)) return;
	const before = log.tables.get(pid);
	const after = tableOf(process);
	log.tables.set(pid, after);
	// A second descriptor of a channel that one has is no opening.
	if (body.name.startsWith('dup') || (body.errno !== '' && body.errno !== 'EINPROGRESS')) return;
	noteTable(log, pid, body.name, before ?? new Map(), after);
	noteNamed(log, process, body, before ?? after);
};

/** Descriptors that have come in a message, as SCM_RIGHTS (unix(7)). */
const noteHandedOver = (log: ChannelCalls, process: Process): void => {
	const before = log.tables.get(process.pid) ?? new Map();
	const after = tableOf(process);
	log.tables.set(process.pid, after);
	for (const [number, keys] of after) {
		if (before.get(number)?.[0] === keys[0]) continue;
		for (const key of keys) {
			noteUse(log, process.pid, key, 'recvmsg', true);
			log.handedOver.set(key, (log.handedOver.get(key) ?? new Set()).add(process.pid));
		}
	}
};

/** Calls that move data, wait, or make processes: they are no part of opening and closing. */
const transfers =
	/^(p?readv?|p?writev?|pread64|pwrite64|send|recv|mq_timed|msgsnd|msgrcv|fork|vfork|clone|execve|exit|futex|poll|ppoll|select|pselect|epoll_wait|wait|fstat|lseek|ioctl|fcntl|getsock|clock_|nano)/;

const noteTable = (
	log: ChannelCalls,
	pid: number,
	name: string,
	before: ReadonlyMap<number, readonly string[]>,
	after: ReadonlyMap<number, readonly string[]>,
): void => {
	for (const [number, keys] of after) {
		if (before.get(number)?.[0] === keys[0]) continue;
		for (const key of keys) noteUse(log, pid, key, name, true);
	}
	for (const [number, keys] of before) {
		if (after.get(number)?.[0] === keys[0]) continue;
		for (const key of keys) noteUse(log, pid, key, name, false);
	}
};

/** Calls that name their channel by descriptor, path or number. */
const noteNamed = (
	log: ChannelCalls,
	process: Process,
	{name, args, value}: Extract<EventBody, {kind: 'return'}>,
	table: ReadonlyMap<number, readonly string[]>,
): void => {
	const {pid} = process;
	const [first = ''] = args;
	if (/^(bind|listen|connect|shutdown)$/.test(name)) {
		for (const key of table.get(Number(first)) ?? []) noteUse(log, pid, key, name, false);
	} else if (/^(mknod|mknodat|unlink|mq_unlink)$/.test(name)) {
		const path = args.find(argument => argument.startsWith('"'))?.slice(1, -1) ?? '';
		for (const kind of ['fifo', 'file', 'mq']) noteUse(log, pid, `${kind}:${path}`, name, false);
		if (name === 'unlink') noteUse(log, pid, 'unix', name, false);
	} else if (name === 'mmap' || name === 'shmat') {
		const object = findRegion(process.space, value)?.object;
		if (object) noteUse(log, pid, `object:${object.id}`, name, true);
	} else if (name === 'msgget') {
		noteUse(log, pid, `msg:${value}`, name, true);
	} else if (name === 'msgctl') {
		noteUse(log, pid, `msg:${first}`, name, false);
	}
};

const noteUse = (
	log: ChannelCalls,
	pid: number,
	key: string,
	name: string,
	isMaker: boolean,
): void => {
	const ofProcess = log.calls.get(pid) ?? new Map<string, string[]>();
	const names = ofProcess.get(key) ?? [];
	if (!names.includes(name)) names.push(name);
	ofProcess.set(key, names);
	log.calls.set(pid, ofProcess);
	if (!isMaker) return;
	const makers = log.makers.get(key) ?? new Set();
	log.makers.set(key, makers.add(pid));
};

/** A process and those it descends from, the youngest first. */
const lineage = (log: ChannelCalls, pid: number): readonly number[] => {
	const pids = [pid];
	for (let parent = log.parents.get(pid); parent !== undefined; parent = log.parents.get(parent)) {
		if (pids.includes(parent)) break;
		pids.push(parent);
	}
	return pids;
};

/** The calls that the processes, or those they have the channel from, made on it; in order of first use. */
export const callsOn = (
	log: ChannelCalls,
	pids: readonly number[],
	keys: readonly string[],
): readonly string[] => {
	const names = new Set<string>();
	for (const pid of new Set(pids.flatMap(one => [...lineage(log, one)].reverse()))) {
		for (const key of keys) {
			for (const name of log.calls.get(pid)?.get(key) ?? []) names.add(name);
		}
	}
	// A name is unlinked by whoever; without a call that makes the channel it belongs to something else.
	return [...names].some(name => name !== 'unlink') ? [...names] : [];
};

/** The process whose call gave the channel to this one: itself, or the ancestor it has inherited it from. */
export const sourceOfChannel = (
	log: ChannelCalls,
	pid: number,
	keys: readonly string[],
): number | undefined =>
	lineage(log, pid).find(one => keys.some(key => log.makers.get(key)?.has(one)));

/** Whether one process descends from the other, or both from a third one that the scenario did not start. */
export const areRelatives = (log: ChannelCalls, a: number, b: number): boolean => {
	const [ofA, ofB] = [lineage(log, a), lineage(log, b)];
	return ofA.some(pid => ofB.includes(pid));
};

/** Whether one of the processes has got the channel's descriptor in a message. */
export const isHandedOver = (
	log: ChannelCalls,
	pids: readonly number[],
	keys: readonly string[],
): boolean => keys.some(key => pids.some(pid => log.handedOver.get(key)?.has(pid)));
