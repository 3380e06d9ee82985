import assert from 'node:assert/strict';
import {beforeAll, test} from 'vitest';
import {runFor, runUntil, type Session} from '../../source/machine/session.js';
import {countersAt, observe} from '../../source/view-model/observed.js';
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

test('a sample tells what a thread had used then; one that came later had used nothing', () => {
	const {kernel} = session.machine;
	const sample = observe(kernel).samples[0]!;
	const used = new Map(
		[...kernel.threads.values()].map(({tid, context}) => [tid, context.cpuCycles]),
	);
	assert.equal(used.size > count, true);
	runFor(session, 5000);
	for (const [tid, cpu] of used) assert.equal(countersAt(sample, tid).cpu, cpu);
	const {tid, context} = [...kernel.threads.values()].find(thread => thread.state !== 'blocked')!;
	assert.ok(context.cpuCycles > countersAt(sample, tid).cpu);
	assert.deepEqual(countersAt(sample, kernel.nextPid), {cpu: 0, busy: 0});
	assert.deepEqual(countersAt(undefined, tid), {cpu: 0, busy: 0});
});

test('samples know what every thread had used at their cycles, whoever ran in between', () => {
	const busyMachine = sessionOf({many: manyProgram, work: workProgram}, {quantum: 400, cpus: 2});
	const truths = new Map<number, ReadonlyMap<number, number>>();
	let observed = observe(busyMachine.machine.kernel);
	for (let step = 0; step < 400; step++) {
		runFor(busyMachine, 37 + ((step * step * 7919) % 4001));
		const {kernel} = busyMachine.machine;
		observed = observe(kernel, observed, 20_000);
		truths.set(
			kernel.now,
			new Map([...kernel.threads.values()].map(({tid, context}) => [tid, context.cpuCycles])),
		);
		for (const sample of [observed.base, ...observed.samples]) {
			const truth = sample && truths.get(sample.cycle);
			if (!truth) continue;
			for (const tid of kernel.threads.keys())
				assert.equal(countersAt(sample, tid).cpu, truth.get(tid) ?? 0, `${tid} at ${sample.cycle}`);
		}
	}
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
