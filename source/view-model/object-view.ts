// A kernel object that processes share, as a row of the Shared pane shows it.

export type ObjectView = {
	readonly kind: 'semaphore' | 'queue' | 'file';
	/** The channel's name: `sem:0`, `sem:/full`, `msg:0`, `mq:/jobs`, `file:/com.txt`. */
	readonly key: string;
	readonly name: string;
	/** A semaphore's value or a set's values; otherwise ''. */
	readonly value: string;
	/** Messages in a queue; otherwise 0. */
	readonly count: number;
	/** Bytes in it, and how many (or messages) may be in it; 0 for no limit. */
	readonly size: number;
	readonly limit: number;
	/** What is in it: `1:"eggs" | 2:"tea"`; a file's locks. */
	readonly text: string;
	/** The beginning of a file, as in a C string literal; otherwise ''. */
	readonly bytes: string;
	/** `reader(3):4 @12`: descriptors, with the offset in a file. */
	readonly users: readonly string[];
	/** Names of the threads that sleep at it, in wake order. */
	readonly blocked: readonly string[];
	readonly pids: ReadonlySet<number>;
	/** Offsets at which open file descriptions stand, for writing there. */
	readonly offsets: readonly number[];
};
