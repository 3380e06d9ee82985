// Counters under suspicion: words of private memory that only increments of unused value have changed. Such a word is a
// counter if nothing reads it, so the loads of all threads of its address space are watched for it: a read by its own
// thread means that it is none for now, a read by another thread that it is shared memory and never will be.

type WatchedWord = {
	/** The thread that counts in it. */
	readonly owner: number;
	/** The stamp at which watching began. */
	readonly since: number;
	/** The bytes that have changed so far, a bit each: the word may hold other variables beside a narrow counter. */
	readonly bytes: number;
};

export type CounterWatch = {
	readonly words: Map<number, WatchedWord>;
	/** A bit per hash of a watched word's address, for a quick no. */
	mask: number;
	/** How often a word was read since it last passed for a counter; Infinity once another thread has read it. */
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

/** The bytes in which two words differ, a bit each, the lowest first. */
const changedBytes = (before: number, after: number): number => {
	const bits = before ^ after;
	return (
		((bits & 0xff) !== 0 ? 1 : 0) |
		((bits & 0xff_00) !== 0 ? 2 : 0) |
		((bits & 0xff_00_00) !== 0 ? 4 : 0) |
		(bits >>> 24 !== 0 ? 8 : 0)
	);
};

/** Whether what has changed of a word has been watched, and not been read, since the stamp had this value. */
export const isUnreadSince = (
	watch: CounterWatch,
	address: number,
	stamp: number,
	before: number,
	after: number,
): boolean => {
	const word = watch.words.get(address);
	if (!word || word.since > stamp || (changedBytes(before, after) & ~word.bytes) !== 0)
		return false;
	if (watch.reads.size > 0) watch.reads.delete(address);
	return true;
};

/** Whether another thread than the one that counts has read the word. */
export const isSeenByOthers = (watch: CounterWatch, address: number): boolean =>
	watch.reads.get(address) === Infinity;

/** Begins to watch what has changed of a word, unless it has been read too often. */
export const watchCounter = (
	watch: CounterWatch,
	address: number,
	owner: number,
	before: number,
	after: number,
): void => {
	const {words} = watch;
	if ((watch.reads.get(address) ?? 0) >= readLimit) return;
	const known = words.get(address)?.bytes ?? 0;
	const bytes = known | changedBytes(before, after);
	if (bytes === known) return;
	words.set(address, {owner, since: ++watch.stamp, bytes});
	if (words.size > wordLimit) words.delete(words.keys().next().value!);
	updateMask(watch);
};

/** A load by a thread at a watched word's hash: if it reads what is watched, that is no counter (for now). */
export const noteRead = (
	watch: CounterWatch,
	address: number,
	size: number,
	reader: number,
): void => {
	const first = address & ~3;
	const bytes = ((1 << size) - 1) << (address & 3);
	for (let word = 0; bytes >>> (4 * word) !== 0; word++)
		noteBytesRead(watch, first + 4 * word, (bytes >>> (4 * word)) & 0xf, reader);
};

const noteBytesRead = (
	watch: CounterWatch,
	address: number,
	bytes: number,
	reader: number,
): void => {
	const word = watch.words.get(address);
	if (!word || (word.bytes & bytes) === 0) return;
	watch.words.delete(address);
	if (watch.reads.size >= memoryLimit) watch.reads.clear();
	watch.reads.set(address, reader === word.owner ? (watch.reads.get(address) ?? 0) + 1 : Infinity);
	updateMask(watch);
};

/** A load of 8 bytes is looked up by the address of its first word, so the word before a watched one has a bit too. */
const updateMask = (watch: CounterWatch): void => {
	watch.mask = 0;
	for (const address of watch.words.keys()) watch.mask |= bitOf(address) | bitOf(address - 4);
};
