// The file system of a host: a tree of inodes in memory, with a disk behind the regular files that the scenario gives.
// Nothing of the real machine is in it.

import {createMemoryObject, type MemoryObject, writeObject} from '../../vm/memory-object.js';
import {type BlockDevice, createBlockDevice} from './block-device.js';
import {blockSize} from './cached-blocks.js';
import type {Errno} from '../errno.js';
import {
	createInode,
	createRegularBody,
	type DeviceName,
	type Directory,
	type Inode,
	type InodeBody,
	isDirectory,
	mayAccess,
} from './inode.js';
import {type Kernel, nanoseconds} from '../kernel.js';
import {find, isError} from './path-walk.js';
import {fillProc} from '../proc/proc-directory.js';
import type {Process} from '../process/process.js';

export type FileSystem = {
	/** Name of its host. */
	readonly host: string;
	readonly root: Directory;
	/** /proc, which is made anew whenever a path leads there. */
	readonly proc: Directory;
	readonly device: BlockDevice;
	nextInode: number;
};

/** Numbers that move no other file's. */
const procInode = 0x5000_0000;
const firstLinkInode = 0x4fff_0000;

/** What /dev has for the descriptors of whoever looks. */
const standardLinks = [
	['fd', '/proc/self/fd'],
	['stdin', '/proc/self/fd/0'],
	['stdout', '/proc/self/fd/1'],
	['stderr', '/proc/self/fd/2'],
] as const;

/** A file system with the usual directories and devices and nothing else. */
export const createFileSystem = (host: string): FileSystem => {
	const root = createDirectory(2, 0o755, undefined);
	const fileSystem: FileSystem = {
		host,
		root,
		proc: createDirectory(procInode, 0o555, root),
		device: createBlockDevice(),
		nextInode: 11,
	};
	for (const name of ['bin', 'home', 'usr', 'var', 'etc'])
		makeDirectory(fileSystem, root, name, 0o755);
	makeDirectory(fileSystem, root.body.entries.get('home') as Directory, 'user', 0o755);
	makeDirectory(fileSystem, root, 'tmp', 0o1777);
	const dev = makeDirectory(fileSystem, root, 'dev', 0o755);
	makeDirectory(fileSystem, dev, 'shm', 0o1777);
	makeDirectory(fileSystem, dev, 'mqueue', 0o1777);
	for (const device of [
		'null',
		'zero',
		'full',
		'random',
		'urandom',
		'tty',
		'radio',
	] satisfies DeviceName[]) {
		addEntry(fileSystem, dev, device, 0o666, {kind: 'device', device});
	}
	addTerminals(dev);
	for (const [name, target] of standardLinks)
		dev.body.entries.set(
			name,
			createInode(firstLinkInode + Number(target.at(-1)!.charCodeAt(0)), 0o777, {
				kind: 'symlink',
				target,
			}),
		);
	addAccounts(root.body.entries.get('etc') as Directory);
	(root.body.entries.get('usr') as Directory).body.entries.set(
		'bin',
		createInode(firstLinkInode + 0x100, 0o777, {kind: 'symlink', target: '/bin'}),
	);
	root.body.entries.set('proc', fileSystem.proc);
	root.links++;
	fillProc(fileSystem.proc, host);
	return fileSystem;
};

/** /dev/ptmx, and the directory where its slaves appear. */
const addTerminals = (dev: Directory): void => {
	const master = {kind: 'device', device: 'ptmx'} as const;
	dev.body.entries.set('ptmx', createInode(firstLinkInode + 0x300, 0o666, master));
	dev.body.entries.set('pts', createDirectory(firstLinkInode + 0x301, 0o755, dev));
	dev.links++;
};

/** passwd(5) and group(5): what getpwuid(3) knows. The superuser's, so nobody writes to them. */
const accounts = [
	['passwd', 'root:x:0:0:root:/root:/bin/sh\nuser:x:1000:1000::/home/user:/bin/sh\n'],
	['group', 'root:x:0:\nuser:x:1000:\n'],
] as const;

const addAccounts = (etc: Directory): void => {
	for (const [index, [name, text]] of accounts.entries()) {
		const contents = createMemoryObject(0, `/etc/${name}`, 0, true);
		writeObject(contents, 0, new TextEncoder().encode(text));
		const body = {kind: 'file', contents, blocks: undefined, program: undefined} as const;
		etc.body.entries.set(name, createInode(firstLinkInode + 0x200 + index, 0o444, body));
	}
};

const createDirectory = (
	number: number,
	permissions: number,
	parent: Inode | undefined,
	now = 0,
): Directory =>
	createInode(
		number,
		permissions,
		{kind: 'directory', entries: new Map(), parent},
		now,
	) as Directory;

/** Makes a directory in `parent`; the name must be free. */
export const makeDirectory = (
	fileSystem: FileSystem,
	parent: Directory,
	name: string,
	permissions: number,
	now = 0,
): Directory => {
	const directory = createDirectory(fileSystem.nextInode++, permissions, parent, now);
	parent.body.entries.set(name, directory);
	parent.links++;
	return directory;
};

/** Makes a thing in `parent`; the name must be free. */
export const addEntry = (
	fileSystem: FileSystem,
	parent: Directory,
	name: string,
	permissions: number,
	body: InodeBody,
	now = 0,
): Inode => {
	const inode = createInode(fileSystem.nextInode++, permissions, body, now);
	parent.body.entries.set(name, inode);
	return inode;
};

/** Whether files in this directory live in memory only: /dev/shm and below. */
export const isVolatile = (fileSystem: FileSystem, directory: Directory): boolean => {
	const dev = fileSystem.root.body.entries.get('dev');
	for (
		let place: Inode | undefined = directory;
		place;
		place = place.body.kind === 'directory' ? place.body.parent : undefined
	) {
		if (place === dev) return true;
	}
	return false;
};

/** Makes the directories of an absolute path that are missing. Undefined if something else is in the way. */
export const ensureDirectory = (fileSystem: FileSystem, path: string): Directory | undefined => {
	let place = fileSystem.root;
	for (const name of path.split('/').filter(part => part !== '')) {
		const next = place.body.entries.get(name);
		if (next && !isDirectory(next)) return undefined;
		place = next ?? makeDirectory(fileSystem, place, name, 0o755);
	}
	return place;
};

/** Puts a regular file there, as the scenario gives it: cold files are on the disk and not in the page cache. */
export const addRegularFile = (
	kernel: Kernel,
	fileSystem: FileSystem,
	path: string,
	bytes: Uint8Array,
	options: {
		readonly isCold?: boolean;
		readonly permissions?: number;
		readonly program?: string;
	} = {},
): boolean => {
	const cut = path.lastIndexOf('/');
	const parent = ensureDirectory(fileSystem, path.slice(0, cut));
	const name = path.slice(cut + 1);
	if (!parent || name === '' || parent.body.entries.has(name)) return false;
	const body = createRegularBody(kernel, path, !isVolatile(fileSystem, parent), options.program);
	writeObject(body.contents, 0, bytes);
	for (let block = 0; options.isCold && block * blockSize < bytes.length; block++)
		body.blocks?.cold.add(block);
	addEntry(fileSystem, parent, name, options.permissions ?? 0o644, body, nanoseconds(kernel));
	return true;
};

/** Makes a program visible as an executable file. Its text is the machine's, so the file is empty. */
export const addProgramFile = (kernel: Kernel, fileSystem: FileSystem, path: string): boolean =>
	addRegularFile(kernel, fileSystem, path, new Uint8Array(0), {permissions: 0o755, program: path});

/** Inodes of the tools are numbered from here, so that they move no other file's number. */
const firstToolInode = 0x4000_0000;

/**
 * Makes a tool of /bin visible as an executable file. Its contents are shared with all checkpoints, and it takes neither
 * an object id nor a number that a scenario's files would have.
 */
export const addToolFile = (fileSystem: FileSystem, path: string, index: number): void => {
	const cut = path.lastIndexOf('/');
	const parent = ensureDirectory(fileSystem, path.slice(0, cut));
	const name = path.slice(cut + 1);
	if (!parent || parent.body.entries.has(name)) return;
	const contents = createMemoryObject(0, path, 0, true);
	const body = {kind: 'file', contents, blocks: undefined, program: path} as const;
	parent.body.entries.set(name, createInode(firstToolInode + index, 0o755, body));
};

/** A place in the tree and its path. */
export type Found = {readonly path: string; readonly inode: Inode};

/** Every inode below the root with its path, directories before what is in them. For the panes. */
export const listTree = (fileSystem: FileSystem): readonly Found[] => {
	const result: Found[] = [];
	const visit = (directory: Directory, prefix: string): void => {
		for (const [name, inode] of directory.body.entries) {
			result.push({path: `${prefix}/${name}`, inode});
			if (isDirectory(inode) && inode !== fileSystem.proc) visit(inode, `${prefix}/${name}`);
		}
	};
	visit(fileSystem.root, '');
	return result;
};

/** What execve(2) finds at an absolute path: the name of a program, or a file that may be a script, or why there is none. */
export const findExecutable = (
	fileSystem: FileSystem,
	path: string,
):
	| {readonly kind: 'program'; readonly program: string; readonly path: string}
	| {readonly kind: 'file'; readonly contents: MemoryObject}
	| {readonly kind: 'failed'; readonly errno: Errno} => {
	const place = find(fileSystem, {directory: fileSystem.root, path: '/'}, path);
	if (isError(place)) return {kind: 'failed', errno: place};
	const {body} = place.inode;
	if (body.kind !== 'file' || !mayAccess(place.inode, 1)) return {kind: 'failed', errno: 'EACCES'};
	if (body.program === undefined) return {kind: 'file', contents: body.contents};
	return {kind: 'program', program: body.program, path: place.path};
};

/** The absolute path of a process' relative or absolute one, by its text alone. */
export const absolutePath = (process: Process, path: string): string => {
	const parts: string[] = [];
	for (const part of (path.startsWith('/') ? path : `${process.fs.workingDirectory}/${path}`).split(
		'/',
	)) {
		if (part === '' || part === '.') continue;
		if (part === '..') parts.pop();
		else parts.push(part);
	}
	return `/${parts.join('/')}`;
};
