/** Values of number, character and string literals (C11 6.4.4, 6.4.5). Pure functions of the spelling. */

export type IntegerLiteral = {
	readonly value: bigint;
	readonly isUnsigned: boolean;
	/** 0, 1 (`l`) or 2 (`ll`). */
	readonly longs: number;
	readonly isDecimal: boolean;
};

const integerPattern = /^(0[xX][\da-fA-F]+|0[bB][01]+|\d+)([uU]?(?:ll|LL|l|L)?|(?:ll|LL|l|L)[uU])$/;
const floatPattern =
	/^((?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|0[xX](?:[\da-fA-F]+\.?[\da-fA-F]*|\.[\da-fA-F]+)[pP][+-]?\d+)([fFlL]?)$/;

/** Undefined if the spelling isn't an integer constant. */
export const parseIntegerLiteral = (text: string): IntegerLiteral | undefined => {
	if (text.length === 1) {
		const value = text.charCodeAt(0) - 48;
		return value >= 0 && value <= 9
			? {value: BigInt(value), isUnsigned: false, longs: 0, isDecimal: value !== 0}
			: undefined;
	}

	const match = integerPattern.exec(text);
	if (!match) return undefined;
	const digits = match[1] ?? '';
	const suffix = (match[2] ?? '').toLowerCase();
	const isOctal = digits.length > 1 && digits.startsWith('0') && /^\d+$/.test(digits);
	if (isOctal && /[89]/.test(digits)) return undefined;
	return {
		value: BigInt(isOctal ? `0o${digits.slice(1)}` : digits),
		isUnsigned: suffix.includes('u'),
		longs: suffix.includes('ll') ? 2 : suffix.includes('l') ? 1 : 0,
		isDecimal: /^[1-9]/.test(digits),
	};
};

export type FloatLiteral = {readonly value: number; readonly suffix: '' | 'f' | 'l'};

const parseHexadecimalFloat = (text: string): number => {
	const [mantissa = '', exponent = '0'] = text.slice(2).toLowerCase().split('p');
	const [whole = '', fraction = ''] = mantissa.split('.');
	return (
		Number(BigInt(`0x${whole}${fraction}` === '0x' ? '0x0' : `0x${whole}${fraction}`)) *
		2 ** (Number(exponent) - 4 * fraction.length)
	);
};

/** Undefined if the spelling isn't a floating constant. */
export const parseFloatLiteral = (text: string): FloatLiteral | undefined => {
	const match = floatPattern.exec(text);
	if (!match) return undefined;
	const digits = match[1] ?? '';
	const suffix = (match[2] ?? '').toLowerCase() as '' | 'f' | 'l';
	const value = /^0[xX]/.test(digits) ? parseHexadecimalFloat(digits) : Number(digits);
	return {value: suffix === 'f' ? Math.fround(value) : value, suffix};
};

const simpleEscapes: Readonly<Record<string, number>> = {
	n: 10,
	t: 9,
	r: 13,
	a: 7,
	b: 8,
	f: 12,
	v: 11,
	e: 27,
	E: 27,
	'\\': 92,
	"'": 39,
	'"': 34,
	'?': 63,
};

export type Decoded = {
	/** Code units: of UTF-8 for narrow literals, of UTF-16 for `u`, code points for `U` and `L`. */
	readonly units: number[];
	/** What is wrong with an escape, if anything. */
	readonly problem: string | undefined;
};

const pushUtf8 = (units: number[], code: number): void => {
	if (code < 0x80) units.push(code);
	else if (code < 0x8_00) units.push(0xc0 | (code >> 6), 0x80 | (code & 63));
	else if (code < 0x1_00_00)
		units.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
	else
		units.push(
			0xf0 | (code >> 18),
			0x80 | ((code >> 12) & 63),
			0x80 | ((code >> 6) & 63),
			0x80 | (code & 63),
		);
};

const pushUtf16 = (units: number[], code: number): void => {
	if (code <= 0xff_ff) units.push(code);
	else units.push(0xd8_00 | ((code - 0x1_00_00) >> 10), 0xdc_00 | (code & 0x3_ff));
};

/** Bytes of a literal's character: 1 (plain and `u8`), 2 (`u`) or 4 (`U`, `L`). */
export type LiteralWidth = 1 | 2 | 4;

const largest: Readonly<Record<LiteralWidth, number>> = {1: 0xff, 2: 0xff_ff, 4: 0xff_ff_ff_ff};

/** The contents of a quoted literal without prefix and quotes. */
export const decodeEscapes = (text: string, width: LiteralWidth): Decoded => {
	const units: number[] = [];
	const push = (code: number): void => {
		if (width === 1) pushUtf8(units, code);
		else if (width === 2) pushUtf16(units, code);
		else units.push(code);
	};
	let problem: string | undefined;
	let index = 0;
	while (index < text.length) {
		const code = text.codePointAt(index) ?? 0;
		if (code !== 92) {
			push(code);
			index += code > 0xff_ff ? 2 : 1;
			continue;
		}

		const next = text[index + 1] ?? '';
		const simple = simpleEscapes[next];
		if (simple !== undefined) {
			units.push(simple);
			index += 2;
			continue;
		}

		const numeric = /^(?:([0-7]{1,3})|x([\da-fA-F]+)|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/.exec(
			text.slice(index + 1),
		);
		if (!numeric) {
			problem ??=
				next === 'x'
					? '\\x used with no following hex digits'
					: `unknown escape sequence: '\\${next}'`;
			if (next !== '') units.push(next.charCodeAt(0));
			index += 2;
			continue;
		}

		const [whole = '', octal, hex, short, long] = numeric;
		const value =
			octal === undefined
				? Number.parseInt(hex ?? short ?? long ?? '0', 16)
				: Number.parseInt(octal, 8);
		if ((short ?? long) !== undefined) {
			push(value);
		} else {
			if (value > largest[width])
				problem ??= `${octal === undefined ? 'hex' : 'octal'} escape sequence out of range`;
			units.push((value & largest[width]) >>> 0);
		}

		index += 1 + whole.length;
	}

	return {units, problem};
};

/** How a literal's characters are encoded, by the letters in front of its quote. */
export type LiteralPrefix = '' | 'u8' | 'u' | 'U' | 'L';

export type CharacterLiteral = {
	readonly value: number;
	readonly prefix: LiteralPrefix;
	readonly problem: string | undefined;
};

export const literalPrefix = (text: string): LiteralPrefix => {
	const first = text.charCodeAt(0);
	if (first === 34 || first === 39) return '';
	if (first !== 117) return first === 76 ? 'L' : 'U';
	return text.charCodeAt(1) === 56 ? 'u8' : 'u';
};

export const literalWidth = (prefix: LiteralPrefix): LiteralWidth =>
	prefix === 'u' ? 2 : prefix === 'U' || prefix === 'L' ? 4 : 1;

const contentsOf = (text: string): string => {
	const first = text.charCodeAt(0);
	const open = first === 34 || first === 39 ? 0 : text.search(/["']/);
	return text.slice(open + 1, -1);
};

/** `'a'`: a signed char's value; several characters as gcc packs them, the last in the low byte. */
export const parseCharacterLiteral = (text: string): CharacterLiteral => {
	const prefix = literalPrefix(text);
	const {units, problem} = decodeEscapes(contentsOf(text), literalWidth(prefix));
	if (units.length === 0) return {value: 0, prefix, problem: 'empty character constant'};
	if (literalWidth(prefix) > 1) {
		const value = units.at(-1) ?? 0;
		return {value: prefix === 'L' ? value | 0 : value, prefix, problem};
	}

	if (units.length === 1) return {value: ((units[0] ?? 0) << 24) >> 24, prefix, problem};
	let value = 0;
	for (const unit of units) value = (value << 8) | unit;
	return {
		value,
		prefix,
		problem:
			problem ??
			(units.length > 4
				? 'character constant too long for its type'
				: 'multi-character character constant'),
	};
};

/** The code units of a string literal token, without a terminating zero, in characters of `width` bytes. */
export const parseStringLiteral = (text: string, width: LiteralWidth): Decoded =>
	decodeEscapes(contentsOf(text), width);
