// The dashboard in a real pseudo-terminal: what it does to the terminal, and that it gives it back on every way out.

import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {afterAll, beforeAll, test, vi} from 'vitest';
import {ipctop, openTerminal, type Terminal, type TerminalModes} from '../support/terminal.js';

const program = `
#include <unistd.h>
int main(void) {
	int fd[2];
	char buffer[64];
	pipe(fd);
	if (fork() == 0) {
		int n;
		close(fd[1]);
		while ((n = read(fd[0], buffer, sizeof buffer)) > 0) {
			write(1, "got ", 4);
			write(1, buffer, n);
		}
		_exit(0);
	}
	close(fd[0]);
	for (volatile int i = 0;;) i = i + 1;
}
`;

let folder: string;
let file: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'ipctop-'));
	file = join(folder, 'talk.c');
	writeFileSync(file, program);
});
afterAll(() => rmSync(folder, {recursive: true}));

const restored: TerminalModes = {
	isAlternateScreen: false,
	isCursorHidden: false,
	isBracketedPaste: false,
	mouseTracking: 'none',
};

const opened = async (
	size: {readonly columns?: number; readonly rows?: number} = {},
): Promise<Terminal> => {
	const terminal = openTerminal(ipctop(file), size);
	await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard');
	return terminal;
};

test('it takes the alternate screen while it runs, and q gives everything back', async () => {
	await using terminal = await opened();
	assert.match(terminal.screen()[0]!, /talk {2}▶ playing/);
	const {isAlternateScreen, isCursorHidden} = terminal.modes();
	assert.deepEqual([isAlternateScreen, isCursorHidden], [true, true]);
	terminal.press('q');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 0});
	assert.deepEqual(terminal.modes(), restored);
});

test.each([
	['Ctrl-C', (terminal: Terminal) => terminal.press('Ctrl-C'), 0],
	['SIGTERM', (terminal: Terminal) => terminal.signal('SIGTERM'), 143],
	['SIGHUP', (terminal: Terminal) => terminal.signal('SIGHUP'), 129],
	['SIGINT', (terminal: Terminal) => terminal.signal('SIGINT'), 130],
	['SIGQUIT', (terminal: Terminal) => terminal.signal('SIGQUIT'), 131],
] as const)('%s gives the terminal back', async (_name, end, status) => {
	await using terminal = await opened();
	end(terminal);
	assert.equal((await terminal.exit()).status, status);
	assert.deepEqual(terminal.modes(), restored);
});

test('a message typed with w is seen in the pipe and then in the reader’s output', async () => {
	await using terminal = await opened({columns: 120, rows: 40});
	terminal.press('Space');
	await terminal.waitFor('‖ paused', 'the pause');
	terminal.press('2', 'w', 'hello there\\n');
	await terminal.waitFor(/write to pipe:\d+: hello there/, 'the typed text');
	terminal.press('Enter');
	await terminal.waitFor('"hello there\\n"', 'the message in the pipe');
	terminal.press('Space');
	await terminal.waitFor('got hello there', 'the message in the output');
});

test('it follows a storm of resizes and says when there is too little room', async () => {
	await using terminal = await opened({columns: 120, rows: 40});
	for (let step = 0; step < 40; step++)
		terminal.resize(40 + ((step * 37) % 160), 10 + ((step * 13) % 50));
	terminal.resize(30, 8);
	await terminal.waitFor('needs 40x10', 'the complaint');
	terminal.resize(100, 30);
	const lines = await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard at its new size');
	assert.match(lines[0]!, /^talk/);
	assert.match(lines[29]!, /q quit$/);
});

test('two hundred seeded keys and a storm of resizes leave head, footer and terminal whole', async () => {
	await using terminal = await opened({columns: 120, rows: 40});
	const keys = [
		...'123456789jgGtHKxPNTI<>yYeE.,}{mMbBWwszn?lF[]p ab'.split(''),
		...['Up', 'Down', 'Left', 'Right', 'Tab', 'Shift-Tab', 'Enter', 'Escape', 'Home', 'End'],
		...['PageUp', 'PageDown', 'F1', 'F5', 'F9', 'Backspace', 'Ctrl-L'],
	].filter(key => key !== 's'); // Writes a file into the working directory.
	let seed = 42;
	const random = (limit: number): number => {
		seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
		return (seed >>> 8) % limit;
	};
	for (let count = 0; count < 200; count++) {
		terminal.press(keys[random(keys.length)]!);
		if (count % 10 === 0) terminal.resize(40 + random(160), 10 + random(50));
		if (count % 25 === 0)
			await new Promise(resolve => {
				setTimeout(resolve, 20);
			});
	}
	terminal.resize(100, 30);
	// A lone Escape waits for what may follow it.
	for (let count = 0; count < 3; count++) {
		await new Promise(resolve => {
			setTimeout(resolve, 150);
		});
		terminal.press('Escape');
	}
	// Another preset may have been opened; the head has its name.
	await terminal.waitFor(
		lines => /^[\w-]+ {2}\S/.test(lines[0]!) && /q quit$/.test(lines[29]!),
		'head and footer',
	);
	terminal.press('q');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 0});
	assert.deepEqual(terminal.modes(), restored);
});

test('the mouse is off unless it is asked for, works then, and is given back', async () => {
	await using silent = await opened();
	assert.equal(silent.modes().mouseTracking, 'none');
	await using terminal = openTerminal(ipctop(file, '--mouse', '--theme', 'mono'));
	await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard');
	assert.equal(terminal.modes().mouseTracking, 'vt200');
	terminal.press('\u001B[<0;60;12M');
	await terminal.waitFor(/┏━ 5 Source/, 'the pane that was clicked');
	terminal.press('q');
	await terminal.exit();
	assert.deepEqual(terminal.modes(), restored);
});

test('as plain text the same keys say in lines what they bring about', async () => {
	await using terminal = openTerminal(ipctop(file, '--plain'), {rows: 60});
	await terminal.waitFor(/Space plays[\s\S]*/, 'the beginning');
	terminal.press('.', '.', '.');
	await terminal.waitFor(/talk\(3\) talk\.c:\d+/, 'where the step has led');
	assert.equal(terminal.modes().isAlternateScreen, false);
	assert.doesNotMatch(terminal.output(), /\u001B\[\d*;?\d*[HJK]/, 'the cursor never moves');
	terminal.press('q');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 0});
});

test('nothing is written while it is paused', async () => {
	await using terminal = await opened();
	terminal.press('Space');
	await terminal.waitFor('‖ paused', 'the pause');
	await new Promise(resolve => {
		setTimeout(resolve, 300);
	});
	const bytes = terminal.bytesWritten();
	await new Promise(resolve => {
		setTimeout(resolve, 600);
	});
	assert.equal(terminal.bytesWritten(), bytes);
});

test('a reader that stalls costs pictures only: keys and the newest picture come when it reads again', async () => {
	await using terminal = await opened();
	terminal.stall();
	terminal.press('3', '?');
	await new Promise(resolve => {
		setTimeout(resolve, 1500);
	});
	terminal.unstall();
	await terminal.waitFor('Help — keys', 'the help page');
	terminal.press('Escape');
	await terminal.waitFor(/Sockets 0[\s\S]*q quit/, 'the pane that was chosen');
});

test('Ctrl-Z leaves the terminal to the shell, and a continued dashboard draws itself again', async () => {
	await using terminal = openTerminal(['bash', '--norc', '-i'], {env: {PS1: 'ready> '}});
	await terminal.waitFor('ready>', 'the shell');
	terminal.press(`${ipctop(file).join(' ')}\r`);
	await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard');
	terminal.press('Ctrl-Z');
	await terminal.waitFor('Stopped', 'the shell to report the stop');
	assert.deepEqual({...terminal.modes(), isBracketedPaste: false}, restored);
	terminal.press('fg\r');
	await vi.waitFor(() => assert.equal(terminal.modes().isAlternateScreen, true), {timeout: 10_000});
	await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard again');
	terminal.press('q');
	await terminal.waitFor(/ready>\s*$/, 'the shell');
});

test('without a shell to go back to Ctrl-Z does nothing; keys come from the terminal where standard input is a file', async () => {
	const command = ipctop(file).map(word => `'${word}'`);
	await using terminal = openTerminal([
		'sh',
		'-c',
		`stty rows 0 cols 0; exec ${command.join(' ')} </dev/null`,
	]);
	await terminal.waitFor(/Processes 2[\s\S]*q quit/, 'the dashboard, 80x24 where no size is known');
	terminal.press('Ctrl-Z');
	await vi.waitFor(() => assert.match(terminal.output(), /1049l[\s\S]*1049h/), {timeout: 10_000});
	terminal.press('?');
	await terminal.waitFor('Help — keys', 'the answer to a key');
	terminal.press('F10');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 0});
	assert.deepEqual(terminal.modes(), restored);
});

test.each([
	['timer', () => undefined],
	['key', (terminal: Terminal) => terminal.press('p', 'Enter')],
] as const)(
	'a crash in a %s gives the terminal back, prints the error and ends with status 1',
	async (where, provoke) => {
		await using terminal = openTerminal([
			process.execPath,
			'--import',
			'tsx',
			join(import.meta.dirname, 'crash-fixture.ts'),
			where,
		]);
		await terminal.waitFor(/Processes 1[\s\S]*q quit|failed/, 'the dashboard');
		provoke(terminal);
		assert.deepEqual(await terminal.exit(), {status: 1, signal: 0});
		assert.match(terminal.screen().join('\n'), new RegExp(`failed: broken in a ${where}`));
		assert.deepEqual(terminal.modes(), restored);
	},
);
