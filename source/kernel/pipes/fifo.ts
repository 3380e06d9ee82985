// Opening a FIFO, fifo(7): an open for one direction waits until somebody opens the other. Who waits already counts as
// reader or writer, so the count is taken back if the wait is interrupted or its thread ends.

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import type {Inode} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import {openFlags} from '../files/open-flags.js';
import {blockedOn, failed, type Outcome} from '../outcome.js';
import {closePipeEnd, createPipe, openPipeEnd, type Pipe} from './pipe.js';
import type {PipeEnd} from './pipe-file.js';
import type {Thread} from '../process/thread.js';
import {wakeAll} from '../process/wake.js';

/** An inode that is known to be a FIFO. */
export type FifoInode = Inode & {readonly body: {kind: 'fifo'; pipe: Pipe | undefined}};

/** What a blocked open remembers. */
export type FifoOpen = {
	readonly kind: 'fifo-open';
	readonly end: PipeEnd;
	readonly flags: number;
	/** writerOpens (or readerOpens) when the wait began; it ends when they have grown. */
	readonly partners: number;
};

export const isFifoOpen = (memo: unknown): memo is FifoOpen =>
	typeof memo === 'object' && memo !== null && 'kind' in memo && memo.kind === 'fifo-open';

/** Begins an open: the end to use, what to wait for, or ENXIO for a non-blocking writer without readers. */
export const beginFifoOpen = (
	kernel: Kernel,
	inode: FifoInode,
	path: string,
	flags: number,
	thread: Thread | undefined,
): PipeEnd | FifoOpen | Errno => {
	const mode = flags & openFlags.accessMode;
	const reads = mode !== openFlags.writeOnly;
	const writes = mode !== openFlags.readOnly;
	const isNonblocking = (flags & openFlags.nonblock) !== 0;
	if (writes && !reads && isNonblocking && (inode.body.pipe?.readers ?? 0) === 0) return 'ENXIO';
	inode.body.pipe ??= createPipe(kernel, path);
	const {pipe} = inode.body;
	openPipeEnd(pipe, {reads, writes});
	if (thread) markEffect(thread.context.turns);
	wakeAll(kernel, pipe.openQueue);
	const isAlone =
		(reads && !writes && pipe.writers === 0) || (writes && !reads && pipe.readers === 0);
	const end: PipeEnd = {
		kind: 'pipe',
		pipe,
		reads,
		writes,
		writersSeen: isAlone && reads ? pipe.writerOpens : -1,
		inode,
	};
	if (!isAlone || isNonblocking) return end;
	return {kind: 'fifo-open', end: {...end, writersSeen: -1}, flags, partners: partnersOf(end)};
};

const partnersOf = (end: PipeEnd): number =>
	end.reads ? end.pipe.writerOpens : end.pipe.readerOpens;

/** Looks whether the partner has come: the end to use, or the outcome of the call. */
export const continueFifoOpen = (
	kernel: Kernel,
	open: FifoOpen,
	isInterrupted: boolean,
): PipeEnd | Outcome => {
	if (partnersOf(open.end) !== open.partners) return open.end;
	if (!isInterrupted) return blockedOn(open.end.pipe.openQueue);
	abandonFifoOpen(kernel, open);
	return failed('ERESTARTSYS');
};

/** Takes back the count of an open that will not be completed. */
export const abandonFifoOpen = (kernel: Kernel, open: FifoOpen): void =>
	releaseEnd(kernel, open.end);

/** An end of a FIFO is closed; the last one takes the pipe and its bytes along. */
export const releaseEnd = (kernel: Kernel, end: PipeEnd): void => {
	closePipeEnd(kernel, end.pipe, end);
	if (end.inode?.body.kind === 'fifo' && end.pipe.files === 0) end.inode.body.pipe = undefined;
};
