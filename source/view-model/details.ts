// What Enter opens: everything about one process or one channel, as lines of text.

import {channelDetails} from './channel-details.js';
import type {DetailsView} from './detail-lines.js';
import {type Language, say} from './language.js';
import type {Observed} from './observed.js';
import {processDetails} from './process-details.js';
import {sharedDetails} from './shared-details.js';
import {line} from './styled-text.js';
import {simplify} from './text-width.js';

export type DetailsSubject =
	| {readonly kind: 'process'; readonly pid: number}
	| {readonly kind: 'channel'; readonly name: string}
	/** An item of the Shared pane, by its key, and the variables that are watched. */
	| {readonly kind: 'shared'; readonly name: string; readonly watch: readonly string[]};

export const detailsView = (
	observed: Observed,
	subject: DetailsSubject,
	language: Language,
): DetailsView => {
	switch (subject.kind) {
		case 'process':
			return processDetails(observed.kernel, subject.pid, language);
		case 'channel':
			return channelDetails(observed, subject.name, language);
		case 'shared': {
			const {name, watch} = subject;
			return (
				sharedDetails(observed, watch, name, language) ?? {
					title: simplify(name),
					lines: [line(say(language, 'details.gone'), 'dim')],
				}
			);
		}
	}
};
