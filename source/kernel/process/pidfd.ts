// pidfd_open(2): a descriptor that refers to a process, and to no other even when its number is used again. It becomes
// readable at the end of the process; read(2) and write(2) have nothing to do with it.

import {
	anonymousStatus,
	type FileOperations,
	noOperations,
	readable,
} from '../files/file-operations.js';
import {type Kernel, nextObjectId} from '../kernel.js';
import {createPollPoint, type PollPoint} from '../polling/poll-point.js';
import type {Process} from './process.js';

/** An open pidfd. */
export type ProcessFile = {
	readonly kind: 'pidfd';
	readonly id: number;
	readonly process: Process;
	/** Where its end is announced. */
	readonly point: PollPoint;
};

export const createProcessFile = (kernel: Kernel, process: Process): ProcessFile => {
	process.endPoint ??= createPollPoint(`process:${process.pid}`, readable);
	return {kind: 'pidfd', id: nextObjectId(kernel), process, point: process.endPoint};
};

export const pidfdOperations: FileOperations<ProcessFile> = {
	...noOperations,
	readiness: (_kernel, {process}) => (process.state === 'alive' ? 0 : readable),
	pollPoints: (_kernel, {point}) => [point],
	status: (_kernel, {id}) => anonymousStatus(id, 0o600),
	channel: ({process}) => `process:${process.pid}`,
};
