// What every thread did, as slices of time: the common ground of the timeline exports. Fed with the event log as it
// comes, and with looks at the threads' counters, which tell running from busy waiting.

import type {Kernel, KernelEvent} from '../view-model/run-log.js';

export type LaneState = 'run' | 'busy' | 'ready' | 'blocked' | 'stopped';

export type LaneSlice = {
	readonly tid: number;
	readonly state: LaneState;
	/** Cycles. */
	readonly from: number;
	readonly to: number;
	/** Blocked: wait queue and channel, `pipe.read pipe:7`. */
	readonly on: string;
	/** Running: the CPU. */
	readonly cpu: number;
};

export type WakeUp = {
	readonly cycle: number;
	readonly by: number;
	readonly tid: number;
	readonly on: string;
};

type Open = {state: LaneState; since: number; on: string; cpu: number};

export type Lanes = {
	readonly open: Map<number, Open>;
	readonly slices: LaneSlice[];
	readonly wakeUps: WakeUp[];
	readonly counters: Map<number, {cpu: number; busy: number}>;
	lookedAt: number;
	/** Slices before this one ended before the last look. */
	judged: number;
};

export const createLanes = (): Lanes => ({
	open: new Map(),
	slices: [],
	wakeUps: [],
	counters: new Map(),
	lookedAt: 0,
	judged: 0,
});

const change = (
	lanes: Lanes,
	tid: number,
	cycle: number,
	state: LaneState | undefined,
	on = '',
	cpu = -1,
): void => {
	const open = lanes.open.get(tid);
	if (open && open.state === state && open.on === on) return;
	if (open && cycle > open.since) {
		const {state: last, since, on: queue, cpu: place} = open;
		lanes.slices.push({tid, state: last, from: since, to: cycle, on: queue, cpu: place});
	}
	if (state === undefined) lanes.open.delete(tid);
	else lanes.open.set(tid, {state, since: cycle, on, cpu});
};

const leaving: Readonly<Record<string, LaneState | undefined>> = {
	preempted: 'ready',
	yielded: 'ready',
	idle: 'ready',
	stopped: 'stopped',
};

const isRun = ({state}: {readonly state: LaneState}): boolean =>
	state === 'run' || state === 'busy';

const isRunning = (lanes: Lanes, tid: number): boolean => {
	const open = lanes.open.get(tid);
	return open !== undefined && isRun(open);
};

/** Takes one event into account. Events must come in order. */
export const noteEvent = (lanes: Lanes, {tid, cycle, cpu, body}: KernelEvent): void => {
	switch (body.kind) {
		case 'created': {
			change(lanes, tid, cycle, 'ready');
			return;
		}

		case 'switch': {
			// Recorded when the next thread comes: by then the one that went may have been woken again.
			const next = leaving[body.reason];
			if (next && isRunning(lanes, body.from)) change(lanes, body.from, cycle, next);
			change(lanes, tid, cycle, 'run', '', cpu);
			return;
		}

		case 'call':
		case 'return': {
			// A thread that comes back to the CPU it left, with nobody in between, is no switch.
			if (!isRunning(lanes, tid)) change(lanes, tid, cycle, 'run', '', cpu);
			return;
		}

		case 'blocked': {
			const on = `${body.queue} ${body.channel}`.trim();
			change(lanes, tid, cycle, 'blocked', on);
			return;
		}

		case 'woken': {
			change(lanes, tid, cycle, 'ready');
			const on = `${body.queue} ${body.channel}`.trim();
			lanes.wakeUps.push({cycle, by: body.by, tid, on});
			return;
		}

		case 'exited': {
			change(lanes, tid, cycle, undefined);
			return;
		}

		case 'bytes':
		case 'signal':
		case 'exec':
		case 'packet':
		case 'input':
		case 'deadlock':
	}
};

/** Gives what a thread ran since the last look its state, also where it has left the CPU again meanwhile. */
const judge = (lanes: Lanes, tid: number, state: 'run' | 'busy'): void => {
	const {slices, lookedAt, open} = lanes;
	for (let index = slices.length - 1; index >= lanes.judged; index--) {
		const slice = slices[index]!;
		if (slice.tid !== tid || slice.to <= lookedAt || !isRun(slice) || slice.state === state)
			continue;
		const before = slice.from < lookedAt ? [{...slice, to: lookedAt}] : [];
		slices.splice(index, 1, ...before, {...slice, from: Math.max(slice.from, lookedAt), state});
	}
	const now = open.get(tid);
	if (now && isRunning(lanes, tid))
		change(lanes, tid, Math.max(now.since, lookedAt), state, '', now.cpu);
};

/** Looks at the counters: who ran since the last look, and mostly in vain, was busy waiting then. */
export const lookAt = (lanes: Lanes, {threads}: Kernel, cycle: number): void => {
	for (const {tid, context} of threads.values()) {
		const before = lanes.counters.get(tid) ?? {cpu: 0, busy: 0};
		const cpu = context.cpuCycles - before.cpu;
		const busy = context.busyCycles - before.busy;
		if (cpu === 0) continue;
		lanes.counters.set(tid, {cpu: context.cpuCycles, busy: context.busyCycles});
		judge(lanes, tid, 2 * busy > cpu ? 'busy' : 'run');
	}
	lanes.lookedAt = cycle;
	lanes.judged = lanes.slices.length;
};

/** Closes what is still open when the run ends. */
export const finishLanes = (lanes: Lanes, cycle: number): void => {
	for (const tid of [...lanes.open.keys()]) change(lanes, tid, cycle, undefined);
};
