/**
 * Function definitions of old C (C11 6.9.1p6): names in the parentheses, their types between these and the body. Such a
 * function has no prototype: callers promote what they pass, and what is narrower is cut down in the body.
 */
import type {Position, Statement, VariableSymbol} from '../ast.js';
import {convert} from '../semantics/conversions.js';
import type {ParameterScope} from '../semantics/declarator-types.js';
import {doubleType, intType, promotedType, unqualified, type CType} from '../types/c-types.js';
import {adjustParameter, parseDeclarator} from './declarators.js';
import {accept, expect, is, isAtEnd} from './token-cursor.js';
import {createVariable} from './names.js';
import {error, warn} from './complaints.js';
import {isErrorType, type Parser} from './parser-state.js';
import {parseSpecifiers} from './specifiers.js';

type Declared = {readonly type: CType; readonly position: Position};

/** ( declaration-specifiers declarator,* `;` )* up to the body: the parameters' types by name. */
const parseTypes = (p: Parser, names: ParameterScope['names']): Map<string, Declared> => {
	const declared = new Map<string, Declared>();
	while (!is(p, '{') && !isAtEnd(p) && !p.isPanicking) {
		const specifiers = parseSpecifiers(p);
		do {
			const {name = '', type, position} = parseDeclarator(p, specifiers.type);
			if (p.isPanicking) break;
			if (!names.some(({text}) => text === name))
				error(p, position, `declaration for parameter '${name}' but no such parameter`);
			else if (declared.has(name)) error(p, position, `redefinition of parameter '${name}'`);
			declared.set(name, {type: adjustParameter(type), position});
		} while (accept(p, ','));
		expect(p, ';');
	}

	return declared;
};

/** What a caller without a prototype passes for a parameter of this type. */
const passedType = (type: CType): CType => {
	if (isErrorType(type)) return type;
	if (type.kind === 'float' && type.size === 4) return doubleType;
	return type.kind === 'integer' ? promotedType(type) : type;
};

const enter = (p: Parser, symbol: VariableSymbol): void => {
	if (p.scope.names.has(symbol.name))
		error(p, symbol.position, `redefinition of parameter '${symbol.name}'`);
	p.scope.names.set(symbol.name, symbol);
	p.scope.variables.push(symbol);
};

/** The parameters as passed, and the statements that make those that are narrower of them. */
export const parseOldStyleParameters = (
	p: Parser,
	{names, scope}: ParameterScope,
): {readonly symbols: readonly VariableSymbol[]; readonly before: readonly Statement[]} => {
	const outer = p.scope;
	p.scope = scope;
	const declared = parseTypes(p, names);
	const symbols: VariableSymbol[] = [];
	const before: Statement[] = [];
	for (const {text: name, position: listed} of names) {
		if (!declared.has(name))
			warn(p, listed, '-Wimplicit-int', `type of '${name}' defaults to 'int'`);
		const {type, position} = declared.get(name) ?? {type: intType, position: listed};
		const passed = passedType(type);
		const isSame = isErrorType(passed) || passed.size === type.size;
		const symbol = createVariable(p, name, isSame ? type : passed, 'parameter', position, !isSame);
		symbols.push(symbol);
		if (isSame) {
			enter(p, symbol);
			continue;
		}

		const local = createVariable(p, name, type, 'local', position);
		local.uses++;
		enter(p, local);
		const value = convert({kind: 'variable', symbol, type: passed, position}, unqualified(type));
		before.push({
			kind: 'declaration',
			symbol: local,
			initializer: {
				isZeroFilled: false,
				items: [{offset: 0, type: unqualified(type), bitField: undefined, value}],
			},
			position,
		});
	}

	p.scope = outer;
	return {symbols, before};
};
