/** Translation units (C11 6.9): external declarations and function definitions. */
import type {
	FunctionDefinition,
	FunctionSymbol,
	Position,
	Statement,
	TranslationUnit,
} from '../ast.js';
import {
	charType,
	functionType,
	intType,
	isCompatible,
	isComplete,
	pointerTo,
	unqualified,
	type CType,
	type FunctionType,
} from '../types/c-types.js';
import {type DiagnosticSink, isFull} from '../text/diagnostics.js';
import {checkFlow} from '../semantics/flow.js';
import {checkJumpScopes} from '../semantics/jump-scopes.js';
import {integerConstant} from '../semantics/fold.js';
import {tokenKind, type Token} from '../text/lexer.js';
import {declareFunction} from '../semantics/linkage.js';
import {checkEmptyDeclaration, parseDeclarators, parseStaticAssertion} from './declarations.js';
import {parseAssignment, parseConditional, parseExpression} from './expressions.js';
import {isIdentifier} from '../text/keywords.js';
import {accept, advance, is, isAtEnd, recover, skipBalanced} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {
	createScope,
	errorType,
	isErrorType,
	type FunctionState,
	type Grammar,
	type HeaderLookup,
	type Parser,
} from './parser-state.js';
import {parseBody, parseStatementExpression} from './blocks.js';
import {checkLabels, parseLabelAddress} from './labels.js';
import {parseDeclarator, type Declarator} from './declarators.js';
import {parseOldStyleParameters} from './old-style.js';
import {parseSpecifiers, type Specifiers} from './specifiers.js';
import {isDeclarationStart, isUnknownType} from '../types/type-words.js';
import type {SourceMap} from '../text/source-text.js';
import {parseAttributes} from './attributes.js';
import {parseStatement} from './statements.js';
import {parseTypeName} from './declarators.js';
import {parseEnum} from './enums.js';
import {parseRecord} from './records.js';
import {quotedType} from '../types/type-names.js';

const grammar: Grammar = {
	expression: parseExpression,
	assignment: parseAssignment,
	conditional: parseConditional,
	statement: parseStatement,
	statementExpression: parseStatementExpression,
	typeName: parseTypeName,
	record: parseRecord,
	enumeration: parseEnum,
	labelAddress: parseLabelAddress,
	staticAssertion: parseStaticAssertion,
};

export const createParser = (
	sourceMap: SourceMap,
	sink: DiagnosticSink,
	tokens: readonly Token[],
	headerLookup: HeaderLookup,
): Parser => {
	const fileScope = createScope(undefined);
	const start: Token = {
		kind: tokenKind.punctuator,
		text: '',
		position: tokens[0]?.position ?? 0,
		flags: 0,
	};
	const p: Parser = {
		grammar,
		sourceMap,
		sink,
		tokens,
		index: -1,
		token: start,
		previousEnd: 0,
		isPanicking: false,
		fileScope,
		scope: fileScope,
		function: undefined,
		locals: [],
		pendingStatements: [],
		sizeSymbols: new Map(),
		arrayParameters: new Set(),
		parenthesized: new WeakSet(),
		comparison: undefined,
		functions: [],
		variables: [],
		functionSymbols: [],
		globals: new Map(),
		implicitFunctions: new Set(),
		initialized: new Set(),
		strings: new Map(),
		records: [],
		headerLookup,
		packing: {limit: 0, saved: []},
		nextId: 1,
		depth: 0,
		unevaluated: 0,
		valueDepth: 0,
	};
	advance(p);
	return p;
};

/* ---------- Function definitions ---------- */

const checkDefinition = (
	p: Parser,
	symbol: FunctionSymbol,
	type: FunctionType,
	declarator: Declarator,
): void => {
	if (symbol.isDefined) {
		error(p, declarator.position, `redefinition of '${symbol.name}'`, [
			[
				symbol.position,
				`previous definition of '${symbol.name}' with type ${quotedType(symbol.type)}`,
			],
		]);
	}

	const {result} = type;
	if (!isComplete(result) && result.kind !== 'void' && !isErrorType(result))
		error(p, declarator.position, 'return type is an incomplete type');
	for (const parameter of declarator.parameters?.symbols ?? []) {
		if (parameter.name === '') error(p, parameter.position, 'parameter name omitted');
		else if (!isComplete(parameter.type))
			error(p, parameter.position, `parameter '${parameter.name}' has incomplete type`);
	}
};

/** A body's end without `return` in main means success (C11 5.1.2.2.3). */
const withMainResult = (
	definition: FunctionDefinition,
	reachesEnd: boolean,
): FunctionDefinition => {
	const {symbol, body} = definition;
	if (symbol.name !== 'main' || !reachesEnd || symbol.type.result.kind !== 'integer')
		return definition;
	const value = integerConstant(0n, intType, body.end);
	const statement: Statement = {kind: 'return', value, position: body.end};
	return {...definition, body: {...body, statements: [...body.statements, statement]}};
};

/** `const char *const argv[]` is as good as `char **`. */
const unqualifiedArguments = (type: CType): CType =>
	type.kind === 'pointer' ? pointerTo(unqualifiedArguments(type.target)) : unqualified(type);

const checkMain = (p: Parser, type: FunctionType, declarator: Declarator): void => {
	if (!isCompatible(type.result, intType, true))
		warn(p, declarator.position, '-Wmain', "return type of 'main' is not 'int'");
	const wanted = [intType, pointerTo(pointerTo(charType)), pointerTo(pointerTo(charType))];
	for (const [index, parameter] of type.parameters.slice(0, wanted.length).entries()) {
		const isRight =
			isErrorType(parameter.type) ||
			isCompatible(unqualifiedArguments(parameter.type), wanted[index]!);
		if (isRight) continue;
		const ordinal = ['first', 'second', 'third'][index] ?? '';
		const quoted = index === 0 ? "'int'" : "'char **'";
		warn(p, declarator.position, '-Wmain', `${ordinal} argument of 'main' should be ${quoted}`);
	}
};

/** An old-style definition says nothing to its prototype but how many parameters there are. */
const checkCount = (
	p: Parser,
	{name, type, position: declaredAt}: FunctionSymbol,
	count: number,
	position: Position,
): void => {
	if (!type.hasPrototype || type.parameters.length === count) return;
	error(p, position, "number of arguments doesn't match prototype", [
		[declaredAt, `prototype declaration of '${name}'`],
	]);
};

/** declaration-specifiers declarator declaration* compound-statement */
const parseFunctionDefinition = (
	p: Parser,
	specifiers: Specifiers,
	declarator: Declarator,
): void => {
	const {name = '', position} = declarator;
	const type =
		declarator.type.kind === 'function' ? declarator.type : functionType(errorType, [], false);
	if (!declarator.parameters) {
		syntaxError(
			p,
			p.token.position,
			`expected '=', ',', ';', 'asm' or '__attribute__' ${beforeToken(p)}`,
		);
		skipBalanced(p);
		p.isPanicking = false;
		return;
	}

	if (
		specifiers.storage !== undefined &&
		specifiers.storage !== 'static' &&
		specifiers.storage !== 'extern'
	) {
		error(p, position, `function definition declared '${specifiers.storage}'`);
	}

	const old =
		declarator.parameters.names.length > 0
			? parseOldStyleParameters(p, declarator.parameters)
			: undefined;
	if (p.isPanicking) return;
	const known = p.globals.get(name);
	if (old && known?.kind === 'function') checkCount(p, known, old.symbols.length, position);
	const symbol = declareFunction(
		p,
		name,
		{
			...type,
			hasPrototype:
				type.hasPrototype || (!old && known?.kind === 'function' && known.type.hasPrototype),
		},
		specifiers,
		position,
	);
	checkDefinition(p, symbol, type, declarator);
	if (name === 'main') checkMain(p, type, declarator);
	symbol.isDefined = true;
	const state: FunctionState = {
		symbol,
		type,
		labels: new Map(),
		labelsWithAddress: [],
		switches: [],
		unset: [],
		hasSwitch: false,
		loopDepth: 0,
		usesAlloca: false,
		usesSetjmp: false,
		undeclared: new Set(),
		nameSymbol: undefined,
	};
	p.function = state;
	const parameters = old?.symbols ?? declarator.parameters.symbols;
	for (const parameter of parameters) parameter.functionName = name;
	const before = [...p.pendingStatements.splice(0), ...(old?.before ?? [])];
	const body = parseBody(p, declarator.parameters.scope, before);
	checkLabels(p);
	const definition: FunctionDefinition = {
		symbol,
		parameters,
		locals: p.locals,
		labels: [...state.labels.values()],
		body,
		position,
		usesAlloca: p.function.usesAlloca,
		usesSetjmp: p.function.usesSetjmp,
		isVariadic: type.isVariadic,
	};
	if (state.usesAlloca) checkJumpScopes(p, body);
	const reachesEnd = checkFlow(p, definition, state.hasSwitch ? p.locals : state.unset);
	p.functions.push(withMainResult(definition, reachesEnd));
	p.function = undefined;
	p.scope = p.fileScope;
};

/* ---------- External declarations ---------- */

/** `main() {}`, `static x;`: the type that old C left out. */
const warnMissingType = (p: Parser, specifiers: Specifiers, declarator: Declarator): void => {
	if (!specifiers.isTypeMissing) return;
	const name = declarator.name ?? '';
	const isDefinition = declarator.type.kind === 'function' && is(p, '{');
	if (isDefinition) warn(p, declarator.position, '-Wimplicit-int', "return type defaults to 'int'");
	else
		warn(
			p,
			declarator.position,
			'-Wimplicit-int',
			`type defaults to 'int' in declaration of '${name}'`,
		);
};

const parseExternalDeclaration = (p: Parser): void => {
	p.locals = [];
	p.pendingStatements.length = 0;
	if (accept(p, ';')) return;
	if (is(p, '_Static_assert')) {
		parseStaticAssertion(p);
		return;
	}

	if (is(p, 'asm') || is(p, '__asm__')) {
		syntaxError(p, p.token.position, 'not supported: assembly (asm)');
		return;
	}

	const isStart =
		isDeclarationStart(p, p.token) ||
		isUnknownType(p) ||
		isIdentifier(p.token) ||
		is(p, '*') ||
		is(p, '(');
	if (!isStart) {
		syntaxError(p, p.token.position, `expected identifier or '(' ${beforeToken(p)}`);
		return;
	}

	const specifiers = parseSpecifiers(p);
	if (is(p, ';') && !p.isPanicking) {
		checkEmptyDeclaration(p, specifiers);
		advance(p);
		return;
	}

	if (p.isPanicking) return;
	const declarator = parseDeclarator(p, specifiers.type);
	if (p.isPanicking) return;
	parseAttributes(p, specifiers.attributes);
	warnMissingType(p, specifiers, declarator);
	const isOldStyle = declarator.parameters && declarator.parameters.names.length > 0;
	if (is(p, '{') || isOldStyle) parseFunctionDefinition(p, specifiers, declarator);
	else parseDeclarators(p, specifiers, declarator);
};

/** Skips what follows an error at file scope: to after the next `;`, or a `}` that ends a body. */
const recoverExternal = (p: Parser): void => {
	p.scope = p.fileScope;
	p.function = undefined;
	p.depth = 0;
	recover(p);
	if (is(p, '}')) advance(p);
};

const warnUnusedFunctions = (p: Parser): void => {
	for (const symbol of p.functionSymbols) {
		if (!symbol.isInternal || symbol.aliasOf !== undefined) continue;
		if (symbol.isDefined && !symbol.isUsed && !symbol.isInline) {
			warn(p, symbol.position, '-Wunused-function', `'${symbol.name}' defined but not used`);
		} else if (!symbol.isDefined && symbol.isUsed) {
			warn(p, symbol.position, '', `'${symbol.name}' used but never defined`);
		}
	}
};

/** Tentative definitions at the end of the unit: `int a[];` has one element, incomplete types are errors. */
const finishObjects = (p: Parser): void => {
	for (const symbol of p.variables) {
		symbol.alignment = Math.max(symbol.alignment, symbol.type.alignment);
		if (!symbol.isDefined || isComplete(symbol.type) || isErrorType(symbol.type)) continue;
		if (symbol.type.kind === 'array' && symbol.type.length === undefined) {
			warn(p, symbol.position, '', `array '${symbol.name}' assumed to have one element`);
			symbol.type = {...symbol.type, length: 1, size: symbol.type.element.size};
		} else if (symbol.type.kind !== 'void') {
			error(p, symbol.position, `storage size of '${symbol.name}' isn't known`);
		}
	}
};

/** translation-unit: external-declaration* */
export const parseTranslationUnit = (p: Parser, fileName: string): TranslationUnit => {
	while (!isAtEnd(p) && !isFull(p.sink)) {
		const {index} = p;
		parseExternalDeclaration(p);
		if (p.isPanicking) recoverExternal(p);
		if (p.index === index) advance(p);
	}

	finishObjects(p);
	warnUnusedFunctions(p);
	return {
		fileName,
		sourceMap: p.sourceMap,
		functions: p.functions,
		variables: p.variables,
		functionSymbols: p.functionSymbols,
		strings: [...p.strings.values()],
		records: p.records,
	};
};
