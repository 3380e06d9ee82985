import assert from 'node:assert/strict';
import {EventEmitter} from 'node:events';
import headless from '@xterm/headless';
import {test} from 'vitest';
import {ScreenWriter} from '../../source/ui/screen-writer.js';
import {screenLines} from '../support/screen.js';

/** A terminal stream that feeds an emulator, and can stall as a hung ssh link does. */
class Target extends EventEmitter {
	readonly isTTY = true;
	columns = 20;
	rows = 5;
	writableLength = 0;
	isStalled = false;
	bytes = 0;
	readonly emulator = new headless.Terminal({cols: 20, rows: 5, allowProposedApi: true});
	readonly #waiting: string[] = [];

	write(text: string): boolean {
		this.bytes += Buffer.byteLength(text);
		if (this.isStalled) {
			this.#waiting.push(text);
			this.writableLength += text.length;
			return false;
		}
		this.emulator.write(text);
		return true;
	}

	unstall(): void {
		this.isStalled = false;
		this.writableLength = 0;
		for (const text of this.#waiting.splice(0)) this.emulator.write(text);
		this.emit('drain');
	}

	async lines(): Promise<readonly string[]> {
		await new Promise<void>(resolve => this.emulator.write('', resolve));
		return screenLines(this.emulator);
	}
}

const red = (text: string): string => `\u001B[31m${text}\u001B[39m`;

test('after any sequence of frames the screen shows the last one', async () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	const alphabet = ['a', 'b', ' ', '한', '글', red('x'), red('한'), '│', '\u001B[7mi\u001B[27m'];
	let seed = 3;
	const random = (limit: number): number => {
		seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
		return (seed >>> 8) % limit;
	};
	const plain = (text: string): string => text.replaceAll(/\u001B\[\d+m/g, '');
	for (let round = 0; round < 400; round++) {
		const lines = Array.from({length: 1 + random(5)}, () =>
			Array.from({length: random(10)}, () => alphabet[random(alphabet.length)]!).join(''),
		);
		// Nothing at all is no frame: it is how a stream is asked whether it has written everything.
		if (lines.join('\n') === '') continue;
		writer.write(lines.join('\n'));
		const shown = await target.lines();
		assert.deepEqual(
			shown,
			Array.from({length: 5}, (_, row) => plain(lines[row] ?? '').trimEnd()),
			`round ${round}`,
		);
	}
});

test('a frame that is the same writes nothing, one changed cell writes little', () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	writer.write('first line\nsecond 1');
	const {bytes} = target;
	writer.write('first line\nsecond 1');
	assert.equal(target.bytes, bytes);
	writer.write('first line\nsecond 2');
	assert.ok(target.bytes - bytes < 35, `${target.bytes - bytes} bytes`);
});

test('a stalled reader gets nothing more, and the newest frame once it reads again', async () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	writer.write('one');
	target.isStalled = true;
	writer.write('two');
	const {bytes} = target;
	for (let frame = 0; frame < 1000; frame++) writer.write(`frame ${frame}`);
	assert.equal(target.bytes, bytes);
	target.unstall();
	assert.deepEqual((await target.lines())[0], 'frame 999');
});

test('a repaint mends what another program has spoiled', async () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	writer.write('picture');
	target.emulator.write('\u001B[HXXXXXXXXXXXX');
	writer.repaint();
	assert.equal((await target.lines())[0], 'picture');
});

test('a new size draws the whole frame anew', async () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	let resizes = 0;
	writer.on('resize', () => resizes++);
	writer.write('0123456789');
	target.columns = 5;
	target.emulator.resize(5, 5);
	target.emit('resize');
	writer.write('01234');
	assert.equal(resizes, 1);
	assert.deepEqual(await target.lines(), ['01234', '', '', '', '']);
});

test('a suspended writer is silent and draws everything when it resumes', async () => {
	const target = new Target();
	const writer = new ScreenWriter(target);
	writer.write('before');
	writer.suspend();
	const {bytes} = target;
	writer.write('while away');
	assert.equal(target.bytes, bytes);
	target.emulator.write('\u001B[2J\u001B[Hshell');
	writer.resume();
	assert.equal((await target.lines())[0], 'while away');
});

test('a frame that comes while the one before is still being taken is drawn after it', async () => {
	let taken = (): void => undefined;
	// Less is waiting than a stream announces the end of: no 'drain' comes.
	class Slow extends Target {
		override write(text: string, onTaken?: () => void): boolean {
			this.emulator.write(text);
			this.writableLength = text.length;
			taken = () => {
				this.writableLength = 0;
				onTaken?.();
			};
			return true;
		}
	}
	const target = new Slow();
	const writer = new ScreenWriter(target);
	writer.write('first');
	writer.write('second');
	assert.equal((await target.lines())[0]?.trimEnd(), 'first');
	taken();
	assert.equal((await target.lines())[0]?.trimEnd(), 'second');
});
