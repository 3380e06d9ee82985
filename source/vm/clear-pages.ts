// Takes pages out of an address space, and their private copies out of its accounts: for munmap(2), and for the tail of
// a file that becomes shorter while it is mapped.

import type {AddressSpace} from './address-space.js';
import {leafFor, leafShift, slotOf} from './page-table.js';
import {pageShift, pageSize, zeroPage} from './page.js';

/** Empties the places of [start, end), whole pages. `isPrivateAnonymous`: all that stands there is private. */
export const clearPages = (
	space: AddressSpace,
	start: number,
	end: number,
	isPrivateAnonymous: boolean,
): void => {
	for (let address = start; address < end; address += pageSize) {
		const leaf = space.directory[address >>> leafShift];
		if (!leaf) {
			address = ((address >>> leafShift) + 1) * 2 ** leafShift - pageSize;
			continue;
		}
		const slot = slotOf(address);
		const number = address >>> pageShift;
		const page = leaf[slot] ?? space.hidden.get(number) ?? null;
		if (
			page !== null &&
			page !== zeroPage &&
			(isPrivateAnonymous || space.privateCopies.has(number))
		) {
			space.privatePages--;
			space.budget.used--;
		}
		if (leaf[slot] !== null) {
			const own = leafFor(space, address);
			own[slot] = null;
			own[slot | 1] = null;
		}
		space.hidden.delete(number);
		space.privateCopies.delete(number);
	}
};
