// The presets as `list` and `show` tell of them: their scenario files, read but not compiled.

import {parseDocument} from '../scenario/load-scenario.js';
import {findPreset, findPresets, type Preset} from './bundled-catalog.js';

export type {Preset} from './bundled-catalog.js';

/** One preset, or undefined if there is none of this name. */
export const readPreset = (name: string): Preset | undefined => findPreset(name, parseDocument);

/** All presets in the order of teaching. */
export const readPresets = (): readonly Preset[] => findPresets(parseDocument);
