import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {bytesBeyond} from '../../source/machine/kept-size.js';
import {type HistoryLimits, usualLimits} from '../../source/machine/history.js';
import {cycleOf, runUntil, type Session} from '../../source/machine/session.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {seek} from '../../source/machine/time-travel.js';
import {sessionOf} from '../support/machine-setup.js';

const sleeper = '#include <unistd.h>\nint main(void) { for (;;) pause(); }';
const worker = 'volatile int count;\nint main(void) { for (;;) count++; }';
/** What it changes on its stack is as it was whenever it sleeps. */
const bee = `
#include <unistd.h>
int main(void) {
	for (;;) {
		volatile int work = 0;
		for (int k = 0; k < 100; k++) work += k;
		usleep(1000);
	}
}`;
/** Two processes over shared memory, a pipe and a file, whose objects refer to each other. */
const pair = `
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
int main(void) {
	int ends[2];
	pipe(ends);
	int file = open("/tmp/log", O_RDWR | O_CREAT, 0600);
	volatile int *shared = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (fork() == 0) for (char c; read(ends[0], &c, 1) == 1; ) { ++*shared; write(file, &c, 1); }
	for (;;) { write(ends[1], "x", 1); usleep(500); }
}`;

const limits: HistoryLimits = {...usualLimits, workInterval: 2000, workPerObject: 0};

const sessionWith = (
	programs: Readonly<Record<string, string>>,
	cycles: number,
	historyLimits = limits,
): Session => {
	const session = sessionOf(programs, {}, [], {keepsHistory: true, historyLimits});
	runUntil(session, cycles);
	return session;
};

/** The kernels of the two newest checkpoints. */
const newestOf = (session: Session) => {
	const [before, after] = session.history!.checkpoints.slice(-2);
	assert.ok(before && after);
	return [before.machine.kernel, after.machine.kernel] as const;
};

describe('checkpoints', () => {
	test('a process that only sleeps is the same object in all of them, one that works is not', () => {
		const session = sessionWith({sleeper, worker}, 100_000);
		const [before, after] = newestOf(session);
		const [asleep, awake] = session.machine.started;
		assert.ok(before.processes.get(asleep!));
		assert.equal(after.processes.get(asleep!), before.processes.get(asleep!));
		assert.equal(after.threads.get(asleep!), before.threads.get(asleep!));
		assert.notEqual(after.threads.get(awake!), before.threads.get(awake!));
		assert.notEqual(after.threads.get(awake!), session.machine.kernel.threads.get(awake!));
	});

	test('what a working thread has left as it was is shared by part', () => {
		const session = sessionWith({worker}, 100_000);
		const [before, after] = newestOf(session);
		const [pid] = session.machine.started;
		const old = before.processes.get(pid!)!;
		const young = after.processes.get(pid!)!;
		assert.notEqual(young, old);
		assert.equal(young.signals, old.signals);
		assert.equal(young.descriptors, old.descriptors);
		assert.equal(young.space.regions, old.space.regions);
		assert.equal(after.threads.get(pid!)!.context.calls, before.threads.get(pid!)!.context.calls);
	});

	test('a page that was changed and changed back is the page of the checkpoint before', () => {
		const session = sessionWith({bee}, 200_000);
		const [pid] = session.machine.started;
		const [before, after] = newestOf(session);
		assert.notEqual(
			before.threads.get(pid!)!.context.cpuCycles,
			after.threads.get(pid!)!.context.cpuCycles,
		);
		assert.equal(after.processes.get(pid!)!.space, before.processes.get(pid!)!.space);
	});

	test('no journey through history changes any of them', () => {
		const session = sessionWith({pair, bee, sleeper}, 200_000);
		const hashes = () => session.history!.checkpoints.map(({machine}) => hashMachine(machine));
		const first = hashes();
		assert.ok(first.length > 10);
		for (const cycle of [150_000, 20_000, 199_000, 90_000, 200_000]) {
			seek(session, cycle);
			assert.ok(cycleOf(session) >= cycle);
			runUntil(session, cycle + 500);
		}
		assert.deepEqual(hashes().slice(0, first.length), first);
	});

	test('a journey comes to the same state as a run without checkpoints', () => {
		const travelled = sessionWith({pair, bee, sleeper}, 200_000);
		for (const cycle of [120_000, 30_000, 170_000]) {
			seek(travelled, cycle);
			const plain = sessionOf({pair, bee, sleeper}, {}, [], {});
			runUntil(plain, cycle);
			assert.equal(hashMachine(travelled.machine), hashMachine(plain.machine));
		}
	});
});

describe('what checkpoints take', () => {
	test('a hundred sleeping processes add nothing but the rows of two tables', () => {
		const crowd = sleeper.replace('{', '{ for (int i = 0; i < 100 && fork() > 0; i++) ;');
		const session = sessionWith({crowd, worker}, 400_000);
		const newest = session.history!.checkpoints.at(-1)!;
		const whole = bytesBeyond(newest.machine, undefined);
		assert.ok(whole > 100 * 5000, String(whole));
		assert.ok(newest.bytes < 30_000, String(newest.bytes));
	});

	test('what one shared with the next belongs to the next when it is gone', () => {
		const session = sessionWith({pair, bee, sleeper}, 400_000, {...limits, checkpoints: 9});
		const {checkpoints} = session.history!;
		assert.equal(checkpoints.length, 9);
		for (const [index, {bytes, machine}] of checkpoints.entries())
			assert.equal(bytes, bytesBeyond(machine, checkpoints[index - 1]?.machine));
	});

	test('nothing is kept of what a process had changed in the loop in which it was killed', () => {
		const killer = `
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
	pid_t child = fork();
	if (child == 0) { int *block = malloc(800000); for (int i = 0; i < 200000; i++) block[i] = i + 1; }
	usleep(10000);
	kill(child, SIGKILL);
	for (;;) pause();
}`;
		const session = sessionWith({killer}, 80_000);
		const child = session.machine.started[0]! + 1;
		const changesOf = () => session.machine.kernel.threads.get(child)!.context.turns.log.addresses;
		assert.ok(changesOf().length > 1000);
		runUntil(session, 200_000);
		assert.equal(session.machine.kernel.threads.get(child)!.state, 'dead');
		assert.equal(changesOf().length, 0);
	});

	test('together they take no more than allowed, but for the few that are always kept', () => {
		const historyLimits = {...limits, bytes: 300_000};
		const {checkpoints} = sessionWith({pair, bee, worker}, 300_000, historyLimits).history!;
		const sum = checkpoints.reduce((total, {bytes}) => total + bytes, 0);
		assert.ok(checkpoints.length >= 4);
		assert.ok(sum <= 300_000 || checkpoints.length === 4, `${sum} in ${checkpoints.length}`);
		assert.ok(checkpoints.at(-1)!.cycle > 290_000);
	});
});
