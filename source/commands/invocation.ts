// A command line, understood: what every command gets.

import type {CommandHost} from './host.js';
import type {FlagValues} from './arguments.js';
import type {UserError} from './user-error.js';

export type Invocation = {
	readonly host: CommandHost;
	/** What stands after the command's name. */
	readonly operands: readonly string[];
	/** What follows `--`. */
	readonly programArguments: readonly string[] | undefined;
	readonly values: FlagValues;
};

/** Gives the exit status, or what the user did wrong. */
export type Command = (invocation: Invocation) => Promise<number | UserError>;

export type Language = 'en' | 'ko';

/** --lang, or what the environment says. */
export const languageOf = ({values, host}: Invocation): Language => {
	const given = values.texts.get('lang');
	if (given === 'en' || given === 'ko') return given;
	const {LC_ALL, LC_MESSAGES, LANG} = host.environment;
	const locale = LC_ALL || LC_MESSAGES || LANG || '';
	// In another encoding than UTF-8 (ko_KR.eucKR) nobody could read it.
	return /^ko(_\w+)?(\.utf-?8)?(@|$)/i.test(locale) ? 'ko' : 'en';
};

/** Whether a stream is to be coloured: --color, NO_COLOR, and whether it is a terminal that can. */
export const isColored = ({values, host}: Invocation, stream: 'stdout' | 'stderr'): boolean => {
	const mode = values.texts.get('color') ?? 'auto';
	if (mode !== 'auto') return mode === 'always';
	const {NO_COLOR, TERM} = host.environment;
	return host[stream].isTerminal && !NO_COLOR && TERM !== 'dumb';
};

/** Where headless runs end by themselves: 200 s of simulated time at the default clock. */
export const defaultUntil = 2_000_000_000;

export const untilOf = ({values}: Invocation): number =>
	values.numbers.get('until') ?? defaultUntil;

/** The file of `-o`; undefined, without it or for `-`, is standard output. */
export const outputPathOf = ({values}: Invocation): string | undefined => {
	const path = values.texts.get('output');
	return path === '-' ? undefined : path;
};
