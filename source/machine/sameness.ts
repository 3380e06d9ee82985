// Whether two values are the same, part by part: what a checkpoint may share with the one before.

/** As Object.is has it, but that NaN is never the same; faster. */
export const isSame = (a: unknown, b: unknown): boolean => a === b && (a !== 0 || Object.is(a, b));

/** Arrays with the same elements. */
export const isSameArray = (a: readonly unknown[], b: readonly unknown[]): boolean => {
	if (a.length !== b.length) return false;
	for (let index = 0; index < a.length; index++) if (!isSame(a[index], b[index])) return false;
	return true;
};

/** The same for words and for bytes: apart from each other, each is fast. */
export const isSameWords = (a: Int32Array, b: Int32Array): boolean => {
	if (a.length !== b.length) return false;
	for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
	return true;
};

export const isSameBytes = (a: Uint8Array, b: Uint8Array): boolean => {
	if (a.length !== b.length) return false;
	for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
	return true;
};

type Table = ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>;

/** Maps or sets with the same entries in the same order. */
export const isSameTable = (a: Table, b: Table): boolean => {
	if (a.size !== b.size) return false;
	if (a.size === 0) return true;
	const entries = b.entries();
	for (const [key, value] of a.entries()) {
		const [otherKey, otherValue] = entries.next().value!;
		if (!isSame(key, otherKey) || !isSame(value, otherValue)) return false;
	}
	return true;
};
