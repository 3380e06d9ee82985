import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {run} from '../../source/commands/run.js';
import {stat} from '../../source/commands/stat.js';
import {callCommand, type HostOptions} from './memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'run-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const runC = async (text: string, argv: readonly string[] = [], options: HostOptions = {}) => {
	const path = join(folder, 'program.c');
	writeFileSync(path, text);
	return callCommand(run, [path, ...argv], options);
};

test('the program has the exit status, the streams and the arguments of the command', async () => {
	const text = `#include <stdio.h>
int main(int argc, char **argv) { printf("%d %s\\n", argc, argv[1]); fprintf(stderr, "err\\n"); return 7; }`;
	expect(await runC(text, ['--', 'a b', '--seed'])).toEqual({
		status: 7,
		stdout: '3 a b\n',
		stderr: 'err\n',
		stdoutBytes: expect.anything(),
		reads: 0,
	});
});

test('a program killed by a signal gives 128 + its number', async () => {
	const result = await runC('int main(void) { *(volatile int *)0 = 1; return 0; }');
	expect(result.status).toBe(139);
});

test('a fatal fault is told of with its C line, a handled one is not', async () => {
	const text = `#include <string.h>
static void store(int *p)
{
	*p = 1;
}
int main(int argc, char **argv)
{
	if (argc > 1)
		return strlen(argv[1] + 0x70000000);
	store((int *)8);
	return 0;
}`;
	const direct = await runC(text);
	expect(direct.stderr).toMatch(
		/^ipctop: .*program\.c:4: segmentation fault: access to address 0x8 in store\(\) of program \(\d+\), killed by SIGSEGV\n$/,
	);
	const inLibrary = await runC(text, ['--', 'x']);
	expect(inLibrary.stderr).toMatch(
		/^ipctop: .*program\.c:9: segmentation fault: .* in strlen\(\), called in main\(\) of program/,
	);
	const handled = `#include <signal.h>
#include <stdlib.h>
static void leave(int signal) { exit(signal); }
int main(void) { signal(SIGSEGV, leave); *(volatile int *)8 = 1; return 0; }`;
	expect(await runC(handled)).toMatchObject({status: 11, stderr: ''});
});

test('standard input is read only when the program reads, and only as far as it reads', async () => {
	const silent = await runC('int main(void) { return 0; }', [], {input: ['never read\n']});
	expect(silent).toMatchObject({status: 0, reads: 0});

	const echo = `#include <stdio.h>
int main(void) { char line[80]; while (fgets(line, sizeof line, stdin)) printf("<%s", line); return 0; }`;
	expect(await runC(echo, [], {input: ['one\n', 'two\n']})).toMatchObject({
		stdout: '<one\n<two\n',
		reads: 3,
	});
	const first = `#include <stdio.h>
int main(void) { char line[80]; fgets(line, sizeof line, stdin); printf("%s", line); return 0; }`;
	expect(await runC(first, [], {input: ['one\n', 'two\n']})).toMatchObject({
		stdout: 'one\n',
		reads: 1,
	});
});

test("the program's standard output is a terminal exactly if the command's is", async () => {
	const text = `#include <unistd.h>
#include <stdio.h>
int main(void) { printf("%d%d%d\\n", isatty(0), isatty(1), isatty(2)); return 0; }`;
	expect(await runC(text)).toMatchObject({stdout: '000\n'});
	expect(await runC(text, [], {isTerminal: true})).toMatchObject({stdout: '111\n'});
});

const boxReader = `#include <stdio.h>
#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>
int main(void)
{
	char bytes[10];
	mkfifo("/tmp/box", 0600);
	int fd = open("/tmp/box", O_RDWR);
	printf("got %zd\\n", read(fd, bytes, sizeof bytes));
	return 0;
}`;

const runScripted = async (inputs: string, argv: readonly string[] = [], command = run) => {
	const scripted = mkdtempSync(join(folder, 'scripted-'));
	writeFileSync(join(scripted, 'box.c'), boxReader);
	writeFileSync(
		join(scripted, 'scenario.yaml'),
		`processes: [{program: box.c}]\ninputs: ${inputs}\n`,
	);
	return callCommand(command, [scripted, ...argv]);
};

const atForty = '{at: 40000, write: {to: "fifo:/tmp/box", data: "hello\\n"}}';

test('a scripted input comes at its time, though everybody waits for it', async () => {
	for (const cpus of ['1', '4'])
		expect(await runScripted(`[${atForty}]`, ['--cpus', cpus])).toMatchObject({
			status: 0,
			stdout: 'got 6\n',
			stderr: '',
		});
	const json = await runScripted(`[${atForty}]`, ['--json'], stat);
	expect(JSON.parse(json.stdout).cycles).toBeGreaterThan(40_000);
});

test('who waits for a scripted input is stopped by --until, not deadlocked; after the last input he is', async () => {
	const stopped = await runScripted(`[${atForty}]`, ['--until', '30k']);
	expect(stopped.status).toBe(124);
	expect(stopped.stderr).toMatch(/^ipctop: stopped at cycle 30,000 .*\n$/);
	const late = await runScripted('[{at: 40000, signal: {pid: 2, signal: SIGCONT}}]');
	expect(late.status).toBe(3);
});

test('an input that finds no channel is told of, with its cycle', async () => {
	const result = await runScripted(
		`[{at: 30000, write: {to: "fifo:/nope", data: "x"}}, ${atForty}]`,
	);
	expect(result).toMatchObject({
		status: 0,
		stdout: 'got 6\n',
		stderr:
			'ipctop: the input at cycle 30,000 came to nothing: write 1 byte to fifo:/nope: a process would have got ENOENT\n',
	});
});

test('a deadlock ends with status 3 and says who waits for what', async () => {
	const text = `#include <unistd.h>
int main(void) { int fd[2]; char c; pipe(fd); read(fd[0], &c, 1); return 0; }`;
	const result = await runC(text);
	expect(result.status).toBe(3);
	expect(result.stderr).toMatch(/deadlock: all processes are blocked for ever\n.*program.*pipe/);
});

test('a program that a signal has stopped for good is no deadlock, and is named', async () => {
	const result = await runC('#include <signal.h>\nint main(void) { return raise(SIGSTOP); }');
	expect(result.status).toBe(3);
	expect(result.stderr).toMatch(
		/^ipctop: stopped by a signal, .*SIGCONT\n {2}program\(3\) is stopped/,
	);
});

test('a C program with errors does not run, and its errors are shown at their places', async () => {
	const result = await runC('int main(void) {\n\treturn x;\n}\n');
	expect(result.status).toBe(1);
	expect(result.stdout).toBe('');
	expect(result.stderr).toMatch(/program\.c:2:16: error: .*x/);
	expect(result.stderr).toMatch(/program\.c: one error\n$/);
});

test.each([
	[['nowhere.c'], "can't read nowhere.c: no such file"],
	[['one-globa'], 'did you mean "one-global"?'],
	[[], 'ipctop run needs a SCENARIO'],
	[['pipe', 'two'], 'takes one SCENARIO'],
])('%j is refused with status 2 and what to do', async (argv, message) => {
	const result = await callCommand(run, argv);
	expect(result.status).toBe(2);
	expect(result.stderr).toContain(message);
	expect(result.stderr).not.toContain('at ');
});

const hostile: Readonly<
	Record<string, readonly [text: string, until: string, status: number, message: RegExp]>
> = {
	'a fork bomb': [
		'#include <unistd.h>\nint main(void) { for (;;) fork(); }',
		'20M',
		124,
		/stopped at cycle 20,000,000 \(2 s of simulated time\)/,
	],
	'an endless loop': [
		'int main(void) { volatile int i = 0; for (;;) i++; }',
		'20M',
		124,
		/stopped at cycle 20,000,000/,
	],
	'malloc without end': [
		'#include <stdlib.h>\n#include <string.h>\n#include <stdio.h>\nint main(void) { for (;;) { char *p = malloc(1 << 20); if (!p) { puts("no memory"); return 5; } memset(p, 1, 1 << 20); } }',
		'200M',
		137,
		/^ipctop: .*killed: out of memory\n$/,
	],
	'an endless printf': [
		'#include <stdio.h>\nint main(void) { for (;;) printf("and on and on and on\\n"); }',
		'20M',
		124,
		/stopped at cycle 20,000,000/,
	],
};

test.each(Object.entries(hostile))(
	'%s ends in time',
	{timeout: 60_000},
	async (_, [text, until, status, message]) => {
		const result = await runC(text, ['--until', until]);
		expect(result.status).toBe(status);
		expect(result.stderr).toMatch(message);
	},
);
