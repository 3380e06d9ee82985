// Where pseudo-terminals are in the file system: opening /dev/ptmx makes one, with its slave as /dev/pts/N until the master is
// closed.

import type {Errno} from '../errno.js';
import {type Directory, createInode, isDirectory} from '../files/inode.js';
import {openFlags} from '../files/open-flags.js';
import {type Kernel, nanoseconds} from '../kernel.js';
import {processOf} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {takeTerminal} from './job-control.js';
import {createPty, type Pty} from './pty.js';
import type {PtyEnd} from './pty-file.js';

/** /proc/sys/kernel/pty/max of a small machine. */
const mostTerminals = 256;
/** Numbers that move no other file's. */
const firstInode = 0x4fff_0400;

const slaveDirectory = (kernel: Kernel, host: string): Directory | undefined => {
	const dev = kernel.hosts.get(host)?.fileSystem.root.body.entries.get('dev');
	const pts = dev && isDirectory(dev) ? dev.body.entries.get('pts') : undefined;
	return pts && isDirectory(pts) ? pts : undefined;
};

/** open(2) of /dev/ptmx: the master of a new terminal. */
export const openMaster = (kernel: Kernel, thread: Thread): PtyEnd | Errno => {
	const {host} = processOf(kernel, thread);
	const directory = slaveDirectory(kernel, host);
	if (!directory) return 'ENODEV';
	let index = 0;
	while (kernel.terminals.has(index)) index++;
	if (index >= mostTerminals) return 'ENOSPC';
	const inode = createInode(
		firstInode + index,
		0o620,
		{kind: 'terminal', index},
		nanoseconds(kernel),
	);
	const pty = createPty(index, host, inode);
	kernel.terminals.set(index, pty);
	directory.body.entries.set(String(index), inode);
	return {kind: 'pty', pty, isMaster: true};
};

/** open(2) of a slave. A session leader without a terminal gets it as its own, unless it says O_NOCTTY. */
export const openSlave = (
	kernel: Kernel,
	thread: Thread,
	pty: Pty | undefined,
	flags: number,
): PtyEnd | Errno => {
	if (!pty?.isMasterOpen || pty.isLocked) return 'EIO';
	pty.slaves++;
	pty.wasOpened = true;
	if ((flags & openFlags.noControllingTerminal) === 0)
		takeTerminal(kernel, processOf(kernel, thread), pty);
	return {kind: 'pty', pty, isMaster: false};
};

/** The master has been closed. */
export const removeSlave = (kernel: Kernel, {host, index}: Pty): void => {
	slaveDirectory(kernel, host)?.body.entries.delete(String(index));
};
