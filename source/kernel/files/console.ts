// The console: where programs print and what they read as standard input. There is no line discipline beyond what the
// host's terminal does: bytes typed are bytes to read. One console per machine; each chunk of output remembers who
// printed it.

import {type TerminalSettings, usualSettings} from '../terminals/terminal-settings.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';

export type ConsoleChunk = {
	readonly cycle: number;
	readonly pid: number;
	/** 1 standard output, 2 standard error. */
	readonly stream: 1 | 2;
	readonly bytes: Uint8Array;
};

export type Console = {
	/** What isatty(3) says of standard input, output and error. */
	readonly isTerminal: readonly [boolean, boolean, boolean];
	/** Everything printed and not yet taken by the session. */
	output: ConsoleChunk[];
	/** Bytes waiting to be read. */
	input: Uint8Array;
	/** No more input will come: reads give end of file once `input` is empty. */
	isInputClosed: boolean;
	readonly readQueue: WaitQueue;
	/**
	 * What tcsetattr(3) has set. Reads heed VMIN and VTIME; lines, their editing and echo are the host terminal's, which
	 * knows nothing of this.
	 */
	settings: TerminalSettings;
};

/** IUTF8: the console's characters have several bytes. */
const utf8Input = 0x4000;

const consoleSettings = (): TerminalSettings => {
	const settings = usualSettings();
	return {...settings, inputModes: settings.inputModes | utf8Input};
};

export const createConsole = (isTerminal: readonly [boolean, boolean, boolean]): Console => ({
	isTerminal,
	output: [],
	input: new Uint8Array(0),
	isInputClosed: false,
	readQueue: createWaitQueue('tty.read', 'tty'),
	settings: consoleSettings(),
});
