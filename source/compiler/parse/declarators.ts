/** Declarators, parameter lists and type names (C11 6.7.6, 6.7.7). */
import type {Expression, Position, VariableSymbol} from '../ast.js';
import {createAttributes, parseAttributes} from './attributes.js';
import {
	pointerTo,
	qualifier,
	qualify,
	type CType,
	type FunctionParameter,
} from '../types/c-types.js';
import {decay} from '../semantics/conversions.js';
import {
	buildArray,
	buildFunction,
	type ParameterScope,
	type Part,
} from '../semantics/declarator-types.js';
import {isIdentifier, isKeyword} from '../text/keywords.js';
import type {Token} from '../text/lexer.js';
import {parseSpecifiers} from './specifiers.js';
import {accept, advance, expect, is, isAtEnd, peek} from './token-cursor.js';
import {beforeToken, error, syntaxError} from './complaints.js';
import {createVariable, openScope} from './names.js';
import {errorType, isErrorType, type Parser} from './parser-state.js';
import {isTypeStart, qualifierOf} from '../types/type-words.js';

export type Declarator = {
	readonly name: string | undefined;
	readonly type: CType;
	readonly position: Position;
	/** Of the function this declarator declares, if it does: to be its body's outer scope. */
	readonly parameters?: ParameterScope | undefined;
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

/** The type that a parameter declared so has (C11 6.7.6.3p7). */
export const adjustParameter = (type: CType, qualifiers = 0): CType => {
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
		const isName = isIdentifier(p.token);
		syntaxError(
			p,
			position,
			isName
				? `unknown type name '${p.token.text}'`
				: `expected declaration specifiers or '...' ${beforeToken(p)}`,
		);
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
	if (declarator.type.kind === 'array') p.arrayParameters.add(symbol);
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
	let names: readonly Token[] = [];
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
		names = parseNameList(p);
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
		scope: {scope, symbols, names},
		position,
	};
};

/** `f(a, b)`: names without types are K&R C if a definition follows, else a forgotten header. */
const parseNameList = (p: Parser): Token[] => {
	let index = 1;
	while ([',', ''].includes(peek(p, index).text) || isIdentifier(peek(p, index))) index++;
	const after = peek(p, index + 1);
	const isDefinition = peek(p, index).text === ')' && after.text !== ';' && after.text !== ',';
	if (!isDefinition) {
		syntaxError(p, p.token.position, `unknown type name '${p.token.text}'`);
		return [];
	}

	const names: Token[] = [];
	do {
		if (isIdentifier(p.token)) names.push(advance(p));
		else syntaxError(p, p.token.position, `expected identifier ${beforeToken(p)}`);
	} while (accept(p, ','));
	expect(p, ')');
	return names;
};

/** Pointers, arrays and functions in one declarator at most; C wants 12 (C11 5.2.4.1). */
const maximumParts = 1000;

/** One declarator for a base type. With `isAbstractAllowed` the name may be missing (parameters, type names). */
export const parseDeclarator = (p: Parser, base: CType, isAbstractAllowed = false): Declarator => {
	const {parts, name, position} = parseParts(p, isAbstractAllowed);
	if (parts.length > maximumParts) {
		syntaxError(p, position, 'declarator nested too deeply');
		return {name, type: errorType, position};
	}

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
