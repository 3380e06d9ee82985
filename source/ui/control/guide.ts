// The keys of guided playback: going on where the guide waits, the answer to its question, and the guide itself, shown or
// hidden. Who hides it wants to talk, or to look: from then on it stops nothing.

import {localize, say} from '../../view-model/language.js';
import {simplify} from '../../view-model/text-width.js';
import type {Command} from '../keymap.js';
import {newestQuestion} from '../selection.js';
import type {Context} from './context.js';

/** False for commands that are not the guide's. */
export const performGuide = (context: Context, command: Command): boolean => {
	switch (command) {
		case 'goOn':
			context.options.playback.togglePause();
			return true;
		case 'guide':
			toggleGuide(context);
			return true;
		case 'answer':
			toggleAnswer(context);
			return true;
		default:
			return false;
	}
};

/** On the screen it is hidden; hidden, or behind other panes, it comes to the screen. */
const toggleGuide = ({options, apply, tell, now, extent}: Context): void => {
	const {snapshot, ui} = now();
	const {playback, language} = options;
	if (!snapshot.hasGuide) {
		tell(say(language, 'guide.none'), 'warning');
		return;
	}
	const {shown} = extent();
	const isOnScreen = !snapshot.isGuideHidden && !ui.overlay && shown?.includes('guide') !== false;
	playback.showGuide(!isOnScreen);
	if (isOnScreen) {
		apply({type: 'hide-guide'});
		tell(say(language, 'guide.hidden'));
	} else apply({type: 'show-guide', panesOnScreen: shown?.length ?? Infinity});
};

const toggleAnswer = ({options, apply, tell, now, extent}: Context): void => {
	const {snapshot, ui} = now();
	const step = newestQuestion(snapshot.guide);
	const text = snapshot.guide[step]?.answer;
	if (text === undefined) {
		tell(say(options.language, 'guide.noQuestion'), 'warning');
		return;
	}
	if (extent().shown?.includes('guide') === false) {
		// Nowhere to unfold: it is said once.
		tell(`= ${simplify(localize(text, options.language)).replaceAll('\n', ' ')}`);
		return;
	}
	const isShown = ui.answer?.step === step;
	apply({type: 'answer', answer: isShown ? undefined : {step, steps: snapshot.guide.length}});
};
