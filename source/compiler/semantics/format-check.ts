/** -Wformat: the arguments of printf and scanf against their format string (C11 7.21.6.1, 7.21.6.2), worded like gcc. */
import type {Expression, FormatAttribute, Position} from '../ast.js';
import {
	doubleType,
	floatType,
	intType,
	isCharacter,
	longDoubleType,
	longLongType,
	longType,
	pointerTo,
	shortType,
	signedCharType,
	unqualified,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	charType,
	voidType,
	withAlias,
	type CType,
	type IntegerType,
} from '../types/c-types.js';
import {warn} from '../parse/complaints.js';
import type {Parser} from '../parse/parser-state.js';
import {quotedType, typeName} from '../types/type-names.js';
import {positionInLiteral} from './format-position.js';

type Directive = {
	/** As written, from the `%`. */
	readonly text: string;
	/** `*` as width or precision: each takes an int. */
	readonly stars: readonly ('width' | 'precision')[];
	readonly length: string;
	readonly conversion: string;
	/** scanf: `%*d` stores nothing. */
	readonly isSuppressed: boolean;
};

const printfPattern = /^%([-+ #0'I]*)(\*|\d+)?(?:\.(\*|\d+)?)?(hh|h|ll|l|q|j|z|t|L)?([a-zA-Z%])/;
const scanfPattern = /^%(\*)?('?)(\d+)?(m)?(hh|h|ll|l|q|j|z|t|L)?([a-zA-Z%]|\[\^?\]?[^\]]*\])/;

const signedLengths: Readonly<Record<string, CType>> = {
	hh: signedCharType,
	h: shortType,
	'': intType,
	l: longType,
	ll: longLongType,
	q: longLongType,
	j: withAlias(longType, 'intmax_t'),
	z: withAlias(longType, 'ssize_t'),
	t: withAlias(longType, 'ptrdiff_t'),
	L: longLongType,
};
const unsignedLengths: Readonly<Record<string, CType>> = {
	'': unsignedIntType,
	l: unsignedLongType,
	ll: unsignedLongLongType,
	q: unsignedLongLongType,
	j: withAlias(unsignedLongType, 'uintmax_t'),
	z: withAlias(unsignedLongType, 'size_t'),
	t: unsignedLongType,
	L: unsignedLongLongType,
};

const conversionsOf = (archetype: 'printf' | 'scanf'): string =>
	archetype === 'printf' ? 'diouxXeEfFgGaAcspnm%CS' : 'diouxXeEfFgGaAcspn%[CS';

/** The type an argument must have; undefined if the conversion takes none. */
const expectedType = (
	archetype: 'printf' | 'scanf',
	{length, conversion}: Directive,
): CType | undefined => {
	switch (conversion[0]) {
		case 'd':
		case 'i': {
			return archetype === 'printf' && (length === 'hh' || length === 'h')
				? intType
				: signedLengths[length];
		}

		case 'o':
		case 'u':
		case 'x':
		case 'X': {
			if (length === 'hh' || length === 'h')
				return archetype === 'printf'
					? intType
					: length === 'h'
						? {...shortType, name: 'short unsigned int', isSigned: false}
						: {...signedCharType, name: 'unsigned char', isSigned: false};
			return unsignedLengths[length];
		}

		case 'e':
		case 'E':
		case 'f':
		case 'F':
		case 'g':
		case 'G':
		case 'a':
		case 'A': {
			if (length === 'L') return longDoubleType;
			return archetype === 'printf' || length === 'l' ? doubleType : floatType;
		}

		case 'c': {
			if (length === 'l')
				return archetype === 'printf'
					? withAlias(unsignedIntType, 'wint_t')
					: withAlias(intType, 'wchar_t');
			return archetype === 'printf' ? intType : charType;
		}

		case '[':
		case 's': {
			const unit = length === 'l' ? withAlias(intType, 'wchar_t') : charType;
			return archetype === 'printf' ? pointerTo(unit) : unit;
		}

		case 'p': {
			return pointerTo(voidType);
		}

		case 'n': {
			return archetype === 'printf'
				? pointerTo(signedLengths[length] ?? intType)
				: signedLengths[length];
		}

		default: {
			return undefined;
		}
	}
};

const sameKind = (left: IntegerType, right: IntegerType): boolean =>
	left.rank === right.rank ||
	(left.rank <= 3 && right.rank <= 3 && left.size === right.size && left.rank >= 3);

/** Accepts what -Wformat accepts: differences of sign only, any pointer for %p. */
const isAccepted = (expected: CType, actual: CType): boolean => {
	const type = unqualified(actual);
	if (expected.kind === 'pointer') {
		if (type.kind !== 'pointer') return false;
		if (expected.target.kind === 'void') return true;
		return isAcceptedTarget(expected.target, type.target);
	}

	if (expected.kind === 'integer') return type.kind === 'integer' && sameKind(expected, type);
	return (
		expected.kind === 'float' &&
		type.kind === 'float' &&
		expected.size === type.size &&
		(expected.name === type.name || expected.name === 'float')
	);
};

const isAcceptedTarget = (expected: CType, actual: CType): boolean => {
	if (isCharacter(expected) && isCharacter(actual)) return true;
	if (expected.kind === 'integer' && actual.kind === 'integer')
		return expected.rank === actual.rank;
	if (expected.kind === 'float' && actual.kind === 'float') return expected.name === actual.name;
	return expected.kind === 'pointer' && actual.kind === 'pointer';
};

const parseDirective = (archetype: 'printf' | 'scanf', rest: string): Directive | undefined => {
	if (archetype === 'printf') {
		const match = printfPattern.exec(rest);
		if (!match) return undefined;
		const stars: ('width' | 'precision')[] = [];
		if (match[2] === '*') stars.push('width');
		if (match[3] === '*') stars.push('precision');
		return {
			text: match[0],
			stars,
			length: match[4] ?? '',
			conversion: match[5] ?? '',
			isSuppressed: false,
		};
	}

	const match = scanfPattern.exec(rest);
	if (!match) return undefined;
	return {
		text: match[0],
		stars: [],
		length: match[5] ?? '',
		conversion: match[6] ?? '',
		isSuppressed: match[1] === '*',
	};
};

const literalText = (expression: Expression): string | undefined => {
	if (
		expression.kind === 'cast' &&
		(expression.conversion === 'array-decay' || expression.conversion === 'pointer')
	) {
		const {operand} = expression;
		if (operand.kind !== 'string') return literalText(operand);
		if (operand.literal.alignment !== 1) return undefined;
		let text = '';
		for (const byte of operand.literal.bytes) {
			if (byte === 0) break;
			text += String.fromCharCode(byte);
		}

		return text;
	}

	return undefined;
};

type Cursor = {readonly args: readonly Expression[]; index: number};

const checkArgument = (
	p: Parser,
	archetype: 'printf' | 'scanf',
	directive: Directive,
	expected: CType,
	cursor: Cursor,
	position: Position,
): void => {
	const argument = cursor.args[cursor.index];
	const wanted =
		archetype === 'scanf' && expected.kind !== 'pointer'
			? pointerTo(expected)
			: archetype === 'scanf' && directive.conversion === 'p'
				? pointerTo(expected)
				: expected;
	if (!argument) {
		warn(
			p,
			position,
			'-Wformat=',
			`format '${directive.text}' expects a matching ${quotedType(wanted)} argument`,
		);
		return;
	}

	cursor.index++;
	if (isAccepted(wanted, argument.type)) return;
	warn(
		p,
		position,
		'-Wformat=',
		`format '${directive.text}' expects argument of type '${typeName(wanted)}', but argument ${cursor.index} has type ${quotedType(unqualified(argument.type))}`,
	);
};

/** Checks a call to a function with a format attribute; `args` are the converted arguments. */
export const checkFormat = (
	p: Parser,
	format: FormatAttribute,
	args: readonly Expression[],
): void => {
	const formatArgument = args[format.string - 1];
	if (!formatArgument || format.archetype === 'strftime' || format.first === 0) return;
	const {archetype} = format;
	const text = literalText(formatArgument);
	if (text === undefined) return;
	const at = formatArgument.position;
	if (text === '' && args.length < format.first) {
		warn(p, at, '-Wformat-zero-length', `zero-length gnu_${archetype} format string`);
		return;
	}

	const cursor: Cursor = {args, index: format.first - 1};
	const placeOf = (index: number): Position => positionInLiteral(p.sink.map, at, index);
	for (let index = text.indexOf('%'); index !== -1; index = text.indexOf('%', index)) {
		const rest = text.slice(index);
		if (/^%\d+\$/.test(rest)) return; // POSIX argument numbers: not checked
		const directive = parseDirective(archetype, rest);
		if (!directive || !conversionsOf(archetype).includes(directive.conversion[0] ?? '')) {
			const unknown = directive?.conversion ?? '';
			warn(
				p,
				placeOf(index + (directive?.text.length ?? 1) - 1),
				'-Wformat=',
				unknown === ''
					? `spurious trailing '%' in format`
					: `unknown conversion type character '${unknown}' in format`,
			);
			return;
		}

		for (const star of directive.stars) {
			const {text: written} = directive;
			const starAt = star === 'width' ? written.indexOf('*') : written.lastIndexOf('*');
			checkStar(p, star, cursor, placeOf(index + starAt));
		}

		index += directive.text.length;
		const expected = directive.isSuppressed ? undefined : expectedType(archetype, directive);
		if (expected) checkArgument(p, archetype, directive, expected, cursor, placeOf(index - 1));
	}

	if (cursor.index < args.length)
		warn(p, at, '-Wformat-extra-args', 'too many arguments for format');
};

const checkStar = (p: Parser, star: 'width' | 'precision', cursor: Cursor, at: Position): void => {
	const argument = cursor.args[cursor.index];
	const what = star === 'width' ? "field width specifier '*'" : "field precision specifier '.*'";
	if (!argument) {
		warn(p, at, '-Wformat=', `${what} expects a matching 'int' argument`);
		return;
	}

	cursor.index++;
	if (isAccepted(intType, argument.type)) return;
	warn(
		p,
		at,
		'-Wformat=',
		`${what} expects argument of type 'int', but argument ${cursor.index} has type ${quotedType(unqualified(argument.type))}`,
	);
};
