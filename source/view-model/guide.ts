// The texts of a lesson's step, as the Guide pane shows them. When a step is due is the scenario's business.

import type {LocalText} from './language.js';

export type GuideStep = {
	readonly say: LocalText;
	/** A question, with its answer hidden until the next step has come. */
	readonly ask?: LocalText | undefined;
	readonly answer?: LocalText | undefined;
	/** Something to try. */
	readonly try?: LocalText | undefined;
};
