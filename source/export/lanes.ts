// What every thread did, as slices of time: the common ground of the timeline exports. Fed with the event log as it comes;
// what threads had used of the CPU at each event tells work from busy waiting in the end.

import {
	createFollower,
	followEvent,
	type Follower,
	stretchesOf,
	workAndWaiting,
} from '../view-model/stretches.js';
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
	readonly follower: Follower;
};

export const createLanes = (): Lanes => ({
	open: new Map(),
	slices: [],
	wakeUps: [],
	follower: createFollower(),
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

const isRunning = (lanes: Lanes, tid: number): boolean => lanes.open.get(tid)?.state === 'run';

/** Takes one event into account. Events must come in order. */
export const noteEvent = (lanes: Lanes, event: KernelEvent): void => {
	const {tid, cycle, cpu, body} = event;
	followEvent(lanes.follower, event);
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

		case 'signal': {
			if (body.action === 'stopped') change(lanes, tid, cycle, 'stopped');
			return;
		}

		case 'bytes':
		case 'exec':
		case 'packet':
		case 'input':
		case 'deadlock':
	}
};

/** Closes what is still open when the run ends. */
export const finishLanes = (lanes: Lanes, kernel: Kernel): readonly LaneSlice[] => {
	for (const tid of [...lanes.open.keys()]) change(lanes, tid, kernel.now, undefined);
	const stretches = stretchesOf(lanes.follower, kernel);
	return lanes.slices.flatMap((slice): LaneSlice | readonly LaneSlice[] =>
		slice.state === 'run'
			? workAndWaiting(slice.from, slice.to, stretches.get(slice.tid) ?? []).map(
					({from, to, isBusy}) => ({...slice, from, to, state: isBusy ? 'busy' : 'run'}),
				)
			: slice,
	);
};
