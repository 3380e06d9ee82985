import assert from 'node:assert/strict';
import {test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {createCensus} from '../../source/kernel/process/census.js';
import {runFor} from '../../source/machine/session.js';
import {descriptorIndex, pipeEnds} from '../../source/view-model/channels.js';
import {observe} from '../../source/view-model/observed.js';
import {defaultProcessOptions, processEntries} from '../../source/view-model/processes.js';
import {placesOf} from '../../source/view-model/wait-places.js';
import {sessionOf} from '../support/machine-setup.js';

/** Comes and goes in all the ways there are. */
const program = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void *work(void *unused) { usleep(100); return unused; }
static int shares(void *unused) { close(0); dup2(1, 9); usleep(200); _exit(0); }
static char stack[8192];

static void hand(int from, int fd) {
	char byte = 'x', room[CMSG_SPACE(sizeof(int))] = {0};
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
	struct cmsghdr *control = CMSG_FIRSTHDR(&message);
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(control), &fd, sizeof fd);
	sendmsg(from, &message, 0);
}

static void take(int to) {
	char byte, room[CMSG_SPACE(sizeof(int))];
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
	recvmsg(to, &message, 0);
}

int main(int argc, char *argv[]) {
	if (argc > 1) return 0;
	int fd[2], pair[2];
	pipe(fd);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	hand(pair[0], fd[0]);
	take(pair[1]);
	int lost = open("/tmp", O_RDONLY);
	hand(pair[0], lost);
	close(lost);
	usleep(20);
	// Who takes no descriptor loses it.
	read(pair[1], stack, 1);
	usleep(20);
	fcntl(fd[0], F_DUPFD_CLOEXEC, 20);
	dup3(fd[1], 30, O_CLOEXEC);
	pthread_t thread;
	pthread_create(&thread, 0, work, 0);
	pid_t sleeper = fork();
	if (sleeper == 0) for (;;) pause();
	if (fork() == 0) { if (fork() == 0) { usleep(300); _exit(0); } _exit(1); }
	if (fork() == 0) { prctl(PR_SET_NAME, "renamed"); close(20); close(30); usleep(30); execl(argv[0], argv[0], "again", (char *)0); }
	clone(shares, stack + sizeof stack, CLONE_FILES | SIGCHLD, 0);
	if (vfork() == 0) _exit(2);
	kill(sleeper, SIGSTOP);
	usleep(100);
	kill(sleeper, SIGCONT);
	pthread_join(thread, 0);
	close(fd[0]);
	kill(sleeper, SIGKILL);
	usleep(1000);
	while (wait(0) > 0);
	return 0;
}
`;

const counted = ({threads, processes}: Kernel) => {
	const {threads: states} = createCensus();
	for (const {state, isKernelThread} of threads.values()) if (!isKernelThread) states[state]++;
	const zombies = [...processes.values()].filter(({state}) => state === 'zombie').length;
	return {states, zombies};
};

const descriptors = ({processes}: Kernel): readonly string[] =>
	[...processes.values()].flatMap(({pid, state, descriptors: slots}) =>
		state === 'alive'
			? slots.flatMap((slot, fd) => (slot ? [`${pid}:${fd} ${slot.file.id}`] : []))
			: [],
	);

const rows = ({processes, threads}: Kernel, showEnded: boolean): readonly string[] =>
	[...processes.values()].flatMap(({pid, isKernelProcess, parent, state, allThreads}) =>
		isKernelProcess || (state === 'gone' && !showEnded)
			? []
			: [
					`p${pid} ${parent}`,
					...allThreads.flatMap(tid =>
						allThreads.length === 1 || (threads.get(tid)?.state === 'dead' && !showEnded)
							? []
							: [`t${tid}`],
					),
				],
	);

const ends = ({processes, pipes}: Kernel): readonly string[] =>
	[...pipes.values()].flatMap(pipe =>
		[...processes.values()].flatMap(({pid, name, state, descriptors: slots}) =>
			state === 'alive' &&
			slots.some(slot => slot?.file.thing.kind === 'pipe' && slot.file.thing.pipe === pipe)
				? [`${name}(${pid})`]
				: [],
		),
	);

test.each([true, false])(
	'the census says at every moment what a count of everything says',
	showEnded => {
		const session = sessionOf({many: program}, {quantum: 400, cpus: 2});
		const options = {...defaultProcessOptions, showEnded};
		let views = 0;
		while (!session.ending) {
			runFor(session, 13);
			const {kernel} = session.machine;
			const {threads: states, zombies} = kernel.census;
			assert.deepEqual({states, zombies}, counted(kernel));
			const index = [...descriptorIndex(kernel)].flatMap(([id, holders]) =>
				holders.map(({pid, fd}) => `${pid}:${fd} ${id}`),
			);
			assert.deepEqual(index.sort(), [...descriptors(kernel)].sort());
			const files = [...placesOf(kernel).files.values()].flat();
			assert.deepEqual(new Set(files), new Set(kernel.openFiles.values()));
			const held = [...pipeEnds(kernel).values()].flatMap(({reads, writes}) =>
				[...reads, ...writes].map(({name}) => name),
			);
			assert.deepEqual([...new Set(held)].sort(), [...new Set(ends(kernel))].sort());
			const shown = processEntries(observe(kernel), options).map(entry =>
				entry.isThread ? entry.key : `${entry.key} ${entry.parent}`,
			);
			assert.deepEqual(shown, rows(kernel, showEnded));
			views++;
		}
		assert.equal(session.ending.kind, 'ended');
		assert.ok(views > 500);
	},
);

test('processes that are forgotten are counted no more', () => {
	const session = sessionOf({
		many: `
			#include <sys/wait.h>
			#include <unistd.h>
			int main(void) {
				for (int i = 0; i < 8300; i++) {
					if (vfork() == 0) _exit(0);
					wait(0);
				}
				return 0;
			}
		`,
	});
	runFor(session, 100_000_000);
	const {kernel} = session.machine;
	assert.ok(kernel.processes.size < 8300);
	assert.deepEqual(kernel.census.threads, counted(kernel).states);
});
