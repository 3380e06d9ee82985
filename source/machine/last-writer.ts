// "Who wrote this variable last?": the store, its thread and its cycle, found by running the past again with the word's
// record of writers cleared, in ever smaller pieces.

import {findRegion, pageIndexOf, watchPage} from '../vm/address-space.js';
import {pageShift} from '../vm/page.js';
import {copyScout, cycleOf, runUntil, scoutAt, type Session} from './session.js';

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
	scout: Session,
	end: number,
	pid: number,
	address: number,
): LastWrite | undefined => {
	const start = cycleOf(scout);
	const width = Math.max(1, Math.ceil((end - start) / pieces));
	let candidate: {readonly before: Session; readonly end: number; readonly tid: number} | undefined;
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

/** The array that records who stored each word of a page last, with the word's place in it. */
const recordOf = (
	scout: Session,
	pid: number,
	address: number,
): {writers: Int32Array; word: number} | undefined => {
	const space = scout.machine.kernel.processes.get(pid)?.space;
	const region = space && findRegion(space, address);
	if (!space || !region) return undefined;
	const word = (address >>> 2) & 1023;
	const writers =
		region.isShared && region.object
			? region.object.writers[pageIndexOf(region, address)]
			: space.watchedWriters.get(address >>> pageShift);
	return writers && {writers, word};
};

const clearWriter = (scout: Session, pid: number, address: number): void => {
	const space = scout.machine.kernel.processes.get(pid)?.space;
	if (space) watchPage(space, address);
	const record = recordOf(scout, pid, address);
	if (record) record.writers[record.word] = 0;
};

/** Thread id of the last writer known to the present machine, 0 for none, -1 for somebody outside. */
export const writerOf = (scout: Session, pid: number, address: number): number => {
	const record = recordOf(scout, pid, address);
	return record?.writers[record.word] ?? 0;
};
