import {beforeEach, describe, expect, test} from 'vitest';
import type {Kernel} from '../../source/kernel/kernel.js';
import {signalNumbers} from '../../source/kernel/signals/signal-numbers.js';
import {setOf} from '../../source/kernel/signals/signal-state.js';
import {
	deliverSignals,
	forceSignal,
	hasDeliverableSignal,
	interruptionOf,
	kernelSignal,
	notifyParent,
	returnFromHandler,
	sendSignal,
	sendThreadSignal,
	userSignal,
} from '../../source/kernel/signals/signals.js';
import {signalCalls} from '../../source/kernel/syscalls/signals.js';
import type {Process} from '../../source/kernel/process/process.js';
import type {Thread} from '../../source/kernel/process/thread.js';
import {createWaitQueue} from '../../source/kernel/process/wait-queue.js';
import {dataBase, textBase, textStride} from '../../source/bytecode/program.js';
import {addRegion, lowestAddress, privateRegion, stackTop} from '../../source/vm/address-space.js';
import {pushCall, run} from '../../source/vm/cpu.js';
import {readBytes, readInt32, writeBytes} from '../../source/vm/memory.js';
import {compileBare} from '../support/bare-machine.js';
import {addTestThread, createIpcKernel, put} from './ipc-fixture.js';
import {addTestProcess, callNow, makeCall, scratch} from './kernel-fixture.js';

const {SIGUSR1, SIGUSR2, SIGCHLD, SIGSTOP, SIGCONT, SIGKILL, SIGSEGV, SIGTERM} = signalNumbers;
const [noChildStop, restart, noDefer, resetHandler] = [1, 0x1000_0000, 0x4000_0000, 0x8000_0000];

let kernel: Kernel;
let thread: Thread;
let process: Process;

beforeEach(() => {
	kernel = createIpcKernel();
	thread = addTestProcess(kernel);
	process = kernel.processes.get(thread.pid)!;
});

const send = (signal: number, target = process): void =>
	sendSignal(kernel, target, userSignal(signal, 99));

const handle = (signal: number, flags = 0, mask = setOf(), handler = textBase): void => {
	process.signals.actions[signal] = {handler, flags, mask};
};

const sleep = (who: Thread) => {
	const call = makeCall(kernel, who, signalCalls['pause']!, []);
	expect(call.outcome.kind).toBe('blocked');
	return call;
};

describe('sending', () => {
	test('a standard signal is pending once, a real-time signal as often as it was sent', () => {
		thread.signals.mask = setOf(SIGUSR1, 40);
		for (const signal of [SIGUSR1, SIGUSR1, 40, 40]) send(signal);
		expect(process.signals.pending.map(({signal}) => signal)).toEqual([SIGUSR1, 40, 40]);
	});

	test('an ignored signal is discarded, unless it is blocked', () => {
		send(SIGCHLD);
		expect(process.signals.pending).toEqual([]);
		thread.signals.mask = setOf(SIGCHLD);
		send(SIGCHLD);
		expect(process.signals.pending).toHaveLength(1);
	});

	test('a thread that does not block the signal is interrupted, another sleeps on', () => {
		const other = addTestThread(kernel, thread);
		thread.signals.mask = setOf(SIGUSR1);
		sleep(thread);
		sleep(other);
		handle(SIGUSR1);
		send(SIGUSR1);
		expect([thread.state, other.state, other.call?.isInterrupted]).toEqual([
			'blocked',
			'ready',
			true,
		]);
	});

	test('a thread that waits for the disk is not woken', () => {
		sleep(thread);
		thread.waitName = 'disk';
		handle(SIGUSR1);
		send(SIGUSR1);
		expect(thread.state).toBe('blocked');
		expect(hasDeliverableSignal(kernel, thread, [createWaitQueue('disk')])).toBe(false);
		expect(hasDeliverableSignal(kernel, thread, [createWaitQueue('signal')])).toBe(true);
	});

	test('SIGCONT and stop signals cancel each other', () => {
		thread.signals.mask = setOf(SIGCONT, signalNumbers.SIGTSTP);
		send(signalNumbers.SIGTSTP);
		send(SIGCONT);
		expect(process.signals.pending.map(({signal}) => signal)).toEqual([SIGCONT]);
		send(signalNumbers.SIGTSTP);
		expect(process.signals.pending.map(({signal}) => signal)).toEqual([signalNumbers.SIGTSTP]);
	});
});

describe('default actions', () => {
	test('a fatal signal says which it was', () => {
		send(SIGTERM);
		expect(deliverSignals(kernel, thread)).toBe('terminated');
		expect(thread.signals.fatal).toBe(SIGTERM);
	});

	test('a blocked signal is not delivered, SIGKILL comes first', () => {
		thread.signals.mask = setOf(SIGTERM);
		send(SIGTERM);
		expect(deliverSignals(kernel, thread)).toBe('none');
		thread.signals.mask = setOf();
		send(SIGKILL);
		expect(deliverSignals(kernel, thread)).toBe('terminated');
		expect(thread.signals.fatal).toBe(SIGKILL);
	});

	test('a stop and its end are told to the parent, unless SA_NOCLDSTOP is set', () => {
		const parent = kernel.processes.get(addTestProcess(kernel).pid)!;
		process.parent = parent.pid;
		parent.signals.actions[SIGCHLD] = {handler: textBase, flags: 0, mask: setOf()};
		send(SIGSTOP);
		expect(deliverSignals(kernel, thread)).toBe('stopped');
		expect(parent.signals.pending).toMatchObject([
			{signal: SIGCHLD, code: 5, status: SIGSTOP, sender: process.pid},
		]);
		expect([process.isStopped, process.unreported]).toEqual([true, 'stopped']);
		thread.state = 'stopped';
		parent.signals.pending = [];
		parent.signals.actions[SIGCHLD] = {handler: textBase, flags: noChildStop!, mask: setOf()};
		send(SIGCONT);
		expect([process.isStopped, process.unreported, thread.state]).toEqual([
			false,
			'continued',
			'ready',
		]);
		expect(parent.signals.pending).toEqual([]);
	});

	test('SIGKILL wakes a stopped process', () => {
		send(SIGSTOP);
		deliverSignals(kernel, thread);
		thread.state = 'stopped';
		send(SIGUSR1);
		expect(deliverSignals(kernel, thread)).toBe('stopped');
		send(SIGKILL);
		expect(thread.state).toBe('ready');
		expect(deliverSignals(kernel, thread)).toBe('terminated');
	});

	test('a fault that is blocked or ignored kills all the same', () => {
		thread.signals.mask = setOf(SIGSEGV);
		handle(SIGSEGV, 0, setOf(), 1);
		forceSignal(kernel, thread, kernelSignal(SIGSEGV, {address: 8}));
		expect(thread.signals.pending).toMatchObject([{code: 1, address: 8}]);
		expect(deliverSignals(kernel, thread)).toBe('terminated');
	});

	test('the end of a child carries its status', () => {
		const child = kernel.processes.get(addTestProcess(kernel).pid)!;
		child.parent = process.pid;
		child.exit = {status: 17};
		handle(SIGCHLD);
		notifyParent(kernel, child, 'exited');
		expect(process.signals.pending).toMatchObject([{code: 1, status: 17, sender: child.pid}]);
	});
});

describe('interrupted calls', () => {
	test('restart after a handler with SA_RESTART, fail without, resume if no handler runs', () => {
		handle(SIGUSR1, restart);
		handle(SIGUSR2);
		expect(interruptionOf(kernel, thread)).toBe('resume');
		send(SIGUSR2);
		expect(interruptionOf(kernel, thread)).toBe('fail');
		send(SIGUSR1);
		expect(interruptionOf(kernel, thread)).toBe('restart');
		send(SIGKILL);
		expect(interruptionOf(kernel, thread)).toBe('resume');
	});

	test('sigtimedwait takes a blocked signal without a handler, and gives up at its time', () => {
		thread.signals.mask = setOf(SIGUSR1);
		const set = put(thread, 8, [1 << (SIGUSR1 - 1)]);
		const time = put(thread, 8, [0, 1000], scratch + 64);
		const args = [set, scratch + 128, time, 8];
		const waiting = makeCall(kernel, thread, signalCalls['rt_sigtimedwait']!, args);
		send(SIGUSR1);
		expect([thread.state, thread.call?.isInterrupted]).toEqual(['ready', false]);
		expect(waiting.retry()).toEqual({kind: 'done', value: SIGUSR1});
		expect(readInt32(thread.context.space, scratch + 128 + 16)).toBe(99);
		const again = makeCall(kernel, thread, signalCalls['rt_sigtimedwait']!, args);
		kernel.now = 10;
		expect(again.retry()).toEqual({kind: 'failed', errno: 'EAGAIN'});
		expect(thread.signals.waitingFor).toBeUndefined();
	});

	test('the mask of sigsuspend holds until the call is over', () => {
		thread.signals.mask = setOf(SIGUSR1);
		makeCall(kernel, thread, signalCalls['rt_sigsuspend']!, [put(thread, 8, [0]), 8]);
		expect(thread.signals.mask).toEqual(setOf());
		expect(deliverSignals(kernel, thread)).toBe('none');
		expect(thread.signals.mask).toEqual(setOf());
		thread.call = undefined;
		deliverSignals(kernel, thread);
		expect(thread.signals.mask).toEqual(setOf(SIGUSR1));
	});
});

describe('kill', () => {
	const kill = (...args: readonly number[]): number | string =>
		callNow(kernel, thread, signalCalls['kill'], ...args);

	test('errors, signal 0 and effects', () => {
		expect([kill(4711, 0), kill(thread.pid, 65), kill(thread.pid, -1)]).toEqual([
			'ESRCH',
			'EINVAL',
			'EINVAL',
		]);
		expect([kill(thread.pid, 0), thread.context.turns.effects]).toEqual([0, 0]);
		kill(thread.pid, SIGUSR1);
		expect(thread.context.turns.effects).toBe(1);
	});

	test('a group is all its processes', () => {
		const other = kernel.processes.get(addTestProcess(kernel).pid)!;
		other.group = process.group;
		kill(0, SIGTERM);
		expect([process, other].map(({signals}) => signals.pending.length)).toEqual([1, 1]);
	});

	test('SIGKILL and SIGSTOP have no handlers and are never blocked', () => {
		const action = put(thread, 8, [textBase, 0, 0, 0]);
		expect(callNow(kernel, thread, signalCalls['rt_sigaction'], SIGKILL, action, 0, 8)).toBe(
			'EINVAL',
		);
		expect(
			callNow(kernel, thread, signalCalls['rt_sigprocmask'], 2, put(thread, 8, [-1]), 0, 8),
		).toBe(0);
		send(SIGKILL);
		expect(deliverSignals(kernel, thread)).toBe('terminated');
	});

	test('a signal to a thread is that thread’s', () => {
		const other = addTestThread(kernel, thread);
		expect(callNow(kernel, thread, signalCalls['tgkill'], thread.pid, other.tid, SIGTERM)).toBe(0);
		expect([thread.signals.pending.length, other.signals.pending.length]).toEqual([0, 1]);
	});
});

describe('handlers', () => {
	// __syscall(1, n) reports a number; the numbers of functions are looked up by name
	const program = compileBare(`
		int seen; long at; long buffer[8]; int depth;
		void handler(int signal) { seen = signal; depth++; report(1000 + signal); depth--; }
		void inform(int signal, int *info, unsigned long *context) { report(info[0] * 100000L + info[4]); context[37] = 512; (void)signal; }
		void leave(int signal) { __builtin_longjmp(buffer, signal); }
		int main(void) {
			int kept = 7, jumped;
			report(1);
			report(kept);
			jumped = __builtin_setjmp(buffer);
			report(jumped + kept);
			report(3);
			return kept;
		}
	`);
	const addressOf = (name: string): number =>
		textBase + textStride * program.functions.findIndex(fn => fn.name === name);
	let reports: number[];

	beforeEach(() => {
		const {context} = thread;
		const {space} = context;
		const dataEnd = Math.ceil((dataBase + program.dataSize) / 4096) * 4096;
		space.regions.length = 0;
		addRegion(space, privateRegion(dataBase, dataEnd, 'data'));
		addRegion(space, privateRegion(lowestAddress, stackTop, 'stack'));
		Object.assign(context, {program, sp: stackTop, stackLow: lowestAddress});
		writeBytes(context, dataBase, program.data);
		pushCall(context, program.start, [1, 0, 0]);
		reports = [];
	});

	/** Runs to the next report, or the end. */
	const step = (): 'syscall' | 'returned' | 'ended' | string => {
		const {context} = thread;
		const stop = run(context, 100_000);
		if (stop.kind === 'syscall') reports.push(context.registers[context.base + stop.first + 2]!);
		if (stop.kind === 'returned') return returnFromHandler(kernel, thread) ? 'returned' : 'ended';
		return stop.kind;
	};

	const runAll = (): string => {
		for (;;) {
			const kind = step();
			if (kind === 'ended' || kind === 'fault') return kind;
		}
	};

	test('a handler runs on top of the program, which goes on where it was', () => {
		handle(SIGUSR1, 0, setOf(SIGUSR2), addressOf('handler'));
		step();
		send(SIGUSR1);
		expect(deliverSignals(kernel, thread)).toBe('delivered');
		expect(thread.signals.mask).toEqual(setOf(SIGUSR1, SIGUSR2));
		expect(runAll()).toBe('ended');
		expect(reports).toEqual([1, 1000 + SIGUSR1, 7, 7, 3]);
		expect([thread.signals.mask, thread.signals.frames]).toEqual([setOf(), []]);
	});

	test('of two signals the one taken last runs first', () => {
		handle(SIGUSR1, 0, setOf(), addressOf('handler'));
		handle(SIGUSR2, 0, setOf(), addressOf('handler'));
		step();
		send(SIGUSR2);
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		runAll();
		expect(reports).toEqual([1, 1000 + SIGUSR2, 1000 + SIGUSR1, 7, 7, 3]);
	});

	test('SA_NODEFER leaves the signal unblocked, SA_RESETHAND restores the default', () => {
		handle(SIGUSR1, (noDefer! | resetHandler!) >>> 0, setOf(), addressOf('handler'));
		step();
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		expect([thread.signals.mask, process.signals.actions[SIGUSR1]]).toEqual([setOf(), undefined]);
	});

	test('the handler sees siginfo_t, and the mask in its ucontext_t comes back', () => {
		handle(SIGUSR1, 4, setOf(), addressOf('inform'));
		step();
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		runAll();
		expect(reports[1]).toBe(SIGUSR1 * 100_000 + 99);
		expect(thread.signals.mask).toEqual(setOf(SIGUSR1));
	});

	test('a longjmp out of a handler leaves a stale frame that does no harm', () => {
		handle(SIGUSR1, noDefer, setOf(), addressOf('leave'));
		for (let count = 0; count < 3; count++) step();
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		expect(thread.signals.frames).toHaveLength(1);
		step();
		expect(reports.at(-1)).toBe(SIGUSR1 + 7);
		handle(SIGUSR1, noDefer, setOf(), addressOf('handler'));
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		expect(thread.signals.frames).toHaveLength(1);
		expect(runAll()).toBe('ended');
		expect(reports.slice(-2)).toEqual([1000 + SIGUSR1, 3]);
	});

	test('without room on the stack the process dies of SIGSEGV, unless there is an alternate stack', () => {
		handle(SIGUSR1, 0, setOf(), addressOf('handler'));
		step();
		const {sp} = thread.context;
		thread.context.sp = lowestAddress + 64;
		send(SIGUSR1);
		expect([deliverSignals(kernel, thread), thread.signals.fatal]).toEqual(['terminated', SIGSEGV]);
		handle(SIGUSR1, 0x0800_0000, setOf(), addressOf('handler'));
		thread.signals.alternateStack = {start: sp - 0x4000, size: 0x2000};
		send(SIGUSR1);
		expect(deliverSignals(kernel, thread)).toBe('delivered');
		expect(thread.context.sp).toBeLessThan(sp - 0x2000);
		step();
		step();
		expect(thread.context.stackLow).toBe(lowestAddress);
	});

	test('a longjmp from the alternate stack leaves the first stack usable', () => {
		handle(SIGUSR1, 0x0800_0000, setOf(), addressOf('leave'));
		for (let count = 0; count < 3; count++) step();
		const {space} = thread.context;
		addRegion(space, privateRegion(0x2000_0000, 0x2000_4000, 'alternate'));
		thread.signals.alternateStack = {start: 0x2000_0000, size: 0x4000};
		send(SIGUSR1);
		deliverSignals(kernel, thread);
		expect(thread.context.sp).toBeGreaterThan(0x2000_0000);
		expect(runAll()).toBe('ended');
		expect(reports.slice(-2)).toEqual([SIGUSR1 + 7, 3]);
		expect(thread.context.stackLow).toBe(lowestAddress);
	});

	test('a handler that is no function ends the process', () => {
		handle(SIGUSR1, 0, setOf(), 0x1234);
		step();
		sendThreadSignal(kernel, thread, userSignal(SIGUSR1, 1));
		expect(deliverSignals(kernel, thread)).toBe('terminated');
		expect(readBytes(thread.context.space, 0x1234, 1)).toBeUndefined();
	});
});
