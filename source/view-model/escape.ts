// Bytes as text and back, with the escapes of C string literals. What is shown in a pipe's row can be typed as a write.

import {escapeByte} from '../kernel/trace/trace-values.js';
import {displayWidth, simplify} from './text-width.js';

/**
 * Bytes as the inside of a C string literal: well-formed UTF-8 of plain letters stays, everything else is escaped as in
 * the arguments of system calls, so that the text reads back as the bytes.
 */
export const escapeBytes = (bytes: Uint8Array): string => {
	let result = '';
	let index = 0;
	while (index < bytes.length) {
		const character = bytes[index]! < 0x80 ? '' : characterAt(bytes, index);
		result += character === '' ? escapeByte(bytes[index]!, bytes[index + 1]) : character;
		index += character === '' ? 1 : utf8Length(character.codePointAt(0)!);
	}
	return result;
};

/** The letter that begins at `index`, or '' where there is no well-formed one that terminals agree on. */
const characterAt = (bytes: Uint8Array, index: number): string => {
	const first = bytes[index]!;
	const length = first >= 0xf0 && first < 0xf8 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
	if (length === 0 || first >= 0xf8 || index + length > bytes.length) return '';
	let code = first & (0xff >> (length + 1));
	for (let offset = 1; offset < length; offset++) {
		const byte = bytes[index + offset]!;
		if ((byte & 0xc0) !== 0x80) return '';
		code = (code << 6) | (byte & 0x3f);
	}
	if (utf8Length(code) !== length || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff)
		return '';
	const character = String.fromCodePoint(code);
	return simplify(character) === character && displayWidth(character) > 0 ? character : '';
};

const utf8Length = (code: number): number =>
	code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;

export type ParsedEscapes =
	| {readonly bytes: Uint8Array}
	/** `at` is the index of the character that is wrong. */
	| {
			readonly problem: 'unknown-escape' | 'incomplete-escape' | 'out-of-range';
			readonly at: number;
	  };

const simpleEscapes: Readonly<Record<string, number>> = {
	n: 10,
	t: 9,
	r: 13,
	a: 7,
	b: 8,
	f: 12,
	v: 11,
	e: 27,
	'\\': 92,
	'"': 34,
	"'": 39,
	'?': 63,
};

/** What a C compiler makes of the inside of a string literal, in UTF-8. */
export const parseEscapes = (text: string): ParsedEscapes => {
	const bytes: number[] = [];
	let index = 0;
	while (index < text.length) {
		const character = String.fromCodePoint(text.codePointAt(index)!);
		if (character !== '\\') {
			bytes.push(...new TextEncoder().encode(character));
			index += character.length;
			continue;
		}
		const next = text[index + 1];
		if (next === undefined) return {problem: 'incomplete-escape', at: index};
		const simple = simpleEscapes[next];
		const octal = /^[0-7]{1,3}/.exec(text.slice(index + 1, index + 4))?.[0];
		const hex = next === 'x' ? /^[0-9a-fA-F]+/.exec(text.slice(index + 2))?.[0] : undefined;
		const unicode = next === 'u' || next === 'U' ? unicodeEscape(text, index) : undefined;
		if (simple !== undefined) {
			bytes.push(simple);
			index += 2;
		} else if (octal !== undefined) {
			if (Number.parseInt(octal, 8) > 255) return {problem: 'out-of-range', at: index};
			bytes.push(Number.parseInt(octal, 8));
			index += 1 + octal.length;
		} else if (hex !== undefined) {
			if (Number.parseInt(hex, 16) > 255) return {problem: 'out-of-range', at: index};
			bytes.push(Number.parseInt(hex, 16));
			index += 2 + hex.length;
		} else if (unicode !== undefined) {
			bytes.push(...new TextEncoder().encode(unicode));
			index += next === 'u' ? 6 : 10;
		} else {
			return {problem: 'xuU'.includes(next) ? 'incomplete-escape' : 'unknown-escape', at: index};
		}
	}
	return {bytes: Uint8Array.from(bytes)};
};

const unicodeEscape = (text: string, index: number): string | undefined => {
	const length = text[index + 1] === 'u' ? 4 : 8;
	const digits = text.slice(index + 2, index + 2 + length);
	if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) return undefined;
	const code = Number.parseInt(digits, 16);
	return code > 0x10ffff || (code >= 0xd800 && code < 0xe000)
		? undefined
		: String.fromCodePoint(code);
};

/** A name as it can stand in a line: its control characters are escapes. */
export const escapeControls = (text: string): string =>
	text.replace(/\p{Cc}+\d?/gu, part => escapeBytes(new TextEncoder().encode(part)));

/** Bytes as a string literal of at most `limit` bytes, with `...` behind it when more follow, as strace(1) shows them. */
export const quoteBytes = (bytes: Uint8Array, limit = 32, total = bytes.length): string =>
	`"${escapeBytes(bytes.subarray(0, limit))}"${total > limit ? '...' : ''}`;

/** Printed text: UTF-8 of plain letters, newlines and tabs stay, carriage returns go, the rest is shown escaped. */
export const printableText = (bytes: Uint8Array): string =>
	escapeBytes(bytes).replaceAll(/\\(.)/g, (whole, letter: string) =>
		letter === 'n'
			? '\n'
			: letter === 't'
				? '\t'
				: letter === '"' || letter === '\\'
					? letter
					: letter === 'r'
						? ''
						: whole,
	);

/** A hexdump in the manner of `hexdump -C`: offset, bytes, text. */
export const hexDump = (bytes: Uint8Array, perRow = 16): readonly string[] =>
	Array.from({length: Math.ceil(bytes.length / perRow)}, (_, row) => {
		const part = bytes.subarray(row * perRow, (row + 1) * perRow);
		const hex = Array.from({length: perRow}, (_, index) =>
			index < part.length ? part[index]!.toString(16).padStart(2, '0') : '  ',
		).join(' ');
		const text = [...part]
			.map(byte => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.'))
			.join('');
		return `${(row * perRow).toString(16).padStart(6, '0')}  ${hex}  ${text}`;
	});
