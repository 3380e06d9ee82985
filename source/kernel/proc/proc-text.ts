// What the files of /proc say, proc(5): of a process, or of the system as a whole.

import type {ProcBody} from '../files/inode.js';
import type {Kernel} from '../kernel.js';
import {processTexts} from './proc-process-text.js';
import {systemTexts} from './proc-system-text.js';

/** The contents of a file of /proc now. Undefined: its process is gone. */
export const procText = (kernel: Kernel, body: ProcBody): string | undefined => {
	if (body.pid === 0) return systemTexts[body.name]?.(kernel, body.host) ?? '';
	const process = kernel.processes.get(body.pid);
	const thread = kernel.threads.get(body.tid);
	if (!process || process.state === 'gone' || !thread) return undefined;
	return processTexts[body.name]?.(kernel, process, thread) ?? '';
};
