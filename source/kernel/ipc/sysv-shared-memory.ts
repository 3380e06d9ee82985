// System V shared memory, shmget(2): segments are memory objects that processes attach. Attachments are counted where
// they are, in the address spaces, so exit and exec have nothing to do.

import {
	addRegion,
	type AddressSpace,
	findFreeRange,
	isRangeFree,
	mmapEnd,
	lowestAddress,
	protRead,
	protWrite,
	removeRange,
} from '../../vm/address-space.js';
import {createMemoryObject, type MemoryObject} from '../../vm/memory-object.js';
import {pageSize, roundUpToPage} from '../../vm/page.js';
import type {Errno} from '../errno.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {
	encodePermission,
	findByKey,
	type Ipc,
	type IpcObject,
	ipcObject,
	ipcPrivate,
	mayUse,
	now,
	permissionSize,
	wantRead,
	wantWrite,
} from './sysv.js';

export type SharedSegment = IpcObject & {
	/** Bytes asked for; the memory is in whole pages. */
	readonly size: number;
	readonly object: MemoryObject;
	/** IPC_RMID has been called: it goes with the last attachment. */
	isRemoved: boolean;
	lastPid: number;
	/** Seconds since the Epoch, 0 for never. */
	attachedAt: number;
	detachedAt: number;
};

export const shmReadOnly = 0o10000;
export const shmRound = 0o20000;
export const shmRemap = 0o40000;
const shmDestroyed = 0o1000;

/** How often a segment is attached, in all processes. */
export const attachCount = ({object}: SharedSegment): number =>
	object.mappers.reduce(
		(sum, space) =>
			sum + space.regions.filter(region => region.object === object && region.offset === 0).length,
		0,
	);

/** Forgets removed segments that nobody has attached any more. */
export const sweepSegments = (kernel: Kernel): void => {
	for (const {ipc} of kernel.hosts.values()) {
		for (const segment of ipc.segments.values()) {
			if (!segment.isRemoved || attachCount(segment) > 0) continue;
			ipc.segments.delete(segment.id);
			kernel.memoryObjects.delete(segment.object.id);
		}
	}
};

/** A segment by id, or undefined (EINVAL). */
export const segmentById = (kernel: Kernel, ipc: Ipc, id: number): SharedSegment | undefined => {
	sweepSegments(kernel);
	return ipc.segments.get(id);
};

export type Created<Kind> = {readonly object: Kind; readonly isNew: boolean};

/** shmget(2) */
export const getSegment = (
	kernel: Kernel,
	ipc: Ipc,
	request: {
		readonly key: number;
		readonly size: number;
		readonly flags: number;
		readonly pid: number;
	},
): Created<SharedSegment> | Errno => {
	const {key, size, flags, pid} = request;
	sweepSegments(kernel);
	const found = findByKey(ipc.segments, key, flags);
	if (found !== 'create') {
		if (typeof found === 'string') return found;
		return size > found.size ? 'EINVAL' : {object: found, isNew: false};
	}
	if (size < 1) return 'EINVAL';
	if (pagesInUse(ipc) + roundUpToPage(size) / pageSize > kernel.config.limits.machinePages)
		return 'ENOMEM';
	const name = `SYSV${(key >>> 0).toString(16).padStart(8, '0')}`;
	const segment: SharedSegment = {
		...ipcObject(kernel, ipc.nextSegment++, key, flags, pid),
		size,
		object: createMemoryObject(nextObjectId(kernel), name, roundUpToPage(size)),
		isRemoved: false,
		lastPid: 0,
		attachedAt: 0,
		detachedAt: 0,
	};
	ipc.segments.set(segment.id, segment);
	kernel.memoryObjects.set(segment.object.id, segment.object);
	return {object: segment, isNew: true};
};

const pagesInUse = (ipc: Ipc): number => {
	let pages = 0;
	for (const {object} of ipc.segments.values()) pages += object.size / pageSize;
	return pages;
};

/** shmat(2): the address, or why not. */
export const attachSegment = (
	kernel: Kernel,
	space: AddressSpace,
	segment: SharedSegment,
	request: {readonly address: number; readonly flags: number; readonly pid: number},
): number | Errno => {
	const isReadOnly = (request.flags & shmReadOnly) !== 0;
	if (!mayUse(segment, isReadOnly ? wantRead : wantRead | wantWrite)) return 'EACCES';
	const length = segment.object.size;
	const start = chooseAddress(space, request.address, length, request.flags);
	if (typeof start === 'string') return start;
	if ((request.flags & shmRemap) !== 0) removeRange(space, start, start + length);
	addRegion(space, {
		start,
		end: start + length,
		protection: isReadOnly ? protRead : protRead | protWrite,
		isShared: true,
		object: segment.object,
		offset: 0,
		name: segment.object.name,
		mayWrite: !isReadOnly,
	});
	segment.attachedAt = now(kernel);
	segment.lastPid = request.pid;
	return start;
};

const chooseAddress = (
	space: AddressSpace,
	hint: number,
	length: number,
	flags: number,
): number | Errno => {
	if (hint === 0)
		return (flags & shmRemap) === 0 ? (findFreeRange(space, length) ?? 'ENOMEM') : 'EINVAL';
	if (hint % pageSize !== 0 && (flags & shmRound) === 0) return 'EINVAL';
	const start = Math.floor(hint / pageSize) * pageSize;
	if (start < lowestAddress || start + length > mmapEnd) return 'EINVAL';
	return (flags & shmRemap) !== 0 || isRangeFree(space, start, start + length) ? start : 'EINVAL';
};

/** shmdt(2): whether a segment was attached there. */
export const detachSegment = (
	kernel: Kernel,
	ipc: Ipc,
	space: AddressSpace,
	address: number,
	pid: number,
): boolean => {
	const first = space.regions.find(region => region.start === address && region.offset === 0);
	const segment = [...ipc.segments.values()].find(({object}) => object === first?.object);
	if (!segment) return false;
	// mprotect may have cut the attachment into several regions
	removeAttachment(space, segment.object, address);
	segment.detachedAt = now(kernel);
	segment.lastPid = pid;
	sweepSegments(kernel);
	return true;
};

const removeAttachment = (space: AddressSpace, object: MemoryObject, address: number): void => {
	const parts = space.regions.filter(
		region => region.object === object && region.start - region.offset === address,
	);
	for (const {start, end} of parts) removeRange(space, start, end);
};

/** IPC_RMID: nobody finds the segment by its key any more; it ends when nobody has it attached. */
export const removeSegment = (kernel: Kernel, segment: SharedSegment): void => {
	segment.isRemoved = true;
	segment.key = ipcPrivate;
	sweepSegments(kernel);
};

/** A struct shmid_ds. */
export const encodeSegment = (segment: SharedSegment): Uint8Array => {
	const view = new DataView(new ArrayBuffer(permissionSize + 64));
	encodePermission(view, segment, segment.isRemoved ? shmDestroyed : 0);
	[segment.size, segment.attachedAt, segment.detachedAt, segment.changedAt].forEach(
		(value, index) => {
			view.setBigInt64(permissionSize + 8 * index, BigInt(value), true);
		},
	);
	view.setInt32(permissionSize + 32, segment.creator, true);
	view.setInt32(permissionSize + 36, segment.lastPid, true);
	view.setBigInt64(permissionSize + 40, BigInt(attachCount(segment)), true);
	return new Uint8Array(view.buffer);
};
