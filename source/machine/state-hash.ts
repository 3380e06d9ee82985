// One number for the whole state of a machine: two machines that will behave alike from here on have the same. For
// property tests and for recordings, which prove with it that a replay is the same run.

import {zeroPage} from '../vm/page.js';
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
	'stop',
	'doubles',
	'focus',
	'isOwned',
	'writable',
	'watchedOwned',
	'cache',
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
		mixSpace(hasher, value as unknown as SpaceLike);
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

type SpaceLike = {
	readonly directory: ReadonlyArray<ReadonlyArray<Int32Array | null> | undefined>;
	readonly regions: unknown;
	readonly heapEnd: number;
	readonly privatePages: number;
};

/** A page that has been read from but never changed is as good as one that was never touched. */
const mixSpace = (hasher: Hasher, space: SpaceLike): void => {
	mixValue(hasher, space.regions);
	mixNumber(hasher, space.heapEnd);
	mixNumber(hasher, space.privatePages);
	space.directory.forEach((leaf, index) => {
		leaf?.forEach((page, slot) => {
			if (page === null || page === zeroPage || slot % 2 === 1) return;
			mix(hasher, index * 512 + slot);
			mixBytes(hasher, page);
		});
	});
};

const mixBytes = (hasher: Hasher, view: ArrayBufferView): void => {
	if (view instanceof Int32Array) {
		for (let index = 0; index < view.length; index++) mix(hasher, view[index]!);
		return;
	}
	const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
	for (let index = 0; index < bytes.length; index++) mix(hasher, bytes[index]!);
};

/** A hash of everything that decides the machine's future, as 8 hexadecimal digits. */
export const hashMachine = (machine: Machine): string => {
	const hasher: Hasher = {hash: offset, known: new Map()};
	mixValue(hasher, machine);
	return (hasher.hash >>> 0).toString(16).padStart(8, '0');
};
