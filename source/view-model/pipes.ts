// Pipes and FIFOs: how full each is, the bytes in it, who holds its ends and who sleeps at them.

import type {Kernel} from '../kernel/kernel.js';
import {capacityOf, fillLevel, peekPipe, type Pipe} from '../kernel/pipe.js';
import {threadName} from './accounts.js';
import {type DescriptorIndex, type Holder, indexDescriptors, pipeHolders} from './channels.js';
import {escapeBytes} from './escape.js';
import {perObservation} from './observed.js';

export type PipeView = {
	readonly id: number;
	/** `pipe:7`, `fifo:/tmp/box` */
	readonly name: string;
	readonly fill: number;
	readonly capacity: number;
	/** The first queued bytes, oldest first, escaped. */
	readonly text: string;
	readonly bytesIn: number;
	readonly bytesOut: number;
	readonly readers: readonly Holder[];
	readonly writers: readonly Holder[];
	/** Names in wake order. */
	readonly blockedReaders: readonly string[];
	readonly blockedWriters: readonly string[];
	readonly pids: ReadonlySet<number>;
};

/** More bytes than the widest pane shows. */
const shownBytes = 400;

export const pipeViews = perObservation(({kernel}): readonly PipeView[] => {
	const index = indexDescriptors(kernel);
	return [...kernel.pipes.values()].map(pipe => pipeView(kernel, index, pipe));
});

export const pipeView = (kernel: Kernel, index: DescriptorIndex, pipe: Pipe): PipeView => {
	const readers = pipeHolders(kernel, index, pipe, 'reads');
	const writers = pipeHolders(kernel, index, pipe, 'writes');
	const opening = pipe.openQueue.waiters.map(tid => kernel.threads.get(tid)?.pid ?? 0);
	return {
		id: pipe.id,
		name: pipe.name,
		fill: fillLevel(pipe),
		capacity: capacityOf(pipe),
		text: escapeBytes(peekPipe(pipe, shownBytes)),
		bytesIn: pipe.bytesWritten,
		bytesOut: pipe.bytesRead,
		readers,
		writers,
		blockedReaders: pipe.readQueue.waiters.map(tid => threadName(kernel, tid)),
		blockedWriters: pipe.writeQueue.waiters.map(tid => threadName(kernel, tid)),
		pids: new Set([...readers, ...writers].map(holder => holder.pid).concat(opening)),
	};
};

export const findPipe = (kernel: Kernel, name: string): Pipe | undefined =>
	[...kernel.pipes.values()].find(pipe => pipe.name === name);
