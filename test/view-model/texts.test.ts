import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import {test} from 'vitest';
import {meter, splitBar} from '../../source/view-model/bars.js';
import {highlightC, opensComment} from '../../source/view-model/c-highlight.js';
import {consoleLines} from '../../source/view-model/console.js';
import {
	escapeBytes,
	escapeControls,
	hexDump,
	parseEscapes,
	printableText,
	quoteBytes,
} from '../../source/view-model/escape.js';
import {localize, say} from '../../source/view-model/language.js';
import {firstVisible} from '../../source/view-model/scroll.js';
import {signalNumber} from '../../source/view-model/signal-names.js';
import {strings} from '../../source/view-model/strings.js';
import {fitLine, lineText, lineWidth, span, wrapLine} from '../../source/view-model/styled-text.js';
import {
	displayWidth,
	fitText,
	simpleWidth,
	simplify,
	truncate,
} from '../../source/view-model/text-width.js';
import {
	formatBytes,
	formatCount,
	formatSeconds,
	formatShare,
	formatShortCount,
	formatSpeed,
	formatTime,
	groupDigits,
} from '../../source/view-model/units.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

test('every byte sequence reads back from its escapes', () => {
	let seed = 7;
	for (let round = 0; round < 300; round++) {
		const bytes = Uint8Array.from({length: round % 40}, () => {
			seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
			return (seed >>> 8) & (round % 2 === 0 ? 255 : 63);
		});
		const text = escapeBytes(bytes);
		const parsed = parseEscapes(text);
		assert.ok('bytes' in parsed, text);
		assert.deepEqual([...parsed.bytes], [...bytes], text);
		assert.doesNotMatch(text, /[\u0000-\u001F\u007F]/);
	}
});

test('bytes are shown as C would write them', () => {
	assert.equal(escapeBytes(bytesOf('a"b\\\n\t\r\0')), 'a\\"b\\\\\\n\\t\\r\\0');
	assert.equal(escapeBytes(Uint8Array.from([0, 0x31])), '\\0001');
	assert.equal(escapeBytes(Uint8Array.from([0xff, 0x80, 27])), '\\377\\200\\33');
	assert.equal(escapeBytes(bytesOf('한글 é')), '한글 é');
	assert.equal(escapeBytes(bytesOf('👩‍👩')).includes('👩'), false);
	assert.equal(quoteBytes(bytesOf('abcdef'), 3, 6), '"abc"...');
	assert.equal(escapeControls('a\u001B3 "b"\u001B[1m'), 'a\\0333 "b"\\33[1m');
});

test('escapes that C does not know are refused at their place', () => {
	assert.deepEqual(parseEscapes('ab\\q'), {problem: 'unknown-escape', at: 2});
	assert.deepEqual(parseEscapes('ab\\'), {problem: 'incomplete-escape', at: 2});
	assert.deepEqual(parseEscapes('\\x'), {problem: 'incomplete-escape', at: 0});
	assert.deepEqual(parseEscapes('\\400'), {problem: 'out-of-range', at: 0});
	assert.deepEqual(parseEscapes('\\x41\\101\\u00e9\\n'), {
		bytes: Uint8Array.from([65, 65, 0xc3, 0xa9, 10]),
	});
});

test('printed text keeps its letters and shows its controls', () => {
	assert.equal(printableText(bytesOf('a\tb "c" \\d\r\u001B[1m')), 'a\tb "c" \\d\\33[1m');
	assert.equal(hexDump(bytesOf('hi\n'))[0]!.startsWith('000000  68 69 0a'), true);
});

test('CJK takes two cells, and what terminals disagree about is replaced', () => {
	assert.equal(displayWidth('한글'), 4);
	assert.equal(displayWidth('╭─▸·…│█▒'), 8);
	assert.equal(displayWidth('日本'), 4);
	assert.equal(simplify('a👩‍👩‍👧b🇰🇷'), 'a·b·');
	assert.equal(simplify('한글 é ▸'), '한글 é ▸');
	assert.equal(simplify('x\u0007y'), 'x?y');
	assert.equal(displayWidth(simplify('e\u0301')), 1);
});

test('a text is fitted to exactly the cells there are', () => {
	for (const text of ['', 'abc', '한글입니다', 'a한b', 'long enough to be cut']) {
		for (let width = 0; width < 14; width++) {
			assert.equal(displayWidth(fitText(text, width)), width, `${text} in ${width}`);
			assert.equal(displayWidth(fitText(text, width, 'right')), width);
			assert.equal(lineWidth(fitLine([span(text), span(text, 'busy')], width)), width);
		}
	}
	assert.equal(truncate('abcdef', 4), 'abc…');
	assert.equal(fitText('7', 3, 'right'), '  7');
});

test('a line is wrapped at spaces, and a word that is too long is cut', () => {
	const wrapped = wrapLine([span('the quick brown foxes '), span('jump', 'busy')], 10).map(line =>
		lineText(line).trimEnd(),
	);
	assert.deepEqual(wrapped, ['the quick', 'brown', 'foxes jump']);
	assert.deepEqual(wrapLine([span('abcdefgh')], 3).map(lineText), ['abc', 'def', 'gh']);
});

test('numbers keep to their width', () => {
	assert.deepEqual([0, 950, 9999, 12_345, 99_950, 999_600, 1.5e6, 2e9].map(formatCount), [
		'0',
		'950',
		'9999',
		'12.3k',
		'100k',
		'1.00M',
		'1.50M',
		'2.00G',
	]);
	for (let value = 1; value < 1e13; value *= 1.7)
		assert.ok(formatCount(value).length <= 5, String(value));
	assert.equal(groupDigits(1_234_567), '1,234,567');
	assert.deepEqual([0, 512, 65_536, 65_000, 1_572_864].map(formatBytes), [
		'0',
		'512',
		'64K',
		'63K',
		'1.5M',
	]);
	assert.equal(formatSeconds(12_340, 10_000_000), '0.001234');
	assert.equal(formatTime(700_000_000, 10_000_000), '1:10.0');
	assert.deepEqual([0, 0.5, 0.9994, 0.9999, 1].map(formatShare), [
		'0.0',
		'50.0',
		'99.9',
		'100',
		'100',
	]);
});

test('a meter shows something as something and fills exactly its cells', () => {
	assert.equal(meter(1, 65_536, 10), '▏         ');
	assert.equal(meter(0, 100, 4), '    ');
	assert.equal(meter(100, 100, 4), '████');
	assert.equal(meter(50, 100, 3), '█▌ ');
	assert.equal(meter(1, 65_536, 4, true), '#...');
	for (let value = 0; value <= 100; value++) assert.equal(displayWidth(meter(value, 100, 13)), 13);
});

test('the segments of a bar add up to its width', () => {
	const segments = (useful: number, busy: number) =>
		[
			{share: useful, tone: 'useful', fill: '█', asciiFill: '#'},
			{share: busy, tone: 'busy', fill: '▒', asciiFill: '!'},
			{share: 1 - useful - busy, tone: 'idle', fill: ' ', asciiFill: ' '},
		] as const;
	for (let useful = 0; useful <= 1; useful += 0.07) {
		assert.equal(lineText(splitBar(segments(useful, (1 - useful) / 3), 20)).length, 20);
	}
	assert.equal(lineText(splitBar(segments(0.5, 0.25), 8, true)), '####!!  ');
});

test('the selected row is always in view', () => {
	for (const [count, capacity] of [
		[3, 5],
		[100, 7],
		[8, 7],
	] as const) {
		for (let selected = 0; selected < count; selected++) {
			const first = firstVisible(count, selected, capacity);
			assert.ok(first >= 0 && first <= selected && selected < first + capacity);
			assert.ok(count <= capacity ? first === 0 : first <= count - capacity);
		}
	}
});

test('every text exists in every language with the same placeholders', () => {
	const placeholders = (text: string): readonly string[] =>
		[...new Set([...text.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name = '']) => name))].sort();
	for (const [key, {en, ko}] of Object.entries(strings)) {
		assert.ok(en !== '' && ko !== '', key);
		assert.deepEqual(placeholders(ko), placeholders(en), key);
	}
	assert.equal(say('en', 'top.speed', {speed: '20k'}), '20k/s');
	assert.equal(localize({en: 'pipe'}, 'ko'), 'pipe');
});

test('the characters that are measured without asking have the width that Unicode gives them, and stay as they are', () => {
	for (let code = 0x20; code <= 0xffff; code++) {
		const width = simpleWidth(code);
		if (width === 0) continue;
		const character = String.fromCharCode(code);
		assert.equal(stringWidth(character), width, `U+${code.toString(16)}`);
		assert.doesNotMatch(character, /\p{M}|\p{Cc}|\p{Cf}/u);
	}
});

test('a text without a space is cut where the line is full, however long it is', () => {
	const lines = wrapLine([span('head '), span('x'.repeat(300_000))], 100);
	assert.equal(lines.length, 1 + 3000);
	assert.equal(lineText(lines[0]!), 'head ');
	assert.ok(lines.slice(1).every(line => lineText(line) === 'x'.repeat(100)));
	const wide = wrapLine([span('한'.repeat(7))], 5).map(lineText);
	assert.deepEqual(wide, ['한한', '한한', '한한', '한']);
	assert.deepEqual(wrapLine([span('ab cd   '), span('ef')], 4).map(lineText), [
		'ab ',
		'cd  ',
		'ef',
	]);
});

test('a wrapped line is never wider than it may be, whatever blanks its words end with', () => {
	const text = 'How the cost grows with each station it grows by, and  more ';
	for (let width = 4; width < 40; width++) {
		const lines = wrapLine([span(text, 'dim'), span(' → '), span(text)], width);
		for (const line of lines) assert.ok(lineWidth(line) <= width, `${width}: "${lineText(line)}"`);
		const words = lines.map(lineText).join('').replaceAll(' ', '');
		assert.equal(words, `${text}→${text}`.replaceAll(' ', ''));
	}
});

test('a fitted line moves no cursor and has its width on every terminal, whatever a program calls its files', () => {
	const names = [
		'\u001B[2J\u001B[31mred',
		'\u001B]0;title\u0007',
		'a\u009B1m',
		'👨‍👩‍👧👍🏽',
		'x\r\ny\tz',
	];
	for (const name of names) {
		const fitted = lineText(fitLine([span('fifo:'), span(name, 'busy')], 20)) + fitText(name, 12);
		assert.doesNotMatch(fitted, /\p{Cc}|\p{Extended_Pictographic}/u);
		assert.equal(displayWidth(fitted), 32);
	}
});

test('signals are known by number and name', () => {
	assert.deepEqual(['SIGTERM', 'term', '15', 'SIGKILL', 'nothing', '0', '65'].map(signalNumber), [
		15,
		15,
		15,
		9,
		undefined,
		undefined,
		undefined,
	]);
});

test('C is coloured token by token, and nothing of it is lost', () => {
	const text = '\tint x = 0x1f; /* open';
	assert.equal(lineText(highlightC(text, false)), '    int x = 0x1f; /* open');
	const tones = highlightC('return "a" + 1; // end', false).map(
		({text: part, tone}) => `${tone}:${part}`,
	);
	assert.deepEqual(
		tones.filter(tone => !tone.startsWith('plain')),
		['keyword:return', 'string:"a"', 'number:1', 'comment:// end'],
	);
	assert.deepEqual(highlightC('still inside */ int', true)[0], {
		text: 'still inside */',
		tone: 'comment',
	});
	assert.equal(opensComment('a /* b', false), true);
	assert.equal(opensComment('b */ c', true), false);
	assert.equal(opensComment('"/*" // /*', false), false);
});

test('chunks of output become lines with their first author', () => {
	const chunk = (pid: number, text: string, stream: 1 | 2 = 1) => ({
		at: 0,
		pid,
		stream,
		bytes: bytesOf(text),
	});
	const lines = consoleLines([chunk(3, 'one\ntw'), chunk(4, 'o\nthree\n', 2), chunk(3, 'end')], 10);
	assert.deepEqual(
		lines.map(({pid, stream, text, isOpen}) => [pid, stream, text, isOpen]),
		[
			[3, 1, 'one', false],
			[3, 1, 'two', false],
			[4, 2, 'three', false],
			[3, 1, 'end', true],
		],
	);
	assert.deepEqual(
		consoleLines([chunk(3, 'a\tb')], 2).map(({text}) => text),
		['a       b'],
	);
	assert.deepEqual(
		consoleLines([chunk(3, 'a\nb\nc\n')], 2).map(({text}) => text),
		['b', 'c'],
	);
	const [endless] = consoleLines([chunk(3, 'a'.repeat(1_000_000)), chunk(3, 'b')], 2);
	assert.ok(endless!.text.endsWith('aab') && endless!.text.length < 1000);
});

test('counts take four cells at most, and speeds have no zeros that say nothing', () => {
	assert.deepEqual([0, 9999, 10_000, 12_345, 999_400, 1_250_000, 123e9].map(formatShortCount), [
		'0',
		'9999',
		'10k',
		'12k',
		'999k',
		'1.3M',
		'123G',
	]);
	assert.deepEqual([20_000, 12_500, 1e6, 1_500_000, 100, 20].map(formatSpeed), [
		'20k',
		'12.5k',
		'1M',
		'1.5M',
		'100',
		'20',
	]);
});
