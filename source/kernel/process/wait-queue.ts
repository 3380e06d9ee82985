// A named row of sleeping threads. The name is what users see in WAITS ON; waiters are thread ids, in the order in
// which they will be woken.

export type WaitQueue = {
	/** `pipe.read`, `fifo.open`, `child`, `disk`, `accept`, `futex`, `sleep` … */
	readonly name: string;
	/** The channel or object waited for, named as everywhere (`pipe:7`, `tcp:10.0.0.1:7000`), or ''. */
	readonly channel: string;
	readonly waiters: number[];
};

export const createWaitQueue = (name: string, channel = ''): WaitQueue => ({
	name,
	channel,
	waiters: [],
});
