import assert from 'node:assert/strict';
import {test} from 'vitest';
import {createSession, runFor, type Session} from '../../source/machine/session.js';
import {explainThread} from '../../source/view-model/blocked.js';
import {detailsView} from '../../source/view-model/details.js';
import {observe} from '../../source/view-model/observed.js';
import {lineText} from '../../source/view-model/styled-text.js';
import {
	deadlockedThreads,
	deadlockSentence,
	outlookOf,
	waitGraphLines,
} from '../../source/view-model/wait-graph.js';
import {waitWords} from '../../source/view-model/wait-words.js';
import {sessionOf, setupOf} from '../support/machine-setup.js';

const headers = [
	'arpa/inet.h',
	'fcntl.h',
	'mqueue.h',
	'poll.h',
	'pthread.h',
	'semaphore.h',
	'signal.h',
	'string.h',
	'sys/epoll.h',
	'sys/eventfd.h',
	'sys/file.h',
	'sys/mman.h',
	'sys/msg.h',
	'sys/pidfd.h',
	'sys/select.h',
	'sys/sem.h',
	'sys/signalfd.h',
	'sys/socket.h',
	'sys/stat.h',
	'sys/timerfd.h',
	'sys/un.h',
	'sys/wait.h',
	'unistd.h',
];

/** A program with this main() for so many cycles. `work` is a function that never ends and never sleeps for long. */
const run = (body: string, cycles = 60_000, functions = ''): Session => {
	const session = sessionOf({
		p: `#define _GNU_SOURCE
${headers.map(name => `#include <${name}>`).join('\n')}
char c[64];
void work(void) { for (;;) usleep(100); }
${functions}
int main(void) { ${body} }`,
	});
	runFor(session, cycles);
	return session;
};

const rowsOf = (session: Session): readonly string[] =>
	waitGraphLines(session.machine.kernel, 'en', 500, outlookOf(session)).map(lineText);

/** The row of a thread. */
const rowOf = (session: Session, tid = 3): string => {
	const row = rowsOf(session).find(text => new RegExp(`^[ ✖] p\\((\\d+/)?${tid}\\) +→`).test(text));
	return row?.replace(/ +→/, ' →').replaceAll(/ {2,}/g, '  ').trim() ?? '';
};

const whyOf = ({machine: {kernel}}: Session, tid = 3): string =>
	explainThread(kernel, kernel.threads.get(tid)!, 'en');

const sentenceOf = (session: Session): string =>
	deadlockSentence(session.machine.kernel, 'en', outlookOf(session));

const pair = 'int s[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, s);';
const queues = `struct mq_attr a = {.mq_maxmsg = 1, .mq_msgsize = 64};
	mqd_t x = mq_open("/x", O_RDWR | O_CREAT, 0600, &a), y = mq_open("/y", O_RDWR | O_CREAT, 0600, &a);`;
const pipes = 'int a[2], b[2]; pipe(a); pipe(b);';
const server = `struct sockaddr_un n = {AF_UNIX, "/tmp/s"}; int s = socket(AF_UNIX, SOCK_STREAM, 0);
	bind(s, (void *)&n, sizeof n); listen(s, 0);`;
const internet = `struct sockaddr_in n = {.sin_family = AF_INET, .sin_port = htons(9)};`;

test('processes that wait for one another are a deadlock though a third one works: at a socket pair, at pipes polled', () => {
	const programs = [
		`if (fork() == 0) work(); ${pair}
		if (fork() == 0) { close(s[0]); read(s[1], c, 1); }
		close(s[1]); read(s[0], c, 1);`,
		`if (fork() == 0) work(); ${pipes}
		if (fork() == 0) {
			close(a[0]); close(b[1]);
			struct pollfd p = {b[0], POLLIN}; poll(&p, 1, -1);
		}
		close(a[1]); close(b[0]);
		fd_set r; FD_ZERO(&r); FD_SET(a[0], &r); select(a[0] + 1, &r, 0, 0, 0);`,
		`if (fork() == 0) work(); int f = open("/x", O_RDWR | O_CREAT, 0600), g = open("/y", O_RDWR | O_CREAT, 0600);
		if (fork() == 0) {
			f = open("/x", O_RDWR); g = open("/y", O_RDWR);
			flock(f, LOCK_EX); usleep(1000); flock(g, LOCK_EX);
		}
		flock(g, LOCK_EX); usleep(1000); flock(f, LOCK_EX);`,
	];
	for (const program of programs) {
		const session = run(program);
		assert.equal(sentenceOf(session), 'Deadlock: p(3) waits for p(5); p(5) waits for p(3)');
		assert.match(rowOf(session), /^✖ p\(3\) → p\(5\)/);
		assert.doesNotMatch(rowOf(session, 4), /✖/);
	}
});

test('when the run ends in a deadlock, everybody who is blocked is told to be in it, whatever he waits on', () => {
	const programs = [
		`${queues} if (fork() == 0) mq_receive(x, c, 64, 0); mq_receive(y, c, 64, 0);`,
		`${queues} mq_send(x, c, 1, 0); if (fork() == 0) pause(); mq_send(x, c, 1, 0);`,
		'int q = msgget(IPC_PRIVATE, 0600); struct {long type; char text[8];} m; msgrcv(q, &m, 8, 2, 0);',
		'struct sembuf take = {1, -1}; semop(semget(IPC_PRIVATE, 2, 0600), &take, 1);',
		'mkfifo("/tmp/f", 0600); open("/tmp/f", O_RDONLY);',
		'mkfifo("/tmp/f", 0600); read(open("/tmp/f", O_RDWR), c, 1);',
		'sigset_t m; sigemptyset(&m); sigaddset(&m, SIGUSR1); sigprocmask(0, &m, 0); char i[128]; read(signalfd(-1, &m, 0), i, 128);',
		'long v; read(timerfd_create(CLOCK_MONOTONIC, 0), &v, 8);',
		'long v; read(eventfd(0, 0), &v, 8);',
		`${server} if (fork() == 0) { for (int i = 0; i < 3; i++) connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&n, sizeof n); } pause();`,
		`${internet} int s = socket(AF_INET, SOCK_DGRAM, 0); bind(s, (void *)&n, sizeof n); recv(s, c, 1, 0);`,
		`${internet} int s = socket(AF_INET, SOCK_STREAM, 0); bind(s, (void *)&n, sizeof n); listen(s, 1);
		n.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
		if (fork() == 0) { int t = socket(AF_INET, SOCK_STREAM, 0); connect(t, (void *)&n, sizeof n); read(t, c, 1); }
		read(accept(s, 0, 0), c, 1);`,
		'if (vfork() == 0) pause();',
		`${pipes} int e = epoll_create1(0); struct epoll_event v = {.events = EPOLLIN};
		epoll_ctl(e, EPOLL_CTL_ADD, a[0], &v); if (fork() == 0) pause(); epoll_wait(e, &v, 1, -1);`,
		'if (fork() == 0) { if (fork() == 0) pause(); wait(0); } wait(0);',
		'poll(0, 0, -1);',
	];
	for (const program of programs) {
		const session = run(program, 3_000_000);
		const {kernel} = session.machine;
		assert.equal(session.ending?.kind, 'deadlock', program);
		const blocked = [...kernel.threads.values()].filter(
			({state, isKernelThread}) => state === 'blocked' && !isKernelThread,
		);
		assert.deepEqual(deadlockedThreads(kernel, outlookOf(session)), blocked, program);
		const text = rowsOf(session).join('\n');
		assert.doesNotMatch(text, /by itself|No deadlock/, program);
		assert.notEqual(sentenceOf(session), '', program);
	}
});

test('what a living thread, a timer or the outside can still end is no deadlock', () => {
	const programs = [
		// Somebody may still open it by its name.
		`if (fork() == 0) work(); ${queues} mq_receive(x, c, 64, 0);`,
		'if (fork() == 0) work(); mkfifo("/tmp/f", 0600); read(open("/tmp/f", O_RDWR), c, 1);',
		'if (fork() == 0) work(); mkfifo("/tmp/f", 0600); open("/tmp/f", O_RDONLY);',
		'if (fork() == 0) work(); sem_wait(sem_open("/s", O_CREAT, 0600, 0));',
		'if (fork() == 0) work(); struct sembuf take = {0, -1}; semop(semget(IPC_PRIVATE, 1, 0600), &take, 1);',
		`if (fork() == 0) work(); ${server} accept(s, 0, 0);`,
		// It will be told by somebody who is told by somebody who works.
		'if (fork() == 0) { if (fork() == 0) work(); wait(0); } wait(0);',
		// A signal, an alarm, a timer, the keyboard.
		'if (fork() == 0) work(); pause();',
		`alarm(9); ${pipes} read(a[0], c, 1);`,
		`${pipes} struct pollfd p = {a[0], POLLIN}; poll(&p, 1, 9000);`,
		'int t = timerfd_create(CLOCK_MONOTONIC, 0); struct itimerspec i = {{0, 0}, {9, 0}}; timerfd_settime(t, 0, &i, 0); long v; read(t, &v, 8);',
		`${pipes} struct pollfd p[2] = {{a[0], POLLIN}, {0, POLLIN}}; poll(p, 2, -1);`,
		// The write end is in a message that somebody may receive.
		`${pair} ${pipes} if (fork() == 0) { close(a[0]); close(a[1]); work(); }
		char b1[CMSG_SPACE(4)]; struct iovec v = {c, 1};
		struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = b1, .msg_controllen = sizeof b1};
		struct cmsghdr *h = CMSG_FIRSTHDR(&m);
		h->cmsg_level = SOL_SOCKET; h->cmsg_type = SCM_RIGHTS; h->cmsg_len = CMSG_LEN(4);
		memcpy(CMSG_DATA(h), &a[1], 4); sendmsg(s[0], &m, 0); close(a[1]); read(a[0], c, 1);`,
		// Who has locked a mutex of this kind twice may still be helped by another thread.
		`static pthread_mutex_t m; int k = fork(); if (k == 0) work(); pthread_mutex_lock(&m); alarm(9); pthread_mutex_lock(&m);`,
	];
	for (const program of programs) {
		const session = run(program);
		assert.equal(sentenceOf(session), '', program);
		assert.equal(rowsOf(session)[0], 'No deadlock.', program);
	}
});

test('the end of a process is waited for by descriptor, too: of that process, and beside what nobody else has', () => {
	const child = 'pid_t child = fork(); if (child == 0)';
	const poll = `int f = pidfd_open(child, 0); pipe(s);
		struct pollfd p[2] = {{f, POLLIN}, {s[0], POLLIN}}; poll(p, 2, -1);`;
	const living = run(`int s[2]; ${child} work(); ${poll}`);
	assert.deepEqual(deadlockedThreads(living.machine.kernel), []);
	assert.match(rowOf(living), /^p\(3\) → p\(4\) /);
	const stuck = (wait: string): readonly number[] => {
		const session = run(
			`int s[2]; if (fork() == 0) work(); pipe(s); ${child} { read(s[0], c, 1); _exit(0); } ${wait}`,
		);
		return deadlockedThreads(session.machine.kernel).map(({tid}) => tid);
	};
	assert.deepEqual(stuck(poll), [3, 5], 'it waits for what only who waits for it could write');
	assert.deepEqual(stuck('int f = pidfd_open(child, 0); waitid(P_PIDFD, f, 0, WEXITED);'), [3, 5]);
});

test('a handler of SIGCHLD may end a wait when a child ends: where children work, nobody is told to be stuck', () => {
	const trick = (child: string): Session =>
		run(
			`int s[2]; pipe(s); *(int *)c = s[1]; signal(SIGCHLD, tell); int f[2]; pipe(f);
			if (fork() == 0) { close(s[0]); close(s[1]); ${child} _exit(0); } read(s[0], c, 1);`,
			60_000,
			'void tell(int s) { write(*(int *)c, "x", 1); }',
		);
	assert.equal(sentenceOf(trick('work();')), '');
	assert.deepEqual(
		deadlockedThreads(trick('read(f[0], c, 1);').machine.kernel).map(({tid}) => tid),
		[3, 4],
	);
});

test('who starts later may connect, and an input to come may end any wait', () => {
	const setup = setupOf({p: '#include <unistd.h>\nint main(void) { pause(); }'});
	const later = {...setup.processes[0]!, at: 9_000_000};
	const session = createSession({...setup, processes: [...setup.processes, later]});
	runFor(session, 50_000);
	assert.equal(outlookOf(session), 'processes');
	assert.equal(sentenceOf(session), '');
	const awaiting = createSession(setup, [
		{cycle: 900_000, input: {kind: 'signal', pid: 3, signal: 10}},
	]);
	runFor(awaiting, 50_000);
	assert.equal(outlookOf(awaiting), 'inputs');
	assert.deepEqual(deadlockedThreads(awaiting.machine.kernel, outlookOf(awaiting)), []);
});

test('of each wait it is told on what, and for whom, in few words and in a sentence', () => {
	const cases: ReadonlyArray<readonly [string, string, RegExp]> = [
		[
			`int a[3][2]; struct pollfd p[3];
			for (int i = 0; i < 3; i++) {
				pipe(a[i]); p[i].fd = a[i][0]; p[i].events = POLLIN;
				if (fork() == 0) work();
				close(a[i][1]);
			}
			poll(p, 3, -1);`,
			'p(3) → p(4), p(5) or p(6)  poll pipe:7 pipe:10 pipe:13',
			/in poll\(\) for pipe:7, pipe:10 or pipe:13 \(fd 3, 4, 5\)$/,
		],
		[
			`${queues} mq_send(x, c, 1, 0); if (fork() == 0) work(); mq_send(x, c, 1, 0);`,
			'p(3) → p(4)  mq.send mq:/x',
			/in mq_send\(\) on mq:\/x: it is full and p\(4\) has not received anything$/,
		],
		[
			'if (fork() == 0) work(); struct {long type; char text[8];} m; msgrcv(msgget(IPC_PRIVATE, 0600), &m, 8, -5, 0);',
			'p(3) → whoever sends  msgrcv msg:0 type 1..5',
			/in msgrcv\(\) on msg:0 for type 1\.\.5: there is no such message$/,
		],
		[
			'if (fork() == 0) work(); struct sembuf take = {1, -2}; semop(semget(IPC_PRIVATE, 2, 0600), &take, 1);',
			'p(3) → whoever changes the semaphore  semop sem:0[1]',
			/on sem:0\[1\]: it is 0 and has to be at least 2$/,
		],
		[
			'int f = open("/x", O_RDWR | O_CREAT, 0600); struct flock l = {.l_type = F_WRLCK}; if (fork() == 0) { fcntl(f, F_SETLKW, &l); work(); } usleep(999); fcntl(f, F_SETLKW, &l);',
			'p(3) → p(4)  lock file:/x',
			/in fcntl\(\) for the lock on file:\/x: p\(4\) holds it$/,
		],
		[
			'int k = fork(); if (k == 0) work(); if (fork() == 0) work(); waitpid(k, 0, 0);',
			'p(3) → p(4)  child',
			/in waitpid\(\) for its child p\(4\) to end$/,
		],
		[
			`${server} if (fork() == 0) work(); int t = socket(AF_UNIX, SOCK_STREAM, 0); connect(t, (void *)&n, sizeof n); close(s); read(t, c, 1);`,
			'p(3) → p(4)  socket.read unix:9',
			/on unix:9: nothing has arrived from p\(4\)$/,
		],
		[
			'sem_t *full = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); sem_init(full, 1, 0); if (fork() == 0) work(); sem_wait(full);',
			'p(3) → p(4)  futex *full',
			/in sem_wait\(\) on the semaphore \*full \(futex:0x\w+\): it is 0$/,
		],
		[
			// A sleeper that has the write end, too, does not wait for itself.
			'int a[2]; pipe(a); if (fork() == 0) work(); read(a[0], c, 1);',
			'p(3) → p(4)  pipe.read pipe:7',
			/p\(4\) still holds the write end$/,
		],
		[
			'fd_set r; FD_ZERO(&r); FD_SET(0, &r); struct timeval t = {5, 0}; select(1, &r, 0, 0, &t);',
			'p(3) → whoever types at the console, or it ends by itself  select tty',
			/in select\(\) for tty \(fd 0\), at most until 5\.0/,
		],
	];
	for (const [program, row, why] of cases) {
		const session = run(program);
		assert.equal(rowOf(session), row);
		assert.match(whyOf(session), why);
	}
});

test('a mutex that fork() has copied while another held it is a deadlock of its own', () => {
	const session = run(
		'static pthread_mutex_t m; pthread_mutex_lock(&m); if (fork() != 0) work(); pthread_mutex_lock(&m);',
	);
	assert.equal(sentenceOf(session), 'Deadlock: p(4) waits for nobody');
	assert.match(whyOf(session, 4), /fork\(\) copied it while p\(3\) held it/);
});

test('who is stopped stands in the graph, waits for SIGCONT, and keeps others from being deadlocked', () => {
	const session = run(
		`int a[2]; pipe(a); int k = fork(); if (k == 0) { close(a[0]); work(); } close(a[1]); kill(k, SIGSTOP); read(a[0], c, 1);`,
	);
	assert.equal(session.ending?.kind, 'stopped');
	assert.equal(rowsOf(session)[0], 'No deadlock.');
	assert.equal(rowOf(session), 'p(3) → p(4)  pipe.read pipe:7');
	assert.equal(rowOf(session, 4), 'p(4) → whoever sends SIGCONT  stopped');
});

test('of many who could end a wait the rest is counted, and long rows and sentences go on indented', () => {
	const session = run(
		'int a[2]; pipe(a); for (int i = 0; i < 50; i++) if (fork() == 0) work(); read(a[0], c, 1);',
		400_000,
	);
	assert.match(rowOf(session), /^p\(3\) → p\(4\), .*, p\(43\) and 10 more {2}pipe\.read/);
	assert.match(whyOf(session), /p\(11\) and 42 more still holds/);
	const stuck = run(
		`${pipes} if (fork() == 0) { close(a[1]); read(a[0], c, 1); } close(b[1]); read(b[0], c, 1);`,
	);
	const lines = waitGraphLines(stuck.machine.kernel, 'en', 40).map(lineText);
	for (const text of lines) assert.ok(text.length <= 40, text);
	assert.ok(lines.some(text => text.startsWith('    ')));
});

test('details list who polls a channel, the types that a queue is asked for, and what has not been acknowledged', () => {
	const textOf = (
		session: Session,
		subject: Parameters<typeof detailsView>[1],
		language: 'en' | 'ko' = 'en',
	) =>
		detailsView(observe(session.machine.kernel), subject, language).lines.map(lineText).join('\n');
	const polling = run(
		'int a[2]; pipe(a); if (fork() == 0) work(); struct pollfd p = {a[0], POLLIN}; poll(&p, 1, -1);',
	);
	assert.match(textOf(polling, {kind: 'channel', name: 'pipe:7'}), /1\. p\(3\) waits in poll\(\)/);
	const typed = run(
		'if (fork() == 0) work(); struct {long type; char text[8];} m; msgrcv(msgget(IPC_PRIVATE, 0600), &m, 8, 2, 0);',
	);
	assert.match(
		textOf(typed, {kind: 'shared', name: 'msg:0', watch: []}),
		/1\. p\(3\) waits in msgrcv\(\) on msg:0 for type 2/,
	);
	const full = run(
		`int a[2]; pipe(a); if (fork() == 0) work(); memset(c, '#', 64); for (;;) write(a[1], c, 64);`,
		900_000,
	);
	const text = textOf(full, {kind: 'channel', name: 'pipe:7'});
	assert.match(text, /Queued bytes {2}65,536\/65,536 {2}in 65,536 {2}out 0/);
	assert.match(text, /#…\n/);
	assert.match(text, /… 61,440 more$/);
	assert.match(textOf(full, {kind: 'channel', name: 'pipe:7'}, 'ko'), /들어옴 65,536 {2}나감 0/);
	const waiting = run(
		`${server} listen(s, 4); if (fork() == 0) { connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&n, sizeof n); work(); } work();`,
	);
	assert.match(
		textOf(waiting, {kind: 'channel', name: 'unix:/tmp/s'}),
		/backlog 1 of 4[\s\S]*Connections not accepted\n {2}1\. unix:\/tmp\/s#\d+/,
	);
});

test('the WAITS ON column tells whom pthread_join() waits for, and says futex once', () => {
	const session = sessionOf({
		p: `#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
void *wait(void *semaphore) { sem_wait(semaphore); return 0; }
int main(void) {
	pthread_t thread;
	void **hidden = calloc(2, sizeof *hidden);
	hidden[1] = calloc(1, sizeof(sem_t));
	pthread_create(&thread, 0, wait, hidden[1]);
	pthread_join(thread, 0);
}`,
	});
	runFor(session, 50_000);
	const {kernel} = session.machine;
	const words = [3, 4].map(tid => waitWords(kernel, kernel.threads.get(tid)!));
	assert.equal(words[0], 'futex join 3/4');
	assert.match(words[1]!, /^futex 0x[\da-f]+$/);
});
