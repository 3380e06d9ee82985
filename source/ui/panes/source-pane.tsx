// The C source of the selected thread.

import {type Language, say} from '../../view-model/language.js';
import type {SourceLine, SourceView} from '../../view-model/source.js';
import {type Line, span} from '../../view-model/styled-text.js';
import {Pane, type PaneFrame} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly view: SourceView;
	/** The line, counted from 0, in which the search has found something. */
	readonly found: number | undefined;
	readonly language: Language;
};

export function SourcePane({frame, view, found, language}: Props) {
	if (view.kind === 'none') {
		return (
			<Pane
				frame={frame}
				number="5"
				title={say(language, 'pane.source')}
				note={view.title}
				rows={[{line: [span(` ${view.text}`, 'dim')]}]}
			/>
		);
	}
	const digits = String(view.lineCount).length;
	const first = view.lines[0]?.number ?? 1;
	return (
		<Pane
			frame={frame}
			number="5"
			title={`${say(language, 'pane.source')} ${view.file}${view.line > 0 ? `:${view.line}` : ''}`}
			note={[view.title, view.inside].filter(text => text !== '').join(' ')}
			rows={view.lines.map(line => ({
				line: rowLine(line, digits, frame.isAscii),
				isSelected: line.number - 1 === found,
			}))}
			above={first - 1}
			below={Math.max(0, view.lineCount - first + 1 - view.lines.length)}
		/>
	);
}

/** `▶ 12 ` before the current line; `≈` where busy waiting happens. */
const rowLine = (line: SourceLine, digits: number, isAscii: boolean): Line => [
	span(line.isCurrent ? (isAscii ? '>' : '▶') : ' ', 'accent'),
	span(line.isHot ? (isAscii ? '!' : '≈') : ' ', 'busy'),
	span(`${String(line.number).padStart(digits)} `, line.isCurrent ? 'strong' : 'dim'),
	...(line.isCurrent
		? line.text.map(part => (part.tone === 'plain' ? span(part.text, 'strong') : part))
		: line.text),
	...(line.others === '' ? [] : [span(`  ${isAscii ? '<-' : '◂'} ${line.others}`, 'accent')]),
];
