// The texts of a lesson's step, as the Guide pane shows them. When a step is due is the scenario's business.

import type {LocalText} from './language.js';

export type GuideStep = {
	readonly say: LocalText;
	/** A pane that is wanted on the screen from this step on, until a step asks for another. */
	readonly show?:
		| 'pipes'
		| 'sockets'
		| 'shared'
		| 'source'
		| 'timeline'
		| 'events'
		| 'console'
		| undefined;
	/** A question, with its answer hidden until it is asked for. */
	readonly ask?: LocalText | undefined;
	readonly answer?: LocalText | undefined;
	/** Something to try. */
	readonly try?: LocalText | undefined;
};
