// "Who wrote this variable last?": the store, its thread and its cycle, found by running the past again with the word's
// record of writers cleared, in ever smaller pieces.

import {type AddressSpace, findRegion, pageIndexOf, watchPage} from '../vm/address-space.js';
import {type MemoryObject, noteWriter} from '../vm/memory-object.js';
import {pageShift} from '../vm/page.js';
import {cycleOf, runUntil, type Session} from './session.js';
import {copyScout, type Scout, scoutAt} from './time-travel.js';

export type LastWrite = {readonly tid: number; readonly cycle: number};

/** Pieces that a stretch of time is cut into at each level of the search. */
const pieces = 32;

/** The last store to the word at `address` of a process before the present cycle; undefined if there was none. */
export const findLastWrite = (
	session: Session,
	pid: number,
	address: number,
): LastWrite | undefined => {
	if (!session.history) return undefined;
	let end = cycleOf(session);
	for (const checkpoint of session.history.checkpoints.toReversed()) {
		if (checkpoint.cycle >= end) continue;
		const found = searchBetween(scoutAt(session, checkpoint.cycle), end, pid, address);
		if (found) return found;
		end = checkpoint.cycle;
	}
	return undefined;
};

/** Searches from where the scout stands up to `end`. */
const searchBetween = (
	scout: Scout,
	end: number,
	pid: number,
	address: number,
): LastWrite | undefined => {
	const start = cycleOf(scout);
	const width = Math.max(1, Math.ceil((end - start) / pieces));
	let candidate: {readonly before: Scout; readonly end: number; readonly tid: number} | undefined;
	while (cycleOf(scout) < end && !scout.ending) {
		const before = copyScout(scout);
		clearWriter(scout, pid, address);
		const pieceEnd = Math.min(end, cycleOf(scout) + width);
		runUntil(scout, pieceEnd);
		const tid = writerOf(scout, pid, address);
		if (tid !== 0) candidate = {before, end: pieceEnd, tid};
	}
	if (!candidate) return undefined;
	if (width === 1) return {tid: candidate.tid, cycle: cycleOf(candidate.before)};
	return searchBetween(candidate.before, candidate.end, pid, address);
};

/** Where the word's last writer is recorded: at its object if it is shared, else at its address space. */
const sharedPlaceOf = (
	space: AddressSpace | undefined,
	address: number,
): {readonly object: MemoryObject; readonly page: number} | undefined => {
	const region = space && findRegion(space, address);
	return region?.isShared && region.object
		? {object: region.object, page: pageIndexOf(region, address)}
		: undefined;
};

const wordOf = (address: number): number => (address >>> 2) & 1023;

const spaceOf = (scout: Session, pid: number): AddressSpace | undefined =>
	scout.machine.kernel.processes.get(pid)?.space;

const clearWriter = (scout: Scout, pid: number, address: number): void => {
	const space = spaceOf(scout, pid);
	if (!space) return;
	watchPage(space, address);
	const shared = sharedPlaceOf(space, address);
	if (shared) noteWriter(shared.object, shared.page, wordOf(address), 0);
	else
		space.watchedWriters.get(address >>> pageShift)?.fill(0, wordOf(address), wordOf(address) + 1);
};

/** Thread id of the last writer known to the present machine, 0 for none, -1 for somebody outside. */
export const writerOf = (scout: Session, pid: number, address: number): number => {
	const space = spaceOf(scout, pid);
	const shared = sharedPlaceOf(space, address);
	const writers = shared
		? shared.object.writers[shared.page]
		: space?.watchedWriters.get(address >>> pageShift);
	return writers?.[wordOf(address)] ?? 0;
};
