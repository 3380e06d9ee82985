// `ipctop [SCENARIO]`: the dashboard. Without a terminal to draw on, plain frames as `top -b` prints them.

import module from 'node:module';
import {renderDiagnostics} from '../compiler/text/diagnostics.js';
import type {Session} from '../machine/session.js';
import {advanceGuide, type GuideProgress, startGuide} from '../scenario/guide.js';
import type {PresetInfo} from '../ui/playback.js';
import {hasKeyboard} from '../ui/terminal.js';
import {findPresets, type ParseDocument} from './bundled-catalog.js';
import {type Command, type Invocation, languageOf} from './invocation.js';
import {findScenario} from './find-scenario.js';
import {type Loader, loadPlace, onConsole} from './load-place.js';
import {type OpenedScenario, openScenario} from './open-scenario.js';
import {printFrames} from './top.js';
import {finishRecording, recorderOf} from './record.js';
import {type SaveResult, saveRecording, type SessionRecorder} from './session-recorder.js';
import {layoutChoices, readSettings, type Settings, themeChoices} from './settings.js';
import {keepHeapTight} from './tight-heap.js';
import {exitStatus, isUserError, type UserError, userError} from './user-error.js';

const defaultScenario = 'busy-vs-blocking';

/** Frames printed where there is no terminal: enough to see, and an end for endless programs. */
const framesWithoutTerminal = 20;

export const dashboard: Command = async invocation => {
	const {operands} = invocation;
	const [operand = defaultScenario, ...others] = operands;
	if (others.length > 0)
		return userError(
			`there is one SCENARIO at a time, but also "${others[0]}". Arguments for the program go after --`,
		);
	if (!canShowDashboard(invocation)) return printInstead(operand, invocation);
	const scenario = await openScenario(operand, invocation, dashboardOptions);
	return isUserError(scenario) ? scenario : openDashboard(scenario, invocation);
};

/** There is a terminal for it, with keys; as text it needs none. */
export const canShowDashboard = (invocation: Invocation): boolean =>
	invocation.host.stdout.isTerminal && (isPlain(invocation) || hasKeyboard());

const isPlain = ({values, host}: Invocation): boolean =>
	values.switches.has('plain') || host.environment['TERM'] === 'dumb';

/** Opens the dashboard, and goes to the cycle if one is given: it is paused there. */
export const openDashboard = async (
	scenario: OpenedScenario,
	invocation: Invocation,
	cycle?: number,
): Promise<number | UserError> => {
	const recorder = recorderOf(invocation);
	if (isUserError(recorder)) return recorder;
	const settings = readSettings(invocation.host.environment);
	if (isUserError(settings)) return settings;
	const picker = openPicker();
	const color = (['auto', 'always', 'never'] as const).find(
		mode => mode === invocation.values.texts.get('color'),
	);
	const options = {
		scenario: {...forDashboard(scenario, recorder), ...(cycle === undefined ? {} : {cycle})},
		get presets() {
			return picker.presets();
		},
		load: (name: string) => loadPreset(name, invocation, picker.loader(), recorder),
		...preferences(invocation, settings),
		...(color ? {color} : {}),
	};
	const start = isPlain(invocation)
		? (await import('../ui/plain.js')).startPlain
		: (await import('../ui/start.js')).startDashboard;
	keepHeapTight();
	const ended = start(options);
	const loading = setTimeout(() => {
		keepCompiledCode();
		picker.startLoading();
	}, quietMilliseconds);
	const status = await ended;
	clearTimeout(loading);
	await finishRecording(recorder, invocation);
	return status;
};

/** What is not needed for the first frame waits for so long: keys pressed at once are answered first. */
const quietMilliseconds = 250;

/** For the next start (bin/ipctop.js): a session that is killed keeps nothing, and V8 drops what a long one has not run lately. */
const keepCompiledCode = (): void => {
	// Node 22.10 is the first to have it.
	(module as Partial<typeof module>).flushCompileCache?.();
};

/** Flags go before settings. */
const preferences = (invocation: Invocation, settings: Settings) => {
	const {numbers, switches, texts} = invocation.values;
	const theme = themeChoices.find(name => name === texts.get('theme')) ?? settings.theme;
	const layout = layoutChoices.find(name => name === texts.get('layout')) ?? settings.layout;
	const speed = numbers.get('speed') ?? settings.speed;
	const updates = numbers.get('updates');
	const isAscii = switches.has('ascii') || settings.ascii === true;
	const language = texts.has('lang') ? undefined : settings.language;
	return {
		// There is no Korean in ASCII.
		language: isAscii ? ('en' as const) : (language ?? languageOf(invocation)),
		startsPaused: switches.has('paused'),
		usesMouse: switches.has('mouse') || settings.mouse === true,
		...(theme ? {theme} : {}),
		...(layout ? {layout} : {}),
		...(speed === undefined ? {} : {speed}),
		...(updates === undefined ? {} : {updates}),
		...(isAscii ? {isAscii} : {}),
	};
};

/** Everything is recorded there: it will be looked at. */
const dashboardOptions = {...onConsole, recordsEvents: true} as const;

const printInstead = async (operand: string, invocation: Invocation) => {
	const scenario = await openScenario(operand, invocation, onConsole);
	if (isUserError(scenario)) return scenario;
	await invocation.host.stderr.write(
		'ipctop: there is no terminal to draw the dashboard on; printing plain frames, as `ipctop top -b` does\n',
	);
	await printFrames(scenario, invocation, framesWithoutTerminal);
	return exitStatus.fine;
};

const forDashboard = (
	{name, title, summary, setup, watch, inputs, guide, source}: OpenedScenario,
	recorder: SessionRecorder | undefined,
) => ({
	name,
	title,
	summary,
	setup,
	watch,
	inputs,
	/** Saves the session in a new file, and says where. */
	save: (session: Session): SaveResult => saveRecording(session, source),
	/** To be called for a new session and whenever its inputs may have changed: --record follows it. */
	...(recorder ? {record: (session: Session) => recorder.update(source, session)} : {}),
	// Each run of the scenario has a guide of its own.
	...(guide.length === 0
		? {}
		: {
				guide: () => {
					let progress = startGuide();
					return {
						steps: guide,
						look(session: Session) {
							const {progress: reached, ...said} = advanceGuide(guide, progress, session);
							progress = reached;
							return said.steps.length === 0 ? undefined : said;
						},
						save: () => progress,
						restore(saved: unknown) {
							progress = saved as GuideProgress;
						},
					};
				},
			}),
});

/**
 * What the picker of presets needs. It has those that stand ready in the bundle from the start; YAML, for those that have
 * been changed since (and in the sources), comes when the first frame stands.
 */
const openPicker = () => {
	let loaded: (Loader & {readonly parseDocument: ParseDocument}) | undefined;
	let infos: readonly PresetInfo[] | undefined;
	const list = (): readonly PresetInfo[] =>
		findPresets(loaded?.parseDocument).map(({name, document}) => ({
			name,
			title: document.title ?? name,
			summary: document.summary ?? '',
		}));
	return {
		loader: (): Loader => loaded ?? {loadScenario: undefined, validate: undefined},
		presets(): readonly PresetInfo[] {
			infos ??= list();
			return infos;
		},
		startLoading() {
			void import('../scenario/load-scenario.js').then(loading => {
				loaded = {...loading, validate: undefined};
				infos = undefined;
			});
		},
	};
};

/** A preset chosen in the picker. */
const loadPreset = (
	name: string,
	invocation: Invocation,
	loader: Loader,
	recorder: SessionRecorder | undefined,
) => {
	const place = findScenario(name);
	if (isUserError(place)) return {error: place.message};
	const own = {...invocation, programArguments: undefined};
	const result = loadPlace(place, own, dashboardOptions, loader);
	if (isUserError(result)) return {error: result.message};
	return result.ok
		? forDashboard({...result.scenario, source: result.source}, recorder)
		: {error: renderDiagnostics(result.problems)};
};
