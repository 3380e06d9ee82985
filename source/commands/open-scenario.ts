// From what the user calls a scenario (a preset, a C file, a scenario file, a folder) to a loaded one.

import {closeSync, existsSync, openSync, readSync, statSync} from 'node:fs';
import {basename, dirname, extname, join} from 'node:path';
import {renderDiagnostics} from '../compiler/diagnostics.js';
import {parseRecording, type Recording} from '../machine/recording.js';
import {loadDocument, loadProgram, type LoadOptions} from '../scenario/load.js';
import type {loadScenario} from '../scenario/load-scenario.js';
import type {Validate} from '../scenario/find-problems.js';
import type {LoadResult, Scenario} from '../scenario/scenario.js';
import type {MachineDocument, SchedulerName} from '../scenario/scenario-document.js';
import {suggestion} from '../scenario/nearest-name.js';
import {readTextFile} from './host.js';
import {type Invocation, isColored} from './invocation.js';
import {inputsToReplay, type RecordedSource, sourceOf} from './recorded-source.js';
import {findPresetFolder, listPresetNames, readVersion} from './resources.js';
import {type PreparedPreset, preparedPreset} from './prepared-presets.js';
import {toolchain} from './toolchain.js';
import {exitStatus, isUserError, type UserError, userError} from './user-error.js';

/** Where a scenario is. */
export type ScenarioPlace =
	| {readonly kind: 'program'; readonly path: string}
	| {
			readonly kind: 'scenario';
			readonly path: string;
			readonly name: string;
			readonly isPreset: boolean;
	  }
	| RecordingPlace;

/** A recording, read: its files stand in it. */
export type RecordingPlace = {
	readonly kind: 'recording';
	readonly path: string;
	readonly recording: Recording;
	readonly source: RecordedSource;
};

export type OpenOptions = Pick<LoadOptions, 'isTerminal' | 'recordsEvents'>;

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

const scenarioFile = 'scenario.yaml';

/** Finds what an operand names. Presets come first; `./pipe` is the folder. */
export const findScenario = (operand: string): ScenarioPlace | UserError => {
	const preset = findPresetFolder(operand);
	if (preset !== undefined)
		return {kind: 'scenario', path: join(preset, scenarioFile), name: operand, isPreset: true};
	const extension = extname(operand);
	if (isFolder(operand)) {
		const path = join(operand, scenarioFile);
		if (!existsSync(path)) return userError(`the folder ${operand} holds no ${scenarioFile}`);
		return {kind: 'scenario', path, name: basename(operand), isPreset: false};
	}
	if (extension === '.c' || extension === '.yaml' || extension === '.yml') {
		if (!existsSync(operand)) return userError(`can't read ${operand}: no such file`);
		if (extension === '.c') return {kind: 'program', path: operand};
		return {kind: 'scenario', path: operand, name: basename(operand, extension), isPreset: false};
	}
	if (existsSync(operand))
		return beginsLikeRecording(operand)
			? findRecording(operand)
			: userError(
					`${operand} is neither a C file (name.c) nor a scenario file (name.yaml) nor a recording`,
				);
	const hint = suggestion(operand, listPresetNames());
	return userError(
		`there is no preset, C file or scenario "${operand}"${hint || '; `ipctop list` shows the presets'}`,
	);
};

/** Reads a recording; a file that is none, was changed, or is newer than this ipctop is refused. */
export const findRecording = (path: string): RecordingPlace | UserError => {
	const text = readTextFile(path);
	if (text === undefined) return userError(`can't read ${path}`);
	const recording = parseRecording(text);
	if ('error' in recording) return userError(`${path}: ${recording.error}`);
	const source = sourceOf(recording);
	if ('error' in source) return userError(`${path}: this is no usable recording: ${source.error}`);
	return {kind: 'recording', path, recording, source};
};

const firstBytes = 64;

const beginsLikeRecording = (path: string): boolean => {
	try {
		const descriptor = openSync(path, 'r');
		const bytes = new Uint8Array(firstBytes);
		const count = readSync(descriptor, bytes);
		closeSync(descriptor);
		return /^[\da-f]{8} \{"format":"ipctop recording"/.test(
			new TextDecoder().decode(bytes.subarray(0, count)),
		);
	} catch {
		return false;
	}
};

const schedulers: readonly SchedulerName[] = ['round-robin', 'first-come', 'priority', 'feedback'];

/** The machine as the flags want it. */
export const machineFlags = ({values}: Invocation): MachineDocument => {
	const scheduler = schedulers.find(name => name === values.texts.get('scheduler'));
	const numbers = (['seed', 'cpus', 'quantum', 'clock'] as const).flatMap(name => {
		const value = values.numbers.get(name);
		return value === undefined ? [] : [[name, value] as const];
	});
	return {...Object.fromEntries(numbers), ...(scheduler === undefined ? {} : {scheduler})};
};

/** The code that a kind of place needs, loaded only then: YAML for scenario files, the schema for those of users. */
export type Loader = {
	readonly loadScenario: typeof loadScenario | undefined;
	readonly validate: Validate | undefined;
};

export const loaderFor = async (place: ScenarioPlace): Promise<Loader> => {
	if (isProgram(place) || preparedOf(place)) return {loadScenario: undefined, validate: undefined};
	const loading = import('../scenario/load-scenario.js');
	// Presets have been validated by the project's tests.
	if (place.kind === 'scenario' && place.isPreset) return {...(await loading), validate: undefined};
	const {validateScenario} = await import('../scenario/validate.js');
	return {...(await loading), validate: validateScenario};
};

const isProgram = (place: ScenarioPlace): boolean =>
	place.kind === 'program' || (place.kind === 'recording' && place.source.entry.endsWith('.c'));

const preparedOf = (place: ScenarioPlace): PreparedPreset | undefined =>
	place.kind === 'scenario' && place.isPreset
		? preparedPreset(place.name, path => readTextFile(join(dirname(place.path), path)))
		: undefined;

/** What loading gives: a scenario with its origin, or diagnostics. */
export type Loaded = LoadResult & {readonly source: RecordedSource};

/** Loads what was found: compiled programs, or diagnostics. */
export const loadPlace = (
	place: ScenarioPlace,
	invocation: Invocation,
	options: OpenOptions,
	loader: Loader,
): Loaded | UserError =>
	place.kind === 'recording'
		? loadRecorded(place, invocation, options, loader)
		: loadFromFiles(place, invocation, options, loader);

const loadFromFiles = (
	place: Exclude<ScenarioPlace, RecordingPlace>,
	invocation: Invocation,
	options: OpenOptions,
	loader: Loader,
): Loaded | UserError => {
	const folder = dirname(place.path);
	const isPreset = place.kind === 'scenario' && place.isPreset;
	const text = readTextFile(place.path);
	if (text === undefined) return userError(`can't read ${place.path}`);
	const entry = basename(place.path);
	// Every file that loading looks at is part of what a recording must hold.
	const prepared = preparedOf(place);
	const files: Record<string, string> = {[entry]: text, ...prepared?.texts};
	const loadOptions: LoadOptions = {
		...options,
		toolchain: toolchain(prepared?.programs),
		readFile(path) {
			const read = readTextFile(join(folder, path));
			if (read !== undefined) files[path] = read;
			return read;
		},
		displayName: path => (isPreset || folder === '.' ? path : join(folder, path)),
		machine: machineFlags(invocation),
		args: invocation.programArguments,
	};
	const loadFile = (name: string): LoadResult | UserError => {
		if (prepared) return loadDocument(name, prepared.document, loadOptions);
		if (!loader.loadScenario) return userError(`${name} is still being loaded; try again`);
		const file = {name: isPreset ? scenarioFile : place.path, text};
		return loader.loadScenario(name, file, loader.validate, loadOptions);
	};
	const result = place.kind === 'program' ? loadProgram(entry, loadOptions) : loadFile(place.name);
	if (isUserError(result)) return result;
	const source: RecordedSource = {
		name: place.kind === 'program' ? basename(place.path, '.c') : place.name,
		entry,
		files,
		machine: machineSettings(loadOptions.machine),
		...(loadOptions.args === undefined ? {} : {args: loadOptions.args}),
		isTerminal: options.isTerminal,
		version: readVersion(),
	};
	return {...result, source};
};

const machineSettings = (machine: MachineDocument): Readonly<Record<string, number | string>> =>
	Object.fromEntries(Object.entries(machine).filter(([, value]) => value !== undefined));

const scenarioLoader = ({loadScenario}: Loader): NonNullable<Loader['loadScenario']> => {
	if (!loadScenario) throw new Error('a scenario file needs its loader');
	return loadScenario;
};

/** A recording fixes its machine, its programs and what they were told: flags that would change them are refused. */
const loadRecorded = (
	{path, recording, source}: RecordingPlace,
	invocation: Invocation,
	options: OpenOptions,
	loader: Loader,
): Loaded | UserError => {
	const [setting] = Object.keys(machineFlags(invocation));
	if (setting !== undefined)
		return userError(
			`${path} is a recording: it has its own machine, --${setting} can't change it`,
		);
	if (invocation.programArguments)
		return userError(`${path} is a recording: it has its own arguments, others can't be given`);
	const {entry, files} = source;
	const loadOptions: LoadOptions = {
		...options,
		isTerminal: source.isTerminal,
		toolchain: toolchain(),
		readFile: name => (Object.hasOwn(files, name) ? files[name] : undefined),
		displayName: name => name,
		machine: source.machine,
		args: source.args,
	};
	const result = entry.endsWith('.c')
		? loadProgram(entry, loadOptions)
		: scenarioLoader(loader)(
				source.name,
				{name: entry, text: files[entry]!},
				loader.validate,
				loadOptions,
			);
	if (!result.ok) return {...result, source};
	const inputs = inputsToReplay(result.scenario.inputs, recording.inputs);
	return {...result, scenario: {...result.scenario, inputs}, source};
};

/** A scenario of the command line, and what a recording of it says of its origin. */
export type OpenedScenario = Scenario & {readonly source: RecordedSource};

/**
 * Opens the scenario of a command line. Diagnostics go to standard error: warnings always, errors as the reason of the
 * failure.
 */
export const openScenario = async (
	operand: string,
	invocation: Invocation,
	options: OpenOptions,
): Promise<OpenedScenario | UserError> => {
	const place = findScenario(operand);
	return 'message' in place ? place : openPlace(place, operand, invocation, options);
};

/** Opens what has been found; messages call it `operand`. */
export const openPlace = async (
	place: ScenarioPlace,
	operand: string,
	invocation: Invocation,
	options: OpenOptions,
): Promise<OpenedScenario | UserError> => {
	const result = loadPlace(place, invocation, options, await loaderFor(place));
	if ('message' in result) return result;
	const diagnostics = result.ok ? result.warnings : result.problems;
	await invocation.host.stderr.write(
		renderDiagnostics(diagnostics, isColored(invocation, 'stderr')),
	);
	if (result.ok) return {...result.scenario, source: result.source};
	const errors = diagnostics.filter(({severity}) => severity === 'error').length;
	return userError(
		`${operand}: ${errors === 1 ? 'one error' : `${errors} errors`}`,
		exitStatus.failed,
	);
};

/** The one operand of a command that needs a scenario. */
export const scenarioOperand = ({operands}: Invocation, command: string): string | UserError => {
	const [operand, ...others] = operands;
	if (operand === undefined)
		return userError(
			`ipctop ${command} needs a SCENARIO: a preset (\`ipctop list\` shows them), a C file, a scenario file or a recording`,
		);
	if (others.length > 0)
		return userError(
			`ipctop ${command} takes one SCENARIO, but there is also "${others[0]}". Arguments for the program go after --`,
		);
	return operand;
};
