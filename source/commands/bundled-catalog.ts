// The scenario files of the presets as parsed when the package was built, with the stamps of their texts: YAML
// is needed only for a file that has been changed since, and in the sources.

import {join} from 'node:path';
import type {ScenarioDocument} from '../scenario/scenario-document.js';
import {readTextFile} from './host.js';
import {findPresetFolder, listPresetNames, readBundledCatalog} from './resources.js';
import {stampOf, type TextStamp} from './text-stamp.js';

export type Preset = {
	readonly name: string;
	readonly folder: string;
	readonly document: ScenarioDocument;
};

/** Reads the text of a scenario file that is known to fit; `parseDocument` of scenario/load-scenario.ts. */
export type ParseDocument = (fileName: string, text: string) => ScenarioDocument;

/** By name: what has been parsed when the package was built. */
export type Catalog = Readonly<
	Record<string, {readonly stamp: TextStamp; readonly document: ScenarioDocument}>
>;

/** One preset, or undefined if there is none of this name, or it would have to be parsed and `parse` is missing. */
export const findPreset = (name: string, parse: ParseDocument | undefined): Preset | undefined => {
	const folder = findPresetFolder(name);
	const text = folder === undefined ? undefined : readTextFile(join(folder, 'scenario.yaml'));
	if (folder === undefined || text === undefined) return undefined;
	const known = (readBundledCatalog() as Catalog)[name];
	const document = known?.stamp === stampOf(text) ? known.document : parse?.(name, text);
	return document && {name, folder, document};
};

/** All presets in the order of teaching. */
export const findPresets = (parse: ParseDocument | undefined): readonly Preset[] =>
	listPresetNames()
		.flatMap(name => findPreset(name, parse) ?? [])
		.sort((a, b) => placeOf(a) - placeOf(b) || (a.name < b.name ? -1 : 1));

/** For the bundle. */
export const encodeCatalog = (presets: readonly Preset[]): string => {
	const entries = presets.map(({name, folder, document}) => [
		name,
		{stamp: stampOf(readTextFile(join(folder, 'scenario.yaml')) ?? ''), document},
	]);
	return JSON.stringify(Object.fromEntries(entries) satisfies Catalog);
};

const placeOf = ({document}: Preset): number => document.order ?? Infinity;
