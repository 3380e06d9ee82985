// The ways of communication that a run used, one row each: what the run shows of them (who told whom, in which direction,
// whether the system told the receiver, which calls it took), and what they cost in the same run. Nothing is known
// beforehand of any mechanism: every cell is read off the run.

import type {Kernel} from '../kernel/kernel.js';
import {accountOf} from '../kernel/process/accounting.js';
import {
	areRelatives,
	callsOn,
	type ChannelCalls,
	isHandedOver,
	sourceOfChannel,
} from './channel-calls.js';
import {threadName} from './accounts.js';
import type {Delivery, DeliveryLog, WayKind} from './deliveries.js';
import type {PrivateVariable} from './ways-run.js';

export type WayDirection =
	/** Nothing was passed on: two processes used the same name for different memory. */
	| 'none'
	| 'one-way'
	/** Both ways through one queue, variable or medium: only one can use it at a time. */
	| 'half-duplex'
	/** Both ways, each with a queue of its own. */
	| 'two-way';

export type Receiver = {
	readonly name: string;
	readonly tid: number;
	/** CPU cycles, and those of them spent in busy waiting. */
	readonly cpu: number;
	readonly busy: number;
	readonly contextSwitches: number;
	/** Reads that found nothing. */
	readonly emptyReads: number;
};

export type Way = {
	readonly kind: WayKind;
	/** The channels, as named everywhere. */
	readonly channels: readonly string[];
	readonly senders: readonly string[];
	readonly receivers: readonly Receiver[];
	readonly messages: number;
	readonly direction: WayDirection;
	/** With both directions: whether something was ever under way in both at once. */
	readonly isAtOnce: boolean;
	/** The receiver only put the variable back to what it was at first: the sender saw that its message was taken. */
	readonly isAcknowledged: boolean;
	/**
	 * Whether the system told a waiting receiver, or it looked again and again by itself, or both; `unused`: whenever it
	 * looked, data were there.
	 */
	readonly notice: 'told' | 'asked' | 'both' | 'unused';
	/** The wait queues in which receivers slept until they were told. */
	readonly queues: readonly string[];
	readonly told: number;
	/** The system calls that opened and closed the channel. */
	readonly calls: readonly string[];
	/** How both sides came by the channel: one process, inherited from a common ancestor, found by name, got in a message. */
	readonly relation: 'threads' | 'inherited' | 'named' | 'handed';
	/** In this run both descend from one process of the scenario. */
	readonly areRelatives: boolean;
	readonly hosts: number;
	/** Cycles from write to receipt: the middle one, and the longest. */
	readonly delay: {readonly median: number; readonly longest: number} | undefined;
};

type Evidence = {
	readonly kernel: Kernel;
	readonly deliveries: DeliveryLog;
	readonly calls: ChannelCalls;
	readonly privates: readonly PrivateVariable[];
};

/** The rows of a run, in order of first use; those with equal cells are one row. */
export const waysOf = (evidence: Evidence): readonly Way[] => {
	const groups = new Map<string, Delivery[]>();
	for (const delivery of evidence.deliveries.deliveries) {
		const key = `${delivery.kind} ${linkOf(evidence.kernel, delivery)}`;
		const group = groups.get(key);
		if (group) group.push(delivery);
		else groups.set(key, [delivery]);
	}
	const ways = [...groups.values()].map(group => wayOf(evidence, group));
	return mergeEqual([
		...ways,
		...evidence.privates.map(variable => privateWay(evidence, variable)),
	]);
};

/**
 * What two sides have in common: a TCP connection, whoever writes and reads at its ends; else that it is those two.
 */
const linkOf = (kernel: Kernel, delivery: Delivery): string => {
	const {kind, lane} = delivery;
	const sides =
		kind === 'tcp'
			? lane.replace('tcp:', '').split('-')
			: [partyOf(kernel, delivery, 'from'), partyOf(kernel, delivery, 'to')];
	return sides.sort().join(' ');
};

/** Threads of one process are parties of their own; else processes are. */
const partyOf = ({threads}: Kernel, {from, to}: Delivery, side: 'from' | 'to'): string => {
	const [sender, receiver] = [threads.get(from)!, threads.get(to)!];
	const thread = side === 'from' ? sender : receiver;
	return sender.pid === receiver.pid ? `${thread.pid}/${thread.tid}` : String(thread.pid);
};

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

const wayOf = (evidence: Evidence, group: readonly Delivery[]): Way => {
	const {kernel} = evidence;
	const pidOf = (tid: number): number => kernel.threads.get(tid)!.pid;
	const messages = withoutResets(evidence, group);
	const first = messages[0]!;
	const isForward = ({from, lane}: Delivery): boolean => {
		if (first.kind === 'tcp') return lane === first.lane;
		return pidOf(first.from) === pidOf(first.to)
			? from === first.from
			: pidOf(from) === pidOf(first.from);
	};
	const forward = messages.filter(isForward);
	const back = messages.filter(delivery => !isForward(delivery));
	const pids = unique([pidOf(first.from), pidOf(first.to)]);
	const channels = unique(messages.map(({channel}) => channel));
	const keys = keysOf(first.kind, messages);
	const told = messages.filter(({notice}) => notice !== '');
	const receivers = unique(messages.map(({to}) => to)).map(tid => receiverOf(evidence, tid));
	const hasAsked = receivers.some(({cpu, busy, emptyReads}) => busy > cpu / 20 || emptyReads > 0);
	return {
		kind: first.kind,
		channels,
		senders: unique(messages.map(({from}) => nameOf(kernel, from))),
		receivers,
		messages: messages.length,
		direction: directionOf(forward, back),
		isAtOnce: forward.some(one => back.some(other => overlap(one, other))),
		isAcknowledged: messages.length < group.length,
		notice: noticeOf(told.length > 0, hasAsked),
		queues: unique(told.map(({notice}) => notice)).sort(),
		told: told.length,
		calls: callsOn(evidence.calls, pids, keys),
		relation: relationOf(evidence, first.kind, pids, keys),
		areRelatives: pids.length < 2 || areRelatives(evidence.calls, pids[0]!, pids[1]!),
		hosts: new Set(pids.map(pid => kernel.processes.get(pid)?.host)).size,
		delay: delayOf(messages),
	};
};

const relationOf = (
	{calls}: Evidence,
	kind: WayKind,
	pids: readonly number[],
	keys: readonly string[],
): Way['relation'] => {
	const [one, other] = pids;
	if (one === undefined || other === undefined) return 'threads';
	if (kind === 'signal') return 'named';
	if (isHandedOver(calls, pids, keys)) return 'handed';
	const [ofOne, ofOther] = [one, other].map(pid => sourceOfChannel(calls, pid, keys));
	const isInherited =
		ofOne === undefined || ofOther === undefined
			? areRelatives(calls, one, other)
			: ofOne === ofOther;
	return isInherited ? 'inherited' : 'named';
};

const noticeOf = (isTold: boolean, hasAsked: boolean): Way['notice'] => {
	if (isTold) return hasAsked ? 'both' : 'told';
	return hasAsked ? 'asked' : 'unused';
};

const directionOf = (forward: readonly Delivery[], back: readonly Delivery[]): WayDirection => {
	if (back.length === 0) return 'one-way';
	const lanes = new Set(forward.map(({lane}) => lane));
	return back.some(({lane}) => lanes.has(lane)) ? 'half-duplex' : 'two-way';
};

/** Both were under way at the same time. */
const overlap = (a: Delivery, b: Delivery): boolean => a.sent < b.received && b.sent < a.received;

/**
 * The messages of a group. Who only puts a variable back to its first value, while the other side stores values of its
 * own in it, sends no message: it says that it has taken one.
 */
const withoutResets = ({deliveries}: Evidence, group: readonly Delivery[]): readonly Delivery[] => {
	const isReset = ({kind, lane, value}: Delivery): boolean =>
		kind === 'var' && value === deliveries.initial.get(lane);
	const hasSaid = new Set(
		group.filter(delivery => !isReset(delivery)).map(({lane, from}) => `${lane} ${from}`),
	);
	const messages = group.filter(
		delivery => !isReset(delivery) || hasSaid.has(`${delivery.lane} ${delivery.from}`),
	);
	return messages.length > 0 ? messages : group;
};

/** How channel-calls.ts knows the channels of these deliveries. */
const keysOf = (kind: WayKind, deliveries: readonly Delivery[]): readonly string[] => {
	if (kind === 'unix' || kind === 'tcp' || kind === 'udp' || kind === 'radio') return [kind];
	if (kind === 'msg') return unique(deliveries.map(({channel}) => channel));
	if (kind !== 'var') return unique(deliveries.map(({lane}) => lane));
	return unique(deliveries.map(({lane}) => lane.split('+')[0]!));
};

/** The process's name, which is enough here; of a process with several threads, the thread's. */
const nameOf = (kernel: Kernel, tid: number): string => {
	const process = kernel.processes.get(kernel.threads.get(tid)?.pid ?? 0);
	return process?.allThreads.length === 1 ? process.name : threadName(kernel, tid);
};

const receiverOf = ({kernel, deliveries}: Evidence, tid: number): Receiver => {
	const thread = kernel.threads.get(tid)!;
	const {cpu, busy} = accountOf(kernel, thread);
	const {voluntarySwitches, involuntarySwitches} = thread.accounting;
	return {
		name: nameOf(kernel, tid),
		tid,
		cpu,
		busy,
		contextSwitches: voluntarySwitches + involuntarySwitches,
		emptyReads: deliveries.emptyReads.get(tid) ?? 0,
	};
};

const delayOf = (messages: readonly Delivery[]): Way['delay'] => {
	// The clocks of two CPUs may stand apart by some cycles.
	const delays = messages
		.map(({sent, received}) => Math.max(0, received - sent))
		.sort((a, b) => a - b);
	const longest = delays.at(-1);
	return longest === undefined ? undefined : {median: delays[(delays.length - 1) >> 1]!, longest};
};

/** A variable that two processes have under one name and not in one memory. */
const privateWay = ({kernel, calls, deliveries}: Evidence, variable: PrivateVariable): Way => ({
	kind: 'var',
	channels: [variable.channel],
	senders: [nameOf(kernel, variable.writer)],
	receivers: [receiverOf({kernel, calls, deliveries, privates: []}, variable.reader)],
	messages: 0,
	direction: 'none',
	isAtOnce: false,
	isAcknowledged: false,
	notice: 'unused',
	queues: [],
	told: 0,
	calls: [],
	relation: 'inherited',
	areRelatives: true,
	hosts: 1,
	delay: undefined,
});

/** A server with ten clients is one row, not ten. */
const mergeEqual = (ways: readonly Way[]): readonly Way[] => {
	const merged = new Map<string, Way>();
	for (const way of ways) {
		const {kind, direction, notice, relation, hosts, isAcknowledged} = way;
		const key = JSON.stringify([
			kind,
			direction,
			notice,
			relation,
			hosts,
			isAcknowledged,
			way.queues,
		]);
		const known = merged.get(key);
		merged.set(key, known ? joined(known, way) : way);
	}
	return [...merged.values()];
};

const joined = (a: Way, b: Way): Way => ({
	...a,
	channels: unique([...a.channels, ...b.channels]),
	senders: unique([...a.senders, ...b.senders]),
	receivers: [
		...a.receivers,
		...b.receivers.filter(({tid}) => a.receivers.every(receiver => receiver.tid !== tid)),
	],
	messages: a.messages + b.messages,
	isAtOnce: a.isAtOnce || b.isAtOnce,
	told: a.told + b.told,
	calls: unique([...a.calls, ...b.calls]),
	areRelatives: a.areRelatives && b.areRelatives,
	delay:
		a.delay && b.delay
			? {
					median: Math.round(
						(a.delay.median * a.messages + b.delay.median * b.messages) / (a.messages + b.messages),
					),
					longest: Math.max(a.delay.longest, b.delay.longest),
				}
			: (a.delay ?? b.delay),
});
