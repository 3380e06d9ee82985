// The structs that a signal handler is given, as <bits/siginfo.h>, <sys/ucontext.h> and <sys/signalfd.h> declare them.

import type {AlternateStack, PendingSignal, SignalSet} from './signal-state.js';
import {signalNumbers, userId} from './signal-numbers.js';

export const signalInfoSize = 128;
export const userContextSize = 432;
/** Byte offset of uc_sigmask. */
export const userContextMask = 296;

const userContextStack = 16;
const userContextRegisters = 40;
/** Indices of greg_t: the stack pointer and the instruction pointer of x86-64. */
const registerStackPointer = 15;
const registerInstructionPointer = 16;

const faultSignals: readonly number[] = [
	signalNumbers.SIGSEGV,
	signalNumbers.SIGBUS,
	signalNumbers.SIGILL,
	signalNumbers.SIGFPE,
	signalNumbers.SIGTRAP,
];

/** A siginfo_t. si_utime and si_stime of a child stay 0. */
export const encodeSignalInfo = (pending: PendingSignal): Uint8Array => {
	const view = new DataView(new ArrayBuffer(signalInfoSize));
	view.setInt32(0, pending.signal, true);
	view.setInt32(8, pending.code, true);
	if (faultSignals.includes(pending.signal) && pending.code > 0) {
		view.setBigUint64(16, BigInt.asUintN(64, BigInt(pending.address)), true);
		return new Uint8Array(view.buffer);
	}
	const {expiration} = pending;
	view.setInt32(16, expiration?.timer ?? pending.sender, true);
	view.setUint32(20, expiration?.overrun ?? (pending.sender > 0 ? userId : 0), true);
	if (pending.signal === signalNumbers.SIGCHLD && pending.code > 0)
		view.setInt32(24, pending.status, true);
	else view.setBigInt64(24, BigInt(pending.value), true);
	return new Uint8Array(view.buffer);
};

/** A ucontext_t: the mask that comes back, the stack pointer and the instruction pointer. */
export const encodeUserContext = (details: {
	readonly mask: SignalSet;
	readonly pc: number;
	readonly sp: number;
	readonly alternateStack: AlternateStack | undefined;
}): Uint8Array => {
	const view = new DataView(new ArrayBuffer(userContextSize));
	view.setBigInt64(userContextStack, BigInt(details.alternateStack?.start ?? 0), true);
	view.setInt32(userContextStack + 8, details.alternateStack ? 0 : 2, true);
	view.setBigInt64(userContextStack + 16, BigInt(details.alternateStack?.size ?? 0), true);
	view.setBigInt64(userContextRegisters + 8 * registerStackPointer, BigInt(details.sp), true);
	view.setBigInt64(userContextRegisters + 8 * registerInstructionPointer, BigInt(details.pc), true);
	view.setInt32(userContextMask, details.mask.low, true);
	view.setInt32(userContextMask + 4, details.mask.high, true);
	return new Uint8Array(view.buffer);
};

/** A struct signalfd_siginfo, 128 bytes. */
export const encodeSignalfdInfo = (pending: PendingSignal): Uint8Array => {
	const view = new DataView(new ArrayBuffer(128));
	view.setUint32(0, pending.signal, true);
	view.setInt32(8, pending.code, true);
	view.setUint32(12, pending.sender, true);
	view.setUint32(16, pending.sender > 0 ? userId : 0, true);
	view.setUint32(24, pending.expiration?.timer ?? 0, true);
	view.setUint32(32, pending.expiration?.overrun ?? 0, true);
	view.setInt32(40, pending.status, true);
	view.setInt32(44, pending.value | 0, true);
	view.setBigUint64(48, BigInt.asUintN(64, BigInt(pending.value)), true);
	view.setBigUint64(72, BigInt.asUintN(64, BigInt(pending.address)), true);
	return new Uint8Array(view.buffer);
};
