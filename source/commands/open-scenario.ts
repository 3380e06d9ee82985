// From what the user calls a scenario (a preset, a C file, a scenario file, a folder) to a loaded one.

import {existsSync, statSync} from 'node:fs';
import {basename, dirname, extname, join} from 'node:path';
import {renderDiagnostics} from '../compiler/diagnostics.js';
import {loadProgram, type LoadOptions} from '../scenario/load.js';
import type {loadScenario} from '../scenario/load-scenario.js';
import type {Validate} from '../scenario/find-problems.js';
import type {LoadResult, Scenario} from '../scenario/scenario.js';
import type {MachineDocument, SchedulerName} from '../scenario/scenario-document.js';
import {suggestion} from '../scenario/nearest-name.js';
import {readTextFile} from './host.js';
import {type Invocation, isColored} from './invocation.js';
import {findPresetFolder, listPresetNames} from './resources.js';
import {toolchain} from './toolchain.js';
import {exitStatus, type UserError, userError} from './user-error.js';

/** Where a scenario is. */
export type ScenarioPlace =
	| {readonly kind: 'program'; readonly path: string}
	| {
			readonly kind: 'scenario';
			readonly path: string;
			readonly name: string;
			readonly isPreset: boolean;
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
		return userError(`${operand} is neither a C file (name.c) nor a scenario file (name.yaml)`);
	const hint = suggestion(operand, listPresetNames());
	return userError(
		`there is no preset, C file or scenario "${operand}"${hint || '; `ipctop list` shows the presets'}`,
	);
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
	if (place.kind === 'program') return {loadScenario: undefined, validate: undefined};
	const loading = import('../scenario/load-scenario.js');
	// Presets have been validated by the project's tests.
	if (place.isPreset) return {...(await loading), validate: undefined};
	const {validateScenario} = await import('../scenario/validate.js');
	return {...(await loading), validate: validateScenario};
};

/** Loads what was found: compiled programs, or diagnostics. */
export const loadPlace = (
	place: ScenarioPlace,
	invocation: Invocation,
	options: OpenOptions,
	loader: Loader,
): LoadResult | UserError => {
	const folder = dirname(place.path);
	const isPreset = place.kind === 'scenario' && place.isPreset;
	const text = readTextFile(place.path);
	if (text === undefined) return userError(`can't read ${place.path}`);
	const loadOptions: LoadOptions = {
		...options,
		toolchain: toolchain(),
		readFile: path => readTextFile(join(folder, path)),
		displayName: path => (isPreset || folder === '.' ? path : join(folder, path)),
		machine: machineFlags(invocation),
		args: invocation.programArguments,
	};
	if (place.kind === 'program') return loadProgram(basename(place.path), loadOptions);
	const file = {name: isPreset ? scenarioFile : place.path, text};
	if (!loader.loadScenario) throw new Error('a scenario file needs its loader');
	return loader.loadScenario(place.name, file, loader.validate, loadOptions);
};

/**
 * Opens the scenario of a command line. Diagnostics go to standard error: warnings always, errors as the reason of the
 * failure.
 */
export const openScenario = async (
	operand: string,
	invocation: Invocation,
	options: OpenOptions,
): Promise<Scenario | UserError> => {
	const place = findScenario(operand);
	if ('message' in place) return place;
	const result = loadPlace(place, invocation, options, await loaderFor(place));
	if ('message' in result) return result;
	const diagnostics = result.ok ? result.warnings : result.problems;
	await invocation.host.stderr.write(
		renderDiagnostics(diagnostics, isColored(invocation, 'stderr')),
	);
	if (result.ok) return result.scenario;
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
			`ipctop ${command} needs a SCENARIO: a preset (\`ipctop list\` shows them), a C file or a scenario file`,
		);
	if (others.length > 0)
		return userError(
			`ipctop ${command} takes one SCENARIO, but there is also "${others[0]}". Arguments for the program go after --`,
		);
	return operand;
};
