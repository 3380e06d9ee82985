// What the Pipes pane lists: pipes and FIFOs, then the channels of the radio.

import {type Observed, perObservation} from './observed.js';
import {type PipeView, pipeViews} from './pipes.js';
import {type AirView, airViews} from './radio.js';

export type PipeListView = PipeView | AirView;

export const pipeListViews = perObservation((observed): readonly PipeListView[] => {
	const airs = airViews(observed);
	return airs.length === 0 ? pipeViews(observed) : [...pipeViews(observed), ...airs];
});

/** Whether the radio is in use, or has been. */
export const hasRadio = ({kernel}: Observed): boolean => kernel.network.radio.airs.size > 0;

/** The bytes that stand in it, or have gone through the air last, escaped. */
export const bytesText = (view: PipeListView): string =>
	view.kind === 'pipe' ? view.text : (view.last?.text ?? '');
