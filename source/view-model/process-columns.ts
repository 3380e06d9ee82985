// The columns of the process table: what each shows, how wide it is, how it sorts, and when it makes room for others.

import {type Language, say} from './language.js';
import type {Tone} from './styled-text.js';
import {type Alignment, simplify} from './text-width.js';
import {formatShare, formatShortCount, formatTime} from './units.js';

export type ShownState = 'running' | 'ready' | 'blocked' | 'disk' | 'stopped' | 'zombie' | 'ended';

/** State letters as ps(1) gives them; `ready` is R there too, since Linux does not tell the two apart. */
const stateLetters: Readonly<Record<ShownState, string>> = {
	running: 'R',
	ready: 'R',
	blocked: 'S',
	disk: 'D',
	stopped: 'T',
	zombie: 'Z',
	ended: 'X',
};

export const stateTones: Readonly<Record<ShownState, Tone>> = {
	running: 'running',
	ready: 'ready',
	blocked: 'blocked',
	disk: 'blocked',
	stopped: 'stopped',
	zombie: 'ended',
	ended: 'ended',
};

/** A process, or one of its threads where threads have rows of their own. Numbers, for sorting. */
export type ProcessEntry = {
	/** Stays the same as long as the thing exists: `p12`, `t13`. */
	readonly key: string;
	readonly pid: number;
	/** The thread whose source is shown: the one that runs, or the first. */
	readonly tid: number;
	readonly parent: number;
	readonly isThread: boolean;
	/** A thread of the kernel, in brackets in the table. */
	readonly isKernel: boolean;
	readonly host: string;
	readonly state: ShownState;
	readonly cpuShare: number;
	readonly busyShare: number;
	readonly waitsOn: string;
	readonly switches: number;
	readonly syscalls: number;
	readonly cycles: number;
	readonly command: string;
	/** Steps from the root, where the table is a tree. */
	readonly depth: number;
	/** What stands before its command then: `│ └ `. */
	readonly branch: string;
};

export type ColumnName =
	| 'pid'
	| 'ppid'
	| 'host'
	| 'state'
	| 'cpu'
	| 'busy'
	| 'waits'
	| 'switches'
	| 'syscalls'
	| 'time'
	| 'command';

export type Column = {
	readonly name: ColumnName;
	readonly header: string;
	readonly width: number;
	readonly alignment: Alignment;
	/** Which columns go first when there is no room: the highest number. 0 stays always. */
	readonly dispensable: number;
	/** The largest comes first. */
	readonly isDescending: boolean;
	readonly compare: (a: ProcessEntry, b: ProcessEntry) => number;
	readonly cell: (entry: ProcessEntry, context: CellContext) => string;
};

export type CellContext = {
	readonly language: Language;
	readonly clock: number;
	readonly isWide: boolean;
};

const by =
	(pick: (entry: ProcessEntry) => number) =>
	(a: ProcessEntry, b: ProcessEntry): number =>
		pick(a) - pick(b);

const byText =
	(pick: (entry: ProcessEntry) => string) =>
	(a: ProcessEntry, b: ProcessEntry): number =>
		pick(a) < pick(b) ? -1 : pick(a) > pick(b) ? 1 : 0;

const stateOrder: readonly ShownState[] = [
	'running',
	'ready',
	'disk',
	'blocked',
	'stopped',
	'zombie',
	'ended',
];

/** The columns in their order. A column that is not named in DESIGN does not exist. */
export const processColumns: readonly Column[] = [
	{
		name: 'pid',
		header: 'PID',
		width: 4,
		alignment: 'right',
		dispensable: 0,
		isDescending: false,
		compare: (a, b) => a.pid - b.pid || Number(a.isThread) - Number(b.isThread) || a.tid - b.tid,
		cell: entry => String(entry.isThread ? entry.tid : entry.pid),
	},
	{
		name: 'ppid',
		header: 'PPID',
		width: 4,
		alignment: 'right',
		dispensable: 5,
		isDescending: false,
		compare: by(entry => entry.parent),
		// A thread has its process's, which stands above it.
		cell: entry => (entry.isThread ? '' : String(entry.parent)),
	},
	{
		name: 'host',
		header: 'HOST',
		width: 8,
		alignment: 'left',
		dispensable: 6,
		isDescending: false,
		compare: byText(entry => entry.host),
		cell: entry => entry.host,
	},
	{
		name: 'state',
		header: 'STATE',
		width: 9,
		alignment: 'left',
		dispensable: 0,
		isDescending: false,
		compare: by(entry => stateOrder.indexOf(entry.state)),
		cell: (entry, {language, isWide}) =>
			isWide
				? `${stateLetters[entry.state]} ${say(language, `state.${entry.state}`)}`
				: stateLetters[entry.state],
	},
	{
		name: 'cpu',
		header: 'CPU%',
		width: 4,
		alignment: 'right',
		dispensable: 0,
		isDescending: true,
		compare: (a, b) => b.cpuShare - a.cpuShare,
		cell: entry => formatShare(entry.cpuShare),
	},
	{
		name: 'busy',
		header: 'BUSY%',
		width: 5,
		alignment: 'right',
		dispensable: 0,
		isDescending: true,
		compare: (a, b) => b.busyShare - a.busyShare,
		cell: entry => formatShare(entry.busyShare),
	},
	{
		name: 'waits',
		header: 'WAITS ON',
		width: 16,
		alignment: 'left',
		dispensable: 0,
		isDescending: false,
		compare: byText(entry => entry.waitsOn),
		cell: entry => simplify(entry.waitsOn),
	},
	{
		name: 'switches',
		header: 'CSW',
		width: 4,
		alignment: 'right',
		dispensable: 2,
		isDescending: true,
		compare: (a, b) => b.switches - a.switches,
		cell: entry => formatShortCount(entry.switches),
	},
	{
		name: 'syscalls',
		header: 'SYSC',
		width: 4,
		alignment: 'right',
		dispensable: 3,
		isDescending: true,
		compare: (a, b) => b.syscalls - a.syscalls,
		cell: entry => formatShortCount(entry.syscalls),
	},
	{
		name: 'time',
		header: 'TIME',
		width: 7,
		alignment: 'right',
		dispensable: 4,
		isDescending: true,
		compare: (a, b) => b.cycles - a.cycles,
		cell: (entry, {clock}) => formatTime(entry.cycles, clock),
	},
	{
		name: 'command',
		header: 'COMMAND',
		width: 11,
		alignment: 'left',
		dispensable: 0,
		isDescending: false,
		compare: byText(entry => entry.command),
		cell: entry => simplify(entry.command),
	},
];
