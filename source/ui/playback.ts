// What the dashboard knows of a running scenario: a snapshot to show, and what can be asked of it. The hook that has the
// machine implements it; tests have their own.

import type {ConsoleLine} from '../view-model/console.js';
import type {GuideStep} from '../view-model/guide.js';
import type {LocalText} from '../view-model/language.js';
import type {PlayState} from '../view-model/machine-line.js';
import type {Observed} from '../view-model/observed.js';
import type {TimelineView} from '../view-model/timeline.js';
import type {KernelEvent} from '../view-model/trace.js';

/** What scrolls. While time runs it is renewed less often than the rest: nobody reads text that moves ten times a second. */
export type Logs = {
	readonly console: readonly ConsoleLine[];
	/** The newest events, oldest first, and how many there are in the log. */
	readonly events: readonly KernelEvent[];
	readonly timeline: TimelineView;
};

export type Snapshot = {
	/** Changes whenever anything else does. */
	readonly version: number;
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
	readonly observed: Observed;
	readonly play: PlayState;
	/** Cycles per real second. */
	readonly speed: number;
	/** The machine can't keep up with the speed. */
	readonly isBehind: boolean;
	readonly watch: readonly string[];
	readonly logs: Logs;
	/** Steps of the guide that have come, oldest first. */
	readonly guide: readonly GuideStep[];
	readonly hasGuide: boolean;
	/** The guide has stopped playback, for its last step to be read. */
	readonly isGuidePause: boolean;
	/** Why the run stopped, where words are needed. */
	readonly notice: string;
	readonly links: ReadonlyArray<{
		readonly between: readonly [string, string];
		readonly isUp: boolean;
	}>;
};

export type ActionResult = {readonly isDone: boolean; readonly text: string};

export type PresetInfo = {
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
};

export type Playback = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly snapshot: () => Snapshot;
	readonly togglePause: () => void;
	readonly setSpeed: (speed: number) => void;
	readonly defaultSpeed: () => number;
	/** One C statement of the thread; pauses. */
	readonly step: (tid: number) => void;
	readonly stepEvent: () => void;
	/** One step back in history; false where there is none before. */
	readonly stepBack: (tid: number) => boolean;
	readonly stepEventBack: () => boolean;
	/** Moves by so many cycles; negative is back. False at the start. */
	readonly seek: (cycles: number) => boolean;
	readonly seekStart: () => void;
	/** To the newest cycle that was reached. */
	readonly seekEnd: () => void;
	readonly restart: () => void;
	readonly write: (channel: string, bytes: Uint8Array) => ActionResult;
	readonly assign: (lvalue: string, value: string, pid: number) => ActionResult;
	readonly type: (bytes: Uint8Array) => ActionResult;
	readonly signal: (pid: number, signal: number) => ActionResult;
	readonly setLink: (between: readonly [string, string], isUp: boolean) => ActionResult;
	readonly presets: readonly PresetInfo[];
	/** Opens another preset; the problem as a text if it can't be. */
	readonly open: (name: string) => string | undefined;
	readonly dispose: () => void;
};
