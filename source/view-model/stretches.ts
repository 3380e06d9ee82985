// When threads ran, and how much of that was busy waiting, as far back as the event log goes. Each event carries what its
// thread had used of the CPU by then, so two of them tell exactly what happened in between. What comes out depends on the
// machine alone: not on how fast it was played, nor on when somebody looked.

import type {Kernel} from '../kernel/kernel.js';
import type {KernelEvent} from '../kernel/trace/events.js';
import {firstIndex} from './first-index.js';

/** Time in which a thread ran without the log saying anything of it; all in cycles. */
export type Stretch = {
	readonly cpu: number;
	readonly from: number;
	readonly to: number;
	/** How many of them were busy waiting. */
	readonly busy: number;
};

/** What is known of a thread up to here. */
type Track = {
	/** What it had used when it was last heard of. */
	known: Usage;
	/** When it has left its CPU since then. */
	leftAt: number | undefined;
	cpu: number;
	readonly stretches: Draft[];
};

type Draft = {-readonly [Key in keyof Stretch]: Stretch[Key]};

type Usage = {readonly cpuCycles: number; readonly busyCycles: number};

/** The first cycle that the log, or its newest `limit` events, tell of: boot, unless there are older ones. */
export const logStart = ({events: {entries, count}}: Kernel, limit = Infinity): number => {
	const known = Math.min(limit, entries.length);
	return count > known ? (entries[entries.length - known]?.cycle ?? 0) : 0;
};

/** Position of the first event at or after a cycle. */
export const eventIndexAt = (log: readonly KernelEvent[], cycle: number): number =>
	firstIndex(log.length, index => log[index]!.cycle >= cycle);

/** Follows the threads through the events from a cycle on. */
export type Follower = {readonly start: number; readonly tracks: Map<number, Track>};

export const createFollower = (start = 0): Follower => ({start, tracks: new Map()});

/** What had been used, and of which CPU, at the start, by a thread that may have been running there until `end`. */
type Before = (tid: number, end: number) => {readonly known: Usage; readonly cpu: number};

const nothing: Usage = {cpuCycles: 0, busyCycles: 0};

const fromBoot: Before = () => ({known: nothing, cpu: 0});

const begin = ({tracks}: Follower, tid: number, known: Usage, cpu: number): Track => {
	const track = {known, leftAt: undefined, cpu, stretches: []};
	tracks.set(tid, track);
	return track;
};

/** Of a thread that has been running until `end`. */
const runningTrack = (follower: Follower, tid: number, end: number, before: Before): Track => {
	const track = follower.tracks.get(tid);
	if (track) return track;
	const {known, cpu} = before(tid, end);
	return begin(follower, tid, known, cpu);
};

/** Takes in the next event. */
export const followEvent = (follower: Follower, event: KernelEvent, before = fromBoot): void => {
	const {tid, body, cycle} = event;
	if (body.kind === 'switch' && body.from !== 0) {
		const gone = runningTrack(follower, body.from, cycle, before);
		// It may run on another CPU by now.
		if (gone.cpu === event.cpu) gone.leftAt ??= cycle;
	}
	if (tid === 0) return;
	const track = mayHaveRunBefore(event)
		? runningTrack(follower, tid, cycle, before)
		: (follower.tracks.get(tid) ?? begin(follower, tid, event, event.cpu));
	record(track, follower.start, cycle, event);
	track.leftAt = leavesCpu(event) ? cycle : undefined;
	if (event.cpu >= 0) track.cpu = event.cpu;
};

/** Takes in what the running threads have done up to now, though no event tells of it yet. */
export const followRunning = (follower: Follower, kernel: Kernel, before = fromBoot): void => {
	for (const {thread: tid} of kernel.cpus) {
		const context = kernel.threads.get(tid)?.context;
		if (!context) continue;
		const {cpuCycles, busyCycles} = context;
		const track = runningTrack(follower, tid, kernel.now, before);
		record(track, follower.start, kernel.now, {cpuCycles, busyCycles});
	}
};

/** Everything up to now: of each thread that ran its stretches, in order. */
export const stretchesOf = (
	{tracks, start}: Follower,
	{threads, now}: Kernel,
): ReadonlyMap<number, readonly Stretch[]> => {
	const found = new Map<number, readonly Stretch[]>();
	for (const [tid, track] of tracks) {
		record(track, start, now, threads.get(tid)?.context ?? track.known);
		if (track.stretches.length > 0) found.set(tid, track.stretches);
	}
	return found;
};

/** The stretches since a cycle, cut off there, by the event log. */
export const stretchesSince = (
	kernel: Kernel,
	start: number,
): ReadonlyMap<number, readonly Stretch[]> => {
	const log = kernel.events.entries;
	const first = eventIndexAt(log, start);
	const follower = createFollower(start);
	const before: Before = (tid, end) => {
		const last = eventBefore(kernel, tid, first);
		const cpu = last && last.cpu >= 0 ? last.cpu : Math.max(0, kernel.threads.get(tid)?.cpu ?? 0);
		return {known: last ?? usageIfRunning(kernel, tid, first, end - start), cpu};
	};
	for (let index = first; index < log.length; index++) followEvent(follower, log[index]!, before);
	followRunning(follower, kernel, before);
	return stretchesOf(follower, kernel);
};

export type Part = {readonly from: number; readonly to: number; readonly isBusy: boolean};

/** Time on a CPU, parted into work and busy waiting: each stretch of it counts as what most of it was. */
export const workAndWaiting = (
	from: number,
	to: number,
	stretches: readonly Stretch[],
): readonly Part[] => {
	const parts: {from: number; to: number; isBusy: boolean}[] = [];
	const first = firstIndex(stretches.length, index => stretches[index]!.to > from);
	for (let index = first; index < stretches.length; index++) {
		const stretch = stretches[index]!;
		if (stretch.from >= to) break;
		const isBusy = 2 * stretch.busy > stretch.to - stretch.from;
		const last = parts.at(-1);
		if (last?.isBusy === isBusy) last.to = stretch.to;
		else parts.push({from: last?.to ?? from, to: stretch.to, isBusy});
	}
	const last = parts.at(-1);
	if (!last) return [{from, to, isBusy: false}];
	last.to = to;
	return parts;
};

/** Adds what a thread has done since it was last heard of: it ran up to `end`, or until it left its CPU. */
const record = (track: Track, start: number, end: number, usage: Usage): void => {
	const {known, stretches, cpu} = track;
	const ran = usage.cpuCycles - known.cpuCycles;
	let busy = usage.busyCycles - known.busyCycles;
	const to = Math.min(end, track.leftAt ?? end);
	track.known = usage;
	if (ran > 0 && to > start) stretches.push({cpu, from: Math.max(start, to - ran), to, busy: 0});
	// A turn of a loop is judged when it is over: it may have begun some stretches ago.
	for (let index = stretches.length - 1; index >= 0 && busy > 0; index--) {
		const stretch = stretches[index]!;
		const share = Math.min(busy, stretch.to - stretch.from - stretch.busy);
		stretch.busy += share;
		busy -= share;
	}
};

/** The first event that is heard of a thread may be what it did after it had run for a while. */
const mayHaveRunBefore = ({cpu, body}: KernelEvent): boolean =>
	body.kind === 'blocked' || (cpu >= 0 && body.kind !== 'switch');

const leavesCpu = ({body}: KernelEvent): boolean =>
	body.kind === 'blocked' ||
	body.kind === 'exited' ||
	(body.kind === 'signal' && body.action === 'stopped');

/** The last that was heard of a thread before a position: a look back, for one thread of each CPU. */
const eventBefore = (
	{events: {entries}}: Kernel,
	tid: number,
	position: number,
): KernelEvent | undefined => {
	for (let index = position - 1; index >= 0; index--)
		if (entries[index]!.tid === tid) return entries[index]!;
	return undefined;
};

/** What a thread had used that has run since, for so many cycles: as much of them waiting as of its whole life. */
const usageIfRunning = (
	{events, threads}: Kernel,
	tid: number,
	position: number,
	ran: number,
): Usage => {
	const after: Usage =
		events.entries.slice(position).find(event => event.tid === tid) ??
		threads.get(tid)?.context ??
		nothing;
	const cpuCycles = Math.max(0, after.cpuCycles - ran);
	const share = after.cpuCycles > 0 ? cpuCycles / after.cpuCycles : 0;
	return {cpuCycles, busyCycles: after.busyCycles * share};
};
