// Opens the dashboard on the terminal and gives it back afterwards, whatever way it ends.

import {constants} from 'node:os';
import process from 'node:process';
import type {ReadStream} from 'node:tty';
import {render} from 'ink';
import type {Language} from '../view-model/language.js';
import {App} from './app.js';
import {createController} from './controller.js';
import {createPlayback} from './session/create-playback.js';
import type {DashboardScenario} from './session/scenario.js';
import {type MouseEvent, takeMouse} from './mouse.js';
import type {PresetInfo} from './playback.js';
import {ScreenWriter, type TerminalStream} from './screen-writer.js';
import {controlJob, enterTerminal, leaveTerminal, openKeyboard, untilTaken} from './terminal.js';
import {colourDepth, drawsAscii, themeFor, type ThemeName} from './theme.js';

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

/** Runs until the user quits. Resolves with the exit status; rejects with what went wrong, the terminal restored. */
export const startDashboard = async (options: DashboardOptions): Promise<number> => {
	const stdin = options.stdin ?? openKeyboard();
	const stdout = options.stdout ?? (process.stdout as TerminalStream);
	const usesMouse = options.usesMouse === true;
	const playback = createPlayback(options);
	enterTerminal({stdin, stdout, usesMouse});
	const writer = new ScreenWriter(stdout);
	const terminal = {stdin, stdout, writer, usesMouse};
	let status = 0;
	let instance: ReturnType<typeof render> | undefined;
	const quit = (): void => instance?.unmount();
	const job = controlJob(terminal);
	const controller = createController({
		playback,
		language: options.language,
		onQuit: quit,
		onRedraw: () => writer.repaint(),
		onSuspend: job.suspend,
		initial: {
			isZoomed: options.layout === 'single',
			...(options.opensPicker ? {overlay: {kind: 'picker', query: '', index: 0}} : {}),
		},
	});
	const unwatchMouse = usesMouse ? watchMouse(stdin, controller.handleMouse) : undefined;
	const onSignal = (signal: NodeJS.Signals): void => {
		status = 128 + constants.signals[signal];
		quit();
	};
	// Whatever breaks, in a timer or in a key's handler: the terminal is given back before anybody hears of it.
	let failure: {readonly error: unknown} | undefined;
	const onFailure = (error: unknown): void => {
		failure ??= {error};
		quit();
	};
	const signals = ['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT'] as const;
	const restore = (): void => leaveTerminal(terminal);
	for (const signal of signals) process.on(signal, onSignal);
	process.on('uncaughtException', onFailure);
	process.on('unhandledRejection', onFailure);
	process.on('exit', restore);
	try {
		instance = render(
			<App
				controller={controller}
				playback={playback}
				theme={themeFor(options.theme ?? 'default', colourDepth(process.env, options.color))}
				isAscii={drawsAscii(options)}
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
		process.off('uncaughtException', onFailure);
		process.off('unhandledRejection', onFailure);
		job.dispose();
		restore();
		await untilTaken(terminal);
		process.off('exit', restore);
		stdin.unref?.();
	}
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
