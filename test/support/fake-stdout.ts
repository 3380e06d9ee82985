// A terminal's two ends without a terminal, for Ink components at chosen sizes:
// `columns` and `rows` are what the test says, `resize` tells Ink as a real
// terminal would, and every frame that Ink writes is kept.

import {EventEmitter} from 'node:events';
import {stripVTControlCharacters} from 'node:util';
import {type Instance, render} from 'ink';
import {type ReactElement} from 'react';

export type TerminalSize = {readonly columns: number; readonly rows: number};

export class FakeStdout extends EventEmitter {
	readonly isTTY = true;
	readonly writableLength = 0;
	readonly frames: string[] = [];
	columns: number;
	rows: number;

	constructor({columns, rows}: TerminalSize) {
		super();
		this.columns = columns;
		this.rows = rows;
	}

	write(frame: string): boolean {
		this.frames.push(frame);
		return true;
	}

	resize({columns, rows}: TerminalSize): void {
		this.columns = columns;
		this.rows = rows;
		this.emit('resize');
	}
}

export class FakeStdin extends EventEmitter {
	readonly isTTY = true;
	isRaw = false;
	#pending: string | null = null;

	/** What a terminal sends when keys are pressed; Ink reads it at once. */
	press(keys: string): void {
		this.#pending = keys;
		this.emit('readable');
		this.emit('data', keys);
	}

	read(): string | null {
		const keys = this.#pending;
		this.#pending = null;
		return keys;
	}

	setRawMode(isRaw: boolean): this {
		this.isRaw = isRaw;
		return this;
	}

	setEncoding(): void {}
	resume(): void {}
	pause(): void {}
	ref(): void {}
	unref(): void {}
}

export type Rendered = Disposable & {
	readonly stdout: FakeStdout;
	readonly stdin: FakeStdin;
	/** The last frame with its colours. */
	readonly frame: () => string;
	/** The rows of the last frame as plain text. */
	readonly lines: () => readonly string[];
	readonly rerender: Instance['rerender'];
	readonly unmount: () => void;
	readonly waitUntilExit: Instance['waitUntilExit'];
};

/** Renders with Ink on a fake terminal of the given size. Every change gives one whole frame. */
export const renderAt = (element: ReactElement, size: TerminalSize): Rendered => {
	const stdout = new FakeStdout(size);
	const stdin = new FakeStdin();
	const instance = render(element, {
		stdout: stdout as unknown as NodeJS.WriteStream,
		stderr: new FakeStdout(size) as unknown as NodeJS.WriteStream,
		stdin: stdin as unknown as NodeJS.ReadStream,
		debug: true,
		interactive: true,
		exitOnCtrlC: false,
		patchConsole: false,
	});
	const unmount = (): void => {
		instance.unmount();
		instance.cleanup();
	};
	const frame = (): string => stdout.frames.at(-1) ?? '';
	return {
		stdout,
		stdin,
		frame,
		lines: () => stripVTControlCharacters(frame()).split('\n'),
		rerender: instance.rerender,
		unmount,
		waitUntilExit: instance.waitUntilExit,
		[Symbol.dispose]: unmount,
	};
};
