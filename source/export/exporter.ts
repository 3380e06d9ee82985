// What an export is: something that is shown a run, piece by piece, and gives a text in the end.

import type {Kernel, KernelEvent} from '../view-model/run-log.js';

/** A run as it stands: the kernel, and what has happened since the last time. */
export type Piece = {readonly kernel: Kernel; readonly events: readonly KernelEvent[]};

export type Exporter = {
	/** Cycles of a piece. */
	readonly interval: number;
	readonly note: (piece: Piece) => void;
	/** The whole file. The kernel stands at the end of the run. */
	readonly finish: (kernel: Kernel) => string;
};
