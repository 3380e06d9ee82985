/** Declaration specifiers (C11 6.7): storage class, type, qualifiers and attributes of a declaration. */
import type {Position} from '../ast.js';
import {createAttributes, parseAttributes, type Attributes} from './attributes.js';
import {
	charType,
	intType,
	pointerTo,
	qualifier,
	qualify,
	withAlias,
	type CType,
} from '../types/c-types.js';
import {parseConstant} from '../semantics/constant-expression.js';
import {isIdentifier} from '../text/keywords.js';
import {tokenKind} from '../text/lexer.js';
import {accept, advance, expect} from './token-cursor.js';
import {beforeToken, error, warn} from './complaints.js';
import {errorType, isErrorType, type Parser} from './parser-state.js';
import {lookUp, lookUpTag} from './names.js';
import {similarType} from './similar-name.js';
import {standardHeaderOf} from './standard-names.js';
import {
	addTypeWord,
	isTypeStart,
	isUnknownType,
	qualifierOf,
	storageClasses,
	typeOfWords,
	typeWords,
	unsupportedTypes,
	type TypeWords,
} from '../types/type-words.js';

export type StorageClass = 'typedef' | 'extern' | 'static' | 'auto' | 'register';

export type Specifiers = {
	readonly type: CType;
	readonly storage: StorageClass | undefined;
	readonly isInline: boolean;
	readonly isThreadLocal: boolean;
	/** From _Alignas, in bytes; 0 if none. */
	readonly alignment: number;
	readonly attributes: Attributes;
	readonly position: Position;
	/** No type was written: `static x;`, `main() {}`. */
	readonly isTypeMissing: boolean;
	/** `struct s;` alone declares something. */
	readonly hasTag: boolean;
	/** `__auto_type x = …`: the type is that of the initialiser. */
	readonly isAutoType: boolean;
};

const parseTypeof = (p: Parser): CType => {
	advance(p);
	if (!expect(p, '(')) return errorType;
	p.unevaluated++;
	const type = isTypeStart(p, p.token) ? p.grammar.typeName(p) : p.grammar.expression(p).type;
	p.unevaluated--;
	expect(p, ')');
	return type;
};

const parseAlignas = (p: Parser): number => {
	advance(p);
	if (!expect(p, '(')) return 0;
	const alignment = isTypeStart(p, p.token)
		? p.grammar.typeName(p).alignment
		: Number(parseConstant(p, () => 'requested alignment is not an integer constant'));
	expect(p, ')');
	if (alignment !== 0 && (alignment & (alignment - 1)) !== 0) {
		error(p, p.token.position, 'requested alignment is not a positive power of 2');
		return 0;
	}

	return alignment;
};

const unknownType = (p: Parser): CType => {
	const {text, position} = p.token;
	const header = standardHeaderOf(text);
	const tag = header === undefined ? lookUpTag(p, text)?.kind : undefined;
	const similar = header === undefined && tag === undefined ? similarType(p, text) : undefined;
	const hint =
		tag === undefined
			? similar === undefined
				? ''
				: `; did you mean '${similar}'?`
			: `; use '${tag}' keyword to refer to the type`;
	error(
		p,
		position,
		`unknown type name '${text}'${hint}`,
		header === undefined
			? []
			: [
					[
						position,
						`'${text}' is defined in header '<${header}>'; did you forget to '#include <${header}>'?`,
					],
				],
	);
	advance(p);
	return errorType;
};

/**
 * `struct point { … }` and then another type: its `;` is missing, the commonest slip of all. Goes on as if it were there,
 * because else all of the next function would be blamed.
 */
const lacksSemicolon = (p: Parser): boolean => {
	const {token} = p;
	if (p.tokens[p.index - 1]?.text !== '}') return false;
	const isNext =
		typeWords.has(token.text) ||
		storageClasses.has(token.text) ||
		['struct', 'union', 'enum'].includes(token.text);
	if (!isNext) return false;
	error(p, token.position, `expected ';', identifier or '(' ${beforeToken(p)}`);
	p.index--;
	p.token = {kind: tokenKind.punctuator, text: ';', position: token.position, flags: 0};
	return true;
};

/** What the specifiers read so far say. */
type Parts = {
	readonly words: TypeWords;
	readonly attributes: Attributes;
	type: CType | undefined;
	storage: StorageClass | undefined;
	qualifiers: number;
	isInline: boolean;
	isThreadLocal: boolean;
	alignment: number;
	hasTag: boolean;
	isAutoType: boolean;
	/** The rest belongs to the next declaration. */
	isEnded: boolean;
};

/** `const`, `volatile`, `restrict`, `_Atomic`. False: the token is none of them. */
const addQualifier = (p: Parser, parts: Parts): boolean => {
	const {position, text} = p.token;
	const bits = qualifierOf(text);
	if (bits === 0 && text !== '_Atomic') return false;
	if (bits !== 0 && (parts.qualifiers & bits) !== 0)
		warn(p, position, '-Wduplicate-decl-specifier', `duplicate '${text}' declaration specifier`);
	parts.qualifiers |= bits === 0 ? qualifier.atomic : bits;
	advance(p);
	if (bits === 0 && accept(p, '(')) {
		parts.type = p.grammar.typeName(p);
		expect(p, ')');
	}

	return true;
};

/** Storage class, function and alignment specifiers, attributes. False: the token begins none of them. */
const addModifier = (p: Parser, parts: Parts): boolean => {
	const {position, text} = p.token;
	switch (text) {
		case '_Alignas':
			parts.alignment = Math.max(parts.alignment, parseAlignas(p));
			return true;
		case '__attribute__':
		case '__attribute':
			parseAttributes(p, parts.attributes);
			return true;
		case 'inline':
		case '__inline':
		case '__inline__':
			parts.isInline = true;
			break;
		case '_Noreturn':
			parts.attributes.isNoReturn = true;
			break;
		case '_Thread_local':
		case '__thread':
			parts.isThreadLocal = true;
			break;
		case '__extension__':
			break;
		default:
			if (!storageClasses.has(text)) return false;
			if (parts.storage !== undefined)
				error(p, position, 'multiple storage classes in declaration specifiers');
			parts.storage = text as StorageClass;
	}

	advance(p);
	return true;
};

/** A type that is written with more than words, or a name of one. False: the token begins none. */
const addType = (p: Parser, parts: Parts): boolean => {
	const {token} = p;
	const {text} = token;
	const isFirst = !parts.type && !parts.words.hasAny;
	if (text === 'struct' || text === 'union' || text === 'enum') {
		parts.type = text === 'enum' ? p.grammar.enumeration(p) : p.grammar.record(p);
		parts.hasTag = true;
		parts.isEnded = lacksSemicolon(p);
	} else if (text === 'typeof' || text === '__typeof__' || text === '__typeof') {
		parts.type = parseTypeof(p);
	} else if (text === '__auto_type') {
		parts.isAutoType = true;
		parts.type = intType;
		advance(p);
	} else if (Object.hasOwn(unsupportedTypes, text)) {
		error(p, token.position, `not supported: ${unsupportedTypes[text] ?? text}`);
		parts.type = errorType;
		advance(p);
	} else if (text === '__builtin_va_list' && isFirst) {
		parts.type = withAlias(pointerTo(charType), '__builtin_va_list');
		advance(p);
	} else if (isFirst && isIdentifier(token)) {
		const entry = lookUp(p, text);
		if (entry?.kind === 'typedef') {
			parts.type = entry.type;
			advance(p);
		} else if (isUnknownType(p)) {
			parts.type = unknownType(p);
		} else {
			return false;
		}
	} else {
		return false;
	}

	return true;
};

/** declaration-specifiers: ( storage-class | type-specifier | type-qualifier | function-specifier | alignment-specifier | attributes )+ */
export const parseSpecifiers = (p: Parser): Specifiers => {
	const {position} = p.token;
	const parts: Parts = {
		words: {base: '', longs: 0, isShort: false, sign: '', hasAny: false},
		attributes: createAttributes(),
		type: undefined,
		storage: undefined,
		qualifiers: 0,
		isInline: false,
		isThreadLocal: false,
		alignment: 0,
		hasTag: false,
		isAutoType: false,
		isEnded: false,
	};
	const {words} = parts;
	while (!p.isPanicking && !parts.isEnded) {
		if (addQualifier(p, parts) || addModifier(p, parts) || addType(p, parts)) continue;
		if (!typeWords.has(p.token.text)) break;
		addTypeWord(p, words, p.token);
		advance(p);
	}

	const {storage, isInline, isThreadLocal, alignment, attributes, hasTag, isAutoType} = parts;
	const isTypeMissing = !parts.type && !words.hasAny;
	return {
		type: wholeType(p, parts, position),
		storage,
		isInline,
		isThreadLocal,
		alignment,
		attributes,
		position,
		isTypeMissing,
		hasTag,
		isAutoType,
	};
};

/** The type that all of it means; complaints stand at `position`. */
const wholeType = (p: Parser, {type, words, qualifiers}: Parts, position: Position): CType => {
	if (type && words.hasAny && !isErrorType(type))
		error(p, position, 'two or more data types in declaration specifiers');
	const whole = type ?? typeOfWords(words);
	if (!whole)
		error(
			p,
			position,
			'both of these types can not be in one declaration: a sign or length does not go with this type',
		);
	return !whole || isErrorType(whole) ? errorType : qualify(whole, qualifiers);
};
