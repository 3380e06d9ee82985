// What a thread's open turns have changed: one entry per changed word of memory, or per changed piece of kernel state, with
// what was there before. One list for all open turns: each turn's part begins where it started, so the list grows and
// shrinks at its end only. That also keeps the index simple: each hash has a chain of its entries, the latest first,
// and taking entries off the end undoes it exactly.

/** Who changed a word. Of two kinds for one word the bits that they have in common count. */
export const change = {
	/** The program stored something in a part of the word. */
	part: 0,
	/** … in all of it. */
	plain: 4,
	/** The kernel's answers to a question about time, perhaps moved on by increments: `now.tv_nsec += 1000`. */
	answer: 1,
	/** Increments of unused value only. */
	counter: 3,
} as const;

export type ChangeKind = (typeof change)[keyof typeof change];

export type ChangeLog = {
	/** Addresses of words, or for kernel state -4 - 4 × its key. */
	readonly addresses: number[];
	/** What was there before. */
	readonly olds: number[];
	readonly kinds: number[];
	/** The entry before with the same hash, or -1. */
	readonly chain: number[];
	/** From a hash to its last entry, or -1; a power of two long. */
	heads: Int32Array;
	/** Present values of kernel state, by key. */
	readonly kernelValues: Map<number, number>;
};

const firstHeads = 256;

/** Shared by all logs that have never had an entry; replaced before the first. */
const emptyHeads = new Int32Array(firstHeads).fill(-1);

export const createChangeLog = (): ChangeLog => ({
	addresses: [],
	olds: [],
	kinds: [],
	chain: [],
	heads: emptyHeads,
	kernelValues: new Map(),
});

/** An empty log's copy needs no heads of its own. */
export const copyChangeLog = (
	log: ChangeLog,
	copyWords: (words: Int32Array) => Int32Array,
): ChangeLog => ({
	addresses: log.addresses.slice(),
	olds: log.olds.slice(),
	kinds: log.kinds.slice(),
	chain: log.chain.slice(),
	heads: log.addresses.length === 0 ? emptyHeads : copyWords(log.heads),
	kernelValues: new Map(log.kernelValues),
});

const hashOf = ({heads}: ChangeLog, address: number): number =>
	((address >>> 2) ^ (address >>> 12)) & (heads.length - 1);

/** The entry of a word among those from `from` on, or -1. */
export const findEntry = (log: ChangeLog, address: number, from: number): number => {
	let entry = log.heads[hashOf(log, address)]!;
	while (entry >= from && log.addresses[entry] !== address) entry = log.chain[entry]!;
	return entry >= from ? entry : -1;
};

/** Adds an entry for a word that the innermost turn has none for yet. */
export const addEntry = (log: ChangeLog, address: number, old: number, kind: ChangeKind): void => {
	const {addresses, heads} = log;
	if (heads === emptyHeads) log.heads = emptyHeads.slice();
	else if (addresses.length >= 2 * heads.length) widen(log);
	addresses.push(address);
	log.olds.push(old);
	log.kinds.push(kind);
	log.chain.push(-1);
	link(log, addresses.length - 1);
};

const link = (log: ChangeLog, entry: number): void => {
	const hash = hashOf(log, log.addresses[entry]!);
	log.chain[entry] = log.heads[hash]!;
	log.heads[hash] = entry;
};

const widen = (log: ChangeLog): void => {
	log.heads = new Int32Array(4 * log.heads.length).fill(-1);
	for (let entry = 0; entry < log.addresses.length; entry++) link(log, entry);
};

const unlink = (log: ChangeLog, from: number): void => {
	for (let entry = log.addresses.length - 1; entry >= from; entry--) {
		log.heads[hashOf(log, log.addresses[entry]!)] = log.chain[entry]!;
	}
};

const setLength = (log: ChangeLog, length: number): void => {
	log.addresses.length = length;
	log.olds.length = length;
	log.kinds.length = length;
	log.chain.length = length;
};

/** Forgets the entries from `from` on. */
export const dropEntries = (log: ChangeLog, from: number): void => {
	if (log.addresses.length === from) return;
	unlink(log, from);
	setLength(log, from);
};

/** Hands the entries from `from` on to the enclosing turn, whose own begin at `outer`: it keeps what was there first. */
export const handOver = (log: ChangeLog, from: number, outer: number): void => {
	const count = log.addresses.length;
	if (count === from) return;
	unlink(log, from);
	let kept = from;
	for (let entry = from; entry < count; entry++) {
		const known = findEntry(log, log.addresses[entry]!, outer);
		if (known !== -1) {
			log.kinds[known]! &= log.kinds[entry]!;
			continue;
		}
		log.addresses[kept] = log.addresses[entry]!;
		log.olds[kept] = log.olds[entry]!;
		log.kinds[kept] = log.kinds[entry]!;
		link(log, kept++);
	}
	setLength(log, kept);
};
