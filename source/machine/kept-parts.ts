// What a checkpoint keeps of a thread's context and of an address space. Their parts belong to nobody else, so it is clear
// by its place what the checkpoint before has of each: what is the same is taken from there, and where all is, the whole.
//
// Nobody runs what is kept: it is copied first, and what only a running machine needs is left out here.

import {type AddressSpace, type Region, sealAddressSpace} from '../vm/address-space.js';
import type {ChangeLog} from '../vm/change-log.js';
import type {Context} from '../vm/context.js';
import type {MemoryObject} from '../vm/memory-object.js';
import {pageShift, zeroPage} from '../vm/page.js';
import {leafShift, slotOf} from '../vm/page-table.js';
import type {SuspectedWords} from '../vm/suspected-words.js';
import type {Turns} from '../vm/turns.js';
import {isSame, isSameArray, isSameTable, isSameWords} from './sameness.js';

type CopyWords = (words: Int32Array) => Int32Array;

/** Whoever copies what is kept makes new ones. */
const emptyArray: never[] = [];
const emptyMap = new Map<never, never>();
const emptySet = new Set<never>();

const keepWords = (
	words: Int32Array,
	kept: Int32Array | undefined,
	copyWords: CopyWords,
): Int32Array => (kept && isSameWords(words, kept) ? kept : copyWords(words));

const keepNumbers = (numbers: number[], kept: number[] | undefined): number[] => {
	if (numbers.length === 0) return emptyArray;
	return kept && isSameArray(numbers, kept) ? kept : numbers.slice();
};

const keepSet = (set: Set<number>, kept: Set<number> | undefined): Set<number> => {
	if (set.size === 0) return emptySet;
	return kept && isSameTable(set, kept) ? kept : new Set(set);
};

/** What the values of the map refer to, does not change. */
const keepMap = <Value>(
	map: Map<number, Value>,
	kept: Map<number, Value> | undefined,
): Map<number, Value> => {
	if (map.size === 0) return emptyMap;
	return kept && isSameTable(map, kept) ? kept : new Map(map);
};

/** A copy made of kept parts: the one of the checkpoint before, if it is made of the same ones. */
const orKept = <Type extends object>(copy: Type, kept: Type | undefined): Type => {
	if (!kept) return copy;
	for (const key in copy) if (!isSame(copy[key], kept[key])) return copy;
	return kept;
};

const noDoubles = new Float64Array(0);

/** The view of the registers as doubles is made by whoever copies the context to run it. */
export const keepContext = (
	context: Context,
	space: AddressSpace,
	kept: Context | undefined,
	copyWords: CopyWords,
): Context =>
	orKept(
		{
			...context,
			space,
			registers: keepWords(context.registers, kept?.registers, copyWords),
			doubles: noDoubles,
			calls: keepWords(context.calls, kept?.calls, copyWords),
			turns: keepTurns(context.turns, kept?.turns, copyWords),
		},
		kept,
	);

const keepTurns = (turns: Turns, kept: Turns | undefined, copyWords: CopyWords): Turns =>
	orKept(
		{
			...turns,
			records: keepRecords(turns.records, kept?.records),
			log: keepLog(turns.log, kept?.log, copyWords),
		},
		kept,
	);

const keepRecords = (
	records: Turns['records'],
	kept: Turns['records'] | undefined,
): Turns['records'] => {
	if (records.length === 0) return emptyArray;
	const copy = records.map((record, index) => orKept({...record}, kept?.[index]));
	return kept && isSameArray(copy, kept) ? kept : copy;
};

/** The index of an empty log is made by whoever copies it. */
const keepLog = (log: ChangeLog, kept: ChangeLog | undefined, copyWords: CopyWords): ChangeLog =>
	orKept(
		{
			...log,
			addresses: keepNumbers(log.addresses, kept?.addresses),
			olds: keepNumbers(log.olds, kept?.olds),
			kinds: keepNumbers(log.kinds, kept?.kinds),
			chain: keepNumbers(log.chain, kept?.chain),
			heads: log.addresses.length === 0 ? noHeads : keepWords(log.heads, kept?.heads, copyWords),
			kernelValues: keepMap(log.kernelValues, kept?.kernelValues),
		},
		kept,
	);

const noHeads = new Int32Array(0);

const keepSuspects = (suspects: SuspectedWords, kept: SuspectedWords | undefined): SuspectedWords =>
	orKept(
		{
			...suspects,
			words: keepMap(suspects.words, kept?.words),
			reads: keepMap(suspects.reads, kept?.reads),
		},
		kept,
	);

/** Who stored what is noted in place. */
const keepWriters = (
	writers: Map<number, Int32Array>,
	kept: Map<number, Int32Array> | undefined,
): Map<number, Int32Array> => {
	if (writers.size === 0) return emptyMap;
	const copy = new Map<number, Int32Array>();
	for (const [page, words] of writers)
		copy.set(
			page,
			keepWords(words, kept?.get(page), own => own.slice()),
		);
	return keepMap(copy, kept);
};

/**
 * Keeps an address space; `objects` are the copies of what its regions show. The page table's directory is copied, its
 * leaves and the pages are shared. The machine's account of pages is that of whoever runs it.
 */
export const keepSpace = (
	space: AddressSpace,
	objects: readonly (MemoryObject | undefined)[],
	kept: AddressSpace | undefined,
): AddressSpace => {
	const changedLeaves = space.ownedLeaves.size === 0 ? emptyArray : [...space.ownedLeaves];
	if (kept) settlePages(space, kept);
	sealAddressSpace(space);
	if (kept) settleLeaves(space, changedLeaves, kept);
	const {directory} = space;
	return orKept(
		{
			...space,
			directory:
				kept && isSameArray(directory, kept.directory) ? kept.directory : directory.slice(),
			ownedLeaves: emptySet,
			regions: keepRegions(space.regions, objects, kept?.regions),
			writable: kept?.writable ?? [],
			privateCopies: keepSet(space.privateCopies, kept?.privateCopies),
			hidden: keepMap(space.hidden, kept?.hidden),
			watched: keepSet(space.watched, kept?.watched),
			watchedOwned: emptySet,
			watchedWriters: keepWriters(space.watchedWriters, kept?.watchedWriters),
			suspects: keepSuspects(space.suspects, kept?.suspects),
		},
		kept,
	);
};

/** Stores since the checkpoint before may have left a page as it was there: then it is that page again. */
const settlePages = (space: AddressSpace, kept: AddressSpace): void => {
	for (const number of space.writable) {
		const address = number << pageShift;
		const leaf = space.directory[address >>> leafShift];
		const slot = slotOf(address);
		const page = leaf?.[slot];
		const before = kept.directory[address >>> leafShift]?.[slot];
		if (!leaf || !page || leaf[slot | 1] !== page) continue;
		if (before && before !== zeroPage && isSameWords(page, before)) leaf[slot] = before;
	}
};

/** The same for the leaves of the page table, by their places in its directory. */
const settleLeaves = (
	{directory}: AddressSpace,
	changed: readonly number[],
	kept: AddressSpace,
): void => {
	for (const index of changed) {
		const leaf = directory[index];
		const before = kept.directory[index];
		if (leaf && before && isSameArray(leaf, before)) directory[index] = before;
	}
};

const keepRegions = (
	regions: readonly Region[],
	objects: readonly (MemoryObject | undefined)[],
	kept: Region[] | undefined,
): Region[] => {
	if (
		kept?.length === regions.length &&
		regions.every((region, index) => isSameRegion(region, objects[index], kept[index]!))
	)
		return kept;
	return regions.map((region, index) => ({...region, object: objects[index]}));
};

const isSameRegion = (region: Region, object: MemoryObject | undefined, kept: Region): boolean =>
	region.start === kept.start &&
	region.end === kept.end &&
	region.protection === kept.protection &&
	region.offset === kept.offset &&
	region.name === kept.name &&
	region.isShared === kept.isShared &&
	region.mayWrite === kept.mayWrite &&
	object === kept.object;
