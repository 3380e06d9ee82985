import {expect, test} from 'vitest';
import {findForeignFlag, parseArguments} from '../../source/commands/arguments.js';
import {languageOf} from '../../source/commands/invocation.js';
import {createMemoryHost} from './memory-host.js';

const parse = (...argv: readonly string[]) => {
	const parsed = parseArguments(argv);
	if ('message' in parsed) return parsed.message;
	const {positionals, programArguments, values} = parsed;
	return {
		positionals,
		programArguments,
		values: {
			...Object.fromEntries(values.numbers),
			...Object.fromEntries(values.texts),
			...Object.fromEntries([...values.switches].map(name => [name, true])),
		},
	};
};

test('flags may stand anywhere, and numbers may be abbreviated', () => {
	expect(
		parse('--seed', '7', 'run', 'x.c', '--until=2M', '--cpus', '4', '--quantum', '1_000'),
	).toEqual({
		positionals: ['run', 'x.c'],
		programArguments: undefined,
		values: {seed: 7, until: 2_000_000, cpus: 4, quantum: 1000},
	});
	expect(parse('top', '-b', '-n3', '-d', '20k', '-')).toEqual({
		positionals: ['top', '-'],
		programArguments: undefined,
		values: {batch: true, frames: 3, delay: 20_000},
	});
});

test('everything after -- is for the program, flags too', () => {
	expect(parse('run', 'x.c', '--', '--help', '--', '-n')).toEqual({
		positionals: ['run', 'x.c'],
		programArguments: ['--help', '--', '-n'],
		values: {},
	});
	expect(parse('x.c', '--')).toMatchObject({programArguments: []});
});

test.each([
	[['--sede', '7'], 'there is no option --sede; did you mean --seed?'],
	[['--frobnicate'], 'there is no option --frobnicate; ipctop --help lists them'],
	[['--seed'], '--seed needs a value: --seed N'],
	[['--seed', 'x'], '--seed needs a whole number (20000, 20k, 2M), not "x"'],
	[['--seed', '1.5'], '--seed needs a whole number'],
	[['--cpus', '0'], '--cpus must be at least 1'],
	[['--cpus', '65'], '--cpus must be at most 64'],
	[['--lang', 'fr'], '--lang must be one of en, ko, not "fr"'],
	[['--json=yes'], '--json takes no value'],
])('%j is refused with what to do', (argv, message) => {
	expect(parse(...argv)).toContain(message);
});

test('a flag of another command is refused with the commands that have it', () => {
	const parsed = parseArguments(['run', 'x.c', '--json']);
	if ('message' in parsed) throw new Error(parsed.message);
	expect(findForeignFlag(parsed.values, 'run')).toMatchObject({
		status: 2,
		message: '--json is an option of ipctop stat, ipctop trace, ipctop list, ipctop compare',
	});
	expect(findForeignFlag(parsed.values, 'stat')).toBeUndefined();
});

test('the language is that of the flag, else of a locale that can show it', () => {
	const languageIn = (LANG: string, ...argv: readonly string[]) => {
		const parsed = parseArguments(argv);
		if ('message' in parsed) return parsed.message;
		const host = createMemoryHost({environment: {LANG}});
		return languageOf({host, operands: [], programArguments: undefined, values: parsed.values});
	};
	expect(['ko_KR.UTF-8', 'ko_KR', 'ko', 'ko_KR.utf8@x'].map(name => languageIn(name))).toEqual(
		Array(4).fill('ko'),
	);
	expect(['ko_KR.eucKR', 'C', '', 'kok_IN.UTF-8'].map(name => languageIn(name))).toEqual(
		Array(4).fill('en'),
	);
	expect(languageIn('C', '--lang', 'ko')).toBe('ko');
});
