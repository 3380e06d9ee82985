// Which pane stands in which place: those that the user or the guide has asked for, then those that belong there; what is
// empty yields to what is not.

import type {PaneName, PlacedPane, Slot, SlotRequest} from './slots.js';

/**
 * The focused pane and those chosen before have a place, newest first: where they stand anyway, if nobody newer has taken it,
 * else where they are wanted most.
 */
export const fillSlots = (slots: readonly Slot[], request: SlotRequest): readonly PlacedPane[] => {
	const {focused, recent} = request;
	const usual = placePanes(slots, new Map(), request);
	const chosen = new Map<Slot, PaneName>();
	for (const pane of new Set([focused, ...recent])) {
		const free = slots.filter(slot => slot.panes.includes(pane) && !chosen.has(slot));
		const slot =
			free.find(candidate => usual.get(candidate) === pane) ??
			free.toSorted((one, other) => one.panes.indexOf(pane) - other.panes.indexOf(pane))[0];
		if (slot) chosen.set(slot, pane);
	}
	const placed = placePanes(slots, chosen, request);
	return slots
		.filter(slot => !placed.has(slot))
		.reduce(
			closeHole,
			[...placed].map(([{x, y, width, height}, pane]) => ({x, y, width, height, pane})),
		);
};

type Placing = Map<Slot, PaneName>;

/** What stands in each slot, in the slots' order; nothing in one whose panes all stand elsewhere. */
const placePanes = (
	slots: readonly Slot[],
	chosen: ReadonlyMap<Slot, PaneName>,
	request: SlotRequest,
): Placing => {
	const placed = homesOf(slots, chosen, request);
	// Where an empty pane yields, the others stay: what comes in its stead is what is not on the screen.
	for (const slot of slots) {
		const home = placed.get(slot);
		if (home === undefined || chosen.has(slot) || !yields(slot, home, request)) continue;
		const next = substituteFor(slot, home, new Set(placed.values()), request);
		if (next === undefined) placed.delete(slot);
		else placed.set(slot, next);
	}
	return placed;
};

/** Where the panes stand that have something to show, or had it. */
const homesOf = (
	slots: readonly Slot[],
	chosen: ReadonlyMap<Slot, PaneName>,
	{present, seen}: SlotRequest,
): Placing => {
	const taken = new Set(chosen.values());
	const placed: Placing = new Map();
	for (const slot of slots) {
		const free = slot.panes.filter(pane => !taken.has(pane));
		const steady = slot.isSteady === true ? free.find(pane => pane === slot.panes[0]) : undefined;
		const pane =
			chosen.get(slot) ??
			steady ??
			free.find(name => present.has(name) || seen?.has(name)) ??
			free[0];
		if (pane === undefined) continue;
		taken.add(pane);
		placed.set(slot, pane);
	}
	return placed;
};

/** An empty pane goes at once where it has no place of its own, else when it has been empty for long. */
const yields = (slot: Slot, pane: PaneName, {present, stale}: SlotRequest): boolean =>
	!present.has(pane) && (slot.isSteady !== true || stale?.has(pane) === true);

/** What shows something, or else what did so for long. */
const substituteFor = (
	{panes, isSteady}: Slot,
	home: PaneName,
	taken: ReadonlySet<PaneName>,
	{present, seen, stale}: SlotRequest,
): PaneName | undefined => {
	const free = panes.filter(pane => !taken.has(pane));
	const full = free.find(pane => present.has(pane));
	if (full !== undefined || isSteady === true) return full;
	return [home, ...free].find(pane => seen?.has(pane) && !stale?.has(pane)) ?? home;
};

/** A slot whose panes all stand elsewhere goes to the pane above it in its column, or below. */
const closeHole = (panes: readonly PlacedPane[], hole: Slot): readonly PlacedPane[] => {
	const column = panes.filter(({x, width}) => x === hole.x && width === hole.width);
	const neighbour =
		column.find(({y, height}) => y + height === hole.y) ??
		column.find(({y}) => y === hole.y + hole.height);
	if (!neighbour) return panes;
	const y = Math.min(neighbour.y, hole.y);
	const height = neighbour.height + hole.height;
	return panes.map(pane => (pane === neighbour ? {...pane, y, height} : pane));
};
