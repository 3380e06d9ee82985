// Names of Unix sockets, unix(7): a path, which leaves a socket inode in the file system, or an abstract name, which lives
// as long as its socket.

import {createEntry} from '../files/directory.js';
import type {Errno} from '../errno.js';
import {isDirectory, mayAccess} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import {find, isError, type Place, type Start, walk} from '../files/path-walk.js';
import {familyOf, familyUnix, unixAddressSize, unixPathOffset} from './socket-address.js';
import {hostOf, processOf} from '../system-call.js';
import type {Thread} from '../process/thread.js';
import {nameUnixSocket, type UnixName, type UnixSocket, unixSocketAt} from './unix-socket.js';

/** Decodes a struct sockaddr_un that has a name; `autobind` for the family alone. */
export const decodeUnixName = (bytes: Uint8Array): UnixName | 'autobind' | 'EINVAL' => {
	if (bytes.length < unixPathOffset || bytes.length > unixAddressSize) return 'EINVAL';
	if (familyOf(bytes) !== familyUnix) return 'EINVAL';
	if (bytes.length === unixPathOffset) return 'autobind';
	if (bytes[unixPathOffset] === 0) {
		return {
			kind: 'abstract',
			bytes: bytes.slice(),
			text: `@${textOf(bytes.subarray(unixPathOffset + 1))}`,
		};
	}
	const end = bytes.indexOf(0, unixPathOffset);
	const path = bytes.subarray(unixPathOffset, end === -1 ? bytes.length : end);
	const whole = new Uint8Array(unixPathOffset + path.length + 1);
	whole.set(bytes.subarray(0, unixPathOffset + path.length));
	return {kind: 'path', bytes: whole, text: new TextDecoder().decode(path)};
};

/** Abstract names are any bytes; zeros are shown as @ like ss(8) does. */
const textOf = (bytes: Uint8Array): string =>
	new TextDecoder('latin1').decode(bytes).replaceAll('\0', '@');

const abstractKey = (host: string, {text}: UnixName): string => `${host}${text}`;

/** Where a thread's relative paths start. */
const startFor = (kernel: Kernel, thread: Thread): Start | Errno => {
	const process = processOf(kernel, thread);
	const {root} = hostOf(kernel, process).fileSystem;
	const place = find(
		hostOf(kernel, process).fileSystem,
		{directory: root, path: '/'},
		process.fs.workingDirectory,
	);
	if (isError(place)) return place;
	return isDirectory(place.inode) ? {directory: place.inode, path: place.path} : 'ENOTDIR';
};

const placeOf = (kernel: Kernel, thread: Thread, text: string): Place | Errno => {
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	return walk(fileSystem, startFor(kernel, thread), text, false);
};

/** bind(2). */
export const bindUnixName = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	bytes: Uint8Array,
): Errno | undefined => {
	const name = decodeUnixName(bytes);
	if (name === 'EINVAL') return name;
	if (name === 'autobind') return bindAbstract(kernel, socket, unusedName(kernel, socket.host));
	return name.kind === 'abstract'
		? bindAbstract(kernel, socket, name)
		: bindPath(kernel, thread, socket, name);
};

const bindAbstract = (kernel: Kernel, socket: UnixSocket, name: UnixName): Errno | undefined => {
	if (socket.bound) return 'EINVAL';
	const key = abstractKey(socket.host, name);
	if (kernel.network.abstractNames.has(key)) return 'EADDRINUSE';
	kernel.network.abstractNames.set(key, socket.id);
	socket.bound = name;
	nameUnixSocket(socket, false);
	return undefined;
};

/** Five hexadecimal digits, as Linux chooses for bind(2) with the family alone. */
const unusedName = (kernel: Kernel, host: string): UnixName => {
	for (let number = kernel.network.abstractNames.size + 1; ; number++) {
		const text = number.toString(16).padStart(5, '0');
		const bytes = Uint8Array.from([familyUnix, 0, 0, ...new TextEncoder().encode(text)]);
		const name: UnixName = {kind: 'abstract', bytes, text: `@${text}`};
		if (!kernel.network.abstractNames.has(abstractKey(host, name))) return name;
	}
};

const bindPath = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	name: UnixName,
): Errno | undefined => {
	const place = placeOf(kernel, thread, name.text);
	if (isError(place)) return place;
	if (place.inode) return 'EADDRINUSE';
	if (socket.bound) return 'EINVAL';
	const process = processOf(kernel, thread);
	const {fileSystem} = hostOf(kernel, process);
	const inode = createEntry(kernel, fileSystem, place, 0o777 & ~process.fs.umask, {
		kind: 'socket',
		socket: socket.id,
	});
	if (isError(inode)) return inode === 'EEXIST' ? 'EADDRINUSE' : inode;
	socket.bound = {...name, text: place.path};
	nameUnixSocket(socket, false);
	return undefined;
};

/** The socket behind a name, as unix_find_other(): it must be alive and of the same type. */
export const findUnixSocket = (
	kernel: Kernel,
	thread: Thread,
	socket: UnixSocket,
	name: UnixName,
): UnixSocket | Errno => {
	const found =
		name.kind === 'abstract'
			? findAbstract(kernel, socket.host, name)
			: findByPath(kernel, thread, name);
	if (isError(found)) return found;
	return found.type === socket.type ? found : 'EPROTOTYPE';
};

const findAbstract = (kernel: Kernel, host: string, name: UnixName): UnixSocket | Errno =>
	unixSocketAt(kernel, kernel.network.abstractNames.get(abstractKey(host, name)) ?? 0) ??
	'ECONNREFUSED';

const findByPath = (kernel: Kernel, thread: Thread, name: UnixName): UnixSocket | Errno => {
	const {fileSystem} = hostOf(kernel, processOf(kernel, thread));
	const place = find(fileSystem, startFor(kernel, thread), name.text);
	if (isError(place)) return place;
	if (!mayAccess(place.inode, 2)) return 'EACCES';
	if (place.inode.body.kind !== 'socket') return 'ECONNREFUSED';
	return unixSocketAt(kernel, place.inode.body.socket) ?? 'ECONNREFUSED';
};

/** The end of a bound socket: an abstract name goes with it, a path stays. */
export const forgetUnixName = (kernel: Kernel, socket: UnixSocket): void => {
	if (socket.bound?.kind !== 'abstract') return;
	const key = abstractKey(socket.host, socket.bound);
	if (kernel.network.abstractNames.get(key) === socket.id) kernel.network.abstractNames.delete(key);
};
