// Search in the focused pane: in a list it selects the row, in a text it scrolls to it.

import {say} from '../../view-model/language.js';
import {searchableRows, selectedKey} from '../selection.js';
import type {Context} from './context.js';

/** Moves the selection to the next row that holds the searched text. */
export const searchFrom = (context: Context, step: 1 | -1, includesCurrent: boolean): void => {
	const state = context.now();
	const {search, focused} = state.ui;
	if (search === '') return;
	const texts = searchableRows(state);
	if (texts.length === 0) {
		searchText(context, step, includesCurrent);
		return;
	}
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

/** In a text: from the row found last, or from the first that is seen. */
const searchText = (context: Context, step: 1 | -1, includesCurrent: boolean): void => {
	const {search, focused, selected, scroll} = context.now().ui;
	const {texts, height, top} = context.extent();
	const rows = texts().map(text => text.toLowerCase());
	const last = selected[focused];
	const current = includesCurrent || last === undefined ? top : Number(last);
	const wanted = search.toLowerCase();
	for (let offset = includesCurrent ? 0 : 1; offset <= rows.length; offset++) {
		const row = (current + step * offset + rows.length * 2) % Math.max(1, rows.length);
		if (!rows[row]?.includes(wanted)) continue;
		context.apply({type: 'select', pane: focused, key: String(row)});
		const first = Math.max(0, Math.min(row - (height >> 1), rows.length - height));
		// The console is scrolled from its end.
		const fromEnd = Math.max(0, rows.length - height - first);
		const to = focused === 'console' ? (fromEnd === 0 ? undefined : fromEnd) : first;
		if (to !== scroll[focused]) context.apply({type: 'scroll', pane: focused, to});
		return;
	}
	context.tell(say(context.options.language, 'message.notFound', {text: search}), 'warning');
};
