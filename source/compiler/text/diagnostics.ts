/**
 * Diagnostics for the author of the C program, in gcc's manner: file:line:column, the source line, a caret. They are plain
 * data; `renderDiagnostic` turns one into text. Warnings inside bundled headers are dropped, and after `errorLimit` errors
 * nothing more is recorded.
 */
import {
	characterWidth,
	displayColumn,
	fileAt,
	lineText,
	locate,
	type SourceMap,
} from './source-text.js';

export type Severity = 'error' | 'warning';

export type DiagnosticPlace = {
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** From 1, in UTF-16 units. */
	readonly column: number;
	readonly sourceLine: string;
};

export type DiagnosticNote = DiagnosticPlace & {readonly message: string};

export type Diagnostic = DiagnosticPlace & {
	readonly severity: Severity;
	readonly message: string;
	/** gcc's option that controls the warning: `-Wformat=`. */
	readonly option: string | undefined;
	/** Characters underlined from `column`, at least 1. */
	readonly length: number;
	/** `#include` chain, innermost first: `file:line`. */
	readonly includedFrom: readonly string[];
	readonly notes: readonly DiagnosticNote[];
};

export type DiagnosticSink = {
	readonly map: SourceMap;
	readonly list: Diagnostic[];
	/** Name of the translation unit, for diagnostics without a place. */
	readonly fileName: string;
	/** What stands in the list, by place and message: nothing is said twice. */
	readonly known: Set<string>;
	/** The program's macros by the places where they were used: what they bring stands there. */
	readonly expansions: Map<number, MacroUse>;
	errorCount: number;
	/** While positive nothing is recorded (speculative and discarded code). */
	suppressed: number;
};

/** A macro's name, and the position of its definition. */
export type MacroUse = {readonly name: string; readonly position: number};

/** A note to attach: a position (0: none) and a text. */
export type NoteAt = readonly [position: number, message: string];

const errorLimit = 20;

/** Nothing more will be recorded: going on would only cost time. */
export const isFull = ({errorCount}: DiagnosticSink): boolean => errorCount >= errorLimit;

export const createDiagnosticSink = (map: SourceMap, fileName: string): DiagnosticSink => ({
	map,
	list: [],
	fileName,
	known: new Set(),
	expansions: new Map(),
	errorCount: 0,
	suppressed: 0,
});

const placeOf = (sink: DiagnosticSink, position: number): DiagnosticPlace => {
	const location = locate(sink.map, position);
	if (!location) return {file: sink.fileName, line: 1, column: 1, sourceLine: ''};
	const {file, line, column} = location;
	return {file: file.name, line, column, sourceLine: lineText(file, line)};
};

/** Length of the token at a place: an identifier or number whole, a string to its end, otherwise one character. */
const tokenLength = ({sourceLine, column}: DiagnosticPlace): number => {
	const rest = sourceLine.slice(column - 1);
	const match =
		/^(?:[A-Za-z_$][\w$]*|\d[\w.]*|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[-+*/%&|^<>=!]=|&&|\|\||<<|>>|->|\+\+|--)/.exec(
			rest,
		);
	return match ? match[0].length : 1;
};

const includeChain = (sink: DiagnosticSink, position: number): readonly string[] => {
	const chain: string[] = [];
	let file = fileAt(sink.map, position);
	while (file && file.includedAt >= 0 && chain.length < 20) {
		const place = placeOf(sink, file.includedAt);
		chain.push(`${place.file}:${place.line}`);
		file = fileAt(sink.map, file.includedAt);
	}

	return chain;
};

/** Where the macro is defined that brought what stands at a place. */
const expansionNote = (sink: DiagnosticSink, position: number): readonly NoteAt[] => {
	const use = sink.expansions.get(position);
	return use ? [[use.position, `in expansion of macro '${use.name}'`]] : [];
};

const report = (
	sink: DiagnosticSink,
	severity: Severity,
	position: number,
	message: string,
	option: string | undefined,
	notes: readonly NoteAt[],
): void => {
	if (sink.suppressed > 0 || sink.errorCount >= errorLimit) return;
	if (severity === 'error') sink.errorCount++;
	const place = placeOf(sink, position);
	const key = `${place.line}:${place.column}:${place.file}:${message}`;
	if (sink.known.has(key)) return;
	sink.known.add(key);
	sink.list.push({
		...place,
		severity,
		message,
		option,
		length: tokenLength(place),
		includedFrom: includeChain(sink, position),
		notes: [...notes, ...expansionNote(sink, position)].map(([at, text]) => ({
			...(at > 0 ? placeOf(sink, at) : {...place, sourceLine: ''}),
			message: text,
		})),
	});
};

export const reportError = (
	sink: DiagnosticSink,
	position: number,
	message: string,
	notes: readonly NoteAt[] = [],
): void => report(sink, 'error', position, message, undefined, notes);

export const reportWarning = (
	sink: DiagnosticSink,
	position: number,
	option: string,
	message: string,
	notes: readonly NoteAt[] = [],
): void => {
	if (fileAt(sink.map, position)?.isSystem) return;
	report(sink, 'warning', position, message, option === '' ? undefined : option, notes);
};

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
	diagnostics.some(diagnostic => diagnostic.severity === 'error');

const escapeCode = {
	error: '\u001B[1;31m',
	warning: '\u001B[1;35m',
	note: '\u001B[1;36m',
	bold: '\u001B[1m',
	end: '\u001B[0m',
};

const paint = (text: string, style: keyof typeof escapeCode, isColored: boolean): string =>
	isColored ? `${escapeCode[style]}${text}${escapeCode.end}` : text;

/** Columns of East Asian wide characters count two on a terminal; tabs are kept so that the caret stays below. */
const caretIndent = (sourceLine: string, column: number): string => {
	let indent = '';
	for (const character of sourceLine.slice(0, column - 1))
		indent += character === '\t' ? '\t' : ' '.repeat(characterWidth(character));
	return indent;
};

/** Characters of a source line that an excerpt shows at most, and how many of them stand before the column. */
const excerptWidth = 200;
const excerptLead = 100;

/** A file that is no text must not reach the terminal as escape sequences; one column stays one column. */
const printable = (text: string): string =>
	text.replace(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F]/g, '\uFFFD');

/** The part of a very long line around its column. */
const clipLine = (place: DiagnosticPlace): {readonly text: string; readonly column: number} => {
	const {sourceLine, column} = place;
	if (sourceLine.length <= excerptWidth) return {text: printable(sourceLine), column};
	const start = Math.max(0, column - 1 - excerptLead);
	const end = start + excerptWidth;
	const before = start > 0 ? '…' : '';
	const after = end < sourceLine.length ? '…' : '';
	return {
		text: `${before}${printable(sourceLine.slice(start, end))}${after}`,
		column: column - start + before.length,
	};
};

const renderExcerpt = (
	place: DiagnosticPlace,
	length: number,
	style: 'error' | 'warning' | 'note',
	isColored: boolean,
): string => {
	if (place.sourceLine === '') return '';
	const {text, column} = clipLine(place);
	const number = String(place.line).padStart(5);
	const marker = `^${'~'.repeat(Math.max(0, Math.min(length, text.length - column + 1) - 1))}`;
	return (
		`\n${number} | ${text}\n${' '.repeat(number.length)} | ` +
		`${caretIndent(text, column)}${paint(marker, style, isColored)}`
	);
};

/** `file:line:column:` with the column of a terminal, as gcc counts it. */
const placeText = ({file, line, column, sourceLine}: DiagnosticPlace): string =>
	`${file}:${line}:${displayColumn(sourceLine, column)}:`;

/** One diagnostic as gcc prints it, with its notes; no newline at the end. */
export const renderDiagnostic = (diagnostic: Diagnostic, isColored = false): string => {
	const lines = diagnostic.includedFrom.map(
		(from, index) =>
			`${index === 0 ? 'In file included from' : '                 from'} ${from}${index === diagnostic.includedFrom.length - 1 ? ':' : ','}`,
	);
	const {severity, message, option, length} = diagnostic;
	const suffix = option === undefined ? '' : ` [${paint(option, severity, isColored)}]`;
	lines.push(
		`${paint(placeText(diagnostic), 'bold', isColored)} ${paint(`${severity}:`, severity, isColored)} ${printable(message)}${suffix}` +
			renderExcerpt(diagnostic, length, severity, isColored),
	);
	for (const note of diagnostic.notes) {
		lines.push(
			`${paint(placeText(note), 'bold', isColored)} ${paint('note:', 'note', isColored)} ${note.message}` +
				renderExcerpt(note, tokenLength(note), 'note', isColored),
		);
	}

	return lines.join('\n');
};

/** All diagnostics, each on its own lines; empty text if there are none. */
export const renderDiagnostics = (diagnostics: readonly Diagnostic[], isColored = false): string =>
	diagnostics.map(diagnostic => `${renderDiagnostic(diagnostic, isColored)}\n`).join('');
