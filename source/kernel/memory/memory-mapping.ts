// mmap(2) and its family on a process' address space. Shared anonymous memory and mapped files stand in
// kernel.memoryObjects while they are mapped, for the panes.

import {
	addRegion,
	type AddressSpace,
	findFreeRange,
	findRegion,
	firstRegionAfter,
	isRangeFree,
	lowestAddress,
	mmapEnd,
	protectRange,
	protRead,
	protWrite,
	type Region,
	removeRange,
	touchForReading,
	touchForWriting,
} from '../../vm/address-space.js';
import {createMemoryObject, type MemoryObject} from '../../vm/memory-object.js';
import {pageSize, roundUpToPage, zeroPage} from '../../vm/page.js';
import type {Errno} from '../errno.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {sweepSegments} from '../ipc/sysv-shared-memory.js';
import {canRead, canWrite, type OpenFile} from '../files/open-file.js';
import {isWriteSealed} from '../files/seals.js';

const mapPrivate = 2;
const mapTypeMask = 3;
export const mapFixed = 0x10;
export const mapAnonymous = 0x20;
export const mapFixedNoReplace = 0x10_0000;

export type MapRequest = {
	readonly address: number;
	readonly length: number;
	readonly protection: number;
	readonly flags: number;
	readonly file: OpenFile | undefined;
	readonly offset: number;
};

/** mmap(2), in the order of Linux's checks. The address, or why not. */
export const mapMemory = (
	kernel: Kernel,
	space: AddressSpace,
	request: MapRequest,
): number | Errno => {
	const {flags, file} = request;
	if (request.length <= 0) return 'EINVAL';
	const length = roundUpToPage(request.length);
	if (length >= mmapEnd) return 'ENOMEM';
	const start = chooseAddress(space, request.address, length, flags);
	if (typeof start === 'string') return start;
	const type = flags & mapTypeMask;
	if (type === 0) return 'EINVAL';
	const isShared = type !== mapPrivate;
	const backing = file ? backingOfFile(file, isShared, request.protection) : undefined;
	if (typeof backing === 'string') return backing;
	const object = backing?.object ?? (isShared ? createSharedMemory(kernel, length) : undefined);
	if (object === 'ENOMEM') return object;
	const isNewlyShared = isShared && object !== undefined && !kernel.memoryObjects.has(object.id);
	if (file && isNewlyShared && !hasRoomFor(kernel, object.size)) return 'ENOMEM';
	removeRange(space, start, start + length);
	addRegion(space, {
		start,
		end: start + length,
		protection: effectiveProtection(request.protection),
		isShared,
		object,
		offset: file ? request.offset : 0,
		name: backing?.name ?? object?.name ?? '',
		mayWrite: backing?.mayWrite ?? true,
	});
	if (object) kernel.memoryObjects.set(object.id, object);
	mergeRegions(space, start, start + length);
	return start;
};

/** On x86-64 a page that may be written may be read. */
const effectiveProtection = (protection: number): number =>
	(protection & protWrite) === 0 ? protection & 7 : (protection & 7) | protRead;

const chooseAddress = (
	space: AddressSpace,
	hint: number,
	length: number,
	flags: number,
): number | Errno => {
	if ((flags & (mapFixed | mapFixedNoReplace)) === 0) {
		const wanted = Math.floor(hint / pageSize) * pageSize;
		const isUsable =
			wanted >= lowestAddress &&
			wanted + length <= mmapEnd &&
			isRangeFree(space, wanted, wanted + length);
		return isUsable ? wanted : (findFreeRange(space, length) ?? 'ENOMEM');
	}
	if (hint % pageSize !== 0) return 'EINVAL';
	if (hint < lowestAddress) return 'EPERM';
	if (hint + length > mmapEnd) return 'ENOMEM';
	if ((flags & mapFixedNoReplace) !== 0 && !isRangeFree(space, hint, hint + length))
		return 'EEXIST';
	return hint;
};

type Backing = {
	readonly object: MemoryObject | undefined;
	readonly name: string;
	readonly mayWrite: boolean;
};

const backingOfFile = (file: OpenFile, isShared: boolean, protection: number): Backing | Errno => {
	const {thing} = file;
	if (!canRead(file)) return 'EACCES';
	if (isShared && (protection & protWrite) !== 0 && !canWrite(file)) return 'EACCES';
	const isSealed = thing.kind === 'file' && isShared && isWriteSealed(thing.body);
	if (isSealed && (protection & protWrite) !== 0) return 'EPERM';
	const mayWrite = !isShared || (canWrite(file) && !isSealed);
	if (thing.kind === 'file') return {object: thing.body.contents, name: thing.path, mayWrite};
	if (thing.kind === 'device' && thing.device === 'zero')
		return {object: undefined, name: '', mayWrite};
	return 'ENODEV';
};

/** An anonymous shared memory object, as long as the machine has room for it. */
const createSharedMemory = (kernel: Kernel, length: number): MemoryObject | 'ENOMEM' => {
	if (!hasRoomFor(kernel, length)) return 'ENOMEM';
	const id = nextObjectId(kernel);
	return createMemoryObject(id, `anon:${id}`, length);
};

/** Whether so many more bytes of shared memory fit into the machine; every mapped object counts in full. */
const hasRoomFor = (kernel: Kernel, length: number): boolean => {
	let pages = Math.ceil(length / pageSize);
	for (const {size} of kernel.memoryObjects.values()) pages += Math.ceil(size / pageSize);
	return pages <= kernel.config.limits.machinePages;
};

/** munmap(2). Parts that are not mapped are fine. */
export const unmapMemory = (
	kernel: Kernel,
	space: AddressSpace,
	address: number,
	length: number,
): Errno | undefined => {
	if (address % pageSize !== 0 || length <= 0 || address < 0) return 'EINVAL';
	if (address + length > mmapEnd) return 'EINVAL';
	removeRange(space, address, address + roundUpToPage(length));
	forgetUnmappedObjects(kernel);
	return undefined;
};

/** Anonymous shared memory ends with its last mapping; files and named objects only leave the list. */
export const forgetUnmappedObjects = (kernel: Kernel): void => {
	for (const [id, object] of kernel.memoryObjects) {
		const isOurs = object.name.startsWith('anon:') || object.name.startsWith('/');
		if (isOurs && object.mappers.length === 0) kernel.memoryObjects.delete(id);
	}
	sweepSegments(kernel);
};

/** Whether all of [start, end) is mapped. */
export const isMapped = (space: AddressSpace, start: number, end: number): boolean => {
	let position = start;
	for (let index = firstRegionAfter(space, start); position < end; index++) {
		const region = space.regions[index];
		if (!region || region.start > position) return false;
		position = region.end;
	}
	return true;
};

const remapMayMove = 1;
const remapFixed = 2;

/** mremap(2): one mapping shrinks, grows in place, or moves. */
export const remapMemory = (
	kernel: Kernel,
	space: AddressSpace,
	address: number,
	oldLength: number,
	newLength: number,
	flags: number,
): number | Errno => {
	if ((flags & ~(remapMayMove | remapFixed)) !== 0 || address % pageSize !== 0) return 'EINVAL';
	if ((flags & remapFixed) !== 0) return 'EINVAL';
	const before = roundUpToPage(oldLength);
	const after = roundUpToPage(newLength);
	if (after === 0) return 'EINVAL';
	const region = findRegion(space, address);
	if (!region || address + before > region.end) return 'EFAULT';
	if (after <= before) {
		if (after < before) removeRange(space, address + after, address + before);
		return address;
	}
	const end = address + before;
	const grown = address + after;
	if (end === region.end && grown <= mmapEnd && isRangeFree(space, end, grown)) {
		region.end = grown;
		return address;
	}
	if ((flags & remapMayMove) === 0) return 'ENOMEM';
	return moveMapping(kernel, space, region, {address, before, after});
};

const moveMapping = (
	kernel: Kernel,
	space: AddressSpace,
	region: Region,
	{
		address,
		before,
		after,
	}: {readonly address: number; readonly before: number; readonly after: number},
): number | Errno => {
	const start = findFreeRange(space, after);
	if (start === undefined) return 'ENOMEM';
	const offset = region.offset + (address - region.start);
	addRegion(space, {
		...region,
		start,
		end: start + after,
		offset,
		protection: protRead | protWrite,
	});
	const isMoved = region.isShared || copyPages(space, address, start, before);
	if (isMoved) protectRange(space, start, start + after, region.protection);
	removeRange(space, isMoved ? address : start, isMoved ? address + before : start + after);
	forgetUnmappedObjects(kernel);
	return isMoved ? start : 'ENOMEM';
};

/** Copies what was stored in private pages. False without memory for the copies. */
const copyPages = (space: AddressSpace, from: number, to: number, length: number): boolean => {
	for (let offset = 0; offset < length; offset += pageSize) {
		const source = touchForReading(space, from + offset);
		if (!source || source === zeroPage) continue;
		const target = touchForWriting(space, to + offset, 0);
		if (!target || target === 'out-of-memory') return false;
		target.set(source);
	}
	return true;
};

/** madvise(2) MADV_DONTNEED: private memory forgets what was stored, shared memory keeps it. */
export const discardMemory = (space: AddressSpace, start: number, end: number): void => {
	for (const region of [...space.regions]) {
		const from = Math.max(start, region.start);
		const to = Math.min(end, region.end);
		if (from >= to || region.isShared) continue;
		const copy = {...region, start: from, end: to, offset: region.offset + (from - region.start)};
		removeRange(space, from, to);
		addRegion(space, copy);
	}
	mergeRegions(space, start, end);
};

/** mprotect(2) after its checks. */
export const protectMemory = (
	space: AddressSpace,
	start: number,
	end: number,
	protection: number,
): ReturnType<typeof protectRange> => {
	const result = protectRange(space, start, end, effectiveProtection(protection));
	mergeRegions(space, start, end);
	return result;
};

/**
 * Neighbours that differ in nothing become one region, as Linux keeps them; mremap(2) works on one region only.
 * Looks at what touches [start, end).
 */
const mergeRegions = (space: AddressSpace, start: number, end: number): void => {
	const {regions} = space;
	const first = firstRegionAfter(space, start - 1);
	const last = Math.min(firstRegionAfter(space, end), regions.length - 1);
	for (let index = last - 1; index >= first; index--) {
		const region = regions[index]!;
		const next = regions[index + 1]!;
		if (!continues(region, next)) continue;
		region.end = next.end;
		regions.splice(index + 1, 1);
	}
};

const continues = (region: Region, next: Region): boolean =>
	region.end === next.start &&
	region.object === next.object &&
	region.isShared === next.isShared &&
	region.protection === next.protection &&
	region.mayWrite === next.mayWrite &&
	region.name === next.name &&
	(region.object === undefined || next.offset === region.offset + (next.start - region.start));
