// The panes that are running text: events, console, guide, timeline.

import type {ConsoleLine} from '../../view-model/console.js';
import type {GuideStep} from '../../view-model/guide.js';
import {type Language, localize, say} from '../../view-model/language.js';
import {fitLine, type Line, span, wrapLine} from '../../view-model/styled-text.js';
import {laneLine, timelineLegend, type TimelineView} from '../../view-model/timeline.js';
import {formatCount, groupDigits} from '../../view-model/units.js';
import {displayWidth} from '../../view-model/text-width.js';
import {Pane, type PaneFrame} from '../components/pane.js';
import type {Snapshot} from '../playback.js';

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

/** The lesson so far as rows, and the row at which its newest step begins. */
export const guideRows = (
	steps: readonly GuideStep[],
	summary: string,
	language: Language,
	width: number,
	showsLastAnswer = false,
): {readonly lines: readonly Line[]; readonly last: number} => {
	const wrap = (text: string, tone: Line[number]['tone']): readonly Line[] =>
		text
			.split('\n')
			.flatMap(part => wrapLine([span(part, tone)], Math.max(8, width - 2)))
			.map(line => [span(' '), ...line]);
	const lines: Line[] = summary === '' ? [] : [...wrap(summary, 'dim')];
	let last = 0;
	for (const [index, step] of steps.entries()) {
		const isNewest = index === steps.length - 1;
		if (lines.length > 0) lines.push([]);
		last = lines.length;
		lines.push(...wrap(localize(step.say, language), isNewest ? 'plain' : 'dim'));
		if (step.ask !== undefined) lines.push(...wrap(`? ${localize(step.ask, language)}`, 'accent'));
		// The answer comes with the next step, so that there is time to find it oneself.
		if (step.answer !== undefined && (!isNewest || showsLastAnswer))
			lines.push(...wrap(`= ${localize(step.answer, language)}`, 'dim'));
		if (step.try !== undefined) lines.push(...wrap(`→ ${localize(step.try, language)}`, 'good'));
	}
	return {lines, last};
};

/** The first row shown while nobody has scrolled: the newest step from its beginning, with what fits before it. */
export const guideTop = (count: number, last: number, height: number): number =>
	Math.max(0, Math.min(last, count - height));

type GuideProps = {
	readonly frame: PaneFrame;
	readonly snapshot: Snapshot;
	/** Undefined: the newest step. */
	readonly top: number | undefined;
	readonly found: number | undefined;
	readonly language: Language;
};

export function GuidePane({frame, snapshot, top, found, language}: GuideProps) {
	const height = Math.max(0, frame.area.height - 2);
	const summary = localize(snapshot.summary, language);
	const {lines, last} = guideRows(
		snapshot.guide,
		summary,
		language,
		frame.area.width - 2,
		snapshot.play === 'ended',
	);
	const first = Math.max(
		0,
		Math.min(top ?? guideTop(lines.length, last, height), lines.length - height),
	);
	const shown =
		lines.length === 0
			? [[span(` ${say(language, 'guide.none')}`, 'dim')]]
			: lines.slice(first, first + height);
	return (
		<Pane
			frame={frame}
			number="9"
			title={say(language, 'pane.guide')}
			note={snapshot.isGuidePause ? say(language, 'guide.paused') : ''}
			rows={shown.map((line, index) => ({line, isSelected: first + index === found}))}
			above={first}
			below={Math.max(0, lines.length - first - height)}
		/>
	);
}

/** Where the present moment is in all that has been reached: played, the moment, what lies ahead; ^ where branches left. */
const scrubBar = (
	{now, horizon, branches}: Snapshot['history'],
	width: number,
	isAscii: boolean,
	language: Language,
): Line => {
	const words = ` ${say(language, 'timeline.scrub', {now: groupDigits(now), horizon: groupDigits(horizon)})} `;
	const cells = Math.max(4, width - displayWidth(words) - 2);
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

/** Rows for lanes: with four rows or more the last is the legend, with three or more one is the scrub bar. */
export const timelineRoom = (height: number): number =>
	Math.max(1, height - (height >= 4 ? 1 : 0) - (height >= 3 ? 1 : 0));

export function TimelinePane({frame, view, top, history, tid, language}: TimelineProps) {
	const height = Math.max(0, frame.area.height - 2);
	const width = frame.area.width - 2;
	const hasLegend = height >= 4;
	const room = timelineRoom(height);
	const first = Math.max(0, Math.min(top, view.lanes.length - room));
	const visible = view.lanes.slice(first, first + room);
	const nameWidth = Math.min(16, Math.max(4, ...view.lanes.map(lane => displayWidth(lane.name))));
	const lanes: Line[] = visible.map(lane => [
		span(lane.tid === tid ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
		...fitLine([span(lane.name, lane.tid === tid ? 'strong' : 'plain')], nameWidth),
		span(' '),
		...laneLine(view, lane, Math.max(1, width - nameWidth - 3), frame.isAscii),
	]);
	if (height >= 3) {
		while (lanes.length < room) lanes.push([]);
		lanes.push(scrubBar(history, width, frame.isAscii, language));
	}
	const legend: Line = [
		span(' '),
		...timelineLegend(say(language, 'timeline.legend'), frame.isAscii),
	];
	const empty: Line = [span(` ${say(language, 'timeline.none')}`, 'dim')];
	return (
		<Pane
			frame={frame}
			number="6"
			title={say(language, 'pane.timeline')}
			note={say(language, 'timeline.span', {cycles: formatCount(view.to - view.from)})}
			rows={(view.lanes.length === 0 ? [empty] : hasLegend ? [...lanes, legend] : lanes).map(
				line => ({line}),
			)}
			above={first}
			below={Math.max(0, view.lanes.length - first - visible.length)}
		/>
	);
}
