import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Session} from '../../source/machine/session.js';
import {inject, runFor} from '../../source/machine/session.js';
import {observe} from '../../source/view-model/observed.js';
import {lineText, lineWidth} from '../../source/view-model/styled-text.js';
import {
	type Lane,
	type LaneState,
	lastCycles,
	timelineLegend,
	timelineView,
} from '../../source/view-model/timeline.js';
import {sessionOf} from '../support/machine-setup.js';

/** A child that reads, and a parent that sleeps long before each line. */
const sleepyPipe = `
#include <unistd.h>
int main(void) {
	int fd[2];
	char buffer[16];
	pipe(fd);
	if (fork() == 0) {
		close(fd[1]);
		while (read(fd[0], buffer, sizeof buffer) > 0)
			for (volatile int i = 0; i < 200; i++) ;
		_exit(0);
	}
	close(fd[0]);
	for (int i = 0; i < 4; i++) {
		usleep(3000);
		write(fd[1], "hi\\n", 3);
	}
	return 0;
}
`;

const spinner = 'int main(void) { volatile int turns = 0; for (;;) turns++; }';
const sleeper = '#include <unistd.h>\nint main(void) { for (;;) usleep(150); }';

const at = (programs: Readonly<Record<string, string>>, cycle: number): Session => {
	const session = sessionOf(programs);
	runFor(session, cycle);
	return session;
};

const stateAt = (lane: Lane | undefined, cycle: number): LaneState =>
	lane?.intervals.find(({from, to}) => from <= cycle && cycle < to)?.state ?? 'none';

test('what a lane shows does not depend on how far back it goes', () => {
	const {kernel} = at({sleepyPipe}, 95_000).machine;
	const observed = observe(kernel);
	const whole = timelineView(observed, 95_000);
	for (let cycles = 500; cycles < 95_000; cycles += 3700) {
		const part = timelineView(observed, cycles);
		for (const lane of part.lanes.slice()) {
			const long = whole.lanes.slice().find(({tid}) => tid === lane.tid);
			for (let cycle = part.from; cycle < part.to; cycle += 97) {
				assert.equal(
					stateAt(lane, cycle),
					stateAt(long, cycle),
					`${lane.name} at ${cycle} of the last ${cycles}`,
				);
			}
		}
	}
});

test('a stopped thread is drawn as stopped, and runs on when it is continued', () => {
	const session = at({spinner, sleeper}, 5000);
	const {kernel} = session.machine;
	const lane = () =>
		timelineView(observe(kernel), 40_000)
			.lanes.slice()
			.find(({tid}) => tid === 3);
	inject(session, {kind: 'signal', pid: 3, signal: 19});
	runFor(session, 2000);
	const stoppedAt = kernel.events.entries.find(
		({tid, body}) => tid === 3 && body.kind === 'signal' && body.action === 'stopped',
	)!.cycle;
	assert.equal(stateAt(lane(), stoppedAt + 1), 'stopped');
	assert.equal(stateAt(lane(), kernel.now - 1), 'stopped');
	inject(session, {kind: 'signal', pid: 3, signal: 18});
	runFor(session, 2000);
	const end = stateAt(lane(), kernel.now - 1);
	assert.ok(end === 'running' || end === 'busy', end);
});

const laneOf = (...states: readonly LaneState[]): Lane => ({
	tid: 3,
	name: 'p(3)',
	intervals: states.map((state, index) => ({from: index, to: index + 1, state})),
	wakes: [],
});

test('the legend names the arrows, and = only where a thread is stopped, as widely as there is room', () => {
	const legend = (width: number, ...states: readonly LaneState[]): string =>
		lineText(timelineLegend([laneOf('running'), laneOf(...states)], width, false, 'en'));
	assert.equal(
		legend(80, 'blocked'),
		' █ run  ▒ busy  · ready  ─ blocked  ↓↑ woken from above/below',
	);
	assert.match(legend(80, 'blocked', 'stopped'), /─ blocked {2}= stopped {2}↓↑ woken/);
	assert.equal(legend(58, 'ready'), ' █ run ▒ busy · ready ─ blocked ↓↑ woken from above/below');
	assert.equal(legend(38, 'ready'), ' █ run ▒ busy · ready ─ blocked ↓↑');
	for (const language of ['en', 'ko'] as const) {
		for (let width = 50; width < 80; width++) {
			const line = timelineLegend([laneOf('stopped')], width, true, language);
			assert.ok(lineWidth(line) <= width, `${lineText(line)} in ${width}`);
			assert.match(lineText(line), /v\^ \S/);
		}
	}
});

const spinsThenPrints = `
#include <stdio.h>
#include <unistd.h>
volatile int flag;
int main(void) {
	if (fork() == 0) {
		for (int turn = 0; turn < 20; turn++) {
			while (!flag && getppid() > 0) if (turn++ > 30) flag = 1;
			for (volatile int i = 0; i < 800; i++);
			printf("done\\n");
		}
		_exit(0);
	}
	for (;;) pause();
}
`;

test('work and busy waiting are told apart by what was used in between, however the machine was played', () => {
	const lanes = [7, 137, 5000].map(piece => {
		const session = sessionOf({spinsThenPrints});
		const {kernel} = session.machine;
		for (let cycle = 0; cycle < 30_000; cycle += piece)
			runFor(session, Math.min(piece, 30_000 - cycle));
		return timelineView(observe(kernel), 30_000)
			.lanes.slice()
			.map(({name, intervals}) => ({name, intervals}));
	});
	assert.deepEqual(lanes[0], lanes[2]);
	assert.deepEqual(lanes[1], lanes[2]);
});

test('a stretch of polling between system calls is busy, the work after it is not', () => {
	const session = at(
		{
			poller: `
			#include <errno.h>
			#include <fcntl.h>
			#include <unistd.h>
			int main(void) {
				int fd[2];
				char byte;
				pipe2(fd, O_NONBLOCK);
				if (fork() == 0) { usleep(1000); write(fd[1], "x", 1); _exit(0); }
				while (read(fd[0], &byte, 1) == -1);
				for (volatile int i = 0; i < 3000; i++);
				for (;;) pause();
			}
		`,
		},
		80_000,
	);
	const lane = timelineView(observe(session.machine.kernel), 80_000).lanes.slice()[0]!;
	const shares = (state: LaneState) =>
		lane.intervals
			.filter(part => part.state === state)
			.reduce((sum, {from, to}) => sum + to - from, 0);
	const {cpuCycles, busyCycles} = session.machine.kernel.threads.get(lane.tid)!.context;
	assert.ok(busyCycles > 5000 && cpuCycles - busyCycles > 5000, `${busyCycles} of ${cpuCycles}`);
	assert.ok(Math.abs(shares('busy') - busyCycles) < 600, `${shares('busy')} of ${busyCycles}`);
	assert.ok(Math.abs(shares('running') - (cpuCycles - busyCycles)) < 600);
});

test('the lane of a thread goes when the end of it is out of sight', () => {
	const session = at(
		{
			ends: `
				#include <unistd.h>
				int main(void) {
					if (fork() == 0) _exit(0);
					usleep(5000);
					for (;;) pause();
				}
			`,
		},
		45_000,
	);
	const view = timelineView(observe(session.machine.kernel), 45_000);
	const names = (lanes: typeof view.lanes) => lanes.slice().map(({tid}) => tid);
	assert.deepEqual(names(view.lanes), [3, 4]);
	assert.deepEqual(names(lastCycles(view, 20_000).lanes), [3]);
});
