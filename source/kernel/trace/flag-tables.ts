// Names of the constants in system call arguments, as <fcntl.h>, <sys/mman.h> and the others of Linux on x86-64 define
// them. Only for showing calls.

import {lastSignal, signalName} from '../signals/signal-numbers.js';

/** Bits by name. A first entry with value 0 is the name of "no bit" (or of field value 0 within `field`). */
export type FlagTable = {
	/** Bits that hold a number instead of flags, and that number's names. */
	readonly field?: {readonly mask: number; readonly names: readonly string[]};
	/** What stands for 0; '0' without it. */
	readonly zero?: string;
	readonly bits: readonly (readonly [string, number])[];
};

/** By number; '0' for none. */
const signalNames: readonly string[] = Array.from({length: lastSignal + 1}, (_, number) =>
	number === 0 ? '0' : signalName(number),
);

export const flagTables = {
	open: {
		field: {mask: 3, names: ['O_RDONLY', 'O_WRONLY', 'O_RDWR', 'O_ACCMODE']},
		bits: [
			['O_CREAT', 0o100],
			['O_EXCL', 0o200],
			['O_NOCTTY', 0o400],
			['O_TRUNC', 0o1000],
			['O_APPEND', 0o2000],
			['O_NONBLOCK', 0o4000],
			['O_SYNC', 0o4010000],
			['O_DSYNC', 0o10000],
			['O_ASYNC', 0o20000],
			['O_DIRECT', 0o40000],
			['O_DIRECTORY', 0o200000],
			['O_NOFOLLOW', 0o400000],
			['O_NOATIME', 0o1000000],
			['O_CLOEXEC', 0o2000000],
			['O_PATH', 0o10000000],
		],
	},
	/** pipe2(2), dup3(2): no access mode. */
	descriptorflags: {
		bits: [
			['O_NONBLOCK', 0o4000],
			['O_DIRECT', 0o40000],
			['O_CLOEXEC', 0o2000000],
		],
	},
	/** The low byte is the signal at the child's end. */
	clone: {
		field: {mask: 0xff, names: signalNames},
		bits: [
			['CLONE_VM', 0x100],
			['CLONE_FS', 0x200],
			['CLONE_FILES', 0x400],
			['CLONE_SIGHAND', 0x800],
			['CLONE_VFORK', 0x4000],
			['CLONE_PARENT', 0x8000],
			['CLONE_THREAD', 0x1_0000],
			['CLONE_NEWNS', 0x2_0000],
			['CLONE_SYSVSEM', 0x4_0000],
			['CLONE_SETTLS', 0x8_0000],
			['CLONE_PARENT_SETTID', 0x10_0000],
			['CLONE_CHILD_CLEARTID', 0x20_0000],
			['CLONE_CHILD_SETTID', 0x100_0000],
			['CLONE_NEWUTS', 0x400_0000],
			['CLONE_NEWIPC', 0x800_0000],
			['CLONE_NEWUSER', 0x1000_0000],
			['CLONE_NEWPID', 0x2000_0000],
			['CLONE_NEWNET', 0x4000_0000],
		],
	},
	inotifyfd: {
		bits: [
			['IN_NONBLOCK', 0o4000],
			['IN_CLOEXEC', 0o2000000],
		],
	},
	inotify: {
		bits: [
			['IN_ALL_EVENTS', 0xfff],
			['IN_ACCESS', 0x1],
			['IN_MODIFY', 0x2],
			['IN_ATTRIB', 0x4],
			['IN_CLOSE', 0x18],
			['IN_CLOSE_WRITE', 0x8],
			['IN_CLOSE_NOWRITE', 0x10],
			['IN_OPEN', 0x20],
			['IN_MOVE', 0xc0],
			['IN_MOVED_FROM', 0x40],
			['IN_MOVED_TO', 0x80],
			['IN_CREATE', 0x100],
			['IN_DELETE', 0x200],
			['IN_DELETE_SELF', 0x400],
			['IN_MOVE_SELF', 0x800],
			['IN_ONLYDIR', 0x100_0000],
			['IN_DONT_FOLLOW', 0x200_0000],
			['IN_EXCL_UNLINK', 0x400_0000],
			['IN_MASK_CREATE', 0x1000_0000],
			['IN_MASK_ADD', 0x2000_0000],
			['IN_ISDIR', 0x4000_0000],
			['IN_ONESHOT', 0x8000_0000],
		],
	},
	epollfd: {bits: [['EPOLL_CLOEXEC', 0o2000000]]},
	timerfd: {
		bits: [
			['TFD_NONBLOCK', 0o4000],
			['TFD_CLOEXEC', 0o2000000],
		],
	},
	signalfd: {
		bits: [
			['SFD_NONBLOCK', 0o4000],
			['SFD_CLOEXEC', 0o2000000],
		],
	},
	protection: {
		zero: 'PROT_NONE',
		bits: [
			['PROT_READ', 1],
			['PROT_WRITE', 2],
			['PROT_EXEC', 4],
		],
	},
	mmap: {
		bits: [
			['MAP_SHARED_VALIDATE', 3],
			['MAP_SHARED', 1],
			['MAP_PRIVATE', 2],
			['MAP_FIXED', 0x10],
			['MAP_ANONYMOUS', 0x20],
			['MAP_LOCKED', 0x2000],
			['MAP_NORESERVE', 0x4000],
			['MAP_POPULATE', 0x8000],
			['MAP_STACK', 0x20000],
			['MAP_FIXED_NOREPLACE', 0x100000],
		],
	},
	mremap: {
		bits: [
			['MREMAP_MAYMOVE', 1],
			['MREMAP_FIXED', 2],
		],
	},
	msync: {
		bits: [
			['MS_ASYNC', 1],
			['MS_INVALIDATE', 2],
			['MS_SYNC', 4],
		],
	},
	access: {
		zero: 'F_OK',
		bits: [
			['R_OK', 4],
			['W_OK', 2],
			['X_OK', 1],
		],
	},
	at: {
		bits: [
			['AT_SYMLINK_NOFOLLOW', 0x100],
			['AT_REMOVEDIR', 0x200],
			['AT_SYMLINK_FOLLOW', 0x400],
			['AT_EMPTY_PATH', 0x1000],
		],
	},
	ipc: {
		bits: [
			['IPC_CREAT', 0o1000],
			['IPC_EXCL', 0o2000],
		],
	},
	shm: {
		bits: [
			['SHM_RDONLY', 0o10000],
			['SHM_RND', 0o20000],
			['SHM_REMAP', 0o40000],
		],
	},
	msg: {
		bits: [
			['IPC_NOWAIT', 0o4000],
			['MSG_NOERROR', 0o10000],
			['MSG_EXCEPT', 0o20000],
		],
	},
	wait: {
		bits: [
			['WNOHANG', 1],
			['WSTOPPED', 2],
			['WEXITED', 4],
			['WCONTINUED', 8],
			['WNOWAIT', 0x0100_0000],
		],
	},
	message: {
		bits: [
			['MSG_OOB', 1],
			['MSG_PEEK', 2],
			['MSG_DONTROUTE', 4],
			['MSG_TRUNC', 0x20],
			['MSG_DONTWAIT', 0x40],
			['MSG_WAITALL', 0x100],
			['MSG_NOSIGNAL', 0x4000],
			['MSG_MORE', 0x8000],
			['MSG_CMSG_CLOEXEC', 0x4000_0000],
		],
	},
	sockettype: {
		field: {
			mask: 0xf,
			names: ['0', 'SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_RDM', 'SOCK_SEQPACKET'],
		},
		bits: [
			['SOCK_NONBLOCK', 0o4000],
			['SOCK_CLOEXEC', 0o2000000],
		],
	},
	flock: {
		bits: [
			['LOCK_SH', 1],
			['LOCK_EX', 2],
			['LOCK_NB', 4],
			['LOCK_UN', 8],
		],
	},
	timer: {bits: [['TIMER_ABSTIME', 1]]},
	eventfd: {
		bits: [
			['EFD_SEMAPHORE', 1],
			['EFD_NONBLOCK', 0o4000],
			['EFD_CLOEXEC', 0o2000000],
		],
	},
	random: {
		bits: [
			['GRND_NONBLOCK', 1],
			['GRND_RANDOM', 2],
		],
	},
	sigaction: {
		bits: [
			['SA_NOCLDSTOP', 1],
			['SA_NOCLDWAIT', 2],
			['SA_SIGINFO', 4],
			['SA_RESTORER', 0x0400_0000],
			['SA_ONSTACK', 0x0800_0000],
			['SA_RESTART', 0x1000_0000],
			['SA_NODEFER', 0x4000_0000],
			['SA_RESETHAND', 0x8000_0000],
		],
	},
	semop: {
		bits: [
			['IPC_NOWAIT', 0o4000],
			['SEM_UNDO', 0x1000],
		],
	},
	poll: {
		bits: [
			['POLLIN', 1],
			['POLLPRI', 2],
			['POLLOUT', 4],
			['POLLERR', 8],
			['POLLHUP', 0x10],
			['POLLNVAL', 0x20],
			['POLLRDNORM', 0x40],
			['POLLRDBAND', 0x80],
			['POLLWRNORM', 0x100],
			['POLLWRBAND', 0x200],
			['POLLRDHUP', 0x2000],
		],
	},
	epoll: {
		bits: [
			['EPOLLIN', 1],
			['EPOLLPRI', 2],
			['EPOLLOUT', 4],
			['EPOLLERR', 8],
			['EPOLLHUP', 0x10],
			['EPOLLRDNORM', 0x40],
			['EPOLLWRNORM', 0x100],
			['EPOLLRDHUP', 0x2000],
			['EPOLLEXCLUSIVE', 0x1000_0000],
			['EPOLLONESHOT', 0x4000_0000],
			['EPOLLET', 0x8000_0000],
		],
	},
	descriptor: {bits: [['FD_CLOEXEC', 1]]},
} as const satisfies Readonly<Record<string, FlagTable>>;

export type FlagTableName = keyof typeof flagTables;

const listOf = (
	first: number,
	...names: readonly string[]
): readonly (readonly [string, number])[] => names.map((name, index) => [name, first + index]);

/** Values by name. */
export const nameTables = {
	whence: listOf(0, 'SEEK_SET', 'SEEK_CUR', 'SEEK_END', 'SEEK_DATA', 'SEEK_HOLE'),
	sigmask: listOf(0, 'SIG_BLOCK', 'SIG_UNBLOCK', 'SIG_SETMASK'),
	key: [['IPC_PRIVATE', 0]],
	shmctl: [
		...listOf(0, 'IPC_RMID', 'IPC_SET', 'IPC_STAT', 'IPC_INFO'),
		...listOf(11, 'SHM_LOCK', 'SHM_UNLOCK', 'SHM_STAT', 'SHM_INFO'),
	],
	msgctl: [
		...listOf(0, 'IPC_RMID', 'IPC_SET', 'IPC_STAT', 'IPC_INFO'),
		...listOf(11, 'MSG_STAT', 'MSG_INFO'),
	],
	semctl: [
		...listOf(0, 'IPC_RMID', 'IPC_SET', 'IPC_STAT', 'IPC_INFO'),
		...listOf(
			11,
			'GETPID',
			'GETVAL',
			'GETALL',
			'GETNCNT',
			'GETZCNT',
			'SETVAL',
			'SETALL',
			'SEM_STAT',
			'SEM_INFO',
		),
	],
	itimer: listOf(0, 'ITIMER_REAL', 'ITIMER_VIRTUAL', 'ITIMER_PROF'),
	family: [
		['AF_UNSPEC', 0],
		['AF_UNIX', 1],
		['AF_INET', 2],
		['AF_INET6', 10],
	],
	protocol: [
		['IPPROTO_IP', 0],
		['IPPROTO_TCP', 6],
		['IPPROTO_UDP', 17],
	],
	shutdown: listOf(0, 'SHUT_RD', 'SHUT_WR', 'SHUT_RDWR'),
	socketlevel: [
		['SOL_SOCKET', 1],
		['SOL_IP', 0],
		['SOL_TCP', 6],
		['SOL_UDP', 17],
	],
	socketoption: [
		...listOf(
			1,
			'SO_DEBUG',
			'SO_REUSEADDR',
			'SO_TYPE',
			'SO_ERROR',
			'SO_DONTROUTE',
			'SO_BROADCAST',
			'SO_SNDBUF',
			'SO_RCVBUF',
			'SO_KEEPALIVE',
		),
		['SO_LINGER', 13],
		['SO_REUSEPORT', 15],
		['SO_PASSCRED', 16],
		['SO_PEERCRED', 17],
		['SO_RCVLOWAT', 18],
		['SO_RCVTIMEO', 20],
		['SO_SNDTIMEO', 21],
		['SO_ACCEPTCONN', 30],
		['SO_PROTOCOL', 38],
		['SO_DOMAIN', 39],
	],
	fcntl: [
		...listOf(
			0,
			'F_DUPFD',
			'F_GETFD',
			'F_SETFD',
			'F_GETFL',
			'F_SETFL',
			'F_GETLK',
			'F_SETLK',
			'F_SETLKW',
			'F_SETOWN',
			'F_GETOWN',
		),
		['F_DUPFD_CLOEXEC', 1030],
		['F_SETPIPE_SZ', 1031],
		['F_GETPIPE_SZ', 1032],
	],
	ioctl: [
		['TCGETS', 0x5401],
		['TCSETS', 0x5402],
		['TCSETSW', 0x5403],
		['TCSETSF', 0x5404],
		['TCSBRK', 0x5409],
		['TCXONC', 0x540a],
		['TCFLSH', 0x540b],
		['TIOCSCTTY', 0x540e],
		['TIOCGPGRP', 0x540f],
		['TIOCSPGRP', 0x5410],
		['TIOCGWINSZ', 0x5413],
		['TIOCSWINSZ', 0x5414],
		['TIOCNOTTY', 0x5422],
		['TIOCGSID', 0x5429],
		['TIOCGPTN', 0x8004_5430],
		['TIOCSPTLCK', 0x4004_5431],
		['TIOCGPTLCK', 0x8004_5439],
		['FIONREAD', 0x541b],
		['FIONBIO', 0x5421],
		['RADIO_TALK', 0x7201],
		['RADIO_LISTEN', 0x7202],
		['RADIO_TALKER', 0x7203],
		['RADIO_CHANNEL', 0x7204],
		['SIOCATMARK', 0x8905],
	],
	madvise: [
		...listOf(0, 'MADV_NORMAL', 'MADV_RANDOM', 'MADV_SEQUENTIAL', 'MADV_WILLNEED', 'MADV_DONTNEED'),
		['MADV_FREE', 8],
	],
	rlimit: listOf(
		0,
		'RLIMIT_CPU',
		'RLIMIT_FSIZE',
		'RLIMIT_DATA',
		'RLIMIT_STACK',
		'RLIMIT_CORE',
		'RLIMIT_RSS',
		'RLIMIT_NPROC',
		'RLIMIT_NOFILE',
		'RLIMIT_MEMLOCK',
		'RLIMIT_AS',
		'RLIMIT_LOCKS',
		'RLIMIT_SIGPENDING',
		'RLIMIT_MSGQUEUE',
		'RLIMIT_NICE',
		'RLIMIT_RTPRIO',
		'RLIMIT_RTTIME',
	),
	rusage: listOf(-1, 'RUSAGE_CHILDREN', 'RUSAGE_SELF', 'RUSAGE_THREAD'),
	priority: listOf(0, 'PRIO_PROCESS', 'PRIO_PGRP', 'PRIO_USER'),
	policy: [
		['SCHED_OTHER', 0],
		['SCHED_FIFO', 1],
		['SCHED_RR', 2],
		['SCHED_BATCH', 3],
		['SCHED_IDLE', 5],
	],
	prctl: [
		['PR_SET_PDEATHSIG', 1],
		['PR_SET_NAME', 15],
		['PR_GET_NAME', 16],
	],
	archprctl: listOf(0x1001, 'ARCH_SET_GS', 'ARCH_SET_FS', 'ARCH_GET_FS', 'ARCH_GET_GS'),
	clock: listOf(
		0,
		'CLOCK_REALTIME',
		'CLOCK_MONOTONIC',
		'CLOCK_PROCESS_CPUTIME_ID',
		'CLOCK_THREAD_CPUTIME_ID',
		'CLOCK_MONOTONIC_RAW',
		'CLOCK_REALTIME_COARSE',
		'CLOCK_MONOTONIC_COARSE',
		'CLOCK_BOOTTIME',
	),
	epollctl: listOf(1, 'EPOLL_CTL_ADD', 'EPOLL_CTL_DEL', 'EPOLL_CTL_MOD'),
	idtype: listOf(0, 'P_ALL', 'P_PID', 'P_PGID', 'P_PIDFD'),
	futex: [0, 128, 256, 384].flatMap(extra => {
		const suffix = ['', '_PRIVATE', '|FUTEX_CLOCK_REALTIME', '_PRIVATE|FUTEX_CLOCK_REALTIME'][
			extra / 128
		]!;
		return [
			['FUTEX_WAIT', 0],
			['FUTEX_WAKE', 1],
			['FUTEX_REQUEUE', 3],
			['FUTEX_CMP_REQUEUE', 4],
			['FUTEX_WAKE_OP', 5],
			['FUTEX_WAIT_BITSET', 9],
			['FUTEX_WAKE_BITSET', 10],
		].map(([name, value]) => [`${name}${suffix}`, Number(value) + extra] as const);
	}),
	lock: listOf(0, 'F_RDLCK', 'F_WRLCK', 'F_UNLCK'),
	sigev: [
		['SIGEV_SIGNAL', 0],
		['SIGEV_NONE', 1],
		['SIGEV_THREAD', 2],
		['SIGEV_THREAD_ID', 4],
	],
} as const satisfies Readonly<Record<string, readonly (readonly [string, number])[]>>;

export type NameTableName = keyof typeof nameTables;

/** `O_RDWR|O_CREAT`; bits without a name come last, in hexadecimal. */
export const formatFlags = (name: FlagTableName, value: number): string => {
	const table: FlagTable = flagTables[name];
	const parts: string[] = [];
	let rest = value >>> 0;
	if (table.field) {
		const number = rest & table.field.mask;
		rest = (rest & ~table.field.mask) >>> 0;
		parts.push(table.field.names[number] ?? String(number));
		// accept4's flags have no type
		if (number === 0 && parts[0] === '0' && rest !== 0) parts.pop();
	}
	for (const [text, bits] of table.bits) {
		const wanted = bits >>> 0;
		if ((rest & wanted) >>> 0 !== wanted) continue;
		parts.push(text);
		rest = (rest & ~wanted) >>> 0;
	}
	if (rest !== 0) parts.push(`0x${rest.toString(16)}`);
	return parts.length === 0 ? (table.zero ?? '0') : parts.join('|');
};

/** `SEEK_END`; a value without a name is shown as a number. */
export const formatName = (name: NameTableName, value: number): string => {
	const table: readonly (readonly [string, number])[] = nameTables[name];
	const row = table.find(([, number]) => number === (value | 0));
	if (row) return row[0];
	return name === 'key' || value > 0xffff ? `0x${(value >>> 0).toString(16)}` : String(value | 0);
};
