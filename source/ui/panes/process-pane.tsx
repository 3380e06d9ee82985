// The process table.

import type {Language} from '../../view-model/language.js';
import {say} from '../../view-model/language.js';
import {type ColumnName, processColumns, stateTones} from '../../view-model/process-columns.js';
import {type ProcessRow, type ProcessTable} from '../../view-model/process-table.js';
import {type ProcessOptions} from '../../view-model/processes.js';
import {span, type Tone} from '../../view-model/styled-text.js';
import {marks} from '../components/list-pane.js';
import {cellsLine, Pane, type PaneFrame} from '../components/pane.js';

type Props = {
	readonly frame: PaneFrame;
	readonly table: ProcessTable;
	readonly options: ProcessOptions;
	readonly isFollowing: boolean;
	/** There are processes, all of them ended and hidden. */
	readonly areEnded: boolean;
	readonly language: Language;
};

export function ProcessPane({frame, table, options, isFollowing, areEnded, language}: Props) {
	const {selected, marked} = marks(frame);
	const header = {
		line: [
			span(' '),
			...cellsLine(
				table.columns.map(column => ({
					text: column.header,
					width: column.width,
					alignment: column.alignment,
					tone: column.isSorted ? ('accent' as const) : ('dim' as const),
				})),
			),
		],
	};
	const rows = table.rows.map(row => ({
		line: [
			span(row.isSelected ? selected : row.isMarked ? marked : ' ', 'accent'),
			...cellsLine(
				table.columns.map((column, index) => ({
					text: row.cells[index]!,
					width: column.width,
					alignment: column.alignment,
					tone: toneOf(column.name, row),
				})),
			),
		],
		isSelected: row.isSelected && frame.isFocused,
	}));
	const missing = areEnded ? 'processes.allEnded' : 'processes.none';
	const none = say(language, options.filter === '' ? missing : 'processes.noMatch');
	const empty = {line: [span(` ${none}`, 'dim')]};
	return (
		<Pane
			frame={frame}
			number="1"
			title={`${say(language, 'pane.processes')} ${table.processes}`}
			note={noteOf(options, isFollowing, language)}
			rows={[header, ...(table.total === 0 ? [empty] : rows)]}
			above={table.above}
			below={table.below}
		/>
	);
}

const noteOf = (options: ProcessOptions, isFollowing: boolean, language: Language): string =>
	[
		options.sort === 'pid' && !options.isReversed
			? ''
			: `${say(language, 'processes.sorted', {column: headerOf(options.sort)})} ${isDescending(options) ? '↓' : '↑'}`,
		options.filter === '' ? '' : say(language, 'processes.filter', {filter: options.filter}),
		options.isTree ? say(language, 'processes.tree') : '',
		options.showThreads === true ? say(language, 'processes.threads') : '',
		isFollowing ? say(language, 'processes.follow', {name: ''}).trim() : '',
	]
		.filter(part => part !== '')
		.join(' · ');

const columnOf = (sort: ColumnName) => processColumns.find(({name}) => name === sort)!;

const headerOf = (sort: ColumnName): string => columnOf(sort).header;

const isDescending = ({sort, isReversed}: ProcessOptions): boolean =>
	columnOf(sort).isDescending !== isReversed;

const toneOf = (column: ColumnName, {entry}: ProcessRow): Tone => {
	if (entry.state === 'ended' && column !== 'busy') return 'ended';
	switch (column) {
		case 'state':
			return stateTones[entry.state];
		case 'busy':
			return entry.busyShare >= 0.1 ? 'busy' : 'dim';
		case 'cpu':
			return entry.cpuShare > 0 ? 'plain' : 'dim';
		case 'waits':
			return 'blocked';
		case 'command':
			return 'strong';
		case 'pid':
		case 'ppid':
		case 'host':
		case 'switches':
		case 'syscalls':
		case 'time':
			return 'plain';
	}
};
