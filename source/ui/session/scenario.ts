// What a dashboard can play: a scenario made ready for the machine, with its guide.

import type {GuideStep} from '../../view-model/guide.js';
import type {LocalText} from '../../view-model/language.js';
import type {Session, SessionSource} from '../hooks/use-session.js';
import type {ActionResult} from '../playback.js';

/** Steps of the guide that have become due. */
export type Said = {
	readonly steps: readonly GuideStep[];
	/** Playback stops at them. */
	readonly pauses: boolean;
	/** A variable's value that was waited for has been stored: that has a cycle of its own. */
	readonly isStore?: boolean;
};

export type GuideWatcher = {
	/** All steps, for whoever lays the guide out; absent: they are not known before they come. */
	readonly steps?: readonly GuideStep[];
	/** The steps that have become due since it was asked last. */
	readonly look: (session: Session) => Said | undefined;
	/** How far the guide is, and going back (or on) to that. */
	readonly save: () => unknown;
	readonly restore: (progress: unknown) => void;
};

export type DashboardScenario = SessionSource & {
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
	/** Makes the watcher of a run's guide; absent where the scenario has none. */
	readonly guide?: (() => GuideWatcher) | undefined;
	/** Cycles per real second; by default so that time slices can be watched. */
	readonly speed?: number | undefined;
	/** Writes a recording of the session; the text is its path, or why it can't. */
	readonly save?: ((session: Session) => ActionResult) | undefined;
};

/** Fifty time slices a second: each one is seen as a step, none is waited for. */
export const speedOf = (scenario: DashboardScenario): number =>
	scenario.speed ?? Math.max(2000, Math.min(200_000, scenario.setup.config.quantum * 50));
