// The help text, made from the tables of commands and flags. meow lays it out; it is loaded only here.

import {commands} from './command-table.js';
import {type Flag, flags, placeholder} from './flags.js';
import {readVersion} from './resources.js';

const column = (rows: ReadonlyArray<readonly [string, string]>): string => {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n');
};

const flagRow = (flag: Flag): readonly [string, string] => [
	`${flag.spellings.filter(spelling => spelling !== '--colour').join(', ')} ${placeholder(flag)}`.trim(),
	flag.description,
];

const sections = (command: string | undefined): string => {
	const shown = commands.filter(({name}) => command === undefined || name === command);
	const usage = shown.map(({usage: text, description}) => [`ipctop ${text}`, description] as const);
	const own = flags.filter(
		flag => flag.commands && (command === undefined || flag.commands.includes(command)),
	);
	const common = flags.filter(flag => !flag.commands);
	const ownRows = own.map(flag => {
		const [left, right] = flagRow(flag);
		return [
			left,
			command === undefined ? `${flag.commands!.join(', ')}: ${right}` : right,
		] as const;
	});
	return [
		`Usage\n${column(usage)}`,
		...(ownRows.length === 0 ? [] : [`Options\n${column(ownRows)}`]),
		`Common options\n${column(common.map(flagRow))}`,
		'SCENARIO is the name of a preset (ipctop list), a C file, a scenario file or its folder, or a recording.\nNumbers may end in k, M or G.',
		"Exit status: 0 fine, 1 the run or the check failed, 2 wrong usage or unreadable input, 3 deadlock,\n124 stopped by --until; run passes on the program's own status, 128+N for signal N.",
	].join('\n\n');
};

/** The help for all commands, or for one. */
export const helpText = async (command?: string): Promise<string> => {
	const {default: meow} = await import('meow');
	const {help} = meow(sections(command), {
		importMeta: import.meta,
		argv: [],
		autoHelp: false,
		autoVersion: false,
		description: 'top for inter-process communication',
		pkg: {name: 'ipctop', version: readVersion()},
	});
	return `${help.replace(/^\n/, '').trimEnd()}\n`;
};
