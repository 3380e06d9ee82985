// A timeline for ui.perfetto.dev, in Chrome's Trace Event Format (JSON): a track per process and thread with slices run,
// busy waiting, ready and blocked; arrows for wake-ups; counters for the fill levels of pipes. A simulated microsecond is
// a microsecond there.

import {type Kernel, threadName} from '../view-model/run-log.js';
import type {Exporter} from './exporter.js';
import {createLanes, finishLanes, type LaneSlice, noteEvent} from './lanes.js';
import {followRunning} from '../view-model/stretches.js';

type TraceEvent = Readonly<Record<string, unknown>>;

const sliceNames: Readonly<Record<LaneSlice['state'], string>> = {
	run: 'run',
	busy: 'busy waiting',
	ready: 'ready',
	blocked: 'blocked',
	stopped: 'stopped',
};

/** Colours that Chrome's viewer has names for; Perfetto chooses its own. */
const colors: Readonly<Record<LaneSlice['state'], string>> = {
	run: 'thread_state_running',
	busy: 'terrible',
	ready: 'thread_state_runnable',
	blocked: 'thread_state_sleeping',
	stopped: 'grey',
};

/** Makes an exporter for a machine of this clock (cycles per second). */
export const createPerfettoExport = (interval = 250): Exporter => {
	const lanes = createLanes();
	const counters: TraceEvent[] = [];
	const fills = new Map<string, number>();
	return {
		interval,
		note({kernel, events}) {
			const scale = 1e6 / kernel.config.clock;
			for (const event of events) {
				noteEvent(lanes, event);
				if (event.body.kind !== 'bytes') continue;
				const {channel, direction, count} = event.body;
				if (!/^(pipe|fifo):/.test(channel)) continue;
				const fill = (fills.get(channel) ?? 0) + (direction === 'in' ? count : -count);
				fills.set(channel, fill);
				counters.push({
					name: channel,
					ph: 'C',
					ts: event.cycle * scale,
					pid: 0,
					args: {bytes: fill},
				});
			}
			followRunning(lanes.follower, kernel);
		},
		finish(kernel) {
			const scale = 1e6 / kernel.config.clock;
			const pidOf = (tid: number): number => kernel.threads.get(tid)?.pid ?? 0;
			const slices = finishLanes(lanes, kernel).map(({tid, state, from, to, on, cpu}) => ({
				name: state === 'blocked' ? `blocked: ${on}` : sliceNames[state],
				cat: state,
				ph: 'X',
				ts: from * scale,
				dur: (to - from) * scale,
				pid: pidOf(tid),
				tid,
				cname: colors[state],
				args: {from_cycle: from, cycles: to - from, ...(cpu >= 0 ? {cpu} : {})},
			}));
			const arrows = lanes.wakeUps.flatMap(({cycle, by, tid, on}, id) =>
				by <= 0 || !kernel.threads.has(by)
					? []
					: [
							{name: 'wake-up', cat: on, ph: 's', id, ts: cycle * scale, pid: pidOf(by), tid: by},
							{
								name: 'wake-up',
								cat: on,
								ph: 'f',
								bp: 'e',
								id,
								ts: cycle * scale,
								pid: pidOf(tid),
								tid,
							},
						],
			);
			const traceEvents = [...names(kernel), ...slices, ...arrows, ...counters];
			return `{"displayTimeUnit":"ms","traceEvents":[\n${traceEvents
				.map(event => JSON.stringify(event))
				.join(',\n')}\n]}\n`;
		},
	};
};

/** Processes and threads by name, in order of creation. */
const names = (kernel: Kernel): readonly TraceEvent[] => [
	{name: 'process_name', ph: 'M', pid: 0, args: {name: 'channels'}},
	...[...kernel.processes.values()].flatMap(({pid, name, host}) => [
		{name: 'process_name', ph: 'M', pid, args: {name: `${name} (${pid}) on ${host}`}},
		{name: 'process_sort_index', ph: 'M', pid, args: {sort_index: pid}},
	]),
	...[...kernel.threads.values()].map(({tid, pid}) => ({
		name: 'thread_name',
		ph: 'M',
		pid,
		tid,
		args: {name: threadName(kernel, tid)},
	})),
];
