/** What the front end's tests share: checking a snippet against the bundled headers, diagnostics as short lines. */
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {checkTranslationUnit, type CheckResult} from '../../source/compiler/check.js';
import type {Diagnostic} from '../../source/compiler/text/diagnostics.js';
import type {IncludedFile} from '../../source/compiler/preprocess/preprocessor-state.js';

const headers = join(import.meta.dirname, '../../source/libc/include');

export const bundledHeader = (name: string): IncludedFile | undefined => {
	const path = join(headers, name);
	return existsSync(path)
		? {fileName: `/usr/include/${name}`, text: readFileSync(path, 'utf8'), isSystem: true}
		: undefined;
};

/** Checks `text` as `test.c`, with `files` beside it. */
export const check = (text: string, files: Readonly<Record<string, string>> = {}): CheckResult =>
	checkTranslationUnit({
		fileName: 'test.c',
		text,
		includes: (name, _from, isSystem) => {
			const own = isSystem ? undefined : files[name];
			return own === undefined ? bundledHeader(name) : {fileName: name, text: own};
		},
	});

/** `3:5: warning: message [-Woption]` */
export const shortLine = ({line, column, severity, message, option}: Diagnostic): string =>
	`${line}:${column}: ${severity}: ${message}${option === undefined || option === '' ? '' : ` [${option}]`}`;

export const complaints = (
	text: string,
	files?: Readonly<Record<string, string>>,
): readonly string[] => check(text, files).diagnostics.map(diagnostic => shortLine(diagnostic));
