// A scenario, loaded: the machine that it sets up, and what goes with it for those who watch.

import type {Diagnostic} from '../compiler/text/diagnostics.js';
import type {Input} from '../machine/input.js';
import type {MachineSetup} from '../machine/setup.js';
import type {ExpectDocument, GuideDocument, LocalText} from './scenario-document.js';

/** What happens from outside, at a cycle. */
export type ScheduledInput = {readonly at: number; readonly input: Input};

export type Scenario = {
	/** As users name it: the preset, or the file without folder and ending. */
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
	readonly setup: MachineSetup;
	/** C lvalues to show. */
	readonly watch: readonly string[];
	/** By cycle. */
	readonly inputs: readonly ScheduledInput[];
	readonly guide: readonly GuideDocument[];
	readonly expect: readonly ExpectDocument[];
};

export type LoadResult =
	| {readonly ok: true; readonly scenario: Scenario; readonly warnings: readonly Diagnostic[]}
	| {readonly ok: false; readonly problems: readonly Diagnostic[]};
