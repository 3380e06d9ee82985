// Who runs next. Four policies behind one small interface: a thread becomes ready, a CPU takes one, a running
// one has used up its slice. The run queue is one for all CPUs; ties fall to the one that became ready first.

import type {Kernel} from '../kernel.js';
import type {Thread} from './thread.js';

export type Scheduler = {
	/** Thread ids in the order of becoming ready, one queue per level; all policies but `feedback` use level 0 only. */
	readonly queues: number[][];
	/** Cycle of the next boost of all threads to the top level (`feedback`). */
	boostAt: number;
};

/** Levels of the multilevel feedback queue; level n has a slice of 2^n quanta. */
const levels = 4;
/** The feedback queue lifts every thread to the top after this many quanta, so that none starves. */
const boostQuanta = 50;

export const createScheduler = (): Scheduler => ({
	queues: Array.from({length: levels}, () => []),
	boostAt: 0,
});

/** Why a thread enters the run queue: it decides its place and level. */
export type ReadyReason = 'new' | 'woken' | 'preempted' | 'yielded';

/** Puts a ready thread into the run queue. */
export const enqueue = (kernel: Kernel, thread: Thread, reason: ReadyReason): void => {
	const {scheduler, config} = kernel;
	if (config.scheduler === 'feedback') {
		if (reason === 'preempted') thread.level = Math.min(levels - 1, thread.level + 1);
		scheduler.queues[thread.level]!.push(thread.tid);
	} else {
		const [queue] = scheduler.queues;
		// A kernel thread does the hardware's work and waits for nobody.
		if (thread.isKernelThread) queue!.unshift(thread.tid);
		else queue!.push(thread.tid);
	}
};

/** Takes a thread out of the run queue (it was stopped or killed). */
export const dequeue = (kernel: Kernel, thread: Thread): void => {
	for (const queue of kernel.scheduler.queues) {
		const index = queue.indexOf(thread.tid);
		if (index !== -1) queue.splice(index, 1);
	}
};

/** The next thread to run on a CPU, taken out of the run queue, or undefined if none is ready for it. */
export const takeNext = (kernel: Kernel, cpu: number): Thread | undefined => {
	if (kernel.config.scheduler === 'feedback') boost(kernel);
	for (const queue of kernel.scheduler.queues) {
		const index =
			kernel.config.scheduler === 'priority'
				? mostUrgent(kernel, queue, cpu)
				: queue.findIndex(tid => mayRunOn(kernel.threads.get(tid)!, cpu));
		if (index === -1) continue;
		const [tid] = queue.splice(index, 1);
		return kernel.threads.get(tid!);
	}
	return undefined;
};

/** sched_setaffinity(2). */
export const mayRunOn = ({affinity}: Thread, cpu: number): boolean =>
	affinity === undefined || affinity.includes(cpu);

/** Kernel threads first, then the lowest nice value, then the one that waits longest; -1 if none may run on the CPU. */
const mostUrgent = (kernel: Kernel, queue: readonly number[], cpu: number): number => {
	let best = -1;
	for (let index = 0; index < queue.length; index++) {
		if (!mayRunOn(kernel.threads.get(queue[index]!)!, cpu)) continue;
		if (best === -1 || urgency(kernel, queue[index]!) < urgency(kernel, queue[best]!)) best = index;
	}
	return best;
};

const urgency = (kernel: Kernel, tid: number): number => {
	const thread = kernel.threads.get(tid)!;
	return thread.isKernelThread ? -100 : thread.nice;
};

const boost = (kernel: Kernel): void => {
	const {scheduler, config} = kernel;
	// An idle CPU may ask any number of times, depending on where a run was cut: that must change nothing.
	if (kernel.now < scheduler.boostAt || !isAnyoneReady(kernel)) return;
	scheduler.boostAt = kernel.now + boostQuanta * config.quantum;
	for (const thread of kernel.threads.values()) thread.level = 0;
	const all = scheduler.queues.flat();
	for (const queue of scheduler.queues) queue.length = 0;
	scheduler.queues[0]!.push(...all);
};

export const isAnyoneReady = (kernel: Kernel): boolean =>
	kernel.scheduler.queues.some(queue => queue.length > 0);

/**
 * Cycles that a thread may run before others get the CPU: the quantum (doubled per level by `feedback`), less what
 * makes slices uneven.
 */
export const sliceOf = (kernel: Kernel, thread: Thread): number => {
	const {scheduler, quantum} = kernel.config;
	switch (scheduler) {
		case 'first-come':
			return Infinity;
		case 'feedback':
			return quantum * 2 ** thread.level - unevenness(kernel, thread);
		case 'round-robin':
		case 'priority':
			return quantum - unevenness(kernel, thread);
	}
};

/** Quanta below this many cycles are given to the cycle: whoever sets one wants to watch single instructions. */
const shortestUneven = 32;

/**
 * Cycles by which a thread's present slice is shorter than the quantum: up to 1/32 of it. A program whose loop is in step
 * with slices of one length would hold its lock at the end of each of them, and starve the others for ever; on a real
 * machine interrupts see to that. The same for the same seed, thread and number of preemptions, so it may be asked any
 * number of times within a slice.
 */
const unevenness = ({config}: Kernel, {tid, accounting}: Thread): number => {
	if (config.quantum < shortestUneven) return 0;
	const turn = accounting.involuntarySwitches + 7 * tid + config.seed;
	return (Math.imul(turn, goldenRatio) >>> 16) % (1 + (config.quantum >>> 5));
};

/** 2^32 divided by the golden ratio: its multiples spread evenly. */
const goldenRatio = 0x9e37_79b1;

/** Whether a ready thread takes the CPU from the running one before its slice is over: only by priority. */
export const isPreempted = (kernel: Kernel, running: Thread): boolean =>
	kernel.config.scheduler === 'priority' &&
	isReadyFor(kernel, running.cpu, tid => urgency(kernel, tid) < urgency(kernel, running.tid));

/** Whether a ready thread may run on a CPU and `isWanted`. */
const isReadyFor = (kernel: Kernel, cpu: number, isWanted: (tid: number) => boolean): boolean =>
	kernel.scheduler.queues.some(queue =>
		queue.some(tid => isWanted(tid) && mayRunOn(kernel.threads.get(tid)!, cpu)),
	);

/** Whether the running thread must go on although its slice is over: nobody of its rank or better is ready. */
export const mayContinue = (kernel: Kernel, running: Thread): boolean => {
	if (!mayRunOn(running, running.cpu)) return false;
	const ofItsRank =
		kernel.config.scheduler === 'priority'
			? (tid: number) => urgency(kernel, tid) <= urgency(kernel, running.tid)
			: () => true;
	return !isReadyFor(kernel, running.cpu, ofItsRank);
};
