// The presets as `list` and `show` and the dashboard's picker tell of them: their scenario files, read but not compiled.

import {join} from 'node:path';
import {parseYaml} from '../scenario/yaml-source.js';
import type {ScenarioDocument} from '../scenario/scenario-document.js';
import {readTextFile} from './host.js';
import {findPresetFolder, listPresetNames} from './resources.js';

export type Preset = {
	readonly name: string;
	readonly folder: string;
	readonly document: ScenarioDocument;
};

/** One preset, or undefined if there is none of this name. */
export const readPreset = (name: string): Preset | undefined => {
	const folder = findPresetFolder(name);
	const text = folder === undefined ? undefined : readTextFile(join(folder, 'scenario.yaml'));
	if (folder === undefined || text === undefined) return undefined;
	const document = parseYaml(name, text).document.toJS() as ScenarioDocument;
	return {name, folder, document};
};

/** All presets in the order of teaching. */
export const readPresets = (): readonly Preset[] =>
	listPresetNames()
		.flatMap(name => readPreset(name) ?? [])
		.sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1));

const placeOf = ({document}: Preset): number => document.order ?? Infinity;
