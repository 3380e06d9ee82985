/** Declarations (C11 6.7): the grammar, and what a declarator declares. */
import type {Position, Statement} from '../ast.js';
import {parseAttributes, type Attributes} from './attributes.js';
import {isCompatible, recordType, withAlias, type CType} from '../types/c-types.js';
import {integerValue} from '../semantics/constant-expression.js';
import {tokenKind} from '../text/lexer.js';
import {declareFileScopeVariable, declareFunction, declareGlobal} from '../semantics/linkage.js';
import {
	checkRedeclaration,
	declareLocal,
	declareStaticLocal,
} from '../semantics/local-variables.js';
import {parseDeclarator, type Declarator} from './declarators.js';
import {parseSpecifiers, type Specifiers} from './specifiers.js';
import {accept, advance, expect, is, skipBalanced} from './token-cursor.js';
import {beforeToken, error, syntaxError, warn} from './complaints.js';
import {isErrorType, type Parser} from './parser-state.js';
import {isFileScope} from './names.js';
import {quotedType, typeName} from '../types/type-names.js';

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
	let isInitialized = false;
	for (;;) {
		parseDeclaratorEnd(p, specifiers.attributes);
		isInitialized = is(p, '=');
		statements.push(...takePending(p), ...declare(p, specifiers, declarator));
		if (p.isPanicking || !accept(p, ',')) break;
		declarator = parseDeclarator(p, specifiers.type);
	}

	if (!p.isPanicking && !is(p, ';')) {
		const expected = isInitialized
			? "expected ',' or ';'"
			: "expected '=', ',', ';', 'asm' or '__attribute__'";
		syntaxError(p, p.token.position, `${expected} ${beforeToken(p)}`);
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
