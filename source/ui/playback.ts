// What the dashboard knows of a running scenario: a snapshot to show, and what can be asked of it. The hook that has the
// machine implements it; tests have their own.

import type {ConsoleLine} from '../view-model/console.js';
import type {GuideStep} from '../view-model/guide.js';
import type {LocalText} from '../view-model/language.js';
import type {PlayState} from '../view-model/machine-line.js';
import type {Observed} from '../view-model/observed.js';
import type {TimelineView} from '../view-model/timeline.js';
import type {KernelEvent} from '../view-model/trace.js';
import type {Comparison} from './comparison.js';
import type {Outlook} from '../view-model/wait-graph.js';

/** What scrolls. While time runs it is renewed less often than the rest: nobody reads text that moves ten times a second. */
export type Logs = {
	readonly console: readonly ConsoleLine[];
	/** The newest events, oldest first, and how many there are in the log. */
	readonly events: readonly KernelEvent[];
	readonly timeline: TimelineView;
	/** Whether anything is shared besides watched variables. */
	readonly hasShared: boolean;
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
	/** Time runs backwards. */
	readonly isReversed: boolean;
	/** The furthest cycle of this branch of history, the cycles at which others left it, and the present one. */
	readonly history: {
		readonly now: number;
		readonly horizon: number;
		readonly branches: readonly number[];
	};
	/** The machine can't keep up with the speed. */
	readonly isBehind: boolean;
	readonly watch: readonly string[];
	readonly logs: Logs;
	/** Steps of the guide that have come, oldest first. */
	readonly guide: readonly GuideStep[];
	/** All steps there are, as far as they are known: the Guide pane has room for the longest. */
	readonly lesson: readonly GuideStep[];
	readonly hasGuide: boolean;
	/** The guide is not wanted: its steps come, but stop nothing. */
	readonly isGuideHidden: boolean;
	/** The guide has stopped playback, for its last step to be read. */
	readonly isGuidePause: boolean;
	/** What may still come from outside the machine. */
	readonly outlook: Outlook;
	/** Why the run stopped, where words are needed. */
	readonly notice: string;
	readonly links: ReadonlyArray<{
		readonly between: readonly [string, string];
		readonly isUp: boolean;
	}>;
};

/** The guide waits to be read before the scenario goes on. */
export const isWaitingForReader = ({isGuidePause, play}: Snapshot): boolean =>
	isGuidePause && play === 'paused';

export type ActionResult = {readonly isDone: boolean; readonly text: string};

/** What a jump in time looks for. */
export type Moment =
	/** A change of a process's state. */
	| {readonly kind: 'state'; readonly pid: number}
	/** Bytes that enter a channel. */
	| {readonly kind: 'channel'; readonly name: string}
	/** Another value of a variable; backwards, the store that gave it the present one. */
	| {readonly kind: 'variable'; readonly lvalue: string; readonly pid: number}
	/** A context switch. */
	| {readonly kind: 'switch'};

export type PresetInfo = {
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
};

/** Where `w` writes: a channel, and for a file the place in it. */
export type WriteTarget = {
	readonly channel: string;
	/** Files: bytes from the start; absent: the end. */
	readonly offset?: number | undefined;
	/** Datagrams have a sender. */
	readonly isDatagram?: boolean;
	readonly sender?: string;
};

export type Playback = {
	readonly subscribe: (listener: () => void) => () => void;
	readonly snapshot: () => Snapshot;
	readonly togglePause: () => void;
	/** Whether the guide is wanted. Hidden, it goes on, but no longer stops playback. */
	readonly showGuide: (isShown: boolean) => void;
	readonly setSpeed: (speed: number) => void;
	readonly defaultSpeed: () => number;
	/** One C statement of the thread; pauses. */
	readonly step: (tid: number) => void;
	/** To the next event; false, and nothing happens, if none comes for long. */
	readonly stepEvent: () => boolean;
	/** One step back in history; false where there is none before. */
	readonly stepBack: (tid: number) => boolean;
	readonly stepEventBack: () => boolean;
	/** To the next, or the previous, time that a CPU goes to another thread; false, and nothing happens, if there is none. */
	readonly stepSlice: () => boolean;
	readonly stepSliceBack: () => boolean;
	/** Plays on backwards, or stops doing so. */
	readonly toggleReverse: () => void;
	/** Jumps to the next or previous moment of a kind. False, and nothing happens, if there is none. */
	readonly jump: (to: Moment, direction: 1 | -1) => boolean;
	/** To the moment right after an event of the log. */
	readonly seekEvent: (event: KernelEvent) => void;
	readonly seekTo: (cycle: number) => void;
	/** Back to the store that gave a variable its value, and who made it; it is done if there was one. */
	readonly findWriter: (lvalue: string, pid: number) => ActionResult;
	/** Back to the moment at which a thread was woken, and by whom. */
	readonly findWaker: (tid: number) => ActionResult;
	/** Takes up the history that was left last; not done if none was. */
	readonly returnToBranch: () => ActionResult;
	/** Writes a recording of the session. */
	readonly save: () => ActionResult;
	/** Moves by so many cycles; negative is back. False at the start. */
	readonly seek: (cycles: number) => boolean;
	readonly seekStart: () => void;
	/** To the newest cycle that was reached. */
	readonly seekEnd: () => void;
	readonly restart: () => void;
	readonly write: (target: WriteTarget, bytes: Uint8Array) => ActionResult;
	readonly assign: (lvalue: string, value: string, pid: number) => ActionResult;
	readonly type: (bytes: Uint8Array) => ActionResult;
	/** Ctrl-D at the console. */
	readonly endInput: () => ActionResult;
	readonly signal: (pid: number, signal: number) => ActionResult;
	readonly setLink: (between: readonly [string, string], isUp: boolean) => ActionResult;
	readonly presets: readonly PresetInfo[];
	/** The table of ways of communication, made while it is looked at. */
	readonly comparison: Comparison;
	/** Opens another preset; the problem as a text if it can't be. */
	readonly open: (name: string) => string | undefined;
	readonly dispose: () => void;
};
