// The one event log: `trace`, the Events and Timeline panes and the exports all read it. Events are plain data; their
// texts are made by the view-model.

import type {Kernel} from '../kernel.js';
import type {ExitStatus} from '../process/thread.js';

/** Who acts where no thread does: time, the user, or a packet that arrives. */
export const actors = {timer: 0, outside: -1, packet: -2} as const;

export type EventBody =
	/** A system call was made. `text` values of pointers are read at call time where they are inputs. */
	| {readonly kind: 'call'; readonly name: string; readonly args: readonly string[]}
	/** … and has ended. `args` are decoded after the call, so buffers filled by it are seen. errno '' means success. */
	| {
			readonly kind: 'return';
			readonly name: string;
			readonly args: readonly string[];
			readonly value: number;
			readonly errno: string;
			/** The call was blocked in between. */
			readonly wasBlocked: boolean;
	  }
	| {readonly kind: 'blocked'; readonly queue: string; readonly channel: string}
	/** `by` is the tid of the waker, or one of `actors`. */
	| {readonly kind: 'woken'; readonly queue: string; readonly channel: string; readonly by: number}
	/** A CPU goes from one thread to another; tid is the one that comes, `from` the one that goes (0: idle). */
	| {
			readonly kind: 'switch';
			readonly from: number;
			readonly reason: 'preempted' | 'blocked' | 'yielded' | 'ended' | 'idle' | 'stopped';
	  }
	| {
			readonly kind: 'signal';
			readonly signal: number;
			readonly sender: number;
			readonly action: 'handled' | 'ignored' | 'terminated' | 'stopped' | 'continued';
	  }
	/** Bytes entered (`in`) or left (`out`) a channel. At most 64 of them are kept here. */
	| {
			readonly kind: 'bytes';
			readonly channel: string;
			readonly direction: 'in' | 'out';
			readonly count: number;
			readonly data: Uint8Array;
	  }
	| {
			readonly kind: 'created';
			readonly parent: number;
			readonly command: string;
			readonly what: 'process' | 'thread';
	  }
	| {readonly kind: 'exec'; readonly path: string}
	| {readonly kind: 'exited'; readonly exit: ExitStatus}
	| {readonly kind: 'packet'; readonly text: string}
	| {readonly kind: 'input'; readonly text: string}
	| {readonly kind: 'deadlock'; readonly text: string};

export type KernelEvent = {
	/** Position in the log since boot. */
	readonly number: number;
	readonly cycle: number;
	/** The thread it is about, 0 for none. */
	readonly tid: number;
	readonly pid: number;
	/** The CPU, or -1. */
	readonly cpu: number;
	/** CPU cycles that the thread had used by then, and those of them that were busy waiting. */
	readonly cpuCycles: number;
	readonly busyCycles: number;
	readonly body: EventBody;
};

export type EventLog = {
	/** Off: nothing is recorded, for runs that nobody watches. */
	isOn: boolean;
	/** The newest events, oldest first; older ones are dropped beyond `limit`. */
	entries: KernelEvent[];
	/** Events since boot. */
	count: number;
	limit: number;
};

export const createEventLog = (isOn: boolean, limit: number): EventLog => ({
	isOn,
	entries: [],
	count: 0,
	limit,
});

/** Appends an event about a thread (or 0). */
export const recordEvent = (kernel: Kernel, tid: number, body: EventBody): void => {
	const log = kernel.events;
	if (!log.isOn) return;
	const thread = kernel.threads.get(tid);
	log.entries.push({
		number: log.count++,
		cycle: kernel.now,
		tid,
		pid: thread?.pid ?? 0,
		cpu: thread?.state === 'running' ? thread.cpu : -1,
		cpuCycles: thread?.context.cpuCycles ?? 0,
		busyCycles: thread?.context.busyCycles ?? 0,
		body,
	});
	// Dropped in blocks, so that appending stays cheap.
	if (log.entries.length > 1.25 * log.limit) log.entries = log.entries.slice(-log.limit);
};

/** What an event shows of the bytes it tells of. */
const shownBytes = 64;

/** Appends the event that a thread has put bytes into a channel or taken them out. */
export const recordBytes = (
	kernel: Kernel,
	tid: number,
	channel: string,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void =>
	recordEvent(kernel, tid, {
		kind: 'bytes',
		channel,
		direction,
		count: bytes.length,
		data: bytes.slice(0, shownBytes),
	});
