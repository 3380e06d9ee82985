// Lines that all pages of details are made of.

import type {Kernel} from '../kernel/kernel.js';
import {explainThread} from './blocked.js';
import {type Holder, holderText} from './channels.js';
import {type Language, say} from './language.js';
import {type Line, line, span} from './styled-text.js';
import {fitText} from './text-width.js';
import {createFinder} from './waker-finder.js';

export type DetailsView = {readonly title: string; readonly lines: readonly Line[]};

export const heading = (text: string): Line => line(text, 'strong');
export const blank: Line = [];

/** A name and its value. */
export const field = (name: string, value: string): Line => [
	span(`  ${fitText(name, 18)} `, 'dim'),
	span(value),
];

export const none = (language: Language): Line => line(`  ${say(language, 'details.none')}`, 'dim');

/** Who holds an end of a channel. */
export const endLine = (name: string, holders: readonly Holder[], language: Language): Line =>
	field(
		name,
		holders.length > 0 ? holders.map(holderText).join('; ') : say(language, 'pipes.nobody'),
	);

/** Who sleeps at a channel, in wake order, and why. */
export const waiterLines = (
	kernel: Kernel,
	tids: readonly number[],
	language: Language,
): readonly Line[] => {
	const finder = createFinder(kernel);
	const threads = [...new Set(tids)].flatMap(tid => kernel.threads.get(tid) ?? []);
	return [
		heading(say(language, 'details.waiters')),
		...(threads.length > 0
			? threads.map((thread, index) =>
					line(`  ${index + 1}. ${explainThread(kernel, thread, language, finder)}`),
				)
			: [none(language)]),
	];
};
