// A command in a real pseudo-terminal, watched by a terminal emulator: what a
// user would see and press, for the end-to-end tests, the bench and the
// README's picture. Nothing here sleeps: every wait ends with the output that
// fulfils it, or with an error that shows the screen.

import {join} from 'node:path';
import process from 'node:process';
import {type IPty, spawn} from '@lydell/node-pty';
import graphemes from '@xterm/addon-unicode-graphemes';
import headless from '@xterm/headless';
import {describeScreen, screenLines} from './screen.js';

/** What a terminal sends for a key; any other string passed to `press` is sent as it is. */
const keyBytes: Readonly<Record<string, string>> = {
	Up: '\u001B[A',
	Down: '\u001B[B',
	Right: '\u001B[C',
	Left: '\u001B[D',
	Home: '\u001B[H',
	End: '\u001B[F',
	PageUp: '\u001B[5~',
	PageDown: '\u001B[6~',
	Delete: '\u001B[3~',
	Enter: '\r',
	Escape: '\u001B',
	Tab: '\t',
	'Shift-Tab': '\u001B[Z',
	Space: ' ',
	Backspace: '\u007F',
	F1: '\u001BOP',
	F2: '\u001BOQ',
	F3: '\u001BOR',
	F4: '\u001BOS',
	F5: '\u001B[15~',
	F6: '\u001B[17~',
	F7: '\u001B[18~',
	F8: '\u001B[19~',
	F9: '\u001B[20~',
	F10: '\u001B[21~',
	'Ctrl-C': '\u0003',
	'Ctrl-D': '\u0004',
	'Ctrl-L': '\u000C',
	'Ctrl-Z': '\u001A',
};

/** The built command, as `npm install -g` would put it on the path; `npm test` builds it first. */
export const ipctop = (...args: readonly string[]): readonly [string, ...string[]] => [
	process.execPath,
	join(import.meta.dirname, '../../bin/ipctop.js'),
	...args,
];

export type Exit = {readonly status: number; readonly signal: number};

/** Terminal modes that a well-behaved program puts back before it ends. */
export type TerminalModes = {
	readonly isAlternateScreen: boolean;
	readonly isCursorHidden: boolean;
	readonly isBracketedPaste: boolean;
	readonly mouseTracking: 'none' | 'x10' | 'vt200' | 'drag' | 'any';
};

export type Condition = string | RegExp | ((lines: readonly string[]) => boolean);

export type TerminalOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly cwd?: string;
	/** Added to the environment; `undefined` removes a variable. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** How long `waitFor` and `exit` wait before they give up, in milliseconds. */
	readonly limit?: number;
};

export type Terminal = AsyncDisposable & {
	readonly pid: number;
	readonly emulator: headless.Terminal;
	/** The rows as displayed, without trailing blanks. */
	readonly screen: () => readonly string[];
	readonly modes: () => TerminalModes;
	/** Sends keys by name (`Enter`, `Up`, `F10`, `Ctrl-C`) or as text. */
	readonly press: (...keys: readonly string[]) => void;
	/** Resolves with the rows that fulfil the condition; rejects, showing the screen, when the limit passes or the command ends first. */
	readonly waitFor: (condition: Condition, what: string) => Promise<readonly string[]>;
	readonly resize: (columns: number, rows: number) => void;
	readonly signal: (name: string) => void;
	/** Stops reading what the command writes, as a hung ssh link does. */
	readonly stall: () => void;
	readonly unstall: () => void;
	/** The end of the command, once everything it wrote is on the screen. */
	readonly exit: () => Promise<Exit>;
	readonly bytesWritten: () => number;
	/** Everything written so far, escape sequences and all. */
	readonly output: () => string;
	/** Kills the command if it still runs. */
	readonly close: () => Promise<void>;
};

type Watcher = {readonly check: () => void};

type State = {
	readonly pty: IPty;
	readonly emulator: headless.Terminal;
	readonly limit: number;
	readonly watchers: Set<Watcher>;
	readonly chunks: Uint8Array[];
	byteCount: number;
	pendingWrites: number;
	exit: Exit | undefined;
};

const defaultLimit = 20_000;

export const openTerminal = (
	command: readonly [string, ...(readonly string[])],
	options: TerminalOptions = {},
): Terminal => {
	const state = startCommand(command, options);
	const close = () => endCommand(state);

	return {
		pid: state.pty.pid,
		emulator: state.emulator,
		screen: () => screenLines(state.emulator),
		modes: () => readModes(state),
		press(...keys) {
			for (const key of keys) state.pty.write(keyBytes[key] ?? key);
		},
		waitFor: (condition, what) => waitFor(state, condition, what),
		resize(columns, rows) {
			state.emulator.resize(columns, rows);
			state.pty.resize(columns, rows);
		},
		signal: name => state.pty.kill(name),
		stall: () => state.pty.pause(),
		unstall: () => state.pty.resume(),
		exit: () => waitUntil(state, () => state.exit, 'the command to end'),
		bytesWritten: () => state.byteCount,
		output: () => Buffer.concat(state.chunks).toString('utf8'),
		close,
		[Symbol.asyncDispose]: close,
	};
};

const startCommand = (
	[file, ...args]: readonly [string, ...(readonly string[])],
	{columns = 80, rows = 24, cwd, env = {}, limit = defaultLimit}: TerminalOptions,
): State => {
	const emulator = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
	emulator.loadAddon(new graphemes.UnicodeGraphemesAddon());
	emulator.unicode.activeVersion = '15-graphemes';
	const pty = spawn(file, [...args], {
		name: 'xterm-256color',
		cols: columns,
		rows,
		encoding: null,
		env: terminalEnvironment(env),
		...(cwd === undefined ? {} : {cwd}),
	});
	const state: State = {
		pty,
		emulator,
		limit,
		watchers: new Set(),
		chunks: [],
		byteCount: 0,
		pendingWrites: 0,
		exit: undefined,
	};
	emulator.onData(reply => pty.write(reply)); // Answers to the command's questions (device attributes, cursor position).
	pty.onData(data => receive(state, data as unknown as Uint8Array)); // `encoding: null` makes it bytes.
	pty.onExit(({exitCode, signal}) => {
		afterWrites(state, () => {
			state.exit = {status: exitCode, signal: signal ?? 0};
		});
	});
	return state;
};

/** The tests' own environment, less what tells a program that it runs in CI, under a test runner, or in another terminal. */
const terminalEnvironment = (extra: TerminalOptions['env']): Record<string, string> => {
	const foreign =
		/^(CI|CI_.*|CONTINUOUS_INTEGRATION|GITHUB_ACTIONS|NO_COLOR|FORCE_COLOR|COLUMNS|LINES|TERM.*|TMUX.*|STY|NODE_ENV|NODE_OPTIONS|VITEST.*|TEST|npm_.*|INK_.*|DEV|IPCTOP_.*)$/;
	const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
	const all = {
		...Object.fromEntries(own),
		TERM: 'xterm-256color',
		COLORTERM: 'truecolor',
		LANG: 'C.UTF-8',
		...extra,
	};
	return Object.fromEntries(
		Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
};

const receive = (state: State, data: Uint8Array): void => {
	state.chunks.push(data);
	state.byteCount += data.length;
	state.pendingWrites++;
	state.emulator.write(data, () => {
		state.pendingWrites--;
		notify(state);
	});
};

const notify = (state: State): void => {
	for (const watcher of [...state.watchers]) watcher.check();
};

/** Runs the action once the emulator has taken in everything received. */
const afterWrites = (state: State, action: () => void): void => {
	state.emulator.write('', () => {
		action();
		notify(state);
	});
};

const waitFor = async (
	state: State,
	condition: Condition,
	what: string,
): Promise<readonly string[]> =>
	waitUntil(
		state,
		() => {
			const lines = screenLines(state.emulator);
			if (isFulfilled(condition, lines)) return lines;
			if (state.exit === undefined) return undefined;
			throw new Error(
				`the command ended (status ${state.exit.status}, signal ${state.exit.signal}) before ${what}`,
			);
		},
		what,
	);

const isFulfilled = (condition: Condition, lines: readonly string[]): boolean => {
	if (typeof condition === 'function') return condition(lines);
	const text = lines.join('\n');
	return typeof condition === 'string' ? text.includes(condition) : condition.test(text);
};

/** Resolves with the first value of `probe` that is not undefined, looked at after each piece of output. */
const waitUntil = <T>(state: State, probe: () => T | undefined, what: string): Promise<T> =>
	new Promise((resolve, reject) => {
		const settle = (finish: () => void): void => {
			state.watchers.delete(watcher);
			clearTimeout(timer);
			finish();
		};
		const fail = (problem: string): void =>
			settle(() => reject(new Error(`${problem}\n${describeScreen(state.emulator)}`)));
		const watcher: Watcher = {
			check() {
				try {
					const value = probe();
					if (value !== undefined) settle(() => resolve(value));
				} catch (error) {
					fail((error as Error).message);
				}
			},
		};
		const timer = setTimeout(
			() => fail(`waited ${state.limit} ms in vain for ${what}`),
			state.limit,
		);
		state.watchers.add(watcher);
		watcher.check();
	});

const readModes = (state: State): TerminalModes => {
	const {modes, buffer} = state.emulator;
	const cursor = Buffer.concat(state.chunks)
		.toString('latin1')
		.match(/\u001B\[\?25[hl]/g)
		?.at(-1);
	return {
		isAlternateScreen: buffer.active.type === 'alternate',
		isCursorHidden: cursor?.endsWith('l') ?? false,
		isBracketedPaste: modes.bracketedPasteMode,
		mouseTracking: modes.mouseTrackingMode,
	};
};

const endCommand = async (state: State): Promise<void> => {
	if (state.exit === undefined) {
		state.pty.resume();
		state.pty.kill('SIGKILL');
		await waitUntil(state, () => state.exit, 'the killed command to end');
	}
	state.emulator.dispose();
};
