// From the words of a command line to operands and flag values. Parsed by hand, because the help's library takes longer
// to load than a small program to run.

import {nearestName} from '../scenario/nearest-name.js';
import {parseNumber} from './parse-number.js';
import {type Flag, type FlagName, flags, placeholder} from './flags.js';
import {type UserError, userError} from './user-error.js';

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
