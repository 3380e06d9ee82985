/** Primary expressions (C11 6.5.1), GNU's among them. */
import type {Expression, Position} from '../ast.js';
import {builtinCall, isBuiltinName} from '../semantics/builtins.js';
import {vaArg} from '../semantics/variable-arguments.js';
import {intType, isCompatible, pointerTo, sizeType, unqualified} from '../types/c-types.js';
import {declareImplicitly} from '../semantics/calls.js';
import {convert, decay, errorExpression} from '../semantics/conversions.js';
import {integerConstant} from '../semantics/fold.js';
import {isIdentifier} from '../text/keywords.js';
import {tokenKind} from '../text/lexer.js';
import {addressOf, member, subscript, variable} from '../semantics/object-access.js';
import {characterConstant, functionName, numberConstant, parseString} from './constants.js';
import {parseTypeName} from './declarators.js';
import {accept, advance, expect, is} from './token-cursor.js';
import {beforeToken, error, syntaxError} from './complaints.js';
import {lookUp} from './names.js';
import type {Parser} from './parser-state.js';
import {similarName} from './similar-name.js';
import {standardHeaderOf} from './standard-names.js';
import {typeName} from '../types/type-names.js';

const undeclared = (p: Parser, name: string, position: Position): Expression => {
	const complained = p.function?.undeclared;
	if (complained?.has(name)) return errorExpression(position);
	complained?.add(name);
	const header = standardHeaderOf(name);
	if (header !== undefined) {
		error(
			p,
			position,
			`'${name}' undeclared${p.function ? ' (first use in this function)' : ' here (not in a function)'}`,
			[
				[
					position,
					`'${name}' is defined in header '<${header}>'; did you forget to '#include <${header}>'?`,
				],
			],
		);
		return errorExpression(position);
	}

	const similar = similarName(p, name);
	const hint = similar === undefined ? '' : `; did you mean '${similar}'?`;
	error(
		p,
		position,
		`'${name}' undeclared${p.function ? ' (first use in this function)' : ' here (not in a function)'}${hint}`,
	);
	return errorExpression(position);
};

const parseIdentifier = (p: Parser): Expression => {
	const {text, position} = advance(p);
	const entry = lookUp(p, text);
	switch (entry?.kind) {
		case 'variable': {
			return variable(entry, position);
		}

		case 'function': {
			// The library declares the intrinsics for its readers' sake; they stay intrinsics.
			if (isBuiltinName(text) && is(p, '(')) return parseBuiltin(p, text, position);
			return {kind: 'function', symbol: entry, type: entry.type, position};
		}

		case 'enum-constant': {
			return integerConstant(entry.value, entry.type, position);
		}

		case 'variable-array': {
			const pointer = convert(variable(entry.pointer, position), pointerTo(entry.type), true);
			return {kind: 'dereference', operand: pointer, type: entry.type, position};
		}

		case 'typedef': {
			syntaxError(p, position, `expected expression before '${text}'`);
			return errorExpression(position);
		}

		default: {
			if (text === '__func__' || text === '__FUNCTION__' || text === '__PRETTY_FUNCTION__')
				return functionName(p, position);
			if (!is(p, '(')) return undeclared(p, text, position);
			const isBuiltin = isBuiltinName(text);
			if (isBuiltin && text.startsWith('__')) return parseBuiltin(p, text, position);
			const symbol = declareImplicitly(p, text, position);
			if (isBuiltin) return parseBuiltin(p, text, position);
			return {kind: 'function', symbol, type: symbol.type, position};
		}
	}
};

export const parseArguments = (p: Parser): Expression[] => {
	const args: Expression[] = [];
	advance(p);
	if (accept(p, ')')) return args;
	do {
		args.push(p.grammar.assignment(p));
	} while (!p.isPanicking && accept(p, ','));
	expect(p, ')');
	return args;
};

const parseBuiltin = (p: Parser, name: string, position: Position): Expression =>
	builtinCall(p, name, parseArguments(p), position);

/** `__builtin_va_arg ( list , type-name )` */
const parseVaArg = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	const list = p.grammar.assignment(p);
	expect(p, ',');
	const type = parseTypeName(p);
	expect(p, ')');
	return p.isPanicking ? errorExpression(position) : vaArg(p, list, type, position);
};

/** `__builtin_offsetof ( type-name , member-designator )` */
const parseOffsetof = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	const type = parseTypeName(p);
	expect(p, ',');
	const base = integerConstant(0n, pointerTo(type), position);
	let node: Expression = {kind: 'dereference', operand: base, type, position};
	const name = advance(p);
	node = member(p, node, name.text, name.position);
	for (;;) {
		if (accept(p, '.')) {
			node = member(p, node, p.token.text, p.token.position);
			advance(p);
		} else if (is(p, '[')) {
			advance(p);
			node = subscript(p, node, p.grammar.expression(p), position);
			expect(p, ']');
		} else {
			break;
		}
	}

	expect(p, ')');
	return p.isPanicking
		? errorExpression(position)
		: convert(addressOf(p, node, position), sizeType);
};

const parseTypesCompatible = (p: Parser): Expression => {
	const {position} = advance(p);
	expect(p, '(');
	const left = parseTypeName(p);
	expect(p, ',');
	const right = parseTypeName(p);
	expect(p, ')');
	return integerConstant(isCompatible(left, right, true) ? 1n : 0n, intType, position);
};

/** `_Generic ( assignment-expression , ( type-name | default ) : assignment-expression , … )` */
const parseGeneric = (p: Parser): Expression => {
	const {position} = advance(p);
	if (!expect(p, '(')) return errorExpression(position);
	p.unevaluated++;
	const type = unqualified(decay(p.grammar.assignment(p)).type);
	p.unevaluated--;
	let chosen: Expression | undefined;
	let fallback: Expression | undefined;
	while (accept(p, ',') && !p.isPanicking) {
		const isDefault = accept(p, 'default');
		const association = isDefault ? undefined : parseTypeName(p);
		expect(p, ':');
		const isChosen = association !== undefined && isCompatible(association, type);
		if (!isChosen) p.sink.suppressed++;
		const value = p.grammar.assignment(p);
		if (!isChosen) p.sink.suppressed--;
		if (isChosen) chosen = value;
		if (isDefault) fallback = value;
	}

	expect(p, ')');
	const result = chosen ?? fallback;
	if (!result && !p.isPanicking)
		error(
			p,
			position,
			`'_Generic' selector of type '${typeName(type)}' is not compatible with any association`,
		);
	return result ?? errorExpression(position);
};

/** `(` expression `)`, a statement expression, or a compound literal's type. */
const parseParenthesized = (p: Parser): Expression => {
	const {position} = advance(p);
	if (is(p, '{')) {
		const value = p.grammar.statementExpression(p, position);
		expect(p, ')');
		return value;
	}

	const expression = p.grammar.expression(p);
	expect(p, ')');
	p.parenthesized.add(expression);
	return expression;
};

const unsupportedPrimary: Readonly<Record<string, string>> = {
	__real__: 'complex numbers (__real__)',
	__imag__: 'complex numbers (__imag__)',
	asm: 'inline assembly (asm)',
	__asm__: 'inline assembly (asm)',
	__asm: 'inline assembly (asm)',
	'^': 'blocks',
};

export const parsePrimary = (p: Parser): Expression => {
	const {token} = p;
	switch (token.kind) {
		case tokenKind.number: {
			return numberConstant(p, advance(p));
		}

		case tokenKind.character: {
			return characterConstant(p, advance(p));
		}

		case tokenKind.string: {
			return parseString(p);
		}

		default: {
			break;
		}
	}

	if (isIdentifier(token)) return parseIdentifier(p);
	switch (token.text) {
		case '(': {
			return parseParenthesized(p);
		}

		case '&&': {
			return p.grammar.labelAddress(p);
		}

		case '_Generic': {
			return parseGeneric(p);
		}

		case '__builtin_va_arg': {
			return parseVaArg(p);
		}

		case '__builtin_offsetof': {
			return parseOffsetof(p);
		}

		case '__builtin_types_compatible_p': {
			return parseTypesCompatible(p);
		}

		default: {
			const construct = unsupportedPrimary[token.text];
			if (construct !== undefined) syntaxError(p, token.position, `not supported: ${construct}`);
			else syntaxError(p, token.position, `expected expression ${beforeToken(p)}`);
			return errorExpression(token.position);
		}
	}
};
