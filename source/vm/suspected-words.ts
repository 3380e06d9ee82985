// Words under suspicion: private memory that changed in a turn that may have been waiting all the same. A word that only
// increments of unused value have changed is a counter if nothing reads it. A word in a turn that asked for the time has
// been made anew, from nothing but the time, if its old value was overwritten unread. So the loads of all threads of the
// address space are watched for such words: a read by its own thread means that it is neither for now, a read by another
// thread that it is shared memory and never will be.

export type SuspectedWord = {
	/** The thread that changes it. */
	readonly owner: number;
	/** The stamp at which watching began. */
	readonly since: number;
	/** The bytes that have changed so far, a bit each: the word may hold other variables beside a narrow counter. */
	readonly bytes: number;
	/** Whether it is made anew rather than counted in. */
	readonly isAnew: boolean;
};

export type SuspectedWords = {
	readonly words: Map<number, SuspectedWord>;
	/** A bit per hash of a watched word's address, for a quick no. */
	mask: number;
	/** How often a word was read since it last passed unread; Infinity once another thread has read it. */
	readonly reads: Map<number, number>;
	/** Grows with every word that begins to be suspected. */
	stamp: number;
};

const wordLimit = 64;
/** A word that was read so often by its own thread is not suspected again. */
const readLimit = 16;
/** Read words that are remembered. */
const memoryLimit = 1024;

export const createSuspectedWords = (): SuspectedWords => ({
	words: new Map(),
	mask: 0,
	reads: new Map(),
	stamp: 0,
});

export const copySuspectedWords = (suspects: SuspectedWords): SuspectedWords => ({
	...suspects,
	words: new Map(suspects.words),
	reads: new Map(suspects.reads),
});

/** The bit of the mask for a word. The interpreter repeats it. */
const bitOf = (address: number): number => 1 << ((address >>> 2) & 31);

const allBytes = 0xf;

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

/** What has changed of a word, and how. */
export type WordChange = {
	readonly address: number;
	readonly before: number;
	readonly after: number;
	readonly isAnew: boolean;
};

/** Whether what has changed of a word has been watched, and not been read, since the stamp had this value. */
export const isUnreadSince = (
	suspects: SuspectedWords,
	stamp: number,
	{address, before, after, isAnew}: WordChange,
): boolean => {
	const word = suspects.words.get(address);
	if (!word || word.isAnew !== isAnew || word.since > stamp) return false;
	if ((changedBytes(before, after) & ~word.bytes) !== 0) return false;
	if (suspects.reads.size > 0) suspects.reads.delete(address);
	return true;
};

/** Whether another thread than the one that changes it has read the word. */
export const isSeenByOthers = (suspects: SuspectedWords, address: number): boolean =>
	suspects.reads.get(address) === Infinity;

/** Begins to watch what has changed of a word, unless it has been read too often. */
export const suspectWord = (
	suspects: SuspectedWords,
	owner: number,
	{address, before, after, isAnew}: WordChange,
): void => {
	const {words} = suspects;
	if ((suspects.reads.get(address) ?? 0) >= readLimit) return;
	const known = words.get(address);
	const earlier = known?.isAnew === isAnew ? known.bytes : 0;
	const bytes = isAnew ? allBytes : earlier | changedBytes(before, after);
	if (bytes === earlier) return;
	words.set(address, {owner, since: ++suspects.stamp, bytes, isAnew});
	if (words.size > wordLimit) words.delete(words.keys().next().value!);
	updateMask(suspects);
};

/** The word at an address if a load of these bytes of it, a bit each, reads what is suspected. */
export const suspectedAt = (
	{words}: SuspectedWords,
	address: number,
	bytes: number,
): SuspectedWord | undefined => {
	const word = words.get(address);
	return word && (word.bytes & bytes) !== 0 ? word : undefined;
};

/** A thread has read what is watched of a word: it is not what it was suspected to be. */
export const clearWord = (
	suspects: SuspectedWords,
	address: number,
	{owner}: SuspectedWord,
	reader: number,
): void => {
	const {words, reads} = suspects;
	words.delete(address);
	if (reads.size >= memoryLimit) reads.clear();
	reads.set(address, reader === owner ? (reads.get(address) ?? 0) + 1 : Infinity);
	updateMask(suspects);
};

/** A load of 8 bytes is looked up by the address of its first word, so the word before a watched one has a bit too. */
const updateMask = (suspects: SuspectedWords): void => {
	suspects.mask = 0;
	for (const address of suspects.words.keys()) suspects.mask |= bitOf(address) | bitOf(address - 4);
};
