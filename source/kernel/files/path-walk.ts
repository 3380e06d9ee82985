// From a path name to an inode, path_resolution(7).

import type {Errno} from '../errno.js';
import type {FileSystem} from './file-system.js';
import {type Directory, type Inode, isDirectory, mayAccess} from './inode.js';

const longestPath = 4096;
const longestName = 255;
/** Symbolic links followed in one walk. */
const linkLimit = 40;

export type Place = {
	/** The directory that holds (or would hold) the last component. */
	readonly parent: Directory;
	/** The last component; '' for the root, and '.' and '..' as they are. */
	readonly name: string;
	/** What is there. */
	readonly inode: Inode | undefined;
	/** Absolute, without `.`, `..` and symbolic links. */
	readonly path: string;
	/** The path ended with a slash: what is there must be a directory. */
	readonly mustBeDirectory: boolean;
};

type Walk = {directory: Directory; path: string[]; links: number};

/** Where a walk begins: a directory and its absolute path. */
export type Start = {readonly directory: Directory; readonly path: string};

export const isError = <T>(value: T | Errno): value is Errno => typeof value === 'string';

/** The parts of an absolute path. */
const partsOf = (path: string): string[] => path.split('/').filter(part => part !== '');

/**
 * Finds a place. The last component may be missing (`inode` undefined), all others must be directories that may be
 * searched. `follow`: a symbolic link as last component is followed.
 */
export const walk = (
	fileSystem: FileSystem,
	start: Start | Errno,
	path: string,
	follow: boolean,
): Place | Errno => {
	if (path === '') return 'ENOENT';
	if (path.length >= longestPath) return 'ENAMETOOLONG';
	if (path.startsWith('/')) {
		return walkFrom(fileSystem, {directory: fileSystem.root, path: [], links: 0}, path, follow);
	}
	if (isError(start)) return start;
	return walkFrom(
		fileSystem,
		{directory: start.directory, path: partsOf(start.path), links: 0},
		path,
		follow,
	);
};

const walkFrom = (
	fileSystem: FileSystem,
	state: Walk,
	path: string,
	follow: boolean,
): Place | Errno => {
	if (path.startsWith('/')) {
		state.directory = fileSystem.root;
		state.path = [];
	}
	const parts = partsOf(path);
	const mustBeDirectory = path.endsWith('/');
	const last = parts.pop();
	for (const part of parts) {
		const problem = enter(fileSystem, state, part);
		if (problem) return problem;
	}
	if (last === undefined)
		return {parent: fileSystem.root, name: '', inode: fileSystem.root, path: '/', mustBeDirectory};
	return lookUpLast(fileSystem, state, last, follow || mustBeDirectory, mustBeDirectory);
};

/** One step down into a directory, through symbolic links. */
const enter = (fileSystem: FileSystem, state: Walk, part: string): Errno | undefined => {
	const found = lookUpLast(fileSystem, state, part, true, false);
	if (isError(found)) return found;
	if (!found.inode) return 'ENOENT';
	if (!isDirectory(found.inode)) return 'ENOTDIR';
	state.directory = found.inode;
	state.path = partsOf(found.path);
	return undefined;
};

const lookUpLast = (
	fileSystem: FileSystem,
	state: Walk,
	name: string,
	follow: boolean,
	mustBeDirectory: boolean,
): Place | Errno => {
	const {directory} = state;
	if (!mayAccess(directory, 1)) return 'EACCES';
	if (name.length > longestName) return 'ENAMETOOLONG';
	if (name === '.') return here(directory, name, directory, state.path, mustBeDirectory);
	if (name === '..') {
		const up = directory.body.parent;
		return here(
			directory,
			name,
			up && isDirectory(up) ? up : directory,
			state.path.slice(0, -1),
			mustBeDirectory,
		);
	}
	const inode = directory.body.entries.get(name);
	if (inode?.body.kind === 'symlink' && follow && inode.body.file === undefined) {
		state.links++;
		if (state.links > linkLimit) return 'ELOOP';
		return walkFrom(
			fileSystem,
			state,
			mustBeDirectory ? `${inode.body.target}/` : inode.body.target,
			true,
		);
	}
	if (mustBeDirectory && inode && !isDirectory(inode)) return 'ENOTDIR';
	return here(directory, name, inode, [...state.path, name], mustBeDirectory);
};

const here = (
	parent: Directory,
	name: string,
	inode: Inode | undefined,
	path: readonly string[],
	mustBeDirectory: boolean,
): Place => ({parent, name, inode, path: `/${path.join('/')}`, mustBeDirectory});

/** Finds what must exist. */
export const find = (
	fileSystem: FileSystem,
	start: Start | Errno,
	path: string,
	follow = true,
): (Place & {readonly inode: Inode}) | Errno => {
	const place = walk(fileSystem, start, path, follow);
	if (isError(place)) return place;
	return place.inode ? {...place, inode: place.inode} : 'ENOENT';
};
