// tcsetattr(3) on the console: what is set is given back, and reads heed VMIN and VTIME. Lines and echo are the host
// terminal's.

import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createSession, inject, runUntil} from '../../source/machine/session.js';
import {printed, setupOf} from '../support/machine-setup.js';

const program = `
#include <stdio.h>
#include <termios.h>
#include <unistd.h>
static void show(int fd) {
	struct termios now;
	tcgetattr(fd, &now);
	printf("echo %d lines %d\\n", (now.c_lflag & ECHO) != 0, (now.c_lflag & ICANON) != 0);
}
int main(void) {
	struct termios usual, raw;
	char bytes[10];
	tcgetattr(0, &usual);
	raw = usual;
	raw.c_lflag &= ~(ECHO | ICANON);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 1;
	tcsetattr(0, TCSANOW, &raw);
	show(1);
	printf("%d after a tenth of a second\\n", (int)read(0, bytes, 10));
	fflush(stdout);
	raw.c_cc[VMIN] = 3;
	raw.c_cc[VTIME] = 0;
	tcsetattr(0, TCSANOW, &raw);
	printf("%d together\\n", (int)read(0, bytes, 10));
	tcsetattr(0, TCSAFLUSH, &usual);
	show(0);
	return 0;
}`;

const type = (text: string) => ({kind: 'type' as const, data: new TextEncoder().encode(text)});

test('settings are remembered, and a raw read takes VMIN bytes or waits for VTIME', () => {
	const setup = {...setupOf({program}), isTerminal: [true, true, true] as const};
	const session = createSession(setup, [], {keepsHistory: true});
	runUntil(session, 900_000);
	assert.equal(printed(session), 'echo 0 lines 0\n');
	runUntil(session, 1_100_000);
	assert.match(printed(session), /\n0 after a tenth of a second\n$/);
	inject(session, type('ab'));
	runUntil(session, 1_200_000);
	inject(session, type('c'));
	runUntil(session, 1_300_000);
	assert.match(printed(session), /\n3 together\necho 1 lines 1\n$/);
});
