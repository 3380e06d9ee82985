// A Mermaid sequence diagram: processes and channels as participants, every write and read as an arrow, with who slept
// for it and who was woken.

import {escapeControls, quoteBytes} from '../view-model/escape.js';
import {type KernelEvent, type Kernel, threadName} from '../view-model/run-log.js';
import type {Exporter} from './exporter.js';

/** Longer diagrams can't be read, and Mermaid refuses them. */
const messageLimit = 400;
const shownBytes = 24;

type Line = {readonly tid: number; readonly channel: string; readonly text: string};

const lineOf = ({tid, body}: KernelEvent): Line | undefined => {
	switch (body.kind) {
		case 'bytes': {
			const {channel, direction, data, count} = body;
			const text = quoteBytes(data, shownBytes, count);
			return {tid, channel, text: direction === 'in' ? `->> ${text}` : `<<- ${text}`};
		}

		case 'blocked':
			return body.channel === '' || body.queue === 'disk'
				? undefined
				: {tid, channel: body.channel, text: `zz ${body.queue}`};
		case 'signal':
			return undefined;
		case 'call':
		case 'return':
		case 'woken':
		case 'switch':
		case 'created':
		case 'exec':
		case 'exited':
		case 'packet':
		case 'input':
		case 'deadlock':
			return undefined;
	}
};

/** Mermaid reads `;` and `#` as its own, and `"` ends nothing there. */
const escaped = (text: string): string =>
	escapeControls(text).replaceAll(/[#;]/g, mark => `#${mark.charCodeAt(0)};`);

/** Makes an exporter of the messages that pass through channels. */
export const createMermaidExport = (): Exporter => {
	const lines: Line[] = [];
	let dropped = 0;
	return {
		interval: 10_000,
		note({events}) {
			for (const event of events) {
				const line = event.tid === 0 ? undefined : lineOf(event);
				if (!line) continue;
				if (lines.length < messageLimit) lines.push(line);
				else dropped++;
			}
		},
		finish: kernel => diagram(kernel, lines, dropped),
	};
};

const diagram = (kernel: Kernel, lines: readonly Line[], dropped: number): string => {
	// A channel that only one side ever touched, with no data, is not worth a participant.
	const used = new Set(
		lines.filter(({text}) => !text.startsWith('zz')).map(({channel}) => channel),
	);
	const shown = lines.filter(({channel}) => used.has(channel));
	const tids = [...new Set(shown.map(({tid}) => tid))].sort((a, b) => a - b);
	const channels = [...used];
	const text = [
		'sequenceDiagram',
		...tids.map(tid => `\tparticipant t${tid} as ${escaped(threadName(kernel, tid))}`),
		...channels.map((channel, index) => `\tparticipant c${index} as ${escaped(channel)}`),
		...shown.map(({tid, channel, text: what}) => {
			const place = `c${channels.indexOf(channel)}`;
			const rest = escaped(what.slice(what.indexOf(' ') + 1));
			if (what.startsWith('->>')) return `\tt${tid}->>${place}: ${rest}`;
			if (what.startsWith('<<-')) return `\t${place}-->>t${tid}: ${rest}`;
			return `\tNote over t${tid}: blocked on ${rest}`;
		}),
		...(dropped > 0 ? [`\tNote over t${tids[0] ?? 0}: … and ${dropped} more`] : []),
	];
	return `${text.join('\n')}\n`;
};
