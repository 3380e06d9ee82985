// Presets made ready when the package is built: the scenario file parsed, the programs compiled and linked, so that
// opening one needs neither YAML nor the compiler. Each knows the files that it was made from: where one has been changed
// since, the preset is loaded like any other scenario.

import {type ProgramJson, decodeProgram, encodeProgram} from '../bytecode/program-json.js';
import type {Program} from '../bytecode/program.js';
import {compilePrograms, type Toolchain} from '../scenario/compile-programs.js';
import type {ReadFile} from '../scenario/program-names.js';
import type {ScenarioDocument} from '../scenario/scenario-document.js';
import {readPreparedPreset} from './resources.js';
import {stampOf, type TextStamp} from './text-stamp.js';

export type PreparedPreset = {
	/** The files that it was made from, by path in the preset's folder. */
	readonly texts: Readonly<Record<string, string>>;
	readonly document: ScenarioDocument;
	readonly programs: ReadonlyMap<string, Program>;
};

type PresetImage = {
	/** The stamps of the files that were read, by path in the preset's folder; null: looked for and not found. */
	readonly stamps: Readonly<Record<string, TextStamp | null>>;
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
	const stamps: Record<string, TextStamp | null> = {};
	const recorded: ReadFile = path => {
		const text = readFile(path);
		stamps[path] = text === undefined ? null : stampOf(text);
		return text;
	};
	recorded('scenario.yaml');
	const used = [...document.processes.map(({program}) => program), ...(document.programs ?? [])];
	const {programs, diagnostics} = compilePrograms(used, recorded, path => path, toolchain);
	if (diagnostics.length > 0) return undefined;
	const images = [...programs].map(([path, program]) => [path.slice(1), encodeProgram(program)]);
	const image: PresetImage = {stamps, document, programs: Object.fromEntries(images)};
	return JSON.stringify(image);
};

/** The preset in an image, or undefined if one of its files is not as it was. */
export const decodePreset = (json: string, readFile: ReadFile): PreparedPreset | undefined => {
	const {stamps, document, programs} = JSON.parse(json) as PresetImage;
	const texts: Record<string, string> = {};
	for (const [path, stamp] of Object.entries(stamps)) {
		const text = readFile(path);
		if ((text === undefined ? null : stampOf(text)) !== stamp) return undefined;
		if (text !== undefined) texts[path] = text;
	}
	const decoded = Object.entries(programs).map(
		([name, image]) => [name, decodeProgram(image, path => texts[path])] as const,
	);
	return {texts, document, programs: new Map(decoded)};
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
