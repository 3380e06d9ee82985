import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {findWaker} from '../../source/machine/event-search.js';
import {stepBackToEvent, stepToEvent} from '../../source/machine/moments.js';
import {findLastWrite} from '../../source/machine/last-writer.js';
import {cycleOf, inject, runUntil, type Session} from '../../source/machine/session.js';
import {returnToBranch, seek} from '../../source/machine/time-travel.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {stepStatement, stepStatementBack} from '../../source/machine/stepping.js';
import {userPositionOf} from '../../source/machine/source-position.js';
import {lookUp} from '../../source/machine/variables.js';
import {printed, sessionOf} from '../support/machine-setup.js';

const busy = `
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static volatile int ticks;
static void on_alarm(int s) { (void)s; ticks++; ualarm(2000, 0); }
static void *adder(void *p) { int *n = p; for (int i = 0; i < 400; i++) { *n += i; if (i % 50 == 0) usleep(30); } return NULL; }
int main(void) {
	int fd[2], sum = 0;
	int *shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	signal(SIGALRM, on_alarm);
	ualarm(2000, 0);
	pipe(fd);
	for (int child = 0; child < 3; child++) {
		if (fork() == 0) {
			close(fd[0]);
			char *block = malloc(3000);
			for (int i = 0; i < 40; i++) {
				block[i * 7] = (char)i;
				shared[child] += block[i * 7];
				int word = rand() % 100 + child;
				write(fd[1], &word, sizeof word);
				if (i % 9 == 0) usleep(200);
			}
			FILE *f = fopen("log.txt", "a");
			fprintf(f, "child %d\\n", child);
			fclose(f);
			exit(0);
		}
	}
	close(fd[1]);
	pthread_t t;
	int total = 0, word;
	pthread_create(&t, NULL, adder, &total);
	while (read(fd[0], &word, sizeof word) > 0) { sum += word; if (sum % 5 == 0) printf("sum %d\\n", sum); }
	pthread_join(t, NULL);
	while (wait(NULL) > 0) ;
	printf("%d %d %d\\n", sum, total, shared[0] + shared[1] + shared[2]);
	return 0;
}`;

/** A generator of its own, so that a failure can be repeated. */
const random = (seed: number) => {
	let state = seed;
	return (limit: number): number => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return Math.floor((state / 2 ** 32) * limit);
	};
};

/** The state of a straight run at each of the cycles, with the inputs injected on the way. */
const straightRun = (cpus: number, quantum: number, seed: number, cycles: readonly number[]) => {
	const session = sessionOf({busy}, {cpus, quantum, seed}, [], {});
	return cycles.map(cycle => {
		runUntil(session, cycle);
		return hashMachine(session.machine);
	});
};

describe('seeking back and forth gives the states of a straight run', () => {
	test.each([
		[1, 400, 1],
		[1, 10_000, 2],
		[2, 700, 3],
		[4, 300, 4],
	])('with %i CPUs, slices of %i cycles and seed %i', {timeout: 60_000}, (cpus, quantum, seed) => {
		const next = random(seed);
		const cycles = Array.from({length: 12}, () => next(90_000)).sort((a, b) => a - b);
		const expected = straightRun(cpus, quantum, seed, cycles);
		const session = sessionOf({busy}, {cpus, quantum, seed});
		runUntil(session, 90_000);
		for (let turn = 0; turn < 30; turn++) {
			const index = next(cycles.length);
			seek(session, cycles[index]!);
			assert.equal(
				hashMachine(session.machine),
				expected[index],
				`cycle ${cycles[index]}, turn ${turn}`,
			);
		}
		runUntil(session, 100_000_000);
		assert.equal(session.ending?.kind, 'ended');
		assert.match(printed(session), /\d+ 79800 \d+\n$/);
	});
});

const reader = `
#include <stdio.h>
#include <unistd.h>
int main(void) {
	char line[64];
	int n, lines = 0;
	while ((n = read(0, line, sizeof line)) > 0) { lines++; printf("%d:%.*s", lines, n, line); fflush(stdout); }
	return lines;
}`;

const type = (text: string) => ({kind: 'type' as const, data: new TextEncoder().encode(text)});

test('an input in the past begins a branch, and the old branch can be returned to', () => {
	const session = sessionOf({reader});
	// Time stands still while the reader waits for the keyboard.
	runUntil(session, 90_000);
	inject(session, type('one\n'));
	runUntil(session, 90_000);
	const afterOne = cycleOf(session);
	inject(session, type('two\n'));
	runUntil(session, 90_000);
	assert.equal(printed(session), '1:one\n2:two\n');
	const end = cycleOf(session);
	const before = hashMachine(session.machine);
	seek(session, afterOne - 1);
	assert.equal(printed(session), '1:one\n');
	inject(session, type('other\n'));
	runUntil(session, 90_000);
	assert.equal(printed(session), '1:one\n2:other\n');
	assert.equal(session.branches.length, 1);
	returnToBranch(session, 0);
	seek(session, end);
	assert.equal(printed(session), '1:one\n2:two\n');
	assert.equal(hashMachine(session.machine), before);
	returnToBranch(session, 0);
	runUntil(session, 90_000);
	assert.equal(printed(session), '1:one\n2:other\n');
});

const lines = `
#include <stdio.h>
int g;
static int twice(int n) {
	int m = n * 2;
	return m;
}
int main(void) {
	int a = 1;
	a = a + 1;
	g = twice(a);
	printf("%d\\n", g);
	g = g + 1;
	return g;
}`;

const lineOf = (session: Session, tid: number): number | undefined =>
	userPositionOf(session.machine.kernel.threads.get(tid)!.context)?.line;

const userTid = (session: Session): number => session.machine.started[0]!;

test('steps back by statement visit the lines of the steps forward in reverse', () => {
	const session = sessionOf({lines});
	runUntil(session, 1);
	const tid = userTid(session);
	const forward: Array<readonly [number | undefined, string]> = [];
	while (stepStatement(session, tid) === 'stepped')
		forward.push([lineOf(session, tid), hashMachine(session.machine)]);
	assert.deepEqual(
		forward.map(([line]) => line),
		[9, 10, 11, 5, 6, 12, 13, 14],
	);
	// The first step back from the end lands on the last statement.
	for (const [line, hash] of forward.toReversed()) {
		assert.equal(stepStatementBack(session, tid), true);
		assert.equal(lineOf(session, tid), line);
		assert.equal(hashMachine(session.machine), hash);
	}
	assert.equal(stepStatementBack(session, tid), false);
});

test('the last writer of a shared variable is found with the cycle of its store', () => {
	const session = sessionOf({
		writers: `
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int *cell;
int main(void) {
	cell = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fork() == 0) { usleep(3000); *cell = 7; usleep(9000); _exit(0); }
	*cell = 1;
	wait(0);
	return 0;
}`,
	});
	runUntil(session, 100_000);
	const {kernel} = session.machine;
	const parent = kernel.processes.get(userTid(session))!;
	const child = [...kernel.processes.values()].find(({parent: of}) => of === parent.pid)!;
	const cell = lookUp(kernel, parent, '*cell');
	assert.ok(!('error' in cell) && cell.place.kind === 'memory');
	const found = findLastWrite(session, parent.pid, cell.place.address);
	assert.equal(found?.tid, child.pid);
	assert.ok(found.cycle > 30_000 && found.cycle < 60_000);
	seek(session, found.cycle);
	const earlier = findLastWrite(session, parent.pid, cell.place.address);
	assert.equal(earlier?.tid, parent.pid);
	assert.ok(earlier.cycle < found.cycle);
});

test('what woke a process is found, and events are jumped to in both directions', () => {
	const session = sessionOf({
		pair: `
#include <unistd.h>
int main(void) {
	int fd[2]; char c;
	pipe(fd);
	if (fork() == 0) { usleep(2000); write(fd[1], "x", 1); usleep(2000); _exit(0); }
	read(fd[0], &c, 1);
	usleep(500);
	return 0;
}`,
	});
	runUntil(session, 10_000);
	const parent = userTid(session);
	const woken = stepToEvent(session, event => event.tid === parent && event.body.kind === 'woken');
	assert.ok(woken?.body.kind === 'woken' && woken.body.queue === 'pipe.read');
	assert.equal(cycleOf(session) >= woken.cycle, true);
	const waker = findWaker(session, parent);
	assert.ok(waker?.body.kind === 'woken' && waker.body.by === parent + 1);
	const forked = stepBackToEvent(
		session,
		event => event.body.kind === 'created' && event.body.parent === parent,
	);
	assert.ok(forked && cycleOf(session) >= forked.cycle && cycleOf(session) < woken.cycle);
});

test('going back needs history', () => {
	const session = sessionOf({lines}, {}, [], {});
	runUntil(session, 500);
	assert.throws(() => {
		seek(session, 0);
	}, /keeps no history/);
});
