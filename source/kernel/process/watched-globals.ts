// Variables that somebody watches: the pages of a program's globals among them record who stores what from the program's
// first instruction on, so that "who wrote it last" is known at every moment of every run.

import {sizeOf} from '../../bytecode/debug-info.js';
import type {Program} from '../../bytecode/program.js';
import {type AddressSpace, watchPage} from '../../vm/address-space.js';
import {pageShift, pageSize} from '../../vm/page.js';

/** The numbers of the pages on which a program has globals that the C lvalues name, or are members or elements of. */
export const watchedPages = (
	{globals, types}: Program,
	lvalues: readonly string[],
): ReadonlySet<number> => {
	const names = new Set(lvalues.map(lvalue => /\w+/.exec(lvalue)?.[0]));
	const pages = new Set<number>();
	for (const {name, type, location} of globals) {
		if (location.kind !== 'address' || !names.has(name)) continue;
		const last = location.address + Math.max(1, sizeOf(types[type]!)) - 1;
		for (let page = location.address >>> pageShift; page <= last >>> pageShift; page++)
			pages.add(page);
	}
	return pages;
};

/** To be called before the program runs. */
export const watchGlobals = (
	space: AddressSpace,
	program: Program,
	lvalues: readonly string[],
): void => {
	if (lvalues.length === 0) return;
	for (const page of watchedPages(program, lvalues)) watchPage(space, page * pageSize);
};
