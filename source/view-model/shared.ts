// What processes share, or think they share: the watched variables, each with its value, who stored it last and who can
// see it. Two processes that look at the same name but at different memory give two rows: that is the lesson.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import {formatValue} from '../machine/variable-text.js';
import {bytesAt, type FoundVariable, lookUp} from '../machine/variables.js';
import {type AddressSpace, findRegion, pageIndexOf} from '../vm/address-space.js';
import type {MemoryObject} from '../vm/memory-object.js';
import {processName, threadName} from './accounts.js';
import {type Observed, perObservation} from './observed.js';
import {hasObjects, type ObjectView, objectViews} from './shared-objects.js';
import {simplify} from './text-width.js';
import {formatAddress, formatBytes} from './units.js';

export type VariableView = {
	readonly kind: 'variable';
	/** `var:*left`, and the pid where the same name has several places: `var:turn@3`. */
	readonly key: string;
	readonly lvalue: string;
	readonly value: string;
	/** `0x10000000`, or `register`. */
	readonly address: string;
	/** Name of the thread that stored it last; '' if nobody has, or where that is not recorded. */
	readonly writer: string;
	readonly isShared: boolean;
	/** Processes that see this very memory. */
	readonly seenBy: readonly string[];
	/** One process alone sees it, but several of its threads. */
	readonly isAmongThreads: boolean;
	readonly pids: ReadonlySet<number>;
	/** The process through whose eyes it was found, for writing. */
	readonly pid: number;
};

/** A place in memory that processes may have in common. */
type Spot = {
	readonly identity: string;
	readonly isShared: boolean;
	readonly writer: number;
};

export const variableViews = (
	{kernel}: Observed,
	watch: readonly string[],
): readonly VariableView[] => {
	if (watch.length === 0) return [];
	const processes = [...kernel.processes.values()].filter(
		process => process.state === 'alive' && !process.isKernelProcess,
	);
	return watch.flatMap(lvalue => viewsOf(kernel, processes, lvalue));
};

const viewsOf = (
	kernel: Kernel,
	processes: readonly Process[],
	lvalue: string,
): readonly VariableView[] => {
	const rows = new Map<
		string,
		{readonly variable: FoundVariable; readonly spot: Spot; readonly processes: Process[]}
	>();
	for (const process of processes) {
		const variable = lookUp(kernel, process, lvalue);
		if ('error' in variable) continue;
		const spot = spotOf(process, variable);
		const row = rows.get(spot.identity);
		if (row) row.processes.push(process);
		else rows.set(spot.identity, {variable, spot, processes: [process]});
	}
	return [...rows.values()].map(row => {
		const first = row.processes[0]!;
		const bytes = bytesAt(kernel, first, row.variable);
		return {
			kind: 'variable',
			key: rows.size > 1 ? `var:${lvalue}@${first.pid}` : `var:${lvalue}`,
			lvalue,
			value: bytes
				? simplify(formatValue(row.variable.program, row.variable.type, bytes, row.variable.bits))
				: '?',
			address:
				row.variable.place.kind === 'memory'
					? formatAddress(row.variable.place.address)
					: 'register',
			writer: row.spot.writer > 0 ? threadName(kernel, row.spot.writer) : '',
			isShared: row.spot.isShared,
			seenBy: row.processes.map(process => processName(kernel, process.pid)),
			isAmongThreads:
				row.variable.place.kind === 'memory' &&
				row.processes.length === 1 &&
				first.threads.length > 1,
			pids: new Set(row.processes.map(process => process.pid)),
			pid: first.pid,
		};
	});
};

const spotOf = (process: Process, {place}: FoundVariable): Spot => {
	if (place.kind === 'register') {
		return {identity: `register:${place.tid}:${place.word}`, isShared: false, writer: 0};
	}
	const {address} = place;
	const region = findRegion(process.space, address);
	const word = (address >>> 2) & 1023;
	if (region?.isShared && region.object) {
		const page = pageIndexOf(region, address);
		return {
			identity: `object:${region.object.id}:${page}:${address & 4095}`,
			isShared: true,
			writer: region.object.writers[page]?.[word] ?? 0,
		};
	}
	// Threads and vfork(2) share a whole space; its first user names it.
	return {
		identity: `space:${process.pid}:${address}`,
		isShared: false,
		writer: process.space.watchedWriters.get(address >>> 12)?.[word] ?? 0,
	};
};

/** Shared memory objects that several processes have mapped. */
export type SharedMemoryView = {
	readonly kind: 'memory';
	readonly key: string;
	readonly name: string;
	readonly size: number;
	readonly mappers: readonly string[];
	readonly pids: ReadonlySet<number>;
};

export const sharedMemoryViews = perObservation(({kernel}): readonly SharedMemoryView[] =>
	[...kernel.memoryObjects.values()]
		.filter(isMappedShared)
		.map(object => new MemoryRow(kernel, object)),
);

/** Shared memory as it is looked at: thousands may have it mapped. */
class MemoryRow implements SharedMemoryView {
	readonly kind = 'memory';
	readonly key: string;
	readonly name: string;
	readonly size: number;
	readonly #kernel: Kernel;
	readonly #object: MemoryObject;
	#pids: ReadonlySet<number> | undefined;

	constructor(kernel: Kernel, object: MemoryObject) {
		this.#kernel = kernel;
		this.#object = object;
		this.key = `memory:${object.id}`;
		this.name = simplify(object.name);
		this.size = object.size;
	}

	get mappers(): readonly string[] {
		return [...this.pids].map(pid => processName(this.#kernel, pid));
	}

	get pids(): ReadonlySet<number> {
		this.#pids ??= new Set(
			[...this.#kernel.processes.values()].flatMap(process =>
				process.state === 'alive' &&
				!process.isKernelProcess &&
				isMappedBy(this.#object, process.space)
					? [process.pid]
					: [],
			),
		);
		return this.#pids;
	}
}

type Mapping = Process['space']['regions'][number];

const isSharedMemory = (
	region: Mapping,
): region is Mapping & {readonly object: NonNullable<Mapping['object']>} =>
	region.isShared && region.object !== undefined && !region.object.name.startsWith('/dev/shm/sem.');

/** Whether anything is shared besides watched variables: asked with every picture, also when it is not shown. */
export const hasSharedViews = (observed: Observed): boolean =>
	sharedMemoryViews(observed).length > 0 || hasObjects(observed);

const isMappedShared = (object: MemoryObject): boolean =>
	object.mappers.some(space => isMappedBy(object, space));

const isMappedBy = (object: MemoryObject, {regions}: AddressSpace): boolean =>
	regions.some(region => region.object === object && isSharedMemory(region));

export type SharedView = VariableView | SharedMemoryView | ObjectView;

export const sharedViews = (
	observed: Observed,
	watch: readonly string[],
): readonly SharedView[] => {
	const known = kept.get(observed);
	if (known?.watch === watch) return known.views;
	const views = [
		...variableViews(observed, watch),
		...sharedMemoryViews(observed),
		...objectViews(observed),
	];
	kept.set(observed, {watch, views});
	return views;
};

/** The value of a variable or semaphore, how full a queue is, the size of memory and files. */
export const sharedValue = (item: SharedView): string => {
	switch (item.kind) {
		case 'variable':
		case 'semaphore':
			return item.value;
		case 'queue':
			return item.key.startsWith('mq:')
				? `${item.count}/${item.limit}`
				: `${item.count} ${formatBytes(item.size)}/${formatBytes(item.limit)}`;
		case 'memory':
		case 'file':
			return formatBytes(item.size);
	}
};

/** Asked for several times a picture. */
const kept = new WeakMap<
	Observed,
	{readonly watch: readonly string[]; readonly views: readonly SharedView[]}
>();
