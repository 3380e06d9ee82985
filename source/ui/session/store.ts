// What playback keeps between two ticks of the clock.

import type {GuideStep} from '../../view-model/guide.js';
import type {Language} from '../../view-model/language.js';
import type {Observed} from '../../view-model/observed.js';
import type {Session} from '../hooks/use-session.js';
import type {Logs, PresetInfo, Snapshot} from '../playback.js';
import type {DashboardScenario, GuideWatcher} from './scenario.js';

export type PlaybackOptions = {
	readonly scenario: DashboardScenario;
	readonly language: Language;
	readonly speed?: number | undefined;
	/** Pictures per real second while time runs; 10 if not given. */
	readonly updates?: number | undefined;
	readonly startsPaused?: boolean | undefined;
	readonly presets?: readonly PresetInfo[] | undefined;
	readonly load?: ((name: string) => DashboardScenario | {readonly error: string}) | undefined;
};

export type Store = {
	readonly options: PlaybackOptions;
	scenario: DashboardScenario;
	session: Session;
	observed: Observed;
	isPlaying: boolean;
	isReversed: boolean;
	/** The guide has stopped it. */
	isStopped: boolean;
	/** A guide that nobody wants to see stops nothing. */
	isGuideHidden: boolean;
	speed: number;
	defaultSpeed: number;
	isBehind: boolean;
	watcher: GuideWatcher | undefined;
	/** Steps of the guide that have come. */
	guide: readonly GuideStep[];
	/** How far the guide was from which cycle on: it follows when time goes back. In order of cycle, the first at boot. */
	guideMarks: readonly GuideMark[];
	/** When what scrolls was made anew, and what has been printed, in real milliseconds. */
	logsAt: number;
	consoleAt: number;
	/** Who waits for whom for ever, in words. */
	deadlock: string;
	/** Real milliseconds before which nobody looks for one again, while time runs. */
	deadlockDue: number;
	logs: Logs;
	snapshot: Snapshot;
	version: number;
	publishedAt: number;
	/** Running mean of what a picture costs, in milliseconds. */
	pictureCost: number;
	readonly listeners: Set<() => void>;
};

export type GuideMark = {
	readonly cycle: number;
	readonly steps: readonly GuideStep[];
	readonly progress: unknown;
	/** Playback stops here. */
	readonly pauses: boolean;
};
