// The trace as rows that can be selected: each row knows its event, and so its moment.

import type {Kernel} from '../kernel/kernel.js';
import {type Line, lineWidth, span, type Tone} from './styled-text.js';
import {displayWidth, simplify, truncate} from './text-width.js';
import {createTracer, familyOf, type KernelEvent, traceEvent} from './trace.js';

export type EventRow = {
	/** Unique: the event's number, and for further rows of it their count. */
	readonly key: string;
	readonly event: KernelEvent;
	readonly line: Line;
};

const familyTones: Readonly<Record<ReturnType<typeof familyOf>, Tone>> = {
	syscall: 'plain',
	state: 'blocked',
	switch: 'dim',
	signal: 'warning',
	bytes: 'string',
	process: 'accent',
	network: 'accent',
	input: 'good',
};

/** The line for so many cells: its strings and then its arguments are shortened, so that what a call returned is seen. */
export const fitEventLine = (line: Line, width: number): Line =>
	lineWidth(line) <= width
		? line
		: line.map(({text, tone}) => span(keepResult(shortenStrings(text, width), width), tone));

/** Letters of a string that stay, however narrow the pane is. */
const leastLetters = 6;

const shortenStrings = (text: string, width: number): string => {
	let excess = displayWidth(text) - width;
	const shorten = (whole: string, inside: string, dots = ''): string => {
		const letters = inside.match(/\\(?:[0-7]{1,3}|.)|[^\\]/gsu) ?? [];
		const room = displayWidth(whole) - Math.max(0, excess) - '""...'.length;
		let kept = '';
		for (const [index, letter] of letters.entries()) {
			if (index >= leastLetters && displayWidth(kept + letter) > room) break;
			kept += letter;
		}
		const short = `"${kept}"${kept === inside ? dots : '...'}`;
		if (displayWidth(short) >= displayWidth(whole)) return whole;
		excess -= displayWidth(whole) - displayWidth(short);
		return short;
	};
	return text.replaceAll(
		/"((?:[^"\\]|\\.)*)"(\.\.\.)?/gsu,
		(whole, inside: string, dots?: string) => (excess > 0 ? shorten(whole, inside, dots) : whole),
	);
};

const keepResult = (text: string, width: number): string => {
	const result = displayWidth(text) > width ? /\) = \S+( E[A-Z]+)?$/.exec(text)?.[0] : undefined;
	if (result === undefined) return text;
	return truncate(text.slice(0, -result.length), Math.max(0, width - result.length)) + result;
};

const kept = new WeakMap<readonly KernelEvent[], readonly EventRow[]>();

/** All rows of these events. A call that began before them is shown without its beginning. */
export const eventRows = (events: readonly KernelEvent[]): readonly EventRow[] => {
	const known = kept.get(events);
	if (known) return known;
	const tracer = createTracer();
	const rows = events.flatMap(event =>
		traceEvent(tracer, event).map((text, index) => ({
			key: index === 0 ? String(event.number) : `${event.number}.${index}`,
			event,
			line: [span(simplify(text.replace(/^ {1,3}/, '')), familyTones[familyOf(event)])],
		})),
	);
	kept.set(events, rows);
	return rows;
};

const keptOfPrograms = new WeakMap<readonly KernelEvent[], readonly EventRow[]>();

/** The rows without those of the kernel's own threads. */
export const programEventRows = (
	events: readonly KernelEvent[],
	{threads}: Kernel,
): readonly EventRow[] => {
	const known = keptOfPrograms.get(events);
	if (known) return known;
	const rows = eventRows(events).filter(
		({event}) => threads.get(event.tid)?.isKernelThread !== true,
	);
	keptOfPrograms.set(events, rows);
	return rows;
};
