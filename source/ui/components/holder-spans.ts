// Who holds an end of a channel, by which descriptors, and who of them sleeps at it.

import type {Holder} from '../../view-model/channels.js';
import {type Language, say} from '../../view-model/language.js';
import {type Line, span} from '../../view-model/styled-text.js';

/** `writer(3):4 reader(4):4 blocked: reader(4)`; a sole holder that sleeps is `reader(4):3 blocked`. */
export const holderSpans = (
	list: readonly Holder[],
	blocked: readonly string[],
	hasDescriptors: boolean,
	language: Language,
): Line => {
	const names = list.map(({name, descriptors}) =>
		hasDescriptors && descriptors.length > 0 ? `${name}:${descriptors.join(',')}` : name,
	);
	const isWhole = list.length === 1 && blocked.length === 1 && blocked[0] === list[0]!.name;
	return [
		list.length === 0
			? span(say(language, 'pipes.nobody'), 'warning')
			: span(names.join(' '), isWhole ? 'blocked' : 'plain'),
		...(blocked.length === 0
			? []
			: [
					span(
						isWhole
							? ` ${say(language, 'state.blocked')}`
							: ` ${say(language, 'pipes.asleep', {names: blocked.join(' ')})}`,
						'blocked',
					),
				]),
	];
};
