// Advisory locks. flock(2): a lock on the whole file that belongs to an open file description. fcntl(2): record locks on
// byte ranges that belong to a process (or, F_OFD_…, to a description), go with any close of the file by it, and are
// checked for deadlocks.

import {markEffect} from '../../vm/turns.js';
import type {Progress} from './file-operations.js';
import type {Inode} from './inode.js';
import type {Pipe} from '../pipes/pipe.js';
import type {Kernel} from '../kernel.js';
import type {OpenFile} from './open-file.js';
import {blockedOn, done, failed, type Outcome} from '../outcome.js';
import type {Thread} from '../process/thread.js';
import {createWaitQueue, type WaitQueue} from '../process/wait-queue.js';
import {wakeAll} from '../process/wake.js';
import {digestOf, noteKernelValue} from '../turn-values.js';

/** `end` is exclusive; Infinity reaches beyond any end of file. The owner is a pid, or minus the id of an open file. */
export type RecordLock = {
	readonly owner: number;
	readonly type: 'read' | 'write';
	readonly start: number;
	readonly end: number;
};

export type Flock = {readonly file: number; readonly isExclusive: boolean; readonly pid: number};

export type FileLocks = {
	/** The inode's number, or the pipe's. */
	readonly id: number;
	/** Sorted by owner and start, never overlapping for one owner. */
	records: RecordLock[];
	flocks: Flock[];
	readonly recordQueue: WaitQueue;
	readonly flockQueue: WaitQueue;
};

/** The inode behind an open file, if it has one. */
export const inodeOf = (file: OpenFile): Inode | undefined =>
	'inode' in file.thing ? file.thing.inode : undefined;

/** What carries the locks of an open file: its inode, or its pipe. Nothing else can be opened twice. */
const holderOf = (file: OpenFile): Inode | Pipe | undefined =>
	inodeOf(file) ?? ('pipe' in file.thing ? file.thing.pipe : undefined);

const channelOf = (file: OpenFile): string => {
	if ('path' in file.thing) return `file:${file.thing.path}`;
	return 'pipe' in file.thing ? file.thing.pipe.name : '';
};

const locksOf = (file: OpenFile): FileLocks | undefined => {
	const holder = holderOf(file);
	if (!holder) return undefined;
	const channel = channelOf(file);
	holder.locks ??= {
		id: 'number' in holder ? holder.number : holder.id,
		records: [],
		flocks: [],
		recordQueue: createWaitQueue('lock', channel),
		flockQueue: createWaitQueue('flock', channel),
	};
	return holder.locks;
};

const lockShared = 1;
const lockExclusive = 2;
const lockNonblocking = 4;
const lockUnlock = 8;

/** flock(2). Changing a lock's kind gives the old one up first, as on Linux. */
export const lockWholeFile = (
	kernel: Kernel,
	file: OpenFile,
	operation: number,
	thread: Thread,
	progress: Progress,
): Outcome => {
	const locks = locksOf(file);
	if (!locks) return done(0);
	const kind = operation & ~lockNonblocking;
	const mine = locks.flocks.find(lock => lock.file === file.id);
	if (kind === lockUnlock) {
		if (mine) dropFlock(kernel, locks, file.id, thread);
		return done(0);
	}
	const isExclusive = kind === lockExclusive;
	if (mine?.isExclusive === isExclusive) return done(0);
	if (mine) dropFlock(kernel, locks, file.id, thread);
	if (locks.flocks.some(lock => lock.file !== file.id && (isExclusive || lock.isExclusive))) {
		if ((operation & lockNonblocking) !== 0) return failed('EAGAIN');
		return progress.isInterrupted ? failed('ERESTARTSYS') : blockedOn(locks.flockQueue);
	}
	locks.flocks.push({file: file.id, isExclusive, pid: thread.pid});
	noteKernelValue(
		thread,
		'flock',
		file.id,
		flockValues.none,
		flockValues[isExclusive ? 'exclusive' : 'shared'],
	);
	return done(0);
};

export const isFlockOperation = (operation: number): boolean =>
	[lockShared, lockExclusive, lockUnlock].includes(operation & ~lockNonblocking);

/** What an open file holds, as a value for the judgement of turns: a lock taken and given back has not changed. */
const flockValues = {none: 0, shared: 1, exclusive: 2} as const;

const dropFlock = (
	kernel: Kernel,
	locks: FileLocks,
	file: number,
	thread: Thread | undefined,
): void => {
	const mine = locks.flocks.find(lock => lock.file === file);
	locks.flocks = locks.flocks.filter(lock => lock !== mine);
	const before = flockValues[mine?.isExclusive ? 'exclusive' : 'shared'];
	noteKernelValue(thread, 'flock', file, before, flockValues.none);
	wakeWaiters(kernel, locks.flockQueue, thread);
};

/** Whoever lets others go on has done something. */
const wakeWaiters = (kernel: Kernel, queue: WaitQueue, thread: Thread | undefined): void => {
	if (thread && queue.waiters.length > 0) markEffect(thread.context.turns);
	wakeAll(kernel, queue);
};

/** An owner's record locks, as a value for the judgement of turns. */
const recordsDigest = (locks: FileLocks, owner: number): number =>
	digestOf(
		locks.records
			.filter(lock => lock.owner === owner)
			.flatMap(({type, start, end}) => [
				type === 'read' ? 1 : 2,
				start,
				end === Infinity ? -1 : end,
			]),
	);

/** The open file description ends: its locks go. */
export const releaseFlocks = (kernel: Kernel, file: OpenFile, thread: Thread | undefined): void => {
	const locks = holderOf(file)?.locks;
	if (!locks) return;
	if (locks.flocks.some(lock => lock.file === file.id)) dropFlock(kernel, locks, file.id, thread);
	dropRecords(kernel, locks, -file.id, thread);
};

/** A process has closed a descriptor of the file: all its record locks on it go. */
export const releaseRecordLocks = (
	kernel: Kernel,
	file: OpenFile,
	pid: number,
	thread: Thread | undefined,
): void => {
	const locks = holderOf(file)?.locks;
	if (locks) dropRecords(kernel, locks, pid, thread);
};

const dropRecords = (
	kernel: Kernel,
	locks: FileLocks,
	owner: number,
	thread: Thread | undefined,
): void => {
	const left = locks.records.filter(lock => lock.owner !== owner);
	if (left.length === locks.records.length) return;
	changeRecords(kernel, locks, owner, thread, left);
};

/** Gives the list of locks a new value, in which only the owner's differ, and lets waiters try again. */
const changeRecords = (
	kernel: Kernel,
	locks: FileLocks,
	owner: number,
	thread: Thread | undefined,
	records: RecordLock[],
): void => {
	const before = recordsDigest(locks, owner);
	locks.records = records;
	noteKernelValue(thread, 'record-locks', locks.id, before, recordsDigest(locks, owner));
	wakeWaiters(kernel, locks.recordQueue, thread);
};

const conflictsWith = (wanted: RecordLock, other: RecordLock): boolean =>
	other.owner !== wanted.owner &&
	other.start < wanted.end &&
	wanted.start < other.end &&
	(wanted.type === 'write' || other.type === 'write');

/** F_GETLK: the first lock that stands in the way. */
export const findConflict = (file: OpenFile, wanted: RecordLock): RecordLock | undefined =>
	holderOf(file)?.locks?.records.find(lock => conflictsWith(wanted, lock));

/** Memo of a call that waits for a record lock: who waits for whom, for the search for deadlocks. */
type LockWait = {readonly kind: 'record-lock'; readonly owner: number; readonly blocker: number};

const isLockWait = (memo: unknown): memo is LockWait =>
	typeof memo === 'object' && memo !== null && 'kind' in memo && memo.kind === 'record-lock';

/** F_SETLK and F_SETLKW of a read or write lock. */
export const setRecordLock = (
	kernel: Kernel,
	file: OpenFile,
	wanted: RecordLock,
	mayWait: boolean,
	thread: Thread,
	progress: Progress,
): Outcome => {
	const locks = locksOf(file);
	if (!locks) return done(0);
	const conflict = locks.records.find(lock => conflictsWith(wanted, lock));
	if (!conflict) {
		changeRecords(kernel, locks, wanted.owner, thread, withRange(locks, wanted, wanted));
		return done(0);
	}
	if (!mayWait) return failed('EAGAIN');
	if (wouldDeadlock(kernel, wanted.owner, conflict.owner)) return failed('EDEADLK');
	if (progress.isInterrupted) return failed('ERESTARTSYS');
	const wait: LockWait = {kind: 'record-lock', owner: wanted.owner, blocker: conflict.owner};
	progress.memo = wait;
	return blockedOn(locks.recordQueue);
};

/** F_UNLCK. */
export const clearRecordLock = (
	kernel: Kernel,
	file: OpenFile,
	range: Pick<RecordLock, 'owner' | 'start' | 'end'>,
	thread: Thread,
): void => {
	const locks = holderOf(file)?.locks;
	if (!locks) return;
	changeRecords(kernel, locks, range.owner, thread, withRange(locks, range, undefined));
};

/** Follows who waits for whom from the holder; a way back to the asker is a deadlock. Description locks take no part. */
const wouldDeadlock = (kernel: Kernel, asker: number, holder: number): boolean => {
	const blockers = new Map<number, number>();
	for (const thread of kernel.threads.values()) {
		const memo = thread.state === 'blocked' ? thread.call?.memo : undefined;
		if (isLockWait(memo)) blockers.set(memo.owner, memo.blocker);
	}
	let owner: number | undefined = holder;
	for (let steps = 0; owner !== undefined && steps <= blockers.size; steps++) {
		if (owner === asker) return asker > 0;
		owner = blockers.get(owner);
	}
	return false;
};

/** The list of locks with the range taken out of the owner's and `lock` put there; equal neighbours become one lock. */
const withRange = (
	locks: FileLocks,
	range: Pick<RecordLock, 'owner' | 'start' | 'end'>,
	lock: RecordLock | undefined,
): RecordLock[] => {
	const result: RecordLock[] = [];
	let added = lock;
	for (const other of locks.records) {
		if (other.owner !== range.owner || other.end < range.start || other.start > range.end) {
			result.push(other);
			continue;
		}
		if (added && other.type === added.type) {
			added = {
				...added,
				start: Math.min(added.start, other.start),
				end: Math.max(added.end, other.end),
			};
			continue;
		}
		if (other.start < range.start) result.push({...other, end: Math.min(other.end, range.start)});
		if (other.end > range.end) result.push({...other, start: Math.max(other.start, range.end)});
	}
	if (added) result.push(added);
	return result.toSorted((a, b) => a.owner - b.owner || a.start - b.start);
};
