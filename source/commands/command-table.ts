// The commands, in one table: dispatch and help both read it. Each is loaded when it is called.

import {suggestion} from '../scenario/nearest-name.js';
import type {Command} from './invocation.js';
import {type UserError, userError} from './user-error.js';

export type CommandEntry = {
	readonly name: string;
	readonly usage: string;
	readonly description: string;
	readonly load: () => Promise<Command>;
};

export const commands: readonly CommandEntry[] = [
	{
		name: 'dashboard',
		usage: '[SCENARIO] [-- ARGS]',
		description: 'opens the dashboard, playing (default: busy-vs-blocking)',
		load: async () => (await import('./dashboard.js')).dashboard,
	},
	{
		name: 'run',
		usage: 'run SCENARIO [-- ARGS]',
		description: "runs to the end; output, input and exit status are the program's",
		load: async () => (await import('./run.js')).run,
	},
	{
		name: 'stat',
		usage: 'stat SCENARIO [-- ARGS]',
		description: 'runs, then prints the accounting of every process and thread',
		load: async () => (await import('./stat.js')).stat,
	},
	{
		name: 'trace',
		usage: 'trace SCENARIO [-- ARGS]',
		description: 'system calls, state changes, switches, signals, bytes, as strace does',
		load: async () => (await import('./trace.js')).trace,
	},
	{
		name: 'top',
		usage: 'top SCENARIO -b [-n N] [-d CYCLES]',
		description: 'plain text frames, as top -b',
		load: async () => (await import('./top.js')).top,
	},
	{
		name: 'compare',
		usage: 'compare [PRESET…]',
		description: 'ways of communication: what each does, and what it costs, as measured',
		load: async () => (await import('./compare.js')).compare,
	},
	{
		name: 'export',
		usage: 'export SCENARIO --format FORMAT -o FILE',
		description: 'timeline (perfetto), sequence diagram (mermaid), asciicast, accounting (csv)',
		load: async () => (await import('./export.js')).exportRun,
	},
	{
		name: 'replay',
		usage: 'replay FILE [--to CYCLE] [--verify]',
		description: 'opens a recording in the dashboard, or checks it',
		load: async () => (await import('./replay.js')).replay,
	},
	{
		name: 'list',
		usage: 'list',
		description: 'the presets',
		load: async () => (await import('./list.js')).list,
	},
	{
		name: 'show',
		usage: 'show PRESET',
		description: "a preset's text, programs and guide",
		load: async () => (await import('./show.js')).show,
	},
	{
		name: 'check',
		usage: 'check FILE…',
		description: 'compiles and validates only',
		load: async () => (await import('./check.js')).check,
	},
];

/** More than one word, and the first is no command: `ipctop statt pipe`. */
export const unknownCommand = (word: string): UserError => {
	const hint = suggestion(
		word,
		commands.map(({name}) => name),
	);
	return userError(`there is no command "${word}"${hint || '; `ipctop --help` lists them'}`);
};
