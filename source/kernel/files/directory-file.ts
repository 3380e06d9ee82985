// An open directory: getdents64(2) lists it, openat(2) and fchdir(2) start from it. The offset counts entries.

import {type FileOperations, noOperations} from './file-operations.js';
import {type DirectoryBody, type Inode, inodeStatus, modeOf} from './inode.js';
import type {Kernel} from '../kernel.js';
import {setOffset} from './file-offset.js';
import type {OpenFile} from './open-file.js';
import {done, failed, type Outcome} from '../outcome.js';
import type {Thread} from '../process/thread.js';
import type {Sink} from '../memory/user-buffer.js';

export type DirectoryFile = {
	readonly kind: 'directory';
	readonly inode: Inode;
	readonly body: DirectoryBody;
	readonly path: string;
};

const headerSize = 19;

/** A struct linux_dirent64: inode, offset of the next, record length, type, name. */
const encodeEntry = (inode: Inode, name: string, next: number): Uint8Array => {
	const text = new TextEncoder().encode(name);
	const bytes = new Uint8Array(Math.ceil((headerSize + text.length + 1) / 8) * 8);
	const view = new DataView(bytes.buffer);
	view.setBigUint64(0, BigInt(inode.number), true);
	view.setBigInt64(8, BigInt(next), true);
	view.setUint16(16, bytes.length, true);
	view.setUint8(18, modeOf(inode) >>> 12);
	bytes.set(text, headerSize);
	return bytes;
};

/** getdents64(2): as many entries as fit, 0 at the end. EINVAL if not even one fits. */
export const listEntries = (
	file: OpenFile,
	directory: DirectoryFile,
	sink: Sink,
	thread: Thread | undefined,
): Outcome => {
	const {inode, body} = directory;
	const all: [string, Inode][] = [['.', inode], ['..', body.parent ?? inode], ...body.entries];
	let position = file.offset;
	let count = 0;
	while (position < all.length) {
		const [name, entry] = all[position]!;
		const bytes = encodeEntry(entry, name, position + 1);
		if (count + bytes.length > sink.length) {
			if (count === 0) return failed('EINVAL');
			break;
		}
		if (!sink.put(bytes)) return failed('EFAULT');
		count += bytes.length;
		position++;
	}
	setOffset(file, position, thread);
	return done(count);
};

export const directoryOperations: FileOperations<DirectoryFile> = {
	...noOperations,
	read: () => failed('EISDIR'),
	write: () => failed('EISDIR'),
	status: (_kernel: Kernel, {inode}) => inodeStatus(inode),
	seekSize: (_kernel, {body}) => body.entries.size + 2,
	synchronize: () => done(0),
	channel: ({path}) => `file:${path}`,
};
