// A linked program as the machine runs it: plain data that a checkpoint shares and a library image serialises.

import type {DebugType, DebugVariable} from './debug-info.js';

/** Function addresses: function number n is called through the pointer textBase + 16 n. The region can't be read. */
export const textBase = 0x0080_0000;
export const textStride = 16;

/** Where the data image (constants, initialised and zeroed globals) is loaded. The heap follows it. */
export const dataBase = 0x0100_0000;

export type FunctionInfo = {
	readonly name: string;
	/** Word offset of the first instruction; instructions of one function are contiguous. */
	readonly entry: number;
	/** Word offset after the last instruction. */
	readonly end: number;
	/** Register words that a frame needs, arguments and temporaries of its calls included. */
	readonly registerWords: number;
	readonly parameterCount: number;
	/** Index into Program.files, and the line of the function's name (1-based). */
	readonly file: number;
	readonly line: number;
	/** Part of the C library, so not shown while stepping through a student's program. */
	readonly isLibrary: boolean;
	/** Parameters and locals, for the debugger's eyes. */
	readonly variables: readonly DebugVariable[];
};

/** A loop whose turns are judged (DESIGN 6). Loops that provably make progress by themselves have no entry. */
export type LoopInfo = {
	readonly function: number;
	/** The innermost judged loop of the same function around this one, or -1. */
	readonly parent: number;
	readonly file: number;
	readonly line: number;
	/**
	 * Word offsets (from the frame base) of the registers that carry a value from one turn to the next and are
	 * not pure counters: a turn that leaves one changed has made progress.
	 */
	readonly registers: readonly number[];
	/** Word offset of a register area of the same length, where the values at the start of the turn are kept. */
	readonly shadow: number;
};

/** Targets of a dense switch: value `low + n` goes to targets[n], all others to `otherwise`. Word offsets. */
export type SwitchTable = {
	readonly low: number;
	readonly targets: readonly number[];
	readonly otherwise: number;
};

/**
 * Where statements begin: from word offset pcs[n] up to pcs[n + 1] the code belongs to files[fileOf[n]], line lines[n].
 * Sorted by pc.
 */
export type LineTable = {
	readonly pcs: Int32Array;
	readonly fileOf: Int32Array;
	readonly lines: Int32Array;
	/** 1 where a statement starts there, 0 for a mere continuation (the step of a `for`, a second part of an expression). */
	readonly isStatement: Uint8Array;
};

export type SourceFile = {
	readonly name: string;
	/** Undefined for library files, whose text is not shipped. */
	readonly text: string | undefined;
	readonly isLibrary: boolean;
};

export type Program = {
	/** The program's name, as shown in COMMAND: `parent.c` is `parent`. */
	readonly name: string;
	readonly code: Int32Array;
	readonly functions: readonly FunctionInfo[];
	readonly loops: readonly LoopInfo[];
	readonly switches: readonly SwitchTable[];
	readonly lines: LineTable;
	readonly files: readonly SourceFile[];
	/** Bytes loaded at dataBase. */
	readonly data: Uint8Array;
	/** Bytes at dataBase that exist in all, zeroed beyond `data`. */
	readonly dataSize: number;
	/** The first `readOnlySize` bytes (a multiple of 4096) are constants: a store there is a SIGSEGV, as on Linux. */
	readonly readOnlySize: number;
	/** Global and static variables; their location is an address. */
	readonly globals: readonly DebugVariable[];
	/** The types that variables refer to. */
	readonly types: readonly DebugType[];
	/** Number of the function `_start`. */
	readonly start: number;
};
