// What a dashboard can play: a scenario made ready for the machine, with its guide.

import type {GuideStep} from '../../view-model/guide.js';
import type {LocalText} from '../../view-model/language.js';
import type {Session, SessionSource} from '../hooks/use-session.js';
import type {ActionResult} from '../playback.js';

export type GuideWatcher = {
	/** The steps that have become due since it was asked last, and whether playback stops at them. */
	readonly look: (
		session: Session,
	) => {readonly steps: readonly GuideStep[]; readonly pauses: boolean} | undefined;
	/** How far the guide is, as a copy, and going back (or on) to that. */
	readonly save: () => unknown;
	readonly restore: (progress: unknown) => void;
};

export type DashboardScenario = SessionSource & {
	readonly name: string;
	readonly title: LocalText;
	readonly summary: LocalText;
	readonly watch: readonly string[];
	/** Makes the watcher of a run's guide; absent where the scenario has none. */
	readonly guide?: (() => GuideWatcher) | undefined;
	/** Cycles per real second; by default so that time slices can be watched. */
	readonly speed?: number | undefined;
	/** Writes a recording of the session and says where, or why it can't. */
	readonly save?: ((session: Session) => ActionResult) | undefined;
};

/** Fifty time slices a second: each one is seen as a step, none is waited for. */
export const speedOf = (scenario: DashboardScenario): number =>
	scenario.speed ?? Math.max(2000, Math.min(200_000, scenario.setup.config.quantum * 50));
