// Busy waiting as the design defines it: a turn of a loop waits if nothing has changed between its start and its end
// but counters that it increments and nothing else in it reads. Each program has a child (or second thread) whose loop
// is judged while the parent works; the share of its CPU time is `most` (at least 0.9) or `none` (at most 0.05).

import assert from 'node:assert/strict';
import {describe, test} from 'vitest';
import {runUntil} from '../../source/machine/session.js';
import {sessionOf} from '../support/machine-setup.js';

/** The loop runs in the child; `flag` and `other` are shared, the parent sets *flag at the end of its work. */
const program = (globals: string, loop: string): string => `
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static volatile int *flag, *other;
static int fd[2];
${globals}
static void wait_for_it(void) {
	${loop}
}
int main(void) {
	flag = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	other = flag + 1;
	pipe(fd);
	if (fork() == 0) { wait_for_it(); _exit(0); }
	volatile int work = 0;
	for (int i = 0; i < 20000; i++) work += i % 7;
	*flag = 1;
	creat("done", 0600);
	wait(NULL);
	return 0;
}`;

const shareOf = (text: string, cpus: number, quantum: number): number => {
	const session = sessionOf({judged: text}, {cpus, quantum}, [], {});
	runUntil(session, 20_000_000);
	assert.equal(session.ending?.kind, 'ended');
	const threads = [...session.machine.kernel.threads.values()];
	const {cpuCycles, busyCycles} = threads.at(-1)!.context;
	assert.ok(cpuCycles > 1000, `the loop ran for ${cpuCycles} cycles`);
	return busyCycles / cpuCycles;
};

const waiting: Readonly<Record<string, readonly [globals: string, loop: string]>> = {
	'asking for the CPU time that has been used': [
		'#include <sys/resource.h>',
		'struct rusage r; do getrusage(RUSAGE_SELF, &r); while (r.ru_utime.tv_usec < 3000);',
	],
	'a loop of computed gotos through two places': [
		'',
		'static void *place[] = {&&here, &&there, &&out}; long n = 0; here: n++; goto *place[*flag ? 2 : 1]; there: n += 2; goto *place[*flag ? 2 : 0]; out: *other = n;',
	],
	'a counter that is read in branches not taken': [
		'static int chatty;',
		'int n = 0, best = 0; while (!*flag) { n++; if (chatty) printf("%d", n); if (*other) { best += n; n = 0; } } *other = best;',
	],
	'the time elapsed in a struct': [
		'#include <sys/time.h>\n',
		'struct timeval start, now, elapsed; gettimeofday(&start, NULL); do { gettimeofday(&now, NULL); timersub(&now, &start, &elapsed); } while (!*flag && elapsed.tv_sec < 900);',
	],
	'the time elapsed, made by a function in memory': [
		'static struct timespec start; static struct { long us; } elapsed; static long ask(void) { struct timespec now; clock_gettime(CLOCK_MONOTONIC, &now); elapsed.us = (now.tv_sec - start.tv_sec) * 1000000 + (now.tv_nsec - start.tv_nsec) / 1000; return elapsed.us; }',
		'clock_gettime(CLOCK_MONOTONIC, &start); while (!*flag && ask() < 900000000) ;',
	],
	'asking a timer how long it will still take': [
		'#include <sys/timerfd.h>',
		'int t = timerfd_create(CLOCK_MONOTONIC, 0); struct itimerspec i = {{0, 0}, {0, 3000000}}, now;' +
			'timerfd_settime(t, 0, &i, NULL); do timerfd_gettime(t, &now); while (now.it_value.tv_nsec > 0);',
	],
	'a goto loop': ['', 'again: if (!*flag) goto again;'],
	'a goto loop with a counter in a local': [
		'',
		'long n = 0; again: n++; if (!*flag) goto again; *other = n;',
	],
	'do while': ['', 'do { } while (*flag == 0);'],
	'for without an end': ['', 'for (;;) if (*flag) break;'],
	'a loop left by return': ['', 'while (1) { if (*flag) return; }'],
	'a counter in a global': ['static long turns;', 'while (!*flag) turns++;'],
	'a counter behind a pointer': [
		'static long turns; static long *counter = &turns;',
		'while (!*flag) (*counter)++;',
	],
	'a counter that goes down by two': ['', 'int n = 0; while (!*flag) n -= 2; *other = n;'],
	'two counters': ['static int looks;', 'int n = 0; while (!*flag) { n++; looks++; } *other = n;'],
	'a look through two functions': [
		'static int peek(void) { int v = *flag; return v; } static int ready(void) { return peek() != 0; }',
		'while (!ready()) ;',
	],
	'a delay loop whose index is a global': [
		'static volatile int i;',
		'while (!*flag) for (i = 0; i < 300; i++) ;',
	],
	'a delay in a function, with an array of its own': [
		'static void delay(void) { volatile char b[64]; for (int i = 0; i < 64; i++) b[i] = (char)(i + b[0]); b[0] = 0; }',
		'while (!*flag) delay();',
	],
	'nested waits': ['', 'while (!*flag) for (int i = 0; i < 5; i++) while (*other) ;'],
	'a value that goes away and comes back in private memory': [
		'static char text[32];',
		'while (!*flag) { strcpy(text, "away"); strcpy(text, "back"); }',
	],
	'a flag polled under a mutex': [
		'static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;',
		'for (;;) { pthread_mutex_lock(&m); int seen = *flag; pthread_mutex_unlock(&m); if (seen) break; }',
	],
	'compare and swap that fails': ['', 'while (!__sync_bool_compare_and_swap(flag, 1, 1)) ;'],
	yielding: ['', 'while (!*flag) sched_yield();'],
	'poll with no time-out': [
		'',
		'struct pollfd p = {fd[0], POLLIN, 0}; while (!*flag) poll(&p, 1, 0);',
	],
	'a non-blocking read': [
		'',
		'char c; fcntl(fd[0], F_SETFL, O_NONBLOCK); while (!*flag) read(fd[0], &c, 1);',
	],
	'stat of a file that is not there': ['', 'struct stat s; while (stat("done", &s) < 0) ;'],
	'opening a file again and again': ['', 'int f; while ((f = open("done", O_RDONLY)) < 0) ;'],
	'open, look and close': [
		'',
		'close(creat("seen", 0600)); for (;;) { int f = open("seen", O_RDONLY); char c; read(f, &c, 1); close(f); if (*flag) break; }',
	],
	'access()': ['', 'while (access("done", F_OK) != 0) ;'],
	'kill(pid, 0) of nobody': ['', 'while (!*flag) getppid();'],
	'a spin lock that is held': [
		'static pthread_spinlock_t s;',
		'pthread_spin_init(&s, 0); pthread_spin_lock(&s); while (!*flag) pthread_spin_trylock(&s);',
	],
	'a counter in a char': ['static char n;', 'while (!*flag) n++;'],
	'a counter in a short, written as a sum': ['static short n;', 'while (!*flag) n = n + 3;'],
	'a counter in a bit-field': ['static struct { unsigned n : 20; } s;', 'while (!*flag) s.n++;'],
	'a counter in a float': ['static float n;', 'while (!*flag) n += 1;'],
	'a counter in a local double': ['', 'double n = 0; while (!*flag) n += 0.5; *other = (int)n;'],
	'a counter in a local that is read where the loop is left': [
		'',
		'for (long n = 0; ; n++) { if (*flag) { printf("%ld", n); break; } }',
	],
	'a counter in a local that the function returns': [
		'static long look(void) { long n = 0; while (1) { n++; if (*flag) return n; } }',
		'*other = (int)look();',
	],
	'a counter in a local that is read before exit()': [
		'',
		'int n = 0; do { n++; if (*flag) { if (n > 9) puts("many"); exit(0); } } while (1);',
	],
	'a counter in a local that is read before a goto out of two loops': [
		'',
		'int n = 0; for (;;) { while (!*other) { n++; if (*flag) { *other = n; goto out; } } } out: ;',
	],
	'a narrow counter beside other variables of its word': [
		'static struct { volatile char ready, kind; char n; volatile char last; } s;',
		'while (!*flag && !s.ready && !s.kind && !s.last) s.n++;',
	],
	'a time-out that lies a fixed time after the clock': [
		'static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; static pthread_cond_t c = PTHREAD_COND_INITIALIZER;',
		'struct timespec t; pthread_mutex_lock(&m); while (!*flag) { clock_gettime(CLOCK_REALTIME, &t); t.tv_nsec += 2000; if (t.tv_nsec >= 1000000000) { t.tv_sec++; t.tv_nsec -= 1000000000; } pthread_cond_timedwait(&c, &m, &t); }',
	],
	'a clock compared with an end, before a continue': [
		'static long now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }',
		'long t, end = now() + 900000000000L; for (;;) { t = now(); if (t > end) break; if (!*flag) continue; break; }',
	],
	'a private atomic counter': ['static _Atomic long n;', 'while (!*flag) ++n;'],
	'a look through 80 calls with a loop each': [
		'static int any(int d) { int s; do { s = d ? any(d - 1) : *flag; } while (s == 2); return s; }',
		'while (!any(80)) ;',
	],
	'a clock read until a time': [
		'',
		'struct timespec now; do clock_gettime(CLOCK_MONOTONIC, &now); while (!*flag && now.tv_sec >= 0);',
	],
	'a clock whose reading the condition compares before it is renewed': [
		'static long now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000L + t.tv_nsec; }',
		'long t = now(), far = t + 900000000000L; while (t < far && !*flag) t = now();',
	],
	'elapsed time in a double': [
		'',
		'struct timeval a, b; double elapsed = 0; gettimeofday(&a, NULL); while (elapsed < 900 && !*flag) { gettimeofday(&b, NULL); elapsed = (b.tv_sec - a.tv_sec) + (b.tv_usec - a.tv_usec) / 1e6; }',
	],
	'a System V semaphore taken and given back': [
		'#include <sys/sem.h>\n',
		'int s = semget(IPC_PRIVATE, 1, 0600); struct sembuf p = {0, -1, 0}, v = {0, 1, 0}; semop(s, &v, 1); while (!*flag) { semop(s, &p, 1); semop(s, &v, 1); }',
	],
	'a file locked with flock and unlocked': [
		'#include <sys/file.h>\n',
		'int f = open("l", O_RDWR | O_CREAT, 0600); while (!*flag) { flock(f, LOCK_EX); flock(f, LOCK_UN); }',
	],
	'a record lock set and cleared': [
		'',
		'int f = open("l", O_RDWR | O_CREAT, 0600); struct flock l = {.l_type = F_WRLCK}, u = {.l_type = F_UNLCK}; while (!*flag) { fcntl(f, F_SETLKW, &l); fcntl(f, F_SETLK, &u); }',
	],
	'connecting to a port that refuses': [
		'#include <arpa/inet.h>\n#include <netinet/in.h>\n',
		'struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7123)}; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK); while (!*flag) { int s = socket(AF_INET, SOCK_STREAM, 0); connect(s, (struct sockaddr *)&a, sizeof a); close(s); }',
	],
	'a block of memory mapped and unmapped': [
		'',
		'while (!*flag) { void *p = malloc(300000); free(p); }',
	],
	'a condition variable with a time that is past': [
		'static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER; static pthread_cond_t c = PTHREAD_COND_INITIALIZER;',
		'struct timespec past = {0, 0}; pthread_mutex_lock(&m); while (!*flag) pthread_cond_timedwait(&c, &m, &past);',
	],
	'recv with MSG_DONTWAIT': [
		'',
		'int sv[2]; char c; socketpair(AF_UNIX, SOCK_STREAM, 0, sv); while (!*flag) recv(sv[0], &c, 1, MSG_DONTWAIT);',
	],
};

const working: Readonly<Record<string, readonly [globals: string, loop: string]>> = {
	'a counter that the condition reads': ['', 'volatile int n = 0; while (n < 30000) n++;'],
	'a counter that another statement reads': [
		'static int turns, half;',
		'while (!*flag) { turns++; half = turns / 2; }',
	],
	'a running sum': [
		'',
		'unsigned x = 1; while (!*flag) x = x * 1664525 + 1013904223; *other = (int)x;',
	],
	'a heartbeat in shared memory': ['', 'while (!*flag) (*other)++;'],
	'filling an array over and over with new values': [
		'static int table[100];',
		'for (int round = 1; !*flag; round++) for (int i = 0; i < 100; i++) table[i] = round;',
	],
	'a walk along a list': [
		'struct node { struct node *next; }; static struct node nodes[4000];',
		'for (int i = 0; i < 3999; i++) nodes[i].next = &nodes[i + 1]; for (int r = 0; r < 3; r++) { struct node *p = nodes; while (p) p = p->next; }',
	],
	'a random generator with static state': ['', 'while (!*flag) rand();'],
	'bytes to the other side': [
		'',
		'while (!*flag) { char c; write(fd[1], "x", 1); read(fd[0], &c, 1); }',
	],
	'a file that grows': ['', 'int f = creat("log", 0600); while (!*flag) write(f, "x", 1);'],
	'a narrow counter that is read': [
		'static char n; static volatile int k;',
		'while (!*flag) { n++; k = n; }',
	],
	'a counter read in a condition that leaves the loop': [
		'',
		'int n = 0; for (;;) { n++; if (n == 30000) { *other = n; break; } }',
	],
	'a counter read where another loop is left': [
		'',
		'int n = 0; while (!*flag) { n++; for (;;) { *other = n; break; } }',
	],
	'a counter read before a continue': [
		'',
		'int n = 0; for (;;) { n++; if (!*flag) { if (n & 1) continue; *other = n; continue; } break; }',
	],
	'a byte of a counter that is read': [
		'static int n; static volatile int k;',
		'while (!*flag) { n++; k = *(volatile char *)&n; }',
	],
	'a double in memory that is read': ['static double n = 9000;', 'while (n > 0) n -= 1;'],
	'an atomic counter in shared memory': ['', 'while (!*flag) __sync_fetch_and_add(other, 1);'],
	'a pair of values that come from each other': [
		'',
		'unsigned x = 1, y = 2; while (!*flag) { unsigned z = x * 3 + 1; x = y; y = z; } *other = (int)(x + y);',
	],
	'an interpreter by computed goto': [
		'',
		'static void *codes[] = {&&add, &&next, &&halt}; static const char text[] = {0, 1}; const char *pc = text; unsigned sum = 0; goto *codes[(int)*pc++]; add: sum = sum * 5 + 1; goto *codes[(int)*pc++]; next: pc = text; goto *codes[*flag ? 2 : *pc++]; halt: *other = (int)sum;',
	],
	'a counter that is read in a branch': [
		'static int ready = 1;',
		'int n = 0; unsigned sum = 0; while (!*flag) { n++; if (ready) sum += n; } *other = (int)sum;',
	],
	'a counter that is copied with the struct around it': [
		'static struct { long n, other[7]; } s; static int enough(void) { long copy[8]; memcpy(copy, &s, sizeof s); return copy[0] > 3000; }',
		'while (!enough()) s.n++;',
	],
	'times that add up in memory': [
		'static struct { long last, sum; } total;',
		'struct timespec t; do { clock_gettime(CLOCK_MONOTONIC, &t); total.sum += t.tv_nsec - total.last; total.last = t.tv_nsec; } while (!*flag);',
	],
	'bytes of one word made from each other and the time': [
		'static struct { unsigned char now, sum; } bytes;',
		'struct timespec t; do { clock_gettime(CLOCK_MONOTONIC, &t); bytes.now = (unsigned char)(t.tv_nsec >> 8); bytes.sum += bytes.now; } while (!*flag);',
	],
	'a state machine': [
		'',
		'int s = 0; while (!*flag) switch (s) { case 0: s = 1; break; case 1: s = 2; break; default: s = 0; } *other = s;',
	],
	'a sum between two readings of a clock': [
		'',
		'struct timespec now; unsigned sum = 0; do { for (int i = 0; i < 100; i++) sum += i; clock_gettime(CLOCK_MONOTONIC, &now); } while (!*flag && now.tv_sec >= 0); *other = (int)sum;',
	],
	'semaphores taken one after the other': [
		'#include <sys/sem.h>\n',
		'int s = semget(IPC_PRIVATE, 1, 0600); struct sembuf v = {0, 200, 0}, p = {0, -1, 0}; semop(s, &v, 1); for (int k = 0; k < 200; k++) semop(s, &p, 1);',
	],
	'memory mapped again and again': [
		'',
		'for (int k = 0; k < 200; k++) mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);',
	],
	'binary search, many times': [
		'static int sorted[1024];',
		'for (int i = 0; i < 1024; i++) sorted[i] = i; int sum = 0; for (int k = 0; k < 600; k++) { int lo = 0, hi = 1024; while (lo + 1 < hi) { int mid = (lo + hi) / 2; if (sorted[mid] <= k) lo = mid; else hi = mid; } sum += lo; } *other = sum;',
	],
};

describe.each([
	[1, 1000],
	[2, 500],
])('with %i CPU(s) and slices of %i cycles', (cpus, quantum) => {
	test.each(Object.entries(waiting))('%s is busy waiting', (_name, [globals, loop]) => {
		const share = shareOf(program(globals, loop), cpus, quantum);
		assert.ok(share >= 0.9, `share ${share}`);
	});

	test.each(Object.entries(working))('%s is work', (_name, [globals, loop]) => {
		const share = shareOf(program(globals, loop), cpus, quantum);
		assert.ok(share <= 0.05, `share ${share}`);
	});
});

test('useful and waiting turns of one loop are told apart', () => {
	const text = program(
		'static int got;',
		'fcntl(fd[0], F_SETFL, O_NONBLOCK); for (;;) { char c; if (read(fd[0], &c, 1) == 1) { for (volatile int i = 0; i < 40; i++) ; got++; } if (*flag) break; if (got < 20) write(fd[1], "x", 1); }',
	);
	const share = shareOf(text, 1, 10_000);
	assert.ok(share > 0.7 && share < 0.99, `share ${share}`);
});

const heartbeat = (afterStart: string, afterJoin: string): string => `
#include <pthread.h>
static volatile long beats;
static volatile int stop;
static void *beat(void *unused) { while (!stop) beats++; return unused; }
int main(void) {
	pthread_t thread;
	pthread_create(&thread, NULL, beat, NULL);
	long sum = 0;
	for (int i = 0; i < 200; i++) {
		for (volatile int w = 0; w < 100; w++) ;
		${afterStart}
	}
	stop = 1;
	pthread_join(thread, NULL);
	${afterJoin}
	return sum < 0;
}`;

test.each([400, 10_000])(
	'a counter that another thread reads meanwhile is work (slices of %i cycles)',
	quantum => {
		const share = shareOf(heartbeat('sum += beats;', ''), 1, quantum);
		assert.ok(share <= 0.05, `share ${share}`);
	},
);

test.each([400, 10_000])(
	'one that is read after the end is busy waiting (slices of %i cycles)',
	quantum => {
		const share = shareOf(heartbeat('', 'sum += beats;'), 1, quantum);
		assert.ok(share >= 0.9, `share ${share}`);
	},
);

test('a turn that changes 6,000 words and changes them back is busy waiting', () => {
	const text = program(
		'static int a[6000];',
		'while (!*flag) { for (int i = 0; i < 6000; i++) a[i] = 1; for (int i = 0; i < 6000; i++) a[i] = 0; }',
	).replace('20000', '200000');
	const share = shareOf(text, 1, 10_000);
	assert.ok(share >= 0.8, `share ${share}`);
});

test('a counter in a global that is read between many waits is still one', () => {
	const text = program(
		'static long turns, sum;',
		'for (int k = 0; k < 40; k++) { while (*other <= k) turns++; sum += turns; }',
	).replace(
		'volatile int work = 0;',
		'for (int k = 1; k <= 40; k++) { for (volatile int w = 0; w < 800; w++) ; *other = k; } volatile int work = 0;',
	);
	const share = shareOf(text, 1, 400);
	assert.ok(share >= 0.9, `share ${share}`);
});

test('a pipe as a token does not starve the other process, however long it is held', () => {
	for (const work of [0, 3, 6, 9, 12]) {
		const text = `
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
	volatile int *stop = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int fd[2];
	char c;
	pipe(fd);
	write(fd[1], "t", 1);
	if (fork() == 0) {
		for (int seen = 0; !seen;) {
			read(fd[0], &c, 1);
			for (volatile int i = 0; i < ${work}; i++) ;
			seen = *stop;
			write(fd[1], "t", 1);
		}
		return 0;
	}
	usleep(5000);
	read(fd[0], &c, 1);
	*stop = 1;
	write(fd[1], "t", 1);
	wait(0);
	return 0;
}`;
		const session = sessionOf({token: text}, {}, [], {});
		runUntil(session, 10_000_000);
		assert.equal(session.ending?.kind, 'ended', `held for ${work} turns`);
	}
});

test.each([
	[1, 100],
	[2, 10_000],
])('threads that hand a semaphore to and fro block: %i CPUs, slices of %i', (cpus, quantum) => {
	const text = `
#include <pthread.h>
#include <semaphore.h>
static sem_t a, b;
static void *other(void *unused) {
	for (int i = 0; i < 200; i++) { sem_wait(&a); sem_post(&b); }
	return unused;
}
int main(void) {
	pthread_t thread;
	sem_init(&a, 0, 0); sem_init(&b, 0, 0);
	pthread_create(&thread, NULL, other, NULL);
	for (int i = 0; i < 200; i++) { sem_post(&a); sem_wait(&b); }
	pthread_join(thread, NULL);
	return 0;
}`;
	const share = shareOf(text, cpus, quantum);
	assert.ok(share <= 0.05, `share ${share}`);
});
