/**
 * The layout of the data image: string literals and constants, the image of thread-locals and the tables of constructors,
 * read-only; then initialised data; then zeroed data.
 */
import type {ObjectData} from '../../bytecode/object.js';
import {dataBase, textBase, textStride} from '../../bytecode/program.js';
import {roundUp} from '../types/round-up.js';
import {type DataDefinition, type Link, type Unit, resolve} from './link-symbols.js';

export type Layout = {
	readonly bytes: Uint8Array;
	readonly size: number;
	readonly readOnlySize: number;
	/** Bytes of a thread's block of thread-locals. */
	readonly threadSize: number;
};

const pageSize = 4096;

/** Gives each object an offset from `at` on; returns the offset behind them. */
const placeAll = (objects: readonly DataDefinition[], at: number, base: number): number => {
	let offset = at;
	for (const definition of objects) {
		const {size, alignment} = definition.read();
		offset = roundUp(offset, alignment);
		definition.address = base + offset;
		offset += size;
	}

	return offset;
};

/** String literals with equal bytes share one place. */
const placeStrings = (strings: readonly DataDefinition[]): number => {
	const known = new Map<string, number>();
	let offset = 0;
	for (const definition of strings) {
		const {bytes = new Uint8Array(), alignment} = definition.read();
		const key = `${alignment}:${String.fromCharCode(...bytes.subarray(0, 4096))}:${bytes.length}`;
		const shared = bytes.length <= 4096 ? known.get(key) : undefined;
		if (shared !== undefined) {
			definition.address = shared;
			continue;
		}

		offset = roundUp(offset, alignment);
		definition.address = dataBase + offset;
		known.set(key, definition.address);
		offset += bytes.length;
	}

	return offset;
};

export const addressOf = (link: Link, unit: Unit, symbol: number): number => {
	const definition = resolve(link, unit, symbol);
	if (!definition) return link.provided.get(unit.symbols[symbol]!.name) ?? 0;
	if (definition.kind === 'function') return textBase + textStride * definition.number;
	return definition.address;
};

const fill = (link: Link, bytes: Uint8Array, definition: DataDefinition, at: number): void => {
	const object = definition.read();
	if (object.bytes) bytes.set(object.bytes, at);
	const view = new DataView(bytes.buffer);
	for (const {at: offset, symbol, addend} of object.relocations) {
		const address = addressOf(link, definition.unit, symbol) + addend;
		view.setBigInt64(at + offset, BigInt(address), true);
	}
};

export const layOutData = (link: Link): Layout => {
	const section = (...names: ReadonlyArray<ObjectData['section']>): readonly DataDefinition[] =>
		link.data.filter(definition => names.includes(definition.read().section));
	const thread = section('thread');
	const threadSize = roundUp(placeAll(thread, 0, 0), 16);

	let end = placeStrings(section('string'));
	end = placeAll(section('constant'), end, dataBase);
	const threadImage = roundUp(end, 16);
	const startups = (kind: 'constructors' | 'destructors', at: number): number => {
		const name = kind === 'constructors' ? 'init' : 'fini';
		link.provided.set(`__${name}_array_start`, dataBase + at);
		const behind = placeAll(section(kind), at, dataBase);
		link.provided.set(`__${name}_array_end`, dataBase + behind);
		return behind;
	};
	end = startups('constructors', threadImage + threadSize);
	end = startups('destructors', end);
	const readOnlySize = roundUp(end, pageSize);

	const variables = section('data');
	const dataEnd = placeAll(
		variables.filter(({read}) => read().bytes),
		readOnlySize,
		dataBase,
	);
	const size = placeAll(
		variables.filter(({read}) => !read().bytes),
		dataEnd,
		dataBase,
	);

	const text = textBase + textStride * link.functions.length;
	const addresses = {
		__tls_image: dataBase + threadImage,
		__tls_size: threadSize,
		__data_end: dataBase + size,
		_end: dataBase + size,
		end: dataBase + size,
		_edata: dataBase + dataEnd,
		edata: dataBase + dataEnd,
		_etext: text,
		etext: text,
	};
	for (const [name, address] of Object.entries(addresses)) link.provided.set(name, address);

	const bytes = new Uint8Array(dataEnd);
	for (const definition of link.data) {
		const {section: kind, bytes: contents} = definition.read();
		if (kind === 'thread') fill(link, bytes, definition, threadImage + definition.address);
		else if (contents) fill(link, bytes, definition, definition.address - dataBase);
	}

	return {bytes, size, readOnlySize, threadSize};
};
