// Steps forward and back by C statement of a thread.

import type {Machine} from './machine.js';
import {cycleOf, runFor, runUntil, type Session} from './session.js';
import {framesOf, lineEntryAt} from './source-position.js';
import {adopt, type Scout, scoutNear} from './time-travel.js';

/** How far a step may run before it is given up: a thread that is blocked for long has no next statement. */
export const stepLimit = 50_000_000;

/**
 * Runs until the thread begins its next C statement (of the program's own code; a call of a library function is one
 * step), or ends, or nothing can happen, or so many cycles have passed. Says which.
 */
export const stepStatement = (
	session: Session,
	tid: number,
	cycles = stepLimit,
): 'stepped' | 'ended' | 'waiting' => {
	const limit = cycleOf(session) + cycles;
	const start = session.machine.kernel.threads.get(tid)?.context.cpuCycles ?? 0;
	let result: 'stepped' | 'ended' | 'waiting' | undefined;
	while (result === undefined) {
		const state = session.machine.kernel.threads.get(tid)?.state;
		if (cycleOf(session) >= limit) result = 'waiting';
		else if (state === undefined || state === 'dead') result = 'ended';
		else if (state === 'running') runFor(session, 1);
		else runUntil(session, limit, tid);
		if (isAtNewStatement(session.machine, tid, start)) result = 'stepped';
		else if (session.ending) result ??= 'waiting';
	}
	return result;
};

/** Whether the thread stands at the beginning of a statement of its own code, some cycles later than at the start. */
const isAtNewStatement = (machine: Machine, tid: number, start: number): boolean => {
	const thread = machine.kernel.threads.get(tid);
	if (thread?.state !== 'running' && thread?.state !== 'ready') return false;
	const {context} = thread;
	const [frame] = framesOf(context);
	if (thread.call || !frame || frame.function.isLibrary || context.cpuCycles <= start) return false;
	const entry = lineEntryAt(context.program, frame.pc);
	const {lines} = context.program;
	return entry >= 0 && lines.isStatement[entry] === 1 && lines.pcs[entry] === frame.pc;
};

/** First and further widths of the search for the statement before, in cycles. */
const firstWindow = 2000;
const windowGrowth = 4;

/**
 * Goes back to where the thread began its previous C statement. False, and nothing happens, if there is none (or the
 * session keeps no history).
 */
export const stepStatementBack = (session: Session, tid: number): boolean => {
	const thread = session.machine.kernel.threads.get(tid);
	if (!session.history || !thread) return false;
	const {cpuCycles} = thread.context;
	let end = offCpuSince(session, tid) ?? cycleOf(session) + 1;
	for (let width = firstWindow; ; width *= windowGrowth) {
		const from = Math.max(0, end - width);
		const begin = (): Scout => {
			const scout = scoutNear(session, from);
			runUntil(scout, from);
			return scout;
		};
		const scout = begin();
		const next = offCpuSince(scout, tid) ?? from;
		const moves = movesToLastStatement(scout, tid, end, cpuCycles);
		if (moves !== undefined) {
			const found = begin();
			for (let move = 0; move < moves; move++) moveOn(found, tid, end);
			adopt(session, found);
			return true;
		}
		if (from === 0) return false;
		// What began before the window may end in it.
		end = Math.min(next, from) + 1;
	}
};

/** A thread that is off its CPU has had no statement since this cycle. */
const offCpuSince = ({machine}: Session, tid: number): number | undefined => {
	const thread = machine.kernel.threads.get(tid);
	return thread && thread.state !== 'running' ? thread.accounting.since + 1 : undefined;
};

/** A cycle on, or to where the thread gets a CPU. */
const moveOn = (scout: Session, tid: number, end: number): void => {
	if (scout.machine.kernel.threads.get(tid)?.state === 'running') runFor(scout, 1);
	else runUntil(scout, end, tid);
};

/**
 * How many moves lead the scout to where the thread stands at the beginning of a statement for the last time before
 * `end`, with less than `cpuCycles` used; undefined if it does so nowhere.
 */
const movesToLastStatement = (
	scout: Session,
	tid: number,
	end: number,
	cpuCycles: number,
): number | undefined => {
	let last: number | undefined;
	for (let moves = 0; cycleOf(scout) < end && !scout.ending; moves++) {
		const thread = scout.machine.kernel.threads.get(tid);
		if (thread?.state === 'dead') break;
		if (thread && thread.context.cpuCycles >= cpuCycles) break;
		if (isAtNewStatement(scout.machine, tid, -1)) last = moves;
		moveOn(scout, tid, end);
	}
	return last;
};
