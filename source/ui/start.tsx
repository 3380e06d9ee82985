// Opens the dashboard on the terminal and gives it back afterwards, whatever way it ends.

import process from 'node:process';
import type {ReadStream} from 'node:tty';
import {render} from 'ink';
import type {Language} from '../view-model/language.js';
import {App} from './app.js';
import {createController} from './controller.js';
import {createPlayback} from './session/create-playback.js';
import type {DashboardScenario} from './session/scenario.js';
import {type MouseEvent, mouseOff, mouseOn, takeMouse} from './mouse.js';
import type {PresetInfo} from './playback.js';
import {ScreenWriter, type TerminalStream} from './screen-writer.js';
import {colourDepth, isAsciiOnly, themeFor, type ThemeName} from './theme.js';

export type {DashboardScenario} from './session/scenario.js';
export type {PresetInfo} from './playback.js';

export type DashboardOptions = {
	readonly scenario: DashboardScenario;
	readonly presets?: readonly PresetInfo[] | undefined;
	/** Loads another preset for the picker; a text says why it can't be. */
	readonly load?: ((name: string) => DashboardScenario | {readonly error: string}) | undefined;
	readonly language: Language;
	readonly theme?: ThemeName | undefined;
	readonly color?: 'auto' | 'always' | 'never' | undefined;
	/** Cycles per real second. */
	readonly speed?: number | undefined;
	/** Pictures per real second while time runs. */
	readonly updates?: number | undefined;
	readonly isAscii?: boolean | undefined;
	/** `stacked`: one column of panes; `single`: one pane at a time. */
	readonly layout?: LayoutName | undefined;
	/** Clicks and the wheel; the terminal's own selection of text needs Shift then. */
	readonly usesMouse?: boolean | undefined;
	readonly startsPaused?: boolean | undefined;
	/** Opens the list of presets first. */
	readonly opensPicker?: boolean | undefined;
	readonly stdin?: ReadStream | undefined;
	readonly stdout?: TerminalStream | undefined;
};

export const layoutNames = ['auto', 'stacked', 'single'] as const;
export type LayoutName = (typeof layoutNames)[number];

const enter = '\u001B[?1049h\u001B[?25l\u001B[H';
const leave = `${mouseOff}\u001B[?2004l\u001B[?25h\u001B[?1049l`;

/** Runs until the user quits. Resolves with the exit status; rejects with what went wrong, the terminal restored. */
export const startDashboard = async (options: DashboardOptions): Promise<number> => {
	const stdin = options.stdin ?? process.stdin;
	const stdout = options.stdout ?? (process.stdout as TerminalStream);
	neverBlock(stdout);
	const playback = createPlayback(options);
	// Raw mode first: a key pressed before the first frame must not be echoed onto it.
	stdin.setRawMode(true);
	const modes = options.usesMouse ? enter + mouseOn : enter;
	stdout.write(modes);
	const writer = new ScreenWriter(stdout);
	const terminal = {stdin, stdout, writer, modes};
	let status = 0;
	let instance: ReturnType<typeof render> | undefined;
	const quit = (): void => instance?.unmount();
	const controller = createController({
		playback,
		language: options.language,
		onQuit: quit,
		onRedraw: () => writer.repaint(),
		onSuspend: () => suspend(terminal),
		initial: {
			isZoomed: options.layout === 'single',
			...(options.opensPicker ? {overlay: {kind: 'picker', query: '', index: 0}} : {}),
		},
	});
	const unwatchMouse = options.usesMouse ? watchMouse(stdin, controller.handleMouse) : undefined;
	const onSignal = (signal: NodeJS.Signals): void => {
		status = signal === 'SIGINT' ? 130 : signal === 'SIGHUP' ? 129 : 143;
		quit();
	};
	const onContinue = (): void => resume(terminal);
	// Whatever breaks, in a timer or in a key's handler: the terminal is given back before anybody hears of it.
	let failure: {readonly error: unknown} | undefined;
	const onFailure = (error: unknown): void => {
		failure ??= {error};
		quit();
	};
	const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
	const restore = (): void => leaveTerminal(terminal);
	for (const signal of signals) process.on(signal, onSignal);
	process.on('SIGCONT', onContinue);
	process.on('uncaughtException', onFailure);
	process.on('unhandledRejection', onFailure);
	process.on('exit', restore);
	try {
		instance = render(
			<App
				controller={controller}
				playback={playback}
				theme={themeFor(options.theme ?? 'default', colourDepth(process.env, options.color))}
				isAscii={options.isAscii ?? isAsciiOnly(process.env)}
				isStacked={options.layout === 'stacked'}
				language={options.language}
			/>,
			{
				stdout: writer as unknown as NodeJS.WriteStream,
				stdin,
				// Every frame reaches the writer as a whole; the comparison with the screen is the writer's.
				debug: true,
				interactive: true,
				exitOnCtrlC: false,
				patchConsole: false,
			},
		);
		await instance.waitUntilExit();
		if (failure) throw (failure as {readonly error: unknown}).error;
		return status;
	} finally {
		unwatchMouse?.();
		playback.dispose();
		controller.dispose();
		for (const signal of signals) process.off(signal, onSignal);
		process.off('SIGCONT', onContinue);
		process.off('uncaughtException', onFailure);
		process.off('unhandledRejection', onFailure);
		process.off('exit', restore);
		restore();
		stdin.unref?.();
	}
};

type Terminal = {
	readonly stdin: ReadStream;
	readonly stdout: TerminalStream;
	readonly writer: ScreenWriter;
	/** What puts the terminal in the state that the dashboard needs. */
	readonly modes: string;
};

/** Ink takes the mouse's reports for keys: they are taken out of what it reads. Gives the way to stop that. */
const watchMouse = (
	stdin: ReadStream,
	onMouse: (events: readonly MouseEvent[]) => void,
): (() => void) => {
	const read = stdin.read.bind(stdin);
	stdin.read = (size?: number): unknown => {
		for (;;) {
			const chunk: unknown = read(size);
			if (chunk === null) return null;
			const {rest, events} = takeMouse(String(chunk));
			if (events.length > 0) onMouse(events);
			if (rest !== '') return rest;
		}
	};
	return () => {
		stdin.read = read;
	};
};

/** A reader that has stalled must cost pictures, not keys, timers and signals. */
const neverBlock = (stdout: TerminalStream): void => {
	const {_handle: handle} = stdout as {
		readonly _handle?: {setBlocking?: (isBlocking: boolean) => void};
	};
	handle?.setBlocking?.(false);
};

const leaveTerminal = ({stdin, stdout, writer}: Terminal): void => {
	if (writer.isClosed) return;
	writer.close();
	try {
		stdin.setRawMode(false);
		stdout.write(leave);
	} catch {
		// The terminal is gone (SIGHUP): there is nothing to restore.
	}
};

/** Ctrl-Z: back to the shell, until `fg`. */
const suspend = ({stdin, stdout, writer}: Terminal): void => {
	writer.suspend();
	stdin.setRawMode(false);
	stdout.write(leave);
	process.kill(process.pid, 'SIGTSTP');
};

/** After SIGCONT the terminal is as the shell left it, and perhaps of another size. */
const resume = ({stdin, stdout, writer, modes}: Terminal): void => {
	stdin.setRawMode(true);
	stdout.write(`${modes}\u001B[?2004h`);
	writer.resume();
	process.kill(process.pid, 'SIGWINCH');
};
