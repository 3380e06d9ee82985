// All system call handlers by number: the families merged with the one table.

import {blockDeviceCalls} from '../files/block-device.js';
import {systemCallTable} from '../syscall-table.js';
import type {SystemCall} from '../system-call.js';
import {contextCalls} from './contexts.js';
import {directoryCalls} from './directories.js';
import {fileCalls} from './files.js';
import {identityCalls} from './identity.js';
import {inotifyCalls} from './inotify.js';
import {memoryCalls} from './memory.js';
import {messageQueueCalls} from './message-queues.js';
import {pidfdCalls} from './pidfds.js';
import {pipeCalls} from './pipes.js';
import {pollCalls} from './poll.js';
import {processListCalls} from './process-list.js';
import {intervalTimerCalls} from './interval-timers.js';
import {posixTimerCalls} from './posix-timers.js';
import {processMemoryCalls} from './process-memory.js';
import {processCalls} from './processes.js';
import {signalCalls} from './signals.js';
import {socketCalls} from './sockets.js';
import {spliceCalls} from './splice.js';
import {sysvCalls} from './sysv.js';
import {threadCalls} from './threads.js';
import {timeCalls} from './time.js';

const handlers: Readonly<Record<string, SystemCall>> = {
	...blockDeviceCalls,
	...contextCalls,
	...directoryCalls,
	...fileCalls,
	...identityCalls,
	...inotifyCalls,
	...memoryCalls,
	...messageQueueCalls,
	...pidfdCalls,
	...pipeCalls,
	...pollCalls,
	...intervalTimerCalls,
	...posixTimerCalls,
	...processCalls,
	...processMemoryCalls,
	...processListCalls,
	...signalCalls,
	...socketCalls,
	...spliceCalls,
	...sysvCalls,
	...threadCalls,
	...timeCalls,
};

const byNumber = new Map<number, {readonly name: string; readonly handler: SystemCall | undefined}>(
	systemCallTable.map(({name, number}) => [number, {name, handler: handlers[name]}]),
);

/** The handler of a system call number, or undefined (ENOSYS). */
export const handlerOf = (number: number): SystemCall | undefined => byNumber.get(number)?.handler;

/** The name of a system call number, as strace prints it. */
export const nameOf = (number: number): string => byNumber.get(number)?.name ?? `syscall_${number}`;

/** Names of handlers that the table does not know: a mistake of ours, which a test looks for. */
export const unlistedHandlers = (): readonly string[] => {
	const known = new Set(systemCallTable.map(({name}) => name));
	return Object.keys(handlers).filter(name => !known.has(name));
};
