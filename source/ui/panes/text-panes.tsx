// The panes that are running text: events, console, guide, timeline.

import type {ConsoleLine} from '../../view-model/console.js';
import type {GuideStep} from '../../view-model/guide.js';
import {type Language, localize, say} from '../../view-model/language.js';
import {fitLine, type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {
	laneLine,
	timelineLegend,
	timelineSlices,
	type TimelineView,
} from '../../view-model/timeline.js';
import {formatCount, groupDigits} from '../../view-model/units.js';
import {displayWidth} from '../../view-model/text-width.js';
import {Pane, type PaneFrame} from '../components/pane.js';
import {isWaitingForReader, type Snapshot} from '../playback.js';
import {newestQuestion} from '../selection.js';
import type {Answer} from '../state.js';

type LogProps = {
	readonly frame: PaneFrame;
	readonly number: string;
	readonly title: string;
	readonly lines: readonly Line[];
	readonly empty: string;
	/** Rows from the end that are scrolled away; 0 follows. */
	readonly fromEnd: number;
	/** The row in which the search has found something. */
	readonly found: number | undefined;
};

/** Text whose newest row is the last. */
export function LogPane({frame, number, title, lines, empty, fromEnd, found}: LogProps) {
	const height = Math.max(0, frame.area.height - 2);
	const end = Math.max(Math.min(height, lines.length), lines.length - fromEnd);
	const first = Math.max(0, end - height);
	const rows = lines.length === 0 ? [[span(` ${empty}`, 'dim')]] : lines.slice(first, end);
	return (
		<Pane
			frame={frame}
			number={number}
			title={title}
			rows={rows.map((line, index) => ({line, isSelected: first + index === found}))}
			above={first}
			below={Math.max(0, lines.length - end)}
		/>
	);
}

export const consoleRows = (lines: readonly ConsoleLine[], width: number): readonly Line[] => {
	const digits = Math.max(1, ...lines.map(line => String(line.pid).length));
	return lines.flatMap(line => {
		const author = span(` ${String(line.pid).padStart(digits)} `, 'dim');
		const text = span(line.text, line.stream === 2 ? 'warning' : 'plain');
		const mark = line.stream === 2 ? span('! ', 'warning') : span('  ');
		return wrapLine([text], Math.max(8, width - digits - 4)).map((part, index) =>
			index === 0 ? [author, mark, ...part] : [span(' '.repeat(digits + 4)), ...part],
		);
	});
};

export type GuideRows = {
	readonly lines: readonly Line[];
	/** The rows at which the summary and the steps begin; the last is the newest step's. */
	readonly starts: readonly number[];
	/** The rows of the question and the answer that was asked for, as long as no other step has come. */
	readonly asked: {readonly from: number; readonly to: number} | undefined;
};

/** The lesson so far as rows. A question keeps its answer to itself until it is asked for, or the next question comes. */
export const guideRows = (
	steps: readonly GuideStep[],
	summary: string,
	language: Language,
	width: number,
	answer?: Answer,
): GuideRows => {
	const wrap = (text: string, tone: Line[number]['tone']): readonly Line[] =>
		text
			.split('\n')
			.flatMap(part => wrapLine([span(part, tone)], Math.max(8, width - 2)))
			.map(line => [span(' '), ...line]);
	const lines: Line[] = summary === '' ? [] : [...wrap(summary, 'dim')];
	const starts: number[] = [0];
	let asked: GuideRows['asked'];
	const question = newestQuestion(steps);
	for (const [index, step] of steps.entries()) {
		const isNewest = index === steps.length - 1;
		if (lines.length > 0) {
			lines.push([]);
			starts.push(lines.length);
		}
		lines.push(...wrap(localize(step.say, language), isNewest ? 'plain' : 'dim'));
		const isHidden = index === question && answer?.step !== index;
		const from = lines.length;
		if (step.ask !== undefined) {
			lines.push(...wrap(`? ${localize(step.ask, language)}`, 'accent'));
			if (isHidden && step.answer !== undefined)
				addHint(lines, say(language, 'guide.answer'), width);
		}
		if (step.answer !== undefined && !isHidden)
			lines.push(
				...wrap(`= ${localize(step.answer, language)}`, index < question ? 'dim' : 'plain'),
			);
		if (index === answer?.step && answer.steps === steps.length) asked = {from, to: lines.length};
		if (step.try !== undefined) lines.push(...wrap(`→ ${localize(step.try, language)}`, 'good'));
	}
	return {lines, starts, asked};
};

/** Behind the last line, in one piece, or below it where there is no room. */
const addHint = (lines: Line[], hint: string, width: number): void => {
	const last = lines.at(-1) ?? [];
	if (lineWidth(last) + displayWidth(hint) + 2 < width)
		lines[lines.length - 1] = [...last, span(`  ${hint}`, 'key')];
	else lines.push([span(`   ${hint}`, 'key')]);
};

const stepRows = new WeakMap<readonly GuideStep[], {readonly key: string; readonly rows: number}>();

/** Rows of the longest step of a guide in a pane of so many cells, its answer not told; asked for with every picture. */
export const longestStepRows = (
	steps: readonly GuideStep[],
	language: Language,
	width: number,
): number => {
	const key = `${language} ${width}`;
	const known = stepRows.get(steps);
	if (known?.key === key) return known.rows;
	const rows = Math.max(
		0,
		...steps.map(step => guideRows([step], '', language, width).lines.length),
	);
	stepRows.set(steps, {key, rows});
	return rows;
};

/**
 * The first row shown while nobody has scrolled: the newest step from its beginning, with as many rows before it as there
 * is room for; or so that the answer that was asked for is seen.
 */
export const guideTop = ({lines, starts, asked}: GuideRows, height: number): number => {
	const top = Math.min(starts.at(-1)!, Math.max(0, lines.length - height));
	return asked ? Math.min(asked.from, Math.max(top, asked.to - height)) : top;
};

type GuideProps = {
	readonly frame: PaneFrame;
	readonly snapshot: Snapshot;
	readonly answer: Answer | undefined;
	/** Undefined: the newest step. */
	readonly top: number | undefined;
	readonly found: number | undefined;
	readonly language: Language;
};

/** That playback has stopped here, or that the step goes on below the pane, and how to see it. */
const guideNote = (snapshot: Snapshot, isCut: boolean, language: Language): string => {
	const isWaiting = isWaitingForReader(snapshot);
	if (isCut) return say(language, isWaiting ? 'guide.pausedMore' : 'guide.more');
	return isWaiting ? say(language, 'guide.paused') : '';
};

export function GuidePane({frame, snapshot, answer, top, found, language}: GuideProps) {
	const height = Math.max(0, frame.area.height - 2);
	const summary = localize(snapshot.summary, language);
	const text = guideRows(snapshot.guide, summary, language, frame.area.width - 2, answer);
	const {lines} = text;
	const first =
		top === undefined ? guideTop(text, height) : Math.max(0, Math.min(top, lines.length - height));
	const shown =
		lines.length === 0
			? [[span(` ${say(language, 'guide.none')}`, 'dim')]]
			: lines.slice(first, first + height);
	return (
		<Pane
			frame={frame}
			number="9"
			title={say(language, 'pane.guide')}
			note={guideNote(snapshot, !frame.isFocused && first + height < lines.length, language)}
			rows={shown.map((line, index) => ({line, isSelected: first + index === found}))}
			above={first}
			below={Math.max(0, lines.length - first - height)}
		/>
	);
}

const scrubWords = (
	{now, horizon}: Pick<Snapshot['history'], 'now' | 'horizon'>,
	language: Language,
): string =>
	` ${say(language, 'timeline.scrub', {now: groupDigits(now), horizon: groupDigits(horizon)})} `;

const scrubCells = (words: string, width: number): number =>
	Math.max(4, width - displayWidth(words) - 2);

/** Where the present moment is in all that has been reached: played, the moment, what lies ahead; ^ where branches left. */
const scrubBar = (
	{now, horizon, branches}: Snapshot['history'],
	width: number,
	isAscii: boolean,
	language: Language,
): Line => {
	const words = scrubWords({now, horizon}, language);
	const cells = scrubCells(words, width);
	const cellOf = (cycle: number): number =>
		horizon <= 0
			? 0
			: Math.max(0, Math.min(cells - 1, Math.round((cycle / horizon) * (cells - 1))));
	const at = cellOf(now);
	const left = new Set(branches.map(cellOf));
	const bar: Line[number][] = [span(' ')];
	for (let cell = 0; cell < cells; cell++) {
		if (cell === at) bar.push(span(isAscii ? 'O' : '●', 'accent'));
		else if (left.has(cell)) bar.push(span(isAscii ? 'Y' : '┴', 'warning'));
		else if (cell < at) bar.push(span(isAscii ? '=' : '━', 'plain'));
		else bar.push(span(isAscii ? '-' : '─', 'dim'));
	}
	return [...bar, span(words, 'dim')];
};

type TimelineProps = {
	readonly frame: PaneFrame;
	readonly view: TimelineView;
	readonly top: number;
	readonly history: Snapshot['history'];
	readonly tid: number | undefined;
	readonly language: Language;
};

/** What stands below the lanes, as far as it takes no lane's place in a small pane: the scrub bar, and the legend. */
const belowLanes = (
	height: number,
	lanes: number,
): {readonly hasScrubBar: boolean; readonly hasLegend: boolean} => ({
	hasScrubBar: height >= Math.min(5, Math.max(3, lanes + 1)),
	hasLegend: height >= Math.min(7, Math.max(4, lanes + 2)),
});

/** Rows for lanes. */
export const timelineRoom = (height: number, lanes: number): number => {
	const {hasScrubBar, hasLegend} = belowLanes(height, lanes);
	return Math.max(1, height - (hasLegend ? 1 : 0) - (hasScrubBar ? 1 : 0));
};

/** Cycles that a timeline shows: two cells or so per time slice. */
export const timelineCycles = (width: number, quantum: number): number =>
	quantum * Math.max(8, Math.min(timelineSlices, Math.floor(width / 2)));

/** `1,283`, `12.0k` */
const cyclesText = (cycles: number): string =>
	cycles < 10_000 ? groupDigits(cycles) : formatCount(cycles);

/** The same for all lanes, so that they stand still when they are scrolled. */
const laneNameWidth = ({lanes}: TimelineView): number => Math.min(16, Math.max(4, lanes.nameWidth));

/** The cycle that a cell of the pane's inside stands for: in the scrub bar of all history, in a lane of what it shows. */
export const timelineCycleAt = (
	view: TimelineView,
	history: Snapshot['history'],
	size: {readonly width: number; readonly height: number},
	at: {readonly x: number; readonly y: number},
	language: Language,
): number | undefined => {
	const {hasScrubBar} = belowLanes(size.height, view.lanes.length);
	const room = timelineRoom(size.height, view.lanes.length);
	const isScrubBar = hasScrubBar && at.y === room;
	if (!isScrubBar && at.y >= Math.min(room, view.lanes.length)) return undefined;
	const first = isScrubBar ? 1 : laneNameWidth(view) + 2;
	const cells = isScrubBar
		? scrubCells(scrubWords(history, language), size.width)
		: Math.max(1, size.width - laneNameWidth(view) - 3);
	const cell = at.x - first;
	if (cell < 0 || cell >= cells) return undefined;
	if (isScrubBar) return Math.round((cell / Math.max(1, cells - 1)) * history.horizon);
	return Math.round(view.from + ((cell + 0.5) / cells) * (view.to - view.from));
};

export function TimelinePane({frame, view, top, history, tid, language}: TimelineProps) {
	const height = Math.max(0, frame.area.height - 2);
	const width = frame.area.width - 2;
	const {hasScrubBar, hasLegend} = belowLanes(height, view.lanes.length);
	const room = timelineRoom(height, view.lanes.length);
	const first = Math.max(0, Math.min(top, view.lanes.length - room));
	const visible = view.lanes.slice(first, first + room);
	const nameWidth = laneNameWidth(view);
	const lanes: Line[] = visible.map(lane => [
		span(lane.tid === tid ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
		...fitLine([span(lane.name, lane.tid === tid ? 'strong' : 'plain')], nameWidth),
		span(' '),
		...laneLine(view, lane, Math.max(1, width - nameWidth - 3), frame.isAscii),
	]);
	if (hasScrubBar) {
		while (lanes.length < room) lanes.push([]);
		lanes.push(scrubBar(history, width, frame.isAscii, language));
	}
	const legend = timelineLegend(visible, width, frame.isAscii, language);
	const empty: Line = [span(` ${say(language, 'timeline.none')}`, 'dim')];
	return (
		<Pane
			frame={frame}
			number="6"
			title={say(language, 'pane.timeline')}
			note={say(language, 'timeline.span', {cycles: cyclesText(view.to - view.from)})}
			rows={(view.lanes.length === 0 ? [empty] : hasLegend ? [...lanes, legend] : lanes).map(
				line => ({line}),
			)}
			above={first}
			below={Math.max(0, view.lanes.length - first - visible.length)}
		/>
	);
}
