// System calls on the address space: mmap(2), munmap(2), mprotect(2), brk(2) and their like.

import {type AddressSpace, setHeapEnd} from '../../vm/address-space.js';
import {writeBytes} from '../../vm/memory.js';
import {pageSize, roundUpToPage} from '../../vm/page.js';
import {markEffect} from '../../vm/turns.js';
import {fetchBlocks, writeBack} from '../files/block-device.js';
import {fileAt} from '../process/descriptors.js';
import type {Kernel} from '../kernel.js';
import {
	discardMemory,
	isMapped,
	mapAnonymous,
	mapMemory,
	protectMemory,
	remapMemory,
	unmapMemory,
} from '../memory/memory-mapping.js';
import {type OpenFile, regularFileOf} from '../files/open-file.js';
import type {Process} from '../process/process.js';
import {resource, softLimit} from '../process/resource-limits.js';
import {done, failed, type Outcome} from '../outcome.js';
import {isError} from '../files/path-walk.js';
import {listTree} from '../files/file-system.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import {digestOf, noteKernelValue} from '../turn-values.js';

/**
 * Makes a call that changes what is mapped where: state with a value, because a mapping that is made and taken away within
 * a turn has not changed.
 */
const remapping =
	(call: SystemCall): SystemCall =>
	(kernel, thread, args, progress) => {
		const {space, turns} = thread.context;
		if (!turns.isTracking) return call(kernel, thread, args, progress);
		if (space.regions.length > comparedMappings) {
			markEffect(turns);
			return call(kernel, thread, args, progress);
		}
		const before = digestOf(mappingNumbers(space));
		const outcome = call(kernel, thread, args, progress);
		noteKernelValue(thread, 'mappings', thread.pid, before, digestOf(mappingNumbers(space)));
		return outcome;
	};

/** With more mappings than this every change counts: thousands of threads would spend their time comparing. */
const comparedMappings = 256;

const mappingNumbers = (space: AddressSpace): number[] =>
	space.regions.flatMap(({start, end, protection, isShared, offset}) => [
		start,
		end,
		isShared ? protection : -protection,
		offset,
	]);

const mmap: SystemCall = (kernel, thread, args) => {
	const [address, length, protection, flags, descriptor, offset] = args;
	if (offset! % pageSize !== 0 || offset! < 0) return failed('EINVAL');
	const process = processOf(kernel, thread);
	if (!hasRoomFor(kernel, process, resource.addressSpace, length!)) return failed('ENOMEM');
	let file: OpenFile | undefined;
	if ((flags! & mapAnonymous) === 0) {
		file = fileAt(process, descriptor! | 0);
		if (!file) return failed('EBADF');
		const wait = waitForContents(kernel, file, offset!, length!);
		if (wait) return wait;
	}
	const result = mapMemory(kernel, process.space, {
		address: address!,
		length: length!,
		protection: protection! | 0,
		flags: flags! | 0,
		file,
		offset: offset!,
	});
	return isError(result) ? failed(result) : done(result);
};

/** Whether a process may have so many more bytes under RLIMIT_AS or RLIMIT_DATA, if it has set one. */
const hasRoomFor = (kernel: Kernel, process: Process, number: number, bytes: number): boolean => {
	if (!process.limits.has(number)) return true;
	const {heapStart, heapEnd, regions} = process.space;
	const used =
		number === resource.data
			? heapEnd - heapStart
			: regions.reduce((sum, {start, end}) => sum + end - start, 0);
	return used + bytes <= softLimit(kernel, process, number);
};

/** Loads can't wait for the disk, so a file is in the page cache before it is mapped, as with MAP_POPULATE. */
const waitForContents = (
	kernel: Kernel,
	file: OpenFile,
	offset: number,
	length: number,
): Outcome | undefined => {
	const regular = regularFileOf(file);
	return regular && fetchBlocks(kernel, regular.device, regular.body, offset, offset + length);
};

const munmap: SystemCall = (kernel, thread, args) => {
	const problem = unmapMemory(kernel, thread.context.space, args[0]!, args[1]!);
	return problem ? failed(problem) : done(0);
};

const mprotect: SystemCall = (_kernel, thread, args) => {
	const [start, length, protection] = [args[0]!, args[1]!, args[2]! | 0];
	if (start % pageSize !== 0 || (protection & ~7) !== 0) return failed('EINVAL');
	if (length === 0) return done(0);
	if (length < 0 || start < 0) return failed('ENOMEM');
	const result = protectMemory(
		thread.context.space,
		start,
		start + roundUpToPage(length),
		protection,
	);
	if (result === 'ok') return done(0);
	return failed(result === 'denied' ? 'EACCES' : 'ENOMEM');
};

/** brk(2) as the kernel has it: always returns where the heap ends now. */
const brk: SystemCall = (kernel, thread, args) => {
	const {space} = thread.context;
	const before = space.heapEnd;
	const process = processOf(kernel, thread);
	const more = args[0]! - before;
	const isAllowed =
		more <= 0 ||
		(hasRoomFor(kernel, process, resource.data, more) &&
			hasRoomFor(kernel, process, resource.addressSpace, more));
	if (isAllowed && args[0]! >= space.heapStart && setHeapEnd(space, args[0]!)) {
		noteKernelValue(thread, 'heap', thread.pid, before, space.heapEnd);
	}
	return done(space.heapEnd);
};

const mremap: SystemCall = (kernel, thread, args) => {
	const [address, oldLength, newLength, flags] = args;
	const result = remapMemory(
		kernel,
		thread.context.space,
		address!,
		oldLength!,
		newLength!,
		flags! | 0,
	);
	return isError(result) ? failed(result) : done(result);
};

const MS_ASYNC = 1;
const MS_SYNC = 4;

/** msync(2): MS_SYNC waits until the disk has the file's pages. */
const msync: SystemCall = (kernel, thread, args, call) => {
	const [start, length, flags] = [args[0]!, args[1]!, args[2]! | 0];
	if ((flags & ~7) !== 0 || start % pageSize !== 0) return failed('EINVAL');
	if ((flags & MS_ASYNC) !== 0 && (flags & MS_SYNC) !== 0) return failed('EINVAL');
	const end = start + roundUpToPage(length);
	const {space} = thread.context;
	if (!isMapped(space, start, end)) return failed('ENOMEM');
	if ((flags & MS_SYNC) === 0) return done(0);
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	for (const {inode} of listTree(fileSystem)) {
		const {body} = inode;
		if (body.kind !== 'file' || !body.blocks) continue;
		const isAffected = space.regions.some(
			region =>
				region.isShared &&
				region.object === body.contents &&
				region.start < end &&
				region.end > start,
		);
		if (!isAffected) continue;
		if (call.tries === 0) markMappedDirty(body);
		const outcome = writeBack(kernel, fileSystem.device, body, {
			thread,
			progress: call,
			isNonblocking: false,
		});
		if (outcome.kind === 'blocked') return outcome;
	}
	return done(0);
};

/** Stores through a mapping don't tell; so every page that exists may be newer than the disk's. */
const markMappedDirty = (body: {
	readonly contents: {readonly pages: readonly unknown[]};
	readonly blocks: {readonly dirty: Set<number>} | undefined;
}): void => {
	body.contents.pages.forEach((page, index) => {
		if (page !== undefined) body.blocks?.dirty.add(index);
	});
};

const MADV_DONTNEED = 4;
const lastAdvice = 25;

const madvise: SystemCall = (_kernel, thread, args) => {
	const [start, length, advice] = [args[0]!, args[1]!, args[2]! | 0];
	if (start % pageSize !== 0 || length < 0 || advice < 0 || advice > lastAdvice)
		return failed('EINVAL');
	const end = start + roundUpToPage(length);
	if (!isMapped(thread.context.space, start, end)) return failed('ENOMEM');
	if (advice === MADV_DONTNEED) {
		discardMemory(thread.context.space, start, end);
		markEffect(thread.context.turns);
	}
	return done(0);
};

/** mincore(2): all that is mapped is in memory; there is no swap. */
const mincore: SystemCall = (_kernel, thread, args) => {
	const [start, length, vector] = [args[0]!, args[1]!, args[2]!];
	if (start % pageSize !== 0) return failed('EINVAL');
	if (length < 0 || !isMapped(thread.context.space, start, start + roundUpToPage(length)))
		return failed('ENOMEM');
	const flags = new Uint8Array(roundUpToPage(length) / pageSize).fill(1);
	return writeBytes(thread.context, vector, flags) ? done(0) : failed('EFAULT');
};

/** mlock(2) and its like: memory never leaves the machine anyway. */
const lock: SystemCall = (_kernel, thread, args) => {
	const start = Math.floor(args[0]! / pageSize) * pageSize;
	return isMapped(thread.context.space, start, start + roundUpToPage(args[1]!))
		? done(0)
		: failed('ENOMEM');
};

export const memoryCalls: Readonly<Record<string, SystemCall>> = {
	mmap: remapping(mmap),
	munmap: remapping(munmap),
	mprotect: remapping(mprotect),
	brk,
	mremap: remapping(mremap),
	msync,
	madvise,
	mincore,
	mlock: lock,
	munlock: lock,
	mlockall: () => done(0),
	munlockall: () => done(0),
};
