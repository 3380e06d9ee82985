// Contexts that a program switches between by itself, getcontext(3): user threads, coroutines. The frames of a thread's
// calls are the machine's, not in the program's memory, so the kernel keeps them; a ucontext_t holds the number under which.

import {callWords, type Context, createContext} from '../../vm/context.js';
import {functionAt, pushCall} from '../../vm/cpu.js';
import {markEffect} from '../../vm/turns.js';
import {storeResult} from './call-result.js';
import type {Process} from './process.js';
import type {Thread} from './thread.js';

/** The machine state that a setcontext(3) brings back. Never changed once saved. */
export type SavedContext = Pick<
	Context,
	'registers' | 'calls' | 'depth' | 'pc' | 'base' | 'sp' | 'stackLow' | 'stackHigh'
> & {
	/** Address of the ucontext_t that it was saved for. */
	readonly address: number;
};

const snapshot = (context: Context, address: number): SavedContext => ({
	registers: context.registers.slice(),
	calls: context.calls.slice(),
	depth: context.depth,
	pc: context.pc,
	base: context.base,
	sp: context.sp,
	stackLow: context.stackLow,
	stackHigh: context.stackHigh,
	address,
});

/** Keeps a context under the number that the ucontext_t at `address` has already, or under a new one, which it returns. */
const keep = ({contexts}: Process, saved: SavedContext, known: number): number => {
	const isOwn = contexts.get(known)?.address === saved.address;
	const id = isOwn ? known : contexts.size + 1;
	contexts.set(id, saved);
	return id;
};

/** Saves where the thread is, in a system call that will return 0 when the context is resumed. Its number. */
export const saveContext = (
	process: Process,
	{context}: Thread,
	address: number,
	known: number,
): number => {
	storeResult(context, 0);
	return keep(process, snapshot(context, address), known);
};

export type NewContext = {
	readonly address: number;
	readonly known: number;
	/** The function that it begins with, its argument, and where its stack lies, in bytes. */
	readonly entry: number;
	readonly argument: number;
	readonly stackLow: number;
	readonly stackHigh: number;
};

/** Makes a context that will call entry(argument) on a stack of its own; undefined if that is no function. */
export const makeContext = (
	process: Process,
	{context}: Thread,
	options: NewContext,
): number | undefined => {
	const callee = functionAt(context.program, options.entry);
	if (callee === undefined) return undefined;
	const fresh = createContext({
		program: context.program,
		space: context.space,
		tid: context.tid,
		sp: options.stackHigh & ~15,
		stackLow: options.stackLow,
	});
	pushCall(fresh, callee, [options.argument]);
	return keep(process, snapshot(fresh, options.address), options.known);
};

/**
 * The registers to go on with. The variables of the functions that are still running on this stack keep the values that
 * they have now, as memory does; only the frames of the library's own two functions come back.
 */
const registersOf = (saved: SavedContext, current: Context): Int32Array => {
	const registers = saved.registers.slice();
	if (saved.stackLow !== current.stackLow || saved.depth < 2) return registers;
	const ownFrames = saved.calls[(saved.depth - 1) * callWords + 1]!;
	registers.set(current.registers.subarray(0, ownFrames));
	return registers;
};

/** Goes on with a saved context instead of the thread's own. False if there is none of that number. */
export const resumeContext = (process: Process, {context}: Thread, id: number): boolean => {
	const saved = process.contexts.get(id);
	if (!saved) return false;
	const {address: _address, ...state} = saved;
	const registers = registersOf(saved, context);
	Object.assign(context, state, {
		registers,
		doubles: new Float64Array(registers.buffer),
		calls: saved.calls.slice(),
	});
	context.turns.records = [];
	markEffect(context.turns);
	return true;
};
