import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {usualLimits} from '../../source/machine/history.js';
import {stepToEvent} from '../../source/machine/moments.js';
import {createSession, cycleOf, runUntil} from '../../source/machine/session.js';
import {stepStatement} from '../../source/machine/stepping.js';
import {seek} from '../../source/machine/time-travel.js';
import {setupOf} from '../support/machine-setup.js';

const source = 'int main(void) { for (volatile int i = 0; i < 300000; i++) ; return 0; }';

describe('history', () => {
	test('checkpoints stand at whole cycles, also where a CPU is idle', () => {
		const historyLimits = {...usualLimits, workInterval: 999, workPerObject: 0.37};
		const session = createSession(setupOf({loop: source}, {cpus: 2}), [], {
			keepsHistory: true,
			historyLimits,
		});
		runUntil(session, 1_000_000);
		const cycles = session.history!.checkpoints.map(({cycle}) => cycle);
		assert.ok(cycles.length > 5);
		assert.deepEqual(cycles, cycles.map(Math.floor));
	});

	test('no more checkpoints are kept than allowed, those of the first cycle and of late ones among them', () => {
		const historyLimits = {...usualLimits, checkpoints: 10, workInterval: 999, workPerObject: 0};
		const session = createSession(setupOf({loop: source}), [], {keepsHistory: true, historyLimits});
		runUntil(session, 100_000);
		const cycles = session.history!.checkpoints.map(({cycle}) => cycle);
		assert.equal(cycles.length, 10);
		assert.equal(cycles[0], 0);
		assert.ok(cycles.at(-1)! > 97_000, cycles.join(' '));
		assert.deepEqual(
			cycles,
			cycles.toSorted((a, b) => a - b),
		);
	});

	test('a checkpoint kept while a step waits for a thread knows nothing of the step', () => {
		const sleeper = '#include <unistd.h>\nint main(void) { for (;;) usleep(1000); }';
		const historyLimits = {...usualLimits, workInterval: 2000, workPerObject: 0};
		const session = createSession(setupOf({loop: source, sleeper}), [], {
			keepsHistory: true,
			historyLimits,
		});
		runUntil(session, 5000);
		stepStatement(session, session.machine.started[1]!);
		const woken = cycleOf(session);
		assert.ok(session.history!.checkpoints.some(({cycle}) => cycle > 5000 && cycle < woken));
		runUntil(session, woken + 1000);
		seek(session, woken - 10);
		seek(session, woken + 500);
		assert.equal(cycleOf(session), woken + 500);
	});

	test('pages that are gone again with their processes are not counted', () => {
		const spawner = `
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void) {
	for (;;) {
		if (fork() == 0) {
			char *block = malloc(100000);
			for (int i = 0; i < 100000; i += 4096) block[i] = 1;
			_exit(0);
		}
		wait(NULL);
	}
}`;
		const historyLimits = {...usualLimits, workInterval: 100_000, workPerObject: 0};
		const session = createSession(setupOf({spawner}), [], {keepsHistory: true, historyLimits});
		runUntil(session, 500_000);
		const checkpoints = session.history!.checkpoints.slice(1);
		assert.ok(checkpoints.length > 3);
		for (const {bytes} of checkpoints) assert.ok(bytes < 1_000_000, String(bytes));
	});

	test('a search in vain leaves the branch as long as it was', () => {
		const session = createSession(setupOf({loop: 'int main(void) { for (;;) ; }'}), [], {
			keepsHistory: true,
		});
		runUntil(session, 2000);
		seek(session, 1000);
		assert.equal(
			stepToEvent(session, ({body}) => body.kind === 'exited'),
			undefined,
		);
		assert.deepEqual([cycleOf(session), session.horizon], [1000, 2000]);
		assert.ok(session.history!.checkpoints.every(({cycle}) => cycle <= 2000));
	});
});
