// signalfd(2): pending signals of the reader, taken by read(2) instead of a handler. The signals must be blocked.

import {markEffect} from '../../vm/turns.js';
import {
	anonymousStatus,
	type FileOperations,
	type Io,
	noOperations,
	readable,
} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, type PollPoint} from '../polling/poll-point.js';
import {encodeSignalfdInfo} from './signal-layout.js';
import {hasSignal, type SignalSet} from './signal-state.js';
import {takePending} from './signals.js';
import type {Sink} from '../memory/user-buffer.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';

export type SignalSource = {
	readonly id: number;
	set: SignalSet;
	readonly queue: WaitQueue;
	readonly point: PollPoint;
};

/** An open signalfd. */
export type SignalFile = {readonly kind: 'signalfd'; readonly source: SignalSource};

const recordSize = 128;

export const createSignalFile = (kernel: Kernel, set: SignalSet): SignalFile => {
	const id = nextObjectId(kernel);
	const channel = `signalfd:${id}`;
	return {
		kind: 'signalfd',
		source: {
			id,
			set,
			queue: createWaitQueue('signalfd', channel),
			point: createPollPoint(channel, readable),
		},
	};
};

const read = (kernel: Kernel, {source}: SignalFile, io: Io, sink: Sink): Outcome => {
	const process = io.thread && kernel.processes.get(io.thread.pid);
	if (!process || !io.thread || sink.length < recordSize) return failed('EINVAL');
	let count = 0;
	while (count + recordSize <= sink.length) {
		const pending = takePending(process, io.thread, signal => hasSignal(source.set, signal));
		if (!pending) break;
		markEffect(io.thread.context.turns);
		if (!sink.put(encodeSignalfdInfo(pending))) return failed('EFAULT');
		count += recordSize;
	}
	if (count > 0) return done(count);
	if (io.isNonblocking) return failed('EAGAIN');
	return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(source.queue);
};

/** Readiness is that of the process that looks: the one in the kernel just now. */
const readiness = (kernel: Kernel, {source}: SignalFile): number => {
	const thread = kernel.threads.get(kernel.actor);
	const process = thread && kernel.processes.get(thread.pid);
	if (!thread || !process) return 0;
	const pending = [...thread.signals.pending, ...process.signals.pending];
	return pending.some(({signal}) => hasSignal(source.set, signal)) ? readable : 0;
};

export const signalfdOperations: FileOperations<SignalFile> = {
	...noOperations,
	read,
	readiness,
	pollPoints: (_kernel, {source}) => [source.point],
	status: (_kernel, {source}) => anonymousStatus(source.id, 0o600),
	channel: ({source}) => source.queue.channel,
};
