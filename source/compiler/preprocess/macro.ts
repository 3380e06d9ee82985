/** Macros: their definition from a `#define` line, substitution of arguments, `#` and `##` (C11 6.10.3). */
import {reportError, reportWarning, type DiagnosticSink} from '../text/diagnostics.js';
import {tokenFlag, tokenKind, tokenize, type Token} from '../text/lexer.js';

export type Macro = {
	readonly name: string;
	/** Undefined for object-like macros. */
	readonly parameters: readonly string[] | undefined;
	/** The last parameter takes the rest of the arguments. */
	readonly isVariadic: boolean;
	readonly body: readonly Token[];
	readonly position: number;
	/** `__LINE__` and its like, computed at each use. */
	readonly builtin: 'line' | 'file' | 'counter' | 'base-file' | 'include-level' | undefined;
	/** Its expansion is being read: the name is not expanded again. */
	isDisabled: boolean;
};

/** An argument: as written, and completely expanded (made on first need). */
export type MacroArgument = {
	readonly tokens: readonly Token[];
	readonly expand: () => readonly Token[];
};

const parseParameters = (
	line: readonly Token[],
	sink: DiagnosticSink,
): {parameters: string[]; isVariadic: boolean; end: number} | undefined => {
	const parameters: string[] = [];
	let index = 2;
	let isVariadic = false;
	if (line[index]?.text === ')') return {parameters, isVariadic, end: index + 1};
	for (;;) {
		const token = line[index];
		if (token?.text === '...') {
			parameters.push('__VA_ARGS__');
			isVariadic = true;
			index++;
		} else if (token?.kind === tokenKind.identifier) {
			parameters.push(token.text);
			index++;
			if (line[index]?.text === '...') {
				isVariadic = true;
				index++;
			}
		} else {
			reportError(
				sink,
				token?.position ?? line[0]?.position ?? 0,
				'expected parameter name in macro parameter list',
			);
			return undefined;
		}

		if (line[index]?.text === ')') return {parameters, isVariadic, end: index + 1};
		if (line[index]?.text !== ',' || isVariadic) {
			reportError(
				sink,
				line[index]?.position ?? line[0]?.position ?? 0,
				"expected ',' or ')' in macro parameter list",
			);
			return undefined;
		}

		index++;
	}
};

/** The macro that `#define` followed by `line` defines, or undefined after an error. */
export const parseMacro = (
	line: readonly Token[],
	sink: DiagnosticSink,
	directive: Token,
): Macro | undefined => {
	const name = line[0];
	if (name?.kind !== tokenKind.identifier) {
		reportError(
			sink,
			(name ?? directive).position,
			name ? 'macro names must be identifiers' : 'no macro name given in #define directive',
		);
		return undefined;
	}

	if (name.text === 'defined') {
		reportError(sink, name.position, "cannot define 'defined' as a macro");
		return undefined;
	}

	const isFunctionLike = line[1]?.text === '(' && (line[1].flags & tokenFlag.space) === 0;
	const head = isFunctionLike
		? parseParameters(line, sink)
		: {parameters: undefined, isVariadic: false, end: 1};
	if (!head) return undefined;
	const body = line.slice(head.end);
	if (body[0]?.text === '##' || body[body.length - 1]?.text === '##') {
		reportError(sink, name.position, "'##' cannot appear at either end of a macro expansion");
		return undefined;
	}

	if (head.parameters) {
		const parameters = head.parameters;
		const stray = body.find(
			(token, index) => token.text === '#' && !parameters.includes(body[index + 1]?.text ?? ''),
		);
		if (stray) {
			reportError(sink, stray.position, "'#' is not followed by a macro parameter");
			return undefined;
		}
	}

	return {
		name: name.text,
		parameters: head.parameters,
		isVariadic: head.isVariadic,
		body,
		position: name.position,
		builtin: undefined,
		isDisabled: false,
	};
};

/** Redefinition is fine if the two are spelled alike (C11 6.10.3p2). */
export const isSameMacro = (left: Macro, right: Macro): boolean =>
	left.isVariadic === right.isVariadic &&
	(left.parameters?.join(',') ?? '-') === (right.parameters?.join(',') ?? '-') &&
	left.body.length === right.body.length &&
	left.body.every((token, index) => token.text === right.body[index]?.text);

export const stringify = (tokens: readonly Token[], position: number, flags: number): Token => {
	let text = '';
	for (const [index, token] of tokens.entries()) {
		if (index > 0 && (token.flags & (tokenFlag.space | tokenFlag.lineStart)) !== 0) text += ' ';
		const isLiteral = token.kind === tokenKind.string || token.kind === tokenKind.character;
		text += isLiteral ? token.text.replace(/["\\]/g, '\\$&') : token.text;
	}

	return {kind: tokenKind.string, text: `"${text}"`, position, flags};
};

const paste = (left: Token, right: Token, sink: DiagnosticSink): readonly Token[] => {
	const text = left.text + right.text;
	const tokens = tokenize(text, 0, sink.map.words);
	const [only] = tokens;
	if (tokens.length === 2 && only && only.kind !== tokenKind.unterminated) {
		return [
			{
				kind: only.kind,
				text: only.text,
				position: left.position,
				flags: left.flags & ~tokenFlag.noExpand,
			},
		];
	}

	reportError(
		sink,
		left.position,
		`pasting "${left.text}" and "${right.text}" does not give a valid preprocessing token`,
	);
	return [left, right];
};

const moved = (token: Token, position: number): Token => ({
	kind: token.kind,
	text: token.text,
	position,
	flags:
		(token.flags & tokenFlag.lineStart) === 0
			? token.flags
			: (token.flags & ~tokenFlag.lineStart) | tokenFlag.space,
});

/** First token of a sequence takes the spacing of the token it stands for. */
const spacedLike = (tokens: readonly Token[], model: Token): readonly Token[] => {
	const [first] = tokens;
	if (!first) return tokens;
	const flags =
		(first.flags & ~(tokenFlag.space | tokenFlag.lineStart)) | (model.flags & tokenFlag.space);
	return [{...first, flags}, ...tokens.slice(1)];
};

type Operand = {
	readonly tokens: readonly Token[];
	readonly next: number;
	readonly isVariadicArgument: boolean;
};

/** The replacement list with the arguments put in (C11 6.10.3.1 to .3). `position` is where the macro is used. */
export const substitute = (
	macro: Macro,
	args: readonly MacroArgument[],
	position: number,
	sink: DiagnosticSink,
): readonly Token[] => {
	const {body, parameters = []} = macro;
	const output: Token[] = [];

	/** One operand at `index`: a token, a `#parameter`, or a parameter (expanded unless next to `##`). */
	const operandAt = (index: number, isPasted: boolean): Operand => {
		const token = body[index] as Token;
		if (token.text === '#' && macro.parameters) {
			const argument = args[parameters.indexOf(body[index + 1]?.text ?? '')];
			return {
				tokens: [stringify(argument?.tokens ?? [], position, token.flags)],
				next: index + 2,
				isVariadicArgument: false,
			};
		}

		const parameter = token.kind === tokenKind.identifier ? parameters.indexOf(token.text) : -1;
		const argument = args[parameter];
		if (parameter < 0 || !argument)
			return {tokens: [moved(token, position)], next: index + 1, isVariadicArgument: false};
		return {
			tokens: spacedLike(isPasted ? argument.tokens : argument.expand(), token),
			next: index + 1,
			isVariadicArgument: macro.isVariadic && parameter === parameters.length - 1,
		};
	};

	let index = 0;
	while (index < body.length) {
		const isBeforePaste = (at: number): boolean => body[at]?.text === '##';
		const start = body[index] as Token;
		const width = start.text === '#' && macro.parameters ? 2 : 1;
		let operand = operandAt(index, isBeforePaste(index + width));
		let pending: readonly Token[] = operand.tokens;
		index = operand.next;
		while (isBeforePaste(index) && index + 1 < body.length) {
			const left = pending[pending.length - 1];
			const isCommaBefore = left?.text === ',';
			const following = operandAt(index + 1, true);
			if (isCommaBefore && following.isVariadicArgument) {
				// GNU: `, ## __VA_ARGS__` drops the comma if there is nothing after it
				pending =
					following.tokens.length === 0
						? pending.slice(0, -1)
						: [...pending, ...operandAt(index + 1, false).tokens];
			} else if (left && following.tokens[0]) {
				pending = [
					...pending.slice(0, -1),
					...paste(left, following.tokens[0], sink),
					...following.tokens.slice(1),
				];
			} else {
				pending = [...pending, ...following.tokens];
			}

			operand = following;
			index = operand.next;
		}

		for (const token of pending) output.push(token);
	}

	return output;
};

/** Complains about a wrong number of arguments; true if it is right. */
export const checkArgumentCount = (
	macro: Macro,
	given: number,
	position: number,
	sink: DiagnosticSink,
): boolean => {
	const wanted = macro.parameters?.length ?? 0;
	const isRight = macro.isVariadic ? given >= wanted - 1 : given === wanted;
	if (isRight) return true;
	reportError(
		sink,
		position,
		given > wanted
			? `macro "${macro.name}" passed ${given} arguments, but takes just ${wanted}`
			: `macro "${macro.name}" requires ${wanted} arguments, but only ${given} given`,
		[[macro.position, `macro "${macro.name}" defined here`]],
	);
	return false;
};

export const warnRedefined = (old: Macro, macro: Macro, sink: DiagnosticSink): void =>
	reportWarning(sink, macro.position, '-Wmacro-redefined', `"${macro.name}" redefined`, [
		[old.position, 'this is the location of the previous definition'],
	]);
