import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createLanes, type Lanes, lookAt, noteEvent} from '../../source/export/lanes.js';
import type {Kernel, KernelEvent} from '../../source/view-model/run-log.js';

const event = (tid: number, cycle: number, body: KernelEvent['body']): KernelEvent => ({
	number: 0,
	cycle,
	cpu: tid,
	tid,
	pid: tid,
	body,
});

/** A look at threads that have used so many cycles, those of them busy waiting. */
const look = (lanes: Lanes, cycle: number, threads: ReadonlyArray<readonly number[]>): void => {
	const entries = threads.map(
		([tid, cpuCycles, busyCycles]) => [tid, {tid, context: {cpuCycles, busyCycles}}] as const,
	);
	lookAt(lanes, {threads: new Map(entries)} as unknown as Kernel, cycle);
};

test('busy waiting is seen of every thread, whichever is looked at first', () => {
	for (const order of [
		[1, 2],
		[2, 1],
	]) {
		const lanes = createLanes();
		for (const tid of order)
			noteEvent(lanes, event(tid, 0, {kind: 'switch', from: 0, reason: 'idle'}));
		look(
			lanes,
			100,
			order.map(tid => [tid, 100, 0]),
		);
		for (const tid of [1, 2])
			noteEvent(lanes, event(tid, 150, {kind: 'blocked', queue: 'sleep', channel: ''}));
		look(
			lanes,
			200,
			order.map(tid => [tid, 150, 50]),
		);
		for (const tid of [1, 2])
			assert.deepEqual(
				lanes.slices
					.filter(slice => slice.tid === tid)
					.map(({state, from, to}) => [state, from, to]),
				[
					['run', 0, 100],
					['busy', 100, 150],
				],
				`thread ${tid}, looked at in the order ${order.join()}`,
			);
	}
});
