// Regular files as the Shared pane lists them: those that are open, with who stands where in them and who has locked what,
// and those that lie there for others to open. A file keeps its bytes when nobody has it open; that is what it is for.

import type {Directory, Inode} from '../kernel/files/inode.js';
import type {Kernel} from '../kernel/kernel.js';
import type {OpenFile} from '../kernel/files/open-file.js';
import {type MemoryObject, readObject} from '../vm/memory-object.js';
import {processName} from './accounts.js';
import {descriptorIndex} from './channels.js';
import {escapeBytes} from './escape.js';
import {type LazyNames, lazyNames} from './lazy-names.js';
import type {Observed} from './observed.js';
import type {ObjectView, UserGroup} from './object-view.js';
import {sleepers} from './sleepers.js';
import {simplify} from './text-width.js';

/** What sem_open(3) puts before the name of a semaphore in /dev/shm. */
export const semaphorePrefix = 'sem.';

type RegularFile = {
	readonly inode: Inode;
	readonly path: string;
	readonly contents: MemoryObject;
	/** Its open file descriptions that somebody has a descriptor of. */
	readonly opened: OpenFile[];
};

export const fileViews = (observed: Observed): readonly ObjectView[] =>
	regularFiles(observed).map(file => new FileRow(observed.kernel, file));

/** What is in the file that goes by a key; undefined where it is gone. */
export const fileContents = (observed: Observed, key: string): MemoryObject | undefined =>
	regularFiles(observed).find(({path}) => keyOf(path) === key)?.contents;

const keyOf = (path: string): string => `file:${path}`;

/** Open files in the order in which they were opened, then the others. */
const regularFiles = ({kernel}: Observed): readonly RegularFile[] => {
	const found = new Map<Inode, RegularFile>();
	for (const file of kernel.openFiles.values()) {
		const {thing} = file;
		if (thing.kind !== 'file' || !isShown(file)) continue;
		if (!descriptorIndex(kernel).has(file.id)) continue;
		const {inode, path, body} = thing;
		const known = found.get(inode);
		if (known) known.opened.push(file);
		else found.set(inode, {inode, path, contents: body.contents, opened: [file]});
	}
	for (const {inode, path, contents} of filesLying(kernel))
		if (!found.has(inode)) found.set(inode, {inode, path, contents, opened: []});
	return [...found.values()];
};

/** Whether there is one of them: asked with every picture. */
export const hasFiles = (kernel: Kernel): boolean => {
	for (const file of kernel.openFiles.values()) if (isShown(file)) return true;
	return !filesLying(kernel).next().done;
};

const isShown = ({thing}: OpenFile): boolean =>
	thing.kind === 'file' && !thing.path.startsWith(`/dev/shm/${semaphorePrefix}`);

/** Directories of the system: what is in them was there before the programs. */
const systemDirectories: ReadonlySet<string> = new Set(['bin', 'dev', 'etc', 'proc', 'usr']);

/** Files that are listed though nobody has them open: as many as anybody reads. */
const listedFiles = 100;

type Lying = Pick<RegularFile, 'inode' | 'path' | 'contents'>;

/** Files of the programs and of the scenario, open or not; programs themselves are none of them. */
function* filesLying(kernel: Kernel): Generator<Lying, void> {
	let count = 0;
	for (const host of kernel.hosts.values()) {
		for (const file of filesIn(host.fileSystem.root, '', systemDirectories)) {
			if (count++ >= listedFiles) return;
			yield file;
		}
	}
}

function* filesIn(
	{body}: Directory,
	path: string,
	skipped: ReadonlySet<string>,
): Generator<Lying, void> {
	for (const [name, inode] of body.entries) {
		if (skipped.has(name)) continue;
		const place = `${path}/${name}`;
		if (inode.body.kind === 'file' && inode.body.program === undefined)
			yield {inode, path: place, contents: inode.body.contents};
		else if (inode.body.kind === 'directory')
			yield* filesIn({...inode, body: inode.body}, place, nothingSkipped);
	}
}

const nothingSkipped: ReadonlySet<string> = new Set();

/** Bytes of a file that a row shows. */
export const shownBytes = 60;

/** A file as it is looked at: thousands may have it open, and few names fit into a row. */
class FileRow implements ObjectView {
	readonly kind = 'file';
	readonly key: string;
	readonly name: string;
	readonly value = '';
	readonly count = 0;
	readonly limit = 0;
	readonly #kernel: Kernel;
	readonly #file: RegularFile;

	constructor(kernel: Kernel, file: RegularFile) {
		this.#kernel = kernel;
		this.#file = file;
		this.key = keyOf(file.path);
		this.name = simplify(this.key);
	}

	get size(): number {
		return this.#file.contents.size;
	}

	get text(): string {
		return lockTexts(this.#kernel, this.#file.inode).join(', ');
	}

	get bytes(): string {
		return escapeBytes(readObject(this.#file.contents, 0, Math.min(this.size, shownBytes)));
	}

	get users(): readonly UserGroup[] {
		const index = descriptorIndex(this.#kernel);
		return this.#file.opened.map(file => ({
			names: lazyNames(
				index.get(file.id) ?? [],
				({pid, fd}) => `${processName(this.#kernel, pid)}:${fd}`,
			),
			place: `@${file.offset}`,
		}));
	}

	get blocked(): LazyNames {
		return this.#waiting?.blocked ?? [];
	}

	get pids(): ReadonlySet<number> {
		const index = descriptorIndex(this.#kernel);
		const holders = this.#file.opened.flatMap(({id}) => index.get(id) ?? []);
		return new Set([...holders.map(({pid}) => pid), ...(this.#waiting?.pids ?? [])]);
	}

	get offsets(): readonly number[] {
		return [...new Set(this.#file.opened.map(({offset}) => offset))];
	}

	get #waiting(): ReturnType<typeof sleepers> | undefined {
		const {locks} = this.#file.inode;
		return locks && sleepers(this.#kernel, locks.flockQueue, locks.recordQueue);
	}
}

/** `flock exclusive writer(3)`, `lock write 0–9 writer(3)`. */
const lockTexts = (kernel: Kernel, {locks}: Inode): readonly string[] => {
	if (!locks) return [];
	const owner = (id: number): string => (id > 0 ? processName(kernel, id) : `#${-id}`);
	return [
		...locks.flocks.map(
			({isExclusive, pid}) => `flock ${isExclusive ? 'exclusive' : 'shared'} ${owner(pid)}`,
		),
		...locks.records.map(
			({type, start, end, owner: id}) =>
				`lock ${type} ${start}–${Number.isFinite(end) ? end - 1 : ''} ${owner(id)}`,
		),
	];
};
