/**
 * Source files in one shared offset space, so that a position anywhere in a program is one small integer (the idea of
 * Go's token.Pos and clang's SourceLocation). Units compiled with the same map share tokenised headers.
 */
import {keywords} from './keywords.js';
import type {Token, Words} from './lexer.js';

export type SourceFile = {
	readonly index: number;
	readonly name: string;
	readonly text: string;
	/** Position of the first character. */
	readonly base: number;
	/** A header of the system: warnings inside it are not shown. */
	readonly isSystem: boolean;
	/** Offsets of line starts, made on first use. */
	lineStarts: readonly number[] | undefined;
	/** Its tokens, made on first inclusion. */
	tokens: readonly Token[] | undefined;
	/** `#include` chain: position of the directive that included it first, or -1. */
	includedAt: number;
};

export type SourceMap = {
	readonly files: SourceFile[];
	/** By name; a file whose text changed is added anew. */
	readonly byName: Map<string, SourceFile>;
	/** The identifiers of all texts that were tokenised. */
	readonly words: Words;
	nextBase: number;
	/** The file found by the last look-up. */
	lastFound: SourceFile | undefined;
};

export type Location = {readonly file: SourceFile; readonly line: number; readonly column: number};

export const createSourceMap = (): SourceMap => ({
	files: [],
	byName: new Map(),
	words: new Map(Array.from(keywords, word => [word, word])), // So that keywords are the very strings that the parser compares with
	nextBase: 1,
	lastFound: undefined,
});

/** Adds a file, or returns the one with this name and text that is there already. */
export const addSourceFile = (
	map: SourceMap,
	name: string,
	text: string,
	isSystem: boolean,
	includedAt = -1,
): SourceFile => {
	const known = map.byName.get(name);
	if (known && known.text === text) return known;
	const file: SourceFile = {
		index: map.files.length,
		name,
		text,
		base: map.nextBase,
		isSystem,
		lineStarts: undefined,
		tokens: undefined,
		includedAt,
	};
	map.nextBase += text.length + 1;
	map.files.push(file);
	map.byName.set(name, file);
	return file;
};

/** The file that holds a position; undefined for 0, which stands for built-in declarations. */
export const fileAt = (map: SourceMap, position: number): SourceFile | undefined => {
	const last = map.lastFound;
	if (last && position >= last.base && position <= last.base + last.text.length) return last;
	let low = 0;
	let high = map.files.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((map.files[middle]?.base ?? Infinity) <= position) low = middle;
		else high = middle - 1;
	}

	const file = map.files[low];
	if (!file || position < file.base) return undefined;
	map.lastFound = file;
	return file;
};

const findLineStarts = (text: string): readonly number[] => {
	const starts = [0];
	let at = text.indexOf('\n');
	while (at !== -1) {
		starts.push(at + 1);
		at = text.indexOf('\n', at + 1);
	}

	return starts;
};

export const lineStartsOf = (file: SourceFile): readonly number[] => {
	file.lineStarts ??= findLineStarts(file.text);
	return file.lineStarts;
};

/** File, line and column (both from 1, columns in UTF-16 units) of a position. */
export const locate = (map: SourceMap, position: number): Location | undefined => {
	const file = fileAt(map, position);
	if (!file) return undefined;
	const starts = lineStartsOf(file);
	const offset = position - file.base;
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((starts[middle] ?? Infinity) <= offset) low = middle;
		else high = middle - 1;
	}

	return {file, line: low + 1, column: offset - (starts[low] ?? 0) + 1};
};

const wide =
	/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/;

/** Columns that a character takes on a terminal; of a tab, which depends on where it stands, 1. */
export const characterWidth = (character: string): 1 | 2 => (wide.test(character) ? 2 : 1);

const tabStop = 8;

/** The column of a terminal, from 1, as gcc counts: tabs go to the next multiple of 8, East Asian characters take two. */
export const displayColumn = (line: string, column: number): number => {
	let width = 0;
	for (const character of line.slice(0, column - 1)) {
		if (character === '\t') width += tabStop - (width % tabStop);
		else width += characterWidth(character);
	}

	return width + Math.max(1, column - line.length);
};

/** The text of a line, without its end. */
export const lineText = (file: SourceFile, line: number): string => {
	const starts = lineStartsOf(file);
	const start = starts[line - 1] ?? 0;
	const end = starts[line];
	return file.text.slice(start, end === undefined ? undefined : end - 1).replace(/\r$/, '');
};
