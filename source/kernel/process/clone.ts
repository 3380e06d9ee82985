// clone(2), fork(2) and vfork(2): a new thread of control that goes on where its maker stands, and shares with it what the
// flags say: memory, descriptors, working directory and umask, signal handlers. What is not shared is copied.

import {type AddressSpace, canFork, findRegion, forkAddressSpace} from '../../vm/address-space.js';
import {type Context, forkContext} from '../../vm/context.js';
import {writeInt32} from '../../vm/memory.js';
import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import type {Kernel} from '../kernel.js';
import {signalNumbers} from '../signals/signal-numbers.js';
import {forkProcessSignals} from '../signals/signals.js';
import {processOf} from '../system-call.js';
import {watchCpuLimit} from '../time/posix-timers.js';
import {recordEvent} from '../trace/events.js';
import {storeResult} from './call-result.js';
import {forkDescriptors} from './descriptors.js';
import type {Process} from './process.js';
import {addThread, createProcess, hasRoomForThread} from './process-life.js';
import {resource, softLimit} from './resource-limits.js';
import type {Thread} from './thread.js';

export const cloneFlags = {
	/** The low byte: the signal that the parent gets when the child ends. */
	exitSignal: 0xff,
	memory: 0x100,
	fileContext: 0x200,
	descriptors: 0x400,
	signalHandlers: 0x800,
	vfork: 0x4000,
	/** The child becomes a sibling. */
	parent: 0x8000,
	thread: 0x1_0000,
	setThreadPointer: 0x8_0000,
	setParentTid: 0x10_0000,
	clearChildTid: 0x20_0000,
	setChildTid: 0x100_0000,
} as const;

export type CloneRequest = {
	/** CLONE_… and the exit signal. */
	readonly flags: number;
	/** Where the child's stack ends, in bytes; 0 for that of its maker. */
	readonly stack: number;
	/** Where the child's tid is stored in the maker's memory and in the child's, and cleared in the child's at its end. */
	readonly parentTid: number;
	readonly childTid: number;
	readonly threadPointer: number;
};

const plainFork: CloneRequest = {
	flags: signalNumbers.SIGCHLD,
	stack: 0,
	parentTid: 0,
	childTid: 0,
	threadPointer: 0,
};

/** fork(2). */
export const fork = (kernel: Kernel, thread: Thread): Thread | Errno =>
	clone(kernel, thread, plainFork);

/** vfork(2), up to the wait: the child runs in its maker's memory. */
export const forkInPlace = (kernel: Kernel, thread: Thread): Thread | Errno =>
	clone(kernel, thread, {...plainFork, flags: plainFork.flags | cloneFlags.memory});

/** clone(2) after its checks. The child's first thread, or a new thread of the process with CLONE_THREAD; or why not. */
export const clone = (kernel: Kernel, thread: Thread, request: CloneRequest): Thread | Errno => {
	const parent = processOf(kernel, thread);
	const {flags} = request;
	if (
		!hasRoomForThread(kernel) ||
		kernel.population >= softLimit(kernel, parent, resource.processes)
	)
		return 'EAGAIN';
	const isSharing = (flags & cloneFlags.memory) !== 0;
	if (!isSharing && !canFork(parent.space)) return 'ENOMEM';
	const isThread = (flags & cloneFlags.thread) !== 0;
	const child = isThread ? parent : cloneProcess(kernel, parent, flags);
	const tid = isThread ? kernel.nextPid++ : child.pid;
	const context = cloneContext(thread.context, child.space, tid, request);
	storeResult(context, 0);
	const created = addThread(kernel, child, context, {
		mask: thread.signals.mask,
		nice: thread.nice,
		affinity: thread.affinity,
	});
	if (!isThread) inheritFrames(thread, created);
	created.name = thread.name;
	storeTids(thread, created, request);
	markEffect(thread.context.turns);
	recordEvent(kernel, created.tid, {
		kind: 'created',
		parent: thread.tid,
		command: child.argv.join(' '),
		what: isThread ? 'thread' : 'process',
	});
	return created;
};

/** A child's entry in the process table: copies of what its parent has, and the very same where the flags say so. */
const cloneProcess = (kernel: Kernel, parent: Process, flags: number): Process => {
	const isSharing = (flag: number): boolean => (flags & flag) !== 0;
	const isSibling = isSharing(cloneFlags.parent);
	if (isSharing(cloneFlags.memory)) parent.space.users++;
	const child = createProcess(kernel, {
		host: parent.host,
		parent: isSibling ? parent.parent : parent.pid,
		program: parent.program,
		space: isSharing(cloneFlags.memory) ? parent.space : forkAddressSpace(parent.space),
		name: parent.name,
		argv: parent.argv,
		environment: parent.environment,
		fs: isSharing(cloneFlags.fileContext) ? parent.fs : {...parent.fs},
		executable: parent.executable,
		signals: forkProcessSignals(parent.signals, isSharing(cloneFlags.signalHandlers)),
	});
	child.group = parent.group;
	child.session = parent.session;
	child.exitSignal = isSibling ? parent.exitSignal : flags & cloneFlags.exitSignal;
	child.descriptorLimit = parent.descriptorLimit;
	for (const [number, limit] of parent.limits) child.limits.set(number, limit);
	if (child.limits.has(resource.cpu)) watchCpuLimit(kernel, child);
	for (const [id, saved] of parent.contexts) child.contexts.set(id, saved);
	if (isSharing(cloneFlags.memory)) child.memoryOf = parent.memoryOf;
	if (isSharing(cloneFlags.descriptors)) {
		child.descriptors = parent.descriptors;
		child.sharesDescriptors = true;
		parent.sharesDescriptors = true;
	} else {
		child.descriptors = forkDescriptors(parent);
	}
	return child;
};

const cloneContext = (
	maker: Context,
	space: AddressSpace,
	tid: number,
	{flags, stack, threadPointer}: CloneRequest,
): Context => {
	const context = forkContext(maker, space, tid);
	if ((flags & cloneFlags.setThreadPointer) !== 0) context.threadPointer = threadPointer;
	if (stack === 0) return context;
	context.sp = stack - (stack % 16);
	context.stackHigh = context.sp;
	context.stackLow = findRegion(space, context.sp - 1)?.start ?? context.sp;
	return context;
};

const inheritFrames = (from: Thread, to: Thread): void => {
	to.signals.frames = from.signals.frames.map(frame => ({...frame}));
	to.signals.alternateStack = from.signals.alternateStack;
};

const storeTids = (thread: Thread, created: Thread, request: CloneRequest): void => {
	const {flags, parentTid, childTid} = request;
	if ((flags & cloneFlags.setParentTid) !== 0) writeInt32(thread.context, parentTid, created.tid);
	if ((flags & cloneFlags.setChildTid) !== 0) writeInt32(created.context, childTid, created.tid);
	if ((flags & cloneFlags.clearChildTid) !== 0) created.clearTid = childTid;
};
