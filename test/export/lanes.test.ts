import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createLanes, finishLanes, noteEvent} from '../../source/export/lanes.js';
import {followRunning} from '../../source/view-model/stretches.js';
import type {Kernel, KernelEvent} from '../../source/view-model/run-log.js';

const event = (
	tid: number,
	cycle: number,
	[cpuCycles, busyCycles]: readonly [number, number],
	body: KernelEvent['body'],
): KernelEvent => ({
	number: 0,
	cycle,
	cpu: body.kind === 'blocked' ? -1 : tid,
	tid,
	pid: tid,
	cpuCycles,
	busyCycles,
	body,
});

const kernelAt = (now: number, threads: ReadonlyArray<readonly [number, number, number]>): Kernel =>
	({
		now,
		cpus: threads.map(([tid]) => ({thread: tid})),
		threads: new Map(
			threads.map(([tid, cpuCycles, busyCycles]) => [tid, {tid, context: {cpuCycles, busyCycles}}]),
		),
	}) as unknown as Kernel;

test('busy waiting is seen of every thread, at every event and at every look in between', () => {
	for (const order of [
		[1, 2],
		[2, 1],
	]) {
		const lanes = createLanes();
		for (const tid of order)
			noteEvent(lanes, event(tid, 0, [0, 0], {kind: 'switch', from: 0, reason: 'idle'}));
		followRunning(
			lanes.follower,
			kernelAt(100, [
				[1, 100, 0],
				[2, 100, 0],
			]),
		);
		for (const tid of order)
			noteEvent(lanes, event(tid, 150, [150, 50], {kind: 'blocked', queue: 'sleep', channel: ''}));
		const slices = finishLanes(
			lanes,
			kernelAt(200, [
				[1, 150, 50],
				[2, 150, 50],
			]),
		);
		for (const tid of [1, 2])
			assert.deepEqual(
				slices.filter(slice => slice.tid === tid).map(({state, from, to}) => [state, from, to]),
				[
					['run', 0, 100],
					['busy', 100, 150],
					['blocked', 150, 200],
				],
				`thread ${tid}, heard of in the order ${order.join()}`,
			);
	}
});
