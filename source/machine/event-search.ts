// Finding events of the past. The log keeps only the newest ones, so what lies before them is searched by running it again,
// checkpoint by checkpoint.

import type {KernelEvent} from '../kernel/trace/events.js';
import {cycleOf, runUntil, type Session} from './session.js';
import {scoutAt} from './time-travel.js';

export type EventMatch = (event: KernelEvent) => boolean;

/** Cycles run at a time while searching; the log must hold the events of one stretch. */
const stretch = 20_000;

const eventsSince = (session: Session, count: number): KernelEvent[] =>
	session.machine.kernel.events.entries.filter(event => event.number >= count);

/** The last event before the present cycle that matches, wherever in the past it is. Does not move the session. */
export const findEventBefore = (
	session: Session,
	cycle: number,
	match: EventMatch,
): KernelEvent | undefined => {
	const isBefore = (event: KernelEvent): boolean => event.cycle < cycle && match(event);
	const {entries} = session.machine.kernel.events;
	const known = entries.findLast(isBefore);
	if (known || !session.history) return known;
	let end = Math.min(cycle, entries[0]?.cycle ?? cycle);
	for (const checkpoint of session.history.checkpoints.toReversed()) {
		if (checkpoint.cycle >= end) continue;
		const found = lastBetween(session, checkpoint.cycle, end, isBefore);
		if (found) return found;
		end = checkpoint.cycle;
	}
	return undefined;
};

const lastBetween = (
	session: Session,
	from: number,
	end: number,
	match: EventMatch,
): KernelEvent | undefined => {
	const scout = scoutAt(session, from);
	let found: KernelEvent | undefined;
	while (cycleOf(scout) <= end && !scout.ending) {
		const seen = scout.machine.kernel.events.count;
		runUntil(scout, Math.min(end + 1, cycleOf(scout) + stretch));
		found = eventsSince(scout, seen).findLast(match) ?? found;
	}
	return found;
};

/** What woke the thread last: its waker and when. Does not move the session. */
export const findWaker = (session: Session, tid: number): KernelEvent | undefined =>
	findEventBefore(
		session,
		cycleOf(session) + 1,
		event => event.tid === tid && event.body.kind === 'woken',
	);
