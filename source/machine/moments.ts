// The moments between which people move in time: the event before, the slice before, the next change of a value. They are
// found in the log and by running the past again, so that moving to and fro lands on the same moments.

import type {KernelEvent} from '../kernel/trace/events.js';
import {findRegion, watchPage} from '../vm/address-space.js';
import {type EventMatch, findEventBefore} from './event-search.js';
import {findLastWrite, type LastWrite} from './last-writer.js';
import {cycleOf, idleUntil, runFor, runUntil, type Session} from './session.js';
import {forgetBeyond, markOf, returnTo, searchFrom, seek} from './time-travel.js';
import {bytesAt, lookUp, sizeOf} from './variables.js';

/** A system call is not cut in two: what it does is over so many cycles after its event. */
const landingLimit = 200;

/** How far forward a search goes, and the pieces in which it looks. */
const changeLimit = 10_000_000;
const changePiece = 4000;
const idleWork = changeLimit / 200;

/** Goes to the moment right after an event that has happened (or will, on this branch). */
export const seekEvent = (session: Session, event: Pick<KernelEvent, 'number' | 'cycle'>): void => {
	seek(session, event.cycle);
	for (let step = 0; step < landingLimit && !session.ending; step++) {
		if (session.machine.kernel.events.count > event.number) return;
		runFor(session, 1);
	}
};

/** Goes back to the moment right after the last event that matches. Undefined, and nothing happens, if there is none. */
export const stepBackToEvent = (
	session: Session,
	match: EventMatch = () => true,
): KernelEvent | undefined => {
	if (!session.history) return undefined;
	const mark = markOf(session);
	const now = mark.cycle;
	let before = now + 1;
	for (;;) {
		const found = findEventBefore(session, before, match);
		if (!found) {
			returnTo(session, mark);
			return undefined;
		}
		seekEvent(session, found);
		// The moment after the newest event may be the present one.
		if (cycleOf(session) < now) return found;
		before = found.cycle;
		seek(session, now);
	}
};

/** Goes on to the moment right after the next event that matches. */
export const stepToEvent = (session: Session, match: EventMatch): KernelEvent | undefined => {
	const mark = markOf(session);
	let seen = session.machine.kernel.events.count;
	for (let work = 0; !session.ending && work < changeLimit; ) {
		const wakeUp = idleUntil(session);
		if (wakeUp === Infinity) runFor(session, 1);
		else if (wakeUp === undefined) runFor(session, changePiece);
		else runUntil(session, wakeUp + 1);
		// A jump over idle time counts for more: who only sleeps again and again brings nothing new.
		work += wakeUp === undefined ? changePiece : idleWork;
		const {entries, count} = session.machine.kernel.events;
		const found = entries.find(event => event.number >= seen && match(event));
		if (found) {
			seekEvent(session, found);
			forgetBeyond(session, mark);
			return found;
		}
		seen = count;
	}
	if (!session.ending) returnTo(session, mark);
	return undefined;
};

export const isContextSwitch: EventMatch = ({body}) => body.kind === 'switch';

/** An event that changes the state of a process, or of one of its threads. */
export const isStateChangeOf =
	(session: Session, pid: number): EventMatch =>
	event => {
		switch (event.body.kind) {
			case 'switch': {
				const from = session.machine.kernel.threads.get(event.body.from);
				return event.pid === pid || from?.pid === pid;
			}

			case 'blocked':
			case 'woken':
			case 'exited':
			case 'created':
			case 'exec':
			case 'signal':
				return event.pid === pid;
			default:
				return false;
		}
	};

/** Bytes that enter a channel. */
export const isWriteTo =
	(channel: string): EventMatch =>
	({body}) =>
		body.kind === 'bytes' && body.direction === 'in' && body.channel === channel;

/** A variable as a process sees it. */
export type Watched = {readonly pid: number; readonly lvalue: string};

const shownValue = ({machine}: Session, {pid, lvalue}: Watched): string => {
	const process = machine.kernel.processes.get(pid);
	if (process?.state !== 'alive') return 'gone';
	const variable = lookUp(machine.kernel, process, lvalue);
	if ('error' in variable) return 'unknown';
	return String(bytesAt(machine.kernel, process, variable));
};

/** Goes on to the first cycle at which the variable has another value. False, and nothing happens, if it keeps its value. */
export const stepToChange = (session: Session, watched: Watched): boolean => {
	const mark = markOf(session);
	const before = shownValue(session, watched);
	while (!session.ending && cycleOf(session) < mark.cycle + changeLimit) {
		const from = cycleOf(session);
		runFor(session, changePiece);
		if (shownValue(session, watched) === before) continue;
		searchFrom(session, {...mark, cycle: from}, () => shownValue(session, watched) !== before);
		return true;
	}
	returnTo(session, mark);
	return false;
};

/** Goes back to just before the store that gave the variable its value; undefined where none is known. */
export const stepBackToWrite = (session: Session, watched: Watched): LastWrite | undefined => {
	const place = placeOf(session, watched);
	const found = place && findLastWrite(session, watched.pid, place.address, place.size);
	if (found) seek(session, found.cycle);
	return found;
};

const placeOf = (
	{machine}: Session,
	{pid, lvalue}: Watched,
): {readonly address: number; readonly size: number} | undefined => {
	const process = machine.kernel.processes.get(pid);
	if (process?.state !== 'alive') return undefined;
	const variable = lookUp(machine.kernel, process, lvalue);
	return 'error' in variable || variable.place.kind !== 'memory'
		? undefined
		: {address: variable.place.address, size: sizeOf(variable.type)};
};

/** Lets the private pages of these variables remember who stored what; shared memory always does. */
export const watchWriters = (session: Session, lvalues: readonly string[]): void => {
	if (lvalues.length === 0) return;
	for (const process of session.machine.kernel.processes.values()) {
		if (process.state !== 'alive' || process.isKernelProcess) continue;
		for (const lvalue of lvalues) {
			const address = placeOf(session, {pid: process.pid, lvalue})?.address;
			if (address !== undefined && findRegion(process.space, address)?.isShared === false)
				watchPage(process.space, address);
		}
	}
};
