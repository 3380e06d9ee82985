// From the place of a scenario to the scenario: its files read, its programs compiled, or diagnostics.

import {basename, dirname, join} from 'node:path';
import {schedulerNames} from '../kernel/process/scheduler-names.js';
import {loadDocument, loadProgram, type LoadOptions} from '../scenario/load.js';
import type {loadScenario} from '../scenario/load-scenario.js';
import type {Validate} from '../scenario/find-problems.js';
import type {LoadResult} from '../scenario/scenario.js';
import type {MachineDocument} from '../scenario/scenario-document.js';
import {type RecordingPlace, scenarioFile, type ScenarioPlace} from './find-scenario.js';
import {readTextFile} from './host.js';
import type {Invocation} from './invocation.js';
import {inputsToReplay, type RecordedSource} from './recorded-source.js';
import {readVersion} from './resources.js';
import {type PreparedPreset, preparedPreset} from './prepared-presets.js';
import {toolchain} from './toolchain.js';
import {type UserError, userError} from './user-error.js';
import {withoutOptimizers} from './without-optimizers.js';

export type OpenOptions = Pick<LoadOptions, 'isTerminal' | 'recordsEvents'>;

/**
 * For every command but run, whose programs have the command's own streams: they have the machine's console, a terminal,
 * so that the C library buffers as it does in the dashboard and a scenario gives the same figures wherever it is looked at.
 */
export const onConsole = {isTerminal: [true, true, true], recordsEvents: false} as const;

/** The machine as the flags want it. */
export const machineFlags = ({values}: Invocation): MachineDocument => {
	const scheduler = schedulerNames.find(name => name === values.texts.get('scheduler'));
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

/** Characters of a text up to which its compilation is over in a moment. */
const shortText = 100_000;

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
	const loadFile = (name: string): LoadResult => {
		if (prepared) return loadDocument(name, prepared.document, loadOptions);
		const file = {name: isPreset ? scenarioFile : place.path, text};
		return scenarioLoader(loader)(name, file, loader.validate, loadOptions);
	};
	const load = (): LoadResult | UserError =>
		place.kind === 'program' ? loadProgram(entry, loadOptions) : loadFile(place.name);
	const result = text.length <= shortText ? withoutOptimizers(load) : load();
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
