// How many threads are in which state, and how often something has come or gone. Who shows or lists all of thousands
// need not look at each of them again to learn that nothing has changed.

import type {ThreadState} from './thread.js';

export type Census = {
	/** Threads of programs, not the kernel's own, by state. */
	readonly threads: Record<ThreadState, number>;
	/** Processes that have ended and that nobody has waited for. */
	zombies: number;
	/** Rises when a thread, and with it maybe a process, comes, ends, is forgotten or gets another name. */
	taskChanges: number;
	/** Rises when a descriptor comes or goes, but for those that come with a new process; and with each open file that goes. */
	descriptorChanges: number;
};

export const createCensus = (): Census => ({
	threads: {ready: 0, running: 0, blocked: 0, stopped: 0, dead: 0},
	zombies: 0,
	taskChanges: 0,
	descriptorChanges: 0,
});
