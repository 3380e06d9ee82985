/** What a condition asks of the compiler: `defined`, and gcc's `__has_include`, `__has_attribute`, `__has_builtin`. */
import {reportError} from '../text/diagnostics.js';
import {tokenKind, type Token} from '../text/lexer.js';
import type {Preprocessor} from './preprocessor-state.js';

/** Attributes that mean something here, or ask for nothing that could fail. */
const attributes = new Set(
	(
		'noreturn packed weak unused aligned format sentinel alias constructor destructor fallthrough noinline always_inline ' +
		'nonnull returns_nonnull pure const malloc deprecated warn_unused_result used section visibility hot cold nothrow'
	).split(' '),
);

const builtins =
	/^__(?:builtin_(?:expect|unreachable|trap|constant_p|choose_expr|types_compatible_p|offsetof|alloca|prefetch|(?:popcount|parity|ctz|clz|ffs)l{0,2}|bswap(?:16|32|64)|[su]?(?:add|sub|mul)l{0,2}_overflow|va_\w+|mem\w+|str\w+|is\w+|signbit|inff?|nanf?|huge_valf?|copysign)|atomic_\w+|sync_\w+)$/;

/** Whether the compiler has what stands between the parentheses of a question. */
const answers: Readonly<Record<string, (pp: Preprocessor, what: string, from: string) => boolean>> =
	{
		__has_include: ({includes}, what, from) =>
			includes(what.slice(1, -1), from, what.startsWith('<')) !== undefined,
		__has_attribute: (_pp, what) =>
			attributes.has(what.replace(/^(?:gnu::)?(?:__(.*)__|(.*))$/, '$1$2')),
		__has_c_attribute: (_pp, what) => attributes.has(what),
		__has_builtin: (_pp, what) => builtins.test(what),
	};

export const isDefined = ({macros}: Preprocessor, name: string): boolean =>
	macros.has(name) || Object.hasOwn(answers, name);

const number = (isYes: boolean, {position}: Token): Token => ({
	kind: tokenKind.number,
	text: isYes ? '1' : '0',
	position,
	flags: 0,
});

/** The line with 0 or 1 in place of each question, asked in the file `from`; undefined after an error. */
export const answerQuestions = (
	pp: Preprocessor,
	line: readonly Token[],
	from: string,
): readonly Token[] | undefined => {
	const tokens: Token[] = [];
	for (let index = 0; index < line.length; index++) {
		const token = line[index]!;
		const hasParenthesis = line[index + 1]?.text === '(';
		const answer = Object.hasOwn(answers, token.text) ? answers[token.text] : undefined;
		if (answer && hasParenthesis) {
			const end = line.findIndex(({text}, at) => at > index && text === ')');
			if (end < 0) {
				reportError(pp.sink, token.position, `missing ')' after "${token.text}" operand`);
				return undefined;
			}

			const what = line.slice(index + 2, end).map(({text}) => text);
			tokens.push(number(answer(pp, what.join(''), from), token));
			index = end;
		} else if (token.text === 'defined') {
			const name = line[index + (hasParenthesis ? 2 : 1)];
			if (
				name?.kind !== tokenKind.identifier ||
				(hasParenthesis && line[index + 3]?.text !== ')')
			) {
				reportError(pp.sink, token.position, 'operator "defined" requires an identifier');
				return undefined;
			}

			tokens.push(number(isDefined(pp, name.text), name));
			index += hasParenthesis ? 3 : 1;
		} else {
			tokens.push(token);
		}
	}

	return tokens;
};
