// What opens over the panes: help, details, the lists of presets and of signals. They take the whole area between the
// head and the footer, so that they can be read on the smallest screen.

import {type Language, localize, say} from '../../view-model/language.js';
import {type Line, lineWidth, span, wrapLine} from '../../view-model/styled-text.js';
import {displayWidth, fitText, simplify} from '../../view-model/text-width.js';
import {firstVisible} from '../../view-model/scroll.js';
import {commonSignals, signalName} from '../../view-model/signal-names.js';
import {helpGroups} from '../keymap.js';
import type {PresetInfo, Snapshot} from '../playback.js';
import {Pane, type PaneFrame} from './pane.js';

export const helpLines = (language: Language, width: number, isAscii: boolean): readonly Line[] => {
	const groups = helpGroups(language);
	const keyWidth = Math.max(
		...groups.flatMap(({entries}) => entries.map(({keys}) => displayWidth(keys))),
	);
	const blank: Line = [];
	const keys = groups.flatMap(({title, entries}) => [
		[span(title, 'strong')],
		...entries.flatMap(({keys: text, text: help}) =>
			wrapLine([span(help)], Math.max(10, width - keyWidth - 5)).map((part, index) => [
				span(`  ${fitText(index === 0 ? text : '', keyWidth)}  `, 'key'),
				...part,
			]),
		),
		blank,
	]);
	const legend = [
		['█ #', 'useful', 'top.useful', 'help.useful'],
		['▒ !', 'busy', 'top.busy', 'help.busy'],
		['· .', 'ready', 'top.ready', 'help.ready'],
		['─ -', 'blocked', 'top.blocked', 'help.blocked'],
	] as const;
	return [
		...keys,
		[span(say(language, 'help.colours'), 'strong')],
		...legend.flatMap(([marks, tone, word, help]) =>
			wrapLine([span(say(language, help))], Math.max(10, width - 18)).map(
				(part, index): Line => [
					span(
						`   ${index === 0 ? marks.split(' ')[isAscii ? 1 : 0]! : ' '} ${fitText(index === 0 ? say(language, word) : '', 9)}  `,
						tone,
					),
					...part,
				],
			),
		),
		...wrapLine([span(say(language, 'help.marked'))], Math.max(10, width - 5)).map(
			(part): Line => [span('   '), ...part],
		),
		blank,
		[span(`   ${say(language, 'help.close')}`, 'dim')],
	];
};

type TextProps = {
	readonly frame: PaneFrame;
	readonly title: string;
	readonly lines: readonly Line[];
	readonly top: number;
};

/** The lines of a page, those that are too long for it broken up. */
export const pageLines = (lines: readonly Line[], width: number): readonly Line[] =>
	lines.flatMap(line =>
		lineWidth(line) <= width
			? [line]
			: wrapLine(line, Math.max(8, width - 4)).map((part, index) =>
					index === 0 ? part : [span('    '), ...part],
				),
	);

/** A page of text that scrolls. */
export function TextPage({frame, title, lines: whole, top}: TextProps) {
	const lines = pageLines(whole, frame.area.width - 3);
	const height = Math.max(0, frame.area.height - 2);
	const first = Math.max(0, Math.min(top, lines.length - height));
	const visible = lines.slice(first, first + height);
	return (
		<Pane
			frame={frame}
			number=""
			title={title}
			rows={visible.map(line => ({line: [span(' '), ...line]}))}
			above={first}
			below={Math.max(0, lines.length - first - visible.length)}
		/>
	);
}

type PickerProps = {
	readonly frame: PaneFrame;
	readonly presets: readonly PresetInfo[];
	readonly query: string;
	readonly index: number;
	readonly language: Language;
};

/** The presets that match, and what the chosen one is about. */
export function Picker({frame, presets, query, index, language}: PickerProps) {
	const width = frame.area.width - 2;
	const height = frame.area.height - 2;
	const chosen = presets[Math.min(index, presets.length - 1)];
	const summary = chosen
		? localize(chosen.summary, language)
				.split('\n')
				.flatMap(text => wrapLine([span(simplify(text))], width - 2))
		: [];
	const preview = summary.slice(0, Math.max(0, Math.min(summary.length, Math.floor(height / 3))));
	const capacity = Math.max(1, height - preview.length - 2);
	const first = firstVisible(presets.length, index, capacity);
	const nameWidth = Math.max(8, ...presets.map(({name}) => displayWidth(name)));
	const rows = presets.slice(first, first + capacity).map((preset, offset) => ({
		line: [
			span(first + offset === index ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
			span(`${fitText(preset.name, Math.min(nameWidth, Math.floor(width / 2)))}  `, 'strong'),
			span(simplify(localize(preset.title, language))),
		],
		isSelected: first + offset === index,
	}));
	const none = {line: [span(` ${say(language, 'picker.none')}`, 'dim')], isSelected: false};
	const list = presets.length === 0 ? [none] : rows;
	const padding = Array.from({length: Math.max(0, capacity - list.length)}, () => ({
		line: [] as Line,
	}));
	return (
		<Pane
			frame={frame}
			number=""
			title={`${say(language, 'picker.title')} ${presets.length}`}
			note={say(language, 'picker.hint')}
			rows={[
				{line: [span(' / ', 'key'), span(simplify(query)), span(' ', 'inverse')]},
				...list,
				...padding,
				{line: []},
				...preview.map(line => ({line: [span(' '), ...line]})),
			]}
			above={first}
			below={Math.max(0, presets.length - first - capacity)}
		/>
	);
}

type LinkProps = {
	readonly frame: PaneFrame;
	readonly links: Snapshot['links'];
	readonly index: number;
	readonly language: Language;
};

export function LinkList({frame, links, index, language}: LinkProps) {
	const height = frame.area.height - 2;
	const first = firstVisible(links.length, index, height);
	const rows = links.slice(first, first + height).map(({between, isUp}, offset) => ({
		line: [
			span(first + offset === index ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
			span(fitText(simplify(between.join(' – ')), 30)),
			span(` ${say(language, isUp ? 'link.up' : 'link.down')}`, isUp ? 'good' : 'error'),
		],
		isSelected: first + offset === index,
	}));
	return (
		<Pane
			frame={frame}
			number=""
			title={say(language, 'link.title')}
			note={say(language, 'link.hint')}
			rows={rows}
			above={first}
			below={Math.max(0, links.length - first - height)}
		/>
	);
}

type SignalProps = {
	readonly frame: PaneFrame;
	readonly name: string;
	readonly index: number;
	readonly language: Language;
};

export function SignalList({frame, name, index, language}: SignalProps) {
	const height = frame.area.height - 2;
	const first = firstVisible(commonSignals.length, index, height);
	const rows = commonSignals.slice(first, first + height).map((signal, offset) => ({
		line: [
			span(first + offset === index ? (frame.isAscii ? '>' : '▸') : ' ', 'accent'),
			span(`${String(signal).padStart(3)}  ${signalName(signal)}`),
		],
		isSelected: first + offset === index,
	}));
	return (
		<Pane
			frame={frame}
			number=""
			title={say(language, 'signal.title', {name})}
			note={say(language, 'signal.hint')}
			rows={rows}
			above={first}
			below={Math.max(0, commonSignals.length - first - height)}
		/>
	);
}
