// Who holds an end of a channel, by which descriptors, and who of them sleeps at it.

import type {Holder} from '../../view-model/channels.js';
import {type Language, say} from '../../view-model/language.js';
import {bareName, namesWithin, type LazyNames, lazyNames} from '../../view-model/lazy-names.js';
import {type Line, span} from '../../view-model/styled-text.js';

export type HolderManner = {
	/** Names and descriptors `writer(3):4`, names `writer(3)`, or ids `(3)`. */
	readonly names: 'descriptors' | 'names' | 'ids';
	/** Of thousands as many are named as begin within so many cells. */
	readonly cells: number;
	readonly language: Language;
};

/** `writer(3):4 reader(4):4`, then `blocked: reader(4)`; where all sleep, `reader(4):3 reader(5):3 blocked`. */
export const holderPieces = (
	list: readonly Holder[],
	blocked: LazyNames,
	manner: HolderManner,
): readonly Line[] => {
	const {cells, language} = manner;
	if (list.length === 0)
		return [[span(say(language, 'pipes.nobody'), 'warning')], ...asleepPieces(blocked, manner)];
	const names = lazyNames(list, ({name, descriptors}) => {
		if (manner.names === 'ids') return bareName(name);
		return manner.names === 'descriptors' && descriptors.length > 0
			? `${name}:${descriptors.join(',')}`
			: name;
	});
	const text = namesWithin(names, cells, language);
	return areAllAsleep(list, blocked)
		? [[span(`${text} ${say(language, 'state.blocked')}`, 'blocked')]]
		: [[span(text)], ...asleepPieces(blocked, manner)];
};

/** Whether those who sleep are the holders, every one of them. */
const areAllAsleep = (list: readonly Holder[], blocked: LazyNames): boolean => {
	if (list.length !== blocked.length || list.length > mostAsleep) return false;
	const asleep = new Set(blocked);
	return list.every(({name}) => asleep.has(name));
};

/** More than that nobody counts. */
const mostAsleep = 16;

/** `blocked: reader(4) writer(5)`; nothing where nobody sleeps. */
export const asleepPieces = (
	blocked: LazyNames,
	{names, cells, language}: HolderManner,
): readonly Line[] =>
	blocked.length === 0
		? []
		: [
				[
					span(
						say(language, 'pipes.asleep', {
							names: namesWithin(inManner(blocked, names), cells, language),
						}),
						'blocked',
					),
				],
			];

/** The names, or only their ids. */
export const inManner = (list: LazyNames, names: HolderManner['names']): LazyNames =>
	names === 'ids'
		? {
				length: list.length,
				*[Symbol.iterator]() {
					for (const name of list) yield bareName(name);
				},
			}
		: list;
