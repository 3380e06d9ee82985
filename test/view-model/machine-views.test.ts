import assert from 'node:assert/strict';
import {beforeAll, test} from 'vitest';
import type {Session} from '../../source/machine/session.js';
import {inject, runFor, runUntil} from '../../source/machine/session.js';
import {batchFrame} from '../../source/view-model/batch-frame.js';
import {explainProcess} from '../../source/view-model/blocked.js';
import {channelsOfProcess} from '../../source/view-model/channels.js';
import {detailsView} from '../../source/view-model/details.js';
import {machineView} from '../../source/view-model/machine-line.js';
import {observe, windowOf} from '../../source/view-model/observed.js';
import {pipeViews} from '../../source/view-model/pipes.js';
import {processDetails} from '../../source/view-model/process-details.js';
import {processTable} from '../../source/view-model/process-table.js';
import {
	defaultProcessOptions,
	processEntries,
	type ProcessOptions,
} from '../../source/view-model/processes.js';
import {variableViews, writersText} from '../../source/view-model/shared.js';
import {sourceView} from '../../source/view-model/source.js';
import {accountingReport, statRows} from '../../source/view-model/stat.js';
import {lineText} from '../../source/view-model/styled-text.js';
import {laneLine, timelineView} from '../../source/view-model/timeline.js';
import {createTracer, eventJson, eventText, traceEvent} from '../../source/view-model/trace.js';
import {
	deadlockedThreads,
	deadlockSentence,
	waitGraphLines,
} from '../../source/view-model/wait-graph.js';
import {sessionOf} from '../support/machine-setup.js';

const pipeProgram = `
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
	int fd[2];
	char buffer[16];
	pipe(fd);
	if (fork() == 0) {
		close(fd[1]);
		while (read(fd[0], buffer, sizeof buffer) > 0) ;
		_exit(7);
	}
	close(fd[0]);
	usleep(1000);
	write(fd[1], "hi\\n", 3);
	for (;;) pause();
}
`;

const spinProgram = `
#include <sys/mman.h>
#include <unistd.h>
int plain = 5;
int main(void) {
	volatile int *flag = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fork() == 0) {
		plain = 6;
		while (*flag == 0)
			;
		_exit(0);
	}
	usleep(100000);
	*flag = 1;
	pause();
}
`;

const stuckProgram = `
#include <unistd.h>
int main(void) {
	int fd[2];
	char c;
	pipe(fd);
	read(fd[0], &c, 1);
	return 0;
}
`;

const at = (program: string, cycle: number, name = 'p'): Session => {
	const session = sessionOf({[name]: program}, {quantum: 400});
	runUntil(session, cycle);
	return session;
};

let piped: Session;
beforeAll(() => {
	piped = at(pipeProgram, 6000);
});

const tableOf = (session: Session, options: Partial<ProcessOptions> = {}, width = 77) => {
	const observed = observe(session.machine.kernel);
	const all = {...defaultProcessOptions, ...options};
	return processTable({
		entries: processEntries(observed, all),
		options: all,
		selected: undefined,
		marked: new Set(),
		width,
		height: 10,
		hasHosts: false,
		language: 'en',
		clock: 10_000_000,
	});
};

test('the table shows state, share and wait queue of each process', () => {
	const {columns, rows} = tableOf(piped);
	const cell = (row: number, name: string): string =>
		rows[row]!.cells[columns.findIndex(column => column.name === name)]!;
	assert.equal(rows.length, 2);
	assert.equal(cell(0, 'state'), 'S blocked');
	assert.equal(cell(0, 'waits'), 'sleep');
	assert.match(cell(1, 'waits'), /^pipe\.read pipe:\d+$/);
	assert.equal(cell(1, 'busy'), '0.0');
});

test('columns are dropped until the table fits, and the needed ones never', () => {
	for (let width = 37; width <= 200; width++) {
		const {columns} = tableOf(piped, {}, width);
		const total = columns.reduce((sum, column) => sum + column.width + 1, -1);
		assert.ok(total <= width, `${total} cells for ${width}`);
		const names = columns.map(({name}) => name);
		for (const name of ['pid', 'state', 'cpu', 'busy', 'waits', 'command'] as const)
			assert.ok(names.includes(name), `${name} at ${width}`);
	}
	assert.equal(tableOf(piped, {}, 120).columns.length, 10);
});

test('the table is sorted, reversed, filtered and drawn as a tree', () => {
	const pids = (options: Partial<ProcessOptions>): readonly number[] =>
		tableOf(piped, options).rows.map(({entry}) => entry.pid);
	const plain = pids({});
	assert.deepEqual(pids({isReversed: true}), [...plain].reverse());
	assert.deepEqual(pids({filter: 'PIPE.READ'}), [plain[1]]);
	assert.deepEqual(pids({filter: 'no such'}), []);
	assert.ok(pids({showKernelThreads: true}).length > 2);
	const tree = tableOf(piped, {isTree: true});
	assert.deepEqual(
		tree.rows.map(({entry}) => entry.depth),
		[0, 1],
	);
	assert.match(tree.rows[1]!.cells.at(-1)!, /^└ /);
});

test('the lines of the tree lead from every child to its parent', () => {
	const family = `
#include <unistd.h>
int main(void) {
	if (fork() == 0) { if (fork() == 0) pause(); pause(); }
	usleep(10);
	if (fork() == 0) pause();
	pause();
}
`;
	const tree = tableOf(at(family, 20_000), {isTree: true});
	assert.deepEqual(
		tree.rows.map(({entry, cells}) => [entry.depth, cells.at(-1)!.replace(/p$/, '')]),
		[
			[0, ''],
			[1, '├ '],
			[2, '│ └ '],
			[1, '└ '],
		],
	);
});

test('only visible rows have cells, and the selected one is among them', () => {
	const observed = observe(piped.machine.kernel);
	const entries = processEntries(observed, {...defaultProcessOptions, showKernelThreads: true});
	const table = processTable({
		entries,
		options: defaultProcessOptions,
		selected: entries.at(-1)!.key,
		marked: new Set([entries.at(-1)!.pid]),
		width: 77,
		height: 1,
		hasHosts: false,
		language: 'en',
		clock: 1,
	});
	assert.equal(table.rows.length, 1);
	assert.equal(table.above, entries.length - 1);
	assert.deepEqual([table.rows[0]!.isSelected, table.rows[0]!.isMarked], [true, true]);
});

test('shares refer to the last cycles, and to all of them at first', () => {
	const session = at(spinProgram, 15_000);
	const {kernel} = session.machine;
	const observed = observe(kernel, 10_000);
	assert.equal(windowOf(observed), 10_000);
	const [cpu] = machineView(observed).cpus;
	assert.ok(cpu!.recent.busy > 0.9, `busy ${cpu!.recent.busy}`);
	assert.ok(Math.abs(cpu!.recent.useful + cpu!.recent.busy + cpu!.recent.idle - 1) < 1e-9);
	const child = processEntries(observed, defaultProcessOptions)[1]!;
	assert.ok(child.cpuShare > 0.9 && child.busyShare > 0.8, JSON.stringify(child));
	assert.equal(windowOf(observe(kernel, 50_000)), kernel.now);
	assert.deepEqual(machineView(observe(kernel)).cpus[0]!.recent, cpu!.total);
});

test('a pipe shows its ends, its bytes and who sleeps at it', () => {
	const session = at(pipeProgram, 6000);
	const [pipe] = pipeViews(observe(session.machine.kernel));
	assert.deepEqual(
		pipe!.writers.map(({name, descriptors}) => [name, descriptors]),
		[['p(3)', [4]]],
	);
	assert.deepEqual(
		pipe!.readers.map(({name, descriptors}) => [name, descriptors]),
		[['p(4)', [3]]],
	);
	assert.deepEqual([pipe!.fill, pipe!.capacity, [...pipe!.blockedReaders]], [0, 65_536, ['p(4)']]);
	inject(session, {kind: 'write', to: pipe!.name, data: Uint8Array.from([104, 105, 10])});
	const [filled] = pipeViews(observe(session.machine.kernel));
	assert.deepEqual([filled!.fill, filled!.text], [3, 'hi\\n']);
	assert.ok(channelsOfProcess(session.machine.kernel, 4).has(pipe!.name));
});

test('a blocked reader says in words what it waits for and who could end that', () => {
	const {kernel} = piped.machine;
	assert.match(
		explainProcess(kernel, 4, 'en'),
		/^p\(4\) waits in read\(\) on pipe:\d+: it is empty and p\(3\) still holds the write end$/,
	);
	assert.match(explainProcess(kernel, 3, 'en'), /^p\(3\) sleeps until 0\.00\d+ s$/);
	assert.match(explainProcess(kernel, 4, 'ko'), /쓰기 끝/);
});

test('a reader that holds the only write end itself is told so, and is a deadlock', () => {
	const session = at(stuckProgram, 100_000);
	const {kernel} = session.machine;
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/only p\(3\) itself still holds the write end \(fd 4\)/,
	);
	assert.deepEqual(
		deadlockedThreads(kernel).map(({tid}) => tid),
		[3],
	);
	assert.equal(deadlockSentence(kernel, 'en'), 'Deadlock: p(3) waits for p(3)');
	assert.deepEqual(deadlockedThreads(piped.machine.kernel), []);
});

test('a writer that holds the only read end of a full pipe itself is told so', () => {
	const session = sessionOf({
		p: `#include <unistd.h>
		int main(void) { char block[4096]; int fd[2]; pipe(fd); for (;;) write(fd[1], block, sizeof block); }`,
	});
	runFor(session, 200_000);
	const {kernel} = session.machine;
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/^p\(3\) waits in write\(\) on pipe:\d+: it is full, and only p\(3\) itself could read it \(fd 3\)$/,
	);
	assert.match(explainProcess(kernel, 3, 'ko'), /자기 자신뿐/);
});

test('a lock is told by its name in the program, and its circle is drawn as a graph', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
		#include <unistd.h>
		struct table { int seats; pthread_mutex_t fork[2]; } table;
		void *other(void *unused) {
			pthread_mutex_lock(&table.fork[1]);
			usleep(100);
			pthread_mutex_lock(&table.fork[0]);
			return 0;
		}
		int main(void) {
			pthread_t thread;
			pthread_mutex_lock(&table.fork[0]);
			pthread_create(&thread, 0, other, 0);
			usleep(100);
			pthread_mutex_lock(&table.fork[1]);
		}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/table\.fork\[1\] \(futex:0x[\da-f]+\): p\(3\/4\) holds it$/,
	);
	const waits = processEntries(observe(kernel), {...defaultProcessOptions, showThreads: true});
	assert.deepEqual(
		waits.slice(1).map(({waitsOn}) => waitsOn),
		['futex table.fork[1]', 'futex table.fork[0]'],
	);
	const text = waitGraphLines(kernel, 'en', 76).map(lineText);
	assert.match(text[0]!, /^Deadlock/);
	assert.match(text.join('\n'), /✖ p\(3\) +→ p\(3\/4\) +futex table\.fork\[1\]/);
	assert.match(text.join('\n'), /✖ p\(3\/4\) → p\(3\) +futex/);
	assert.match(deadlockSentence(kernel, 'en'), /p\(3\) waits for p\(3\/4\)/);
	// Both threads have rows of their own, until somebody does not want them.
	const entries = (showThreads: boolean | 'auto') =>
		processEntries(observe(kernel), {...defaultProcessOptions, showThreads}).length;
	assert.deepEqual([entries('auto'), entries(false)], [3, 1]);
});

test('one name at two places gives two rows, a shared place gives one', () => {
	const session = at(spinProgram, 20_000);
	const rows = variableViews(observe(session.machine.kernel), ['plain', '*flag', 'missing']);
	assert.deepEqual(
		rows.map(({lvalue, value, isShared, seenBy}) => [lvalue, value, isShared, [...seenBy]]),
		[
			['plain', '5', false, ['p(3)']],
			['plain', '6', false, ['p(4)']],
			['*flag', '0', true, ['p(3)', 'p(4)']],
		],
	);
	runUntil(session, 1_100_000);
	const [flag] = variableViews(observe(session.machine.kernel), ['*flag']);
	assert.deepEqual([flag!.value, flag!.writers], ['1', ['p(3)']]);
	inject(session, {kind: 'assign', to: 'var:*flag', value: '7'});
	const [written] = variableViews(observe(session.machine.kernel), ['*flag']);
	assert.deepEqual([written!.value, writersText(written!, 'en')], ['7', 'you']);
});

test('of a variable of several words everybody is named who stored one of them last', () => {
	const session = sessionOf({
		p: `#include <sys/mman.h>
		#include <unistd.h>
		struct {int first, second, third;} *box;
		int main(void) {
			box = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
			box->second = 1;
			if (fork() == 0) {
				box->third = 2;
				pause();
			}
			pause();
		}`,
	});
	runFor(session, 20_000);
	const [box] = variableViews(observe(session.machine.kernel), ['*box']);
	assert.equal(writersText(box!, 'en'), 'p(3) p(4)');
});

test('a thread that sleeps in poll() is blocked at every pipe that it looks at', () => {
	const session = sessionOf({
		p: `#include <poll.h>
		#include <unistd.h>
		int main(void) {
			int one[2], two[2];
			pipe(one);
			pipe(two);
			struct pollfd lines[2] = {{one[0], POLLIN, 0}, {two[0], POLLIN, 0}};
			poll(lines, 2, -1);
		}`,
	});
	runFor(session, 20_000);
	const pipes = pipeViews(observe(session.machine.kernel));
	assert.deepEqual(
		pipes.map(({blockedReaders, blockedWriters}) => [[...blockedReaders], [...blockedWriters]]),
		[
			[['p(3)'], []],
			[['p(3)'], []],
		],
	);
});

test('the source follows the thread, marks its line and the loop that burns', () => {
	const session = at(spinProgram, 5000);
	runFor(session, 5000);
	const view = sourceView(observe(session.machine.kernel, 5000), {
		pid: 4,
		tid: 4,
		height: 5,
		top: undefined,
		language: 'en',
	});
	assert.ok(view.kind === 'source');
	assert.equal(view.file, 'p.c');
	const current = view.lines.find(line => line.isCurrent);
	assert.ok(current && [9, 10].includes(current.number), `line ${view.line}`);
	assert.ok(
		view.lines.some(line => line.isHot && line.number === 9),
		'the while is hot',
	);
	const parent = sourceView(observe(session.machine.kernel), {
		pid: 3,
		tid: 3,
		height: 20,
		top: undefined,
		language: 'en',
	});
	assert.ok(parent.kind === 'source');
	assert.deepEqual([parent.line, parent.inside], [13, 'in usleep()']);
	assert.equal(
		sourceView(observe(session.machine.kernel), {
			pid: 99,
			tid: 99,
			height: 5,
			top: undefined,
			language: 'en',
		}).kind,
		'none',
	);
});

test('the details list descriptors, accounts that add up, and the bytes of a channel', () => {
	const session = at(pipeProgram, 6000);
	const observed = observe(session.machine.kernel);
	const text = detailsView(observed, {kind: 'process', pid: 4}, 'en')
		.lines.map(lineText)
		.join('\n');
	assert.match(text, /3 r- pipe:\d+/);
	assert.match(text, /blocked on pipe\.read +[\d,]+/);
	assert.match(text, /lifetime +[\d,]+ +100%/);
	assert.match(text, /[\da-f]{8}-[\da-f]{8} rw-p/);
	const {name} = pipeViews(observed)[0]!;
	inject(session, {kind: 'write', to: name, data: Uint8Array.from([104, 105, 0])});
	const channel = detailsView(observed, {kind: 'channel', name}, 'en')
		.lines.map(lineText)
		.join('\n');
	assert.match(channel, /"hi\\0"/);
	assert.match(channel, /000000 {2}68 69 00/);
	assert.equal(
		lineText(detailsView(observed, {kind: 'channel', name: 'pipe:999'}, 'en').lines[0]!),
		'It is gone.',
	);
});

test('the accounting adds up to the lifetime and names its fields as promised', () => {
	const session = at(spinProgram, 50_000);
	const report = accountingReport(session.machine.kernel);
	assert.deepEqual(Object.keys(report), ['cycles', 'threads', 'channels']);
	for (const thread of report.threads) {
		assert.deepEqual(Object.keys(thread), [
			'pid',
			'tid',
			'ppid',
			'name',
			'host',
			'cpu',
			'busy',
			'ready',
			'blocked',
			'blockedOn',
			'contextSwitches',
			'syscalls',
			'exit',
		]);
		const {createdAt} = session.machine.kernel.threads.get(thread.tid)!.accounting;
		assert.equal(thread.cpu + thread.ready + thread.blocked, report.cycles - createdAt);
		assert.equal(
			Object.values(thread.blockedOn).reduce((sum, cycles) => sum + cycles, 0),
			thread.blocked,
		);
	}
	assert.equal(statRows(report)[1]!['EXIT'], '-');
	const keys = statRows(report).map(row => Object.keys(row).join());
	assert.equal(new Set(keys).size, 1);
});

test('a call that blocks is unfinished until it is resumed, others take one line', () => {
	const session = at(pipeProgram, 40_000);
	const tracer = createTracer();
	const lines = session.machine.kernel.events.entries.flatMap(event => traceEvent(tracer, event));
	const find = (pattern: RegExp): number => lines.findIndex(line => pattern.test(line));
	const order = [
		/\[3\] pipe\(\[3, 4\]\) = 0/,
		/\[4\] read\(3.* <unfinished \.\.\.>/,
		/\[4\] blocked on pipe\.read pipe:\d+/,
		/\[4\] woken on pipe\.read pipe:\d+ by \[3\]/,
		/\[3\] write\(4, "hi\\n", 3\) = 3/,
		/\[4\] <\.\.\. read resumed> .*= 3/,
	].map(find);
	assert.ok(
		order.every(
			(index, position) => index >= 0 && (position === 0 || index > order[position - 1]!),
		),
		order.join(),
	);
	for (const event of session.machine.kernel.events.entries) {
		const json = JSON.parse(JSON.stringify(eventJson(event))) as {
			readonly cycle: number;
			readonly kind: string;
		};
		assert.deepEqual([json.cycle, json.kind], [event.cycle, event.body.kind]);
	}
});

test('the lanes of the timeline agree with the accounting', () => {
	const session = at(pipeProgram, 30_000);
	const {kernel} = session.machine;
	const view = timelineView(observe(kernel), 30_000);
	for (const lane of view.lanes.slice()) {
		const blocked = lane.intervals
			.filter(({state}) => state === 'blocked')
			.reduce((sum, {from, to}) => sum + to - from, 0);
		const booked = accountingReport(kernel).threads.find(({tid}) => tid === lane.tid)!.blocked;
		assert.ok(
			Math.abs(blocked - booked) <= 200,
			`${lane.name}: ${blocked} drawn, ${booked} booked`,
		);
		assert.equal(lineText(laneLine(view, lane, 40, false)).length, 40);
	}
	const child = view.lanes.slice().find(({tid}) => tid === 4)!;
	assert.ok(lineText(laneLine(view, child, 40, false)).includes('↓'), 'the writer above woke it');
});

test('a batch frame is plain text with every section', () => {
	const frame = batchFrame(observe(piped.machine.kernel), {title: 'x', watch: [], language: 'en'});
	assert.match(frame, /^ipctop - x\ncycle [\d,]+, time \d\.\d+ s, 0 running, 0 ready, 2 blocked/);
	assert.match(frame, /%Cpu0: +\d+\.\d useful/);
	assert.match(frame, /PID +PPID STATE/);
	assert.match(
		frame,
		/Pipes:\n {2}pipe:\d+ +0\/64K {2}write p\(3\) fd 4; read p\(4\) fd 3; blocked: p\(4\)/,
	);
	assert.doesNotMatch(frame, /[ \t]\n|\u001B/);
});

test('of a signal mask that holds nearly everything the details say what it leaves out', () => {
	const masked = (fill: string): string => {
		const session = sessionOf({
			p: `#include <signal.h>\n#include <unistd.h>\nint main(void) {
	sigset_t set;
	${fill}
	sigprocmask(SIG_SETMASK, &set, 0);
	for (;;) pause();
}`,
		});
		runFor(session, 10_000);
		const lines = processDetails(session.machine.kernel, 3, 'en').lines.map(lineText);
		return (
			lines.find(text => text.includes('blocked  ') && text.includes('SIG')) ?? lines.join('\n')
		);
	};
	assert.match(masked('sigfillset(&set); sigdelset(&set, SIGUSR1);'), /all but .*SIGUSR1/);
	assert.match(
		masked('sigemptyset(&set); sigaddset(&set, SIGUSR1); sigaddset(&set, SIGINT);'),
		/ SIGINT SIGUSR1$/,
	);
});

test('threads in a circle of locks wait each for the owner of its lock', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
#include <unistd.h>
static pthread_mutex_t lock[3];
static void *take(void *seat) {
	long own = (long)seat;
	pthread_mutex_lock(&lock[own]);
	usleep(100);
	pthread_mutex_lock(&lock[(own + 1) % 3]);
	return 0;
}
int main(void) {
	pthread_t other;
	pthread_create(&other, 0, take, (void *)0L);
	pthread_create(&other, 0, take, (void *)1L);
	take((void *)2L);
	return 0;
}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	assert.equal(
		deadlockSentence(kernel, 'en'),
		'Deadlock: p(3) waits for p(3/4); p(3/4) waits for p(3/5); p(3/5) waits for p(3)',
	);
	const text = waitGraphLines(kernel, 'en', 76).map(lineText).join('\n');
	assert.match(text, /✖ p\(3\/4\) → p\(3\/5\) {2}futex lock\[1\]/);
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/^p\(3\) waits for the mutex lock\[0\] \(futex:\w+\): p\(3\/4\) holds it$/,
	);
	assert.match(explainProcess(kernel, 3, 'ko'), /쥐고 있는 쪽은 p\(3\/4\)$/);
});

test('threads on semaphores, which anybody may post, wait for each other', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
#include <semaphore.h>
static sem_t never[3];
static void *take(void *seat) { sem_wait(&never[(long)seat]); return 0; }
int main(void) {
	pthread_t other;
	for (long i = 1; i < 3; i++) pthread_create(&other, 0, take, (void *)i);
	take(0);
	return 0;
}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	assert.equal(
		deadlockSentence(kernel, 'en'),
		'Deadlock: p(3), p(3/4) and p(3/5) wait for each other',
	);
	assert.match(deadlockSentence(kernel, 'ko'), /p\(3\), p\(3\/4\), p\(3\/5\)가 서로를 기다림$/);
	const text = waitGraphLines(kernel, 'en', 76).map(lineText).join('\n');
	assert.match(text, /✖ p\(3\/4\) → p\(3\) or p\(3\/5\) +futex never\[1\]/);
});

test('a deadlock of two threads is found while a third one works, and so is who waits for them', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
#include <unistd.h>
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static void *one(void *unused) {
	pthread_mutex_lock(&a); usleep(100); pthread_mutex_lock(&b); return 0;
}
static void *other(void *unused) {
	pthread_mutex_lock(&b); usleep(100); pthread_mutex_lock(&a); return 0;
}
static void *work(void *unused) { for (;;) usleep(50); }
int main(void) {
	pthread_t threads[3];
	pthread_create(&threads[0], 0, work, 0);
	pthread_create(&threads[1], 0, one, 0);
	pthread_create(&threads[2], 0, other, 0);
	pthread_join(threads[1], 0);
	return 0;
}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	assert.equal(
		deadlockSentence(kernel, 'en'),
		'Deadlock: p(3) waits for p(3/5); p(3/5) waits for p(3/6); p(3/6) waits for p(3/5)',
	);
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/^p\(3\) waits in pthread_join\(\) for p\(3\/5\) to end$/,
	);
});

test('a mutex is told to be held by a thread that has ended, and by the one that waits for it', () => {
	const session = sessionOf({
		p: `#define _GNU_SOURCE
#include <pthread.h>
static pthread_mutex_t left = PTHREAD_MUTEX_INITIALIZER, own = PTHREAD_MUTEX_INITIALIZER;
static void *leave(void *unused) { return (void *)(long)pthread_mutex_lock(&left); }
static void *again(void *unused) {
	pthread_mutex_lock(&own);
	return (void *)(long)pthread_mutex_lock(&own);
}
int main(void) {
	pthread_t thread;
	pthread_create(&thread, 0, leave, 0);
	pthread_join(thread, 0);
	pthread_create(&thread, 0, again, 0);
	pthread_mutex_lock(&left);
}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	assert.match(
		explainProcess(kernel, 3, 'en'),
		/^p\(3\) waits for the mutex left \(futex:\w+\): thread 4 holds it, and has ended$/,
	);
	assert.equal(
		deadlockSentence(kernel, 'en'),
		'Deadlock: p(3) waits for nobody; p(3/5) waits for p(3/5)',
	);
});

test('who sleeps at a socket is woken by a packet, or by a timer where none comes', () => {
	const session = sessionOf({
		p: `#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
int main(void) {
	struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9)};
	struct timeval patience = {.tv_usec = 2000};
	char text[8];
	int s = socket(AF_INET, SOCK_DGRAM, 0);
	bind(s, (struct sockaddr *)&here, sizeof here);
	if (fork() == 0) {
		usleep(500);
		sendto(s, "hi", 2, 0, (struct sockaddr *)&here, sizeof here);
		_exit(0);
	}
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	for (;;)
		recv(s, text, sizeof text, 0);
}`,
	});
	runFor(session, 60_000);
	const woken = session.machine.kernel.events.entries
		.map(event => /^woken on socket\S+ \S+ (.+)$/.exec(eventText(event))?.[1])
		.filter(by => by !== undefined);
	assert.deepEqual(woken.slice(0, 2), ['by packet', 'by timer']);
});
