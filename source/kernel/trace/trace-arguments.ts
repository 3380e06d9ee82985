// The arguments of a system call as strace(1) prints them: what goes in is read when the call is made, what comes out
// when it has ended. User memory is only read.

import {readBytes, readCString, readInt32, readInt64} from '../../vm/memory.js';
import type {AddressSpace} from '../../vm/address-space.js';
import {formatFlags, type FlagTableName, formatName, type NameTableName} from './flag-tables.js';
import type {Kernel} from '../kernel.js';
import type {CallInProgress} from '../outcome.js';
import {signalName} from '../signals/signal-numbers.js';
import {type ArgumentFormat, callByNumber} from '../syscall-table.js';
import type {Thread} from '../process/thread.js';
import {formatAddress, formatBytes, formatSignalSet, formatStruct} from './trace-values.js';

/** Iovecs, pollfds and the like that are shown. */
const listLimit = 16;

type Scene = {
	readonly space: AddressSpace;
	readonly args: readonly number[];
	/** Undefined while the call lasts; negative if it has failed. */
	readonly result: number | undefined;
};

/** What is known when the call is made: the arguments up to the first one that the call fills in. */
export const argumentsBefore = (
	_kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
): readonly string[] => {
	const formats = callByNumber(call.number)?.formats ?? [];
	const scene: Scene = {space: thread.context.space, args: call.args, result: undefined};
	const firstOut = formats.findIndex(
		(format, index) => format.startsWith('>') && call.args[index] !== 0,
	);
	return render(scene, firstOut === -1 ? formats : formats.slice(0, firstOut));
};

/** All arguments once the call has ended; `errno` is '' if it has succeeded with `value`. */
export const argumentsAfter = (
	_kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	value: number,
	errno: string,
): readonly string[] => {
	const formats = callByNumber(call.number)?.formats ?? [];
	const scene: Scene = {
		space: thread.context.space,
		args: call.args,
		result: errno === '' ? value : -1,
	};
	return render(scene, formats);
};

const render = (scene: Scene, formats: readonly ArgumentFormat[]): readonly string[] =>
	formats.flatMap((format, index) => renderOne(scene, format, index) ?? []);

/** Undefined: the argument has no meaning in this call and is not shown. */
const renderOne = (scene: Scene, format: ArgumentFormat, index: number): string | undefined => {
	const value = scene.args[index] ?? 0;
	const [kind = '', parameter = ''] = format.split(':');
	const scalar = renderScalar(kind, parameter, value);
	if (scalar !== undefined) return scalar;
	const special = specials[kind];
	if (special) return special(scene, value, parameter);
	if (value === 0) return 'NULL';
	const isFilled = scene.result !== undefined && scene.result >= 0;
	if (kind.startsWith('>') && !isFilled && kind !== '>remaining') return formatAddress(value);
	const reader = readers[kind] ?? readers[kind.replace('>', '')];
	return reader?.(scene, value, parameter) ?? formatAddress(value);
};

const atWorkingDirectory = -100;

const renderScalar = (kind: string, parameter: string, value: number): string | undefined => {
	switch (kind) {
		case 'fd':
			return String(value | 0);
		case 'dirfd':
			return (value | 0) === atWorkingDirectory ? 'AT_FDCWD' : String(value | 0);
		case 'int':
			return String(value | 0);
		case 'unsigned':
			return String(value >>> 0);
		case 'long':
			return String(value);
		case 'pointer':
			return formatAddress(value);
		case 'mode':
			return formatMode(value);
		case 'signal':
			return (value | 0) === 0 ? '0' : signalName(value | 0);
		case 'flags':
			return renderFlags(parameter as FlagTableName, value);
		case 'name':
			return formatName(parameter as NameTableName, value);
		default:
			return undefined;
	}
};

const permissionMask = 0o777;

/** IPC_CREAT|0600: the permissions in the low bits of the flags of shmget(2) and friends. */
const renderFlags = (table: FlagTableName, value: number): string => {
	if (table !== 'ipc') return formatFlags(table, value);
	const high = value & ~permissionMask;
	const permissions = formatMode(value & permissionMask);
	return high === 0 ? permissions : `${formatFlags('ipc', high)}|${permissions}`;
};

const formatMode = (mode: number): string => {
	const text = (mode & 0o7777).toString(8).padStart(3, '0');
	const type = fileTypes.get(mode & typeMask);
	return type ? `${type}|0${text}` : `0${text}`;
};

const typeMask = 0o170000;

/** A map, because the formatter turns octal keys of objects into wrong decimal ones. */
const fileTypes: ReadonlyMap<number, string> = new Map([
	[0o010000, 'S_IFIFO'],
	[0o020000, 'S_IFCHR'],
	[0o040000, 'S_IFDIR'],
	[0o060000, 'S_IFBLK'],
	[0o100000, 'S_IFREG'],
	[0o120000, 'S_IFLNK'],
	[0o140000, 'S_IFSOCK'],
]);

/** Files that mknod(2) makes for a device. */
const deviceTypes: readonly number[] = [0o020000, 0o060000];

const openCreate = 0o100;

type Reader = (scene: Scene, value: number, parameter?: string) => string | undefined;

const isCreating = ({args}: Scene, parameter: string | undefined): boolean =>
	(args[Number(parameter)]! & openCreate) !== 0;

const futexWaits: readonly number[] = [0, 9];
const futexRequeues: readonly number[] = [3, 4, 5];
const futexCompareRequeue = 4;
const futexBitsets: readonly number[] = [9, 10];

const futexOperation = ({args}: Scene): number => args[1]! & 127;

/** Arguments whose meaning, or being there at all, depends on others. */
const specials: Readonly<Record<string, Reader>> = {
	'mode-if-create': (scene, value, parameter) =>
		isCreating(scene, parameter) ? formatMode(value) : undefined,
	'device-if-special': ({args}, value, parameter) =>
		deviceTypes.includes(args[Number(parameter)]! & typeMask) ? String(value) : undefined,
	'mq-attributes-if-create': (scene, value, parameter) =>
		isCreating(scene, parameter)
			? value === 0
				? 'NULL'
				: queueAttributes(scene, value)
			: undefined,
	'futex-value': (_scene, value) => String(value >>> 0),
	'futex-timeout': (scene, value) => {
		if (futexWaits.includes(futexOperation(scene)))
			return value === 0 ? 'NULL' : timespec(scene, value);
		return futexRequeues.includes(futexOperation(scene)) ? String(value >>> 0) : undefined;
	},
	'futex-second': (scene, value) =>
		futexRequeues.includes(futexOperation(scene)) ? formatAddress(value) : undefined,
	'futex-third': (scene, value) => {
		if (futexOperation(scene) === futexCompareRequeue) return String(value >>> 0);
		if (!futexBitsets.includes(futexOperation(scene))) return undefined;
		return (value | 0) === -1 ? 'FUTEX_BITSET_MATCH_ANY' : `0x${(value >>> 0).toString(16)}`;
	},
	'fcntl-argument': (scene, value) => fcntlArgument(scene, value),
	'prctl-argument': (scene, value) => prctlArgument(scene, value),
	'ioctl-argument': (scene, value) => ioctlArgument(scene, value),
	'semctl-argument': (scene, value) => semctlArgument(scene, value),
};

const fcntlArgument: Reader = (scene, value) => {
	const command = scene.args[1]! | 0;
	if (command === 0 || command === 1030 || command === 1031 || command === 8)
		return String(value | 0);
	if (command === 2) return formatFlags('descriptor', value);
	if (command === 4) return formatFlags('open', value);
	if (command === 5 || command === 6 || command === 7)
		return lock(scene, value) ?? formatAddress(value);
	return undefined;
};

const prctlSetDeathSignal = 1;
const prctlSetName = 15;
const prctlGetName = 16;

const prctlArgument: Reader = (scene, value) => {
	const option = scene.args[0]! | 0;
	if (option === prctlSetDeathSignal) return signalName(value | 0);
	const isString = option === prctlSetName || (option === prctlGetName && scene.result === 0);
	return (isString ? path(scene, value) : undefined) ?? formatAddress(value);
};

/** struct flock. */
const lock: Reader = ({space}, value) => {
	const type = readInt32(space, value);
	const start = readInt64(space, value + 8);
	const length = readInt64(space, value + 16);
	if (type === undefined || start === undefined || length === undefined) return undefined;
	return formatStruct({
		l_type: formatName('lock', type & 0xffff),
		l_whence: formatName('whence', type >> 16),
		l_start: start,
		l_len: length,
	});
};

const ioctlFionread = 0x541b;
const ioctlFionbio = 0x5421;

const ioctlArgument: Reader = (scene, value) => {
	const request = scene.args[1]! | 0;
	const isRead =
		(request === ioctlFionread && (scene.result ?? -1) >= 0) || request === ioctlFionbio;
	const number = isRead ? readInt32(scene.space, value) : undefined;
	return number === undefined ? formatAddress(value) : `[${number}]`;
};

const semctlSetValue = 16;
const semctlPointers: readonly number[] = [1, 2, 13, 17];

const semctlArgument: Reader = (scene, value) => {
	const command = scene.args[2]! | 0;
	if (command === semctlSetValue) return String(value | 0);
	return semctlPointers.includes(command) ? formatAddress(value) : undefined;
};

const timespec: Reader = ({space}, value) => {
	const seconds = readInt64(space, value);
	const rest = readInt64(space, value + 8);
	if (seconds === undefined || rest === undefined) return undefined;
	return formatStruct({tv_sec: seconds, tv_nsec: rest});
};

const timeval: Reader = ({space}, value) => {
	const seconds = readInt64(space, value);
	const rest = readInt64(space, value + 8);
	if (seconds === undefined || rest === undefined) return undefined;
	return formatStruct({tv_sec: seconds, tv_usec: rest});
};

const pairOf =
	(one: Reader): Reader =>
	(scene, value) => {
		const interval = one(scene, value, '');
		const present = one(scene, value + 16, '');
		if (interval === undefined || present === undefined) return undefined;
		return formatStruct({it_interval: interval, it_value: present});
	};

const sigset: Reader = ({space}, value) => {
	const low = readInt32(space, value);
	const high = readInt32(space, value + 4);
	return low === undefined || high === undefined ? undefined : formatSignalSet({low, high});
};

const sigaction: Reader = (scene, value) => {
	const handler = readInt64(scene.space, value);
	const flags = readInt32(scene.space, value + 8);
	const mask = sigset(scene, value + 24, '');
	if (handler === undefined || flags === undefined || mask === undefined) return undefined;
	const name = handler === 0 ? 'SIG_DFL' : handler === 1 ? 'SIG_IGN' : formatAddress(handler);
	return formatStruct({sa_handler: name, sa_mask: mask, sa_flags: formatFlags('sigaction', flags)});
};

const childCodes = [
	'',
	'CLD_EXITED',
	'CLD_KILLED',
	'CLD_DUMPED',
	'CLD_TRAPPED',
	'CLD_STOPPED',
	'CLD_CONTINUED',
];
const sentCodes: Readonly<Record<number, string>> = {
	0: 'SI_USER',
	128: 'SI_KERNEL',
	[-1]: 'SI_QUEUE',
	[-6]: 'SI_TKILL',
};
const sigchld = 17;

const siginfo: Reader = ({space}, value) => {
	const signal = readInt32(space, value);
	const code = readInt32(space, value + 8);
	const pid = readInt32(space, value + 16);
	const uid = readInt32(space, value + 20);
	if (signal === undefined || code === undefined || pid === undefined || uid === undefined)
		return undefined;
	if (signal === 0) return '{}';
	const text =
		(signal === sigchld ? childCodes[code] : undefined) ?? sentCodes[code] ?? String(code);
	return formatStruct({si_signo: signalName(signal), si_code: text, si_pid: pid, si_uid: uid});
};

const status: Reader = ({space}, value) => {
	const word = readInt32(space, value);
	return word === undefined ? undefined : `[{${describeStatus(word)}}]`;
};

/** A status of wait(2). */
const describeStatus = (word: number): string => {
	if (word === 0xffff) return 'WIFCONTINUED(s)';
	if ((word & 0xff) === 0x7f)
		return `WIFSTOPPED(s) && WSTOPSIG(s) == ${signalName((word >> 8) & 0xff)}`;
	if ((word & 0x7f) === 0) return `WIFEXITED(s) && WEXITSTATUS(s) == ${(word >> 8) & 0xff}`;
	return `WIFSIGNALED(s) && WTERMSIG(s) == ${signalName(word & 0x7f)}`;
};

/** Byte offsets in struct stat. */
const stat: Reader = ({space}, value) => {
	const mode = readInt32(space, value + 24);
	const size = readInt64(space, value + 48);
	if (mode === undefined || size === undefined) return undefined;
	return `{st_mode=${formatMode(mode)}, st_size=${size}, ...}`;
};

const rlimit: Reader = ({space}, value) => {
	const soft = readInt64(space, value);
	const hard = readInt64(space, value + 8);
	if (soft === undefined || hard === undefined) return undefined;
	const text = (limit: number): string => (limit === -1 ? 'RLIM64_INFINITY' : String(limit));
	return formatStruct({rlim_cur: text(soft), rlim_max: text(hard)});
};

const queueAttributes: Reader = ({space}, value) => {
	const [flags, messages, size, present] = [0, 8, 16, 24].map(offset =>
		readInt64(space, value + offset),
	);
	if (flags === undefined || messages === undefined || size === undefined || present === undefined)
		return undefined;
	return formatStruct({
		mq_flags: formatFlags('open', flags).replace(/^O_RDONLY\|?/, '') || '0',
		mq_maxmsg: messages,
		mq_msgsize: size,
		mq_curmsgs: present,
	});
};

const listOf = (count: number, one: (index: number) => string | undefined): string | undefined => {
	const parts: string[] = [];
	for (let index = 0; index < Math.min(count, listLimit); index++) {
		const part = one(index);
		if (part === undefined) return undefined;
		parts.push(part);
	}
	return `[${parts.join(', ')}${count > listLimit ? ', ...' : ''}]`;
};

const pollfds: Reader = ({space, args, result}, value, parameter) =>
	listOf(args[Number(parameter)]! >>> 0, index => {
		const fd = readInt32(space, value + 8 * index);
		const events = readInt32(space, value + 8 * index + 4);
		if (fd === undefined || events === undefined) return undefined;
		const fields: Record<string, string | number> = {
			fd,
			events: formatFlags('poll', events & 0xffff),
		};
		const found = events >>> 16;
		if (result !== undefined && result > 0 && found !== 0)
			fields['revents'] = formatFlags('poll', found);
		return formatStruct(fields);
	});

const fdset: Reader = ({space, args}, value, parameter) => {
	const count = Math.max(0, Math.min(1024, args[Number(parameter)]! | 0));
	const bytes = readBytes(space, value, Math.ceil(count / 8));
	if (!bytes) return undefined;
	const members: number[] = [];
	for (let fd = 0; fd < count; fd++)
		if ((bytes[fd >> 3]! & (1 << (fd & 7))) !== 0) members.push(fd);
	return `[${members.join(' ')}]`;
};

const epollEvent: Reader = ({space}, value) => {
	const events = readInt32(space, value);
	const word = readInt32(space, value + 4);
	const data = readInt64(space, value + 4);
	if (events === undefined || word === undefined || data === undefined) return undefined;
	return formatStruct({
		events: formatFlags('epoll', events),
		data: formatStruct({u32: word >>> 0, u64: data}),
	});
};

/** struct epoll_event is packed: 12 bytes. */
const epollEvents: Reader = (scene, value) =>
	listOf(scene.result ?? 0, index => epollEvent(scene, value + 12 * index, ''));

const iovec = (scene: Scene, address: number, count: number, total: number): string | undefined => {
	let left = total;
	return listOf(count, index => {
		const base = readInt64(scene.space, address + 16 * index);
		const length = readInt64(scene.space, address + 16 * index + 8);
		if (base === undefined || length === undefined) return undefined;
		const shown = Math.max(0, Math.min(length, left));
		left -= shown;
		return formatStruct({iov_base: formatBytes(scene.space, base, shown), iov_len: length});
	});
};

const message =
	(isOut: boolean): Reader =>
	({space, args, result}, value) => {
		const type = readInt64(space, value);
		if (type === undefined) return undefined;
		const length = isOut ? (result ?? 0) : args[2]!;
		return formatStruct({mtype: type, mtext: formatBytes(space, value + 8, length)});
	};

const semops: Reader = ({space, args}, value, parameter) =>
	listOf(args[Number(parameter)]!, index => {
		const bytes = readBytes(space, value + 6 * index, 6);
		if (!bytes) return undefined;
		const view = new DataView(bytes.buffer);
		return formatStruct({
			sem_num: view.getUint16(0, true),
			sem_op: view.getInt16(2, true),
			sem_flg: formatFlags('semop', view.getUint16(4, true)),
		});
	});

const familyUnix = 1;
const familyInternet = 2;

/** A struct sockaddr of `length` bytes. */
const socketAddress = (
	space: AddressSpace,
	address: number,
	length: number,
): string | undefined => {
	const bytes = length >= 2 && length <= 128 ? readBytes(space, address, length) : undefined;
	if (!bytes) return undefined;
	const view = new DataView(bytes.buffer);
	const family = view.getUint16(0, true);
	if (family === familyInternet && length >= 8) {
		return formatStruct({
			sa_family: 'AF_INET',
			sin_port: `htons(${view.getUint16(2)})`,
			sin_addr: `inet_addr("${bytes.subarray(4, 8).join('.')}")`,
		});
	}
	if (family === familyUnix) {
		if (length === 2) return formatStruct({sa_family: 'AF_UNIX'});
		const isAbstract = bytes[2] === 0;
		const start = isAbstract ? 3 : 2;
		const end = isAbstract ? -1 : bytes.indexOf(0, start);
		const text = formatBytes(space, address + start, (end === -1 ? length : end) - start, 108);
		return formatStruct({sa_family: 'AF_UNIX', sun_path: isAbstract ? `@${text}` : text});
	}
	return formatStruct({sa_family: formatName('family', family)});
};

const filledAddress: Reader = ({space, args}, value, parameter) => {
	const length = readInt32(space, args[Number(parameter)]!);
	return length === undefined ? undefined : socketAddress(space, value, Math.min(length, 128));
};

/** struct msghdr: name, name length, iovec, count … */
const messageHeader =
	(isOut: boolean): Reader =>
	(scene, value) => {
		const [name, nameLength, vector, count] = [0, 8, 16, 24].map(offset =>
			readInt64(scene.space, value + offset),
		);
		if (
			name === undefined ||
			nameLength === undefined ||
			vector === undefined ||
			count === undefined
		)
			return undefined;
		const total = isOut ? (scene.result ?? 0) : Infinity;
		return formatStruct({
			msg_name:
				name === 0
					? 'NULL'
					: (socketAddress(scene.space, name, nameLength | 0) ?? formatAddress(name)),
			msg_namelen: nameLength | 0,
			msg_iov: iovec(scene, vector, count, total) ?? formatAddress(vector),
			msg_iovlen: count,
		});
	};

const strings: Reader = ({space}, value) => {
	const texts: string[] = [];
	for (let at = value; texts.length <= listLimit; at += 8) {
		const pointer = readInt64(space, at);
		if (pointer === undefined) return undefined;
		if (pointer === 0) return `[${texts.join(', ')}]`;
		texts.push(path({space, args: [], result: undefined}, pointer, '') ?? formatAddress(pointer));
	}
	return `[${texts.slice(0, listLimit).join(', ')}, ...]`;
};

const environment: Reader = ({space}, value) => {
	let count = 0;
	while ((readInt64(space, value + 8 * count) ?? 0) !== 0) count++;
	return `${formatAddress(value)} /* ${count} var${count === 1 ? '' : 's'} */`;
};

const path: Reader = ({space}, value) => {
	const bytes = readCString(space, value);
	if (bytes === undefined) return undefined;
	return formatBytes(space, value, bytes === 'too-long' ? 4096 : bytes.length, 4096);
};

const sigevent: Reader = ({space}, value) => {
	const signal = readInt32(space, value + 8);
	const notify = readInt32(space, value + 12);
	if (signal === undefined || notify === undefined) return undefined;
	return formatStruct({sigev_signo: signalName(signal), sigev_notify: formatName('sigev', notify)});
};

const words =
	(fields: Readonly<Record<string, number>>): Reader =>
	({space}, value) => {
		const parts: Record<string, number> = {};
		for (const [name, offset] of Object.entries(fields)) {
			const word = readInt64(space, value + offset);
			if (word === undefined) return undefined;
			parts[name] = word;
		}
		return formatStruct(parts);
	};

const rusage: Reader = (scene, value) => {
	const user = timeval(scene, value, '');
	const system = timeval(scene, value + 16, '');
	if (user === undefined || system === undefined) return undefined;
	return `{ru_utime=${user}, ru_stime=${system}, ...}`;
};

const integer: Reader = ({space}, value) => {
	const number = readInt32(space, value);
	return number === undefined ? undefined : `[${number}]`;
};

const readers: Readonly<Record<string, Reader>> = {
	path,
	strings,
	environment,
	in: ({space, args}, value, parameter) => formatBytes(space, value, args[Number(parameter)]!),
	'>out': ({space, result}, value) => formatBytes(space, value, result ?? 0),
	'>string': path,
	timespec,
	'>remaining': (scene, value) =>
		scene.result === -1 ? timespec(scene, value, '') : formatAddress(value),
	timeval,
	itimerval: pairOf(timeval),
	itimerspec: pairOf(timespec),
	sigset,
	sigaction,
	'>siginfo': siginfo,
	'>int': integer,
	'>length': integer,
	'in-int': ({space, args}, value, parameter) => {
		const number = args[Number(parameter)] === 4 ? readInt32(space, value) : undefined;
		return number === undefined ? undefined : `[${number}]`;
	},
	'>status': status,
	'>pair': ({space}, value) => {
		const first = readInt32(space, value);
		const second = readInt32(space, value + 4);
		return first === undefined || second === undefined ? undefined : `[${first}, ${second}]`;
	},
	'>stat': stat,
	rlimit,
	'>rusage': rusage,
	'>utsname': (scene, value) => {
		const system = path(scene, value, '');
		const node = path(scene, value + 65, '');
		return system && node ? `{sysname=${system}, nodename=${node}, ...}` : undefined;
	},
	'>tms': words({tms_utime: 0, tms_stime: 8, tms_cutime: 16, tms_cstime: 24}),
	'mq-attributes': queueAttributes,
	pollfds,
	fdset,
	'epoll-event': epollEvent,
	'>epoll-events': epollEvents,
	semops,
	sockaddr: ({space, args}, value, parameter) =>
		socketAddress(space, value, args[Number(parameter)]! | 0),
	'>sockaddr': filledAddress,
	iovec: (scene, value, parameter) =>
		iovec(scene, value, scene.args[Number(parameter)]! | 0, Infinity),
	'>iovec': (scene, value, parameter) =>
		iovec(scene, value, scene.args[Number(parameter)]! | 0, scene.result ?? 0),
	message: message(false),
	'>message': message(true),
	msghdr: messageHeader(false),
	'>msghdr': messageHeader(true),
	sigevent,
};
