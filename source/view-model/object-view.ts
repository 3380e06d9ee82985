// A kernel object that processes share, as a row of the Shared pane shows it.

import type {LazyNames} from './lazy-names.js';

/** Descriptors of one open file description, `reader(3):4`, or processes; where it stands in a file, `@12`, else ''. */
export type UserGroup = {readonly names: LazyNames; readonly place: string};

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
	/** Who has it open: those who share an open file description share its offset. */
	readonly users: readonly UserGroup[];
	/** Names of the threads that sleep at it, in wake order. */
	readonly blocked: LazyNames;
	readonly pids: ReadonlySet<number>;
	/** Offsets at which open file descriptions stand, for writing there. */
	readonly offsets: readonly number[];
};

/** `reader(3):4 writer(5):3 @12` */
export const groupText = ({names, place}: UserGroup): string =>
	[...names, ...(place === '' ? [] : [place])].join(' ');
