/** Declaration specifiers (C11 6.7): storage class, type, qualifiers and attributes of a declaration. */
import type {Position} from './ast.js';
import {createAttributes, parseAttributes, type Attributes} from './attributes.js';
import {
	charType,
	intType,
	pointerTo,
	qualifier,
	qualify,
	withAlias,
	type CType,
} from './c-types.js';
import {parseConstant} from './constant-expression.js';
import {isIdentifier} from './keywords.js';
import {
	advance,
	error,
	errorType,
	expect,
	is,
	isErrorType,
	lookUp,
	warn,
	type Parser,
} from './parser-state.js';
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
} from './type-words.js';

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
	error(
		p,
		position,
		`unknown type name '${text}'`,
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
 * declaration-specifiers: ( storage-class | type-specifier | type-qualifier | function-specifier | alignment-specifier | attributes )+
 *
 * `isTypeNameWanted`: also in specifier-qualifier lists, where an identifier can only be a type.
 */
export const parseSpecifiers = (p: Parser): Specifiers => {
	const {position} = p.token;
	const words: TypeWords = {base: '', longs: 0, isShort: false, sign: '', hasAny: false};
	const attributes = createAttributes();
	let type: CType | undefined;
	let storage: StorageClass | undefined;
	let qualifiers = 0;
	let isInline = false;
	let isThreadLocal = false;
	let alignment = 0;
	let hasTag = false;
	let isAutoType = false;
	for (;;) {
		const {token} = p;
		const {text} = token;
		const bits = qualifierOf(text);
		if (bits !== 0) {
			if ((qualifiers & bits) !== 0)
				warn(
					p,
					token.position,
					'-Wduplicate-decl-specifier',
					`duplicate '${text}' declaration specifier`,
				);
			qualifiers |= bits;
			advance(p);
		} else if (text === '_Atomic') {
			advance(p);
			if (is(p, '(')) {
				advance(p);
				type = p.grammar.typeName(p);
				expect(p, ')');
			}

			qualifiers |= qualifier.atomic;
		} else if (storageClasses.has(text)) {
			if (storage !== undefined)
				error(p, token.position, 'multiple storage classes in declaration specifiers');
			storage = text as StorageClass;
			advance(p);
		} else if (text === 'inline' || text === '__inline' || text === '__inline__') {
			isInline = true;
			advance(p);
		} else if (text === '_Noreturn') {
			attributes.isNoReturn = true;
			advance(p);
		} else if (text === '_Thread_local' || text === '__thread') {
			isThreadLocal = true;
			advance(p);
		} else if (text === '_Alignas') {
			alignment = Math.max(alignment, parseAlignas(p));
		} else if (text === '__extension__') {
			advance(p);
		} else if (text === '__attribute__' || text === '__attribute') {
			parseAttributes(p, attributes);
		} else if (Object.hasOwn(unsupportedTypes, text)) {
			error(p, token.position, `not supported: ${unsupportedTypes[text] ?? text}`);
			type = errorType;
			advance(p);
		} else if (text === 'struct' || text === 'union') {
			type = p.grammar.record(p);
			hasTag = true;
		} else if (text === 'enum') {
			type = p.grammar.enumeration(p);
			hasTag = true;
		} else if (text === 'typeof' || text === '__typeof__' || text === '__typeof') {
			type = parseTypeof(p);
		} else if (text === '__auto_type') {
			isAutoType = true;
			type = intType;
			advance(p);
		} else if (text === '__builtin_va_list' && !type && !words.hasAny) {
			type = withAlias(pointerTo(charType), '__builtin_va_list');
			advance(p);
		} else if (typeWords.has(text)) {
			addTypeWord(p, words, token);
			advance(p);
		} else if (!type && !words.hasAny && isIdentifier(token)) {
			const entry = lookUp(p, text);
			if (entry?.kind === 'typedef') {
				type = entry.type;
				advance(p);
			} else if (isUnknownType(p)) {
				type = unknownType(p);
			} else {
				break;
			}
		} else {
			break;
		}

		if (p.isPanicking) break;
	}

	const isTypeMissing = !type && !words.hasAny;
	if (type && words.hasAny && !isErrorType(type))
		error(p, position, 'two or more data types in declaration specifiers');
	type ??= typeOfWords(words);
	if (!type) {
		error(
			p,
			position,
			'both of these types can not be in one declaration: a sign or length does not go with this type',
		);
		type = errorType;
	}

	return {
		type: isErrorType(type) ? type : qualify(type, qualifiers),
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
