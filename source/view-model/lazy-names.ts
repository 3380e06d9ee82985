// Lists of names as rows show them. Thousands of threads may sleep at what a row is about and only a few names are read, so
// that names are made as they are asked for, and counted from where a row ends.

import {type Language, say} from './language.js';
import {displayWidth} from './text-width.js';
import {groupDigits} from './units.js';

/** Names that can be gone through, and how many they are. An array is one. */
export type LazyNames = Iterable<string> & {readonly length: number};

export const lazyNames = <Item>(
	items: readonly Item[],
	nameOf: (item: Item) => string,
): LazyNames => ({
	length: items.length,
	*[Symbol.iterator]() {
		for (const item of items) yield nameOf(item);
	},
});

/** The names with blanks between them, as many as begin within so many cells, and how many more there are. */
export const namesWithin = (names: LazyNames, cells: number, language: Language): string => {
	const shown: string[] = [];
	let used = 0;
	for (const name of names) {
		if (used >= cells) break;
		shown.push(name);
		used += displayWidth(name) + 1;
	}
	const hidden = names.length - shown.length;
	if (hidden > 0) shown.push(say(language, 'processes.more', {count: groupDigits(hidden)}));
	return shown.join(' ');
};

/** `(2/5)` of `worker(2/5)`, `(3):4` of `writer(3):4`: what tells them apart where the names have no room. */
export const bareName = (name: string): string => /\([^()]*\)[^()]*$/.exec(name)?.[0] ?? name;
