// The signal state of processes and threads, signal(7). The rules stand in signals.ts.

/** A signal set is a pair of words: signals 1..32 in `low` (bit n-1), 33..64 in `high`. */
export type SignalSet = {readonly low: number; readonly high: number};

export const emptySet: SignalSet = {low: 0, high: 0};

export type PendingSignal = {
	readonly signal: number;
	/** si_code and what goes with it: SI_USER 0, SI_KERNEL 128, CLD_EXITED 1 … */
	readonly code: number;
	readonly sender: number;
	readonly value: number;
	readonly status: number;
	readonly address: number;
	/** The timer that sent it, and how often it has expired since. */
	readonly expiration?: {readonly timer: number; overrun: number};
};

/** As set by sigaction(2). handler 0 is SIG_DFL, 1 SIG_IGN, else a function address. */
export type SignalAction = {
	readonly handler: number;
	/** SA_ flags as an unsigned 32-bit number. */
	readonly flags: number;
	readonly mask: SignalSet;
};

/**
 * A signal handler in progress: what returns when it ends. The registers of the interrupted function stay where they
 * are, the handler's frame starts above them. A longjmp out of the handler leaves the frame behind: it is stale once
 * the call stack is no deeper than `depth`.
 */
export type SignalFrame = {
	readonly signal: number;
	readonly pc: number;
	readonly base: number;
	readonly depth: number;
	readonly sp: number;
	readonly stackLow: number;
	readonly stackHigh: number;
	readonly mask: SignalSet;
	/** Where the handler finds its ucontext_t; the mask is taken from there when it returns. */
	readonly userContext: number;
};

/** sigaltstack(2): where handlers with SA_ONSTACK run. */
export type AlternateStack = {readonly start: number; readonly size: number};

export type ThreadSignals = {
	mask: SignalSet;
	pending: PendingSignal[];
	frames: SignalFrame[];
	/** sigsuspend(2) and friends: the mask to restore after the handler. */
	savedMask: SignalSet | undefined;
	/** sigtimedwait(2): signals that end the wait instead of being delivered. */
	waitingFor: SignalSet | undefined;
	alternateStack: AlternateStack | undefined;
	/** The signal that deliverSignals() found fatal, 0 before that. */
	fatal: number;
};

export type ProcessSignals = {
	/** Index is the signal number; undefined is the default action. One array with CLONE_SIGHAND of clone(2). */
	actions: (SignalAction | undefined)[];
	pending: PendingSignal[];
};

export const createThreadSignals = (mask: SignalSet = emptySet): ThreadSignals => ({
	mask,
	pending: [],
	frames: [],
	savedMask: undefined,
	waitingFor: undefined,
	alternateStack: undefined,
	fatal: 0,
});

export const hasSignal = (set: SignalSet, signal: number): boolean =>
	signal <= 32 ? (set.low & (1 << (signal - 1))) !== 0 : (set.high & (1 << (signal - 33))) !== 0;

export const setOf = (...signals: readonly number[]): SignalSet =>
	signals.reduce<SignalSet>(
		(set, signal) =>
			signal <= 32
				? {low: set.low | (1 << (signal - 1)), high: set.high}
				: {low: set.low, high: set.high | (1 << (signal - 33))},
		emptySet,
	);

export const unionOf = (a: SignalSet, b: SignalSet): SignalSet => ({
	low: a.low | b.low,
	high: a.high | b.high,
});

export const withoutSet = (a: SignalSet, b: SignalSet): SignalSet => ({
	low: a.low & ~b.low,
	high: a.high & ~b.high,
});
