// All system calls: name, number, the families that `trace -e trace=%FAMILY` filters by (strace's classes, and a few of
// our own), and how the arguments are shown. Numbers are Linux's on x86-64; the machine's own begin at 1000.

import type {FlagTableName, NameTableName} from './trace/flag-tables.js';

export const callFamilies = [
	'file',
	'desc',
	'process',
	'network',
	'signal',
	'ipc',
	'memory',
	'time',
	'poll',
	'creds',
	'thread',
] as const;
export type CallFamily = (typeof callFamilies)[number];

/**
 * How an argument is shown. `>` marks what the call fills in: it is read when the call has ended, and shown as an
 * address if it has failed. A number behind the colon is the index of the argument that holds a length or count.
 */
export type ArgumentFormat =
	| 'fd'
	| 'dirfd'
	| 'int'
	| 'unsigned'
	| 'long'
	| 'pointer'
	| 'path'
	| 'mode'
	| 'signal'
	| 'strings'
	| 'environment'
	| `in:${number}`
	| '>out'
	| `>out:${number}`
	| '>string'
	| `flags:${FlagTableName}`
	| `name:${NameTableName}`
	/** Shown only if the flags in that argument hold O_CREAT. */
	| `mode-if-create:${number}`
	| `mq-attributes-if-create:${number}`
	/** Shown only if the mode in that argument is a device's. */
	| `device-if-special:${number}`
	| 'futex-value'
	| 'futex-timeout'
	| 'futex-second'
	| 'futex-third'
	| 'fcntl-argument'
	| 'prctl-argument'
	| 'ioctl-argument'
	| 'semctl-argument'
	| 'timespec'
	| '>timespec'
	| '>remaining'
	| '>timeval'
	| 'timeval'
	| 'itimerval'
	| '>itimerval'
	| 'itimerspec'
	| '>itimerspec'
	| 'sigset'
	| '>sigset'
	| 'sigaction'
	| '>sigaction'
	| '>siginfo'
	| '>int'
	| '>status'
	| '>pair'
	| '>stat'
	| '>rlimit'
	| 'rlimit'
	| '>rusage'
	| '>utsname'
	| '>tms'
	| 'mq-attributes'
	| '>mq-attributes'
	| `pollfds:${number}`
	| `fdset:${number}`
	| 'epoll-event'
	| '>epoll-events'
	| `iovec:${number}`
	| `>iovec:${number}`
	| 'message'
	| '>message'
	| `semops:${number}`
	| `sockaddr:${number}`
	| `>sockaddr:${number}`
	| '>length'
	| `in-int:${number}`
	| 'msghdr'
	| '>msghdr'
	| 'sigevent';

type Row = readonly [name: string, number: number, families: string, ...formats: ArgumentFormat[]];

const rows: readonly Row[] = [
	// Files and descriptors
	['read', 0, 'desc', 'fd', '>out', 'long'],
	['write', 1, 'desc', 'fd', 'in:2', 'long'],
	['open', 2, 'file desc', 'path', 'flags:open', 'mode-if-create:1'],
	['close', 3, 'desc', 'fd'],
	['stat', 4, 'file', 'path', '>stat'],
	['fstat', 5, 'desc', 'fd', '>stat'],
	['lstat', 6, 'file', 'path', '>stat'],
	['poll', 7, 'desc poll', 'pollfds:1', 'unsigned', 'int'],
	['lseek', 8, 'desc', 'fd', 'long', 'name:whence'],
	['mmap', 9, 'desc memory', 'pointer', 'long', 'flags:protection', 'flags:mmap', 'fd', 'long'],
	['mprotect', 10, 'memory', 'pointer', 'long', 'flags:protection'],
	['munmap', 11, 'memory', 'pointer', 'long'],
	['brk', 12, 'memory', 'pointer'],
	['rt_sigaction', 13, 'signal', 'signal', 'sigaction', '>sigaction', 'long'],
	['rt_sigprocmask', 14, 'signal', 'name:sigmask', 'sigset', '>sigset', 'long'],
	['ioctl', 16, 'desc', 'fd', 'name:ioctl', 'ioctl-argument'],
	['pread64', 17, 'desc', 'fd', '>out', 'long', 'long'],
	['pwrite64', 18, 'desc', 'fd', 'in:2', 'long', 'long'],
	['readv', 19, 'desc', 'fd', '>iovec:2', 'int'],
	['writev', 20, 'desc', 'fd', 'iovec:2', 'int'],
	['access', 21, 'file', 'path', 'flags:access'],
	['pipe', 22, 'desc ipc', '>pair'],
	['select', 23, 'desc poll', 'int', 'fdset:0', 'fdset:0', 'fdset:0', 'timeval'],
	['sched_yield', 24, 'thread'],
	['mremap', 25, 'memory', 'pointer', 'long', 'long', 'flags:mremap', 'pointer'],
	['msync', 26, 'memory', 'pointer', 'long', 'flags:msync'],
	['mincore', 27, 'memory', 'pointer', 'long', 'pointer'],
	['madvise', 28, 'memory', 'pointer', 'long', 'name:madvise'],
	['shmget', 29, 'ipc', 'name:key', 'long', 'flags:ipc'],
	['shmat', 30, 'ipc memory', 'int', 'pointer', 'flags:shm'],
	['shmctl', 31, 'ipc', 'int', 'name:shmctl', 'pointer'],
	['dup', 32, 'desc', 'fd'],
	['dup2', 33, 'desc', 'fd', 'fd'],
	['pause', 34, 'signal'],
	['nanosleep', 35, 'time', 'timespec', '>remaining'],
	['getitimer', 36, 'time', 'name:itimer', '>itimerval'],
	['alarm', 37, 'time', 'unsigned'],
	['setitimer', 38, 'time', 'name:itimer', 'itimerval', '>itimerval'],
	['getpid', 39, 'process creds'],
	['sendfile', 40, 'desc network', 'fd', 'fd', '>int', 'long'],
	// Sockets
	['socket', 41, 'network desc', 'name:family', 'flags:sockettype', 'name:protocol'],
	['connect', 42, 'network', 'fd', 'sockaddr:2', 'int'],
	['accept', 43, 'network desc', 'fd', '>sockaddr:2', '>length'],
	['sendto', 44, 'network', 'fd', 'in:2', 'long', 'flags:message', 'sockaddr:5', 'int'],
	['recvfrom', 45, 'network', 'fd', '>out', 'long', 'flags:message', '>sockaddr:5', '>length'],
	['sendmsg', 46, 'network', 'fd', 'msghdr', 'flags:message'],
	['recvmsg', 47, 'network', 'fd', '>msghdr', 'flags:message'],
	['shutdown', 48, 'network', 'fd', 'name:shutdown'],
	['bind', 49, 'network', 'fd', 'sockaddr:2', 'int'],
	['listen', 50, 'network', 'fd', 'int'],
	['getsockname', 51, 'network', 'fd', '>sockaddr:2', '>length'],
	['getpeername', 52, 'network', 'fd', '>sockaddr:2', '>length'],
	['socketpair', 53, 'network desc', 'name:family', 'flags:sockettype', 'name:protocol', '>pair'],
	['setsockopt', 54, 'network', 'fd', 'name:socketlevel', 'name:socketoption', 'in-int:4', 'int'],
	['getsockopt', 55, 'network', 'fd', 'name:socketlevel', 'name:socketoption', '>int', '>length'],
	// Processes
	['clone', 56, 'process', 'flags:clone', 'pointer', 'pointer', 'pointer', 'pointer'],
	['fork', 57, 'process'],
	['vfork', 58, 'process'],
	['execve', 59, 'file process', 'path', 'strings', 'environment'],
	['exit', 60, 'process', 'int'],
	['wait4', 61, 'process', 'int', '>status', 'flags:wait', '>rusage'],
	['kill', 62, 'signal process', 'int', 'signal'],
	['uname', 63, '', '>utsname'],
	['semget', 64, 'ipc', 'name:key', 'int', 'flags:ipc'],
	['semop', 65, 'ipc', 'int', 'semops:2', 'long'],
	['semctl', 66, 'ipc', 'int', 'int', 'name:semctl', 'semctl-argument'],
	['shmdt', 67, 'ipc memory', 'pointer'],
	['msgget', 68, 'ipc', 'name:key', 'flags:ipc'],
	['msgsnd', 69, 'ipc', 'int', 'message', 'long', 'flags:msg'],
	['msgrcv', 70, 'ipc', 'int', '>message', 'long', 'long', 'flags:msg'],
	['msgctl', 71, 'ipc', 'int', 'name:msgctl', 'pointer'],
	['fcntl', 72, 'desc', 'fd', 'name:fcntl', 'fcntl-argument'],
	['flock', 73, 'desc', 'fd', 'flags:flock'],
	['fsync', 74, 'desc', 'fd'],
	['fdatasync', 75, 'desc', 'fd'],
	['truncate', 76, 'file', 'path', 'long'],
	['ftruncate', 77, 'desc', 'fd', 'long'],
	['getcwd', 79, 'file', '>string', 'long'],
	['chdir', 80, 'file', 'path'],
	['fchdir', 81, 'desc', 'fd'],
	['rename', 82, 'file', 'path', 'path'],
	['mkdir', 83, 'file', 'path', 'mode'],
	['rmdir', 84, 'file', 'path'],
	['creat', 85, 'file desc', 'path', 'mode'],
	['link', 86, 'file', 'path', 'path'],
	['unlink', 87, 'file', 'path'],
	['symlink', 88, 'file', 'path', 'path'],
	['readlink', 89, 'file', 'path', '>out', 'long'],
	['chmod', 90, 'file', 'path', 'mode'],
	['fchmod', 91, 'desc', 'fd', 'mode'],
	['chown', 92, 'file', 'path', 'int', 'int'],
	['fchown', 93, 'desc', 'fd', 'int', 'int'],
	['lchown', 94, 'file', 'path', 'int', 'int'],
	['umask', 95, 'file', 'mode'],
	['gettimeofday', 96, 'time', '>timeval', 'pointer'],
	['getrlimit', 97, 'process', 'name:rlimit', '>rlimit'],
	['getrusage', 98, 'process time', 'name:rusage', '>rusage'],
	['sysinfo', 99, '', 'pointer'],
	['times', 100, 'time', '>tms'],
	['getuid', 102, 'creds'],
	['getgid', 104, 'creds'],
	['setuid', 105, 'creds', 'int'],
	['setgid', 106, 'creds', 'int'],
	['geteuid', 107, 'creds'],
	['getegid', 108, 'creds'],
	['setpgid', 109, 'process', 'int', 'int'],
	['getppid', 110, 'process creds'],
	['getpgrp', 111, 'process'],
	['setsid', 112, 'process'],
	['setreuid', 113, 'creds', 'int', 'int'],
	['setregid', 114, 'creds', 'int', 'int'],
	['getgroups', 115, 'creds', 'int', 'pointer'],
	['setgroups', 116, 'creds', 'int', 'pointer'],
	['setresuid', 117, 'creds', 'int', 'int', 'int'],
	['getresuid', 118, 'creds', '>int', '>int', '>int'],
	['setresgid', 119, 'creds', 'int', 'int', 'int'],
	['getresgid', 120, 'creds', '>int', '>int', '>int'],
	['getpgid', 121, 'process', 'int'],
	['setfsuid', 122, 'creds', 'int'],
	['setfsgid', 123, 'creds', 'int'],
	['getsid', 124, 'process', 'int'],
	['rt_sigpending', 127, 'signal', '>sigset', 'long'],
	['rt_sigtimedwait', 128, 'signal', 'sigset', '>siginfo', 'timespec', 'long'],
	['rt_sigqueueinfo', 129, 'signal process', 'int', 'signal', 'pointer'],
	['rt_sigsuspend', 130, 'signal', 'sigset', 'long'],
	['sigaltstack', 131, 'signal', 'pointer', 'pointer'],
	['mknod', 133, 'file', 'path', 'mode', 'device-if-special:1'],
	['statfs', 137, 'file', 'path', 'pointer'],
	['fstatfs', 138, 'desc', 'fd', 'pointer'],
	['getpriority', 140, 'process', 'name:priority', 'int'],
	['setpriority', 141, 'process', 'name:priority', 'int', 'int'],
	['sched_setparam', 142, 'process', 'int', '>int'],
	['sched_getparam', 143, 'process', 'int', '>int'],
	['sched_setscheduler', 144, 'process', 'int', 'name:policy', '>int'],
	['sched_getscheduler', 145, 'process', 'int'],
	['sched_get_priority_max', 146, 'process', 'name:policy'],
	['sched_get_priority_min', 147, 'process', 'name:policy'],
	['sched_rr_get_interval', 148, 'process', 'int', '>timespec'],
	['mlock', 149, 'memory', 'pointer', 'long'],
	['munlock', 150, 'memory', 'pointer', 'long'],
	['mlockall', 151, 'memory', 'int'],
	['munlockall', 152, 'memory'],
	['prctl', 157, 'process', 'name:prctl', 'prctl-argument'],
	['arch_prctl', 158, 'process', 'name:archprctl', 'pointer'],
	['setrlimit', 160, 'process', 'name:rlimit', 'rlimit'],
	['sync', 162, 'file'],
	['settimeofday', 164, 'time', 'timeval', 'pointer'],
	['sethostname', 170, '', 'in:1', 'long'],
	['setdomainname', 171, '', 'in:1', 'long'],
	['gettid', 186, 'thread'],
	['tkill', 200, 'signal process', 'int', 'signal'],
	['time', 201, 'time', '>int'],
	[
		'futex',
		202,
		'ipc thread',
		'pointer',
		'name:futex',
		'futex-value',
		'futex-timeout',
		'futex-second',
		'futex-third',
	],
	['sched_setaffinity', 203, 'process', 'int', 'long', 'pointer'],
	['sched_getaffinity', 204, 'process', 'int', 'long', 'pointer'],
	['epoll_create', 213, 'desc poll', 'int'],
	['getdents64', 217, 'desc', 'fd', 'pointer', 'long'],
	['set_tid_address', 218, 'thread', 'pointer'],
	['semtimedop', 220, 'ipc', 'int', 'semops:2', 'long', 'timespec'],
	['fadvise64', 221, 'desc', 'fd', 'long', 'long', 'int'],
	['timer_create', 222, 'time signal', 'name:clock', 'sigevent', '>int'],
	['timer_settime', 223, 'time', 'int', 'flags:timer', 'itimerspec', '>itimerspec'],
	['timer_gettime', 224, 'time', 'int', '>itimerspec'],
	['timer_getoverrun', 225, 'time', 'int'],
	['timer_delete', 226, 'time', 'int'],
	['clock_settime', 227, 'time', 'name:clock', 'timespec'],
	['clock_gettime', 228, 'time', 'name:clock', '>timespec'],
	['clock_getres', 229, 'time', 'name:clock', '>timespec'],
	['clock_nanosleep', 230, 'time', 'name:clock', 'flags:timer', 'timespec', '>remaining'],
	['exit_group', 231, 'process', 'int'],
	['epoll_wait', 232, 'desc poll', 'fd', '>epoll-events', 'int', 'int'],
	['epoll_ctl', 233, 'desc poll', 'fd', 'name:epollctl', 'fd', 'epoll-event'],
	['tgkill', 234, 'signal process', 'int', 'int', 'signal'],
	[
		'mq_open',
		240,
		'ipc desc',
		'path',
		'flags:open',
		'mode-if-create:1',
		'mq-attributes-if-create:1',
	],
	['mq_unlink', 241, 'ipc', 'path'],
	['mq_timedsend', 242, 'ipc desc', 'fd', 'in:2', 'long', 'unsigned', 'timespec'],
	['mq_timedreceive', 243, 'ipc desc', 'fd', '>out', 'long', '>int', 'timespec'],
	['mq_notify', 244, 'ipc desc', 'fd', 'sigevent'],
	['mq_getsetattr', 245, 'ipc desc', 'fd', 'mq-attributes', '>mq-attributes'],
	['waitid', 247, 'process', 'name:idtype', 'int', '>siginfo', 'flags:wait', '>rusage'],
	['inotify_init', 253, 'desc'],
	['inotify_add_watch', 254, 'file desc', 'fd', 'path', 'flags:inotify'],
	['inotify_rm_watch', 255, 'desc', 'fd', 'int'],
	['openat', 257, 'file desc', 'dirfd', 'path', 'flags:open', 'mode-if-create:2'],
	['mkdirat', 258, 'file desc', 'dirfd', 'path', 'mode'],
	['mknodat', 259, 'file desc', 'dirfd', 'path', 'mode', 'device-if-special:2'],
	['fchownat', 260, 'file desc', 'dirfd', 'path', 'int', 'int', 'flags:at'],
	['newfstatat', 262, 'file desc', 'dirfd', 'path', '>stat', 'flags:at'],
	['unlinkat', 263, 'file desc', 'dirfd', 'path', 'flags:at'],
	['renameat', 264, 'file desc', 'dirfd', 'path', 'dirfd', 'path'],
	['linkat', 265, 'file desc', 'dirfd', 'path', 'dirfd', 'path', 'flags:at'],
	['symlinkat', 266, 'file desc', 'path', 'dirfd', 'path'],
	['readlinkat', 267, 'file desc', 'dirfd', 'path', '>out', 'long'],
	['fchmodat', 268, 'file desc', 'dirfd', 'path', 'mode'],
	['faccessat', 269, 'file desc', 'dirfd', 'path', 'flags:access'],
	['pselect6', 270, 'desc poll', 'int', 'fdset:0', 'fdset:0', 'fdset:0', 'timespec', 'pointer'],
	['ppoll', 271, 'desc poll', 'pollfds:1', 'unsigned', 'timespec', 'sigset', 'long'],
	['set_robust_list', 273, 'thread', 'pointer', 'long'],
	['utimensat', 280, 'file desc', 'dirfd', 'path', 'pointer', 'flags:at'],
	['epoll_pwait', 281, 'desc poll', 'fd', '>epoll-events', 'int', 'int', 'sigset', 'long'],
	['signalfd', 282, 'desc signal', 'int', 'sigset', 'long'],
	['timerfd_create', 283, 'desc time', 'name:clock', 'flags:timerfd'],
	['execveat', 322, 'file process', 'dirfd', 'path', 'strings', 'environment', 'flags:at'],
	['splice', 275, 'desc', 'fd', '>int', 'fd', '>int', 'long', 'unsigned'],
	['tee', 276, 'desc', 'fd', 'fd', 'long', 'unsigned'],
	['copy_file_range', 326, 'desc', 'fd', '>int', 'fd', '>int', 'long', 'unsigned'],
	['vmsplice', 278, 'desc', 'fd', 'iovec:2', 'long', 'unsigned'],
	['eventfd', 284, 'desc ipc', 'unsigned'],
	['fallocate', 285, 'desc', 'fd', 'int', 'long', 'long'],
	['timerfd_settime', 286, 'desc time', 'fd', 'flags:timer', 'itimerspec', '>itimerspec'],
	['timerfd_gettime', 287, 'desc time', 'fd', '>itimerspec'],
	['accept4', 288, 'network desc', 'fd', '>sockaddr:2', '>length', 'flags:sockettype'],
	['recvmmsg', 299, 'network', 'fd', 'pointer', 'unsigned', 'flags:message', 'timespec'],
	['sendmmsg', 307, 'network', 'fd', 'pointer', 'unsigned', 'flags:message'],
	['signalfd4', 289, 'desc signal', 'int', 'sigset', 'long', 'flags:signalfd'],
	['eventfd2', 290, 'desc ipc', 'unsigned', 'flags:eventfd'],
	['epoll_create1', 291, 'desc poll', 'flags:epollfd'],
	['dup3', 292, 'desc', 'fd', 'fd', 'flags:descriptorflags'],
	['pipe2', 293, 'desc ipc', '>pair', 'flags:descriptorflags'],
	['inotify_init1', 294, 'desc', 'flags:inotifyfd'],
	['preadv', 295, 'desc', 'fd', '>iovec:2', 'int', 'long'],
	['pwritev', 296, 'desc', 'fd', 'iovec:2', 'int', 'long'],
	['prlimit64', 302, 'process', 'int', 'name:rlimit', 'rlimit', '>rlimit'],
	['syncfs', 306, 'desc', 'fd'],
	['getcpu', 309, 'thread', '>int', '>int', 'pointer'],
	[
		'process_vm_readv',
		310,
		'process memory',
		'int',
		'pointer',
		'long',
		'pointer',
		'long',
		'unsigned',
	],
	[
		'process_vm_writev',
		311,
		'process memory',
		'int',
		'pointer',
		'long',
		'pointer',
		'long',
		'unsigned',
	],
	['renameat2', 316, 'file desc', 'dirfd', 'path', 'dirfd', 'path', 'unsigned'],
	['getrandom', 318, '', '>out', 'long', 'flags:random'],
	['memfd_create', 319, 'desc memory', 'path', 'unsigned'],
	['pidfd_send_signal', 424, 'process signal', 'fd', 'signal', 'pointer', 'unsigned'],
	['pidfd_open', 434, 'desc process', 'int', 'unsigned'],
	['close_range', 436, 'desc', 'fd', 'fd', 'unsigned'],
	['pidfd_getfd', 438, 'desc process', 'fd', 'fd', 'unsigned'],
	['faccessat2', 439, 'file desc', 'dirfd', 'path', 'flags:access', 'flags:at'],
	// The machine's own
	['thread_create', 1000, 'process thread', 'pointer', 'pointer', 'pointer', 'pointer'],
	['process_list', 1004, 'process', 'pointer', 'long'],
	['kio_serve', 1003, ''],
	['context_save', 1005, 'thread', 'int', 'pointer'],
	['context_make', 1006, 'thread', 'int', 'pointer', 'pointer', 'pointer', 'pointer', 'long'],
	['context_resume', 1007, 'thread', 'int'],
];

export type CallRow = {
	readonly name: string;
	readonly number: number;
	readonly families: readonly CallFamily[];
	readonly formats: readonly ArgumentFormat[];
};

export const systemCallTable: readonly CallRow[] = rows.map(
	([name, number, families, ...formats]) => ({
		name,
		number,
		families: families === '' ? [] : (families.split(' ') as CallFamily[]),
		formats,
	}),
);

const byNumber: ReadonlyMap<number, CallRow> = new Map(
	systemCallTable.map(row => [row.number, row]),
);
const byName: ReadonlyMap<string, CallRow> = new Map(systemCallTable.map(row => [row.name, row]));

export const callByNumber = (number: number): CallRow | undefined => byNumber.get(number);
/** For tests, which call by name. */
export const callByName = (name: string): CallRow | undefined => byName.get(name);

/** `read` for 0; strace's `syscall_0x1f4` for a number without a row. */
export const callName = (number: number): string =>
	byNumber.get(number)?.name ?? `syscall_0x${number.toString(16)}`;

/** Calls whose result is an address. */
const addressCalls: readonly string[] = ['mmap', 'mremap', 'brk', 'shmat'];

/** A result as strace prints it behind the `=`: `6`, `-1 ENOENT (No such file or directory)` without the text, `?`. */
export const formatResult = (name: string, value: number, errno: string): string => {
	if (errno === 'ERESTARTSYS') return '? ERESTARTSYS (To be restarted if SA_RESTART is set)';
	if (errno !== '') return `-1 ${errno}`;
	if (name === 'exit' || name === 'exit_group') return '?';
	return addressCalls.includes(name) ? `0x${value.toString(16)}` : String(value);
};
