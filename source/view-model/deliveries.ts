// Who told whom what: every message of a run, from the thread that sent it to the one that received it, worked out from
// the event log and from the accesses to watched variables.

import type {EventBody, KernelEvent} from '../kernel/trace/events.js';
import type {Kernel} from '../kernel/kernel.js';
import {channelOf} from '../kernel/files/open-file.js';
import {signalName} from '../kernel/signals/signal-numbers.js';

/** Kinds of channels by which processes can reach each other. */
export type WayKind =
	| 'var'
	| 'file'
	| 'pipe'
	| 'fifo'
	| 'unix'
	| 'tcp'
	| 'udp'
	| 'mq'
	| 'msg'
	| 'radio'
	| 'eventfd'
	| 'signal';

export type Delivery = {
	readonly kind: WayKind;
	/** `pipe:7`, `var:*left`: as everywhere. */
	readonly channel: string;
	/** The one queue, variable or file it went through: two deliveries with the same lane share it. */
	readonly lane: string;
	/** Thread ids. */
	readonly from: number;
	readonly to: number;
	/** Cycles. */
	readonly sent: number;
	readonly received: number;
	/** The wait queue in which the receiver slept until the sender (or the arriving packet) woke it; '' if none. */
	readonly notice: string;
	/** The value of a variable, as text; '' for bytes. */
	readonly value: string;
};

type Sent = {
	readonly channel: string;
	readonly lane: string;
	readonly from: number;
	readonly cycle: number;
	/** Bytes not received yet. */
	left: number;
	readonly count: number;
	readonly sample: string;
};

/** A variable's last store, and who has seen it. */
type Store = {
	readonly from: number;
	readonly cycle: number;
	readonly value: string;
	readonly seenBy: Set<number>;
};

type Wake = {readonly queue: string; readonly by: number; readonly cycle: number};

export type DeliveryLog = {
	readonly deliveries: Delivery[];
	/** Bytes under way, by lane, oldest first. */
	readonly sent: Map<string, Sent[]>;
	/** For what many can receive (files, the air): how many of the lane's messages each thread has had. */
	readonly taken: Map<string, number>;
	readonly stores: Map<string, Store>;
	/** What variables held when they were seen first, by lane. */
	readonly initial: Map<string, string>;
	readonly wakes: Map<number, Wake>;
	/** Reads that found nothing before something came, by thread; and those after which nothing has come yet (end of file). */
	readonly emptyReads: Map<number, number>;
	readonly idleReads: Map<number, number>;
	/** Cycle of the last kill(2), by pid. */
	readonly kills: Map<number, number>;
	/** Cycle of the last system call, by thread. */
	readonly called: Map<number, number>;
	/** The type of the message that a thread's msgsnd(2) is about to send, by thread. */
	readonly types: Map<number, string>;
};

export const createDeliveryLog = (): DeliveryLog => ({
	deliveries: [],
	sent: new Map(),
	taken: new Map(),
	stores: new Map(),
	initial: new Map(),
	wakes: new Map(),
	emptyReads: new Map(),
	idleReads: new Map(),
	kills: new Map(),
	called: new Map(),
	types: new Map(),
});

const kinds: Readonly<Record<string, WayKind>> = {
	file: 'file',
	pipe: 'pipe',
	fifo: 'fifo',
	unix: 'unix',
	tcp: 'tcp',
	udp: 'udp',
	mq: 'mq',
	msg: 'msg',
	eventfd: 'eventfd',
};

/** The kind of a channel by its name; undefined for what no process receives from (the console, devices). */
export const kindOfChannel = (channel: string): WayKind | undefined =>
	channel.startsWith('device:/dev/radio') ? 'radio' : kinds[channel.slice(0, channel.indexOf(':'))];

/** Takes one event into account. Events must come in order. */
export const noteEvent = (log: DeliveryLog, kernel: Kernel, event: KernelEvent): void => {
	const {body, tid, cycle, pid} = event;
	switch (body.kind) {
		case 'bytes': {
			noteBytes(log, kernel, event, body);
			return;
		}

		case 'woken': {
			log.wakes.set(tid, {queue: body.queue, by: body.by, cycle});
			return;
		}

		case 'return': {
			if (isEmptyRead(kernel, pid, body)) log.idleReads.set(tid, (log.idleReads.get(tid) ?? 0) + 1);
			else noteCounter(log, kernel, event, body);
			return;
		}

		case 'call': {
			if (/kill|sigqueue/.test(body.name)) log.kills.set(pid, cycle);
			log.called.set(tid, cycle);
			if (body.name === 'msgsnd') noteType(log, tid, body.args);
			return;
		}

		case 'signal': {
			noteSignal(log, kernel, event, body);
			return;
		}

		case 'blocked':
		case 'switch':
		case 'created':
		case 'exec':
		case 'exited':
		case 'packet':
		case 'input':
		case 'deadlock':
	}
};

/** EAGAIN, or the end of a file that may still grow; of a pipe or a connection, 0 is its end. */
const isEmptyRead = (
	{processes}: Kernel,
	pid: number,
	{name, args, value, errno}: Extract<EventBody, {kind: 'return'}>,
): boolean => {
	if (!/read|recv|msgrcv|receive/.test(name)) return false;
	if (errno === 'EAGAIN') return true;
	const file = processes.get(pid)?.descriptors[Number(args[0])]?.file;
	return errno === '' && value === 0 && file?.thing.kind === 'file';
};

/** eventfd(2) carries no bytes, but a count that a read takes as a whole. */
const noteCounter = (
	log: DeliveryLog,
	kernel: Kernel,
	event: KernelEvent,
	{name, args, value}: Extract<EventBody, {kind: 'return'}>,
): void => {
	if (value !== 8 || !/^(readv?|writev?)$/.test(name)) return;
	const {tid, pid} = event;
	const file = kernel.processes.get(pid)?.descriptors[Number(args[0])]?.file;
	if (file?.thing.kind !== 'eventfd') return;
	const channel = channelOf(file);
	if (name.startsWith('write')) {
		const cycle = log.called.get(tid) ?? event.cycle;
		const queue = log.sent.get(channel) ?? [];
		queue.push({channel, lane: channel, from: tid, cycle, left: 8, count: 8, sample: ''});
		log.sent.set(channel, queue);
	} else {
		const queue = log.sent.get(channel) ?? [];
		const taken = file.thing.counter.isSemaphore ? 1 : queue.length;
		receiveBytes(log, kernel, event, {kind: 'eventfd', lane: channel}, queue, 8 * taken);
	}
};

const noteSignal = (
	log: DeliveryLog,
	kernel: Kernel,
	{tid, pid, cycle}: KernelEvent,
	{signal, sender, action}: Extract<EventBody, {kind: 'signal'}>,
): void => {
	const from = kernel.processes.get(sender)?.allThreads[0];
	const sent = log.kills.get(sender);
	if (action !== 'handled' || from === undefined || sent === undefined || sender === pid) return;
	deliver(log, kernel, {
		kind: 'signal',
		channel: `signal:${signalName(signal)}`,
		lane: `signal:${pid}`,
		from,
		to: tid,
		sent,
		received: cycle,
		value: '',
	});
};

type Undelivered = Omit<Delivery, 'notice'>;

const deliver = (log: DeliveryLog, kernel: Kernel, delivery: Undelivered): void => {
	const {from, to} = delivery;
	if (from === to) return;
	log.emptyReads.set(to, (log.emptyReads.get(to) ?? 0) + (log.idleReads.get(to) ?? 0));
	log.idleReads.delete(to);
	log.deliveries.push({...delivery, notice: noticeOf(log, kernel, delivery)});
};

/** Wait queues in which one waits for time or for the disk, not for somebody. */
const impersonal = new Set(['sleep', 'disk', 'timerfd', 'vfork']);

/** Wait queues whose sleepers an arriving packet wakes. */
const networked = /^(socket|radio|accept|connect|poll)/;

const noticeOf = (log: DeliveryLog, kernel: Kernel, {from, to, sent, received}: Undelivered) => {
	const wake = log.wakes.get(to);
	if (!wake || wake.cycle < sent || wake.cycle > received || impersonal.has(wake.queue)) return '';
	const isFromSender =
		kernel.threads.get(wake.by)?.pid === kernel.threads.get(from)?.pid &&
		(wake.by === from || kernel.threads.get(from)?.pid !== kernel.threads.get(to)?.pid);
	return isFromSender || (wake.by <= 0 && networked.test(wake.queue)) ? wake.queue : '';
};

const noteBytes = (
	log: DeliveryLog,
	kernel: Kernel,
	event: KernelEvent,
	body: Extract<EventBody, {kind: 'bytes'}>,
): void => {
	const kind = kindOfChannel(body.channel);
	if (kind === undefined || body.count === 0) return;
	if (body.direction === 'in') {
		const {channel, count} = body;
		const queue = log.sent.get(channel) ?? [];
		queue.push({
			channel,
			lane: laneOfSender(log, event.tid, kind, channel),
			from: event.tid,
			cycle: event.cycle,
			left: count,
			count,
			sample: String(body.data),
		});
		log.sent.set(channel, queue);
		return;
	}
	const lane = laneOfReceiver(log, kernel, event, body.channel);
	const queue = log.sent.get(lane);
	if (!queue) return;
	if (kind === 'file' || kind === 'radio') receiveShared(log, kernel, event, {kind, lane}, queue);
	else if (isPickedOut(kind)) receiveMessage(log, kernel, event, {kind, lane}, queue, body);
	else receiveBytes(log, kernel, event, {kind, lane}, queue, body.count);
};

/** What is received one by one, and not always in the order of sending: datagrams overtake, urgent messages go first. */
const isPickedOut = (kind: WayKind): boolean => kind === 'udp' || kind === 'mq' || kind === 'msg';

type Where = {readonly kind: WayKind; readonly lane: string};

const received = (
	log: DeliveryLog,
	kernel: Kernel,
	{tid, cycle}: KernelEvent,
	{kind}: Where,
	{channel, lane, from, cycle: sent}: Sent,
): void => {
	if (from === 0) return;
	deliver(log, kernel, {kind, lane, channel, from, to: tid, sent, received: cycle, value: ''});
};

/** A queue of bytes: what went in first comes out first. A write counts as received with its last byte. */
const receiveBytes = (
	log: DeliveryLog,
	kernel: Kernel,
	event: KernelEvent,
	where: Where,
	queue: Sent[],
	count: number,
): void => {
	let left = count;
	while (left > 0 && queue.length > 0) {
		const first = queue[0]!;
		const part = Math.min(left, first.left);
		first.left -= part;
		left -= part;
		if (first.left > 0) return;
		queue.shift();
		received(log, kernel, event, where, first);
	}
};

/** The oldest message with these bytes, or (it was cut off) that begins with them. */
const receiveMessage = (
	log: DeliveryLog,
	kernel: Kernel,
	event: KernelEvent,
	where: Where,
	queue: Sent[],
	{data}: Extract<EventBody, {kind: 'bytes'}>,
): void => {
	const sample = String(data);
	const whole = queue.findIndex(item => item.sample === sample);
	const index = whole === -1 ? queue.findIndex(item => item.sample.startsWith(sample)) : whole;
	const [item] = index === -1 ? [] : queue.splice(index, 1);
	if (item) received(log, kernel, event, where, item);
};

/** What stays for others: a reader gets everything that has come since it read last. */
const receiveShared = (
	log: DeliveryLog,
	kernel: Kernel,
	event: KernelEvent,
	where: Where,
	queue: readonly Sent[],
): void => {
	const key = `${where.lane} ${event.tid}`;
	for (const item of queue.slice(log.taken.get(key) ?? 0))
		received(log, kernel, event, where, item);
	log.taken.set(key, queue.length);
};

const noteType = (log: DeliveryLog, tid: number, args: readonly string[]): void => {
	const [, type = ''] = /mtype=(-?\d+)/.exec(args[1] ?? '') ?? [];
	log.types.set(tid, type);
};

/** In a System V queue the messages of each type are a queue of their own: who receives asks for a type. */
const laneOfSender = (log: DeliveryLog, tid: number, kind: WayKind, channel: string): string =>
	kind === 'msg' ? `${channel} type ${log.types.get(tid) ?? ''}` : channel;

/** `tcp:A-B` of the sender is `tcp:B-A` of the receiver; datagrams go by their destination. */

const laneOfReceiver = (
	log: DeliveryLog,
	kernel: Kernel,
	{pid}: KernelEvent,
	channel: string,
): string => {
	const [, protocol, local, peer] = /^(tcp|udp):([\d.*:]+)(?:-([\d.:]+))?/.exec(channel) ?? [];
	if (protocol === 'tcp') return `tcp:${peer}-${local}`;
	if (protocol !== 'udp' || local === undefined) return channel;
	const [address, port] = local.split(':');
	const host = kernel.hosts.get(kernel.processes.get(pid)?.host ?? '')?.address;
	const addresses = address === '*' ? [host, '127.0.0.1', '255.255.255.255'] : [address];
	const names = addresses.map(own => `udp:${own}:${port}`);
	return names.find(name => (log.sent.get(name)?.length ?? 0) > 0) ?? channel;
};

/** An access to a watched variable. `value` is what it holds after it. */
export type VariableAccess = {
	readonly lane: string;
	readonly channel: string;
	readonly tid: number;
	readonly cycle: number;
	readonly isStore: boolean;
	readonly value: string;
	readonly before: string;
};

/** Takes an access to a variable into account. A store counts as a message if it changes the value. */
export const noteAccess = (log: DeliveryLog, kernel: Kernel, access: VariableAccess): void => {
	const {lane, channel, tid, cycle, isStore, value, before} = access;
	if (!log.initial.has(lane)) log.initial.set(lane, before);
	if (isStore) {
		if (value !== before) log.stores.set(lane, {from: tid, cycle, value, seenBy: new Set([tid])});
		return;
	}
	const store = log.stores.get(lane);
	if (!store || store.seenBy.has(tid)) return;
	store.seenBy.add(tid);
	// Who did not exist then has not been told: it was born with the knowledge.
	if ((kernel.threads.get(tid)?.accounting.createdAt ?? 0) > store.cycle) return;
	deliver(log, kernel, {
		kind: 'var',
		channel,
		lane,
		from: store.from,
		to: tid,
		sent: store.cycle,
		received: cycle,
		value: store.value,
	});
};
