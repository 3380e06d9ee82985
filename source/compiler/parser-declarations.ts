/** Declarations (C11 6.7): what a declarator declares, linkage, redeclaration, and the initialisers of locals and statics. */
import type {Expression, FunctionSymbol, Position, Statement, VariableSymbol} from './ast.js';
import {parseAttributes, type Attributes} from './attributes.js';
import {createFunctionSymbol} from './calls.js';
import {integerValue} from './constant-expression.js';
import {convert, decay} from './conversions.js';
import {
	arrayOf,
	isCompatible,
	isComplete,
	isVariableLength,
	pointerTo,
	recordType,
	unqualified,
	unsignedLongType,
	voidType,
	withAlias,
	type CType,
	type FunctionType,
} from './c-types.js';
import {parseInitializer} from './initializers.js';
import {tokenKind} from './lexer.js';
import {sizeOf} from './operators.js';
import {
	accept,
	advance,
	beforeToken,
	createVariable,
	error,
	errorType,
	expect,
	is,
	isErrorType,
	isFileScope,
	isIdentifier,
	skipBalanced,
	syntaxError,
	warn,
	type Parser,
} from './parser-state.js';
import {
	parseDeclarator,
	parseSpecifiers,
	type Declarator,
	type Specifiers,
} from './parser-types.js';
import {staticInitializer} from './static-data.js';
import {quotedType, typeName} from './type-names.js';

/* ---------- Assertions, attributes ---------- */

/** `_Static_assert ( constant-expression ( , string-literal )? ) ;` */
export const parseStaticAssertion = (p: Parser): void => {
	const {position} = advance(p);
	if (!expect(p, '(')) return;
	const condition = p.grammar.conditional(p);
	let text = '';
	if (accept(p, ',')) {
		while (p.token.kind === tokenKind.string) text += advance(p).text.slice(1, -1);
	}

	expect(p, ')');
	expect(p, ';');
	const value = integerValue(condition);
	if (p.isPanicking || isErrorType(condition.type)) return;
	if (value === undefined)
		error(p, condition.position, 'expression in static assertion is not constant');
	else if (value === 0n)
		error(
			p,
			position,
			text === '' ? 'static assertion failed' : `static assertion failed: "${text}"`,
		);
};

/** ( `__asm__` `(` name `)` )? attributes, after a declarator. */
const parseDeclaratorEnd = (p: Parser, attributes: Attributes): void => {
	if (is(p, '__asm__') || is(p, 'asm') || is(p, '__asm')) {
		error(p, p.token.position, 'not supported: assembler names (asm) of declarations');
		advance(p);
		if (is(p, '(')) skipBalanced(p);
	}

	parseAttributes(p, attributes);
};

/* ---------- Functions ---------- */

const applyAttributes = (symbol: FunctionSymbol, attributes: Attributes): void => {
	symbol.isNoReturn ||= attributes.isNoReturn;
	symbol.isWeak ||= attributes.isWeak;
	symbol.format ??= attributes.format;
	symbol.constructorKind ??= attributes.constructorKind;
	symbol.aliasOf ??= attributes.aliasOf;
	if (attributes.isUnused || attributes.constructorKind !== undefined) symbol.isUsed = true;
	if (attributes.aliasOf !== undefined) symbol.isDefined = true;
};

const previousNote = (known: {
	name: string;
	type: CType;
	position: Position;
	isDefined: boolean;
}): readonly (readonly [Position, string])[] =>
	known.position > 0
		? [
				[
					known.position,
					`previous ${known.isDefined ? 'definition' : 'declaration'} of '${known.name}' with type ${quotedType(known.type)}`,
				],
			]
		: [];

/** Enters a function, or merges with an earlier declaration of it. */
export const declareFunction = (
	p: Parser,
	name: string,
	type: FunctionType,
	specifiers: Specifiers,
	position: Position,
): FunctionSymbol => {
	const known = p.globals.get(name);
	const entry = p.scope.names.get(name);
	if (entry && entry !== known)
		error(p, position, `'${name}' redeclared as different kind of symbol`);
	if (known?.kind === 'variable')
		error(p, position, `'${name}' redeclared as different kind of symbol`, previousNote(known));
	if (known?.kind === 'function') {
		if (!isCompatible(known.type, type, true))
			error(
				p,
				position,
				`conflicting types for '${name}'; have ${quotedType(type)}`,
				previousNote(known),
			);
		else if (specifiers.storage === 'static' && !known.isInternal)
			error(
				p,
				position,
				`static declaration of '${name}' follows non-static declaration`,
				previousNote(known),
			);
		if (type.hasPrototype || !known.type.hasPrototype) known.type = type;
		known.isInline ||= specifiers.isInline;
		if (specifiers.isInline && !known.isInternal && specifiers.storage !== 'extern')
			known.isWeak = true;
		applyAttributes(known, specifiers.attributes);
		p.scope.names.set(name, known);
		return known;
	}

	const symbol = createFunctionSymbol(p, name, type, position);
	symbol.isInternal = specifiers.storage === 'static';
	symbol.isInline = specifiers.isInline;
	symbol.isWeak = specifiers.isInline && specifiers.storage === undefined;
	applyAttributes(symbol, specifiers.attributes);
	p.globals.set(name, symbol);
	p.scope.names.set(name, symbol);
	return symbol;
};

/* ---------- Objects with linkage ---------- */

/** The composite of two array types: the length of whichever has one. */
const composite = (left: CType, right: CType): CType =>
	left.kind === 'array' && left.length === undefined ? right : left;

const declareGlobal = (
	p: Parser,
	name: string,
	type: CType,
	specifiers: Specifiers,
	hasInitializer: boolean,
	position: Position,
): VariableSymbol => {
	const known = p.globals.get(name);
	const isExtern = specifiers.storage === 'extern';
	if (known?.kind === 'function')
		error(p, position, `'${name}' redeclared as different kind of symbol`, previousNote(known));
	if (known?.kind === 'variable') {
		if (!isCompatible(known.type, type) && !isErrorType(type))
			error(
				p,
				position,
				`conflicting types for '${name}'; have ${quotedType(type)}`,
				previousNote(known),
			);
		else if (specifiers.storage === 'static' && known.storage === 'global')
			error(
				p,
				position,
				`static declaration of '${name}' follows non-static declaration`,
				previousNote(known),
			);
		else if (specifiers.storage === undefined && known.storage === 'static')
			error(
				p,
				position,
				`non-static declaration of '${name}' follows static declaration`,
				previousNote(known),
			);
		known.type = composite(known.type, type);
		known.isDefined ||= !isExtern || hasInitializer;
		known.isThreadLocal ||= specifiers.isThreadLocal;
		p.scope.names.set(name, known);
		return known;
	}

	const saved = p.function;
	p.function = undefined; // `extern int x;` inside a function declares a file-scope object
	const symbol = createVariable(
		p,
		name,
		type,
		specifiers.storage === 'static' ? 'static' : 'global',
		position,
	);
	p.function = saved;
	symbol.isDefined = !isExtern || hasInitializer;
	symbol.isThreadLocal = specifiers.isThreadLocal;
	p.globals.set(name, symbol);
	p.scope.names.set(name, symbol);
	return symbol;
};

const applyAlignment = (symbol: VariableSymbol, specifiers: Specifiers): void => {
	symbol.alignment = Math.max(
		symbol.alignment,
		specifiers.alignment,
		specifiers.attributes.alignment,
		symbol.type.alignment,
	);
	symbol.isWeak ||= specifiers.attributes.isWeak;
	if (specifiers.attributes.isUnused) symbol.uses++;
};

/** `= initializer` of an object with static storage duration. */
const parseStaticInitializer = (p: Parser, symbol: VariableSymbol): void => {
	const {type, items, extent} = parseInitializer(p, symbol.type);
	symbol.type = type;
	symbol.initializer = staticInitializer(p, type, items, extent, symbol.position);
};

const declareFileScopeVariable = (
	p: Parser,
	name: string,
	type: CType,
	specifiers: Specifiers,
	position: Position,
): void => {
	const hasInitializer = is(p, '=');
	const isRedefined =
		hasInitializer && p.globals.get(name)?.kind === 'variable' && p.initialized.has(name);
	const symbol = declareGlobal(p, name, type, specifiers, hasInitializer, position);
	applyAlignment(symbol, specifiers);
	if (isRedefined) error(p, position, `redefinition of '${name}'`, previousNote(symbol));
	if (!hasInitializer) {
		if (type.kind === 'void') error(p, position, `variable or field '${name}' declared void`);
		return;
	}

	p.initialized.add(name);
	if (specifiers.storage === 'extern')
		warn(p, position, '', `'${name}' initialized and declared 'extern'`);
	advance(p);
	parseStaticInitializer(p, symbol);
};

/* ---------- Locals ---------- */

const checkRedeclaration = (p: Parser, name: string, position: Position): void => {
	const known = p.scope.names.get(name);
	if (!known) return;
	const notes =
		known.position > 0
			? ([[known.position, `previous definition of '${name}' is here`]] as const)
			: [];
	const isParameter = known.kind === 'variable' && known.storage === 'parameter';
	error(
		p,
		position,
		isParameter
			? `'${name}' redeclared as different kind of symbol`
			: `redeclaration of '${name}' with no linkage`,
		notes,
	);
};

const checkObjectType = (p: Parser, name: string, type: CType, position: Position): CType => {
	if (isComplete(type) || isErrorType(type)) return type;
	if (type.kind === 'void') error(p, position, `variable or field '${name}' declared void`);
	else if (type.kind === 'array') error(p, position, `array size missing in '${name}'`);
	else error(p, position, `storage size of '${name}' isn't known`);
	return errorType;
};

/** `T a[n];`: a hidden pointer to memory from alloca. */
const declareVariableArray = (
	p: Parser,
	name: string,
	type: CType,
	position: Position,
): Statement => {
	const element = type.kind === 'array' ? type.element : type;
	const pointer = createVariable(p, name, pointerTo(element), 'local', position);
	pointer.uses = 1;
	p.scope.variables.push(pointer);
	p.scope.names.set(name, {kind: 'variable-array', pointer, type, position});
	p.scope.hasVariableLengthArrays = true;
	if (p.function) p.function.usesAlloca = true;
	const memory: Expression = {
		kind: 'builtin',
		builtin: 'alloca',
		args: [convert(sizeOf(p, type, position), unsignedLongType)],
		type: pointerTo(voidType),
		position,
	};
	const target: Expression = {kind: 'variable', symbol: pointer, type: pointer.type, position};
	const expression: Expression = {
		kind: 'assign',
		target,
		value: convert(memory, pointer.type),
		type: pointer.type,
		position,
	};
	return {kind: 'expression', expression, position};
};

const declareStaticLocal = (
	p: Parser,
	name: string,
	type: CType,
	specifiers: Specifiers,
	position: Position,
): void => {
	const symbol = createVariable(p, name, type, 'static', position);
	symbol.isThreadLocal = specifiers.isThreadLocal;
	p.scope.names.set(name, symbol);
	p.scope.variables.push(symbol);
	if (accept(p, '=')) parseStaticInitializer(p, symbol);
	symbol.type = checkObjectType(p, name, symbol.type, position);
	applyAlignment(symbol, specifiers);
};

const declareLocal = (
	p: Parser,
	name: string,
	typeIn: CType,
	specifiers: Specifiers,
	position: Position,
): readonly Statement[] => {
	checkRedeclaration(p, name, position);
	if (isVariableLength(typeIn)) {
		const statement = declareVariableArray(p, name, typeIn, position);
		if (is(p, '=')) {
			error(p, p.token.position, 'variable-sized object may not be initialized');
			advance(p);
			parseInitializer(p, arrayOf(typeIn.kind === 'array' ? typeIn.element : typeIn, undefined));
		}

		return [statement];
	}

	if (specifiers.isThreadLocal)
		error(p, position, `function-scope '${name}' implicitly auto and declared '_Thread_local'`);
	const type =
		is(p, '=') && typeIn.kind === 'array' ? typeIn : checkObjectType(p, name, typeIn, position);
	const symbol = createVariable(p, name, type, 'local', position);
	if (isErrorType(type)) symbol.uses++;
	p.scope.names.set(name, symbol);
	p.scope.variables.push(symbol);
	if (!accept(p, '=')) {
		applyAlignment(symbol, specifiers);
		return [{kind: 'declaration', symbol, initializer: undefined, position}];
	}

	if (specifiers.isAutoType) return [declareAutoType(p, symbol, position)];
	const before = p.pendingStatements.length;
	const {type: final, items, isZeroFilled} = parseInitializer(p, type);
	p.pendingStatements.length = before;
	symbol.type = final;
	applyAlignment(symbol, specifiers);
	return [{kind: 'declaration', symbol, initializer: {isZeroFilled, items}, position}];
};

const declareAutoType = (p: Parser, symbol: VariableSymbol, position: Position): Statement => {
	const value = decay(p.grammar.assignment(p));
	symbol.type = unqualified(value.type);
	symbol.alignment = symbol.type.alignment;
	return {
		kind: 'declaration',
		symbol,
		initializer: {
			isZeroFilled: false,
			items: [{offset: 0, type: symbol.type, bitField: undefined, value}],
		},
		position,
	};
};

/* ---------- Declarators ---------- */

const declareTypedef = (p: Parser, name: string, type: CType, position: Position): void => {
	const known = p.scope.names.get(name);
	if (known?.kind === 'typedef' ? !isCompatible(known.type, type) : known !== undefined) {
		error(
			p,
			position,
			known?.kind === 'typedef'
				? `conflicting types for '${name}'; have ${quotedType(type)}`
				: `'${name}' redeclared as different kind of symbol`,
		);
	}

	if (type.kind === 'record' && type.record.tag === undefined) type.record.alias ??= name;
	if (is(p, '='))
		error(p, p.token.position, `typedef '${name}' is initialized (use '__typeof__' instead)`);
	p.scope.names.set(name, {
		kind: 'typedef',
		type: isErrorType(type) ? type : withAlias(type, name),
		position,
	});
};

/** What one declarator (with its initialiser) declares; statements for locals. */
const declare = (
	p: Parser,
	specifiers: Specifiers,
	declarator: Declarator,
): readonly Statement[] => {
	const {name, position} = declarator;
	if (name === undefined) return [];
	const {attributes, storage} = specifiers;
	let {type} = declarator;
	if (storage === 'typedef') {
		if (attributes.alignment > 0 && type.kind !== 'record')
			type = {...type, alignment: attributes.alignment};
		declareTypedef(p, name, type, position);
		return [];
	}

	if (type.kind === 'function') {
		if (is(p, '=')) error(p, p.token.position, `function '${name}' is initialized like a variable`);
		declareFunction(p, name, type, specifiers, position);
		return [];
	}

	if (isFileScope(p)) {
		declareFileScopeVariable(p, name, type, specifiers, position);
		return [];
	}

	if (storage === 'extern') {
		if (is(p, '=')) error(p, position, `'${name}' has both 'extern' and initializer`);
		declareGlobal(p, name, type, specifiers, false, position);
		return [];
	}

	if (storage === 'static') {
		checkRedeclaration(p, name, position);
		declareStaticLocal(p, name, type, specifiers, position);
		return [];
	}

	return declareLocal(p, name, type, specifiers, position);
};

/** What precedes a declaration: sizes of the variable length arrays in it. */
const takePending = (p: Parser): readonly Statement[] => p.pendingStatements.splice(0);

/** ( declarator ( `=` initializer )? ),* `;` with the first declarator read already. */
export const parseDeclarators = (
	p: Parser,
	specifiers: Specifiers,
	first: Declarator,
): readonly Statement[] => {
	const statements: Statement[] = [];
	let declarator = first;
	for (;;) {
		parseDeclaratorEnd(p, specifiers.attributes);
		statements.push(...takePending(p), ...declare(p, specifiers, declarator));
		if (p.isPanicking || !accept(p, ',')) break;
		declarator = parseDeclarator(p, specifiers.type);
	}

	if (!p.isPanicking && !is(p, ';')) {
		const expected =
			is(p, '=') || isIdentifier(p.token)
				? "expected '=', ',', ';', 'asm' or '__attribute__'"
				: "expected ',' or ';'";
		syntaxError(
			p,
			is(p, '}') || isIdentifier(p.token) ? Math.max(p.previousEnd - 1, 1) : p.token.position,
			`${expected} ${beforeToken(p)}`,
		);
	}

	accept(p, ';');
	return statements;
};

/** `struct s { … };`, `enum { … };` and what declares nothing. */
export const checkEmptyDeclaration = (p: Parser, specifiers: Specifiers): void => {
	const {type, position} = specifiers;
	if (!specifiers.hasTag) warn(p, position, '', 'useless type name in empty declaration');
	else if (type.kind === 'record' && type.record.tag === undefined)
		warn(
			p,
			position,
			'',
			`unnamed ${typeName(recordType(type.record)).split(' ')[0] ?? 'struct'} that defines no instances`,
		);
};

/** declaration inside a function: declaration-specifiers init-declarator-list? `;` */
export const parseLocalDeclaration = (p: Parser): readonly Statement[] => {
	if (is(p, '_Static_assert')) {
		parseStaticAssertion(p);
		return [];
	}

	const specifiers = parseSpecifiers(p);
	if (specifiers.isTypeMissing && !p.isPanicking)
		warn(
			p,
			specifiers.position,
			'-Wimplicit-int',
			`type defaults to 'int' in declaration of '${p.token.text}'`,
		);
	if (is(p, ';')) {
		checkEmptyDeclaration(p, specifiers);
		advance(p);
		return takePending(p);
	}

	if (p.isPanicking) return [];
	const declarator = parseDeclarator(p, specifiers.type);
	if (is(p, '{') && declarator.type.kind === 'function') {
		syntaxError(
			p,
			declarator.position,
			'not supported: nested functions (a function defined inside another one)',
		);
		return [];
	}

	return parseDeclarators(p, specifiers, declarator);
};
