// A line being typed: its text, its cursor, and the keys of a shell's line editor. Pure: a key gives a new line.

import {type Language, say} from '../view-model/language.js';
import type {WriteTarget} from './playback.js';

export type InputPurpose =
	/** Into the chosen one of the places that can be meant. */
	| {readonly kind: 'write'; readonly targets: readonly WriteTarget[]; readonly index: number}
	/** Whose datagram it shall be; empty: nobody's in particular. The bytes have been typed already. */
	| {
			readonly kind: 'sender';
			readonly target: WriteTarget;
			readonly typed: string;
	  }
	/** Where in a file. */
	| {readonly kind: 'offset'; readonly channel: string}
	| {readonly kind: 'assign'; readonly lvalue: string; readonly pid: number}
	| {readonly kind: 'type'}
	| {readonly kind: 'filter'}
	| {readonly kind: 'search'};

/** A line being typed. */
export type InputLine = {
	readonly purpose: InputPurpose;
	readonly text: string;
	/** In characters, 0 is before the first. */
	readonly cursor: number;
	/** How far back in the history the text comes from; 0: it is new. */
	readonly recalled: number;
	readonly draft: string;
};

/** Text put in at the cursor. */
export const insertText = (line: InputLine, text: string): InputLine => {
	const characters = [...line.text];
	// Pasted line ends are typed as escapes: an input line is one line.
	const inserted = [
		...text
			.replaceAll(/\r\n?|\n/g, '\\n')
			.replaceAll('\t', '\\t')
			.replaceAll(/[\u0000-\u001F\u007F]/g, ''),
	];
	characters.splice(line.cursor, 0, ...inserted);
	return {...line, text: characters.join(''), cursor: line.cursor + inserted.length, recalled: 0};
};

/** One key, as in a shell. */
export const editLine = (line: InputLine, key: string, history: readonly string[]): InputLine => {
	const characters = [...line.text];
	const with_ = (text: readonly string[], cursor: number): InputLine => ({
		...line,
		text: text.join(''),
		cursor,
	});
	switch (key) {
		case 'Left':
		case 'Ctrl-B':
			return {...line, cursor: Math.max(0, line.cursor - 1)};
		case 'Right':
		case 'Ctrl-F':
			return {...line, cursor: Math.min(characters.length, line.cursor + 1)};
		case 'Home':
		case 'Ctrl-A':
			return {...line, cursor: 0};
		case 'End':
		case 'Ctrl-E':
			return {...line, cursor: characters.length};
		case 'Backspace':
			if (line.cursor === 0) return line;
			return with_(characters.toSpliced(line.cursor - 1, 1), line.cursor - 1);
		case 'Delete':
		case 'Ctrl-D':
			return with_(characters.toSpliced(line.cursor, 1), line.cursor);
		case 'Ctrl-U':
			return with_(characters.slice(line.cursor), 0);
		case 'Ctrl-K':
			return with_(characters.slice(0, line.cursor), line.cursor);
		case 'Ctrl-W': {
			const head = characters
				.slice(0, line.cursor)
				.join('')
				.replace(/\S+\s*$/, '');
			return with_([...head, ...characters.slice(line.cursor)], [...head].length);
		}

		case 'Up':
			return recall(line, line.recalled + 1, history);
		case 'Down':
			return recall(line, line.recalled - 1, history);
		case 'Space':
			return insertText(line, ' ');
		default:
			return [...key].length === 1 ? insertText(line, key) : line;
	}
};

const recall = (line: InputLine, to: number, history: readonly string[]): InputLine => {
	if (to < 0 || to > history.length || to === line.recalled) return line;
	const draft = line.recalled === 0 ? line.text : line.draft;
	const text = to === 0 ? draft : history[to - 1]!;
	return {...line, text, draft, recalled: to, cursor: [...text].length};
};

/** What is asked for. */
export const promptOf = ({purpose}: InputLine, language: Language): string => {
	switch (purpose.kind) {
		case 'write': {
			const {channel, offset} = purpose.targets[purpose.index]!;
			if (offset !== undefined) return say(language, 'input.writeAt', {channel, offset});
			return say(language, channel.startsWith('file:') ? 'input.writeEnd' : 'input.write', {
				channel,
			});
		}
		case 'sender':
			return say(language, 'input.sender');
		case 'offset':
			return say(language, 'input.offset', {channel: purpose.channel});
		case 'assign':
			return say(language, 'input.assign', {name: purpose.lvalue});
		case 'type':
			return say(language, 'input.type');
		case 'filter':
			return say(language, 'input.filter');
		case 'search':
			return say(language, 'input.search');
	}
};
