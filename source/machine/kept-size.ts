// What a kept machine takes by itself: all that it does not share with another. Both are gone through side by side, and what
// is the same object in both is not looked into, so that this takes as long as there is news.

import {isNeverChanged} from './copy-machine.js';
import type {Machine} from './machine.js';

/** What the host takes, in bytes, roughly: for an object and each of its fields, for a view of a buffer, for an event. */
const perObject = 24;
const perField = 8;
const perView = 200;
const perEvent = 350;
/** For a map or set, and each entry that it has room for. */
const perTable = 70;
const perEntry = 32;

/** Estimated bytes of a kept machine, without those that it shares with `other`. */
export const bytesBeyond = (machine: Machine, other: Machine | undefined): number => {
	const {events} = machine.kernel;
	const first = other?.kernel.events.count ?? 0;
	const seen = new Set<object>([events]);
	const newEvents = Math.min(events.entries.length, Math.max(0, events.count - first));
	return newEvents * perEvent + bytesOf(machine, other, seen);
};

const bytesOf = (value: unknown, other: unknown, seen: Set<object>): number => {
	if (typeof value !== 'object' || value === null || value === other || seen.has(value)) return 0;
	seen.add(value);
	if (Array.isArray(value)) return bytesOfArray(value, other, seen);
	if (value instanceof Map) return bytesOfMap(value, other, seen);
	if (value instanceof Set) return bytesOfTable(value.size);
	if (ArrayBuffer.isView(value)) return perView + value.byteLength;
	if (isElsewhere(value)) return 0;
	return bytesOfRecord(value as Fields, other, seen);
};

type Fields = Readonly<Record<string, unknown>>;

/** Programs and their images live for as long as the session. */
const isElsewhere = (value: object): boolean =>
	isNeverChanged(value) || (value as {readonly isImmutable?: unknown}).isImmutable === true;

const bytesOfArray = (array: readonly unknown[], other: unknown, seen: Set<object>): number => {
	const others: readonly unknown[] = Array.isArray(other) ? other : [];
	let bytes = perObject + perField * array.length;
	for (let index = 0; index < array.length; index++)
		bytes += bytesOf(array[index], others[index], seen);
	return bytes;
};

const bytesOfTable = (size: number): number =>
	perTable + perEntry * 2 ** Math.ceil(Math.log2(Math.max(4, size)));

const bytesOfMap = (
	map: ReadonlyMap<unknown, unknown>,
	other: unknown,
	seen: Set<object>,
): number => {
	let bytes = bytesOfTable(map.size);
	for (const [key, value] of map)
		bytes += bytesOf(value, other instanceof Map ? other.get(key) : undefined, seen);
	return bytes;
};

const bytesOfRecord = (record: Fields, other: unknown, seen: Set<object>): number => {
	let bytes = perObject;
	for (const key in record)
		bytes += perField + bytesOf(record[key], (other as Fields | undefined)?.[key], seen);
	return bytes;
};
