import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {usualLimits} from '../../source/machine/history.js';
import {
	createOutputLog,
	cutOutput,
	noteOutput,
	type OutputPiece,
	outputUpTo,
} from '../../source/machine/output-log.js';
import {stepToEvent} from '../../source/machine/moments.js';
import {createSession, inject, runUntil} from '../../source/machine/session.js';
import {returnToBranch, seek} from '../../source/machine/time-travel.js';
import {printed, setupOf} from '../support/machine-setup.js';

const chunk = (pid: number, text: string, stream: 1 | 2 = 1) => ({
	cycle: 0,
	pid,
	stream,
	bytes: new TextEncoder().encode(text),
});

const textsOf = (pieces: readonly OutputPiece[]): readonly string[] =>
	pieces.map(({pid, stream, bytes}) => `${pid}.${stream} ${new TextDecoder().decode(bytes)}`);

describe('the log of what programs print', () => {
	test('joins what one process prints on one stream', () => {
		const log = createOutputLog();
		noteOutput(log, [chunk(3, 'a'), chunk(3, 'b'), chunk(4, 'c'), chunk(4, 'd', 2)], 4);
		assert.deepEqual(textsOf(log.pieces), ['3.1 ab', '4.1 c', '4.2 d']);
	});

	test('knows what it has seen before', () => {
		const log = createOutputLog();
		noteOutput(log, [chunk(3, 'ab'), chunk(3, 'cd')], 4);
		noteOutput(log, [chunk(3, 'cd')], 4);
		noteOutput(log, [chunk(3, 'cd'), chunk(3, 'ef'), chunk(3, 'g')], 7);
		assert.deepEqual(textsOf(log.pieces), ['3.1 abcd', '3.1 efg']);
	});

	test('gives its beginning, in the midst of a piece too, and can be cut there', () => {
		const log = createOutputLog();
		noteOutput(log, [chunk(3, 'abcd'), chunk(4, 'ef')], 6);
		assert.deepEqual(textsOf(outputUpTo(log, 0)), []);
		assert.deepEqual(textsOf(outputUpTo(log, 3)), ['3.1 abc']);
		assert.deepEqual(textsOf(outputUpTo(log, 4)), ['3.1 abcd']);
		assert.deepEqual(textsOf(outputUpTo(log, 5)), ['3.1 abcd', '4.1 e']);
		cutOutput(log, 5);
		noteOutput(log, [chunk(5, 'x')], 6);
		assert.deepEqual(textsOf(log.pieces), ['3.1 abcd', '4.1 e', '5.1 x']);
	});

	test('a large piece is not made of everything', () => {
		const log = createOutputLog();
		const line = 'x'.repeat(100);
		noteOutput(
			log,
			Array.from({length: 100}, () => chunk(3, line)),
			10_000,
		);
		assert.deepEqual(
			log.pieces.map(({bytes}) => bytes.length),
			[4100, 4100, 1800],
		);
	});
});

const counter = `
#include <stdio.h>
#include <unistd.h>
int main(void) {
	setbuf(stdout, NULL);
	for (int i = 0; i < 2000; i++) {
		char c;
		printf("%d\\n", i);
		if (i % 100 == 0 && read(0, &c, 1) == 1) printf("got %c\\n", c);
	}
}`;

describe('what has been printed', () => {
	const sessionOf = () =>
		createSession(
			setupOf({counter}),
			[{cycle: 0, input: {kind: 'type', data: new TextEncoder().encode('abcdefghijklmnopq')}}],
			{
				keepsHistory: true,
				historyLimits: {...usualLimits, workInterval: 20_000, workPerObject: 0},
			},
		);

	test('is the same at a cycle, whichever way one has come there', () => {
		const session = sessionOf();
		const texts = new Map<number, string>();
		for (const cycle of [50_000, 100_000, 250_000, 400_000]) {
			runUntil(session, cycle);
			texts.set(cycle, printed(session));
		}
		for (const cycle of [100_000, 400_000, 50_000, 250_000, 400_000]) {
			seek(session, cycle);
			assert.equal(printed(session), texts.get(cycle), `at ${cycle}`);
		}
	});

	test('is that of the branch one is on', () => {
		const session = sessionOf();
		runUntil(session, 400_000);
		const first = printed(session);
		seek(session, 100_000);
		inject(session, {kind: 'signal', pid: session.machine.started[0]!, signal: 9});
		runUntil(session, 400_000);
		assert.ok(first.startsWith(printed(session)) && printed(session).length < first.length);
		returnToBranch(session, 0);
		seek(session, 400_000);
		assert.equal(printed(session), first);
	});
});

test('a search on a branch that was taken up again loses nothing of what is printed beyond', () => {
	const ticks = `
		#include <stdio.h>
		#include <unistd.h>
		int main(void) {
			if (fork() == 0) for (;;) usleep(300);
			for (int tick = 0; ; tick++) {
				printf("%d\\n", tick);
				fflush(stdout);
				for (volatile int i = 0; i < 400; i++);
			}
		}
	`;
	const session = createSession(setupOf({ticks}, {quantum: 900}), [], {
		keepsHistory: true,
		historyLimits: {...usualLimits, checkpoints: 9, workInterval: 1000, workPerObject: 0},
	});
	runUntil(session, 60_000);
	const whole = printed(session);
	seek(session, 20_000);
	inject(session, {kind: 'signal', pid: 4, signal: 23});
	returnToBranch(session, 0);
	seek(session, 25_000);
	assert.ok(stepToEvent(session, ({body}) => body.kind === 'switch'));
	seek(session, 60_000);
	assert.equal(printed(session), whole);
});
