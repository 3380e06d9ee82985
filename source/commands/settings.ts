// What a user has set once and for all: `ipctop/settings.yaml` in the folder of settings, lines like `theme: mono`. Flags
// go before settings, settings before what the terminal says.

import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {nearestName} from '../scenario/nearest-name.js';
import type {Language} from './invocation.js';
import {parseNumber} from './parse-number.js';
import {type UserError, userError} from './user-error.js';

export const themeChoices = ['default', 'high-contrast', 'colour-blind', 'mono'] as const;
export const layoutChoices = ['auto', 'stacked', 'single'] as const;
const languageChoices = ['en', 'ko'] as const;
/** YAML's other words for the same are understood too. */
const switchChoices = ['on', 'off'] as const;
const switchWords: Readonly<Record<string, string>> = {
	true: 'on',
	yes: 'on',
	false: 'off',
	no: 'off',
};

export type Settings = {
	readonly theme?: (typeof themeChoices)[number];
	readonly layout?: (typeof layoutChoices)[number];
	readonly language?: Language;
	/** Cycles per real second. */
	readonly speed?: number;
	readonly mouse?: boolean;
	readonly ascii?: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** XDG base directories: $XDG_CONFIG_HOME, by default ~/.config. */
export const settingsPath = ({
	XDG_CONFIG_HOME: config,
	HOME: home,
}: Environment): string | undefined => {
	if (config?.startsWith('/')) return join(config, 'ipctop', 'settings.yaml');
	return home === undefined || home === ''
		? undefined
		: join(home, '.config', 'ipctop', 'settings.yaml');
};

/** The settings; none where there is no file. */
export const readSettings = (environment: Environment): Settings | UserError => {
	const path = settingsPath(environment);
	if (path === undefined) return {};
	let text: string;
	try {
		text = readFileSync(path, 'utf8');
	} catch {
		return {};
	}
	return parseSettings(text, path);
};

const choices: Readonly<Record<string, readonly string[]>> = {
	theme: themeChoices,
	layout: layoutChoices,
	language: languageChoices,
	mouse: switchChoices,
	ascii: switchChoices,
};
const names = [...Object.keys(choices), 'speed'];

/** Settings from the text of the file, or what is wrong with the first wrong line of it. */
export const parseSettings = (text: string, path: string): Settings | UserError => {
	const settings: Record<string, string | number | boolean> = {};
	for (const [index, whole] of text.split('\n').entries()) {
		const line = whole.replace(/(^|\s)#.*$/, '').trim();
		if (line === '') continue;
		const wrong = (problem: string) => userError(`${path}:${index + 1}: ${problem}`);
		const [, name, quoted = ''] = /^([\w-]+)\s*:\s*(.*)$/.exec(line) ?? [];
		if (name === undefined) return wrong(`"${line}" is no setting; they look like "theme: mono"`);
		if (!names.includes(name)) {
			const near = nearestName(name, names);
			return wrong(
				`there is no setting "${name}"; ${near === undefined ? `there are ${names.join(', ')}` : `did you mean ${near}?`}`,
			);
		}
		const allowed = choices[name];
		const word = quoted.replace(/^(["'])(.*)\1$/, '$2');
		const value = allowed === switchChoices ? (switchWords[word] ?? word) : word;
		if (allowed && !allowed.includes(value))
			return wrong(`${name} must be one of ${allowed.join(', ')}, not "${value}"`);
		const number = parseNumber(value) ?? 0;
		if (!allowed && number < 1)
			return wrong(`speed must be cycles per second (20000, 20k, 2M), not "${value}"`);
		settings[name] =
			allowed === undefined ? number : allowed === switchChoices ? value === 'on' : value;
	}
	return settings as Settings;
};
