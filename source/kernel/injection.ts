// Writes from outside: the dashboard's `w` and a scenario's inputs. They do what a process' non-blocking write would do
// and say what it would have got.

import {sendAsyncSignals} from './files/async-files.js';
import {injectIntoConsole} from './files/console-file.js';
import {createProgress, type Io} from './files/file-operations.js';
import {
	abandonFifoOpen,
	beginFifoOpen,
	type FifoInode,
	isFifoOpen,
	releaseEnd,
} from './pipes/fifo.js';
import {createEntry} from './files/directory.js';
import type {FileSystem} from './files/file-system.js';
import {createRegularBody, type Inode} from './files/inode.js';
import type {Kernel} from './kernel.js';
import {done, failed, type Outcome} from './outcome.js';
import {find, isError, walk} from './files/path-walk.js';
import {type Pipe, writePipe} from './pipes/pipe.js';
import {openFlags} from './files/open-flags.js';
import {injectIntoFile} from './files/regular-file.js';
import {injectIntoRadio} from './network/radio.js';
import {injectIntoSocket} from './sockets/socket-injection.js';
import {bytesSource} from './memory/user-buffer.js';
import {typeInto} from './terminals/pty.js';

const createIo = (): Io => ({thread: undefined, progress: createProgress(), isNonblocking: true});

/** What a non-blocking write of these bytes into a pipe does: a count, EAGAIN or EPIPE. */
export const injectIntoPipe = (kernel: Kernel, pipe: Pipe, bytes: Uint8Array): Outcome =>
	writePipe(kernel, pipe, createIo(), bytesSource(bytes));

/** As `printf … > fifo` with O_NONBLOCK: opens for writing (ENXIO without a reader), writes and closes. */
export const injectIntoFifo = (
	kernel: Kernel,
	inode: FifoInode,
	path: string,
	bytes: Uint8Array,
): Outcome => {
	const end = beginFifoOpen(
		kernel,
		inode,
		path,
		openFlags.writeOnly | openFlags.nonblock,
		undefined,
	);
	if (isError(end)) return failed(end);
	if (isFifoOpen(end)) {
		abandonFifoOpen(kernel, end);
		return failed('ENXIO');
	}
	const outcome = injectIntoPipe(kernel, end.pipe, bytes);
	releaseEnd(kernel, end);
	return outcome;
};

/**
 * Writes into a channel by its name: `pipe:7`, `fifo:/tmp/box`, `file:/com.txt` (at `offset`, else at its end), `tty`, `pty:0` (typed at
 * it), `unix:/tmp/sock`, `tcp:10.0.0.1:7000`, `udp:10.0.0.1:5000`; a datagram as if `sender` had sent it; `device:/dev/radio`
 * (`#2` for its second channel) as a station outside.
 * A path is looked for on the hosts in their order. Undefined: it is no channel of these kinds.
 */
export const injectWrite = (
	kernel: Kernel,
	channel: string,
	bytes: Uint8Array,
	options: InjectionOptions = {},
): Outcome | undefined => {
	const outcome = injectIntoChannel(kernel, channel, bytes, options);
	sendAsyncSignals(kernel);
	return outcome;
};

type InjectionOptions = {
	readonly offset?: number | undefined;
	readonly sender?: string | undefined;
};

const injectIntoChannel = (
	kernel: Kernel,
	channel: string,
	bytes: Uint8Array,
	{offset, sender}: InjectionOptions,
): Outcome | undefined => {
	const [, kind, rest] = /^(\w+)(?::(.*))?$/s.exec(channel) ?? [];
	switch (kind) {
		case 'pipe': {
			const pipe = kernel.pipes.get(Number(rest));
			return pipe ? injectIntoPipe(kernel, pipe, bytes) : failed('EBADF');
		}

		case 'fifo':
		case 'file':
			return injectAtPath(kernel, kind, rest ?? '', bytes, offset);
		case 'tty':
			return injectIntoConsole(kernel, bytes);
		case 'pty': {
			const pty = kernel.terminals.get(Number(rest));
			if (!pty) return failed('EBADF');
			typeInto(kernel, pty, bytes);
			return done(bytes.length);
		}

		case 'unix':
		case 'tcp':
		case 'udp':
			return injectIntoSocket(kernel, channel, bytes, sender);
		case 'device':
			return injectIntoRadio(kernel, channel, bytes);
		default:
			return undefined;
	}
};

const injectAtPath = (
	kernel: Kernel,
	kind: 'fifo' | 'file',
	path: string,
	bytes: Uint8Array,
	offset: number | undefined,
): Outcome => {
	for (const {fileSystem} of kernel.hosts.values()) {
		const place = find(fileSystem, {directory: fileSystem.root, path: '/'}, path);
		if (!isError(place))
			return injectIntoInode(kernel, fileSystem, place.path, place.inode, bytes, offset);
	}
	const first = [...kernel.hosts.values()][0];
	if (kind === 'fifo' || !first) return failed('ENOENT');
	return injectIntoNewFile(kernel, first.fileSystem, path, bytes);
};

const injectIntoInode = (
	kernel: Kernel,
	fileSystem: FileSystem,
	path: string,
	inode: Inode,
	bytes: Uint8Array,
	offset: number | undefined,
): Outcome => {
	const {body} = inode;
	if (body.kind === 'fifo') return injectIntoFifo(kernel, inode as FifoInode, path, bytes);
	if (body.kind === 'directory') return failed('EISDIR');
	if (body.kind !== 'file') return failed('ENXIO');
	return injectIntoFile(
		kernel,
		{kind: 'file', inode, body, device: fileSystem.device, path},
		bytes,
		offset,
	);
};

const injectIntoNewFile = (
	kernel: Kernel,
	fileSystem: FileSystem,
	path: string,
	bytes: Uint8Array,
): Outcome => {
	const place = walk(fileSystem, {directory: fileSystem.root, path: '/'}, path, true);
	if (isError(place)) return failed(place);
	const body = createRegularBody(kernel, place.path, true);
	const inode = createEntry(kernel, fileSystem, place, 0o644, body);
	if (isError(inode)) return failed(inode);
	return injectIntoFile(
		kernel,
		{kind: 'file', inode, body, device: fileSystem.device, path: place.path},
		bytes,
	);
};
