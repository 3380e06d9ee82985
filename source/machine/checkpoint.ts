// A checkpoint: a copy of a machine that shares with it what neither changes in place — pages, programs, events. Taking
// one seals the live machine's pages, so that the first store to each copies it; that is all it costs later.
//
// The kernel's state is plain data, so one walk over the object graph copies it; identity is kept (a wait queue that
// two objects refer to is one queue in the copy too). A few types share by their nature and have their own rule.

import type {Program} from '../bytecode/program.js';
import type {PackedProgram} from '../bytecode/program-image.js';
import {type AddressSpace, copyAddressSpace, type PageBudget} from '../vm/address-space.js';
import {type Context, copyContext} from '../vm/context.js';
import {type MemoryObject, sealMemoryObject} from '../vm/memory-object.js';
import {zeroPage} from '../vm/page.js';
import {copyTurns} from '../vm/turns.js';
import type {Machine} from './machine.js';

/** The newest events that go along with a copy; the log says what happened, it decides nothing. */
const keptEvents = 500;

/** A copy, and what it takes. */
export type MeasuredCopy = {
	readonly machine: Machine;
	/** Bytes beside its pages, as estimated. */
	readonly bytes: number;
	/** Pages of memory objects, and those of them that no older copy has. */
	readonly objectPages: number;
	readonly newObjectPages: number;
};

/** Copies a machine. The original goes on as before; the copy is as good as the original, but for older events. */
export const copyMachine = (machine: Machine): Machine => measuredCopy(machine).machine;

export const measuredCopy = (machine: Machine): MeasuredCopy => {
	const {events} = machine.kernel;
	const entries = events.entries.slice(-keptEvents);
	const copies: Copies = {
		made: new Map([[events, {...events, entries}]]),
		bytes: entries.length * bytesPerEvent,
		objectPages: 0,
		newObjectPages: 0,
		slab: noWords,
		taken: 0,
	};
	const copy = copyValue(machine, copies) as Machine;
	const {made, bytes, objectPages, newObjectPages} = copies;
	return {machine: copy, bytes: bytes + made.size * bytesPerObject, objectPages, newObjectPages};
};

/** What the host takes for an object of ours and for an event, roughly. */
const bytesPerObject = 160;
const bytesPerEvent = 350;

/** The copies made so far, by their originals, and what is counted on the way. */
type Copies = {
	readonly made: Map<object, unknown>;
	bytes: number;
	objectPages: number;
	newObjectPages: number;
	/** A large buffer for small ones, and how many words of it are taken: many small ones take the host long to make. */
	slab: Int32Array;
	taken: number;
};

const slabWords = 16_384;
const noWords = new Int32Array(0);

const takeWords = (copies: Copies, words: number): Int32Array => {
	if (copies.taken + words > copies.slab.length) {
		copies.slab = new Int32Array(Math.max(words, slabWords));
		copies.taken = 0;
	}
	const start = copies.taken;
	// Registers are seen as doubles, too.
	copies.taken += words + (words & 1);
	return copies.slab.subarray(start, start + words);
};

const copyValue = (value: unknown, copies: Copies): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	const known = copies.made.get(value);
	if (known !== undefined) return known;
	if (Array.isArray(value)) return copyArray(value, copies);
	if (value instanceof Map) return copyMap(value, copies);
	if (value instanceof Set) return copySet(value, copies);
	if (isShared(value)) return value;
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
	copies.bytes += view.byteLength;
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

/** What no machine ever changes. */
const isShared = (value: Marked): value is Program | PackedProgram =>
	value === zeroPage || value.switches !== undefined || value.packedName !== undefined;

const isContext = (value: Marked): value is Context => value.threadPointer !== undefined;

const isAddressSpace = (value: Marked): value is AddressSpace => value.privateCopies !== undefined;

const isMemoryObject = (value: Marked): value is MemoryObject => value.mappers !== undefined;

/**
 * The turns of a context, the sets of an address space and the leaves of its page table that the next stores copy. Those
 * of the dead have nothing of the kind.
 */
const contextBytes = 2500;
const spaceBytes = 7000;

const copyThreadContext = (context: Context, copies: Copies): Context => {
	const space = copyValue(context.space, copies) as AddressSpace;
	const copyWords = (words: Int32Array): Int32Array => {
		const copy = takeWords(copies, words.length);
		copy.set(words);
		copies.bytes += words.byteLength;
		return copy;
	};
	const copy = copyContext(context, space, copyTurns(context.turns, copyWords), copyWords);
	if (context.registers.length > 0) copies.bytes += contextBytes;
	copies.made.set(context, copy);
	return copy;
};

/** The page table's directory is copied, its leaves and the pages are shared. */
const copySpace = (space: AddressSpace, copies: Copies): AddressSpace => {
	const copy = copyAddressSpace(space, copyValue(space.budget, copies) as PageBudget);
	if (space.users > 0) copies.bytes += spaceBytes + copy.directory.length * 8;
	copies.made.set(space, copy);
	for (let index = 0; index < copy.regions.length; index++) {
		const region = copy.regions[index]!;
		copy.regions[index] = {...region, object: copyObject(region.object, copies)};
	}
	return copy;
};

const copyObject = (object: MemoryObject | undefined, copies: Copies): MemoryObject | undefined =>
	object && (copyValue(object, copies) as MemoryObject);

const copyMemoryObject = (object: MemoryObject, copies: Copies): MemoryObject => {
	if (object.isImmutable) return object;
	copies.objectPages += object.pages.length;
	for (const owned of object.isOwned) copies.newObjectPages += owned;
	sealMemoryObject(object);
	const copy: MemoryObject = {
		...object,
		pages: object.pages.slice(),
		isOwned: object.isOwned.slice(),
		writers: object.writers.slice(),
		ownedWriters: new Set(),
		mappers: [],
	};
	copies.made.set(object, copy);
	for (const space of object.mappers) copy.mappers.push(copyValue(space, copies) as AddressSpace);
	return copy;
};
