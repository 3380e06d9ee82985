// Terminals, inotify instances, shared memory of clone(2), vfork(2) and urgent bytes are plain data like all else: a session
// that goes back over them finds them as they were.

import assert from 'node:assert/strict';
import {test} from 'vitest';
import {runUntil} from '../../source/machine/session.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {seek} from '../../source/machine/time-travel.js';
import {printed, sessionOf} from '../support/machine-setup.js';

const program = `
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
static int shared;
static int helper(void *p) { for (int i = 0; i < 50; i++) { shared += *(int *)p; if (i % 10 == 0) usleep(100); } return 0; }
static void at_terminal(const char *name) {
	char line[100];
	setsid();
	int s = open(name, O_RDWR), n;
	while ((n = read(s, line, sizeof line)) > 0) { dprintf(s, "got %d\\n", n); }
	_exit(n);
}
int main(void) {
	int m = posix_openpt(O_RDWR | O_NOCTTY), watch = inotify_init(), pair[2], step = 3, status;
	char name[50], text[4096], urgent = '-';
	char *stack = malloc(16384);
	unlockpt(m);
	strcpy(name, ptsname(m));
	inotify_add_watch(watch, "/tmp", IN_ALL_EVENTS);
	pid_t child = fork();
	if (child == 0) at_terminal(name);
	pid_t cloned = clone(helper, stack + 16384, CLONE_VM | CLONE_FILES | SIGCHLD, &step);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	const char *typed[] = {"half", " a li\\177ne\\n", "raw", "\\026\\003\\n", "x\\025y\\n"};
	for (int i = 0; i < 5; i++) {
		write(m, typed[i], strlen(typed[i]));
		int fd = open("/tmp/seen", O_CREAT | O_RDWR, 0600);
		write(fd, "abc", 3);
		close(fd);
		send(pair[0], "12", 2, MSG_OOB);
		if (vfork() == 0) { shared += i; _exit(0); }
		usleep(150);
	}
	recv(pair[1], &urgent, 1, MSG_OOB);
	unlink("/tmp/seen");
	int n = (int)read(watch, text, sizeof text);
	waitpid(cloned, NULL, 0);
	int shown = (int)read(m, text, sizeof text);
	write(m, "\\003", 1);
	waitpid(child, &status, 0);
	printf("%d %d %d %c %d\\n", n, shared, shown, urgent, WTERMSIG(status));
	return 0;
}`;

/** Cycles in which the program is over, with some to spare. */
const length = 20_000;

test.each([
	[1, 400],
	[2, 1500],
])('with %i CPUs and slices of %i cycles', {timeout: 30_000}, (cpus, quantum) => {
	const config = {cpus, quantum, seed: 5};
	const cycles = Array.from({length: 25}, (_, index) => (index + 1) * (length / 25));
	const straight = sessionOf({program}, config);
	const expected = cycles.map(cycle => {
		runUntil(straight, cycle);
		return hashMachine(straight.machine);
	});
	assert.equal(straight.ending?.kind, 'ended');
	const session = sessionOf({program}, config);
	runUntil(session, length);
	for (let turn = 0; turn < 40; turn++) {
		const index = (turn * 7) % cycles.length;
		seek(session, cycles[index]!);
		assert.equal(hashMachine(session.machine), expected[index], `cycle ${cycles[index]}`);
	}
	runUntil(session, length);
	assert.equal(printed(session), printed(straight));
	assert.match(printed(session), /^\d+ 160 \d+ 2 2\n$/);
});

test('writers to a stopped terminal sleep, and do not wake each other', () => {
	const session = sessionOf({
		writers: `
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>
int main(void) {
	int m = posix_openpt(O_RDWR | O_NOCTTY);
	unlockpt(m);
	int s = open(ptsname(m), O_RDWR | O_NOCTTY);
	tcflow(s, TCOOFF);
	for (int i = 0; i < 2; i++) if (fork() == 0) { write(s, "0123456789", 10); _exit(0); }
	usleep(100000);
	tcflow(s, TCOON);
	pause();
}`,
	});
	runUntil(session, 900_000);
	const writers = [...session.machine.kernel.threads.values()].slice(-2);
	for (const {waitName, context, accounting} of writers) {
		assert.equal(waitName, 'pty.write');
		assert.ok(
			context.cpuCycles < 5000 && accounting.voluntarySwitches < 5,
			String(context.cpuCycles),
		);
	}
	runUntil(session, 1_200_000);
	for (const {state} of writers) assert.equal(state, 'dead');
});
