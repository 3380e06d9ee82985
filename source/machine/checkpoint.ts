// A checkpoint: a copy of a machine that shares with it what neither changes in place — pages, programs, events. Taking
// one seals the live machine's pages, so that the first store to each copies it; that is all it costs later.
//
// The kernel's state is plain data, so one walk over the object graph copies it; identity is kept (a wait queue that
// two objects refer to is one queue in the copy too). A few types share by their nature and have their own rule.

import type {Program} from '../bytecode/program.js';
import type {PackedProgram} from '../bytecode/program-image.js';
import type {KernelEvent} from '../kernel/events.js';
import type {AddressSpace} from '../vm/address-space.js';
import {sealAddressSpace} from '../vm/address-space.js';
import type {Context} from '../vm/context.js';
import type {MemoryObject} from '../vm/memory-object.js';
import {zeroPage} from '../vm/page.js';
import type {Machine} from './machine.js';

/** Copies a machine. The original goes on as before; the copy is as good as the original. */
export const copyMachine = (machine: Machine): Machine => {
	seal(machine);
	return copyValue(machine, new Map()) as Machine;
};

const seal = ({kernel}: Machine): void => {
	const spaces = new Set<AddressSpace>();
	for (const process of kernel.processes.values()) spaces.add(process.space);
	for (const thread of kernel.threads.values()) spaces.add(thread.context.space);
	for (const space of spaces) {
		sealAddressSpace(space);
		for (const {object} of space.regions) if (object) object.isOwned.fill(0);
	}
	for (const object of kernel.memoryObjects.values()) object.isOwned.fill(0);
};

type Copies = Map<object, unknown>;

const copyValue = (value: unknown, copies: Copies): unknown => {
	if (typeof value !== 'object' || value === null) return value;
	const known = copies.get(value);
	if (known !== undefined) return known;
	if (isShared(value)) return value;
	if (Array.isArray(value)) return copyArray(value, copies);
	if (value instanceof Map) return copyMap(value, copies);
	if (value instanceof Set) return copySet(value, copies);
	if (ArrayBuffer.isView(value)) return copyBytes(value, copies);
	if (isContext(value)) return copyContext(value, copies);
	if (isAddressSpace(value)) return copySpace(value, copies);
	if (isMemoryObject(value)) return copyMemoryObject(value, copies);
	return copyRecord(value as Record<string, unknown>, copies);
};

const copyArray = (array: readonly unknown[], copies: Copies): unknown[] => {
	const copy: unknown[] = new Array(array.length);
	copies.set(array, copy);
	for (let index = 0; index < array.length; index++) {
		const element = array[index];
		copy[index] = typeof element === 'object' ? copyValue(element, copies) : element;
	}
	return copy;
};

const copyMap = (map: ReadonlyMap<unknown, unknown>, copies: Copies): Map<unknown, unknown> => {
	const copy = new Map<unknown, unknown>();
	copies.set(map, copy);
	for (const [key, value] of map) copy.set(copyValue(key, copies), copyValue(value, copies));
	return copy;
};

const copySet = (set: ReadonlySet<unknown>, copies: Copies): Set<unknown> => {
	const copy = new Set<unknown>();
	copies.set(set, copy);
	for (const value of set) copy.add(copyValue(value, copies));
	return copy;
};

const copyBytes = (view: ArrayBufferView, copies: Copies): ArrayBufferView => {
	const copy = (view as Int32Array).slice();
	copies.set(view, copy);
	return copy;
};

const copyRecord = (record: Record<string, unknown>, copies: Copies): Record<string, unknown> => {
	const copy: Record<string, unknown> = {...record};
	copies.set(record, copy);
	for (const key in copy) {
		const value = copy[key];
		if (typeof value === 'object' && value !== null) copy[key] = copyValue(value, copies);
	}
	return copy;
};

/** What no machine ever changes. */
const isShared = (value: object): boolean =>
	value === zeroPage || isProgram(value) || isPackedProgram(value) || isEvent(value);

const isProgram = (value: object): value is Program => 'code' in value && 'switches' in value;

const isPackedProgram = (value: object): value is PackedProgram => 'packedName' in value;

const isEvent = (value: object): value is KernelEvent => 'body' in value && 'cycle' in value;

const isContext = (value: object): value is Context =>
	'threadPointer' in value && 'registers' in value;

const isAddressSpace = (value: object): value is AddressSpace =>
	'directory' in value && 'privateCopies' in value;

const isMemoryObject = (value: object): value is MemoryObject =>
	'isOwned' in value && 'mappers' in value;

/** The registers and their view as doubles stay one memory. */
const copyContext = (context: Context, copies: Copies): Context => {
	const registers = context.registers.slice();
	const copy: Context = {
		...context,
		registers,
		doubles: new Float64Array(registers.buffer),
		calls: context.calls.slice(),
	};
	copies.set(context, copy);
	return Object.assign(copy, {
		space: copyValue(context.space, copies),
		turns: copyValue(context.turns, copies),
	});
};

/** The page table is copied, the pages are shared. */
const copySpace = (space: AddressSpace, copies: Copies): AddressSpace => {
	const copy: AddressSpace = {
		...space,
		directory: space.directory.map(leaf => leaf && [...leaf]),
		regions: [],
		writable: [],
		privateCopies: new Set(space.privateCopies),
		hidden: new Map(space.hidden),
		watched: new Set(space.watched),
		watchedOwned: new Set(),
		watchedWriters: new Map(
			[...space.watchedWriters].map(([page, writers]) => [page, writers.slice()]),
		),
	};
	copies.set(space, copy);
	for (const region of space.regions)
		copy.regions.push({...region, object: copyObject(region.object, copies)});
	return Object.assign(copy, {budget: copyValue(space.budget, copies)});
};

const copyObject = (object: MemoryObject | undefined, copies: Copies): MemoryObject | undefined =>
	object && (copyValue(object, copies) as MemoryObject);

const copyMemoryObject = (object: MemoryObject, copies: Copies): MemoryObject => {
	if (object.isImmutable) return object;
	const copy: MemoryObject = {
		...object,
		pages: [...object.pages],
		isOwned: [...object.isOwned],
		writers: object.writers.map(writers => writers?.slice()),
		mappers: [],
	};
	copies.set(object, copy);
	for (const space of object.mappers) copy.mappers.push(copyValue(space, copies) as AddressSpace);
	return copy;
};
