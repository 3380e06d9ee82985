import assert from 'node:assert/strict';
import {beforeAll, test} from 'vitest';
import {runFor, runUntil, type Session} from '../../source/machine/session.js';
import {seek} from '../../source/machine/time-travel.js';
import {observe, recentUsage, recentUsageOfCpu} from '../../source/view-model/observed.js';
import {processTable} from '../../source/view-model/process-table.js';
import {defaultProcessOptions, processEntries} from '../../source/view-model/processes.js';
import {sessionOf} from '../support/machine-setup.js';

const count = 60;

const manyProgram = `
#include <unistd.h>
int main(void) {
	int fd[2];
	char c;
	pipe(fd);
	for (int i = 0; i < ${count}; i++) {
		if (fork() == 0) {
			read(fd[0], &c, 1);
			_exit(0);
		}
	}
	for (volatile int i = 0; ; i++);
}
`;

/** Threads and processes that come, work, sleep, stop and go. */
const workProgram = `
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
void *sleeper(void *unused) { for (int i = 0; i < 20; i++) usleep(100 + 37 * i); return unused; }
int main(void) {
	pthread_t thread;
	pthread_create(&thread, 0, sleeper, 0);
	for (int round = 0; ; round++) {
		pid_t child = fork();
		if (child == 0) {
			for (volatile int i = 0; i < 100 * (round % 9); i++);
			if (round % 3 == 0) raise(SIGSTOP);
			usleep(50 * round);
			for (volatile int i = 0; i < 300; i++);
			_exit(0);
		}
		if (round % 4) usleep(300);
		kill(child, SIGCONT);
		if (round % 5 == 0) wait(0);
	}
}
`;

let session: Session;
beforeAll(() => {
	session = sessionOf({many: manyProgram}, {quantum: 400});
	runUntil(session, 400_000);
});

test.each([1, 2])('what threads used of %i CPUs in any window comes out of the log', cpus => {
	const machine = sessionOf({many: manyProgram, work: workProgram}, {quantum: 400, cpus});
	// Where a run stops, one CPU may be a system call ahead of another.
	const tolerance = cpus === 1 ? 0 : 1000;
	const truths: {readonly now: number; readonly used: ReadonlyMap<number, number>}[] = [];
	let wholes = 0;
	for (let step = 0; step < 60; step++) {
		runFor(machine, 37 + ((step * step * 7919) % 4001));
		const {kernel} = machine.machine;
		const threads = [...kernel.threads.values()];
		for (const {now, used} of truths.slice(-8)) {
			const observed = observe(kernel, kernel.now - now);
			for (const thread of threads) {
				const {cpu, busy} = recentUsage(observed, thread);
				const truth = thread.context.cpuCycles - (used.get(thread.tid) ?? 0);
				const about = `${thread.tid} from ${now} to ${kernel.now}: ${cpu} of ${truth}`;
				assert.ok(Math.abs(cpu - truth) <= tolerance, about);
				assert.ok(busy >= 0 && busy <= cpu + 1e-6, about);
			}
		}
		const whole = observe(kernel, kernel.now - 1);
		// Later the log has dropped what came first.
		if (whole.base === 1) {
			wholes++;
			for (const thread of threads)
				assert.ok(Math.abs(recentUsage(whole, thread).busy - thread.context.busyCycles) <= 1);
			for (const {id, useful, busy} of kernel.cpus) {
				const used = recentUsageOfCpu(whole, id);
				assert.ok(Math.abs(used.cpu - useful - busy) <= tolerance + 1);
				assert.ok(Math.abs(used.busy - busy) <= tolerance + 1);
			}
		}
		truths.push({
			now: kernel.now,
			used: new Map(threads.map(({tid, context}) => [tid, context.cpuCycles])),
		});
	}
	assert.ok(wholes > 10);
});

test('the same moment has the same figures, however it was reached', () => {
	const machine = sessionOf({work: workProgram}, {quantum: 400});
	const figures = () => {
		const {kernel} = machine.machine;
		const observed = observe(kernel, 15_000);
		const threads = [...kernel.threads.values()].map(thread => recentUsage(observed, thread));
		return {now: kernel.now, threads, cpu: recentUsageOfCpu(observed, 0)};
	};
	runUntil(machine, 40_000);
	const played = figures();
	runUntil(machine, 100_000);
	seek(machine, 40_000);
	assert.deepEqual(figures(), played);
	seek(machine, 5000);
	for (let cycle = 5000; cycle <= 40_000; cycle += 125) runUntil(machine, cycle);
	assert.deepEqual(figures(), played);
});

test('the figures of processes off the screen are left alone', () => {
	const {kernel} = session.machine;
	const asked = new Set<number>();
	for (const thread of kernel.threads.values()) {
		const {accounting} = thread;
		Object.defineProperty(thread, 'accounting', {
			get() {
				asked.add(thread.tid);
				return accounting;
			},
		});
	}
	const observed = observe(kernel);
	const draw = (options: typeof defaultProcessOptions) =>
		processTable({
			entries: processEntries(observed, options),
			options,
			selected: undefined,
			marked: new Set(),
			width: 120,
			height: 5,
			hasHosts: false,
			language: 'en',
			clock: 1,
		});
	const table = draw(defaultProcessOptions);
	assert.equal(table.total, count + 1);
	assert.deepEqual(
		[...asked].sort((a, b) => a - b),
		table.rows.map(({entry}) => entry.tid),
	);
	draw({...defaultProcessOptions, sort: 'switches'});
	assert.equal(asked.size, table.total);
});
