// "Who wrote this variable last?": the store, its thread and its cycle, found by running the past again with the word's
// record of writers cleared, in ever smaller pieces.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import {watchedPages} from '../kernel/process/watched-globals.js';
import {type AddressSpace, findRegion, pageIndexOf, watchPage} from '../vm/address-space.js';
import {type MemoryObject, noteWriter} from '../vm/memory-object.js';
import {pageShift} from '../vm/page.js';
import {cycleOf, runThrough, runUntil, type Session} from './session.js';
import {copyScout, type Scout, scoutAt} from './time-travel.js';

/** The thread, a negative number for somebody outside; and the cycle at which the store began. */
export type LastWrite = {readonly tid: number; readonly cycle: number};

/** Bytes as a process sees them. */
type Target = {
	/** The process, and those it was forked from: before the fork theirs was its memory. */
	readonly pids: readonly number[];
	readonly address: number;
	readonly size: number;
};

/** Pieces that a stretch of time is cut into at each level of the search. */
const pieces = 32;

/** The last store to the bytes at `address` of a process before the present moment; undefined if there was none. */
export const findLastWrite = (
	session: Session,
	pid: number,
	address: number,
	size = 1,
): LastWrite | undefined => {
	if (!session.history) return undefined;
	const target = {pids: lineageOf(session, pid), address, size};
	let end = cycleOf(session);
	if (session.inputs[session.applied - 1]?.cycle === end) {
		const found = searchInputs(session, end, target);
		if (found) return found;
	}
	for (const checkpoint of session.history.checkpoints.toReversed()) {
		if (checkpoint.cycle >= end) continue;
		const found = searchBetween(scoutAt(session, checkpoint.cycle), end, target);
		if (found) return found;
		end = checkpoint.cycle;
	}
	return undefined;
};

const lineageOf = (session: Session, pid: number): readonly number[] => {
	const parent = session.machine.kernel.processes.get(pid)?.parent ?? 0;
	return parent === 0 ? [pid] : [pid, ...lineageOf(session, parent)];
};

/** What was stored from outside at the very cycle. */
const searchInputs = (session: Session, cycle: number, target: Target): LastWrite | undefined => {
	const scout = scoutAt(session, cycle);
	runUntil(scout, cycle);
	clearWriters(scout, target);
	runThrough(scout, cycle);
	const tid = writerOf(scout, target);
	return tid === 0 ? undefined : {tid, cycle};
};

/** Searches from where the scout stands up to `end`. */
const searchBetween = (scout: Scout, end: number, target: Target): LastWrite | undefined => {
	const start = cycleOf(scout);
	const width = Math.max(1, Math.ceil((end - start) / pieces));
	let candidate: {readonly before: Scout; readonly end: number; readonly tid: number} | undefined;
	while (cycleOf(scout) < end && !scout.ending) {
		const before = copyScout(scout);
		clearWriters(scout, target);
		const pieceEnd = Math.min(end, cycleOf(scout) + width);
		runUntil(scout, pieceEnd);
		const tid = writerOf(scout, target);
		if (tid !== 0) candidate = {before, end: pieceEnd, tid};
	}
	if (!candidate) return undefined;
	if (width === 1) return {tid: candidate.tid, cycle: cycleOf(candidate.before)};
	return searchBetween(candidate.before, candidate.end, target);
};

/** Whether every store to the address has been recorded, so that no writer means that nobody has written. */
export const isRecordedFromStart = (kernel: Kernel, process: Process, address: number): boolean =>
	findRegion(process.space, address)?.isShared === true ||
	watchedPages(process.program, kernel.watchedVariables).has(address >>> pageShift);

/** Where the word's last writer is recorded: at its object if it is shared, else at its address space. */
const sharedPlaceOf = (
	space: AddressSpace,
	address: number,
): {readonly object: MemoryObject; readonly page: number} | undefined => {
	const region = findRegion(space, address);
	return region?.isShared && region.object
		? {object: region.object, page: pageIndexOf(region, address)}
		: undefined;
};

const wordOf = (address: number): number => (address >>> 2) & 1023;

/** The memory of the process, or what was to become its memory. */
const spaceOf = ({machine}: Scout, {pids}: Target): AddressSpace | undefined =>
	pids
		.map(pid => machine.kernel.processes.get(pid))
		.find(process => process?.state === 'alive' && !process.isKernelProcess)?.space;

/** One address in each word. */
function* wordsIn({address, size}: Target): Generator<number> {
	for (let at = address & ~3; at < address + size; at += 4) yield at;
}

const clearWriters = (scout: Scout, target: Target): void => {
	const space = spaceOf(scout, target);
	if (!space) return;
	for (const address of wordsIn(target)) {
		watchPage(space, address);
		const shared = sharedPlaceOf(space, address);
		const word = wordOf(address);
		if (shared) noteWriter(shared.object, shared.page, word, 0);
		else space.watchedWriters.get(address >>> pageShift)?.fill(0, word, word + 1);
	}
};

/** Who has stored one of the words, as far as the scout's machine knows: 0 for nobody. */
const writerOf = (scout: Scout, target: Target): number => {
	const space = spaceOf(scout, target);
	if (!space) return 0;
	for (const address of wordsIn(target)) {
		const shared = sharedPlaceOf(space, address);
		const writers = shared
			? shared.object.writers[shared.page]
			: space.watchedWriters.get(address >>> pageShift);
		const writer = writers?.[wordOf(address)] ?? 0;
		if (writer !== 0) return writer;
	}
	return 0;
};
