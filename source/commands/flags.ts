// The flags of all commands, in one table, which parsing, the help and README read.

import {schedulerNames} from '../kernel/process/scheduler-names.js';
import {layoutChoices, themeChoices} from './settings.js';

type FlagKind = 'number' | 'text' | 'switch' | 'choice';

type FlagEntry = {
	readonly name: string;
	/** Its spellings, dashes included; the first long one is shown in messages. */
	readonly spellings: readonly string[];
	readonly kind: FlagKind;
	/** What stands for the value in the help. */
	readonly value?: string;
	readonly choices?: readonly string[];
	readonly minimum?: number;
	readonly maximum?: number;
	readonly description: string;
	/** The commands that have it; absent: all. */
	readonly commands?: readonly string[];
};

const table = [
	{
		name: 'seed',
		spellings: ['--seed'],
		kind: 'number',
		value: 'N',
		description: 'seed of all randomness',
	},
	{
		name: 'cpus',
		spellings: ['--cpus'],
		kind: 'number',
		value: 'N',
		minimum: 1,
		maximum: 64,
		description: 'number of CPUs',
	},
	{
		name: 'quantum',
		spellings: ['--quantum'],
		kind: 'number',
		value: 'CYCLES',
		minimum: 1,
		description: 'time slice',
	},
	{
		name: 'clock',
		spellings: ['--clock'],
		kind: 'number',
		value: 'HZ',
		minimum: 1000,
		description: 'cycles per simulated second (default 10M)',
	},
	{
		name: 'scheduler',
		spellings: ['--scheduler'],
		kind: 'choice',
		choices: schedulerNames,
		description: 'how the next thread is chosen',
	},
	{
		name: 'until',
		spellings: ['--until'],
		kind: 'number',
		value: 'CYCLES',
		minimum: 1,
		description: 'stop there, with status 124 (default 2G: 200 simulated seconds)',
	},
	{
		name: 'lang',
		spellings: ['--lang'],
		kind: 'choice',
		choices: ['en', 'ko'],
		description: 'language of lessons and dashboard',
	},
	{
		name: 'color',
		spellings: ['--color', '--colour'],
		kind: 'choice',
		choices: ['auto', 'always', 'never'],
		description: 'colours (auto: on a terminal, unless NO_COLOR is set)',
	},
	{name: 'help', spellings: ['--help', '-h'], kind: 'switch', description: 'this text'},
	{name: 'version', spellings: ['--version', '-V'], kind: 'switch', description: 'the version'},
	{
		name: 'json',
		spellings: ['--json'],
		kind: 'switch',
		commands: ['stat', 'trace', 'list', 'compare'],
		description: 'for machines: JSON, trace one object per line',
	},
	{
		name: 'filter',
		spellings: ['-e', '--filter'],
		kind: 'text',
		value: 'trace=FAMILY,…',
		commands: ['trace'],
		description: 'only these families or system calls',
	},
	{
		name: 'follow',
		spellings: ['-f', '--follow'],
		kind: 'switch',
		commands: ['trace'],
		description: "accepted for strace's sake: children are always followed",
	},
	{
		name: 'output',
		spellings: ['-o', '--output'],
		kind: 'text',
		value: 'FILE',
		commands: ['trace', 'export'],
		description: 'write there instead of to standard output (-)',
	},
	{
		name: 'batch',
		spellings: ['-b', '--batch'],
		kind: 'switch',
		commands: ['top'],
		description: 'plain text frames; needs no terminal',
	},
	{
		name: 'frames',
		spellings: ['-n', '--frames'],
		kind: 'number',
		value: 'N',
		minimum: 1,
		commands: ['top'],
		description: 'so many frames (default: to the end)',
	},
	{
		name: 'delay',
		spellings: ['-d', '--delay'],
		kind: 'number',
		value: 'CYCLES',
		minimum: 1,
		commands: ['top', 'export'],
		description: 'cycles between frames (default 20k; export: those of an asciicast)',
	},
	{
		name: 'record',
		spellings: ['--record'],
		kind: 'text',
		value: 'FILE',
		commands: ['dashboard', 'run', 'stat'],
		description: 'record the session there as it happens',
	},
	{
		name: 'to',
		spellings: ['--to'],
		kind: 'number',
		value: 'CYCLE',
		commands: ['replay'],
		description: 'go to this cycle of the recording',
	},
	{
		name: 'verify',
		spellings: ['--verify'],
		kind: 'switch',
		commands: ['replay'],
		description: 'replay without a picture, and check that it comes to the recorded state',
	},
	{
		name: 'format',
		spellings: ['--format'],
		kind: 'choice',
		choices: ['perfetto', 'mermaid', 'asciicast', 'csv'],
		commands: ['export'],
		description: 'what to make of the run',
	},
	{
		name: 'markdown',
		spellings: ['--markdown'],
		kind: 'switch',
		commands: ['compare'],
		description: 'a Markdown table',
	},
	{
		name: 'theme',
		spellings: ['--theme'],
		kind: 'choice',
		choices: themeChoices,
		commands: ['dashboard', 'replay'],
		description: 'colours of the dashboard',
	},
	{
		name: 'speed',
		spellings: ['--speed'],
		kind: 'number',
		value: 'CYCLES',
		minimum: 1,
		commands: ['dashboard', 'replay'],
		description: 'cycles played per second',
	},
	{
		name: 'updates',
		spellings: ['--updates'],
		kind: 'number',
		value: 'N',
		minimum: 1,
		maximum: 10,
		commands: ['dashboard', 'replay'],
		description: 'pictures per second while time runs (default 10); 1 for slow links',
	},
	{
		name: 'layout',
		spellings: ['--layout'],
		kind: 'choice',
		choices: layoutChoices,
		commands: ['dashboard', 'replay'],
		description: 'one column of panes (stacked), or one pane at a time (single)',
	},
	{
		name: 'ascii',
		spellings: ['--ascii'],
		kind: 'switch',
		commands: ['dashboard', 'replay'],
		description: 'draw with ASCII characters only, in English',
	},
	{
		name: 'paused',
		spellings: ['--paused'],
		kind: 'switch',
		commands: ['dashboard', 'replay'],
		description: 'begin paused, at the first cycle',
	},
	{
		name: 'mouse',
		spellings: ['--mouse'],
		kind: 'switch',
		commands: ['dashboard', 'replay'],
		description: 'clicks choose, the wheel scrolls',
	},
	{
		name: 'plain',
		spellings: ['--plain'],
		kind: 'switch',
		commands: ['dashboard', 'replay'],
		description: 'the dashboard as lines of text, for screen readers',
	},
] as const satisfies readonly FlagEntry[];

export type FlagName = (typeof table)[number]['name'];

export type Flag = FlagEntry & {readonly name: FlagName};

export const flags: readonly Flag[] = table;

/** What stands for a flag's value in help and messages. */
export const placeholder = (flag: Flag): string => flag.value ?? flag.choices?.join('|') ?? '';
