// The dashboard as running text, for screen readers and terminals that can't move their cursor: the same keys, and what
// they bring about is said in a line, as is what happens by itself.

import process from 'node:process';
import type {ReadStream} from 'node:tty';
import {explainProcess} from '../view-model/blocked.js';
import {batchFrame} from '../view-model/batch-frame.js';
import {type Language, localize, say} from '../view-model/language.js';
import {countsLine, machineView} from '../view-model/machine-line.js';
import {processEntries} from '../view-model/processes.js';
import {sourceView} from '../view-model/source.js';
import {lineText} from '../view-model/styled-text.js';
import {asciiOnly, simplify} from '../view-model/text-width.js';
import {createController} from './controller.js';
import {createPlayback} from './session/create-playback.js';
import {promptOf} from './input-line.js';
import {isWaitingForReader, type Playback, type Snapshot} from './playback.js';
import {overlayLines} from './plain-overlay.js';
import {
	type DashboardState,
	listKeys,
	panesPresent,
	selectedEntry,
	selectedKey,
} from './selection.js';
import type {DashboardOptions} from './start.js';
import {drawsAscii} from './theme.js';

export type PlainOptions = DashboardOptions & {readonly output?: {write(text: string): unknown}};

/** What has been said, so that only news is. */
type Said = {
	state: DashboardState;
	console: string;
	guide: number;
	overlay: string;
};

/** Columns that the tables are made for. */
const columns = 80;

/** Runs until the user quits, or standard input ends. Resolves with the exit status. */
export const startPlain = async (options: PlainOptions): Promise<number> => {
	const stdin: ReadStream = options.stdin ?? process.stdin;
	const output = options.output ?? process.stdout;
	const {language} = options;
	const shown = drawsAscii(options) ? (text: string) => asciiOnly(simplify(text)) : simplify;
	const print = (...lines: readonly string[]): void => {
		for (const line of lines) if (line.trim() !== '') output.write(`${shown(line).trimEnd()}\n`);
	};
	const playback = createPlayback({...options, startsPaused: true});
	let quit = (): void => undefined;
	const left = new Promise<void>(resolve => {
		quit = resolve;
	});
	const overview = (): void => {
		const {observed, title, watch} = playback.snapshot();
		print(...batchFrame(observed, {title, watch, columns, language}).split('\n'));
	};
	const controller = createController({
		playback,
		language,
		onQuit: () => quit(),
		onRedraw: overview,
		onSuspend: () => undefined,
	});
	const said: Said = {state: controller.state(), console: '', guide: 0, overlay: ''};
	const tell = (): void => sayNews(said, controller.state(), print, language, playback);
	controller.noteExtent(() => ({
		rows: 0,
		height: 10,
		top: 0,
		panes: panesPresent(playback.snapshot(), []),
		texts: () => [],
	}));
	const unsubscribe = controller.subscribe(tell);
	const onData = (data: Buffer | string): void => controller.handleInput(String(data));
	const onEnd = (): void => quit();
	stdin.setRawMode?.(true);
	stdin.on('data', onData);
	stdin.on('end', onEnd);
	const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;
	for (const signal of signals) process.on(signal, onEnd);
	try {
		overview();
		print(say(language, 'plain.start'));
		tell();
		await left;
		return 0;
	} finally {
		for (const signal of signals) process.off(signal, onEnd);
		unsubscribe();
		stdin.off('data', onData);
		stdin.off('end', onEnd);
		stdin.setRawMode?.(false);
		stdin.pause();
		controller.dispose();
		playback.dispose();
	}
};

/** Says what is new since the last time. */
const sayNews = (
	said: Said,
	state: DashboardState,
	print: (...lines: readonly string[]) => void,
	language: Language,
	playback: Playback,
): void => {
	const {ui, snapshot} = state;
	const before = said.state;
	said.state = state;
	sayConsole(said, snapshot, print);
	sayGuide(said, before, state, print, language);
	if (ui.input && ui.input !== before.ui.input)
		print(`${promptOf(ui.input, language)}${ui.input.text}`);
	if (ui.message && ui.message !== before.ui.message) print(ui.message.text);
	if (ui.overlay !== before.ui.overlay) sayOverlay(said, state, print, language, playback);
	const isMoved =
		snapshot.play !== before.snapshot.play ||
		(snapshot.play !== 'playing' && snapshot.history.now !== before.snapshot.history.now);
	if (isMoved) print(momentLine(state, language));
	const selected = selectedKey(state, ui.focused);
	if (ui.focused !== before.ui.focused || selected !== selectedKey(before, before.ui.focused))
		print(focusLine(state, language));
};

/** What has opened, by its title, and then what is chosen in it. */
const sayOverlay = (
	said: Said,
	state: DashboardState,
	print: (...lines: readonly string[]) => void,
	language: Language,
	playback: Playback,
): void => {
	const {overlay} = state.ui;
	const lines = overlayLines(state, language, playback);
	const [title = '', ...rest] = lines;
	const isOpen = overlay !== undefined && said.overlay.startsWith(`${overlay.kind}\n`);
	const text = overlay === undefined ? '' : [overlay.kind, ...lines].join('\n');
	if (text !== said.overlay) print(...(isOpen ? rest : [title, ...rest]));
	said.overlay = text;
};

/** The steps that have come, unless they are hidden; the answer that was asked for; that the guide waits. */
const sayGuide = (
	said: Said,
	before: DashboardState,
	{ui, snapshot}: DashboardState,
	print: (...lines: readonly string[]) => void,
	language: Language,
): void => {
	const {guide, isGuideHidden} = snapshot;
	if (!isGuideHidden) {
		for (const step of guide.slice(Math.min(said.guide, guide.length))) {
			const hint = step.answer === undefined ? '' : `  (${say(language, 'guide.answer')})`;
			print(
				localize(step.say, language),
				step.ask === undefined ? '' : `? ${localize(step.ask, language)}${hint}`,
				step.try === undefined ? '' : `→ ${localize(step.try, language)}`,
			);
		}
		said.guide = guide.length;
	}
	const answer = ui.answer === before.ui.answer ? undefined : guide[ui.answer?.step ?? -1]?.answer;
	if (answer !== undefined) print(`= ${localize(answer, language)}`);
	if (isWaitingForReader(snapshot) && !isWaitingForReader(before.snapshot))
		print(say(language, 'guide.paused'));
};

const sayConsole = (
	said: Said,
	{logs}: Snapshot,
	print: (...lines: readonly string[]) => void,
): void => {
	const lines = logs.console.map(({pid, text}) => `${pid}: ${text}`);
	const whole = lines.join('\n');
	if (whole === said.console) return;
	print(...(whole.startsWith(said.console) ? whole.slice(said.console.length) : whole).split('\n'));
	said.console = whole;
};

/** `paused, cycle 12,345, 1 running 2 ready; writer(3): pipe.c line 24: if (write(…` */
const momentLine = (state: DashboardState, language: Language): string => {
	const {ui, snapshot} = state;
	const {observed} = snapshot;
	const view = machineView(observed);
	const entry = selectedEntry(ui, processEntries(observed, ui.table));
	const source = sourceView(observed, {
		pid: entry?.pid,
		tid: entry?.tid,
		height: 1,
		top: undefined,
		language,
	});
	const line = source.kind === 'source' ? source.lines.find(({isCurrent}) => isCurrent) : undefined;
	const place =
		source.kind === 'source' && line
			? `; ${source.title} ${source.file}:${source.line}: ${lineText(line.text).trim()}`
			: '';
	return `${say(language, `top.${snapshot.play}`)}, ${say(language, 'top.cycle')} ${view.cycle}, ${lineText(countsLine(view.counts, language))}${place}`;
};

/** The pane that is chosen and what is selected in it. */
const focusLine = (state: DashboardState, language: Language): string => {
	const {ui, snapshot} = state;
	const pane = say(language, `pane.${ui.focused}`);
	if (ui.focused === 'processes') {
		const entry = selectedEntry(ui, processEntries(snapshot.observed, ui.table));
		return entry
			? `${pane}: ${explainProcess(snapshot.observed.kernel, entry.pid, language)}`
			: pane;
	}
	const keys = listKeys(state, ui.focused);
	const key = selectedKey(state, ui.focused);
	return key === undefined ? pane : `${pane}: ${key} (${keys.indexOf(key) + 1}/${keys.length})`;
};
