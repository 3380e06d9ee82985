// The trace. The newest event is at the end; a selected one stays in view, and Enter goes to its moment.

import {type EventRow, fitEventLine} from '../../view-model/event-rows.js';
import {type Language, say} from '../../view-model/language.js';
import {firstVisible} from '../../view-model/scroll.js';
import {span} from '../../view-model/styled-text.js';
import {marks} from '../components/list-pane.js';
import {Pane, type PaneFrame} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly rows: readonly EventRow[];
	/** Undefined: the newest events are shown. */
	readonly selected: string | undefined;
	readonly language: Language;
};

export function EventPane({frame, rows, selected, language}: Props) {
	const width = Math.max(0, frame.area.width - 2);
	const height = Math.max(0, frame.area.height - 2);
	const index = selected === undefined ? -1 : rows.findIndex(({key}) => key === selected);
	const first =
		index === -1
			? Math.max(0, rows.length - height)
			: firstVisible(rows.length, index, Math.max(1, height));
	const visible = rows.slice(first, first + height);
	const {selected: mark} = marks(frame);
	return (
		<Pane
			frame={frame}
			number="7"
			title={say(language, 'pane.events')}
			rows={
				rows.length === 0
					? [{line: [span(` ${say(language, 'events.none')}`, 'dim')]}]
					: visible.map(({line}, offset) => ({
							line:
								index === -1
									? fitEventLine(line, width)
									: [
											span(first + offset === index ? mark : ' ', 'accent'),
											...fitEventLine(line, width - 1),
										],
							isSelected: frame.isFocused && first + offset === index,
						}))
			}
			above={first}
			below={Math.max(0, rows.length - first - visible.length)}
		/>
	);
}
