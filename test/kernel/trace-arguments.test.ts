import {beforeEach, expect, test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {callByName} from '../../source/kernel/syscall-table.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {argumentsAfter, argumentsBefore} from '../../source/kernel/trace/trace-arguments.js';
import {writeBytes} from '../../source/vm/memory.js';
import {createIpcKernel, put} from './ipc-fixture.js';
import {addTestProcess, putString, scratch} from './kernel-fixture.js';

let kernel: Kernel;
let thread: Thread;

beforeEach(() => {
	kernel = createIpcKernel();
	thread = addTestProcess(kernel);
});

const callOf = (name: string, args: readonly number[]) => ({
	number: callByName(name)!.number,
	args: [...args, 0, 0, 0, 0, 0, 0].slice(0, 6),
	since: 0,
	tries: 1,
	count: 0,
	isInterrupted: false,
});

const before = (name: string, ...args: readonly number[]): string =>
	argumentsBefore(kernel, thread, callOf(name, args)).join(', ');
const after = (name: string, args: readonly number[], value: number, errno = ''): string =>
	argumentsAfter(kernel, thread, callOf(name, args), value, errno).join(', ');

const text = (content: string, at?: number): number => putString(thread, content, at);

test('a read shows its bytes when it has ended, and an address when it has failed', () => {
	const buffer = text('hello\n');
	expect(before('read', 3, buffer, 4096)).toBe('3');
	expect(after('read', [3, buffer, 4096], 6)).toBe('3, "hello\\n", 4096');
	expect(after('read', [3, buffer, 4096], -1, 'EAGAIN')).toBe('3, 0x1008000, 4096');
	expect(after('read', [3, buffer, 4096], 0)).toBe('3, "", 4096');
});

test('strings are escaped as in C and cut at 32 bytes', () => {
	writeBytes(thread.context, scratch, Uint8Array.of(0, 7, 49, 7, 97, 34, 92, 200, 9));
	expect(before('write', 1, scratch, 9)).toBe('1, "\\0\\0071\\7a\\"\\\\\\310\\t", 9');
	const long = text('x'.repeat(33));
	expect(before('write', 1, long, 33)).toBe(`1, "${'x'.repeat(32)}"..., 33`);
	expect(before('write', 1, long, 32)).toBe(`1, "${'x'.repeat(32)}", 32`);
	expect(before('write', 1, 0x7fff_0000, 5)).toBe('1, 0x7fff0000, 5');
	expect(before('write', 1, 0, 5)).toBe('1, NULL, 5');
});

test('open shows its mode only if it may create', () => {
	const path = text('x');
	expect(before('open', path, 0o102, 0o600)).toBe('"x", O_RDWR|O_CREAT, 0600');
	expect(before('open', path, 0, 0o600)).toBe('"x", O_RDONLY');
	expect(before('openat', -100, path, 0o101, 0)).toBe('AT_FDCWD, "x", O_WRONLY|O_CREAT, 0000');
});

test('modes show the kind of file, mknod a device only for one, prctl a name as a string', () => {
	const path = text('/tmp/line');
	expect(before('mknod', path, 0o010600, 0)).toBe('"/tmp/line", S_IFIFO|0600');
	expect(before('mknodat', -100, path, 0o020600, 0x103)).toBe(
		'AT_FDCWD, "/tmp/line", S_IFCHR|0600, 259',
	);
	writeBytes(thread.context, scratch + 256, new Uint8Array(64));
	put(thread, 4, [0o100644], scratch + 256 + 24);
	expect(after('fstat', [3, scratch + 256], 0)).toBe('3, {st_mode=S_IFREG|0644, st_size=0, ...}');
	const name = text('asker');
	expect(before('prctl', 15, name)).toBe('PR_SET_NAME, "asker"');
	expect(before('prctl', 16, name)).toBe('PR_GET_NAME, 0x1008000');
	expect(after('prctl', [16, name], 0)).toBe('PR_GET_NAME, "asker"');
});

test('clone shows the signal among its flags, inotify and ioctl the names of their numbers', () => {
	expect(before('clone', 0x111, 0x2000, 0, 0, 0)).toBe(
		'SIGCHLD|CLONE_VM, 0x2000, NULL, NULL, NULL',
	);
	expect(before('clone', 0x100, 0, 0, 0, 0)).toBe('CLONE_VM, NULL, NULL, NULL, NULL');
	const path = text('d');
	expect(before('inotify_add_watch', 3, path, 0x302)).toBe('3, "d", IN_MODIFY|IN_CREATE|IN_DELETE');
	expect(before('inotify_add_watch', 3, path, 0x8000_0fff)).toBe(
		'3, "d", IN_ALL_EVENTS|IN_ONESHOT',
	);
	expect(before('inotify_init1', 0o4000)).toBe('IN_NONBLOCK');
	expect(before('ioctl', 4, 0x4004_5431, 0)).toContain('4, TIOCSPTLCK');
	expect(before('ioctl', 4, 0x540e, 0)).toContain('4, TIOCSCTTY');
});

test('results in memory: pipes, wait statuses, times', () => {
	expect(after('pipe2', [put(thread, 4, [3, 4]), 0o4000], 0)).toBe('[3, 4], O_NONBLOCK');
	const wait = (status: number): string => after('wait4', [-1, put(thread, 4, [status]), 0, 0], 5);
	expect(wait(0)).toBe('-1, [{WIFEXITED(s) && WEXITSTATUS(s) == 0}], 0, NULL');
	expect(wait(9)).toBe('-1, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], 0, NULL');
	expect(wait(0x137f)).toBe('-1, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP}], 0, NULL');
	expect(wait(0xffff)).toBe('-1, [{WIFCONTINUED(s)}], 0, NULL');
	const time = put(thread, 8, [1, 500]);
	expect(before('nanosleep', time, 0)).toBe('{tv_sec=1, tv_nsec=500}, NULL');
	expect(after('clock_gettime', [1, time], 0)).toBe('CLOCK_MONOTONIC, {tv_sec=1, tv_nsec=500}');
});

test('signals: names, sets and actions', () => {
	expect(before('kill', 5, 15)).toBe('5, SIGTERM');
	expect(before('rt_sigprocmask', 0, put(thread, 8, [0x202]), 0, 8)).toBe(
		'SIG_BLOCK, [INT USR1], NULL, 8',
	);
	expect(before('rt_sigprocmask', 2, put(thread, 8, [-1]), 0, 8)).toBe('SIG_SETMASK, ~[], NULL, 8');
	const action = put(thread, 8, [0x80_0010, 0x1000_0000, 0, 0]);
	expect(before('rt_sigaction', 2, action, 0, 8)).toBe(
		'SIGINT, {sa_handler=0x800010, sa_mask=[], sa_flags=SA_RESTART}, NULL, 8',
	);
});

test('arguments that depend on others', () => {
	expect(before('futex', scratch, 128, 2, 0)).toBe('0x1000000, FUTEX_WAIT_PRIVATE, 2, NULL');
	expect(before('futex', scratch, 129, 1, 0)).toBe('0x1000000, FUTEX_WAKE_PRIVATE, 1');
	expect(before('futex', scratch, 137, 2, 0, 0, -1)).toBe(
		'0x1000000, FUTEX_WAIT_BITSET_PRIVATE, 2, NULL, FUTEX_BITSET_MATCH_ANY',
	);
	expect(before('futex', scratch, 3, 1, 5, scratch + 8)).toBe(
		'0x1000000, FUTEX_REQUEUE, 1, 5, 0x1000008',
	);
	expect(before('fcntl', 3, 4, 0o4000)).toBe('3, F_SETFL, O_RDONLY|O_NONBLOCK');
	expect(before('fcntl', 3, 1, 99)).toBe('3, F_GETFD');
	expect(before('semctl', 0, 1, 16, 5)).toBe('0, 1, SETVAL, 5');
	expect(before('semctl', 0, 1, 12, 5)).toBe('0, 1, GETVAL');
	expect(before('shmget', 0, 100, 0o1600)).toBe('IPC_PRIVATE, 100, IPC_CREAT|0600');
});

test('lists and structs', () => {
	const polls = put(thread, 4, [3, 1, 4, 0x4_0004]);
	expect(before('poll', polls, 2, 100)).toBe(
		'[{fd=3, events=POLLIN}, {fd=4, events=POLLOUT}], 2, 100',
	);
	expect(after('poll', [polls, 2, 100], 1)).toBe(
		'[{fd=3, events=POLLIN}, {fd=4, events=POLLOUT, revents=POLLOUT}], 2, 100',
	);
	expect(before('semop', 0, put(thread, 2, [0, -1, 0x1000]), 1)).toBe(
		'0, [{sem_num=0, sem_op=-1, sem_flg=SEM_UNDO}], 1',
	);
	put(thread, 8, [text('abc'), 3], scratch + 64);
	expect(before('writev', 1, scratch + 64, 1)).toBe('1, [{iov_base="abc", iov_len=3}], 1');
	expect(after('select', [4, put(thread, 8, [0b1001]), 0, 0, 0], 1)).toBe(
		'4, [0 3], NULL, NULL, NULL',
	);
	put(thread, 8, [7], scratch + 128);
	text('hi', scratch + 136);
	expect(before('msgsnd', 2, scratch + 128, 2, 0)).toBe('2, {mtype=7, mtext="hi"}, 2, 0');
});

test('socket addresses', () => {
	writeBytes(
		thread.context,
		scratch,
		Uint8Array.of(2, 0, 0x1b, 0x58, 10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
	);
	expect(before('bind', 3, scratch, 16)).toBe(
		'3, {sa_family=AF_INET, sin_port=htons(7000), sin_addr=inet_addr("10.0.0.1")}, 16',
	);
	writeBytes(thread.context, scratch, Uint8Array.of(1, 0, 47, 115, 0));
	expect(before('connect', 3, scratch, 110)).toBe('3, {sa_family=AF_UNIX, sun_path="/s"}, 110');
});
