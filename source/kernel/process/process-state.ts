// How a process is, in a letter and a word: ps(1), "PROCESS STATE CODES", and proc(5).

import type {Kernel} from '../kernel.js';
import type {Process} from './process.js';
import type {Thread} from './thread.js';

export type StateLetter = 'R' | 'S' | 'D' | 'T' | 'Z';

export const stateWords: Readonly<Record<StateLetter, string>> = {
	R: 'running',
	S: 'sleeping',
	D: 'disk sleep',
	T: 'stopped',
	Z: 'zombie',
};

const letterOfThreads = (threads: readonly (Thread | undefined)[]): StateLetter => {
	if (threads.some(thread => thread?.state === 'running' || thread?.state === 'ready')) return 'R';
	return threads.some(thread => thread?.waitName.startsWith('disk')) ? 'D' : 'S';
};

/** Of a process as a whole, or of one of its threads (its tid). */
export const stateLetter = (kernel: Kernel, process: Process, tid?: number): StateLetter => {
	if (process.state === 'zombie') return 'Z';
	if (process.isStopped) return 'T';
	const tids = tid === undefined ? process.threads : [tid];
	return letterOfThreads(tids.map(id => kernel.threads.get(id)));
};
