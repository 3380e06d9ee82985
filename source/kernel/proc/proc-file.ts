// An open file of /proc, proc(5): text that the kernel makes when it is read from the start.

import {type FileOperations, noOperations} from '../files/file-operations.js';
import {setOffset} from '../files/file-offset.js';
import {type Inode, inodeStatus, type ProcBody} from '../files/inode.js';
import {done, failed} from '../outcome.js';
import {procText} from './proc-text.js';

export type ProcFile = {
	readonly kind: 'proc';
	readonly inode: Inode;
	readonly body: ProcBody;
	readonly path: string;
	/** What the last read from the start has shown. */
	bytes: Uint8Array;
};

export const procOperations: FileOperations<ProcFile> = {
	...noOperations,
	read: (kernel, thing, io, sink, file) => {
		const position = io.position ?? file.offset;
		if (position === 0) {
			const text = procText(kernel, thing.body);
			if (text === undefined) return failed('ESRCH');
			thing.bytes = new TextEncoder().encode(text);
		}
		const bytes = thing.bytes.slice(position, position + sink.length);
		if (!sink.put(bytes)) return failed('EFAULT');
		if (io.position === undefined) setOffset(file, position + bytes.length, io.thread);
		return done(bytes.length);
	},
	status: (_kernel, {inode}) => inodeStatus(inode),
	seekSize: () => 0,
	channel: ({path}) => `file:${path}`,
};
