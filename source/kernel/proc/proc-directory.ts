// The directory /proc as it is whatever runs, proc(5): the files that tell of the system as a whole. What comes and goes
// with processes is made in proc-tree.ts.

import {createInode, type Directory, type InodeBody, isDirectory} from '../files/inode.js';
import {systemTexts} from './proc-system-text.js';

/** Inodes of /proc are numbered from here, so that they move no other file's number. */
export const firstInode = 0x5000_0000;
const directoryPermissions = 0o555;
export type Numbering = {next: number};

export const subdirectory = (parent: Directory, name: string, numbering: Numbering): Directory => {
	const known = parent.body.entries.get(name);
	if (known && isDirectory(known)) return known;
	const body: InodeBody = {kind: 'directory', entries: new Map(), parent};
	const directory = createInode(numbering.next++, directoryPermissions, body) as Directory;
	parent.body.entries.set(name, directory);
	parent.links++;
	return directory;
};

export const put = (
	parent: Directory,
	name: string,
	permissions: number,
	body: InodeBody,
	numbering: Numbering,
): void => {
	parent.body.entries.set(name, createInode(numbering.next++, permissions, body));
};

/** Fills the new directory /proc with what is there whatever runs. */
export const fillProc = (proc: Directory, host: string): void => {
	const numbering: Numbering = {next: firstInode + 1};
	for (const path of Object.keys(systemTexts)) {
		const parts = path.split('/');
		const name = parts.pop()!;
		let parent = proc;
		for (const part of parts) parent = subdirectory(parent, part, numbering);
		const body = {kind: 'proc', name: path, pid: 0, tid: 0, host: host} as const;
		put(parent, name, 0o444, body, numbering);
	}
	for (const name of ['self', 'thread-self'])
		put(proc, name, 0o777, {kind: 'symlink', target: ''}, numbering);
};
