// The C source of the selected thread.

import {type Language, say} from '../../view-model/language.js';
import type {SourceLine, SourceView} from '../../view-model/source.js';
import {fitLine, type Line, lineWidth, span} from '../../view-model/styled-text.js';
import {displayWidth, truncate} from '../../view-model/text-width.js';
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
				line: rowLine(line, digits, frame.area.width - 2, marksOf(view.hasEnded, frame.isAscii)),
				isSelected: line.number - 1 === found,
			}))}
			above={first - 1}
			below={Math.max(0, view.lineCount - first + 1 - view.lines.length)}
		/>
	);
}

/** Before the current line (as in the head: where it plays, or has ended), where busy waiting happens, before others' names. */
const marksOf = (hasEnded: boolean, isAscii: boolean) =>
	isAscii
		? {current: hasEnded ? 'x' : '>', hot: '!', others: '<-'}
		: {current: hasEnded ? '■' : '▶', hot: '≈', others: '◂'};

/** `▶ 12 ` before the current line. Who else stands on a line is seen whole, also where the line itself is cut for it. */
const rowLine = (
	line: SourceLine,
	digits: number,
	width: number,
	marks: ReturnType<typeof marksOf>,
): Line => {
	const start = [
		span(line.isCurrent ? marks.current : ' ', 'accent'),
		span(line.isHot ? marks.hot : ' ', 'busy'),
		span(`${String(line.number).padStart(digits)} `, line.isCurrent ? 'strong' : 'dim'),
	];
	const text = line.isCurrent
		? line.text.map(part => (part.tone === 'plain' ? span(part.text, 'strong') : part))
		: line.text;
	if (line.others === '') return [...start, ...text];
	const others = truncate(`  ${marks.others} ${line.others}`, width >> 1);
	const room = width - lineWidth(start) - displayWidth(others);
	return [
		...start,
		...(lineWidth(text) > room ? fitLine(text, Math.max(0, room)) : text),
		span(others, 'accent'),
	];
};
