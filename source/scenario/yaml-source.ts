// A YAML text together with the places of everything in it, so that each problem points at its line and column.

import {
	type Document,
	isMap,
	isNode,
	isPair,
	isSeq,
	LineCounter,
	type Node,
	parseDocument,
} from 'yaml';
import type {Diagnostic} from '../compiler/text/diagnostics.js';

export type Path = ReadonlyArray<string | number>;

export type YamlSource = {
	readonly fileName: string;
	readonly text: string;
	readonly lines: readonly string[];
	readonly document: Document.Parsed;
	readonly lineCounter: LineCounter;
};

/** Parses a YAML text. Problems of its syntax are in `syntaxProblems`. */
export const parseYaml = (fileName: string, text: string): YamlSource => {
	const lineCounter = new LineCounter();
	const document = parseDocument(text, {lineCounter, prettyErrors: false});
	return {fileName, text, lines: text.split(/\r?\n/), document, lineCounter};
};

const problem = (
	source: YamlSource,
	offset: number,
	length: number,
	message: string,
): Diagnostic => {
	const {line, col} = source.lineCounter.linePos(offset);
	return {
		file: source.fileName,
		line: Math.max(1, line),
		column: Math.max(1, col),
		sourceLine: source.lines[line - 1] ?? '',
		severity: 'error',
		message,
		option: undefined,
		length: Math.max(1, length),
		includedFrom: [],
		notes: [],
	};
};

/** A file that is no YAML at all has a problem at every other character; so many of them say enough. */
const shownProblems = 20;

/** What the YAML parser itself complains about, with its warnings. */
export const syntaxProblems = (source: YamlSource): readonly Diagnostic[] => {
	const {errors, warnings} = source.document;
	const problems = [...errors, ...warnings]
		.slice(0, shownProblems)
		.map(({pos, message}) => problem(source, pos[0], Math.max(1, pos[1] - pos[0]), message));
	return problems.length > 0 ? problems : aliasProblems(source);
};

/** Aliases of aliases can stand for more values than any machine holds; the parser counts them as it resolves them. */
const aliasProblems = (source: YamlSource): readonly Diagnostic[] => {
	try {
		source.document.toJS();
		return [];
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return [problem(source, 0, 1, message)];
	}
};

/** The node of a key (not of its value) in the mapping at `path`. */
const keyNode = (source: YamlSource, path: Path, key: string): Node | undefined => {
	const parent = path.length === 0 ? source.document.contents : source.document.getIn(path, true);
	if (!isMap(parent)) return undefined;
	const pair = parent.items.find(
		item => isPair(item) && isNode(item.key) && String(item.key) === key,
	);
	return pair && isNode(pair.key) ? pair.key : undefined;
};

const nodeAt = (source: YamlSource, path: Path): Node | undefined => {
	if (path.length === 0) return source.document.contents ?? undefined;
	const node = source.document.getIn(path, true);
	return isNode(node) ? node : undefined;
};

/** The place of a value; if it has none of its own (an empty value), of its key; else of what holds it. */
const placeOf = (source: YamlSource, path: Path): readonly [offset: number, length: number] => {
	const node = nodeAt(source, path);
	if (node?.range && !isMap(node) && !isSeq(node)) {
		const end = source.text.indexOf('\n', node.range[0]);
		const lineEnd = end === -1 ? source.text.length : end;
		return [node.range[0], Math.min(node.range[1], lineEnd) - node.range[0]];
	}
	const last = path.at(-1);
	const key = typeof last === 'string' ? keyNode(source, path.slice(0, -1), last) : undefined;
	if (key?.range) return [key.range[0], key.range[1] - key.range[0]];
	if (node?.range) return [node.range[0], 1];
	return path.length === 0 ? [0, 1] : placeOf(source, path.slice(0, -1));
};

/** A problem of the value at a path. */
export const problemAt = (source: YamlSource, path: Path, message: string): Diagnostic =>
	problem(source, ...placeOf(source, path), message);

/** A problem of a key in the mapping at a path. */
export const problemAtKey = (
	source: YamlSource,
	path: Path,
	key: string,
	message: string,
): Diagnostic => {
	const range = keyNode(source, path, key)?.range;
	return range
		? problem(source, range[0], range[1] - range[0], message)
		: problemAt(source, path, message);
};

/** By line, then by column. */
export const inOrder = (problems: readonly Diagnostic[]): readonly Diagnostic[] =>
	[...problems].sort((a, b) => a.line - b.line || a.column - b.column);
