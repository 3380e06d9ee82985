// Binary search.

/** The first of `length` positions at which the test holds, which holds at all later ones as well; `length` if at none. */
export const firstIndex = (length: number, holds: (index: number) => boolean): number => {
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
};
