// What the shell and the tools do in a machine beyond what a script's output shows: processes, the prompt, /bin itself.

import {expect, test} from 'vitest';
import {toolchain} from '../../source/commands/toolchain.js';
import {createMachine} from '../../source/machine/boot.js';
import {copyMachine} from '../../source/machine/copy-machine.js';
import {advance, takeOutput} from '../../source/machine/machine.js';
import {hashMachine} from '../../source/machine/state-hash.js';
import {createSession, cycleOf, runUntil} from '../../source/machine/session.js';
import {seek} from '../../source/machine/time-travel.js';
import {loadDocument} from '../../source/scenario/load.js';
import {compileText} from '../support/machine-setup.js';
import {printedOn, runShell, runTool, statusOf, toolSetup} from './run-tools.js';

const programOf = (body: string): string =>
	`#include <stdio.h>\n#include <stdlib.h>\n#include <unistd.h>\n#include <sys/wait.h>\nint main(void)\n{\n${body}\n}\n`;

/** Runs a C program on a machine that has the tools. */
const runProgram = (body: string) => {
	const setup = toolSetup(['true']);
	const session = createSession(
		{
			...setup,
			programs: new Map([...setup.programs, ['/program', compileText('program', programOf(body))]]),
			processes: [{...setup.processes[0]!, program: '/program', argv: ['./program']}],
		},
		[{cycle: 0, input: {kind: 'end-input'}}],
		{keepsHistory: true},
	);
	runUntil(session, 500_000_000);
	return {stdout: printedOn(session, 1), stderr: printedOn(session, 2), status: statusOf(session)};
};

test('system(3) runs a pipeline and gives the status of its last command', () => {
	const {stdout} = runProgram(`
		int status = system("ls -d /bin /etc /tmp | wc -l; exit 3");
		printf("%d %d\\n", WIFEXITED(status), WEXITSTATUS(status));
		printf("%d\\n", system(NULL) != 0);
		return 0;`);
	expect(stdout).toBe('3\n1 3\n1\n');
});

test('popen(3) reads from a command and writes to one', () => {
	const {stdout} = runProgram(`
		char line[80];
		FILE *f = popen("printf 'b\\\\na\\\\n' | sort", "r");
		while (fgets(line, sizeof line, f))
			printf("<%.1s>", line);
		printf("%d\\n", pclose(f));
		fflush(stdout);
		f = popen("tr a-z A-Z", "w");
		fputs("shout\\n", f);
		printf("%d\\n", pclose(f));
		return 0;`);
	expect(stdout).toBe('<a><b>0\nSHOUT\n0\n');
});

test('execlp(3) and execvp(3) find the tools', () => {
	const {stdout, stderr} = runProgram(`
		char *words[] = {"echo", "from", "execvp", NULL};
		int status;
		if (fork() == 0) { execlp("ls", "ls", "/nowhere", (char *)NULL); _exit(99); }
		wait(&status);
		printf("ls %d\\n", WEXITSTATUS(status));
		fflush(stdout);
		execvp("echo", words);
		return 99;`);
	expect(stdout).toBe('ls 2\nfrom execvp\n');
	expect(stderr).toBe("ls: cannot access '/nowhere': No such file or directory\n");
});

test('a pipeline has a process for each command, and -c with one command has no other', () => {
	const {stdout} = runShell('ps -o pid=,ppid=,comm= | cat');
	const rows = stdout
		.trim()
		.split('\n')
		.map(row => row.trim().split(/ +/));
	expect(rows.map(([, , command]) => command)).toEqual(['sh', 'ps', 'cat']);
	expect(rows[1]![1]).toBe(rows[0]![0]);
	expect(runShell('exec ps -o comm=').stdout).toBe('ps\n');
	expect(runShell('ps -o comm=').stdout).toBe('ps\n');
});

test('ps shows who sleeps, who is stopped and who is a zombie', () => {
	const {stdout} = runShell(
		'sleep 9 & sleep 9 & kill -STOP $!; sh -c "sleep 0 & exec sleep 5" & sleep 0.1; exec ps -o stat,wchan,args',
	);
	expect(stdout).toMatch(/^S +sleep +sleep 9$/m);
	expect(stdout).toMatch(/^T .*sleep 9/m);
	expect(stdout).toMatch(/^Z .*\[sleep\] <defunct>$/m);
	expect(stdout).toMatch(/^R[s ]+- +ps -o stat,wchan,args$/m);
});

test('yes dies of SIGPIPE once head has what it wants', () => {
	expect(runShell('{ yes; echo $? >&2; } | head -n 2')).toEqual({
		stdout: 'y\ny\n',
		stderr: '141\n',
		status: 0,
	});
});

test('a script with #! is run by its interpreter, with its option and arguments', () => {
	const files = {
		'/script': '#!/bin/sh -e\necho "$0 $1"\nfalse\necho never\n',
		'/list': '#! /bin/cat\n',
	};
	expect(runShell('chmod +x script list; ./script arg; echo $?; ./list', files).stdout).toBe(
		'./script arg\n1\n#! /bin/cat\n',
	);
	expect(runShell('echo "#!/nowhere" > s; chmod +x s; ./s', files)).toMatchObject({status: 127});
});

test('the shell prompts on a terminal, line by line, and ends at the end of input', () => {
	const type = (text: string, cycle: number) =>
		({cycle, input: {kind: 'type', data: new TextEncoder().encode(text)}}) as const;
	const session = createSession(
		toolSetup(['sh'], {}, true),
		[
			type('echo one\n', 1_000_000),
			type('for i in a b\n', 2_000_000),
			type('do echo $i; done\n', 3_000_000),
			type('if )\n', 4_000_000),
			type('sleep 0.2 &\n', 5_000_000),
			type('echo $?\n', 9_000_000),
			{cycle: 10_000_000, input: {kind: 'end-input'}},
		],
		{keepsHistory: true},
	);
	runUntil(session, 20_000_000);
	expect(printedOn(session, 1)).toBe('one\na\nb\n0\n');
	expect(printedOn(session, 2)).toBe(
		'$ $ > $ sh: 4: Syntax error: ")" unexpected\n$ $ [1] + Done                       sleep 0.2\n$ \n',
	);
	expect(statusOf(session)).toBe(0);
});

test('commands read what the shell has not read of its input', () => {
	expect(runTool(['sh'], {}, 'read x; cat\nfirst\nsecond\nthird\n').stdout).toBe('second\nthird\n');
});

test('a scenario may start a tool, which has no C file', () => {
	const result = loadDocument(
		's',
		{processes: [{program: '/bin/sh', args: ['-c', 'ls /bin | grep -c "^[ls]"']}]},
		{
			toolchain: toolchain(),
			readFile: () => undefined,
			displayName: path => path,
			machine: {},
			args: undefined,
			isTerminal: [false, false, false],
			recordsEvents: false,
		},
	);
	if (!result.ok) throw new Error('the scenario does not load');
	const session = createSession(result.scenario.setup, [], {keepsHistory: true});
	runUntil(session, 100_000_000);
	expect(printedOn(session, 1)).toBe('6\n');
	expect(session.machine.kernel.processes.get(session.machine.started[0]!)!.argv[0]).toBe('sh');
});

test('the tools take no number that a file or pipe of the scenario would have', () => {
	const without = createMachine({...toolSetup(['true']), programs: new Map(), processes: []});
	const having = createMachine({...toolSetup(['true']), processes: []});
	expect(having.kernel.nextObject).toBe(without.kernel.nextObject);
	const next = (machine: typeof having) => machine.kernel.hosts.get('alpha')!.fileSystem.nextInode;
	expect(next(having)).toBe(next(without));
});

test('a copy of a machine runs the tools as the machine itself does', () => {
	const machine = createMachine(toolSetup(['sh', '-c', 'seq 20 | sort -r | head -n 3']));
	advance(machine, 60_000);
	const copy = copyMachine(machine);
	for (const each of [machine, copy]) advance(each, 100_000_000);
	expect(hashMachine(copy)).toBe(hashMachine(machine));
	expect(takeOutput(copy)).toEqual(takeOutput(machine));
});

test('a session with tools can be taken back and gives the same again', () => {
	const session = createSession(
		toolSetup(['sh', '-c', 'echo a; seq 3 | tail -n 1; echo b | tr b c']),
		[],
		{keepsHistory: true},
	);
	for (const visit of ['first', 'second']) {
		runUntil(session, 100_000_000);
		expect([visit, printedOn(session, 1)]).toEqual([visit, 'a\n3\nc\n']);
		seek(session, Math.floor(cycleOf(session) / 2));
	}
});

test('the files of the tools are executable and can be removed, not written', () => {
	const {stdout, stderr} = runShell(
		'test -x /bin/ls && echo executable; echo x > /bin/ls; rm /bin/cat; cat /etc/hostname; mv /bin/ls /tmp/list; /tmp/list -d /tmp',
	);
	expect(stdout).toBe('executable\n/tmp\n');
	expect(stderr).toBe('sh: 1: cannot create /bin/ls: Text file busy\nsh: 1: cat: not found\n');
});

test('a full disk of errors: tools say what went wrong and fail', () => {
	expect(runShell('echo x > /dev/full')).toMatchObject({status: 2});
	expect(runShell('seq 3 > /dev/full')).toEqual({
		stdout: '',
		stderr: 'seq: write error: No space left on device\n',
		status: 1,
	});
	expect(runShell('cat /bin')).toMatchObject({stderr: 'cat: /bin: Is a directory\n', status: 1});
});
