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
