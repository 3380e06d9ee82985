/** Characters that look like those of C but are others: what a PDF, a word processor or an input method makes of them. */

const table: Readonly<Record<string, string>> = {
	'\u201C': '"',
	'\u201D': '"',
	'\u201E': '"',
	'\u2033': '"',
	'\u2018': "'",
	'\u2019': "'",
	'\u201A': "'",
	'\u2032': "'",
	'\u00B4': "'",
	'\u2010': '-',
	'\u2011': '-',
	'\u2012': '-',
	'\u2013': '-',
	'\u2014': '-',
	'\u2212': '-',
	'\u00D7': '*',
	'\u2217': '*',
	'\u00F7': '/',
	'\u2264': '<=',
	'\u2265': '>=',
	'\u2260': '!=',
	'\u2026': '...',
	'\u00A0': ' ',
	'\u2002': ' ',
	'\u2003': ' ',
	'\u2009': ' ',
	'\u200B': ' ',
	'\u3000': ' ',
	'\uFEFF': ' ',
};

/** Full-width forms stand in the order of ASCII. */
const fullWidth = {first: 0xff01, last: 0xff5e, distance: 0xff01 - 0x21} as const;

/** What to type instead of the character; undefined if it looks like nothing. */
export const lookAlike = (character: string): string | undefined => {
	const code = character.charCodeAt(0);
	if (code >= fullWidth.first && code <= fullWidth.last)
		return String.fromCharCode(code - fullWidth.distance);
	return Object.hasOwn(table, character) ? table[character] : undefined;
};

/** How a stray character is shown: by its number if it can't be seen. */
export const nameOfCharacter = (character: string): string =>
	/[\s\p{C}]/u.test(character) || lookAlike(character) === ' '
		? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
		: character;
