/** The controlling expression of `#if` and `#elif` (C11 6.10.1): integers of 64 bits, identifiers left over are 0. */
import {precedence} from '../text/precedence.js';
import {reportError, type DiagnosticSink} from '../text/diagnostics.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {parseCharacterLiteral, parseIntegerLiteral} from '../text/literals.js';

type Value = {readonly value: bigint; readonly isUnsigned: boolean};

type Reader = {
	readonly tokens: readonly Token[];
	readonly sink: DiagnosticSink;
	readonly position: number;
	index: number;
	hasFailed: boolean;
};

const zero: Value = {value: 0n, isUnsigned: false};
const truth = (isTrue: boolean): Value => ({value: isTrue ? 1n : 0n, isUnsigned: false});
const wrap = (value: bigint, isUnsigned: boolean): Value => ({
	value: isUnsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value),
	isUnsigned,
});

const fail = (reader: Reader, message: string): Value => {
	if (!reader.hasFailed)
		reportError(reader.sink, reader.tokens[reader.index]?.position ?? reader.position, message);
	reader.hasFailed = true;
	return zero;
};

const apply = (
	reader: Reader,
	operator: string,
	left: Value,
	right: Value,
	isEvaluated: boolean,
): Value => {
	const isUnsigned = left.isUnsigned || right.isUnsigned;
	const a = wrap(left.value, isUnsigned).value;
	const b = wrap(right.value, isUnsigned).value;
	switch (operator) {
		case '||': {
			return truth(left.value !== 0n || right.value !== 0n);
		}

		case '&&': {
			return truth(left.value !== 0n && right.value !== 0n);
		}

		case '==': {
			return truth(a === b);
		}

		case '!=': {
			return truth(a !== b);
		}

		case '<': {
			return truth(a < b);
		}

		case '>': {
			return truth(a > b);
		}

		case '<=': {
			return truth(a <= b);
		}

		case '>=': {
			return truth(a >= b);
		}

		case '<<': {
			return wrap(left.value << (right.value & 63n), left.isUnsigned);
		}

		case '>>': {
			return wrap(left.value >> (right.value & 63n), left.isUnsigned);
		}

		case '/':
		case '%': {
			if (b === 0n) return isEvaluated ? fail(reader, 'division by zero in #if') : zero;
			return wrap(operator === '/' ? a / b : a % b, isUnsigned);
		}

		case '+': {
			return wrap(a + b, isUnsigned);
		}

		case '-': {
			return wrap(a - b, isUnsigned);
		}

		case '*': {
			return wrap(a * b, isUnsigned);
		}

		case '&': {
			return wrap(a & b, isUnsigned);
		}

		case '|': {
			return wrap(a | b, isUnsigned);
		}

		default: {
			return wrap(a ^ b, isUnsigned);
		}
	}
};

const readPrimary = (reader: Reader, isEvaluated: boolean): Value => {
	const token = reader.tokens[reader.index];
	if (!token) return fail(reader, '#if with no expression');
	reader.index++;
	switch (token.text) {
		case '(': {
			let value = readConditional(reader, isEvaluated);
			while (!isEvaluated && reader.tokens[reader.index]?.text === ',') {
				reader.index++;
				value = readConditional(reader, isEvaluated);
			}

			if (reader.tokens[reader.index]?.text !== ')')
				return fail(reader, "missing ')' in expression");
			reader.index++;
			return value;
		}

		case '!': {
			return truth(readPrimary(reader, isEvaluated).value === 0n);
		}

		case '-': {
			const {value, isUnsigned} = readPrimary(reader, isEvaluated);
			return wrap(-value, isUnsigned);
		}

		case '+': {
			return readPrimary(reader, isEvaluated);
		}

		case '~': {
			const {value, isUnsigned} = readPrimary(reader, isEvaluated);
			return wrap(~value, isUnsigned);
		}

		default: {
			return readOperand(reader, token);
		}
	}
};

const readOperand = (reader: Reader, token: Token): Value => {
	if (token.kind === tokenKind.identifier) return zero;
	if (token.kind === tokenKind.character)
		return {value: BigInt(parseCharacterLiteral(token.text).value), isUnsigned: false};
	if (token.kind === tokenKind.number) {
		const literal = parseIntegerLiteral(token.text);
		if (literal)
			return wrap(literal.value, literal.isUnsigned || literal.value > 0x7f_ff_ff_ff_ff_ff_ff_ffn);
		reader.index--;
		return fail(
			reader,
			/[.eEpP]/.test(token.text)
				? 'floating constant in preprocessor expression'
				: `invalid suffix or digit in "${token.text}"`,
		);
	}

	reader.index--;
	return fail(
		reader,
		token.kind === tokenKind.string
			? `token ${token.text} is not valid in preprocessor expressions`
			: `operator '${token.text}' has no left operand`,
	);
};

const readBinary = (reader: Reader, minimum: number, isEvaluated: boolean): Value => {
	let left = readPrimary(reader, isEvaluated);
	for (;;) {
		const operator = reader.tokens[reader.index]?.text ?? '';
		const level = precedence[operator];
		if (level === undefined || level < minimum || reader.hasFailed) return left;
		reader.index++;
		const isDecided =
			(operator === '&&' && left.value === 0n) || (operator === '||' && left.value !== 0n);
		const right = readBinary(reader, level + 1, isEvaluated && !isDecided);
		left = apply(reader, operator, left, right, isEvaluated);
	}
};

const readConditional = (reader: Reader, isEvaluated: boolean): Value => {
	const condition = readBinary(reader, 1, isEvaluated);
	if (reader.tokens[reader.index]?.text !== '?') return condition;
	reader.index++;
	const isTrue = condition.value !== 0n;
	const consequent = readConditional(reader, isEvaluated && isTrue);
	if (reader.tokens[reader.index]?.text !== ':') return fail(reader, "'?' without following ':'");
	reader.index++;
	const alternate = readConditional(reader, isEvaluated && !isTrue);
	return isTrue ? consequent : alternate;
};

/** Value of the expression in `tokens` (macros expanded, `defined` replaced); an error counts as false. */
export const evaluateCondition = (
	tokens: readonly Token[],
	position: number,
	sink: DiagnosticSink,
): boolean => {
	const reader: Reader = {tokens, sink, position, index: 0, hasFailed: false};
	const {value} = readConditional(reader, true);
	const rest = tokens[reader.index];
	if (rest && !reader.hasFailed)
		fail(reader, `missing binary operator before token "${rest.text}"`);
	return !reader.hasFailed && value !== 0n;
};
