// The console as an open file: descriptors 0, 1 and 2 of a scenario's programs, and /dev/tty. What programs print
// counts against the machine's output limit; who goes beyond it is killed.

import {markEffect} from '../../vm/turns.js';
import {readBytes, writeBytes, writeInt32} from '../../vm/memory.js';
import type {Console} from './console.js';
import {recordBytes} from '../trace/events.js';
import {
	anonymousStatus,
	type FileOperations,
	type Io,
	noOperations,
	readable,
	writable,
} from './file-operations.js';
import {
	fionread,
	tcgets,
	tcsets,
	tcsetsf,
	tcsetsw,
	tiocgpgrp,
	tiocgwinsz,
	tiocoutq,
	tiocspgrp,
} from './ioctl-numbers.js';
import type {Kernel} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import {sendThreadSignal} from '../signals/signals.js';
import {processOf} from '../system-call.js';
import {waitForBytes, waitIn} from '../terminals/raw-wait.js';
import {
	decodeSettings,
	encodeSettings,
	hasLocal,
	localFlag,
	settingsSize,
} from '../terminals/terminal-settings.js';
import type {Thread} from '../process/thread.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {wakeAll} from '../process/wake.js';

/** One of the three standard streams, however it is opened. */
export type ConsoleEnd = {readonly kind: 'console'; readonly stream: 0 | 1 | 2};

const sigkill = 9;
const channel = 'tty';

const waitForInput = (kernel: Kernel, io: Io, length: number): Outcome | undefined => {
	const {settings, input, readQueue} = kernel.console;
	if (!hasLocal(settings, localFlag.canonical))
		return waitForBytes(kernel, settings, input.length, length, io, readQueue);
	return input.length === 0 ? waitIn(io, readQueue) : undefined;
};

const readConsole = (kernel: Kernel, io: Io, sink: Sink): Outcome => {
	const {console} = kernel;
	if (sink.length === 0) return done(0);
	if (!console.isInputClosed) {
		const wait = waitForInput(kernel, io, sink.length);
		if (wait) return wait;
	}
	const bytes = console.input.slice(0, sink.length);
	if (bytes.length === 0) return done(0);
	if (!sink.put(bytes)) return failed('EFAULT');
	console.input = console.input.slice(bytes.length);
	if (io.thread) markEffect(io.thread.context.turns);
	noteBytes(kernel, io.thread, 'out', bytes);
	return done(bytes.length);
};

const writeConsole = (kernel: Kernel, end: ConsoleEnd, io: Io, source: Source): Outcome => {
	if (source.length === 0) return done(0);
	const {thread} = io;
	const room = kernel.config.limits.output - kernel.outputBytes;
	const bytes = source.get(0, Math.min(source.length, Math.max(0, room)));
	if (!bytes) return failed('EFAULT');
	if (bytes.length > 0) {
		kernel.outputBytes += bytes.length;
		kernel.console.output.push({
			cycle: kernel.now,
			pid: thread?.pid ?? 0,
			stream: end.stream === 2 ? 2 : 1,
			bytes: bytes.slice(),
		});
		if (thread) markEffect(thread.context.turns);
		noteBytes(kernel, thread, 'in', bytes);
	}
	if (bytes.length < source.length && thread) killForOutput(kernel, thread);
	return done(bytes.length);
};

const killForOutput = (kernel: Kernel, thread: Thread): void => {
	const printed = `${Math.floor(kernel.config.limits.output / 1_048_576)} MiB`;
	kernel.notices.push(
		`process ${thread.pid} (${thread.name}) killed: the programs have printed ${printed}, the limit`,
	);
	sendThreadSignal(kernel, thread, {
		signal: sigkill,
		code: 128,
		sender: 0,
		value: 0,
		status: 0,
		address: 0,
	});
};

const noteBytes = (
	kernel: Kernel,
	thread: Thread | undefined,
	direction: 'in' | 'out',
	bytes: Uint8Array,
): void => recordBytes(kernel, thread?.tid ?? 0, channel, direction, bytes);

const isTerminal = (console: Console, stream: 0 | 1 | 2): boolean => console.isTerminal[stream];

const changeSettings = (
	console: Console,
	thread: Thread,
	argument: number,
	isFlushing: boolean,
): Outcome => {
	const bytes = readBytes(thread.context.space, argument, settingsSize);
	if (!bytes) return failed('EFAULT');
	console.settings = decodeSettings(bytes.slice());
	if (isFlushing) console.input = new Uint8Array(0);
	markEffect(thread.context.turns);
	return done(0);
};

const controlConsole = (
	kernel: Kernel,
	end: ConsoleEnd,
	thread: Thread,
	request: number,
	argument: number,
): Outcome => {
	const answer = (isStored: boolean): Outcome => (isStored ? done(0) : failed('EFAULT'));
	if (request === fionread)
		return answer(writeInt32(thread.context, argument, kernel.console.input.length));
	if (!isTerminal(kernel.console, end.stream)) return failed('ENOTTY');
	switch (request) {
		case tcgets:
			return answer(writeBytes(thread.context, argument, encodeSettings(kernel.console.settings)));
		case tcsets:
		case tcsetsw:
		case tcsetsf:
			return changeSettings(kernel.console, thread, argument, request === tcsetsf);
		case tiocspgrp:
			return done(0);
		case tiocgpgrp:
			return answer(writeInt32(thread.context, argument, processOf(kernel, thread).group));
		case tiocoutq:
			return answer(writeInt32(thread.context, argument, 0));
		case tiocgwinsz:
			return answer(writeBytes(thread.context, argument, Uint8Array.of(24, 0, 80, 0, 0, 0, 0, 0)));
		default:
			return failed('ENOTTY');
	}
};

export const consoleOperations: FileOperations<ConsoleEnd> = {
	...noOperations,
	read: (kernel, _end, io, sink) => readConsole(kernel, io, sink),
	write: writeConsole,
	readiness: ({console}, _end, file) => {
		const reads = (file.flags & 3) !== 1 && (console.input.length > 0 || console.isInputClosed);
		return (reads ? readable : 0) | ((file.flags & 3) !== 0 ? writable : 0);
	},
	pollPoints: ({console}) => [
		{queue: console.readQueue, announces: readable, pulses: console.input.length, watchers: []},
	],
	// A terminal is a character device; otherwise the standard streams are pipes to somewhere outside.
	status: ({console}, {stream}) =>
		isTerminal(console, stream)
			? {...anonymousStatus(3 + stream, 0o020620, 1024), device: 0x8800}
			: anonymousStatus(3 + stream, 0o010600),
	ioctl: controlConsole,
	channel: () => channel,
};

/** Bytes typed at the console. */
export const injectIntoConsole = (kernel: Kernel, bytes: Uint8Array): Outcome => {
	const {console} = kernel;
	if (console.isInputClosed) return failed('EIO');
	const input = new Uint8Array(console.input.length + bytes.length);
	input.set(console.input);
	input.set(bytes, console.input.length);
	console.input = input;
	noteBytes(kernel, undefined, 'in', bytes);
	announceInput(kernel);
	return done(bytes.length);
};

/** Ctrl-D, or the end of the command's own standard input: reads see end of file from then on. */
export const closeConsoleInput = (kernel: Kernel): void => {
	kernel.console.isInputClosed = true;
	announceInput(kernel);
};

const announceInput = (kernel: Kernel): void => {
	const {readQueue} = kernel.console;
	wakeAll(kernel, readQueue);
	if (kernel.asyncFiles.size > 0) kernel.pulsed.push(readQueue);
};
