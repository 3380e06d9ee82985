// A lane per thread: what it was doing in each stretch of the last cycles, from the event log. Where the log says that a
// thread ran, what it had used of the CPU by each event tells whether that was busy waiting (stretches.ts).

import type {KernelEvent} from '../kernel/trace/events.js';
import type {Kernel} from '../kernel/kernel.js';
import type {Thread} from '../kernel/process/thread.js';
import {threadName} from './accounts.js';
import {firstIndex} from './first-index.js';
import {type Observed, perChange} from './observed.js';
import {eventIndexAt, logStart, type Stretch, stretchesSince, workAndWaiting} from './stretches.js';
import {type Language, say} from './language.js';
import type {StringKey} from './strings.js';
import {type Line, lineWidth, span, type Tone} from './styled-text.js';
import {displayWidth} from './text-width.js';

export type LaneState = 'running' | 'busy' | 'ready' | 'blocked' | 'stopped' | 'none';

export type Interval = {readonly from: number; readonly to: number; readonly state: LaneState};
export type Wake = {readonly at: number; readonly by: number};

export type Lane = {
	readonly tid: number;
	readonly name: string;
	readonly intervals: readonly Interval[];
	readonly wakes: readonly Wake[];
};

/** Lanes in order of tid, each made when it is looked at. */
export type Lanes = {
	readonly length: number;
	readonly has: (tid: number) => boolean;
	readonly slice: (first?: number, end?: number) => readonly Lane[];
	/** Cells of the longest name. */
	readonly nameWidth: number;
	/** Without those that had ended by a cycle. */
	readonly since: (cycle: number) => Lanes;
};

export type TimelineView = {
	readonly from: number;
	readonly to: number;
	readonly lanes: Lanes;
};

type Draft = {
	state: LaneState;
	since: number;
	readonly intervals: Interval[];
	readonly wakes: Wake[];
};

const nothing: never[] = [];

const leavingStates: Readonly<Record<string, LaneState>> = {
	preempted: 'ready',
	yielded: 'ready',
	blocked: 'blocked',
	ended: 'none',
	stopped: 'stopped',
	idle: 'ready',
};

/** Time slices that a timeline goes back. */
export const timelineSlices = 40;

/** The last part of a timeline. */
export const lastCycles = (view: TimelineView, cycles: number): TimelineView => {
	const from = Math.max(view.from, view.to - cycles);
	return {...view, from, lanes: view.lanes.since(from)};
};

/** The lanes of the last `cycles` cycles, in order of creation. */
export const timelineView = ({kernel}: Observed, cycles: number): TimelineView => {
	const to = kernel.now;
	const from = Math.max(logStart(kernel), to - cycles);
	const log = kernel.events.entries;
	const drafts = new Map<number, Draft>();
	const draftOf = (tid: number, before: LaneState): Draft => {
		let draft = drafts.get(tid);
		if (!draft) {
			draft = {state: before, since: from, intervals: [], wakes: []};
			drafts.set(tid, draft);
		}
		return draft;
	};
	for (let index = eventIndexAt(log, from); index < log.length; index++)
		applyEvent(draftOf, log[index]!);
	const stretches = stretchesSince(kernel, from);
	const {tids, nameWidth} = livingLanes(kernel);
	const made = new Map<number, ThreadLane>();
	const laneOf = (tid: number): ThreadLane => {
		const known = made.get(tid);
		if (known) return known;
		const draft = drafts.get(tid) ?? silent(kernel.threads.get(tid)?.state, from);
		const lane = new ThreadLane(kernel, tid, draft, to, stretches.get(tid) ?? []);
		made.set(tid, lane);
		return lane;
	};
	const lanesSince = (cycle: number): Lanes => {
		const ended = [...drafts].flatMap(([tid, {state, since}]) =>
			kernel.threads.get(tid)?.state === 'dead' && state === 'none' && since > cycle ? [tid] : [],
		);
		const shown = ended.length === 0 ? tids : [...tids, ...ended].sort((a, b) => a - b);
		return {
			length: shown.length,
			has: tid => shown[firstIndex(shown.length, index => shown[index]! >= tid)] === tid,
			slice: (first, end) => shown.slice(first, end).map(laneOf),
			nameWidth: Math.max(nameWidth, ...ended.map(tid => displayWidth(threadName(kernel, tid)))),
			since: lanesSince,
		};
	};
	return {from, to, lanes: lanesSince(from)};
};

/** Threads of programs that live, in the order of their creation, and the cells of the longest name. */
const livingLanes = perChange(
	({taskChanges}) => taskChanges,
	(kernel): {readonly tids: readonly number[]; readonly nameWidth: number} => {
		const tids = [...kernel.threads.values()].flatMap(({tid, state, isKernelThread}) =>
			isKernelThread || state === 'dead' ? [] : [tid],
		);
		const nameWidth = tids.reduce(
			(width, tid) => Math.max(width, displayWidth(threadName(kernel, tid))),
			0,
		);
		return {tids, nameWidth};
	},
);

/** A thread that has done nothing in the time that is shown. */
const silent = (state: Thread['state'] = 'dead', since: number): Draft => ({
	state: state === 'dead' ? 'none' : state,
	since,
	intervals: nothing,
	wakes: nothing,
});

const applyEvent = (
	draftOf: (tid: number, before: LaneState) => Draft,
	{tid, cycle, body}: KernelEvent,
): void => {
	const change = (draft: Draft, state: LaneState): void => {
		if (draft.state !== state && cycle > draft.since) {
			draft.intervals.push({from: draft.since, to: cycle, state: draft.state});
			draft.since = cycle;
		}
		draft.state = state;
	};
	switch (body.kind) {
		case 'switch': {
			// Recorded when the next thread comes: the one that went may have slept for long by then, or been woken again.
			const left = leavingStates[body.reason] ?? 'ready';
			const from =
				body.from === 0 ? undefined : draftOf(body.from, left === 'ready' ? 'running' : left);
			if (from?.state === 'running') change(from, left);
			if (tid !== 0) change(draftOf(tid, 'ready'), 'running');
			break;
		}

		case 'blocked': {
			change(draftOf(tid, 'running'), 'blocked');
			break;
		}

		case 'woken': {
			const draft = draftOf(tid, 'blocked');
			draft.wakes.push({at: cycle, by: body.by});
			change(draft, 'ready');
			break;
		}

		case 'created': {
			change(draftOf(tid, 'none'), 'ready');
			break;
		}

		case 'exited': {
			change(draftOf(tid, 'running'), 'none');
			break;
		}

		case 'call':
		case 'return': {
			// A thread that comes back to the CPU it left, with nobody in between, is no switch.
			if (tid !== 0) change(draftOf(tid, 'running'), 'running');
			break;
		}

		case 'signal': {
			if (body.action === 'stopped') change(draftOf(tid, 'running'), 'stopped');
			else if (body.action === 'continued') change(draftOf(tid, 'stopped'), 'ready');
			break;
		}

		case 'bytes':
		case 'exec':
		case 'packet':
		case 'input':
		case 'deadlock':
	}
};

/** A lane is finished when somebody looks at it: few of them are shown. */
class ThreadLane implements Lane {
	readonly tid: number;
	readonly wakes: readonly Wake[];
	readonly #kernel: Kernel;
	readonly #draft: Draft;
	readonly #to: number;
	readonly #stretches: readonly Stretch[];
	#intervals: readonly Interval[] | undefined;

	constructor(
		kernel: Kernel,
		tid: number,
		draft: Draft,
		to: number,
		stretches: readonly Stretch[],
	) {
		this.tid = tid;
		this.wakes = draft.wakes;
		this.#kernel = kernel;
		this.#draft = draft;
		this.#to = to;
		this.#stretches = stretches;
	}

	get name(): string {
		return threadName(this.#kernel, this.tid);
	}

	get intervals(): readonly Interval[] {
		this.#intervals ??= this.#finish();
		return this.#intervals;
	}

	#finish(): readonly Interval[] {
		const {intervals, since} = this.#draft;
		// Who is alone gets the CPU back without a switch.
		const isBack =
			this.#draft.state === 'ready' && this.#kernel.threads.get(this.tid)?.state === 'running';
		const state = isBack ? 'running' : this.#draft.state;
		const last: readonly Interval[] = this.#to > since ? [{from: since, to: this.#to, state}] : [];
		return [...intervals, ...last].flatMap((interval): Interval | readonly Interval[] =>
			interval.state === 'running'
				? workAndWaiting(interval.from, interval.to, this.#stretches).map(({isBusy, from, to}) => ({
						from,
						to,
						state: isBusy ? 'busy' : 'running',
					}))
				: interval,
		);
	}
}

const marks: Readonly<Record<LaneState, readonly [mark: string, ascii: string, tone: Tone]>> = {
	running: ['█', '#', 'running'],
	busy: ['▒', '!', 'busy'],
	ready: ['·', '.', 'ready'],
	blocked: ['─', '-', 'blocked'],
	stopped: ['=', '=', 'stopped'],
	none: [' ', ' ', 'dim'],
};

/** A lane in exactly `width` cells: the state that fills most of each cell, or a run, and an arrow from the waker where it woke. */
export const laneLine = (view: TimelineView, lane: Lane, width: number, isAscii: boolean): Line => {
	const span_ = Math.max(1, view.to - view.from);
	const cells: LaneState[] = [];
	let index = 0;
	for (let cell = 0; cell < width; cell++) {
		const from = view.from + (cell * span_) / width;
		const to = view.from + ((cell + 1) * span_) / width;
		while (index < lane.intervals.length && lane.intervals[index]!.to <= from) index++;
		cells.push(mostOf(lane.intervals, index, from, to));
	}
	const arrows = wakeArrows(view, lane, width, span_, isAscii);
	const spans: {text: string; tone: Tone}[] = [];
	for (const [cell, state] of cells.entries()) {
		const arrow = arrows.get(cell);
		const [mark, ascii, stateTone] = marks[state];
		const text = arrow ?? (isAscii ? ascii : mark);
		const tone: Tone = arrow ? 'accent' : stateTone;
		const last = spans.at(-1);
		if (last?.tone === tone) last.text += text;
		else spans.push({text, tone});
	}
	return spans.map(({text, tone}) => span(text, tone));
};

/** Runs are what a lane is looked at for, and short: they show from a fifth of a cell on. */
const runWeight = 4;

const mostOf = (
	intervals: readonly Interval[],
	first: number,
	from: number,
	to: number,
): LaneState => {
	const sums = new Map<LaneState, number>();
	for (let index = first; index < intervals.length && intervals[index]!.from < to; index++) {
		const interval = intervals[index]!;
		const share = Math.min(to, interval.to) - Math.max(from, interval.from);
		sums.set(interval.state, (sums.get(interval.state) ?? 0) + share);
	}
	let best: LaneState = 'none';
	let most = 0;
	for (const [state, share] of sums) {
		const weight = state === 'running' || state === 'busy' ? runWeight * share : share;
		if (weight > most) [best, most] = [state, weight];
	}
	return best;
};

const wakeArrows = (
	view: TimelineView,
	lane: Lane,
	width: number,
	cycles: number,
	isAscii: boolean,
): ReadonlyMap<number, string> => {
	const arrows = new Map<number, string>();
	for (const wake of lane.wakes) {
		const cell = Math.min(width - 1, Math.floor(((wake.at - view.from) * width) / cycles));
		if (cell < 0 || wake.by === lane.tid || !view.lanes.has(wake.by)) continue;
		arrows.set(cell, wake.by < lane.tid ? (isAscii ? 'v' : '↓') : isAscii ? '^' : '↑');
	}
	return arrows;
};

/** States of the legend, in the order of its words; the last only where a thread is stopped. */
const legendStates: readonly LaneState[] = ['running', 'busy', 'ready', 'blocked', 'stopped'];

/** What the marks mean, in the widest form that `width` cells have room for. */
export const timelineLegend = (
	lanes: readonly Lane[],
	width: number,
	isAscii: boolean,
	language: Language,
): Line => {
	const words = say(language, 'timeline.legend').split(' ');
	const hasStopped = lanes.some(({intervals}) => intervals.some(({state}) => state === 'stopped'));
	const states = hasStopped ? legendStates : legendStates.slice(0, -1);
	const legend = (gap: string, woken?: StringKey): Line => [
		span(' '),
		...states.flatMap((state, index) => {
			const [mark, ascii, tone] = marks[state];
			return [span(isAscii ? ascii : mark, tone), span(` ${words[index] ?? ''}${gap}`, 'dim')];
		}),
		span(isAscii ? 'v^' : '↓↑', 'accent'),
		...(woken ? [span(` ${say(language, woken)}`, 'dim')] : []),
	];
	const forms = [
		legend('  ', 'timeline.woken'),
		legend(' ', 'timeline.woken'),
		legend('  ', 'timeline.wokenShort'),
		legend(' ', 'timeline.wokenShort'),
		legend(' '),
	];
	return forms.find(form => lineWidth(form) <= width) ?? forms.at(-1)!;
};
