// Copying between the memories of two processes without a channel: process_vm_readv(2), process_vm_writev(2). Who may send
// signals to the other may do this.

import {markEffect} from '../../vm/turns.js';
import {userSink, userSource} from '../memory/user-buffer.js';
import {done, failed} from '../outcome.js';
import {processOf, type SystemCall} from '../system-call.js';
import {readVector} from './files.js';

const copyMemory =
	(direction: 'read' | 'write'): SystemCall =>
	(kernel, thread, args) => {
		if (args[5] !== 0) return failed('EINVAL');
		const local = readVector(thread, args[1]!, args[2]! | 0);
		if (typeof local === 'string') return failed(local);
		const remote = readVector(thread, args[3]!, args[4]! | 0);
		if (typeof remote === 'string') return failed(remote);
		const target = kernel.processes.get(args[0]! | 0);
		const context = kernel.threads.get(target?.threads[0] ?? -1)?.context;
		if (!target || !context || target.host !== processOf(kernel, thread).host)
			return failed('ESRCH');
		const isRead = direction === 'read';
		const source = isRead
			? userSource(context.space, remote)
			: userSource(thread.context.space, local);
		const sink = isRead ? userSink(thread.context, local) : userSink(context, remote);
		const wanted = Math.min(source.length, sink.length);
		if (wanted === 0) return done(0);
		markEffect(thread.context.turns);
		const count = sink.putSome(source.getSome(wanted));
		return count > 0 ? done(count) : failed('EFAULT');
	};

export const processMemoryCalls: Readonly<Record<string, SystemCall>> = {
	process_vm_readv: copyMemory('read'),
	process_vm_writev: copyMemory('write'),
};
