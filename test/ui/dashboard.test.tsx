import assert from 'node:assert/strict';
import {stripVTControlCharacters} from 'node:util';
import {afterEach, beforeAll, test, vi} from 'vitest';
import type {MachineSetup} from '../../source/machine/setup.js';
import {App} from '../../source/ui/app.js';
import {headLines} from '../../source/ui/components/head.js';
import {type Controller, createController} from '../../source/ui/controller.js';
import {createPlayback} from '../../source/ui/session/create-playback.js';
import type {DashboardScenario} from '../../source/ui/session/scenario.js';
import {keymap} from '../../source/ui/keymap.js';
import {keysOf} from '../../source/ui/keys.js';
import {paneNames} from '../../source/ui/layout.js';
import type {Playback} from '../../source/ui/playback.js';
import {themeFor} from '../../source/ui/theme.js';
import type {GuideStep} from '../../source/view-model/guide.js';
import type {Language} from '../../source/view-model/language.js';
import {lineText} from '../../source/view-model/styled-text.js';
import {displayWidth} from '../../source/view-model/text-width.js';
import {renderAt, type Rendered, type TerminalSize} from '../support/fake-stdout.js';
import {setupOf} from '../support/machine-setup.js';

const talk = `
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
	int fd[2];
	char buffer[64];
	int *shared = mmap(0, 4096, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pipe(fd);
	*shared = 42;
	if (fork() == 0) {
		close(fd[1]);
		int n;
		while ((n = read(fd[0], buffer, sizeof buffer)) > 0) {
			write(1, "got: ", 5);
			write(1, buffer, n);
		}
		_exit(0);
	}
	close(fd[0]);
	printf("parent has started\\n");
	fflush(stdout);
	for (;;) sleep(1000);
}
`;

let setup: MachineSetup;
beforeAll(() => {
	setup = setupOf({talk}, {quantum: 400});
});

type Dashboard = Rendered & {
	readonly controller: Controller;
	readonly playback: Playback;
	readonly press: (keys: string) => Promise<void>;
	readonly text: () => string;
	readonly quits: () => number;
	readonly redraws: () => number;
};

let open: Dashboard[] = [];
afterEach(() => {
	for (const dashboard of open) {
		dashboard.unmount();
		dashboard.playback.dispose();
	}
	open = [];
});

const scenario = (change: Partial<DashboardScenario> = {}): DashboardScenario => ({
	name: 'talk',
	title: {en: 'Talking', ko: '대화'},
	summary: 'A parent and a child.',
	setup,
	watch: ['*shared'],
	inputs: [],
	...change,
});

const start = async (
	size: TerminalSize,
	language: Language = 'en',
	isAscii = false,
	change: Partial<DashboardScenario> = {},
): Promise<Dashboard> => {
	const playback = createPlayback({
		scenario: scenario(change),
		language,
		startsPaused: true,
		presets: [
			{name: 'talk', title: 'Talking', summary: 'One'},
			{name: 'other', title: 'Another', summary: 'Two'},
		],
		load: name => (name === 'other' ? scenario({name: 'other'}) : {error: 'no such preset'}),
	});
	playback.seek(8000);
	let quits = 0;
	let redraws = 0;
	const controller = createController({
		playback,
		language,
		onQuit: () => quits++,
		onRedraw: () => redraws++,
		onSuspend: () => undefined,
	});
	const rendered = renderAt(
		<App
			controller={controller}
			playback={playback}
			theme={themeFor('mono', '256')}
			isAscii={isAscii}
			language={language}
		/>,
		size,
	);
	// Terminal modes are written apart from the pictures.
	const lines = (): readonly string[] =>
		stripVTControlCharacters(
			rendered.stdout.frames.findLast(frame => !frame.startsWith('\u001B[?')) ?? '',
		).split('\n');
	const dashboard: Dashboard = {
		...rendered,
		[Symbol.dispose]: rendered[Symbol.dispose],
		playback,
		controller,
		lines,
		text: () => lines().join('\n'),
		quits: () => quits,
		redraws: () => redraws,
		async press(keys) {
			const frames = rendered.stdout.frames.length;
			rendered.stdin.press(keys);
			// A key that changes nothing draws nothing; a lone Escape waits for what may follow it.
			await vi
				.waitFor(() => assert.ok(rendered.stdout.frames.length > frames), {
					timeout: 300,
					interval: 2,
				})
				.catch(() => undefined);
		},
	};
	open.push(dashboard);
	await vi.waitFor(() => assert.ok(rendered.stdin.isRaw));
	return dashboard;
};

const sizes: readonly TerminalSize[] = [
	{columns: 40, rows: 10},
	{columns: 60, rows: 18},
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
];

const checkPicture = (dashboard: Dashboard, {columns, rows}: TerminalSize, what: string): void => {
	const lines = dashboard.lines();
	assert.equal(lines.length, rows, `${what}: rows`);
	for (const [row, line] of lines.entries())
		assert.ok(
			displayWidth(line) <= columns,
			`${what}: row ${row} has ${displayWidth(line)} of ${columns} cells: ${line}`,
		);
	assert.match(lines[0]!, /talk|other/, `${what}: head`);
};

test.each(sizes)('every pane fits at $columns x $rows, framed and zoomed', async size => {
	for (const language of ['en', 'ko'] as const) {
		const dashboard = await start(size, language);
		for (const [index, pane] of paneNames.entries()) {
			await dashboard.press(String(index + 1));
			checkPicture(dashboard, size, `${pane} ${language}`);
			await dashboard.press('z');
			checkPicture(dashboard, size, `${pane} zoomed ${language}`);
			await dashboard.press('z');
		}
		for (const key of ['?', 'p']) {
			await dashboard.press(key);
			checkPicture(dashboard, size, `overlay ${key} ${language}`);
			await dashboard.press('\u001B');
		}
	}
});

test('the first picture at 80x24 shows processes, the pipe, the variable, the source and what was printed', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	const text = dashboard.text();
	assert.match(text, /talk {2}‖ paused/);
	assert.match(text, /CPU0 \[.*useful .*busy .*idle/);
	assert.match(text, /S blocked .* sleep /);
	assert.match(text, /S blocked .* pipe\.read pipe:\d+/);
	assert.match(text, /pipe:\d+ .* 0\/64K/);
	assert.match(text, /→ (?:read )?talk\(4\)(?::\d+)? blocked/);
	assert.match(text, /\*shared = 42/);
	assert.match(text, /Source talk\.c:\d+/);
	assert.match(text, /parent has started/);
	assert.match(text, /Space play .* \? help {2}q quit/);
});

test('a search for a moment that never comes says so, for every key that searches', async () => {
	const alone = setupOf({alone: 'int main(void) { return 0; }'});
	const dashboard = await start({columns: 80, rows: 24}, 'en', false, {setup: alone});
	dashboard.playback.seek(1e6);
	for (const key of ['}', 'e', 'm']) {
		await dashboard.press('?');
		await dashboard.press('q');
		await dashboard.press(key);
		assert.match(dashboard.lines().at(-1)!, /There is no such moment/, key);
	}
});

test('what is wrong with a typed line is said above it, until it is changed', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('2');
	await dashboard.press('w');
	await dashboard.press('x\\q');
	await dashboard.press('\r');
	assert.match(dashboard.text(), /\n Wrong escape at character 2\. *\n write to pipe:\d+: x\\q/);
	await dashboard.press('\u007F');
	assert.doesNotMatch(dashboard.text(), /Wrong escape/);
	assert.match(dashboard.lines().at(-1)!, /write to pipe:\d+: x\\/);
});

test('a message typed with w stands in the pipe and comes out of its reader', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('2');
	await dashboard.press('w');
	assert.match(dashboard.text(), /write to pipe:\d+: /);
	await dashboard.press('hello\\n');
	await dashboard.press('\r');
	assert.match(dashboard.text(), /"hello\\n"/);
	assert.match(dashboard.text(), /6 bytes written/);
	dashboard.playback.seek(8000);
	await vi.waitFor(() => assert.match(dashboard.text(), /got: hello/));
});

test('a value typed with w is stored in the variable', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('4');
	await dashboard.press('w');
	await dashboard.press('7\r');
	assert.match(dashboard.text(), /\*shared = 7/);
});

test('a wrong escape is refused and the line stays open', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('2w\\q\r');
	assert.match(dashboard.text(), /write to pipe:\d+: \\q/);
	await dashboard.press('\u001B');
	await vi.waitFor(() => assert.doesNotMatch(dashboard.text(), /write to/));
});

test('why, details and signals speak of the selected process', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('j');
	await dashboard.press('y');
	assert.match(
		dashboard.text(),
		/talk\(4\) waits in read\(\) on pipe:\d+: it is empty and talk\(3\)/,
	);
	await dashboard.press('\r');
	assert.match(dashboard.text(), /Process 4 talk[\s\S]*File descriptors[\s\S]*Accounting/);
	await dashboard.press('q');
	await dashboard.press('k');
	assert.match(dashboard.text(), /Send a signal to talk\(4\)[\s\S]*15 {2}SIGTERM/);
	await dashboard.press('\r');
	assert.match(dashboard.text(), /SIGTERM sent to talk\(4\)/);
	assert.equal(dashboard.quits(), 0);
});

test('a selected pipe marks the processes at its ends, and the other way round', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	assert.match(dashboard.text(), /▸pipe/);
	await dashboard.press('2');
	const rows = dashboard.lines().filter(line => /talk *┃|talk *│/.test(line));
	assert.ok(
		rows.some(line => /◂ +4/.test(line)),
		rows.join('\n'),
	);
});

test('the filter narrows while it is typed and Escape takes it back', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('\\');
	await dashboard.press('pipe.read');
	assert.match(dashboard.text(), /Processes 1 /);
	await dashboard.press('\u001B');
	await vi.waitFor(() => assert.match(dashboard.text(), /Processes 2 /));
});

test('the picker finds a preset and opens it', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('p');
	await dashboard.press('anoth');
	assert.match(dashboard.text(), /Presets 1 [\s\S]*▸other/);
	await dashboard.press('\r');
	assert.match(dashboard.lines()[0]!, /^other/);
});

test('a step moves the selected thread to its next statement, and back again', async () => {
	const dashboard = await start({columns: 120, rows: 40});
	await dashboard.press('\u001B[H');
	const before = dashboard.text();
	assert.match(before, /cycle 0 /);
	for (let step = 0; step < 3; step++) await dashboard.press('.');
	assert.match(dashboard.text(), /▶.*(pipe\(fd\)|mmap|shared|fork)/);
	await dashboard.press(',');
	assert.doesNotMatch(dashboard.text(), /cycle 0 /);
});

test('speed halves and doubles, and Backspace brings the usual one back', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	assert.match(dashboard.lines()[0]!, /20k\/s/);
	await dashboard.press(']]');
	assert.match(dashboard.text(), /80k/);
	await dashboard.press('[');
	assert.match(dashboard.text(), /40k/);
	await dashboard.press('\u007F');
	assert.match(dashboard.lines()[0]!, /20k\/s/);
});

test('while paused nothing is drawn', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('j');
	const count = dashboard.stdout.frames.length;
	await new Promise(resolve => {
		setTimeout(resolve, 250);
	});
	assert.equal(dashboard.stdout.frames.length, count);
});

test('in plain ASCII no other character is drawn', async () => {
	const dashboard = await start({columns: 80, rows: 24}, 'en', true);
	for (let pane = 1; pane <= 9; pane++) {
		await dashboard.press(String(pane));
		assert.doesNotMatch(dashboard.text(), /[^\n -~]/, dashboard.text());
	}
});

test('a screen that is too small says so and recovers', async () => {
	const dashboard = await start({columns: 30, rows: 8});
	assert.match(dashboard.text(), /needs 40x10/);
	dashboard.stdout.resize({columns: 80, rows: 24});
	await vi.waitFor(() => assert.match(dashboard.text(), /Processes 2/));
});

test('q, F10 and Ctrl-C quit, Ctrl-L redraws, Escape does not quit', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	for (const key of ['q', '\u001B[21~', '\u0003']) await dashboard.press(key);
	assert.equal(dashboard.quits(), 3);
	await dashboard.press('\u000C');
	assert.equal(dashboard.redraws(), 1);
	await dashboard.press('\u001B');
	assert.equal(dashboard.quits(), 3);
});

/** What a terminal sends for the keys of the table. */
const bytesOf: Readonly<Record<string, string>> = {
	Space: ' ',
	Enter: '\r',
	Tab: '\t',
	'Shift-Tab': '\u001B[Z',
	'Ctrl-Home': '\u001B[1;5H',
	'Ctrl-End': '\u001B[1;5F',
	Up: '\u001B[A',
	Down: '\u001B[B',
	Right: '\u001B[C',
	Left: '\u001B[D',
	Home: '\u001B[H',
	End: '\u001B[F',
	PageUp: '\u001B[5~',
	PageDown: '\u001B[6~',
	Backspace: '\u007F',
	F1: '\u001BOP',
	F3: '\u001BOR',
	F4: '\u001BOS',
	F5: '\u001B[15~',
	F6: '\u001B[17~',
	F9: '\u001B[20~',
	F10: '\u001B[21~',
	Escape: '\u001B',
};

test.each([
	{columns: 80, rows: 24},
	{columns: 120, rows: 40},
	{columns: 200, rows: 60},
])(
	'every key of the table does something that leaves a whole picture at $columns x $rows',
	async size => {
		const dashboard = await start(size);
		for (const [number, key] of keymap.flatMap(({keys}) => keys).entries()) {
			const bytes =
				bytesOf[key] ?? (/^Ctrl-/.test(key) ? String.fromCharCode(key.charCodeAt(5) - 64) : key);
			assert.deepEqual(keysOf(bytes), [key]);
			const pane = 1 + ((number * 7 + size.rows) % paneNames.length);
			dashboard.stdin.press(String(pane));
			dashboard.stdin.press(bytes);
			checkPicture(dashboard, size, `${key} in pane ${pane}`);
			// Pages and lines that have opened are closed again.
			dashboard.controller.handleInput('\u001B');
			dashboard.controller.handleInput('\u001B');
			dashboard.playback.setSpeed(20_000);
			if (dashboard.playback.snapshot().play === 'playing') dashboard.playback.togglePause();
		}
	},
);

test('two hundred random keys leave head and footer whole', async () => {
	const size = {columns: 80, rows: 24};
	const dashboard = await start(size);
	const keys = [
		'j',
		'\u001B[A',
		'\u001B[B',
		'\t',
		'\u001B[Z',
		'1',
		'3',
		'6',
		'9',
		'z',
		'?',
		'\u001B',
		'\r',
		't',
		'H',
		'K',
		'x',
		'P',
		'I',
		'>',
		'y',
		'e',
		'.',
		',',
		'/',
		'w',
		'ab',
		'\\',
		'\u007F',
		'n',
		'F',
		'\u001B[5~',
		'\u001B[6~',
		'k',
		'[',
		']',
	];
	let seed = 11;
	for (let count = 0; count < 200; count++) {
		seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
		dashboard.stdin.press(keys[(seed >>> 8) % keys.length]!);
		checkPicture(dashboard, size, `key ${count}`);
	}
});

/** A guide whose steps come one after the other, so many cycles apart, and all stop playback. */
const lesson = (steps: readonly GuideStep[], apart = 9000) => ({
	guide() {
		let next = 0;
		return {
			steps,
			look(session: {readonly machine: {readonly kernel: {readonly now: number}}}) {
				if (next >= steps.length || session.machine.kernel.now < apart * (next + 1))
					return undefined;
				return {steps: [steps[next++]!], pauses: true};
			},
			save: () => next,
			restore(saved: unknown) {
				next = saved as number;
			},
		};
	},
});

const question: GuideStep = {
	say: {en: 'The child sleeps in read().', ko: '자식은 read()에서 잡니다.'},
	ask: 'Who wakes it?',
	answer: 'Its parent.',
};

test('a step of the guide that stops playback brings its text to the screen, and Enter goes on', async () => {
	const dashboard = await start(
		{columns: 80, rows: 24},
		'en',
		false,
		lesson([question, {say: 'Now it is awake.'}]),
	);
	assert.doesNotMatch(dashboard.text(), /sleeps in read/);
	dashboard.playback.seek(8000);
	await vi.waitFor(() => assert.match(dashboard.text(), /Guide paused here: Enter goes on/));
	assert.match(dashboard.lines().at(-1)!, /^ Enter go on {2}a answer {2}g guide /);
	await dashboard.press('i');
	assert.match(dashboard.text(), /Process 3 talk/);
	await dashboard.press('\r');
	assert.equal(dashboard.playback.snapshot().isGuidePause, true, 'Enter has closed the page');
	dashboard.playback.setSpeed(1e6);
	await dashboard.press('\r');
	await vi.waitFor(() => assert.match(dashboard.text(), /Now it is awake/));
	await dashboard.press('.');
	assert.equal(dashboard.playback.snapshot().isGuidePause, false, 'the user has taken over');
	await dashboard.press('\r');
	assert.match(dashboard.text(), /Process 3 talk/, 'Enter is for details again');
});

test('the answer to the newest question is hidden until a asks for it, older ones are told', async () => {
	const dashboard = await start(
		{columns: 80, rows: 24},
		'en',
		false,
		lesson([
			question,
			{say: 'Now it is awake.'},
			{...question, ask: 'And then?', answer: 'Sleep.'},
		]),
	);
	await dashboard.press('a');
	assert.match(dashboard.text(), /asked nothing yet/);
	dashboard.playback.seek(8000);
	await vi.waitFor(() => assert.match(dashboard.text(), /\? Who wakes it\? {2}a: answer/));
	assert.doesNotMatch(dashboard.text(), /Its parent/);
	await dashboard.press('a');
	assert.match(dashboard.text(), /\? Who wakes it\? +│[\s\S]*= Its parent/);
	await dashboard.press('a');
	assert.doesNotMatch(dashboard.text(), /Its parent/);
	dashboard.playback.seek(10_000);
	await vi.waitFor(() => assert.match(dashboard.text(), /Now it is awake/));
	assert.doesNotMatch(dashboard.text(), /Its parent/);
	dashboard.playback.seek(10_000);
	await vi.waitFor(() => assert.match(dashboard.text(), /\? And then\? {2}a: answer/));
	await dashboard.press('1z');
	await dashboard.press('a');
	assert.match(dashboard.lines().at(-1)!, /= Sleep/, 'there is no room but the last line');
	await dashboard.press('9');
	assert.match(dashboard.text(), /= Its parent/);
	assert.doesNotMatch(dashboard.text(), /= Sleep/);
});

test('g hides the guide, which then stops nothing, and brings it back, also from zoom', async () => {
	const dashboard = await start(
		{columns: 80, rows: 24},
		'en',
		false,
		lesson([question, {say: 'Now it is awake.'}]),
	);
	const hasGuide = () => /9 Guide/.test(dashboard.text());
	assert.ok(hasGuide());
	await dashboard.press('g');
	assert.match(dashboard.lines().at(-1)!, /hidden and no longer stops playback/);
	assert.ok(!hasGuide());
	assert.ok(!dashboard.controller.state().ui.seen.includes('guide'), 'Tab passes it by');
	dashboard.playback.seek(8000);
	assert.equal(dashboard.playback.snapshot().isGuidePause, false);
	await dashboard.press('g');
	assert.match(dashboard.text(), /9 Guide[\s\S]*sleeps in read/, 'it has gone on meanwhile');
	assert.match(dashboard.text(), /┏━ 1 Processes/);
	await dashboard.press('5z');
	assert.ok(!hasGuide());
	await dashboard.press('g');
	assert.match(dashboard.text(), /┏━ 9 Guide[\s\S]*sleeps in read/);
	assert.doesNotMatch(dashboard.text(), /5 Source/);
	await dashboard.press('g');
	assert.match(dashboard.text(), /┏━ 5 Source/, 'what it had covered');
	assert.doesNotMatch(dashboard.text(), /1 Processes/);
	await dashboard.press('9');
	assert.equal(dashboard.playback.snapshot().isGuideHidden, false, 'its number brings it, too');
	await dashboard.press('g');
	assert.match(dashboard.text(), /┏━ 5 Source/);
	const silent = await start({columns: 80, rows: 24});
	await silent.press('g');
	assert.match(silent.text(), /has no guide/);
});

test('C compares the ways of communication without stopping the keys, and Enter opens what is chosen', async () => {
	const dashboard = await start({columns: 120, rows: 40});
	await dashboard.press('C');
	assert.match(dashboard.text(), /Ways of communication 0\/2/);
	await vi.waitFor(() => assert.match(dashboard.text(), /Ways of communication 2\/2/), 5000);
	// Nobody writes into the pipe here.
	assert.match(dashboard.text(), /Nobody received anything/);
	await dashboard.press('\u001B');
	await vi.waitFor(() => assert.match(dashboard.text(), /Processes 2/));
});

test('the table of ways has the open scenario first', async () => {
	const letters = setupOf({
		letters: `#include <unistd.h>
		int main(void) {
			int fd[2];
			char c;
			pipe(fd);
			if (fork() == 0) { while (read(fd[0], &c, 1) == 1) ; _exit(0); }
			usleep(500);
			write(fd[1], "a", 1);
			usleep(500);
			return 0;
		}`,
	});
	const dashboard = await start({columns: 80, rows: 24}, 'en', false, {
		name: 'letters',
		setup: letters,
		watch: [],
	});
	await dashboard.press('C');
	await vi.waitFor(() => assert.match(dashboard.text(), /▸letters +pipe +yes: pipe\.read/), 5000);
	assert.match(dashboard.text(), /WHO letters → letters +DIRECTION one-way/);
});

test('d draws who waits for whom', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('d');
	assert.match(dashboard.text(), /Who waits for whom/);
	assert.match(dashboard.text(), /talk\(4\) → talk\(3\) +pipe\.read pipe:\d+/);
	assert.match(dashboard.text(), /talk\(3\) → nobody: it ends by itself +sleep/);
	await dashboard.press('d');
	await vi.waitFor(() => assert.match(dashboard.text(), /Processes 2/));
});

test('a long answer takes several rows, until the next key', async () => {
	const dashboard = await start({columns: 60, rows: 24});
	await dashboard.press('j');
	await dashboard.press('y');
	const last = dashboard.lines().slice(-2).join(' ');
	assert.match(last, /talk\(4\) waits in read\(\) on pipe:\d+.* holds\s+the write end/);
	await dashboard.press('j');
	assert.match(dashboard.lines().at(-1)!, /\? help/);
});

test('Enter on something shared shows its bytes', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	await dashboard.press('4');
	await dashboard.press('\r');
	assert.match(dashboard.text(), /value +42/);
	assert.match(dashboard.text(), /000000 {2}2a 00 00 00/);
});

test('a click on the scrub bar of the Timeline goes to that moment', async () => {
	const dashboard = await start({columns: 120, rows: 40});
	await dashboard.press('6');
	const lines = dashboard.lines();
	const y = lines.findIndex(line => line.includes('8,000 of 8,000'));
	const x = lines[y]!.indexOf('●');
	const left = lines[y]!.indexOf('━');
	dashboard.controller.handleMouse([{kind: 'press', x: Math.round((left + x) / 2), y}]);
	const {now} = dashboard.playback.snapshot().history;
	assert.ok(now > 3500 && now < 4500, `at ${now}`);
	dashboard.controller.handleMouse([{kind: 'press', x, y}]);
	assert.equal(dashboard.playback.snapshot().history.now, 8000);
});

test('a datagram is asked for its sender', async () => {
	const box = setupOf({
		box: `#include <netinet/in.h>
		#include <stdio.h>
		#include <sys/socket.h>
		#include <unistd.h>
		int main(void) {
			char b[8];
			struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(5000)}, from;
			socklen_t size = sizeof from;
			int u = socket(AF_INET, SOCK_DGRAM, 0);
			bind(u, (struct sockaddr *)&own, sizeof own);
			int n = recvfrom(u, b, sizeof b, 0, (struct sockaddr *)&from, &size);
			printf("%.*s from port %d\\n", n, b, ntohs(from.sin_port));
			fflush(stdout);
			for (;;) sleep(1);
		}`,
	});
	const dashboard = await start({columns: 80, rows: 24}, 'en', false, {setup: box, watch: []});
	for (const keys of ['3', 'w', 'hey', '\r']) await dashboard.press(keys);
	assert.match(dashboard.lines().at(-1)!, /its sender/);
	for (const keys of ['10.0.0.9:4000', '\r']) await dashboard.press(keys);
	assert.match(dashboard.text(), /← 10\.0\.0\.9:4000: "hey": 3 bytes written/);
	dashboard.playback.seek(20_000);
	await vi.waitFor(() => assert.match(dashboard.text(), /hey from port 4000/));
});

test('neither the steps of a guide nor their answers move a pane', async () => {
	const long = {say: Array.from({length: 30}, () => 'It sleeps on.').join(' ')};
	for (const size of [
		{columns: 80, rows: 24},
		{columns: 120, rows: 40},
	]) {
		const dashboard = await start(size, 'en', false, lesson([question, long, {say: 'Over.'}]));
		const borders = () =>
			dashboard.lines().map(line => line.replaceAll(/[^╭╮╰╯┏┓┗┛]/g, ' ').trimEnd());
		const before = borders();
		dashboard.playback.seek(8000);
		await vi.waitFor(() => assert.match(dashboard.text(), /Who wakes it/));
		assert.deepEqual(borders(), before);
		await dashboard.press('a');
		assert.match(dashboard.text(), /Its parent/);
		assert.match(dashboard.lines().at(-1)!, / a hide /);
		assert.deepEqual(borders(), before);
		for (const text of [/It sleeps on/, /Over\./]) {
			dashboard.playback.seek(10_000);
			await vi.waitFor(() => assert.match(dashboard.text(), text));
			assert.deepEqual(borders(), before);
			assert.doesNotMatch(
				dashboard.lines().at(-1)!,
				/ a /,
				'an older question has its key beside it',
			);
		}
	}
});

test('on the smallest screen each stop of the guide says its step, and how to go on', async () => {
	const size = {columns: 40, rows: 10};
	const steps = [question, {say: Array.from({length: 30}, () => 'It sleeps on.').join(' ')}];
	const dashboard = await start(size, 'en', false, lesson(steps, 7000));
	const check = (text: RegExp) => {
		checkPicture(dashboard, size, String(text));
		assert.match(dashboard.text(), text);
		assert.match(dashboard.lines().at(-1)!, / Enter go on$/);
		assert.doesNotMatch(dashboard.text(), /……/);
		const rows = dashboard.lines();
		assert.ok(rows.some(row => row.startsWith('┏')) && rows.some(row => row.startsWith('┗')));
	};
	await vi.waitFor(() => check(/The child sleeps in read/));
	dashboard.playback.seek(8000);
	await vi.waitFor(() => check(/It sleeps on[\s\S]*… {2,}Enter go on/));
});

test('a message goes when time goes on or ends without a key', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	dashboard.playback.setSpeed(1000);
	await dashboard.press(' ');
	await dashboard.press('y');
	assert.match(dashboard.lines().at(-1)!, /talk\(3\)/);
	dashboard.playback.togglePause();
	await vi.waitFor(() => assert.match(dashboard.lines().at(-1)!, /Space play/));
});

test('w is offered where there is something to write to', async () => {
	const program = `#include <sys/msg.h>
		#include <unistd.h>
		int main(void) { msgget(IPC_PRIVATE, IPC_CREAT | 0600); for (;;) pause(); }`;
	const queue = await start({columns: 80, rows: 24}, 'en', false, {
		setup: setupOf({queue: program}),
		watch: [],
	});
	await queue.press('4');
	assert.match(queue.text(), /msg:0/);
	assert.doesNotMatch(queue.lines().at(-1)!, /w write/);
	await queue.press('w');
	assert.match(queue.text(), /That can’t be written from here/);
	const talking = await start({columns: 80, rows: 24});
	assert.match(talking.lines().at(-1)!, /w write/);
});

test('the head counts the kernel’s threads while they are shown', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	assert.match(dashboard.lines()[0]!, /0 ready +2 blocked/);
	await dashboard.press('K');
	assert.match(dashboard.lines()[0]!, /0 ready +4 blocked/);
});

test('a table whose processes have all ended and are hidden says so', async () => {
	const setup = setupOf({done: 'int main(void) { return 0; }'});
	const dashboard = await start({columns: 80, rows: 24}, 'en', false, {setup, watch: []});
	await dashboard.press('k');
	assert.match(dashboard.text(), /done\(3\) has ended\./);
	await dashboard.press('x');
	assert.match(dashboard.text(), /All processes have ended; x shows them/);
});

test('the first line says the same things whatever its figures, and the counts in the past, too', async () => {
	const dashboard = await start({columns: 80, rows: 24});
	const snapshot = dashboard.playback.snapshot();
	const {observed, history} = snapshot;
	const lineAt = (columns: number, now: number, zombies: number, horizon = now): string => {
		const {kernel} = observed;
		const figures = {...kernel, now, census: {...kernel.census, zombies}};
		const [line] = headLines({
			snapshot: {
				...snapshot,
				observed: {...observed, kernel: figures},
				history: {...history, now, horizon},
			},
			hasKernelThreads: false,
			columns,
			rows: 2,
			isAscii: false,
			language: 'en',
		});
		return lineText(line!);
	};
	const shape = (text: string): string =>
		text.replaceAll(/\d[\d,.]*/g, '#').replace(/ +# zombie/, '');
	for (let columns = 58; columns <= 170; columns++) {
		const usual = shape(lineAt(columns, 437, 0));
		assert.equal(shape(lineAt(columns, 539_437, 1)), usual, `${columns} columns`);
		const past = lineAt(columns, 437, 0, 5439);
		if (past.includes('time')) assert.match(past, /past of 5,439 .*blocked/);
		assert.ok(past.length <= columns, past);
	}
	assert.match(lineAt(80, 437, 0, 5439), /437 {2}past of 5,439 {2}0 run/);
});
