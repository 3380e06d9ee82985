import assert from 'node:assert/strict';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {test, vi} from 'vitest';
import {openTerminal} from './terminal.js';

const node = (script: string): readonly [string, ...string[]] => [process.execPath, '-e', script];

test('what a command echoes appears on the screen, and its end is told', async () => {
	await using terminal = openTerminal(['cat']);
	terminal.press('hello', 'Enter');
	const lines = await terminal.waitFor(
		screen => screen.filter(line => line === 'hello').length === 2,
		'the typed line and its echo',
	);
	assert.equal(lines.length, 24);
	terminal.press('Ctrl-D');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 0});
	assert.match(terminal.output(), /hello\r\nhello\r\n/);
	assert.equal(terminal.bytesWritten(), Buffer.byteLength(terminal.output()));
});

test('the exit status and the last output arrive together', async () => {
	await using terminal = openTerminal(
		node(`process.stdout.write('x'.repeat(50_000) + '\\nlast line', () => process.exit(7))`),
	);
	assert.deepEqual(await terminal.exit(), {status: 7, signal: 0});
	assert.ok(terminal.screen().includes('last line'));
});

test('the command sees the size asked for and follows a resize', async () => {
	const report = 'console.log(process.stdout.columns + "x" + process.stdout.rows)';
	await using terminal = openTerminal(
		node(`${report}; process.stdout.on('resize', () => ${report}); setInterval(() => {}, 1e6)`),
		{columns: 120, rows: 40},
	);
	await terminal.waitFor('120x40', 'the first size');
	terminal.resize(80, 24);
	await terminal.waitFor('80x24', 'the size after the resize');
	assert.equal(terminal.screen().length, 24);
});

test('the environment of the command shows neither CI nor the test runner', async () => {
	await using terminal = openTerminal(
		node(
			`console.log(['CI' in process.env, 'VITEST' in process.env, process.env.TERM, process.env.EXTRA, process.stdout.isTTY].join())`,
		),
		{env: {EXTRA: 'yes', HOME: undefined}},
	);
	await terminal.exit();
	assert.equal(terminal.screen()[0], 'false,false,xterm-256color,yes,true');
});

test('modes tell what a command left switched on', async () => {
	await using terminal = openTerminal(
		node(
			`process.stdout.write('\\x1b[?1049h\\x1b[?25l\\x1b[?2004h\\x1b[?1003hup'); process.stdin.once('data', () => process.stdout.write('\\x1b[?1049l\\x1b[?25h\\x1b[?2004l\\x1b[?1003l', () => process.exit()))`,
		),
	);
	await terminal.waitFor('up', 'the modes to be set');
	assert.deepEqual(terminal.modes(), {
		isAlternateScreen: true,
		isCursorHidden: true,
		isBracketedPaste: true,
		mouseTracking: 'any',
	});
	terminal.press('Enter');
	await terminal.exit();
	assert.deepEqual(terminal.modes(), {
		isAlternateScreen: false,
		isCursorHidden: false,
		isBracketedPaste: false,
		mouseTracking: 'none',
	});
});

test('a wait in vain fails and shows the screen', async () => {
	await using terminal = openTerminal(['cat'], {limit: 300});
	terminal.press('something', 'Enter');
	await assert.rejects(
		terminal.waitFor('nothing', 'what never comes'),
		/waited 300 ms in vain for what never comes\nscreen 80x24:[\s\S]*something/,
	);
});

test('a wait fails at once when the command ends first', async () => {
	await using terminal = openTerminal(node('process.exit(3)'));
	await assert.rejects(
		terminal.waitFor('never', 'a text'),
		/the command ended \(status 3, signal 0\) before a text/,
	);
});

test('a signal ends the command and is reported', async () => {
	await using terminal = openTerminal(['cat']);
	terminal.press('a', 'Enter');
	await terminal.waitFor('a', 'the echo');
	terminal.signal('SIGTERM');
	assert.deepEqual(await terminal.exit(), {status: 0, signal: 15});
});

test('a stalled terminal reads nothing until it is let go', async () => {
	const folder = mkdtempSync(join(tmpdir(), 'ipctop-'));
	const written = join(folder, 'written');
	await using terminal = openTerminal(
		node(
			`process.stdin.on('data', () => { process.stdout.write('answer'); require('fs').writeFileSync(process.env.WRITTEN, '') })`,
		),
		{env: {WRITTEN: written}},
	);
	terminal.stall();
	terminal.press('1', 'Enter');
	await vi.waitFor(() => assert.ok(existsSync(written)), {timeout: 10_000});
	rmSync(folder, {recursive: true});
	assert.equal(terminal.bytesWritten(), 0);
	terminal.unstall();
	await terminal.waitFor('answer', 'the answer that stood in the way');
});

test('wide and joined characters take the cells that a grapheme-aware terminal gives them', async () => {
	await using terminal = openTerminal(node(`process.stdout.write('한국|👩‍👩‍👧|\\n')`));
	await terminal.exit();
	const line = terminal.emulator.buffer.active.getLine(0)!;
	assert.equal(line.getCell(4)?.getChars(), '|');
	assert.equal(line.getCell(7)?.getChars(), '|');
});
