/** What has linkage: functions and objects of file scope, declared once or again (C11 6.2.2, 6.9). */
import type {FunctionSymbol, Position, VariableSymbol} from '../ast.js';
import type {Attributes} from '../parse/attributes.js';
import {isCompatible, type CType, type FunctionType} from '../types/c-types.js';
import {createFunctionSymbol} from './calls.js';
import {parseInitializer} from './initializers.js';
import type {Specifiers} from '../parse/specifiers.js';
import {advance, is} from '../parse/token-cursor.js';
import {createVariable} from '../parse/names.js';
import {error, warn} from '../parse/complaints.js';
import {isErrorType, type Parser} from '../parse/parser-state.js';
import {rememberConstant, staticInitializer} from './static-data.js';
import {quotedType} from '../types/type-names.js';

const applyAttributes = (symbol: FunctionSymbol, attributes: Attributes): void => {
	symbol.isNoReturn ||= attributes.isNoReturn;
	symbol.isWeak ||= attributes.isWeak;
	symbol.format ??= attributes.format;
	symbol.sentinel ??= attributes.sentinel;
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
		if (p.implicitFunctions.has(known) && type.result.kind === 'void')
			warn(
				p,
				position,
				'',
				`conflicting types for '${name}'; have ${quotedType(type)}`,
				previousNote(known),
			);
		else if (!isCompatible(known.type, type, true))
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

/** The composite of two array types: the length of whichever has one. */
const composite = (left: CType, right: CType): CType =>
	left.kind === 'array' && left.length === undefined ? right : left;

export const declareGlobal = (
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

export const applyAlignment = (symbol: VariableSymbol, specifiers: Specifiers): void => {
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
export const parseStaticInitializer = (p: Parser, symbol: VariableSymbol): void => {
	const {type, items, extent} = parseInitializer(p, symbol.type);
	symbol.type = type;
	symbol.initializer = staticInitializer(p, type, items, extent, symbol.position);
	rememberConstant(symbol, items);
};

export const declareFileScopeVariable = (
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
