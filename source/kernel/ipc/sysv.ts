// What System V shared memory, semaphores and message queues have in common, sysvipc(7): objects of a host that are
// found by key, named by id, and stay until they are removed.

import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {userId} from '../signals/signal-numbers.js';
import type {MessageQueue} from './sysv-messages.js';
import type {SemaphoreSet} from './sysv-semaphores.js';
import type {SharedSegment} from './sysv-shared-memory.js';
import {wallClock} from '../time/time.js';

export const ipcPrivate = 0;
export const ipcCreate = 0o1000;
export const ipcExclusive = 0o2000;
export const ipcNoWait = 0o4000;
export const ipcRemove = 0;
export const ipcSet = 1;
export const ipcStat = 2;

/** The part that every object has; struct ipc_perm. */
export type IpcObject = {
	readonly id: number;
	/** IPC_PRIVATE (0) if nobody can find it. */
	key: number;
	/** Permission bits. */
	mode: number;
	/** Seconds since the Epoch of the last change by IPC_SET, or the creation. */
	changedAt: number;
	readonly creator: number;
};

/** The System V objects of a host. */
export type Ipc = {
	readonly segments: Map<number, SharedSegment>;
	readonly semaphoreSets: Map<number, SemaphoreSet>;
	readonly messageQueues: Map<number, MessageQueue>;
	/** Ids are not used again. */
	nextSegment: number;
	nextSemaphoreSet: number;
	nextMessageQueue: number;
};

export const createIpc = (): Ipc => ({
	segments: new Map(),
	semaphoreSets: new Map(),
	messageQueues: new Map(),
	nextSegment: 0,
	nextSemaphoreSet: 0,
	nextMessageQueue: 0,
});

/** Objects of a kind that a host may have. */
const objectLimit = 4096;

/** Looks a key up as shmget(2), semget(2) and msgget(2) do: an object, `create`, or why neither. */
export const findByKey = <Kind extends IpcObject>(
	objects: ReadonlyMap<number, Kind>,
	key: number,
	flags: number,
): Kind | 'create' | Errno => {
	const found =
		key === ipcPrivate ? undefined : [...objects.values()].find(object => object.key === key);
	if (!found) {
		if (key !== ipcPrivate && (flags & ipcCreate) === 0) return 'ENOENT';
		return objects.size >= objectLimit ? 'ENOSPC' : 'create';
	}
	if ((flags & (ipcCreate | ipcExclusive)) === (ipcCreate | ipcExclusive)) return 'EEXIST';
	return mayUse(found, flags) ? found : 'EACCES';
};

const readBits = 0o444;
const writeBits = 0o222;
export const wantRead = readBits;
export const wantWrite = writeBits;

/** Whether the owner, who everybody is, has the permissions that stand in any place of `wanted` (0444, 0222, 0600 …). */
export const mayUse = ({mode}: IpcObject, wanted: number): boolean => {
	const bits = ((wanted >> 6) | (wanted >> 3) | wanted) & 7;
	return (bits & ~(mode >> 6)) === 0;
};

/** The fields of a new object. */
export const ipcObject = (
	kernel: Kernel,
	id: number,
	key: number,
	flags: number,
	creator: number,
): IpcObject => ({
	id,
	key,
	mode: flags & 0o777,
	changedAt: now(kernel),
	creator,
});

/** Seconds since the Epoch, for the time stamps of IPC_STAT. */
export const now = (kernel: Kernel): number => wallClock(kernel).seconds;

/** Bytes of struct ipc_perm, and the offset of its mode. */
export const permissionSize = 48;
export const permissionMode = 20;

/** Stores a struct ipc_perm at the beginning of `view`. `extraMode`: SHM_DEST. */
export const encodePermission = (view: DataView, object: IpcObject, extraMode = 0): void => {
	view.setInt32(0, object.key, true);
	for (const offset of [4, 8, 12, 16]) view.setUint32(offset, userId, true);
	view.setUint32(permissionMode, object.mode | extraMode, true);
};
