// What processes share, or think they share: the watched variables, each with its value, who stored it last and who can
// see it. Two processes that look at the same name but at different memory give two rows: that is the lesson.

import type {Kernel} from '../kernel/kernel.js';
import type {Process} from '../kernel/process/process.js';
import {parseLvalue} from '../machine/lvalue.js';
import {formatValue} from '../machine/variable-text.js';
import {bytesAt, type FoundVariable, resolve, sizeOf} from '../machine/variables.js';
import {type AddressSpace, findRegion, pageIndexOf} from '../vm/address-space.js';
import type {MemoryObject} from '../vm/memory-object.js';
import {processName, threadName} from './accounts.js';
import {type Language, say} from './language.js';
import {type LazyNames, lazyNames} from './lazy-names.js';
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
	/** Names of the threads that stored what stands there, '' for somebody outside; none where that is not recorded. */
	readonly writers: readonly string[];
	readonly isShared: boolean;
	/** Processes that see this very memory. */
	readonly seenBy: LazyNames;
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

/** A variable at one place, and the processes that see that. */
type Found = {
	readonly variable: FoundVariable;
	readonly spot: Spot;
	readonly processes: Process[];
};

const viewsOf = (
	kernel: Kernel,
	processes: readonly Process[],
	lvalue: string,
): readonly VariableView[] => {
	const rows = new Map<string, Found>();
	const parsed = parseLvalue(lvalue);
	if ('error' in parsed) return [];
	for (const process of processes) {
		const variable = resolve(kernel, process, parsed);
		if ('error' in variable) continue;
		const spot = spotOf(process, variable);
		const row = rows.get(spot.identity);
		if (row) row.processes.push(process);
		else rows.set(spot.identity, {variable, spot, processes: [process]});
	}
	return [...rows.values()].map(
		row => new VariableRow(kernel, lvalue, row, rows.size > 1 ? `@${row.processes[0]!.pid}` : ''),
	);
};

/** A variable as it is looked at: thousands of processes may have one of their own. */
class VariableRow implements VariableView {
	readonly kind = 'variable';
	readonly key: string;
	readonly lvalue: string;
	readonly isShared: boolean;
	readonly pid: number;
	readonly #kernel: Kernel;
	readonly #variable: FoundVariable;
	readonly #processes: readonly Process[];
	#value: string | undefined;

	constructor(kernel: Kernel, lvalue: string, {variable, spot, processes}: Found, suffix: string) {
		this.key = `var:${lvalue}${suffix}`;
		this.lvalue = lvalue;
		this.isShared = spot.isShared;
		this.pid = processes[0]!.pid;
		this.#kernel = kernel;
		this.#variable = variable;
		this.#processes = processes;
	}

	get value(): string {
		if (this.#value !== undefined) return this.#value;
		const {program, type, bits} = this.#variable;
		const bytes = bytesAt(this.#kernel, this.#processes[0]!, this.#variable);
		this.#value = bytes ? simplify(formatValue(program, type, bytes, bits)) : '?';
		return this.#value;
	}

	get address(): string {
		const {place} = this.#variable;
		return place.kind === 'memory' ? formatAddress(place.address) : 'register';
	}

	get writers(): readonly string[] {
		return lastWriters(this.#processes[0]!, this.#variable).map(tid =>
			tid < 0 ? '' : threadName(this.#kernel, tid),
		);
	}

	get seenBy(): LazyNames {
		return lazyNames(this.#processes, ({pid}) => processName(this.#kernel, pid));
	}

	get isAmongThreads(): boolean {
		const [first, ...others] = this.#processes;
		return (
			this.#variable.place.kind === 'memory' && others.length === 0 && first!.threads.length > 1
		);
	}

	get pids(): ReadonlySet<number> {
		return new Set(this.#processes.map(({pid}) => pid));
	}
}

const spotOf = (process: Process, {place}: FoundVariable): Spot => {
	if (place.kind === 'register') {
		return {identity: `register:${place.tid}:${place.word}`, isShared: false};
	}
	const {address} = place;
	const region = findRegion(process.space, address);
	if (region?.isShared && region.object) {
		const page = pageIndexOf(region, address);
		return {
			identity: `object:${region.object.id}:${page}:${address & 4095}`,
			isShared: true,
		};
	}
	// Threads and vfork(2) share a whole space; its first user names it.
	return {identity: `space:${process.pid}:${address}`, isShared: false};
};

/** Words of a variable that are asked for their writers: those whose values are read. */
const askedWords = 64;

/** Who stored the words of a variable last, each once: threads, and a negative number for somebody outside. */
const lastWriters = ({space}: Process, {place, type}: FoundVariable): readonly number[] => {
	if (place.kind === 'register') return [];
	const {address} = place;
	const region = findRegion(space, address);
	const found = new Set<number>();
	const size = Math.min(4 * askedWords, sizeOf(type));
	for (let at = address & ~3; at < address + size; at += 4) {
		const writers =
			region?.isShared && region.object
				? region.object.writers[pageIndexOf(region, at)]
				: space.watchedWriters.get(at >>> 12);
		const writer = writers?.[(at >>> 2) & 1023] ?? 0;
		if (writer !== 0) found.add(writer);
	}
	return [...found];
};

/** `writer(3)`, `you`; '' where nobody is known. */
export const writersText = ({writers}: VariableView, language: Language): string =>
	writers.map(name => (name === '' ? say(language, 'shared.you') : name)).join(' ');

/** Shared memory objects that several processes have mapped. */
export type SharedMemoryView = {
	readonly kind: 'memory';
	readonly key: string;
	readonly name: string;
	readonly size: number;
	readonly mappers: LazyNames;
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

	get mappers(): LazyNames {
		return lazyNames([...this.pids], pid => processName(this.#kernel, pid));
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
export const sharedValue = (item: SharedView, language: Language): string => {
	switch (item.kind) {
		case 'variable':
		case 'semaphore':
			return item.value;
		case 'queue':
			return item.key.startsWith('mq:')
				? `${item.count}/${item.limit}`
				: say(language, item.count === 1 ? 'shared.message' : 'shared.messages', {
						count: item.count,
						size: formatBytes(item.size),
						limit: formatBytes(item.limit),
					});
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
