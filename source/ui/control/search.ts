// Search in the focused list.

import {say} from '../../view-model/language.js';
import {searchableRows, selectedKey} from '../selection.js';
import type {Context} from './context.js';

/** Moves the selection to the next row that holds the searched text. */
export const searchFrom = (context: Context, step: 1 | -1, includesCurrent: boolean): void => {
	const state = context.now();
	const {search, focused} = state.ui;
	if (search === '') return;
	const texts = searchableRows(state);
	const keys = texts.map(({key}) => key);
	const current = Math.max(0, keys.indexOf(selectedKey(state, focused) ?? ''));
	const wanted = search.toLowerCase();
	for (let offset = includesCurrent ? 0 : 1; offset <= texts.length; offset++) {
		const row = texts[(current + step * offset + texts.length * 2) % Math.max(1, texts.length)];
		if (!row?.text.toLowerCase().includes(wanted)) continue;
		context.apply({type: 'select', pane: focused, key: row.key});
		return;
	}
	context.tell(say(context.options.language, 'message.notFound', {text: search}), 'warning');
};
