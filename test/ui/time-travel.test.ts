// The keys that move in time, from the key to the state of the machine; nothing is drawn.

import assert from 'node:assert/strict';
import {afterEach, beforeAll, test} from 'vitest';
import type {MachineSetup} from '../../source/machine/setup.js';
import {createController} from '../../source/ui/controller.js';
import {advanceGuide, startGuide} from '../../source/scenario/guide.js';
import type {GuideDocument} from '../../source/scenario/scenario-document.js';
import {advanceBy} from '../../source/ui/session/advance.js';
import {createPlayback} from '../../source/ui/session/create-playback.js';
import {createStore} from '../../source/ui/session/open.js';
import type {DashboardScenario} from '../../source/ui/session/scenario.js';
import {eventRows} from '../../source/view-model/event-rows.js';
import {sharedViews} from '../../source/view-model/shared.js';
import {setupOf} from '../support/machine-setup.js';

const program = `
#include <unistd.h>
int count;
int main(void) {
	int fd[2];
	char byte;
	pipe(fd);
	if (fork() == 0) {
		close(fd[1]);
		while (read(fd[0], &byte, 1) > 0)
			write(1, &byte, 1);
		_exit(0);
	}
	close(fd[0]);
	for (;;) {
		usleep(1000);
		count = count + 1;
		write(fd[1], "x", 1);
	}
}
`;

let setup: MachineSetup;
beforeAll(() => {
	setup = setupOf({beat: program}, {quantum: 400});
});

const opened: Array<() => void> = [];
afterEach(() => {
	for (const close of opened.splice(0)) close();
});

const open = (change: Partial<DashboardScenario> = {}) => {
	const playback = createPlayback({
		scenario: {
			name: 'beat',
			title: 'Beat',
			summary: '',
			setup,
			watch: ['count'],
			inputs: [],
			...change,
		},
		language: 'en',
		startsPaused: true,
	});
	const controller = createController({
		playback,
		language: 'en',
		onQuit: () => undefined,
		onRedraw: () => undefined,
		onSuspend: () => undefined,
	});
	opened.push(() => {
		controller.dispose();
		playback.dispose();
	});
	const snapshot = () => playback.snapshot();
	return {
		playback,
		snapshot,
		press: (...keys: readonly string[]) => {
			for (const key of keys) controller.handleInput(key);
		},
		ui: () => controller.state().ui,
		now: () => snapshot().history.now,
		message: () => controller.state().ui.message?.text ?? '',
		count: () => {
			const [variable] = sharedViews(snapshot().observed, ['count']);
			return variable?.kind === 'variable' ? Number(variable.value) : -1;
		},
		thread: (tid: number) => snapshot().observed.kernel.threads.get(tid)!,
	};
};

test('statements, events and slices forward are undone by their capital or opposite', () => {
	const beat = open();
	beat.playback.seek(60_000);
	for (const [forward, back] of [
		['.', ','],
		['e', 'E'],
		['}', '{'],
	] as const) {
		beat.press(forward);
		const first = beat.now();
		const before = beat.snapshot().observed.kernel.events.count;
		beat.press(forward);
		assert.ok(beat.now() > first, forward);
		beat.press(back);
		assert.equal(beat.now(), first, `${back} after ${forward}`);
		assert.equal(beat.snapshot().observed.kernel.events.count, before);
	}
});

test('Home, End and the arrows go through what has been reached', () => {
	const beat = open();
	beat.playback.seek(90_000);
	const newest = beat.now();
	beat.press('\u001B[D');
	assert.equal(beat.now(), newest - beat.snapshot().speed);
	beat.press('\u001B[H');
	assert.equal(beat.now(), 0);
	beat.press('\u001B[D');
	assert.match(beat.message(), /start/);
	beat.press('\u001B[F');
	assert.equal(beat.now(), newest);
	assert.equal(beat.snapshot().history.horizon, newest);
});

test('m and M jump between state changes of the process, writes to the channel, changes of the variable', () => {
	const beat = open();
	beat.playback.seek(60_000);
	const lastEvent = () => beat.snapshot().observed.kernel.events.entries.at(-1)!;
	beat.press('m');
	const change = beat.now();
	const {entries} = beat.snapshot().observed.kernel.events;
	assert.ok(
		entries
			.slice(-4)
			.some(({pid, body}) => pid === 3 && ['blocked', 'woken', 'switch'].includes(body.kind)),
	);
	beat.press('m', 'M');
	assert.equal(beat.now(), change);
	beat.press('2', 'm');
	const write = lastEvent().body;
	assert.ok(write.kind === 'bytes' || write.kind === 'return', write.kind);
	const written = beat.now();
	beat.press('m');
	assert.ok(beat.now() > written + 9000, 'the next write is a millisecond later');
	beat.press('M');
	assert.equal(beat.now(), written);
	const count = beat.count();
	beat.press('4', 'm');
	assert.equal(beat.count(), count + 1);
	beat.press('M');
	assert.equal(beat.count(), count, 'the moment before the store');
});

test('W goes to who wrote the variable last, Y to what woke the process', () => {
	const beat = open();
	beat.playback.seek(60_000);
	const count = beat.count();
	beat.press('4', 'W');
	assert.match(beat.message(), /count got its value at cycle [\d,]+ by beat\(3\)/);
	assert.equal(beat.count(), count - 1);
	beat.press('\u001B[F', '1', '\u001B[B', 'Y');
	assert.match(
		beat.message(),
		/beat\(4\) was woken on pipe\.read pipe:\d+ at cycle [\d,]+ by beat\(3\)/,
	);
	assert.equal(beat.thread(4).state, 'ready');
});

test('an event that is selected can be gone to', () => {
	const beat = open();
	beat.playback.seek(60_000);
	beat.press('7', '\u001B[A', '\u001B[A', '\u001B[A');
	const key = beat.ui().selected.events;
	const row = eventRows(beat.snapshot().logs.events).find(candidate => candidate.key === key)!;
	beat.press('\r');
	const {events} = beat.snapshot().observed.kernel;
	assert.ok(events.count > row.event.number);
	assert.ok(beat.now() < 60_000 && beat.now() >= row.event.cycle);
});

test('writing in the past begins a branch, says so, and B changes over between the two', () => {
	const beat = open();
	beat.playback.seek(60_000);
	const before = beat.count();
	beat.press('\u001B[D', '4', 'w', '1', '0', '0', '0', '\r');
	assert.match(beat.message(), /new branch of history begins here \(B returns/);
	assert.equal(beat.snapshot().history.branches.length, 1);
	beat.press('\u001B[C');
	assert.ok(beat.count() > 1000);
	beat.press('B', '\u001B[F');
	assert.equal(beat.count(), before, 'the old future');
	beat.press('B', '\u001B[F');
	assert.ok(beat.count() > 1000, 'the new one again');
	const lonely = open();
	lonely.press('B');
	assert.match(lonely.message(), /No other branch/);
});

test('the guide is as far as it was at the moment that is gone to', () => {
	let looks = 0;
	const guide = () => {
		let next = 0;
		return {
			look({machine}: {readonly machine: {readonly kernel: {readonly now: number}}}) {
				looks++;
				if (next >= 3 || machine.kernel.now < 20_000 * (next + 1)) return undefined;
				next++;
				return {steps: [{say: `step ${next}`}], pauses: false};
			},
			save: () => next,
			restore(saved: unknown) {
				next = saved as number;
			},
		};
	};
	const beat = open({guide});
	const said = () => beat.snapshot().guide.map(step => step.say);
	beat.playback.seek(70_000);
	assert.deepEqual(said(), ['step 1', 'step 2', 'step 3']);
	beat.playback.seekTo(45_000);
	assert.deepEqual(said(), ['step 1', 'step 2']);
	beat.press('\u001B[H');
	assert.deepEqual(said(), []);
	beat.press('\u001B[F');
	assert.deepEqual(said(), ['step 1', 'step 2', 'step 3']);
	assert.ok(looks > 0);
});

test('s saves, and every input reaches the recording', () => {
	let records = 0;
	const beat = open({
		save: () => ({isDone: true, text: 'beat.ipctop'}),
		record: () => {
			records++;
		},
	});
	assert.equal(records, 1);
	beat.press('s');
	assert.equal(beat.message(), 'saved as beat.ipctop: ipctop replay beat.ipctop plays it again');
	beat.playback.seek(20_000);
	beat.press('2', 'w', 'x', '\r');
	assert.equal(records, 2);
	const other = open();
	other.press('s');
	assert.match(other.message(), /can’t be saved/);
});

test('b plays backwards to the start', async () => {
	const beat = open();
	beat.playback.seek(20_000);
	beat.playback.setSpeed(1e7);
	beat.press('b');
	assert.equal(beat.snapshot().play, 'reversed');
	await new Promise<void>(resolve => {
		const unsubscribe = beat.playback.subscribe(() => {
			if (beat.snapshot().play === 'reversed') return;
			unsubscribe();
			resolve();
		});
	});
	assert.equal(beat.now(), 0);
	assert.equal(beat.snapshot().play, 'paused');
});

test('w goes through the places that can be meant with Tab, and asks for the place in a file', () => {
	const beat = open();
	beat.playback.seek(60_000);
	beat.press('w');
	const {input} = beat.ui();
	assert.equal(input?.purpose.kind, 'write');
	beat.press('\u001B');
	const files = open({
		setup: setupOf({
			file: '#include <fcntl.h>\n#include <unistd.h>\nint main(void) { int fd = open("/tmp/f", O_RDWR | O_CREAT, 0600); write(fd, "abcdef", 6); for (;;) sleep(9); }',
		}),
	});
	files.playback.seek(60_000);
	files.press('4', 'w', '2', '\r', 'X', 'Y', '\r');
	assert.match(files.message(), /file:\/tmp\/f: "XY": 2 bytes written/);
	files.press('w', 'x', '\r');
	assert.match(files.message(), /no number/);
});

test('at the end the newest moment is the present one', () => {
	const {press, playback} = open({setup: setupOf({brief: 'int main(void) { return 0; }'})});
	for (let event = 0; event < 100 && playback.snapshot().play !== 'ended'; event++) press('e');
	const {play, history} = playback.snapshot();
	assert.equal(play, 'ended');
	assert.equal(history.horizon, history.now);
	press(',');
	const back = playback.snapshot().history;
	assert.ok(back.now < back.horizon);
});

/** The guide of a scenario file. */
const guideOf =
	(...steps: ReadonlyArray<GuideDocument['when']>): NonNullable<DashboardScenario['guide']> =>
	() => {
		const guide = steps.map(when => ({when, pause: true, say: 'Look.'}));
		let progress = startGuide();
		return {
			steps: guide,
			look(session) {
				const {progress: reached, ...said} = advanceGuide(guide, progress, session);
				progress = reached;
				return said.steps.length === 0 ? undefined : said;
			},
			save: () => progress,
			restore(saved) {
				progress = saved as typeof progress;
			},
		};
	};

const scenarioOf = (guide: DashboardScenario['guide']): DashboardScenario => ({
	name: 'beat',
	title: 'Beat',
	summary: '',
	setup,
	watch: ['count'],
	inputs: [],
	guide,
});

test('the guide stops at the same cycles however time is cut into pictures: at a store, and while somebody computes', () => {
	const spin = 'volatile int flag; int main(void) { while (!flag) continue; return 0; }';
	const scenario = {
		...scenarioOf(
			guideOf(
				{process: 'spin', busy: 0.9},
				{variable: 'count', equals: 3},
				{output: 'x'.repeat(6)},
				{variable: 'count', equals: 9},
			),
		),
		setup: setupOf({beat: program, spin}, {quantum: 400}),
	};
	const stopsWith = (speed: number, pieces: readonly number[]): readonly number[] => {
		const store = createStore({
			scenario,
			language: 'en',
			speed,
			startsPaused: true,
		});
		const stops: number[] = [];
		for (let piece = 0; stops.length < 4; piece++) {
			store.isPlaying = true;
			advanceBy(store, pieces[piece % pieces.length]!);
			if (store.isStopped) stops.push(store.session.machine.kernel.now);
			store.isStopped = false;
		}
		return stops;
	};
	const stops = stopsWith(20_000, [1000]);
	assert.deepEqual(stopsWith(20_000, [997, 13, 261]), stops);
	assert.deepEqual(stopsWith(1e8, [7, 90_000]), stops);
	const beat = open({setup: scenario.setup});
	const countAt = (cycle: number): number => {
		beat.playback.seek(cycle - beat.now());
		return beat.count();
	};
	assert.deepEqual([countAt(stops[1]! - 1), countAt(stops[1]!)], [2, 3]);
	assert.deepEqual([countAt(stops[3]! - 1), countAt(stops[3]!)], [8, 9]);
});

test('no step of the guide is shown at a moment before the step that it follows', () => {
	const scenario = {
		...scenarioOf(guideOf({variable: 'second', equals: 1}, {variable: 'first', equals: 1})),
		setup: setupOf({
			beat: 'int first, second; int main(void) { first = 1; second = 1; for (;;) continue; }',
		}),
	};
	const store = createStore({scenario, language: 'en', speed: 1e6, startsPaused: true});
	const stops: number[] = [];
	while (stops.length < 2) {
		store.isStopped = false;
		store.isPlaying = true;
		advanceBy(store, 1000);
		if (store.isStopped) stops.push(store.session.machine.kernel.now);
	}
	assert.equal(stops[1], stops[0], 'what has come before is told where the lesson stands');
});

test('a search forward leaves no future behind that nobody has seen', () => {
	for (const keys of [['e'], ['}'], ['m'], ['2', 'm'], ['4', 'm']]) {
		const beat = open();
		beat.playback.seek(60_000);
		const start = beat.now();
		beat.press(...keys);
		const {now, horizon} = beat.snapshot().history;
		assert.ok(now > start && horizon === now, keys.join(' '));
		beat.press('4', 'w', '7', '\r');
		assert.doesNotMatch(beat.message(), /branch/);
		assert.equal(beat.count(), 7);
	}
	const past = open();
	past.playback.seek(60_000);
	const newest = past.now();
	past.press('\u001B[H', 'e');
	assert.equal(past.snapshot().history.horizon, newest, 'what was known stays known');
});

test('a key that finds nothing leaves the guide waiting, and so does coming back to where it waited', () => {
	const beat = open({
		guide: guideOf({variable: 'count', equals: 3}, {variable: 'count', equals: 9}),
	});
	beat.playback.seek(100_000);
	const pause = beat.now();
	assert.ok(beat.snapshot().isGuidePause);
	// Nobody has woken the thread of init; nothing is newer; nothing has been left.
	for (const key of ['\u001B[F', 'B']) {
		beat.press(key);
		assert.ok(beat.snapshot().isGuidePause, key);
	}
	beat.press('E');
	assert.ok(beat.now() < pause && !beat.snapshot().isGuidePause);
	beat.press('\u001B[F');
	assert.equal(beat.now(), pause);
	assert.ok(beat.snapshot().isGuidePause);
	beat.press('\r');
	assert.equal(beat.snapshot().play, 'playing');
});

test('who stored a variable is known from the start, through time travel, and if it was the user', () => {
	const beat = open();
	const writers = () => {
		const [variable] = sharedViews(beat.snapshot().observed, ['count']);
		return variable?.kind === 'variable' ? variable.writers : undefined;
	};
	beat.playback.seek(15_000);
	assert.equal(beat.count(), 1);
	assert.deepEqual(writers(), ['beat(3)']);
	beat.playback.seek(60_000);
	beat.playback.seekTo(15_000);
	assert.deepEqual(writers(), ['beat(3)']);
	const now = beat.now();
	beat.press('4', 'w', '9', '\r');
	assert.deepEqual(writers(), [''], 'somebody outside');
	beat.press('W');
	assert.match(beat.message(), /count got its value at cycle 15,000 by you/);
	assert.deepEqual([beat.now(), beat.count()], [now, 1], 'the moment before');
	beat.press('\u001B[F');
	assert.equal(beat.count(), 9);
	assert.equal(beat.playback.jump({kind: 'channel', name: 'pipe:99'}, -1), false);
	assert.equal(beat.count(), 9, 'a search in vain undoes nothing');
});

test('B shows the branch with the write that began it, and End the newest moment with what was written there', () => {
	const beat = open();
	beat.playback.seek(60_000);
	beat.press('\u001B[D', '4', 'w', '1', '0', '0', '0', '\r');
	assert.equal(beat.count(), 1000);
	beat.press('B');
	assert.ok(beat.count() < 1000);
	assert.match(beat.message(), /without count = 1000/);
	beat.press('B');
	assert.equal(beat.count(), 1000);
	assert.match(beat.message(), /with count = 1000/);
	beat.press('E', '\u001B[F');
	assert.equal(beat.count(), 1000);
});

test('the end is at its own cycle, and its last event leads there', () => {
	const {press, playback, snapshot} = open({
		setup: setupOf({brief: 'int main(void) { return 0; }'}),
	});
	playback.seek(100_000);
	assert.equal(snapshot().play, 'ended');
	const end = snapshot().history.now;
	press(',');
	assert.equal(snapshot().history.horizon, end);
	playback.seekEvent(snapshot().observed.kernel.events.entries.at(-1)!);
	press('\u001B[F');
	const last = snapshot().observed.kernel.events.entries.at(-1)!;
	press(',');
	playback.seekEvent(last);
	assert.deepEqual([snapshot().play, snapshot().history.now], ['ended', end]);
});

test('where a signal has stopped the only process that could go on, that is no deadlock, and SIGCONT goes on', () => {
	const {playback, snapshot, ui} = open({
		setup: setupOf({
			still:
				'#include <signal.h>\n#include <unistd.h>\nint main(void) { raise(SIGSTOP); sleep(1); return 0; }',
		}),
	});
	playback.seek(100_000);
	assert.equal(snapshot().play, 'stopped');
	assert.match(snapshot().notice, /Stopped by a signal: still\(3\)\. SIGCONT/);
	assert.equal(ui().message?.text, snapshot().notice);
	playback.signal(3, 18);
	assert.equal(snapshot().play, 'playing');
	playback.seek(20_000_000);
	assert.equal(snapshot().play, 'ended');
});

test('what has been said goes when time stops by itself', async () => {
	const {press, message, playback, snapshot} = open({
		setup: setupOf({brief: '#include <unistd.h>\nint main(void) { usleep(1000); return 0; }'}),
	});
	press(' ', ']');
	assert.notEqual(message(), '');
	await new Promise<void>(resolve => {
		const unsubscribe = playback.subscribe(() => {
			if (snapshot().play !== 'ended') return;
			unsubscribe();
			resolve();
		});
	});
	assert.equal(message(), '');
});
