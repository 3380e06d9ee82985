// The room that a scenario has needed since it began. Panes and columns keep that of their fullest moment, so that nothing
// moves when things end, and what was there for a moment only gives its place away again.

import {channels, type PaneName} from './slots.js';

export type Room = {
	/** Rows of the process table, header included, as it is set. */
	readonly processRows: number;
	/** Cells of the longest text in WAITS ON. */
	readonly waits: number;
	/** Things in the lists, lanes in the Timeline. */
	readonly items: Readonly<Partial<Record<PaneName, number>>>;
	/** The cycle of the newest picture; -1: there was none. */
	readonly now: number;
	readonly stays: Readonly<Partial<Record<PaneName, Stay>>>;
};

/** How a pane has been full so far. */
type Stay = {
	/** Cycles for which it had something to show. */
	readonly cycles: number;
	/** How often that has begun. */
	readonly times: number;
	/** The cycle at which it had something last. */
	readonly until: number;
};

export const noRoom: Room = {processRows: 0, waits: 0, items: {}, now: -1, stays: {}};

/** What there is at one moment. */
export type Contents = Pick<Room, 'processRows' | 'waits' | 'items' | 'now'> & {
	readonly present: readonly PaneName[];
};

/** @param wasPresent The panes that had something to show at the picture before. */
export const grownRoom = (
	room: Room,
	contents: Contents,
	wasPresent: readonly PaneName[],
): Room => ({
	processRows: Math.max(room.processRows, contents.processRows),
	waits: Math.max(room.waits, contents.waits),
	items: grownItems(room.items, contents.items),
	now: contents.now,
	stays: staysAt(room, contents, wasPresent),
});

const grownItems = (before: Room['items'], now: Room['items']): Room['items'] => {
	const panes = Object.keys(now) as readonly PaneName[];
	const isMore = panes.some(pane => (now[pane] ?? 0) > (before[pane] ?? 0));
	return isMore
		? {
				...before,
				...Object.fromEntries(
					panes.map(pane => [pane, Math.max(now[pane] ?? 0, before[pane] ?? 0)]),
				),
			}
		: before;
};

const staysAt = (
	{stays, now: before}: Room,
	{present, now}: Contents,
	wasPresent: readonly PaneName[],
): Room['stays'] => {
	// Of the first picture nobody knows how long it has been so; back in time nothing is counted.
	const passed = before < 0 ? 0 : Math.max(0, now - before);
	const changed = {...stays};
	for (const pane of present) {
		const {cycles, times, until} = stays[pane] ?? {cycles: 0, times: 0, until: 0};
		const isNew = times === 0 || !wasPresent.includes(pane);
		changed[pane] = {
			cycles: cycles + passed,
			times: isNew ? times + 1 : times,
			until: Math.max(until, now),
		};
	}
	return changed;
};

/**
 * The panes of channels whose place is free: empty for longer than they were full, while the programs talk through others.
 * What comes and goes keeps its place: each time that it comes back it may stay away four times as long.
 */
export const stalePanes = (
	{stays, now}: Room,
	present: readonly PaneName[],
): ReadonlySet<PaneName> => {
	// Where nothing is left to talk through, it stays as it was while there was.
	const isAnyLeft = channels.some(pane => present.includes(pane));
	const at = isAnyLeft ? now : Math.max(...channels.map(pane => stays[pane]?.until ?? 0));
	return new Set(
		channels.filter(pane => {
			const stay = stays[pane];
			if (!stay || present.includes(pane)) return false;
			return at - stay.until > stay.cycles * 4 ** (stay.times - 1);
		}),
	);
};
