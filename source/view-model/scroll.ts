// Which part of a long list a pane shows.

/** Index of the first visible row, so that `selected` is visible, in the middle where it can be. */
export const firstVisible = (count: number, selected: number, capacity: number): number => {
	if (count <= capacity) return 0;
	const middle = selected - Math.floor(capacity / 2);
	return Math.max(0, Math.min(count - capacity, middle));
};
