// The languages of everything a user reads, and the one way to a text in them.

import {type StringKey, strings} from './strings.js';

export type Language = 'en' | 'ko';

/** A text in one or both languages, as scenarios give it. */
export type LocalText =
	| string
	| {readonly en?: string | undefined; readonly ko?: string | undefined};

/** The text of a key, with `{name}` replaced by the values. */
export const say = (
	language: Language,
	key: StringKey,
	values: Readonly<Record<string, string | number>> = {},
): string =>
	strings[key][language].replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
		String(values[name] ?? whole),
	);

/** A scenario's own text in the language, or in the other one where it is missing. */
export const localize = (text: LocalText | undefined, language: Language): string => {
	if (text === undefined || typeof text === 'string') return text ?? '';
	return text[language] ?? text.en ?? text.ko ?? '';
};

/** The language that LC_ALL, LC_MESSAGES or LANG ask for. */
export const languageOf = (locale: string | undefined): Language =>
	/^ko/i.test(locale ?? '') ? 'ko' : 'en';
