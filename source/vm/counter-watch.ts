// Counters under suspicion: words of private memory that only increments of unused value have changed. Such a word is a
// counter if nothing reads it, so the loads of all threads of its address space are watched for it: a read by its own
// thread means that it is none for now, a read by another thread that it is shared memory and never will be.

export type CounterWatch = {
	/** The watched words, each with the thread that counts in it and the stamp at which watching began. */
	readonly words: Map<number, {readonly owner: number; readonly since: number}>;
	/** A bit per hash of a watched word's address, for a quick no. */
	mask: number;
	/** How often a word was read while it was watched; Infinity once another thread has read it. */
	readonly reads: Map<number, number>;
	/** Grows with every word that begins to be watched. */
	stamp: number;
};

const wordLimit = 64;
/** A word that was read so often by its own thread is not taken for a counter again. */
const readLimit = 16;
/** Read words that are remembered. */
const memoryLimit = 1024;

export const createCounterWatch = (): CounterWatch => ({
	words: new Map(),
	mask: 0,
	reads: new Map(),
	stamp: 0,
});

export const copyCounterWatch = (watch: CounterWatch): CounterWatch => ({
	...watch,
	words: new Map(watch.words),
	reads: new Map(watch.reads),
});

/** The bit of the mask for a word. The interpreter repeats it. */
const bitOf = (address: number): number => 1 << ((address >>> 2) & 31);

/** Whether a word has been watched, and not been read, since the stamp had this value. */
export const isWatchedSince = (watch: CounterWatch, address: number, stamp: number): boolean => {
	const word = watch.words.get(address);
	return word !== undefined && word.since <= stamp;
};

/** Whether another thread than the one that counts has read the word. */
export const isSeenByOthers = (watch: CounterWatch, address: number): boolean =>
	watch.reads.get(address) === Infinity;

/** Begins to watch a word, unless it has been read too often. */
export const watchCounter = (watch: CounterWatch, address: number, owner: number): void => {
	const {words} = watch;
	if (words.has(address) || (watch.reads.get(address) ?? 0) >= readLimit) return;
	words.set(address, {owner, since: ++watch.stamp});
	if (words.size > wordLimit) words.delete(words.keys().next().value!);
	updateMask(watch);
};

/** A load by a thread at a watched word's hash: if it is the word itself, it is no counter (for now). Addresses any bytes of it. */
export const noteRead = (watch: CounterWatch, address: number, reader: number): void => {
	const at = address & ~3;
	const word = watch.words.get(at);
	if (!word) return;
	watch.words.delete(at);
	if (watch.reads.size >= memoryLimit) watch.reads.clear();
	watch.reads.set(at, reader === word.owner ? (watch.reads.get(at) ?? 0) + 1 : Infinity);
	updateMask(watch);
};

/** A load of 8 bytes is looked up by the address of its first word, so the word before a watched one has a bit too. */
const updateMask = (watch: CounterWatch): void => {
	watch.mask = 0;
	for (const address of watch.words.keys()) watch.mask |= bitOf(address) | bitOf(address - 4);
};
