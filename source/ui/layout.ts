// Which panes are shown where, for every size of terminal. A pure function: same size and state, same picture.
//
// The screen is a head (one row, or two from 20 rows on, one more per further CPU where there is room), panes, and a
// footer. The panes are laid out in slots; a slot shows one of the panes that belong there: the one chosen last. On large
// screens the panes of a column then share its rows by need.

import {divide, settleColumns} from './settle-columns.js';

export const paneNames = [
	'processes',
	'pipes',
	'sockets',
	'shared',
	'source',
	'timeline',
	'events',
	'console',
	'guide',
] as const;
export type PaneName = (typeof paneNames)[number];

export type Rectangle = {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
};

export type PlacedPane = Rectangle & {readonly pane: PaneName};

export type Layout =
	| {readonly kind: 'too-small'}
	| {
			readonly kind: 'panes';
			readonly columns: number;
			readonly rows: number;
			/** Rows of the head. */
			readonly head: number;
			readonly panes: readonly PlacedPane[];
	  };

export const minimumColumns = 40;
export const minimumRows = 10;

export type LayoutRequest = {
	readonly columns: number;
	readonly rows: number;
	readonly cpus: number;
	readonly focused: PaneName;
	/** Panes in the order in which they were chosen last, newest first. */
	readonly recent: readonly PaneName[];
	/** Panes with something to show now, and those that had something before: an empty pane yields its place to a full one. */
	readonly present: ReadonlySet<PaneName>;
	readonly seen?: ReadonlySet<PaneName>;
	/** Rows that the newest step of the guide takes in a pane of so many cells; none without a guide. */
	readonly guideRows?: (width: number) => number;
	readonly isZoomed: boolean;
	/** Rows of text that a pane could show at its width; undefined: it always has more. */
	readonly wantedRows?: (pane: PlacedPane) => number | undefined;
	/** One column of panes, however wide the screen is. */
	readonly isStacked?: boolean;
	/** Rows that the process table could use, header included. */
	readonly processRows: number;
};

/** A place on the screen, and the panes that may stand there, the most wanted first. */
type Slot = Rectangle & {
	readonly panes: readonly PaneName[];
	/** The first of them stands there also while it is empty: what comes and goes in it moves nothing. */
	readonly isSteady?: boolean;
};

export const layoutOf = (request: LayoutRequest): Layout => {
	const {columns, rows, isZoomed, focused} = request;
	if (columns < minimumColumns || rows < minimumRows) return {kind: 'too-small'};
	const head = headRows(request);
	const area: Rectangle = {x: 0, y: head, width: columns, height: rows - head - 1};
	const slots = isZoomed ? [{...area, panes: [focused]}] : slotsOf(area, request);
	const panes = fillSlots(slots, request);
	const isLarge = area.height >= leastForColumns && columns >= leastForTwoColumns && !isZoomed;
	return {
		kind: 'panes',
		columns,
		rows,
		head,
		panes:
			isLarge && request.wantedRows && request.isStacked !== true
				? settleColumns(panes, request.wantedRows)
				: panes,
	};
};

/** Where two columns of panes stand below the process table, several in each. */
const leastForTwoColumns = 72;
const leastForColumns = 30;

const headRows = ({rows, cpus, columns}: LayoutRequest): number => {
	if (rows < 14) return 1;
	const perRow = columns >= 160 ? 2 : 1;
	const room = Math.max(1, Math.floor((rows - 18) / 4));
	return 1 + Math.min(Math.ceil(cpus / perRow), Math.max(1, room));
};

/**
 * The focused pane and those chosen before have a place, newest first: where they stand anyway, if nobody newer has taken it,
 * else where they are wanted most. The other slots take their first pane that shows something.
 */
const fillSlots = (slots: readonly Slot[], request: LayoutRequest): readonly PlacedPane[] => {
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

/** What stands in each slot, in the slots' order; nothing in one whose panes all stand elsewhere. */
const placePanes = (
	slots: readonly Slot[],
	chosen: ReadonlyMap<Slot, PaneName>,
	{present, seen}: LayoutRequest,
): ReadonlyMap<Slot, PaneName> => {
	const taken = new Set(chosen.values());
	const placed = new Map<Slot, PaneName>();
	for (const slot of slots) {
		const free = slot.panes.filter(pane => !taken.has(pane));
		const steady = slot.isSteady === true ? free.find(pane => pane === slot.panes[0]) : undefined;
		const pane =
			chosen.get(slot) ??
			steady ??
			free.find(name => present.has(name)) ??
			free.find(name => seen?.has(name)) ??
			free[0];
		if (pane === undefined) continue;
		taken.add(pane);
		placed.set(slot, pane);
	}
	return placed;
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

const channels: readonly PaneName[] = ['pipes', 'sockets', 'shared'];

const slotsOf = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const {width, height} = area;
	if (width < leastForTwoColumns || request.isStacked) return narrowSlots(area, request);
	if (height < 12) return flatSlots(area);
	if (width >= 150 && height >= 36) return wideSlots(area, request);
	return height >= leastForColumns ? tallSlots(area, request) : classicSlots(area, request);
};

/** One column: processes, and one other pane below if there is room for both. */
const narrowSlots = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const others: readonly PaneName[] = [
		'pipes',
		'source',
		'shared',
		'sockets',
		'console',
		'timeline',
		'events',
		'guide',
	];
	if (area.height < 14) return [{...area, panes: ['processes', ...others]}];
	const top = tableHeight(request, Math.floor(area.height / 3));
	const upper = {...area, height: top, panes: ['processes'] as const};
	const rest = {...area, y: area.y + top, height: area.height - top};
	if (rest.height < 14) return [upper, {...rest, panes: others}];
	return [
		upper,
		...stack(rest, [
			[1, ['pipes', 'sockets', 'shared', 'timeline']],
			[1, ['source', 'console', 'events', 'guide']],
		]),
	];
};

/** Wide but flat: two panes side by side. */
const flatSlots = (area: Rectangle): readonly Slot[] =>
	row(area, [
		[3, ['processes', 'timeline', 'events']],
		[2, ['pipes', 'source', 'shared', 'sockets', 'console', 'guide']],
	]);

/** 80x24: processes above, two columns below; a guide has the last rows, as wide as the screen. */
const classicSlots = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const hasStrip = request.present.has('guide') || request.focused === 'guide';
	const strip =
		hasStrip && area.height >= leastForStrip
			? guideHeight(area.width, 6, Math.floor(area.height * 0.43), request)
			: 0;
	const table = tableHeight(request, Math.floor(area.height * (strip === 0 ? 0.4 : 0.34)));
	const height = area.height - table - strip;
	const [left, right] = columnsOf({...area, y: area.y + table, height}, [1, 1]);
	const others: readonly PaneName[] = ['shared', 'sockets', 'timeline', 'pipes', 'events'];
	// What is wanted on the left: two panes share the column, one has all of it where rows are rare.
	const logs = (['timeline', 'events'] as const).filter(pane => request.recent.includes(pane));
	const isCrowded = channels.filter(pane => isKnown(pane, request)).length + logs.length > 1;
	const isFlat = height < leastForTwo;
	// A timeline or a log that was asked for last says nothing in one row.
	const isLogFirst = height < leastForLog && logs.some(pane => pane === request.recent[0]);
	const isSingle = isLogFirst || (isCrowded ? height < leastForTwo - 1 : isFlat || strip > 0);
	return [
		{...area, height: table, panes: ['processes']},
		...(isSingle
			? [{...left!, panes: [...channels, 'timeline' as const, 'events' as const]}]
			: stack(left!, [
					[1, [...channels, 'timeline', 'events']],
					[1, others],
				])),
		...(isFlat
			? [{...right!, panes: ['source' as const, 'console' as const, 'guide' as const]}]
			: stack(right!, [
					[1, ['source']],
					[1, strip > 0 ? ['console', 'events'] : ['guide', 'console', 'events']],
				])),
		...(strip > 0
			? [{...area, y: area.y + area.height - strip, height: strip, panes: ['guide' as const]}]
			: []),
	];
};

const isKnown = (pane: PaneName, {present, seen}: LayoutRequest): boolean =>
	present.has(pane) || seen?.has(pane) === true;

/** Rows of a column in which two panes still have a row or two of text. */
const leastForTwo = 7;

/** Rows of a column in which a log has some beside another pane. */
const leastForLog = 10;

/** Rows of the screen, without head and footer, from which on the guide can have some for itself. */
const leastForStrip = 19;

/** Rows of the guide, with its frame: enough for most steps, more for long ones, so that it seldom changes. */
const guideHeight = (
	width: number,
	least: number,
	most: number,
	{guideRows}: LayoutRequest,
): number => Math.max(least, Math.min(most, guideRows ? guideRows(width - 2) + 2 : 0));

/** 120x40: processes above, three panes on each side below. */
const tallSlots = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const top = tableHeight(request, Math.floor(area.height * 0.35));
	const rest = {...area, y: area.y + top, height: area.height - top};
	const [left, right] = columnsOf(rest, [1, 1]);
	const hasGuide = request.present.has('guide') || request.focused === 'guide';
	const third = Math.floor(rest.height * 0.3);
	const guide = hasGuide
		? guideHeight(left!.width, third, Math.floor(rest.height * 0.45), request)
		: third;
	const channelRows = {...left!, height: rest.height - guide};
	return [
		{...area, height: top, panes: ['processes']},
		...channelSlots(channelRows, request),
		{
			...left!,
			y: rest.y + channelRows.height,
			height: guide,
			panes: hasGuide ? ['guide'] : ['timeline', 'shared', 'events'],
		},
		...stack(right!, [
			[5, ['source']],
			[3, ['timeline', 'events']],
			[3, ['console']],
		]),
	];
};

/**
 * Two places for channels and, where there is one kind of them or none, for a log. A kind keeps its place for the whole run:
 * a file that is closed and opened again does not move everything twice. Three kinds share the two by what there is now.
 */
const channelSlots = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const logs: readonly PaneName[] = ['timeline', 'events'];
	const known = channels.filter(pane => isKnown(pane, request));
	const others = channels.filter(pane => !known.includes(pane));
	const [first, second, third] = known;
	if (!first)
		return stack(area, [
			[4, [...channels, 'timeline']],
			[3, ['sockets', 'shared', ...logs]],
		]);
	if (third)
		return stack(area, [
			[4, channels],
			[3, [...channels, ...logs]],
		]);
	return stack(area, [
		[4, [first, ...others], true],
		second ? [3, [second, ...others, ...logs], true] : [3, [...logs, ...others]],
	]);
};

/** 160 columns and more: three columns, everything at once. */
const wideSlots = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const top = tableHeight(request, Math.floor(area.height * 0.3));
	const rest = {...area, y: area.y + top, height: area.height - top};
	const [left, middle, right] = columnsOf(rest, [1, 1, 1]);
	const known = channels.filter(pane => isKnown(pane, request));
	const hasGuide = request.present.has('guide') || request.focused === 'guide';
	return [
		{...area, height: top, panes: ['processes']},
		...stack(left!, [
			...(known.length === 0 ? channels.slice(0, 1) : known).map(
				(pane): Part => [1, [pane, ...channels.filter(other => other !== pane)], true],
			),
			[1, ['console']],
		]),
		...stack(middle!, [
			[3, ['source']],
			[2, ['timeline']],
		]),
		...(hasGuide ? guideAndEvents(right!, request) : [{...right!, panes: ['events'] as const}]),
	];
};

/** The guide as high as its step needs, and the log below it. */
const guideAndEvents = (area: Rectangle, request: LayoutRequest): readonly Slot[] => {
	const share = (part: number): number => Math.floor(area.height * part);
	const height = guideHeight(area.width, share(0.35), share(0.55), request);
	return [
		{...area, height, panes: ['guide']},
		{...area, y: area.y + height, height: area.height - height, panes: ['events']},
	];
};

/** Rows of the process table with its frame: what it needs, between its least and `share`. */
const tableHeight = ({processRows}: LayoutRequest, share: number): number =>
	Math.max(6, Math.min(share, processRows + 2));

type Part = readonly [weight: number, panes: readonly PaneName[], isSteady?: boolean];

const stack = (area: Rectangle, parts: readonly Part[]): readonly Slot[] => {
	const heights = divide(
		area.height,
		parts.map(([weight]) => weight),
	);
	let y = area.y;
	return parts.map(([, panes, isSteady = false], index) => {
		const height = heights[index]!;
		const slot = {...area, y, height, panes, isSteady};
		y += height;
		return slot;
	});
};

const row = (area: Rectangle, parts: readonly Part[]): readonly Slot[] =>
	columnsOf(
		area,
		parts.map(([weight]) => weight),
	).map((rectangle, index) => ({...rectangle, panes: parts[index]![1]}));

const columnsOf = (area: Rectangle, weights: readonly number[]): readonly Rectangle[] => {
	let x = area.x;
	return divide(area.width, weights).map(width => {
		const rectangle = {...area, x, width};
		x += width;
		return rectangle;
	});
};
