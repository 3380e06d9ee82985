// The trace as rows that can be selected: each row knows its event, and so its moment.

import {type Line, span, type Tone} from './styled-text.js';
import {simplify} from './text-width.js';
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
