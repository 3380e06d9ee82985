// What programs find in their environment.

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {run} from '../../source/commands/run.js';
import {callCommand} from '../commands/memory-host.js';

const folder = mkdtempSync(join(tmpdir(), 'environment-'));

afterAll(() => {
	rmSync(folder, {recursive: true});
});

const fileWith = (name: string, text: string): string => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};

test('a login has a user, a shell, a terminal and a home directory, as the list of users says', async () => {
	const path = fileWith(
		'login.c',
		`#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
int main(void)
{
	struct passwd *me = getpwuid(getuid());
	printf("%d%d%d%d ", strcmp(me->pw_name, getenv("USER")), strcmp(me->pw_name, getenv("LOGNAME")),
		strcmp(me->pw_dir, getenv("HOME")), strcmp(me->pw_shell, getenv("SHELL")));
	printf("%s %s %d %d\\n", getenv("TERM"), getenv("PWD"), access(getenv("SHELL"), X_OK), chdir(getenv("HOME")));
	return 0;
}`,
	);
	expect((await callCommand(run, [path])).stdout).toBe('0000 dumb / 0 0\n');
});

test("a scenario's variables are added, or replace those of the login", async () => {
	fileWith(
		'list.c',
		`#include <stdio.h>
extern char **environ;
int main(void)
{
	for (char **e = environ; *e; e++)
		puts(*e);
	return 0;
}`,
	);
	const path = fileWith(
		'scenario.yaml',
		'processes: [{program: list.c, environment: {HOME: /tmp, COLOUR: red}}]\n',
	);
	const lines = (await callCommand(run, [path])).stdout.split('\n');
	expect(lines.filter(line => line.startsWith('HOME='))).toEqual(['HOME=/tmp']);
	expect(lines).toContain('COLOUR=red');
	expect(lines).toContain('TERM=dumb');
});
