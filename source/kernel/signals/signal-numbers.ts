// Signal numbers and default actions of Linux on x86-64, signal(7).

export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue';

const rows = [
	['SIGHUP', 'terminate'],
	['SIGINT', 'terminate'],
	['SIGQUIT', 'core'],
	['SIGILL', 'core'],
	['SIGTRAP', 'core'],
	['SIGABRT', 'core'],
	['SIGBUS', 'core'],
	['SIGFPE', 'core'],
	['SIGKILL', 'terminate'],
	['SIGUSR1', 'terminate'],
	['SIGSEGV', 'core'],
	['SIGUSR2', 'terminate'],
	['SIGPIPE', 'terminate'],
	['SIGALRM', 'terminate'],
	['SIGTERM', 'terminate'],
	['SIGSTKFLT', 'terminate'],
	['SIGCHLD', 'ignore'],
	['SIGCONT', 'continue'],
	['SIGSTOP', 'stop'],
	['SIGTSTP', 'stop'],
	['SIGTTIN', 'stop'],
	['SIGTTOU', 'stop'],
	['SIGURG', 'ignore'],
	['SIGXCPU', 'core'],
	['SIGXFSZ', 'core'],
	['SIGVTALRM', 'terminate'],
	['SIGPROF', 'terminate'],
	['SIGWINCH', 'ignore'],
	['SIGIO', 'terminate'],
	['SIGPWR', 'terminate'],
	['SIGSYS', 'core'],
] as const satisfies readonly (readonly [string, DefaultAction])[];

export type SignalName = (typeof rows)[number][0];

/** Numbers by name: `signalNumbers.SIGKILL`. */
export const signalNumbers: Readonly<Record<SignalName, number>> = Object.fromEntries(
	rows.map(([name], index) => [name, index + 1]),
) as Record<SignalName, number>;

/** The highest number; 32 and up are the real-time signals. */
export const lastSignal = 64;

/** `SIGUSR1` for 10, `SIGRT_2` for 34 (as strace(1) says it), `65` for what is no signal. */
export const signalName = (signal: number): string => {
	const row = rows[signal - 1];
	if (row) return row[0];
	return signal >= 32 && signal <= lastSignal ? `SIGRT_${signal - 32}` : String(signal);
};

/** What a signal does where no handler is set and it is not ignored. */
export const defaultActionOf = (signal: number): DefaultAction =>
	rows[signal - 1]?.[1] ?? 'terminate';

/** Everything runs as one ordinary user: uid and gid of all processes and files. */
export const userId = 1000;
