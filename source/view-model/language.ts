// The languages of everything a user reads, and the one way to a text in them.

import {hasFinalConsonant} from './korean-particle.js';
import {type StringKey, strings} from './strings.js';

export type Language = 'en' | 'ko';

/** A text in one or both languages, as scenarios give it. */
export type LocalText =
	| string
	| {readonly en?: string | undefined; readonly ko?: string | undefined};

/**
 * The text of a key, with `{name}` replaced by the values. `{name:을/를}` is the value with the Korean particle that its
 * sound asks for: the first after a consonant, the second after a vowel.
 */
export const say = (
	language: Language,
	key: StringKey,
	values: Readonly<Record<string, string | number>> = {},
): string =>
	strings[key][language].replaceAll(
		/\{(\w+)(?::([^/}]+)\/([^}]+))?\}/g,
		(whole, name: string, afterConsonant?: string, afterVowel?: string) => {
			const value = values[name];
			if (value === undefined) return whole;
			if (afterConsonant === undefined || afterVowel === undefined) return String(value);
			return `${value}${hasFinalConsonant(String(value), afterConsonant) ? afterConsonant : afterVowel}`;
		},
	);

/** A scenario's own text in the language, or in the other one where it is missing. */
export const localize = (text: LocalText | undefined, language: Language): string => {
	if (text === undefined || typeof text === 'string') return text ?? '';
	return text[language] ?? text.en ?? text.ko ?? '';
};
