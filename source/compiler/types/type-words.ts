/** The words that types are written with, and the type that a set of them means (C11 6.7.2). */
import {
	boolType,
	charType,
	doubleType,
	floatType,
	intType,
	longDoubleType,
	longLongType,
	longType,
	qualifier,
	shortType,
	signedCharType,
	unsignedCharType,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	voidType,
	type CType,
} from './c-types.js';
import {isIdentifier} from '../text/keywords.js';
import type {Token} from '../text/lexer.js';
import {error} from '../parse/complaints.js';
import {lookUp} from '../parse/names.js';
import {peek} from '../parse/token-cursor.js';
import type {Parser} from '../parse/parser-state.js';
import {standardHeaderOf} from '../parse/standard-names.js';

export const typeWords = new Set(
	(
		'void char short int long float double signed unsigned _Bool struct union enum const volatile restrict _Atomic typeof __typeof__ __typeof _Alignas __restrict __restrict__ __const __const__ ' +
		'__volatile__ __volatile __signed__ __signed _Complex __complex__ _Imaginary __int128 _Float128 _Decimal64 __attribute__ __attribute __extension__ __auto_type __builtin_va_list'
	).split(' '),
);

const storageWords = new Set(
	'typedef extern static auto register inline __inline __inline__ _Noreturn _Thread_local __thread'.split(
		' ',
	),
);

/** Does the token begin a type (in a cast, in sizeof, in a parameter list)? */
export const isTypeStart = (p: Parser, token: Token): boolean => {
	if (typeWords.has(token.text)) return true;
	return isIdentifier(token) && lookUp(p, token.text)?.kind === 'typedef';
};

/** Does the token begin a declaration? */
export const isDeclarationStart = (p: Parser, token: Token): boolean =>
	isTypeStart(p, token) || storageWords.has(token.text) || token.text === '_Static_assert';

export type TypeWords = {
	base: string;
	longs: number;
	isShort: boolean;
	sign: '' | 'signed' | 'unsigned';
	hasAny: boolean;
};

const integerOf = (words: TypeWords): CType | undefined => {
	const isUnsigned = words.sign === 'unsigned';
	if (words.base === 'char') {
		if (words.isShort || words.longs > 0) return undefined;
		return isUnsigned ? unsignedCharType : words.sign === 'signed' ? signedCharType : charType;
	}

	if (words.isShort)
		return words.longs > 0 ? undefined : isUnsigned ? unsignedShortType : shortType;
	if (words.longs === 2) return isUnsigned ? unsignedLongLongType : longLongType;
	if (words.longs === 1) return isUnsigned ? unsignedLongType : longType;
	return isUnsigned ? unsignedIntType : intType;
};

export const typeOfWords = (words: TypeWords): CType | undefined => {
	const hasModifier = words.sign !== '' || words.isShort || words.longs > 0;
	switch (words.base) {
		case '':
		case 'int':
		case 'char': {
			return integerOf(words);
		}

		case 'double': {
			if (words.sign !== '' || words.isShort || words.longs > 1) return undefined;
			return words.longs === 1 ? longDoubleType : doubleType;
		}

		default: {
			if (hasModifier) return undefined;
			return words.base === 'void' ? voidType : words.base === 'float' ? floatType : boolType;
		}
	}
};

export const addTypeWord = (p: Parser, words: TypeWords, token: Token): void => {
	words.hasAny = true;
	const {text} = token;
	if (text === 'long') {
		words.longs++;
		if (words.longs > 2) error(p, token.position, "'long long long' is too long for GCC");
	} else if (text === 'short') {
		words.isShort = true;
	} else if (text === 'unsigned') {
		words.sign = 'unsigned';
	} else if (text === 'signed' || text === '__signed__' || text === '__signed') {
		words.sign = 'signed';
	} else if (words.base === '') {
		words.base = text;
	} else {
		error(p, token.position, 'two or more data types in declaration specifiers');
	}
};

export const qualifierOf = (text: string): number => {
	switch (text) {
		case 'const':
		case '__const':
		case '__const__': {
			return qualifier.const;
		}

		case 'volatile':
		case '__volatile':
		case '__volatile__': {
			return qualifier.volatile;
		}

		case 'restrict':
		case '__restrict':
		case '__restrict__': {
			return qualifier.restrict;
		}

		default: {
			return 0;
		}
	}
};

/** An undeclared identifier where a type is expected: followed by what only follows a type. */
export const isUnknownType = (p: Parser): boolean => {
	if (!isIdentifier(p.token) || lookUp(p, p.token.text)) return false;
	const next = peek(p);
	if (isIdentifier(next)) return true;
	const name = peek(p, 2);
	return (
		next.text === '*' &&
		isIdentifier(name) &&
		[';', '=', ',', '(', '['].includes(peek(p, 3).text) &&
		(standardHeaderOf(p.token.text) !== undefined || !lookUp(p, name.text))
	);
};

export const unsupportedTypes: Readonly<Record<string, string>> = {
	_Complex: 'complex numbers (_Complex)',
	__complex__: 'complex numbers (_Complex)',
	_Imaginary: 'imaginary numbers (_Imaginary)',
	__int128: '128-bit integers (__int128)',
	_Float128: 'quadruple precision (_Float128)',
	_Decimal64: 'decimal floating point',
};

export const storageClasses = new Set(['typedef', 'extern', 'static', 'auto', 'register']);
