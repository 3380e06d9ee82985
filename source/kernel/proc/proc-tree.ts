// The tree of /proc, proc(5). Its entries are made when a path leads there, for the processes that are there then; of a
// process only the directory that is asked for is filled. Nothing can be made or removed in it.

import type {FileSystem} from '../files/file-system.js';
import {type Directory, isDirectory} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import {channelOf, type OpenFile, statusOf} from '../files/open-file.js';
import {firstInode, type Numbering, put, subdirectory} from './proc-directory.js';
import {processTexts, threadFiles} from './proc-process-text.js';
import type {Process} from '../process/process.js';

const inodesPerProcess = 4096;
const socketType = 0o140000;
const typeMask = 0o170000;

/** Makes /proc say what is so now, as far as this absolute path goes into it. `tid`: who looks. */
export const refreshProc = (
	kernel: Kernel,
	fileSystem: FileSystem,
	process: Process,
	tid: number,
	path: string,
): void => {
	const {proc} = fileSystem;
	listProcesses(kernel, fileSystem, proc);
	const numbering: Numbering = {next: firstInode + 500};
	put(proc, 'self', 0o777, {kind: 'symlink', target: String(process.pid)}, numbering);
	const own = `${process.pid}/task/${tid}`;
	put(proc, 'thread-self', 0o777, {kind: 'symlink', target: own}, numbering);
	for (const part of path.split('/')) {
		const pid = part === 'self' || part === 'thread-self' ? process.pid : Number(part);
		const target = /^[0-9]+$|self$/.test(part) ? kernel.processes.get(pid) : undefined;
		const directory = proc.body.entries.get(String(pid));
		if (!target || !directory || !isDirectory(directory)) continue;
		fillProcess(kernel, fileSystem.host, target, directory);
		return;
	}
};

const listProcesses = (kernel: Kernel, {host}: FileSystem, proc: Directory): void => {
	for (const name of [...proc.body.entries.keys()]) {
		if (!/^[0-9]/.test(name)) continue;
		const process = kernel.processes.get(Number(name));
		if (process && process.state !== 'gone') continue;
		proc.body.entries.delete(name);
		proc.links--;
	}
	for (const process of kernel.processes.values()) {
		if (process.state === 'gone' || process.host !== host) continue;
		subdirectory(proc, String(process.pid), {
			next: firstInode + inodesPerProcess * process.pid,
		});
	}
};

const fillProcess = (
	kernel: Kernel,
	host: string,
	process: Process,
	directory: Directory,
): void => {
	const {pid} = process;
	const numbering: Numbering = {next: directory.number + 1};
	const link = (parent: Directory, name: string, target: string, file?: number): void =>
		put(
			parent,
			name,
			0o777,
			{kind: 'symlink', target, ...(file !== undefined && {file})},
			numbering,
		);
	for (const name of Object.keys(processTexts))
		put(directory, name, 0o444, {kind: 'proc', name, pid, tid: pid, host}, numbering);
	link(directory, 'cwd', process.fs.workingDirectory);
	link(directory, 'root', '/');
	link(directory, 'exe', process.executable);
	const descriptors = subdirectory(directory, 'fd', numbering);
	descriptors.body.entries.clear();
	process.descriptors.forEach((slot, number) => {
		if (slot) link(descriptors, String(number), nameOf(kernel, slot.file), slot.file.id);
	});
	const tasks = subdirectory(directory, 'task', numbering);
	tasks.body.entries.clear();
	for (const tid of process.threads) {
		const task = subdirectory(tasks, String(tid), numbering);
		for (const name of threadFiles)
			put(task, name, 0o444, {kind: 'proc', name, pid, tid, host}, numbering);
	}
};

/** What the link of a descriptor says: a path, or `pipe:[7]`, `socket:[8]`, `anon_inode:[eventpoll]`. */
const nameOf = (kernel: Kernel, file: OpenFile): string => {
	const channel = channelOf(file);
	const status = statusOf(kernel, file);
	const [kind = '', rest = ''] = [
		channel.slice(0, channel.indexOf(':')),
		channel.slice(channel.indexOf(':') + 1),
	];
	if (rest.startsWith('/') && kind !== 'unix')
		return status.links === 0 ? `${rest} (deleted)` : rest;
	if (file.thing.kind === 'pty')
		return file.thing.isMaster ? '/dev/ptmx' : `/dev/pts/${file.thing.pty.index}`;
	if (file.thing.kind === 'console')
		return kernel.console.isTerminal[file.thing.stream]
			? '/dev/tty'
			: `pipe:[${file.thing.stream + 1}]`;
	if ((status.mode & typeMask) === socketType) return `socket:[${status.inode}]`;
	if (kind === 'pipe') return `pipe:[${status.inode}]`;
	return `anon_inode:[${kind === 'epoll' ? 'eventpoll' : kind}]`;
};
