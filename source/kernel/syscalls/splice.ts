// System calls that move bytes between descriptors: splice(2), tee(2), vmsplice(2), copy_file_range(2). What stands in a
// pipe is taken only when it has arrived at the other side.

import {readInt64, writeInt64} from '../../vm/memory.js';
import {fetchBlocks} from '../files/block-device.js';
import {readObject} from '../../vm/memory-object.js';
import {fileAt} from '../process/descriptors.js';
import type {Errno} from '../errno.js';
import {createProgress, type Io} from '../files/file-operations.js';
import {setOffset} from '../files/file-offset.js';
import type {Kernel} from '../kernel.js';
import {
	canRead,
	canWrite,
	hasPosition,
	isNonblocking,
	type OpenFile,
	readFile,
	regularFileOf,
	writeFile,
} from '../files/open-file.js';
import {openFlags} from '../files/open-flags.js';
import {blockedOn, type CallInProgress, done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {
	capacityOf,
	fillLevel,
	isEmpty,
	isFull,
	peekPipe,
	type Pipe,
	readPipe,
	writePipe,
} from '../pipes/pipe.js';
import {processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {bytesSink, bytesSource, userSink, userSource} from '../memory/user-buffer.js';
import {readVector} from './files.js';

const spliceNonblock = 2;
const spliceFlags = 15;

/** Bytes that one call moves at most. */
const longest = 65_536;

const pipeOf = (file: OpenFile): Pipe | undefined =>
	file.thing.kind === 'pipe' ? file.thing.pipe : undefined;

/** Bytes that surely fit into free slots. */
const roomOf = (pipe: Pipe): number => capacityOf(pipe) - 4096 * pipe.slots.length;

/** Why nothing can be taken from a pipe now, if so. */
const emptyOutcome = (
	pipe: Pipe,
	call: CallInProgress,
	isWaiting: boolean,
): Outcome | undefined => {
	if (!isEmpty(pipe)) return undefined;
	if (pipe.writers === 0) return done(0);
	if (!isWaiting) return failed('EAGAIN');
	return call.isInterrupted ? failed('ERESTARTSYS') : blockedOn(pipe.readQueue);
};

/** Why nothing can be put into a pipe now, if so; a pipe without readers is for writePipe() to refuse. */
const fullOutcome = (pipe: Pipe, call: CallInProgress, isWaiting: boolean): Outcome | undefined => {
	if (!isFull(pipe) || pipe.readers === 0) return undefined;
	if (!isWaiting) return failed('EAGAIN');
	return call.isInterrupted ? failed('ERESTARTSYS') : blockedOn(pipe.writeQueue);
};

/** An offset argument: undefined for a null pointer, which uses the file's own. */
const readOffset = (
	thread: Thread,
	file: OpenFile,
	address: number,
): number | undefined | Errno => {
	if (address === 0) return undefined;
	if (pipeOf(file)) return 'ESPIPE';
	const offset = readInt64(thread.context.space, address);
	if (offset === undefined) return 'EFAULT';
	return offset < 0 ? 'EINVAL' : offset;
};

type Side = {
	readonly file: OpenFile;
	readonly address: number;
	readonly offset: number | undefined;
};

const ioOf = (thread: Thread, call: CallInProgress, {file, offset}: Side): Io => ({
	thread,
	progress: call,
	isNonblocking: isNonblocking(file),
	...(offset !== undefined && {position: offset}),
});

const storeOffset = (thread: Thread, {address, offset}: Side, outcome: Outcome): Outcome => {
	if (outcome.kind !== 'done' || offset === undefined) return outcome;
	return writeInt64(thread.context, address, offset + outcome.value) ? outcome : failed('EFAULT');
};

/** Takes bytes out of a pipe that have been delivered already. */
const consume = (kernel: Kernel, thread: Thread, pipe: Pipe, count: number): void => {
	readPipe(
		kernel,
		pipe,
		{thread, progress: createProgress(), isNonblocking: true},
		{length: count, put: () => true, putSome: bytes => bytes.length},
	);
};

const fromPipe = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	pipe: Pipe,
	to: Side,
	length: number,
	isWaiting: boolean,
): Outcome => {
	const problem = emptyOutcome(pipe, call, isWaiting);
	if (problem) return problem;
	const target = pipeOf(to.file);
	const full = target && fullOutcome(target, call, isWaiting);
	if (full) return full;
	const room = target ? roomOf(target) : longest;
	const bytes = peekPipe(pipe, Math.min(length, room, longest));
	const outcome = target
		? putIntoPipe(kernel, thread, target, bytes)
		: writeFile(kernel, to.file, ioOf(thread, call, to), bytesSource(bytes));
	if (outcome.kind === 'done') consume(kernel, thread, pipe, outcome.value);
	return storeOffset(thread, to, outcome);
};

const putIntoPipe = (kernel: Kernel, thread: Thread, pipe: Pipe, bytes: Uint8Array): Outcome =>
	writePipe(
		kernel,
		pipe,
		{thread, progress: createProgress(), isNonblocking: true},
		bytesSource(bytes),
	);

const intoPipe = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	from: Side,
	pipe: Pipe,
	length: number,
	isWaiting: boolean,
): Outcome => {
	const problem = fullOutcome(pipe, call, isWaiting);
	if (problem) return problem;
	const bytes = new Uint8Array(Math.max(0, Math.min(length, roomOf(pipe), longest)));
	const outcome = readFile(kernel, from.file, ioOf(thread, call, from), bytesSink(bytes));
	if (outcome.kind !== 'done' || outcome.value === 0) return outcome;
	const written = putIntoPipe(kernel, thread, pipe, bytes.subarray(0, outcome.value));
	return storeOffset(thread, from, written);
};

const splice: SystemCall = (kernel, thread, args, call) => {
	const [length, flags] = [args[4]!, args[5]! | 0];
	const process = processOf(kernel, thread);
	if (length === 0) return done(0);
	if (length < 0 || (flags & ~spliceFlags) !== 0) return failed('EINVAL');
	const source = fileAt(process, args[0]! | 0);
	const target = fileAt(process, args[2]! | 0);
	if (!source || !target || !canRead(source) || !canWrite(target)) return failed('EBADF');
	const [sourcePipe, targetPipe] = [pipeOf(source), pipeOf(target)];
	if (sourcePipe === targetPipe) return failed('EINVAL');
	if ((target.flags & openFlags.append) !== 0) return failed('EINVAL');
	const sourceOffset = readOffset(thread, source, args[1]!);
	const targetOffset = readOffset(thread, target, args[3]!);
	if (isError(sourceOffset)) return failed(sourceOffset);
	if (isError(targetOffset)) return failed(targetOffset);
	const from: Side = {file: source, address: args[1]!, offset: sourceOffset};
	const to: Side = {file: target, address: args[3]!, offset: targetOffset};
	const pipes = [source, target].filter(file => pipeOf(file));
	const isWaiting = (flags & spliceNonblock) === 0 && !pipes.some(isNonblocking);
	if (sourcePipe) return fromPipe(kernel, thread, call, sourcePipe, to, length, isWaiting);
	return intoPipe(kernel, thread, call, from, targetPipe!, length, isWaiting);
};

const tee: SystemCall = (kernel, thread, args, call) => {
	const [length, flags] = [args[2]!, args[3]! | 0];
	const process = processOf(kernel, thread);
	if ((flags & ~spliceFlags) !== 0 || length < 0) return failed('EINVAL');
	if (length === 0) return done(0);
	const source = fileAt(process, args[0]! | 0);
	const target = fileAt(process, args[1]! | 0);
	if (!source || !target || !canRead(source) || !canWrite(target)) return failed('EBADF');
	const [from, to] = [pipeOf(source), pipeOf(target)];
	if (!from || !to || from === to) return failed('EINVAL');
	const isWaiting =
		(flags & spliceNonblock) === 0 && !isNonblocking(source) && !isNonblocking(target);
	const problem = emptyOutcome(from, call, isWaiting) ?? fullOutcome(to, call, isWaiting);
	if (problem) return problem;
	return putIntoPipe(
		kernel,
		thread,
		to,
		peekPipe(from, Math.min(length, roomOf(to), fillLevel(from))),
	);
};

/** User memory is copied: what the caller stores there later is not seen by the reader. */
const vmsplice: SystemCall = (kernel, thread, args, call) => {
	const file = fileAt(processOf(kernel, thread), args[0]! | 0);
	if ((args[3]! & ~spliceFlags) !== 0) return failed('EINVAL');
	if (!file || !pipeOf(file)) return failed('EBADF');
	const ranges = readVector(thread, args[1]!, args[2]! | 0);
	if (isError(ranges)) return failed(ranges);
	const io: Io = {
		thread,
		progress: call,
		isNonblocking: isNonblocking(file) || (args[3]! & spliceNonblock) !== 0,
	};
	return canWrite(file)
		? writeFile(kernel, file, io, userSource(thread.context.space, ranges))
		: readFile(kernel, file, io, userSink(thread.context, ranges));
};

const copyFileRange: SystemCall = (kernel, thread, args, call) => {
	const [length, flags] = [args[4]!, args[5]!];
	const process = processOf(kernel, thread);
	const source = fileAt(process, args[0]! | 0);
	const target = fileAt(process, args[2]! | 0);
	if (!source || !target || !canRead(source) || !canWrite(target)) return failed('EBADF');
	if ((target.flags & openFlags.append) !== 0) return failed('EBADF');
	const regular = regularFileOf(source);
	if (!regular || !regularFileOf(target) || flags !== 0 || !hasPosition(kernel, target))
		return failed('EINVAL');
	const sourceOffset = readOffset(thread, source, args[1]!);
	const targetOffset = readOffset(thread, target, args[3]!);
	if (isError(sourceOffset)) return failed(sourceOffset);
	if (isError(targetOffset)) return failed(targetOffset);
	const start = sourceOffset ?? source.offset;
	const {contents} = regular.body;
	const count = Math.max(0, Math.min(length, contents.size - start));
	if (count === 0) return done(0);
	const targetStart = targetOffset ?? target.offset;
	const isSameFile = regularFileOf(target)?.inode === regular.inode;
	if (isSameFile && targetStart < start + count && start < targetStart + count)
		return failed('EINVAL');
	const wait = fetchBlocks(kernel, regular.device, regular.body, start, start + count);
	if (wait) return wait;
	const to: Side = {file: target, address: args[3]!, offset: targetOffset};
	const bytes = bytesSource(readObject(contents, start, count));
	const outcome = writeFile(kernel, target, ioOf(thread, call, to), bytes);
	if (outcome.kind !== 'done') return outcome;
	if (sourceOffset === undefined) setOffset(source, start + outcome.value, thread);
	else if (!writeInt64(thread.context, args[1]!, start + outcome.value)) return failed('EFAULT');
	return storeOffset(thread, to, outcome);
};

export const spliceCalls: Readonly<Record<string, SystemCall>> = {
	splice,
	tee,
	vmsplice,
	copy_file_range: copyFileRange,
};
