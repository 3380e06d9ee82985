import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {accountOf} from '../../source/kernel/process/accounting.js';
import type {MachineConfig} from '../../source/kernel/kernel.js';
import {cycleOf, inject, runUntil, type Session} from '../../source/machine/session.js';
import {printed, sessionOf} from '../support/machine-setup.js';

const mixed = `
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int total;
static void *adder(void *p) {
	(void)p;
	for (int i = 0; i < 50; i++) { pthread_mutex_lock(&lock); total += i; usleep(i % 3 * 20); pthread_mutex_unlock(&lock); }
	return NULL;
}
int main(void) {
	volatile int *flag = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd[2];
	char c;
	pipe(fd);
	if (fork() == 0) { while (!*flag) ; write(fd[1], "x", 1); _exit(0); }
	if (fork() == 0) { for (volatile int i = 0; i < 3000; i++) ; *flag = 1; _exit(0); }
	pthread_t a, b;
	pthread_create(&a, 0, adder, 0);
	pthread_create(&b, 0, adder, 0);
	read(fd[0], &c, 1);
	pthread_join(a, 0);
	pthread_join(b, 0);
	while (wait(0) > 0) ;
	return total == 2450 ? 0 : 1;
}`;

const checkSums = ({machine: {kernel}}: Session): void => {
	for (const thread of kernel.threads.values()) {
		const {cpu, busy, ready, blocked, stopped, blockedOn} = accountOf(kernel, thread);
		const {createdAt, endedAt, since} = thread.accounting;
		const running =
			thread.state === 'running' ? kernel.cpus[thread.cpu]!.clock : Math.max(kernel.now, since);
		const age = (endedAt ?? running) - createdAt;
		assert.equal(
			cpu + ready + blocked + stopped,
			age,
			`${thread.name} (${thread.tid}) ${thread.state}`,
		);
		assert.ok(busy >= 0 && busy <= cpu);
		assert.equal(
			[...blockedOn.values()].reduce((sum, cycles) => sum + cycles, 0),
			blocked,
		);
	}
	for (const cpu of kernel.cpus)
		assert.equal(cpu.useful + cpu.busy + cpu.idle, cpu.clock, `CPU ${cpu.id}`);
};

const checkQueues = ({machine: {kernel}}: Session): void => {
	const queued = kernel.scheduler.queues.flat();
	assert.equal(new Set(queued).size, queued.length, 'nobody is queued twice');
	for (const thread of kernel.threads.values()) {
		assert.equal(
			queued.includes(thread.tid),
			thread.state === 'ready',
			`${thread.tid} is ${thread.state}`,
		);
		for (const queue of thread.waits) assert.ok(queue.waiters.includes(thread.tid));
		if (thread.state !== 'blocked') assert.equal(thread.waits.length, 0);
		const cpu = kernel.cpus.find(candidate => candidate.thread === thread.tid);
		assert.equal(cpu !== undefined, thread.state === 'running');
	}
};

const policies = ['round-robin', 'first-come', 'priority', 'feedback'] as const;

describe.each(policies)('under %s', scheduler => {
	test.each([1, 2, 3])(
		'on %i CPU(s) every cycle of every thread is accounted for, at every stop',
		cpus => {
			const session = sessionOf({mixed}, {scheduler, cpus, quantum: 700}, [], {});
			// First-come never takes the CPU from one who spins: with one CPU the flag would never be set.
			const spinsForEver = scheduler === 'first-come' && cpus === 1;
			const stop = spinsForEver ? 60_000 : 2_000_000;
			for (let cycle = 0; cycle < stop && session.ending === undefined; cycle += 997) {
				runUntil(session, cycle);
				checkSums(session);
				checkQueues(session);
			}
			assert.deepEqual(
				session.ending,
				spinsForEver ? undefined : {kind: 'ended', exit: {status: 0}},
			);
		},
	);
});

const order = (config: Partial<MachineConfig>, work: string): string => {
	const session = sessionOf(
		{
			order: `
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
static void work(const char *name, int turns) {
	for (int t = 0; t < turns; t++) { for (volatile int i = 0; i < 1500; i++) ; write(1, name, 1); }
	_exit(0);
}
int main(void) { ${work} while (wait(0) > 0) ; return 0; }`,
		},
		config,
	);
	runUntil(session, 10_000_000);
	assert.equal(session.ending?.kind, 'ended');
	return printed(session);
};

const two = `if (fork() == 0) work("a", 3); if (fork() == 0) work("b", 3);`;

test('round robin lets equals take turns', () => {
	assert.equal(order({scheduler: 'round-robin', quantum: 3500}, two), 'ababab');
});

test('first come, first served runs each to its end', () => {
	assert.equal(order({scheduler: 'first-come', quantum: 3500}, two), 'aaabbb');
});

test('a lower nice value goes first whenever it is ready', () => {
	const nice = `setpriority(PRIO_PROCESS, 0, -5); if (fork() == 0) { setpriority(PRIO_PROCESS, 0, 5); work("a", 3); } if (fork() == 0) work("b", 3);`;
	assert.equal(order({scheduler: 'priority', quantum: 3500}, nice), 'bbbaaa');
});

test('the feedback queue prefers who sleeps to who computes', () => {
	const session = sessionOf(
		{
			levels: `
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
	if (fork() == 0) { for (volatile int i = 0; i < 40000; i++) ; _exit(0); }
	if (fork() == 0) { for (int i = 0; i < 20; i++) usleep(100); _exit(0); }
	while (wait(0) > 0) ;
	return 0;
}`,
		},
		{scheduler: 'feedback', quantum: 2000},
		[],
		{},
	);
	runUntil(session, 60_000);
	const [, computing, sleeping] = [...session.machine.kernel.threads.values()].filter(
		thread => thread.tid >= session.machine.started[0]!,
	);
	assert.ok(computing!.level > sleeping!.level, `${computing!.level} > ${sleeping!.level}`);
});

test('a machine whose threads wait for ever says deadlock, one that waits for the keyboard says so', () => {
	const stuck = sessionOf({
		stuck:
			'#include <unistd.h>\nint main(void) { int fd[2]; char c; pipe(fd); read(fd[0], &c, 1); return 0; }',
	});
	runUntil(stuck, 1_000_000);
	assert.equal(stuck.ending?.kind, 'deadlock');
	const asking = sessionOf({
		asking: '#include <unistd.h>\nint main(void) { char c; return read(0, &c, 1); }',
	});
	runUntil(asking, 1_000_000);
	assert.equal(asking.ending?.kind, 'needs-input');
	inject(asking, {kind: 'end-input'});
	runUntil(asking, 1_000_000);
	assert.deepEqual(asking.ending, {kind: 'ended', exit: {status: 0}});
});

test('time jumps to the next timer when nobody is ready, and the CPU was idle meanwhile', () => {
	const session = sessionOf({
		sleeper: '#include <unistd.h>\nint main(void) { sleep(3); return 0; }',
	});
	runUntil(session, 100_000_000);
	assert.equal(session.ending?.kind, 'ended');
	assert.ok(cycleOf(session) > 30_000_000 && cycleOf(session) < 30_010_000);
	assert.ok(session.machine.kernel.cpus[0]!.idle > 29_990_000);
});

test('a run in pieces is the run at once', () => {
	const at = (step: number): readonly number[] => {
		const session = sessionOf({mixed}, {cpus: 2, quantum: 500}, [], {});
		for (let cycle = step; session.ending === undefined; cycle += step) runUntil(session, cycle);
		return [...session.machine.kernel.threads.values()].flatMap(({context, accounting}) => [
			context.cpuCycles,
			context.busyCycles,
			accounting.ready,
			accounting.blocked,
			accounting.voluntarySwitches,
		]);
	};
	const whole = at(10_000_000);
	assert.deepEqual(at(1), whole);
	assert.deepEqual(at(77), whole);
});

test('a switch names who left the CPU, and nobody where it was idle', () => {
	const text = `#include <unistd.h>
int main(void) { fork(); usleep(2000); fork(); for (;;) ; }`;
	const session = sessionOf({p: text}, {cpus: 2, quantum: 400});
	runUntil(session, 40_000);
	const switches = session.machine.kernel.events.entries.flatMap(({cycle, body}) =>
		body.kind === 'switch' ? {cycle, ...body} : [],
	);
	assert.ok(
		switches.some(({cycle, from, reason}) => cycle > 20_000 && from === 0 && reason === 'idle'),
	);
	assert.ok(switches.every(({from, reason}) => (from === 0) === (reason === 'idle')));
	// Four threads spin on two CPUs: each comes after another.
	const late = switches.filter(({cycle}) => cycle > 25_000);
	assert.ok(late.length > 20);
	assert.ok(late.every(({reason}) => reason === 'preempted'));
});

test('an input says once what came of it, or what was tried and why it failed', () => {
	const session = sessionOf({
		p: '#include <unistd.h>\nint n;\nint main(void) { for (;;) pause(); }',
	});
	runUntil(session, 1000);
	inject(session, {kind: 'type', data: Uint8Array.of(97)});
	inject(session, {kind: 'write', to: 'tty', data: Uint8Array.of(97, 98)});
	inject(session, {kind: 'assign', to: 'n', value: '5'});
	inject(session, {kind: 'write', to: 'pipe:99', data: Uint8Array.of(97)});
	inject(session, {kind: 'signal', pid: 99, signal: 9});
	inject(session, {kind: 'signal', pid: 3, signal: 12});
	assert.deepEqual(
		session.machine.kernel.events.entries.flatMap(({body}) =>
			body.kind === 'input' ? body.text : [],
		),
		[
			'1 byte written to tty',
			'2 bytes written to tty',
			'n = 5',
			'write 1 byte to pipe:99: a process would have got EBADF',
			'send SIGKILL to 99: ESRCH: there is no such process',
			'SIGUSR2 sent to 3',
		],
	);
});
