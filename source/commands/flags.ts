// The flags of all commands, in one table: parsing and help both read it. Parsed by hand, because the help's library
// takes longer to load than a small program to run.

import {nearestName} from '../scenario/nearest-name.js';
import {layoutChoices, themeChoices} from './settings.js';
import {type UserError, userError} from './user-error.js';

type FlagKind = 'number' | 'text' | 'switch' | 'choice';

export type FlagName =
	| 'seed'
	| 'cpus'
	| 'quantum'
	| 'clock'
	| 'scheduler'
	| 'until'
	| 'lang'
	| 'color'
	| 'help'
	| 'version'
	| 'json'
	| 'filter'
	| 'follow'
	| 'output'
	| 'batch'
	| 'frames'
	| 'delay'
	| 'record'
	| 'to'
	| 'verify'
	| 'format'
	| 'markdown'
	| 'theme'
	| 'speed'
	| 'updates'
	| 'layout'
	| 'ascii'
	| 'paused'
	| 'mouse'
	| 'plain';

export type Flag = {
	readonly name: FlagName;
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

export const flags: readonly Flag[] = [
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
		choices: ['round-robin', 'first-come', 'priority', 'feedback'],
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
		description: 'write there instead of to standard output',
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
		description: 'draw with ASCII characters only',
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
];

export type FlagValues = {
	readonly numbers: ReadonlyMap<FlagName, number>;
	readonly texts: ReadonlyMap<FlagName, string>;
	readonly switches: ReadonlySet<FlagName>;
};

export type Arguments = {
	readonly positionals: readonly string[];
	/** What follows `--`; undefined without one. */
	readonly programArguments: readonly string[] | undefined;
	readonly values: FlagValues;
};

const bySpelling = new Map(
	flags.flatMap(flag => flag.spellings.map(spelling => [spelling, flag] as const)),
);

/** Splits a command line. Flags may stand anywhere before `--`. */
export const parseArguments = (argv: readonly string[]): Arguments | UserError => {
	const separator = argv.indexOf('--');
	const own = separator === -1 ? [...argv] : argv.slice(0, separator);
	const numbers = new Map<FlagName, number>();
	const texts = new Map<FlagName, string>();
	const switches = new Set<FlagName>();
	const positionals: string[] = [];
	while (own.length > 0) {
		const argument = own.shift()!;
		if (!argument.startsWith('-') || argument === '-') {
			positionals.push(argument);
			continue;
		}
		const {flag, spelling, attached} = findFlag(argument);
		if (!flag) return unknownFlag(spelling);
		if (flag.kind === 'switch') {
			if (attached !== undefined) return userError(`${spelling} takes no value`);
			switches.add(flag.name);
			continue;
		}
		const value = attached ?? own.shift();
		if (value === undefined)
			return userError(`${spelling} needs a value: ${spelling} ${placeholder(flag)}`);
		const problem = storeValue(flag, spelling, value, numbers, texts);
		if (problem) return problem;
	}
	return {
		positionals,
		programArguments: separator === -1 ? undefined : argv.slice(separator + 1),
		values: {numbers, texts, switches},
	};
};

/** `--seed=5`, `--seed 5`, `-n5`, `-n 5`. */
const findFlag = (argument: string) => {
	const equals = argument.indexOf('=');
	if (argument.startsWith('--') && equals !== -1) {
		const spelling = argument.slice(0, equals);
		return {flag: bySpelling.get(spelling), spelling, attached: argument.slice(equals + 1)};
	}
	const short = bySpelling.get(argument.slice(0, 2));
	if (!argument.startsWith('--') && argument.length > 2 && short && short.kind !== 'switch')
		return {flag: short, spelling: argument.slice(0, 2), attached: argument.slice(2)};
	return {flag: bySpelling.get(argument), spelling: argument, attached: undefined};
};

const unknownFlag = (spelling: string): UserError => {
	const nearest = nearestName(spelling, [...bySpelling.keys()]);
	const hint = nearest === undefined ? 'ipctop --help lists them.' : `did you mean ${nearest}?`;
	return userError(`there is no option ${spelling}; ${hint} Arguments for the program go after --`);
};

export const placeholder = (flag: Flag): string => flag.value ?? flag.choices?.join('|') ?? '';

const multipliers: Readonly<Record<string, number>> = {k: 1e3, m: 1e6, g: 1e9};

/** 20000, 20_000, 20k, 2M, 2G, 2e9. */
const parseNumber = (text: string): number | undefined => {
	const match = /^(\d[\d_]*(?:\.\d+)?(?:e\d+)?)([kmg]?)$/i.exec(text);
	if (!match) return undefined;
	const number =
		Number(match[1]!.replaceAll('_', '')) * (multipliers[match[2]!.toLowerCase()] ?? 1);
	return Number.isSafeInteger(number) ? number : undefined;
};

const storeValue = (
	flag: Flag,
	spelling: string,
	value: string,
	numbers: Map<FlagName, number>,
	texts: Map<FlagName, string>,
): UserError | undefined => {
	if (flag.kind !== 'number') {
		if (flag.choices && !flag.choices.includes(value))
			return userError(`${spelling} must be one of ${flag.choices.join(', ')}, not "${value}"`);
		texts.set(flag.name, value);
		return undefined;
	}
	const number = parseNumber(value);
	if (number === undefined)
		return userError(`${spelling} needs a whole number (20000, 20k, 2M), not "${value}"`);
	if (number < (flag.minimum ?? 0))
		return userError(`${spelling} must be at least ${flag.minimum ?? 0}`);
	if (number > (flag.maximum ?? Number.MAX_SAFE_INTEGER))
		return userError(`${spelling} must be at most ${flag.maximum}`);
	numbers.set(flag.name, number);
	return undefined;
};

/** The first flag given that the command does not have, as an error. */
export const findForeignFlag = (values: FlagValues, command: string): UserError | undefined => {
	const given = new Set<FlagName>([
		...values.numbers.keys(),
		...values.texts.keys(),
		...values.switches,
	]);
	const foreign = flags.find(
		flag => given.has(flag.name) && flag.commands && !flag.commands.includes(command),
	);
	if (!foreign) return undefined;
	const users = foreign.commands!.map(name => `ipctop ${name}`).join(', ');
	return userError(`${foreign.spellings[0]} is an option of ${users}`);
};
