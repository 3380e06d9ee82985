// The ends of pipes and FIFOs as open files: pipe(2), what poll(2), fstat(2) and ioctl(2) say of them.

import {writeInt32} from '../../vm/memory.js';
import {
	anonymousStatus,
	type FileOperations,
	noOperations,
	pollError,
	pollHangUp,
	readable,
	writable,
} from '../files/file-operations.js';
import {type Inode, inodeStatus} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import type {OpenFile} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {done, failed} from '../outcome.js';
import {releaseEnd} from './fifo.js';
import {fillLevel, isEmpty, isFull, openPipeEnd, type Pipe, readPipe, writePipe} from './pipe.js';
import {fionread} from '../files/ioctl-numbers.js';

/** An open end of a pipe, or of a FIFO, which may be both ends. */
export type PipeEnd = {
	readonly kind: 'pipe';
	readonly pipe: Pipe;
	readonly reads: boolean;
	readonly writes: boolean;
	/** writerOpens when a FIFO was opened for reading without a writer: no hang-up before another one came. */
	readonly writersSeen: number;
	/** Of a FIFO. */
	readonly inode: Inode | undefined;
};

/** The two ends of a new pipe, as things for open file descriptions, counted as open. */
export const createPipeEnds = (
	pipe: Pipe,
): {readonly readEnd: PipeEnd; readonly writeEnd: PipeEnd} => {
	const readEnd: PipeEnd = {
		kind: 'pipe',
		pipe,
		reads: true,
		writes: false,
		writersSeen: -1,
		inode: undefined,
	};
	const writeEnd: PipeEnd = {
		kind: 'pipe',
		pipe,
		reads: false,
		writes: true,
		writersSeen: -1,
		inode: undefined,
	};
	openPipeEnd(pipe, readEnd);
	openPipeEnd(pipe, writeEnd);
	return {readEnd, writeEnd};
};

const isDirect = (file: OpenFile): boolean => (file.flags & openFlags.direct) !== 0;

const readinessOf = (_kernel: Kernel, {pipe, reads, writes, writersSeen}: PipeEnd): number => {
	let mask = 0;
	if (reads) {
		if (!isEmpty(pipe)) mask |= readable;
		if (pipe.writers === 0 && pipe.writerOpens !== writersSeen) mask |= pollHangUp;
	}
	if (writes) {
		if (!isFull(pipe)) mask |= writable;
		if (pipe.readers === 0) mask |= pollError;
	}
	return mask;
};

export const pipeOperations: FileOperations<PipeEnd> = {
	...noOperations,
	read: (kernel, {pipe}, io, sink) => readPipe(kernel, pipe, io, sink),
	write: (kernel, {pipe}, io, source, file) => writePipe(kernel, pipe, io, source, isDirect(file)),
	readiness: readinessOf,
	pollPoints: (_kernel, {pipe, reads, writes}) => [
		...(reads ? [pipe.readPoint] : []),
		...(writes ? [pipe.writePoint] : []),
	],
	status: (_kernel, {pipe, inode}) =>
		inode ? inodeStatus(inode) : anonymousStatus(pipe.id, 0o010600),
	release: (kernel, end) => releaseEnd(kernel, end),
	ioctl: (_kernel, {pipe}, thread, request, argument) => {
		if (request !== fionread) return failed('ENOTTY');
		return writeInt32(thread.context, argument, fillLevel(pipe)) ? done(0) : failed('EFAULT');
	},
	channel: ({pipe}) => pipe.name,
};
