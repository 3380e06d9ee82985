// Keys while a line is being typed, and what becomes of the line.

import {escapeBytes, parseEscapes} from '../../view-model/escape.js';
import {say} from '../../view-model/language.js';
import type {InputLine} from '../input-line.js';
import type {WriteTarget} from '../playback.js';
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
		const result = context.options.playback.endInput();
		context.tell(`tty: ${result.text}`, result.isDone ? 'good' : 'error');
		return;
	}
	if ((key === 'Tab' || key === 'Shift-Tab') && input.purpose.kind === 'write') {
		apply({type: 'retarget', by: key === 'Tab' ? 1 : -1});
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
		tell(
			result.isDone ? result.text : `${purpose.lvalue}: ${result.text}`,
			result.isDone ? 'good' : 'error',
		);
		return;
	}
	if (purpose.kind === 'offset') {
		const {channel} = purpose;
		const digits = text.trim();
		if (!/^\d*$/.test(digits)) {
			tell(say(language, 'input.badNumber', {text}), 'error');
			return;
		}
		const target = {channel, ...(digits === '' ? {} : {offset: Number(digits)})};
		apply({type: 'begin-input', purpose: {kind: 'write', targets: [target], index: 0}});
		return;
	}
	if (purpose.kind === 'sender') {
		sendBytes(context, withSender(purpose.target, text.trim()), purpose.typed);
		return;
	}
	const parsed = parseEscapes(text);
	if ('problem' in parsed) {
		tell(say(language, 'input.badEscape', {at: parsed.at + 1}), 'error');
		return;
	}
	const target = purpose.kind === 'write' ? purpose.targets[purpose.index] : undefined;
	if (target?.isDatagram) {
		apply({type: 'end-input', remember: text});
		apply({type: 'begin-input', purpose: {kind: 'sender', target, typed: text}});
		return;
	}
	sendBytes(context, target, text);
};

const withSender = (target: WriteTarget, sender: string): WriteTarget =>
	sender === '' ? target : {...target, sender};

/** Into the target, or the console; the text's escapes have been found to be right. */
const sendBytes = (context: Context, target: WriteTarget | undefined, text: string): void => {
	const {apply, tell, options} = context;
	const parsed = parseEscapes(text);
	if ('problem' in parsed) return;
	const {playback} = options;
	const result = target ? playback.write(target, parsed.bytes) : playback.type(parsed.bytes);
	apply({type: 'end-input', remember: text});
	const from = target?.sender === undefined ? '' : ` ← ${target.sender}`;
	tell(
		`${target?.channel ?? 'tty'}${from}: "${escapeBytes(parsed.bytes)}": ${result.text}`,
		result.isDone ? 'good' : 'error',
	);
};
