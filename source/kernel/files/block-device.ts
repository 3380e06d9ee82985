// The disk of a host and its kernel thread [kio]. Who needs a block that is not in the page cache puts a request into
// the device's queue and is blocked on `disk`; [kio] takes the requests one after the other, starts the transfer, sleeps
// while the disk is at work, and wakes who waits. [kio] is a thread that is for ever inside one system call.

import {type CachedBlocks, blockSize, coldBlocksIn} from './cached-blocks.js';
import type {Io} from './file-operations.js';
import type {RegularBody} from './inode.js';
import {costs, type Kernel} from '../kernel.js';
import {blockedOn, done, type Outcome} from '../outcome.js';
import {chargeCycles, hostOf, processOf, type SystemCall} from '../system-call.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

export type BlockRequest = {
	readonly blocks: CachedBlocks;
	readonly block: number;
	readonly direction: 'read' | 'write';
	/** As shown: `file:/com.txt`. */
	readonly channel: string;
};

export type BlockDevice = {
	/** Requests in order of arrival; the one being served is not in it. */
	readonly requests: BlockRequest[];
	active: BlockRequest | undefined;
	/** Cycle at which the disk has done the active request. */
	readyAt: number;
	/** Where [kio] sleeps without work, and while the disk is at work. */
	readonly idleQueue: WaitQueue;
	readonly transferQueue: WaitQueue;
	/** Pages that the files of the host take, at least: deletions are noticed when they run out. */
	usedPages: number;
	/** Requests served so far. */
	reads: number;
	writes: number;
};

export const createBlockDevice = (): BlockDevice => ({
	requests: [],
	active: undefined,
	readyAt: 0,
	idleQueue: createWaitQueue('kio.idle'),
	transferQueue: createWaitQueue('kio.transfer'),
	usedPages: 0,
	reads: 0,
	writes: 0,
});

const submit = (kernel: Kernel, device: BlockDevice, request: BlockRequest): WaitQueue => {
	const known = request.blocks.pending.get(request.block);
	if (known) return known;
	const queue = createWaitQueue('disk', request.channel);
	request.blocks.pending.set(request.block, queue);
	device.requests.push(request);
	wakeAll(kernel, device.idleQueue);
	return queue;
};

/**
 * Makes sure that bytes [start, end) of a file stand in the page cache: `undefined` if they do, else where to wait.
 * All cold blocks of the range are asked for at once.
 */
export const fetchBlocks = (
	kernel: Kernel,
	device: BlockDevice,
	body: RegularBody,
	start: number,
	end: number,
): Outcome | undefined => {
	const {blocks, contents} = body;
	if (!blocks) return undefined;
	const channel = `file:${contents.name}`;
	const queues = coldBlocksIn(blocks, start, Math.min(end, contents.size)).map(block =>
		submit(kernel, device, {blocks, block, direction: 'read', channel}),
	);
	// The disk serves in order, so the last one comes last.
	const last = queues.at(-1);
	return last && blockedOn(last);
};

/** The blocks that a write to [start, end) touches only in part must be in the page cache first. */
export const fetchForWriting = (
	kernel: Kernel,
	device: BlockDevice,
	body: RegularBody,
	start: number,
	end: number,
): Outcome | undefined => {
	if (end <= start || !body.blocks || body.blocks.cold.size === 0) return undefined;
	const first = Math.floor(start / blockSize);
	const last = Math.floor((end - 1) / blockSize);
	const isFirstPartial =
		start % blockSize !== 0 ||
		(first === last && end % blockSize !== 0 && end < body.contents.size);
	if (isFirstPartial) {
		const wait = fetchBlocks(kernel, device, body, first * blockSize, first * blockSize + 1);
		if (wait) return wait;
	}
	if (end % blockSize === 0 || end >= body.contents.size) return undefined;
	return fetchBlocks(kernel, device, body, last * blockSize, last * blockSize + 1);
};

/** Bytes [start, end) have been written into the page cache. */
export const markDirty = (body: RegularBody, start: number, end: number): void => {
	const {blocks} = body;
	if (!blocks) return;
	for (let block = Math.floor(start / blockSize); block * blockSize < end; block++) {
		blocks.cold.delete(block);
		blocks.dirty.add(block);
	}
};

/** fsync(2): writes the dirty blocks to the disk and waits for them. The wait can't be interrupted. */
export const writeBack = (
	kernel: Kernel,
	device: BlockDevice,
	body: RegularBody,
	_io: Io,
): Outcome => {
	const {blocks, contents} = body;
	if (!blocks) return done(0);
	const channel = `file:${contents.name}`;
	const queues = [...blocks.dirty].map(block =>
		submit(kernel, device, {blocks, block, direction: 'write', channel}),
	);
	const pending = queues.at(-1) ?? [...blocks.pending.values()].at(-1);
	return pending ? blockedOn(pending) : done(0);
};

/** Forgets the blocks behind the end of a file that was cut. */
export const forgetBlocks = (body: RegularBody): void => {
	if (!body.blocks) return;
	const end = Math.ceil(body.contents.size / blockSize);
	for (const set of [body.blocks.cold, body.blocks.dirty]) {
		for (const block of set) if (block >= end) set.delete(block);
	}
};

const complete = (kernel: Kernel, device: BlockDevice, request: BlockRequest): void => {
	const {blocks, block, direction} = request;
	if (direction === 'read') {
		device.reads++;
		blocks.cold.delete(block);
	} else {
		device.writes++;
		blocks.dirty.delete(block);
	}
	const queue = blocks.pending.get(block);
	blocks.pending.delete(block);
	device.active = undefined;
	if (queue) wakeAll(kernel, queue);
};

/** What [kio] does each time it runs: finish a request, start the next, sleep. It never returns. */
const serve: SystemCall = (kernel, thread) => {
	const {device} = hostOf(kernel, processOf(kernel, thread)).fileSystem;
	if (device.active && kernel.now < device.readyAt)
		return blockedOn(device.transferQueue, device.readyAt);
	if (device.active) complete(kernel, device, device.active);
	const next = device.requests.shift();
	if (!next) return blockedOn(device.idleQueue);
	device.active = next;
	chargeCycles(kernel, thread, costs.diskService);
	device.readyAt = kernel.now + costs.diskBlock;
	return blockedOn(device.transferQueue, device.readyAt);
};

/** The number of [kio]'s call; none of Linux. */
export const blockDeviceServe = 1003;

export const blockDeviceCalls: Readonly<Record<string, SystemCall>> = {kio_serve: serve};
