// The top lines: what runs, whether time goes on, what the CPUs do with it.

import {type Language, localize, say} from '../../view-model/language.js';
import {
	cpuBar,
	cpuLine,
	type CpuView,
	countsLine,
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
	readonly columns: number;
	readonly rows: number;
	readonly theme: Theme;
	readonly isAscii: boolean;
	readonly language: Language;
};

export function Head({snapshot, columns, rows, theme, isAscii, language}: Props) {
	const view = machineView(snapshot.observed);
	const lines: Line[] = [titleLine(snapshot, view, columns, rows, isAscii, language)];
	const perRow = columns >= 160 ? 2 : 1;
	const width = Math.floor(columns / perRow);
	for (let row = 0; row + 1 < rows; row++) {
		const cpus = view.cpus.slice(row * perRow, (row + 1) * perRow);
		const isLast = row + 2 === rows;
		lines.push(
			isLast && view.cpus.length > (rows - 1) * perRow
				? averageLine(view.cpus, columns, isAscii, language)
				: cpus.flatMap(cpu =>
						fitLine(
							cpuLine(cpu, language, row === 0 && perRow === 1 ? columns : width, isAscii),
							width,
						),
					),
		);
	}
	const text = lines.map(line => paint(fitLine(line, columns), theme)).join('\n');
	return <Block area={{x: 0, y: 0, width: columns, height: rows}} text={text} isAscii={isAscii} />;
}

/** Cycles behind the newest moment that are worth saying. */
const pastMargin = 64;

type View = ReturnType<typeof machineView>;

/** Name, play state and speed, cycle and time, counts; what does not fit is left out from the right. */
const titleLine = (
	snapshot: Snapshot,
	view: View,
	columns: number,
	rows: number,
	isAscii: boolean,
	language: Language,
): Line => {
	const cpu = view.cpus[0];
	const past =
		snapshot.history.horizon > snapshot.history.now + pastMargin
			? [
					[
						span(
							say(language, 'top.past', {cycle: groupDigits(snapshot.history.horizon)}),
							'warning' as const,
						),
					],
				]
			: [];
	// The counts matter more than how they are called: on a narrow screen they are written shorter.
	const needed = (isShort: boolean): readonly Line[] => [
		playLine(snapshot.play, snapshot.speed, language, isAscii),
		...(rows === 1 && cpu ? [smallCpu(cpu, isAscii)] : []),
		[span(isShort ? '' : `${say(language, 'top.cycle')} `, 'dim'), span(view.cycle)],
		...past,
		countsLine(view.counts, language, isShort),
	];
	const extra: readonly Line[] = [
		[span(`${say(language, 'top.time')} `, 'dim'), span(`${view.time} s`)],
		...(snapshot.isBehind ? [[span(say(language, 'top.behind'), 'warning')]] : []),
		[span(simplify(localize(snapshot.title, language)), 'dim')],
	];
	const name: Line = [span(simplify(snapshot.name), 'strong')];
	const whole = joinParts([name, ...needed(false)], Infinity);
	const start = lineWidth(whole) <= columns ? needed(false) : needed(true);
	return joinParts([name, ...start, ...extra], columns);
};

/** Parts side by side; those that don't fit are left out. */
const joinParts = ([first = [], ...parts]: readonly Line[], columns: number): Line => {
	const line = [...first];
	for (const part of parts)
		if (lineWidth(line) + 2 + lineWidth(part) <= columns) line.push(span('  '), ...part);
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
