// The terminal that the dashboard draws on: where its keys come from, the modes that it is put into, how it is given back
// and left to the shell for a while.

import {closeSync, openSync} from 'node:fs';
import process from 'node:process';
import {isatty, ReadStream} from 'node:tty';
import {mouseOff, mouseOn} from './mouse.js';
import type {ScreenWriter, TerminalStream} from './screen-writer.js';

export type Terminal = {
	readonly stdin: ReadStream;
	readonly stdout: TerminalStream;
	readonly writer: ScreenWriter;
	readonly usesMouse: boolean;
};

const alternateScreen = '\u001B[?1049h\u001B[?25l\u001B[H';
const bracketedPaste = '\u001B[?2004h';
const leave = `${mouseOff}\u001B[?2004l\u001B[?25h\u001B[?1049l`;

const openTerminal = (): number => openSync('/dev/tty', 'r');

/** Whether there are keys to be read: where standard input is a file or a pipe, from the terminal itself, as less(1) does. */
export const hasKeyboard = (): boolean => {
	if (isatty(0)) return true;
	try {
		closeSync(openTerminal());
		return true;
	} catch {
		return false;
	}
};

/** Throws where `hasKeyboard` is false. */
export const openKeyboard = (): ReadStream =>
	isatty(0) ? process.stdin : new ReadStream(openTerminal());

export const enterTerminal = ({stdin, stdout, usesMouse}: Omit<Terminal, 'writer'>): void => {
	neverBlock(stdout);
	// Raw mode first: a key pressed before the first frame must not be echoed onto it.
	stdin.setRawMode(true);
	stdout.write(usesMouse ? alternateScreen + mouseOn : alternateScreen);
};

/** A reader that has stalled must cost pictures, not keys, timers and signals. */
const neverBlock = (stdout: TerminalStream): void => {
	const {_handle: handle} = stdout as {
		readonly _handle?: {setBlocking?: (isBlocking: boolean) => void};
	};
	handle?.setBlocking?.(false);
};

export const leaveTerminal = ({stdin, stdout, writer}: Terminal): void => {
	if (writer.isClosed) return;
	writer.close();
	try {
		stdin.setRawMode(false);
		stdout.write(leave);
	} catch {
		// The terminal is gone (SIGHUP): there is nothing to restore.
	}
};

/** Milliseconds after which a process that was told to stop, and runs, has not been stopped. */
const stopMilliseconds = 100;

export type JobControl = {readonly suspend: () => void; readonly dispose: () => void};

/**
 * Ctrl-Z, SIGTSTP and SIGCONT. As the terminal itself would, Ctrl-Z stops the whole job (npx has started this process, and
 * waits for it). Where no shell could continue the job, as with `ssh -t host ipctop`, the system does not stop it.
 */
export const controlJob = (terminal: Terminal): JobControl => {
	const {stdin, stdout, writer} = terminal;
	const suspend = (): void => {
		if (writer.isSuspended) return;
		process.off('SIGTSTP', suspend); // What stops is the signal's default action.
		writer.suspend();
		stdin.setRawMode(false);
		stdout.write(leave, () => {
			process.kill(0, 'SIGTSTP');
			setTimeout(() => {
				if (writer.isSuspended && !writer.isClosed) resume();
			}, stopMilliseconds);
		});
	};
	/** The terminal is as the shell left it, and perhaps of another size. */
	const resume = (): void => {
		process.off('SIGTSTP', suspend).on('SIGTSTP', suspend);
		stdin.setRawMode(false); // After a SIGSTOP Node believes that it is still raw, and would do nothing.
		enterTerminal(terminal);
		stdout.write(bracketedPaste);
		writer.resume();
		process.kill(process.pid, 'SIGWINCH');
	};
	process.on('SIGTSTP', suspend);
	process.on('SIGCONT', resume);
	return {
		suspend,
		dispose() {
			process.off('SIGTSTP', suspend);
			process.off('SIGCONT', resume);
		},
	};
};

/** A reader that has stalled may take what gives the terminal back so much later. */
const patienceMilliseconds = 10_000;

/** Until the terminal has taken all that was written to it. */
export const untilTaken = async ({stdout}: Terminal): Promise<void> => {
	if (stdout.writableLength === 0) return;
	await new Promise<void>(resolve => {
		const timer = setTimeout(resolve, patienceMilliseconds);
		stdout.write('', () => {
			clearTimeout(timer);
			resolve();
		});
	});
};
