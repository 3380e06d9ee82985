// Several names in one sentence.

import {type Language, say} from './language.js';

/** `a, b or c`; where there are more than are named, how many: `a, b and 7 more`. */
export const joinNames = (
	names: readonly string[],
	word: 'why.and' | 'why.or',
	language: Language,
	count = names.length,
): string => {
	if (count > names.length)
		return say(language, 'why.more', {names: names.join(', '), count: count - names.length});
	if (names.length < 2) return names.join('');
	return `${names.slice(0, -1).join(', ')}${say(language, word)}${names.at(-1)!}`;
};
