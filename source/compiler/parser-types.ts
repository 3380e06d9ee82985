/** Declaration specifiers, struct, union and enum bodies, declarators, type names (C11 6.7.2 to 6.7.7). */
import type {Expression, Position, VariableSymbol} from './ast.js';
import {createAttributes, parseAttributes, type Attributes} from './attributes.js';
import {integerValue, parseConstant} from './constant-expression.js';
import {convert, decay} from './conversions.js';
import {
	arrayOf,
	boolType,
	charType,
	completeRecord,
	doubleType,
	floatType,
	functionType,
	intType,
	isComplete,
	isInteger,
	isVariableLength,
	longDoubleType,
	longLongType,
	longType,
	pointerTo,
	qualifier,
	qualify,
	recordType,
	shortType,
	signedCharType,
	sizeType,
	unqualified,
	unsignedCharType,
	unsignedIntType,
	unsignedLongLongType,
	unsignedLongType,
	unsignedShortType,
	voidType,
	withAlias,
	type ArrayType,
	type CType,
	type EnumDefinition,
	type FunctionParameter,
	type RecordDefinition,
} from './c-types.js';
import {sizeOf} from './operators.js';
import {
	accept,
	advance,
	beforeToken,
	createTemporary,
	createVariable,
	error,
	errorType,
	expect,
	is,
	isAtEnd,
	isErrorType,
	isFileScope,
	isIdentifier,
	isKeyword,
	lookUp,
	lookUpTag,
	openScope,
	peek,
	recover,
	skipBalanced,
	syntaxError,
	warn,
	type Parser,
	type Scope,
} from './parser-state.js';
import {layOut, type DeclaredMember} from './record-layout.js';
import {standardHeaderOf} from './standard-names.js';
import type {Token} from './lexer.js';

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

/* ---------- Type names ---------- */

const typeWords = new Set(
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

/* ---------- Specifiers ---------- */

type TypeWords = {
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

const typeOfWords = (words: TypeWords): CType | undefined => {
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

const addTypeWord = (p: Parser, words: TypeWords, token: Token): void => {
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

const qualifierOf = (text: string): number => {
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

const parseTypeof = (p: Parser): CType => {
	advance(p);
	if (!expect(p, '(')) return errorType;
	p.unevaluated++;
	const type = isTypeStart(p, p.token) ? parseTypeName(p) : p.grammar.expression(p).type;
	p.unevaluated--;
	expect(p, ')');
	return type;
};

const parseAlignas = (p: Parser): number => {
	advance(p);
	if (!expect(p, '(')) return 0;
	const alignment = isTypeStart(p, p.token)
		? parseTypeName(p).alignment
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

/** An undeclared identifier where a type is expected: followed by what only follows a type. */
export const isUnknownType = (p: Parser): boolean => {
	if (!isIdentifier(p.token) || lookUp(p, p.token.text)) return false;
	const next = peek(p);
	if (isIdentifier(next)) return true;
	return (
		next.text === '*' &&
		isIdentifier(peek(p, 2)) &&
		[';', '=', ',', '(', '['].includes(peek(p, 3).text) &&
		standardHeaderOf(p.token.text) !== undefined
	);
};

const unsupportedTypes: Readonly<Record<string, string>> = {
	_Complex: 'complex numbers (_Complex)',
	__complex__: 'complex numbers (_Complex)',
	_Imaginary: 'imaginary numbers (_Imaginary)',
	__int128: '128-bit integers (__int128)',
	_Float128: 'quadruple precision (_Float128)',
	_Decimal64: 'decimal floating point',
};

const storageClasses = new Set(['typedef', 'extern', 'static', 'auto', 'register']);

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
				type = parseTypeName(p);
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
			type = parseRecord(p);
			hasTag = true;
		} else if (text === 'enum') {
			type = parseEnum(p);
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

/* ---------- struct and union ---------- */

const parseMemberDeclaration = (p: Parser, declared: DeclaredMember[]): void => {
	if (is(p, '_Static_assert')) {
		p.grammar.staticAssertion(p);
		return;
	}

	if (accept(p, ';')) return;
	const specifiers =
		isIdentifier(p.token) && !isTypeStart(p, p.token) && !isUnknownType(p)
			? undefined
			: parseSpecifiers(p);
	if (!specifiers || (specifiers.isTypeMissing && !p.isPanicking)) {
		const isName = isIdentifier(p.token);
		syntaxError(
			p,
			p.token.position,
			isName
				? `unknown type name '${p.token.text}'`
				: `expected specifier-qualifier-list ${beforeToken(p)}`,
		);
		return;
	}

	if (specifiers.storage !== undefined)
		error(
			p,
			specifiers.position,
			`expected specifier-qualifier-list before '${specifiers.storage}'`,
		);
	if (is(p, ';')) {
		if (specifiers.type.kind === 'record' && specifiers.type.record.tag === undefined) {
			declared.push({
				name: undefined,
				type: specifiers.type,
				width: undefined,
				alignment: specifiers.attributes.alignment,
				isPacked: false,
			});
		} else if (!specifiers.hasTag) {
			warn(p, specifiers.position, '', 'declaration does not declare anything');
		}

		advance(p);
		return;
	}

	do {
		declared.push(...parseMember(p, specifiers));
	} while (!p.isPanicking && accept(p, ','));
	if (is(p, '}')) warn(p, p.token.position, '', 'no semicolon at end of struct or union');
	else expect(p, ';');
};

/** declarator | declarator? `:` width */
const parseMember = (p: Parser, specifiers: Specifiers): readonly DeclaredMember[] => {
	const {position} = p.token;
	const declarator = is(p, ':')
		? {name: undefined, type: specifiers.type, position}
		: parseDeclarator(p, specifiers.type);
	const attributes = createAttributes();
	attributes.alignment = Math.max(specifiers.attributes.alignment, specifiers.alignment);
	attributes.isPacked = specifiers.attributes.isPacked;
	let width: number | undefined;
	if (accept(p, ':')) {
		width = Number(
			parseConstant(
				p,
				() => `bit-field '${declarator.name ?? '<anonymous>'}' width not an integer constant`,
			),
		);
		const {type} = declarator;
		if (!isInteger(type)) {
			if (!isErrorType(type))
				error(
					p,
					declarator.position,
					`bit-field '${declarator.name ?? '<anonymous>'}' has invalid type`,
				);
			return [];
		}

		if (width < 0 || width > (type.rank === 0 ? 1 : type.size * 8)) {
			error(
				p,
				declarator.position,
				width < 0
					? `negative width in bit-field '${declarator.name ?? ''}'`
					: `width of '${declarator.name ?? ''}' exceeds its type`,
			);
			width = 1;
		} else if (width === 0 && declarator.name !== undefined) {
			error(p, declarator.position, `zero width for bit-field '${declarator.name}'`);
			width = 1;
		}
	}

	parseAttributes(p, attributes);
	const {type} = declarator;
	if (type.kind === 'function') {
		error(p, declarator.position, `field '${declarator.name ?? ''}' declared as a function`);
		return [];
	}

	return [
		{
			name: declarator.name,
			type,
			width,
			alignment: attributes.alignment,
			isPacked: attributes.isPacked,
		},
	];
};

const checkMembers = (
	p: Parser,
	declared: readonly DeclaredMember[],
	isUnion: boolean,
	position: Position,
): readonly DeclaredMember[] => {
	const names = new Set<string>();
	return declared.filter(({name, type}, index) => {
		if (name !== undefined && names.has(name)) {
			error(p, position, `duplicate member '${name}'`);
			return false;
		}

		if (name !== undefined) names.add(name);
		if (isErrorType(type) || isComplete(type)) {
			if (isVariableLength(type)) {
				error(p, position, `a variable length array cannot be a member ('${name ?? ''}')`);
				return false;
			}

			return true;
		}

		const isFlexible =
			type.kind === 'array' &&
			isComplete(type.element) &&
			index === declared.length - 1 &&
			!isUnion;
		if (isFlexible) return true;
		error(
			p,
			position,
			type.kind === 'array'
				? `flexible array member '${name ?? ''}' not at end of struct`
				: `field '${name ?? ''}' has incomplete type`,
		);
		return false;
	});
};

/** struct-or-union attributes? identifier? ( `{` member-declaration* `}` )? */
const parseRecord = (p: Parser): CType => {
	const kind = advance(p).text as 'struct' | 'union';
	const attributes = createAttributes();
	parseAttributes(p, attributes);
	const {position} = p.token;
	const tag = isIdentifier(p.token) ? advance(p).text : undefined;
	const isDefinition = is(p, '{');
	if (tag === undefined && !isDefinition) {
		syntaxError(p, position, `expected identifier or '{' ${beforeToken(p)}`);
		return errorType;
	}

	const record = findRecord(p, kind, tag, isDefinition || is(p, ';'), position);
	if (!isDefinition) return recordType(record);
	if (record.members) {
		error(p, position, `redefinition of '${kind} ${tag ?? ''}'`);
		skipBalanced(p);
		return recordType(record);
	}

	advance(p);
	const declared: DeclaredMember[] = [];
	while (!is(p, '}') && !isAtEnd(p)) {
		const {index} = p;
		parseMemberDeclaration(p, declared);
		if (p.isPanicking) recover(p);
		if (p.index === index) advance(p);
	}

	expect(p, '}');
	parseAttributes(p, attributes);
	const layout = layOut(
		checkMembers(p, declared, kind === 'union', position),
		kind === 'union',
		attributes.isPacked,
		attributes.alignment,
	);
	completeRecord(record, layout);
	const type = recordType(record);
	p.records.push(type);
	return type;
};

const findRecord = (
	p: Parser,
	kind: 'struct' | 'union',
	tag: string | undefined,
	isInThisScope: boolean,
	position: Position,
): RecordDefinition => {
	const known =
		tag === undefined ? undefined : isInThisScope ? p.scope.tags.get(tag) : lookUpTag(p, tag);
	if (known) {
		if (known.kind === kind) return known.record;
		error(p, position, `'${tag ?? ''}' defined as wrong kind of tag`);
	}

	const record: RecordDefinition = {
		tag,
		isUnion: kind === 'union',
		members: undefined,
		types: [],
		size: 0,
		alignment: 1,
	};
	if (tag !== undefined) p.scope.tags.set(tag, {kind, record, position});
	return record;
};

/* ---------- enum ---------- */

/** enum identifier? ( `{` enumerator ( `,` enumerator )* `,`? `}` )? */
const parseEnum = (p: Parser): CType => {
	advance(p);
	const attributes = createAttributes();
	parseAttributes(p, attributes);
	const {position} = p.token;
	const tag = isIdentifier(p.token) ? advance(p).text : undefined;
	if (!is(p, '{')) {
		if (tag === undefined) {
			syntaxError(p, position, `expected identifier or '{' ${beforeToken(p)}`);
			return errorType;
		}

		const known = lookUpTag(p, tag);
		if (known?.kind === 'enum') return known.type;
		if (known) error(p, position, `'${tag}' defined as wrong kind of tag`);
		const enumeration: EnumDefinition = {tag, constants: undefined};
		const type = enumType(enumeration, unsignedIntType);
		p.scope.tags.set(tag, {kind: 'enum', enumeration, type, position});
		return type;
	}

	advance(p);
	return parseEnumerators(p, tag, attributes, position);
};

const enumType = (enumeration: EnumDefinition, base: CType): CType =>
	base.kind === 'integer' ? {...base, enumeration} : base;

const parseEnumerators = (
	p: Parser,
	tag: string | undefined,
	attributes: Attributes,
	position: Position,
): CType => {
	const constants: {name: string; value: number}[] = [];
	let next = 0n;
	let low = 0n;
	let high = 0n;
	while (!is(p, '}') && !isAtEnd(p)) {
		const {token} = p;
		if (!isIdentifier(token)) {
			syntaxError(p, token.position, `expected identifier ${beforeToken(p)}`);
			break;
		}

		advance(p);
		parseAttributes(p, createAttributes());
		if (accept(p, '='))
			next = parseConstant(
				p,
				() => `enumerator value for '${token.text}' is not an integer constant`,
			);
		const known = p.scope.names.get(token.text);
		if (known)
			error(
				p,
				token.position,
				`redeclaration of enumerator '${token.text}'`,
				known.position > 0 ? [[known.position, `previous definition of '${token.text}'`]] : [],
			);
		const isInt = next >= -(2n ** 31n) && next < 2n ** 31n;
		p.scope.names.set(token.text, {
			kind: 'enum-constant',
			value: next,
			type: isInt ? intType : longType,
			position: token.position,
		});
		constants.push({name: token.text, value: Number(next)});
		low = next < low ? next : low;
		high = next > high ? next : high;
		next++;
		if (!accept(p, ',')) break;
	}

	expect(p, '}');
	parseAttributes(p, attributes);
	const enumeration: EnumDefinition = {tag, constants};
	const isWide = low < -(2n ** 31n) || high >= 2n ** 32n || (low < 0n && high >= 2n ** 31n);
	const type = enumType(enumeration, isWide ? longType : low < 0n ? intType : unsignedIntType);
	if (tag !== undefined) {
		const known = p.scope.tags.get(tag);
		if (known && (known.kind !== 'enum' || known.enumeration.constants))
			error(
				p,
				position,
				known.kind === 'enum'
					? `redeclaration of 'enum ${tag}'`
					: `'${tag}' defined as wrong kind of tag`,
			);
		p.scope.tags.set(tag, {kind: 'enum', enumeration, type, position});
	}

	return type;
};

/* ---------- Declarators ---------- */

export type ParameterScope = {readonly scope: Scope; readonly symbols: readonly VariableSymbol[]};

export type Declarator = {
	readonly name: string | undefined;
	readonly type: CType;
	readonly position: Position;
	/** Of the function this declarator declares, if it does: to be its body's outer scope. */
	readonly parameters?: ParameterScope | undefined;
};

type Part =
	| {readonly kind: 'pointer'; readonly qualifiers: number}
	| {
			readonly kind: 'array';
			readonly length: Expression | undefined;
			readonly position: Position;
			readonly qualifiers: number;
	  }
	| {
			readonly kind: 'function';
			readonly parameters: readonly FunctionParameter[];
			readonly isVariadic: boolean;
			readonly hasPrototype: boolean;
			readonly scope: ParameterScope;
			readonly position: Position;
	  };

type Parts = {
	readonly parts: readonly Part[];
	readonly name: string | undefined;
	readonly position: Position;
};

const parsePointers = (p: Parser): Part[] => {
	const parts: Part[] = [];
	while (accept(p, '*')) {
		let qualifiers = 0;
		for (;;) {
			const bits = is(p, '_Atomic') ? qualifier.atomic : qualifierOf(p.token.text);
			if (bits !== 0) {
				qualifiers |= bits;
				advance(p);
			} else if (is(p, '__attribute__') || is(p, '__attribute')) {
				parseAttributes(p, createAttributes());
			} else {
				break;
			}
		}

		parts.push({kind: 'pointer', qualifiers});
	}

	return parts;
};

/** Is the parenthesis at the current token a nested declarator (and not a parameter list of an abstract one)? */
const isNestedDeclarator = (p: Parser, isAbstractAllowed: boolean): boolean => {
	const next = peek(p);
	if (
		next.text === '*' ||
		next.text === '(' ||
		next.text === '[' ||
		next.text === '__attribute__' ||
		next.text === '^'
	)
		return true;
	if (!isAbstractAllowed) return true;
	return isIdentifier(next) && !isTypeStart(p, next);
};

/** declarator: pointer* ( identifier | `(` declarator `)` )? ( `[`…`]` | `(`…`)` )*, as parts in the order they apply to the base type. */
const parseParts = (p: Parser, isAbstractAllowed: boolean): Parts => {
	const pointers = parsePointers(p);
	let name: string | undefined;
	let {position} = p.token;
	let inner: readonly Part[] = [];
	if (isIdentifier(p.token)) {
		name = advance(p).text;
	} else if (is(p, '(') && isNestedDeclarator(p, isAbstractAllowed)) {
		advance(p);
		parseAttributes(p, createAttributes());
		const nested = parseParts(p, isAbstractAllowed);
		inner = nested.parts;
		name = nested.name;
		position = nested.position;
		expect(p, ')');
	} else if (!isAbstractAllowed) {
		syntaxError(
			p,
			position,
			isKeyword(p.token.text) || !isAtEnd(p)
				? `expected identifier or '(' ${beforeToken(p)}`
				: "expected identifier or '(' at end of input",
		);
	}

	const suffixes: Part[] = [];
	while (!p.isPanicking) {
		if (is(p, '[') && peek(p).text !== '[') suffixes.push(parseArraySuffix(p));
		else if (is(p, '(')) suffixes.push(parseFunctionSuffix(p));
		else break;
	}

	return {parts: [...pointers, ...suffixes.reverse(), ...inner], name, position};
};

/** `[` static? qualifier* ( assignment-expression | `*` )? `]` */
const parseArraySuffix = (p: Parser): Part => {
	const {position} = advance(p);
	let qualifiers = 0;
	while (is(p, 'static') || qualifierOf(p.token.text) !== 0)
		qualifiers |= qualifierOf(advance(p).text);
	let length: Expression | undefined;
	if (is(p, '*') && peek(p).text === ']') advance(p);
	else if (!is(p, ']')) length = decay(p.grammar.assignment(p));
	expect(p, ']');
	return {kind: 'array', length, position, qualifiers};
};

const adjustParameter = (type: CType, qualifiers = 0): CType => {
	if (type.kind === 'array') return qualify(pointerTo(type.element), qualifiers);
	return type.kind === 'function' ? pointerTo(type) : type;
};

const parseParameter = (
	p: Parser,
	parameters: FunctionParameter[],
	symbols: VariableSymbol[],
): void => {
	const {position} = p.token;
	const specifiers = parseSpecifiers(p);
	if (specifiers.isTypeMissing) {
		syntaxError(p, position, `expected declaration specifiers or '...' ${beforeToken(p)}`);
		return;
	}

	const declarator = parseDeclarator(p, specifiers.type, true);
	parseAttributes(p, specifiers.attributes);
	const type = adjustParameter(declarator.type);
	if (type.kind === 'void') {
		error(
			p,
			declarator.position,
			declarator.name === undefined
				? "'void' must be the only parameter"
				: `parameter '${declarator.name}' has incomplete type`,
		);
		return;
	}

	parameters.push({name: declarator.name, type});
	const symbol = createVariable(p, declarator.name ?? '', type, 'parameter', declarator.position);
	symbols.push(symbol);
	if (declarator.name === undefined) return;
	if (p.scope.names.has(declarator.name))
		error(p, declarator.position, `redefinition of parameter '${declarator.name}'`);
	p.scope.names.set(declarator.name, symbol);
	p.scope.variables.push(symbol);
};

/** `(` ( `void` | parameter ( `,` parameter )* ( `,` `...` )? )? `)` */
const parseFunctionSuffix = (p: Parser): Part => {
	const {position} = advance(p);
	const pendingBefore = p.pendingStatements.length;
	const scope = openScope(p);
	const parameters: FunctionParameter[] = [];
	const symbols: VariableSymbol[] = [];
	let isVariadic = false;
	let hasPrototype = true;
	if (accept(p, ')')) {
		hasPrototype = false;
	} else if (is(p, 'void') && peek(p).text === ')') {
		advance(p);
		advance(p);
	} else if (
		isIdentifier(p.token) &&
		!isTypeStart(p, p.token) &&
		(peek(p).text === ',' || peek(p).text === ')')
	) {
		parseOldStyleList(p);
		hasPrototype = false;
	} else {
		for (;;) {
			if (is(p, '...')) {
				if (parameters.length === 0)
					error(p, p.token.position, "ISO C requires a named argument before '...'");
				advance(p);
				isVariadic = true;
				break;
			}

			parseParameter(p, parameters, symbols);
			if (p.isPanicking || !accept(p, ',')) break;
		}

		expect(p, ')');
	}

	p.scope = scope.parent ?? p.fileScope;
	if (p.function) p.pendingStatements.length = pendingBefore; // A prototype inside a function computes nothing
	return {
		kind: 'function',
		parameters,
		isVariadic,
		hasPrototype,
		scope: {scope, symbols},
		position,
	};
};

/** `f(a, b)`: names without types are K&R C, or a forgotten header. */
const parseOldStyleList = (p: Parser): void => {
	const first = p.token;
	let index = 1;
	while (![')', ';', '{', ''].includes(peek(p, index).text)) index++;
	const after = peek(p, index + 1);
	const isDefinition = after.text !== ';' && after.text !== ',';
	error(
		p,
		first.position,
		isDefinition
			? 'old-style (K&R) function definitions are not supported: write the parameter types inside the parentheses'
			: `unknown type name '${first.text}'`,
	);
	while (!is(p, ')') && !isAtEnd(p)) {
		const {text, position} = advance(p);
		// One complaint is enough: the body may use the names
		if (isDefinition && text !== ',')
			p.scope.names.set(text, createVariable(p, text, errorType, 'parameter', position));
	}

	accept(p, ')');
	// Skip the parameter declarations of the old style, up to the body
	if (isDefinition && isDeclarationStart(p, p.token)) {
		while (!is(p, '{') && !isAtEnd(p)) advance(p);
	}
};

/* ---------- Building types ---------- */

const isTooLarge = (element: CType, length: bigint): boolean =>
	BigInt(Math.max(1, element.size)) * length > 0x7f_ff_ff_ffn;

const buildArray = (
	p: Parser,
	element: CType,
	part: Part & {kind: 'array'},
	name: string | undefined,
): CType => {
	const what = name === undefined ? 'type name' : `'${name}'`;
	if (isErrorType(element)) return element;
	if (element.kind === 'function' || element.kind === 'void') {
		error(
			p,
			part.position,
			`declaration of ${what} as array of ${element.kind === 'void' ? 'voids' : 'functions'}`,
		);
		return errorType;
	}

	if (!isComplete(element)) {
		error(
			p,
			part.position,
			element.kind === 'array'
				? `array type has incomplete element type`
				: `array type has incomplete element type '${element.kind === 'record' ? `${element.record.isUnion ? 'union' : 'struct'} ${element.record.tag ?? ''}` : ''}'`,
		);
		return errorType;
	}

	if (!part.length) return arrayOf(element, undefined);
	if (isErrorType(part.length.type)) return arrayOf(element, 1);
	if (!isInteger(part.length.type)) {
		error(p, part.position, `size of array ${what} has non-integer type`);
		return arrayOf(element, 1);
	}

	const value = integerValue(part.length);
	if (value === undefined || isVariableLength(element))
		return buildVariableArray(p, element, part.length, part.position, what);
	if (value < 0n || isTooLarge(element, value)) {
		error(
			p,
			part.position,
			value < 0n ? `size of array ${what} is negative` : `size of array ${what} is too large`,
		);
		return arrayOf(element, 1);
	}

	return arrayOf(element, Number(value));
};

/** The size in bytes goes to a hidden local, computed before the declaration. */
const buildVariableArray = (
	p: Parser,
	element: CType,
	length: Expression,
	position: Position,
	what: string,
): CType => {
	if (isFileScope(p) && !p.function) {
		error(p, position, `variably modified ${what} at file scope`);
		return arrayOf(element, 1);
	}

	const symbol = createTemporary(p, sizeType, position, '.size');
	p.sizeSymbols.set(symbol.id, symbol);
	const elementSize = sizeOf(p, element, position);
	const count = convert(length, sizeType);
	const value: Expression =
		elementSize.kind === 'integer' && elementSize.value === 1n
			? count
			: {kind: 'binary', operator: '*', left: count, right: elementSize, type: sizeType, position};
	const target: Expression = {kind: 'variable', symbol, type: sizeType, position};
	p.pendingStatements.push({
		kind: 'expression',
		expression: {kind: 'assign', target, value, type: sizeType, position},
		position,
	});
	const type: ArrayType = {...arrayOf(element, undefined), variableSize: {symbolId: symbol.id}};
	return type;
};

const buildFunction = (
	p: Parser,
	result: CType,
	part: Part & {kind: 'function'},
	name: string | undefined,
): CType => {
	const what = name === undefined ? 'type name' : `'${name}'`;
	if (result.kind === 'array' || result.kind === 'function') {
		error(
			p,
			part.position,
			`${what} declared as function returning ${result.kind === 'array' ? 'an array' : 'a function'}`,
		);
		return functionType(errorType, part.parameters, part.isVariadic, part.hasPrototype);
	}

	return functionType(
		isErrorType(result) ? result : unqualified(result),
		part.parameters,
		part.isVariadic,
		part.hasPrototype,
	);
};

/** One declarator for a base type. With `isAbstractAllowed` the name may be missing (parameters, type names). */
export const parseDeclarator = (p: Parser, base: CType, isAbstractAllowed = false): Declarator => {
	const {parts, name, position} = parseParts(p, isAbstractAllowed);
	let type = base;
	for (const part of parts) {
		if (part.kind === 'pointer')
			type = isErrorType(type) ? pointerTo(errorType) : qualify(pointerTo(type), part.qualifiers);
		else if (part.kind === 'array') type = buildArray(p, type, part, name);
		else type = buildFunction(p, type, part, name);
	}

	const last = parts[parts.length - 1];
	return {name, type, position, parameters: last?.kind === 'function' ? last.scope : undefined};
};

/** type-name: specifier-qualifier-list abstract-declarator? */
export const parseTypeName = (p: Parser): CType => {
	const specifiers = parseSpecifiers(p);
	if (specifiers.isTypeMissing) {
		syntaxError(p, p.token.position, `expected a type name ${beforeToken(p)}`);
		return errorType;
	}

	const {type} = parseDeclarator(p, specifiers.type, true);
	return type;
};
