import assert from 'node:assert/strict';
import {test, vi} from 'vitest';
import {
	commandOf,
	footerEntries,
	helpGroups,
	keymap,
	keysAsMarkdown,
} from '../../source/ui/keymap.js';
import {keysOf} from '../../source/ui/keys.js';
import {initialState, reduce, type Surroundings, type UiState} from '../../source/ui/state.js';
import {
	colourDepth,
	drawsAscii,
	isAsciiOnly,
	paint,
	themeFor,
	themeNames,
} from '../../source/ui/theme.js';

test('no key has two meanings, and every binding is explained', () => {
	for (const whileWaiting of [undefined, true] as const) {
		const keys = keymap
			.filter(binding => binding.whileWaiting === whileWaiting)
			.flatMap(binding => binding.keys);
		assert.equal(new Set(keys).size, keys.length);
	}
	const explained = helpGroups('en').flatMap(({entries}) => entries).length;
	assert.equal(explained, keymap.filter(({help}) => help !== 'with-previous').length);
	for (const key of [
		'Space',
		'.',
		',',
		'[',
		']',
		'Tab',
		'Shift-Tab',
		'1',
		'9',
		'w',
		'k',
		'?',
		'q',
		'Ctrl-L',
		'z',
		'F1',
		'F10',
		'Ctrl-C',
	])
		assert.ok(commandOf(key), key);
	assert.equal(keysAsMarkdown('en').split('\n').length, explained + 2);
});

test('the footer names the most needed keys first to stay', () => {
	const entries = footerEntries('en', {play: 'playing'});
	assert.deepEqual(
		entries.filter(({rank}) => rank === 0).map(({key}) => key),
		['?', 'q'],
	);
	assert.equal(
		footerEntries('en', {play: 'paused'}).find(({key}) => key === 'Space')!.word,
		'play',
	);
	assert.equal(footerEntries('ko', {play: 'playing'}).length, entries.length);
});

test('the footer says what Enter does, and what the guide’s keys do where there is one', () => {
	const words = (state: Parameters<typeof footerEntries>[1]): readonly string[] =>
		footerEntries('en', state).map(({key, word}) => `${key} ${word}`);
	const waiting = words({play: 'waiting', hasGuide: true, hasQuestion: true});
	for (const entry of ['Enter go on', 'a answer', 'g guide', 'i details'])
		assert.ok(waiting.includes(entry), entry);
	assert.ok(!waiting.some(entry => entry.startsWith('Space')));
	const paused = words({play: 'paused'});
	assert.ok(paused.includes('Space play') && paused.includes('Enter details'));
	assert.ok(!paused.some(entry => /guide|answer|go on/.test(entry)));
	assert.ok(words({play: 'ended', hasGuide: true}).includes('R again'));
	assert.deepEqual(words({play: 'covered', hasGuide: true}), ['Esc close']);
	assert.equal(commandOf('Enter'), 'details');
	assert.equal(commandOf('Enter', true), 'goOn');
	assert.equal(commandOf('i', true), 'details');
});

test('terminals’ sequences are keys by name, fast typing is taken apart', () => {
	assert.deepEqual(keysOf('jjj'), ['j', 'j', 'j']);
	assert.deepEqual(keysOf('\u001B[A\u001BOP\u001B[21~\u001B[Z\t\r \u007F\f\u0003'), [
		'Up',
		'F1',
		'F10',
		'Shift-Tab',
		'Tab',
		'Enter',
		'Space',
		'Backspace',
		'Ctrl-L',
		'Ctrl-C',
	]);
	assert.deepEqual(
		keysOf('\u001B[1;5H\u001B[1;5F\u001B[7^\u001B[8^\u001B[1~\u001B[4~\u001B[7~\u001BOH\u001B[7$'),
		['Ctrl-Home', 'Ctrl-End', 'Ctrl-Home', 'Ctrl-End', 'Home', 'End', 'Home', 'Home'],
		'xterm, rxvt, and the Linux console, which does not tell Ctrl-Home from Home',
	);
	assert.deepEqual(keysOf('\u001B'), ['Escape']);
	assert.deepEqual(keysOf('한a'), ['한', 'a']);
	assert.deepEqual(
		keysOf('\u001B[<0;10;10M\u001B[?1;2c'),
		[],
		'mouse reports and replies are no keys',
	);
});

const around: Surroundings = {
	keys: ['a', 'b', 'c'],
	rows: 0,
	height: 2,
	top: 0,
	panes: ['processes', 'pipes', 'source'],
};

const press = (state: UiState, ...keys: readonly string[]): UiState =>
	keys.reduce(
		(next, key) => reduce(next, {type: 'command', command: commandOf(key)!, key, around}),
		state,
	);

test('the selection moves by rows and pages and stops at the ends', () => {
	assert.equal(press(initialState, 'Down').selected.processes, 'b');
	assert.equal(press(initialState, 'Down', 'j', 'Down').selected.processes, 'c');
	assert.equal(press(initialState, 'G', 'Up').selected.processes, 'b');
	assert.equal(press(initialState, 'G', 'Ctrl-Home').selected.processes, 'a');
	assert.equal(press(initialState, 'PageDown', 'PageDown').selected.processes, 'c');
});

test('Tab goes round the panes, numbers go straight, Escape undoes zoom and filter', () => {
	assert.equal(press(initialState, 'Tab').focused, 'pipes');
	assert.equal(press(initialState, 'Shift-Tab').focused, 'source');
	assert.equal(press(initialState, 'Tab', 'Tab', 'Tab').focused, 'processes');
	assert.equal(press(initialState, '8').focused, 'console');
	assert.equal(press(initialState, 'z').isZoomed, true);
	assert.equal(press(initialState, 'z', 'Escape').isZoomed, false);
	const filtered = reduce(initialState, {type: 'filter', text: 'x'});
	assert.equal(press(filtered, 'Escape').table.filter, '');
});

test('the table’s options follow their keys', () => {
	assert.equal(press(initialState, '>').table.sort, 'ppid');
	assert.equal(press(initialState, '<').table.sort, 'command');
	const narrow: Surroundings = {...around, columns: () => ['pid', 'state', 'cpu', 'command']};
	const sorted = (state: UiState, key: string): UiState =>
		reduce(state, {type: 'command', command: commandOf(key)!, key, around: narrow});
	assert.equal(sorted(initialState, '>').table.sort, 'state', 'PPID is not on the screen');
	assert.equal(sorted(sorted(initialState, 'T'), '<').table.sort, 'command');
	assert.equal(press(initialState, 'P').table.sort, 'cpu');
	assert.equal(press(initialState, 'T', 'N').table.sort, 'pid');
	const {table} = press(initialState, 'I', 't', 'H', 'K', 'x');
	assert.deepEqual(
		[table.isReversed, table.isTree, table.showThreads, table.showKernelThreads, table.showEnded],
		[true, true, false, true, false],
	);
});

test('panes of text scroll, logs from their end', () => {
	const text: Surroundings = {...around, keys: [], rows: 50, height: 10};
	const scroll = (state: UiState, key: string): UiState =>
		reduce(state, {type: 'command', command: commandOf(key)!, key, around: text});
	const log = reduce(initialState, {type: 'focus', pane: 'console'});
	assert.equal(scroll(log, 'Up').scroll.console, 1);
	assert.equal(scroll(scroll(log, 'Up'), 'Down').scroll.console, undefined);
	assert.equal(scroll(log, 'Ctrl-Home').scroll.console, 40);
	const source = reduce(initialState, {type: 'focus', pane: 'source'});
	assert.equal(scroll(source, 'G').scroll.source, 40);
	const lower = reduce(source, {
		type: 'command',
		command: 'down',
		key: 'j',
		around: {...text, top: 12},
	});
	assert.equal(lower.scroll.source, 13, 'scrolling begins where the pane follows to');
	assert.equal(press(lower, 'Escape').scroll.source, undefined);
	const help = press(initialState, '?');
	assert.deepEqual(scroll(help, 'PageDown').overlay, {kind: 'help', top: 9});
});

test('an input line is edited as in a shell and remembers', () => {
	const begin = (state: UiState): UiState =>
		reduce(state, {
			type: 'begin-input',
			purpose: {kind: 'write', targets: [{channel: 'pipe:7'}], index: 0},
		});
	const type = (state: UiState, ...keys: readonly string[]): UiState =>
		keys.reduce((next, key) => reduce(next, {type: 'edit', key}), state);
	const typed = type(
		begin(initialState),
		'a',
		'b',
		'Space',
		'c',
		'Left',
		'Backspace',
		'Home',
		'한',
	);
	assert.deepEqual([typed.input!.text, typed.input!.cursor], ['한abc', 1]);
	assert.equal(type(begin(initialState), 'a', 'Space', 'b', 'Ctrl-W').input!.text, 'a ');
	assert.equal(type(begin(initialState), 'a', 'b', 'Left', 'Ctrl-K').input!.text, 'a');
	assert.equal(type(begin(initialState), 'a', 'b', 'Ctrl-U').input!.text, '');
	const sent = reduce(typed, {type: 'end-input', remember: 'old'});
	const recalled = type(begin(sent), 'n', 'Up');
	assert.equal(recalled.input!.text, 'old');
	assert.equal(type(recalled, 'Down').input!.text, 'n');
	const pasted = reduce(begin(initialState), {type: 'paste', text: 'one\r\ntwo\u001B'});
	assert.equal(pasted.input!.text, 'one\\ntwo');
});

test('a message is gone with the next key, in lists that are open over the panes and in typed lines too', () => {
	const said = reduce(
		{...initialState, overlay: {kind: 'picker', query: '', index: 0}},
		{type: 'message', message: {text: 'a step of the guide', tone: 'accent'}},
	);
	assert.equal(reduce(said, {type: 'pick', index: 1}).message, undefined);
	assert.equal(reduce(said, {type: 'close'}).message, undefined);
	const begun = reduce(said, {type: 'begin-input', purpose: {kind: 'type'}});
	const typing = {...begun, message: said.message};
	assert.equal(reduce(typing, {type: 'edit', key: 'a'}).message, undefined);
	assert.equal(reduce(typing, {type: 'end-input'}).message, undefined);
});

test('colours follow the terminal, NO_COLOR and the flag', () => {
	assert.equal(colourDepth({TERM: 'xterm-256color'}), '256');
	assert.equal(colourDepth({TERM: 'xterm'}), '16');
	assert.equal(colourDepth({TERM: 'xterm-256color', NO_COLOR: '1'}), 'none');
	assert.equal(colourDepth({TERM: 'xterm-256color', NO_COLOR: '1'}, 'always'), '256');
	assert.equal(colourDepth({TERM: 'xterm'}, 'never'), 'none');
	assert.equal(colourDepth({TERM: 'screen', COLORTERM: 'truecolor'}), 'true');
	assert.equal(colourDepth({TERM: 'xterm-kitty'}), 'true');
	assert.equal(colourDepth({TERM: 'vt100'}), 'none');
	assert.equal(colourDepth({}), '16');
	assert.deepEqual(
		[
			isAsciiOnly({LANG: 'C'}),
			isAsciiOnly({LANG: 'ko_KR.UTF-8'}),
			isAsciiOnly({LANG: 'en_US.UTF-8', LC_ALL: 'C'}),
		],
		[true, false, true],
	);
});

test('no theme asks for more colours than the terminal has', () => {
	const beyond = {none: /3\d|9\d|4\d/, '16': /38;/, '256': /38;2/, true: /^$(?!)/} as const;
	for (const name of themeNames)
		for (const depth of ['none', '16', '256', 'true'] as const)
			for (const [tone, codes] of Object.entries(themeFor(name, depth)))
				assert.doesNotMatch(codes, beyond[depth], `${name} ${depth} ${tone}`);
	assert.equal(themeFor('colour-blind', 'true').busy, '38;2;230;159;0');
});

test('Korean that was chosen is drawn with all its letters, whatever the locale', () => {
	vi.stubEnv('LC_ALL', 'C');
	assert.deepEqual(
		[
			drawsAscii({language: 'en'}),
			drawsAscii({language: 'ko'}),
			drawsAscii({language: 'en', isAscii: true}),
		],
		[true, false, true],
	);
	vi.unstubAllEnvs();
});

test('without colours no colour is sent, whatever the theme', () => {
	const tones = Object.keys(themeFor('default', '256')) as (keyof ReturnType<typeof themeFor>)[];
	for (const name of themeNames) {
		const theme = themeFor(name, 'none');
		for (const tone of tones) assert.doesNotMatch(theme[tone], /3\d|9\d|4\d/, `${name} ${tone}`);
	}
	assert.equal(
		paint(
			[
				{text: 'x', tone: 'busy'},
				{text: 'y', tone: 'plain'},
			],
			themeFor('mono', '256'),
		),
		'\u001B[1mx\u001B[0my',
	);
});
