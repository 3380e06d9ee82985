// The object behind pipe(2) and an open FIFO, as fs/pipe.c of Linux has it: a row of page slots, not a byte counter.
// A write fills a slot per page; its part smaller than a page is merged into the last slot if all of it fits there. Room
// appears when a slot has been emptied. So a write of at most PIPE_BUF bytes goes in as a whole or not at all.
//
// Blocked readers and writers are woken one at a time; who leaves bytes (or room) behind wakes the next.

import type {FileLocks} from '../files/file-locks.js';
import {recordEvent} from '../trace/events.js';
import {type Io, type Progress, readable, writable} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import {sendThreadSignal} from '../signals/signals.js';
import type {Thread} from '../process/thread.js';
import type {Sink, Source} from '../memory/user-buffer.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll, wakeOne} from '../process/wake.js';
import {markEffect} from '../../vm/turns.js';

export const pipeCapacity = 65_536;
/** A slot takes a page. A write of at most one, PIPE_BUF, is atomic. */
export const slotSize = 4096;
/** From this many pipes on a new one has two pages only: /proc/sys/fs/pipe-user-pages-soft, pipe(7). */
const fullSizePipes = 1024;
const smallSlotLimit = 2;
/** /proc/sys/fs/pipe-max-size, for the unprivileged. */
const maximalCapacity = 1_048_576;
const sigpipe = 13;

/** A page of a pipe. */
type Slot = {
	readonly page: Uint8Array;
	/** The unread bytes are page[start, end). */
	start: number;
	end: number;
	/** O_DIRECT: a read takes this slot alone, and nothing is merged into it. */
	readonly isPacket: boolean;
};

export type Pipe = {
	readonly id: number;
	/** `pipe:7` or `fifo:/tmp/box`. */
	readonly name: string;
	readonly isFifo: boolean;
	/** Oldest first. */
	slots: Slot[];
	slotLimit: number;
	/** Totals since creation. */
	bytesRead: number;
	bytesWritten: number;
	/** Open file descriptions with that access, so dup() and fork() leave the counts alone. */
	readers: number;
	writers: number;
	/** Descriptions and opens in progress; a FIFO's pipe ends with the last. */
	files: number;
	/** How often it was opened for reading and for writing; a blocked open waits for the other to grow. */
	readerOpens: number;
	writerOpens: number;
	readonly readQueue: WaitQueue;
	readonly writeQueue: WaitQueue;
	readonly openQueue: WaitQueue;
	/** Of a pipe; a FIFO's stand in its inode. */
	locks: FileLocks | undefined;
	/** Who polls the read end hears of bytes, who polls the write end of room. */
	readonly readPoint: PollPoint;
	readonly writePoint: PollPoint;
};

/** A pipe without ends yet. `path` is that of a FIFO. */
export const createPipe = (kernel: Kernel, path?: string): Pipe => {
	const id = nextObjectId(kernel);
	const name = path === undefined ? `pipe:${id}` : `fifo:${path}`;
	const pipe: Pipe = {
		id,
		name,
		isFifo: path !== undefined,
		slots: [],
		slotLimit: kernel.pipes.size < fullSizePipes ? pipeCapacity / slotSize : smallSlotLimit,
		bytesRead: 0,
		bytesWritten: 0,
		readers: 0,
		writers: 0,
		files: 0,
		readerOpens: 0,
		writerOpens: 0,
		readQueue: createWaitQueue('pipe.read', name),
		writeQueue: createWaitQueue('pipe.write', name),
		openQueue: createWaitQueue('fifo.open', name),
		locks: undefined,
		readPoint: createPollPoint(name, readable),
		writePoint: createPollPoint(name, writable),
	};
	kernel.pipes.set(id, pipe);
	return pipe;
};

/** Unread bytes. */
export const fillLevel = (pipe: Pipe): number => pipe.bytesWritten - pipe.bytesRead;

export const capacityOf = (pipe: Pipe): number => pipe.slotLimit * slotSize;

export const isFull = (pipe: Pipe): boolean => pipe.slots.length >= pipe.slotLimit;

export const isEmpty = (pipe: Pipe): boolean => pipe.slots.length === 0;

/** The unread bytes in order, at most `limit` of them, for the panes. */
export const peekPipe = (pipe: Pipe, limit = Infinity): Uint8Array => {
	const result = new Uint8Array(Math.min(limit, fillLevel(pipe)));
	let count = 0;
	for (const {page, start, end} of pipe.slots) {
		if (count >= result.length) break;
		const part = page.subarray(start, Math.min(end, start + result.length - count));
		result.set(part, count);
		count += part.length;
	}
	return result;
};

/** read(2). */
export const readPipe = (kernel: Kernel, pipe: Pipe, io: Io, sink: Sink): Outcome => {
	if (sink.length === 0) return done(0);
	const wasFull = isFull(pipe);
	const {parts, isFault} = takeSlots(pipe, sink);
	const count = parts.reduce((sum, part) => sum + part.length, 0);
	if (count === 0) {
		if (isFault) return failed('EFAULT');
		if (pipe.writers === 0) return done(0);
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(pipe.readQueue);
	}
	noteTransfer(kernel, pipe, io, 'out', parts, count);
	if (wasFull && !isFull(pipe)) {
		wakeOne(kernel, pipe.writeQueue);
		pulse(kernel, pipe.writePoint);
	}
	if (!isEmpty(pipe)) wakeOne(kernel, pipe.readQueue);
	return done(count);
};

const takeSlots = (pipe: Pipe, sink: Sink): {parts: Uint8Array[]; isFault: boolean} => {
	const parts: Uint8Array[] = [];
	let room = sink.length;
	while (room > 0 && !isEmpty(pipe)) {
		const slot = pipe.slots[0]!;
		const part = slot.page.slice(slot.start, Math.min(slot.end, slot.start + room));
		if (!sink.put(part)) return {parts, isFault: true};
		parts.push(part);
		pipe.bytesRead += part.length;
		slot.start += part.length;
		room -= part.length;
		if (slot.isPacket) {
			pipe.bytesRead += slot.end - slot.start;
			room = 0;
		}
		if (slot.start === slot.end || slot.isPacket) pipe.slots.shift();
	}
	return {parts, isFault: false};
};

/** write(2). Resumes where it blocked; without readers the thread gets SIGPIPE. */
export const writePipe = (
	kernel: Kernel,
	pipe: Pipe,
	io: Io,
	source: Source,
	isPacket = false,
): Outcome => {
	if (source.length === 0) return done(0);
	const {progress} = io;
	if (pipe.readers === 0) return brokenPipe(kernel, io);
	const before = progress.count;
	const wasEmpty = isEmpty(pipe);
	let isMapped = true;
	if (progress.tries === 0 && !wasEmpty) isMapped = mergeIntoLast(pipe, progress, source);
	while (isMapped && progress.count < source.length && !isFull(pipe)) {
		isMapped = fillSlot(pipe, progress, source, isPacket);
	}
	if (progress.count > before) {
		const sample = source.get(before, Math.min(64, progress.count - before));
		noteTransfer(kernel, pipe, io, 'in', sample ? [sample] : [], progress.count - before);
		wakeOne(kernel, pipe.readQueue);
		pulse(kernel, pipe.readPoint);
	}
	if (progress.count === source.length || !isMapped) {
		if (!isFull(pipe)) wakeOne(kernel, pipe.writeQueue);
		return progress.count > 0 ? done(progress.count) : failed('EFAULT');
	}
	if (io.isNonblocking) return progress.count > 0 ? done(progress.count) : failed('EAGAIN');
	if (!progress.isInterrupted) return blockedOn(pipe.writeQueue);
	return progress.count > 0 ? done(progress.count) : failed('ERESTARTSYS');
};

const brokenPipe = (kernel: Kernel, io: Io): Outcome => {
	if (io.thread) raiseBrokenPipe(kernel, io.thread);
	return io.progress.count > 0 ? done(io.progress.count) : failed('EPIPE');
};

/** SIGPIPE to the thread that wrote to nobody. */
export const raiseBrokenPipe = (kernel: Kernel, thread: Thread): void => {
	sendThreadSignal(kernel, thread, {
		signal: sigpipe,
		code: 0,
		sender: thread.pid,
		value: 0,
		status: 0,
		address: 0,
	});
};

/** The part of a write that is smaller than a page goes into the last slot if all of it fits. False: bad address. */
const mergeIntoLast = (pipe: Pipe, progress: Progress, source: Source): boolean => {
	const count = source.length % slotSize;
	const last = pipe.slots.at(-1)!;
	if (count === 0 || last.isPacket || last.end + count > slotSize) return true;
	const bytes = source.get(0, count);
	if (!bytes) return false;
	last.page.set(bytes, last.end);
	last.end += count;
	progress.count += count;
	pipe.bytesWritten += count;
	return true;
};

const fillSlot = (pipe: Pipe, progress: Progress, source: Source, isPacket: boolean): boolean => {
	const count = Math.min(slotSize, source.length - progress.count);
	const bytes = source.get(progress.count, count);
	if (!bytes) return false;
	const page = new Uint8Array(slotSize);
	page.set(bytes);
	pipe.slots.push({page, start: 0, end: count, isPacket});
	progress.count += count;
	pipe.bytesWritten += count;
	return true;
};

const noteTransfer = (
	kernel: Kernel,
	pipe: Pipe,
	io: Io,
	direction: 'in' | 'out',
	parts: readonly Uint8Array[],
	count: number,
): void => {
	if (io.thread) markEffect(io.thread.context.turns);
	if (!kernel.events.isOn) return;
	const data = new Uint8Array(Math.min(64, count));
	let position = 0;
	for (const part of parts) {
		if (position >= data.length) break;
		data.set(part.subarray(0, data.length - position), position);
		position += part.length;
	}
	recordEvent(kernel, io.thread?.tid ?? 0, {
		kind: 'bytes',
		channel: pipe.name,
		direction,
		count,
		data,
	});
};

/** A description with this access has been made. */
export const openPipeEnd = (
	pipe: Pipe,
	access: {readonly reads: boolean; readonly writes: boolean},
): void => {
	pipe.files++;
	if (access.reads) {
		pipe.readers++;
		pipe.readerOpens++;
	}
	if (access.writes) {
		pipe.writers++;
		pipe.writerOpens++;
	}
};

/** The last reference to a description has gone: the other side then sees end of file or EPIPE. */
export const closePipeEnd = (
	kernel: Kernel,
	pipe: Pipe,
	access: {readonly reads: boolean; readonly writes: boolean},
): void => {
	if (access.reads) pipe.readers--;
	if (access.writes) pipe.writers--;
	pipe.files--;
	if (access.reads && pipe.readers === 0) wakeAll(kernel, pipe.writeQueue);
	if (access.writes && pipe.writers === 0) wakeAll(kernel, pipe.readQueue);
	pulse(kernel, pipe.readPoint);
	pulse(kernel, pipe.writePoint);
	if (pipe.files > 0) return;
	pipe.slots = [];
	pipe.bytesRead = pipe.bytesWritten;
	kernel.pipes.delete(pipe.id);
};

/** Wakes a reader or writer that could go on: for when somebody who had been woken for it has ended instead. */
export const passWakeUpOn = (kernel: Kernel, pipe: Pipe): void => {
	if (!isEmpty(pipe)) wakeOne(kernel, pipe.readQueue);
	if (!isFull(pipe)) wakeOne(kernel, pipe.writeQueue);
};

/** F_SETPIPE_SZ of fcntl(2): rounds up to a power of two pages. Returns the new capacity. */
export const setPipeCapacity = (kernel: Kernel, pipe: Pipe, bytes: number): Outcome => {
	if (bytes < 0 || bytes > 2 ** 31) return failed('EINVAL');
	let capacity = slotSize;
	while (capacity < bytes) capacity *= 2;
	const slots = capacity / slotSize;
	if (slots > pipe.slotLimit && capacity > maximalCapacity) return failed('EPERM');
	if (slots < pipe.slots.length) return failed('EBUSY');
	const hasGrown = slots > pipe.slotLimit;
	pipe.slotLimit = slots;
	if (hasGrown) {
		wakeOne(kernel, pipe.writeQueue);
		pulse(kernel, pipe.writePoint);
	}
	return done(capacity);
};
