// What an operand names: a preset, a C file, a scenario file, a folder with one, a recording. Recordings are read here.

import {closeSync, existsSync, openSync, readSync, statSync} from 'node:fs';
import {basename, extname, join} from 'node:path';
import {parseRecording, type Recording} from '../machine/recording.js';
import {suggestion} from '../scenario/nearest-name.js';
import {readTextFile} from './host.js';
import {type RecordedSource, sourceOf} from './recorded-source.js';
import {findPresetFolder, listPresetNames} from './resources.js';
import {type UserError, userError} from './user-error.js';

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

const isFolder = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The file that makes a folder a scenario. */
export const scenarioFile = 'scenario.yaml';

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
