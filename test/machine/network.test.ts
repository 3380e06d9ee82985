// Programs on several hosts: what arrives, what is lost, what an address without a host is, what a cut cable does.

import {describe, expect, test} from 'vitest';
import {applyInput} from '../../source/machine/input.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {copyMachine} from '../../source/machine/copy-machine.js';
import {advance} from '../../source/machine/machine.js';
import {compileText} from '../support/machine-setup.js';
import {networkSession, packetTrace, runNetwork} from '../support/network-setup.js';

const headers = `
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static int tcp_to(const char *host, int port)
{
	int s = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
	inet_pton(AF_INET, host, &a.sin_addr);
	return connect(s, (struct sockaddr *)&a, sizeof a) < 0 ? -1 : s;
}
static int server_at(int type, int port)
{
	int s = socket(AF_INET, type, 0);
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
	bind(s, (struct sockaddr *)&a, sizeof a);
	if (type == SOCK_STREAM)
		listen(s, 128);
	return s;
}
`;

const program = (name: string, text: string) => compileText(name, headers + text);

const receiver = program(
	'receiver',
	`int main(void) {
		static unsigned char b[8192];
		int c = accept(server_at(SOCK_STREAM, 7000), 0, 0), n, i;
		long total = 0, wrong = 0;
		while ((n = read(c, b, sizeof b)) > 0) {
			for (i = 0; i < n; i++)
				wrong += b[i] != (unsigned char)((total + i) * 31 >> 3);
			total += n;
		}
		printf("%ld bytes, %ld wrong\\n", total, wrong);
		return 0;
	}`,
);

const sender = program(
	'sender',
	`int main(int argc, char **argv) {
		static unsigned char b[8192];
		int s = tcp_to("10.0.0.1", 7000), i;
		long total, size = atol(argv[1]);
		for (total = 0; total < size; total += sizeof b) {
			for (i = 0; i < (int)sizeof b; i++)
				b[i] = (total + i) * 31 >> 3;
			if (write(s, b, sizeof b) != sizeof b)
				return 1;
		}
		return 0;
	}`,
);

const lossy = (seed: number) =>
	networkSession({
		hosts: ['alpha', 'beta'],
		links: [{between: ['alpha', 'beta'], latency: 2000, jitter: 500, loss: 0.2}],
		actors: [
			{program: receiver, host: 'alpha'},
			{program: sender, host: 'beta', at: 100_000, args: [String(1024 * 1024)]},
		],
		config: {seed},
	});

describe('a link that loses every fifth packet', () => {
	test('delivers a megabyte of TCP whole and in order, with the same trace for the same seed', () => {
		const first = lossy(7);
		expect(runNetwork(first)).toBe('1048576 bytes, 0 wrong\n');
		const {packetsLost, packetsSent} = first.machine.kernel.network;
		expect(packetsLost / packetsSent).toBeGreaterThan(0.15);
		expect(packetsLost / packetsSent).toBeLessThan(0.25);
		const second = lossy(7);
		runNetwork(second);
		expect(packetTrace(second)).toEqual(packetTrace(first));
		const other = lossy(8);
		expect(runNetwork(other)).toBe('1048576 bytes, 0 wrong\n');
		expect(packetTrace(other)).not.toEqual(packetTrace(first));
	}, 60_000);

	test('loses datagrams of UDP for good', () => {
		const counter = program(
			'counter',
			`int main(void) {
				int s = server_at(SOCK_DGRAM, 5000), count = 0;
				struct pollfd p = {s, POLLIN, 0};
				char b[8];
				while (poll(&p, 1, 1000) > 0 && recv(s, b, sizeof b, 0) == 1)
					count++;
				printf("%d\\n", count);
				return 0;
			}`,
		);
		const shouter = program(
			'shouter',
			`int main(void) {
				int s = socket(AF_INET, SOCK_DGRAM, 0), i;
				struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(5000)};
				inet_pton(AF_INET, "10.0.0.1", &a.sin_addr);
				for (i = 0; i < 200; i++)
					sendto(s, "x", 1, 0, (struct sockaddr *)&a, sizeof a);
				return 0;
			}`,
		);
		const session = networkSession({
			hosts: ['alpha', 'beta'],
			links: [{between: ['alpha', 'beta'], latency: 2000, jitter: 500, loss: 0.2}],
			actors: [
				{program: counter, host: 'alpha'},
				{program: shouter, host: 'beta', at: 50_000},
			],
		});
		const count = Number(runNetwork(session));
		expect(count).toBe(200 - session.machine.kernel.network.packetsLost);
		expect(count).toBeGreaterThan(130);
		expect(count).toBeLessThan(190);
	});
});

const server = program(
	'server',
	`#include <sys/epoll.h>
	int main(int argc, char **argv) {
		int s = server_at(SOCK_STREAM, 7000), e = epoll_create1(0), left = atoi(argv[1]), i, n, v;
		struct epoll_event ev = {.events = EPOLLIN, .data.fd = s}, r[64];
		long sum = 0;
		epoll_ctl(e, EPOLL_CTL_ADD, s, &ev);
		while (left > 0) {
			n = epoll_wait(e, r, 64, -1);
			for (i = 0; i < n; i++) {
				if (r[i].data.fd == s) {
					ev.data.fd = accept(s, 0, 0);
					epoll_ctl(e, EPOLL_CTL_ADD, ev.data.fd, &ev);
				} else if (read(r[i].data.fd, &v, sizeof v) == sizeof v) {
					sum += v;
					v *= 2;
					write(r[i].data.fd, &v, sizeof v);
				} else {
					close(r[i].data.fd);
					left--;
				}
			}
		}
		printf("sum %ld\\n", sum);
		return 0;
	}`,
);

const clients = program(
	'clients',
	`int main(int argc, char **argv) {
		int n = atoi(argv[1]), i, v, status, fine = 0;
		for (i = 0; i < n; i++) {
			if (fork() == 0) {
				int s = tcp_to("10.0.0.1", 7000);
				v = i;
				write(s, &v, sizeof v);
				_exit(read(s, &v, sizeof v) == sizeof v && v == 2 * i ? 0 : 1);
			}
		}
		while (wait(&status) > 0)
			fine += status == 0;
		printf("%d fine\\n", fine);
		return 0;
	}`,
);

const crowd = (each: number) =>
	networkSession({
		hosts: ['alpha', 'beta', 'gamma'],
		actors: [
			{program: server, host: 'alpha', args: [String(2 * each)]},
			{program: clients, host: 'beta', at: 10_000, args: [String(each)]},
			{program: clients, host: 'gamma', at: 10_000, args: [String(each)]},
		],
	});

describe('a server on one of three hosts', () => {
	test('serves a hundred clients on the two others', () => {
		const text = runNetwork(crowd(50));
		expect(text.split('\n').sort()).toEqual(['', '50 fine', '50 fine', `sum ${50 * 49}`]);
	});

	test('has a thousand connections, which leave nothing behind after TIME-WAIT', () => {
		const session = crowd(500);
		expect(runNetwork(session)).toContain(`sum ${500 * 499}`);
		const {network} = session.machine.kernel;
		for (const socket of network.sockets.values()) expect(socket.isOpen).toBe(false);
	}, 60_000);

	test('and its state are copied by a checkpoint in the middle of everything', () => {
		const {machine} = crowd(20);
		advance(machine, 60_000);
		const copy = copyMachine(machine);
		expect(
			machine.kernel.network.packets.size + machine.kernel.network.sockets.size,
		).toBeGreaterThan(0);
		for (const each of [machine, copy]) advance(each, 700_000_000);
		expect(hashMachine(copy)).toBe(hashMachine(machine));
	});
});

const caller = program(
	'caller',
	`int main(int argc, char **argv) {
		struct timespec before, after;
		clock_gettime(CLOCK_MONOTONIC, &before);
		int s = tcp_to(argv[1], atoi(argv[2]));
		int error = errno;
		clock_gettime(CLOCK_MONOTONIC, &after);
		printf("%s after %ld s\\n", s < 0 ? strerror(error) : "connected", (long)(after.tv_sec - before.tv_sec));
		return 0;
	}`,
);

const call = (address: string, port: number, isUp = true) =>
	runNetwork(
		networkSession({
			hosts: ['alpha', 'beta'],
			actors: [{program: caller, host: 'beta', at: 1000, args: [address, String(port)]}],
			inputs: isUp
				? []
				: [{cycle: 500, input: {kind: 'link', between: ['alpha', 'beta'], up: false}}],
		}),
	);

describe('connect() tells apart', () => {
	test('a port where nobody listens', () => {
		expect(call('10.0.0.1', 7000)).toBe('Connection refused after 0 s\n');
	});

	test('an address that no host has', () => {
		expect(call('10.0.0.9', 7000)).toBe('No route to host after 3 s\n');
	});

	test('a host behind a cut cable, after six retransmissions of the SYN', () => {
		expect(call('10.0.0.1', 7000, false)).toBe('Connection timed out after 127 s\n');
	});

	test('a host without a cable to it', () => {
		const session = networkSession({
			hosts: ['alpha', 'beta', 'gamma'],
			links: [{between: ['alpha', 'gamma'], latency: 10, jitter: 0, loss: 0}],
			actors: [{program: caller, host: 'beta', args: ['10.0.0.1', '7000']}],
		});
		expect(runNetwork(session)).toBe('Network is unreachable after 0 s\n');
	});
});

test('a cable that is cut and mended delays a stream and loses nothing of it', () => {
	const session = networkSession({
		hosts: ['alpha', 'beta'],
		links: [{between: ['alpha', 'beta'], latency: 200_000, jitter: 0, loss: 0}],
		actors: [
			{program: receiver, host: 'alpha'},
			{program: sender, host: 'beta', at: 1000, args: [String(64 * 1024)]},
		],
		inputs: [
			{cycle: 620_000, input: {kind: 'link', between: ['beta', 'alpha'], up: false}},
			{cycle: 30_000_000, input: {kind: 'link', between: ['beta', 'alpha'], up: true}},
		],
	});
	expect(runNetwork(session)).toBe('65536 bytes, 0 wrong\n');
	expect(session.machine.kernel.now).toBeGreaterThan(30_000_000);
	expect(packetTrace(session).some(line => line.includes(' lost, the link was cut: '))).toBe(true);
});

test('hosts forward packets between hosts that have no cable of their own', () => {
	const session = networkSession({
		hosts: ['alpha', 'beta', 'gamma'],
		links: [
			{between: ['alpha', 'gamma'], latency: 1000, jitter: 0, loss: 0},
			{between: ['gamma', 'beta'], latency: 500, jitter: 0, loss: 0},
		],
		actors: [
			{program: receiver, host: 'alpha'},
			{program: sender, host: 'beta', at: 50_000, args: ['8192']},
		],
	});
	expect(runNetwork(session)).toBe('8192 bytes, 0 wrong\n');
	const [sent, arrived] = packetTrace(session).map(line => Number(line.split(' ')[0]));
	expect(arrived! - sent!).toBeGreaterThanOrEqual(1500);
});

test('bytes from outside go through a connection as its peer would have sent them', () => {
	const reader = program(
		'reader',
		`int main(void) {
			char b[16];
			int c = accept(server_at(SOCK_STREAM, 7000), 0, 0), n = read(c, b, sizeof b);
			printf("%.*s\\n", n, b);
			return 0;
		}`,
	);
	const idler = program('idler', 'int main(void) { tcp_to("10.0.0.1", 7000); pause(); return 0; }');
	const session = networkSession({
		hosts: ['alpha', 'beta'],
		actors: [
			{program: reader, host: 'alpha'},
			{program: idler, host: 'beta', at: 10_000},
		],
	});
	advance(session.machine, 1_000_000);
	const data = new TextEncoder().encode('injected');
	const write = (to: string) => applyInput(session.machine, {kind: 'write', to, data});
	expect(write('tcp:10.0.0.1:7000')).toEqual({isDone: true, text: '8 bytes written'});
	expect(write('tcp:10.0.0.1:7777').isDone).toBe(false);
	expect(runNetwork(session, 2_000_000)).toBe('injected\n');
});

test('a datagram from outside has the sender that was chosen', () => {
	const reader = program(
		'reader',
		`#include <sys/un.h>
		int main(void) {
			char b[16], name[32];
			struct sockaddr_in from;
			struct sockaddr_un path = {.sun_family = AF_UNIX, .sun_path = "/tmp/box"};
			socklen_t size = sizeof from;
			int u = socket(AF_INET, SOCK_DGRAM, 0), x = socket(AF_UNIX, SOCK_DGRAM, 0);
			struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(5000)};
			bind(u, (struct sockaddr *)&own, sizeof own);
			bind(x, (struct sockaddr *)&path, sizeof path);
			int n = recvfrom(u, b, sizeof b, 0, (struct sockaddr *)&from, &size);
			printf("%.*s %s:%d\\n", n, b, inet_ntop(AF_INET, &from.sin_addr, name, sizeof name), ntohs(from.sin_port));
			size = sizeof path;
			n = recvfrom(x, b, sizeof b, 0, (struct sockaddr *)&path, &size);
			printf("%.*s %s %d\\n", n, b, path.sun_path, (int)size);
			return 0;
		}`,
	);
	const session = networkSession({
		hosts: ['alpha', 'beta'],
		actors: [{program: reader, host: 'alpha'}],
	});
	advance(session.machine, 500_000);
	const data = new TextEncoder().encode('hello');
	const write = (to: string, sender: string) =>
		applyInput(session.machine, {kind: 'write', to, data, sender});
	expect(write('udp:10.0.0.1:5000', 'nobody').text).toBe('a process would have got EINVAL');
	expect(write('udp:10.0.0.1:5000', '10.0.0.9:4000').isDone).toBe(true);
	expect(write('unix:/tmp/box', '/tmp/me').isDone).toBe(true);
	expect(runNetwork(session, 2_000_000)).toBe('hello 10.0.0.9:4000\nhello /tmp/me 10\n');
});

test('one station of the radio talks at a time', () => {
	const radio = program(
		'radio',
		`#include <fcntl.h>
		#include <sys/radio.h>
		int main(void) {
			int a = open("/dev/radio", O_RDWR), b = open("/dev/radio", O_RDWR | O_NONBLOCK), who;
			char text[16];
			printf("read %d %s\\n", (int)read(b, text, 1), "");
			printf("talk %d\\n", ioctl(a, RADIO_TALK));
			printf("other %d", ioctl(b, RADIO_TALK));
			printf(" %d\\n", errno == EBUSY);
			ioctl(b, RADIO_TALKER, &who);
			printf("talker %d\\n", who == getpid());
			printf("write %d\\n", (int)write(a, "over", 4));
			printf("own read %d", (int)read(a, text, 4));
			printf(" %d\\n", errno == EBUSY);
			printf("other write %d", (int)write(b, "x", 1));
			printf(" %d\\n", errno == EBUSY);
			printf("heard %d %.4s\\n", (int)read(b, text, sizeof text), text);
			fflush(stdout);
			if (fork() == 0) {
				int c = open("/dev/radio", O_RDWR);
				ioctl(c, RADIO_TALK);
				write(c, "child", 5);
				_exit(0);
			}
			usleep(1000);
			ioctl(a, RADIO_LISTEN);
			wait(NULL);
			printf("then %d %.5s\\n", (int)read(b, text, sizeof text), text);
			return 0;
		}`,
	);
	const session = networkSession({hosts: ['alpha'], actors: [{program: radio, host: 'alpha'}]});
	expect(runNetwork(session)).toBe(
		[
			'read -1 ',
			'talk 0',
			'other -1 1',
			'talker 1',
			'write 4',
			'own read -1 1',
			'other write -1 1',
			'heard 4 over',
			'then 5 child',
			'',
		].join('\n'),
	);
});

describe('remote procedure calls', () => {
	const prelude = `
		#include <rpc/rpc.h>
		#define PROG 0x20000001UL
		struct pair { int a; char *text; };
		static bool_t xdr_pair(XDR *x, struct pair *p) { return xdr_int(x, &p->a) && xdr_string(x, &p->text, 100); }
		static bool_t xdr_nothing(XDR *x, void *p) { (void)x, (void)p; return TRUE; }
	`;
	const rpcServer = program(
		'rpc_server',
		`${prelude}
		static void dispatch(struct svc_req *r, SVCXPRT *t) {
			struct pair in = {0};
			int out;
			if (r->rq_proc == 1 && svc_getargs(t, (xdrproc_t)xdr_pair, &in)) {
				out = in.a * (int)strlen(in.text);
				svc_sendreply(t, (xdrproc_t)xdr_int, &out);
			} else if (r->rq_proc == 2) {
				svc_sendreply(t, (xdrproc_t)xdr_nothing, NULL);
				svc_unregister(PROG, 1);
				svc_exit();
			} else {
				svcerr_noproc(t);
			}
		}
		int main(void) {
			SVCXPRT *u = svcudp_create(RPC_ANYSOCK), *t = svctcp_create(RPC_ANYSOCK, 0, 0);
			if (!svc_register(u, PROG, 1, dispatch, IPPROTO_UDP) || !svc_register(t, PROG, 1, dispatch, IPPROTO_TCP))
				return 1;
			svc_run();
			printf("server ends\\n");
			return 0;
		}`,
	);
	const rpcClient = program(
		'rpc_client',
		`${prelude}
		int main(void) {
			struct timeval tv = {10, 0};
			const char *protocols[] = {"udp", "tcp"};
			int i, out = 0;
			CLIENT *c;
			for (i = 0; i < 2; i++) {
				struct pair p = {7 + i, "hello"};
				c = clnt_create("alpha", PROG, 1, protocols[i]);
				if (!c) { printf("%s\\n", clnt_spcreateerror("create")); return 1; }
				enum clnt_stat s = clnt_call(c, 1, (xdrproc_t)xdr_pair, &p, (xdrproc_t)xdr_int, &out, tv);
				printf("%s %d %s\\n", protocols[i], out, clnt_sperrno(s));
				clnt_call(c, 9, (xdrproc_t)xdr_nothing, NULL, (xdrproc_t)xdr_nothing, NULL, tv);
				printf("%s\\n", clnt_sperror(c, "nine"));
				clnt_destroy(c);
			}
			c = clnt_create("alpha", PROG, 3, "udp");
			clnt_call(c, 1, (xdrproc_t)xdr_nothing, NULL, (xdrproc_t)xdr_nothing, NULL, tv);
			printf("%s\\n", clnt_sperror(c, "version"));
			if (!clnt_create("alpha", PROG + 1, 1, "udp"))
				printf("%s\\n", clnt_spcreateerror("other"));
			c = clnt_create("alpha", PROG, 1, "tcp");
			clnt_call(c, 2, (xdrproc_t)xdr_nothing, NULL, (xdrproc_t)xdr_nothing, NULL, tv);
			return 0;
		}`,
	);

	test.each([0, 0.2])('work over UDP and TCP when the link loses %d of all packets', loss => {
		const session = networkSession({
			hosts: ['alpha', 'beta'],
			links: [{between: ['alpha', 'beta'], latency: 2000, jitter: 0, loss}],
			config: {seed: 2}, // One with which no call loses both of its tries.
			actors: [
				{program: rpcServer, host: 'alpha'},
				{program: rpcClient, host: 'beta', at: 1_000_000},
			],
		});
		expect(runNetwork(session).replace('server ends\n', '').split('\n')).toEqual([
			'udp 35 RPC: Success',
			'nine: RPC: Procedure unavailable',
			'tcp 40 RPC: Success',
			'nine: RPC: Procedure unavailable',
			'version: RPC: Program/version mismatch; low version = 1, high version = 1',
			'other: RPC: Program not registered',
			'',
		]);
	});

	test('end with a timeout when the server is out of reach', () => {
		const session = networkSession({
			hosts: ['alpha', 'beta'],
			actors: [{program: rpcClient, host: 'beta', at: 1000}],
			inputs: [{cycle: 0, input: {kind: 'link', between: ['alpha', 'beta'], up: false}}],
		});
		expect(runNetwork(session)).toBe('create: RPC: Port mapper failure - RPC: Timed out\n');
	});
});
