// Signal handlers on a thread's stacks: a handler runs in a frame of its own above the interrupted function's registers,
// with its siginfo_t and ucontext_t on the user stack; what it interrupts stands in a SignalFrame until it returns.

import {functionAt, pushCall} from '../../vm/cpu.js';
import {readInt32, writeBytes} from '../../vm/memory.js';
import type {Kernel} from '../kernel.js';
import {
	encodeSignalInfo,
	encodeUserContext,
	signalInfoSize,
	userContextMask,
	userContextSize,
} from './signal-layout.js';
import {signalNumbers} from './signal-numbers.js';
import {
	type PendingSignal,
	type SignalAction,
	type SignalSet,
	setOf,
	unionOf,
	withoutSet,
} from './signal-state.js';
import type {Thread} from '../process/thread.js';

const saOnStack = 0x0800_0000;
const saNoDefer = 0x4000_0000;

/** Bytes below the stack pointer that a handler's frame leaves alone, as on x86-64. */
const redZone = 128;

/** The signals that no mask holds back. */
const unblockable = setOf(signalNumbers.SIGKILL, signalNumbers.SIGSTOP);

/** A mask as the kernel keeps it: SIGKILL and SIGSTOP never stand in it. */
export const maskOf = (set: SignalSet): SignalSet => withoutSet(set, unblockable);

/** Puts a handler's frame on the stacks of a thread. False if its stack has no room or the handler is no function. */
export const pushHandler = (
	thread: Thread,
	action: SignalAction,
	pending: PendingSignal,
): boolean => {
	const {context, signals} = thread;
	dropStaleFrames(thread);
	const handler = functionAt(context.program, action.handler);
	if (handler === undefined || context.depth === 0) return false;

	const place = stackFor(thread, action);
	const userContext = (place.top - redZone - userContextSize) & ~15;
	const info = userContext - signalInfoSize;
	if (info < place.low) return false;
	const mask = signals.savedMask ?? signals.mask;
	signals.savedMask = undefined;
	const bytes = encodeUserContext({
		mask,
		pc: context.pc,
		sp: context.sp,
		alternateStack: signals.alternateStack,
	});
	if (
		!writeBytes(context, info, encodeSignalInfo(pending)) ||
		!writeBytes(context, userContext, bytes)
	) {
		return false;
	}
	signals.frames.push({
		signal: pending.signal,
		pc: context.pc,
		base: context.base,
		depth: context.depth,
		sp: context.sp,
		stackLow: context.stackLow,
		stackHigh: context.stackHigh,
		mask,
		userContext,
	});
	// sigsuspend's mask holds in the handler too
	signals.mask = maskOf(unionOf(signals.mask, action.mask));
	if ((action.flags & saNoDefer) === 0)
		signals.mask = maskOf(unionOf(signals.mask, setOf(pending.signal)));

	// Both stacks stay allowed: a longjmp out of the handler goes back to the first one without telling the kernel
	context.stackLow = Math.min(context.stackLow, place.low);
	context.stackHigh = Math.max(context.stackHigh, place.high);
	pushCall(context, handler, [pending.signal, info, userContext]);
	context.sp = info;
	return true;
};

/** Where the frame goes: below the stack pointer, or on the alternate stack unless the thread runs on it already. */
const stackFor = (
	{context, signals}: Thread,
	action: SignalAction,
): {readonly top: number; readonly low: number; readonly high: number} => {
	const {alternateStack} = signals;
	if (alternateStack && (action.flags & saOnStack) !== 0) {
		const {start, size} = alternateStack;
		const isOnIt = context.sp > start && context.sp <= start + size;
		if (!isOnIt) return {top: start + size, low: start, high: start + size};
	}
	return {top: context.sp, low: context.stackLow, high: context.stackHigh};
};

/** A longjmp has left these handlers. */
const dropStaleFrames = ({context, signals}: Thread): void => {
	for (;;) {
		const frame = signals.frames.at(-1);
		if (!frame || frame.depth < context.depth) return;
		context.stackLow = frame.stackLow;
		context.stackHigh = frame.stackHigh;
		signals.frames.pop();
	}
};

/**
 * A frame that the kernel made has returned. If it was a signal handler, the thread goes on where it was interrupted;
 * false if it was the thread's first function.
 */
export const returnFromHandler = (_kernel: Kernel, thread: Thread): boolean => {
	const {context, signals} = thread;
	while ((signals.frames.at(-1)?.depth ?? -1) > context.depth) signals.frames.pop();
	const frame = signals.frames.at(-1);
	if (frame?.depth !== context.depth) return false;
	signals.frames.pop();
	context.pc = frame.pc;
	context.base = frame.base;
	context.sp = frame.sp;
	context.stackLow = frame.stackLow;
	context.stackHigh = frame.stackHigh;
	const low = readInt32(context.space, frame.userContext + userContextMask);
	const high = readInt32(context.space, frame.userContext + userContextMask + 4);
	signals.mask = low === undefined || high === undefined ? frame.mask : maskOf({low, high});
	return true;
};
