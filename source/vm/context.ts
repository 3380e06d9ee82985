// The machine state of one thread, as the interpreter sees it. Plain data.

import type {Program} from '../bytecode/program.js';
import type {AddressSpace} from './address-space.js';
import {createTurns, forkTurns, type Turns} from './turns.js';

/** Words per entry of the call stack: return pc, caller's frame base, caller's sp, function number. */
export const callWords = 4;

/** The return pc of a frame that the kernel made: returning from it ends a thread or a signal handler. */
export const returnToKernel = -1;

const initialRegisterWords = 256;

export type Context = {
	program: Program;
	space: AddressSpace;
	/** The register file: the frames of all calls in progress, one above the other. */
	registers: Int32Array;
	/** The same memory as doubles. */
	doubles: Float64Array;
	/** The call stack, callWords per frame. */
	calls: Int32Array;
	/** Number of frames. */
	depth: number;
	/** Word offset of the next instruction. */
	pc: number;
	/** Word offset of the current frame in `registers`. */
	base: number;
	/** Stack pointer and the limits of this thread's stack, in bytes. */
	sp: number;
	stackLow: number;
	stackHigh: number;
	threadPointer: number;
	/** CPU cycles that this thread has used, and those of them spent in busy waiting. */
	cpuCycles: number;
	busyCycles: number;
	readonly turns: Turns;
	/** Thread id, for the writers of shared words. */
	readonly tid: number;
	/** What stopped the interpreter last; meaningful right after `run`. */
	stop: Stop;
};

export type Stop =
	| {readonly kind: 'budget'}
	/** The number and arguments stand in the registers from `first` (word offset from the frame) on; pc is already behind the call. */
	| {
			readonly kind: 'syscall';
			readonly result: number;
			readonly first: number;
			readonly count: number;
	  }
	/** A bad memory access: SIGSEGV. pc is at the instruction. */
	| {
			readonly kind: 'fault';
			readonly address: number;
			readonly access: 'read' | 'write' | 'execute' | 'stack';
	  }
	/** Integer division by zero or INT_MIN / -1: SIGFPE. */
	| {readonly kind: 'divide'}
	/** TRAP: SIGILL. */
	| {readonly kind: 'illegal'}
	/** Host memory for this process or the machine is used up. */
	| {readonly kind: 'out-of-memory'}
	/** The frame that the kernel made has returned; the value is in its register 0. */
	| {readonly kind: 'returned'};

/**
 * All contexts are made by this one literal, so that they have one hidden class: the interpreter's code, once optimised
 * for it, stays good when a thread forks or the machine is replaced by a copy of itself.
 */
const contextOf = (fields: Context): Context => ({
	program: fields.program,
	space: fields.space,
	registers: fields.registers,
	doubles: fields.doubles,
	calls: fields.calls,
	depth: fields.depth,
	pc: fields.pc,
	base: fields.base,
	sp: fields.sp,
	stackLow: fields.stackLow,
	stackHigh: fields.stackHigh,
	threadPointer: fields.threadPointer,
	cpuCycles: fields.cpuCycles,
	busyCycles: fields.busyCycles,
	turns: fields.turns,
	tid: fields.tid,
	stop: fields.stop,
});

export const createContext = (options: {
	readonly program: Program;
	readonly space: AddressSpace;
	readonly tid: number;
	readonly sp: number;
	readonly stackLow: number;
}): Context => {
	const registers = new Int32Array(initialRegisterWords);
	return contextOf({
		...options,
		registers,
		doubles: new Float64Array(registers.buffer),
		calls: new Int32Array(16 * callWords),
		depth: 0,
		pc: 0,
		base: 0,
		stackHigh: options.sp,
		threadPointer: 0,
		cpuCycles: 0,
		busyCycles: 0,
		turns: createTurns(),
		stop: {kind: 'budget'},
	});
};

/** The same state in memory of its own, in another address space; the registers and their view as doubles stay one memory. */
export const copyContext = (
	context: Context,
	space: AddressSpace,
	turns: Turns,
	copyWords: (words: Int32Array) => Int32Array = words => words.slice(),
): Context => {
	const registers = copyWords(context.registers);
	const {buffer, byteOffset, length} = registers;
	return contextOf({
		...context,
		space,
		turns,
		registers,
		doubles: new Float64Array(buffer, byteOffset, length >> 1),
		calls: copyWords(context.calls),
	});
};

/** A forked thread's state: the same point of the same program, in another address space, nothing accounted yet. */
export const forkContext = (context: Context, space: AddressSpace, tid: number): Context =>
	contextOf({
		...copyContext(context, space, forkTurns(context.turns)),
		tid,
		cpuCycles: 0,
		busyCycles: 0,
	});
