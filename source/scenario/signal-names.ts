// Signals as scenario files name them: SIGTERM, TERM or 15, signal(7) on Linux x86-64.

const names = [
	'HUP',
	'INT',
	'QUIT',
	'ILL',
	'TRAP',
	'ABRT',
	'BUS',
	'FPE',
	'KILL',
	'USR1',
	'SEGV',
	'USR2',
	'PIPE',
	'ALRM',
	'TERM',
	'STKFLT',
	'CHLD',
	'CONT',
	'STOP',
	'TSTP',
	'TTIN',
	'TTOU',
	'URG',
	'XCPU',
	'XFSZ',
	'VTALRM',
	'PROF',
	'WINCH',
	'IO',
	'PWR',
	'SYS',
] as const;

/** The number of a signal given by name or number, or undefined if there is none. */
export const signalNumberOf = (signal: string | number): number | undefined => {
	if (typeof signal === 'number') return signal >= 1 && signal <= 64 ? signal : undefined;
	if (/^\d+$/.test(signal)) return signalNumberOf(Number(signal));
	const index = (names as readonly string[]).indexOf(signal.toUpperCase().replace(/^SIG/, ''));
	return index === -1 ? undefined : index + 1;
};

/** `SIGPIPE` for 13; `SIG34` for one without a name. */
export const signalNameOf = (number: number): string => `SIG${names[number - 1] ?? number}`;
