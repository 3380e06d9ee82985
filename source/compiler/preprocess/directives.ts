/** Directives: conditions, inclusion, definitions (C11 6.10.1 to 6.10.6). */
import {reportError, reportWarning} from '../text/diagnostics.js';
import {nestedComments, tokenFlag, tokenKind, type Token} from '../text/lexer.js';
import {expandList} from './macro-expansion.js';
import {answerQuestions, isDefined} from './questions.js';
import {isSameMacro, parseMacro, warnRedefined} from './macro.js';
import {evaluateCondition} from './preprocessor-condition.js';
import {fileFrame, pushList, readLine, topFrame, type Preprocessor} from './preprocessor-state.js';
import {nearestWord} from '../text/similar-word.js';
import {addSourceFile, locate, type SourceFile} from '../text/source-text.js';

const maximumIncludeDepth = 100;

const isConditional = (word: string): boolean =>
	word === 'if' || word === 'ifdef' || word === 'ifndef';

/** Skips to the directive that ends this group and runs it (`#elif`, `#else`, `#endif` of the innermost open condition). */
const skipGroup = (pp: Preprocessor): void => {
	const frame = topFrame(pp);
	let depth = 0;
	for (;;) {
		const token = frame.tokens[frame.index];
		if (!token || token.kind === tokenKind.endOfFile) return;
		frame.index++;
		if (token.text !== '#' || (token.flags & tokenFlag.lineStart) === 0) continue;
		const word = frame.tokens[frame.index]?.text ?? '';
		if (isConditional(word)) {
			depth++;
		} else if (word === 'endif' && depth > 0) {
			depth--;
		} else if (depth === 0 && (word === 'endif' || word === 'else' || word === 'elif')) {
			runDirective(pp, token);
			return;
		}
	}
};

/** `#if` and `#elif` expressions: `defined` and its like are answered before macros are expanded. */
const isTrue = (pp: Preprocessor, line: readonly Token[], directive: Token): boolean => {
	const answered = answerQuestions(pp, line, topFrame(pp).file?.name ?? pp.baseFile);
	return (
		answered !== undefined &&
		evaluateCondition(expandList(pp, answered), directive.position, pp.sink)
	);
};

const openCondition = (pp: Preprocessor, directive: Token, isTaken: boolean): void => {
	topFrame(pp).conditions.push({position: directive.position, isTaken, hasElse: false});
	if (!isTaken) skipGroup(pp);
};

const runElse = (pp: Preprocessor, word: 'else' | 'elif', directive: Token): void => {
	const frame = topFrame(pp);
	const condition = frame.conditions[frame.conditions.length - 1];
	const line = readLine(frame);
	if (!condition || condition.hasElse) {
		reportError(
			pp.sink,
			directive.position,
			condition ? `#${word} after #else` : `#${word} without #if`,
		);
		return;
	}

	if (word === 'else') condition.hasElse = true;
	if (condition.isTaken || (word === 'elif' && !isTrue(pp, line, directive))) {
		skipGroup(pp);
		return;
	}

	condition.isTaken = true;
};

/** To be called when a file is opened. */
export const warnNestedComments = (pp: Preprocessor, {text, base, isSystem}: SourceFile): void => {
	if (isSystem) return;
	for (const offset of nestedComments(text))
		reportWarning(pp.sink, base + offset, '-Wcomment', '"/*" within comment');
};

const runInclude = (pp: Preprocessor, directive: Token): void => {
	const frame = topFrame(pp);
	let line = readLine(frame);
	if (line[0] && line[0].kind !== tokenKind.headerName) line = expandList(pp, line);
	const first = line[0];
	let spelling = first?.text ?? '';
	if (first?.text === '<') spelling = line.map(token => token.text).join('');
	const isSystem = spelling.startsWith('<') && spelling.endsWith('>');
	if (
		!first ||
		!(isSystem || (spelling.startsWith('"') && spelling.endsWith('"') && spelling.length > 1))
	) {
		reportError(
			pp.sink,
			(first ?? directive).position,
			'#include expects "FILENAME" or <FILENAME>',
		);
		return;
	}

	const name = spelling.slice(1, -1);
	const from = frame.file?.name ?? pp.baseFile;
	const found = pp.includes(name, from, isSystem);
	if (!found) {
		reportError(pp.sink, first.position, `${name}: No such file or directory`, [
			[
				0,
				isSystem
					? 'headers in <> are those that ipctop brings along'
					: 'headers in "" are files beside the program, or those that ipctop brings along',
			],
		]);
		pp.isStopped = true;
		return;
	}

	if (pp.once.has(found.fileName)) return;
	if (pp.frames.length >= maximumIncludeDepth) {
		reportError(
			pp.sink,
			first.position,
			`#include nested depth ${pp.frames.length} exceeds maximum of ${maximumIncludeDepth}`,
		);
		pp.isStopped = true;
		return;
	}

	const file = addSourceFile(
		pp.map,
		found.fileName,
		found.text,
		found.isSystem ?? (isSystem || (frame.file?.isSystem ?? false)),
		directive.position,
	);
	file.includedAt = directive.position;
	warnNestedComments(pp, file);
	pp.frames.push(fileFrame(file, pp.map));
};

const runDefine = (pp: Preprocessor, directive: Token): void => {
	const macro = parseMacro(readLine(topFrame(pp)), pp.sink, directive);
	if (!macro) return;
	const old = pp.macros.get(macro.name);
	if (old && !old.builtin && !isSameMacro(old, macro)) warnRedefined(old, macro, pp.sink);
	pp.macros.set(macro.name, macro);
	if (!topFrame(pp).file?.isSystem) pp.ownMacros.add(macro.name);
};

/** `#line 7 "name"`. Diagnostics and the debugger stay with the file as it is; only __LINE__ and __FILE__ follow. */
const runLine = (pp: Preprocessor, directive: Token): void => {
	const [number, name] = expandList(pp, readLine(topFrame(pp)));
	const place = locate(pp.map, directive.position);
	if (!place) return;
	if (number?.kind !== tokenKind.number || !/^\d+$/.test(number.text)) {
		reportError(
			pp.sink,
			(number ?? directive).position,
			'#line expects a line number, and after it at most a file name',
		);
		return;
	}

	const old = pp.presumed.get(place.file)?.name ?? place.file.name;
	pp.presumed.set(place.file, {
		shift: Number(number.text) - place.line - 1,
		name: name?.kind === tokenKind.string ? name.text.slice(1, -1) : old,
	});
};

/** Name of `#ifdef`, `#ifndef`, `#undef`. */
const readName = (pp: Preprocessor, directive: Token, word: string): string | undefined => {
	const [name] = readLine(topFrame(pp));
	if (name?.kind === tokenKind.identifier) return name.text;
	reportError(
		pp.sink,
		(name ?? directive).position,
		name ? 'macro names must be identifiers' : `no macro name given in #${word} directive`,
	);
	return undefined;
};

/** The text of an `#error` or `#warning` line as written. */
const messageText = (pp: Preprocessor, line: readonly Token[]): string => {
	const [first] = line;
	const last = line[line.length - 1];
	const file = topFrame(pp).file;
	if (!first || !last || !file) return '';
	return file.text
		.slice(first.position - file.base, last.position - file.base + last.text.length)
		.replace(/\\\r?\n/g, '');
};

/** Pragmas of gcc that ask for nothing that would show here. */
const harmlessPragmas = new Set(['GCC', 'STDC', 'message', 'ident', 'region', 'endregion']);

const runPragma = (pp: Preprocessor, directive: Token, line: readonly Token[]): void => {
	const [word, open, name] = line;
	switch (word?.text) {
		case 'once': {
			const {file} = topFrame(pp);
			if (file) pp.once.add(file.name);
			return;
		}

		case 'pack': {
			const text = line
				.slice(1)
				.map(token => token.text)
				.join('');
			pushList(pp, [{kind: tokenKind.pragma, text, position: directive.position, flags: 0}]);
			return;
		}

		case 'push_macro':
		case 'pop_macro': {
			if (open?.text === '(' && name?.kind === tokenKind.string)
				keepMacro(pp, word.text === 'push_macro', name.text.slice(1, -1));
			return;
		}

		default: {
			if (word && !harmlessPragmas.has(word.text) && !topFrame(pp).file?.isSystem)
				reportWarning(
					pp.sink,
					directive.position,
					'-Wunknown-pragmas',
					`ignoring '#pragma ${line
						.slice(0, 2)
						.map(token => token.text)
						.join(' ')}'`,
				);
		}
	}
};

/** `#pragma push_macro("name")` saves a macro's definition, or that there is none; `pop_macro` brings it back. */
const keepMacro = (pp: Preprocessor, isPush: boolean, name: string): void => {
	const saved = pp.savedMacros.get(name) ?? [];
	pp.savedMacros.set(name, saved);
	if (isPush) {
		saved.push(pp.macros.get(name));
		return;
	}

	if (saved.length === 0) return;
	const macro = saved.pop();
	if (macro) pp.macros.set(name, macro);
	else pp.macros.delete(name);
};

const directives =
	'include define undef if ifdef ifndef elif else endif error warning pragma line'.split(' ');

const directiveHint = (word: string): string => {
	const meant = nearestWord(word, directives);
	return meant === undefined ? '' : `; did you mean #${meant}?`;
};

/** A directive whose `#` has been read. */
export const runDirective = (pp: Preprocessor, hash: Token): void => {
	const frame = topFrame(pp);
	const word = frame.tokens[frame.index];
	if (!word || (word.flags & tokenFlag.lineStart) !== 0) return; // `#` alone
	frame.index++;
	switch (word.text) {
		case 'include':
		case 'import': {
			runInclude(pp, word);
			return;
		}

		case 'define': {
			runDefine(pp, word);
			return;
		}

		case 'undef': {
			const name = readName(pp, word, 'undef');
			if (name !== undefined) pp.macros.delete(name);
			return;
		}

		case 'if': {
			openCondition(pp, word, isTrue(pp, readLine(frame), word));
			return;
		}

		case 'ifdef':
		case 'ifndef': {
			const name = readName(pp, word, word.text);
			openCondition(pp, word, isDefined(pp, name ?? '') === (word.text === 'ifdef'));
			return;
		}

		case 'elif':
		case 'else': {
			runElse(pp, word.text, word);
			return;
		}

		case 'endif': {
			readLine(frame);
			if (!frame.conditions.pop()) reportError(pp.sink, word.position, '#endif without #if');
			return;
		}

		case 'error': {
			reportError(pp.sink, word.position, `#error ${messageText(pp, readLine(frame))}`);
			return;
		}

		case 'warning': {
			reportWarning(
				pp.sink,
				word.position,
				'-Wcpp',
				`#warning ${messageText(pp, readLine(frame))}`,
			);
			return;
		}

		case 'pragma': {
			runPragma(pp, word, readLine(frame));
			return;
		}

		case 'line': {
			runLine(pp, word);
			return;
		}

		case 'ident': {
			readLine(frame);
			return;
		}

		default: {
			readLine(frame);
			if (word.kind === tokenKind.number) return; // A line marker of another preprocessor
			reportError(
				pp.sink,
				hash.position,
				word.text === 'include_next'
					? '#include_next is not supported'
					: `invalid preprocessing directive #${word.text}${directiveHint(word.text)}`,
			);
		}
	}
};
