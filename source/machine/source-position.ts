// Where in the C text a thread stands: the debugger's eyes on pcs, lines and frames.

import type {FunctionInfo, Program, SourceFile} from '../bytecode/program.js';
import {callWords, type Context} from '../vm/context.js';

export type SourcePosition = {
	readonly file: SourceFile;
	/** 1-based. */
	readonly line: number;
	readonly functionName: string;
	readonly isLibrary: boolean;
};

/** One function call in progress. */
export type Frame = {
	readonly function: FunctionInfo;
	/** Word offset of the instruction it is at; for callers, of the call. */
	readonly pc: number;
	/** Word offset of its registers. */
	readonly base: number;
};

/** The index into the line table of the entry that covers `pc`, or -1. */
export const lineEntryAt = (program: Program, pc: number): number => {
	const {pcs} = program.lines;
	let low = 0;
	let high = pcs.length - 1;
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (pcs[middle]! <= pc) low = middle + 1;
		else high = middle - 1;
	}
	return high;
};

/** The calls in progress, the innermost first. */
export const framesOf = (context: Context): Frame[] => {
	const frames: Frame[] = [];
	let {pc, base} = context;
	for (let depth = context.depth - 1; depth >= 0; depth--) {
		const entry = depth * callWords;
		const info = context.program.functions[context.calls[entry + 3]!];
		if (info) frames.push({function: info, pc, base});
		pc = context.calls[entry]! - 4;
		base = context.calls[entry + 1]!;
		// Below a frame that the kernel made lies the interrupted one, at its own pc.
	}
	return frames;
};

/** The outermost library function in progress: the one that the program's own code has called; '' for none. */
export const libraryCall = (context: Context): string => {
	const frames = framesOf(context);
	const own = frames.findIndex(frame => !frame.function.isLibrary && frame.pc >= 0);
	return frames[own - 1]?.function.name ?? '';
};

const positionAt = (program: Program, {function: info, pc}: Frame): SourcePosition | undefined => {
	const entry = lineEntryAt(program, pc);
	const file = program.files[entry < 0 ? info.file : program.lines.fileOf[entry]!];
	if (!file) return undefined;
	return {
		file,
		line: entry < 0 ? info.line : program.lines.lines[entry]!,
		functionName: info.name,
		isLibrary: info.isLibrary,
	};
};

/** The innermost frame that is not library code. */
export const userFrameOf = (context: Context): Frame | undefined =>
	framesOf(context).find(frame => !frame.function.isLibrary && frame.pc >= 0);

/** Where the student's own code is, however deep in the library the thread may be. */
export const userPositionOf = (context: Context): SourcePosition | undefined => {
	const frame = userFrameOf(context);
	return frame && positionAt(context.program, frame);
};

/** The position of a pc, as for a fault's message. */
export const positionOfPc = (program: Program, pc: number): SourcePosition | undefined => {
	const info = program.functions.find(candidate => pc >= candidate.entry && pc < candidate.end);
	return info && positionAt(program, {function: info, pc, base: 0});
};
