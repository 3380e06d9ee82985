// The top lines: what runs, whether time goes on, what the CPUs do with it.

import {type Language, localize, say} from '../../view-model/language.js';
import {
	cpuBar,
	cpuLine,
	type CpuView,
	countsLine,
	type MachineView,
	machineView,
	playLine,
} from '../../view-model/machine-line.js';
import {fitLine, type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {simplify} from '../../view-model/text-width.js';
import {groupDigits} from '../../view-model/units.js';
import type {Snapshot} from '../playback.js';
import {paint, type Theme} from '../theme.js';
import {Block} from './pane.js';

type Props = {
	readonly snapshot: Snapshot;
	/** Whether the kernel's own threads are in the process table: then they are counted, too. */
	readonly hasKernelThreads: boolean;
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
	readonly isAscii: boolean;
	readonly language: Language;
};

export function Head(props: Props) {
	const {columns, rows, theme, isAscii} = props;
	const text = headLines(props)
		.map(line => paint(fitLine(line, columns), theme))
		.join('\n');
	return <Block area={{x: 0, y: 0, width: columns, height: rows}} text={text} isAscii={isAscii} />;
}

/** Cells of a CPU's row, its bar included, below which the title does not stand beside it. */
const leastForCpu = 64;

export const headLines = ({
	snapshot,
	hasKernelThreads,
	columns,
	rows,
	isAscii,
	language,
}: Omit<Props, 'theme'>): readonly Line[] => {
	const view = machineView(snapshot.observed, hasKernelThreads);
	const title: Line = [span(simplify(localize(snapshot.title, language)), 'dim')];
	const perRow = columns >= 160 ? 2 : 1;
	const besideCpu = columns - lineWidth(title) - 2;
	const isBesideCpu = rows > 1 && perRow === 1 && besideCpu >= leastForCpu;
	const request = {snapshot, view, columns, hasCpu: rows === 1, isAscii, language};
	const lines: Line[] = [titleLine(request, isBesideCpu ? [] : title)];
	const width = Math.floor(columns / perRow);
	for (let row = 0; row + 1 < rows; row++) {
		const cpus = view.cpus.slice(row * perRow, (row + 1) * perRow);
		const isLast = row + 2 === rows;
		const room = row === 0 && isBesideCpu ? besideCpu : width;
		const line =
			isLast && view.cpus.length > (rows - 1) * perRow
				? averageLine(view.cpus, Math.min(room, columns), isAscii, language)
				: cpus.flatMap(cpu => fitLine(cpuLine(cpu, language, room, isAscii), room));
		lines.push(row === 0 && isBesideCpu ? [...fitLine(line, room), span('  '), ...title] : line);
	}
	return lines;
};

type TitleRequest = {
	readonly snapshot: Snapshot;
	readonly view: MachineView;
	readonly columns: number;
	/** The CPUs have no row of their own. */
	readonly hasCpu: boolean;
	readonly isAscii: boolean;
	readonly language: Language;
};

/** How much the first line says; the counts matter more than how they are called. */
type Manner = {
	readonly hasTitle: boolean;
	readonly hasTime: boolean;
	readonly isShort: boolean;
	readonly hasSpeed: boolean;
};

/** The first of them that fits is taken. */
const manners: readonly Manner[] = [
	{hasTitle: true, hasTime: true, isShort: false, hasSpeed: true},
	{hasTitle: false, hasTime: true, isShort: false, hasSpeed: true},
	{hasTitle: false, hasTime: false, isShort: false, hasSpeed: true},
	{hasTitle: false, hasTime: false, isShort: true, hasSpeed: true},
	{hasTitle: false, hasTime: false, isShort: true, hasSpeed: false},
];

/** Name, play state and speed, cycle, counts, time, title. What is said follows from the width, not from the figures. */
const titleLine = (request: TitleRequest, title: Line): Line => {
	const {snapshot, columns, language} = request;
	const needed = ({cells}: Part): number => cells + 2;
	const widthOf = (parts: readonly Part[]): number =>
		parts.reduce((sum, part) => sum + needed(part), -2);
	const said = manners
		.map(manner => partsOf(request, title, manner))
		.find((parts, index) => index === manners.length - 1 || widthOf(parts) <= columns)!;
	const behind: Line = snapshot.isBehind ? [span(say(language, 'top.behind'), 'warning')] : [];
	return joinParts([...said.map(({line}) => line), behind], columns);
};

/** Cells that a part may come to take: figures grow, and states come and go. */
type Part = {readonly line: Line; readonly cells: number};

const usualStates = ['playing', 'paused', 'ended', 'deadlock'] as const;
const usualCycle = '100,000';
const usualTime = '0.100000';

const partsOf = (
	{snapshot, view, hasCpu, isAscii, language}: TitleRequest,
	title: Line,
	{hasTitle, hasTime, isShort, hasSpeed}: Manner,
): readonly Part[] => {
	const part = (line: Line, ...others: readonly Line[]): Part => ({
		line,
		cells: Math.max(...[line, ...others].map(lineWidth)),
	});
	const play = (state: Snapshot['play']): Line =>
		playLine(state, snapshot.speed, language, isAscii).slice(0, hasSpeed ? 2 : 1);
	const cycle = (text: string): Line => [
		span(isShort ? '' : `${say(language, 'top.cycle')} `, 'dim'),
		span(text),
	];
	const time = (text: string): Line => [
		span(`${say(language, 'top.time')} `, 'dim'),
		span(`${text} s`),
	];
	const {counts} = view;
	const {horizon, now} = snapshot.history;
	const past = span(say(language, 'top.past', {cycle: groupDigits(horizon)}), 'warning');
	const parts: readonly Part[] = [
		part([span(simplify(snapshot.name), 'strong')]),
		part(play(snapshot.play), ...usualStates.map(play)),
		part(cycle(view.cycle), cycle(usualCycle)),
		...(horizon > now ? [part([past])] : []),
		...(hasCpu && view.cpus[0] ? [part(smallCpu(view.cpus[0], isAscii))] : []),
		part(
			countsLine(counts, language, isShort),
			countsLine({...counts, zombie: Math.max(1, counts.zombie)}, language, isShort),
		),
		...(hasTime ? [part(time(view.time), time(usualTime))] : []),
		...(hasTitle ? [part(title)] : []),
	];
	return parts.filter(({cells}) => cells > 0);
};

/** Parts side by side, as far as there is room. */
const joinParts = ([first = [], ...parts]: readonly Line[], columns: number): Line => {
	const line = [...first];
	for (const part of parts) {
		if (lineWidth(line) + 2 + lineWidth(part) > columns) break;
		if (part.length > 0) line.push(span('  '), ...part);
	}
	return line;
};

const smallCpu = (cpu: CpuView, isAscii: boolean): Line => [
	span('['),
	...cpuBar(cpu, 8, isAscii),
	span(']'),
];

/** Several CPUs in one bar, where there is no row for each. */
const averageLine = (
	cpus: readonly CpuView[],
	width: number,
	isAscii: boolean,
	language: Language,
): Line => {
	const mean = (pick: (cpu: CpuView) => number): number =>
		cpus.reduce((sum, cpu) => sum + pick(cpu), 0) / cpus.length;
	const recent = {
		useful: mean(cpu => cpu.recent.useful),
		busy: mean(cpu => cpu.recent.busy),
		idle: mean(cpu => cpu.recent.idle),
	};
	const line = cpuLine({...cpus[0]!, recent}, language, width - 4, isAscii);
	return [
		span(`${cpus.length}×`, 'strong'),
		...line.slice(0, 1).map(part => span(part.text.replace(/\d+/, ''), 'strong')),
		...line.slice(1),
	];
};
