// Random scenarios for property tests: C programs put together from a small grammar of operations on everything that
// processes can share, on one or several hosts with lossy links, under any scheduler. Whether they end, fail or block for
// ever is all the same: each does the same every time.

import type {Input} from '../../source/machine/input.js';
import {defaultConfig, type LinkSetup, type MachineSetup} from '../../source/machine/setup.js';
import {compileText} from '../support/machine-setup.js';
import type {Random} from '../support/random.js';

/** Runs of this length see most of what a scenario does. */
export const usualLength = 200_000;

const prologue = (seed: number): string => `
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static volatile int got, knob;
static int *shared, ends[2], pair[2], udp, queue;
static char *block, buffer[512];
static sem_t *gate;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned state = ${seed};
static unsigned next(void) { state = state * 1103515245 + 12345; return state >> 16; }
static void on_signal(int number) { got += number; }
static void work(int turns) {
	for (int i = 0; i < turns; i++) { block[next() % 8192] = (char)i; shared[next() % 1000] += i; }
}
static struct sockaddr_in address_of(const char *host, int port) {
	struct sockaddr_in a = {0};
	a.sin_family = AF_INET; a.sin_port = htons(port); a.sin_addr.s_addr = inet_addr(host);
	return a;
}
static void tell(const char *host) {
	struct sockaddr_in a = address_of(host, 7000);
	sendto(udp, buffer, 1 + next() % 400, 0, (struct sockaddr *)&a, sizeof a);
}
static void call(const char *host) {
	struct sockaddr_in a = address_of(host, 7001);
	int s = socket(AF_INET, SOCK_STREAM, 0);
	struct timeval patience = {0, 3000};
	setsockopt(s, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	if (connect(s, (struct sockaddr *)&a, sizeof a) == 0) {
		write(s, buffer, 1 + next() % 500);
		read(s, buffer, 64);
	}
	close(s);
}
static void answer(void) {
	struct sockaddr_in a = address_of("0.0.0.0", 7001);
	int on = 1, s = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	bind(s, (struct sockaddr *)&a, sizeof a);
	listen(s, 3);
	for (int i = 0; i < 4; i++) {
		int c = accept(s, NULL, NULL);
		int n = read(c, buffer, sizeof buffer);
		if (n > 0) write(c, buffer, n / 2);
		close(c);
	}
	close(s);
}
static void *helper(void *p) {
	for (int i = 0; i < 20; i++) { pthread_mutex_lock(&lock); *(int *)p += i; if (i % 7 == 0) usleep(20); pthread_mutex_unlock(&lock); }
	return NULL;
}
static void thread(void) {
	pthread_t t; int sum = 0;
	pthread_create(&t, NULL, helper, &sum);
	helper(&sum);
	pthread_join(t, NULL);
	printf("sum %d\\n", sum);
}
static void note(const char *text) {
	FILE *f = fopen("/log", "a+");
	if (!f) return;
	fprintf(f, "%s %d %u\\n", text, (int)getpid(), next());
	rewind(f);
	while (fgets(buffer, sizeof buffer, f)) got += buffer[0];
	fclose(f);
}
static void listen_for(int fd, int patience) {
	struct pollfd p = {fd, POLLIN, 0};
	if (poll(&p, 1, patience) > 0) read(fd, buffer, 1 + next() % 300);
}
static void through_fifo(void) {
	int f = open("/box", O_RDWR | O_NONBLOCK);
	write(f, buffer, next() % 300);
	read(f, buffer, next() % 300);
	close(f);
}
static void setup(void) {
	struct sockaddr_in any = address_of("0.0.0.0", 7000);
	struct sigaction action = {0};
	action.sa_handler = on_signal;
	sigaction(SIGUSR1, &action, NULL);
	action.sa_flags = SA_RESTART;
	sigaction(SIGALRM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	shared = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	gate = (sem_t *)(shared + 1200);
	sem_init(gate, 1, 1);
	block = malloc(8192);
	pipe(ends);
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	mkfifo("/box", 0666);
	queue = msgget(77, IPC_CREAT | 0666);
	udp = socket(AF_INET, SOCK_DGRAM, 0);
	bind(udp, (struct sockaddr *)&any, sizeof any);
}
`;

type Grammar = {readonly random: Random; readonly addresses: readonly string[]};

/** One statement; those of children go no deeper than `depth` forks. */
const statement = (grammar: Grammar, depth: number): string => {
	const {random, addresses} = grammar;
	const n = (high: number): number => random.between(1, high);
	const simple: ReadonlyArray<() => string> = [
		() => `work(${n(150)});`,
		() => `usleep(${n(2500)});`,
		() => `write(ends[1], buffer, ${n(500)});`,
		() => `write(ends[1], block, ${n(8192)});`,
		() => `listen_for(ends[0], ${n(3)});`,
		() => `read(ends[0], buffer, ${n(300)});`,
		() => `write(pair[${random.below(2)}], buffer, ${n(400)});`,
		() => `listen_for(pair[${random.below(2)}], ${n(2)});`,
		() => 'through_fifo();',
		() => `note("n${n(99)}");`,
		() => 'thread();',
		() => 'kill(getppid() > 1 ? getppid() : getpid(), SIGUSR1);',
		() => 'kill(0, SIGUSR1);',
		() => `ualarm(${n(3000)}, 0);`,
		() => 'while (waitpid(-1, NULL, WNOHANG) > 0) got++;',
		() => 'printf("%d %d\\n", got, shared[got & 63]); fflush(stdout);',
		() =>
			`{ int *p = mmap(NULL, 12288, 3, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); p[${n(3000)}] = got; mprotect(p, 4096, 0); munmap(p + 1024, 4096); }`,
		() => `sem_wait(gate); shared[${n(1000)}]++; work(${n(30)}); sem_post(gate);`,
		() =>
			`{ struct { long type; char text[40]; } m = {${n(3)}, "m"}; msgsnd(queue, &m, ${n(40)}, IPC_NOWAIT); }`,
		() =>
			`{ struct { long type; char text[40]; } m; msgrcv(queue, &m, 40, 0, IPC_NOWAIT); got += m.text[0]; }`,
		() => `{ char *p = malloc(${n(20_000)}); p[0] = 1; free(p); }`,
		() => `srand(${n(9)}); got += rand() % 7 + (int)time(NULL) % 3;`,
		() => `tell("${random.pick(addresses)}");`,
		() => `listen_for(udp, ${n(4)});`,
		() => `call("${random.pick(addresses)}");`,
		() => `{ int spins = ${n(400)}; while (knob == 0 && spins-- > 0) ; }`,
	];
	if (depth > 0 && random.below(5) === 0)
		return `if (fork() == 0) { ${statements(grammar, depth - 1, random.between(1, 5))} _exit(${n(9)}); }`;
	if (random.below(8) === 0)
		return `for (int i${depth} = 0; i${depth} < ${n(6)}; i${depth}++) { ${statements(grammar, depth === 0 ? 0 : depth - 1, 2)} }`;
	return random.pick(simple)();
};

const statements = (grammar: Grammar, depth: number, count: number): string =>
	grammar.random.times(count, () => statement(grammar, depth)).join('\n\t');

const programText = (grammar: Grammar): string => {
	const {random} = grammar;
	const server = 'if (fork() == 0) { answer(); _exit(0); }';
	return `${prologue(random.below(1e6))}
int main(void) {
	setup();
	${random.below(2) === 0 ? server : ''}
	${statements(grammar, 2, random.between(4, 14))}
	${random.pick(['', 'while (wait(NULL) > 0) ;', 'read(0, buffer, 20);', 'for (;;) { work(20); usleep(300); }'])}
	return got & 63;
}`;
};

const linkOf = (random: Random, a: string, b: string): LinkSetup => ({
	between: [a, b],
	latency: random.pick([300, 2000, 15_000]),
	jitter: random.pick([0, 500]),
	loss: random.pick([0, 0.1, 0.4]),
});

/** The machine of a scenario: hosts, links, programs and how they are scheduled. */
export const randomSetup = (random: Random): MachineSetup => {
	const hosts = ['alpha', 'beta', 'gamma'].slice(0, random.between(1, 3));
	const addresses = hosts.map((_, index) => `10.0.0.${index + 1}`);
	const programs = new Map(
		random
			.times(random.between(1, 2), index => `part${index}`)
			.map(name => [`/${name}`, compileText(name, programText({random, addresses}))]),
	);
	const paths = [...programs.keys()];
	return {
		config: {
			...defaultConfig,
			cpus: random.pick([1, 2, 4]),
			quantum: random.pick([150, 400, 2000, 10_000]),
			seed: random.between(1, 1e6),
			scheduler: random.pick(['round-robin', 'first-come', 'priority', 'feedback'] as const),
		},
		hosts: hosts.map((name, index) => ({name, address: addresses[index]!})),
		links: hosts.slice(1).map((name, index) => linkOf(random, hosts[index]!, name)),
		files: [{path: '/log', data: new TextEncoder().encode('begin\n'.repeat(random.below(2000)))}],
		programs,
		processes: random.times(Math.max(hosts.length, paths.length), index => ({
			program: paths[index % paths.length]!,
			host: hosts[index % hosts.length]!,
			argv: [paths[index % paths.length]!],
			at: random.pick([0, 0, 5000]),
		})),
		isTerminal: [false, false, false],
		recordEvents: true,
		eventLimit: 2000,
	};
};

/** Something from outside. It may find nobody: that, too, must be the same every time. */
export const randomInput = (random: Random, {hosts, links}: MachineSetup): Input => {
	const data = new TextEncoder().encode('x'.repeat(random.between(1, 200)));
	const link = links.length > 0 ? random.pick(links) : undefined;
	const inputs: ReadonlyArray<() => Input> = [
		() => ({kind: 'write', to: random.pick(['fifo:/box', 'pipe:1', 'pipe:2', 'pipe:5']), data}),
		() => ({kind: 'write', to: 'file:/log', data, offset: random.below(50)}),
		() => ({kind: 'type', data}),
		() => ({kind: 'end-input'}),
		() => ({kind: 'signal', pid: random.between(2, 12), signal: random.pick([10, 14, 18, 19, 15])}),
		() => ({kind: 'assign', to: 'var:knob', value: String(random.below(3))}),
		() => ({
			kind: 'link',
			between: link?.between ?? [hosts[0]!.name, hosts[0]!.name],
			up: random.below(2) === 0,
		}),
	];
	return random.pick(inputs)();
};
