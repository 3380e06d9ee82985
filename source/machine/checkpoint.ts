// A checkpoint: a copy of a machine that nobody runs — it is copied in turn for that — and nobody changes. So it shares
// with the checkpoint before what is as it was then: of a thousand processes most have done nothing since, and those
// that have, have changed little of themselves.
//
// For that the copies are remembered by their originals. In one walk over the machine, as copying takes, each object is
// compared with its last copy as its fields are copied; what lies on a circle of references is copied anew.

import type {AddressSpace} from '../vm/address-space.js';
import type {Context} from '../vm/context.js';
import {type MemoryObject, sealMemoryObject} from '../vm/memory-object.js';
import {
	copyInto,
	copyOfObject,
	createSlab,
	isAddressSpace,
	isContext,
	isMemoryObject,
	isNeverChanged,
	newestEvents,
	type Slab,
} from './copy-machine.js';
import {keepContext, keepSpace} from './kept-parts.js';
import type {Machine} from './machine.js';
import {isSame, isSameArray, isSameBytes, isSameTable} from './sameness.js';

/** What checkpoints have of the objects of a live machine. */
export type KeptCopies = {
	/** The last copies, by their originals. */
	readonly entries: Map<object, Entry>;
	/** How many checkpoints have been made of it, and the objects in the last one. */
	checkpoints: number;
	objects: number;
	readonly slab: Slab;
};

type Entry = {
	copy: object;
	/** The number of the checkpoint that it was last looked at for. */
	checkpoint: number;
	/** It is being compared: what leads back to it lies on a circle. */
	isOpen: boolean;
};

export const nothingKept = (): KeptCopies => ({
	entries: new Map(),
	checkpoints: 0,
	objects: 0,
	slab: createSlab(),
});

/** A checkpoint of the machine; `copies` are those of the ones before, and get its own. */
export const keepMachine = (machine: Machine, copies: KeptCopies): Machine => {
	copies.checkpoints++;
	copies.objects = 0;
	const {events} = machine.kernel;
	noteCopy(events, newestEvents(events), copies);
	const kept = keep(machine, copies) as Machine;
	if (copies.entries.size > 2 * copies.objects) forgetGone(copies);
	return kept;
};

/** Originals that are no longer part of the machine. */
const forgetGone = ({entries, checkpoints}: KeptCopies): void => {
	for (const [original, {checkpoint}] of entries)
		if (checkpoint !== checkpoints) entries.delete(original);
};

const noteCopy = <Type extends object>(original: object, copy: Type, copies: KeptCopies): Type => {
	const entry = copies.entries.get(original);
	if (entry) {
		entry.copy = copy;
		entry.checkpoint = copies.checkpoints;
		entry.isOpen = false;
	} else {
		copies.entries.set(original, {copy, checkpoint: copies.checkpoints, isOpen: false});
	}
	copies.objects++;
	return copy;
};

const keep = (value: unknown, copies: KeptCopies): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	const entry = copies.entries.get(value);
	if (entry?.checkpoint === copies.checkpoints)
		return entry.isOpen ? keepOnCircle(entry) : entry.copy;
	if (Array.isArray(value)) return keepArray(value, entry, copies);
	if (value instanceof Map) return keepMap(value, entry, copies);
	if (value instanceof Set) return keepSet(value, entry, copies);
	if (isNeverChanged(value)) return value;
	if (ArrayBuffer.isView(value)) return keepBytes(value as Uint8Array, entry, copies);
	if (isContext(value)) return keepThreadContext(value, entry, copies);
	if (isAddressSpace(value)) return keepAddressSpace(value, entry, copies);
	if (isMemoryObject(value)) return keepMemoryObject(value, entry, copies);
	return keepRecord(value as Fields, entry, copies);
};

/** Something of the walk that was come from leads back here: a copy that is filled when the walk has returned. */
const keepOnCircle = (entry: Entry): object => {
	const {copy} = entry;
	entry.isOpen = false;
	if (Array.isArray(copy)) entry.copy = [];
	else if (copy instanceof Map) entry.copy = new Map();
	else if (copy instanceof Set) entry.copy = new Set();
	else entry.copy = {};
	return entry.copy;
};

/** Its parts are copied now; until they are, what leads back here lies on a circle. */
const open = (entry: Entry, copies: KeptCopies): void => {
	entry.checkpoint = copies.checkpoints;
	entry.isOpen = true;
	copies.objects++;
};

type Fields = Record<string, unknown>;

/** Copies the parts; whether all are what `kept` has in their place. Fields come, but never go. */
const keepFields = (copy: Fields, kept: Fields | undefined, copies: KeptCopies): boolean => {
	let isKept = kept !== undefined;
	for (const key in copy) {
		let part = copy[key];
		if (typeof part === 'object' && part !== null) {
			part = keep(part, copies);
			copy[key] = part;
		}
		if (isKept && !isSame(part, kept![key])) isKept = false;
		if (isKept && part === undefined && !(key in kept!)) isKept = false;
	}
	return isKept;
};

const keepRecord = (record: Fields, entry: Entry | undefined, copies: KeptCopies): object => {
	const copy = {...record};
	if (!entry) {
		noteCopy(record, copy, copies);
		keepFields(copy, undefined, copies);
		return copy;
	}
	const kept = entry.copy as Fields;
	open(entry, copies);
	const isKept = keepFields(copy, kept, copies);
	if (!entry.isOpen) return Object.assign(entry.copy, copy);
	entry.isOpen = false;
	if (!isKept) entry.copy = copy;
	return entry.copy;
};

/** The same for the elements of an array. */
const keepElements = (
	copy: unknown[],
	kept: readonly unknown[] | undefined,
	copies: KeptCopies,
): boolean => {
	let isKept = copy.length === kept?.length;
	for (let index = 0; index < copy.length; index++) {
		let part = copy[index];
		if (typeof part === 'object' && part !== null) {
			part = keep(part, copies);
			copy[index] = part;
		}
		if (isKept && !isSame(part, kept![index])) isKept = false;
	}
	return isKept;
};

const keepArray = (
	array: readonly unknown[],
	entry: Entry | undefined,
	copies: KeptCopies,
): object => {
	const kept = entry?.copy as readonly unknown[] | undefined;
	if (kept && array.length === 0 && kept.length === 0) return noteCopy(array, kept, copies);
	const copy = array.slice();
	if (!entry) {
		noteCopy(array, copy, copies);
		keepElements(copy, undefined, copies);
		return copy;
	}
	open(entry, copies);
	const isKept = keepElements(copy, kept, copies);
	if (!entry.isOpen) {
		(entry.copy as unknown[]).push(...copy);
		return entry.copy;
	}
	entry.isOpen = false;
	if (!isKept) entry.copy = copy;
	return entry.copy;
};

/** A map or a set, as the list of what is in it: the order counts, the kernel goes through them. */
const keepTable = <Table extends Map<unknown, unknown> | Set<unknown>>(
	table: Table,
	entry: Entry | undefined,
	copies: KeptCopies,
	copyTo: (empty: Table) => void,
): object => {
	const kept = entry?.copy as Table | undefined;
	if (kept && table.size === 0 && kept.size === 0) return noteCopy(table, kept, copies);
	const copy = (table instanceof Map ? new Map() : new Set()) as Table;
	if (!entry || !kept) {
		noteCopy(table, copy, copies);
		copyTo(copy);
		return copy;
	}
	open(entry, copies);
	copyTo(copy);
	if (!entry.isOpen) {
		copyTo(entry.copy as Table);
		return entry.copy;
	}
	entry.isOpen = false;
	if (!isSameTable(copy, kept)) entry.copy = copy;
	return entry.copy;
};

const keepMap = (
	map: Map<unknown, unknown>,
	entry: Entry | undefined,
	copies: KeptCopies,
): object =>
	keepTable(map, entry, copies, copy => {
		for (const [key, value] of map) copy.set(keep(key, copies), keep(value, copies));
	});

const keepSet = (set: Set<unknown>, entry: Entry | undefined, copies: KeptCopies): object =>
	keepTable(set, entry, copies, copy => {
		for (const value of set) copy.add(keep(value, copies));
	});

const keepBytes = (bytes: Uint8Array, entry: Entry | undefined, copies: KeptCopies): Uint8Array => {
	const kept = entry?.copy as Uint8Array | undefined;
	return noteCopy(bytes, kept && isSameBytes(bytes, kept) ? kept : bytes.slice(), copies);
};

const keepThreadContext = (
	context: Context,
	entry: Entry | undefined,
	copies: KeptCopies,
): Context => {
	const space = keep(context.space, copies) as AddressSpace;
	const kept = entry?.copy as Context | undefined;
	const copy = keepContext(context, space, kept, words => copyInto(copies.slab, words));
	return noteCopy(context, copy, copies);
};

const keepAddressSpace = (
	space: AddressSpace,
	entry: Entry | undefined,
	copies: KeptCopies,
): AddressSpace => {
	const objects = space.regions.map(({object}) => object && keepMapped(object, copies));
	// One of the objects may have led back here.
	const now = copies.entries.get(space);
	if (now?.checkpoint === copies.checkpoints) return now.copy as AddressSpace;
	const kept = entry?.copy as AddressSpace | undefined;
	return noteCopy(space, keepSpace(space, objects, kept), copies);
};

const keepMapped = (object: MemoryObject, copies: KeptCopies): MemoryObject =>
	keep(object, copies) as MemoryObject;

/** What is mapped leads to address spaces that lead back to it: it is copied anew. */
const keepMemoryObject = (
	object: MemoryObject,
	entry: Entry | undefined,
	copies: KeptCopies,
): MemoryObject => {
	if (object.isImmutable) return object;
	const kept = entry?.copy as MemoryObject | undefined;
	if (kept && isSameObject(object, kept)) {
		sealMemoryObject(object);
		return noteCopy(object, kept, copies);
	}
	const copy = noteCopy(object, copyOfObject(object), copies);
	for (const space of object.mappers) copy.mappers.push(keep(space, copies) as AddressSpace);
	return copy;
};

const isSameObject = (object: MemoryObject, kept: MemoryObject): boolean =>
	object.mappers.length === 0 &&
	kept.mappers.length === 0 &&
	object.size === kept.size &&
	isSameArray(object.pages, kept.pages) &&
	isSameArray(object.writers, kept.writers);
