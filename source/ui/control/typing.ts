// Keys while a line is being typed, and what becomes of the line.

import {escapeBytes, parseEscapes} from '../../view-model/escape.js';
import {say} from '../../view-model/language.js';
import type {InputLine} from '../input-line.js';
import type {Context} from './context.js';
import {searchFrom} from './search.js';

export const handleInputKey = (context: Context, input: InputLine, key: string): void => {
	const {apply} = context;
	if (key === 'Escape') {
		if (input.purpose.kind === 'filter') apply({type: 'filter', text: ''});
		apply({type: 'end-input'});
		return;
	}
	if (key === 'Enter') {
		submit(context, input);
		return;
	}
	if (key === 'Ctrl-D' && input.text === '' && input.purpose.kind === 'type') {
		apply({type: 'end-input'});
		return;
	}
	apply({type: 'edit', key});
	const edited = context.now().ui.input;
	if (edited?.purpose.kind === 'filter') apply({type: 'filter', text: edited.text});
};

const submit = (context: Context, {purpose, text}: InputLine): void => {
	const {apply, tell, options} = context;
	const {playback, language} = options;
	if (purpose.kind === 'filter' || purpose.kind === 'search') {
		apply({type: 'end-input'});
		if (purpose.kind === 'search') {
			apply({type: 'search', text});
			searchFrom(context, 1, true);
		}
		return;
	}
	if (purpose.kind === 'assign') {
		const result = playback.assign(purpose.lvalue, text.trim(), purpose.pid);
		apply({type: 'end-input', remember: text});
		tell(`${purpose.lvalue}: ${result.text}`, result.isDone ? 'good' : 'error');
		return;
	}
	const parsed = parseEscapes(text);
	if ('problem' in parsed) {
		tell(say(language, 'input.badEscape', {at: parsed.at + 1}), 'error');
		return;
	}
	const result =
		purpose.kind === 'type'
			? playback.type(parsed.bytes)
			: playback.write(purpose.channel, parsed.bytes);
	apply({type: 'end-input', remember: text});
	const target = purpose.kind === 'type' ? 'tty' : purpose.channel;
	tell(
		`${target}: "${escapeBytes(parsed.bytes)}": ${result.text}`,
		result.isDone ? 'good' : 'error',
	);
};
