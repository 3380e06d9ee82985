// One number for the whole state of a machine: two machines that will behave alike from here on have the same. For
// property tests and for recordings, which prove with it that a replay is the same run.

import type {Kernel} from '../kernel/kernel.js';
import {isTimerLive} from '../kernel/time/timer-actions.js';
import type {Timer} from '../kernel/time/timers.js';
import {type AddressSpace, findRegion} from '../vm/address-space.js';
import {leafPages} from '../vm/page-table.js';
import {type Page, pageSize, zeroPage} from '../vm/page.js';
import type {Machine} from './machine.js';

/** FNV-1a over 32-bit words. */
const prime = 0x0100_0193;

const offset = 0x811c_9dc5;
const inProgress = 7;

type Hasher = {hash: number; readonly known: Map<object, number>};

const mix = (hasher: Hasher, word: number): void => {
	hasher.hash = Math.imul(hasher.hash ^ (word & 0xffff), prime);
	hasher.hash = Math.imul(hasher.hash ^ (word >>> 16), prime);
};

const mixString = (hasher: Hasher, text: string): void => {
	for (let index = 0; index < text.length; index++) mix(hasher, text.charCodeAt(index));
	mix(hasher, text.length);
};

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);

const mixNumber = (hasher: Hasher, value: number): void => {
	scratch[0] = value;
	mix(hasher, scratchWords[0]!);
	mix(hasher, scratchWords[1]!);
};

/** Fields that say nothing about what the machine will do: caches, and the log of what it did. */
const ignoredFields = new Set([
	'events',
	'logged',
	'stop',
	'doubles',
	'isOwned',
	'ownedWriters',
	'writable',
	'watchedOwned',
	'watchedVariables',
	'heads',
	'chain',
	'program',
	'programs',
	'output',
]);

const mixValue = (hasher: Hasher, value: unknown): void => {
	if (typeof value === 'number') mixNumber(hasher, value);
	else if (typeof value === 'string') mixString(hasher, value);
	else if (typeof value === 'boolean') mix(hasher, value ? 1 : 2);
	else if (typeof value === 'object' && value !== null) mixObject(hasher, value);
	else mix(hasher, 3);
};

/**
 * An object counts by its contents, wherever it is met: whether two equal values are one object says nothing (a copied
 * machine has its own). Within a cycle the object in progress counts as a constant.
 */
const mixObject = (hasher: Hasher, value: object): void => {
	const known = hasher.known.get(value);
	if (known !== undefined) {
		mix(hasher, known);
		return;
	}
	hasher.known.set(value, inProgress);
	const inner: Hasher = {hash: offset, known: hasher.known};
	mixContents(inner, value);
	hasher.known.set(value, inner.hash);
	mix(hasher, inner.hash);
};

const mixContents = (hasher: Hasher, value: object): void => {
	if (ArrayBuffer.isView(value)) {
		mixBytes(hasher, value);
	} else if ('directory' in value && 'privateCopies' in value) {
		mixSpace(hasher, value as unknown as AddressSpace);
	} else if (Array.isArray(value)) {
		mix(hasher, value.length);
		for (const element of value) mixValue(hasher, element);
	} else if (value instanceof Map) {
		mix(hasher, value.size);
		for (const [key, element] of value) {
			mixValue(hasher, key);
			mixValue(hasher, element);
		}
	} else if (value instanceof Set) {
		mix(hasher, value.size);
		for (const element of value) mixValue(hasher, element);
	} else {
		for (const key of Object.keys(value)) {
			if (ignoredFields.has(key)) continue;
			mixString(hasher, key);
			mixValue(hasher, (value as Record<string, unknown>)[key]);
		}
	}
};

/**
 * The pages that are the space's own. Those of mapped objects count with the objects, and one that has been read from
 * but never changed is as good as one that was never touched: whoever looks at a variable changes nothing.
 */
const mixSpace = (hasher: Hasher, space: AddressSpace): void => {
	mixValue(hasher, space.regions);
	mixNumber(hasher, space.heapEnd);
	mixNumber(hasher, space.privatePages);
	const mixPage = (number: number, page: Page): void => {
		const region = findRegion(space, number * pageSize);
		if (page === zeroPage || (region?.object && !space.privateCopies.has(number))) return;
		mix(hasher, number);
		mixBytes(hasher, page);
	};
	for (const [index, leaf] of space.directory.entries()) {
		for (let slot = 0; leaf && slot < leaf.length; slot += 2) {
			const page = leaf[slot];
			if (page) mixPage(index * leafPages + slot / 2, page);
		}
	}
	for (const [number, page] of space.hidden) mixPage(number, page);
};

const mixBytes = (hasher: Hasher, view: ArrayBufferView): void => {
	if (view instanceof Int32Array) {
		for (let index = 0; index < view.length; index++) mix(hasher, view[index]!);
		return;
	}
	const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
	for (let index = 0; index < bytes.length; index++) mix(hasher, bytes[index]!);
};

/** Timers that no longer apply go when somebody happens to look; the order in the heap says nothing either. */
const liveTimersOf = (kernel: Kernel): readonly Timer[] =>
	kernel.timers
		.filter(({at, action}) => isTimerLive(kernel, at, action))
		.sort((a, b) => a.at - b.at || a.sequence - b.sequence);

/** A hash of everything that decides the machine's future, as 8 hexadecimal digits. */
export const hashMachine = (machine: Machine): string => {
	const hasher: Hasher = {hash: offset, known: new Map()};
	const {kernel} = machine;
	mixValue(hasher, {...machine, kernel: {...kernel, timers: liveTimersOf(kernel)}});
	return (hasher.hash >>> 0).toString(16).padStart(8, '0');
};
