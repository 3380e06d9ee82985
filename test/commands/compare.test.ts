import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {compare} from '../../source/commands/compare.js';
import {stat} from '../../source/commands/stat.js';
import {displayWidth} from '../../source/view-model/text-width.js';
import type {NamedWay} from '../../source/view-model/ways-text.js';
import {callCommand} from './memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'compare-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const waysIn = async (...operands: readonly string[]): Promise<readonly NamedWay[]> => {
	const {status, stdout} = await callCommand(compare, [...operands, '--json']);
	expect(status).toBe(0);
	return JSON.parse(stdout) as readonly NamedWay[];
};

test.each([
	['pipe', {kind: 'pipe', direction: 'one-way', notice: 'told', queues: ['pipe.read']}],
	['pipe', {relation: 'inherited', hosts: 1, senders: ['writer'], calls: ['pipe', 'close']}],
	['two-pipes', {kind: 'pipe', direction: 'two-way', isAtOnce: false, notice: 'told'}],
	['fifo', {kind: 'fifo', direction: 'one-way', relation: 'named', areRelatives: false}],
	['fifo-two-way', {kind: 'fifo', direction: 'half-duplex', channels: ['fifo:/tmp/line']}],
	['one-global', {kind: 'var', direction: 'one-way', isAcknowledged: true, notice: 'asked'}],
	['two-globals', {kind: 'var', direction: 'two-way', isAtOnce: false, calls: ['mmap']}],
	['threads-global', {kind: 'var', relation: 'threads', calls: []}],
	['global-not-shared', {kind: 'var', direction: 'none', messages: 0}],
	['semaphore', {kind: 'var', notice: 'told', queues: ['futex']}],
	['file-wait', {kind: 'file', notice: 'told', queues: ['child']}],
	['walkie-talkie', {kind: 'radio', direction: 'half-duplex', hosts: 2}],
	['telephone', {kind: 'tcp', direction: 'two-way', isAtOnce: true, hosts: 2}],
	['udp', {kind: 'udp', direction: 'one-way', relation: 'named', hosts: 2}],
	['message-queue', {kind: 'mq', direction: 'one-way', notice: 'told', queues: ['mq.receive']}],
	['sysv-queue', {kind: 'msg', direction: 'two-way', calls: ['msgget', 'msgctl']}],
	['shell-pipeline', {kind: 'pipe', direction: 'one-way', notice: 'told', relation: 'inherited'}],
] as const)('the run of %s shows %o', async (preset, expected) => {
	const ways = await waysIn(preset);
	expect(ways).toHaveLength(1);
	expect(ways[0]).toMatchObject({preset, ...expected});
});

const pipeProgram = (flags: string, loop: string): string => `#define _GNU_SOURCE
#include <fcntl.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void)
{
	int fd[2];
	char byte;
	pipe2(fd, ${flags});
	if (fork() == 0) {
		for (int i = 0; i < 3; i++) {
			${loop}
		}
		_exit(0);
	}
	for (int i = 0; i < 3; i++) {
		usleep(500);
		write(fd[1], "x", 1);
	}
	wait(0);
	return 0;
}
`;

test('cells follow what the program does, not what it uses: the same pipe, blocking and not', async () => {
	const blocking = join(folder, 'blocking.c');
	const polling = join(folder, 'polling.c');
	writeFileSync(blocking, pipeProgram('0', 'read(fd[0], &byte, 1);'));
	writeFileSync(
		polling,
		pipeProgram('O_NONBLOCK', 'while (read(fd[0], &byte, 1) != 1)\n\t\t\t\t;'),
	);
	const [told, asked] = [(await waysIn(blocking))[0]!, (await waysIn(polling))[0]!];
	expect(told).toMatchObject({notice: 'told', told: 3, messages: 3, receivers: [{busy: 0}]});
	expect(asked).toMatchObject({notice: 'asked', told: 0, messages: 3});
	expect(asked.receivers[0]!.emptyReads).toBeGreaterThan(20);
	expect(asked.receivers[0]!.busy).toBeGreaterThan(0.8 * asked.receivers[0]!.cpu);
});

test('the figures are those of the same run as stat gives them', async () => {
	for (const run of [['one-global'], ['two-pipes'], ['two-globals', '--cpus', '2']]) {
		const report = JSON.parse((await callCommand(stat, [...run, '--json'])).stdout) as {
			threads: ReadonlyArray<{tid: number; cpu: number; busy: number}>;
		};
		const [way] = await waysIn(...run);
		for (const {tid, cpu, busy} of way!.receivers) {
			expect(report.threads).toContainEqual(expect.objectContaining({tid, cpu, busy}));
		}
		expect(way!.delay!.median).toBeGreaterThanOrEqual(0);
	}
});

test('a delay is that from the write to the receipt', async () => {
	const late = join(folder, 'late.c');
	writeFileSync(
		late,
		`#include <unistd.h>
#include <sys/wait.h>
int main(void)
{
	int fd[2];
	char byte;
	pipe(fd);
	if (fork() == 0) {
		usleep(10000);
		read(fd[0], &byte, 1);
		_exit(0);
	}
	write(fd[1], "x", 1);
	wait(0);
	return 0;
}
`,
	);
	const [way] = await waysIn(late);
	// 10 ms are 100,000 cycles.
	expect(way!.delay!.median).toBeGreaterThan(95_000);
	expect(way!.delay!.median).toBeLessThan(105_000);
	expect(way).toMatchObject({notice: 'unused'});
});

test('tables come in English and Korean, as text and as Markdown', async () => {
	const english = await callCommand(compare, ['pipe', '--lang', 'en']);
	expect(english.stdout).toMatch(/^PRESET +BY +WHO/);
	expect(english.stdout).toMatch(/writer → reader +one-way +yes: pipe\.read/);
	const korean = await callCommand(compare, ['pipe', '--lang', 'ko']);
	expect(korean.stdout).toMatch(/단방향 +예: pipe\.read/);
	const wide = await callCommand(compare, ['pipe', '--lang', 'en'], {
		environment: {COLUMNS: '300'},
	});
	expect(wide.stdout).toMatch(/^PRESET +BY .* DELAY\npipe +pipe .* \d+\n\n/);
	const markdown = await callCommand(compare, ['pipe', '--markdown', '--lang', 'en']);
	expect(markdown.stdout).toMatch(
		/^\| PRESET \| BY \|.*\n\| --- \| --- \|.*\n\| pipe \| pipe \| writer → reader \|/,
	);
});

test.each(['en', 'ko'])(
	'a table fits a screen of 80 cells, with every column (%s)',
	async language => {
		const presets = ['telephone', 'unix-server', 'prefork-server'];
		const {stdout} = await callCommand(compare, [...presets, '--lang', language]);
		for (const line of stdout.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80);
		const heading = stdout.slice(0, stdout.indexOf('─'));
		const [names = ''] = (
			await callCommand(compare, ['pipe', '--markdown', '--lang', language])
		).stdout.split('\n');
		for (const name of names.split('|').slice(1, -1)) expect(heading).toContain(name.trim());
	},
);

const program = (main: string): string => `#define _GNU_SOURCE
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>
struct message { long type; int number; };
int main(void)
{
	int fd[2], pair[2];
	char bytes[64];
	struct message message = {1, 0};
	eventfd_t count;
	${main}
	wait(0);
	return 0;
}
`;

test.each([
	[
		'an eventfd',
		`fd[0] = eventfd(0, 0);
		if (fork() == 0) { for (int i = 0; i < 3; i++) eventfd_read(fd[0], &count); _exit(0); }
		for (int i = 0; i < 3; i++) { usleep(1000); eventfd_write(fd[0], 1); }`,
		{kind: 'eventfd', messages: 3, notice: 'told', queues: ['eventfd.read'], direction: 'one-way'},
	],
	[
		'a pipe end that came in a message',
		`socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
		char space[CMSG_SPACE(sizeof(int))];
		struct iovec text = {bytes, 1};
		struct msghdr letter = {.msg_iov = &text, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
		if (fork() == 0) {
			recvmsg(pair[1], &letter, 0);
			memcpy(fd, CMSG_DATA(CMSG_FIRSTHDR(&letter)), sizeof(int));
			while (read(fd[0], bytes, 1) != 1);
			_exit(0);
		}
		pipe(fd);
		*CMSG_FIRSTHDR(&letter) = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
		memcpy(CMSG_DATA(CMSG_FIRSTHDR(&letter)), fd, sizeof(int));
		sendmsg(pair[0], &letter, 0);
		usleep(1000);
		write(fd[1], "x", 1);`,
		{kind: 'pipe', relation: 'handed', calls: ['pipe', 'recvmsg']},
	],
	[
		'one pipe for both directions',
		`pipe(fd);
		if (fork() == 0) { read(fd[0], bytes, 1); write(fd[1], "b", 1); _exit(0); }
		write(fd[1], "a", 1); usleep(3000); read(fd[0], bytes, 1);`,
		{kind: 'pipe', direction: 'half-duplex', messages: 2},
	],
	[
		'a System V queue with one type for both directions',
		`fd[0] = msgget(IPC_PRIVATE, 0600);
		if (fork() == 0) { msgrcv(fd[0], &message, 4, 1, 0); message.number = 2; msgsnd(fd[0], &message, 4, 0); _exit(0); }
		usleep(1000); message.number = 1; msgsnd(fd[0], &message, 4, 0); usleep(3000); msgrcv(fd[0], &message, 4, 1, 0);`,
		{kind: 'msg', direction: 'half-duplex', messages: 2},
	],
	[
		'a System V queue that is asked again and again',
		`fd[0] = msgget(IPC_PRIVATE, 0600);
		if (fork() == 0) { while (msgrcv(fd[0], &message, 4, 1, IPC_NOWAIT) == -1); _exit(0); }
		usleep(2000); msgsnd(fd[0], &message, 4, 0);`,
		{kind: 'msg', direction: 'one-way', notice: 'asked', told: 0},
	],
] as const)('cells are right for a program never seen: %s', async (name, main, expected) => {
	const file = join(folder, `${name.replaceAll(' ', '-')}.c`);
	writeFileSync(file, program(main));
	expect((await waysIn(file)).find(({kind}) => kind === expected.kind)).toMatchObject(expected);
});

test('a preset in which nobody tells anybody anything is named', async () => {
	const result = await callCommand(compare, ['disk']);
	expect(result).toMatchObject({status: 0, stdout: ''});
	expect(result.stderr).toMatch(/nobody received anything from anybody else in disk/);
});
