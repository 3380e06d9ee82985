// What happens to files, told to those who watch them: fs/notify of Linux. An event goes to the watches of the inode itself,
// and with the entry's name to those of the directories that have it.

import {inodeOf} from '../files/file-locks.js';
import {type Directory, type Inode, isDirectory} from '../files/inode.js';
import type {OpenFile} from '../files/open-file.js';
import type {Kernel} from '../kernel.js';
import {dropWatch, inotifyBits, queueEvent, type Watch} from './inotify.js';

const tell = (
	kernel: Kernel,
	watch: Watch,
	bit: number,
	inode: Inode,
	name: string,
	cookie = 0,
): void => {
	if ((watch.mask & bit) === 0) return;
	const isAboutSelf = bit === inotifyBits.deleteSelf || bit === inotifyBits.moveSelf;
	const kind = isDirectory(inode) && !isAboutSelf ? inotifyBits.isDirectory : 0;
	queueEvent(kernel, watch.owner, {watch: watch.number, mask: bit | kind, cookie, name});
	if (watch.mask >= inotifyBits.oneShot) dropWatch(kernel, watch);
};

/** An entry of a directory has come, gone or moved. */
export const notifyEntry = (
	kernel: Kernel,
	directory: Inode,
	bit: number,
	name: string,
	inode: Inode,
	cookie = 0,
): void => {
	for (const watch of kernel.watches)
		if (watch.inode === directory) tell(kernel, watch, bit, inode, name, cookie);
};

/** Something has happened to an inode that only its own watches hear of. */
export const notifySelf = (kernel: Kernel, inode: Inode, bit: number): void => {
	for (const watch of kernel.watches)
		if (watch.inode === inode) tell(kernel, watch, bit, inode, '');
};

/**
 * Something has happened to an inode that its directory's watches hear of, too. `path`: the one by which it was found, which
 * tells the names of a file with several apart.
 */
export const notifyInode = (kernel: Kernel, inode: Inode, bit: number, path = ''): void => {
	if (kernel.watches.length === 0) return;
	const wanted = path.slice(path.lastIndexOf('/') + 1);
	for (const watch of kernel.watches) {
		if ((watch.mask & bit) === 0 || !isDirectory(watch.inode)) continue;
		const name = entryNameOf(watch.inode, inode, wanted);
		if (name !== undefined) tell(kernel, watch, bit, inode, name);
	}
	notifySelf(kernel, inode, bit);
};

const entryNameOf = (
	{body: {entries}}: Directory,
	inode: Inode,
	wanted: string,
): string | undefined => {
	if (entries.get(wanted) === inode) return wanted;
	for (const [name, entry] of entries) if (entry === inode) return name;
	return undefined;
};

/** The same for the inode behind an open file; what has none, or is no file's, tells nobody. */
export const notifyFile = (kernel: Kernel, file: OpenFile, bit: number): void => {
	if (kernel.watches.length === 0) return;
	const inode = inodeOf(file);
	if (inode) notifyInode(kernel, inode, bit, 'path' in file.thing ? file.thing.path : '');
};

/** A name or an open file has gone: with the last of both the inode ends, and its watches with it. */
export const notifyIfGone = (kernel: Kernel, inode: Inode): void => {
	if (inode.links > 0 || !kernel.watches.some(watch => watch.inode === inode)) return;
	for (const file of kernel.openFiles.values()) if (inodeOf(file) === inode) return;
	notifySelf(kernel, inode, inotifyBits.deleteSelf);
	for (const watch of kernel.watches) if (watch.inode === inode) dropWatch(kernel, watch);
};
