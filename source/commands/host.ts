// What a command may touch of the outside: three streams, the environment, files by name. Tests give it others than
// the process's own.

import {readFileSync} from 'node:fs';
import process from 'node:process';
import type {Readable, Writable} from 'node:stream';
import {isatty, type WriteStream} from 'node:tty';

export type Output = {
	readonly isTerminal: boolean;
	/** Cells in a line, where it is a terminal that says so. */
	readonly columns?: (() => number | undefined) | undefined;
	/** Resolves when more can be taken: a slow reader slows the command, its memory stays bounded. */
	readonly write: (data: string | Uint8Array) => Promise<void>;
};

export type CommandHost = {
	readonly stdout: Output;
	readonly stderr: Output;
	readonly stdin: {
		readonly isTerminal: boolean;
		/** The next bytes, or undefined at end of file. Nothing is read before the first call. */
		readonly read: () => Promise<Uint8Array | undefined>;
	};
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The text of a file, or undefined if it can't be read. */
	readonly readFile: (path: string) => string | undefined;
};

/** The stream is made at the first write. Its errors are handled in cli.ts. */
const outputOf = (descriptor: number, open: () => Writable): Output => ({
	isTerminal: isatty(descriptor),
	columns: () => (isatty(descriptor) ? (open() as Partial<WriteStream>).columns : undefined),
	write: data =>
		new Promise(resolve => {
			if (data.length === 0) resolve();
			else open().write(data, () => resolve());
		}),
});

/** Reads chunk by chunk; the stream is opened at the first read, and does not keep the process alive. */
const readerOf = (open: () => Readable): (() => Promise<Uint8Array | undefined>) => {
	let chunks: AsyncIterator<Uint8Array> | undefined;
	return async () => {
		chunks ??= open()[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
		try {
			const {value, done} = await chunks.next();
			return done ? undefined : (value as Uint8Array);
		} catch {
			return undefined; // A standard input that can't be read (a folder, a closed descriptor) is empty.
		}
	};
};

export const readTextFile = (path: string): string | undefined => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
};

/** The streams of this process. */
export const processHost = (): CommandHost => ({
	stdout: outputOf(1, () => process.stdout),
	stderr: outputOf(2, () => process.stderr),
	stdin: {
		isTerminal: isatty(0),
		read: readerOf(() => process.stdin),
	},
	environment: process.env,
	readFile: readTextFile,
});
