// Pipes and FIFOs: how full each is, the bytes in it, who holds its ends and who sleeps at them.

import type {Kernel} from '../kernel/kernel.js';
import {capacityOf, fillLevel, peekPipe, type Pipe} from '../kernel/pipes/pipe.js';
import {threadName} from './accounts.js';
import {type Holder, pipeEnds, pipeHolders} from './channels.js';
import {escapeBytes} from './escape.js';
import {type LazyNames, lazyNames} from './lazy-names.js';
import {perObservation} from './observed.js';

export type PipeView = {
	readonly kind: 'pipe';
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
	/** Names of those who sleep in read() or write(), in wake order, and in poll(). */
	readonly blockedReaders: LazyNames;
	readonly blockedWriters: LazyNames;
	/** Names of those who sleep in open() until somebody opens the other end of a FIFO. */
	readonly opening: LazyNames;
	readonly pids: ReadonlySet<number>;
};

/** More bytes than most panes show. */
export const shownBytes = 400;

export const pipeViews = perObservation((observed): readonly PipeView[] => {
	const {kernel} = observed;
	return [...kernel.pipes.values()].map(pipe => new PipeRow(pipe, kernel));
});

/** A pipe as it is looked at: of many only a few are shown. */
class PipeRow implements PipeView {
	readonly kind = 'pipe';
	readonly #pipe: Pipe;
	readonly #kernel: Kernel;

	constructor(pipe: Pipe, kernel: Kernel) {
		this.#pipe = pipe;
		this.#kernel = kernel;
	}

	get id(): number {
		return this.#pipe.id;
	}

	get name(): string {
		return this.#pipe.name;
	}

	get fill(): number {
		return fillLevel(this.#pipe);
	}

	get capacity(): number {
		return capacityOf(this.#pipe);
	}

	get text(): string {
		return escapeBytes(peekPipe(this.#pipe, shownBytes));
	}

	get bytesIn(): number {
		return this.#pipe.bytesWritten;
	}

	get bytesOut(): number {
		return this.#pipe.bytesRead;
	}

	get readers(): readonly Holder[] {
		return pipeHolders(pipeEnds(this.#kernel), this.#pipe, 'reads');
	}

	get writers(): readonly Holder[] {
		return pipeHolders(pipeEnds(this.#kernel), this.#pipe, 'writes');
	}

	get blockedReaders(): LazyNames {
		return this.#sleepersIn(this.#pipe.readQueue, this.#pipe.readPoint);
	}

	get blockedWriters(): LazyNames {
		return this.#sleepersIn(this.#pipe.writeQueue, this.#pipe.writePoint);
	}

	get opening(): LazyNames {
		return this.#sleepersIn(this.#pipe.openQueue);
	}

	get pids(): ReadonlySet<number> {
		const opening = this.#pipe.openQueue.waiters.map(
			tid => this.#kernel.threads.get(tid)?.pid ?? 0,
		);
		return new Set([...this.readers, ...this.writers].map(({pid}) => pid).concat(opening));
	}

	#sleepersIn({waiters}: Pipe['readQueue'], point?: Pipe['readPoint']): LazyNames {
		const polling = point?.queue.waiters ?? [];
		const tids = polling.length === 0 ? waiters : [...new Set([...waiters, ...polling])];
		return lazyNames(tids, tid => threadName(this.#kernel, tid));
	}
}

/** One pipe. */
export const pipeView = (kernel: Kernel, pipe: Pipe): PipeView => new PipeRow(pipe, kernel);

export const findPipe = (kernel: Kernel, name: string): Pipe | undefined =>
	[...kernel.pipes.values()].find(pipe => pipe.name === name);
