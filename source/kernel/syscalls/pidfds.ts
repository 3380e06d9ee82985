// The system calls on processes by descriptor: pidfd_open(2), pidfd_send_signal(2), pidfd_getfd(2).

import {markEffect} from '../../vm/turns.js';
import type {Errno} from '../errno.js';
import {openFlags} from '../files/open-flags.js';
import type {Kernel} from '../kernel.js';
import {done, failed} from '../outcome.js';
import {fileAt, installDescriptor} from '../process/descriptors.js';
import {createProcessFile} from '../process/pidfd.js';
import type {Process} from '../process/process.js';
import type {Thread} from '../process/thread.js';
import {lastSignal} from '../signals/signal-numbers.js';
import {sendSignal, userSignal} from '../signals/signals.js';
import {processOf, type SystemCall} from '../system-call.js';
import {install} from './event-files.js';
import {readQueuedInfo} from './queued-info.js';

const pidfdOpen: SystemCall = (kernel, thread, args) => {
	const [pid, flags] = [args[0]! | 0, args[1]! | 0];
	if (pid <= 0 || (flags & ~openFlags.nonblock) !== 0) return failed('EINVAL');
	const target = kernel.processes.get(pid);
	if (!target) return failed(kernel.threads.has(pid) ? 'EINVAL' : 'ESRCH');
	if (target.state === 'gone' || target.host !== processOf(kernel, thread).host)
		return failed('ESRCH');
	const thing = createProcessFile(kernel, target);
	return install(kernel, thread, thing, flags | openFlags.readWrite | openFlags.closeOnExec);
};

/** The process that a pidfd of the caller refers to. */
export const processAt = (kernel: Kernel, thread: Thread, descriptor: number): Process | Errno => {
	const thing = fileAt(processOf(kernel, thread), descriptor)?.thing;
	return thing?.kind === 'pidfd' ? thing.process : 'EBADF';
};

const pidfdSendSignal: SystemCall = (kernel, thread, args) => {
	const [descriptor, signal, info] = [args[0]! | 0, args[1]! | 0, args[2]!];
	if (args[3] !== 0) return failed('EINVAL');
	const target = processAt(kernel, thread, descriptor);
	if (typeof target === 'string') return failed(target);
	const sent = info === 0 ? userSignal(signal, thread.pid) : readQueuedInfo(thread, signal, info);
	if (typeof sent === 'string') return failed(sent);
	if (info !== 0 && sent.code >= 0 && target.pid !== thread.pid) return failed('EPERM');
	if (signal < 0 || signal > lastSignal) return failed('EINVAL');
	if (target.state === 'gone') return failed('ESRCH');
	if (signal === 0) return done(0);
	markEffect(thread.context.turns);
	sendSignal(kernel, target, sent);
	return done(0);
};

/** A duplicate of a descriptor of the other process. Who may send signals to it may do this here, too. */
const pidfdGetFd: SystemCall = (kernel, thread, args) => {
	if (args[2] !== 0) return failed('EINVAL');
	const target = processAt(kernel, thread, args[0]! | 0);
	if (typeof target === 'string') return failed(target);
	if (target.state !== 'alive') return failed('ESRCH');
	const file = fileAt(target, args[1]! | 0);
	if (!file) return failed('EBADF');
	return installDescriptor(kernel, processOf(kernel, thread), file, true, thread);
};

export const pidfdCalls: Readonly<Record<string, SystemCall>> = {
	pidfd_open: pidfdOpen,
	pidfd_send_signal: pidfdSendSignal,
	pidfd_getfd: pidfdGetFd,
};
