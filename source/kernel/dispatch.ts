// From user mode into the kernel and back: system calls, faults, signals. A call that blocks is kept in thread.call
// and made again when the thread runs next.

import {instructionWords} from '../bytecode/opcodes.js';
import {findRegion, isBeyondEnd} from '../vm/address-space.js';
import {callWords, type Context, type Stop} from '../vm/context.js';
import {changeState} from './process/accounting.js';
import {recordEvent} from './trace/events.js';
import {errnoNumbers} from './errno.js';
import {costs, type Kernel} from './kernel.js';
import type {CallInProgress, Outcome} from './outcome.js';
import {sendAsyncSignals} from './files/async-files.js';
import {wakeCpuTimers} from './time/posix-timers.js';
import {endProcess} from './process/process-life.js';
import {
	deliverSignals,
	forceSignal,
	hasDeliverableSignal,
	interruptionOf,
	kernelSignal,
	returnFromHandler,
} from './signals/signals.js';
import {storeResult} from './process/call-result.js';
import {signalNumbers} from './signals/signal-numbers.js';
import {chargeCycles, processOf} from './system-call.js';
import {handlerOf, nameOf} from './syscalls/index.js';
import {argumentsAfter, argumentsBefore} from './trace/trace-arguments.js';
import type {Thread} from './process/thread.js';
import {sleepOn} from './process/wake.js';

/** Whether the thread goes on in user mode, or has given up the CPU (blocked, stopped, ended). */
export type Continuation = 'run' | 'off';

/** Handles what stopped the interpreter, except the end of the budget. */
export const handleStop = (kernel: Kernel, thread: Thread, stop: Stop): Continuation => {
	switch (stop.kind) {
		case 'budget':
			return 'run';
		case 'syscall':
			return beginCall(kernel, thread, stop);
		case 'fault':
			return raiseFault(kernel, thread, badAccess(thread, stop.address), stop.address);
		case 'divide':
			return raiseFault(kernel, thread, {signal: signalNumbers.SIGFPE, code: codes.divide}, 0);
		case 'illegal':
			return raiseFault(kernel, thread, {signal: signalNumbers.SIGILL, code: codes.operand}, 0);
		case 'out-of-memory': {
			kernel.notices.push(`process ${thread.pid} (${thread.name}) killed: out of memory`);
			endProcess(kernel, processOf(kernel, thread), {signal: signalNumbers.SIGKILL});
			return 'off';
		}

		case 'returned': {
			if (returnFromHandler(kernel, thread)) return returnToUser(kernel, thread);
			endProcess(kernel, processOf(kernel, thread), {status: 0});
			return 'off';
		}
	}
};

/** SIGBUS for a page of a mapping that lies wholly beyond the end of its file, mmap(2); else SIGSEGV. */
const badAccess = ({context}: Thread, address: number): FaultSignal => {
	const region = findRegion(context.space, address);
	if (!region) return {signal: signalNumbers.SIGSEGV, code: codes.notMapped};
	if (region.protection === 0 || !isBeyondEnd(region, address))
		return {signal: signalNumbers.SIGSEGV, code: codes.notAllowed};
	return {signal: signalNumbers.SIGBUS, code: codes.noSuchAddress};
};

/** A fault's signal and si_code. */
type FaultSignal = {readonly signal: number; readonly code: number};

/** FPE_INTDIV, ILL_ILLOPN, SEGV_MAPERR, SEGV_ACCERR, BUS_ADRERR. */
const codes = {divide: 1, operand: 2, notMapped: 1, notAllowed: 2, noSuchAddress: 2} as const;

/** Where the calls in progress were made, the innermost first. */
const callersOf = ({calls, depth}: Context): number[] => {
	const callers: number[] = [];
	for (let frame = depth - 1; frame > 0 && callers.length < callerLimit; frame--) {
		callers.push(calls[frame * callWords]! - instructionWords);
	}
	return callers;
};

const callerLimit = 32;

/** Faults remembered for messages. */
const faultLimit = 100;

const raiseFault = (
	kernel: Kernel,
	thread: Thread,
	{signal, code}: FaultSignal,
	address: number,
): Continuation => {
	kernel.faults.push({
		pid: thread.pid,
		signal,
		address,
		pc: thread.context.pc,
		callers: callersOf(thread.context),
		program: thread.context.program,
	});
	if (kernel.faults.length > faultLimit) kernel.faults.shift();
	forceSignal(kernel, thread, kernelSignal(signal, {code, address}));
	return returnToUser(kernel, thread);
};

const wordSize = 0x1_0000_0000;

const beginCall = (
	kernel: Kernel,
	thread: Thread,
	stop: Extract<Stop, {kind: 'syscall'}>,
): Continuation => {
	const {registers, base} = thread.context;
	const argument = (index: number): number => {
		const at = base + stop.first + 2 * index;
		return registers[at + 1]! * wordSize + (registers[at]! >>> 0);
	};
	const args: number[] = [];
	for (let index = 1; index <= 6; index++) args.push(index < stop.count ? argument(index) : 0);
	thread.accounting.syscalls++;
	chargeCycles(kernel, thread, costs.systemCall);
	const call: CallInProgress = {
		number: argument(0),
		args,
		since: kernel.now,
		tries: 0,
		count: 0,
		isInterrupted: false,
	};
	thread.call = call;
	if (kernel.events.isOn) {
		const logged = argumentsBefore(kernel, thread, call);
		call.logged = logged;
		recordEvent(kernel, thread.tid, {kind: 'call', name: nameOf(call.number), args: logged});
	}
	return tryCall(kernel, thread, call);
};

/** Makes the call (again). */
const tryCall = (kernel: Kernel, thread: Thread, call: CallInProgress): Continuation => {
	kernel.actor = thread.tid;
	const handler = handlerOf(call.number);
	const outcome: Outcome = handler
		? handler(kernel, thread, call.args, call)
		: {kind: 'failed', errno: 'ENOSYS'};
	call.tries++;
	sendAsyncSignals(kernel);
	if (thread.state === 'dead') return 'off';
	const isWaitBroken =
		call.isInterrupted &&
		(outcome.kind === 'blocked' ||
			(outcome.kind === 'failed' &&
				(outcome.errno === 'ERESTARTSYS' || outcome.errno === 'EINTR')));
	if (isWaitBroken) return breakWait(kernel, thread, call, outcome);
	switch (outcome.kind) {
		case 'blocked': {
			// A signal may be pending that this call's own mask lets through: nobody will wake the thread for it.
			if (hasDeliverableSignal(kernel, thread, outcome.on)) {
				call.isInterrupted = true;
				return tryCall(kernel, thread, call);
			}
			sleepOn(kernel, thread, outcome.on, outcome.until);
			thread.accounting.voluntarySwitches++;
			return 'off';
		}

		case 'replaced': {
			finish(kernel, thread, call, 0, '', call.logged);
			break;
		}

		case 'done': {
			storeResult(thread.context, outcome.value);
			finish(kernel, thread, call, outcome.value, '');
			break;
		}

		case 'failed':
			fail(kernel, thread, call, outcome.errno === 'ERESTARTSYS' ? 'EINTR' : outcome.errno);
	}
	return returnToUser(kernel, thread);
};

const fail = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	errno: keyof typeof errnoNumbers,
): void => {
	storeResult(thread.context, -errnoNumbers[errno]);
	finish(kernel, thread, call, -1, errno);
};

/** A signal has interrupted the wait: restart after the handler, fail with EINTR, or go on waiting; signal(7). */
const breakWait = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	outcome: Outcome,
): Continuation => {
	const isNeverRestarted = outcome.kind === 'failed' && outcome.errno === 'EINTR';
	const kind = interruptionOf(kernel, thread);
	if (kind === 'resume') {
		call.isInterrupted = false;
		const delivered = deliverSignals(kernel, thread);
		if (delivered === 'none') return tryCall(kernel, thread, call);
		return settle(kernel, thread, delivered);
	}
	if (kind === 'restart' && !isNeverRestarted) {
		finish(kernel, thread, call, -1, 'ERESTARTSYS');
		thread.context.pc -= 4;
	} else {
		fail(kernel, thread, call, 'EINTR');
	}
	return returnToUser(kernel, thread);
};

const finish = (
	kernel: Kernel,
	thread: Thread,
	call: CallInProgress,
	value: number,
	errno: string,
	args?: readonly string[],
): void => {
	thread.call = undefined;
	if (!kernel.events.isOn) return;
	recordEvent(kernel, thread.tid, {
		kind: 'return',
		name: nameOf(call.number),
		args: args ?? argumentsAfter(kernel, thread, call, value, errno),
		value,
		errno,
		wasBlocked: call.tries > 1,
	});
};

/** Delivers signals before the thread sees user mode. */
const returnToUser = (kernel: Kernel, thread: Thread): Continuation =>
	settle(kernel, thread, deliverSignals(kernel, thread));

const settle = (
	kernel: Kernel,
	thread: Thread,
	delivered: ReturnType<typeof deliverSignals>,
): Continuation => {
	switch (delivered) {
		case 'none':
		case 'delivered':
			return 'run';
		case 'stopped': {
			changeState(kernel, thread, 'stopped');
			return 'off';
		}

		case 'terminated': {
			endProcess(kernel, processOf(kernel, thread), {signal: thread.signals.fatal});
			return 'off';
		}
	}
};

/** A thread has got a CPU: goes on with its system call, or takes the signals that have come meanwhile. */
export const resume = (kernel: Kernel, thread: Thread): Continuation => {
	const process = processOf(kernel, thread);
	if (process.timers.size > 0) wakeCpuTimers(kernel, process);
	if (thread.call) {
		if (process.isStopped) return settle(kernel, thread, 'stopped');
		return tryCall(kernel, thread, thread.call);
	}
	return returnToUser(kernel, thread);
};
