// Files through their system calls: offsets, names, errors in Linux's order, the disk, locks.

import {beforeEach, describe, expect, test} from 'vitest';
import {blockDeviceCalls} from '../../source/kernel/files/block-device.js';
import {closeAllDescriptors, forkDescriptors} from '../../source/kernel/process/descriptors.js';
import {addRegularFile} from '../../source/kernel/files/file-system.js';
import {injectWrite} from '../../source/kernel/injection.js';
import type {Kernel} from '../../source/kernel/kernel.js';
import {directoryCalls} from '../../source/kernel/syscalls/directories.js';
import {fileCalls} from '../../source/kernel/syscalls/files.js';
import {pipeCalls} from '../../source/kernel/syscalls/pipes.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {readBytes, readInt32, writeBytes} from '../../source/vm/memory.js';
import {
	addTestProcess,
	callNow,
	createTestKernel,
	isBlocked,
	makeCall,
	putString,
	scratch,
} from './kernel-fixture.js';

const O_RDWR = 2;
const O_WRONLY = 1;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const O_NONBLOCK = 0o4000;
const O_SYNC = 0o4010000;

let kernel: Kernel;
let thread: Thread;

beforeEach(() => {
	kernel = createTestKernel();
	thread = addTestProcess(kernel);
});

const calls = {...fileCalls, ...directoryCalls, ...pipeCalls};
const call = (name: string, ...args: readonly number[]): number | string =>
	callNow(kernel, thread, calls[name], ...args);
const open = (path: string, flags: number, mode = 0o600): number | string =>
	call('open', putString(thread, path), flags, mode);
const write = (descriptor: number | string, text: string): number | string => {
	writeBytes(thread.context, scratch, new TextEncoder().encode(text));
	return call('write', Number(descriptor), scratch, text.length);
};
const read = (descriptor: number | string, count: number): string => {
	const result = call('read', Number(descriptor), scratch, count);
	return typeof result === 'string'
		? result
		: new TextDecoder().decode(readBytes(thread.context.space, scratch, result));
};

describe('a regular file', () => {
	test('has one offset per open, moved by reads, writes and lseek', () => {
		const a = Number(open('/t', O_RDWR | O_CREAT));
		const b = Number(open('/t', 0));
		expect(write(a, 'abcdef')).toBe(6);
		expect(read(b, 3)).toBe('abc');
		expect(read(a, 3)).toBe('');
		expect(call('lseek', a, -2, 1)).toBe(4);
		expect(read(a, 9)).toBe('ef');
		expect(read(b, 9)).toBe('def');
		expect(call('lseek', a, -7, 2)).toBe('EINVAL');
	});

	test('has holes that read as zero bytes', () => {
		const a = Number(open('/t', O_RDWR | O_CREAT));
		call('lseek', a, 5000, 0);
		write(a, 'x');
		expect(call('lseek', a, 0, 2)).toBe(5001);
		call('lseek', a, 4998, 0);
		expect(read(a, 10)).toBe('\0\0x');
	});

	test('takes appends at its end whatever the offset', () => {
		const a = Number(open('/t', O_WRONLY | O_CREAT | O_APPEND));
		write(a, 'one');
		call('lseek', a, 0, 0);
		write(a, 'two');
		expect(read(open('/t', 0), 10)).toBe('onetwo');
	});

	test('lives on without a name while it is open', () => {
		const a = Number(open('/t', O_RDWR | O_CREAT));
		write(a, 'still');
		expect(call('unlink', putString(thread, '/t'))).toBe(0);
		expect(open('/t', 0)).toBe('ENOENT');
		call('lseek', a, 0, 0);
		expect(read(a, 9)).toBe('still');
	});

	test('refuses to grow beyond the memory of the machine', () => {
		const a = Number(open('/t', O_RDWR | O_CREAT));
		call('lseek', a, 2 ** 40, 0);
		expect(write(a, 'x')).toBe('EFBIG');
		expect(call('ftruncate', a, 2 ** 40)).toBe('EFBIG');
	});
});

test('files share the memory of the machine: ENOSPC, until one of them is gone', () => {
	kernel = createTestKernel({machinePages: 3});
	thread = addTestProcess(kernel);
	const [a, b] = [Number(open('/a', O_RDWR | O_CREAT)), Number(open('/b', O_RDWR | O_CREAT))];
	writeBytes(thread.context, scratch, new Uint8Array(8192).fill(1));
	expect(call('write', a, scratch, 2 * 4096)).toBe(8192);
	expect(call('write', b, scratch, 2 * 4096)).toBe('ENOSPC');
	call('unlink', putString(thread, '/a'));
	expect(call('write', b, scratch, 2 * 4096)).toBe('ENOSPC');
	call('close', a);
	expect(call('write', b, scratch, 2 * 4096)).toBe(8192);
});

describe('open', () => {
	test.each([
		['/none', 0, 'ENOENT'],
		['/none', O_WRONLY, 'ENOENT'],
		['', 0, 'ENOENT'],
		['/tmp', O_WRONLY, 'EISDIR'],
		['/none/x', O_CREAT | O_WRONLY, 'ENOENT'],
		['/dev/null/x', 0, 'ENOTDIR'],
		['/dev/null', O_CREAT | O_EXCL, 'EEXIST'],
		['/x'.repeat(2048), 0, 'ENAMETOOLONG'],
		[`/${'n'.repeat(256)}`, O_CREAT, 'ENAMETOOLONG'],
	])('of %j with flags %i fails with %s', (path, flags, errno) => {
		expect(open(path, flags)).toBe(errno);
	});

	test('obeys the permission bits', () => {
		open('/secret', O_CREAT, 0o000);
		expect(open('/secret', 0)).toBe('EACCES');
		call('chmod', putString(thread, '/secret'), 0o400);
		expect(open('/secret', O_WRONLY)).toBe('EACCES');
		expect(typeof open('/secret', 0)).toBe('number');
	});

	test('gives the lowest free descriptor, EMFILE beyond the limit, ENFILE beyond the machine’s', () => {
		const first = Number(open('/dev/null', 0));
		expect(open('/dev/null', 0)).toBe(first + 1);
		call('close', first);
		expect(open('/dev/null', 0)).toBe(first);
		let last: number | string = 0;
		while (typeof last === 'number') last = open('/dev/null', 0);
		expect(last).toBe('EMFILE');
		kernel = createTestKernel({openFiles: 2});
		thread = addTestProcess(kernel);
		open('/dev/null', 0);
		open('/dev/null', 0);
		expect(open('/dev/null', 0)).toBe('ENFILE');
	});

	test('follows symbolic links, but not for ever', () => {
		call('mkdir', putString(thread, '/d'), 0o755);
		open('/d/f', O_CREAT);
		call('symlink', putString(thread, 'd', scratch), putString(thread, '/l'));
		expect(typeof open('/l/f', 0)).toBe('number');
		expect(typeof open('/l/../d/./f', 0)).toBe('number');
		call('symlink', putString(thread, 'loop', scratch), putString(thread, '/loop'));
		expect(open('/loop', 0)).toBe('ELOOP');
	});
});

describe('descriptors', () => {
	test('are counted: the description ends with the last of them', () => {
		const a = Number(open('/t', O_RDWR | O_CREAT));
		const b = Number(call('dup', a));
		const process = kernel.processes.get(thread.pid)!;
		const {file} = process.descriptors[a]!;
		const child = addTestProcess(kernel);
		const childProcess = kernel.processes.get(child.pid)!;
		childProcess.descriptors.push(...forkDescriptors(process));
		expect(file.references).toBe(4);
		call('close', a);
		call('dup2', Number(open('/dev/null', 0)), b);
		expect(file.references).toBe(2);
		expect(kernel.openFiles.has(file.id)).toBe(true);
		closeAllDescriptors(kernel, childProcess, child);
		expect(file.references).toBe(0);
		expect(kernel.openFiles.has(file.id)).toBe(false);
	});

	test('of dup2 onto itself and onto nothing', () => {
		const a = Number(open('/dev/null', 0));
		expect(call('dup2', a, a)).toBe(a);
		expect(call('dup3', a, a, 0)).toBe('EINVAL');
		expect(call('dup2', 40, 41)).toBe('EBADF');
		expect(call('dup2', a, 64)).toBe('EBADF');
		expect(call('dup2', a, 40)).toBe(40);
		expect(call('fcntl', a, 0, 30)).toBe(30);
		expect(call('fcntl', a, 0, 64)).toBe('EINVAL');
	});
});

describe('a FIFO', () => {
	const fifo = (): number => putString(thread, '/box');
	beforeEach(() => {
		call('mknod', fifo(), 0o010600);
	});

	test('lets an open for reading wait for a writer, and both go on', () => {
		const writer = addTestProcess(kernel);
		const opening = makeCall(kernel, thread, fileCalls['open']!, [fifo(), 0]);
		expect(isBlocked(thread)).toBe(true);
		expect(thread.waitName).toBe('fifo.open');
		expect(thread.waitChannel).toBe('fifo:/box');
		const other = callNow(kernel, writer, fileCalls['open'], putString(writer, '/box'), O_WRONLY);
		expect(typeof other).toBe('number');
		expect(thread.state).toBe('ready');
		expect(opening.retry().kind).toBe('done');
		const [pipe] = kernel.pipes.values();
		expect([pipe!.readers, pipe!.writers, pipe!.files]).toEqual([1, 1, 2]);
	});

	test('takes the count back when the wait is interrupted', () => {
		const opening = makeCall(kernel, thread, fileCalls['open']!, [fifo(), 0]);
		thread.call!.isInterrupted = true;
		expect(opening.retry()).toEqual({kind: 'failed', errno: 'ERESTARTSYS'});
		expect(kernel.pipes.size).toBe(0);
		expect(open('/box', O_WRONLY | O_NONBLOCK)).toBe('ENXIO');
	});

	test('opens for both ways, or for reading without waiting', () => {
		expect(typeof open('/box', O_RDWR)).toBe('number');
		expect(typeof open('/box', O_NONBLOCK)).toBe('number');
		expect(typeof open('/box', O_WRONLY | O_NONBLOCK)).toBe('number');
	});

	test('takes injected bytes only while somebody reads', () => {
		const hello = new TextEncoder().encode('hello');
		expect(injectWrite(kernel, 'fifo:/box', hello)).toEqual({kind: 'failed', errno: 'ENXIO'});
		const opening = makeCall(kernel, thread, fileCalls['open']!, [fifo(), 0]);
		expect(injectWrite(kernel, 'fifo:/box', hello)).toEqual({kind: 'done', value: 5});
		opening.retry();
		expect(opening.outcome.kind === 'done' && read(opening.outcome.value, 9)).toBe('hello');
	});
});

describe('the disk', () => {
	const kio = (): Thread => {
		const disk = addTestProcess(kernel);
		(disk as {isKernelThread: boolean}).isKernelThread = true;
		return disk;
	};

	test('makes the reader of a cold block wait for [kio], once', () => {
		addRegularFile(
			kernel,
			kernel.hosts.get('alpha')!.fileSystem,
			'/cold',
			new Uint8Array(5000).fill(65),
			{isCold: true},
		);
		const disk = kio();
		const service = makeCall(kernel, disk, blockDeviceCalls['kio_serve']!, []);
		expect(disk.waitName).toBe('kio.idle');
		const descriptor = Number(open('/cold', 0));
		const reading = makeCall(kernel, thread, fileCalls['read']!, [descriptor, scratch, 10]);
		expect(thread.waitName).toBe('disk');
		expect(thread.waitChannel).toBe('file:/cold');
		expect(disk.state).toBe('ready');
		service.retry();
		expect(disk.waitName).toBe('kio.transfer');
		expect(disk.context.cpuCycles).toBe(300);
		kernel.now = disk.wakeAt;
		service.retry();
		expect(thread.state).toBe('ready');
		expect(reading.retry()).toEqual({kind: 'done', value: 10});
		expect(read(descriptor, 10)).toBe('AAAAAAAAAA');
		call('lseek', descriptor, 4096, 0);
		expect(
			makeCall(kernel, thread, fileCalls['read']!, [descriptor, scratch, 1]).outcome.kind,
		).toBe('blocked');
	});

	test('is awaited by fsync and O_SYNC, not by a plain write', () => {
		const disk = kio();
		const service = makeCall(kernel, disk, blockDeviceCalls['kio_serve']!, []);
		const serveAll = (): void => {
			for (let round = 0; round < 9; round++) {
				kernel.now = Math.max(kernel.now, disk.wakeAt === Infinity ? 0 : disk.wakeAt);
				service.retry();
			}
		};
		const descriptor = Number(open('/t', O_RDWR | O_CREAT | O_TRUNC));
		expect(write(descriptor, 'cached')).toBe(6);
		const waiting = makeCall(kernel, thread, fileCalls['fsync']!, [descriptor]);
		expect(waiting.outcome.kind).toBe('blocked');
		serveAll();
		expect(waiting.retry()).toEqual({kind: 'done', value: 0});
		expect(call('fsync', descriptor)).toBe(0);
		const strict = Number(open('/t', O_WRONLY | O_SYNC));
		const writing = makeCall(kernel, thread, fileCalls['write']!, [strict, scratch, 3]);
		expect(writing.outcome.kind).toBe('blocked');
		serveAll();
		expect(writing.retry()).toEqual({kind: 'done', value: 3});
		expect(call('lseek', strict, 0, 1)).toBe(3);
	});
});

describe('record locks', () => {
	const lockBytes = (type: number, start: number, length: number): Uint8Array => {
		const bytes = new Uint8Array(32);
		const view = new DataView(bytes.buffer);
		view.setInt16(0, type, true);
		view.setBigInt64(8, BigInt(start), true);
		view.setBigInt64(16, BigInt(length), true);
		return bytes;
	};
	const lock = (
		who: Thread,
		descriptor: number,
		command: number,
		type: number,
		start: number,
		length: number,
	) => {
		writeBytes(who.context, scratch, lockBytes(type, start, length));
		return makeCall(kernel, who, pipeCalls['fcntl']!, [descriptor, command, scratch]);
	};
	const [F_GETLK, F_SETLK, F_SETLKW, F_RDLCK, F_WRLCK, F_UNLCK] = [5, 6, 7, 0, 1, 2];

	const twoProcesses = () => {
		const descriptor = Number(open('/lock', O_RDWR | O_CREAT));
		const other = addTestProcess(kernel);
		const process = kernel.processes.get(thread.pid)!;
		kernel.processes.get(other.pid)!.descriptors.push(...forkDescriptors(process));
		return {descriptor, other};
	};

	test('exclude each other by range and process, and readers share', () => {
		const {descriptor, other} = twoProcesses();
		expect(lock(thread, descriptor, F_SETLK, F_WRLCK, 0, 10).outcome).toEqual({
			kind: 'done',
			value: 0,
		});
		expect(lock(other, descriptor, F_SETLK, F_WRLCK, 9, 5).outcome).toEqual({
			kind: 'failed',
			errno: 'EAGAIN',
		});
		expect(lock(other, descriptor, F_SETLK, F_WRLCK, 10, 5).outcome).toEqual({
			kind: 'done',
			value: 0,
		});
		lock(thread, descriptor, F_SETLK, F_UNLCK, 4, 2);
		expect(lock(other, descriptor, F_SETLK, F_WRLCK, 4, 2).outcome).toEqual({
			kind: 'done',
			value: 0,
		});
		lock(other, descriptor, F_GETLK, F_WRLCK, 0, 0);
		expect(readInt32(other.context.space, scratch + 24)).toBe(thread.pid);
		expect(readInt32(other.context.space, scratch + 16)).toBe(4);
		expect(lock(thread, descriptor, F_SETLK, F_RDLCK, 100, 0).outcome.kind).toBe('done');
		expect(lock(other, descriptor, F_SETLK, F_RDLCK, 100, 0).outcome.kind).toBe('done');
	});

	test('wait for each other, and a circle is refused with EDEADLK', () => {
		const {descriptor, other} = twoProcesses();
		lock(thread, descriptor, F_SETLK, F_WRLCK, 0, 1);
		lock(other, descriptor, F_SETLK, F_WRLCK, 1, 1);
		const waiting = lock(thread, descriptor, F_SETLKW, F_WRLCK, 1, 1);
		expect(isBlocked(thread)).toBe(true);
		expect(lock(other, descriptor, F_SETLKW, F_WRLCK, 0, 1).outcome).toEqual({
			kind: 'failed',
			errno: 'EDEADLK',
		});
		lock(other, descriptor, F_SETLK, F_UNLCK, 0, 0);
		expect(thread.state).toBe('ready');
		writeBytes(thread.context, scratch, lockBytes(F_WRLCK, 1, 1));
		expect(waiting.retry()).toEqual({kind: 'done', value: 0});
	});

	test('go with any close of the file by the process', () => {
		const {descriptor, other} = twoProcesses();
		lock(thread, descriptor, F_SETLK, F_WRLCK, 0, 0);
		const second = Number(open('/lock', 0));
		call('close', second);
		expect(lock(other, descriptor, F_SETLK, F_WRLCK, 0, 0).outcome.kind).toBe('done');
	});
});

describe('names', () => {
	const path = (text: string, at = scratch + 0x9000): number => putString(thread, text, at);

	test('are renamed over others, directories only when empty', () => {
		open('/a', O_CREAT);
		write(open('/b', O_CREAT | O_WRONLY), 'b');
		expect(call('rename', path('/a', scratch), path('/b'))).toBe(0);
		expect(open('/a', 0)).toBe('ENOENT');
		expect(read(open('/b', 0), 5)).toBe('');
		call('mkdir', path('/d'), 0o755);
		call('mkdir', path('/d/e'), 0o755);
		expect(call('rename', path('/d', scratch), path('/d/e/f'))).toBe('EINVAL');
		expect(call('rename', path('/b', scratch), path('/d'))).toBe('EISDIR');
		call('mkdir', path('/g'), 0o755);
		expect(call('rename', path('/g', scratch), path('/d'))).toBe('ENOTEMPTY');
		expect(call('rename', path('/d', scratch), path('/g'))).toBe(0);
		expect(call('rmdir', path('/g'))).toBe('ENOTEMPTY');
		expect(call('rmdir', path('/g/e'))).toBe(0);
		expect(call('rmdir', path('/g'))).toBe(0);
	});

	test('are counted by link and unlink', () => {
		const links = (name: string): number => {
			call('stat', path(name), scratch);
			return readInt32(thread.context.space, scratch + 16)!;
		};
		open('/a', O_CREAT);
		expect(call('link', path('/a', scratch), path('/b'))).toBe(0);
		expect(links('/b')).toBe(2);
		call('unlink', path('/a'));
		expect(links('/b')).toBe(1);
		const before = links('/');
		call('mkdir', path('/d'), 0o755);
		expect(links('/')).toBe(before + 1);
		expect(call('unlink', path('/d'))).toBe('EISDIR');
		expect(call('unlink', path('/none'))).toBe('ENOENT');
	});

	test('start at the working directory', () => {
		call('mkdir', path('/d'), 0o755);
		expect(call('chdir', path('/d'))).toBe(0);
		open('here', O_CREAT);
		expect(typeof open('/d/here', 0)).toBe('number');
		expect(call('getcwd', scratch, 10)).toBe(3);
		expect(call('chdir', path('here'))).toBe('ENOTDIR');
	});
});
