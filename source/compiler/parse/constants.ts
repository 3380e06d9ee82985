/** Constants and string literals as expressions (C11 6.4.4, 6.4.5). */
import type {Expression, Position} from '../ast.js';
import {
	arrayOf,
	charType,
	doubleType,
	floatType,
	intType,
	longDoubleType,
	longLongType,
	longType,
	qualifier,
	qualify,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	type IntegerType,
} from '../types/c-types.js';
import {errorExpression} from '../semantics/conversions.js';
import {floatConstant, integerConstant} from '../semantics/fold.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {
	literalPrefix,
	literalWidth,
	parseCharacterLiteral,
	parseFloatLiteral,
	parseIntegerLiteral,
	parseStringLiteral,
	type LiteralPrefix,
	type LiteralWidth,
} from '../text/literals.js';
import {advance} from './token-cursor.js';
import {error, warn} from './complaints.js';
import {internString} from './names.js';
import type {Parser} from './parser-state.js';

const integerCandidates = (
	isUnsigned: boolean,
	longs: number,
	isDecimal: boolean,
): readonly IntegerType[] => {
	const signed = [intType, longType, longLongType].slice(longs === 0 ? 0 : longs === 1 ? 1 : 2);
	const unsigned = [unsignedIntType, unsignedLongType, unsignedLongLongType].slice(
		longs === 0 ? 0 : longs === 1 ? 1 : 2,
	);
	if (isUnsigned) return unsigned;
	if (isDecimal) return signed;
	return signed.flatMap((type, index) => [type, unsigned[index] as IntegerType]);
};

export const numberConstant = (p: Parser, {text, position}: Token): Expression => {
	const literal = parseIntegerLiteral(text);
	if (literal) {
		const isPlain = !literal.isUnsigned && literal.longs === 0 && literal.value < 0x80_00_00_00n;
		if (isPlain) return {kind: 'integer', value: literal.value, type: intType, position};
		const type = integerCandidates(literal.isUnsigned, literal.longs, literal.isDecimal).find(
			({size, isSigned}) => literal.value < 1n << BigInt(size * 8 - (isSigned ? 1 : 0)),
		);
		if (!type && literal.value >= 1n << 64n)
			warn(p, position, '', 'integer constant is too large for its type');
		return integerConstant(literal.value, type ?? unsignedLongLongType, position);
	}

	const float = parseFloatLiteral(text);
	if (float)
		return floatConstant(
			float.value,
			float.suffix === 'f' ? floatType : float.suffix === 'l' ? longDoubleType : doubleType,
			position,
		);
	error(p, position, numberProblem(text));
	return errorExpression(position);
};

const numberProblem = (text: string): string => {
	if (/^[\d.]*\.[\d.]*\./.test(text)) return 'too many decimal points in number';
	if (/^0[0-7]*[89]\d*[uUlL]*$/.test(text))
		return `invalid digit "${/[89]/.exec(text)?.[0] ?? ''}" in octal constant`;
	if (/[ij]$/.test(text)) return `imaginary constants are not supported ("${text}")`;
	const suffix = /^(?:0[xX][\da-fA-F]*|[\d.]+(?:[eE][+-]?\d+)?)(\w*)$/.exec(text)?.[1] ?? text;
	return `invalid suffix "${suffix}" on ${text.includes('.') ? 'floating' : 'integer'} constant`;
};

export const characterConstant = (p: Parser, {text, position}: Token): Expression => {
	const {value, prefix, problem} = parseCharacterLiteral(text);
	if (problem === 'empty character constant') error(p, position, problem);
	else if (problem !== undefined)
		warn(p, position, problem.startsWith('multi') ? '-Wmultichar' : '', problem);
	return integerConstant(
		BigInt(value),
		literalWidth(prefix) === 1 ? intType : characterType[prefix],
		position,
	);
};

/** Of a literal's characters: `char16_t` and `char32_t` for `u` and `U`, `wchar_t` for `L`. */
const characterType: Readonly<Record<LiteralPrefix, IntegerType>> = {
	'': charType,
	u8: charType,
	u: unsignedShortType,
	U: unsignedIntType,
	L: intType,
};

const encode = (units: readonly number[], width: LiteralWidth): Uint8Array => {
	if (width === 1) return Uint8Array.from(units);
	return new Uint8Array((width === 2 ? Uint16Array : Uint32Array).from(units).buffer);
};

/** The one prefix of adjacent literals; those without take that of the others. */
const commonPrefix = (p: Parser, texts: readonly Token[]): LiteralPrefix => {
	let common: LiteralPrefix = '';
	for (const {text, position} of texts) {
		const prefix = literalPrefix(text);
		if (prefix === '' || prefix === common) continue;
		if (common === '') common = prefix;
		else error(p, position, 'unsupported non-standard concatenation of string literals');
	}

	return common;
};

/** string-literal+ : adjacent ones become one. */
export const parseString = (p: Parser): Expression => {
	const {position} = p.token;
	const texts: Token[] = [];
	while (p.token.kind === tokenKind.string) texts.push(advance(p));
	const prefix = commonPrefix(p, texts);
	const width = literalWidth(prefix);
	const units: number[] = [];
	for (const {text, position: at} of texts) {
		const decoded = parseStringLiteral(text, width);
		if (decoded.problem !== undefined) warn(p, at, '', decoded.problem);
		for (const unit of decoded.units) units.push(unit);
	}

	units.push(0);
	const literal = internString(p, encode(units, width), width);
	return {kind: 'string', literal, type: arrayOf(characterType[prefix], units.length), position};
};

/** `__func__`: a static array of the function's name. */
export const functionName = (p: Parser, position: Position): Expression => {
	const name = p.function?.symbol.name ?? '';
	const units = [...[...name].map(character => character.charCodeAt(0)), 0];
	const type = arrayOf(qualify(charType, qualifier.const), units.length);
	return {kind: 'string', literal: internString(p, Uint8Array.from(units), 1), type, position};
};
