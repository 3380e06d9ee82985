// An inotify instance, inotify(7): watches on files and directories, and the events that have come for them. An event that
// equals the newest one unread is not kept twice. A reader gets whole events only.

import {writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {
	anonymousStatus,
	type FileOperations,
	type Io,
	noOperations,
	readable,
} from '../files/file-operations.js';
import type {Inode} from '../files/inode.js';
import {fionread} from '../files/ioctl-numbers.js';
import type {Errno} from '../errno.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import type {Sink} from '../memory/user-buffer.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import {createPollPoint, pulse, type PollPoint} from '../polling/poll-point.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';

/** IN_…, as in <sys/inotify.h>. */
export const inotifyBits = {
	access: 0x1,
	modify: 0x2,
	attributes: 0x4,
	closeWrite: 0x8,
	closeNoWrite: 0x10,
	open: 0x20,
	movedFrom: 0x40,
	movedTo: 0x80,
	create: 0x100,
	delete: 0x200,
	deleteSelf: 0x400,
	moveSelf: 0x800,
	queueOverflow: 0x4000,
	ignored: 0x8000,
	onlyDirectory: 0x100_0000,
	dontFollow: 0x200_0000,
	excludeUnlinked: 0x400_0000,
	maskCreate: 0x1000_0000,
	maskAdd: 0x2000_0000,
	isDirectory: 0x4000_0000,
	oneShot: 0x8000_0000,
} as const;

export type InotifyEvent = {
	/** Number of the watch, -1 for a lost event. */
	readonly watch: number;
	/** IN_… as an unsigned number. */
	readonly mask: number;
	/** The same number for the two halves of a rename, else 0. */
	readonly cookie: number;
	/** Of the entry, in a watched directory; '' without. */
	readonly name: string;
};

export type Inotify = {
	readonly id: number;
	/** Oldest first. */
	unread: InotifyEvent[];
	nextWatch: number;
	readonly readQueue: WaitQueue;
	readonly point: PollPoint;
};

/** What an instance wants to hear of an inode. All of them stand in `Kernel.watches`, in order of creation. */
export type Watch = {
	readonly number: number;
	readonly inode: Inode;
	/** IN_… as an unsigned number. */
	mask: number;
	readonly owner: Inotify;
};

/** An open inotify instance. */
export type InotifyFile = {readonly kind: 'inotify'; readonly inotify: Inotify};

/** max_queued_events, max_user_instances and max_user_watches of a small machine: /proc/sys/fs/inotify. */
const mostEvents = 16_384;
const mostInstances = 128;
const mostWatches = 8192;
const headerSize = 16;

/** EMFILE: there are too many. */
export const createInotifyFile = (kernel: Kernel): InotifyFile | Errno => {
	let instances = 0;
	for (const {thing} of kernel.openFiles.values()) if (thing.kind === 'inotify') instances++;
	if (instances >= mostInstances) return 'EMFILE';
	const id = nextObjectId(kernel);
	const name = `inotify:${id}`;
	return {
		kind: 'inotify',
		inotify: {
			id,
			unread: [],
			nextWatch: 1,
			readQueue: createWaitQueue('inotify.read', name),
			point: createPollPoint(name, readable),
		},
	};
};

/** A new watch; its number, or ENOSPC: there are too many. */
export const addWatch = (
	kernel: Kernel,
	owner: Inotify,
	inode: Inode,
	mask: number,
): number | Errno => {
	if (kernel.watches.length >= mostWatches) return 'ENOSPC';
	const number = owner.nextWatch++;
	kernel.watches = [...kernel.watches, {number, inode, mask, owner}];
	return number;
};

/** Adds an event and wakes the readers; beyond the limit one IN_Q_OVERFLOW stands for all that are lost. */
export const queueEvent = (kernel: Kernel, inotify: Inotify, event: InotifyEvent): void => {
	const {unread} = inotify;
	const last = unread.at(-1);
	if (last && isSame(last, event)) return;
	if (unread.length >= mostEvents) {
		const lost = {watch: -1, mask: inotifyBits.queueOverflow, cookie: 0, name: ''};
		if (last && !isSame(last, lost)) unread.push(lost);
		return;
	}
	unread.push(event);
	wakeAll(kernel, inotify.readQueue);
	pulse(kernel, inotify.point);
};

const isSame = (a: InotifyEvent, b: InotifyEvent): boolean =>
	a.watch === b.watch && a.mask === b.mask && a.cookie === b.cookie && a.name === b.name;

/** Takes a watch away; its instance hears IN_IGNORED. */
export const dropWatch = (kernel: Kernel, watch: Watch): void => {
	kernel.watches = kernel.watches.filter(each => each !== watch);
	const event = {watch: watch.number, mask: inotifyBits.ignored, cookie: 0, name: ''};
	queueEvent(kernel, watch.owner, event);
};

/** struct inotify_event: the name is filled up with NULs to a multiple of 16 bytes. */
const encode = ({watch, mask, cookie, name}: InotifyEvent): Uint8Array => {
	const text = new TextEncoder().encode(name);
	const room = name === '' ? 0 : Math.ceil((text.length + 1) / headerSize) * headerSize;
	const bytes = new Uint8Array(headerSize + room);
	const view = new DataView(bytes.buffer);
	view.setInt32(0, watch, true);
	view.setUint32(4, mask, true);
	view.setUint32(8, cookie, true);
	view.setUint32(12, room, true);
	bytes.set(text, headerSize);
	return bytes;
};

const read = (_kernel: Kernel, {inotify}: InotifyFile, io: Io, sink: Sink): Outcome => {
	const {unread} = inotify;
	if (unread.length === 0) {
		if (io.isNonblocking) return failed('EAGAIN');
		return io.progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(inotify.readQueue);
	}
	let taken = 0;
	let count = 0;
	for (const event of unread) {
		const bytes = encode(event);
		if (count + bytes.length > sink.length) break;
		if (!sink.put(bytes)) return failed('EFAULT');
		count += bytes.length;
		taken++;
	}
	if (taken === 0) return failed('EINVAL');
	unread.splice(0, taken);
	if (io.thread) markEffect(io.thread.context.turns);
	return done(count);
};

export const inotifyOperations: FileOperations<InotifyFile> = {
	...noOperations,
	read,
	readiness: (_kernel, {inotify}) => (inotify.unread.length > 0 ? readable : 0),
	pollPoints: (_kernel, {inotify}) => [inotify.point],
	status: (_kernel, {inotify}) => anonymousStatus(inotify.id, 0o600),
	release: (kernel, {inotify}) => {
		kernel.watches = kernel.watches.filter(({owner}) => owner !== inotify);
	},
	ioctl: (_kernel, {inotify}, thread, request, argument) => {
		if (request !== fionread) return failed('ENOTTY');
		const bytes = inotify.unread.reduce((sum, event) => sum + encode(event).length, 0);
		return writeInt32(thread.context, argument, bytes) ? done(0) : failed('EFAULT');
	},
	seekSize: () => 'ESPIPE',
	channel: ({inotify}) => `inotify:${inotify.id}`,
};
