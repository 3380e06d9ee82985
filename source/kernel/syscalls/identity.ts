// Who and where a process is, and what it may use: credentials(7), uname(2), getrlimit(2), prctl(2), getrandom(2).
// All processes belong to one ordinary user.

import {
	readBytes,
	readCString,
	readInt64,
	writeBytes,
	writeInt32,
	writeInt64,
} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import {pageSize} from '../../vm/page.js';
import {type Kernel, nanoseconds, nextRandom} from '../kernel.js';
import {done, failed, type Outcome} from '../outcome.js';
import type {Process} from '../process/process.js';
import {limitOf, resource, resourceCount, unlimited} from '../process/resource-limits.js';
import {watchCpuLimit} from '../time/posix-timers.js';
import {systemRelease, systemVersion} from '../system-name.js';
import {lastSignal, userId} from '../signals/signal-numbers.js';
import {hostOf, processOf, type SystemCall} from '../system-call.js';
import type {Thread} from '../process/thread.js';

const asUser: SystemCall = () => done(userId);

/** setuid(2) and the like: nobody may become somebody else; -1 leaves an id as it is. */
const setIds: SystemCall = (_kernel, _thread, args) =>
	args.every(id => (id | 0) === -1 || id >>> 0 === userId) ? done(0) : failed('EPERM');

const first =
	(call: SystemCall, count: number): SystemCall =>
	(kernel, thread, args, progress) =>
		call(kernel, thread, args.slice(0, count), progress);

/** getresuid(2): real, effective and saved id are one. */
const getIds: SystemCall = (_kernel, thread, args) =>
	args.slice(0, 3).every(address => writeInt32(thread.context, address, userId))
		? done(0)
		: failed('EFAULT');

const getGroups: SystemCall = (_kernel, thread, args) => {
	const size = args[0]! | 0;
	if (size < 0) return failed('EINVAL');
	if (size === 0) return done(1);
	return writeInt32(thread.context, args[1]!, userId) ? done(1) : failed('EFAULT');
};

/** The process that a pid argument names: 0 is the caller's own. */
const namedProcess = (kernel: Kernel, thread: Thread, pid: number): Process | undefined => {
	const own = processOf(kernel, thread);
	if (pid === 0) return own;
	const process = kernel.processes.get(pid);
	return process && process.host === own.host && process.state !== 'gone' ? process : undefined;
};

const getGroup: SystemCall = (kernel, thread, args) => {
	const process = namedProcess(kernel, thread, args[0]! | 0);
	return process ? done(process.group) : failed('ESRCH');
};

const getSession: SystemCall = (kernel, thread, args) => {
	const process = namedProcess(kernel, thread, args[0]! | 0);
	return process ? done(process.session) : failed('ESRCH');
};

const setGroup: SystemCall = (kernel, thread, args) => {
	const pid = args[0]! | 0;
	const group = args[1]! | 0;
	if (group < 0 || (group === 0 && pid < 0)) return failed('EINVAL');
	const caller = processOf(kernel, thread);
	const target = namedProcess(kernel, thread, pid);
	if (!target || (target !== caller && target.parent !== caller.pid)) return failed('ESRCH');
	if (target !== caller && target.hasExecuted) return failed('EACCES');
	if (target.session !== caller.session || target.session === target.pid) return failed('EPERM');
	const wanted = group === 0 ? target.pid : group;
	const isKnown = [...kernel.processes.values()].some(
		other => other.group === wanted && other.session === caller.session && other.state !== 'gone',
	);
	if (wanted !== target.pid && !isKnown) return failed('EPERM');
	if (target.group !== wanted) markEffect(thread.context.turns);
	target.group = wanted;
	return done(0);
};

const createSession: SystemCall = (kernel, thread) => {
	const process = processOf(kernel, thread);
	const isLeader = [...kernel.processes.values()].some(
		other => other.group === process.pid && other.state !== 'gone',
	);
	if (isLeader) return failed('EPERM');
	process.session = process.pid;
	process.group = process.pid;
	markEffect(thread.context.turns);
	return done(process.pid);
};

const encoder = new TextEncoder();

/** Fields of struct utsname, 65 bytes each. */
const nameField = 65;

const nameSystem: SystemCall = (kernel, thread, args) => {
	const host = hostOf(kernel, processOf(kernel, thread));
	const fields = ['Linux', host.name, systemRelease, systemVersion, 'x86_64', '(none)'];
	const bytes = new Uint8Array(fields.length * nameField);
	fields.forEach((field, index) => {
		bytes.set(encoder.encode(field).subarray(0, nameField - 1), index * nameField);
	});
	return writeBytes(thread.context, args[0]!, bytes) ? done(0) : failed('EFAULT');
};

const systemInfo: SystemCall = (kernel, thread, args) => {
	const view = new DataView(new ArrayBuffer(112));
	const total = kernel.config.limits.machinePages;
	const used = [...new Set([...kernel.processes.values()].map(({space}) => space))].reduce(
		(sum, space) => sum + space.privatePages,
		0,
	);
	const count = [...kernel.processes.values()].filter(({state}) => state === 'alive').length;
	view.setBigInt64(0, BigInt(Math.floor(nanoseconds(kernel) / 1e9)), true);
	view.setBigInt64(32, BigInt(total * pageSize), true);
	view.setBigInt64(40, BigInt(Math.max(0, total - used) * pageSize), true);
	view.setUint16(80, count, true);
	view.setUint32(104, 1, true);
	return writeBytes(thread.context, args[0]!, new Uint8Array(view.buffer))
		? done(0)
		: failed('EFAULT');
};

const isWithin = (value: number, limit: number): boolean =>
	limit === unlimited || (value !== unlimited && value <= limit);

/** setrlimit(2): the soft limit may be anything up to the hard one, which may only be lowered. */
const changeLimit = (
	kernel: Kernel,
	process: Process,
	thread: Thread,
	number: number,
	address: number,
): Outcome => {
	const soft = readInt64(thread.context.space, address);
	const hard = readInt64(thread.context.space, address + 8);
	if (soft === undefined || hard === undefined) return failed('EFAULT');
	if (!isWithin(soft, hard)) return failed('EINVAL');
	const old = limitOf(kernel, process, number);
	if (!isWithin(hard, old.hard)) return failed('EPERM');
	if (old.soft !== soft || old.hard !== hard) markEffect(thread.context.turns);
	process.limits.set(number, {soft, hard});
	if (number === resource.files) process.descriptorLimit = soft;
	if (number === resource.cpu) watchCpuLimit(kernel, process);
	return done(0);
};

const processLimit: SystemCall = (kernel, thread, args) => {
	const [pid = 0, which = 0, newAddress = 0, oldAddress = 0] = args;
	const number = which | 0;
	if (number < 0 || number >= resourceCount) return failed('EINVAL');
	const process = namedProcess(kernel, thread, pid | 0);
	if (!process) return failed('ESRCH');
	const {soft, hard} = limitOf(kernel, process, number);
	if (newAddress !== 0) {
		const outcome = changeLimit(kernel, process, thread, number, newAddress);
		if (outcome.kind !== 'done') return outcome;
	}
	if (oldAddress === 0) return done(0);
	const {context} = thread;
	return writeInt64(context, oldAddress, soft) && writeInt64(context, oldAddress + 8, hard)
		? done(0)
		: failed('EFAULT');
};

/** Options of prctl(2). */
const prSetDeathSignal = 1;
const prGetDeathSignal = 2;
const prSetDumpable = 4;
const prSetSubreaper = 36;
const prGetSubreaper = 37;
const prSetName = 15;
const prGetName = 16;
const prGetDumpable = 3;
/** TASK_COMM_LEN, with the NUL. */
const nameLength = 16;

const control: SystemCall = (kernel, thread, args) => {
	const [option = 0, address = 0] = args;
	const process = processOf(kernel, thread);
	switch (option | 0) {
		case prSetDeathSignal: {
			if (address < 0 || address > lastSignal) return failed('EINVAL');
			process.deathSignal = address;
			return done(0);
		}

		case prGetDeathSignal:
			return writeInt32(thread.context, address, process.deathSignal) ? done(0) : failed('EFAULT');
		case prSetSubreaper: {
			process.isSubreaper = address !== 0;
			return done(0);
		}

		case prGetSubreaper:
			return writeInt32(thread.context, address, process.isSubreaper ? 1 : 0)
				? done(0)
				: failed('EFAULT');

		case prSetName:
			return setName(kernel, thread, address);
		case prSetDumpable: {
			if (address !== 0 && address !== 1) return failed('EINVAL');
			process.isDumpable = address === 1;
			return done(0);
		}

		case prGetName: {
			const bytes = new Uint8Array(nameLength);
			bytes.set(encoder.encode(thread.name).subarray(0, nameLength - 1));
			return writeBytes(thread.context, address, bytes) ? done(0) : failed('EFAULT');
		}

		case prGetDumpable:
			return done(process.isDumpable ? 1 : 0);
		default:
			return failed('EINVAL');
	}
};

/** The name of the first thread is the process's. */
const setName = (kernel: Kernel, thread: Thread, address: number): Outcome => {
	const bytes = readCString(thread.context.space, address, nameLength);
	if (bytes === undefined) return failed('EFAULT');
	const cut =
		bytes === 'too-long' ? readBytes(thread.context.space, address, nameLength - 1) : bytes;
	const name = new TextDecoder().decode(cut);
	if (name !== thread.name) {
		markEffect(thread.context.turns);
		kernel.census.taskChanges++;
	}
	thread.name = name;
	if (thread.tid === thread.pid) processOf(kernel, thread).name = name;
	return done(0);
};

const mostRandom = 256;

/** Bytes of the machine's own generator, so the same seed gives the same ones. */
const getRandom: SystemCall = (kernel, thread, args) => {
	const [address = 0, length = 0, flags = 0] = args;
	if ((flags & ~7) !== 0) return failed('EINVAL');
	let stored = 0;
	while (stored < length) {
		const bytes = new Uint8Array(Math.min(mostRandom, length - stored));
		for (let index = 0; index < bytes.length; index++) bytes[index] = nextRandom(kernel) >>> 11;
		if (!writeBytes(thread.context, address + stored, bytes))
			return stored > 0 ? done(stored) : failed('EFAULT');
		stored += bytes.length;
	}
	return done(stored);
};

const getCpu: SystemCall = (_kernel, thread, args) => {
	const [cpu = 0, node = 0] = args;
	if (cpu !== 0 && !writeInt32(thread.context, cpu, Math.max(0, thread.cpu)))
		return failed('EFAULT');
	if (node !== 0 && !writeInt32(thread.context, node, 0)) return failed('EFAULT');
	return done(0);
};

export const identityCalls: Record<string, SystemCall> = {
	getpid: (_kernel, thread) => done(thread.pid),
	gettid: (_kernel, thread) => done(thread.tid),
	getppid: (kernel, thread) => done(processOf(kernel, thread).parent),
	getuid: asUser,
	geteuid: asUser,
	getgid: asUser,
	getegid: asUser,
	setuid: first(setIds, 1),
	setgid: first(setIds, 1),
	setreuid: first(setIds, 2),
	setregid: first(setIds, 2),
	setresuid: first(setIds, 3),
	setresgid: first(setIds, 3),
	getresuid: getIds,
	getresgid: getIds,
	setfsuid: asUser,
	setfsgid: asUser,
	getgroups: getGroups,
	setgroups: () => failed('EPERM'),
	getpgid: getGroup,
	getpgrp: (kernel, thread) => done(processOf(kernel, thread).group),
	setpgid: setGroup,
	getsid: getSession,
	setsid: createSession,
	uname: nameSystem,
	sethostname: () => failed('EPERM'),
	setdomainname: () => failed('EPERM'),
	sysinfo: systemInfo,
	prlimit64: processLimit,
	getrlimit: (kernel, thread, args, call) =>
		processLimit(kernel, thread, [0, args[0]!, 0, args[1]!], call),
	setrlimit: (kernel, thread, args, call) =>
		processLimit(kernel, thread, [0, args[0]!, args[1]!, 0], call),
	prctl: control,
	getrandom: getRandom,
	getcpu: getCpu,
};
