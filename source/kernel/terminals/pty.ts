// A pseudo-terminal, pty(7): a terminal whose keyboard and screen are a program's, that holds the master. What is written to
// the master is typed at the terminal; what is written to the slave, and the echo, is what the master reads.

import type {Inode} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';
import {readable, writable} from '../files/file-operations.js';
import {signalGroup} from './job-control.js';
import {
	createLineDiscipline,
	type LineDiscipline,
	processOutput,
	typeByte,
} from './line-discipline.js';
import {usualSettings} from './terminal-settings.js';

export type WindowSize = {
	readonly rows: number;
	readonly columns: number;
	readonly width: number;
	readonly height: number;
};

export type Pty = {
	/** /dev/pts/INDEX. */
	readonly index: number;
	/** `pty:INDEX`. */
	readonly name: string;
	readonly host: string;
	readonly discipline: LineDiscipline;
	/** What the master has not read yet. */
	shown: Uint8Array;
	isMasterOpen: boolean;
	/** Open file descriptions of the slave, and whether there has been one. */
	slaves: number;
	wasOpened: boolean;
	/** unlockpt(3) has not been called: the slave can't be opened. */
	isLocked: boolean;
	/** The session whose controlling terminal it is, and its foreground process group; 0 for none. */
	session: number;
	foreground: number;
	windowSize: WindowSize;
	/** Of /dev/pts/INDEX. */
	readonly inode: Inode;
	readonly readQueue: WaitQueue;
	readonly writeQueue: WaitQueue;
	readonly masterReadQueue: WaitQueue;
	readonly slavePoint: PollPoint;
	readonly masterPoint: PollPoint;
};

/** Bytes that may stand in `shown`, as in a tty_buffer of Linux. Output processing may double those of one write. */
export const shownLimit = 65_536;

export const createPty = (index: number, host: string, inode: Inode): Pty => {
	const name = `pty:${index}`;
	return {
		index,
		name,
		host,
		discipline: createLineDiscipline(usualSettings()),
		shown: new Uint8Array(0),
		isMasterOpen: true,
		slaves: 0,
		wasOpened: false,
		isLocked: true,
		session: 0,
		foreground: 0,
		windowSize: {rows: 0, columns: 0, width: 0, height: 0},
		inode,
		readQueue: createWaitQueue('pty.read', name),
		writeQueue: createWaitQueue('pty.write', name),
		masterReadQueue: createWaitQueue('ptmx.read', name),
		slavePoint: createPollPoint(name, readable | writable),
		masterPoint: createPollPoint(name, readable | writable),
	};
};

/** Both sides look again. */
export const announce = (kernel: Kernel, pty: Pty): void => {
	wakeAll(kernel, pty.readQueue);
	wakeAll(kernel, pty.writeQueue);
	wakeAll(kernel, pty.masterReadQueue);
	pulse(kernel, pty.slavePoint);
	pulse(kernel, pty.masterPoint);
};

/** Shows bytes: after output processing the master can read them. */
export const show = (pty: Pty, bytes: Iterable<number>): void => {
	const processed = processOutput(pty.discipline, bytes);
	const shown = new Uint8Array(pty.shown.length + processed.length);
	shown.set(pty.shown);
	shown.set(processed, pty.shown.length);
	pty.shown = shown;
};

/** Types bytes: they become input, echo and signals. Echo that finds no room is lost. */
export const typeInto = (kernel: Kernel, pty: Pty, bytes: Uint8Array): void => {
	const echoed: number[] = [];
	for (const byte of bytes) {
		const {echo, signal} = typeByte(pty.discipline, byte);
		echoed.push(...echo);
		if (signal !== 0) signalGroup(kernel, pty.foreground, signal);
	}
	const room = Math.max(0, shownLimit - pty.shown.length);
	if (echoed.length > 0) show(pty, echoed.slice(0, room));
	announce(kernel, pty);
};
