// Signal numbers and default actions of Linux on x86-64, signal(7).

export type DefaultAction = 'terminate' | 'core' | 'ignore' | 'stop' | 'continue';

const rows = [
	['SIGHUP', 'terminate', 'Hangup'],
	['SIGINT', 'terminate', 'Interrupt'],
	['SIGQUIT', 'core', 'Quit'],
	['SIGILL', 'core', 'Illegal instruction'],
	['SIGTRAP', 'core', 'Trace/breakpoint trap'],
	['SIGABRT', 'core', 'Aborted'],
	['SIGBUS', 'core', 'Bus error'],
	['SIGFPE', 'core', 'Floating point exception'],
	['SIGKILL', 'terminate', 'Killed'],
	['SIGUSR1', 'terminate', 'User defined signal 1'],
	['SIGSEGV', 'core', 'Segmentation fault'],
	['SIGUSR2', 'terminate', 'User defined signal 2'],
	['SIGPIPE', 'terminate', 'Broken pipe'],
	['SIGALRM', 'terminate', 'Alarm clock'],
	['SIGTERM', 'terminate', 'Terminated'],
	['SIGSTKFLT', 'terminate', 'Stack fault'],
	['SIGCHLD', 'ignore', 'Child exited'],
	['SIGCONT', 'continue', 'Continued'],
	['SIGSTOP', 'stop', 'Stopped (signal)'],
	['SIGTSTP', 'stop', 'Stopped'],
	['SIGTTIN', 'stop', 'Stopped (tty input)'],
	['SIGTTOU', 'stop', 'Stopped (tty output)'],
	['SIGURG', 'ignore', 'Urgent I/O condition'],
	['SIGXCPU', 'core', 'CPU time limit exceeded'],
	['SIGXFSZ', 'core', 'File size limit exceeded'],
	['SIGVTALRM', 'terminate', 'Virtual timer expired'],
	['SIGPROF', 'terminate', 'Profiling timer expired'],
	['SIGWINCH', 'ignore', 'Window changed'],
	['SIGIO', 'terminate', 'I/O possible'],
	['SIGPWR', 'terminate', 'Power failure'],
	['SIGSYS', 'core', 'Bad system call'],
] as const satisfies readonly (readonly [string, DefaultAction, string])[];

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

/** strsignal(3): `Killed` for 9. */
export const signalText = (signal: number): string =>
	rows[signal - 1]?.[2] ??
	(signal <= lastSignal && signal >= 32
		? `Real-time signal ${signal - 34}`
		: `Unknown signal ${signal}`);

/** What a signal does where no handler is set and it is not ignored. */
export const defaultActionOf = (signal: number): DefaultAction =>
	rows[signal - 1]?.[1] ?? 'terminate';

/** Everything runs as one ordinary user: uid and gid of all processes and files. */
export const userId = 1000;
