// Colours for C: enough of its tokens to read a program by. The state between lines is whether a comment is open.

import {type Line, span, type Tone} from './styled-text.js';
import {simplify} from './text-width.js';

const keywords = new Set(
	`auto break case char const continue default do double else enum extern float for goto if inline int long register
	restrict return short signed sizeof static struct switch typedef union unsigned void volatile while _Bool bool
	_Atomic _Noreturn size_t ssize_t pid_t FILE NULL true false`.split(/\s+/),
);

const token =
	/(?<comment>\/\/.*|\/\*.*?(?:\*\/|$))|(?<string>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)|(?<number>\b(?:0[xX][\da-fA-F]+|\d[\d.]*(?:[eE][+-]?\d+)?)[uUlLfF]*\b)|(?<word>[A-Za-z_]\w*)|(?<directive>^\s*#\s*\w+)/g;

/** Whether a comment is open after the line, if it was before. */
export const opensComment = (text: string, isOpen: boolean): boolean => {
	let rest = text;
	let open = isOpen;
	for (;;) {
		if (open) {
			const end = rest.indexOf('*/');
			if (end === -1) return true;
			rest = rest.slice(end + 2);
			open = false;
		}
		const stripped = rest.replace(/\/\/.*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '');
		const start = stripped.indexOf('/*');
		if (start === -1) return false;
		rest = stripped.slice(start + 2);
		open = true;
	}
};

/** A line of C as spans. Tabs become four columns. */
export const highlightC = (text: string, isInComment: boolean): Line => {
	const plain = simplify(expandTabs(text));
	const end = isInComment ? plain.indexOf('*/') : -2;
	if (end === -1) return [span(plain, 'comment')];
	const head = end >= 0 ? plain.slice(0, end + 2) : '';
	const spans = head === '' ? [] : [span(head, 'comment')];
	const rest = plain.slice(head.length);
	let position = 0;
	for (const match of rest.matchAll(token)) {
		if (match.index > position) spans.push(span(rest.slice(position, match.index)));
		spans.push(span(match[0], toneOf(match)));
		position = match.index + match[0].length;
	}
	if (position < rest.length) spans.push(span(rest.slice(position)));
	return spans;
};

const toneOf = (match: RegExpExecArray): Tone => {
	const groups = match.groups ?? {};
	if (groups['comment'] !== undefined) return 'comment';
	if (groups['string'] !== undefined) return 'string';
	if (groups['number'] !== undefined) return 'number';
	if (groups['directive'] !== undefined) return 'keyword';
	return keywords.has(match[0]) ? 'keyword' : 'plain';
};

export const expandTabs = (text: string, stop = 4): string => {
	let result = '';
	for (const character of text) {
		result += character === '\t' ? ' '.repeat(stop - (result.length % stop)) : character;
	}
	return result;
};
