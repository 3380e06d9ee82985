// The parts of README.md that are facts of the program: commands, options, keys, presets, the compare table. They stand
// between marks (`<!-- keys -->` … `<!-- /keys -->`), are written by `scripts/readme.ts`, and a test holds them.

import {commands} from '../source/commands/command-table.js';
import {compare} from '../source/commands/compare.js';
import {parseArguments} from '../source/commands/arguments.js';
import {flags, placeholder} from '../source/commands/flags.js';
import type {CommandHost} from '../source/commands/host.js';
import {readPresets} from '../source/commands/preset-catalog.js';
import {isUserError} from '../source/commands/user-error.js';
import {inLanguage} from '../source/scenario/scenario-document.js';
import {keysAsMarkdown} from '../source/ui/keymap.js';

const table = (headings: readonly string[], rows: ReadonlyArray<readonly string[]>): string => {
	const line = (cells: readonly string[]): string =>
		`| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
	return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n');
};

const commandTable = (): string =>
	table(
		['command', 'does'],
		commands.map(({usage, description}) => [`\`ipctop ${usage}\``, description]),
	);

const optionTable = (): string =>
	table(
		['option', 'of', 'does'],
		flags.map(flag => [
			`\`${`${flag.spellings.filter(spelling => spelling !== '--colour').join(', ')} ${placeholder(flag)}`.trim()}\``,
			flag.commands?.join(', ') ?? 'all',
			flag.description,
		]),
	);

/** The presets by lesson, in the order of teaching. */
const presetList = (): string => {
	const presets = readPresets();
	const lessons = [...new Set(presets.map(({document}) => inLanguage(document.lesson, 'en')))];
	return lessons
		.map(lesson => {
			const rows = presets
				.filter(({document}) => inLanguage(document.lesson, 'en') === lesson)
				.map(({name, document}) => [`\`${name}\``, inLanguage(document.title, 'en')]);
			return `**${lesson}**\n\n${table(['preset', 'shows'], rows)}`;
		})
		.join('\n\n');
};

/** What `ipctop compare --markdown` prints. */
const compareTable = async (): Promise<string> => {
	let text = '';
	const decoder = new TextDecoder();
	const silent = {isTerminal: false, write: async () => {}};
	const host: CommandHost = {
		stdout: {
			isTerminal: false,
			write: async data => {
				text += typeof data === 'string' ? data : decoder.decode(data);
			},
		},
		stderr: silent,
		stdin: {isTerminal: false, read: async () => undefined},
		environment: {},
		readFile: () => undefined,
	};
	const parsed = parseArguments(['--markdown', '--lang', 'en']);
	if (isUserError(parsed)) throw new Error(parsed.message);
	const {programArguments, values} = parsed;
	const status = await compare({host, operands: [], programArguments, values});
	if (status !== 0) throw new Error('ipctop compare failed');
	return text.trimEnd();
};

/** The sections by the name in their marks. */
export const readmeSections: Readonly<Record<string, () => string | Promise<string>>> = {
	commands: commandTable,
	options: optionTable,
	keys: () => keysAsMarkdown('en'),
	presets: presetList,
	compare: compareTable,
};

const marks = (name: string): readonly [string, string] => [
	`<!-- ${name} -->\n\n`,
	`\n\n<!-- /${name} -->`,
];

/** What stands in a section now. */
export const sectionIn = (readme: string, name: string): string | undefined => {
	const [begin, end] = marks(name);
	const from = readme.indexOf(begin);
	const to = readme.indexOf(end, from);
	return from === -1 || to === -1 ? undefined : readme.slice(from + begin.length, to);
};

/** The text with a section put in anew. */
export const withSection = (readme: string, name: string, text: string): string => {
	const current = sectionIn(readme, name);
	if (current === undefined) throw new Error(`README.md has no marks for ${name}`);
	const [begin, end] = marks(name);
	return readme.replace(`${begin}${current}${end}`, () => `${begin}${text}${end}`);
};
