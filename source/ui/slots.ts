// The places on the screen, and which panes may stand in them, for every size of terminal. Where a place is follows from the
// size and from what the scenario has had since it began, hardly from what there is at the moment: nothing moves while a
// lesson plays.

import {divide} from './settle-columns.js';

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

/** What is on the screen, as far as it decides about the places. */
export type SlotRequest = {
	readonly focused: PaneName;
	/** Panes in the order in which they were chosen last, newest first. */
	readonly recent: readonly PaneName[];
	/** Panes with something to show now. */
	readonly present: ReadonlySet<PaneName>;
	/** Those and the panes that had something before, in the order in which they came: on large screens they keep their place. */
	readonly seen?: ReadonlySet<PaneName>;
	/** Panes of `seen` that have been empty for so long that their place is free. */
	readonly stale?: ReadonlySet<PaneName>;
	/** Rows that the longest step of the guide takes in a pane of so many cells; none without a guide. */
	readonly guideRows?: (width: number) => number;
	/** One column of panes, however wide the screen is. */
	readonly isStacked?: boolean;
	/** Rows that the process table could use, header included. */
	readonly processRows: number;
};

/** A place on the screen, and the panes that may stand there, the most wanted first. */
export type Slot = Rectangle & {
	readonly panes: readonly PaneName[];
	/** The first of them stands there also while it is empty: what comes and goes in it moves nothing. */
	readonly isSteady?: boolean;
};

/** Where two columns of panes stand below the process table, several in each. */
export const leastForTwoColumns = 72;
export const leastForColumns = 30;

/** What programs talk through. */
export const channels: readonly PaneName[] = ['pipes', 'sockets', 'shared'];

export const slotsOf = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const {width, height} = area;
	if (width < leastForTwoColumns || request.isStacked) return narrowSlots(area, request);
	if (height < 12) return flatSlots(area);
	if (width >= 150 && height >= 36) return wideSlots(area, request);
	return height >= leastForColumns ? tallSlots(area, request) : classicSlots(area, request);
};

/**
 * Rows by which the process table of a large screen is higher than its place: it needs them. They are taken from the panes
 * below it when all else stands.
 */
export const tableGrowth = ({width, height}: Rectangle, request: SlotRequest): number => {
	const share = width >= 150 && height >= 36 ? 0.3 : 0.35;
	// By threes, so that not every new process moves a border.
	const wanted = Math.ceil((request.processRows - 1) / 3) * 3 + 3;
	return Math.max(leastTable, Math.min(Math.floor(height * share), wanted)) - leastTable;
};

/** One column: processes, and one other pane below if there is room for both. */
const narrowSlots = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
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
const classicSlots = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const strip =
		hasGuide(request) && area.height >= leastForStrip
			? guideHeight(area.width, 6, Math.floor(area.height * 0.43), request)
			: 0;
	// Beside a guide a little more than half of what it leaves: four processes with most guides.
	const table = tableHeight(
		request,
		Math.floor((area.height - strip) * (strip === 0 ? 0.4 : 0.54)),
	);
	const height = area.height - table - strip;
	const [left, right] = columnsOf({...area, y: area.y + table, height}, [1, 1]);
	const isFlat = height < leastForTwo;
	return [
		{...area, height: table, panes: ['processes']},
		...classicLeft(left!, request, strip > 0),
		...(isFlat
			? [{...right!, panes: ['source' as const, 'console' as const, 'guide' as const]}]
			: stack(right!, [
					[1, sourcePanes(request)],
					[1, strip > 0 ? ['console', 'events'] : ['guide', 'console', 'events']],
				])),
		...(strip > 0
			? [{...area, y: area.y + area.height - strip, height: strip, panes: ['guide' as const]}]
			: []),
	];
};

/** Programs without a source leave its place to what tells most of them. */
const sourcePanes = ({present}: SlotRequest): readonly PaneName[] =>
	present.has('source') ? ['source'] : ['source', 'events', 'timeline'];

/** What the programs talk through, in two places where there are two kinds of it; logs where there is none. */
const classicLeft = (area: Rectangle, request: SlotRequest, hasStrip: boolean): readonly Slot[] => {
	const {recent, present} = request;
	const {height} = area;
	const logs = (['timeline', 'events'] as const).filter(pane => recent.includes(pane));
	const known = knownChannels(request).filter(pane => request.stale?.has(pane) !== true);
	const others = channels.filter(pane => !known.includes(pane));
	const isCrowded =
		known.length + logs.length > 1 && (known.some(pane => present.has(pane)) || logs.length > 1);
	const isFlat = height < leastForTwo;
	// A timeline or a log that was asked for last says nothing in one row.
	const isLogFirst = height < leastForLog && logs.some(pane => pane === recent[0]);
	const isSingle =
		isLogFirst || (isCrowded ? height < leastForTwo - 1 : isFlat || hasStrip || known.length > 1);
	const panes: readonly PaneName[] = [...known, ...others, 'timeline', 'events'];
	return isSingle
		? [{...area, panes}]
		: stack(area, [
				[1, panes],
				[1, [...known.slice(1), 'timeline', ...others, ...known.slice(0, 1), 'events']],
			]);
};

/** Rows of a column in which two panes still have a row or two of text. */
const leastForTwo = 7;

/** Rows of a column in which a log has some beside another pane. */
const leastForLog = 10;

/** Rows of the screen, without head and footer, from which on the guide can have some for itself. */
const leastForStrip = 19;

const hasGuide = ({present, focused}: SlotRequest): boolean =>
	present.has('guide') || focused === 'guide';

/** The kinds of channels that there are or were, in the order in which they came: one that comes moves none. */
const knownChannels = ({present, seen}: SlotRequest): readonly PaneName[] =>
	[...(seen ?? channels)].filter(
		pane => channels.includes(pane) && (present.has(pane) || seen?.has(pane) === true),
	);

/** Rows of the guide, with its frame: enough for its longest step, so that it stays as it is through the whole lesson. */
const guideHeight = (
	width: number,
	least: number,
	most: number,
	{guideRows}: SlotRequest,
): number => Math.max(least, Math.min(most, guideRows ? guideRows(width - 2) + 2 : 0));

/** 120x40: processes above, three panes on each side below. */
const tallSlots = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const rest = {...area, y: area.y + leastTable, height: area.height - leastTable};
	const [left, right] = columnsOf(rest, [1, 1]);
	const least = Math.floor(area.height * 0.25);
	const guide = hasGuide(request)
		? guideHeight(left!.width, least, Math.floor(area.height * 0.38), request)
		: least;
	const channelRows = {...left!, height: rest.height - guide};
	return [
		{...area, height: leastTable, panes: ['processes']},
		...channelSlots(channelRows, request),
		{
			...left!,
			y: rest.y + channelRows.height,
			height: guide,
			panes: hasGuide(request) ? ['guide'] : ['timeline', 'shared', 'events'],
		},
		...stack(right!, [
			[5, sourcePanes(request)],
			[3, ['timeline', 'events']],
			[3, ['console']],
		]),
	];
};

/**
 * Two places for channels and, where there is one kind of them or none, for a log. A kind keeps its place for the whole run:
 * a file that is closed and opened again does not move everything twice. Three kinds share the two by what there is now.
 */
const channelSlots = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const logs: readonly PaneName[] = ['timeline', 'events'];
	const known = knownChannels(request);
	const others = channels.filter(pane => !known.includes(pane));
	const [first, second, third] = known;
	if (!first)
		return stack(area, [
			[4, [...channels, 'timeline']],
			[3, ['sockets', 'shared', ...logs]],
		]);
	if (third)
		return stack(area, [
			[4, [...known, ...logs]],
			[3, [...known, ...logs]],
		]);
	return stack(area, [
		[4, [first, ...others, ...logs], true],
		second ? [3, [second, ...others, ...logs], true] : [3, [...logs, ...others]],
	]);
};

/** 160 columns and more: three columns, everything at once. */
const wideSlots = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const rest = {...area, y: area.y + leastTable, height: area.height - leastTable};
	const [left, middle, right] = columnsOf(rest, [1, 1, 1]);
	const known = knownChannels(request);
	const isWanted = (pane: PaneName): boolean =>
		request.focused === pane || request.recent.includes(pane);
	// Without channels the Timeline has their place, and the Source its own for itself.
	const timeline: Part = [2, ['timeline']];
	const source: readonly Part[] =
		request.present.has('source') || isWanted('source') ? [[3, ['source']]] : [];
	const hasChannels = known.length > 0 || channels.some(isWanted) || source.length === 0;
	return [
		{...area, height: leastTable, panes: ['processes']},
		...stack(left!, [
			...(known.length === 0
				? [hasChannels ? ([1, channels] as const) : timeline]
				: known.map(
						(pane): Part => [1, [pane, ...channels.filter(other => other !== pane)], true],
					)),
			[hasChannels ? 1 : 2, ['console']],
		]),
		...stack(middle!, [...source, ...(hasChannels ? [timeline] : [])]),
		...(hasGuide(request)
			? guideAndEvents(right!, request)
			: [{...right!, panes: ['events'] as const}]),
	];
};

/** The guide as high as its longest step needs, and the log below it. */
const guideAndEvents = (area: Rectangle, request: SlotRequest): readonly Slot[] => {
	const share = (part: number): number => Math.floor(area.height * part);
	const height = guideHeight(area.width, share(0.35), share(0.55), request);
	return [
		{...area, height, panes: ['guide']},
		{...area, y: area.y + height, height: area.height - height, panes: ['events']},
	];
};

/** Rows of the process table with its frame: three processes. */
const leastTable = 6;

/** What it needs, between its least and `share`. */
const tableHeight = ({processRows}: SlotRequest, share: number): number =>
	Math.max(leastTable, Math.min(share, processRows + 2));

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
