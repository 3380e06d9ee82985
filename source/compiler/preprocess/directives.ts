/** Directives: conditions, inclusion, definitions (C11 6.10.1 to 6.10.6). */
import {reportError, reportWarning} from '../text/diagnostics.js';
import {tokenFlag, tokenKind, type Token} from '../text/lexer.js';
import {expandList} from './macro-expansion.js';
import {isSameMacro, parseMacro, warnRedefined} from './macro.js';
import {evaluateCondition} from './preprocessor-condition.js';
import {fileFrame, readLine, topFrame, type Preprocessor} from './preprocessor-state.js';
import {addSourceFile, locate} from '../text/source-text.js';

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

/** `#if` and `#elif` expressions: `defined` is answered before macros are expanded. */
const isTrue = (pp: Preprocessor, line: readonly Token[], directive: Token): boolean => {
	const tokens: Token[] = [];
	for (let index = 0; index < line.length; index++) {
		const token = line[index] as Token;
		if (token.text !== 'defined') {
			tokens.push(token);
			continue;
		}

		const hasParenthesis = line[index + 1]?.text === '(';
		const name = line[index + (hasParenthesis ? 2 : 1)];
		if (name?.kind !== tokenKind.identifier || (hasParenthesis && line[index + 3]?.text !== ')')) {
			reportError(pp.sink, token.position, 'operator "defined" requires an identifier');
			return false;
		}

		tokens.push({
			kind: tokenKind.number,
			text: pp.macros.has(name.text) ? '1' : '0',
			position: name.position,
			flags: 0,
		});
		index += hasParenthesis ? 3 : 1;
	}

	return evaluateCondition(expandList(pp, tokens), directive.position, pp.sink);
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
			openCondition(pp, word, pp.macros.has(name ?? '') === (word.text === 'ifdef'));
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
			const line = readLine(frame);
			if (line[0]?.text === 'once' && frame.file) pp.once.add(frame.file.name);
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
					: `invalid preprocessing directive #${word.text}`,
			);
		}
	}
};
