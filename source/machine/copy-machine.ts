// A copy of a machine, to run on: it shares with the original what neither changes in place — pages, programs, events.
// Making one seals the original's pages, so that the first store to each copies it; that is all it costs later.
//
// The kernel's state is plain data, so one walk over the object graph copies it; identity is kept (a wait queue that
// two objects refer to is one queue in the copy too). A few types share by their nature and have their own rule.

import type {Program} from '../bytecode/program.js';
import type {PackedProgram} from '../bytecode/program-image.js';
import {type AddressSpace, copyAddressSpace, type PageBudget} from '../vm/address-space.js';
import {type Context, copyContext} from '../vm/context.js';
import {type MemoryObject, sealMemoryObject} from '../vm/memory-object.js';
import {copyTurns} from '../vm/turns.js';
import type {EventLog} from '../kernel/trace/events.js';
import type {Machine} from './machine.js';

/** The newest events that go along with a copy; the log says what happened, it decides nothing. */
const keptEvents = 500;

/** The part of the event log that a copy has. */
export const newestEvents = (events: EventLog): EventLog => ({
	...events,
	entries: events.entries.slice(-keptEvents),
});

/** Copies a machine. The original goes on as before; the copy is as good as the original, but for older events. */
export const copyMachine = (machine: Machine): Machine => copyAndCount(machine).machine;

/** The same, and how many objects it has. */
export const copyAndCount = (
	machine: Machine,
): {readonly machine: Machine; readonly objects: number} => {
	const {events, pageBudget} = machine.kernel;
	const budget = {...pageBudget};
	const made = new Map<object, object>([
		[events, newestEvents(events)],
		[pageBudget, budget],
	]);
	const copies: Copies = {made, budget, slab: createSlab()};
	return {machine: copyValue(machine, copies) as Machine, objects: made.size};
};

type Copies = {
	/** The copies made so far, by their originals. */
	readonly made: Map<object, object>;
	/** The account of pages that all address spaces of the copy share. */
	readonly budget: PageBudget;
	readonly slab: Slab;
};

/** A large buffer for small ones, and how many words of it are taken: many small ones take the host long to make. */
export type Slab = {words: Int32Array; taken: number};

const slabWords = 2048;

export const createSlab = (): Slab => ({words: new Int32Array(0), taken: 0});

/** A copy of the words in the slab. */
export const copyInto = (slab: Slab, words: Int32Array): Int32Array => {
	const {length} = words;
	if (slab.taken + length > slab.words.length) {
		slab.words = new Int32Array(Math.max(length, slabWords));
		slab.taken = 0;
	}
	const start = slab.taken;
	// Registers are seen as doubles, too.
	slab.taken += length + (length & 1);
	const copy = slab.words.subarray(start, start + length);
	copy.set(words);
	return copy;
};

const copyValue = (value: unknown, copies: Copies): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	const known = copies.made.get(value);
	if (known !== undefined) return known;
	if (Array.isArray(value)) return copyArray(value, copies);
	if (value instanceof Map) return copyMap(value, copies);
	if (value instanceof Set) return copySet(value, copies);
	if (isNeverChanged(value)) return value;
	if (ArrayBuffer.isView(value)) return copyBytes(value, copies);
	if (isContext(value)) return copyThreadContext(value, copies);
	if (isAddressSpace(value)) return copySpace(value, copies);
	if (isMemoryObject(value)) return copyMemoryObject(value, copies);
	return copyRecord(value as Record<string, unknown>, copies);
};

const copyArray = (array: readonly unknown[], copies: Copies): unknown[] => {
	const copy: unknown[] = new Array(array.length);
	copies.made.set(array, copy);
	for (let index = 0; index < array.length; index++) {
		const element = array[index];
		copy[index] = typeof element === 'object' ? copyValue(element, copies) : element;
	}
	return copy;
};

const copyMap = (map: ReadonlyMap<unknown, unknown>, copies: Copies): Map<unknown, unknown> => {
	const copy = new Map<unknown, unknown>();
	copies.made.set(map, copy);
	for (const [key, value] of map) copy.set(copyValue(key, copies), copyValue(value, copies));
	return copy;
};

const copySet = (set: ReadonlySet<unknown>, copies: Copies): Set<unknown> => {
	const copy = new Set<unknown>();
	copies.made.set(set, copy);
	for (const value of set) copy.add(copyValue(value, copies));
	return copy;
};

const copyBytes = (view: ArrayBufferView, copies: Copies): ArrayBufferView => {
	const copy = (view as Int32Array).slice();
	copies.made.set(view, copy);
	return copy;
};

const copyRecord = (record: Record<string, unknown>, copies: Copies): Record<string, unknown> => {
	const copy: Record<string, unknown> = {...record};
	copies.made.set(record, copy);
	for (const key in copy) {
		const value = copy[key];
		if (typeof value === 'object' && value !== null) copy[key] = copyValue(value, copies);
	}
	return copy;
};

/** Fields that only one type has. Reading one is much faster than asking for it with `in`, and this is asked often. */
type Marked = {
	readonly switches?: unknown;
	readonly packedName?: unknown;
	readonly threadPointer?: unknown;
	readonly privateCopies?: unknown;
	readonly mappers?: unknown;
};

/** What all machines share. */
export const isNeverChanged = (value: Marked): value is Program | PackedProgram =>
	value.switches !== undefined || value.packedName !== undefined;

export const isContext = (value: Marked): value is Context => value.threadPointer !== undefined;

export const isAddressSpace = (value: Marked): value is AddressSpace =>
	value.privateCopies !== undefined;

export const isMemoryObject = (value: Marked): value is MemoryObject => value.mappers !== undefined;

const copyThreadContext = (context: Context, copies: Copies): Context => {
	const space = copyValue(context.space, copies) as AddressSpace;
	const copyWords = (words: Int32Array): Int32Array => copyInto(copies.slab, words);
	const copy = copyContext(context, space, copyTurns(context.turns, copyWords), copyWords);
	copies.made.set(context, copy);
	return copy;
};

/** The page table's directory is copied, its leaves and the pages are shared. */
const copySpace = (space: AddressSpace, copies: Copies): AddressSpace => {
	const copy = copyAddressSpace(space, copies.budget);
	copies.made.set(space, copy);
	for (let index = 0; index < copy.regions.length; index++) {
		const region = copy.regions[index]!;
		copy.regions[index] = {...region, object: copyMapped(region.object, copies)};
	}
	return copy;
};

const copyMapped = (object: MemoryObject | undefined, copies: Copies): MemoryObject | undefined =>
	object && (copyValue(object, copies) as MemoryObject);

const copyMemoryObject = (object: MemoryObject, copies: Copies): MemoryObject => {
	if (object.isImmutable) return object;
	const copy = copyOfObject(object);
	copies.made.set(object, copy);
	for (const space of object.mappers) copy.mappers.push(copyValue(space, copies) as AddressSpace);
	return copy;
};

/** A copy that nobody has mapped yet. */
export const copyOfObject = (object: MemoryObject): MemoryObject => {
	sealMemoryObject(object);
	return {
		...object,
		pages: object.pages.slice(),
		isOwned: object.isOwned.slice(),
		writers: object.writers.slice(),
		ownedWriters: new Set(),
		mappers: [],
	};
};
