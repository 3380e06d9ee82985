// Presets made ready when the package is built: the scenario file parsed, the programs compiled and linked, so that
// opening one needs neither YAML nor the compiler. Each carries the texts that it was made from: where a file has been
// changed since, the preset is loaded like any other scenario.

import {type ProgramJson, decodeProgram, encodeProgram} from '../bytecode/program-json.js';
import type {Program} from '../bytecode/program.js';
import {compilePrograms, type Toolchain} from '../scenario/compile-programs.js';
import type {ReadFile} from '../scenario/program-names.js';
import type {ScenarioDocument} from '../scenario/scenario-document.js';
import {readPreparedPreset} from './resources.js';

export type PreparedPreset = {
	/** The files that it was made from, by path in the preset's folder. */
	readonly texts: Readonly<Record<string, string>>;
	readonly document: ScenarioDocument;
	readonly programs: ReadonlyMap<string, Program>;
};

type PresetImage = {
	/** The files that were read, by path in the preset's folder; null: looked for and not found. */
	readonly texts: Readonly<Record<string, string | null>>;
	readonly document: ScenarioDocument;
	readonly programs: Readonly<Record<string, ProgramJson>>;
};

/**
 * Makes a preset ready.
 *
 * @returns Its image as JSON, or undefined if its programs do not compile without a word: whoever opens it shall hear it.
 */
export const preparePreset = (
	document: ScenarioDocument,
	readFile: ReadFile,
	toolchain: Toolchain,
): string | undefined => {
	const texts: Record<string, string | null> = {'scenario.yaml': readFile('scenario.yaml') ?? null};
	const recorded: ReadFile = path => {
		const text = readFile(path);
		texts[path] = text ?? null;
		return text;
	};
	const used = [...document.processes.map(({program}) => program), ...(document.programs ?? [])];
	const {programs, diagnostics} = compilePrograms(used, recorded, path => path, toolchain);
	if (diagnostics.length > 0) return undefined;
	const images = [...programs].map(([path, program]) => [path.slice(1), encodeProgram(program)]);
	const image: PresetImage = {texts, document, programs: Object.fromEntries(images)};
	return JSON.stringify(image);
};

/** The preset in an image, or undefined if one of its files is not as it was. */
export const decodePreset = (json: string, readFile: ReadFile): PreparedPreset | undefined => {
	const {texts, document, programs} = JSON.parse(json) as PresetImage;
	const isCurrent = Object.entries(texts).every(
		([path, text]) => (readFile(path) ?? null) === text,
	);
	if (!isCurrent) return undefined;
	const decoded = Object.entries(programs).map(
		([name, image]) => [name, decodeProgram(image, path => texts[path] ?? undefined)] as const,
	);
	const found = Object.entries(texts).filter(
		(entry): entry is [string, string] => entry[1] !== null,
	);
	return {texts: Object.fromEntries(found), document, programs: new Map(decoded)};
};

let last: {readonly name: string; readonly preset: PreparedPreset | undefined} | undefined;

/** The preset if it stands ready, and as its files are now. */
export const preparedPreset = (name: string, readFile: ReadFile): PreparedPreset | undefined => {
	if (last?.name !== name) {
		const json = readPreparedPreset(name);
		last = {name, preset: json === undefined ? undefined : decodePreset(json, readFile)};
	}
	return last.preset;
};
