// eventfd(2): a 64-bit counter that reads take and writes add to.

import {markEffect} from '../../vm/turns.js';
import {
	anonymousStatus,
	type FileOperations,
	type Io,
	noOperations,
	pollError,
	readable,
	writable,
} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

export type EventCounter = {
	readonly id: number;
	count: bigint;
	/** EFD_SEMAPHORE: a read takes 1. */
	readonly isSemaphore: boolean;
	readonly readQueue: WaitQueue;
	readonly writeQueue: WaitQueue;
	readonly readPoint: PollPoint;
	readonly writePoint: PollPoint;
};

/** An open eventfd. */
export type EventFile = {readonly kind: 'eventfd'; readonly counter: EventCounter};

const limit = 2n ** 64n - 1n;

export const createEventFile = (kernel: Kernel, count: number, isSemaphore: boolean): EventFile => {
	const id = nextObjectId(kernel);
	const name = `eventfd:${id}`;
	return {
		kind: 'eventfd',
		counter: {
			id,
			count: BigInt(count),
			isSemaphore,
			readQueue: createWaitQueue('eventfd.read', name),
			writeQueue: createWaitQueue('eventfd.write', name),
			readPoint: createPollPoint(name, readable),
			writePoint: createPollPoint(name, writable),
		},
	};
};

const encode = (value: bigint): Uint8Array => {
	const bytes = new Uint8Array(8);
	new DataView(bytes.buffer).setBigUint64(0, value, true);
	return bytes;
};

const read = (kernel: Kernel, {counter}: EventFile, io: Io, sink: Sink): Outcome => {
	if (sink.length < 8) return failed('EINVAL');
	if (counter.count === 0n) {
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(counter.readQueue);
	}
	const value = counter.isSemaphore ? 1n : counter.count;
	if (!sink.put(encode(value))) return failed('EFAULT');
	counter.count -= value;
	if (io.thread) markEffect(io.thread.context.turns);
	wakeAll(kernel, counter.writeQueue);
	pulse(kernel, counter.writePoint);
	return done(8);
};

const write = (kernel: Kernel, {counter}: EventFile, io: Io, source: Source): Outcome => {
	if (source.length < 8) return failed('EINVAL');
	const bytes = source.get(0, 8);
	if (!bytes) return failed('EFAULT');
	const value = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
	if (value === limit) return failed('EINVAL');
	if (counter.count + value >= limit) {
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(counter.writeQueue);
	}
	counter.count += value;
	if (io.thread && value > 0n) markEffect(io.thread.context.turns);
	wakeAll(kernel, counter.readQueue);
	pulse(kernel, counter.readPoint);
	return done(8);
};

export const eventfdOperations: FileOperations<EventFile> = {
	...noOperations,
	seekSize: () => 'still',
	read,
	write,
	readiness: (_kernel, {counter: {count}}) =>
		(count > 0n ? readable : 0) |
		(count < limit - 1n ? writable : 0) |
		(count === limit ? pollError : 0),
	pollPoints: (_kernel, {counter}) => [counter.readPoint, counter.writePoint],
	status: (_kernel, {counter}) => anonymousStatus(counter.id, 0o600),
	channel: ({counter}) => `eventfd:${counter.id}`,
};
